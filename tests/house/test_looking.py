"""The operators' tables: everything can be looked at, nothing is written past the actions."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import get_resolver

from booster.people.models import Person

get_resolver().url_patterns  # noqa: B018 -- the lists are gathered with the addresses
TABLES = [pytest.param(table, id=model._meta.label) for model, table in admin.site._registry.items()]


@pytest.fixture
def asking(rf, operator):
    request = rf.get("/operators/")
    request.user = operator
    return request


def test_the_tables_are_our_own_and_the_jobs():
    labels = {model._meta.app_label for model in admin.site._registry}
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("booster.")}
    assert labels - ours == {"django_tasks_database"}
    assert {"chronicle", "library", "people", "post"} <= labels


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
def test_an_operator_reads_every_table_and_writes_none(table, asking):
    asked = {"add": False, "change": False, "delete": False, "view": True}
    assert table.get_model_perms(asking) == asked
    assert table.get_actions(asking) == {}
    assert admin.ModelAdmin.check(table) == []


@pytest.mark.django_db
def test_no_address_of_the_tables_takes_what_is_posted(client, operator):
    client.force_login(operator)
    pk = operator.pk
    typed = {"name": "Somebody else", "email": "x@example.org", "_save": "Save"}
    assert client.post("/operators/people/person/add/", typed).status_code == 403
    assert client.post(f"/operators/people/person/{pk}/change/", typed).status_code == 403
    assert client.post(f"/operators/people/person/{pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.get("/operators/account/emailaddress/").status_code == 404
    assert client.get("/operators/password_change/")["Location"] == "/accounts/password/change/"
    assert Person.objects.get(pk=pk).name == operator.name
    assert client.get(f"/operators/people/person/{pk}/change/").status_code == 200
