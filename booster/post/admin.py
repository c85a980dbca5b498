"""Read-only lists for operators."""

from django.contrib import admin

from booster.post.models import Attempt, Letter


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Letter)
class LetterList(ReadOnly):
    list_display = ["kind", "to", "address", "subject", "state", "released_at", "sent_at", "attempts", "trouble"]
    list_filter = ["state", "kind"]
    search_fields = ["address", "subject", "key", "message_id"]
    list_select_related = ["to"]
    exclude = ["body"]  # what it says is between sender and reader; private links stand in it


@admin.register(Attempt)
class AttemptList(ReadOnly):
    list_display = ["letter", "at", "outcome", "reply"]
    list_filter = ["outcome"]
    list_select_related = ["letter"]
