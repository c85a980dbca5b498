import pytest

from booster.kit import inlets


@pytest.fixture(autouse=True)
def _own_table(monkeypatch):
    monkeypatch.setattr(inlets, "_fragments", {})


def one(request, thing) -> str:
    return "one"


def two(request, thing) -> str:
    return "two"


def test_a_place_holds_what_rooms_offer_in_order_and_nothing_twice():
    inlets.offer({"desk": [one]})
    inlets.offer({"desk": [one, two], "aside": [two]})
    assert inlets.fragments("desk") == [one, two]
    assert inlets.fragments("aside") == [two]


def test_a_place_that_nobody_fills_is_empty_and_cannot_be_filled_by_accident():
    inlets.fragments("desk").append(one)
    assert inlets.fragments("desk") == []
