"""Choosing, deciding, telling, complaining: every branch of the actions."""

from datetime import timedelta

import pytest

from booster.applications import actions as applications
from booster.applications.models import Application
from booster.calls.models import Call
from booster.chronicle.models import Fact
from booster.chronicle.tasks import run_errands
from booster.craft.balance import Choice
from booster.evaluation.models import Mark, Screening
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.kit.moves import Stale
from booster.people import actions as people
from booster.post.models import Letter
from booster.selection import actions, reactions, tasks
from booster.selection import queries as selection
from booster.selection.models import Complaint, Decision, PolicyNote, Scenario, Signature
from booster.selection.queries import answering, reporting
from booster.selection.rules import limits
from booster.selection.tests import make
from conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LATER = NOW + timedelta(days=1)


@pytest.fixture
def call(olga):
    made = make.call(at=NOW, organiser=olga)
    make.files(made, at=NOW, count=6)
    return made


@pytest.fixture
def venues(olga):
    made = make.call(at=NOW, organiser=olga, kind="venues")
    make.files(made, at=NOW, count=3, marks=lambda n: 5 - n)
    return made


def facts() -> list[str]:
    return list(Fact.objects.filter(kind__startswith="selection.").order_by("pk").values_list("kind", flat=True))


def test_a_try_is_made_asked_worked_out_and_adopted(call, olga):
    scenario = make.solved(call, by=olga, at=NOW)
    assert scenario.result["chosen"] == ["A-000", "A-001", "A-002"]
    assert scenario.state == "solved"
    made = actions.adopt(scenario=scenario, by=olga, at=NOW)
    assert [(d.application.reference, d.outcome, d.rank) for d in made][:4] == [
        ("A-000", "chosen", 1), ("A-001", "chosen", 2), ("A-002", "chosen", 3), ("A-003", "reserve", 1),
    ]  # fmt: skip
    assert facts() == [
        "selection.scenario_made", "selection.scenario_solved", "selection.adopted", "selection.decisions_proposed",
    ]  # fmt: skip


def test_a_try_without_a_name_gets_a_dash(call, olga):
    settings = actions.Settings(name="  ", seats=1, seed=1, wish=limits.Wish())
    assert actions.propose(call=call, settings=settings, by=olga, at=NOW).name == "–"


def test_an_answer_to_a_question_that_changed_is_thrown_away(call, olga):
    asked = actions.ask(scenario=make.scenario(call, by=olga, at=NOW), by=olga, at=NOW)
    at_work = Scenario.objects.get(pk=asked.pk)
    found = answering.work_out_scenario(at_work)
    settings = actions.Settings(name="Other", seats=2, seed=1, wish=limits.Wish())
    actions.ask(scenario=actions.change(scenario=asked, settings=settings, by=olga, at=NOW), by=olga, at=NOW)
    with pytest.raises(Stale):
        actions.keep(scenario=at_work, found=found, by=None, at=NOW)
    assert Scenario.objects.get().result == {}


def test_what_clashes_says_so_and_relaxing_helps(call, olga):
    rows = [
        {"attribute": "country", "value": "BE", "maximum": 0},
        {"attribute": "role", "value": "manager", "minimum": 3},
    ]
    asked = make.solved(call, by=olga, at=NOW, rows=rows)
    assert asked.state == "clashing"
    assert facts()[-1] == "selection.scenario_clashed"
    wish, seats = limits.relax(selection.wish_of(asked), asked.seats, asked.result["relax"])
    settings = actions.Settings(name="Again", seats=seats, seed=1, wish=wish)
    again = actions.ask(scenario=actions.change(scenario=asked, settings=settings, by=olga, at=NOW), by=olga, at=NOW)
    assert not answering.work_out_scenario(again).clashes


def test_the_worker_takes_what_waits_and_leaves_what_another_has(call, olga):
    actions.ask(scenario=make.scenario(call, by=olga, at=NOW), by=olga, at=NOW)
    first, second = Scenario.objects.get(), Scenario.objects.get()
    actions.claim(scenario=first, by=None, at=NOW)
    with pytest.raises(Stale):
        actions.claim(scenario=second, by=None, at=NOW)
    assert tasks.run_waiting(at=NOW) == 0
    assert tasks.run_waiting(at=NOW + timedelta(minutes=3)) == 1  # the first worker was killed
    assert Scenario.objects.get().state == "solved"


