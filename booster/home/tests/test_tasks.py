from datetime import timedelta

import pytest

from booster.applications.models import Application
from booster.calls.models import Call
from booster.chronicle.models import Errand, Fact
from booster.cohort.tests import make
from booster.home import tasks
from booster.home.tasks import erase_unsuccessful
from booster.people import actions as people
from booster.post.models import Letter
from booster.selection.models import Complaint, Decision
from conftest import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=800)


def decided(call, name, outcome, state="told") -> Application:
    row = make.application(call, name, at=NOW)
    Decision.objects.create(
        edition=call.edition, call=call, application=row, outcome=outcome, state=state, decided_at=NOW
    )
    return row


@pytest.fixture
def call():
    made = make.call(at=NOW)
    Call.objects.filter(pk=made.pk).update(state="closed", opens_at=NOW, deadline_at=NOW, closed_at=NOW)
    made.refresh_from_db()
    return made


def test_what_led_to_nothing_is_erased_in_time_and_the_rest_is_kept(call):
    chosen, other = decided(call, "Ada Alder", "chosen"), decided(call, "Bo Birch", "not_chosen")
    disputed = decided(call, "Cy Cedar", "not_chosen")
    Complaint.objects.create(edition=call.edition, decision=disputed.decision, text="why", received_at=NOW)
    assert erase_unsuccessful(at=NOW + timedelta(days=100)) == 0
    assert erase_unsuccessful(at=LATER) == 1
    assert erase_unsuccessful(at=LATER) == 0
    assert {row.title: row.state for row in Application.objects.all()} == {
        "Ada Alder": "submitted",
        "": "erased",
        "Cy Cedar": "submitted",
    }
    assert Application.objects.get(pk=other.pk).applicant is None
    assert chosen.pk


def test_nothing_is_erased_while_somebody_has_not_been_told(call):
    decided(call, "Ada Alder", "not_chosen")
    decided(call, "Bo Birch", "not_chosen", state="confirmed")
    assert erase_unsuccessful(at=LATER) == 0


def test_operators_hear_once_that_errands_were_given_up(make_person):
    one, two = (people.appoint_operator(person=make_person(n), by=None, at=NOW) for n in ("Otto One", "Tina Two"))
    assert tasks.tell_operators(at=NOW) == 0
    give_up()
    assert tasks.tell_operators(at=NOW) == 2
    letter = Letter.objects.get(to=one)
    assert (letter.kind, letter.state) == ("home.trouble", "released")
    assert "http://testserver/operations/" in letter.body
    assert "1 errand was given up" in letter.body
    give_up()
    assert tasks.tell_operators(at=NOW + timedelta(hours=23)) == 0  # not a flood
    assert tasks.tell_operators(at=NOW + timedelta(hours=25)) == 2
    assert tasks.tell_operators(at=NOW + timedelta(hours=51)) == 0  # nothing new
    assert Letter.objects.filter(to=two).count() == 2


def test_operators_hear_that_a_worker_is_back_after_half_an_hour_of_silence(make_person, settings):
    people.appoint_operator(person=make_person("Otto One", zone="Europe/Helsinki"), by=None, at=NOW)
    silence = timedelta(minutes=30)
    assert tasks.tell_of_silence(at=NOW) == 0  # the first time, there is nothing to compare with
    assert tasks.tell_of_silence(at=NOW + silence - timedelta(seconds=1)) == 0
    back = NOW + 2 * silence
    assert tasks.tell_of_silence(at=back) == 1
    assert tasks.tell_of_silence(at=back) == 0
    letter = Letter.objects.get()
    assert (letter.kind, letter.state, letter.subject) == ("home.silence", "released", "Booster works again")
    assert "did not run from Sat 1 Oct 2022, 13:29 to Sat 1 Oct 2022, 14:00 (Europe/Helsinki)" in letter.body
    settings.BOOSTER_DEMO = True
    assert tasks.tell_of_silence(at=back + timedelta(days=1)) == 0  # a demo sleeps when nobody looks


def give_up():
    fact = Fact.objects.create(kind="x.y", at=NOW, by_house=True, thing_type="x.y", thing_id=1)
    Errand.objects.create(fact=fact, reaction="x", state="given_up", not_before=NOW)
