"""Chances, the announcement, the draw and its calling off: what each does, whom it refuses, when it is too late."""

import json
import subprocess
import sys
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

import pytest

from booster.applications.models import Application
from booster.calls.models import Call
from booster.chronicle.models import Fact
from booster.craft.balance import BadProblem
from booster.craft.working import Step
from booster.evaluation.models import Mark
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.kit.moves import Stale
from booster.selection import actions, reactions, tasks
from booster.selection.models import Decision, Draw, Portfolio, Scenario
from booster.selection.queries import draws, solving
from booster.selection.rules import limits
from booster.selection.tests import make
from booster.selection.views.drawing import VERIFIER
from conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LATER = NOW + timedelta(hours=1)
SEED = "7 12 23 30 44"


@pytest.fixture
def call(olga):
    made = make.call(at=NOW, organiser=olga)
    make.files(made, at=NOW, count=12)
    return made


def last():
    fact = Fact.objects.order_by("pk").last()
    return fact.kind, fact.payload


class TestWeighing:
    def test_everybody_has_an_exact_chance_and_a_reason(self, call, olga):
        scenario = make.weighed(call, by=olga, at=NOW)
        assert scenario.state == "weighed"
        assert last()[0] == "selection.scenario_weighed"
        chances = {key: Fraction(chance) for key, chance in scenario.result["chances"].items()}
        assert sum(chances.values()) == 3
        # A-000 and A-006 have 100 points, A-001 and A-007 90: four people of the highest band for three seats
        assert {key: str(chances[key]) for key in ("A-000", "A-001", "A-006", "A-007", "A-002")} == {
            "A-000": "3/4", "A-001": "3/4", "A-006": "3/4", "A-007": "3/4", "A-002": "0"
        }  # fmt: skip
        assert scenario.result["bands"] == [
            {"letter": "A", "from": "90", "people": 4, "seats": 3},
            {"letter": "B", "from": "80", "people": 2, "seats": 0},
            {"letter": "C", "from": "50", "people": 6, "seats": 0},
        ]
        assert scenario.result["reasons"]["A-000"] == "By lot, with a chance of 75 %."
        assert scenario.result["reasons"]["A-002"] == "Every group with you has fewer people of a higher band."
        assert set(scenario.result["reasons"]) == {f"A-{n:03}" for n in range(12)}

    def test_under_threshold_and_lottery_everybody_over_the_threshold_counts_alike(self, call, olga):
        scenario = make.weighed(call, by=olga, at=NOW, policy="lottery", threshold=Decimal(80))
        chances = set(scenario.result["chances"].values())
        assert chances == {"0", "1/2"}  # six people with 80 points or more, three seats
        assert scenario.result["reasons"]["A-003"] == "The score of 70 is below 80, the lowest that takes part."

    def test_a_call_that_was_made_just_now_has_a_whole_number_for_threshold(self, call, olga):
        call.threshold = 50
        assert make.weighed(call, by=olga, at=NOW).result["threshold"] == "50"

    def test_the_public_file_names_nobody_and_says_nothing_of_them(self, call, olga):
        kept = make.weighed(call, by=olga, at=NOW).portfolio
        public = json.loads(kept.published)
        assert sorted(public) == ["fingerprint", "format", "panels", "policy", "seats", "tickets"]
        assert public["fingerprint"] == sha256(kept.committed.encode()).hexdigest()
        assert kept.fingerprint == sha256(kept.published.encode()).hexdigest()
        ids = {one for panel in public["panels"] for one in panel["ids"]}
        assert ids <= set(kept.numbers)
        assert sorted(kept.numbers) == [f"{n:03}" for n in range(1, 13)]
        assert "A-0" not in kept.published + kept.committed

    def test_numbers_of_the_draw_cannot_be_told_from_references(self, call, olga):
        first = make.weighed(call, by=olga, at=NOW).portfolio.numbers
        Mark.objects.filter(evaluation__assignment__application__reference="A-011").update(value=5)
        second = make.weighed(call, by=olga, at=NOW).portfolio.numbers
        assert sorted(first.values()) == sorted(second.values())
        assert first != second  # a single score changes whose number is whose

    def test_asking_anew_throws_the_chances_away(self, call, olga):
        scenario = make.weighed(call, by=olga, at=NOW)
        actions.ask(scenario=scenario, by=olga, at=NOW)
        assert not Portfolio.objects.exists()
        settings = actions.Settings(name="Points", seats=3, seed=1, wish=limits.Wish())
        again = make.weighed(call, by=olga, at=NOW)
        actions.change(scenario=again, settings=settings, by=olga, at=NOW)
        assert (again.state, again.policy, again.bands, again.result) == ("draft", "points", [], {})
        assert not Portfolio.objects.exists()

    def test_limits_that_clash_are_told_under_a_lottery_too(self, call, olga):
        rows = [{"attribute": "country", "value": "BE", "minimum": 9}]
        assert make.weighed(call, by=olga, at=NOW, rows=rows).state == "clashing"

    def test_a_limit_says_what_the_groups_reach_and_what_it_costs(self, call, olga):
        rows = [{"attribute": "gender", "value": "woman", "maximum": 1}]
        scenario = make.weighed(call, by=olga, at=NOW, rows=rows)
        limit = scenario.result["limits"][0]
        assert (limit["fewest"], limit["reached"], limit["binding"]) == (1, 1, "maximum")
        actions.ask_price(scenario=scenario, attribute="gender", value="woman", by=olga, at=NOW)
        tasks.run_waiting(at=NOW)
        scenario.refresh_from_db()
        price = scenario.prices["gender woman"]
        assert price["least"] == ["1 in 2", "75 %"]
        assert price["bands"] == [["A", 3, 3], ["B", 0, 0], ["C", 0, 0]]

    def test_a_seat_for_one_person_has_a_price(self, call, olga):
        scenario = make.weighed(call, by=olga, at=NOW)
        actions.ask_inclusion(scenario=scenario, reference="A-002", by=olga, at=NOW)
        assert last() == ("selection.inclusion_asked", {"reference": "A-002"})
        tasks.run_waiting(at=NOW)
        scenario.refresh_from_db()
        said = scenario.prices["person A-002"]["message"]
        assert said == "Every group with this person has at least 1 fewer of band A."
        assert (scenario.person_asked, scenario.state) == ("", "weighed")

    def test_under_points_a_seat_costs_points(self, call, olga):
        scenario = make.solved(call, by=olga, at=NOW)
        actions.ask_inclusion(scenario=scenario, reference="A-005", by=olga, at=NOW)
        tasks.run_waiting(at=NOW)
        scenario.refresh_from_db()
        price = scenario.prices["person A-005"]
        assert price["in"] == ["A-005"]
        assert Decimal(price["gain"]) < 0

    @pytest.mark.parametrize("reference", ["A-999", "", "x" * 40])
    def test_nobody_asks_what_a_seat_costs_for_somebody_who_is_not_there(self, call, olga, reference):
        with pytest.raises(Refused, match="cannot be chosen here"):
            actions.ask_inclusion(
                scenario=make.weighed(call, by=olga, at=NOW), reference=reference, by=olga, at=NOW
            )  # fmt: skip


