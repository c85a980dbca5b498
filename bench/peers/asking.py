"""Ask a script of the peers' environment a question as JSON and take its answer as a row of the table."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.peers.environment import HERE

LONGEST = 600


def ask(python: Path, script: str, question: Any, name: str, result: Callable[[Any], str]) -> dict[str, Any]:
    """The answer as a row; what went wrong stands in its result."""
    row: dict[str, Any] = dict.fromkeys(("cpu", "wall", "peak", "met", "seconds"))
    row |= {"name": f"  beside it: {name}", "result": "", "bound": "", "proof": "", "target": "", "peer": ""}
    try:
        done = subprocess.run(
            [str(python), str(HERE / script)],
            input=json.dumps(question),
            capture_output=True,
            text=True,
            timeout=LONGEST,
        )
    except subprocess.TimeoutExpired:
        return {**row, "result": f"ended after {LONGEST} s"}
    if done.returncode:
        return {**row, "result": (done.stderr.strip().splitlines() or ["failed"])[-1][:60]}
    answer = json.loads(done.stdout[done.stdout.rindex('{"') :])  # their solvers print before it
    return {**row, "result": result(answer), **{key: answer[key] for key in ("cpu", "wall", "peak")}}
