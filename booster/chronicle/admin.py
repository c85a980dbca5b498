"""What operators may look at. The site that shows it writes nothing: see `kit.looking`."""

from django.contrib import admin

from booster.chronicle.models import Errand, Fact, Pulse


@admin.register(Fact)
class FactList(admin.ModelAdmin):
    list_display = ["kind", "at", "actor", "edition_id", "thing_type", "thing_id"]
    list_filter = ["kind"]
    list_select_related = ["actor"]
    show_full_result_count = False


@admin.register(Errand)
class ErrandList(admin.ModelAdmin):
    list_display = ["reaction", "state", "attempts", "not_before", "leased_until", "trouble"]
    list_filter = ["state", "reaction"]
    list_select_related = ["fact"]


@admin.register(Pulse)
class PulseList(admin.ModelAdmin):
    list_display = ["name", "last_at", "trouble"]
