"""Why no plan can exist, found by counting before any search: every fault with the people, groups and sessions."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

import numpy as np

from booster.craft.mixing.answer import Infeasible, Plan, Reason, Unsettled
from booster.craft.mixing.colouring import clique, colourable
from booster.craft.mixing.ground import Ground, Hour, is_online, pairs_of, read, speaks, ties
from booster.craft.mixing.leading import Lead, prepared
from booster.craft.mixing.problem import Person, Problem
from booster.craft.mixing.words import names, refuse, say


def check(problem: Problem) -> None:
    """Raise BadProblem or Infeasible for what can be seen without any search. Milliseconds; for a web process too."""
    with suppress(Unsettled):
        checked(problem)


def checked(problem: Problem, plan: Plan = ()) -> tuple[Ground, Lead]:
    """The question ready to be answered, and who may lead. `plan`: published, whose facilitators are kept.

    Which facilitator leads which group is one choice of several. Unsettled when it alone stands in the way.
    """
    bare = read(problem)
    ground, who = prepared(bare, plan)
    try:
        _refuse_faults(ground)
    except Infeasible as trouble:
        _refuse_faults(bare)
        doubt(bare, ground, str(trouble.clash.faults[0].params["session"]))
        raise
    return ground, who


def doubt(bare: Ground, ground: Ground, session: str) -> None:
    """Raise Unsettled if groups of this session were closed for the sake of facilitators. `bare`: before that."""
    for before, after in zip(bare.hours, ground.hours, strict=True):
        if before.session.id == session and (before.open != after.open).any():
            raise Unsettled(f"{session}: no groups were found that these facilitators may lead, and none ruled out.")


def _refuse_faults(ground: Ground) -> None:
    """Raise Infeasible with every fault that counting finds. Cost: sessions times people squared."""
    faults: dict[tuple[str, str], Reason] = {}
    for hour in ground.hours:
        for fault in _faults(ground, hour):
            faults.setdefault((fault.code, fault.sentence), fault)
    refuse(list(faults.values()))


def _faults(ground: Ground, hour: Hour) -> Iterator[Reason]:
    alone = [*_seats(ground, hour), *_closed(ground, hour)]
    yield from alone
    yield from _capacity(ground, hour)
    yield from _chains(ground, hour)
    yield from _apart(ground, hour)
    if not alone:
        yield from _crowded(hour)


def _capacity(ground: Ground, hour: Hour) -> Iterator[Reason]:
    name, people = hour.session.id, int(hour.present.sum())
    places, needed = int(hour.high.sum()), int(hour.low.sum())
    if people > places:
        yield say("few_places", session=name, people=people, places=places)
    wide = [group for group in hour.session.groups if group.low > people]
    for group in wide:
        yield say("group_above_cohort", session=name, group=group.id, low=group.low, people=people)
    if people < needed and not wide:
        yield say("few_people", session=name, people=people, needed=needed)


def _closed(ground: Ground, hour: Hour) -> Iterator[Reason]:
    """People present to whom no group is open, for want of language or place."""
    seated = {seat.person for seat in ground.problem.seats if seat.session == hour.session.id}
    for row in np.flatnonzero(hour.present & ~hour.open.any(axis=1)):
        one = ground.people[int(row)]
        if one.id not in seated:
            yield _why_closed(hour, one)


def _why_closed(hour: Hour, one: Person) -> Reason:
    name, groups = hour.session.id, hour.session.groups
    if not any(speaks(one, group) for group in groups):
        return say("no_language", session=name, person=one.id, languages=names(one.languages))
    wanted = "online" if is_online(one, hour.session) else "room"
    if not any(group.place in (wanted, "both") for group in groups):
        return say("no_online" if wanted == "online" else "no_room", session=name, person=one.id)
    return say("no_fit", session=name, person=one.id)


def _seats(ground: Ground, hour: Hour) -> Iterator[Reason]:
    name = hour.session.id
    given: dict[str, str] = {}
    for seat in ground.problem.seats:
        if seat.session != name:
            continue
        first = given.setdefault(seat.person, seat.group)
        if first != seat.group:
            low, high = sorted((first, seat.group))
            yield say("two_seats", session=name, person=seat.person, first=low, second=high)
    mine = {ground.index[one]: group for one, group in given.items() if one in ground.index}
    here = {row: group for row, group in sorted(mine.items()) if hour.present[row]}
    for row, wanted in here.items():
        if not hour.open[row].any():
            yield say("seat_closed", session=name, person=ground.ids[row], group=wanted)
    for group in hour.session.groups:
        count = sum(taken == group.id for taken in here.values())
        if count > group.high:
            yield say("seats_full", session=name, people=count, group=group.id, places=group.high)
    yield from _seated_pairs(ground, hour, here)


def _seated_pairs(ground: Ground, hour: Hour, here: dict[int, str]) -> Iterator[Reason]:
    name = hour.session.id
    for one, other in pairs_of(here):
        if here[one] == here[other] and hour.apart[one, other]:
            yield say("seats_apart", session=name, first=ground.ids[one], second=ground.ids[other], group=here[one])
    for chain in hour.chains:
        placed = [row for row in chain if row in here]
        for row in placed[1:]:
            if here[row] != here[placed[0]]:
                first, second = ground.ids[placed[0]], ground.ids[row]
                parts = {"first": first, "second": second, "group": here[placed[0]], "other": here[row]}
                yield say("seats_together", session=name, **parts)
                break


def _chains(ground: Ground, hour: Hour) -> Iterator[Reason]:
    name = hour.session.id
    for chain in hour.chains:
        listed = names([ground.ids[row] for row in chain])
        either = [hour.open[row] for row in chain]
        if not all(line.any() for line in either):
            continue
        fits = np.flatnonzero(np.all(either, axis=0))
        widest = int(max((hour.high[one] for one in fits), default=0))
        if not fits.size and int(hour.high.max()) >= len(chain):
            yield say("chain_nowhere", session=name, names=listed)
        elif widest < len(chain):
            places = widest or int(hour.high.max())
            yield say("chain_too_large", session=name, names=listed, places=places)
        for one, other in pairs_of(chain):
            if hour.apart[one, other]:
                first, second = ground.ids[one], ground.ids[other]
                path = " – ".join(_path(ground, hour, first, second))
                yield say("chain_and_apart", session=name, first=first, second=second, chain=path)


def _path(ground: Ground, hour: Hour, first: str, second: str) -> list[str]:
    """How two people are tied together, by the fewest wishes."""
    wishes = [[one for one in wish if hour.present[ground.index[one]]] for wish in ties(ground.problem, hour.session)]
    came: dict[str, str] = {first: first}
    queue = [first]
    for one in queue:
        for wish in (wish for wish in wishes if one in wish):
            for other in wish:
                if other not in came:
                    came[other] = one
                    queue.append(other)
    path = [second]
    while path[-1] != first:
        path.append(came[path[-1]])
    return path[::-1]


def _apart(ground: Ground, hour: Hour) -> Iterator[Reason]:
    """People to be kept apart need as many groups as a clique of them has; else a colouring is tried to the end."""
    if not hour.apart.any():
        return
    name, groups = hour.session.id, int(hour.open.any(axis=0).sum())
    largest = clique(hour.apart)
    if len(largest) > groups:
        parts = {"needed": len(largest), "groups": groups}
        yield say("clique", session=name, names=names([ground.ids[row] for row in largest]), **parts)
        return
    stuck = colourable(hour.apart, groups)
    if stuck:
        yield say("colouring", session=name, names=names([ground.ids[row] for row in stuck]), groups=groups)


def _crowded(hour: Hour) -> Iterator[Reason]:
    """Sets of groups with fewer places than people who can sit nowhere else, or more least seats than people."""
    rows = [tuple(int(one) for one in np.flatnonzero(line)) for line in hour.open if line.any()]
    everything = tuple(range(len(hour.session.groups)))
    kinds = sorted(set(rows))
    unions = {tuple(sorted({*one, *other})) for one in kinds[:60] for other in kinds[:60]}
    for union in sorted({*kinds, *unions} - {everything}):
        inside = sum(set(row) <= set(union) for row in rows)
        places = int(hour.high[list(union)].sum())
        if inside > places:
            yield say(
                "few_places_for", session=hour.session.id, people=inside, groups=_listed(hour, union), places=places
            )
    for union in _closed_sets(rows, everything):
        near = sum(bool(set(row) & set(union)) for row in rows)
        needed = int(hour.low[list(union)].sum())
        if near < needed:
            yield say(
                "few_people_for", session=hour.session.id, people=near, groups=_listed(hour, union), needed=needed
            )


def _closed_sets(rows: Sequence[tuple[int, ...]], everything: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Groups that are open to exactly the same people, taken together, and each kind without the others."""
    by_people: dict[tuple[int, ...], list[int]] = {}
    for group in everything:
        who = tuple(place for place, row in enumerate(rows) if group in row)
        by_people.setdefault(who, []).append(group)
    return sorted(tuple(groups) for groups in by_people.values() if tuple(groups) != everything)


def _listed(hour: Hour, groups: Sequence[int]) -> str:
    return names([hour.session.groups[one].id for one in groups])
