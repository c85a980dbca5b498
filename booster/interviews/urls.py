"""The addresses of this room."""

from django.urls import path

from booster.interviews import views

app_name = "interviews"
urlpatterns = [
    path("calls/<slug:slug>/talks/", views.talks, name="talks"),
    path("talks/<int:pk>/", views.change, name="change"),
    path("talks/<int:pk>/remove/", views.remove, name="remove"),
    path("applications/<int:pk>/talk/", views.choose, name="choose"),
]
