"""Everything that is checked, two lanes beside each other. Standard library alone."""

import argparse
import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from workshop.bare import debian, environment, tool
from workshop.processes import ROOT, Stop, end_all, run, say, start, step

PARTS = ["lint", "types", "contracts", "units", "coverage", "pages", "postgresql", "journeys"]
NOTHING_COLLECTED = 5  # pytest's exit code


@dataclass
class Part:
    """One thing that is checked: commands to run in turn, or the reason why it is skipped."""

    name: str
    commands: list[list[str]]
    env: dict[str, str] = field(default_factory=dict)
    skipped: str = ""
    around: Callable[[], contextlib.AbstractContextManager[dict[str, str]]] | None = None
    result: str = "not run"  # then: passed, failed or skipped
    printed: str = ""
    seconds: float = 0

    def go(self) -> None:
        if self.skipped:
            self.result = "skipped"
            return
        say(f"  {self.name} …")
        began = time.monotonic()
        try:
            with self.around() if self.around else contextlib.nullcontext({}) as extra:
                codes = [self._one(command, {**self.env, **extra}) for command in self.commands]
        except Stop as trouble:
            codes, self.printed = [1], f"{self.printed}\n{trouble}"
        self.seconds = time.monotonic() - began
        if codes == [NOTHING_COLLECTED]:
            self.result, self.skipped = "skipped", "it has no test yet"
            return
        self.result = "failed" if any(codes) else "passed"
        lines = self.printed.strip().splitlines()
        told = lines if any(codes) else lines[-40:]
        say("\n".join([f"--- {self.name}: {self.result} in {self.seconds:.0f} s", *told]))

    def _one(self, command: list[str], env: dict[str, str]) -> int:
        code, printed = run(command, env=env)
        self.printed += printed
        return code


def counted(printed: str) -> dict[str, int]:
    """What pytest's closing line counts: ``{"passed": 12, "skipped": 1}``; empty when there is none."""
    for line in reversed(printed.splitlines()):
        if found := re.search(r"((?:\d+ \w+(?:, )?)+) in [\d.]+s", line):
            pairs = re.findall(r"(\d+) (\w+)", found[1])
            return {"error" if word == "errors" else word: int(number) for number, word in pairs}
    return {}


def closing_line(parts: list[Part], seconds: float) -> str:
    """All runs of pytest added up in its own form; a part that is no test run counts as one failure when it fails."""
    total = {"failed": 0, "passed": 0, "skipped": 0, "error": 0}
    for part in parts:
        counts = counted(part.printed)
        for word in total:
            total[word] += counts.get(word, 0)
        if part.result == "failed" and not counts.get("failed") and not counts.get("error"):
            total["failed"] += 1
    told = ", ".join(f"{number} {word}" for word, number in total.items() if number) or "no tests ran"
    return f"{told} in {seconds:.2f}s"


def run_lanes(lanes: list[list[Part]]) -> int:
    """Run lanes beside each other, the parts of a lane in turn; end with a table and pytest's closing line."""
    began = time.monotonic()
    threads = [threading.Thread(target=lambda lane=lane: [part.go() for part in lane], daemon=True) for lane in lanes]
    for thread in threads:
        thread.start()
    try:
        while any(thread.is_alive() for thread in threads):
            time.sleep(0.1)
    finally:
        if any(thread.is_alive() for thread in threads):  # somebody ends us: let the lanes tidy up
            end_all()
            for thread in threads:
                thread.join(timeout=10)
    parts = [part for lane in lanes for part in lane]
    say()
    for part in parts:
        say(f"{part.name:<12}{part.result:<9}{part.seconds:>6.0f} s  {part.skipped}".rstrip())
    say(closing_line(parts, time.monotonic() - began))
    return int(any(part.result not in {"passed", "skipped"} for part in parts))


