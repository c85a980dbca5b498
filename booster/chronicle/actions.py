"""State facts, work off the errands that they cause, keep the worker's books."""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model, Q
from django_tasks_db.models import DBTaskResult

from booster.chronicle import rules
from booster.chronicle.models import Errand, Fact, Pulse
from booster.chronicle.states import ERRAND
from booster.kit import jobs, moves, wiring
from booster.kit.beats import Beat
from booster.kit.facts import Kind

log = logging.getLogger("booster.chronicle")
WORK_OFF = "booster.chronicle.tasks.work_off"


@transaction.atomic(savepoint=False)
def record(
    kind: Kind, /, *, thing: Model, by: Any, at: datetime, edition_id: int | None = None, **payload: Any
) -> Fact:
    """State a fact and note the errands it causes; both live or die with the caller's transaction.

    ``edition_id`` defaults to the thing's own, or to the thing's key when it is an edition. ``payload`` must be
    JSON; keys named in ``kind.private`` are blanked when the person is forgotten. One query, two with listeners.
    """
    fact = _fact(kind, thing, by, at, payload)
    fact.edition_id = fact.edition_id if edition_id is None else edition_id
    fact.save(force_insert=True)
    _owe([fact])
    return fact


@transaction.atomic(savepoint=False)
def record_many(
    kind: Kind,
    things: Iterable[Model],
    *,
    by: Any,
    at: datetime,
    payloads: Sequence[dict[str, Any]] | None = None,
) -> list[Fact]:
    """State one kind of fact about each thing; ``payloads`` in the order of ``things``.

    Two queries for each 500, on SQLite for each 90 (it takes 999 values at once).
    """
    things = list(things)
    each = payloads if payloads is not None else [{}] * len(things)
    facts = [_fact(kind, thing, by, at, dict(payload)) for thing, payload in zip(things, each, strict=True)]
    Fact.objects.bulk_create(facts, batch_size=500)
    _owe(facts)
    return facts


def _fact(kind: Kind, thing: Model, by: Any, at: datetime, payload: dict[str, Any]) -> Fact:
    own = thing.pk if thing._meta.model_name == "edition" else getattr(thing, "edition_id", None)
    return Fact(
        kind=kind.name,
        at=at,
        actor=by,
        by_house=by is None,
        edition_id=own,
        thing_type=thing._meta.label_lower,
        thing_id=thing.pk,
        payload=payload,
    )


def _owe(facts: list[Fact]) -> None:
    owed = [Errand(fact=f, reaction=name, not_before=f.at) for f in facts for name in wiring.listeners(f.kind)]
    if owed:
        Errand.objects.bulk_create(owed, batch_size=500)
        jobs.after_commit(WORK_OFF)


def run_errand(errand: Errand, *, by: Any = None, at: datetime, elapsed: timedelta = timedelta(0)) -> bool:
    """Take an errand on and run it in its own transaction; whether it is done now.

    The lease is taken by compare-and-set, so of two workers one goes on; what a killed worker left behind is due
    again when its lease ends. ``elapsed`` is how far the clock has gone on since ``at``: leases run by the real time.
    The reaction and the mark that it is done are one transaction: either both hold or neither.
    """
    real = at + elapsed
    if rules.is_spent(errand.attempts):  # the last worker that tried was killed
        _give_up(errand, "the worker was stopped each time")
        return False
    try:
        moves.settle(
            errand,
            expected={"state": "todo", "attempts": errand.attempts, "leased_until": errand.leased_until},
            attempts=errand.attempts + 1,
            leased_until=real + rules.LEASE,
        )
    except moves.Stale:
        return False
    trouble = trouble_of(lambda: _react(errand, at))
    if not trouble:
        return True
    log.warning("errand %s (%s), try %s: %s", errand.pk, errand.reaction, errand.attempts, trouble)
    if rules.is_spent(errand.attempts):
        _give_up(errand, trouble)
    else:
        again = real + rules.delay(errand.attempts)
        _if_still_mine(errand, leased_until=None, not_before=again, trouble=trouble)
    return False


@transaction.atomic
def _react(errand: Errand, at: datetime) -> None:
    listeners = wiring.listeners(errand.fact.kind)
    if errand.reaction in listeners:  # a reaction that the house no longer has needs nothing more
        listeners[errand.reaction](errand.fact, at=at)
    expected = {"state": "todo", "attempts": errand.attempts}
    moves.settle(errand, expected=expected, state=ERRAND.after("todo", "finish"), leased_until=None, trouble="")


def _give_up(errand: Errand, trouble: str) -> None:
    _if_still_mine(errand, state=ERRAND.after("todo", "give_up"), leased_until=None, trouble=trouble)


def _if_still_mine(errand: Errand, **values: Any) -> None:
    Errand.objects.filter(pk=errand.pk, state="todo", attempts=errand.attempts).update(**values)


