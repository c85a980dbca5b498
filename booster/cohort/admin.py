"""Read-only lists for operators."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from booster.cohort.models import LegSeat, Seat


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Seat)
class SeatList(ReadOnly):
    list_display = ["person", "edition", "state", "rank", "offered_at", "answer_by", "answered_at"]
    list_filter = ["state"]
    list_select_related = ["person", "edition"]


@admin.register(LegSeat)
class LegSeatList(ReadOnly):
    list_display = ["seat", "leg", "given_back_at"]
    list_select_related = ["seat__application", "leg"]
