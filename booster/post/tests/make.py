"""Small builders; everything goes through the real actions."""

from datetime import UTC, datetime

from django.contrib.auth import get_user_model

from booster.post import actions

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def person(name="Paula Participant", **more):
    address = f"{name.split()[0].lower()}@example.org"
    return get_user_model().objects.create(email=address, name=name, joined_at=NOW, **more)


def draft(key="receipt-1", **more):
    return {
        "kind": "applications.receipt",
        "key": key,
        "subject": "We have your application",
        "body": "Dear Paula,\n\nwe have it: https://example.org/a/1\n",
        "address": "paula@example.org",
    } | more


def letter(key="receipt-1", **more):
    return actions.drop(by=None, at=NOW, **draft(key, **({"release_now": True} | more)))
