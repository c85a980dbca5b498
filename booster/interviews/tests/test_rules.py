"""Times in a row, and who is reminded."""

from datetime import datetime, timedelta

from booster.interviews import rules

NINE = datetime(2023, 3, 1, 9, 0)


def test_talks_follow_one_another_with_a_pause():
    found = rules.series(NINE, count=3, minutes=30, pause=10)
    assert [one.strftime("%H:%M") for one in found] == ["09:00", "09:40", "10:20"]


def test_a_series_has_at_least_one_time_and_an_end():
    assert rules.series(NINE, count=0, minutes=30, pause=0) == [NINE]
    assert len(rules.series(NINE, count=9999, minutes=5, pause=0)) == 100


def test_a_talk_is_told_again_in_the_day_before_it_unless_it_was_chosen_then():
    before = NINE - timedelta(days=3)
    assert rules.is_reminded(NINE, before, at=NINE - timedelta(hours=23))
    assert not rules.is_reminded(NINE, before, at=NINE - timedelta(hours=25))
    assert not rules.is_reminded(NINE, before, at=NINE)
    assert not rules.is_reminded(NINE, NINE - timedelta(hours=20), at=NINE - timedelta(hours=3))
