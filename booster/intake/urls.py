"""Addresses: choose a file for a call, look at what it holds, read what became of it."""

from django.urls import path

from booster.intake import views

app_name = "intake"
CALL = "calls/<slug:slug>/import/"
urlpatterns = [
    path(f"{CALL}<slug:kind>/", views.choose_file, name="choose_file"),
    path(f"{CALL}<slug:kind>/<int:document_pk>/", views.look_at_file, name="look_at_file"),
    path(f"{CALL}<slug:kind>/reports/<int:pk>/", views.report, name="report"),
]
