"""What a mail to the bounce address says, and what it cannot make us believe."""

import time

import pytest

from booster.post import rules
from booster.post.rules import NoReport, read_report
from booster.post.tests.reports import EXCHANGE, HOLIDAY, SPAM, report

BOUNCES, SECRET = "bounces@academy.example.org", "a secret of this house"


@pytest.mark.parametrize("quoted", ["text/rfc822-headers", "message/rfc822", "message/global-headers"])
def test_a_delivery_report_names_letter_and_reason(quoted):
    told = read_report(report(quoted=quoted, said="smtp; 550 5.1.1\n  no such user"))
    assert told == rules.Report(None, ("<abc@academy.example.org>",), "hard", True, "smtp; 550 5.1.1 no such user")


def test_a_signed_return_path_names_the_letter_by_itself():
    path = rules.return_path(BOUNCES, 17, SECRET)
    assert path.startswith("bounces+17.")
    for header in (f"To: <{path}>", f"To: MAILER <{path.upper()}>", f"To: x@y.example\nDelivered-To: {path}"):
        told = read_report(report(header, message_id=""), bounces=BOUNCES, secret=SECRET)
        assert (told.letter, told.message_ids) == (17, ())


@pytest.mark.parametrize(
    "to",
    [
        rules.return_path(BOUNCES, 17, "the secret of another house"),
        rules.return_path("bounces@elsewhere.example", 17, SECRET),
        rules.return_path(BOUNCES, 17, SECRET).replace("+17.", "+18."),
        "bounces+17.0000000000000000@academy.example.org",
        "bounces+" + "9" * 400 + ".0000000000000000@academy.example.org",
    ],
)
def test_a_return_path_that_we_did_not_sign_names_nothing(to):
    with pytest.raises(NoReport, match="it names no letter"):
        read_report(report(f"To: <{to}>", message_id=""), bounces=BOUNCES, secret=SECRET)


def test_a_return_path_inside_the_quoted_letter_does_not_count():
    raw = report("To: a@b.example", message_id="").replace(
        b"Subject: We have", b"To: " + rules.return_path(BOUNCES, 17, SECRET).encode() + b"\nSubject: We have"
    )
    with pytest.raises(NoReport, match="it names no letter"):
        read_report(raw, bounces=BOUNCES, secret=SECRET)


@pytest.mark.parametrize(
    "action, status, said, kind, dead",
    [
        ("failed", "5.1.1", "smtp; 550 no such user", "hard", True),
        ("failed", "5.0.0", "", "hard", True),
        ("failed", "5.2.1", "smtp; 550 mailbox disabled", "hard", True),
        ("failed", "5.4.4", "no such domain", "hard", True),
        ("failed", "5.7.1", "smtp; 550 looks like spam", "hard", False),
        ("failed", "5.3.4", "smtp; 552 too big", "hard", False),
        ("failed", "5.2.2", "smtp; 552 mailbox full", "soft", False),
        ("failed", "4.4.7", "smtp; 451 expired", "soft", False),
        ("failed", "", "smtp; 550 5.1.1 no such user", "hard", True),
        ("failed", "", "smtp; 452 full", "soft", False),
        ("failed", "", "nothing that can be told", "hard", False),
        ("delayed", "4.4.1", "smtp; 421 away", "late", False),
    ],
)
def test_hard_soft_and_late_are_told_apart(action, status, said, kind, dead):
    told = read_report(report(action=action, status=status, said=said))
    assert (told.kind, told.dead) == (kind, dead)


def test_a_report_without_a_reason_in_words_gives_the_status():
    assert read_report(report(said="")).reason == "5.1.1"


def test_the_reason_is_one_printable_line():
    told = read_report(report(said="smtp; 550 \x1b[31mred\u202e \x00 " + "x" * 900))
    assert told.reason.startswith("smtp; 550 [31mred")
    assert (len(told.reason), told.reason.isprintable()) == (300, True)


def test_a_report_that_quotes_nothing_but_answers_our_letter_is_understood():
    assert read_report(EXCHANGE).message_ids == ("<abc@academy.example.org>",)


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded", "FAILED?"])
def test_what_arrived_is_no_return(action):
    with pytest.raises(NoReport, match="it reports no failure"):
        read_report(report(action=action))


@pytest.mark.parametrize("other", [b"", HOLIDAY, SPAM, b"\xff\xfe\x00", report()[:330], b"From: x\n" * 5000])
def test_other_mail_is_no_report(other):
    with pytest.raises(NoReport, match="it is no delivery report"):
        read_report(other)


def _nested(depth):
    head = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) if n else b"" for n in range(depth)
    )
    return head + b"Content-Type: text/plain\n\nhello"


@pytest.mark.parametrize(
    "bomb, why",
    [
        (report() + b"x" * 1_000_000, "too large"),
        (_nested(40), "no delivery report"),
        (_nested(5000), "too many parts"),
        (b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nhello\n" * 5000, "too many parts"),
        (b"Content-Type: message/rfc822\n\n" * 5000, "too many parts"),
        (b"Content-Type: " + b"a/" * 200_000, "no delivery report"),
        (b'Content-Type: text/plain; charset="nonsense\xff"; name*0*=x; name*1*=\n\n', "no delivery report"),
    ],
)
def test_bombs_are_refused_at_once(bomb, why):
    begun = time.monotonic()
    with pytest.raises(NoReport, match=why):
        read_report(bomb)
    assert time.monotonic() - begun < 2
