"""The question to the solver: what a scenario asks, the pool that it asks about, and how an answer is kept."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from booster.calls.models import Call
from booster.craft.balance import BadProblem, Candidate, Limit, Problem, relaxed
from booster.kit.words import N_
from booster.selection.models import Scenario
from booster.selection.queries import batches
from booster.selection.rules import limits, policies

TOO_FEW = N_("{held} people have a place from other cut-offs: give the whole group at least as many seats.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of a call or of one batch of it. ``seats``: of the whole group, who has a place from another batch
    among it. ``bands`` and ``threshold`` as a scenario keeps them."""

    seats: int
    seed: int
    wish: limits.Wish
    picked: Collection[str] = ()
    dropped: Collection[str] = ()
    cut_off: str = ""
    policy: str = policies.POINTS
    bands: Sequence[int] = ()
    threshold: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """Everybody's chance, worked out: the columns of a ``Portfolio``."""

    columns: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """``result`` is what a scenario keeps; with ``clashes`` it says which limits cannot hold together. ``weighed``: a
    draw is to follow."""

    clashes: bool
    result: dict[str, Any]
    weighed: Weighed | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """The pool and the question about it, as the solver takes it."""

    call: Call
    field: batches.Field
    people: list[Candidate]
    problem: Problem

    @property
    def seated(self) -> list[str]:
        return self.field.seated_ids

    @property
    def outside(self) -> dict[str, str]:
        return {one.application.reference: one.why_out for one in self.field.found if one.why_out}

    @property
    def scores(self) -> dict[str, str]:
        found = self.field.found
        return {one.application.reference: f"{one.points:f}" for one in found if one.points is not None}


def question_of(scenario: Scenario) -> Question:
    """What a scenario asks. No query."""
    return Question(
        seats=scenario.seats, seed=scenario.seed, wish=wish_of(scenario), picked=scenario.picked,
        dropped=scenario.dropped, cut_off=scenario.cut_off, policy=scenario.policy, bands=scenario.bands,
        threshold=scenario.threshold,
    )  # fmt: skip


def wish_of(scenario: Scenario) -> limits.Wish:
    """The limits that a scenario keeps. No query."""
    return limits.read(scenario.limits, per_organisation=scenario.per_organisation)


def setting(call: Call, question: Question) -> Setting:
    """Read the pool. Raises ``craft.balance.BadProblem``. Queries as ``batches.field`` and one."""
    field = batches.field(call, question.cut_off)
    people, seated = field.candidates(), field.seated_ids
    if seated and question.seats < len(seated):  # fewer than none is refused by the problem itself
        raise BadProblem(TOO_FEW.format(held=len(seated)))
    problem = Problem(
        candidates=people, seats=question.seats, limits=named(people, question.wish.limits),
        per_unit_maximum=question.wish.per_organisation, forced_in=(*question.picked, *seated),
        forced_out=tuple(question.dropped), seed=question.seed,
    )  # fmt: skip
    return Setting(call, field, people, problem)


def named(candidates: Sequence[Candidate], wished: Sequence[Limit]) -> tuple[Limit, ...]:
    """Every limit once for each value that it speaks of, with the name that people read in reasons."""
    spread = relaxed(Problem(candidates, 0, wished), ()).limits
    return tuple(replace(one, label=limits.label_of(one.attribute, one.value) or one.label) for one in spread)


def without(problem: Problem, attribute: str, value: str) -> Problem:
    """The question without the limits on one value. ``BadProblem`` when there is none."""
    kept = tuple(one for one in problem.limits if (one.attribute, one.value) != (attribute, value))
    if len(kept) == len(problem.limits):
        raise BadProblem(f"No limit speaks of {attribute} {value}.", f"{attribute} {value}")
    return replace(problem, limits=kept)


def including(problem: Problem, reference: str) -> Problem:
    """The question with a seat for one person for certain."""
    left_out = tuple(one for one in problem.forced_out if one != reference)
    return replace(problem, forced_in=(*problem.forced_in, reference), forced_out=left_out)
