"""Which meeting in which round: proper edge colouring by Kempe chains, and ejection where no chain helps. Pure.

A chain alternates two rounds from one of the two people who have no common free round; exchanging them along it frees
one, unless the chain ends at the other person. Where every chain fails the meeting takes a round anyway and pushes out
at most two others, which queue up again (a tabu list keeps them from pushing straight back). Vizing (1964) promises one
round more than the largest number of meetings; these graphs nearly always need none.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from booster.craft.working import Watch, tell

STEPS_PER_SECOND = 30_000
STEPS_EACH = 200


@dataclass(slots=True)
class Colouring:
    """`ends`: the two people of each meeting. `allowed`: bit r set where both are there in round r (from 0).

    `tabled`: which meetings need a table; `spare`: tables left per round. `round_of`: -1 for a meeting without a round.
    `at`: meeting of a person in a round, -1 for none.
    """

    ends: Sequence[tuple[int, int]]
    allowed: Sequence[int]
    people: int
    tabled: Sequence[bool]
    spare: list[int]
    round_of: list[int] = field(default_factory=list)
    at: list[list[int]] = field(default_factory=list)
    free: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.round_of = [-1] * len(self.ends)
        self.at = [[-1] * self.rounds for _ in range(self.people)]
        self.free = [(1 << self.rounds) - 1] * self.people

    @property
    def rounds(self) -> int:
        return len(self.spare)

    def put(self, meeting: int, number: int) -> None:
        self.round_of[meeting] = number
        self.spare[number] -= self.tabled[meeting]
        for person in self.ends[meeting]:
            self.at[person][number] = meeting
            self.free[person] &= ~(1 << number)

    def take(self, meeting: int) -> None:
        number = self.round_of[meeting]
        self.round_of[meeting] = -1
        self.spare[number] += self.tabled[meeting]
        for person in self.ends[meeting]:
            self.at[person][number] = -1
            self.free[person] |= 1 << number

    def across(self, meeting: int, person: int) -> int:
        one, other = self.ends[meeting]
        return other if person == one else one

    def chain(self, start: int, first: int, second: int) -> tuple[list[int], int]:
        """The meetings from `start` alternating rounds `first` and `second`, and the person where they end."""
        path: list[int] = []
        person, here, next_ = start, first, second
        while (meeting := self.at[person][here]) >= 0 and (not path or meeting != path[0]):
            path.append(meeting)
            person = self.across(meeting, person)
            here, next_ = next_, here
        return path, person

    def flips(self, path: Sequence[int], first: int, second: int) -> bool:
        """Whether everybody on the path is there in the round they would move to."""
        moved = {first: second, second: first}
        return all(self.allowed[meeting] >> moved[self.round_of[meeting]] & 1 for meeting in path)

    def seated(self, path: Sequence[int], first: int, second: int, more: bool = False) -> bool:
        """Whether the tables suffice once the path is exchanged (and `more`: one more meeting in `first`)."""
        shift = sum(1 if self.round_of[meeting] == second else -1 for meeting in path if self.tabled[meeting])
        return self.spare[first] >= shift + more and self.spare[second] >= -shift

    def flip(self, path: Sequence[int], first: int, second: int) -> None:
        moved = [(meeting, second if self.round_of[meeting] == first else first) for meeting in path]
        for meeting, _ in moved:
            self.take(meeting)
        for meeting, number in moved:
            self.put(meeting, number)


def colour(graph: Colouring, effort: float, watch: Watch, salt: int = 0) -> list[int]:
    """Give every meeting a round; returns those left without one (none: done). Stops after steps, not by a clock."""
    order = sorted(range(len(graph.ends)), key=lambda one: (graph.allowed[one].bit_count(), one))
    homeless = [one for one in order if not graph.allowed[one]]
    waiting = deque(order[len(homeless) :])
    dice = Random(salt)  # noqa: S311 -- not for secrets; the same numbers in every release of Python
    most = len(order) + min(int(effort * STEPS_PER_SECOND), STEPS_EACH * (len(order) + 10))
    step = 0
    while waiting and step < most:
        step += 1
        if step % 1000 == 0:
            tell(watch, "rounds", len(order) - len(waiting), len(order))
        meeting = waiting.popleft()
        if not _fits(graph, meeting, step) and not _chained(graph, meeting):
            waiting.extend(_pushed(graph, meeting, dice))
    return sorted([*homeless, *waiting])


def bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _fits(graph: Colouring, meeting: int, turn: int) -> bool:
    one, other = graph.ends[meeting]
    common = list(bits(graph.free[one] & graph.free[other] & graph.allowed[meeting]))
    if graph.tabled[meeting]:
        most = max((graph.spare[number] for number in common), default=0)
        common = [number for number in common if graph.spare[number] == most] if most > 0 else []
    if not common:
        return False
    graph.put(meeting, common[turn % len(common)])
    return True


def _chained(graph: Colouring, meeting: int) -> bool:
    for here, there in (graph.ends[meeting], graph.ends[meeting][::-1]):
        for first in bits(graph.free[here] & graph.allowed[meeting]):
            for second in bits(graph.free[there]):
                path, end = graph.chain(there, first, second)
                if end in (here, there) or not graph.flips(path, first, second):
                    continue
                if graph.seated(path, first, second, graph.tabled[meeting]):
                    graph.flip(path, first, second)
                    graph.put(meeting, first)
                    return True
    return False


def _pushed(graph: Colouring, meeting: int, dice: Random) -> list[int]:
    """Take a round by force and return the meetings that lost theirs; a chain of two rounds is exchanged on the way,
    so that the next try meets another picture.
    """
    one, other = graph.ends[meeting]
    numbers = list(bits(graph.allowed[meeting]))
    number = numbers[int(dice.random() * len(numbers))]
    losers = sorted({graph.at[one][number], graph.at[other][number]} - {-1})
    for loser in losers:
        graph.take(loser)
    if graph.tabled[meeting] and graph.spare[number] <= 0:
        seated = [one for one, where in enumerate(graph.round_of) if where == number and graph.tabled[one]]
        losers.append(seated[int(dice.random() * len(seated))])
        graph.take(losers[-1])
    graph.put(meeting, number)
    _stirred(graph, dice)
    return losers


def _stirred(graph: Colouring, dice: Random) -> None:
    person, first, second = (int(dice.random() * size) for size in (graph.people, graph.rounds, graph.rounds))
    if first == second or graph.free[person] >> second & 1 == 0:
        return
    path, _ = graph.chain(person, first, second)
    if path and graph.flips(path, first, second) and graph.seated(path, first, second):
        graph.flip(path, first, second)