def test_two_workers_on_one_try_make_one_answer(call, olga, monkeypatch):
    actions.ask(scenario=make.scenario(call, by=olga, at=NOW), by=olga, at=NOW)
    take = actions.claim

    def beaten(*, scenario, by, at):
        take(scenario=Scenario.objects.get(pk=scenario.pk), by=None, at=at)
        return take(scenario=scenario, by=by, at=at)

    monkeypatch.setattr(actions, "claim", beaten)
    assert tasks.run_waiting(at=NOW) == 0
    assert Scenario.objects.get().tries == 1


def test_a_try_that_kills_the_worker_is_given_up(call, olga):
    actions.ask(scenario=make.scenario(call, by=olga, at=NOW), by=olga, at=NOW)
    for n in range(3):
        actions.claim(scenario=Scenario.objects.get(), by=None, at=NOW + timedelta(minutes=3 * n))
    assert tasks.run_waiting(at=NOW + timedelta(minutes=20)) == 1
    scenario = Scenario.objects.get()
    assert (scenario.state, scenario.result) == ("unsettled", {"message": tasks.STOPPED})


def test_a_try_with_somebody_who_withdrew_is_given_up_with_the_name(call, olga):
    asked = make.scenario(call, by=olga, at=NOW, picked=["A-005"])
    actions.ask(scenario=asked, by=olga, at=NOW)
    call.applications.filter(reference="A-005").update(state="withdrawn")
    assert tasks.run_waiting(at=NOW) == 1
    assert "A-005" in Scenario.objects.get().result["message"]


def test_the_price_of_a_limit_is_worked_out_on_demand(call, olga):
    scenario = make.solved(call, by=olga, at=NOW, rows=[{"attribute": "country", "value": "BE", "maximum": 0}])
    actions.ask_price(scenario=scenario, attribute="country", value="BE", by=olga, at=NOW)
    assert tasks.run_waiting(at=NOW) == 1
    price = Scenario.objects.get().prices["country BE"]
    assert (price["in"], price["out"]) == (["A-000"], ["A-003"])
    assert float(price["gain"]) == 10
    with pytest.raises(Refused):
        actions.ask_price(scenario=scenario, attribute="country", value="FR", by=olga, at=NOW)


def test_a_price_that_cannot_be_had_says_why(call, olga):
    scenario = make.solved(call, by=olga, at=NOW, rows=[{"attribute": "country", "value": "BE", "maximum": 0}])
    actions.ask_price(scenario=scenario, attribute="country", value="BE", by=olga, at=NOW)
    call.applications.update(state="withdrawn")
    tasks.run_waiting(at=NOW)
    assert "message" in Scenario.objects.get().prices["country BE"]
    actions.ask_price(scenario=Scenario.objects.get(), attribute="country", value="BE", by=olga, at=NOW)
    Scenario.objects.update(tries=3)
    tasks.run_waiting(at=NOW)
    assert Scenario.objects.get().prices["country BE"] == {"message": tasks.STOPPED}


def test_adopting_is_refused_when_it_would_not_be_right(call, olga):
    one, other = make.solved(call, by=olga, at=NOW), make.solved(call, by=olga, at=NOW)
    Mark.objects.filter(evaluation__assignment__application__reference="A-005").update(value=5)
    with pytest.raises(Refused, match="changed since"):
        actions.adopt(scenario=one, by=olga, at=NOW)
    Mark.objects.filter(evaluation__assignment__application__reference="A-005").update(value="2.5")
    actions.adopt(scenario=one, by=olga, at=NOW)
    with pytest.raises(Refused, match="Another selection"):
        actions.adopt(scenario=other, by=olga, at=NOW)
    with pytest.raises(NotNow):
        actions.adopt(scenario=Scenario.objects.get(pk=one.pk), by=olga, at=NOW)
    actions.confirm(call=call, by=olga, at=NOW)
    with pytest.raises(Refused, match="confirmed already"):
        actions.reopen(scenario=one, by=olga, at=NOW)


