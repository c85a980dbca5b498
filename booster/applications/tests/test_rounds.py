"""Into the second round: begun from the first file, entered by nobody else, left with word to the organisers."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from booster.applications import actions, tasks
from booster.applications.models import Application
from booster.applications.tests import make
from booster.calls import actions as calls
from booster.calls import queries as call_queries
from booster.calls.models import Call
from booster.chronicle.tasks import run_errands
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.post.models import Letter

pytestmark = pytest.mark.django_db
NOW = now()  # pages read the clock
LATER = NOW + timedelta(minutes=1)


def second_round(first, *, by, round="full", copy_questions=True):
    second = calls.follow(
        call=first, round=round, copy_questions=copy_questions, shortlist_size=5,
        deadline_at=first.deadline_at + timedelta(days=30), by=by, at=NOW,
    )  # fmt: skip
    if (version := call_queries.form_draft(second)) is not None:
        if not copy_questions:
            ask = {"key": "plan", "kind": "long_text", "label": "Your plan", "required": True}
            second.form_versions.update(sections=[{"key": "full", "title": "Full", "questions": [ask]}])
            version.refresh_from_db()
        calls.publish_form(version=version, by=by, at=NOW)
    return calls.publish(call=Call.objects.select_related("follows").get(pk=second.pk), by=by, at=NOW)


@pytest.fixture
def first(olga):
    return make.call(at=NOW, organiser=olga)


@pytest.fixture
def sent(first, paula):
    return make.application(call=first, by=paula, at=NOW)


@pytest.fixture
def second(first, olga):
    return second_round(first, by=olga)


def carry_on(sent, second):
    return actions.carry_on(application=sent, call=second, by=None, at=LATER)


class TestCarryOn:
    def test_the_draft_is_filled_in_and_consents_are_given_anew(self, sent, second, paula):
        draft = carry_on(sent, second)
        assert (draft.state, draft.follows, draft.applicant, draft.reference) == ("draft", sent, paula, sent.reference)
        assert draft.answers["goal"] == sent.answers["goal"]
        assert "consent" in sent.answers
        assert "consent" not in draft.answers
        assert (draft.title, draft.country, draft.organisation) == (sent.title, sent.country, sent.organisation)

    def test_twice_is_once(self, sent, second):
        assert carry_on(sent, second) == carry_on(sent, second)
        assert Application.objects.filter(call=second).count() == 1

    def test_it_leads_into_its_own_second_round_alone(self, sent, first, olga):
        other = second_round(make.call(at=NOW, organiser=olga), by=olga)
        with pytest.raises(Refused, match="not the second round"):
            carry_on(sent, other)
        with pytest.raises(Refused, match="not the second round"):
            carry_on(sent, first)

    def test_what_the_new_form_does_not_ask_is_known_from_the_first(self, sent, first, olga, paula):
        second = second_round(first, by=olga, copy_questions=False)
        draft = carry_on(sent, second)
        assert draft.answers == {}
        draft = actions.save_answers(
            application=draft, answers={"plan": "Ours."}, revision=draft.revision, by=paula, at=LATER
        ).application
        done = actions.submit(application=draft, by=paula, at=LATER)
        assert (done.title, done.country, done.ecosystems) == (sent.title, sent.country, sent.ecosystems)
        assert (done.latitude, done.organisation) == (sent.latitude, sent.organisation)

    def test_partners_with_an_account_write_on(self, sent, second, pavel, paula):
        invitation = actions.Invitation(organisation_name="House", address=pavel.email, name="Pavel")
        partner = actions.invite_partner(application=sent, invitation=invitation, by=paula, at=NOW)
        actions.join(partner=partner, by=pavel, at=NOW)
        draft = carry_on(sent, second)
        assert [(one.person, one.state) for one in draft.partners.all()] == [(pavel, "joined")]

    def test_whoever_has_no_account_yet_gets_the_private_link(self, sent, second):
        Application.objects.filter(pk=sent.pk).update(applicant=None, address="imported@example.org", verified_at=None)
        sent.refresh_from_db()
        draft = carry_on(sent, second)
        run_errands(at=LATER)
        assert Letter.objects.get(kind="applications.private_link", thing_id=draft.pk).address == "imported@example.org"
        found = actions.verify(application=draft, same_browser=False, at=LATER)
        assert found.applicant.email == "imported@example.org"

    def test_two_offers_of_one_host_each_go_on(self, first, olga, paula, second):
        one = make.application(call=first, by=paula, at=NOW)
        Application.objects.filter(pk=one.pk).update(state="submitted")
        two = Application.objects.create(
            edition=first.edition, call=first, form_version=one.form_version, applicant=paula, reference="X-2",
            state="submitted", answers=one.answers, started_at=NOW, changed_at=NOW,
        )  # fmt: skip
        assert carry_on(one, second) != carry_on(two, second)

    def test_the_number_of_queries_is_constant(self, sent, second, django_assert_num_queries):
        sent = Application.objects.select_related("call", "form_version").get(pk=sent.pk)
        second = Call.objects.select_related("follows").get(pk=second.pk)
        with django_assert_num_queries(12):
            carry_on(sent, second)


class TestTheDoor:
    def test_nobody_begins_a_second_round(self, second, sana):
        with pytest.raises(Refused, match="Only applicants on the shortlist"):
            actions.start(call=second, by=sana, at=LATER)
        newcomer = actions.Newcomer("a@example.org", "A", "holder")
        with pytest.raises(Refused, match="Only applicants on the shortlist"):
            actions.begin(call=second, newcomer=newcomer, at=LATER)

    def test_whoever_guesses_the_address_is_refused_in_plain_words(self, client_of, second, sana):
        for person in (None, sana):
            answer = client_of(person).get(f"/calls/{second.slug}/apply/")
            assert answer.status_code == 403
            assert "Only applicants whom its organisers put on the shortlist can enter it." in answer.content.decode()
            assert client_of(person).post(f"/calls/{second.slug}/apply/", {"address": "a@b.eu"}).status_code == 403
        assert "sana@example.org" in answer.content.decode()
        assert Application.objects.count() == 0

    def test_the_shortlisted_are_led_to_their_file(self, client_of, second, sent, paula):
        draft = carry_on(sent, second)
        answer = client_of(paula).get(f"/calls/{second.slug}/apply/")
        assert (answer.status_code, answer["Location"]) == (302, f"/applications/{draft.pk}/")

    def test_somebody_else_does_not_see_the_file(self, client_of, second, sent, sana):
        draft = carry_on(sent, second)
        assert client_of(sana).get(f"/applications/{draft.pk}/").status_code == 404

    def test_no_spreadsheet_leads_in(self, client_of, second, olga):
        page = client_of(olga).get(f"/calls/{second.slug}/applications/").content.decode()
        assert f"/calls/{second.slug}/import/" not in page

    def test_the_organiser_finds_the_first_file_beside_the_second(self, client_of, second, sent, olga, paula):
        draft = carry_on(sent, second)
        answers = {"consent": {"given": True, "version": "1"}}
        actions.save_answers(application=draft, answers=answers, revision=draft.revision, by=paula, at=LATER)
        actions.submit(application=draft, by=paula, at=LATER)
        page = client_of(olga).get(f"/applications/{draft.pk}/file/").content.decode()
        assert f'href="/applications/{sent.pk}/file/"' in page


class TestGoingOn:
    def test_the_page_says_in_plain_words_what_comes_next(self, client_of, second, sent, paula):
        draft = carry_on(sent, second)
        assert "You are on the shortlist" in client_of(paula).get(f"/applications/{draft.pk}/").content.decode()
        mine = client_of(paula).get("/my/").content.decode()
        assert "Answer what is new, look the rest over and send it before the deadline." in mine
        assert "Continue with the second round" in mine

    def test_it_is_sent_with_a_new_consent_alone(self, second, sent, paula):
        draft = carry_on(sent, second)
        at = NOW + timedelta(days=1)
        with pytest.raises(actions.Incomplete) as lacking:
            actions.submit(application=draft, by=paula, at=at)
        assert {p.key for p in lacking.value.problems} == {"consent"}
        answers = {"consent": {"given": True, "version": "1"}}
        actions.save_answers(application=draft, answers=answers, revision=draft.revision, by=paula, at=at)
        assert actions.submit(application=draft, by=paula, at=at).reference == sent.reference

    def test_leaving_it_frees_nobody_elses_way_but_organisers_are_told(self, second, sent, olga, paula):
        draft = carry_on(sent, second)
        actions.withdraw(application=draft, reason="", by=paula, at=LATER)
        run_errands(at=LATER)
        letter = Letter.objects.get(kind="applications.round_left")
        assert letter.to == olga
        assert "0 of 1 on the shortlist are still in it." in letter.body
        assert Application.objects.filter(call=second).count() == 1
        sent.refresh_from_db()
        assert sent.state == "submitted"

    def test_withdrawing_from_a_first_round_writes_no_such_letter(self, sent, paula):
        actions.withdraw(application=sent, reason="", by=paula, at=NOW)
        run_errands(at=NOW)
        assert not Letter.objects.filter(kind="applications.round_left").exists()

    def test_who_has_not_begun_is_reminded_before_the_deadline(self, second, sent):
        actions.carry_on(application=sent, call=second, by=None, at=NOW)
        assert tasks.remind_drafts(at=second.deadline_at - timedelta(days=6)) == 1
        letter = Letter.objects.get(kind="applications.closing_soon")
        assert "you are on the shortlist and may enter the second round" in letter.body


class TestInterview:
    @pytest.fixture
    def talks(self, first, olga):
        return second_round(first, by=olga, round="interview")

    def test_the_file_is_the_first_one_as_it_was_sent(self, sent, talks):
        draft = carry_on(sent, talks)
        assert (draft.answers, draft.form_version) == (sent.answers, sent.form_version)

    def test_nothing_is_written_and_nothing_is_sent_by_the_usual_button(self, client_of, sent, talks, paula):
        draft = carry_on(sent, talks)
        with pytest.raises(NotNow, match="cannot be changed"):
            actions.save_answers(
                application=draft, answers={"goal": "x"}, revision=draft.revision, by=paula, at=LATER
            )  # fmt: skip
        with pytest.raises(NotNow, match="Choose a time for the talk"):
            actions.submit(application=draft, by=paula, at=LATER)
        page = f"/applications/{draft.pk}/send/"
        assert client_of(paula).post(page).status_code == 409
        assert client_of(paula).get(page)["Location"] == f"/applications/{draft.pk}/"

    def test_attending_sends_it_once(self, sent, talks, paula):
        draft = carry_on(sent, talks)
        assert actions.attend(application=draft, by=paula, at=LATER).state == "submitted"
        assert actions.attend(application=draft, by=paula, at=LATER).state == "submitted"
        run_errands(at=LATER)
        assert not Letter.objects.filter(kind="applications.receipt", thing_id=draft.pk).exists()

    def test_attending_has_its_time_and_its_call(self, sent, talks, paula):
        draft = carry_on(sent, talks)
        with pytest.raises(NotNow, match="deadline has passed"):
            actions.attend(application=draft, by=paula, at=talks.deadline_at + timedelta(days=1))
        with pytest.raises(Refused, match="no interviews"):
            actions.attend(application=sent, by=paula, at=LATER)
        actions.withdraw(application=draft, reason="", by=paula, at=LATER)
        with pytest.raises(NotNow, match="You withdrew"):
            actions.attend(application=draft, by=paula, at=LATER)

    def test_my_page_asks_to_choose_a_time(self, client_of, sent, talks, paula):
        carry_on(sent, talks)
        assert "Choose a time for the talk before the deadline." in client_of(paula).get("/my/").content.decode()


def test_whoever_is_forgotten_is_forgotten_in_both_rounds(sent, second, paula):
    draft = carry_on(sent, second)
    actions.forget(person=paula, by=None, at=LATER)
    draft.refresh_from_db()
    assert (draft.state, draft.answers) == ("erased", {})
