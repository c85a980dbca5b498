from datetime import date, time, timedelta

import pytest
from django.utils import translation

from booster.academies import actions, queries
from booster.academies.access import RULES, roles_of
from booster.academies.models import Edition, Leg, Membership, Role
from booster.academies.rules import DayPlan, LegPlan
from booster.academies.tests import make
from booster.chronicle.models import Fact
from booster.chronicle.queries import timeline
from booster.kit.access import Refused, allows
from booster.kit.machine import NotNow
from conftest import NOW

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    return list(Fact.objects.filter(kind__startswith="academies").order_by("id").values_list("kind", flat=True))


def test_planning_an_edition_makes_its_planner_the_organiser(olga):
    academy = make.academy(at=NOW)
    first = actions.plan(academy=academy, name="1st", slug="one", by=olga, at=NOW)
    second = actions.plan(academy=academy, name="2nd", slug="two", by=olga, at=NOW)
    assert (first.number, second.number) == (1, 2)
    assert (first.pk, "organiser") in roles_of(olga)
    assert (second.pk, "organiser") in roles_of(olga)
    assert kinds() == ["academies.academy_founded", *["academies.edition_planned", "academies.person_appointed"] * 2]


def test_three_academies_live_side_by_side_without_seeing_each_other(olga, sana):
    for slug in ("cba", "skills", "ports"):
        actions.plan(academy=make.academy(at=NOW, name=slug, slug=slug), name=slug, slug=f"{slug}-1", by=None, at=NOW)
    mine = Edition.objects.get(slug="skills-1")
    actions.appoint(edition=mine, person=olga, role=Role.ORGANISER, by=None, at=NOW)
    assert [edition.slug for edition in Edition.objects.seen_by(olga)] == ["skills-1"]
    assert list(Edition.objects.seen_by(sana)) == []
    assert [edition.slug for edition in Edition.objects.organised_by(olga)] == ["skills-1"]


def test_changing_an_edition_states_what_changed_and_only_when_it_did(olga):
    edition = make.edition(at=NOW, organiser=olga)
    before = Fact.objects.count()
    actions.change(edition=edition, by=olga, at=NOW, seats_max=45, name=edition.name)
    actions.change(edition=edition, by=olga, at=NOW, seats_max=45)
    assert [fact.payload for fact in Fact.objects.order_by("id")[before:]] == [{"what": "seats max"}]


def test_a_shape_replaces_the_one_before_and_keeps_the_legs_that_stay(olga):
    edition = make.edition(at=NOW)
    kept = Leg.objects.get(edition=edition, position=0).pk
    three_dates = tuple(DayPlan(date(2024, 11, day), time(10), time(13)) for day in (6, 11, 15))
    actions.set_shape(edition=edition, legs=[LegPlan("online", "Three dates", three_dates)], by=olga, at=NOW)
    assert queries.shape(edition) == [LegPlan("online", "Three dates", three_dates)]
    assert Leg.objects.get(edition=edition).pk == kept


def test_a_shape_with_a_fault_leaves_everything_as_it_was(olga):
    edition = make.edition(at=NOW)
    with pytest.raises(actions.BadShape, match="has no day"):
        actions.set_shape(edition=edition, legs=[LegPlan("online", "Empty", ())], by=olga, at=NOW)
    assert queries.shape(edition) == make.FIRST_EDITION


def test_a_copy_has_every_date_moved_and_the_same_organisers(olga):
    source = make.edition(at=NOW, organiser=olga)
    actions.set_phases_from_dates(edition=source, calls=(date(2022, 8, 19), date(2022, 10, 24)), by=olga, at=NOW)
    actions.set_budget(edition=source, lines=[("Catering", 450000)], by=olga, at=NOW)
    shift = timedelta(days=364)
    copy = actions.copy(source=source, name="2nd", slug="cba-2", shift=shift, by=olga, at=NOW)
    assert [str(day.on) for leg in queries.shape(copy) for day in leg.days] == [
        "2023-11-30",
        "2023-12-01",
        "2024-02-29",
        "2024-03-01",
    ]
    assert str(copy.phases.first().starts_on) == "2023-08-18"
    assert copy.budget.get().cents == 450000
    assert (copy.pk, "organiser") in roles_of(olga)
    assert (copy.number, copy.state, copy.copied_from) == (2, "planned", source)


def test_an_edition_moves_through_its_life_and_no_other_way(olga):
    edition = make.edition(at=NOW)
    for verb in ("open", "run", "follow_up", "close", "reopen"):
        actions.step(edition=edition, verb=verb, by=olga, at=NOW)
    assert edition.state == "following_up"
    with pytest.raises(NotNow):
        actions.step(edition=edition, verb="open", by=olga, at=NOW)


def test_a_role_ends_and_begins_again(olga, ren):
    edition = make.edition(at=NOW, organiser=olga)
    held = actions.appoint(edition=edition, person=ren, role=Role.EVALUATOR, by=olga, at=NOW)
    actions.end_role(membership=held, on=date(2022, 10, 1), by=olga, at=NOW)
    assert roles_of(ren) == frozenset()
    again = actions.appoint(edition=edition, person=ren, role=Role.EVALUATOR, by=olga, at=NOW)
    assert again.pk == held.pk
    assert roles_of(ren) == {(edition.pk, "evaluator")}


def test_appointing_twice_changes_nothing(olga, ren):
    edition = make.edition(at=NOW, organiser=olga)
    actions.appoint(edition=edition, person=ren, role=Role.EVALUATOR, by=olga, at=NOW)
    before = Fact.objects.count()
    actions.appoint(edition=edition, person=ren, role=Role.EVALUATOR, by=olga, at=NOW)
    assert Fact.objects.count() == before


def test_the_last_organiser_cannot_be_sent_away(olga, ren):
    edition = make.edition(at=NOW, organiser=olga)
    held = Membership.objects.get(edition=edition, person=olga)
    with pytest.raises(Refused, match="appoint another one first"):
        actions.end_role(membership=held, on=date(2022, 10, 1), by=olga, at=NOW)
    actions.appoint(edition=edition, person=ren, role=Role.ORGANISER, by=olga, at=NOW)
    actions.end_role(membership=held, on=date(2022, 10, 1), by=ren, at=NOW)
    assert not allows(RULES, "academies.change", olga, edition)


def test_a_role_holds_from_its_first_to_its_last_day(olga):
    edition = make.edition(at=NOW)
    for starts_on, ends_on, holds in [
        (None, date.today(), True),
        (date.today() + timedelta(days=2), None, False),
        (None, date.today() - timedelta(days=2), False),
    ]:
        Membership.objects.update_or_create(
            edition=edition, person=olga, role=Role.COACH, defaults={"starts_on": starts_on, "ends_on": ends_on}
        )
        vars(olga).pop("_roles_now", None)
        assert ((edition.pk, "coach") in roles_of(olga)) is holds


def test_the_ledger_keeps_a_role_in_english_and_tells_it_in_the_reader_s_language(olga, ren):
    edition = make.edition(at=NOW, organiser=olga)
    with translation.override("de"):
        actions.appoint(edition=edition, person=ren, role=Role.EVALUATOR, by=olga, at=NOW)
        said = timeline(edition_id=edition.pk)[0].sentence
    assert Fact.objects.latest("id").payload["role"] == "Evaluator"
    assert "Sachverständige Person" in said
