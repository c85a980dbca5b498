"""The addresses of the house: one line a room."""

from importlib.util import find_spec

from django.urls import include, path

from booster.config.rooms import ROOMS

urlpatterns = [
    path("", include(f"booster.{room}.urls")) for room in reversed(ROOMS) if find_spec(f"booster.{room}.urls")
]
urlpatterns.append(path("accounts/", include("allauth.urls")))
