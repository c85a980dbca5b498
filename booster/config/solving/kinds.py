"""What the command knows of every question: how it is asked, what comes back, how a refusal reads."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from booster.craft.instances.reading import BadInstance, Fault, locate, parse
from booster.craft.working import Stopped, Watch

INFEASIBLE, STOPPED = 2, 3


@dataclass(frozen=True, slots=True)
class Asked:
    """`seed` None: that of the instance. `effort` in deterministic seconds."""

    seed: int | None
    effort: float
    watch: Watch
    draw_seed: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """`document` for machines, `lines` for people, `picture` draws the answer. `file`: bytes to publish."""

    document: dict[str, Any]
    lines: list[str]
    code: int = 0
    picture: Callable[[], str] | None = None
    file: bytes = b""


@dataclass(slots=True)
class Wrong(Exception):
    """The algorithm refuses the question; `culprit` is what it names."""

    message: str
    culprit: str = field(default="")

    def faults(self, raw: bytes) -> list[Fault]:
        """The fault and where it stands; a published file may be anything, and then it stands nowhere."""
        try:
            return [Fault(locate(parse(raw), self.culprit) if self.culprit else "", self.message)]
        except BadInstance:
            return [Fault("", self.message)]


def guarded(craft: Any, work: Callable[[], Told]) -> Told:
    """The work, with the ways in which an algorithm of `craft` says no."""
    try:
        return work()
    except _named(craft, "BadProblem", "BadProgramme") as trouble:
        raise Wrong(str(trouble), trouble.culprit) from trouble
    except _named(craft, "Infeasible", "Impossible") as trouble:
        return clashed(trouble.clash)
    except Stopped:
        message = "The work was stopped before there was any answer."
    except _named(craft, "Unsettled") as trouble:
        message = f"{trouble} Nothing is known yet: give it more with --time."
    return Told({"message": message}, [message], STOPPED)


def _named(craft: Any, *names: str) -> tuple[Any, ...]:
    return tuple(getattr(craft, name) for name in names if hasattr(craft, name))


def clashed(clash: Any) -> Told:
    """Why there is no answer, and every way out that is known."""
    first = getattr(clash, "relaxations", ()) or getattr(clash, "reliefs", ())
    lines = [clash.message]
    for place, way in enumerate(way for way in (first, *getattr(clash, "alternatives", ())) if way):
        lines += ["", "What would help:" if not place else "Or instead:"]
        lines += [f"  {one.sentence if hasattr(one, 'sentence') else one.reason.sentence}" for one in way]
    return Told({"clash": clash}, lines, INFEASIBLE)


def table(rows: list[list[str]], right: frozenset[int] = frozenset()) -> Iterator[str]:
    """Rows in columns two spaces apart; the columns in `right` end together."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        placed = enumerate(zip(row, widths, strict=True))
        cells = [cell.rjust(width) if place in right else cell.ljust(width) for place, (cell, width) in placed]
        yield "  " + "  ".join(cells).rstrip()
