from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booster.craft.presence import BadPresence, Rule, Session, Signal, Stay, attendance, overall, stays

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def at(minutes):
    return NINE + timedelta(minutes=minutes)


HOUR = Session("talk", at(0), at(60))


def one(*own, session=HOUR, **rule):
    (line,) = attendance([session], own, rule=Rule(**rule))
    return line


def codes(line):
    return [assumption.code for assumption in line.assumptions]


@pytest.mark.parametrize(
    "own, minutes, said",
    [
        ([Stay("ann", at(0), at(60))], 60, []),
        ([Stay("ann", at(5), at(50))], 45, []),
        ([Stay("ann", at(-5), at(70))], 60, ["early", "late"]),
        ([Stay("ann", at(10), None)], 50, ["no_leave"]),
        ([Stay("ann", None, at(10))], 0, ["no_join"]),
        ([Stay("ann", at(30), at(20))], 0, ["reversed"]),
        ([Stay("ann", at(-30), at(-20))], 0, ["outside"]),
        ([Stay("ann", at(70), None)], 0, ["outside"]),
        ([Stay("ann", at(0), at(40), "phone"), Stay("ann", at(20), at(60), "laptop")], 60, ["overlap"]),
        ([Stay("ann", at(0), at(40), "a"), Stay("ann", at(0), at(40), "b"), Stay("ann", at(1), at(9), "c")], 40, [
            "overlap"
        ]),
        ([Stay("ann", at(0), at(40)), Stay("ann", at(20), at(60))], 60, ["rejoined"]),
        ([Stay("ann", at(0), at(20)), Stay("ann", at(20), at(30))], 30, []),
        ([Stay("ann", at(0), at(20)), Stay("ann", at(40), at(60))], 40, []),
    ],
)  # fmt: skip
def test_minutes_of_one_person_and_what_was_assumed(own, minutes, said):
    line = one(*own)
    assert (line.minutes, codes(line)) == (minutes, said)


def test_a_missing_leave_may_be_left_out():
    line = one(Stay("ann", at(10), None), open_end=False)
    assert line.minutes == 0
    assert codes(line) == ["no_leave_dropped"]
    assert line.assumptions[0].sentence == "No leave is known for the join at 2026-03-02T09:10:00+00:00; not counted."


def test_breaks_count_for_nobody():
    session = Session("talk", at(0), at(60), [(at(20), at(30)), (at(25), at(40)), (at(55), at(90)), (at(-9), at(-1))])
    line = one(Stay("ann", at(10), at(45)), session=session)
    assert (line.minutes, line.whole) == (15, 35 * 60)
    assert line.spans == ((at(10), at(20)), (at(40), at(45)))


def test_the_rule_decides_at_its_threshold_exactly():
    assert one(Stay("ann", at(0), at(48))).sentence == ("48 of 60 minutes (80 %); attended, 80 % are asked for.")
    almost = one(Stay("ann", at(0), at(48) - timedelta(seconds=1)))
    assert (almost.attended, almost.share) == (False, Fraction(2879, 3600))
    assert almost.sentence == "47 of 60 minutes (79 %); not attended, 80 % are asked for."
    short = one(Stay("ann", at(0), at(60)), minutes=61)
    assert short.sentence == "60 of 60 minutes; not attended, at least 61 minutes are asked for."


def test_a_session_past_midnight_is_a_session():
    night = Session("late", datetime(2026, 3, 2, 23, tzinfo=UTC), datetime(2026, 3, 3, 1, tzinfo=UTC))
    stay = Stay("ann", datetime(2026, 3, 2, 23, 30, tzinfo=UTC), datetime(2026, 3, 3, 0, 30, tzinfo=UTC))
    assert one(stay, session=night).minutes == 60


