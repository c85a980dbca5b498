"""One action for every report, however it came."""

import logging
from datetime import timedelta

import pytest

from booster.post import actions, rules
from booster.post.models import Attempt, DeadAddress, Letter
from booster.post.tests import make
from booster.post.tests.make import NOW
from booster.post.tests.reports import HOLIDAY, SPAM, report

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def letter(settings):
    settings.BOOSTER_BOUNCES = "bounces@academy.example.org"
    made = make.letter()
    Letter.objects.update(state="sent", sent_at=NOW, attempts=1)
    made.refresh_from_db()
    return made


def about(letter, **more):
    return report(message_id=letter.message_id, **more)


def test_a_letter_that_came_back_says_why_and_marks_its_address(letter):
    assert actions.take_report(about(letter), at=LATER) == "bounced"
    letter.refresh_from_db()
    assert (letter.state, letter.trouble) == ("bounced", "smtp; 550 5.1.1 no such user")
    attempt = Attempt.objects.get()
    assert (attempt.outcome, attempt.at, str(attempt)) == ("bounced", LATER, "bounced: smtp; 550 5.1.1 no such user")
    dead = DeadAddress.objects.get()
    assert (str(dead), dead.since, dead.reason) == ("paula@example.org", LATER, "smtp; 550 5.1.1 no such user")


def test_the_same_report_twice_changes_nothing(letter):
    for kind, again in (({}, "known"), ({"action": "delayed"}, "known")):
        actions.take_report(about(letter, **kind), at=LATER)
        assert actions.take_report(about(letter, **kind), at=LATER) == again
    assert Attempt.objects.count() == 1


def test_the_return_path_alone_is_enough(letter, settings):
    path = rules.return_path(settings.BOOSTER_BOUNCES, letter.pk, settings.SECRET_KEY)
    assert actions.take_report(report(f"To: {path}", message_id=""), at=LATER) == "bounced"


def test_a_refused_text_says_nothing_of_the_address(letter):
    assert actions.take_report(about(letter, status="5.7.1"), at=LATER) == "bounced"
    assert not DeadAddress.objects.exists()


def test_a_full_mailbox_gets_the_letter_twice_more(letter):
    for _ in range(2):
        assert actions.take_report(about(letter, status="4.2.2"), at=LATER) == "returned"
        letter.refresh_from_db()
        assert (letter.state, letter.not_before, letter.attempts) == ("released", LATER + timedelta(hours=12), 0)
        assert actions.take_report(about(letter, status="4.2.2"), at=LATER) == "known"
        Letter.objects.update(state="sent")
    assert actions.take_report(about(letter, status="4.2.2"), at=LATER) == "bounced"
    assert not DeadAddress.objects.exists()


def test_a_delay_is_kept_with_the_letter_once(letter):
    assert actions.take_report(about(letter, action="delayed", status="4.4.1"), at=LATER) == "late"
    assert actions.take_report(about(letter, action="delayed", status="4.4.1"), at=LATER) == "known"
    letter.refresh_from_db()
    assert (letter.state, Attempt.objects.get().outcome) == ("sent", "late")


def test_a_letter_in_a_workers_hand_is_asked_about_again(letter):
    Letter.objects.update(state="sending")
    assert actions.take_report(about(letter), at=LATER) == "early"


@pytest.mark.parametrize("state", ["held", "released", "discarded", "failed", "bounced"])
def test_a_letter_that_is_not_out_cannot_come_back(letter, state):
    Letter.objects.update(state=state)
    assert actions.take_report(about(letter), at=LATER) == "known"
    letter.refresh_from_db()
    assert letter.state == state


@pytest.mark.parametrize(
    "raw, why",
    [
        (report(message_id="<forged@academy.example.org>"), "it speaks of no letter of ours"),
        (HOLIDAY, "it is no delivery report"),
        (SPAM, "it is no delivery report"),
        (b"x" * 2_000_000, "it is too large"),
    ],
)
def test_what_cannot_be_believed_changes_nothing_and_is_logged_without_a_name(letter, raw, why, caplog):
    with caplog.at_level(logging.WARNING):
        assert actions.take_report(raw, at=LATER) == "refused"
    assert caplog.messages == [f"a mail to the bounce address was refused: {why}"]
    letter.refresh_from_db()
    assert (letter.state, Attempt.objects.count(), DeadAddress.objects.count()) == ("sent", 0, 0)


def test_sending_again_or_saying_so_clears_the_mark(letter):
    actions.take_report(about(letter), at=LATER)
    letter.refresh_from_db()
    actions.retry(letter, by=None, at=LATER)
    assert not DeadAddress.objects.exists()
    Letter.objects.update(state="sent")
    actions.take_report(about(letter), at=LATER)
    assert actions.believe_in("Paula@example.org", by=None, at=LATER) == 1
    assert actions.believe_in("Paula@example.org", by=None, at=LATER) == 0


def test_forgetting_somebody_forgets_that_the_address_was_dead(letter):
    actions.take_report(about(letter), at=LATER)
    actions.forget(make.person(), by=None, at=LATER)
    assert not DeadAddress.objects.exists()


def test_of_two_workers_one_reads_the_mailbox():
    mine = actions.take_mailbox("mail.example.org:993/INBOX", at=NOW)
    assert actions.take_mailbox("mail.example.org:993/INBOX", at=NOW + timedelta(minutes=4)) is None
    taken_over = actions.take_mailbox("mail.example.org:993/INBOX", at=NOW + timedelta(minutes=5))
    actions.leave_mailbox(mine, at=LATER)  # too late: it is another's now
    assert actions.take_mailbox("mail.example.org:993/INBOX", at=NOW + timedelta(minutes=6)) is None
    actions.leave_mailbox(taken_over, at=LATER, trouble="abort: away")
    mailbox = actions.take_mailbox("mail.example.org:993/INBOX", at=LATER)
    assert (str(mailbox), mailbox.read_at, mailbox.trouble) == ("mail.example.org:993/INBOX", None, "abort: away")
    actions.leave_mailbox(mailbox, at=LATER)
    mailbox.refresh_from_db()
    assert (mailbox.read_at, mailbox.trouble, mailbox.leased_until) == (LATER, "", None)
