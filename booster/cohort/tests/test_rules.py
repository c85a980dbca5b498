from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booster.cohort.rules import Waiting, answer_by, next_up, seats_left


def test_an_offer_ends_with_the_last_minute_of_a_day_in_the_zone_of_the_call():
    offered = datetime(2022, 10, 27, 22, 30, tzinfo=UTC)  # past midnight in Brussels: the 28th
    assert answer_by(offered, days=5, zone="Europe/Brussels") == datetime(2022, 11, 2, 22, 59, tzinfo=UTC)


def test_an_offer_across_the_change_of_clocks_ends_at_the_same_wall_clock_minute():
    offered = datetime(2022, 10, 28, 10, 0, tzinfo=UTC)
    assert answer_by(offered, days=5, zone="Europe/Brussels") == datetime(2022, 11, 2, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize("seats, taken, left", [(27, 20, 7), (27, 27, 0), (27, 30, 0), (0, 0, 0)])
def test_seats_left_are_never_below_zero(seats, taken, left):
    assert seats_left(seats=seats, taken=taken) == left


LIST = [Waiting("b", 2), Waiting("a", 1), Waiting("c", 3)]


def test_the_first_who_keeps_all_limits_in_the_seat_moves_up():
    fits = {"a": ["x"], "b": ["y"], "c": ["x", "y"]}
    assert next_up(LIST, leaving="y", seats_of_reserve=fits) == (
        "b",
        "first on the reserve list who keeps all limits in this seat",
    )


def test_without_anybody_who_fits_the_first_on_the_list_moves_up():
    assert next_up(LIST, leaving="z", seats_of_reserve={}) == (
        "a",
        "first on the reserve list; nobody on it keeps all limits in this seat",
    )


def test_nobody_moves_up_from_an_empty_list():
    assert next_up([], leaving="x", seats_of_reserve={"a": ["x"]}) is None


@given(st.permutations(LIST), st.sampled_from(["x", "y", "z"]))
def test_who_moves_up_does_not_depend_on_the_order_of_rows(waiting, leaving):
    fits = {"a": ["x"], "b": ["y"]}
    assert next_up(waiting, leaving=leaving, seats_of_reserve=fits) == next_up(
        LIST, leaving=leaving, seats_of_reserve=fits
    )
