"""python3 run.py bench craft [--only PART] [--quick] [--json FILE] [--peers [FOLDER]]

Each instance runs in a process of its own. CPU seconds are compared with the targets: wall seconds depend on what else
the machine does. Loading the solvers (about a second) is not counted. Peers are published packages in an environment of
their own; the product never imports them.
"""

import argparse
import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from bench.craft.case import Case  # noqa: E402 -- the path above
from bench.peers import environment  # noqa: E402

PARTS = ("balance", "mixing", "timetable", "meetings", "travel")
LONGEST = 900  # seconds of the wall after which an instance is ended
HEAD = f"{'instance':<46} {'result':<30} {'bound':<12} {'proof':<10} {'cpu s':>7} {'wall s':>7} {'MB':>5}  target"


def main() -> int:
    asked = argparse.ArgumentParser(
        "run.py bench craft", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--only", action="append", choices=PARTS, help="one part; may stand several times")
    asked.add_argument("--quick", action="store_true", help="the small instances of each part")
    asked.add_argument("--json", type=Path, metavar="FILE", help="write every figure into this file as well")
    asked.add_argument(
        "--peers", nargs="?", type=Path, const=environment.FOLDER, metavar="FOLDER", help="install peers"
    )
    args = asked.parse_args()
    peers = environment.built(args.peers) if args.peers else environment.there()
    rows = [row for part in args.only or PARTS for row in measured(part, args.quick, peers)]
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    missed = [row for row in rows if row["met"] is False]
    print(f"\n{len(rows)} instances, {sum(row['met'] is True for row in rows)} targets met, {len(missed)} missed")
    for row in missed:
        print(f"  missed {row['target']}: {row['name']}")
    return 0


def measured(part: str, quick: bool, peers: Path | None) -> list[dict[str, Any]]:
    module = import_module(f"bench.craft.{part}")
    print(f"\n{part}\n{HEAD}", flush=True)
    rows = []
    for case in module.cases():
        if quick and not case.quick:
            continue
        row = run(part, case)
        print(told(row), flush=True)
        if peers and (beside := getattr(module, "beside", None)) and (other := beside(case.name, peers, row)):
            print(told(other), flush=True)
            row["beside"] = other
        row.pop("figures", None)
        rows.append(row)
    return rows


def run(part: str, case: Case) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.craft.one", part, case.name]
    head = {"part": part, "name": case.name, "target": case.target, "seconds": case.seconds, "peer": case.peer}
    empty = {
        "result": "",
        "bound": "",
        "proof": "",
        "good": False,
        "wall": None,
        "cpu": None,
        "peak": None,
        "met": False,
    }
    try:
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return {**empty, **head, "result": f"ended after {LONGEST} s"}
    if done.returncode:
        return {**empty, **head, "result": (done.stderr.strip().splitlines() or ["failed"])[-1][:60]}
    found = json.loads(done.stdout)
    met = found["good"] and (case.seconds is None or found["cpu"] <= case.seconds)
    return {**head, **found, "met": met if case.target else None}


def told(row: dict[str, Any]) -> str:
    figures = [f"{row[key]:>7.2f}" if row[key] is not None else " " * 7 for key in ("cpu", "wall")]
    peak = f"{row['peak']:>5.0f}" if row["peak"] is not None else " " * 5
    verdict = {True: "met", False: "MISSED", None: ""}[row["met"]]
    limit = f" <= {row['seconds']:g} s" if row["seconds"] is not None else ""
    target = f"{row['target']}{limit} {verdict}" if row["target"] else ""
    words = f"{row['name']:<46} {row['result']:<30} {row['bound']:<12} {row['proof']:<10}"
    line = f"{words} {' '.join(figures)} {peak}  {target}"
    return f"{line}   [{row['peer']}]" if row["peer"] else line.rstrip()


if __name__ == "__main__":
    sys.exit(main())
