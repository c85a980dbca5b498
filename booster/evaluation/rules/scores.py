"""From marks to one score: weights rank, minima and the threshold pass or fail. Pure.

Marks are 0 to 5 in half steps (0 cannot be judged, 1 poor, 2 fair, 3 good, 4 very good, 5 excellent), as in the
evaluation of European calls. Weights rank; whether a file passes does not depend on them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from booster.kit.words import N_

TOP = Decimal(5)
APART = Decimal("1.5")  # individual marks further apart than this are talked over
CENT = Decimal("0.01")
NOT_EVALUATED = N_("Not evaluated.")
TOO_FEW = N_("{points} points of 100 without weights, under the threshold of {threshold}.")
UNDER_A_MINIMUM = N_("Under the minimum of a criterion: {criteria}.")


@dataclass(frozen=True, slots=True)
class CriterionOf:
    key: str
    title: str
    weight: Decimal
    minimum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """What the evaluators of one file came to.

    ``points`` is 0-100, weighted, to two decimals; ``None`` while no evaluation is signed. ``total`` is the same
    without weights: files rank by ``points`` and pass by ``total``, as in the evaluation of European calls.
    ``by_criterion`` holds the mean mark of each criterion. ``spread`` is the largest distance between two marks for the
    same criterion.
    """

    points: Decimal | None
    by_criterion: Mapping[str, Decimal]
    spread: Decimal
    count: int
    short_of: tuple[str, ...] = ()  # criteria under their minimum
    agreed: bool = False  # the marks are those of a consensus
    total: Decimal | None = None

    @property
    def diverges(self) -> bool:
        return not self.agreed and self.spread > APART


def is_mark(value: Decimal) -> bool:
    """0 to 5 in half steps."""
    return Decimal(0) <= value <= TOP and value % Decimal("0.5") == 0


def score(
    criteria: Sequence[CriterionOf],
    evaluations: Sequence[Mapping[str, Decimal]],
    *,
    consensus: Mapping[str, Decimal] | None = None,
) -> Score:
    """The score of one file from its signed evaluations, or from the consensus that replaced them.

    An evaluation is a mark per criterion key; a criterion that nobody marked counts as 0.
    """
    counted = [consensus] if consensus else list(evaluations)
    means = {c.key: _mean([marks[c.key] for marks in counted if c.key in marks]) for c in criteria}
    spread = max(
        (_spread([marks[c.key] for marks in evaluations if c.key in marks]) for c in criteria), default=Decimal(0)
    )
    return Score(
        points=points(criteria, means) if counted else None,
        by_criterion={key: mean.quantize(CENT, ROUND_HALF_UP) for key, mean in means.items()} if counted else {},
        spread=spread,
        count=len(evaluations),
        short_of=tuple(c.key for c in criteria if counted and c.minimum is not None and means[c.key] < c.minimum),
        agreed=bool(consensus),
        total=total(means) if counted else None,
    )


def points(criteria: Sequence[CriterionOf], means: Mapping[str, Decimal]) -> Decimal:
    """The weighted mean as points of 100, rounded half up to two decimals."""
    whole = sum((c.weight for c in criteria), Decimal(0))
    if not whole:
        return Decimal(0)
    got = sum((means[c.key] * c.weight for c in criteria), Decimal(0))
    return (got * 100 / (TOP * whole)).quantize(CENT, ROUND_HALF_UP)


def total(means: Mapping[str, Decimal]) -> Decimal:
    """The mean of all criteria without weights, as points of 100, rounded half up to two decimals."""
    if not means:
        return Decimal(0)
    return (sum(means.values(), Decimal(0)) * 100 / (TOP * len(means))).quantize(CENT, ROUND_HALF_UP)


def passes(one: Score, *, threshold: Decimal) -> bool:
    """At least the threshold without weights, and no criterion under its minimum."""
    return one.total is not None and one.total >= threshold and not one.short_of


def why_not(one: Score | None, *, threshold: Decimal) -> str:
    """Why a file does not pass, in a sentence; empty when it does."""
    if one is None or one.total is None:
        return NOT_EVALUATED
    if one.total < threshold:
        return TOO_FEW.format(points=f"{one.total:f}", threshold=f"{threshold:f}")
    return UNDER_A_MINIMUM.format(criteria=", ".join(one.short_of)) if one.short_of else ""


def _mean(marks: Sequence[Decimal]) -> Decimal:
    return sum(marks, Decimal(0)) / len(marks) if marks else Decimal(0)


def _spread(marks: Sequence[Decimal]) -> Decimal:
    return max(marks) - min(marks) if marks else Decimal(0)
