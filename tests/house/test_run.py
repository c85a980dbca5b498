"""run.py and its workshop: the parts that can be tried without installing anything."""

import argparse
import json
import socket
import subprocess
import sys
import threading
import time
import tomllib
from pathlib import Path

import pytest

from tests.house.reading import ROOT
from workshop import bare, demo, lanes, processes
from workshop.lanes import Part
from workshop.processes import Stop


@pytest.fixture(autouse=True)
def clean_slate():
    yield
    processes.end_all(patience=2)
    processes.ending.clear()
    processes.children.clear()


def gone(pid: int, patience: float = 5) -> bool:
    """Whether a process ends within so many seconds; one that is dead but not buried counts as ended."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.05)
    return False


def test_help_is_shown_by_a_python_without_packages():
    done = subprocess.run([sys.executable, "-S", "-E", ROOT / "run.py", "--help"], capture_output=True, text=True)
    assert (done.returncode, "python3 run.py demo" in done.stdout) == (0, True)


def test_an_unknown_verb_is_refused():
    assert subprocess.run([sys.executable, ROOT / "run.py", "dance"], capture_output=True).returncode == 2


@pytest.mark.parametrize(
    "printed, counts",
    [
        ("...\n12 passed in 3.21s\n", {"passed": 12}),
        ("=== 1 failed, 12 passed, 3 errors in 63.20s (0:01:03) ===", {"failed": 1, "passed": 12, "error": 3}),
        ("2 passed, 1 skipped, 4 deselected in 1.00s", {"passed": 2, "skipped": 1, "deselected": 4}),
        ("no tests ran in 0.01s", {}),
        ("All checks passed!", {}),
    ],
)
def test_what_pytest_counted_is_read_from_its_closing_line(printed, counts):
    assert lanes.counted(printed) == counts


def test_the_closing_line_adds_up_all_runs_and_counts_a_failed_check_as_a_failure():
    parts = [
        Part("units", [], result="passed", printed="10 passed, 1 skipped in 2.00s"),
        Part("postgresql", [], result="failed", printed="2 failed, 5 passed in 2.00s"),
        Part("lint", [], result="failed", printed="E501 line too long"),
        Part("types", [], result="passed", printed="Success: no issues found"),
    ]
    assert lanes.closing_line(parts, 12.345) == "3 failed, 15 passed, 1 skipped in 12.35s"


def test_nothing_run_is_said():
    assert lanes.closing_line([Part("lint", [], result="passed")], 1) == "no tests ran in 1.00s"


def test_lanes_run_beside_each_other_and_a_failing_part_fails_the_run(capsys):
    def python(text):
        return [sys.executable, "-c", text]

    lanes_to_run = [
        [Part("units", [python("print('3 passed in 0.10s')")]), Part("journeys", [], skipped="Chromium is missing")],
        [Part("lint", [python("import sys; print('bad line'); sys.exit(1)"), python("print('second')")])],
    ]
    assert lanes.run_lanes(lanes_to_run) == 1
    told = capsys.readouterr().out
    assert "bad line\nsecond" in told
    assert "journeys    skipped       0 s  Chromium is missing" in told
    assert told.splitlines()[-1].startswith("1 failed, 3 passed in ")


def test_a_part_without_any_test_is_skipped_not_failed():
    part = Part("journeys", [[sys.executable, "-c", "import sys; sys.exit(5)"]])
    part.go()
    assert (part.result, part.skipped) == ("skipped", "it has no test yet")


def test_a_part_whose_surroundings_fail_has_failed():
    def broken():
        raise Stop("PostgreSQL did not start.")

    part = Part("postgresql", [["true"]], around=broken)
    part.go()
    assert (part.result, part.printed.strip()) == ("failed", "PostgreSQL did not start.")


def test_a_child_meets_no_real_database(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://real")
    monkeypatch.setenv("BOOSTER_SMTP", "smtp://real")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "somebody.elses")
    ask = "import os; print([n for n in os.environ if n.startswith(('BOOSTER', 'DATABASE', 'DJANGO'))])"
    assert processes.run([sys.executable, "-c", ask], env={"BOOSTER_DEMO": "1"}) == (0, "['BOOSTER_DEMO']\n")


def test_every_child_and_its_children_are_ended():
    family = (
        "import subprocess, sys, time; c = subprocess.Popen(['sleep', '60']); print(c.pid, flush=True); time.sleep(60)"
    )
    child = processes.start([sys.executable, "-c", family], output=subprocess.PIPE)
    grandchild = int(child.stdout.readline())
    processes.end_all(patience=5)
    child.stdout.close()
    assert child.poll() is not None
    assert gone(grandchild)


def test_a_child_that_will_not_end_is_made_to():
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    )
    child = processes.start([sys.executable, "-c", deaf], output=subprocess.PIPE)
    child.stdout.readline()
    processes.end_all(patience=0.2)
    child.stdout.close()
    assert child.wait(timeout=5) == -9


def test_nothing_is_started_once_we_are_ending():
    processes.end_all()
    with pytest.raises(Stop):
        processes.start(["true"])


def test_a_failing_step_shows_what_it_printed(capsys):
    with pytest.raises(Stop, match="packages: failed"):
        processes.step("packages", [sys.executable, "-c", "import sys; print('no space left'); sys.exit(3)"])
    assert "no space left" in capsys.readouterr().out


def test_a_lock_refuses_or_waits(tmp_path, capsys):
    lock, seen = tmp_path / "folder" / "lock", []
    with processes.held(lock):
        with pytest.raises(Stop, match="already"), processes.held(lock, refusal="It already runs."):
            pass

        def wait():
            with processes.held(lock, waiting="Waiting …"):
                seen.append("in")

        other = threading.Thread(target=wait)
        other.start()
        time.sleep(0.1)
        assert seen == []
    other.join(timeout=5)
    assert (seen, capsys.readouterr().out) == (["in"], "Waiting …\n")


def test_a_busy_port_is_said_in_one_line():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        with pytest.raises(Stop, match=r"^Port \d+ cannot be had .*--port N\.$"):
            demo.need_free(busy.getsockname()[1])


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http", "", "80.5"])
def test_a_port_is_a_port(text):
    with pytest.raises(argparse.ArgumentTypeError):
        demo.port(text)


@pytest.fixture
def steps(monkeypatch):
    done = []
    monkeypatch.setattr(
        demo, "step", lambda title, command, env: done.append(command[-1]) or "57 files\n\n  Olga organises\n"
    )
    monkeypatch.setattr(demo, "fingerprint", lambda folder: "as it is")
    return done


def test_a_demo_is_built_once(tmp_path, steps):
    assert demo.build(tmp_path, {}, fresh=False) == "  Olga organises"
    assert steps == ["migrate", "static", "demo"]
    assert demo.build(tmp_path, {}, fresh=False) == "  Olga organises"
    assert steps == ["migrate", "static", "demo"]


def test_a_new_version_migrates_but_keeps_what_is_there(tmp_path, steps, monkeypatch):
    demo.build(tmp_path, {}, fresh=False)
    (tmp_path / "booster.sqlite3").write_text("kept")
    monkeypatch.setattr(demo, "fingerprint", lambda folder: "changed")
    demo.build(tmp_path, {}, fresh=False)
    assert steps == ["migrate", "static", "demo", "migrate", "static"]
    assert (tmp_path / "booster.sqlite3").read_text() == "kept"


def test_fresh_begins_anew(tmp_path, steps):
    demo.build(tmp_path, {}, fresh=False)
    (tmp_path / "booster.sqlite3").write_text("old")
    (tmp_path / "files").mkdir()
    demo.build(tmp_path, {}, fresh=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo.json"]


def test_a_filling_that_was_interrupted_begins_anew(tmp_path, steps):
    (tmp_path / "demo.json").write_text("{}")
    (tmp_path / "booster.sqlite3").write_text("half")
    demo.build(tmp_path, {}, fresh=False)
    assert not (tmp_path / "booster.sqlite3").exists()
    assert json.loads((tmp_path / "demo.json").read_text()) == {"cast": "  Olga organises", "version": "as it is"}


@pytest.mark.parametrize("fresh", [True, False])
def test_a_folder_of_somebody_else_is_left_alone(tmp_path, steps, fresh):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(Stop, match="holds other files"):
        demo.build(tmp_path, {}, fresh=fresh)
    assert ((tmp_path / "thesis.txt").read_text(), steps) == ("years of work", [])


def test_the_fingerprint_sees_a_change_but_no_bytecode(tmp_path):
    (tmp_path / "a.py").write_text("1")
    before = demo.fingerprint(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("1")
    assert demo.fingerprint(tmp_path) == before
    (tmp_path / "a.py").write_text("12")
    assert demo.fingerprint(tmp_path) != before


def test_without_root_one_line_says_what_is_missing(monkeypatch):
    monkeypatch.setattr(bare.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(bare.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert bare.debian("chromium") == "not root: ask for apt-get install chromium"


def test_on_another_system_one_line_says_what_is_missing(monkeypatch):
    monkeypatch.setattr(bare.shutil, "which", lambda name: None)
    assert bare.debian("postgresql-15") == "install postgresql-15 with your system's packages first"


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_every_dependency_is_locked_with_its_hash(name):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = project["project"]["dependencies"]
    wanted += project["dependency-groups"]["test"] if "test" in name else []
    names = {bare.re.match(r"[\w.-]+", one)[0].lower() for one in wanted}
    lock = (ROOT / name).read_text()
    locked = set(bare.re.findall(r"^([\w.-]+)==", lock, bare.re.MULTILINE))
    assert names - locked == set()
    assert lock.count("==") <= lock.count("--hash=sha256:")


def test_what_runs_is_what_was_tested():
    runs, tested = ((ROOT / name).read_text() for name in ("requirements.txt", "requirements-test.txt"))
    pins = bare.re.compile(r"^\S+==[^\\]+", bare.re.MULTILINE)
    assert set(pins.findall(runs)) - set(pins.findall(tested)) == set()
