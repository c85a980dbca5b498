"""Read-only lists for operators."""

from django.contrib import admin

from booster.chronicle.models import Errand, Fact, Pulse


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Fact)
class FactList(ReadOnly):
    list_display = ["kind", "at", "actor", "edition_id", "thing_type", "thing_id"]
    list_filter = ["kind"]
    list_select_related = ["actor"]
    show_full_result_count = False


@admin.register(Errand)
class ErrandList(ReadOnly):
    list_display = ["reaction", "state", "attempts", "not_before", "leased_until", "trouble"]
    list_filter = ["state", "reaction"]
    list_select_related = ["fact"]


@admin.register(Pulse)
class PulseList(ReadOnly):
    list_display = ["name", "last_at", "trouble"]
