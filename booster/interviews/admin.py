"""Read-only lists for operators."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from booster.interviews.models import Booking, Slot


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Slot)
class SlotList(ReadOnly):
    list_display = ["call", "starts_at", "minutes", "capacity", "taken", "place"]
    list_select_related = ["call"]


@admin.register(Booking)
class BookingList(ReadOnly):
    list_display = ["application", "slot", "booked_at"]
    list_select_related = ["application", "slot"]
