"""Leximin over real groups, group by group: for faces where fractional groups promise more than real ones hold.

Stage by stage the smallest chance that is not fixed yet is raised; a linear program mixes the groups in hand, its
prices ask for the group that would help most, and CP-SAT's proof that none helps ends the stage. The kinds with a price
are then fixed at the level. Talks to solvers; import it lazily.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack

from booster.craft.balance.fair.climbing import Climber
from booster.craft.balance.fair.faces import Counts, Face
from booster.craft.balance.fair.finder import Finder, OutOfEffort, Purse
from booster.craft.balance.fair.programs import surely_minimised

ENOUGH = 2e-7
PRICE = 1e-6
SCALE = 100_000_000


@dataclass(frozen=True, slots=True)
class Columns:
    """A mixture of real groups. `deviation`: what no level can exceed the one given by; None: not known (stopped)."""

    groups: list[Counts]
    weights: np.ndarray
    deviation: float
    finished: bool


class Stages:
    """The stages for one face, starting from groups in hand."""

    def __init__(self, face: Face, groups: list[Counts], purse: Purse) -> None:
        self._purse, self._finder, self._climber = purse, Finder(face, purse), Climber(face)
        self._size = np.array([kind.size for kind in face.kinds], dtype=float)
        self._groups = list(dict.fromkeys(groups))
        self._known = set(self._groups)
        self._fixed = {place: 1.0 for place, kind in enumerate(face.kinds) if kind.forced}
        self._gap = 0.0
        self._open_gap = 1.0
        self._last = np.full(len(self._groups), 1 / len(self._groups))

    def run(self) -> Columns:
        """All stages, or as many as the effort allows."""
        try:
            self._cover()
            while len(self._fixed) < len(self._size):
                self._stage()
        except OutOfEffort:
            weights = np.append(self._last, np.zeros(len(self._groups) - len(self._last)))
            return Columns(self._groups, weights, max(self._gap, self._open_gap), finished=False)
        return Columns(self._groups, self._last, self._gap, finished=True)

    def _cover(self) -> None:
        """Groups that hold everyone who can be held; the others are fixed at 0."""
        left = {place for place in range(len(self._size)) if not any(group[place] for group in self._groups)}
        while left:
            found = self._finder.best([int(place in left) for place in range(len(self._size))])
            new = {place for place in left if found.counts[place]}
            if not new:
                break
            left -= new
            self._add(found.counts)
        self._fixed |= dict.fromkeys(left, 0.0)

    def _stage(self) -> None:
        self._open_gap = 1.0
        while True:
            self._purse.ask("levels", len(self._fixed), len(self._size))
            level, prices = self._mixture()
            gap = self._improve(level, prices)
            if gap is not None:
                break
        self._gap = max(self._gap, gap)
        free = [place for place in range(len(self._size)) if place not in self._fixed]
        tight = [place for place in free if prices[place] > PRICE] or [max(free, key=lambda place: prices[place])]
        self._fixed |= dict.fromkeys(tight, level)

    def _mixture(self) -> tuple[float, np.ndarray]:
        """The highest level for all that is not fixed with the groups in hand, and the price of each kind."""
        shares = csr_matrix(np.array(self._groups, dtype=float).T / self._size[:, None])
        lift = np.array([[0.0 if place in self._fixed else 1.0] for place in range(len(self._size))])
        floor = np.array([self._fixed.get(place, 0.0) for place in range(len(self._size))])
        number = len(self._groups)
        answer = surely_minimised(
            self._purse,
            np.append(np.zeros(number), -1.0),
            A_ub=hstack([-shares, csr_matrix(lift)], format="csr"),
            b_ub=-floor,
            A_eq=vstack([csr_matrix(np.append(np.ones(number), 0.0)[None, :])]),
            b_eq=[1.0],
            bounds=(0, None),
        )
        weights = np.maximum(answer.x[:-1], 0)
        self._last = weights / weights.sum()
        return float(answer.x[-1]), np.maximum(-answer.ineqlin.marginals, 0)

    def _improve(self, level: float, prices: np.ndarray) -> float | None:
        """Add groups that raise the level, None then; else by how much no group can raise it."""
        weights = np.rint(prices / self._size * SCALE).astype(np.int64)
        free = sum(int(weights[place]) * self._size[place] for place in range(len(weights)) if place not in self._fixed)
        owed = sum(int(weights[place]) * self._size[place] * value for place, value in self._fixed.items())
        need = level * free + owed
        if self._climbed(weights, need):
            return None
        found = self._finder.best(weights.tolist())
        gap = max(0.0, float((found.bound - owed) / free) - level)
        self._open_gap = min(self._open_gap, gap)
        if gap <= ENOUGH or not self._add(found.counts):
            return gap
        return None

    def _climbed(self, weights: np.ndarray, need: float) -> bool:
        new = 0
        for place in np.argsort(-self._last, kind="stable")[:12]:
            found = self._climber.climb(self._groups[place], weights)
            self._purse.pay(0.003)
            better = float(weights @ np.array(found)) > need + ENOUGH * SCALE
            new += better and self._add(found)
        return new > 0

    def _add(self, group: Counts) -> bool:
        if group in self._known:
            return False
        self._known.add(group)
        self._groups.append(group)
        return True
