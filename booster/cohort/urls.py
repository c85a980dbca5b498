from django.urls import path

from booster.cohort import views

app_name = "cohort"
urlpatterns = [
    path("editions/<slug:slug>/cohort/", views.cohort, name="cohort"),
    path("seats/<int:pk>/", views.seat, name="seat"),
    path("seats/<int:pk>/accept/", views.accept, name="accept"),
    path("seats/<int:pk>/decline/", views.decline, name="decline"),
    path("seats/<int:pk>/give-back/", views.give_back, name="give_back"),
    path("seats/<int:pk>/miss/", views.miss, name="miss"),
    path("seats/<int:pk>/drop/", views.drop, name="drop"),
]
