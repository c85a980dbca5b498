"""The terms of a choice: which policy, from which score, in which bands; and who may take part under them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from booster.craft.balance.problem import BadProblem, Candidate, Ground, Member, Problem, points_of, read, score_of

Policy = Literal["points", "merit", "lottery"]
POLICIES = ("points", "merit", "lottery")
NARROWEST = 5  # points: narrower bands would leave a lottery among nobody
MOST_BANDS = 5
LETTERS = "ABCDE"


@dataclass(frozen=True, slots=True)
class Terms:
    """How people are chosen.

    `policy` "points": the highest total, equals by lot. "merit": as many of the top band as the limits allow, then of
    the next, and so on; among all groups that reach this, everyone gets the fairest chance. "lottery": everyone at or
    above the threshold is equal. `threshold`: the lowest score that takes part, None for none. `bands`: for merit only,
    the lower edges, highest first, one to five, at least 5 points apart; below the last edge nobody takes part.
    Points are int or Decimal, counted in thousandths. People put in by hand take part at any score.
    """

    policy: Policy
    threshold: Decimal | None = None
    bands: tuple[Decimal, ...] = ()

    @property
    def lowest(self) -> Decimal | None:
        """The lowest score that takes part."""
        edges = [*self.bands[-1:], *([] if self.threshold is None else [self.threshold])]
        return max(edges, default=None)


@dataclass(frozen=True, slots=True)
class Field:
    """Who takes part. `ground`: they alone; `below`: those under the lowest score; `bands`: id to band, 0 is the top.

    People without a band (put in by hand below the lowest, or no bands at all) are not in `bands`.
    """

    ground: Ground
    below: tuple[Member, ...]
    bands: Mapping[str, int]


def field_of(problem: Problem, terms: Terms) -> Field:
    """Check problem and terms, and part the candidates. BadProblem names the culprit, a band for example."""
    edges = checked(terms)
    ground = read(problem)
    lowest = None if terms.lowest is None else edge_points(terms.lowest)
    taking: list[Member] = []
    below: list[Member] = []
    for member in ground.members:
        inside = lowest is None or member.points >= lowest or member.id in ground.forced
        (taking if inside else below).append(member)
    bands = {
        member.id: next(place for place, edge in enumerate(edges) if member.points >= edge)
        for member in taking
        if edges and member.points >= edges[-1]
    }
    return Field(replace(ground, members=tuple(taking)), tuple(below), bands)


def checked(terms: Terms) -> tuple[int, ...]:
    """The lower edges in thousandths. BadProblem when the terms contradict themselves."""
    if terms.policy not in POLICIES:
        raise BadProblem(f"The policy {terms.policy!r} is none of points, merit, lottery.", "policy")
    if terms.threshold is not None:
        edge_points(terms.threshold, "threshold")
    if terms.policy != "merit":
        if terms.bands:
            raise BadProblem("Only the policy merit has bands.", "bands")
        return ()
    if not 1 <= len(terms.bands) <= MOST_BANDS:
        raise BadProblem(f"The policy merit needs 1 to {MOST_BANDS} bands, not {len(terms.bands)}.", "bands")
    edges = [edge_points(edge, f"band {letter}") for edge, letter in zip(terms.bands, LETTERS, strict=False)]
    for (above, edge), letter in zip(pairwise(edges), LETTERS[1:], strict=False):
        if above - edge < NARROWEST * 1000:
            message = f"Band {letter} is {shown(above - edge)} points wide: bands go down by {NARROWEST} or more."
            raise BadProblem(message, f"band {letter}")
    return tuple(edges)


def band_name(place: int) -> str:
    """The letter of a band: A is the top."""
    return LETTERS[place]


def edge_points(score: Decimal, culprit: str = "edge") -> int:
    """An edge in thousandths of a point. BadProblem names it."""
    try:
        return points_of(Candidate(culprit, score))
    except BadProblem as wrong:
        raise BadProblem(str(wrong).replace("score of", "edge of"), culprit) from None


def shown(points: int) -> str:
    """Thousandths of a point as people write points: without trailing zeros."""
    return f"{score_of(points).normalize():f}"
