"""What operators may look at. The site that shows it writes nothing: see `kit.looking`."""

from django.contrib import admin

from booster.library.models import Document


@admin.register(Document)
class DocumentList(admin.ModelAdmin):
    list_display = [
        "name",
        "size",
        "content_type",
        "scan",
        "uploaded_by",
        "uploaded_at",
        "kept_until",
        "removed_at",
        "erased_at",
    ]
    list_filter = ["scan", "content_type"]
    search_fields = ["name", "sha256"]
    list_select_related = ["uploaded_by"]
