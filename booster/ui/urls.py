from django.urls import path

from booster.ui import views

app_name = "ui"
urlpatterns = [
    path("accent/<str:tone>.css", views.accent, name="accent"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("gallery/", views.gallery, name="gallery"),
]
