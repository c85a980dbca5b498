"""The portfolio: every group that may be drawn, each with its chance."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import exp, fsum, log
from typing import TYPE_CHECKING, Literal

from booster.craft.balance.answer import Infeasible, Reason, Unsettled
from booster.craft.balance.choice import choose
from booster.craft.balance.clash import clash_of
from booster.craft.balance.fair.answer import BandCount, Certificate, Panel, Portfolio
from booster.craft.balance.fair.faces import face_of
from booster.craft.balance.fair.sentences import SENTENCES, chance_shown, say
from booster.craft.balance.fair.terms import Field, Terms, band_name, edge_points, field_of, shown
from booster.craft.balance.problem import Problem
from booster.craft.working import Watch, unwatched

if TYPE_CHECKING:
    from booster.craft.balance.fair.finder import Purse
    from booster.craft.balance.fair.search import Solved


@dataclass(frozen=True, slots=True)
class _Groups:
    """What any policy hands over: groups of people with tickets, and what is known of them."""

    tickets: Mapping[tuple[str, ...], int]
    certificate: Certificate
    band_seats: tuple[int, ...]
    never: Mapping[str, Reason]


def portfolio(problem: Problem, terms: Terms, *, effort: float = 60.0, watch: Watch = unwatched) -> Portfolio:
    """Every group that may be drawn and its chance, the same whatever the order of the input.

    "merit" and "lottery": leximin, that is, the smallest chance is as large as it can be, then the next smallest, and
    so on, over all groups within the limits (for merit: of those with the most people of the top bands). "points": the
    one group of `choose`. `effort`: deterministic seconds. Raises BadProblem, Infeasible (with its clash), Stopped, and
    Unsettled when the effort ends before a first group and the seats of the bands are known. Run it in a worker: it
    imports scipy and OR-Tools. Cost and source: see the package.
    """
    field = field_of(problem, terms)
    groups = (
        _points(problem, field, effort, watch) if terms.policy == "points" else _lottery(field, terms, effort, watch)
    )
    return _portfolio(problem, field, terms, groups)


def _points(problem: Problem, field: Field, effort: float, watch: Watch) -> _Groups:
    out = {*problem.forced_out, *(member.id for member in field.below)}
    choice = choose(replace(problem, forced_out=out), effort=effort, watch=watch)
    state: Literal["exact", "bound"] = "exact" if choice.proof.state == "optimal" else "bound"
    certificate = Certificate("single", state, 0.0, choice.proof.sentence)
    never = {name: reason for name, reason in choice.reasons.items() if name not in choice.chosen}
    return _Groups({tuple(sorted(choice.chosen)): 1}, certificate, (), never)


def _lottery(field: Field, terms: Terms, effort: float, watch: Watch) -> _Groups:
    from booster.craft.balance.fair import finder, search, tickets  # noqa: PLC0415 -- solvers, only in a worker

    purse = finder.Purse(effort, watch)
    try:
        solved, seats = search.solved(face_of(field), len(terms.bands), purse)
    except finder.NoGroup:
        raise Infeasible(clash_of(field.ground, effort=effort, watch=watch)) from None
    except finder.OutOfEffort:
        raise Unsettled("The effort ended before a first group and the seats of the bands were known.") from None
    people = tickets.people(solved.face, solved.tickets)
    held = frozenset(name for group in people for name in group)
    return _Groups(people, _certificate(solved), seats, _never(field, solved, purse, held))


def _never(field: Field, solved: "Solved", purse: "Purse", held: frozenset[str]) -> dict[str, Reason]:
    """Reasons for those whom no group holds; a plain one for those that the effort does not reach.

    A search that was stopped may draw one of a kind and hold no ticket for another.
    """
    from booster.craft.balance.fair import finder, never  # noqa: PLC0415 -- solvers, only in a worker

    drawn = {solved.face.kinds[place].ids for group, _ in solved.tickets for place, got in enumerate(group) if got}
    face = face_of(field)
    without = [place for place, kind in enumerate(face.kinds) if kind.ids not in drawn]
    found = {name: say("out_none") for kind in face.kinds for name in kind.ids if name not in held}
    if solved.proven:
        with suppress(finder.OutOfEffort):
            found |= never.reasons(field, face, without, purse)
    return found


def _certificate(solved: "Solved") -> Certificate:
    state: Literal["exact", "bound"] = "exact" if solved.proven else "bound"
    deviation = f"{Decimal(f'{solved.deviation:.0e}'):f}"  # “0.00000006” is read by everybody, “6e-08” by few
    if not solved.proven:
        sentence = SENTENCES["stopped"].format(deviation=deviation)
    elif solved.method == "single":
        sentence = SENTENCES["single"]
    elif solved.method == "columns":
        sentence = SENTENCES["columns"].format(deviation=deviation)
    else:
        sentence = SENTENCES["certified" if solved.deviation else "certified_exactly"].format(deviation=deviation)
    return Certificate(solved.method, state, solved.deviation, sentence)


def _portfolio(problem: Problem, field: Field, terms: Terms, groups: _Groups) -> Portfolio:
    whole = sum(groups.tickets.values())
    panels = tuple(Panel(ids, number, Fraction(number, whole)) for ids, number in sorted(groups.tickets.items()))
    held = dict.fromkeys(sorted(one.id for one in problem.candidates), 0)
    for ids, number in groups.tickets.items():
        for name in ids:
            held[name] += number
    chances = {name: Fraction(number, whole) for name, number in held.items()}
    free = [one for name, one in chances.items() if one and name not in field.ground.forced]
    least = min(free, default=Fraction(1))
    return Portfolio(
        terms=terms,
        seats=problem.seats,
        panels=panels,
        tickets=whole,
        chances=chances,
        bands=_bands(field, terms, groups.band_seats),
        certificate=groups.certificate,
        least=least,
        geometric_mean=exp(fsum(log(one) for one in free) / len(free)) if free else 1.0,
        never=dict(sorted((dict(groups.never) | _before(field, terms)).items())),
        sentence=_sentence(len(panels), least),
    )


def _before(field: Field, terms: Terms) -> dict[str, Reason]:
    """Those whom no solver needs to be asked about: left out by hand, below the lowest score, no seats."""
    found = {member.id: say("out_by_hand") for member in field.ground.dropped}
    lowest = "" if terms.lowest is None else shown(edge_points(terms.lowest))
    found |= {one.id: say("out_threshold", score=shown(one.points), lowest=lowest) for one in field.below}
    if not field.ground.seats:
        found |= {member.id: say("out_no_seats") for member in field.ground.members}
    return found


def _bands(field: Field, terms: Terms, seats: tuple[int, ...]) -> tuple[BandCount, ...]:
    people = [sum(band == place for band in field.bands.values()) for place in range(len(seats))]
    return tuple(
        BandCount(band_name(place), shown(edge_points(terms.bands[place])), people[place], seats[place])
        for place in range(len(seats))
    )


def _sentence(panels: int, least: Fraction) -> str:
    if panels == 1:
        return SENTENCES["portfolio_single"]
    return SENTENCES["portfolio"].format(panels=panels, least=chance_shown(least))