def test_files_that_nobody_checked_or_marked_hinder_adopting(call, olga):
    scenario = make.solved(call, by=olga, at=NOW)
    Screening.objects.filter(application__reference="A-005").delete()
    with pytest.raises(Refused, match="1 application is not checked"):
        actions.adopt(scenario=scenario, by=olga, at=NOW)


def test_an_adopted_selection_is_taken_back_with_its_proposals(call, olga):
    scenario = make.solved(call, by=olga, at=NOW)
    actions.adopt(scenario=scenario, by=olga, at=NOW)
    actions.reopen(scenario=scenario, by=olga, at=NOW)
    assert (scenario.state, Decision.objects.count()) == ("solved", 0)


def test_those_not_eligible_read_the_condition_that_they_miss(call, olga):
    Screening.objects.filter(application__reference="A-005").update(eligible=False, code="late")
    actions.adopt(scenario=make.solved(call, by=olga, at=NOW), by=olga, at=NOW)
    decision = Decision.objects.get(application__reference="A-005")
    assert decision.outcome == "not_eligible"
    assert decision.reason == call.gates.get(code="late").message


def test_confirming_writes_held_letters_with_marks_reason_and_remedies(call, olga):
    decisions = make.decided(call, by=olga, at=NOW)
    letters = Letter.objects.filter(kind="selection.outcome")
    assert {one.state for one in letters} == {"held"}
    assert letters.count() == sum(one.outcome != "chosen" for one in decisions) == 3
    body = letters.get(thing_id=next(d.application_id for d in decisions if d.outcome == "reserve")).body
    assert "The reason:" in body
    assert "of 5 (weight" in body
    assert "within 30 days" in body
    assert "/decision/" in body
    fact = Fact.objects.get(kind="selection.decisions_confirmed")
    reactions.draft_letters(fact, at=LATER)
    assert letters.count() == 3


def test_some_are_confirmed_by_their_ids(call, olga):
    made = actions.adopt(scenario=make.solved(call, by=olga, at=NOW), by=olga, at=NOW)
    assert actions.confirm(call=call, only=[made[0].pk], by=olga, at=NOW) == 1
    assert actions.confirm(call=call, only=[made[0].pk], by=olga, at=NOW) == 0


def test_a_decision_taken_back_loses_its_letter_and_gets_a_new_one(call, olga):
    make.decided(call, by=olga, at=NOW)
    decision = Decision.objects.select_related("call").get(application__reference="A-003")
    actions.take_back(decision=decision, by=olga, at=NOW)
    assert not Letter.objects.filter(thing_id=decision.application_id, state="held").exists()
    actions.amend(decision=decision, outcome="not_chosen", reason="Dates clash.", why="Asked to.", by=olga, at=NOW)
    assert decision.rank is None
    actions.confirm(call=call, by=olga, at=NOW)
    run_errands(at=NOW)
    assert "Dates clash." in Letter.objects.get(thing_id=decision.application_id, state="held").body


def test_amending_puts_people_at_the_end_of_a_list(call, olga):
    make.solved(call, by=olga, at=NOW)
    actions.adopt(scenario=Scenario.objects.get(), by=olga, at=NOW)
    decision = Decision.objects.get(application__reference="A-005")
    actions.amend(decision=decision, outcome="chosen", reason="Fits.", why="A seat more.", by=olga, at=NOW)
    assert decision.rank == 4
    actions.amend(decision=decision, outcome="chosen", reason="Fits well.", why="A seat more.", by=olga, at=NOW)
    assert (decision.rank, decision.reason) == (4, "Fits well.")
    Decision.objects.filter(outcome="reserve").delete()
    actions.amend(decision=decision, outcome="reserve", reason="r", why="w", by=olga, at=NOW)
    assert decision.rank == 1
    with pytest.raises(Refused, match="cannot have that outcome"):
        actions.amend(decision=decision, outcome="king", reason="r", why="w", by=olga, at=NOW)
    with pytest.raises(Refused, match="Say why"):
        actions.amend(decision=decision, outcome="chosen", reason=" ", why="w", by=olga, at=NOW)
    actions.confirm(call=call, by=olga, at=NOW)
    with pytest.raises(Stale):
        actions.amend(decision=decision, outcome="chosen", reason="r", why="w", by=olga, at=NOW)