def test_a_stay_over_two_sessions_counts_in_both_and_people_without_one_are_listed():
    later = Session("team", at(60), at(120))
    lines = attendance([HOUR, later], [Stay("ann", at(30), at(90))], people=["bea"])
    assert [(line.session, line.person, line.minutes) for line in lines] == [
        ("talk", "ann", 30),
        ("talk", "bea", 0),
        ("team", "ann", 30),
        ("team", "bea", 0),
    ]
    assert [line.sentence for line in overall(lines)] == [
        "0 of 2 sessions attended, 60 of 120 minutes in all.",
        "0 of 2 sessions attended, 0 of 120 minutes in all.",
    ]
    assert attendance([], [Stay("ann", at(0), at(1))]) == ()


def test_a_stay_outside_is_said_in_the_nearest_session_only():
    later = Session("team", at(120), at(180))
    lines = attendance([HOUR, later], [Stay("ann", at(100), at(110))])
    assert [codes(line) for line in lines] == [[], ["outside"]]


def test_signals_are_paired_by_person_and_device():
    paired = stays(
        [
            Signal("ann", at(50), joined=False, device="phone"),
            Signal("ann", at(0), joined=True, device="phone"),
            Signal("ann", at(10), joined=True, device="laptop"),
            Signal("bea", at(5), joined=False),
            Signal("cat", at(1), joined=True),
            Signal("cat", at(2), joined=True),
            Signal("cat", at(9), joined=False),
        ]
    )
    assert paired == (
        Stay("ann", at(10), None, "laptop"),
        Stay("ann", at(0), at(50), "phone"),
        Stay("bea", None, at(5)),
        Stay("cat", at(1), at(9)),
        Stay("cat", at(2), at(9)),
    )
    (cat,) = attendance([HOUR], [stay for stay in paired if stay.person == "cat"])
    assert (cat.minutes, codes(cat)) == (8, ["rejoined"])


@pytest.mark.parametrize(
    "call, culprit",
    [
        (lambda: one(Stay("ann", datetime(2026, 3, 2, 9), None)), "ann"),
        (lambda: one(Stay("ann", NINE.astimezone(timezone(timedelta(hours=1))), None)), "ann"),
        (lambda: one(Stay("ann", None, None)), "ann"),
        (lambda: stays([Signal("ann", datetime(2026, 3, 2, 9), joined=True)]), "ann"),
        (lambda: one(session=Session("x", at(60), at(0))), "x"),
        (lambda: one(session=Session("x", at(0), at(24 * 60 + 1))), "x"),
        (lambda: one(session=Session("x", at(0), at(60), [(at(30), at(20))])), "x"),
        (lambda: one(session=Session("x", at(0), at(60), [(at(-1), at(90))])), "x"),
        (lambda: one(session=Session("x", datetime(2026, 3, 2), at(60))), "x"),
        (lambda: attendance([HOUR, HOUR], []), "talk"),
        (lambda: one(share=Fraction(3, 2)), "share"),
        (lambda: one(minutes=-1), "minutes"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused_by_name(call, culprit):
    with pytest.raises(BadPresence) as refusal:
        call()
    assert refusal.value.culprit == culprit


spans = st.lists(st.tuples(st.integers(-30, 90), st.integers(-30, 90), st.sampled_from("ab")), max_size=6)


@settings(max_examples=80, deadline=None)
@given(spans, spans)
def test_minutes_are_those_in_which_a_device_was_there_and_no_break(own, breaks):
    pauses = [(at(min(a, b)), at(max(a, b))) for a, b, _ in breaks if not (min(a, b) <= 0 and max(a, b) >= 20)]
    session = Session("talk", at(0), at(60), [one for one in pauses if one[1] <= at(50)])
    line = attendance([session], [Stay("ann", at(a), at(b), device) for a, b, device in own], ["ann"])[0]

    def there(minute):
        inside = any(a <= minute < b for a, b, _ in own)
        return inside and not any(start <= at(minute) < end for start, end in session.breaks)

    assert line.minutes == sum(there(minute) for minute in range(60))
