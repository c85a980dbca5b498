from datetime import date

import pytest

from booster.academies import actions, queries
from booster.academies.models import Edition, Membership, Role
from booster.academies.rules import PhasePlan
from booster.academies.tests import make
from conftest import NOW

pytestmark = pytest.mark.django_db


def test_the_shape_costs_two_queries_with_one_leg_and_with_many(django_assert_num_queries):
    one = make.edition(at=NOW, slug="one", legs=make.FIRST_EDITION[:1])
    many = make.edition(at=NOW, slug="many", legs=make.FIRST_EDITION * 3)
    for edition, legs in ((one, 1), (many, 6)):
        with django_assert_num_queries(2):
            assert len(queries.shape(edition)) == legs


def test_the_rail_tells_what_is_past_now_and_next(django_assert_num_queries):
    edition = make.edition(at=NOW)
    actions.set_phases_from_dates(edition=edition, calls=(date(2022, 8, 19), date(2022, 10, 24)), by=None, at=NOW)
    with django_assert_num_queries(1):
        rail = queries.rail(edition, on=date(2022, 12, 2))
    assert [(stop.key, stop.state) for stop in rail][:5] == [
        ("calls", "past"), ("cohort", "past"), ("needs", "past"), ("online", "now"), ("between", "next"),
    ]  # fmt: skip


def test_phases_of_one_day_stand_in_their_usual_order():
    edition = make.edition(at=NOW)
    day = date(2022, 10, 1)
    actions.set_phases(
        edition=edition, phases=[PhasePlan("needs", day, day), PhasePlan("cohort", day, day)], by=None, at=NOW
    )
    assert [stop.key for stop in queries.rail(edition, on=day)] == ["cohort", "needs"]


def test_my_editions_are_those_with_a_role_today_newest_first(olga, django_assert_num_queries):
    first, second = make.edition(at=NOW, organiser=olga, slug="a"), make.edition(at=NOW, organiser=olga, slug="b")
    over = make.edition(at=NOW, slug="c")
    Membership.objects.create(edition=over, person=olga, role=Role.COACH, ends_on=date(2020, 1, 1))
    with django_assert_num_queries(1):
        assert list(queries.my_editions(olga)) == [second, first]


def test_people_of_an_edition_come_by_role_and_name_in_one_query(olga, ren, paula, django_assert_num_queries):
    edition = make.edition(at=NOW, organiser=olga)
    for person in (ren, paula):
        actions.appoint(edition=edition, person=person, role=Role.EVALUATOR, by=olga, at=NOW)
    with django_assert_num_queries(1):
        found = [(one.role, one.person.name) for one in queries.people_of(edition)]
    assert found == [("evaluator", "Paula Pereira"), ("evaluator", "Ren Reeve"), ("organiser", "Olga Organ")]


def test_organisers_of_an_edition_are_those_of_today(olga, ren, django_assert_num_queries):
    edition = make.edition(at=NOW, organiser=olga)
    Membership.objects.create(edition=edition, person=ren, role=Role.ORGANISER, ends_on=date(2020, 1, 1))
    with django_assert_num_queries(1):
        assert queries.organisers_of(edition.pk) == [olga]


def test_planned_editions_are_seen_by_their_team_alone(olga, sana):
    edition = make.edition(at=NOW, organiser=olga)
    assert list(Edition.objects.public()) == []
    assert list(Edition.objects.seen_by(sana)) == []
    actions.step(edition=edition, verb="open", by=olga, at=NOW)
    assert list(Edition.objects.public()) == list(Edition.objects.seen_by(sana)) == [edition]


def test_roles_are_seen_by_organisers_and_by_oneself(olga, ren, sana):
    edition = make.edition(at=NOW, organiser=olga)
    held = actions.appoint(edition=edition, person=ren, role=Role.EVALUATOR, by=olga, at=NOW)
    assert list(Membership.objects.seen_by(ren)) == [held]
    assert Membership.objects.seen_by(olga).count() == 2
    assert list(Membership.objects.seen_by(sana)) == []
