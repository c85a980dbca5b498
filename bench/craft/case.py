"""What a row of the table is made of: a case prepares an instance, its work is measured, a finding is its result."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """`result` and `bound` as printed; `proof`: how it is known; `good`: whether the result is what the target asks.

    `figures`: what a peer's answer is compared with, such as all chances in rising order.
    """

    result: str
    bound: str = ""
    proof: str = ""
    good: bool = True
    figures: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One instance. `target`: its row of the design's targets; `seconds` of CPU that it allows, None for no limit.

    `prepare` builds the instance (not measured) and returns the work (measured). `peer`: what others published for it.
    """

    name: str
    prepare: Callable[[], Callable[[], Found]]
    target: str = ""
    seconds: float | None = None
    peer: str = ""
    quick: bool = False
