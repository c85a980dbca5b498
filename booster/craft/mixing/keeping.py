"""Which rules a plan breaks, checked one by one from the plan itself; shares nothing with the search."""

from collections.abc import Iterator, Sequence

import numpy as np

from booster.craft.mixing.answer import Plan, Reason, SessionPlan
from booster.craft.mixing.counts import Tables, tables_of
from booster.craft.mixing.ground import Ground, Hour, can_sit, pairs_of, read
from booster.craft.mixing.problem import Facilitator, Problem
from booster.craft.mixing.words import say


def broken(problem: Problem, plan: Plan) -> tuple[Reason, ...]:
    """Every rule that a plan breaks, in words; empty when it keeps them all. BadProblem for unknown names."""
    ground = read(problem)
    return (*faults_of(ground, tables_of(ground, plan)), *_leading(ground, plan))


def faults_of(ground: Ground, tables: Tables) -> Iterator[Reason]:
    """What is wrong with who sits where; facilitators are not looked at."""
    for hour, groups in zip(ground.hours, tables, strict=True):
        yield from _seated(ground, hour, groups)
        for place, members in enumerate(groups):
            yield from _group(ground, hour, place, members)
        at = {person: place for place, members in enumerate(groups) for person in members}
        for chain in hour.chains:
            for one in chain[1:]:
                if at.get(one) != at.get(chain[0]):
                    parts = {"first": ground.ids[chain[0]], "second": ground.ids[one]}
                    yield say("broken_together", session=hour.session.id, **parts)


def _seated(ground: Ground, hour: Hour, groups: Sequence[Sequence[int]]) -> Iterator[Reason]:
    times = np.bincount([one for members in groups for one in members], minlength=ground.size)
    for person in np.flatnonzero((times == 0) & hour.present):
        yield say("broken_unseated", session=hour.session.id, person=ground.ids[person])
    for person in np.flatnonzero(times > 1):
        yield say("broken_twice", session=hour.session.id, person=ground.ids[person])
    for person in np.flatnonzero((times > 0) & ~hour.present):
        yield say("broken_away", session=hour.session.id, person=ground.ids[person])


def _group(ground: Ground, hour: Hour, place: int, members: Sequence[int]) -> Iterator[Reason]:
    name, group = hour.session.id, hour.session.groups[place]
    if not group.low <= len(members) <= group.high:
        sizes = {"people": len(members), "low": group.low, "high": group.high}
        yield say("broken_size", session=name, group=group.id, **sizes)
    for person in members:
        if hour.present[person] and not hour.open[person, place]:
            yield say("broken_closed", session=name, person=ground.ids[person], group=group.id)
    for one, other in pairs_of(members):
        if hour.apart[one, other]:
            yield say("broken_apart", session=name, first=ground.ids[one], second=ground.ids[other])


def _leading(ground: Ground, plan: Plan) -> Iterator[Reason]:
    given = {one.session: one for one in plan}
    known = {one.id: one for one in ground.problem.facilitators}
    for hour in ground.hours:
        if hour.session.facilitated:
            yield from _session_led(ground, hour, given[hour.session.id], known)


def _session_led(ground: Ground, hour: Hour, line: SessionPlan, known: dict[str, Facilitator]) -> Iterator[Reason]:
    name, leaders = hour.session.id, [one.facilitator for one in line.groups if one.facilitator]
    for twice in sorted({one for one in leaders if leaders.count(one) > 1}):
        yield say("broken_leads_two", session=name, person=twice)
    groups = {group.id: group for group in hour.session.groups}
    seats = {seat.person: seat.group for seat in ground.problem.seats if seat.session == name}
    for one in line.groups:
        if not one.people:
            continue
        leader = known.get(one.facilitator or "")
        if leader is None or name in leader.away:
            yield say("broken_unled", session=name, group=one.group)
        elif not can_sit(leader, hour.session, groups[one.group]) or seats.get(leader.id, one.group) != one.group:
            yield say("broken_closed", session=name, person=leader.id, group=one.group)
        else:
            for person in sorted({*leader.apart} & {*one.people}):
                yield say("broken_apart", session=name, first=leader.id, second=person)