def test_telling_releases_all_letters_and_states_one_fact_each(call, olga):
    make.decided(call, by=olga, at=NOW)
    told = actions.tell(call=call, by=olga, at=NOW)
    assert len(told) == 6
    assert {one.state for one in Letter.objects.filter(kind="selection.outcome")} == {"released"}
    payloads = [fact.payload for fact in Fact.objects.filter(kind="selection.told").order_by("pk")]
    assert [(one["outcome"], one["rank"]) for one in payloads][:4] == [
        ("chosen", 1), ("chosen", 2), ("chosen", 3), ("reserve", 1),
    ]  # fmt: skip
    run_errands(at=NOW)
    assert Call.objects.get(pk=call.pk).state == "settled"
    assert selection.has_decided(call)
    assert len(selection.chosen_ids(call)) == 3
    with pytest.raises(Refused, match="No decision is confirmed"):
        actions.tell(call=call, by=olga, at=NOW)


def withdrawn(reference: str, *, at=LATER):
    application = Application.objects.get(reference=reference)
    applications.withdraw(application=application, reason="", by=application.applicant, at=at)
    return application


def test_who_withdraws_before_the_telling_gets_no_decision_and_the_organisers_hear_of_it(call, olga):
    make.decided(call, by=olga, at=NOW)
    gone = withdrawn("A-000")
    run_errands(at=LATER)
    assert not Decision.objects.filter(application=gone).exists()
    assert not Letter.objects.filter(kind="selection.outcome", thing_id=gone.pk, state="held").exists()
    letter = Letter.objects.get(kind="selection.stepped_back")
    assert (letter.address, letter.subject) == (
        "olga@example.org", "“Call for participants”: A-000 was withdrawn before you told the decisions",
    )  # fmt: skip
    assert "A place among the chosen is free" in letter.body
    assert len(actions.tell(call=call, by=olga, at=LATER)) == 5


def test_who_was_on_no_list_steps_back_without_a_letter_to_anybody(call, olga):
    make.decided(call, by=olga, at=NOW, reserves=1)
    withdrawn("A-005")
    run_errands(at=LATER)
    assert Decision.objects.count() == 5
    assert not Letter.objects.filter(kind="selection.stepped_back").exists()


def test_what_was_withdrawn_a_moment_ago_is_not_told_even_before_its_errand_ran(call, olga):
    make.decided(call, by=olga, at=NOW)
    gone = withdrawn("A-001")
    told = actions.tell(call=call, by=olga, at=LATER)
    assert gone.pk not in {row.application_id for row in told}
    run_errands(at=LATER)
    assert not Letter.objects.filter(kind="selection.outcome", thing_id=gone.pk).exclude(state="discarded").exists()
    assert not Decision.objects.filter(application=gone).exists()


def test_nothing_is_withdrawn_once_the_decision_was_told(call, olga):
    make.told(call, by=olga, at=NOW)
    with pytest.raises(NotNow, match="answer for your seat instead"):
        withdrawn("A-000")
    assert Application.objects.filter(told_at=NOW).count() == 6


def test_telling_waits_for_letters_but_not_for_people_without_an_address(call, olga):
    actions.adopt(scenario=make.solved(call, by=olga, at=NOW), by=olga, at=NOW)
    actions.confirm(call=call, by=olga, at=NOW)
    with pytest.raises(Refused, match="3 letters are not written yet"):
        actions.tell(call=call, by=olga, at=NOW)
    call.applications.update(applicant=None, address="")
    rows = list(selection.decisions_of(call))
    assert len(selection.check(call, rows).unreachable) == 6
    run_errands(at=NOW)
    assert len(actions.tell(call=call, by=olga, at=NOW)) == 6


def test_an_open_call_stays_open_when_some_are_told(call, olga):
    make.decided(call, by=olga, at=NOW)
    decision = Decision.objects.select_related("call").get(application__reference="A-005")
    actions.take_back(decision=decision, by=olga, at=NOW)
    actions.tell(call=call, by=olga, at=NOW)
    run_errands(at=NOW)
    assert Call.objects.get(pk=call.pk).state == "closed"
    assert not selection.has_decided(call)


