import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser

from booster.library import models

LISTS = [models.Document]


@pytest.mark.parametrize("model", LISTS)
def test_operators_read_and_nobody_writes(model, rf):
    shown = admin.site._registry[model]
    request = rf.get("/")
    request.user = AnonymousUser()
    assert not shown.has_add_permission(request)
    assert not shown.has_change_permission(request)
    assert not shown.has_delete_permission(request)
    assert admin.ModelAdmin.check(shown) == []
