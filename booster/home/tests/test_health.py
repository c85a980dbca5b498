"""What the doctor finds."""

import json
import socket
import threading
from datetime import timedelta

import pytest
from django.core.management import call_command

from booster.chronicle import actions as chronicle
from booster.home.management import health
from booster.home.management.health import FINE, LOOK, STOPS
from conftest import NOW


def levels(findings):
    return {(finding.about, finding.level) for finding in findings}


def test_a_machine_of_ones_own_needs_no_https(settings):
    settings.BOOSTER_URL, settings.ALLOWED_HOSTS = "http://127.0.0.1:8000", ["127.0.0.1"]
    assert levels(health.address(NOW)) == {("address", FINE)}


def test_a_public_address_needs_https_and_to_be_known(settings):
    settings.BOOSTER_URL, settings.ALLOWED_HOSTS = "http://academy.example.org", ["127.0.0.1"]
    assert [finding.do for finding in health.address(NOW)] == [
        "Set BOOSTER_HOSTS=academy.example.org.",
        "Put a proxy with https before it: deploy/.",
    ]


def test_https_without_a_proxy_is_worth_a_look(settings):
    settings.BOOSTER_URL, settings.ALLOWED_HOSTS = "https://academy.example.org", ["academy.example.org"]
    settings.BOOSTER_BEHIND_PROXY = False
    assert levels(health.address(NOW)) == {("address", LOOK), ("address", FINE)}
    settings.BOOSTER_BEHIND_PROXY = True
    assert levels(health.address(NOW)) == {("address", FINE)}


def test_a_key_that_others_can_read_stops(settings, tmp_path, monkeypatch):
    monkeypatch.delenv("BOOSTER_SECRET_KEY", raising=False)
    settings.DATA, settings.SECRET_KEY = tmp_path, "x" * 50
    key = tmp_path / "secret.key"
    key.write_text("x" * 50)
    key.chmod(0o644)
    assert [finding.do for finding in health.secrets(NOW)] == [f"chmod 600 {key}"]
    key.chmod(0o600)
    assert levels(health.secrets(NOW)) == {("secret", FINE)}


def test_a_short_key_stops(settings, tmp_path):
    settings.DATA, settings.SECRET_KEY = tmp_path, "short"
    assert levels(health.secrets(NOW)) == {("secret", STOPS)}


@pytest.mark.parametrize("url, level", [("http://localhost:8000", FINE), ("https://academy.example.org", STOPS)])
def test_a_demo_in_public_stops(settings, url, level):
    settings.BOOSTER_URL, settings.BOOSTER_DEMO, settings.DEBUG = url, True, False
    assert levels(health.modes(NOW)) == {("demo", level)}


@pytest.mark.parametrize("url, level", [("http://localhost:8000", LOOK), ("https://academy.example.org", STOPS)])
def test_debug_in_public_stops(settings, url, level):
    settings.BOOSTER_URL, settings.BOOSTER_DEMO, settings.DEBUG = url, False, True
    assert levels(health.modes(NOW)) == {("debug", level)}


@pytest.mark.django_db
def test_a_worker_that_nobody_saw_stops():
    assert [finding.do for finding in health.worker(NOW)] == ["Start booster worker."]


@pytest.mark.django_db
@pytest.mark.parametrize("ago, level", [(timedelta(seconds=30), FINE), (timedelta(minutes=3), STOPS)])
def test_a_worker_shows_that_it_lives(ago, level):
    chronicle.show_life("one", at=NOW - ago)
    assert levels(health.worker(NOW)) == {("worker", level)}


@pytest.mark.django_db
def test_letters_need_a_mail_server(settings):
    settings.BOOSTER_DEMO, settings.BOOSTER_MAIL = False, False
    assert levels(health.mail(NOW)) == {("mail", STOPS)}
    settings.BOOSTER_DEMO = True
    assert levels(health.mail(NOW)) == {("mail", FINE)}


@pytest.mark.django_db
def test_a_mail_server_that_is_away_stops(settings):
    with socket.socket() as taken:  # bound, but nobody listens
        taken.bind(("127.0.0.1", 0))
        settings.BOOSTER_DEMO, settings.BOOSTER_MAIL = False, True
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", taken.getsockname()[1]
        assert levels(health.mail(NOW)) == {("mail", STOPS)}


def test_files_can_be_kept():
    assert levels(health.storage(NOW)) == {("storage", FINE)}


def test_a_folder_that_cannot_be_written_stops(settings, tmp_path):
    (tmp_path / "files").write_text("a file where a folder should be")
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    settings.MEDIA_ROOT = str(tmp_path / "files")
    assert levels(health.storage(NOW)) == {("storage", STOPS)}


@pytest.mark.parametrize("free, level", [(5 * 2**30, FINE), (2**29, LOOK), (2**20, STOPS)])
def test_a_full_disk_is_said_before_it_is_full(settings, monkeypatch, tmp_path, free, level):
    settings.DATA = tmp_path
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: type("Usage", (), {"free": free}))
    assert levels(health.disk(NOW)) == {("disk", level)}


def test_no_scanner_is_asked_for_unless_one_is_named(settings):
    settings.BOOSTER_CLAMD = ""
    assert list(health.scanner(NOW)) == []


@pytest.mark.parametrize("answer, level", [(b"PONG\0", FINE), (b"HTTP/1.1 400", STOPS)])
def test_the_scanner_is_asked_whether_it_lives(settings, answer, level):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def reply():
            talk, _ = server.accept()
            with talk:
                talk.recv(16)
                talk.sendall(answer)

        threading.Thread(target=reply, daemon=True).start()
        settings.BOOSTER_CLAMD = f"127.0.0.1:{server.getsockname()[1]}"
        assert levels(health.scanner(NOW)) == {("scanner", level)}


def test_a_scanner_that_is_away_stops(settings):
    settings.BOOSTER_CLAMD = "/nowhere/clamd.sock"
    assert levels(health.scanner(NOW)) == {("scanner", STOPS)}


def test_the_time_zones_are_known():
    assert levels(health.zones(NOW)) == {("time zones", FINE)}


@pytest.mark.django_db
def test_the_database_is_found_and_whole():
    assert {level for about, level in levels(health.database(NOW)) if about == "database"} <= {FINE, LOOK}


@pytest.mark.django_db
def test_the_verdict_is_told_as_json_and_as_exit_code(capsys, settings):
    settings.BOOSTER_DEMO = False
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", "--json")
    found = json.loads(capsys.readouterr().out)
    assert ended.value.code == 1
    assert {"about", "level", "says", "do"} == set(found[0])


@pytest.mark.django_db
def test_the_verdict_is_told_in_words(capsys):
    with pytest.raises(SystemExit):
        call_command("doctor")
    told = capsys.readouterr().out
    assert "→" in told
    assert told.rstrip().endswith("to look at.")