def trouble_of(work: Callable[[], object]) -> str:
    """Run it; what went wrong in one line, or an empty string.

    The one place that catches everything: the next errand, beat or job must go on whatever this one did.
    """
    try:
        work()
    except Exception as trouble:  # noqa: BLE001 -- see above
        log.debug("trouble", exc_info=True)
        return rules.in_short(trouble)
    return ""


@transaction.atomic
def retry(errand: Errand, *, by: Any, at: datetime) -> Errand:
    """Give a given-up errand its full number of tries again, beginning now."""
    moves.move(errand, ERRAND, "retry", attempts=0, not_before=at, leased_until=None, trouble="")
    jobs.after_commit(WORK_OFF)
    return errand


@transaction.atomic
def forget(person: Model | None, *, by: Any, at: datetime, things: Iterable[Model] = ()) -> int:
    """Blank the private parts of facts by a person, about them, and about ``things`` of theirs; how many.

    Without a person: those about the things alone.
    """
    private = {kind.name: kind.private for kind in wiring.kinds() if kind.private}
    ids: dict[str, list[Any]] = {}
    for thing in (*things, *([person] if person is not None else [])):
        ids.setdefault(thing._meta.label_lower, []).append(thing.pk)
    about = Q(pk__in=[]) if person is None else Q(actor=person)
    for label, some in ids.items():
        about |= Q(thing_type=label, thing_id__in=some)
    changed = []
    for fact in Fact.objects.filter(about, kind__in=private).exclude(payload={}):
        blank = {key: "" for key in private[fact.kind] if fact.payload.get(key)}
        if blank:
            fact.payload = {**fact.payload, **blank}
            changed.append(fact)
    Fact.objects.bulk_update(changed, ["payload"], batch_size=200)
    Errand.objects.filter(fact__in=[fact.pk for fact in changed]).exclude(trouble="").update(trouble="")
    return len(changed)


def begin_beat(beat: Beat, *, by: Any = None, at: datetime) -> bool:
    """Whether this worker is the one that runs the beat now: compare-and-set, so of several workers one wins."""
    pulse, _ = Pulse.objects.get_or_create(name=beat.name)
    if not rules.is_due(pulse.last_at, beat.every, at):
        return False
    return bool(Pulse.objects.filter(pk=pulse.pk, last_at=pulse.last_at).update(last_at=at))


def note_beat(name: str, *, by: Any = None, at: datetime, trouble: str) -> None:
    """Keep what went wrong with a beat until it goes well again."""
    Pulse.objects.filter(name=name).exclude(trouble=trouble).update(trouble=trouble)


def show_life(worker_id: str, *, by: Any = None, at: datetime) -> None:
    Pulse.objects.update_or_create(name=f"worker:{worker_id}", defaults={"last_at": at})


def mark_presence(*, by: Any = None, at: datetime) -> datetime | None:
    """Note that some worker is there; when that was noted last, ``None`` for the first time or if another just did."""
    pulse, _ = Pulse.objects.get_or_create(name="presence")
    won = Pulse.objects.filter(pk=pulse.pk, last_at=pulse.last_at).update(last_at=at)
    return pulse.last_at if won else None


@transaction.atomic
def leave(worker_id: str, *, by: Any = None, at: datetime) -> None:
    """A worker that stops cleanly, or one that died long ago, needs no pulse any more."""
    Pulse.objects.filter(name=f"worker:{worker_id}").delete()
    Pulse.objects.filter(name__startswith="worker:", last_at__lt=at - timedelta(days=1)).delete()


@transaction.atomic
def reclaim_jobs(*, by: Any = None, at: datetime) -> int:
    """Put jobs of workers that died back into the queue; one that was begun three times fails instead. How many."""
    alive = {
        name.removeprefix("worker:")
        for name in Pulse.objects.filter(name__startswith="worker:", last_at__gt=at - rules.ALIVE).values_list(
            "name", flat=True
        )
    }
    touched = 0
    for job in DBTaskResult.objects.running().filter(started_at__lt=at - rules.ALIVE):
        if job.worker_ids and job.worker_ids[-1] in alive:
            continue
        again = len(job.worker_ids) < rules.JOB_STARTS
        values = {"status": "READY"} if again else {"status": "FAILED", "finished_at": at}
        touched += DBTaskResult.objects.filter(pk=job.pk, status="RUNNING", started_at=job.started_at).update(**values)
    return touched


def prune_jobs(*, by: Any = None, at: datetime) -> int:
    """Finished jobs go after a day, failed ones after a month."""
    old = Q(status="SUCCESSFUL", finished_at__lt=at - timedelta(days=1))
    failed = Q(status="FAILED", finished_at__lt=at - timedelta(days=30))
    return DBTaskResult.objects.filter(old | failed).delete()[0]
