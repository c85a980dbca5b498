"""How much of each kind of file the unit tests walk through: `python tests/house/coverage_gate.py [--gate]`.

Reads .coverage. Lines and branches count together. States, rules, access, actions, queries and the craft must be
whole, everything else 90 %. Without ``--gate`` it only tells.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coverage import Coverage
from coverage.exceptions import NoDataError

WHOLE = {"states", "rules", "access", "actions", "queries", "craft"}


@dataclass(frozen=True)
class Row:
    """One kind of file: how many units (lines and branches) there are, how many were walked, which files lack some."""

    kind: str
    units: int
    walked: int
    lacking: tuple[str, ...]

    @property
    def percent(self) -> float:
        return 100 * self.walked / self.units if self.units else 100.0

    @property
    def floor(self) -> int:
        return 100 if self.kind in WHOLE else 90

    @property
    def fails(self) -> bool:
        return self.percent < self.floor


def kind_of(name: str) -> str:
    """``booster/calls/actions/opening.py`` → actions; ``booster/craft/…`` → craft; the tools by their room."""
    parts = Path(name).parts
    if parts[1] in {"craft", "kit", "ui", "config"}:
        return parts[1]
    return Path(parts[2]).stem if len(parts) > 2 else Path(parts[1]).stem


def rows_of(files: dict[str, dict[str, Any]]) -> list[Row]:
    """One row a kind, from the ``files`` of coverage's JSON report, in alphabetical order."""
    kinds: dict[str, list[tuple[str, int, int]]] = {}
    for name, about in files.items():
        told = about["summary"]
        units = told["num_statements"] + told.get("num_branches", 0)
        walked = told["covered_lines"] + told.get("covered_branches", 0)
        kinds.setdefault(kind_of(name), []).append((name, units, walked))
    return [
        Row(
            kind,
            sum(units for _, units, _ in files_of_kind),
            sum(walked for _, _, walked in files_of_kind),
            tuple(f"{name} {walked}/{units}" for name, units, walked in sorted(files_of_kind) if walked < units),
        )
        for kind, files_of_kind in sorted(kinds.items())
    ]


def table(rows: Iterable[Row]) -> str:
    lines = [f"{'kind':<12}{'units':>7}{'walked':>8}{'percent':>9}{'wanted':>8}"]
    for row in rows:
        mark = "  <- too little" if row.fails else ""
        lines.append(f"{row.kind:<12}{row.units:>7}{row.walked:>8}{row.percent:>8.1f}%{row.floor:>7}%{mark}")
        if row.fails:
            lines += [f"    {name}" for name in row.lacking]
    return "\n".join(lines)


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gate", action="store_true", help="exit 1 when a kind has too little")
    args = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        coverage = Coverage()
        coverage.load()
        try:
            coverage.json_report(outfile=str(report))
        except NoDataError:
            sys.stdout.write("There is no coverage to read: the unit tests did not run.\n")
            return int(args.gate)
        rows = rows_of(json.loads(report.read_text())["files"])
    sys.stdout.write(table(rows) + "\n")
    return int(args.gate and any(row.fails for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