def test_two_who_tell_at_once_tell_once(call, olga, monkeypatch):
    from booster.selection.actions import telling

    make.decided(call, by=olga, at=NOW)
    monkeypatch.setattr(telling, "_all_written", lambda *_: Decision.objects.filter(rank=1).update(state="proposed"))
    with pytest.raises(Stale):
        actions.tell(call=call, by=olga, at=NOW)
    assert not Decision.objects.filter(state="told").exists()


def test_a_venue_is_chosen_with_a_reason_and_the_others_are_told_why(venues, olga):
    first, second, third = venues.applications.order_by("pk")
    made = actions.choose_venue(call=venues, chosen=second, runner_up=first, reason="A lab next door.", by=olga, at=NOW)
    assert {(d.application.reference, d.outcome) for d in made} == {
        ("A-000", "reserve"), ("A-001", "chosen"), ("A-002", "not_chosen"),
    }  # fmt: skip
    actions.confirm(call=venues, by=olga, at=NOW)
    run_errands(at=NOW)
    assert Letter.objects.filter(kind="selection.outcome", state="held").count() == 3
    with pytest.raises(Refused, match="confirmed already"):
        actions.choose_venue(call=venues, chosen=third, runner_up=None, reason="Because.", by=olga, at=NOW)


def test_a_venue_is_not_chosen_without_reason_or_when_unfit(venues, olga):
    first, _second, third = venues.applications.order_by("pk")
    Screening.objects.filter(application=third).update(eligible=False, code="not step-free")
    for chosen, second_choice, reason, message in [
        (first, None, " ", "Say why"),
        (third, None, "x", "passes the thresholds"),
        (first, third, "x", "passes the thresholds"),
        (first, first, "x", "another offer"),
    ]:
        with pytest.raises(Refused, match=message):
            actions.choose_venue(call=venues, chosen=chosen, runner_up=second_choice, reason=reason, by=olga, at=NOW)
    made = actions.choose_venue(call=venues, chosen=first, runner_up=None, reason="Best.", by=olga, at=NOW)
    assert {d.application.reference: d.outcome for d in made} == {
        "A-000": "chosen", "A-001": "not_chosen", "A-002": "not_eligible",
    }  # fmt: skip


def test_policy_reasons_are_recorded_apart(venues, olga):
    offer = venues.applications.first()
    actions.note_policy(application=offer, kind="rotation", favours=True, text="First time.", by=olga, at=NOW)
    assert PolicyNote.objects.get().text == "First time."
    for kind, text in [("weather", "x"), ("rotation", " ")]:
        with pytest.raises(Refused):
            actions.note_policy(application=offer, kind=kind, favours=True, text=text, by=olga, at=NOW)


def test_a_complaint_runs_its_course_and_opens_the_decision_again(call, olga):
    decision = next(d for d in make.told(call, by=olga, at=NOW) if d.outcome == "not_chosen" or d.outcome == "reserve")
    paul = decision.application.applicant
    complaint = actions.complain(decision=decision, text=" A mark is wrong. ", by=paul, at=LATER)
    with pytest.raises(NotNow, match="already"):
        actions.complain(decision=decision, text="Again", by=paul, at=LATER)
    run_errands(at=LATER)
    assert Letter.objects.get(kind="selection.complained").to == paul
    assert Letter.objects.get(kind="selection.complaint_arrived").to == olga
    actions.admit(complaint=complaint, by=olga, at=LATER)
    with pytest.raises(Refused, match="Write the answer"):
        actions.decide(complaint=complaint, answer=" ", changes_decision=True, by=olga, at=LATER)
    actions.decide(complaint=complaint, answer="You are right.", changes_decision=True, by=olga, at=LATER)
    run_errands(at=LATER)
    decision.refresh_from_db()
    assert (decision.state, decision.round) == ("proposed", 2)
    assert Letter.objects.filter(kind__startswith="selection.complaint_").count() == 3
    actions.confirm(call=call, by=olga, at=LATER)
    run_errands(at=LATER)
    actions.tell(call=call, by=olga, at=LATER + timedelta(hours=1))
    fact = Fact.objects.get(kind="selection.complaint_decided")
    reactions.look_again(fact, at=LATER)  # a second run of the errand changes nothing
    decision.refresh_from_db()
    assert decision.state == "told"


