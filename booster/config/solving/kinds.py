"""What the command knows of every question: how it is asked, what comes back, how a refusal reads."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from booster.craft.instances.reading import Fault, locate, parse
from booster.craft.working import Stopped, Watch

INFEASIBLE, STOPPED = 2, 3


@dataclass(frozen=True, slots=True)
class Asked:
    """`seed` None: that of the instance. `effort` in deterministic seconds."""

    seed: int | None
    effort: float
    watch: Watch


@dataclass(frozen=True, slots=True)
class Told:
    """`document` for machines, `lines` for people, `picture` draws the answer."""

    document: dict[str, Any]
    lines: list[str]
    code: int = 0
    picture: Callable[[], str] | None = None


@dataclass(slots=True)
class Wrong(Exception):
    """The algorithm refuses the question; `culprit` is what it names."""

    message: str
    culprit: str = field(default="")

    def faults(self, raw: bytes) -> list[Fault]:
        return [Fault(locate(parse(raw), self.culprit) if self.culprit else "", self.message)]


def guarded(craft: Any, work: Callable[[], Told]) -> Told:
    """The work, with the three ways in which an algorithm of `craft` says no."""
    try:
        return work()
    except craft.BadProblem as trouble:
        raise Wrong(str(trouble), trouble.culprit) from trouble
    except craft.Infeasible as trouble:
        return clashed(trouble.clash)
    except Stopped:
        message = "The work was stopped before there was any answer."
    except craft.Unsettled as trouble:
        message = f"{trouble} Nothing is known yet: give it more with --time."
    return Told({"message": message}, [message], STOPPED)


def clashed(clash: Any) -> Told:
    """Why there is no answer, and every way out that is known."""
    ways = [way for way in (getattr(clash, "relaxations", ()), *getattr(clash, "alternatives", ())) if way]
    lines = [clash.message]
    for place, way in enumerate(ways):
        lines += ["", "What would help:" if not place else "Or instead:"]
        lines += [f"  {one.sentence}" for one in way]
    return Told({"clash": clash}, lines, INFEASIBLE)


def table(rows: list[list[str]], right: frozenset[int] = frozenset()) -> Iterator[str]:
    """Rows in columns two spaces apart; the columns in `right` end together."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        placed = enumerate(zip(row, widths, strict=True))
        cells = [cell.rjust(width) if place in right else cell.ljust(width) for place, (cell, width) in placed]
        yield "  " + "  ".join(cells).rstrip()
