from datetime import timedelta

import pytest

from booster.chronicle import rules
from booster.chronicle.states import ERRAND
from booster.chronicle.tests.make import NOW


def test_an_errand_waits_longer_after_each_failure():
    assert [rules.delay(n).total_seconds() for n in (1, 2, 3, 4, 5, 9)] == [10, 60, 600, 3600, 3600, 3600]


def test_five_tries_are_all():
    assert not rules.is_spent(4)
    assert rules.is_spent(5)


def test_every_state_of_an_errand_can_be_reached():
    assert ERRAND.unreachable() == set()
    assert ERRAND.states == ("todo", "done", "given_up")


@pytest.mark.parametrize(
    ("trouble", "line"),
    [
        (ValueError("no such place"), "ValueError: no such place"),
        (ValueError("first line\nsecond line"), "ValueError: first line"),
        (KeyError(), "KeyError"),
        (ValueError("paula@example.org is not known"), "ValueError: … is not known"),
        (ValueError("“Paula Petrova” is not known"), "ValueError: … is not known"),
        (KeyError("Paula"), "KeyError: …"),
        (ValueError("x" * 900), "ValueError: " + "x" * 188),
    ],
)
def test_trouble_is_told_in_a_line_without_people(trouble, line):
    assert rules.in_short(trouble) == line


def test_a_beat_is_due_when_it_never_ran_or_ran_long_ago():
    hour = timedelta(hours=1)
    assert rules.is_due(None, hour, NOW)
    assert rules.is_due(NOW - hour, hour, NOW)
    assert not rules.is_due(NOW - hour + timedelta(seconds=1), hour, NOW)


def test_a_sentence_is_filled_and_an_unknown_word_is_a_gap():
    assert rules.told("{actor} opened {thing} to {whom}", {"actor": "Olga", "thing": "the call"}) == (
        "Olga opened the call to …"
    )


def test_what_stands_in_a_payload_cannot_format_or_turn_the_line():
    words = {"actor": "Olga", "thing": "{actor.__class__}\u202etxt\u200b\n\x07 end"}
    assert rules.told("{actor}: {thing}", words) == "Olga: {actor.__class__}txt end"


def test_an_endless_value_is_cut():
    assert rules.plain("x" * 1000) == "x" * 299 + "…"
