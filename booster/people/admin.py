"""What operators may look at. The site that shows it writes nothing: see `kit.looking`."""

from django.contrib import admin

from booster.people.models import Affiliation, Consent, Link, Organisation, Person


@admin.register(Person)
class PersonList(admin.ModelAdmin):
    list_display = ["name", "email", "country", "joined_at", "is_operator", "is_active", "forgotten_at"]
    list_filter = ["is_operator", "is_active"]
    search_fields = ["name", "email"]
    exclude = ["password", "groups", "user_permissions"]


@admin.register(Organisation)
class OrganisationList(admin.ModelAdmin):
    list_display = ["name", "country", "kind", "members"]
    list_filter = ["kind", "country"]
    search_fields = ["name", "key"]


@admin.register(Affiliation)
class AffiliationList(admin.ModelAdmin):
    list_display = ["person", "organisation", "role_title", "since", "until"]
    list_select_related = ["person", "organisation"]


@admin.register(Consent)
class ConsentList(admin.ModelAdmin):
    list_display = ["person", "what", "version", "given_at", "withdrawn_at"]
    list_filter = ["what"]
    list_select_related = ["person"]


@admin.register(Link)
class LinkList(admin.ModelAdmin):
    list_display = ["purpose", "address", "made_at", "expires_at", "uses_left", "used_at", "revoked_at"]
    list_filter = ["purpose"]
    exclude = ["digest"]
