from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booster.academies.rules import (
    DayPlan,
    LegPlan,
    PhasePlan,
    phase_on,
    phases_from,
    shape_problems,
    shifted,
    span,
    standing,
)


def days(*written: str) -> tuple[DayPlan, ...]:
    return tuple(DayPlan(date.fromisoformat(day)) for day in written)


EDITIONS = {  # the shapes of the four editions that were held
    "first": (
        [
            LegPlan("online", "Online", days("2022-12-01", "2022-12-02")),
            LegPlan("in_person", "Strasbourg", days("2023-03-02", "2023-03-03")),
        ],
        (date(2022, 8, 19), date(2022, 10, 24)),
        [
            ("calls", "2022-08-19", "2022-10-24"),
            ("cohort", "2022-10-25", "2022-11-12"),
            ("needs", "2022-11-13", "2022-11-30"),
            ("online", "2022-12-01", "2022-12-02"),
            ("between", "2022-12-03", "2023-03-01"),
            ("in_person", "2023-03-02", "2023-03-03"),
            ("roadmap", "2023-03-04", "2023-04-02"),
            ("follow_up", "2023-04-03", "2024-03-02"),
        ],
    ),
    "second": (
        [
            LegPlan("online", "Online", days("2023-06-06", "2023-06-07")),
            LegPlan("in_person", "Turin", days("2023-09-21", "2023-09-22")),
        ],
        (date(2023, 5, 2), date(2023, 5, 26)),
        [
            ("calls", "2023-05-02", "2023-05-26"),
            ("cohort", "2023-05-27", "2023-05-31"),
            ("needs", "2023-06-01", "2023-06-05"),
            ("online", "2023-06-06", "2023-06-07"),
            ("between", "2023-06-08", "2023-09-20"),
            ("in_person", "2023-09-21", "2023-09-22"),
            ("roadmap", "2023-09-23", "2023-10-22"),
            ("follow_up", "2023-10-23", "2024-09-21"),
        ],
    ),
    "third": (
        [
            LegPlan("online", "Three mornings", days("2024-01-23", "2024-01-24", "2024-01-25")),
            LegPlan("in_person", "Sofia", days("2024-03-11", "2024-03-12")),
        ],
        (date(2023, 12, 1), date(2024, 1, 12)),
        [
            ("calls", "2023-12-01", "2024-01-12"),
            ("cohort", "2024-01-13", "2024-01-17"),
            ("needs", "2024-01-18", "2024-01-22"),
            ("online", "2024-01-23", "2024-01-25"),
            ("between", "2024-01-26", "2024-03-10"),
            ("in_person", "2024-03-11", "2024-03-12"),
            ("roadmap", "2024-03-13", "2024-04-11"),
            ("follow_up", "2024-04-12", "2025-03-12"),
        ],
    ),
    "fourth": (
        [
            LegPlan("online", "Three dates", days("2024-11-06", "2024-11-11", "2024-11-15")),
            LegPlan("in_person", "Coaching", days("2025-03-13", "2025-03-14")),
        ],
        None,
        [
            ("online", "2024-11-06", "2024-11-15"),
            ("between", "2024-11-16", "2025-03-12"),
            ("in_person", "2025-03-13", "2025-03-14"),
            ("roadmap", "2025-03-15", "2025-04-13"),
            ("follow_up", "2025-04-14", "2026-03-14"),
        ],
    ),
}


@pytest.mark.parametrize("legs, calls, expected", EDITIONS.values(), ids=EDITIONS)
def test_the_phases_of_the_four_editions_follow_from_their_dates(legs, calls, expected):
    phases = phases_from(legs, calls=calls)
    assert [(p.kind, str(p.starts_on), str(p.ends_on)) for p in phases] == expected


def test_an_edition_without_days_has_at_most_its_calls():
    assert phases_from([], calls=None) == []
    assert [p.kind for p in phases_from([], calls=(date(2030, 1, 1), date(2030, 1, 2)))] == ["calls"]


def test_a_call_that_ends_the_day_before_leaves_no_time_to_ask_for_needs():
    legs = [LegPlan("online", "Online", days("2030-01-03"))]
    assert [p.kind for p in phases_from(legs, calls=(date(2030, 1, 1), date(2030, 1, 2)))] == [
        "calls",
        "online",
        "roadmap",
        "follow_up",
    ]


def test_legs_in_the_other_order_have_no_between():
    legs = [LegPlan("in_person", "First", days("2030-01-03")), LegPlan("online", "Then", days("2030-02-03"))]
    assert "between" not in [p.kind for p in phases_from(legs, calls=None)]


def test_what_is_wrong_with_a_shape_is_said_in_sentences():
    legs = [
        LegPlan("online", "Empty", ()),
        LegPlan("online", "Twice", days("2030-01-03", "2030-01-03")),
        LegPlan("online", "Backwards", (DayPlan(date(2030, 1, 4), time(17), time(9)),)),
    ]
    assert shape_problems(legs) == [
        "“Empty” has no day.",
        "“Twice” names the same day twice.",
        "Day 1 of “Backwards” closes before it opens.",
    ]


def test_shifting_moves_every_day_and_nothing_else():
    legs = [LegPlan("online", "Online", days("2024-02-28", "2024-02-29"), place="x")]
    assert shifted(legs, timedelta(days=366)) == [
        LegPlan("online", "Online", days("2025-02-28", "2025-03-01"), place="x")
    ]


@given(st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)), max_size=6, unique=True), st.integers(-400, 400))
def test_shifting_there_and_back_changes_nothing(dates, by):
    legs = [LegPlan("online", "Online", tuple(DayPlan(day) for day in dates))]
    assert shifted(shifted(legs, timedelta(days=by)), timedelta(days=-by)) == legs


def test_the_span_of_a_kind_of_leg():
    legs = EDITIONS["third"][0]
    assert span(legs, "online") == (date(2024, 1, 23), date(2024, 1, 25))
    assert span(legs) == (date(2024, 1, 23), date(2024, 3, 12))
    assert span([], "online") is None


def test_a_day_lies_in_the_later_of_two_phases_that_overlap():
    phases = [
        PhasePlan("calls", date(2030, 1, 1), date(2030, 1, 10)),
        PhasePlan("cohort", date(2030, 1, 5), date(2030, 1, 20)),
    ]
    assert [phase_on(phases, date(2030, 1, day)) for day in (1, 7, 15, 25)] == ["calls", "cohort", "cohort", None]


def test_a_phase_is_past_now_or_next():
    phase = PhasePlan("calls", date(2030, 1, 5), date(2030, 1, 10))
    assert [standing(phase, date(2030, 1, day)) for day in (4, 5, 10, 11)] == ["next", "now", "now", "past"]
