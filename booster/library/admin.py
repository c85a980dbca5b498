"""Read-only lists for operators."""

from django.contrib import admin

from booster.library.models import Document


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Document)
class DocumentList(ReadOnly):
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
