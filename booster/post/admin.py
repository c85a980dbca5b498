"""What operators may look at. The site that shows it writes nothing: see `kit.looking`."""

from django.contrib import admin

from booster.post.models import Attempt, Letter


@admin.register(Letter)
class LetterList(admin.ModelAdmin):
    list_display = ["kind", "to", "address", "subject", "state", "released_at", "sent_at", "attempts", "trouble"]
    list_filter = ["state", "kind"]
    search_fields = ["address", "subject", "key", "message_id"]
    list_select_related = ["to"]
    exclude = ["body"]  # what it says is between sender and reader; private links stand in it


@admin.register(Attempt)
class AttemptList(admin.ModelAdmin):
    list_display = ["letter", "at", "outcome", "reply"]
    list_filter = ["outcome"]
    list_select_related = ["letter"]
