"""The pages of evaluation narrowed to a rolling cut-off, and a balanced assignment for one alone."""

import csv
from datetime import timedelta

import pytest

from booster.calls import actions as calls
from booster.evaluation import actions, queries
from booster.evaluation.models import Sharing
from booster.evaluation.queries import overview
from booster.evaluation.queries import screening as verdicts
from booster.evaluation.tests import make

DAY = timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def call(olga, now):
    return make.call(at=now, organiser=olga)


@pytest.fixture
def cut_off(call, olga, now):
    return calls.add_cut_off(call=call, closes_at=now + DAY, by=olga, at=now)


@pytest.fixture
def files(call, cut_off, paula, pavel, now):
    """One for the cut-off, one after it."""
    return make.file(call=call, by=paula, at=now), make.file(call=call, by=pavel, at=now + 2 * DAY)


def test_verdicts_scores_and_assignments_narrow_to_a_cut_off(call, cut_off, files):
    early, late = files
    for key, expected in ((str(cut_off.pk), [early.pk]), ("0", [late.pk]), ("", [early.pk, late.pk])):
        assert [row.application_id for row in verdicts.verdicts(call, cut_off=key)] == expected
        assert sorted(row.pk for row in queries.board(call, cut_off=key).rows) == expected
        assert [row.pk for row in overview.files_to_share(call, cut_off=key)] == expected


@pytest.mark.parametrize("page", ["screening", "board", "assignments"])
def test_a_page_offers_the_cut_offs_of_a_call_that_has_any(call, cut_off, files, client_of, olga, page):
    from_page = client_of(olga).get(f"/calls/{call.slug}/{page}/?cut_off=0").content.decode()
    assert "After the last cut-off (1)" in from_page
    assert files[1].reference in from_page
    assert files[0].reference not in from_page


def test_a_page_of_a_call_without_cut_offs_does_not_speak_of_them(call, client_of, olga):
    assert "Cut-off" not in client_of(olga).get(f"/calls/{call.slug}/assignments/").content.decode()


def test_a_sharing_for_one_cut_off_counts_what_is_held_of_others(call, cut_off, files, make_person, olga, now):
    early, late = files
    busy = make.evaluator(call=call, person=make_person("Ada Away"), at=now, capacity=1)
    free = make.evaluator(call=call, person=make_person("Ben Busy"), at=now, capacity=1)
    make.assignment(application=late, evaluator=busy, at=now)
    shared = queries.work_out_sharing(call, cut_off=str(cut_off.pk))
    assert shared.added == [(early.pk, free.pk)]


def test_a_sharing_is_asked_for_one_cut_off_and_not_for_one_that_is_gone(call, cut_off, files, client_of, olga):
    client, where = client_of(olga), f"/calls/{call.slug}/assignments/share/"
    assert client.post(where, {"cut_off": "999999"}).status_code == 409
    assert Sharing.objects.count() == 0
    client.post(where, {"cut_off": str(cut_off.pk)})
    assert Sharing.objects.get().cut_off == str(cut_off.pk)


def test_nonsense_for_a_cut_off_narrows_nothing(call, cut_off, files):
    assert queries.board(call, cut_off="²") == queries.board(call, cut_off="x") == queries.board(call)


def test_asking_for_all_files_stays_as_it_was(call, olga, now):
    assert actions.ask_sharing(call=call, by=olga, at=now).cut_off == ""


def test_verdicts_are_counted_and_scores_exported_by_cut_off(call, cut_off, files, client_of, olga):
    assert verdicts.counted(call).eligible + verdicts.counted(call).ineligible == 2
    alone = verdicts.counted(call, cut_off="0")
    assert alone.eligible + alone.ineligible == 1
    page = client_of(olga).get(f"/calls/{call.slug}/screening/?cut_off=0").content.decode()
    assert 'href="?state=proposed&amp;cut_off=0"' in page
    sheet = client_of(olga).get(f"/calls/{call.slug}/board/export/").content.decode("utf-8-sig")
    head, *lines = csv.reader(sheet.splitlines())
    assert head[-2:] == ["Verdict", "Cut-off"]
    assert {line[0]: line[-1] for line in lines} == {
        files[0].reference: "Sun 2 Oct 2022, 12:00",
        files[1].reference: "After the last cut-off",
    }
