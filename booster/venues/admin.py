"""Read-only lists for operators."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from booster.venues.models import AgreementSignature, HostTask, Room, Venue


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Venue)
class VenueList(ReadOnly):
    list_display = ["name", "host", "city", "country", "state", "edition", "adopted_at"]
    list_filter = ["state"]
    list_select_related = ["edition"]
    search_fields = ["name", "host", "city"]


@admin.register(Room)
class RoomList(ReadOnly):
    list_display = ["name", "venue", "cabaret", "theatre", "step_free"]
    list_select_related = ["venue"]


@admin.register(HostTask)
class HostTaskList(ReadOnly):
    list_display = ["title", "venue", "owner", "due_on", "done_at"]
    list_filter = ["owner"]
    list_select_related = ["venue"]


@admin.register(AgreementSignature)
class AgreementSignatureList(ReadOnly):
    list_display = ["venue", "side", "person", "revision", "signed_at"]
    list_select_related = ["venue", "person"]
