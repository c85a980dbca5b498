"""The timeline, what is owed, and whether somebody works it off."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Count, Max, Model, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from booster.chronicle import rules
from booster.chronicle.models import Errand, Fact, Pulse
from booster.kit import wiring
from booster.kit.facts import Kind
from booster.kit.words import told

OURS = ("role", "state", "what")  # keys of payloads that hold words of the house
NEWEST = 20_000  # facts of an edition that `as_of` counts


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timeline. ``sentence`` is plain text, to be escaped like any other."""

    at: datetime
    actor: str
    sentence: str
    kind: str
    thing_type: str
    thing_id: int


def timeline(
    *, edition_id: int | None = None, thing: Model | None = None, actor: Any = None, limit: int = 50
) -> list[Line]:
    """What happened, newest first, for all that is named. One query, and one for each type of thing it speaks of."""
    facts = Fact.objects.select_related("actor").order_by("-at", "-id")
    if edition_id is not None:
        facts = facts.filter(edition_id=edition_id)
    if thing is not None:
        facts = facts.about(thing)
    if actor is not None:
        facts = facts.filter(actor=actor)
    return _lines(list(facts[:limit]))


def as_of(edition_id: int, *, besides: Iterable[Kind] = ()) -> Hashable:
    """How far the ledger of an edition has come: another value after every fact about it, whichever process stated it.

    ``besides``: rare kinds of facts that belong to no edition and count too. Whoever keeps what was read asks for this
    before reading. It counts the newest facts, because PostgreSQL may show a later one before an earlier one: to be
    missed, a transaction would have to stay open while so many others were stated. Two queries, on indexes alone.
    """
    own = Fact.objects.filter(edition_id=edition_id).order_by()
    newest = Subquery(own.order_by("-id").values("id")[:1])
    others = Fact.objects.filter(kind__in=[kind.name for kind in besides]).order_by()
    counted = (rows.aggregate(n=Count("id"), last=Max("id")) for rows in (own.filter(id__gt=newest - NEWEST), others))
    return tuple((one["n"], one["last"]) for one in counted)


def _lines(facts: list[Fact]) -> list[Line]:
    names = _names(facts)
    return [_line(fact, names.get((fact.thing_type, fact.thing_id), _("something since removed"))) for fact in facts]


def _line(fact: Fact, thing: str) -> Line:
    kind = wiring.kind(fact.kind)
    actor = _actor(fact)
    words = {**fact.payload, **_translated(fact.payload), "actor": actor, "thing": thing}
    return Line(
        at=fact.at,
        actor=actor,
        sentence=rules.told(_sentence(kind, fact), words),
        kind=fact.kind,
        thing_type=fact.thing_type,
        thing_id=fact.thing_id,
    )


def _translated(payload: Mapping[str, Any]) -> dict[str, str]:
    """What the house itself wrote into a fact, word by word; everything else is somebody's name or text."""
    ours = {key: payload[key] for key in OURS if isinstance(payload.get(key), str)}
    return {key: ", ".join(told(word, _) for word in text.split(", ")) for key, text in ours.items()}


def _sentence(kind: Kind | None, fact: Fact) -> str:
    """In the reader's language, in the form that its count asks for."""
    if kind is None:
        return fact.kind
    count = fact.payload.get("count")
    return ngettext(kind.one, kind.sentence, count) if kind.one and isinstance(count, int) else _(kind.sentence)


def _actor(fact: Fact) -> str:
    if fact.actor is not None:
        return rules.plain(fact.actor)
    return "Booster" if fact.by_house else _("Somebody who has left")


def _names(facts: list[Fact]) -> dict[tuple[str, int], str]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for fact in facts:
        wanted[fact.thing_type].add(fact.thing_id)
    names = {}
    for label, ids in sorted(wanted.items()):
        for pk, thing in _things(label, ids).items():
            names[label, pk] = rules.plain(thing)
    return names


def _things(label: str, ids: set[int]) -> dict[int, Model]:
    app, _dot, name = label.partition(".")
    model = apps.all_models.get(app, {}).get(name)  # a ledger outlives models too
    return model._base_manager.in_bulk(ids) if model else {}


def errands(state: str) -> QuerySet[Errand]:
    """Errands in this state with their facts, newest first."""
    return Errand.objects.filter(state=state).select_related("fact").order_by("-id")


def errands_due(at: datetime, *, limit: int) -> list[Errand]:
    return list(Errand.objects.due(at).select_related("fact__actor")[:limit])


def worker_seen_at() -> datetime | None:
    """When any worker last showed that it lives; ``None`` when none is known. One query."""
    seen: datetime | None = Pulse.objects.filter(name__startswith="worker:").aggregate(seen=Max("last_at"))["seen"]
    return seen


def troubled_beats() -> list[Pulse]:
    return list(Pulse.objects.exclude(trouble="").order_by("name"))


def waiting_jobs() -> "QuerySet[DBTaskResult[Any, Any]]":
    return DBTaskResult.objects.ready()


def failed_jobs() -> "QuerySet[DBTaskResult[Any, Any]]":
    """Jobs that ended in an error, newest first; kept for a month."""
    return DBTaskResult.objects.failed().order_by("-finished_at")
