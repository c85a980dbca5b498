"""Rolling cut-offs: what counts for which, what may still change, what the organiser's list says."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from booster.applications import actions
from booster.applications.models import Application
from booster.applications.queries import desk, my_applications
from booster.applications.rules.entries import Entry
from booster.applications.tests import make
from booster.calls import actions as calls
from booster.calls.models import CutOff
from booster.chronicle.tasks import run_errands
from booster.kit.machine import NotNow
from booster.post.models import Letter

DAY = timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def call(olga, now):
    return make.call(at=now, organiser=olga)


@pytest.fixture
def first(call, olga, now):
    return calls.add_cut_off(call=call, closes_at=now + DAY, by=olga, at=now)


def cut_off_of(application):
    application.refresh_from_db()
    return application.cut_off


def test_what_is_sent_by_the_last_second_counts_for_the_cut_off(call, first, paula, pavel, olga, now):
    assert make.application(call=call, by=paula, at=now + DAY).cut_off == first
    assert make.application(call=call, by=pavel, at=now + DAY + timedelta(seconds=1)).cut_off is None


def test_the_receipt_gives_the_day_of_the_cut_off_and_not_that_of_the_deadline(call, first, paula, now):
    make.application(call=call, by=paula, at=now)
    run_errands(at=now)
    letter = Letter.objects.get(kind="applications.receipt").body
    assert "You may change or withdraw it until Sun 2 Oct 2022, 12:00 (Europe/Brussels)." in letter


def test_files_of_a_removed_cut_off_go_to_the_next_and_a_new_one_takes_what_waits(call, first, paula, olga, now):
    second = calls.add_cut_off(call=call, closes_at=now + 3 * DAY, by=olga, at=now)
    sent = make.application(call=call, by=paula, at=now)
    calls.remove_cut_off(cut_off=first, by=olga, at=now + timedelta(hours=1))
    run_errands(at=now + timedelta(hours=1))
    assert cut_off_of(sent) == second
    earlier = calls.add_cut_off(call=call, closes_at=now + 2 * DAY, by=olga, at=now + timedelta(hours=2))
    run_errands(at=now + timedelta(hours=2))
    assert cut_off_of(sent) == earlier


def test_what_a_cut_off_has_taken_stays_with_it(call, first, paula, olga, now):
    sent = make.application(call=call, by=paula, at=now)
    calls.add_cut_off(call=call, closes_at=now + 3 * DAY, by=olga, at=now + 2 * DAY)
    run_errands(at=now + 2 * DAY)
    assert cut_off_of(sent) == first


def test_after_its_cut_off_a_file_stands_until_it_is_withdrawn_and_sent_again(call, first, paula, olga, now):
    second = calls.add_cut_off(call=call, closes_at=now + 3 * DAY, by=olga, at=now)
    sent = make.application(call=call, by=paula, at=now)
    later = now + 2 * DAY
    assert desk(sent, actor=paula, at=now).until == first.closes_at
    assert desk(sent, actor=paula, at=later).writable == frozenset()
    with pytest.raises(NotNow):
        actions.save_answers(application=sent, answers={"city": "Tartu"}, revision=sent.revision, by=paula, at=later)
    actions.withdraw(application=sent, reason="", by=paula, at=later)
    actions.restore(application=sent, by=paula, at=later)
    actions.submit(application=sent, by=paula, at=later)
    assert cut_off_of(sent) == second


def test_changes_not_sent_by_the_cut_off_do_not_count(call, first, paula, now):
    sent = make.application(call=call, by=paula, at=now)
    sent.pending = {**sent.answers, "city": "Tartu"}
    sent.save()
    with pytest.raises(NotNow, match="cut-off of this application has passed"):
        actions.submit(application=sent, by=paula, at=now + 2 * DAY)
    assert [one.status.code for one in my_applications(paula, at=now + 2 * DAY)] == ["cut_off_unsent"]


def test_the_applicant_reads_for_which_cut_off_the_file_counts(call, first, paula, django_assert_num_queries, now):
    make.application(call=call, by=paula, at=now)
    with django_assert_num_queries(3):
        (mine,) = my_applications(paula, at=now)
    assert (mine.status.code, mine.status.until) == ("counted", first.closes_at)
    (mine,) = my_applications(paula, at=now + 2 * DAY)
    assert (mine.status.code, mine.status.until) == ("cut_off", None)


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_shows_counts_and_narrows_for_two_queries_more(
    call, first, olga, make_person, client_of, django_assert_num_queries, count, now
):
    for n in range(count):
        make.application(call=call, by=make_person(f"Person{'abcd'[n]} Name"), at=now)
    client, url = client_of(olga), f"/calls/{call.slug}/applications/"
    with django_assert_num_queries(15):
        page = client.get(url).content.decode()
    assert f"({count})" in page
    assert "After the last cut-off (0)" in page
    assert len(re.findall(r"P-\d{4}", client.get(f"{url}?cut_off={first.pk}").content.decode())) == count
    assert re.findall(r"P-\d{4}", client.get(f"{url}?cut_off=0").content.decode()) == []


def test_the_export_has_the_cut_off_as_a_column(call, first, paula, olga, client_of, now):
    make.application(call=call, by=paula, at=now)
    answer = client_of(olga).get(f"/calls/{call.slug}/applications/export/?kind=csv&fixed=reference&cut_off={first.pk}")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Reference,Cut-off")
    assert lines[1].startswith("P-0001,")


def test_what_is_imported_counts_for_the_cut_off_of_its_own_moment(call, first, now):
    entries = [
        Entry(row=n, id=f"R-{n}", submitted_at=sent, changed_at=sent, language="en", address=f"r{n}@example.org")
        for n, sent in enumerate((now + DAY, now + DAY + timedelta(seconds=1)))
    ]
    for _again in range(2):
        actions.take_in(call=call, entries=entries, by=None, at=now + 2 * DAY)
    kept = Application.objects.filter(call=call).order_by("reference")
    assert [one.cut_off for one in kept] == [first, None]


def test_a_draft_says_which_cut_off_it_would_still_count_for(call, first, paula, olga, now, client_of):
    draft = actions.start(call=call, by=paula, at=now)
    assert desk(draft, actor=paula, at=now).next_cut_off == first.closes_at
    assert desk(draft, actor=paula, at=now + 2 * DAY).next_cut_off is None
    soon = CutOff.objects.create(call=call, closes_at=timezone.now() + DAY)
    page = re.sub(r"<[^>]+>", "", client_of(paula).get(f"/applications/{draft.pk}/").content.decode())
    assert "it counts for the next cut-off and is answered earlier." in page
    Application.objects.filter(pk=draft.pk).update(state="submitted", cut_off=soon)
    draft.refresh_from_db()
    assert desk(draft, actor=paula, at=now).next_cut_off is None
