"""The maps tell what the code does now."""

import pytest

from booster.home.management.maps import MAPS, every, name_of
from booster.kit.access import any_of
from booster.kit.access import every as all_of
from tests.house.reading import ROOT


@pytest.mark.parametrize("name", MAPS)
def test_a_map_is_fresh(name: str) -> None:
    """Stale? `python3 run.py maps`, then look at what changed: somebody may do more, or something happens unasked."""
    assert (ROOT / "docs" / "maps" / name).read_text() == MAPS[name]()


def is_tall(actor: object, thing: object) -> str | None:
    return None


def is_kind(actor: object, thing: object) -> str | None:
    return None


def test_a_rule_made_of_rules_tells_its_parts() -> None:
    assert name_of(any_of(is_tall, all_of(is_kind, is_tall))) == "any_of(is_tall, every(is_kind, is_tall))"


@pytest.mark.parametrize("seconds, said", [(60, "minute"), (900, "15 minutes"), (86400, "day"), (90, "90 seconds")])
def test_a_beat_tells_its_time_in_the_largest_whole_word(seconds: int, said: str) -> None:
    assert every(seconds) == said
