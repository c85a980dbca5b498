"""One aim after the other, each with its bound: the strict order of a timetable's aims. For workers only."""

from math import ceil, inf

from ortools.sat.python import cp_model

from booster.craft.working import Step, Stopped, Watch

LOWEST = -(2**53)
FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)
RANDOM = 1  # the solver's own seed; the programme's seed only weighs ties, so that it alone decides between equals


class Ruled(Exception):
    """The solver proved that there is no answer."""


class Ear(cp_model.CpSolverSolutionCallback):
    """Tells the watch of every better answer, and stops the solver when the watch says no."""

    def __init__(self, watch: Watch, stage: str) -> None:
        super().__init__()
        self.watch, self.stage, self.count, self.stopped = watch, stage, 0, False

    def on_solution_callback(self) -> None:
        self.count += 1
        if not self.watch(Step(self.stage, self.count, None, self.objective_value, self.best_objective_bound)):
            self.stopped = True
            self.stop_search()


class Search:
    """Spends `effort` deterministic seconds on the aims of one model. `values`: the best answer, by variable."""

    def __init__(self, cp: cp_model.CpModel, effort: float, watch: Watch) -> None:
        self.cp, self.effort, self.watch = cp, effort, watch
        self.used, self.stopped = 0.0, False
        self.values: list[int] = []

    @property
    def left(self) -> float:
        return 0.0 if self.stopped else max(0.0, self.effort - self.used)

    def first(self, limit: float) -> bool:
        """Any answer. Ruled when there is none; False when `limit` steps (at most what is left) do not tell."""
        self._solve("start", min(limit, self.left))
        return bool(self.values)

    def aim(self, name: str, goal: cp_model.LinearExprT, share: float = 1.0, limit: float = inf) -> tuple[int, int]:
        """Make `goal` as low as can be within `share` of what is left (at most `limit`), and keep it there
        for all later aims. Returns what was reached and what nothing can be below. When there is no
        effort left, what the answer so far reaches is kept.
        """
        if isinstance(goal, int):
            return goal, goal
        self.cp.minimize(goal)
        self._hint()
        status, value, bound = self._solve(name, min(limit, self.left * share))
        self.cp.clear_objective()  # type: ignore[no-untyped-call]
        if status not in FOUND:
            return 0, LOWEST
        self.cp.add(goal <= value)
        return value, min(value, bound)

    def value(self, variable: cp_model.IntVar) -> int:
        return self.values[variable.index]

    def _hint(self) -> None:
        self.cp.clear_hints()  # type: ignore[no-untyped-call]
        for index, value in enumerate(self.values):
            self.cp.add_hint(self.cp.get_int_var_from_proto_index(index), value)

    def _solve(self, name: str, limit: float) -> tuple[cp_model.CpSolverStatus, int, int]:
        if limit <= 0 or not self._goes_on(name):
            return cp_model.UNKNOWN, 0, LOWEST
        solver, ear = cp_model.CpSolver(), Ear(self.watch, name)
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = RANDOM
        solver.parameters.max_deterministic_time = limit
        status = solver.solve(self.cp, ear)
        self.used += solver.response_proto.deterministic_time
        self.stopped |= ear.stopped
        if status == cp_model.INFEASIBLE:
            raise Ruled
        if status == cp_model.MODEL_INVALID:
            raise RuntimeError(f"The model is wrong: {self.cp.validate()}")
        if status not in FOUND:
            return status, 0, LOWEST
        self.values = list(solver.response_proto.solution)
        bound = solver.objective_value if status == cp_model.OPTIMAL else max(LOWEST, solver.best_objective_bound)
        return status, round(solver.objective_value), ceil(bound - 1e-6)

    def _goes_on(self, name: str) -> bool:
        if self.stopped or not self.watch(Step(name, 0)):
            self.stopped = True
            if not self.values:
                raise Stopped(name)
        return not self.stopped
