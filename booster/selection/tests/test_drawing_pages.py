"""The pages of the draw: the builder's policies, announcing and drawing, what everybody may read of it, and when."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.urls import reverse
from django.utils.timezone import now

from booster.chronicle.tasks import run_errands
from booster.post.models import Letter
from booster.selection import actions, inlets, tasks
from booster.selection.models import Draw, Scenario
from booster.selection.queries import reporting
from booster.selection.tests import make
from conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LATER = NOW + timedelta(hours=1)
SEED = "7 12 23 30 44"
FORM = {"seats": "3", "per_organisation": "1", "policy": "merit", "band": ["90", "80", "", ""]}


@pytest.fixture
def call(olga):
    made = make.call(at=NOW, organiser=olga)
    make.files(made, at=NOW, count=12)
    return made


@pytest.fixture
def desk(client_of, olga):
    return client_of(olga)


def page(name, *args):
    return reverse(f"selection:{name}", args=args)


def told(answer):
    return answer.content.decode()


class TestBuilder:
    def test_the_policies_are_told_in_plain_words_and_points_are_the_usual_one(self, call, desk):
        text = told(desk.get(page("builder", call.slug)))
        assert "As many people as possible from the highest band of points" in text
        assert 'value="points" checked' in text
        assert 'name="band" inputmode="numeric" value="90"' in text  # the usual bands over a threshold of 50

    def test_bands_are_counted_without_a_solver(self, call, desk):
        text = told(desk.post(page("builder", call.slug), FORM))
        assert "from 90 points: 4 people, 3 in the group now" in text
        assert "from 80 to under 90 points: 2 people, 0 in the group now" in text
        assert Scenario.objects.count() == 0

    @pytest.mark.parametrize(
        "typed, said",
        [
            ({"band": ["90", "88"]}, "A band is at least 5 points wide: write 85 or less."),
            ({"band": ["98", "80"]}, "A band is at least 5 points wide: write 95 or less."),
            ({"band": ["90", "52"]}, "The last band begins at the threshold of 50 and is at least 5 points wide"),
            ({"band": ["90"]}, "Merit first needs 3 to 5 bands: write at least 2 numbers."),
            ({"band": ["90", "<b>"]}, "Write a whole number from 1 to 100."),
            ({"band": ["90", "٨٠"]}, "Write a whole number from 1 to 100."),
            ({"threshold": "40"}, "Write a number of points from 50 to 100."),
            ({"threshold": "nan"}, "Write a number of points from 50 to 100."),
            ({"threshold": "1e2"}, "Write a number of points from 50 to 100."),
        ],
    )
    def test_what_is_wrong_is_said_by_its_field_and_nothing_is_lost(self, call, desk, typed, said):
        answer = desk.post(page("builder", call.slug), {**FORM, **typed, "do": "work"})
        assert answer.status_code == 422
        assert said in told(answer)
        assert told(answer).count('aria-invalid="true" autofocus') == 1  # the page opens where it is
        assert Scenario.objects.count() == 0
        for value in typed.get("band", [typed.get("threshold")]):
            assert value.replace("<", "&lt;").replace(">", "&gt;") in told(answer)

    def test_an_unknown_policy_is_points(self, call, desk):
        desk.post(page("builder", call.slug), {**FORM, "policy": "<b>", "do": "save"})
        assert Scenario.objects.get().policy == "points"

    def test_chances_are_worked_out_shown_and_asked_about(self, call, desk):
        answer = desk.post(page("builder", call.slug), {**FORM, "do": "work", "threshold": "55"})
        scenario = Scenario.objects.get()
        assert (scenario.policy, scenario.bands, str(scenario.threshold)) == ("merit", [90, 80], "55.00")
        assert "Stop the work" in told(desk.get(answer["Location"]))
        tasks.run_waiting(at=NOW)
        text = told(desk.get(answer["Location"]))
        assert "Everybody’s chance" in text
        assert "By lot, with a chance of 75 %." in text
        assert "4 people take part in the lottery; the smallest chance of anybody is 75 %." in text
        assert "Proven: no lottery among the groups within the limits is fairer." in text
        asked = desk.post(page("inclusion", scenario.pk), {"reference": "A-002"})
        assert asked["Location"] == answer["Location"]
        tasks.run_waiting(at=NOW)
        text = told(desk.get(answer["Location"]))
        assert "Every group with this person has at least 1 fewer of band A." in text
        assert '<span class="quiet">A-002</span>' in text
        assert "<strong>Person 2</strong>" in text

    def test_the_work_is_stopped(self, call, desk):
        answer = desk.post(page("builder", call.slug), {**FORM, "do": "work"})
        desk.post(page("stop", Scenario.objects.get().pk))
        assert Scenario.objects.get().state == "draft"
        assert "The worker is at it" not in told(desk.get(answer["Location"]))

    def test_what_is_announced_is_kept_and_a_change_becomes_another_selection(self, call, desk, olga):
        draw = make.announced(call, by=olga, at=NOW)
        form = {**FORM, "scenario": draw.scenario_id, "revision": "1", "do": "save", "name": "Another"}
        desk.post(page("builder", call.slug), form)
        assert [one.state for one in Scenario.objects.order_by("pk")] == ["announced", "draft"]

    @pytest.mark.parametrize("step", [make.weighed, make.announced, make.drawn])
    @pytest.mark.parametrize("count", [1, 30])
    def test_the_page_takes_constant_queries(self, olga, client_of, django_assert_num_queries, step, count):
        call = make.call(at=NOW, organiser=olga)
        make.files(call, at=NOW, count=count)
        made = step(call, by=olga, at=NOW, seats=1)
        scenario, desk = getattr(made, "scenario", made), client_of(olga)
        address = f"{page('builder', call.slug)}?scenario={scenario.pk}"
        desk.get(address)
        with django_assert_num_queries(12):
            assert desk.get(address).status_code == 200


class TestPaths:
    def test_from_announcement_to_the_group(self, call, desk, olga):
        scenario = make.weighed(call, by=olga, at=NOW)
        form = told(desk.get(page("announce", scenario.pk)))
        seen = scenario.portfolio.fingerprint
        assert seen in form
        soon = now() + timedelta(seconds=1)
        asked = {"source": "The numbers of Friday", "known_at": "2099-12-05T21:30", "seen": seen}
        assert desk.post(page("announce", scenario.pk), asked).status_code == 302
        draw = Draw.objects.get()
        assert draw.known_at.isoformat() == "2099-12-05T20:30:00+00:00"  # the call's own zone
        early = desk.post(page("draw_now", draw.pk), {"seed": SEED})
        assert early.status_code == 422
        assert "The seed is not known before" in told(early)
        assert SEED in told(early)  # nothing that was typed is lost
        Draw.objects.update(known_at=soon - timedelta(hours=1))
        assert desk.post(page("draw_now", draw.pk), {"seed": SEED}).status_code == 302
        text = told(desk.get(f"{page('builder', call.slug)}?scenario={scenario.pk}"))
        assert "The group that was drawn" in text
        assert "By lot: chance 75 %, ball" in text
        assert "3 of 3 seats can be filled one for one" in text
        off = desk.post(page("call_off", draw.pk), {"reason": "The seed was mistyped."})
        assert off.status_code == 302
        assert Scenario.objects.get().state == "weighed"

    @pytest.mark.parametrize(
        "asked",
        [
            {"source": "", "known_at": "2099-12-05T21:30"},
            {"source": "x" * 301, "known_at": "2099-12-05T21:30"},
            {"source": "Numbers", "known_at": "soon"},
            {"source": "Numbers", "known_at": "2099-03-29T02:30"},
            {"source": "Numbers", "known_at": "2020-12-05T21:30"},
        ],
    )
    def test_an_announcement_that_cannot_be_meant_is_told_beside_its_field(self, call, desk, olga, asked):
        scenario = make.weighed(call, by=olga, at=NOW)
        answer = desk.post(page("announce", scenario.pk), {**asked, "seen": "x"})
        assert answer.status_code == 422
        assert asked["source"] in told(answer)
        assert not Draw.objects.exists()

    def test_a_time_that_has_passed_is_told_beside_its_field(self, call, desk, olga):
        scenario = make.weighed(call, by=olga, at=NOW)
        asked = {"source": "Numbers", "known_at": "2020-12-05T21:30", "seen": scenario.portfolio.fingerprint}
        text = told(desk.post(page("announce", scenario.pk), asked))
        assert "When it will be known: The seed must become known later than now" in text

    def test_a_second_draw_of_the_same_files_is_refused_above_the_form(self, call, desk, olga):
        make.announced(call, by=olga, at=NOW)
        scenario = make.weighed(call, by=olga, at=NOW)
        asked = {"source": "Friday", "known_at": "2099-12-05T21:30", "seen": scenario.portfolio.fingerprint}
        answer = desk.post(page("announce", scenario.pk), asked)
        assert answer.status_code == 422
        assert "Call that one off first." in told(answer)
        assert "Friday</textarea>" in told(answer)

    def test_a_draw_that_was_called_off_meanwhile_is_not_drawn(self, call, desk, olga):
        draw = make.announced(call, by=olga, at=NOW)
        actions.call_off(draw=draw, reason="Mistyped.", by=olga, at=NOW)
        assert desk.post(page("draw_now", draw.pk), {"seed": SEED}).status_code == 409

    @pytest.mark.parametrize("name", ["draw_now", "call_off"])
    def test_an_empty_form_is_told_and_changes_nothing(self, call, desk, olga, name):
        draw = make.announced(call, by=olga, at=NOW)
        assert desk.post(page(name, draw.pk), {}).status_code == 422
        assert Draw.objects.get().state == "announced"

    def test_only_organisers_announce_draw_and_call_off(self, call, client_of, olga, sana):
        draw = make.announced(call, by=olga, at=NOW)
        assert client_of(sana).get(page("committed", draw.scenario_id)).status_code == 404
        theirs, everybodys = draw.scenario_id, draw.pk  # the draw itself is public
        doors = [("announce", theirs, 404), ("inclusion", theirs, 404), ("stop", theirs, 404),
                 ("draw_now", everybodys, 403), ("call_off", everybodys, 403)]  # fmt: skip
        for name, pk, refused in doors:
            assert client_of(sana).post(page(name, pk)).status_code == refused, name
            assert client_of(None).post(page(name, pk))["Location"].startswith("/accounts/login/"), name
        assert Draw.objects.get().state == "announced"

    def test_organisers_fetch_the_whole_input_as_long_as_it_is_kept(self, call, desk, olga):
        scenario = make.weighed(call, by=olga, at=NOW)
        assert desk.get(page("committed", scenario.pk)).content == scenario.portfolio.committed.encode()
        type(scenario.portfolio).objects.update(committed="")
        assert desk.get(page("committed", scenario.pk)).status_code == 404


class TestPublic:
    def test_there_is_no_page_before_a_draw_is_announced(self, call, client_of, olga):
        make.weighed(call, by=olga, at=NOW)
        assert client_of(olga).get(page("draw", call.slug)).status_code == 404
        assert inlets.drawn_from(None, call) == ""

    def test_everybody_reads_the_announcement_and_fetches_the_file(self, call, client_of, olga):
        draw, stranger = make.announced(call, by=olga, at=NOW), client_of(None)
        text = told(stranger.get(page("draw", call.slug)))
        assert draw.fingerprint in text
        assert "The lottery numbers of Friday" in text
        assert "4 people have a part in it, for 3 seats." in text
        assert "A-0" not in text
        file = stranger.get(page("published", draw.pk))
        assert sha256(file.content).hexdigest() == draw.fingerprint
        assert b"hmac" in stranger.get(page("verifier")).content
        assert page("draw", call.slug) in told(stranger.get(reverse("calls:call", args=[call.slug])))

    def test_who_was_drawn_stands_there_only_once_everybody_was_told(self, call, client_of, olga):
        draw, stranger = make.drawn(call, by=olga, at=NOW), client_of(None)
        chosen = draw.scenario.result["chosen"]
        assert not any(key in told(stranger.get(page("draw", call.slug))) for key in chosen)
        actions.adopt(scenario=draw.scenario, by=olga, at=LATER)
        actions.confirm(call=call, by=olga, at=LATER)
        run_errands(at=LATER)
        text = told(stranger.get(page("draw", call.slug)))
        assert "Everybody who applied is told the result first." in text
        assert not any(key in text for key in chosen)
        actions.tell(call=call, by=olga, at=LATER)
        text = told(stranger.get(page("draw", call.slug)))
        assert all(key in text for key in chosen)
        assert "A-002" not in text

    def test_the_command_to_repeat_it_bears_any_seed(self, call, client_of, olga):
        make.drawn(call, by=olga, at=NOW, seed="it's $HOME")
        text = told(client_of(None).get(page("draw", call.slug)))
        assert "draw.json &#x27;it&#x27;&quot;&#x27;&quot;&#x27;s $HOME&#x27;" in text

    def test_what_was_called_off_stays_with_its_reason(self, call, client_of, olga):
        draw = make.announced(call, by=olga, at=NOW)
        stranger = client_of(None)
        stranger.get(page("draw", call.slug))
        actions.call_off(draw=draw, reason="The lottery of Friday was <b>postponed</b>.", by=olga, at=LATER)
        text = told(stranger.get(page("draw", call.slug)))
        assert "This draw does not count" in text
        assert "The lottery of Friday was &lt;b&gt;postponed&lt;/b&gt;." in text

    def test_strangers_get_the_page_in_a_few_queries(self, call, client_of, olga, django_assert_num_queries):
        make.drawn(call, by=olga, at=NOW)
        stranger = client_of(None)
        stranger.get(page("draw", call.slug))
        with django_assert_num_queries(3):
            assert stranger.get(page("draw", call.slug)).status_code == 200

    @pytest.mark.parametrize("count", [1, 3])
    def test_others_get_it_in_constant_queries(self, call, client_of, olga, django_assert_num_queries, count):
        for _n in range(count - 1):
            actions.call_off(draw=make.announced(call, by=olga, at=NOW), reason="Again", by=olga, at=NOW)
        make.announced(call, by=olga, at=NOW)
        desk = client_of(olga)
        desk.get(page("draw", call.slug))
        with django_assert_num_queries(4):
            desk.get(page("draw", call.slug))


class TestTelling:
    @pytest.fixture
    def decided(self, call, olga):
        draw = make.drawn(call, by=olga, at=NOW)
        actions.adopt(scenario=draw.scenario, by=olga, at=LATER)
        actions.confirm(call=call, by=olga, at=LATER)
        run_errands(at=LATER)
        actions.tell(call=call, by=olga, at=LATER)
        return draw

    def test_applicants_read_their_chance_and_how_it_came_out(self, call, decided, client_of):
        (left,) = {"A-000", "A-001", "A-006", "A-007"} - set(decided.scenario.result["chosen"])
        numbers = {reference: n for n, reference in decided.scenario.portfolio.numbers.items()}
        for key, said in (
            (decided.scenario.result["chosen"][0], "Your chance was 75 %, and your group was drawn."),
            (left, "Your chance was 75 %, and another group was drawn."),
            ("A-002", "You had no chance in the draw, for the reason above."),
        ):
            file = call.applications.get(reference=key)
            text = told(client_of(file.applicant).get(page("outcome", file.pk)))
            assert said in text
            assert f"In the public file you are number {numbers[key]}." in text

    def test_the_letter_says_where_the_draw_can_be_repeated(self, call, decided):
        letter = Letter.objects.get(kind="selection.outcome", thing_id=call.applications.get(reference="A-002").pk)
        assert f"http://testserver{page('draw', call.slug)}" in letter.body

    def test_the_report_tells_policy_bands_fingerprint_seed_and_ball(self, call, decided, desk):
        figures = reporting.figures(call)
        (drawn,) = figures["draws"]
        assert drawn["bands"] == [["A", "90", 3], ["B", "80", 0], ["C", "50", 0]]
        text = told(desk.get(page("report", call.slug)))
        for said in ("Merit first. As many people", decided.fingerprint, SEED, "A from 90 points: 3"):
            assert said in text
        assert desk.get(page("report_pdf", call.slug)).status_code == 200

    def test_without_a_draw_the_figures_of_a_report_are_what_they_were(self, call, olga):
        make.told(call, by=olga, at=NOW)
        assert "draws" not in reporting.figures(call)

    def test_the_report_of_a_lottery_has_no_bands(self, call, desk, olga):
        draw = make.drawn(call, by=olga, at=NOW, policy="lottery")
        actions.adopt(scenario=draw.scenario, by=olga, at=LATER)
        text = told(desk.get(page("report", call.slug)))
        assert "Threshold and lottery. Everybody over the threshold counts alike." in text
        assert "Seats of each band" not in text


def test_limits_say_what_they_asked_and_got_and_whether_they_bind(call, desk, olga):
    rows = [
        {"attribute": "gender", "value": "woman", "minimum": 0, "maximum": 3},
        {"attribute": "role", "value": "manager", "minimum": 1},
        {"attribute": "country", "value": "BE", "maximum": 1},
    ]
    draw = make.drawn(call, by=olga, at=NOW, rows=rows, policy="lottery", seats=6)
    text = told(desk.get(f"{page('builder', call.slug)}?scenario={draw.scenario_id}"))
    assert "asked at least 1, got" in text
    assert "asked at most 1, got 1, binding" in text
    assert "asked at most 3, got" in text


def test_an_announcement_without_chances_says_so(call, desk, olga):
    text = told(desk.get(page("announce", make.solved(call, by=olga, at=NOW).pk)))
    assert "Nobody’s chance has been worked out yet." in text


def test_the_saved_selections_tell_their_policy(call, desk, olga):
    make.weighed(call, by=olga, at=NOW)
    assert "Merit first" in told(desk.get(page("scenarios", call.slug)))


def test_a_selection_whose_files_changed_says_what_to_do(call, desk, olga):
    draw = make.announced(call, by=olga, at=NOW)
    call.applications.filter(reference="A-003").update(state="withdrawn", revision=99)
    text = told(desk.get(f"{page('builder', call.slug)}?scenario={draw.scenario_id}"))
    assert "it cannot take place. Call it off" in text
