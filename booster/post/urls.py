from django.urls import path

from booster.post import views

app_name = "post"
urlpatterns = [
    path("post-box/", views.post_box, name="post_box"),
    path("post-box/<int:pk>/", views.read_letter, name="read_letter"),
    path("post-box/<int:pk>/calendar/", views.read_calendar, name="read_calendar"),
]
