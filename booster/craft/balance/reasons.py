"""A true reason for every candidate, from the limits, the proof of the solve, and one-for-one exchanges tried out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from booster.craft.balance.answer import Reason, Reserve
from booster.craft.balance.problem import Ground, Member, Row, score_of
from booster.craft.balance.standing import Standing

SENTENCES = {
    "in_by_hand": "Put in by hand.",
    "in_lot": "Chosen by lot among people with the same score of {score} who would fit as well.",
    "in_sure": "In every selection with the highest total.",
    "in_minimum": "Needed for the minimum of {label} ({minimum}), which is reached exactly.",
    "in_best_fit": "Nobody left with a higher score could take this seat without breaking a limit.",
    "out_by_hand": "Left out by hand.",
    "out_no_seats": "There are no seats.",
    "out_seats_by_hand": "All seats are settled by hand.",
    "out_unit": "Another person of the same organisation is chosen; at most {maximum} per organisation.",
    "out_unit_none": "Nobody of an organisation can be chosen under the limit of 0 per organisation.",
    "out_maximum": "The maximum for {label} ({maximum}) is reached by people with higher scores.",
    "out_maximum_lot": "The maximum for {label} ({maximum}) is reached by people with higher scores, or with the same "
    "score and a higher lot.",
    "out_maximum_none": "Nobody of {label} can be chosen: its maximum is 0.",
    "out_below": "The score of {score} is below the lowest that was chosen by score, {lowest}.",
    "out_lot": "Somebody with the same score of {score} is chosen; the lot decided.",
    "out_limits": "Taking the seat of anyone with the same or a lower score would break a limit, most often {label}.",
}


@dataclass(frozen=True, slots=True)
class _Scene:
    ground: Ground
    standing: Standing
    sure: frozenset[str]
    others: tuple[Member, ...]


def say(code: str, **params: str | int) -> Reason:
    return Reason(code, params, SENTENCES[code].format(**params))


def reasons(ground: Ground, standing: Standing, sure: frozenset[str]) -> dict[str, Reason]:
    """One reason per candidate, sorted by id, the first true one of its side. Cost: chosen times others bit operations.

    `sure`: ids proven to be in every selection with the highest total. `standing` must be sound, and no exchange of one
    person for another may improve it (see `standing.polished`).
    """
    taken = {member.id for member in standing.chosen}
    others = tuple(member for member in ground.members if member.id not in taken)
    scene = _Scene(ground, standing, sure, others)
    found = {member.id: say("out_by_hand") for member in ground.dropped}
    found |= {member.id: _why_in(scene, member) for member in standing.chosen}
    found |= {member.id: _why_out(scene, member) for member in others}
    return dict(sorted(found.items()))


def _why_in(scene: _Scene, member: Member) -> Reason:
    if member.id in scene.ground.forced:
        return say("in_by_hand")
    equals = (other for other in scene.others if other.points == member.points)
    if any(scene.standing.swaps(other, member) for other in equals):
        return say("in_lot", score=_shown(member))
    if member.id in scene.sure:
        return say("in_sure")
    better = [other for other in scene.others if other.points > member.points]
    minima = Counter(row for other in better for row in _places(member.mask & scene.standing.bare & ~other.mask))
    if minima:
        row = scene.ground.rows[_commonest(minima)]
        return say("in_minimum", **_named(row), minimum=row.minimum)
    return say("in_best_fit")


def _why_out(scene: _Scene, member: Member) -> Reason:
    chosen = scene.standing.chosen
    if not chosen:
        return say("out_no_seats")
    if member.unit in scene.standing.full_units:
        most = scene.ground.per_unit or 0
        return say("out_unit", maximum=most) if most else say("out_unit_none")
    for row in _places(member.mask & scene.standing.full):
        if reason := _crowded_out(scene, member, row):
            return reason
    rivals = [one for one in chosen if one.id not in scene.ground.forced]
    if not rivals:
        return say("out_seats_by_hand")
    if member.points < rivals[-1].points:
        return say("out_below", score=_shown(member), lowest=_shown(rivals[-1]))
    return _beaten(scene, member, [one for one in rivals if one.points <= member.points])


def _crowded_out(scene: _Scene, member: Member, place: int) -> Reason | None:
    row = scene.ground.rows[place]
    if not row.maximum:
        return say("out_maximum_none", **_named(row))
    ahead = [one for one in scene.standing.chosen if one.mask >> place & 1]
    if all(one.points > member.points for one in ahead):
        return say("out_maximum", **_named(row), maximum=row.maximum)
    if all(one.rank < member.rank for one in ahead):
        return say("out_maximum_lot", **_named(row), maximum=row.maximum)
    return None


def _beaten(scene: _Scene, member: Member, rivals: list[Member]) -> Reason:
    if any(one.points == member.points and scene.standing.swaps(member, one) for one in rivals):
        return say("out_lot", score=_shown(member))
    broken = Counter(row for one in rivals for row in _places(scene.standing.obstacles(member, one)))
    return say("out_limits", **_named(scene.ground.rows[_commonest(broken)]))


def _shown(member: Member) -> str:
    return f"{score_of(member.points).normalize():f}"


def _named(row: Row) -> dict[str, str]:
    return {"label": row.label, "attribute": row.attribute, "value": row.value}


def _commonest(counts: Counter[int]) -> int:
    return min(counts, key=lambda place: (-counts[place], place))


def _places(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def reserve_list(ground: Ground, standing: Standing) -> tuple[Reserve, ...]:
    """All who are not chosen, those first who can take the most seats one for one, then by score, then by lot."""
    taken = {member.id for member in standing.chosen}
    seats = {
        one.id: tuple(gone.id for gone in standing.chosen if standing.swaps(one, gone))
        for one in ground.members
        if one.id not in taken
    }
    others = [one for one in ground.members if one.id in seats]
    others.sort(key=lambda one: (-len(seats[one.id]), one.rank))
    return tuple(Reserve(one.id, seats[one.id], _moves_up(len(seats[one.id]))) for one in others)


def _moves_up(seats: int) -> str:
    if seats == 0:
        return "Can take no seat alone without breaking a limit."
    return f"Can take {seats} of the seats." if seats > 1 else "Can take 1 of the seats."
