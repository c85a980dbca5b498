"""What a scenario keeps of the solver's answer, as plain data. Pure."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from hashlib import sha256
from typing import Any

from booster.craft.balance import Candidate, Choice, Clash, LimitOutcome, Relaxation


def digest(candidates: Sequence[Candidate]) -> str:
    """SHA-256 of a canonical text of the pool: who may be chosen, with score, attributes and organisation.

    The same pool gives the same digest on every machine; a changed score, a new or a withdrawn file gives another.
    """
    rows = [
        {
            "id": one.id,
            "score": str(one.score.normalize() if isinstance(one.score, Decimal) else one.score),
            "unit": one.unit or "",
            **{name: sorted([value] if isinstance(value, str) else value) for name, value in one.attributes.items()},
        }
        for one in sorted(candidates, key=lambda one: one.id)
    ]
    return sha256(json.dumps(rows, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


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
