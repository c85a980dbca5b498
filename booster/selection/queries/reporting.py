"""The figures of the selection report: what was asked, how many at each step, who decided what, with which reasons.

Nothing in it names an applicant; cells under five are hidden. The same state of the call gives the same figures and so
the same digest, which signatures carry.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from booster.applications.models import Application
from booster.calls.models import Call
from booster.evaluation.models import SILENT, Assignment, Screening
from booster.people.rules import countries, ecosystems
from booster.selection.models import Complaint, Decision, Draw, PolicyNote, Scenario
from booster.selection.queries.pool import Standing, ranked, read, verdict
from booster.selection.rules.counts import SMALLEST, distribution
from booster.selection.rules.outcomes import ALL as OUTCOMES

GROUP = "one group"
TAKEN = ("chosen", "shortlisted")


def figures(call: Call) -> dict[str, Any]:
    """The whole report as plain values, without signatures. Eight queries, whatever the number of applications."""
    prefetch_related_objects([call], "criteria")
    files = list(read(call.applications.exclude(state="draft")))
    running = [one for one in files if one.state == "submitted"]
    verdicts = [judged for one in running if (judged := verdict(one))]
    found = ranked(call, running)
    decisions = {one.application_id: one for one in Decision.objects.filter(call=call).select_related("complaint")}
    names = _names(call, [(one.pk, one.reference) for one in files if one.reference])
    read_by = _reading(call)
    *earlier, scenario = _adopted(call) or [None]
    return {
        "call": {
            "title": call.title,
            "edition": call.edition.name,
            "kind": call.kind,
            "threshold": f"{call.threshold:f}",
            "evaluators_per_file": call.evaluators_per_file,
            "seats": call.seats,
            "per_organisation": call.per_organisation,
            "blind": call.blind,
            "complaint_days": call.complaint_days,
        },
        "timeline": _timeline(call, decisions.values()),
        "criteria": [
            {"title": c.title, "weight": f"{c.weight:f}", "minimum": None if c.minimum is None else f"{c.minimum:f}"}
            for c in call.criteria.all()
        ],
        "steps": _steps(files, found, decisions.values(), read_by),
        "refusals": _refusals(verdicts),
        "distributions": _distributions(found, decisions),
        "limits": [_limit(one) for one in scenario.result["limits"]] if scenario else [],
        "proof": scenario.result["proof"]["sentence"] if scenario else "",
        "seed": scenario.seed if scenario else None,
        "pool_digest": scenario.result["digest"] if scenario else "",
        **_draws([*earlier, scenario] if scenario else []),
        "earlier": [_earlier(one) for one in earlier],
        "by_hand": {"in": len(scenario.picked), "out": len(scenario.dropped)} if scenario else {"in": 0, "out": 0},
        "overrules": _overrules(verdicts, decisions.values(), names),
        "conflicts": _conflicts(read_by),
        "policy": _policy(call, names) if call.kind == Call.Kind.VENUES else [],
        "complaints": dict(Counter(_complaints(decisions.values()))),
        "annex": _annex(
            found, decisions, names, [limit for one in (*earlier, scenario) if one for limit in one.result["limits"]]
        ),
    }


def _adopted(call: Call) -> list[Any]:
    """The adopted selections, the last one worked out at the end: with cut-offs there is one for each, and the last
    one's limits speak of the whole group. One query, none for venues."""
    rows = Scenario.objects.filter(call=call, state="adopted").order_by("solved_at", "pk")
    return [] if call.kind == Call.Kind.VENUES else list(rows)


def _draws(adopted: Sequence[Scenario]) -> dict[str, Any]:
    """The draws behind the adopted selections; nothing at all without one, so that the digest of such a report stays as
    it was signed. One query when one of them was drawn."""
    if not any(one.is_lottery for one in adopted):
        return {}
    rows = Draw.objects.filter(scenario__in=adopted, state="drawn").order_by("drawn_at", "pk")
    results = {one.pk: one.result for one in adopted}
    return {"draws": [_drawn(one, results[one.scenario_id]) for one in rows]}


