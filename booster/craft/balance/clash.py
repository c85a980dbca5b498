"""Why no selection keeps all limits, cheapest check first, and the least that would help."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from booster.craft.balance.answer import Clash, Reason, Relaxation, Unsettled
from booster.craft.balance.budget import Budget, OutOfEffort
from booster.craft.balance.problem import Ground, Problem, Row, read
from booster.craft.working import Stopped, Watch, unwatched

EFFORT = 30.0  # of explaining, apart from the effort of choosing
Kind = Literal["candidates", "arithmetic", "units", "together", "structure"]
Side = Literal["minimum", "maximum", "per_unit", "seats"]


FAULTS = {
    "few_candidates": "People who may be chosen: {there}; seats: {seats}.",
    "few_of_units": "People who may be chosen: {there}; at most {maximum} of one organisation leaves {room}; "
    "seats: {seats}.",
    "many_forced": "People put in by hand: {forced}; seats: {seats}.",
    "minimum_above_maximum": "{label}: the minimum {minimum} is above the maximum {maximum}.",
    "minimum_above_available": "{label}: at least {minimum} are asked for, {available} are there.",
    "minima_above_seats": "The minima for {attribute} add up to {needed}; there is room for {room}.",
    "maxima_below_seats": "The maxima for {attribute} leave room for {room}; seats: {seats}.",
    "few_units": "Organisations: {units}, people without one: {alone}, at most {maximum} each; seats: {seats}.",
    "together": "Each limit alone can be kept, but not all of them together.",
    "forced_units": "More people of one organisation are put in by hand than the {maximum} allowed.",
    "nothing_helps": "No change of the limits that may move helps: organisations, people put in by hand or limits that "
    "are fixed stand against it.",
}
MOVES = {
    "minimum": "Lower the minimum for {label} from {before} to {after}.",
    "maximum": "Raise the maximum for {label} from {before} to {after}.",
    "per_unit": "Allow {after} instead of {before} per organisation.",
    "seats": "Fill {after} seats instead of {before}.",
}
NAMES = {"per_unit": "people per organisation", "seats": "seats"}  # of what may move and is no limit on a value


@dataclass(frozen=True, slots=True)
class _Fault:
    kind: Kind
    faults: tuple[Reason, ...]
    labels: tuple[str, ...] = ()


def _fault(code: str, **params: str | int) -> Reason:
    return Reason(code, params, FAULTS[code].format(**params))


def explain_infeasible(problem: Problem, *, effort: float = EFFORT, watch: Watch = unwatched) -> Clash | None:
    """The first check that fails, the limits that clash by name, and the least relaxation; None when nothing clashes.

    Order: enough candidates; each attribute's arithmetic; enough organisations; all limits together; what no limit can
    mend (people put in by hand, frozen limits). Raises BadProblem, Stopped, and Unsettled when the effort
    (deterministic seconds) is used up; a search for relaxations that costs more gives none.
    Imports scipy: run it in a worker. Cost: n=10,000 about 1.5 s.
    """
    ground = read(problem)
    from booster.craft.balance import solver  # noqa: PLC0415 -- scipy stays out of processes that never solve

    budget = Budget(effort, watch, "feasible")
    try:
        if solver.feasible(ground, budget):
            return None
    except OutOfEffort:
        if budget.stopped:
            raise Stopped("feasible") from None
        raise Unsettled("The time ran out before it was known whether a selection exists.") from None
    return clash_of(ground, effort=effort, watch=watch)


def clash_of(ground: Ground, *, effort: float = EFFORT, watch: Watch = unwatched) -> Clash:
    """The clash of a problem that is known to have no selection; without relaxations when the effort ends first."""
    try:
        fault, answers = _diagnosis(ground, Budget(effort, watch, "relaxations"))
    except OutOfEffort:
        fault, answers = _first_fault(ground), []
    fault = fault or _together(answers)
    message = " ".join(one.sentence for one in fault.faults)
    first = answers[0] if answers else ()
    labels = tuple(dict.fromkeys(fault.labels))
    return Clash(fault.kind, message, fault.faults, labels, first, tuple(answers[1:]))


def _diagnosis(ground: Ground, budget: Budget) -> tuple[_Fault | None, list[tuple[Relaxation, ...]]]:
    from booster.craft.balance import relaxing  # noqa: PLC0415 -- scipy stays out of processes that never solve

    fault = _first_fault(ground)
    if fault and fault.kind in ("candidates", "units"):  # no limit makes people or organisations more
        return _with_cause(fault, ground), _beyond_limits(ground, budget)
    answers = _answers(ground, relaxing.least_moves(ground, answers=3, budget=budget))
    if answers:
        return fault, answers
    return _with_cause(fault, ground), _beyond_limits(ground, budget)


def _answers(ground: Ground, moves: Iterable[Sequence[tuple[int, str, int]]]) -> list[tuple[Relaxation, ...]]:
    return [tuple(_relaxation(ground.rows[row], side, steps) for row, side, steps in one) for one in moves]


def relaxed(problem: Problem, relaxations: Iterable[Relaxation]) -> Problem:
    """The problem with these bounds moved. Its limits come back expanded, one per value."""
    rows = {(row.attribute, row.value): row for row in read(problem).rows}
    for one in relaxations:
        if one.side == "seats":
            problem = replace(problem, seats=one.after)
        elif one.side == "per_unit":
            problem = replace(problem, per_unit_maximum=one.after)
        elif one.side == "minimum":
            rows[one.attribute, one.value] = replace(rows[one.attribute, one.value], minimum=one.after)
        else:
            rows[one.attribute, one.value] = replace(rows[one.attribute, one.value], maximum=one.after)
    return replace(problem, limits=[row.limit() for row in rows.values()])


def _relaxation(row: Row, side: str, steps: int) -> Relaxation:
    if side == "minimum":
        return _moved("minimum", row.minimum, row.minimum - steps, row)
    return _moved("maximum", row.maximum or 0, (row.maximum or 0) + steps, row)


def _moved(side: Side, before: int, after: int, row: Row | None = None) -> Relaxation:
    attribute, value, label = (row.attribute, row.value, row.label) if row else ("", "", NAMES[side])
    sentence = MOVES[side].format(label=label, before=before, after=after)
    return Relaxation(attribute, value, label, side, before, after, sentence)


def _first_fault(ground: Ground) -> _Fault | None:
    size, forced = len(ground.members), len(ground.forced)
    if size < ground.seats:
        return _Fault("candidates", (_few(ground),))
    if forced > ground.seats:
        return _Fault("structure", (_fault("many_forced", forced=forced, seats=ground.seats),))
    found = [*_single(ground), *_sums(ground)]
    if found:
        labels = dict.fromkeys(label for _, labels in found for label in labels)
        return _Fault("arithmetic", tuple(one for one, _ in found), tuple(labels))
    return _units(ground)


def _few(ground: Ground) -> Reason:
    """Fewer people than seats; where organisations leave room for fewer still, that number with its reason."""
    size, room = len(ground.members), _room_of_units(ground)
    if ground.per_unit is None or room == size:
        return _fault("few_candidates", there=size, seats=ground.seats)
    return _fault("few_of_units", there=size, maximum=ground.per_unit, room=room, seats=ground.seats)


def _held(ground: Ground) -> Counter[int]:
    return Counter(row for member in ground.members for row in member.rows)


def _single(ground: Ground) -> Iterator[tuple[Reason, list[str]]]:
    held = _held(ground)
    for place, row in enumerate(ground.rows):
        named = {"label": row.label, "attribute": row.attribute, "value": row.value}
        if row.maximum is not None and row.minimum > row.maximum:
            yield _fault("minimum_above_maximum", **named, minimum=row.minimum, maximum=row.maximum), [row.label]
        if row.minimum > held[place]:
            yield _fault("minimum_above_available", **named, minimum=row.minimum, available=held[place]), [row.label]


def _sums(ground: Ground) -> Iterator[tuple[Reason, list[str]]]:
    for attribute in sorted({row.attribute for row in ground.rows}):
        places = [place for place, row in enumerate(ground.rows) if row.attribute == attribute]
        asked = [place for place in places if ground.rows[place].minimum]
        capped = [place for place in places if ground.rows[place].maximum is not None]
        needed, carried = sum(ground.rows[place].minimum for place in asked), _carried(ground, set(asked))
        if needed > carried:
            labels = [ground.rows[place].label for place in asked]
            yield _fault("minima_above_seats", attribute=attribute, needed=needed, room=carried), labels
        room = _room(ground, capped)
        if room < ground.seats:
            labels = [ground.rows[place].label for place in capped]
            yield _fault("maxima_below_seats", attribute=attribute, room=room, seats=ground.seats), labels


def _carried(ground: Ground, asked: set[int]) -> int:
    """The most that the seats can count towards these minima: people with several values count several times."""
    carried = sorted((sum(row in asked for row in member.rows) for member in ground.members), reverse=True)
    return sum(carried[: ground.seats]) if max(carried, default=0) > 1 else ground.seats


def _room(ground: Ground, capped: Sequence[int]) -> int:
    """The most people who fit under these maxima; people who carry none of the values are free."""
    held, free = _held(ground), set(capped)
    alone = sum(free.isdisjoint(member.rows) for member in ground.members)
    return alone + sum(min(ground.rows[place].maximum or 0, held[place]) for place in capped)


def _units(ground: Ground) -> _Fault | None:
    if ground.per_unit is None:
        return None
    if _room_of_units(ground) >= ground.seats:
        return None
    units = Counter(member.unit for member in ground.members)
    alone = units.pop(None, 0)
    cause = _fault("few_units", units=len(units), alone=alone, maximum=ground.per_unit, seats=ground.seats)
    return _Fault("units", (cause,))


def _room_of_units(ground: Ground) -> int:
    """The most people whom the limit for each organisation leaves, other limits aside."""
    units = Counter(member.unit for member in ground.members)
    alone, most = units.pop(None, 0), ground.per_unit
    return alone + sum(number if most is None else min(number, most) for number in units.values())


def _together(answers: Sequence[tuple[Relaxation, ...]]) -> _Fault:
    labels = dict.fromkeys(one.label for answer in answers for one in answer)
    return _Fault("together", (_fault("together"),), tuple(labels))


def _structure(ground: Ground) -> _Fault:
    units = Counter(member.unit for member in ground.members if member.unit and member.id in ground.forced)
    most = ground.per_unit
    if most is not None and max(units.values(), default=0) > most:
        return _Fault("structure", (_fault("forced_units", maximum=most),))
    return _Fault("structure", (_fault("nothing_helps"),), tuple(row.label for row in ground.rows if row.frozen))


def _with_cause(fault: _Fault | None, ground: Ground) -> _Fault:
    """No limit can mend it: say what stands in the way besides the first fault."""
    cause = _units(ground) or _structure(ground)
    if fault is None:
        return cause
    if fault.kind != "arithmetic":
        return fault
    return replace(fault, faults=(*fault.faults, *cause.faults), labels=(*fault.labels, *cause.labels))


def _beyond_limits(ground: Ground, budget: Budget) -> list[tuple[Relaxation, ...]]:
    """What helps when moved limits alone do not: more people per organisation, or fewer seats; limits with them."""
    from booster.craft.balance import relaxing  # noqa: PLC0415 -- scipy stays out of processes that never solve

    answers: list[tuple[Relaxation, ...]] = []
    largest = max(Counter(member.unit for member in ground.members if member.unit).values(), default=0)
    before = largest if ground.per_unit is None else ground.per_unit
    for most in range(before + 1, largest + 1):
        wider = replace(ground, per_unit=most)
        if found := _answers(wider, relaxing.least_moves(wider, answers=1, budget=budget)):
            answers.append((_moved("per_unit", before, most), *found[0]))
            break
    seats = relaxing.most_seats(ground, budget)
    if seats is not None and seats < ground.seats:
        smaller = replace(ground, seats=seats)
        found = _answers(smaller, relaxing.least_moves(smaller, answers=1, budget=budget))
        answers.extend((_moved("seats", ground.seats, seats), *moves) for moves in found)
    return answers
