from datetime import UTC, datetime, timedelta

import pytest

from booster.calls.rules import gates
from booster.calls.rules.templates import PARTICIPANTS, VENUES

DEADLINE = datetime(2022, 10, 24, 16, 0, tzinfo=UTC)
GOOD = {
    "both_online": True,
    "both_in_person": True,
    "consent": {"given": True, "version": "1"},
    "email": "ann@example.org",
    "staff_fte": 0.5,
    "members": 15,
    "country": "GR",
}


def judge(changes=None, *, minutes=0, template=PARTICIPANTS, base=GOOD, **more):
    answers = {**base, **(changes or {})}
    sent = DEADLINE + timedelta(minutes=minutes)
    return gates.verdict(template.gates, answers, submitted_at=sent, deadline_at=DEADLINE, **more)


def test_a_good_application_at_the_very_minute_is_eligible():
    assert judge() == gates.Verdict(True, "", ())


@pytest.mark.parametrize(
    "changes,code",
    [
        ({"both_online": False}, "not both legs"),
        ({"both_in_person": None}, "not both legs"),
        ({"consent": {"given": False, "version": "1"}}, "no consent"),
        ({"consent": None}, "no consent"),
        ({"email": "nobody at home"}, "no usable e-mail"),
        ({"email": None}, "no usable e-mail"),
        ({"staff_fte": 0.4}, "management under 0.5 FTE"),
        ({"staff_fte": None}, "management under 0.5 FTE"),
        ({"members": 14}, "under 15 members"),
        ({"members": "about a dozen"}, "under 15 members"),
        ({"country": "CH"}, "country not eligible"),
        ({"country": "US"}, "country not eligible"),
        ({"country": None}, "country not eligible"),
    ],
)
def test_each_condition_has_its_code(changes, code):
    assert judge(changes) == gates.Verdict(False, code, (code,))


def test_a_minute_late_is_late_and_the_first_code_counts():
    assert judge(minutes=1).code == "late"
    found = judge({"members": 3, "both_online": False}, minutes=1)
    assert found == gates.Verdict(False, "late", ("late", "not both legs", "under 15 members"))


def test_whoever_came_in_by_code_is_in_time():
    assert judge(minutes=600, by_code=True).eligible


def test_the_applicants_own_country_and_address_stand_in_for_missing_answers():
    assert judge({"country": None, "email": None}, country="FR", address="ann@example.org").eligible


ROOM = [
    gates.Gate("small", "", "room_at_least", {"question": "rooms", "room": "plenary", "seats": "cabaret", "number": 45})
]


@pytest.mark.parametrize(
    "rooms,eligible",
    [
        ([{"name": "Plenary", "cabaret": 45}], True),
        ([{"name": "Plenary", "cabaret": 44}, {"name": "Hall", "cabaret": 80}], False),
        ([{"name": "Grand plenary hall", "cabaret": 60}], True),
        ([{"name": "Hall", "cabaret": 80}, {"name": "Room 1", "cabaret": 9}], True),
        ([{"name": "Hall", "theatre": 80}], False),
        ([], False),
        (None, False),
        ("Plenary", False),
    ],
)
def test_the_plenary_counts_or_else_the_largest_room(rooms, eligible):
    found = gates.verdict(ROOM, {"rooms": rooms}, submitted_at=DEADLINE, deadline_at=DEADLINE)
    assert found.eligible is eligible


def test_the_venue_conditions_come_in_their_order():
    found = judge({"step_free": False}, minutes=1, template=VENUES, base={})
    assert found.failed == ("late", "plenary under 45 cabaret seats", "not step-free")


def test_an_unknown_kind_lets_nobody_in():
    assert not gates.verdict([gates.Gate("x", "", "magic")], {}, submitted_at=DEADLINE, deadline_at=DEADLINE).eligible


def test_further_kinds():
    def passes(kind, answers, **params):
        return gates.verdict(
            [gates.Gate("x", "", kind, params)], answers, submitted_at=DEADLINE, deadline_at=DEADLINE
        ).eligible

    assert passes("answered", {"q": "x"}, question="q")
    assert not passes("answered", {"q": []}, question="q")
    assert passes("yes", {"q": "Yes"}, question="q")
    assert not passes("yes", {"q": {"given": None}}, question="q")
    assert passes("country_in", {"q": "US"}, question="q", countries=["US"], groups=["NOWHERE"])
    assert not passes("at_least", {"q": True}, question="q", number=1)