def _drawn(one: Draw, result: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "policy": one.policy,
        "threshold": f"{one.threshold.normalize():f}",
        "people": one.people,
        "seats": one.seats,
        "bands": [[band["letter"], band["from"], band["seats"]] for band in result["bands"]],
        "fingerprint": one.fingerprint,
        "source": one.source,
        "seed": one.seed,
        "ball": result["draw"]["shown"],
        "certificate": result["certificate"]["sentence"],
    }


def _earlier(one: Scenario) -> dict[str, Any]:
    found = one.result
    return {
        "chosen": len(found["chosen"]),
        "seed": one.seed,
        "proof": found["proof"]["sentence"],
        "pool_digest": found["digest"],
    }


def digest(figures_: Mapping[str, Any]) -> str:
    """SHA-256 of the figures in canonical JSON: the same figures, the same digest."""
    return sha256(json.dumps(figures_, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _timeline(call: Call, decisions: Any) -> list[list[str]]:
    moments = [
        ("opened", call.opens_at),
        ("deadline", call.deadline_at),
        *(("extended", one.announced_at) for one in call.extensions.all()),
        ("closed", call.closed_at),
        ("decided", max((one.confirmed_at for one in decisions if one.confirmed_at), default=None)),
        ("told", max((one.told_at for one in decisions if one.told_at), default=None)),
    ]
    return [[name, at.isoformat(timespec="minutes")] for name, at in moments if at is not None]


@dataclass(frozen=True, slots=True)
class Reading:
    """One assignment: its state, what was decided on a conflict (``None``: none declared), whose, whether it counts."""

    state: str
    conflict: str | None
    evaluator: int
    counts: bool


def _reading(call: Call) -> list[Reading]:
    rows: Any = Assignment.objects.filter(application__call=call).values_list(
        "state", "conflict__decision", "evaluator_id", "evaluation__state"
    )
    return [Reading(s, conflict, who, done == "signed" and s not in SILENT) for s, conflict, who, done in rows]


def _steps(
    files: Sequence[Application], found: Sequence[Standing], decisions: Any, read_by: Sequence[Reading]
) -> list[list[Any]]:
    states = Counter(one.state for one in files)
    counted = [one.evaluator for one in read_by if one.counts]
    outcomes = Counter(one.outcome for one in decisions)
    return [
        ["sent", sum(states.get(state, 0) for state in ("submitted", "withdrawn", "superseded"))],
        ["withdrawn", states.get("withdrawn", 0)],
        ["superseded", states.get("superseded", 0)],
        ["eligible", sum(one.eligible for one in found)],
        ["evaluations", len(counted)],
        ["evaluators", len(set(counted))],
        ["consensus", sum(bool(one.score and one.score.agreed) for one in found)],
        ["passed", sum(not one.why_out for one in found)],
        *([outcome, outcomes.get(outcome, 0)] for outcome in OUTCOMES),
    ]


def _refusals(verdicts: Sequence[Screening]) -> list[list[Any]]:
    codes = Counter(one.code for one in verdicts if not one.eligible)
    return [[code, count] for code, count in sorted(codes.items())]


def _distributions(found: Sequence[Standing], decisions: Mapping[int, Decision]) -> list[dict[str, Any]]:
    everybody = [one.application for one in found]
    taken = {pk for pk, one in decisions.items() if one.outcome in TAKEN}
    told = []
    for name in ("country", "ecosystem", "maturity", "role", "gender"):
        values = {one.pk: _values(one, name) for one in everybody}
        lines = distribution(
            [value for some in values.values() for value in some],
            [value for pk, some in values.items() if pk in taken for value in some],
        )
        if lines:
            told.append(
                {"name": name, "lines": [[_named(name, one.value), one.among, one.chosen] for one in lines]}
            )  # fmt: skip
    return told


def _values(application: Any, name: str) -> list[str]:
    if name == "country":
        return [application.country] if application.country else []
    if name == "ecosystem":
        return list(application.ecosystems)
    return [str(application.answers[name])] if application.answers.get(name) else []


def _named(name: str, value: str) -> str:
    if name == "country" and value:
        return _(countries.name(value))
    if name == "ecosystem" and value in ecosystems.BY_ID:
        return _(ecosystems.BY_ID[value].short)
    return value


def _overrules(verdicts: Sequence[Screening], decisions: Any, names: Mapping[int, str]) -> list[list[str]]:
    """Pseudonymous: what a person decided otherwise than the rule, and why."""
    overruled = [one for one in verdicts if one.state == "overruled" and one.application_id in names]
    found = [["eligibility", names[one.application_id], one.reason] for one in overruled]
    return found + [["decision", names.get(one.application_id, "–"), one.amended] for one in decisions if one.amended]


def _conflicts(read_by: Sequence[Reading]) -> dict[str, int]:
    return {
        "declared": sum(one.conflict is not None for one in read_by),
        "cleared": sum(one.conflict == "clear" for one in read_by),
        "barred": sum(one.state == "barred" for one in read_by),
        "open": sum(one.conflict == "" for one in read_by),
    }


def _policy(call: Call, names: Mapping[int, str]) -> list[list[Any]]:
    rows = PolicyNote.objects.filter(call=call).order_by("application_id", "noted_at")
    return [[names.get(one.application_id, "–"), one.kind, one.favours, one.text] for one in rows]


def _complaints(decisions: Any) -> list[str]:
    made: Iterable[Complaint] = (one.complaint for one in decisions if hasattr(one, "complaint"))
    return ["upheld" if one.state == "decided" and one.changes_decision else one.state for one in made]


def pseudonyms(call: Call) -> dict[int, str]:
    """A short name for each sent application that says nothing of it and stays the same. One query."""
    return _names(call, call.applications.exclude(state="draft").exclude(reference="").values_list("pk", "reference"))


def _names(call: Call, rows: Iterable[tuple[int, str]]) -> dict[int, str]:
    longs = {pk: sha256(f"{call.slug}|{reference}".encode()).hexdigest().upper() for pk, reference in rows}
    size = 5
    while len({name[:size] for name in longs.values()}) < len(longs):
        size += 1
    return {pk: name[:size] for pk, name in longs.items()}


def _limit(one: Mapping[str, Any]) -> dict[str, Any]:
    """A limit with what was reached; a small number is hidden, and that its bound was reached with it."""
    small = 0 < one["reached"] < SMALLEST
    return {**one, "reached": None if small else one["reached"], "binding": None if small else one["binding"]}


def _unnamed(reason: str, limits: Sequence[Mapping[str, Any]]) -> str:
    """A reason without the group that a limit is about: together with a score it could name a person."""
    for label in sorted({one["label"] for one in limits} - {""}, key=lambda label: (-len(label), label)):
        reason = re.sub(rf"(?<!\w){re.escape(label)}(?!\w)( \(\d+\))?", GROUP, reason)
    return reason


def _annex(
    found: Sequence[Standing], decisions: Mapping[int, Decision], names: Mapping[int, str],
    limits: Sequence[Mapping[str, Any]],
) -> list[list[Any]]:  # fmt: skip
    """Pseudonym, points, outcome, place and reason of every application; nothing of who it is."""
    points = {one.application.pk: one.points for one in found}
    rows = [
        [
            names.get(pk, "–"),
            "" if points.get(pk) is None else f"{points[pk]:f}",
            one.outcome,
            one.rank,
            _unnamed(one.reason, limits),
        ]
        for pk, one in decisions.items()
    ]
    order = {outcome: place for place, outcome in enumerate(OUTCOMES)}
    return sorted(rows, key=lambda row: (order[row[2]], row[3] or 0, row[0]))
