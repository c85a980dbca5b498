"""The console script: help without Django, settings that cannot be meant, verbs that exist."""

import re
import socket
import subprocess
import sys

import pytest
from django.core.management import get_commands

from booster.config import cli, server

BOOSTER = [sys.executable, "-m", "booster.config.cli"]


def test_help_says_every_verb_without_loading_django(capsys):
    cli.main(["--help"])
    told = capsys.readouterr().out
    verbs = re.findall(r"^  ([a-z]+)  +\w", told, re.MULTILINE)
    assert verbs == [
        "serve",
        "worker",
        "migrate",
        "static",
        "operator",
        "doctor",
        "new",
        "import",
        "select",
        "solve",
        "bounces",
        "demo",
        "maps",
        "shell",
    ]
    load = "import sys; from booster.config import cli; cli.main(['--help']); sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", load], capture_output=True).returncode == 0


@pytest.mark.parametrize("verb", ["migrate", "doctor", "new", "import", "select", "demo", "maps", "shell"])
def test_every_verb_of_the_help_exists(verb):
    assert verb in get_commands()


def test_the_version_is_told(capsys):
    cli.main(["--version"])
    assert re.fullmatch(r"booster \d{4}\.\d+\n", capsys.readouterr().out)


def test_a_setting_that_cannot_be_meant_is_one_line(tmp_path):
    env = {"BOOSTER_DATA": str(tmp_path), "DATABASE_URL": "mysql://here", "PATH": "/usr/bin:/bin"}
    run = "from booster.config.cli import main; main(['check'])"
    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, env=env)
    assert (done.returncode, done.stderr) == (1, "DATABASE_URL must begin with sqlite:// or postgres://.\n")


@pytest.mark.parametrize("verb", ["migrate", "worker", "serve", "new"])
def test_a_database_that_is_away_is_one_line(tmp_path, verb):
    away = f"postgres://booster:quiet@127.0.0.1:{free_port()}/booster"
    env = {"BOOSTER_DATA": str(tmp_path), "DATABASE_URL": away, "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    words = ["new", "cba"] if verb == "new" else ["serve", f"--port={free_port()}"] if verb == "serve" else [verb]
    run = f"from booster.config.cli import main; main({words!r})"
    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, env=env)
    assert done.returncode == 1
    assert re.fullmatch(r"The database does not answer: .*\. Look at DATABASE_URL, .*“booster doctor”\.\n", done.stderr)
    assert "quiet" not in done.stderr


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def test_a_port_in_use_is_one_line(capsys):
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        port = door.getsockname()[1]
        with pytest.raises(SystemExit) as ended:
            server.serve(["--port", str(port)])
    said = f"127.0.0.1:{port} cannot be listened on: Address already in use. Choose another with --port or --bind."
    assert ended.value.code == said
    assert server.taken([f"127.0.0.1:{free_port()}", "unix:/run/booster.sock"]) == ""


def test_a_server_that_takes_over_does_not_ask_for_its_own_door(monkeypatch):
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        monkeypatch.setenv("GUNICORN_FD", "3")
        assert server.taken([f"127.0.0.1:{door.getsockname()[1]}"]) == ""


def test_serve_listens_on_this_machine_unless_told_otherwise(monkeypatch):
    monkeypatch.delenv("BOOSTER_WORKERS", raising=False)
    assert server.options([])["bind"] == ["127.0.0.1:8000"]
    assert server.options(["--port", "9000"])["bind"] == ["127.0.0.1:9000"]
    assert server.options(["--bind", "unix:/run/b.sock"])["bind"] == ["unix:/run/b.sock"]


def test_the_number_of_processes_comes_from_the_line_then_the_environment(monkeypatch):
    monkeypatch.setenv("BOOSTER_WORKERS", "5")
    assert server.options([])["workers"] == 5
    assert server.options(["--workers", "2"])["workers"] == 2
    monkeypatch.delenv("BOOSTER_WORKERS")
    assert server.options([])["workers"] == 3


def test_static_files_are_gathered_once(settings, tmp_path):
    settings.STATIC_ROOT = str(tmp_path)
    assert server.gather_static() is True
    assert server.gather_static() is False
    assert (tmp_path / "ui").is_dir()
