"""The shortlist: picked or worked out, proposed with reasons, told only when the second round can be entered."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils.timezone import now

from booster.applications import actions as applications
from booster.applications.models import Application
from booster.calls import actions as calls
from booster.calls import queries as call_queries
from booster.calls.models import Call
from booster.chronicle.tasks import run_errands
from booster.interviews import actions as interviews
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.kit.moves import Stale
from booster.post.models import Letter
from booster.selection import actions
from booster.selection import queries as selection
from booster.selection.models import Decision
from booster.selection.tests import make

pytestmark = pytest.mark.django_db
NOW = now()
WHY = "The best plans go on."


@pytest.fixture
def first(olga):
    return make.call(at=NOW, organiser=olga)


def second_round(first, *, by, round="full", publish=True, days=20):
    second = calls.follow(
        call=first, round=round, copy_questions=True, shortlist_size=2, deadline_at=NOW + timedelta(days=days), by=by,
        at=NOW,
    )  # fmt: skip
    if publish:
        if (version := call_queries.form_draft(second)) is not None:
            calls.publish_form(version=version, by=by, at=NOW)
        calls.publish(call=Call.objects.get(pk=second.pk), by=by, at=NOW)
    return Call.objects.select_related("follows", "edition__academy").get(pk=second.pk)


def shortlist(first, picked, *, by, reason=WHY, **about):
    return actions.shortlist(
        call=Call.objects.get(pk=first.pk), picked=[one.pk for one in picked], reason=reason, by=by, at=NOW, **about
    )  # fmt: skip


def tell(first, *, by, at=NOW):
    call = Call.objects.select_related("edition__academy").get(pk=first.pk)
    actions.confirm(call=call, by=by, at=at)
    run_errands(at=at)
    told = actions.tell(call=call, by=by, at=at)
    run_errands(at=at)
    return told


class TestProposing:
    def test_the_picked_are_shortlisted_the_others_not_chosen(self, olga, first):
        rows = make.files(first, at=NOW, count=4)
        second_round(first, by=olga)
        made = shortlist(first, [rows[2], rows[0]], by=olga)
        found = {one.application.reference: (one.outcome, one.rank, one.reason) for one in made}
        assert found == {
            "A-000": ("shortlisted", 1, WHY),
            "A-001": ("not_chosen", None, f"Others were put on the shortlist. {WHY}"),
            "A-002": ("shortlisted", 2, WHY),
            "A-003": ("not_chosen", None, f"Others were put on the shortlist. {WHY}"),
        }

    def test_nobody_or_somebody_who_does_not_pass_is_refused(self, olga, first):
        rows = make.files(first, at=NOW, count=2)
        other = make.files(make.call(at=NOW, organiser=olga, slug="other", edition=first.edition), at=NOW, count=1)
        second_round(first, by=olga)
        with pytest.raises(Refused, match="at least one"):
            shortlist(first, [], by=olga)
        with pytest.raises(Refused, match="eligible and passes"):
            shortlist(first, [*rows, *other], by=olga)
        with pytest.raises(Refused, match="Say how you chose"):
            shortlist(first, rows, reason=" ", by=olga)
        assert Decision.objects.count() == 0

    def test_a_call_without_a_second_round_has_no_shortlist(self, olga, first):
        rows = make.files(first, at=NOW, count=2)
        with pytest.raises(Refused, match="no second round"):
            shortlist(first, rows, by=olga)

    def test_of_two_organisers_at_once_the_second_is_told(self, olga, first):
        rows = make.files(first, at=NOW, count=3)
        second_round(first, by=olga)
        shortlist(first, rows[:1], by=olga, seen=0)
        with pytest.raises(Stale, match="Somebody else proposed decisions"):
            shortlist(first, rows[1:], by=olga, seen=0)
        assert Decision.objects.get(outcome="shortlisted").application == rows[0]

    def test_an_adopted_selection_makes_a_shortlist_of_its_chosen_and_no_reserve(self, olga, first):
        make.files(first, at=NOW, count=6)
        second_round(first, by=olga)
        scenario = make.solved(first, by=olga, at=NOW, seats=2)
        made = actions.adopt(scenario=scenario, by=olga, at=NOW)
        outcomes = sorted(one.outcome for one in made)
        assert outcomes == ["not_chosen"] * 4 + ["shortlisted"] * 2
        assert sorted(one.rank for one in made if one.rank) == [1, 2]

    def test_decisions_from_before_the_second_round_are_not_confirmed(self, olga, first):
        make.files(first, at=NOW, count=3)
        actions.adopt(scenario=make.solved(first, by=olga, at=NOW), by=olga, at=NOW)
        second_round(first, by=olga)
        with pytest.raises(Refused, match="Propose them anew"):
            actions.confirm(call=Call.objects.get(pk=first.pk), by=olga, at=NOW)

    def test_a_first_round_chooses_nobody_for_good(self, olga, first):
        rows = make.files(first, at=NOW, count=2)
        second_round(first, by=olga)
        decision = shortlist(first, rows, by=olga)[0]
        with pytest.raises(Refused, match="cannot have that outcome"):
            actions.amend(decision=decision, outcome="chosen", reason="r", why="w", by=olga, at=NOW)
        actions.amend(decision=decision, outcome="not_chosen", reason="r", why="w", by=olga, at=NOW)
        assert decision.rank is None

    def test_a_place_is_chosen_in_the_second_round(self, olga):
        first = make.call(at=NOW, organiser=olga, kind="venues")
        rows = make.files(first, at=NOW, count=3)
        second_round(first, by=olga)
        with pytest.raises(Refused, match="choose the place there"):
            actions.choose_venue(
                call=Call.objects.get(pk=first.pk), chosen=rows[0], runner_up=None, reason="r", by=olga, at=NOW
            )
        assert [one.outcome for one in shortlist(first, rows[:2], by=olga)] == ["shortlisted"] * 2 + ["not_chosen"]


class TestTelling:
    def test_each_of_the_shortlist_gets_a_letter_and_a_file_of_the_second_round(self, olga, first):
        rows = make.files(first, at=NOW, count=3)
        second = second_round(first, by=olga)
        shortlist(first, rows[:2], by=olga)
        tell(first, by=olga)
        drafts = Application.objects.filter(call=second)
        assert {one.follows for one in drafts} == set(rows[:2])
        letters = {one.to.name: one.body for one in Letter.objects.filter(kind="selection.outcome")}
        assert len(letters) == 3
        assert "you are on the shortlist of “Call for participants”" in letters["Person 0"]
        assert f"/calls/{second.slug}/apply/" in letters["Person 0"]
        assert "was not chosen" in letters["Person 2"]
        first.refresh_from_db()
        assert first.state == "settled"

    def test_a_round_that_cannot_be_entered_is_not_told(self, olga, first):
        rows = make.files(first, at=NOW, count=2)
        second = second_round(first, by=olga, publish=False)
        shortlist(first, rows, by=olga)
        with pytest.raises(NotNow, match="Publish the second round first"):
            tell(first, by=olga)
        calls.publish_form(version=call_queries.form_draft(second), by=olga, at=NOW)
        calls.publish(call=Call.objects.get(pk=second.pk), by=olga, at=NOW)
        with pytest.raises(NotNow, match="The second round is over"):
            tell(first, by=olga, at=NOW + timedelta(days=30))
        assert not Decision.objects.filter(state="told").exists()
        assert len(tell(first, by=olga)) == 2

    def test_talks_need_times_enough(self, olga, first):
        rows = make.files(first, at=NOW, count=3)
        second = second_round(first, by=olga, round="interview")
        shortlist(first, rows[:2], by=olga)
        with pytest.raises(NotNow, match="Free times: 0; people on the shortlist: 2"):
            tell(first, by=olga)
        terms = interviews.Terms(minutes=30, place="Room 2")
        starts = [NOW + timedelta(days=3, hours=n) for n in range(2)]
        interviews.offer(call=second, starts=starts, terms=terms, by=olga, at=NOW)
        assert len(tell(first, by=olga)) == 3

    def test_an_upheld_complaint_can_still_lead_into_the_second_round(self, olga, first):
        rows = make.files(first, at=NOW, count=2)
        second = second_round(first, by=olga)
        shortlist(first, rows[:1], by=olga)
        tell(first, by=olga)
        decision = Decision.objects.get(application=rows[1])
        complaint = actions.complain(decision=decision, text="A page was missed.", by=rows[1].applicant, at=NOW)
        actions.admit(complaint=complaint, by=olga, at=NOW)
        actions.decide(complaint=complaint, answer="You are right.", changes_decision=True, by=olga, at=NOW)
        run_errands(at=NOW)
        decision.refresh_from_db()
        actions.amend(decision=decision, outcome="shortlisted", reason="Goes on.", why="Upheld.", by=olga, at=NOW)
        tell(first, by=olga, at=NOW + timedelta(days=2))
        assert Application.objects.get(follows=rows[1]).call == second
        assert Application.objects.filter(call=second).count() == 2

    def test_told_twice_begins_one_file(self, olga, first):
        rows = make.files(first, at=NOW, count=1)
        second = second_round(first, by=olga)
        shortlist(first, rows, by=olga)
        tell(first, by=olga)
        assert applications.carry_on(application=rows[0], call=second, by=None, at=NOW).follows == rows[0]
        assert Application.objects.filter(call=second).count() == 1


class TestTheSecondRound:
    @pytest.fixture
    def second(self, olga, first):
        """Three of four on the shortlist, two of them sent and marked."""
        rows = make.files(first, at=NOW, count=4)
        second = second_round(first, by=olga)
        shortlist(first, rows[:3], by=olga)
        tell(first, by=olga)
        Call.objects.filter(pk=second.pk).update(threshold=50)
        sent = list(Application.objects.filter(call=second, follows__in=rows[:2]).order_by("pk"))
        Application.objects.filter(pk__in=[one.pk for one in sent]).update(state="submitted", answers={})
        make.screened(sent, at=NOW)
        make.marked(second, sent, at=NOW, values=lambda n: 4)
        return Call.objects.select_related("edition__academy").get(pk=second.pk)

    def test_it_ranks_only_those_who_entered(self, second):
        found = selection.standings(second)
        assert [one.application.reference for one in found] == ["A-000", "A-001"]

    def test_limits_know_what_the_first_round_asked(self, second):
        people = selection.candidates(second, selection.standings(second))
        assert [(one.attributes["role"], one.attributes["gender"]) for one in people] == [
            ("manager", "woman"),
            ("director", "man"),
        ]

    def test_the_command_line_chooses_from_it_alike(self, second, capsys):
        call_command("select", second.slug, "--seats", "1", "--seed", "1")
        assert "A-000" in capsys.readouterr().out

    def test_its_decisions_are_final(self, olga, second):
        actions.adopt(scenario=make.solved(second, by=olga, at=NOW, seats=1), by=olga, at=NOW)
        assert sorted(one.outcome for one in tell(second, by=olga)) == ["chosen", "reserve"]

    def test_first_files_outlive_their_retention_with_the_second(self, olga, first, second):
        assert len(selection.chosen_ids(first)) == 3
        actions.adopt(scenario=make.solved(second, by=olga, at=NOW, seats=1), by=olga, at=NOW)
        tell(second, by=olga)
        chosen = Decision.objects.get(call=second, outcome="chosen").application
        waits = Application.objects.get(call=second, state="draft")
        assert selection.chosen_ids(first) == {chosen.follows_id, waits.follows_id}


class TestPages:
    @pytest.fixture
    def page(self, olga, first):
        self.rows = make.files(first, at=NOW, count=3)
        second_round(first, by=olga)
        return f"/calls/{first.slug}/shortlist/"

    def test_the_announced_number_is_ticked_more_than_pass_ticks_all_none_ticks_none(self, client_of, olga, page):
        client = client_of(olga)
        assert client.get(page).content.decode().count(" checked") == 2
        many = client.get(f"{page}?best=99").content.decode()
        assert many.count(" checked") == 3
        assert "Only 3 files pass; all of them are ticked." in many
        assert client.get(f"{page}?best=0").content.decode().count(" checked") == 0
        assert client.get(f"{page}?best=-4x").status_code == 200

    def test_proposing_leads_to_the_decisions(self, client_of, olga, page, first):
        client = client_of(olga)
        seen = {"seen": "0", "reason": WHY}
        assert client.post(page, seen).status_code == 422
        answer = client.post(page, {**seen, "pick": [self.rows[0].pk, self.rows[1].pk]}, follow=True)
        shown = answer.content.decode()
        assert "2 applications are on the shortlist." in shown
        assert "On the reserve list" not in shown

    def test_who_comes_second_keeps_what_was_ticked_and_typed(self, client_of, olga, page, first):
        client = client_of(olga)
        shortlist(first, self.rows[:1], by=olga)
        answer = client.post(page, {"seen": "0", "reason": "Mine", "pick": [self.rows[2].pk]})
        shown = answer.content.decode()
        assert answer.status_code == 422
        assert "Somebody else proposed decisions a moment ago." in shown
        assert f'value="{self.rows[2].pk}" id="p{self.rows[2].pk}" checked' in shown
        assert "Mine" in shown

    def test_only_organisers_of_a_call_with_a_second_round_come_in(self, client_of, olga, sana, page, first):
        assert client_of(sana).get(page).status_code == 404
        other = make.call(at=NOW, organiser=olga, slug="alone", edition=first.edition)
        assert client_of(olga).get(f"/calls/{other.slug}/shortlist/").status_code == 403

    def test_the_number_of_queries_does_not_grow(self, client_of, olga, page, first, django_assert_num_queries):
        client = client_of(olga)
        client.get(page)
        with django_assert_num_queries(10):
            client.get(page)
        second = make.call(at=NOW, organiser=olga, slug="more", edition=first.edition)
        make.files(second, at=NOW, count=12)
        second_round(second, by=olga)
        with django_assert_num_queries(10):
            client.get(f"/calls/{second.slug}/shortlist/")

    def test_the_applicant_reads_it_in_plain_words_with_the_way_on(self, client_of, olga, page, first):
        shortlist(first, self.rows[:1], by=olga)
        tell(first, by=olga)
        draft = Application.objects.get(follows=self.rows[0])
        client = client_of(self.rows[0].applicant)
        shown = client.get(f"/applications/{self.rows[0].pk}/decision/").content.decode()
        assert "You are on the shortlist" in shown
        assert f"/applications/{draft.pk}/" in shown
        assert "You may complain until" in shown
        other = client_of(self.rows[1].applicant).get(f"/applications/{self.rows[1].pk}/decision/").content.decode()
        assert "Your application was not chosen" in other
