"""Choosing by cut-off: each batch alone, with who has a seat already counted; two organisers; pages; command line."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from booster.calls import actions as calls
from booster.calls.models import Call, CutOff
from booster.chronicle.tasks import run_errands
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.selection import actions
from booster.selection import queries as selection
from booster.selection.models import Decision, Scenario
from booster.selection.queries import reporting
from booster.selection.tasks import run_waiting
from booster.selection.tests import make
from booster.selection.views import papers

DAY = timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def call(olga, now):
    return make.call(at=now, organiser=olga)


@pytest.fixture
def files(call, now):
    """A-000 to A-004 for the cut-off, A-005 to A-011 after it."""
    return make.files(call, at=now, count=12)


@pytest.fixture
def cut_off(call, files, now):
    """Passed two weeks ago; the call is closed since."""
    return make.passed_cut_off(call, at=now, rows=files[:5])


def outcomes(call, state):
    rows = Decision.objects.filter(call=call, state=state).order_by("application__reference")
    return {one.application.reference: one.outcome for one in rows.select_related("application")}


def test_a_call_without_cut_offs_has_no_batches(call, now, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert selection.batches_of(call, at=now) == []


def test_batches_say_how_far_their_files_are(call, cut_off, files, olga, now, django_assert_num_queries):
    make.adopted(call, cut_off=str(cut_off.pk), by=olga, at=now, seats=2)
    with django_assert_num_queries(2):
        first, rest = selection.batches_of(call, at=now)
    assert (first.key, first.passed, first.files, first.decided, first.told, first.waits) == (
        str(cut_off.pk), True, 5, 5, 0, False,
    )  # fmt: skip
    assert (rest.key, rest.label, rest.passed, rest.files, rest.decided, rest.waits) == (
        "0", "After the last cut-off", True, 7, 0, True,
    )  # fmt: skip
    assert selection.usual([first, rest]) == "0"
    assert selection.usual([]) == ""


def test_a_batch_is_chosen_from_alone_and_the_rest_stays_undecided(call, cut_off, files, olga, now):
    make.told(call, cut_off=str(cut_off.pk), by=olga, at=now, seats=2)
    found = outcomes(call, "told")
    assert sorted(found) == ["A-000", "A-001", "A-002", "A-003", "A-004"]
    assert {key for key, outcome in found.items() if outcome == "chosen"} == {"A-000", "A-001"}
    assert outcomes(call, "proposed") == {}
    call.refresh_from_db()
    assert call.state == "closed"


def test_who_has_a_seat_counts_in_seats_limits_and_organisations_of_the_next(call, cut_off, files, olga, now):
    make.told(call, cut_off=str(cut_off.pk), by=olga, at=now, seats=2)
    one_each = [{"attribute": "country", "value": "*", "minimum": None, "maximum": 1, "frozen": False}]
    second = make.adopted(call, cut_off="0", by=olga, at=now, seats=4, rows=one_each)
    assert second.result["seated"] == ["A-000", "A-001"]
    assert second.result["chosen"] == ["A-008", "A-009"]  # are of the countries of the two
    assert "A-000" not in second.result["reasons"]
    assert [one["reached"] for one in second.result["limits"] if one["value"] == "BE"] == [1]
    assert outcomes(call, "proposed")["A-006"] in ("reserve", "not_chosen")
    assert outcomes(call, "told")["A-000"] == "chosen"


def test_fewer_seats_than_are_held_cannot_be_worked_out(call, cut_off, files, olga, now):
    make.told(call, cut_off=str(cut_off.pk), by=olga, at=now, seats=2)
    scenario = make.scenario(call, by=olga, at=now, seats=1, cut_off="0")
    actions.ask(scenario=scenario, by=olga, at=now)
    assert run_waiting(at=now) == 1
    scenario.refresh_from_db()
    assert scenario.state == "unsettled"
    assert scenario.result["message"] == (
        "2 people have a place from other cut-offs: give the whole group at least as many seats."
    )


def test_nothing_is_adopted_before_its_cut_off_has_passed(call, cut_off, files, olga, now):
    CutOff.objects.filter(pk=cut_off.pk).update(closes_at=now + DAY)
    with pytest.raises(NotNow, match="This cut-off has not passed"):
        make.adopted(call, cut_off=str(cut_off.pk), by=olga, at=now, seats=2)
    Call.objects.filter(pk=call.pk).update(state="open")
    call.refresh_from_db()
    with pytest.raises(NotNow, match="This cut-off has not passed"):
        make.adopted(call, cut_off="0", by=olga, at=now, seats=2)


def test_a_cut_off_that_is_gone_is_chosen_from_no_more(call, cut_off, files, olga, now):
    with pytest.raises(NotNow, match="not there any more"):
        make.scenario(call, by=olga, at=now, cut_off="999999")
    scenario = make.scenario(call, by=olga, at=now, cut_off=str(cut_off.pk))
    cut_off.delete()
    with pytest.raises(NotNow, match="not there any more"):
        actions.adopt(scenario=scenario, by=olga, at=now)


def test_the_whole_call_and_one_cut_off_are_not_adopted_together(call, cut_off, files, olga, now):
    first = make.adopted(call, cut_off=str(cut_off.pk), by=olga, at=now, seats=2)
    with pytest.raises(Refused, match="A selection from the whole call and one from a cut-off"):
        make.adopted(call, cut_off="", by=olga, at=now, seats=2)
    with pytest.raises(Refused, match="Another selection is adopted"):
        make.adopted(call, cut_off=str(cut_off.pk), by=olga, at=now, seats=2)
    actions.reopen(scenario=first, by=olga, at=now)
    make.adopted(call, cut_off="", by=olga, at=now, seats=2)
    assert len(outcomes(call, "proposed")) == 12
    with pytest.raises(Refused, match="A selection from the whole call and one from a cut-off"):
        make.adopted(call, cut_off="0", by=olga, at=now, seats=2)


def test_taking_a_selection_back_leaves_the_decisions_of_other_cut_offs(call, cut_off, files, olga, now):
    make.told(call, cut_off=str(cut_off.pk), by=olga, at=now, seats=2)
    second = make.adopted(call, cut_off="0", by=olga, at=now, seats=4)
    actions.reopen(scenario=second, by=olga, at=now)
    assert outcomes(call, "proposed") == {}
    assert len(outcomes(call, "told")) == 5


def test_somebody_amended_stands_at_the_end_of_the_list_of_the_own_cut_off(call, cut_off, files, olga, now):
    make.adopted(call, cut_off=str(cut_off.pk), by=olga, at=now, seats=2, reserves=1)
    make.adopted(call, cut_off="0", by=olga, at=now, seats=6, reserves=1)
    last = Decision.objects.get(application__reference="A-004")
    actions.amend(decision=last, outcome="reserve", reason="Close.", why="A tie.", by=olga, at=now)
    last.refresh_from_db()
    assert last.rank == 2


def test_the_report_tells_of_every_cut_off(call, cut_off, files, olga, now):
    make.told(call, cut_off=str(cut_off.pk), by=olga, at=now, seats=2)
    make.told(call, cut_off="0", by=olga, at=now, seats=4)
    figures = reporting.figures(call)
    assert [one["chosen"] for one in figures["earlier"]] == [2]
    assert "At an earlier cut-off 2 were chosen, from the seed 1." in " ".join(papers.method(figures))
    assert papers.shown(call, figures)["criteria"][0] == ["Motivation", "30", "–"]
    del figures["earlier"]  # as in a report that was signed before there were any
    assert "At an earlier cut-off" not in " ".join(papers.method(figures))


def test_a_shortlist_and_a_place_are_chosen_from_one_cut_off(cut_off, files, call, olga, now):
    offers = make.call(at=now, organiser=olga, kind="venues", edition=call.edition)
    rows = make.files(offers, at=now, count=4)
    early = make.passed_cut_off(offers, at=now, rows=rows[:2])
    made = actions.choose_venue(
        call=offers, chosen=rows[0], runner_up=rows[1], reason="Near.", cut_off=str(early.pk), by=olga, at=now
    )  # fmt: skip
    assert [(one.application.reference, one.outcome) for one in made] == [("A-000", "chosen"), ("A-001", "reserve")]
    with pytest.raises(Refused, match="Only an offer that is eligible"):
        actions.choose_venue(
            call=offers, chosen=rows[0], runner_up=None, reason="Near.", cut_off="0", by=olga, at=now
        )  # fmt: skip
    at = timezone.now()
    calls.follow(
        call=call, round="full", copy_questions=True, shortlist_size=2, deadline_at=at + 20 * DAY, by=olga, at=at
    )  # fmt: skip
    call = Call.objects.get(pk=call.pk)
    listed = actions.shortlist(
        call=call, picked=[files[0].pk], reason="The best.", cut_off=str(cut_off.pk), by=olga, at=now
    )  # fmt: skip
    assert len(listed) == 5
    with pytest.raises(Refused, match="Only a file that is eligible"):
        actions.shortlist(call=call, picked=[files[0].pk], reason="The best.", cut_off="0", by=olga, at=now)


class TestPages:
    @pytest.mark.parametrize("count", [12, 60])
    @pytest.mark.parametrize(("page", "queries"), [("cohort", 15), ("decisions", 9), ("cohort/saved", 8)])
    def test_pages_take_constant_queries(
        self, call, client_of, olga, now, page, queries, count, django_assert_num_queries
    ):
        rows = make.files(call, at=now, count=count)
        early = make.passed_cut_off(call, at=now, rows=rows[: count // 2])
        make.told(call, cut_off=str(early.pk), by=olga, at=now, seats=2)
        client = client_of(olga)
        client.get(f"/calls/{call.slug}/{page}/")
        with django_assert_num_queries(queries):
            assert client.get(f"/calls/{call.slug}/{page}/").status_code == 200

    def test_the_builder_begins_with_the_batch_that_waits(self, call, cut_off, files, client_of, olga, now):
        make.told(call, cut_off=str(cut_off.pk), by=olga, at=now, seats=2)
        page = client_of(olga).get(f"/calls/{call.slug}/cohort/").content.decode()
        assert "Of the whole group: 2 people have a seat from other cut-offs" in page
        assert 'name="cut_off" value="0"' in page
        assert page.count("A-000") == 1  # among those who have a seat, and not to be chosen
        assert "5 told" in page
        assert "7 to decide on" in page

    def test_what_is_saved_there_is_of_that_batch(self, call, cut_off, files, client_of, olga):
        client = client_of(olga)
        where = f"/calls/{call.slug}/cohort/"
        client.post(where, {"do": "save", "cut_off": str(cut_off.pk), "seats": "2", "seed": "1"})
        made = Scenario.objects.get()
        assert made.cut_off == str(cut_off.pk)
        page = client.get(f"{where}?scenario={made.pk}&cut_off=0").content.decode()
        assert f'name="cut_off" value="{cut_off.pk}"' in page
        assert '<td data-label="Chosen from">' in client.get(f"{where}saved/").content.decode()

    def test_the_whole_call_can_be_looked_at_and_a_wrong_key_means_the_usual_one(
        self, call, cut_off, files, client_of, olga
    ):
        client, where = client_of(olga), f"/calls/{call.slug}/cohort/"
        assert 'name="cut_off" value="all"' in client.get(f"{where}?cut_off=all").content.decode()
        assert f'name="cut_off" value="{cut_off.pk}"' in client.get(f"{where}?cut_off=1;drop").content.decode()

    def test_a_batch_that_has_not_passed_says_so(self, call, cut_off, files, client_of, olga, now):
        CutOff.objects.filter(pk=cut_off.pk).update(closes_at=timezone.now() + DAY)
        page = client_of(olga).get(f"/calls/{call.slug}/cohort/?cut_off={cut_off.pk}").content.decode()
        assert "This cut-off has not passed yet" in page

    def test_decisions_are_confirmed_and_told_for_one_batch(self, call, cut_off, files, client_of, olga, now):
        make.adopted(call, cut_off=str(cut_off.pk), by=olga, at=now, seats=2)
        make.adopted(call, cut_off="0", by=olga, at=now, seats=4)
        client, where = client_of(olga), f"/calls/{call.slug}/decisions/"
        page = client.get(f"{where}?cut_off={cut_off.pk}").content.decode()
        assert "Confirm all 5 decisions" in page
        answer = client.post(f"{where}confirm/", {"which": "all", "cut_off": str(cut_off.pk)})
        assert answer["Location"] == f"{where}?cut_off={cut_off.pk}"
        assert len(outcomes(call, "confirmed")) == 5
        assert len(outcomes(call, "proposed")) == 7
        run_errands(at=timezone.now())
        client.post(f"{where}tell/", {"cut_off": str(cut_off.pk)})
        assert len(outcomes(call, "told")) == 5

    def test_offers_are_compared_by_cut_off(self, client_of, olga, now):
        offers = make.call(at=now, organiser=olga, kind="venues")
        rows = make.files(offers, at=now, count=4)
        early = make.passed_cut_off(offers, at=now, rows=rows[:2])
        client, where = client_of(olga), f"/calls/{offers.slug}/compare/"
        assert "2 offers, the eligible ones first" in client.get(where).content.decode()
        assert "4 offers, the eligible ones first" in client.get(f"{where}?cut_off=all").content.decode()
        client.post(f"{where}choose/", {"chosen": rows[0].pk, "reason": "Near.", "cut_off": str(early.pk)})
        assert len(outcomes(offers, "proposed")) == 2


class TestCommand:
    def run(self, call, capsys, *more):
        call_command("select", call.slug, "--seats", "2", "--json", *more)
        return json.loads(capsys.readouterr().out)

    def test_one_cut_off_is_named_by_number_day_or_last(self, call, cut_off, files, now, capsys):
        day = f"{cut_off.closes_at:%Y-%m-%d}"
        first = self.run(call, capsys, "--cut-off", "1")
        assert first["chosen"] == ["A-000", "A-001"]
        assert first["cut_off"] == "1"
        assert self.run(call, capsys, "--cut-off", day)["chosen"] == ["A-000", "A-001"]
        assert self.run(call, capsys, "--cut-off", "last")["chosen"] == ["A-006", "A-007"]
        whole = self.run(call, capsys)
        assert whole["cut_off"] is None
        assert sorted(Scenario.objects.values_list("cut_off", flat=True)) == sorted(
            ["", "0", str(cut_off.pk), str(cut_off.pk)]
        )

    @pytest.mark.parametrize("which", ["0", "2", "2020-01-01", "²", "soon"])
    def test_one_that_is_not_there_is_told_with_those_that_are(self, call, cut_off, files, which):
        with pytest.raises(CommandError, match=r"There is no cut-off .* Known are 1 .* and last\."):
            call_command("select", call.slug, "--cut-off", which)

    def test_a_call_without_any_says_so(self, call, now):
        with pytest.raises(CommandError, match="This call has no cut-offs"):
            call_command("select", call.slug, "--cut-off", "1")