def test_a_complaint_that_is_not_admitted_or_changes_nothing(call, olga):
    reserve, other = [d for d in make.told(call, by=olga, at=NOW) if d.outcome != "chosen"][:2]
    first = actions.complain(decision=reserve, text="Unfair.", by=reserve.application.applicant, at=LATER)
    actions.refuse(complaint=first, answer="It is about the merits.", by=olga, at=LATER)
    second = actions.complain(decision=other, text="Late letter.", by=other.application.applicant, at=LATER)
    actions.admit(complaint=second, by=olga, at=LATER)
    actions.decide(complaint=second, answer="It came in time.", changes_decision=False, by=olga, at=LATER)
    run_errands(at=LATER)
    assert Decision.objects.filter(state="told").count() == 6
    assert Letter.objects.filter(kind="selection.complaint_refused").count() == 1
    with pytest.raises(NotNow):
        actions.admit(complaint=first, by=olga, at=LATER)


def test_complaints_come_within_the_window_with_words_and_after_telling(call, olga):
    made = actions.adopt(scenario=make.solved(call, by=olga, at=NOW), by=olga, at=NOW)
    with pytest.raises(NotNow, match="not been told"):
        actions.complain(decision=made[0], text="x", by=None, at=NOW)
    actions.confirm(call=call, by=olga, at=NOW)
    run_errands(at=NOW)
    decision = actions.tell(call=call, by=olga, at=NOW)[0]
    with pytest.raises(NotNow, match=r"until 31\.10\.2022"):
        actions.complain(decision=decision, text="x", by=None, at=NOW + timedelta(days=32))
    with pytest.raises(Refused, match="what went wrong"):
        actions.complain(decision=decision, text="  ", by=None, at=LATER)


def test_who_is_forgotten_leaves_no_words(call, olga):
    decision = make.told(call, by=olga, at=NOW)[0]
    paul = decision.application.applicant
    actions.complain(decision=decision, text="My name is Paul.", by=paul, at=LATER)
    people.forget(person=paul, by=None, at=LATER)
    run_errands(at=LATER)
    assert Complaint.objects.get().text == ""


def test_signing_needs_the_figures_that_were_read(call, olga):
    make.told(call, by=olga, at=NOW)
    seen = reporting.digest(reporting.figures(call))
    one = actions.sign(call=call, part="Chair", seen=seen, by=olga, at=LATER)
    assert actions.sign(call=call, part="Chair", seen=seen, by=olga, at=LATER) == one
    assert Signature.objects.get().figures["steps"][0] == ["sent", 6]
    for part, digest, trouble in [(" ", seen, Refused), ("Chair", "0" * 64, Stale)]:
        with pytest.raises(trouble):
            actions.sign(call=call, part=part, seen=digest, by=olga, at=LATER)


def test_reactions_to_what_is_gone_do_nothing():
    fact = Fact(kind="selection.complained", thing_id=0, payload={}, at=NOW)
    for react in [
        reactions.draft_letters, reactions.settle_call, reactions.write_about_complaint, reactions.call_organisers,
        reactions.look_again, reactions.forget,
    ]:  # fmt: skip
        react(fact, at=NOW)
    assert Letter.objects.count() == 0


def test_the_task_works_off_what_waits(call, olga):
    actions.ask(scenario=make.scenario(call, by=olga, at=NOW), by=olga, at=NOW)
    assert tasks.work_waiting.call() == 1


def test_the_solver_that_finds_no_answer_in_time_is_told(call, olga, monkeypatch):
    from booster.craft.balance import Unsettled

    def never(problem, *, effort, watch) -> Choice:
        raise Unsettled("The time ran out before a selection was found.")

    monkeypatch.setattr(answering, "choose", never)
    actions.ask(scenario=make.scenario(call, by=olga, at=NOW), by=olga, at=NOW)
    tasks.run_waiting(at=NOW)
    assert Scenario.objects.get().result == {"message": "The time ran out before a selection was found."}
