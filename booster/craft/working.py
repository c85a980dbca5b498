"""How long work says how far it is, how it is stopped, and how its length is bounded without a clock.

Every long function of the craft takes `effort` and `watch`. `effort` counts *deterministic seconds*: work that takes
about a second on a machine of 2025, counted in steps (of CP-SAT's deterministic time, nodes of a search tree,
iterations), never read from a clock. The same input, seed and effort therefore stop at the same place on every machine.
"""

from collections.abc import Callable
from dataclasses import dataclass


class Stopped(Exception):
    """The watch asked to stop before there was any answer. Once there is one, it is returned with its gap instead."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far work is. `stage`: a code such as "chances"; `done` of `whole` in that stage's own unit (None: open end).

    `best` and `bound`: the objective of the best answer so far and what no answer can surpass, where both are known.
    """

    stage: str
    done: int
    whole: int | None = None
    best: float | None = None
    bound: float | None = None


Watch = Callable[[Step], bool]  # False asks to stop; called often, so it should return within milliseconds


def unwatched(step: Step) -> bool:
    """The watch of whoever does not look: goes on."""
    return True


def tell(watch: Watch, stage: str, done: int, whole: int | None = None) -> None:
    """Report a step of work that has no answer yet. Raises Stopped when the watch asks to stop."""
    if not watch(Step(stage, done, whole)):
        raise Stopped(stage)
