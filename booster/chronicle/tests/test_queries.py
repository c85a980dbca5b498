from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from booster.chronicle import actions, queries
from booster.chronicle.models import Fact, Pulse
from booster.chronicle.tests import make
from booster.chronicle.tests.make import BROUGHT, KNOCKED, NOW, RANG

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga(wired):
    return make.person()


def _knock(olga, count):
    for n in range(count):
        other = make.person(f"Pavel{n} Participant")
        actions.record(KNOCKED, thing=other, by=olga, at=NOW + timedelta(minutes=n), edition_id=7, stick=f"stick {n}")


@pytest.mark.parametrize("count", [1, 3, 12])
def test_a_timeline_is_two_queries_however_long(olga, count, django_assert_num_queries):
    _knock(olga, count)
    with django_assert_num_queries(2):
        lines = queries.timeline(edition_id=7)
    assert len(lines) == count


def test_a_timeline_tells_the_newest_first(olga):
    _knock(olga, 3)
    line, *_ = queries.timeline(edition_id=7, limit=2)
    assert line.sentence == "Olga Organiser knocked at Pavel2 Participant with stick 2"
    assert (line.actor, line.kind, line.thing_type) == ("Olga Organiser", KNOCKED.name, "people.person")
    assert line.at == NOW + timedelta(minutes=2)


def test_a_timeline_can_be_of_a_thing_or_of_an_actor(olga):
    _knock(olga, 2)
    ren = make.person("Ren Reviewer")
    actions.record(RANG, thing=olga, by=ren, at=NOW)
    assert [line.sentence for line in queries.timeline(thing=olga)] == ["Ren Reviewer rang at Olga Organiser"]
    assert [line.sentence for line in queries.timeline(actor=ren)] == ["Ren Reviewer rang at Olga Organiser"]
    assert queries.timeline(actor=ren, edition_id=7) == []


def test_an_empty_timeline_is_one_query(olga, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert queries.timeline(edition_id=1) == []


def test_the_house_and_those_who_left_have_a_name_too(olga):
    actions.record(RANG, thing=olga, by=None, at=NOW)
    ren = make.person("Ren Reviewer")
    actions.record(RANG, thing=olga, by=ren, at=NOW + timedelta(minutes=1))
    get_user_model().objects.filter(pk=ren.pk).delete()
    assert [line.sentence for line in queries.timeline(thing=olga)] == [
        "Somebody who has left rang at Olga Organiser",
        "Booster rang at Olga Organiser",
    ]


def test_a_thing_that_is_gone_and_a_kind_that_is_gone_are_told_all_the_same(olga):
    Fact.objects.create(kind=RANG.name, at=NOW, actor=olga, thing_type="people.person", thing_id=999)
    Fact.objects.create(kind=RANG.name, at=NOW, actor=olga, thing_type="gone.thing", thing_id=1)
    Fact.objects.create(kind="gone.went", at=NOW, actor=olga, thing_type="people.person", thing_id=olga.pk)
    assert [line.sentence for line in queries.timeline()] == [
        "gone.went",
        "Olga Organiser rang at something since removed",
        "Olga Organiser rang at something since removed",
    ]


@pytest.mark.parametrize(("count", "told"), [(0, "0 eggs"), (1, "1 egg"), (2, "2 eggs"), ("several", "several eggs")])
def test_one_is_told_in_another_form_than_many(olga, count, told):
    actions.record(BROUGHT, thing=olga, by=olga, at=NOW, count=count)
    assert queries.timeline()[0].sentence == f"Olga Organiser brought {told}"


def test_hostile_names_stay_plain_text(olga):
    mallory = make.person("Mal\u202elory <script>")
    actions.record(KNOCKED, thing=olga, by=mallory, at=NOW, stick="{actor}\r\n<b>")
    assert queries.timeline()[0].sentence == "Mallory <script> knocked at Olga Organiser with {actor} <b>"


def test_whether_a_worker_lives_is_one_query(olga, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert queries.worker_seen_at() is None
    actions.show_life("one", at=NOW)
    actions.show_life("two", at=NOW + timedelta(seconds=9))
    with django_assert_num_queries(1):
        assert queries.worker_seen_at() == NOW + timedelta(seconds=9)


def test_beats_in_trouble_are_named(olga):
    Pulse.objects.create(name="post.send_waiting", trouble="OSError")
    Pulse.objects.create(name="library.purge")
    assert [pulse.name for pulse in queries.troubled_beats()] == ["post.send_waiting"]
    assert str(Pulse.objects.first()) == "library.purge"


def test_how_far_an_edition_has_come_moves_with_its_own_facts_and_with_those_named_besides(
    olga, django_assert_num_queries
):
    _knock(olga, 2)
    with django_assert_num_queries(2):
        first = queries.as_of(7, besides=(RANG,))
    assert queries.as_of(7, besides=(RANG,)) == first
    actions.record(KNOCKED, thing=olga, by=olga, at=NOW, edition_id=8, stick="of another edition")
    assert queries.as_of(7, besides=(RANG,)) == first
    actions.record(RANG, thing=olga, by=olga, at=NOW)
    second = queries.as_of(7, besides=(RANG,))
    actions.record(KNOCKED, thing=olga, by=olga, at=NOW, edition_id=7, stick="one more")
    assert len({first, second, queries.as_of(7, besides=(RANG,))}) == 3


def test_how_far_an_edition_has_come_moves_with_a_fact_that_was_stated_earlier_and_shows_later(olga):
    """As PostgreSQL shows them when the transaction of the earlier one ends last."""
    _knock(olga, 3)
    before = queries.as_of(7)
    late = Fact.objects.filter(edition_id=7).order_by("id").first()
    Fact.objects.filter(pk=late.pk).update(edition_id=None)
    hidden = queries.as_of(7)
    Fact.objects.filter(pk=late.pk).update(edition_id=7)
    assert queries.as_of(7) == before != hidden


def test_how_far_an_edition_has_come_counts_its_newest_facts_alone(olga, monkeypatch):
    monkeypatch.setattr(queries, "NEWEST", 2)
    _knock(olga, 5)
    newest = Fact.objects.filter(edition_id=7).order_by("id").last()
    assert queries.as_of(7) == ((2, newest.pk), (0, None))
    assert queries.as_of(9) == ((0, None), (0, None))
