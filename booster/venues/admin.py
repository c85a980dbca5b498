"""What operators may look at. The site that shows it writes nothing: see `kit.looking`."""

from django.contrib import admin

from booster.venues.models import AgreementSignature, HostTask, Room, Venue


@admin.register(Venue)
class VenueList(admin.ModelAdmin):
    list_display = ["name", "host", "city", "country", "state", "edition", "adopted_at"]
    list_filter = ["state"]
    list_select_related = ["edition"]
    search_fields = ["name", "host", "city"]


@admin.register(Room)
class RoomList(admin.ModelAdmin):
    list_display = ["name", "venue", "cabaret", "theatre", "step_free"]
    list_select_related = ["venue"]


@admin.register(HostTask)
class HostTaskList(admin.ModelAdmin):
    list_display = ["title", "venue", "owner", "due_on", "done_at"]
    list_filter = ["owner"]
    list_select_related = ["venue"]


@admin.register(AgreementSignature)
class AgreementSignatureList(admin.ModelAdmin):
    list_display = ["venue", "side", "person", "revision", "signed_at"]
    list_select_related = ["venue", "person"]