class TestStopping:
    def test_work_in_hand_is_stopped_and_the_worker_lets_go(self, call, olga):
        asked = actions.ask(scenario=make.scenario(call, by=olga, at=NOW), by=olga, at=NOW)
        at_work = actions.claim(scenario=Scenario.objects.get(pk=asked.pk), by=None, at=NOW)
        told = {"stage": "chances", "done": 3, "whole": 9, "by": None, "at": NOW}
        assert actions.note_progress(scenario=at_work, **told)
        asked.refresh_from_db()
        assert asked.progress == {"stage": "chances", "done": 3, "whole": 9}
        actions.stop(scenario=asked, by=olga, at=NOW)
        assert (asked.state, asked.progress, asked.leased_until) == ("draft", {}, None)
        assert last()[0] == "selection.scenario_stopped"
        assert not actions.note_progress(scenario=at_work, **told)

    def test_the_watch_speaks_at_most_once_a_second(self, call, olga, monkeypatch):
        asked = actions.ask(scenario=make.scenario(call, by=olga, at=NOW), by=olga, at=NOW)
        clock = iter([0.0, 0.5, 1.5, 1.5, 3.0, 3.0])
        monkeypatch.setattr(tasks.time, "monotonic", lambda: next(clock))
        watch = tasks.watch_of(asked)
        assert watch(Step("groups", 1))
        assert Scenario.objects.get(pk=asked.pk).progress == {}
        assert watch(Step("groups", 2))
        assert Scenario.objects.get(pk=asked.pk).progress == {"stage": "groups", "done": 2, "whole": None}
        actions.stop(scenario=Scenario.objects.get(pk=asked.pk), by=olga, at=NOW)
        assert not watch(Step("groups", 3))

    def test_a_lottery_is_stopped_in_the_middle_and_nothing_is_kept(self, call, olga, monkeypatch):
        settings = actions.Settings(name="Merit", seats=3, seed=1, wish=limits.Wish(), policy="merit", bands=(90, 80))
        asked = actions.propose(call=call, settings=settings, by=olga, at=NOW)
        actions.ask(scenario=asked, by=olga, at=NOW)
        told = actions.note_progress

        def stopped_meanwhile(**step):
            actions.stop(scenario=Scenario.objects.get(pk=asked.pk), by=olga, at=NOW)
            return told(**step)

        monkeypatch.setattr(tasks, "TELL", 0)
        monkeypatch.setattr(actions, "note_progress", stopped_meanwhile)
        assert tasks.run_waiting(at=NOW) == 0
        asked.refresh_from_db()
        assert (asked.state, asked.result) == ("draft", {})
        assert not Portfolio.objects.exists()

    def test_a_price_is_stopped_and_the_answer_stays(self, call, olga):
        scenario = make.weighed(call, by=olga, at=NOW)
        actions.ask_inclusion(scenario=scenario, reference="A-002", by=olga, at=NOW)
        actions.stop(scenario=scenario, by=olga, at=NOW)
        assert (scenario.state, scenario.person_asked) == ("weighed", "")

    def test_nothing_in_hand_cannot_be_stopped(self, call, olga):
        with pytest.raises(NotNow):
            actions.stop(scenario=make.solved(call, by=olga, at=NOW), by=olga, at=NOW)


