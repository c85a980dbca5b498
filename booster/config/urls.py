"""The addresses of the house: one line a room."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from booster.config.rooms import ROOMS

admin.autodiscover()
urlpatterns = [
    path("", include(f"booster.{room}.urls")) for room in reversed(ROOMS) if find_spec(f"booster.{room}.urls")
]
urlpatterns += [
    path("accounts/", include("allauth.urls")),
    # a password is changed where everybody changes it: the change is told and noted there
    path("operators/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("operators/login/", RedirectView.as_view(pattern_name="people:take_up", query_string=True)),
    path("operators/", admin.site.urls),
]
