"""Let go of what is no longer needed; numbers that name nobody stay."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from booster.applications import facts
from booster.applications.actions.answers import let_go
from booster.applications.models import Application, Partner, Tally
from booster.applications.rules.listing import counts
from booster.calls.models import Call
from booster.chronicle import actions as chronicle
from booster.kit.facts import Kind
from booster.people.models import Person
from booster.post import actions as post

AT_ONCE = 200  # a condition with a thousand parts is too deep for SQLite
BLANK: dict[str, Any] = {
    "state": "erased", "answers": {}, "pending": None, "touched": {}, "title": "", "folded": "",
    "address": "", "name": "", "country": "", "ecosystems": [], "latitude": None, "longitude": None,
    "applicant": None, "organisation": None, "holder": "", "entry_code": None, "verified_at": None,
}  # fmt: skip


def _erase(rows: Sequence[Application], *, by: Person | None, at: datetime) -> None:
    for application in rows:
        for attachment in application.attachments.select_related("document"):
            let_go(attachment, by=by, at=at)
        application.completions.all().delete()
    ids = [application.pk for application in rows]
    Partner.objects.filter(application__in=ids).delete()
    Application.objects.filter(pk__in=ids).exclude(state="erased").update(**BLANK)
    for some in (rows[n : n + AT_ONCE] for n in range(0, len(rows), AT_ONCE)):
        chronicle.forget(None, by=by, at=at, things=some)
        post.forget_about(some, by=by, at=at)


def _tally(call: Call, rows: Sequence[Application]) -> None:
    marks = [{"state": a.state, "country": a.country, "ecosystems": a.ecosystems} for a in rows]
    for (outcome, dimension, value), count in counts(marks).items():
        line, made = Tally.objects.get_or_create(
            call=call, outcome=outcome, dimension=dimension, value=value, defaults={"count": count}
        )
        if not made:
            Tally.objects.filter(pk=line.pk).update(count=F("count") + count)


def _let_time_work(call: Call, rows: Sequence[Application], kind: Kind, *, by: Person | None, at: datetime) -> int:
    if rows:
        _tally(call, rows)
        _erase(rows, by=by, at=at)
        chronicle.record_many(facts.ERASED, rows, by=by, at=at)
        chronicle.record(kind, thing=call, by=by, at=at, count=len(rows))
    return len(rows)


@transaction.atomic
def erase_drafts(*, call: Call, by: Person | None, at: datetime) -> int:
    """Erase drafts that were never sent, so many days after the deadline as the call says. Returns how many."""
    if call.deadline_at is None or at < call.deadline_at + timedelta(days=call.keep_drafts_days):
        return 0
    latest = call.entry_codes.order_by("-valid_until").values_list("valid_until", flat=True).first()
    if latest is not None and at <= latest:  # somebody may still send one
        return 0
    rows = list(Application.objects.filter(call=call, state="draft"))
    return _let_time_work(call, rows, facts.DRAFTS_ERASED, by=by, at=at)


@transaction.atomic
def erase_unsuccessful(*, call: Call, keep: Collection[int], by: Person | None, at: datetime) -> int:
    """Erase what came to nothing, so many days after the call was closed as it says; ``keep``: the ids of those chosen.

    The room that decides gives ``keep``; without a decision nobody calls this.
    """
    over = max(filter(None, (call.deadline_at, call.closed_at)), default=None)
    if over is None or at < over + timedelta(days=call.keep_unsuccessful_days):
        return 0
    rows = [
        a for a in Application.objects.filter(call=call).exclude(state__in=("draft", "erased")) if a.pk not in set(keep)
    ]
    return _let_time_work(call, rows, facts.UNSUCCESSFUL_ERASED, by=by, at=at)


def erase_due(*, call: Call, at: datetime, keep: Collection[int] | None = None, by: Person | None = None) -> int:
    """All of a call whose time has come: its drafts, and the unsuccessful when ``keep`` names those chosen."""
    erased = erase_drafts(call=call, by=by, at=at)
    return erased + (0 if keep is None else erase_unsuccessful(call=call, keep=keep, by=by, at=at))


@transaction.atomic
def forget(*, person: Person, by: Person | None, at: datetime) -> int:
    """Erase what the person wrote; their parts in others' applications lose the name. Returns how many applications."""
    rows = list(Application.objects.filter(applicant=person).exclude(state="erased").select_related("call"))
    for application in rows:
        _tally(application.call, [application])
    if rows:
        _erase(rows, by=by, at=at)
        chronicle.record_many(facts.APPLICANT_FORGOTTEN, rows, by=by, at=at)
    for part in Partner.objects.filter(person=person).select_related("application"):
        _forget_part(part)
    return len(rows)


def _forget_part(part: Partner) -> None:
    application = part.application
    application.touched = {
        k: [mark[0], 0, ""] if mark[1] == part.person_id else mark for k, mark in application.touched.items()
    }
    application.save(update_fields=["touched"])
    part.person, part.name, part.task, part.holder = None, "", "", ""
    part.address = f"forgotten-{part.pk}@people.invalid"
    part.save()
