"""Write chances as a mixture of real groups, or prove that no mixture has them.

Groups are gathered by a greedy rule (each maximises what its people still miss) and mixed by a linear program; while
the mixture misses the chances, its prices say which groups help. Groups come from exchanges, and from CP-SAT where
exchanges find none; only CP-SAT's proof ends the search. Talks to solvers; import it lazily.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack

from booster.craft.balance.fair.climbing import Climber, whole
from booster.craft.balance.fair.faces import Counts, Face
from booster.craft.balance.fair.finder import Finder, Purse
from booster.craft.balance.fair.programs import surely_minimised

CLOSE = 1e-6
NOTHING = 2e-7


@dataclass(slots=True)
class Mixture:
    """`weights` of `groups` add up to 1. `deviation`: of any chance. `missed`: proven that no mixture is close."""

    groups: list[Counts]
    weights: np.ndarray
    deviation: float
    missed: bool = False


class Mixer:
    """The search for one vector of chances."""

    def __init__(self, face: Face, chances: tuple[Fraction, ...], purse: Purse) -> None:
        self.face = face.around(chances)
        self._purse = purse
        self._finder = Finder(self.face, purse)
        self._climber = Climber(self.face)
        self._ties = np.array([kind.lot >> 58 for kind in face.kinds], dtype=np.int64)
        self.size = np.array([kind.size for kind in face.kinds], dtype=float)
        self.wanted = np.array([float(chance) for chance in chances]) * self.size
        self.open = np.flatnonzero([0 < chance < 1 for chance in chances])
        self.groups: list[Counts] = []
        self._known: set[Counts] = set()

    def mix(self) -> Mixture:
        """Raises OutOfEffort with no mixture at all, NoGroup when the face around the chances holds no group."""
        self._add(self._finder.best(self._ties.tolist()).counts)
        self._gather(len(self.open) // 8 + 1)  # enough to prove a clear miss early
        mixture, prices = self._mixture()
        if mixture.deviation < NOTHING or (self._asked(mixture, prices) is None and mixture.missed):
            return mixture
        self._gather(len(self.open) * 3 // 4 + 1)
        while True:
            mixture, prices = self._mixture()
            if mixture.deviation < NOTHING or self._stuck(mixture, prices):
                return mixture

    def last(self) -> Mixture | None:
        """The best mixture of the groups in hand, after the effort has ended; None when there is no group."""
        return self._mixture()[0] if self.groups else None

    def _gather(self, number: int) -> None:
        """Groups that maximise what is still missing when all groups so far weigh the same."""
        given = np.array(self.groups, dtype=float).sum(axis=0)
        last = self.groups[-1]
        for turn in range(len(self.groups), number):
            self._purse.ask("groups", turn, number)
            missing = whole(((turn + 1) * self.wanted - given) / self.size, self._ties)
            last = self._better(last, missing)
            given += np.array(last)
            self._add(last)

    def _better(self, start: Counts, weights: np.ndarray) -> Counts:
        found = self._climber.climb(start, weights)
        self._purse.pay(0.003)
        if weights @ np.array(found) > weights @ self.wanted and found != start:
            return found
        return self._finder.best(weights.tolist(), found).counts

    def _add(self, group: Counts) -> bool:
        if group in self._known:
            return False
        self._known.add(group)
        self.groups.append(group)
        return True

    def _mixture(self) -> tuple[Mixture, np.ndarray]:
        """The mixture of the groups in hand that comes closest, and the price of each kind."""
        table = csr_matrix(np.array(self.groups, dtype=float).T[self.open] / self.size[self.open, None])
        goal, number = self.wanted[self.open] / self.size[self.open], len(self.groups)
        ones = csr_matrix(np.ones((len(self.open), 1)))
        answer = surely_minimised(
            self._purse,
            np.append(np.zeros(number), 1.0),
            A_ub=vstack([hstack([-table, -ones]), hstack([table, -ones])], format="csr"),
            b_ub=np.concatenate([-goal, goal]),
            A_eq=csr_matrix(np.append(np.ones(number), 0.0)[None, :]),
            b_eq=[1.0],
            bounds=(0, None),
        )
        weights = np.maximum(answer.x[:-1], 0)
        weights /= weights.sum()
        gap = np.abs(table @ weights - goal).max(initial=0.0)
        marginals = -answer.ineqlin.marginals
        half = len(self.open)
        prices = np.zeros(len(self.size))
        prices[self.open] = (marginals[:half] - marginals[half:]) / self.size[self.open]
        return Mixture(list(self.groups), weights, float(gap)), prices

    def _stuck(self, mixture: Mixture, prices: np.ndarray) -> bool:
        """Add groups that the prices ask for; True when there are none."""
        weights = whole(prices, self._ties, 100_000)
        level = max(int(weights @ np.array(one)) for one in self.groups)
        new = 0
        best = sorted(range(len(self.groups)), key=lambda place: (-mixture.weights[place], self.groups[place]))
        for place in best[: max(10, len(self.open) // 8)]:
            found = self._climber.climb(self.groups[place], weights)
            self._purse.pay(0.003)
            new += weights @ np.array(found) > level and self._add(found)
        if new:
            return False
        asked = self._asked(mixture, prices)
        return asked is None or not self._add(asked)

    def _asked(self, mixture: Mixture, prices: np.ndarray) -> Counts | None:
        """The group that the prices ask for; None when even that one proves the chances out of reach."""
        asked = self._finder.best(whole(prices, self._ties, 100_000).tolist())
        most = prices @ np.array(asked.counts)
        mixture.missed = asked.proven and bool(prices @ self.wanted - most > CLOSE)
        return None if mixture.missed else asked.counts
