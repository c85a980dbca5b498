"""Why somebody is in no group that may be drawn. Asks solvers; import it lazily."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from booster.craft.balance.answer import Reason
from booster.craft.balance.clash import clash_of
from booster.craft.balance.fair.faces import Face
from booster.craft.balance.fair.finder import Finder, Purse
from booster.craft.balance.fair.sentences import say
from booster.craft.balance.fair.terms import Field
from booster.craft.balance.problem import Ground, Member


def reasons(field: Field, face: Face, without: Iterable[int], purse: Purse) -> dict[str, Reason]:
    """For these kinds with chance 0: a limit of nought, no group at all with which limits, or fewer of a higher band.

    `face`: all groups within the limits, whatever their bands. Raises OutOfEffort.
    """
    open_: list[int] = []
    found: dict[str, Reason] = {}
    members = {member.id: member for member in field.ground.members}
    for place in without:
        kind = face.kinds[place]
        known = [_plain(field.ground, members[name]) for name in kind.ids]
        if known[0] is None:
            open_.append(place)
        found |= {name: reason for name, reason in zip(kind.ids, known, strict=True) if reason}
    banded = bool(field.bands)
    held = _covered(face, open_, purse) if banded else frozenset()
    for place in open_:
        names = face.kinds[place].ids
        reason = say("out_band") if place in held else _clash(field.ground, names[0])
        found |= dict.fromkeys(names, reason)
    return found


def _plain(ground: Ground, member: Member) -> Reason | None:
    if member.unit and ground.per_unit == 0:
        return say("out_unit_none")
    forced = sum(one.unit == member.unit for one in ground.members if one.id in ground.forced)
    if member.unit and ground.per_unit is not None and forced >= ground.per_unit:
        return say("out_unit", maximum=ground.per_unit)
    return None


def _covered(face: Face, kinds: Sequence[int], purse: Purse) -> frozenset[int]:
    """Which of the kinds some group within the limits holds: group after group takes in as many new ones as it can."""
    left, held = set(kinds), set()
    finder = Finder(face, purse)
    while left:
        found = finder.best([int(place in left) for place in range(len(face.kinds))])
        new = {place for place in left if found.counts[place]}
        if not new and found.bound <= 0:
            break
        held |= new
        left -= new
    return frozenset(held)


def _clash(ground: Ground, name: str) -> Reason:
    """Which limits stand against a person: those that clash when the person is put in by hand."""
    clash = clash_of(replace(ground, forced=ground.forced | {name}))
    if not clash.limits:
        return say("out_never_structure")
    return say("out_never", labels=", ".join(clash.limits))
