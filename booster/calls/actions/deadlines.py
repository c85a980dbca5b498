"""A call's life: published, extended, closed, opened again, settled."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from booster.calls import facts, queries
from booster.calls.models import Call, CutOff, Extension
from booster.calls.states import CALL
from booster.chronicle import actions as chronicle
from booster.kit import moves, times
from booster.kit.machine import NotNow


@transaction.atomic
def publish(*, call: Call, by: Any, at: datetime) -> Call:
    """Show the call to everybody. ``NotNow`` names the first thing that it still lacks."""
    lacks = queries.what_is_missing(call, at=at) if call.state == "draft" else []
    if lacks:
        raise NotNow(_(lacks[0].sentence))
    opens = {"opens_at": call.opens_at or at} if call.follows_id else {}  # to each as soon as they are told
    moves.move(call, CALL, "publish", published_at=at, revision=call.revision + 1, **opens)
    chronicle.record(facts.PUBLISHED, thing=call, by=by, at=at, kind=call.kind, deadline=str(call.deadline_at))
    return call


def _later(call: Call, until: datetime, reason: str, at: datetime) -> None:
    if call.deadline_at is None or until <= call.deadline_at:
        raise NotNow(_("An extension must end after the deadline that stands now."))
    if until <= at:
        raise NotNow(_("An extension must end in the future."))
    if not reason.strip():
        raise NotNow(_("An extension is announced with its reason."))
    second = queries.second_round_of(call)
    if second is not None and second.state != "draft" and second.deadline_at and until >= second.deadline_at:
        raise NotNow(_("The second round would close before that. Extend the second round first."))


@transaction.atomic
def extend(*, call: Call, until: datetime, reason: str, by: Any, at: datetime) -> Extension:
    """Move the deadline of an open call to a later moment and announce it with its reason."""
    if call.state != "open":
        raise NotNow(_("Only an open call can be extended; a closed one is opened again."))
    _later(call, until, reason, at)
    old = call.deadline_at
    moves.settle(
        call,
        expected={"state": "open", "revision": call.revision},
        deadline_at=until,
        revision=call.revision + 1,
    )
    return _announced(call, old, until, reason, by, at)


def _announced(call: Call, old: Any, until: datetime, reason: str, by: Any, at: datetime) -> Extension:
    extension = Extension.objects.create(
        call=call,
        old_deadline_at=old,
        new_deadline_at=until,
        reason=reason.strip(),
        announced_at=at,
        announced_by=by,
    )
    chronicle.record(
        facts.DEADLINE_EXTENDED,
        thing=call,
        by=by,
        at=at,
        until=f"{until.astimezone(times.zone(call.zone)):%a %d %b %Y, %H:%M} ({call.zone})",
        until_at=until.isoformat(),
        reason=extension.reason,
        extension=extension.pk,
    )
    return extension


@transaction.atomic
def close(*, call: Call, by: Any, at: datetime) -> Call:
    """No more applications, but by entry code. ``by=None``: the deadline passed."""
    moves.settle(  # not if it was extended a moment ago
        call,
        expected={"state": call.state, "deadline_at": call.deadline_at},
        state=CALL.after(call.state, "close"),
        closed_at=at,
        revision=call.revision + 1,
    )
    chronicle.record(facts.CLOSED, thing=call, by=by, at=at)
    return call


@transaction.atomic
def reopen(*, call: Call, until: datetime, reason: str, by: Any, at: datetime) -> Call:
    """Open a closed call again until a later deadline, announced like an extension."""
    CALL.after(call.state, "reopen")
    _later(call, until, reason, at)
    old = call.deadline_at
    moves.move(call, CALL, "reopen", closed_at=None, deadline_at=until, revision=call.revision + 1)
    chronicle.record(facts.REOPENED, thing=call, by=by, at=at)
    _announced(call, old, until, reason, by, at)
    return call


@transaction.atomic
def settle(*, call: Call, by: Any, at: datetime) -> Call:
    """Everything about the call is decided and told."""
    moves.move(call, CALL, "settle", revision=call.revision + 1)
    chronicle.record(facts.SETTLED, thing=call, by=by, at=at)
    return call


@transaction.atomic
def add_cut_off(*, call: Call, closes_at: datetime, by: Any, at: datetime, note: str = "") -> CutOff:
    """A rolling cut-off; the same moment twice is one. ``NotNow`` outside opening and deadline, or in the past."""
    if call.deadline_at and closes_at > call.deadline_at:
        raise NotNow(_("A cut-off must not be after the deadline of the call."))
    if closes_at <= at or (call.opens_at and closes_at <= call.opens_at):
        raise NotNow(_("A cut-off must be in the future, after the call has opened."))
    cut_off, made = CutOff.objects.get_or_create(call=call, closes_at=closes_at, defaults={"note": note})
    if made:
        _note_cut_offs(call)
        chronicle.record(facts.CUT_OFF_SET, thing=call, by=by, at=at, closes_at=closes_at.isoformat())
    return cut_off


@transaction.atomic
def remove_cut_off(*, cut_off: CutOff, by: Any, at: datetime) -> Call:
    """Take back a cut-off that has not passed."""
    if cut_off.closes_at <= at:
        raise NotNow(_("This cut-off has passed and stays."))
    call = cut_off.call
    cut_off.delete()
    _note_cut_offs(call)
    chronicle.record(facts.CUT_OFF_REMOVED, thing=call, by=by, at=at)
    return call


def _note_cut_offs(call: Call) -> None:
    """Whether the call has cut-offs now; its public page has changed."""
    rolling = Exists(CutOff.objects.filter(call=OuterRef("pk")))
    Call.objects.filter(pk=call.pk).update(revision=F("revision") + 1, rolling=rolling)
    call.refresh_from_db(fields=["revision", "rolling"])
