"""Reading the mailbox of a real IMAP server (Dovecot, where it is installed)."""

import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest

from booster.post import tasks
from booster.post.models import Letter, Mailbox
from booster.post.tests import make
from booster.post.tests.make import NOW
from booster.post.tests.reports import HOLIDAY, report

pytestmark = pytest.mark.django_db
DOVECOT = shutil.which("dovecot", path="/usr/sbin:/usr/bin")
needs_dovecot = pytest.mark.skipif(
    not DOVECOT or os.geteuid() != 0, reason="Dovecot is not installed (dovecot-imapd), or this is not its owner"
)
CONFIGURATION = """
base_dir = {here}/run
state_dir = {here}/state
log_path = {here}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{here}/mail/%u:INDEX=MEMORY
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={here}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
"""


@pytest.fixture
def dovecot(free_port):
    """A Dovecot of its own, as large as it needs to be, ended when the test is over."""
    with TemporaryDirectory(prefix="dovecot-") as folder:
        here = Path(folder)
        here.chmod(0o755)  # pytest's own folder is closed to the user as whom Dovecot opens mailboxes
        (here / "mail").mkdir()
        shutil.chown(here / "mail", pwd.getpwnam("nobody").pw_uid)
        (here / "conf").write_text(CONFIGURATION.format(here=here, port=free_port))
        process = subprocess.Popen([DOVECOT, "-F", "-c", str(here / "conf")], stderr=subprocess.DEVNULL)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", free_port)) == 0:
                    break
            time.sleep(0.05)
        yield free_port
        process.terminate()
        process.wait(20)


@pytest.fixture
def line(dovecot):
    """The owner of the mailbox, looking at it beside the worker."""
    with imaplib.IMAP4("127.0.0.1", dovecot, timeout=10) as line:
        line.login("bounces", "secret")
        line.create("Read")
        yield line


def aim(settings, port, done="", password="secret"):
    settings.BOOSTER_MAILBOX = SimpleNamespace(
        host="127.0.0.1", port=port, user="bounces", password=password, folder="INBOX", done=done, tls="",
        place=f"127.0.0.1:{port}/INBOX",
    )  # fmt: skip


def sent_letter(key="receipt-1"):
    letter = make.letter(key)
    Letter.objects.filter(pk=letter.pk).update(state="sent", sent_at=NOW)
    return letter


def seen(line, folder="INBOX"):
    """How many mails lie in a folder, and how many of them are marked as read."""
    line.select(folder, readonly=True)
    return tuple(len(line.search(None, which)[1][0].split()) for which in ("ALL", "SEEN"))


@needs_dovecot
def test_reports_are_read_once_and_stay_where_they_are(line, dovecot, settings):
    aim(settings, dovecot)
    letter, other = sent_letter(), sent_letter("receipt-2")
    for mail in (report(message_id=letter.message_id), HOLIDAY, b"Subject: huge\n\n" + b"x" * 1_500_000):
        line.append("INBOX", None, None, mail.replace(b"\n", b"\r\n"))
    assert tasks.read_mailbox(at=NOW) == 1
    letter.refresh_from_db()
    assert (letter.state, Letter.objects.get(pk=other.pk).state) == ("bounced", "sent")
    assert seen(line) == (3, 3)
    assert tasks.read_mailbox(at=NOW) == 0
    mailbox = Mailbox.objects.get()
    assert (mailbox.place, mailbox.trouble, mailbox.read_at) == (f"127.0.0.1:{dovecot}/INBOX", "", NOW)


@needs_dovecot
def test_reports_move_to_a_folder_when_one_is_named(line, dovecot, settings):
    aim(settings, dovecot, "Read")
    letter = sent_letter()
    line.append("INBOX", r"(\Seen)", None, report(message_id=letter.message_id))  # somebody looked at it meanwhile
    assert tasks.read_mailbox(at=NOW) == 1
    assert (seen(line), seen(line, "Read")) == ((0, 0), (1, 1))


@needs_dovecot
def test_a_report_about_a_letter_in_hand_waits_for_the_next_round(line, dovecot, settings):
    aim(settings, dovecot)
    letter = sent_letter()
    Letter.objects.update(state="sending")
    line.append("INBOX", None, None, report(message_id=letter.message_id))
    assert tasks.read_mailbox(at=NOW) == 0
    assert seen(line) == (1, 0)
    Letter.objects.update(state="sent")
    assert tasks.read_mailbox(at=NOW) == 1
    assert seen(line) == (1, 1)


@needs_dovecot
@pytest.mark.parametrize(
    "done, password, trouble",
    [("", "wrong", "AUTHENTICATIONFAILED"), ("Nowhere", "secret", "MOVE was refused")],
)
def test_what_goes_wrong_is_kept_and_loses_nothing(line, dovecot, settings, done, password, trouble):
    aim(settings, dovecot, done, password=password)
    letter = sent_letter()
    line.append("INBOX", None, None, report(message_id=letter.message_id))
    tasks.read_mailbox(at=NOW)
    mailbox = Mailbox.objects.get()
    assert trouble in mailbox.trouble
    assert (mailbox.leased_until, seen(line)[0]) == (None, 1)


def test_a_server_that_is_away_is_no_disaster(settings, free_port):
    aim(settings, free_port)
    assert tasks.read_mailbox(at=NOW) == 0
    assert Mailbox.objects.get().trouble.startswith("ConnectionRefusedError: ")


@pytest.mark.parametrize("greeting", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"* BYE \xff\r\n", b"x" * 2_000_000])
def test_a_server_that_is_no_mailbox_is_no_disaster(settings, greeting):
    with socket.create_server(("127.0.0.1", 0)) as server:
        aim(settings, server.getsockname()[1])

        def answer():
            talk, _ = server.accept()
            with talk, suppress(OSError):
                talk.sendall(greeting)

        thread = threading.Thread(target=answer)
        thread.start()
        assert tasks.read_mailbox(at=NOW) == 0
        thread.join()
    assert Mailbox.objects.get().trouble != ""


def test_without_a_mailbox_or_in_the_demo_nothing_is_read(settings):
    assert tasks.read_mailbox(at=NOW) == 0
    aim(settings, 1)
    settings.BOOSTER_DEMO = True
    assert tasks.read_mailbox(at=NOW) == 0
    assert not Mailbox.objects.exists()


def test_two_workers_do_not_read_the_same_mailbox(settings):
    from booster.post import actions

    aim(settings, 1)
    actions.take_mailbox("127.0.0.1:1/INBOX", at=NOW)
    assert tasks.read_mailbox(at=NOW) == 0
    assert Mailbox.objects.get().trouble == ""
