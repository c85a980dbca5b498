"""`booster bounces`: files, mailboxes on disk, and a pipe from a mail server."""

import io
import mailbox
import sys

import pytest
from django.core.management import CommandError, call_command

from booster.post.models import Letter
from booster.post.tests import make
from booster.post.tests.make import NOW
from booster.post.tests.reports import HOLIDAY, report

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    made = make.letter()
    Letter.objects.update(state="sent", sent_at=NOW)
    return made


def run(*sources):
    out = io.StringIO()
    call_command("bounces", *map(str, sources), stdout=out)
    return out.getvalue()


def state(letter):
    return Letter.objects.get(pk=letter.pk).state


def test_a_mail_in_a_file(letter, tmp_path):
    file = tmp_path / "mail.eml"
    file.write_bytes(report(message_id=letter.message_id))
    assert run(file, file) == "1 came back for good; 1 were known\n"
    assert state(letter) == "bounced"


@pytest.mark.parametrize("kind", [mailbox.mbox, mailbox.Maildir])
def test_an_mbox_and_a_maildir(letter, tmp_path, kind):
    box = kind(str(tmp_path / "box"), create=True)
    for mail in (HOLIDAY, report(message_id=letter.message_id)):
        box.add(mail)
    box.close()
    assert run(tmp_path / "box") == "1 came back for good; 1 say nothing of a letter of ours\n"
    assert state(letter) == "bounced"


class Pipe:
    def __init__(self, raw):
        self.buffer = io.BytesIO(raw)


def test_a_mail_server_pipes_one_mail_and_hears_nothing(letter, monkeypatch):
    monkeypatch.setattr(sys, "stdin", Pipe(report(message_id=letter.message_id)))
    assert run("-") == ""
    assert state(letter) == "bounced"


def test_a_mail_server_is_asked_to_come_again_while_the_letter_is_being_sent(letter, monkeypatch):
    Letter.objects.update(state="sending")
    monkeypatch.setattr(sys, "stdin", Pipe(report(message_id=letter.message_id)))
    with pytest.raises(SystemExit) as ended:
        run("-")
    assert ended.value.code == 75


def test_a_huge_mail_is_taken_from_the_pipe_and_refused(letter, monkeypatch):
    pipe = Pipe(b"Subject: x\n\n" + b"x" * 5_000_000)
    monkeypatch.setattr(sys, "stdin", pipe)
    assert run("-") == ""
    assert pipe.buffer.read() == b""


def test_a_file_that_is_not_there_is_one_line(tmp_path):
    with pytest.raises(CommandError, match="nowhere: No such file or directory"):
        run(tmp_path / "nowhere")
    with pytest.raises(CommandError, match="no maildir"):
        run(tmp_path)
    (tmp_path / "empty").write_bytes(b"")
    assert run(tmp_path / "empty") == "1 say nothing of a letter of ours\n"
