"""Small builders; everything goes through the real actions."""

from datetime import UTC, datetime

from django.contrib.auth import get_user_model

from booster.kit.facts import Kind

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KNOCKED = Kind("chronicle_tests.knocked", "{actor} knocked at {thing} with {stick}", private=("stick",))
RANG = Kind("chronicle_tests.rang", "{actor} rang at {thing}")
BROUGHT = Kind("chronicle_tests.brought", "{actor} brought {count} eggs", one="{actor} brought {count} egg")


def person(name="Olga Organiser"):
    address = f"{name.split()[0].lower()}@example.org"
    return get_user_model().objects.create(email=address, name=name, joined_at=NOW)
