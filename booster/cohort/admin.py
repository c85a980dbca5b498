"""What operators may look at. The site that shows it writes nothing: see `kit.looking`."""

from django.contrib import admin

from booster.cohort.models import LegSeat, Seat


@admin.register(Seat)
class SeatList(admin.ModelAdmin):
    list_display = ["person", "edition", "state", "rank", "offered_at", "answer_by", "answered_at"]
    list_filter = ["state"]
    list_select_related = ["person", "edition"]


@admin.register(LegSeat)
class LegSeatList(admin.ModelAdmin):
    list_display = ["seat", "leg", "given_back_at"]
    list_select_related = ["seat__application", "leg"]
