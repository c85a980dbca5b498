"""Search by exchanges of two people within a session, all exchanges of all sessions weighed at once by products.

What counts in one number: broken rules first, then repeats, then third meetings, then the mixing cost, far enough
apart that a higher one always wins. Whole numbers below 2**53, so that every machine takes the same steps.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from booster.craft.mixing.counts import Tables
from booster.craft.mixing.dice import Dice
from booster.craft.mixing.ground import Ground, Ints
from booster.craft.working import Step, Watch

Reals = npt.NDArray[np.float64]
FAR = np.float64(2.0**62)


@dataclass(frozen=True, slots=True)
class Prices:
    """What a repeat, a third meeting and a broken rule cost; `pair`: person x person, what any meeting costs."""

    pair: Reals
    third: int
    repeat: int
    rule: int


def prices(ground: Ground, tables: Tables, mixing: bool) -> Prices:
    """Prices in strict order: all mixing together costs less than one third meeting, and so on."""
    pairs = sum(len(members) * (len(members) - 1) // 2 for groups in tables for members in groups)
    widest = int(np.abs(ground.cost).max()) if mixing else 0
    third = 2 * widest * pairs + 1
    repeat = third * (pairs + 1)
    most = max((len(members) for groups in tables for members in groups), default=0)
    pair = ground.cost.astype(np.float64) if mixing else np.zeros(ground.cost.shape)
    return Prices(pair, third, repeat, repeat * 4 * (most + 1) * len(tables))


class Board:
    """The state of a search. `seat`: session x person, the group, -1 when away."""

    def __init__(self, ground: Ground, tables: Tables, price: Prices) -> None:
        self.ground, self.price = ground, price
        self.sessions, self.people = len(tables), ground.size
        self.groups = max(len(groups) for groups in tables)
        self.seat = np.full((self.sessions, self.people), -1, dtype=np.int64)
        for turn, groups in enumerate(tables):
            for group, members in enumerate(groups):
                self.seat[turn, members] = group
        self.shut = self._shut()
        self.rules = self._rules()
        self.steps = np.array([0, price.repeat, price.repeat + price.third], dtype=np.float64)
        self.one_hot = np.zeros((self.sessions, self.people, self.groups))
        self.refresh()

    def _shut(self) -> Reals:
        """The price of sitting in a group that is not open."""
        shut = np.zeros((self.sessions, self.people, self.groups))
        for turn, hour in enumerate(self.ground.hours):
            shut[turn, :, : hour.open.shape[1]] = np.where(hour.open, 0, self.price.rule)
            shut[turn, :, hour.open.shape[1] :] = self.price.rule
        return shut

    def _rules(self) -> Reals:
        """The price of sharing a group beyond repeats: rules and mixing; being together as wished is a rebate."""
        rules = np.repeat(self.price.pair[None], self.sessions, axis=0)
        for turn, hour in enumerate(self.ground.hours):
            rules[turn][hour.apart] += self.price.rule
            for chain in hour.chains:
                rows = np.ix_(chain, chain)
                rules[turn][rows] -= self.price.rule
        diagonal = np.arange(self.people)
        rules[:, diagonal, diagonal] = 0
        return rules

    def refresh(self) -> None:
        """Count meetings anew."""
        self.one_hot[:] = self.seat[:, :, None] == np.arange(self.groups)
        self.shared = self.one_hot @ self.one_hot.transpose(0, 2, 1)
        diagonal = np.arange(self.people)
        self.shared[:, diagonal, diagonal] = 0
        self.met = self.shared.sum(axis=0) + self.ground.history

    def total(self) -> int:
        """The whole cost; the rebate for chains makes it negative at best."""
        met, history = self.met, self.ground.history
        steps = self.price.repeat * np.maximum(met - 1, 0) + self.price.third * np.maximum(met - 2, 0)
        before = self.price.repeat * np.maximum(history - 1, 0) + self.price.third * np.maximum(history - 2, 0)
        seats = int((self.one_hot * self.shut).sum())
        return int((steps - before).sum()) // 2 + int((self.shared * self.rules).sum()) // 2 + seats

    def changes(self) -> Reals:
        """Session x person x person: what exchanging two people adds to the cost; FAR where there is nothing to do."""
        others = (self.met[None] - self.shared).astype(np.int64)
        cost = self.steps[np.minimum(others, 2)] + self.rules
        diagonal = np.arange(self.people)
        cost[:, diagonal, diagonal] = 0
        joined = (cost @ self.one_hot + self.shut) @ self.one_hot.transpose(0, 2, 1)
        own = joined[:, diagonal, diagonal]
        change: Reals = joined + joined.transpose(0, 2, 1) - own[:, :, None] - own[:, None, :] - 2 * cost
        away = self.seat < 0
        idle = (self.seat[:, :, None] == self.seat[:, None, :]) | away[:, :, None] | away[:, None, :]
        change[idle] = FAR
        return change

    def exchange(self, turn: int, one: int, other: int) -> None:
        self.seat[turn, [one, other]] = self.seat[turn, [other, one]]
        self.one_hot[turn] = self.seat[turn][:, None] == np.arange(self.groups)
        before = self.shared[turn]
        shared = self.one_hot[turn] @ self.one_hot[turn].T
        np.fill_diagonal(shared, 0)
        self.met += (shared - before).astype(np.int64)
        self.shared[turn] = shared

    def tables(self, seat: Ints) -> Tables:
        return [
            [[int(one) for one in np.flatnonzero(row == group)] for group in range(len(hour.session.groups))]
            for hour, row in zip(self.ground.hours, seat, strict=True)
        ]


def improve(board: Board, rounds: int, dice: Dice, watch: Watch, enough: int | None = None) -> Tables:
    """The best plan met in `rounds` exchanges. Cost of one: 0.3 ms for 40 people in 6 sessions.

    Stops early at a cost of `enough` or when the watch asks to. Sizes of groups never change.
    """
    now = best = board.total()
    kept = board.seat.copy()
    until = np.zeros((board.sessions, board.people, board.people), dtype=np.int64)
    lots = dice.raw(max(rounds, 1))
    for turn in range(rounds):
        if best == enough or (turn % 64 == 0 and not watch(Step("groups", turn, rounds, best, enough))):
            break
        change = board.changes()
        barred = (until > turn) & (change >= best - now)
        place = int(np.where(barred, FAR, change).argmin())
        session, one, other = (int(x) for x in np.unravel_index(place, change.shape))
        if change[session, one, other] >= FAR:
            break
        now += int(change[session, one, other])
        lot = int(lots[turn] >> np.uint64(33))
        until[session, [one, other], [other, one]] = turn + 8 + lot % 12
        board.exchange(session, one, other)
        if now < best:
            best, kept = now, board.seat.copy()
    return board.tables(kept)
