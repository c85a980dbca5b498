"""The operators' tables are for looking: nothing is added, changed or deleted there, since only actions write."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.sites import AdminSite
from django.db.models import Model
from django.http import HttpRequest

OURS = "booster."
JOBS = "django_tasks_database"  # of the tables of others only the jobs are shown: the rest holds keys of doors


class Looking(AdminSite):
    """Whatever a room or a package registers can be read and never written here."""

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")

    def has_permission(self, request: HttpRequest) -> bool:
        """Operators, while their power is taken up."""
        return super().has_permission(request) and request.user.on_duty  # type: ignore[union-attr]

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        models = model_or_iterable if isinstance(model_or_iterable, Iterable) else [model_or_iterable]
        shown = [model for model in models if _is_shown(model)]
        table = admin_class or ModelAdmin
        super().register(shown, type(table.__name__, (ReadOnly, table), {"actions": ()}), **options)

    def unregister(self, model_or_iterable: Any) -> None:
        """Packages that replace a table of another one find nothing to take away here."""
        models = model_or_iterable if isinstance(model_or_iterable, Iterable) else [model_or_iterable]
        super().unregister([model for model in models if self.is_registered(model)])


def _is_shown(model: type[Model]) -> bool:
    return model.__module__.startswith(OURS) or model._meta.app_label == JOBS


class ReadOnly(ModelAdmin):  # type: ignore[type-arg]
    """A table that its reader cannot write; who may open the site may read it."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)


class Config(SimpleAdminConfig):
    """Django's admin with this site as its only one; its lists are gathered with the addresses, not at every start."""

    default = False
    default_site = "booster.kit.looking.Looking"
