"""After the draw: who is in and why, who may move up; and what it costs to have somebody in."""

from fractions import Fraction
from typing import TYPE_CHECKING

from booster.craft.balance.answer import Choice, Infeasible, Proof, Reason, Reserve, Unsettled
from booster.craft.balance.choice import outcomes
from booster.craft.balance.clash import clash_of
from booster.craft.balance.fair.answer import Drawn, Inclusion, Portfolio
from booster.craft.balance.fair.faces import Face, face_of
from booster.craft.balance.fair.sentences import SENTENCES, chance_shown, say
from booster.craft.balance.fair.terms import Field, Terms, band_name, field_of
from booster.craft.balance.live import average_of
from booster.craft.balance.problem import BadProblem, Member, Problem, score_of
from booster.craft.balance.reasons import reserve_list
from booster.craft.balance.standing import Standing, stand
from booster.craft.working import Watch, unwatched

if TYPE_CHECKING:
    from booster.craft.balance.fair.finder import Purse


def settled(problem: Problem, terms: Terms, portfolio: Portfolio, drawn: Drawn) -> Choice:
    """The drawn group as a choice: reasons, reserve, limits. Safe in a web process: no solver.

    `reserve`: those who take part and are not drawn, by number of seats they can fill, then band, then lot. `proof`
    repeats the certificate; its `bound` is the group's own total, since chances and not points were optimised.
    BadProblem when the drawn group is not of this portfolio.
    """
    field = field_of(problem, terms)
    if drawn.ids not in {panel.ids for panel in portfolio.panels}:
        raise BadProblem("The group that was drawn is not in the portfolio.", "drawn")
    standing = stand(field.ground, field.ground.find(drawn.ids))
    points = sum(member.points for member in standing.chosen)
    state = portfolio.certificate.state
    return Choice(
        chosen=tuple(member.id for member in standing.chosen),
        reserve=_reserve(field, terms, standing),
        reasons=_reasons(field, standing, portfolio, drawn),
        limits=outcomes(field.ground, standing),
        total=score_of(points),
        average=average_of(points, len(standing.chosen)),
        proof=Proof(
            state="optimal" if state == "exact" else "bound",
            bound=score_of(points),
            gap=score_of(0),
            unique=state == "exact",
            sentence=portfolio.certificate.sentence,
        ),
    )


def _reasons(field: Field, standing: Standing, portfolio: Portfolio, drawn: Drawn) -> dict[str, Reason]:
    taken = {member.id for member in standing.chosen}
    found = dict(portfolio.never)
    for member in field.ground.members:
        chance = portfolio.chances[member.id]
        if member.id in taken:
            found[member.id] = _why_in(field, member, chance, drawn)
        elif chance or found[member.id].code == "out_none":
            found[member.id] = _why_out(field, standing, member, chance)
    return dict(sorted(found.items()))


def _why_in(field: Field, member: Member, chance: Fraction, drawn: Drawn) -> Reason:
    if member.id in field.ground.forced:
        return say("in_by_hand")
    if chance == 1:
        return say("in_every_best")
    return say("in_drawn", chance=chance_shown(chance), ball=drawn.ball_shown)


def _why_out(field: Field, standing: Standing, member: Member, chance: Fraction) -> Reason:
    if member.unit in standing.full_units:
        return say("out_unit", maximum=field.ground.per_unit or 0)
    return say("out_drawn", chance=chance_shown(chance)) if chance else say("out_none")


def _reserve(field: Field, terms: Terms, standing: Standing) -> tuple[Reserve, ...]:
    listed = reserve_list(field.ground, standing)
    if terms.policy == "points":
        return listed
    lots = {member.id: member.lot for member in field.ground.members}
    last = len(terms.bands)
    return tuple(sorted(listed, key=lambda one: (-len(one.seats), field.bands.get(one.id, last), -lots[one.id])))


def cost_of_inclusion(
    problem: Problem, terms: Terms, id: str, *, effort: float = 60.0, watch: Watch = unwatched
) -> Inclusion:
    """What the bands lose when this person is in every group. One solve per band; run it in a worker.

    Raises BadProblem (unknown, or does not take part), Infeasible when there is no group at all, Unsettled, Stopped.
    """
    from booster.craft.balance.fair.finder import OutOfEffort, Purse  # noqa: PLC0415 -- solvers

    field = field_of(problem, terms)
    field.ground.find([id])
    face, bands = face_of(field, apart=[id]), len(terms.bands)
    purse = Purse(effort, watch)
    try:
        before = _band_seats(face, bands, purse)
        after = None if before is None else _band_seats(face.with_all(id), bands, purse)
    except OutOfEffort:
        raise Unsettled("The effort ended before the cost was known.") from None
    if before is None:
        raise Infeasible(clash_of(field.ground, effort=effort, watch=watch))
    if after is None:
        return Inclusion(id, False, before, (), "", 0, SENTENCES["include_never"])
    return _inclusion(id, before, after)


def _band_seats(face: Face, bands: int, purse: "Purse") -> tuple[int, ...] | None:
    """The seats of each band in the best groups; None when there is no group."""
    from booster.craft.balance.fair import finder, search  # noqa: PLC0415 -- solvers, only in a worker

    try:
        first = finder.Finder(face, purse).best([0] * len(face.kinds)).counts
    except finder.NoGroup:
        return None
    return search.banded(face, bands, first, purse)[1]


def _inclusion(id: str, before: tuple[int, ...], after: tuple[int, ...]) -> Inclusion:
    for place, (had, has) in enumerate(zip(before, after, strict=True)):
        if has < had:
            name, fewer = band_name(place), had - has
            sentence = SENTENCES["include_cost"].format(fewer=fewer, band=name)
            return Inclusion(id, True, before, after, name, fewer, sentence)
    return Inclusion(id, True, before, after, "", 0, SENTENCES["include_free"])
