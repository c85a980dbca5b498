"""Processes: whatever is started here is ended here. Standard library alone."""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
children: list[subprocess.Popen[str]] = []
speaking = threading.Lock()
ending = threading.Event()


class Stop(Exception):
    """It cannot go on; the message says in one line why and what would help."""


def say(line: str = "") -> None:
    with speaking:
        print(line, flush=True)


def surroundings() -> dict[str, str]:
    """Our environment without the settings of an installation: a demo or a test must never meet a real database.
    Bytecode is kept, whatever the shell says: without it every process compiles the house anew.
    """
    ours = ("BOOSTER_", "DATABASE_URL", "DJANGO_", "PYTHONDONTWRITEBYTECODE")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def start(command: list[str], *, env: dict[str, str] | None = None, output: int | None = None) -> subprocess.Popen[str]:
    """Start a child in a session of its own; where setpriv exists the child ends with us even if we are killed."""
    if ending.is_set():
        raise Stop("Ending.")
    if shutil.which("setpriv"):
        command = ["setpriv", "--pdeathsig", "TERM", "--", *command]
    child = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**surroundings(), **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=None if output is None else subprocess.STDOUT,
        start_new_session=True,
        text=True,
        errors="replace",
    )
    children.append(child)
    return child


def end_all(patience: float = 10) -> None:
    """Ask every child to end, wait, then insist. PostgreSQL takes INT as "now", the others do as well."""
    ending.set()
    going = [child for child in children if child.poll() is None]
    for child in going:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGINT if "postgres" in str(child.args) else signal.SIGTERM)
    until = time.monotonic() + patience
    for child in going:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=max(0.1, until - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)


def run(command: list[str], *, env: dict[str, str] | None = None) -> tuple[int, str]:
    """Run to the end; the exit code and everything that it printed."""
    child = start(command, env=env, output=subprocess.PIPE)
    printed, _ = child.communicate()
    children.remove(child)
    return child.returncode, printed


def step(title: str, command: list[str], *, env: dict[str, str] | None = None) -> str:
    """Run one command under a title; its output is shown only when it fails."""
    began = time.monotonic()
    say(f"  {title} …")
    code, printed = run(command, env=env)
    if code:
        say(printed[-6000:].rstrip())
        raise Stop(f"{title}: failed (exit code {code}). The lines above say why; the next start tries again.")
    if (took := time.monotonic() - began) > 1:
        say(f"    {took:.1f} s")
    return printed


@contextlib.contextmanager
def held(path: Path, *, waiting: str = "", refusal: str = "") -> Iterator[None]:
    """Hold a lock file: wait for it (saying so once) or, with a refusal, stop at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if refusal:
                raise Stop(refusal) from None
            say(waiting)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
