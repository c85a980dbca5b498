"""Numbers that name nobody: small cells are left out of what is published. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

SMALLEST = 5  # of about 26 people from 20 countries, a smaller cell names a person


@dataclass(frozen=True, slots=True)
class Line:
    """``among`` everybody who sent an application, ``chosen`` of them; ``None``: fewer than ``SMALLEST``, not shown."""

    value: str
    among: int | None
    chosen: int | None


def distribution(everybody: Iterable[str], chosen: Iterable[str], *, order: Iterable[str] = ()) -> list[Line]:
    """How often each value occurs, the most frequent first or in ``order``; small cells hidden.

    A value carried by fewer than ``SMALLEST`` of everybody is not listed by name but counted into "other"; when the
    rest would tell a hidden cell by subtraction, the smallest shown cell is hidden with it.
    """
    total, taken = Counter(everybody), Counter(chosen)
    shown = [
        value for value in (list(order) or sorted(total, key=lambda v: (-total[v], v))) if total[value] >= SMALLEST
    ]
    hidden = [value for value in total if value not in shown]
    if sum(total[value] for value in hidden) in range(1, SMALLEST) and shown:
        hidden.append(shown.pop(min(range(len(shown)), key=lambda place: (total[shown[place]], -place))))
    lines = [Line(value, total[value], _told(taken[value])) for value in shown]
    if hidden:
        lines.append(Line("", sum(total[v] for v in hidden), _told(sum(taken[v] for v in hidden))))
    return _no_single_gap(lines)


def _told(count: int) -> int | None:
    return None if 0 < count < SMALLEST else count


def _no_single_gap(lines: list[Line]) -> list[Line]:
    """One hidden number among shown ones could be found by subtraction from the total: hide the smallest other too."""
    gaps = [line for line in lines if line.chosen is None]
    rest = [line for line in lines if line.chosen]
    if len(gaps) != 1 or not rest:
        return lines
    least = min(rest, key=lambda line: line.chosen or 0)
    return [Line(line.value, line.among, None) if line is least else line for line in lines]
