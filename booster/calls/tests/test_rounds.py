"""A second round: drafted from a first one, told on its page, listed nowhere, closed after it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from booster.calls import actions, queries
from booster.calls.models import Call
from booster.calls.tests import make
from booster.kit.machine import NotNow

pytestmark = pytest.mark.django_db


def follow(call, *, by, round="full", copy_questions=True, **about):
    return actions.follow(
        call=call, round=round, copy_questions=copy_questions, by=by, at=now(),
        **{"shortlist_size": 12, "deadline_at": call.deadline_at + timedelta(days=30), **about},
    )  # fmt: skip


@pytest.fixture
def first(olga):
    return make.open_call(at=now(), organiser=olga)


def published(second, *, by):
    version = queries.form_draft(second)
    if version is not None:
        actions.publish_form(version=version, by=by, at=now())
    second = Call.objects.select_related("follows").get(pk=second.pk)
    return actions.publish(call=second, by=by, at=now())


class TestFollow:
    def test_texts_criteria_settings_and_questions_are_copied(self, olga, first):
        second = follow(first, by=olga)
        assert (second.follows, second.round, second.state, second.kind) == (first, "full", "draft", "participants")
        assert (second.title, second.slug) == (f"{first.title}: second round", f"{first.slug}-round-2")
        assert (second.body, second.seats, second.zone) == (first.body, first.seats, first.zone)
        keys = list(first.criteria.values_list("key", "weight", "question_keys"))
        assert list(second.criteria.values_list("key", "weight", "question_keys")) == keys
        assert queries.newest_form(second).sections == queries.newest_form(first).sections
        assert (second.shortlist_size, second.earlier_seen, second.gates.count()) == (12, True, 0)

    def test_a_form_can_begin_empty_and_criteria_then_point_nowhere(self, olga, first):
        second = follow(first, by=olga, copy_questions=False)
        assert [s["title"] for s in queries.newest_form(second).sections] == ["Full application"]
        assert queries.form_of(queries.newest_form(second)).questions == {}
        assert set(map(tuple, second.criteria.values_list("question_keys", flat=True))) == {()}

    def test_an_interview_has_no_form_and_shows_that_of_the_first_round(self, olga, first):
        second = follow(first, by=olga, round="interview")
        assert second.form_versions.count() == 0
        assert queries.published_form(second) == queries.published_form(first)

    def test_there_is_one_second_round_and_it_is_the_last(self, olga, first):
        second = follow(first, by=olga)
        with pytest.raises(NotNow, match="has a second round already"):
            follow(first, by=olga)
        with pytest.raises(NotNow, match="is the last one"):
            follow(second, by=olga)
        assert Call.objects.count() == 2

    def test_it_closes_after_the_first_one_whenever_it_is_set(self, olga, first):
        with pytest.raises(NotNow, match="must close after the first one"):
            follow(first, by=olga, deadline_at=first.deadline_at)
        second = follow(first, by=olga)
        with pytest.raises(NotNow, match="must close after the first one"):
            actions.change_dates(call=second, values={"deadline_at": first.deadline_at}, by=olga, at=now())
        published(second, by=olga)
        first = Call.objects.get(pk=first.pk)
        with pytest.raises(NotNow, match="The second round would close before that"):
            actions.extend(call=first, until=second.deadline_at, reason="Holidays", by=olga, at=now())

    def test_a_settled_call_gets_none(self, olga, first):
        Call.objects.filter(pk=first.pk).update(state="settled")
        first.refresh_from_db()
        with pytest.raises(NotNow, match="settled"):
            follow(first, by=olga)

    def test_the_database_keeps_round_and_first_call_together(self, first):
        with pytest.raises(IntegrityError), transaction.atomic():
            Call.objects.filter(pk=first.pk).update(round="full")

    def test_a_draft_can_be_dropped_a_published_one_stays(self, olga, first):
        follow(first, by=olga)
        first = Call.objects.get(pk=first.pk)
        before = first.revision
        assert actions.drop_round(call=first, by=olga, at=now()).revision == before + 1
        assert Call.objects.count() == 1
        first = Call.objects.get(pk=first.pk)
        with pytest.raises(NotNow, match="still a draft"):
            actions.drop_round(call=first, by=olga, at=now())
        published(follow(first, by=olga), by=olga)
        with pytest.raises(NotNow, match="still a draft"):
            actions.drop_round(call=Call.objects.get(pk=first.pk), by=olga, at=now())


class TestPublish:
    def test_it_needs_neither_conditions_nor_an_opening(self, olga, first):
        second = follow(first, by=olga)
        actions.publish_form(version=queries.form_draft(second), by=olga, at=now())
        second = Call.objects.get(pk=second.pk)
        assert queries.what_is_missing(second, at=now()) == []
        at = now()
        assert actions.publish(call=second, by=olga, at=at).opens_at == at

    def test_it_waits_for_its_first_round(self, olga):
        first = make.ready(at=now(), organiser=olga)
        second = follow(first, by=olga, round="interview")
        assert [lack.sentence for lack in queries.what_is_missing(second, at=now())] == [
            "Its first round is not published yet."
        ]
        Call.objects.filter(pk=second.pk).update(deadline_at=first.deadline_at)
        second = Call.objects.get(pk=second.pk)
        assert "It would close before the first round does." in [
            lack.sentence for lack in queries.what_is_missing(second, at=now())
        ]


class TestPages:
    def test_the_page_of_the_first_round_tells_of_it_at_once(self, client, olga, first):
        assert "A second round follows" not in client.get(f"/calls/{first.slug}/").content.decode()
        second = follow(first, by=olga)
        page = client.get(f"/calls/{first.slug}/").content.decode()
        assert "About 12 of those who apply are put on a shortlist and asked for a full application." in page
        assert f"/calls/{second.slug}/" not in page
        published(second, by=olga)
        assert f"/calls/{second.slug}/" in client.get(f"/calls/{first.slug}/").content.decode()

    def test_a_changed_number_shows_at_once_on_the_page_of_the_first(self, client, olga, first):
        second = follow(first, by=olga)
        client.get(f"/calls/{first.slug}/")
        actions.change_texts(call=second, values={"shortlist_size": 7}, by=olga, at=now())
        assert "About 7 of those" in client.get(f"/calls/{first.slug}/").content.decode()

    def test_lists_feeds_and_calendar_pass_it_over(self, client, olga, first):
        second = published(follow(first, by=olga), by=olga)
        for path in ("/calls/", "/calls/feed.json", "/calls/feed.xml", "/calls/calendar.ics"):
            page = client.get(path).content.decode()
            assert second.slug not in page, path
            assert first.slug in page, path

    def test_whoever_has_the_address_reads_what_it_asks_and_for_whom_it_is(self, client, olga, first):
        second = published(follow(first, by=olga), by=olga)
        page = client.get(f"/calls/{second.slug}/").content.decode()
        assert "Only for the shortlist" in page
        assert "application/ld+json" not in page

    def test_a_draft_is_seen_by_organisers_alone(self, client_of, olga, sana, first):
        second = follow(first, by=olga)
        assert client_of(sana).get(f"/calls/{second.slug}/").status_code == 404
        assert client_of(olga).get(f"/calls/{second.slug}/").status_code == 200

    def test_an_organiser_drafts_it_in_the_browser(self, client_of, olga, first):
        client, page = client_of(olga), f"/calls/{first.slug}/edit/second-round/"
        assert client.get(page).status_code == 200
        day = (first.deadline_at + timedelta(days=20)).date().isoformat()
        said = {"round": "interview", "shortlist_size": "9", "until_day": day, "until_hour": "12:00"}
        early = {**said, "until_day": (first.deadline_at - timedelta(days=1)).date().isoformat()}
        answer = client.post(page, early)
        assert answer.status_code == 422
        assert "must close after the first one" in answer.content.decode()
        assert client.post(page, {**said, "shortlist_size": "0"}).status_code == 422
        assert client.post(page, {**said, "until_hour": ""}).status_code == 422
        assert client.post(page, said).status_code == 302
        second = Call.objects.get(follows=first)
        assert (second.round, second.shortlist_size) == ("interview", 9)
        assert second.title in client.get(page).content.decode()
        again = client.post(page, said)
        assert again.status_code == 422
        assert "has a second round already" in again.content.decode()
        dates = client.get(f"/calls/{second.slug}/edit/dates/").content.decode()
        assert 'name="opens_day"' not in dates
        assert client.get(f"/calls/{second.slug}/form/").status_code == 403
        assert client.get(f"/calls/{second.slug}/edit/second-round/").status_code == 403
        assert client.post(f"/calls/{first.slug}/edit/second-round/drop/").status_code == 302
        assert Call.objects.count() == 1

    def test_a_stranger_drafts_nothing(self, client_of, sana, first):
        assert client_of(sana).get(f"/calls/{first.slug}/edit/second-round/").status_code == 403

    def test_its_dates_and_settings_are_changed_on_its_desk(self, client_of, olga, first):
        second = follow(first, by=olga)
        client = client_of(olga)
        said = {"revision": "1", "zone": "Europe/Brussels", "deadline_hour": "18:00", "grace_minutes": "0"}
        early = {**said, "deadline_day": first.deadline_at.date().isoformat(), "deadline_hour": "00:01"}
        assert client.post(f"/calls/{second.slug}/edit/dates/", early).status_code == 422
        late = {**said, "deadline_day": (first.deadline_at + timedelta(days=50)).date().isoformat()}
        assert client.post(f"/calls/{second.slug}/edit/dates/", late).status_code == 302
        assert (
            "Evaluators see the file of the first round"
            in client.get(f"/calls/{second.slug}/edit/settings/").content.decode()
        )
