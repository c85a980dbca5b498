"""From a machine with nothing but Python to a filled .venv. Standard library alone."""

import hashlib
import os
import re
import shutil
import sys
from pathlib import Path

from workshop.processes import ROOT, Stop, held, run, step

TOOLS, VENV = ROOT / ".tools", ROOT / ".venv"
LOCKS = {"demo": ROOT / "requirements.txt", "test": ROOT / "requirements-test.txt"}
PYTHON = getattr(sys, "_base_executable", "") or sys.executable  # not that of an environment one stands in
APT = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "-q"]


def debian(*packages: str) -> str:
    """Install Debian packages. Empty when they are there, else the reason why they are not."""
    if not shutil.which("apt-get"):
        return f"install {' and '.join(packages)} with your system's packages first"
    if os.geteuid() != 0:
        return f"not root: ask for apt-get install {' '.join(packages)}"
    env = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    keep = ["-o", "Dpkg::Options::=--force-confold"]
    try:
        step("Debian's package lists", [*APT, "update"], env=env)
        step(
            f"Debian packages: {' '.join(packages)}",
            [*APT, *keep, "install", "-y", "--no-install-recommends", *packages],
            env=env,
        )
    except Stop as trouble:
        return str(trouble)
    return ""


def key_of(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:24]


def has_stamp(path: Path, key: str) -> bool:
    return path.exists() and path.read_text() == key


def uv() -> str:
    """The pinned installer in .tools; fetched with pip, which root gets from Debian when it is missing."""
    tool, lock, stamp = TOOLS / "bin" / "uv", ROOT / "requirements-uv.txt", TOOLS / "stamp"
    key = key_of(lock.read_text(), sys.version)
    if tool.exists() and has_stamp(stamp, key):
        return str(tool)
    if run([PYTHON, "-m", "pip", "--version"])[0] and (reason := debian("python3-pip")):
        raise Stop(f"Python's pip is missing ({reason}).")
    shutil.rmtree(TOOLS / "bin", ignore_errors=True)
    pip = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "--upgrade"]
    step("the installer (uv)", [*pip, "--require-hashes", "--target", str(TOOLS), "-r", str(lock)])
    stamp.write_text(key)
    return str(tool)


def environment(level: str) -> None:
    """Bring .venv to the locked packages of ``demo`` or ``test``. It never loses the tests' packages again."""
    with held(TOOLS / "lock", waiting="Another run.py is installing here: waiting for it …"):
        if (VENV / "bin" / "pytest").exists():
            level = "test"
        lock, stamp = LOCKS[level], VENV / "stamp"
        key = key_of(lock.read_text(), (ROOT / "pyproject.toml").read_text(), sys.version, ROOT)
        if has_stamp(stamp, key):
            return
        tool = uv()
        stamp.unlink(missing_ok=True)
        env = {"UV_PYTHON_DOWNLOADS": "never", "VIRTUAL_ENV": str(VENV), "UV_NO_PROGRESS": "1"}
        python = str(VENV / "bin" / "python")
        same = "import sys; sys.exit(sys.version != sys.argv[1])"
        if not os.access(python, os.X_OK) or run([python, "-c", same, sys.version])[0]:
            step(".venv", [tool, "venv", "-q", "--clear", "--python", PYTHON, str(VENV)], env=env)
        count = len(re.findall(r"^\S+==", lock.read_text(), re.MULTILINE))
        sync = [tool, "pip", "sync", "-q", "--compile-bytecode", "--require-hashes", str(lock)]
        step(f"{count} packages", sync, env=env)
        step("booster itself", [tool, "pip", "install", "-q", "--no-deps", "-e", str(ROOT)], env=env)
        run([python, "-m", "compileall", "-q", str(ROOT / "booster")])  # every command starts in a third of the time
        stamp.write_text(key)


def tool(name: str) -> str:
    return str(VENV / "bin" / name)
