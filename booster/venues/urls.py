from django.urls import path

from booster.venues import views

app_name = "venues"
ONE = "venues/<int:pk>/"
urlpatterns = [
    path("editions/<slug:slug>/venue/", views.of_edition, name="of_edition"),
    path("editions/<slug:slug>/venue/adopt/", views.adopt, name="adopt"),
    path(ONE, views.venue, name="venue"),
    path(f"{ONE}describe/", views.describe, name="describe"),
    path(f"{ONE}agreement/", views.agreement, name="agreement"),
    path(f"{ONE}agreement/rewrite/", views.rewrite, name="rewrite"),
    path(f"{ONE}agreement/sign/", views.sign, name="sign"),
    path(f"{ONE}step-back/", views.step_back, name="step_back"),
    path(f"{ONE}prepare/", views.prepare, name="prepare"),
    path(f"{ONE}rooms/add/", views.set_room, name="add_room"),
    path(f"{ONE}rooms/<int:number>/", views.set_room, name="set_room"),
    path(f"{ONE}rooms/<int:number>/photo/", views.room_file, {"part": "photo"}, name="photo"),
    path(f"{ONE}rooms/<int:number>/plan/", views.room_file, {"part": "plan"}, name="plan"),
    path(f"{ONE}rooms/<int:number>/remove/", views.remove_room, name="remove_room"),
    path(f"{ONE}tasks/add/", views.set_task, name="add_task"),
    path(f"{ONE}tasks/<int:number>/", views.set_task, name="set_task"),
    path(f"{ONE}tasks/<int:number>/finish/", views.finish_task, name="finish_task"),
    path(f"{ONE}tasks/<int:number>/reopen/", views.reopen_task, name="reopen_task"),
    path(f"{ONE}tasks/<int:number>/remove/", views.remove_task, name="remove_task"),
]