class TestAnnouncing:
    def announce(self, scenario, olga, **about):
        told = {"source": "The numbers", "known_at": LATER, "seen": scenario.portfolio.fingerprint, "at": NOW} | about
        return actions.announce(scenario=scenario, by=olga, **told)

    def test_an_announced_draw_is_public_and_fixed(self, call, olga):
        scenario = make.weighed(call, by=olga, at=NOW)
        draw = self.announce(scenario, olga, source="  The  numbers \n of Friday ")
        assert (draw.state, draw.source, draw.people) == ("announced", "The numbers of Friday", 4)
        assert draw.fingerprint == scenario.portfolio.fingerprint
        assert last() == ("selection.draw_announced", {"draw": draw.pk})
        settings = actions.Settings(name="Other", seats=2, seed=1, wish=limits.Wish())
        with pytest.raises(NotNow):
            actions.change(scenario=scenario, settings=settings, by=olga, at=NOW)
        with pytest.raises(NotNow):
            actions.ask(scenario=scenario, by=olga, at=NOW)
        with pytest.raises(NotNow):
            actions.adopt(scenario=scenario, by=olga, at=NOW)

    def test_a_seed_that_may_be_known_already_is_refused(self, call, olga):
        with pytest.raises(Refused, match="must become known later than now"):
            self.announce(make.weighed(call, by=olga, at=NOW), olga, known_at=NOW)

    def test_a_source_is_needed(self, call, olga):
        with pytest.raises(Refused, match="Say where the seed comes from"):
            self.announce(make.weighed(call, by=olga, at=NOW), olga, source=" \n ")

    def test_chances_worked_out_anew_meanwhile_are_not_announced_unseen(self, call, olga):
        with pytest.raises(Stale, match="worked out anew a moment ago"):
            self.announce(make.weighed(call, by=olga, at=NOW), olga, seen="0" * 64)

    def test_a_second_draw_of_the_same_files_is_refused(self, call, olga):
        make.announced(call, by=olga, at=NOW)
        with pytest.raises(Refused, match="Another draw of these files"):
            make.announced(call, by=olga, at=NOW)

    def test_what_is_not_weighed_cannot_be_announced(self, call, olga):
        with pytest.raises(NotNow, match="Nobody’s chance"):
            actions.announce(
                scenario=make.solved(call, by=olga, at=NOW), source="x", known_at=LATER, seen="", by=olga, at=NOW
            )

    def test_files_that_changed_since_are_refused(self, call, olga):
        scenario = make.weighed(call, by=olga, at=NOW)
        Application.objects.filter(reference="A-001").update(state="withdrawn")
        with pytest.raises(Refused, match="changed since the chances were worked out"):
            self.announce(scenario, olga)


