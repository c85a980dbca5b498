from django.urls import path

from booster.academies import views

app_name = "academies"
urlpatterns = [
    path("new-edition/", views.plan, name="plan"),
    path("editions/<slug:slug>/settings/", views.settings, name="settings"),
    path("editions/<slug:slug>/step/", views.step, name="step"),
    path("editions/<slug:slug>/shape/", views.shape, name="shape"),
    path("editions/<slug:slug>/legs/<int:position>/", views.leg, name="leg"),
    path("editions/<slug:slug>/legs/<int:position>/drop/", views.drop_leg, name="drop_leg"),
    path("editions/<slug:slug>/people/", views.people_of, name="people"),
    path("roles/<int:pk>/limit/", views.limit_role, name="limit_role"),
    path("roles/<int:pk>/end/", views.end_role, name="end_role"),
]