@contextlib.contextmanager
def postgres() -> Iterator[dict[str, str]]:
    """A PostgreSQL of our own on a socket in a temporary folder, gone afterwards."""
    programs = str(sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1])
    folder = Path(tempfile.mkdtemp(prefix="booster-pg-", dir="/tmp"))
    as_owner: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        as_owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--pdeathsig=INT"]
    quick = ["-cfsync=off", "-csynchronous_commit=off", "-cfull_page_writes=off", "-clisten_addresses="]
    server = None
    try:
        made = ["-A", "trust", "-U", "booster", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-D", f"{folder}/data"]
        step("a PostgreSQL to test on", [*as_owner, f"{programs}/initdb", *made])
        command = [*as_owner, f"{programs}/postgres", "-D", f"{folder}/data", "-k", str(folder), *quick]
        server = start(command, output=subprocess.DEVNULL)
        ask = [f"{programs}/pg_isready", "-q", "-h", str(folder), "-U", "booster", "-d", "postgres"]
        until = time.monotonic() + 30
        while run(ask)[0]:
            if server.poll() is not None or time.monotonic() > until:
                raise Stop("PostgreSQL did not start.")
            time.sleep(0.1)
        yield {"DATABASE_URL": f"postgres://booster@/postgres?host={folder}"}
    finally:
        if server:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def lacking_postgres() -> str:
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        switch = Path("/etc/postgresql-common/createcluster.conf")
        if os.geteuid() == 0 and not switch.exists():  # Debian's own switch: no server of its own is wanted
            switch.parent.mkdir(parents=True, exist_ok=True)
            switch.write_text("create_main_cluster = false\n")
        return debian("postgresql-15")
    return ""


def lacking_chromium() -> str:
    """Debian's Chromium, and what the program that drives it needs: a bare Debian lacks one of its libraries."""
    driver = next((ROOT / ".venv").glob("lib/*/site-packages/playwright/driver/node"), None)
    if shutil.which("chromium") and driver and run([str(driver), "--version"])[0] == 0:
        return ""
    return debian("chromium", "libatomic1")


def still_parts() -> list[Part]:
    return [
        Part(
            "lint",
            [
                [tool("ruff"), "check", "--quiet", "--output-format=concise", "."],
                [tool("ruff"), "format", "--check", "--quiet", "."],
            ],
        ),
        Part("types", [[tool("mypy"), "booster", "run.py", "workshop"]]),
        Part("contracts", [[tool("lint-imports")]]),
    ]


def pytest(*options: str, where: tuple[str, ...] = ("booster", "tests")) -> list[str]:
    return [tool("python"), "-m", "pytest", "--no-header", "--tb=short", "-rfEs", *options, *where]


def test(args: argparse.Namespace) -> int:
    say("Booster, every check")
    measured = os.environ.get("BOOSTER_COVERAGE", "")  # "report" or "gate": tracing makes the tests twice as slow
    gate = ["--gate"] if measured == "gate" else []
    environment("test")
    units = pytest("-m", "not browser", "--nomigrations", *(["--cov=booster", "--cov-report="] if measured else []))
    again = pytest("-m", "not browser", "-p", "tests.house.facing", "--database-facing")
    lanes = [
        [
            *still_parts(),
            Part("units", [units]),
            *([Part("coverage", [[tool("python"), "tests/house/coverage_gate.py", *gate]])] if measured else []),
            Part(
                "pages", [pytest("-m", "browser", where=("booster",))]
            ),  # the rest of Chromium, so that lanes end alike
        ],
        [
            Part("postgresql", [again], env={"PYTHONPATH": str(ROOT)}, around=postgres),
            Part("journeys", [pytest("-m", "browser", where=("tests",))]),
        ],
    ]
    lanes = [[part for part in lane if not args.only or part.name in args.only] for lane in lanes]
    for part in [part for lane in lanes for part in lane]:
        lacking = {"postgresql": lacking_postgres, "pages": lacking_chromium, "journeys": lacking_chromium}.get(
            part.name
        )
        part.skipped = lacking() if lacking else ""
    return run_lanes([lane for lane in lanes if lane])


def check(_: argparse.Namespace) -> int:
    environment("test")
    return run_lanes([[Part("units", [pytest("-m", "not browser", "--nomigrations")])], still_parts()])
