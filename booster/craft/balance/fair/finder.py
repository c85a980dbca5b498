"""Find one group of a face that is best for given weights. The only file here that talks to CP-SAT: import it late."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model

from booster.craft.balance.fair.faces import Counts, Face, Line
from booster.craft.working import Step, Watch, tell


class OutOfEffort(Exception):
    """The effort is used up."""


class NoGroup(Exception):
    """The face is empty."""


class Purse:
    """The deterministic seconds left to one call, shared by all its questions."""

    def __init__(self, effort: float, watch: Watch) -> None:
        self.left = effort
        self.answered = False  # once there is an answer, a watch that stops ends the effort and loses nothing
        self._watch = watch

    def pay(self, seconds: float) -> None:
        self.left -= seconds

    def ask(self, stage: str, done: int, whole: int | None = None) -> float:
        """What the next question may cost. Raises OutOfEffort, and Stopped when the watch asks to stop."""
        if self.left > 0 and self.answered and not self._watch(Step(stage, done, whole)):
            self.left = 0.0
        if self.left <= 0:
            raise OutOfEffort
        if not self.answered:
            tell(self._watch, stage, done, whole)
        return self.left


@dataclass(frozen=True, slots=True)
class Found:
    """A group, its value, and what no group can surpass (the same when `proven`)."""

    counts: Counts
    value: int
    bound: int

    @property
    def proven(self) -> bool:
        return self.value == self.bound

    def sure(self) -> "Found":
        """The same when it is proven to be best; else OutOfEffort."""
        if not self.proven:
            raise OutOfEffort
        return self


class Finder:
    """One model of a face, asked again and again with other weights."""

    def __init__(self, face: Face, purse: Purse) -> None:
        self.face, self._purse = face, purse
        self._model: Any = cp_model.CpModel()
        self._numbers = [self._model.new_int_var(kind.size * kind.forced, kind.size, "") for kind in face.kinds]
        whole = Line(tuple(range(len(face.kinds))), face.seats, face.seats)
        lines = [whole, *face.lines]
        self._empty = any(line.low > line.high or (line.low > 0 and not line.kinds) for line in lines)
        for line in lines:
            if line.kinds and not self._empty:
                chosen = cp_model.LinearExpr.sum([self._numbers[kind] for kind in line.kinds])
                self._model.add_linear_constraint(chosen, line.low, line.high)

    def best(self, weights: Sequence[int], hint: Counts | None = None) -> Found:
        """The group with the highest sum of weights. Raises NoGroup, OutOfEffort when there is none yet."""
        left = self._purse.ask("groups", 1)
        if self._empty:
            raise NoGroup
        self._model.maximize(cp_model.LinearExpr.weighted_sum(self._numbers, [int(one) for one in weights]))
        self._model.clear_hints()
        for number, value in zip(self._numbers, hint or (), strict=False):
            self._model.add_hint(number, value)
        solver = _solver(left)
        status = solver.solve(self._model)
        self._purse.pay(max(0.001, solver.response_proto.deterministic_time))
        if status == cp_model.INFEASIBLE:
            raise NoGroup
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            raise OutOfEffort
        counts = tuple(int(solver.value(number)) for number in self._numbers)
        if not self.face.holds(counts):
            raise RuntimeError("The solver's group breaks a limit.")
        value = sum(weight * got for weight, got in zip(weights, counts, strict=True))
        return Found(counts, value, value if status == cp_model.OPTIMAL else int(solver.best_objective_bound))


def _solver(effort: float) -> Any:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = effort
    return solver
