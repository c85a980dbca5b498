from datetime import timedelta

import pytest

from booster.kit import beats
from booster.kit.beats import Beat


@pytest.fixture(autouse=True)
def _own_table(monkeypatch):
    monkeypatch.setattr(beats, "_beats", {})


def test_beats_are_kept_by_name_in_order_and_a_second_of_a_name_replaces_the_first():
    hourly = Beat("post.sweep", timedelta(hours=1), lambda at: 0)
    daily = Beat("calls.close", timedelta(days=1), lambda at: 1)
    again = Beat("post.sweep", timedelta(minutes=5), lambda at: 2)
    beats.keep([hourly, daily])
    beats.keep([again])
    assert beats.all_beats() == [daily, again]
