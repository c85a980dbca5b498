"""Read-only lists for operators: looking is done here, changing by actions."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from booster.people.models import Affiliation, Consent, Link, Organisation, Person


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Person)
class PersonList(ReadOnly):
    list_display = ["name", "email", "country", "joined_at", "is_operator", "is_active", "forgotten_at"]
    list_filter = ["is_operator", "is_active"]
    search_fields = ["name", "email"]
    exclude = ["password", "groups", "user_permissions"]


@admin.register(Organisation)
class OrganisationList(ReadOnly):
    list_display = ["name", "country", "kind", "members"]
    list_filter = ["kind", "country"]
    search_fields = ["name", "key"]


@admin.register(Affiliation)
class AffiliationList(ReadOnly):
    list_display = ["person", "organisation", "role_title", "since", "until"]
    list_select_related = ["person", "organisation"]


@admin.register(Consent)
class ConsentList(ReadOnly):
    list_display = ["person", "what", "version", "given_at", "withdrawn_at"]
    list_filter = ["what"]
    list_select_related = ["person"]


@admin.register(Link)
class LinkList(ReadOnly):
    list_display = ["purpose", "address", "made_at", "expires_at", "uses_left", "used_at", "revoked_at"]
    list_filter = ["purpose"]
    exclude = ["digest"]
