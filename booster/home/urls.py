from django.urls import path

from booster.home import views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("my/", views.my_page, name="my_page"),
    path("search/", views.search, name="search"),
    path("operations/", views.operations, name="operations"),
    path("operations/found/", views.found, name="found"),
    path("operations/retry/", views.retry_errands, name="retry_errands"),
    path("academies/<slug:slug>/", views.academy, name="academy"),
    path("editions/<slug:slug>/", views.edition, name="edition"),
    path("editions/<slug:slug>/desk/", views.desk, name="desk"),
    path("editions/<slug:slug>/timeline/", views.timeline, name="timeline"),
    path("editions/<slug:slug>/letters/", views.outbox, name="outbox"),
    path("editions/<slug:slug>/letters/release/", views.release, name="release"),
    path("editions/<slug:slug>/letters/<int:pk>/", views.letter, name="letter"),
    path("editions/<slug:slug>/letters/<int:pk>/settle/", views.settle_letter, name="settle_letter"),
    path("editions/<slug:slug>/copy/", views.copy_edition, name="copy_edition"),
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
]