class TestDrawing:
    def test_the_seed_draws_one_group_with_reserve_and_reasons(self, call, olga):
        draw = make.announced(call, by=olga, at=NOW)
        scenario = actions.draw(draw=draw, seed=f"  {SEED} ", by=olga, at=LATER)
        assert (draw.state, draw.seed, scenario.state) == ("drawn", SEED, "solved")
        assert last() == ("selection.drawn", {"draw": draw.pk})
        chosen = scenario.result["chosen"]
        assert len(chosen) == 3
        assert set(chosen) < {"A-000", "A-001", "A-006", "A-007"}
        assert scenario.result["draw"]["ball"] == draw.ball
        assert scenario.result["reasons"][chosen[0]].startswith("By lot: chance 75 %, ball ")
        (left,) = {"A-000", "A-001", "A-006", "A-007"} - set(chosen)
        assert scenario.result["reasons"][left] == "By lot: chance 75 %, another group was drawn."
        assert left in scenario.result["reserve"]
        assert scenario.result["chances"][left] == "3/4"

    def test_the_program_that_we_give_away_draws_the_same(self, call, olga, tmp_path):
        draw = make.drawn(call, by=olga, at=NOW)
        file = tmp_path / "published.json"
        file.write_bytes(draw.published.encode())
        run = subprocess.run([sys.executable, VERIFIER, file, SEED], capture_output=True, text=True, check=True)
        fingerprint, ball, _group, ids = run.stdout.splitlines()
        assert fingerprint == f"fingerprint {draw.fingerprint}"
        assert ball.startswith(f"ball {draw.ball} of ")
        numbers = draw.scenario.portfolio.numbers
        assert sorted(numbers[one] for one in ids.split()[1:]) == sorted(draw.scenario.result["chosen"])

    def test_nobody_draws_before_the_seed_is_known(self, call, olga):
        with pytest.raises(NotNow, match="The seed is not known before"):
            actions.draw(draw=make.announced(call, by=olga, at=NOW), seed=SEED, by=olga, at=NOW)

    @pytest.mark.parametrize("seed", ["", " \n ", "x" * 201])
    def test_a_seed_is_needed(self, call, olga, seed):
        with pytest.raises(Refused, match="Write the seed"):
            actions.draw(draw=make.announced(call, by=olga, at=NOW), seed=seed, by=olga, at=LATER)

    def test_files_that_changed_since_the_announcement_stop_the_draw(self, call, olga):
        draw = make.announced(call, by=olga, at=NOW)
        Application.objects.filter(reference="A-009").update(state="withdrawn")
        with pytest.raises(Refused, match="changed since the chances were worked out"):
            actions.draw(draw=draw, seed=SEED, by=olga, at=LATER)
        draw.refresh_from_db()
        assert (draw.state, draw.seed) == ("announced", "")

    def test_of_two_who_draw_at_once_one_is_told(self, call, olga):
        draw = make.announced(call, by=olga, at=NOW)
        other = Draw.objects.select_related("scenario__call").get(pk=draw.pk)
        actions.draw(draw=draw, seed=SEED, by=olga, at=LATER)
        with pytest.raises(Stale):
            actions.draw(draw=other, seed="another", by=olga, at=LATER)
        with pytest.raises(NotNow):
            actions.draw(draw=draw, seed="another", by=olga, at=LATER)

    def test_a_drawn_selection_stands_until_it_is_called_off(self, call, olga):
        scenario = make.drawn(call, by=olga, at=NOW).scenario
        settings = actions.Settings(name="Other", seats=2, seed=1, wish=limits.Wish())
        for again in (
            lambda: actions.change(scenario=scenario, settings=settings, by=olga, at=LATER),
            lambda: actions.ask(scenario=scenario, by=olga, at=LATER),
        ):
            with pytest.raises(NotNow, match="The draw has taken place"):
                again()

    def test_adopting_proposes_the_decisions_with_their_reasons(self, call, olga):
        draw = make.drawn(call, by=olga, at=NOW)
        actions.adopt(scenario=draw.scenario, by=olga, at=LATER)
        chosen = Decision.objects.filter(outcome="chosen")
        assert [one.reason[:10] for one in chosen] == ["By lot: ch"] * 3
        assert Decision.objects.get(application__reference="A-002").reason.startswith("Every group with you")


