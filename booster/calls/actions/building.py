"""The form builder's verbs. Each takes the revision that its user saw; who comes second gets ``Stale`` and keeps
what they typed on their page."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booster.calls import facts
from booster.calls.models import Call, FormVersion
from booster.chronicle import actions as chronicle
from booster.kit import moves
from booster.kit.machine import NotNow
from booster.questions.rules import building, questions
from booster.questions.rules.building import Sections

LOST = gettext_lazy(
    "Somebody else changed this form a moment ago. What you typed is still here: look at the form as it is now."
)


def change_form(call: Call, revision: int, change: Callable[[Sections], Sections]) -> FormVersion:
    """Change the newest version: the draft in place, or, after publishing, a new draft made from it.

    ``revision`` is that of the newest version as it was seen; ``Stale`` when it has moved on; ``BadForm`` when the
    outcome would not be a form.
    """
    newest = FormVersion.objects.filter(call=call).order_by("-number")[0]
    if newest.revision != revision:
        raise moves.Stale(str(LOST))
    sections = change(newest.sections)
    questions.parse(sections)
    if newest.published_at is None:
        expected = {"revision": revision, "published_at": None}
        return moves.settle(newest, expected=expected, revision=revision + 1, sections=sections)
    if call.state == "settled":
        raise NotNow(_("The call is settled: its form stays as it is."))
    return _new_draft(call, newest.number + 1, revision + 1, sections)


def _new_draft(call: Call, number: int, revision: int, sections: Sections) -> FormVersion:
    draft, made = FormVersion.objects.get_or_create(
        call=call, number=number, defaults={"sections": sections, "revision": revision}
    )
    if not made:
        raise moves.Stale(str(LOST))
    return draft


def _changed(call: Call, revision: int, by: Any, at: datetime, change: Callable[[Sections], Sections]) -> FormVersion:
    try:
        version = change_form(call, revision, change)
    except building.NoSuchPart as gone:
        raise moves.Stale(str(LOST)) from gone
    chronicle.record(facts.FORM_CHANGED, thing=call, by=by, at=at)
    return version


@transaction.atomic
def add_section(*, call: Call, values: dict[str, Any], revision: int, by: Any, at: datetime) -> FormVersion:
    return _changed(call, revision, by, at, lambda s: building.add_section(s, values))


@transaction.atomic
def change_section(
    *, call: Call, key: str, values: dict[str, Any], revision: int, by: Any, at: datetime
) -> FormVersion:
    return _changed(call, revision, by, at, lambda s: building.change_section(s, key, values))


@transaction.atomic
def move_section(*, call: Call, key: str, step: int, revision: int, by: Any, at: datetime) -> FormVersion:
    return _changed(call, revision, by, at, lambda s: building.move_section(s, key, step))


@transaction.atomic
def remove_section(*, call: Call, key: str, revision: int, by: Any, at: datetime) -> FormVersion:
    return _changed(call, revision, by, at, lambda s: building.remove_section(s, key))


@transaction.atomic
def add_question(
    *, call: Call, section: str, values: dict[str, Any], revision: int, by: Any, at: datetime
) -> FormVersion:
    return _changed(call, revision, by, at, lambda s: building.add_question(s, section, values))


@transaction.atomic
def change_question(
    *, call: Call, key: str, values: dict[str, Any], revision: int, by: Any, at: datetime
) -> FormVersion:
    return _changed(call, revision, by, at, lambda s: building.change_question(s, key, values))


@transaction.atomic
def move_question(*, call: Call, key: str, step: int, revision: int, by: Any, at: datetime) -> FormVersion:
    return _changed(call, revision, by, at, lambda s: building.move_question(s, key, step))


@transaction.atomic
def order_questions(*, call: Call, section: str, keys: list[str], revision: int, by: Any, at: datetime) -> FormVersion:
    return _changed(call, revision, by, at, lambda s: building.order_questions(s, section, keys))


@transaction.atomic
def remove_question(*, call: Call, key: str, revision: int, by: Any, at: datetime) -> FormVersion:
    return _changed(call, revision, by, at, lambda s: building.remove_question(s, key))


@transaction.atomic
def publish_form(*, version: FormVersion, by: Any, at: datetime, revision: int | None = None) -> FormVersion:
    """From now on people answer this version; those who began an older one keep it until they take over."""
    form = questions.parse(version.sections)
    if not form.questions:
        raise NotNow(_("A form without questions cannot be published."))
    if version.published_at is not None:
        raise NotNow(_("This version of the form is published already."))
    seen = version.revision if revision is None else revision
    moves.settle(version, expected={"revision": seen, "published_at": None}, published_at=at)
    call = version.call
    Call.objects.filter(pk=call.pk).update(revision=F("revision") + 1)
    call.refresh_from_db(fields=["revision"])
    chronicle.record(facts.FORM_PUBLISHED, thing=call, by=by, at=at, number=version.number)
    return version


@transaction.atomic
def discard_form(*, call: Call, by: Any, at: datetime) -> int:
    """Throw the draft of a new version away; how many were there: 0 or 1. The first version stays."""
    gone, _kinds = call.form_versions.filter(published_at__isnull=True, number__gt=1).delete()
    if gone:
        chronicle.record(facts.FORM_DRAFT_DISCARDED, thing=call, by=by, at=at)
    return gone
