"""Addresses of people."""

from django.urls import path

from booster.people import views

app_name = "people"
urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("profile/sign-in/", views.sign_in_settings, name="sign_in_settings"),
    path("profile/sign-in/sign-out-everywhere/", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("profile/consents/<int:pk>/withdraw/", views.withdraw_consent, name="withdraw_consent"),
    path("power/", views.take_up, name="take_up"),
    path("power/lay-down/", views.lay_down, name="lay_down"),
    path("language/", views.speak, name="speak"),
    path("l/<str:token>/", views.open_link, name="link"),
    path("l/<str:token>/switch/", views.switch, name="switch"),
    path("l/<str:token>/new/", views.new_link, name="new_link"),
    path("cast/", views.cast, name="cast"),
    path("cast/<int:pk>/", views.play, name="play"),
]