class TestCallingOff:
    def test_an_announcement_is_called_off_with_a_reason_and_may_be_made_again(self, call, olga):
        draw = make.announced(call, by=olga, at=NOW)
        scenario = actions.call_off(draw=draw, reason=" The draw of Friday was postponed. ", by=olga, at=LATER)
        assert (draw.state, draw.reason) == ("called_off", "The draw of Friday was postponed.")
        assert scenario.state == "weighed"
        assert last() == (
            "selection.draw_called_off", {"draw": draw.pk, "why": "The draw of Friday was postponed."}
        )  # fmt: skip
        again = actions.announce(
            scenario=scenario, source="Saturday", known_at=LATER + timedelta(days=1), by=olga, at=LATER,
            seen=draw.fingerprint,
        )  # fmt: skip
        assert again.fingerprint == draw.fingerprint

    def test_a_draw_is_called_off_and_the_chances_stand_as_before(self, call, olga):
        draw = make.drawn(call, by=olga, at=NOW)
        scenario = actions.call_off(draw=draw, reason="The seed was mistyped.", by=olga, at=LATER)
        assert scenario.state == "weighed"
        assert "chosen" not in scenario.result
        assert scenario.result["chances"]["A-000"] == "3/4"

    def test_a_reason_is_needed(self, call, olga):
        with pytest.raises(Refused, match="Say why"):
            actions.call_off(draw=make.announced(call, by=olga, at=NOW), reason=" ", by=olga, at=LATER)

    def test_an_adopted_draw_is_taken_back_first(self, call, olga):
        draw = make.drawn(call, by=olga, at=NOW)
        actions.adopt(scenario=draw.scenario, by=olga, at=LATER)
        with pytest.raises(NotNow):
            actions.call_off(draw=draw, reason="Late", by=olga, at=LATER)
        actions.reopen(scenario=draw.scenario, by=olga, at=LATER)
        draw.refresh_from_db()
        assert actions.call_off(draw=draw, reason="Late", by=olga, at=LATER).state == "weighed"

    def test_what_is_called_off_is_over(self, call, olga):
        draw = make.announced(call, by=olga, at=NOW)
        actions.call_off(draw=draw, reason="Late", by=olga, at=LATER)
        with pytest.raises(NotNow):
            actions.call_off(draw=draw, reason="Later", by=olga, at=LATER)


