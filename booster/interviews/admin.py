"""What operators may look at. The site that shows it writes nothing: see `kit.looking`."""

from django.contrib import admin

from booster.interviews.models import Booking, Slot


@admin.register(Slot)
class SlotList(admin.ModelAdmin):
    list_display = ["call", "starts_at", "minutes", "capacity", "taken", "place"]
    list_select_related = ["call"]


@admin.register(Booking)
class BookingList(admin.ModelAdmin):
    list_display = ["application", "slot", "booked_at"]
    list_select_related = ["application", "slot"]
