"""Lifecycles as tables. Pure: no Django, no clock, no database."""

from dataclasses import dataclass

from booster.kit.words import N_

NOT_FROM_HERE = N_("“{verb}” is not possible while this is {state}.")


class NotNow(Exception):
    """The move exists, but not from this state; the message is a sentence for the person who tried."""


@dataclass(frozen=True, slots=True)
class Move:
    verb: str
    sources: tuple[str, ...]
    target: str


@dataclass(frozen=True, slots=True)
class Machine:
    start: str
    moves: tuple[Move, ...]

    @property
    def states(self) -> tuple[str, ...]:
        """Every state in the order in which a thing can first reach it."""
        names = [self.start]
        for move in self.moves:
            names += [name for name in (*move.sources, move.target) if name not in names]
        return tuple(names)

    def verbs(self, state: str) -> tuple[str, ...]:
        return tuple(m.verb for m in self.moves if state in m.sources)

    def after(self, state: str, verb: str) -> str:
        """The state that ``verb`` leads to; ``NotNow`` when it does not start from ``state``."""
        for move in self.moves:
            if move.verb == verb and state in move.sources:
                return move.target
        raise NotNow(NOT_FROM_HERE.format(verb=verb.replace("_", " "), state=state.replace("_", " ")))

    def unreachable(self) -> set[str]:
        seen, queue = {self.start}, [self.start]
        while queue:
            state = queue.pop()
            for verb in self.verbs(state):
                target = self.after(state, verb)
                if target not in seen:
                    seen.add(target)
                    queue.append(target)
        return set(self.states) - seen
