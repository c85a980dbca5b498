"""What a scenario keeps of the solver's answer, as plain data. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any

from booster.craft.balance import Candidate, Choice, Clash, Limit, LimitOutcome, Reason, Relaxation
from booster.craft.balance.fair import Portfolio, chance_shown
from booster.selection.rules import chances, portfolios


def digest(candidates: Sequence[Candidate]) -> str:
    """SHA-256 of a canonical text of the pool: who may be chosen, with score, attributes and organisation.

    The same pool gives the same digest on every machine; a changed score, a new or a withdrawn file gives another.
    """
    return sha256(canonical(candidates).encode()).hexdigest()


def canonical(candidates: Sequence[Candidate]) -> str:
    """The pool as one text, the same on every machine."""
    rows = [
        {
            "id": one.id,
            "score": str(one.score.normalize() if isinstance(one.score, Decimal) else one.score),
            "unit": one.unit or "",
            **{name: sorted([value] if isinstance(value, str) else value) for name, value in one.attributes.items()},
        }
        for one in sorted(candidates, key=lambda one: one.id)
    ]
    return json.dumps(rows, sort_keys=True, ensure_ascii=False)


def of_choice(
    choice: Choice,
    *,
    outside: dict[str, str],
    scores: dict[str, str],
    pool: Sequence[Candidate],
    seated: Sequence[str] = (),
) -> dict[str, Any]:
    """``chosen`` and ``reserve`` are references in order; ``reasons`` has a sentence for everybody, also for those
    ``outside`` the pool; ``digest`` tells whether the pool is still the same.

    ``seated`` had a place already: they are in the totals and limits, and neither among the chosen nor in the reasons.
    """
    return {
        "chosen": [key for key in choice.chosen if key not in seated],
        "seated": list(seated),
        "reserve": [one.id for one in choice.reserve],
        "seats_of_reserve": {one.id: list(one.seats) for one in choice.reserve},
        "reasons": {key: one.sentence for key, one in choice.reasons.items() if key not in seated} | outside,
        "limits": [_limit(one) for one in choice.limits],
        "total": str(choice.total),
        "average": str(choice.average),
        "proof": {
            "state": choice.proof.state,
            "bound": str(choice.proof.bound),
            "gap": str(choice.proof.gap),
            "sentence": choice.proof.sentence,
        },
        "scores": scores,
        "digest": digest(pool),
        "pool": sorted(one.id for one in pool if one.id not in seated),
    }


def _limit(one: LimitOutcome) -> dict[str, Any]:
    return {
        "attribute": one.attribute,
        "value": one.value,
        "label": one.label,
        "minimum": one.minimum,
        "maximum": one.maximum,
        "reached": one.reached,
        "binding": one.binding,
    }


def of_clash(clash: Clash) -> dict[str, Any]:
    """Which limits cannot hold together, and the smallest changes that would let them."""
    return {
        "kind": clash.kind,
        "message": clash.message,
        "limits": list(clash.limits),
        "relax": [_relaxation(one) for one in clash.relaxations],
        "alternatives": [[_relaxation(one) for one in some] for some in clash.alternatives],
    }


def _relaxation(one: Relaxation) -> dict[str, Any]:
    return {
        "attribute": one.attribute,
        "value": one.value,
        "label": one.label,
        "side": one.side,
        "from": one.before,
        "to": one.after,
        "sentence": one.sentence,
    }


def reserve_list(result: Mapping[str, Any], longest: int) -> list[str]:
    """The first ``longest`` of those who can take at least one of the chosen's seats, in the order of moving up."""
    return [key for key in result["reserve"] if result["seats_of_reserve"].get(key)][:longest]


