from datetime import timedelta

import pytest

from booster.applications import actions, letters, tasks
from booster.applications.models import Application
from booster.applications.tests import make
from booster.applications.tests.test_actions import newcomer
from booster.calls import actions as calls
from booster.chronicle.models import Errand
from booster.chronicle.tasks import run_errands
from booster.post import actions as post
from booster.post.models import Letter
from conftest import NOW


@pytest.fixture
def call(db):
    return make.call(at=NOW)


def reminded():
    return Letter.objects.filter(kind="applications.closing_soon").count()


def test_drafts_are_reminded_a_week_and_a_day_before_once_each(call, paula, pavel):
    make.draft(call=call, by=paula, at=NOW)
    make.application(call=call, by=pavel, at=NOW)
    actions.begin(call=call, newcomer=newcomer(), at=NOW)
    for before, count in ((8, 0), (7, 2), (6, 2), (1, 4), (0.5, 4), (-1, 4)):
        tasks.remind_drafts(at=call.deadline_at - timedelta(days=before))
        assert reminded() == count
    subjects = set(Letter.objects.filter(kind="applications.closing_soon").values_list("subject", flat=True))
    assert subjects == {"“Call for participants” closes in 7 days", "“Call for participants” closes in a day"}


def test_whoever_began_within_the_week_is_reminded_on_the_last_day_only(call, paula):
    make.draft(call=call, by=paula, at=call.deadline_at - timedelta(days=3))
    tasks.remind_drafts(at=call.deadline_at - timedelta(days=2))
    assert reminded() == 0
    tasks.remind_drafts(at=call.deadline_at - timedelta(hours=20))
    assert reminded() == 1


def test_a_reminder_leaves_in_the_editions_hours_unless_it_would_come_too_late(call, paula):
    make.draft(call=call, by=paula, at=NOW)
    draft, edition = Application.objects.select_related("call__edition", "applicant").get(), call.edition
    midnight = (call.deadline_at - timedelta(days=1)).replace(hour=0)
    edition.letters_on_weekends = True
    draft.call.edition = edition
    letter = letters.closing_soon(draft, call=draft.call, days=1)
    assert post.drop(**letter, by=None, at=midnight).not_before == midnight.replace(hour=6)
    Letter.objects.all().delete()
    late = letter | {"latest": midnight + timedelta(hours=5)}
    assert post.drop(**late, by=None, at=midnight).not_before == midnight


def test_an_extended_deadline_is_told_at_once_and_reminds_anew(call, paula, pavel):
    make.draft(call=call, by=paula, at=NOW)
    make.application(call=call, by=pavel, at=NOW)
    tasks.remind_drafts(at=call.deadline_at - timedelta(days=7))
    later = call.deadline_at + timedelta(days=10)
    calls.extend(call=call, until=later, reason="A holiday.", by=None, at=NOW)
    run_errands(at=NOW)
    told = Letter.objects.filter(kind="applications.extended")
    assert {(letter.to.name, letter.state) for letter in told} == {
        ("Paula Pereira", "released"),
        ("Pavel Petrov", "released"),
    }
    assert "A holiday." in told.first().body
    tasks.remind_drafts(at=later - timedelta(days=7))
    assert reminded() == 2


def test_overdue_drafts_go_by_themselves(call, paula):
    make.draft(call=call, by=paula, at=NOW)
    assert tasks.erase_overdue_drafts(at=call.deadline_at + timedelta(days=30)) == 1
    assert tasks.erase_overdue_drafts(at=call.deadline_at + timedelta(days=30)) == 0


def test_every_reaction_bears_being_run_twice(call, paula, olga):
    sent = make.application(call=call, by=paula, at=NOW)
    actions.withdraw(application=sent, reason="x", by=paula, at=NOW)
    run_errands(at=NOW)
    before = Letter.objects.count()
    Errand.objects.update(state="todo", attempts=0, leased_until=None)
    run_errands(at=NOW)
    assert Letter.objects.count() == before


def test_reactions_to_what_is_gone_write_nothing(call, paula):
    draft = actions.begin(call=call, newcomer=newcomer(), at=NOW)
    Application.objects.filter(pk=draft.pk).update(state="erased")
    run_errands(at=NOW)
    assert not Letter.objects.exists()
    assert not Errand.objects.filter(state="todo").exists()


def test_names_with_line_breaks_and_marks_do_not_stop_a_letter(call):
    hostile = newcomer(name="Eve\r\nBcc: all@example.org \u202e<b>")
    actions.begin(call=call, newcomer=hostile, at=NOW)
    run_errands(at=NOW)
    letter = Letter.objects.get()
    assert "\n" not in letter.name
    assert letter.state == "released"
