"""What only an exhaustive search tells, by CP-SAT. Import it lazily, in a worker: OR-Tools costs 0.5 s and 78 MB."""

from collections.abc import Mapping

from ortools.sat.python import cp_model

from booster.craft.mixing.answer import Unsettled
from booster.craft.mixing.ground import Hour, pairs_of

Sits = dict[tuple[int, int], cp_model.IntVar]  # person, group


def seat_or_refuse(hour: Hour, effort: float = 20.0) -> list[list[int]] | None:
    """Groups of one session that keep every rule, None when there are none. Unsettled when `effort` did not tell."""
    model = cp_model.CpModel()
    return _solved(model, seats(model, hour), hour, effort)


def _solved(model: cp_model.CpModel, sits: Sits, hour: Hour, effort: float) -> list[list[int]] | None:
    solver = solver_of(effort)
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise Unsettled(f"{hour.session.id}: no groups were found that keep all rules, and none ruled out.")
    groups: list[list[int]] = [[] for _ in hour.session.groups]
    for (row, group), sit in sits.items():
        if solver.value(sit):
            groups[group].append(row)
    return [sorted(members) for members in groups]


def solver_of(effort: float) -> cp_model.CpSolver:
    """A solver that stops at the same step on every machine."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = effort
    return solver


def seats(model: cp_model.CpModel, hour: Hour) -> Sits:
    """Variables for who sits where in one session, with all its rules."""
    people = [row for row, here in enumerate(hour.present) if here]
    groups = range(len(hour.session.groups))
    sits = {(row, group): model.new_bool_var("") for row in people for group in groups if hour.open[row, group]}
    for row in people:
        model.add_exactly_one(sits[row, group] for group in groups if (row, group) in sits)
    for group in groups:
        inside = [sits[row, group] for row in people if (row, group) in sits]
        model.add_linear_constraint(sum(inside), int(hour.low[group]), int(hour.high[group]))
    apart = [(one, other) for one, other in pairs_of(people) if hour.apart[one, other]]
    for group in groups:
        _separate(model, sits, group, apart)
        for chain in hour.chains:
            for row in chain[1:]:
                model.add(sits.get((row, group), 0) == sits.get((chain[0], group), 0))
    return sits


def _separate(model: cp_model.CpModel, sits: Sits, group: int, apart: list[tuple[int, int]]) -> None:
    for one, other in apart:
        if (one, group) in sits and (other, group) in sits:
            model.add_at_most_one(sits[one, group], sits[other, group])


def fewest_moves(hour: Hour, places: Mapping[int, int], effort: float) -> list[list[int]] | None:
    """Groups of one session that keep every rule with the fewest people away from `places` (person to group).

    None when no groups keep the rules. Stopped by `effort`, the best found; Unsettled when there is none.
    """
    model = cp_model.CpModel()
    sits = seats(model, hour)
    model.maximize(sum(sits[row, place] for row, place in places.items() if (row, place) in sits))
    return _solved(model, sits, hour, effort)
