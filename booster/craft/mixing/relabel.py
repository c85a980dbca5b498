"""Who sits on which point of a plan: the pairs that meet stay as many, the people on them mix best.

A quadratic assignment, by robust tabu search with all exchanges of two people weighed at once as one matrix product
(E. Taillard 1991). Whole numbers throughout, so that every machine takes the same steps.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from booster.craft.mixing.dice import Dice
from booster.craft.mixing.ground import Ints
from booster.craft.working import Step, Watch

Reals = npt.NDArray[np.float64]
FULL_PRODUCT = 150  # points up to which a whole product is faster than a correction
FAR = np.float64(2.0**62)


@dataclass(slots=True)
class Labels:
    """`person`: who sits on each point. `cost`: the sum of meetings times cost, both halves of a pair counted once."""

    person: Ints
    cost: int


def relabel(meetings: Ints, cost: Ints, start: Ints, rounds: int, dice: Dice, watch: Watch) -> Labels:
    """The best labels found in `rounds` exchanges from `start`. Cost of a round: 60 microseconds for 40 points.

    `meetings`: point x point, how often two points share a group. `cost`: person x person, of one meeting. Both
    symmetric with a diagonal of zeros. A watch that asks to stop ends it with the best so far.
    """
    search = _Search(meetings.astype(np.float64), cost.astype(np.float64), start.copy())
    best = Labels(start.copy(), search.total())
    now = best.cost
    waits = dice.raw(max(rounds, 1))
    for turn in range(rounds):
        if turn % 256 == 0 and not watch(Step("labels", turn, rounds, best.cost)):
            break
        point, other, gain = search.choose(turn, best.cost - now)
        search.exchange(point, other, turn, int(waits[turn] >> np.uint64(33)))
        now += gain
        if now < best.cost:
            best = Labels(search.person.copy(), now)
    return best


class _Search:
    def __init__(self, meetings: Reals, cost: Reals, person: Ints) -> None:
        self.meetings, self.person = meetings, person
        self.seated = cost[np.ix_(person, person)]
        self.mixed = meetings @ self.seated
        self.until = np.zeros(meetings.shape, dtype=np.int64)
        self.same = np.arange(len(person))

    def total(self) -> int:
        return int((self.meetings * self.seated).sum()) // 2

    def choose(self, turn: int, wanted: int) -> tuple[int, int, int]:
        """The best exchange that is not forbidden, or any that beats the best plan, and what it adds to the cost."""
        own = self.mixed.diagonal()
        change = self.mixed + self.mixed.T - own[:, None] - own[None, :] + 2 * self.meetings * self.seated
        change[self.same, self.same] = FAR
        waiting = self.until[:, self.person] > turn
        barred = waiting & waiting.T & (change >= wanted)
        place = int(np.where(barred, FAR, change).argmin())
        point, other = divmod(place, len(self.same))
        return point, other, int(change[point, other])

    def exchange(self, point: int, other: int, turn: int, lot: int) -> None:
        count = len(self.same)
        for spot in (point, other):
            self.until[spot, self.person[spot]] = turn + count * 9 // 10 + lot % (count // 5 + 2)
        both, swapped = [point, other], [other, point]
        self.person[both] = self.person[swapped]
        before = self.seated[both]
        self.seated[both] = self.seated[swapped]
        self.seated[:, both] = self.seated[:, swapped]
        if count <= FULL_PRODUCT:
            self.mixed = self.meetings @ self.seated
        else:
            self._correct(both, before)

    def _correct(self, both: list[int], before: Reals) -> None:
        """What the exchange changed in the product: two rows and two columns of `seated`."""
        rows = self.seated[both] - before
        self.mixed += self.meetings[:, both] @ rows
        columns = rows.T.copy()
        columns[both] = 0
        self.mixed[:, both] += self.meetings @ columns
