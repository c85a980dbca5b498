from datetime import UTC, datetime, time, timedelta

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


@pytest.mark.parametrize(
    "at, weekends, zone, goes",
    [
        ("2026-03-02T09:00", False, "", "2026-03-02T09:00"),  # Monday, ten in the morning in Brussels
        ("2026-03-02T03:00", False, "", "2026-03-02T07:00"),  # before the window opens
        ("2026-03-02T18:00", False, "", "2026-03-03T07:00"),  # the minute at which it closes
        ("2026-03-06T20:00", False, "", "2026-03-09T07:00"),  # Friday night: Monday
        ("2026-03-06T20:00", True, "", "2026-03-07T07:00"),  # Friday night: Saturday
        ("2026-03-07T12:00", False, "", "2026-03-09T07:00"),  # Saturday noon
        ("2026-03-02T18:00", False, "Atlantic/Azores", "2026-03-02T18:00"),  # still afternoon there
        ("2026-03-02T18:00", False, "Nowhere/Nowhere", "2026-03-03T07:00"),
        ("2026-03-27T20:00", False, "", "2026-03-30T06:00"),  # the clocks went forward on Sunday
    ],
)
def test_a_letter_leaves_in_its_hours(at, weekends, zone, goes):
    window = rules.Window(time(8), time(19), weekends, "Europe/Brussels")
    told = window.next_moment(datetime.fromisoformat(f"{at}+00:00"), zone)
    assert told.strftime("%Y-%m-%dT%H:%M") == goes


@pytest.mark.parametrize(
    ("latest", "goes"),
    [
        ("2026-03-09T08:00", "2026-03-09T07:00"),  # Monday morning is early enough
        ("2026-03-08T20:00", "2026-03-06T20:00"),  # too late by then: it leaves on Friday night
        ("", "2026-03-09T07:00"),
    ],
)
def test_a_letter_leaves_at_night_rather_than_too_late(latest, goes):
    window, friday = rules.Window(time(8), time(19), False, "Europe/Brussels"), datetime(2026, 3, 6, 20, tzinfo=UTC)
    told = window.in_time(friday, "", latest=datetime.fromisoformat(f"{latest}+00:00") if latest else None)
    assert told.strftime("%Y-%m-%dT%H:%M") == goes