def test_the_input_of_a_draw_is_erased_with_the_files_it_was_made_of(call, olga):
    make.drawn(call, by=olga, at=NOW)
    published = Portfolio.objects.get().published
    fact = Fact(kind="applications.unsuccessful_erased", thing_id=call.pk)
    reactions.erase_input(fact, at=LATER)
    reactions.erase_input(fact, at=LATER)
    assert (Portfolio.objects.get().committed, Portfolio.objects.get().published) == ("", published)
    assert Fact.objects.filter(kind="selection.draw_input_erased").count() == 1
    make.weighed(call, by=olga, at=NOW)
    file = call.applications.get(reference="A-002")
    reactions.erase_input(Fact(kind="applications.applicant_forgotten", thing_id=file.pk), at=LATER)
    assert not Portfolio.objects.exclude(committed="").exists()


def test_a_copy_of_a_call_carries_how_it_was_chosen_and_nobody_of_its_people(call, olga):
    wish = limits.read([{"attribute": "country", "value": "*", "maximum": 2}], per_organisation=1)
    settings = actions.Settings(
        name="Merit", seats=3, seed=5, wish=wish, picked=["A-000"], policy="merit", bands=(85, 70),
        threshold=Decimal(60),
    )  # fmt: skip
    actions.propose(call=call, settings=settings, by=olga, at=NOW)
    other = Call.objects.create(edition=call.edition, kind="participants", slug="copy", title="Copy")
    made = actions.copy(source=call, call=other, by=olga, at=NOW)
    assert (made.policy, made.bands, made.threshold, made.seed) == ("merit", [85, 70], Decimal(60), 5)
    assert (made.picked, made.state, made.result) == ([], "draft", {})
    assert last() == ("selection.scenario_copied", {"source": "Merit"})
    assert actions.copy(source=Call.objects.create(edition=call.edition, kind="participants", slug="none"),
                        call=other, by=olga, at=NOW) is None  # fmt: skip


def test_a_worker_that_is_stopped_each_time_gives_the_price_of_a_seat_up(call, olga):
    scenario = make.weighed(call, by=olga, at=NOW)
    actions.ask_inclusion(scenario=scenario, reference="A-002", by=olga, at=NOW)
    Scenario.objects.update(tries=3)
    tasks.run_waiting(at=NOW)
    scenario.refresh_from_db()
    assert scenario.prices["person A-002"]["message"].startswith("The worker was stopped each time it tried.")


def test_a_price_is_asked_of_a_limit_that_is_there(call, olga):
    problem = solving.setting(call, solving.question_of(make.scenario(call, by=olga, at=NOW))).problem
    with pytest.raises(BadProblem, match="No limit speaks of country BE"):
        solving.without(problem, "country", "BE")


def test_who_has_a_seat_from_another_cut_off_is_in_every_group(call, olga):
    rows = list(call.applications.order_by("reference"))
    cut_off = make.passed_cut_off(call, at=NOW, rows=rows[3:5])
    make.told(call, by=olga, at=NOW, seats=1, cut_off=str(cut_off.pk))
    seated = Decision.objects.get(outcome="chosen").application.reference
    scenario = make.weighed(call, by=olga, at=NOW, cut_off="0")
    assert scenario.result["seated"] == [seated]
    assert scenario.result["chances"][seated] == "1"
    assert seated not in scenario.result["reasons"]
    draw = make.Draw(scenario=scenario, call=call, policy="merit", threshold=50, state="announced")
    assert (str(draw), str(scenario.portfolio)) == ("", scenario.portfolio.fingerprint)
    actions.announce(
        scenario=scenario, source="x", known_at=LATER, seen=scenario.portfolio.fingerprint, by=olga, at=NOW
    )
    actions.draw(draw=Draw.objects.get(), seed=SEED, by=olga, at=LATER)
    scenario = Scenario.objects.get(pk=scenario.pk)
    actions.adopt(scenario=scenario, by=olga, at=LATER)
    assert len(scenario.result["chosen"]) == 2
    assert draws.own(Decision.objects.get(application__reference=seated)) is None