def of_portfolio(
    found: Portfolio,
    *,
    numbers: Mapping[str, str],
    outside: dict[str, str],
    scores: dict[str, str],
    pool: Sequence[Candidate],
    seated: Sequence[str],
    limits: Sequence[Limit],
) -> dict[str, Any]:
    """What a scenario says between weighing and draw: ``chances`` as exact fractions, and a reason for everybody.

    ``numbers``: {reference: number of the draw}. A limit says what the groups reach, from the fewest to the most.
    """
    chance = {one.id: found.chances[numbers[one.id]] for one in pool}
    never = {one.id: found.never.get(numbers[one.id]) for one in pool}
    said = {key: chances.said(value) if value else _never(never[key]) for key, value in chance.items()}
    carries = {numbers[one.id]: carried(one) for one in pool}
    reached = portfolios.spread(found.panels, carries)
    return {
        "policy": found.terms.policy,
        "threshold": f"{found.terms.threshold.normalize():f}" if found.terms.threshold is not None else "",
        "chances": {key: str(value) for key, value in sorted(chance.items())},
        "numbers": {key: numbers[key] for key in sorted(chance)},
        "bands": [
            {"letter": one.name, "from": one.edge, "people": one.people, "seats": one.seats} for one in found.bands
        ],
        "certificate": {"state": found.certificate.state, "sentence": found.certificate.sentence},
        "least": str(found.least),
        "panels": len(found.panels),
        "tickets": found.tickets,
        "seated": list(seated),
        "reasons": {key: value for key, value in said.items() if key not in seated} | outside,
        "limits": [_ranged(one, reached.get(f"{one.attribute}:{one.value}", (0, 0))) for one in limits],
        "scores": scores,
        "digest": digest(pool),
        "pool": sorted(one.id for one in pool if one.id not in seated),
    }  # fmt: skip


def _never(reason: Reason | None) -> str:
    return reason.sentence if reason else ""


def carried(one: Candidate) -> frozenset[str]:
    """What limits could ask of somebody, as ``attribute:value``."""
    return frozenset(
        f"{attribute}:{value}"
        for attribute, held in one.attributes.items()
        for value in ([held] if isinstance(held, str) else held)
        if value
    )


def _ranged(one: Limit, reached: tuple[int, int]) -> dict[str, Any]:
    low, high = reached
    alike = low == high
    binding = "maximum" if alike and high == one.maximum else "minimum" if alike and one.minimum == low else None
    return {
        "attribute": one.attribute, "value": one.value, "label": one.label, "minimum": one.minimum,
        "maximum": one.maximum, "reached": high, "fewest": low, "binding": binding,
    }  # fmt: skip


def with_references(choice: Choice, references: Mapping[str, str]) -> Choice:
    """The choice among numbers of the draw, about the files that they stand for."""
    return replace(
        choice,
        chosen=tuple(references[one] for one in choice.chosen),
        reserve=tuple(
            replace(one, id=references[one.id], seats=tuple(references[seat] for seat in one.seats))
            for one in choice.reserve
        ),
        reasons={references[key]: one for key, one in choice.reasons.items()},
    )


def of_comparison(before: Mapping[str, Any], after: Portfolio) -> dict[str, Any]:
    """What another question would change in a lottery: the seats of each band, and the least chance that somebody has.

    ``before`` is what ``of_portfolio`` made.
    """
    letters = [one["letter"] for one in before["bands"]]
    seats = [[one["seats"] for one in before["bands"]], [one.seats for one in after.bands]]
    return {
        "bands": [list(row) for row in zip(letters, *seats, strict=True)],
        "least": [chance_shown(Fraction(before["least"])), chance_shown(after.least)],
    }


def of_price(before: dict[str, Any], after: Choice) -> dict[str, Any]:
    """What a limit costs: the averages with and without it, and who would change places.

    ``before`` is what ``of_choice`` made.
    """
    old, new = {*before["chosen"], *before.get("seated", ())}, set(after.chosen)
    return {
        "before": before["average"],
        "after": str(after.average),
        "gain": str(after.average - Decimal(before["average"])),
        "in": [key for key in after.chosen if key not in old],
        "out": [key for key in before["chosen"] if key not in new],
    }
