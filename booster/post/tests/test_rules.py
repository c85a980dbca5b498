from datetime import timedelta

import pytest

from booster.post import rules
from booster.post.states import LETTER
from booster.post.tests.make import NOW


@pytest.mark.parametrize("bad", ["a\nBcc: all@example.org", "a\r\nb", "a\rb", "a\x00b", "a\u2028b", "a\x0bb"])
def test_a_line_break_in_a_header_is_refused(bad):
    with pytest.raises(rules.UnfitLetter, match="The reply to of a letter must be one line"):
        rules.one_line(subject="fine", reply_to=bad)


def test_one_line_is_fine():
    rules.one_line(subject="Ευχαριστούμε – “you’re in”", name="")


def test_the_message_id_tells_the_key_and_nothing_else():
    one = rules.message_id("receipt-1", "academy.example.org")
    assert one == rules.message_id("receipt-1", "academy.example.org")
    assert one != rules.message_id("receipt-2", "academy.example.org")
    assert one.startswith("<")
    assert one.endswith("@academy.example.org>")
    assert "receipt" not in one


def test_a_server_that_is_away_is_asked_again_soon():
    waits = [(rules.next_try(n, NOW, reachable=False) - NOW).total_seconds() for n in (1, 2, 3, 4, 40)]
    assert waits == [30, 60, 120, 300, 300]


def test_a_server_that_says_not_now_is_asked_less_and_less():
    waits = [(rules.next_try(n, NOW, reachable=True) - NOW).total_seconds() for n in (1, 2, 3, 4, 5, 9)]
    assert waits == [60, 300, 900, 3600, 14400, 14400]


def test_hope_ends_after_more_than_a_day():
    assert not rules.is_hopeless(NOW, NOW + timedelta(hours=29))
    assert rules.is_hopeless(NOW, NOW + timedelta(hours=30))


def test_what_the_server_says_becomes_one_line():
    assert rules.reply_text(451, b"try\r\n later \xff") == "451 try later \ufffd"
    assert rules.reply_text(250, "OK") == "250 OK"
    assert len(rules.reply_text(550, "x" * 999)) == 300


def test_codes_from_500_are_final():
    assert [rules.is_permanent(code) for code in (450, 499, 500, 554, 599, -1)] == [
        False, False, True, True, True, False,
    ]  # fmt: skip


def test_every_state_of_a_letter_can_be_reached():
    assert LETTER.unreachable() == set()


REPORT = b"""From: MAILER-DAEMON@mx.example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; paula@example.org
Action: %s
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1
  no such user

--b
Content-Type: %s

Message-ID: <abc@academy.example.org>
Subject: We have your application

--b--
"""


@pytest.mark.parametrize("quoted", [b"text/rfc822-headers", b"message/rfc822"])
def test_a_delivery_report_names_letter_and_reason(quoted):
    assert rules.returned(REPORT % (b"failed", quoted)) == rules.Returned(
        "<abc@academy.example.org>", "smtp; 550 5.1.1 no such user"
    )


def test_a_report_of_a_delay_is_no_return():
    assert rules.returned(REPORT % (b"delayed", b"message/rfc822")) is None


def test_a_report_without_a_reason_in_words_gives_the_status():
    report = REPORT.replace(b"Diagnostic-Code: smtp; 550 5.1.1\n  no such user\n", b"")
    assert rules.returned(report % (b"failed", b"message/rfc822")).reason == "5.1.1"


@pytest.mark.parametrize("other", [b"", b"Subject: Hello\n\nI am on holiday.", b"\xff\xfe\x00", REPORT[:300]])
def test_other_mail_is_no_report(other):
    assert rules.returned(other) is None
