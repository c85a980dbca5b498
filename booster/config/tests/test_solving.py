"""booster solve: answers, refusals and their exit codes; the same bytes for the same question; no Django."""

import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from booster.config.solving import command, kinds
from booster.config.solving.patience import Patience, line_of
from booster.config.solving.plain import plain
from booster.craft.instances import NAMES
from booster.craft.working import Step, Stopped

DOCS = Path(__file__).resolve().parents[3] / "docs" / "craft"
EXAMPLES = DOCS / "examples"


def solve(capsys, *words, given=None, monkeypatch=None):
    if given is not None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
    code = command.main([str(word) for word in words])
    told = capsys.readouterr()
    return code, told.out, told.err


def answer_of(capsys, name):
    code, out, _ = solve(capsys, name, EXAMPLES / f"{name}.json", "--json")
    document = json.loads(out)
    assert (code, document["question"], document["state"]) == (0, name, "answer")
    return document


def test_the_example_of_balance_chooses_three(capsys):
    answer = answer_of(capsys, "balance")["answer"]
    assert answer["chosen"] == ["ben", "cleo", "dana"]
    assert (answer["total"], answer["proof"]["state"]) == (262.5, "optimal")
    assert answer["reasons"]["cleo"]["code"] == "in_sure"
    code, out, _ = solve(capsys, "balance", EXAMPLES / "balance.json")
    assert (code, out.splitlines()[0]) == (0, "Chosen: 3 people, 262.5 points, 87.5 on average.")
    assert "Proven: no selection within the limits has a higher total." in out
    assert "  Health           asked 1 or more  got 1  the minimum is reached" in out


def test_the_example_of_travel_shows_both_sets_and_where_the_ranking_turns(capsys):
    document = answer_of(capsys, "travel")
    sets = document["answer"]["sets"]
    assert {key: one["ranking"]["order"] for key, one in sets.items()} == {
        "ademe": ["Porto", "Vienna", "Tallinn"],
        "desnz": ["Porto", "Vienna", "Tallinn"],
    }
    assert sets["desnz"]["front"] == {"beaten": {"Tallinn": ["Vienna"]}, "ids": ["Vienna", "Porto"]}
    tonnes = {one["id"]: round(one["tonnes"]["desnz"], 2) for one in document["answer"]["places"]}
    assert tonnes == {"Vienna": 1.88, "Porto": 3.49, "Tallinn": 2.76}
    assert document["assumptions"]["rail_km"] == 700
    _, out, _ = solve(capsys, "travel", EXAMPLES / "travel.json")
    assert "Vienna overtakes Porto when the weight of carbon exceeds 34 %." in out


def test_the_example_of_mixing_joins_all_pairs_that_can_be(capsys):
    answer = answer_of(capsys, "mixing")["answer"]
    assert (answer["counts"]["distinct"], answer["proof"]["bound"], answer["proof"]["state"]) == (96, 96, "optimal")
    together = [group["people"] for session in answer["plan"] for group in session["groups"]]
    assert [len(people) for people in together] == [4] * 16
    assert not any({"bo", "lars"} <= {*people} for people in together)
    _, out, _ = solve(capsys, "mixing", EXAMPLES / "mixing.json")
    assert "96 of at most 96 acquaintances.\nNobody meets twice." in out
    assert "Not met yet\n  ada: " in out


def test_a_published_plan_is_changed_as_little_as_can_be(capsys, monkeypatch):
    given = json.loads((EXAMPLES / "mixing.json").read_text("utf-8"))
    given["published"] = answer_of(capsys, "mixing")["answer"]["plan"]
    given["people"][6]["away"] = ["s2"]
    code, out, _ = solve(capsys, "mixing", "-", "--json", given=json.dumps(given), monkeypatch=monkeypatch)
    answer = json.loads(out)["answer"]
    assert (code, answer["method"], [ids for ids in answer["moved"].values() if ids]) == (0, "kept", [])
    given["people"][8]["away"] = given["people"][10]["away"] = given["people"][11]["away"] = ["s2"]
    code, out, _ = solve(capsys, "mixing", "-", given=json.dumps(given), monkeypatch=monkeypatch)
    assert (code, "Who changes a published group\n  s2: " in out) == (0, True)


def test_the_example_of_meetings_gives_everybody_a_list_with_reasons(capsys):
    answer = answer_of(capsys, "meetings")["answer"]
    assert {one["code"]: (one["value"], one["proven"]) for one in answer["levels"]} == {
        "floor": (0, True),
        "requests": (1, True),
        "total": (100, True),
        "smallest": (11, True),
    }
    met = {(one["one"], one["other"]) for one in answer["meetings"]}
    assert (len(met), ("ada", "bo") in met, ("bo", "gus") in met, ("dora", "gus") in met) == (9, True, False, False)
    _, out, _ = solve(capsys, "meetings", EXAMPLES / "meetings.json")
    assert "fay: 2 of 2." in out
    assert "  Round 3: Away in round 3." in out


def test_the_example_of_a_timetable_keeps_every_rule(capsys):
    answer = answer_of(capsys, "timetable")["answer"]
    assert answer["proof"]["state"] == "optimal"
    starts = {name: place["start"] for name, place in answer["places"].items()}
    assert starts["call from Turku"] == "2027-03-08T09:30:00+01:00" or starts["call from Turku"].endswith("+00:00")
    _, out, _ = solve(capsys, "timetable", EXAMPLES / "timetable.json")
    assert out.splitlines()[0] == "Sessions: 8. No timetable keeps the rules better."
    assert "Tue 09 Mar 09:00 CET, hall    90 min  lesson 2         olga" in out


def test_a_published_timetable_is_planned_anew_with_fewest_moves(capsys, monkeypatch):
    given = json.loads((EXAMPLES / "timetable.json").read_text("utf-8"))
    places = answer_of(capsys, "timetable")["answer"]["places"]
    for one in given["sessions"]:
        one["published"] = places[one["id"]]
    given |= {"task": "replan", "speakers_away": [{"speaker": "olga", "date": "2027-03-09"}]}
    code, out, _ = solve(capsys, "timetable", "-", given=json.dumps(given), monkeypatch=monkeypatch)
    assert (code, "What would help:" in out) == (2, True)  # homework over night, and she is away the day after
    given["speakers_away"] = []
    given["rooms_closed"] = [{"room": "studio", "date": "2027-03-08"}]
    code, out, _ = solve(capsys, "timetable", "-", given=json.dumps(given), monkeypatch=monkeypatch)
    assert (code, "Moved from the published place: coaching." in out) == (0, True)
    given |= {"task": "conflicts", "rooms_closed": []}
    given["sessions"][7]["published"] = given["sessions"][6]["published"]
    code, out, _ = solve(capsys, "timetable", "-", given=json.dumps(given), monkeypatch=monkeypatch)
    assert (code, out.startswith("Conflicts: 1.\n")) == (0, True)
    assert "  team work 2 would fit: Tue 09 Mar 12:00 CET, hall" in out
    assert "'coaching' and 'team work 2' are both in hall" in out


def test_a_fair_lottery_shows_chances_and_is_drawn_by_anyone(capsys, tmp_path):
    code, out, _ = solve(capsys, "balance", EXAMPLES / "lottery.json", "--publish", tmp_path / "draw.json")
    assert (code, out.splitlines()[0]) == (
        0,
        "Groups that may be drawn: 5. The smallest chance of those who take part in the lottery is 40 %.",
    )
    assert "  1 in 2: ben, finn\n  40 %: ann, cleo, dana, eva, greta" in out
    assert "ball 4 of 10, group 1 of the published list, counted from 0." in out
    seed = "national lottery 12 June: 7 11 23 31 42 46"
    words = ("balance", "--published", tmp_path / "draw.json", "--draw-seed", seed)
    code, out, _ = solve(capsys, *words)
    assert (code, out.splitlines()[-1]) == (0, "Chosen: ben, cleo, dana")
    assert json.loads(solve(capsys, *words, "--json")[1])["drawn"]["ids"] == ["ben", "cleo", "dana"]
    verify = DOCS.parents[1] / "booster" / "craft" / "balance" / "fair" / "verify_draw.py"
    done = subprocess.run([sys.executable, verify, tmp_path / "draw.json", seed], capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "ids ben cleo dana"
    code, _, err = solve(capsys, "balance", "--published", EXAMPLES / "balance.json", "--draw-seed", "x")
    assert (code, err) == (1, "This is no published file of a draw.\n")
    for broken in (b"", b"\xff", b"[" * 100_000, b"{}"):
        (tmp_path / "broken.json").write_bytes(broken)
        code, _, err = solve(capsys, "balance", "--published", tmp_path / "broken.json", "--draw-seed", "x")
        assert (code, err) == (1, "This is no published file of a draw.\n")


def test_bands_come_before_chances_and_nothing_is_drawn_without_a_seed(capsys, monkeypatch):
    given = json.loads((EXAMPLES / "bands.json").read_text("utf-8"))
    assert given.pop("draw_seed")
    code, out, _ = solve(capsys, "balance", "-", given=json.dumps(given), monkeypatch=monkeypatch)
    assert (code, "Nothing is drawn yet" in out, "Chosen:" in out) == (0, True, False)
    assert "  Band A  85 points or more  3 people  2 seats" in out
    assert "  100 %: cleo\n  75 %: ben\n  1 in 4: ann, dana, eva, finn, greta" in out
    drawn = solve(capsys, "balance", EXAMPLES / "bands.json", "--draw-seed", "another", "--json")[1]
    assert json.loads(drawn)["drawn"]["seed"] == "another"


def test_points_above_a_threshold_need_no_draw(capsys, monkeypatch):
    given = '{"seats": 1, "threshold": 5, "people": [{"id": "a", "score": 9}, {"id": "b", "score": 1}]}'
    code, out, _ = solve(capsys, "balance", "-", given=given, monkeypatch=monkeypatch)
    assert (code, "Chosen: 1 people, 9 points" in out) == (0, True)


def test_what_belongs_to_balance_is_refused_elsewhere(capsys):
    with pytest.raises(SystemExit) as ended:
        command.main(["travel", "-", "--draw-seed", "x"])
    assert ended.value.code == 1


def test_travel_without_criteria_weighs_what_is_worked_out_alike(capsys, monkeypatch):
    spots = [{"id": "a", "latitude": 50, "longitude": 5}, {"id": "b", "latitude": 40, "longitude": -3}]
    given = json.dumps({"people": spots[:1], "places": spots})
    code, out, _ = solve(capsys, "travel", "-", given=given, monkeypatch=monkeypatch)
    assert (code, "Nobody can object to: a." in out) == (0, True)


def test_limits_that_clash_end_with_2_and_say_what_would_help(capsys, monkeypatch):
    given = '{"seats": 2, "people": [{"id": "x", "score": 1}]}'
    code, out, err = solve(capsys, "balance", "-", given=given, monkeypatch=monkeypatch)
    assert (code, err) == (2, "")
    assert out.splitlines()[0] == "People who may be chosen: 1; seats: 2."
    assert out.splitlines()[2] == "What would help:"
    code, out, _ = solve(capsys, "balance", "-", "--json", given=given, monkeypatch=monkeypatch)
    document = json.loads(out)
    assert (code, document["state"], document["clash"]["kind"]) == (2, "infeasible", "candidates")


def test_two_ways_out_stand_one_after_the_other():
    move = kinds.Fault("", "")  # anything with a sentence will do

    class Way:
        sentence = "Allow one more."

    class Clash:
        message = "It cannot be."
        relaxations = (Way,)
        alternatives = ((Way, Way),)

    told = kinds.clashed(Clash)
    assert told.lines == [
        "It cannot be.",
        "",
        "What would help:",
        "  Allow one more.",
        "",
        "Or instead:",
        "  Allow one more.",
        "  Allow one more.",
    ]
    assert (told.code, move.path) == (2, "")


def test_wrong_input_ends_with_1_and_says_where(capsys, monkeypatch, tmp_path):
    given = '{"seats": 1, "people": [{"id": "x", "score": "abc"}]}'
    code, out, err = solve(capsys, "balance", "-", given=given, monkeypatch=monkeypatch)
    assert (code, out, err) == (1, "", "people[0].score: A number is needed, not “abc”.\n")
    code, out, err = solve(capsys, "balance", "-", "--json", given=given, monkeypatch=monkeypatch)
    fault = {"message": "A number is needed, not “abc”.", "path": "people[0].score"}
    assert (code, err) == (1, "")
    assert json.loads(out) == {"count": 1, "faults": [fault], "question": "balance", "state": "wrong"}
    code, _, err = solve(capsys, "balance", tmp_path / "none.json")
    assert (code, err) == (1, f"“{tmp_path}/none.json” cannot be read: No such file or directory.\n")
    given = json.dumps({"seats": 1, "people": [{}] * 15})
    code, _, err = solve(capsys, "balance", "-", given=given, monkeypatch=monkeypatch)
    assert (code, len(err.splitlines()), err.splitlines()[-1]) == (1, 21, "… and 10 more.")


@pytest.mark.parametrize(
    "words",
    [
        ["dance"],
        ["balance"],
        ["balance", "-", "--seed", "x"],
        ["balance", "-", "--seed", str(2**63)],
        ["balance", "-", "--time", "0"],
        ["balance", "-", "--time", "nan"],
        [],
    ],
)
def test_wrong_words_end_with_1(words, capsys):
    with pytest.raises(SystemExit) as ended:
        command.main(words)
    assert ended.value.code == 1
    assert capsys.readouterr().err.startswith("usage: booster solve")


def test_the_seed_of_the_command_goes_before_that_of_the_file(capsys):
    given = EXAMPLES / "balance.json"
    seeds = {json.loads(solve(capsys, "balance", given, "--json", "--seed", one)[1])["seed"] for one in ("1", "2")}
    assert seeds == {1, 2}


def test_every_example_is_run_and_every_question_has_a_page():
    assert sorted(file.stem for file in EXAMPLES.glob("*.json")) == sorted([*NAMES, "bands", "lottery"])
    for name in NAMES:
        assert f"](pictures/{name}.svg)" in (DOCS / f"{name}.md").read_text("utf-8")


def test_bounds_in_schemas_have_the_names_that_validators_know():
    for file in (DOCS / "schemas").glob("*.json"):
        assert '"ge":' not in file.read_text("utf-8")
    assert '"maximum": 5000' in (DOCS / "schemas" / "travel.json").read_text("utf-8")


def test_control_characters_of_an_id_do_nothing_to_the_terminal(capsys, monkeypatch):
    given = (EXAMPLES / "balance.json").read_text().replace('"ben"', '"b\\u001b[31m\\nen"')
    code, out, _ = solve(capsys, "balance", "-", given=given, monkeypatch=monkeypatch)
    assert code == 0
    assert "b\\x1b[31m\\nen" in out
    assert "\x1b" not in out


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_schema_is_that_of_the_code(name, capsys):
    code, out, _ = solve(capsys, name, "--schema")
    assert code == 0
    assert (DOCS / "schemas" / f"{name}.json").read_text("utf-8") == out


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_picture_is_what_the_command_draws(name, capsys, tmp_path):
    assert solve(capsys, name, EXAMPLES / f"{name}.json", "--picture", tmp_path / "drawn.svg")[0] == 0
    assert (DOCS / "pictures" / f"{name}.svg").read_text("utf-8") == (tmp_path / "drawn.svg").read_text("utf-8")


def test_a_picture_that_cannot_be_written_is_one_line(capsys, tmp_path):
    code, out, err = solve(capsys, "balance", EXAMPLES / "balance.json", "--picture", tmp_path / "no" / "one.svg")
    assert (code, out) == (1, "")
    assert err == f"“{tmp_path}/no/one.svg” cannot be written: No such file or directory.\n"


def test_an_algorithms_complaint_is_told_with_its_path(capsys, monkeypatch):
    class Craft:
        class BadProblem(Exception):
            culprit = "b"

        class Infeasible(Exception):
            pass

        class Unsettled(Exception):
            pass

    def refused():
        raise Craft.BadProblem("It is not good.")

    def stopped():
        raise Stopped("search")

    def unsettled():
        raise Craft.Unsettled("The effort was used up.")

    with pytest.raises(kinds.Wrong) as wrong:
        kinds.guarded(Craft, refused)
    assert [str(one) for one in wrong.value.faults(b'{"people": [{"id": "b"}]}')] == ["people[0].id: It is not good."]
    assert kinds.guarded(Craft, stopped).lines == ["The work was stopped before there was any answer."]
    told = kinds.guarded(Craft, unsettled)
    assert told.lines == ["The effort was used up. Nothing is known yet: give it more with --time."]
    assert told.code == 3


def test_a_stopped_search_ends_with_3(capsys, monkeypatch):
    from booster.craft import balance

    def stopped(*_, **__):
        raise Stopped("search")

    monkeypatch.setattr(balance, "choose", stopped)
    code, out, _ = solve(capsys, "balance", EXAMPLES / "balance.json", "--json")
    message = "The work was stopped before there was any answer."
    assert (code, json.loads(out)) == (3, {"message": message, "question": "balance", "state": "stopped"})


def test_progress_says_how_far_it_is(capsys):
    assert line_of(Step("chances", 3, 20, 1.5, 2)) == "chances 3 of 20, best 1.5, bound 2"
    assert line_of(Step("search", 3)) == "search 3"
    with Patience(aloud=True) as patience:
        assert patience.watch(Step("search", 1))
        assert patience.watch(Step("search", 2))  # within a fifth of a second: said once
    assert capsys.readouterr().err == "search 1\n"


def test_ctrl_c_asks_to_stop_and_leaves_the_signals_as_they_were(capsys):
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    with Patience(aloud=False) as patience:
        os.kill(os.getpid(), signal.SIGINT)
        until = time.monotonic() + 5
        while patience.watch(Step("search", 1)) and time.monotonic() < until:
            time.sleep(0.01)
        assert not patience.watch(Step("search", 2))
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == before
    assert capsys.readouterr().err == "Stopping: the best answer so far follows. Ctrl-C again ends at once.\n"


def test_outside_the_main_thread_no_signal_is_touched():
    kept = []

    def work():
        with Patience(aloud=False) as patience:
            kept.append((patience.watch(Step("search", 1)), threading.active_count()))

    one = threading.Thread(target=work)
    before = threading.active_count()
    one.start()
    one.join()
    assert kept == [(True, before + 1)]


def test_answers_are_canonical():
    assert plain({"b": Decimal("3.000"), "a": 0.1 + 0.2, ("x", "y"): {"q", "p"}}) == {
        "b": 3,
        "a": 0.3,
        "x y": ["p", "q"],
    }
    assert plain([Fraction(13, 199), float("inf"), Decimal("82.5"), None, True, b"\x01"]) == [
        "13/199",
        None,
        82.5,
        None,
        True,
        "01",
    ]


def test_a_real_process_needs_no_django_and_gives_the_same_bytes(tmp_path):
    ask = "import sys; from booster.config.cli import main\n"
    ask += "try: main(sys.argv[1:])\nfinally: print('django' in sys.modules)"
    words = [sys.executable, "-c", ask, "solve", "travel", "-", "--json"]
    given = (EXAMPLES / "travel.json").read_bytes()
    runs = []
    for hashes in ("1", "2"):
        env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(DOCS.parents[1]), "PYTHONHASHSEED": hashes}
        done = subprocess.run(words, input=given, capture_output=True, cwd=tmp_path, env=env)
        assert (done.returncode, done.stderr) == (0, b"")
        runs.append(done.stdout)
    assert runs[0] == runs[1]
    assert runs[0].endswith(b"}\nFalse\n")
    assert list(tmp_path.iterdir()) == []


def test_half_a_character_is_refused_in_bytes_that_can_be_written(capsys, monkeypatch):
    code, out, _ = solve(
        capsys, "balance", "-", "--json", given='{"\\ud800": 1, "\\ud800": 2}', monkeypatch=monkeypatch
    )
    assert (code, json.loads(out.encode())["state"]) == (1, "wrong")
    given = (EXAMPLES / "balance.json").read_text().replace("Eight people", "Eight \\ud800 people")
    code, out, _ = solve(capsys, "balance", "-", "--json", given=given, monkeypatch=monkeypatch)
    assert (code, [one["path"] for one in json.loads(out.encode())["faults"]]) == (1, ["note"])
    assert "holds half a character." in out


def test_a_lottery_that_is_stopped_at_once_still_answers(capsys):
    for steps in ("0.0005", "0.001", "0.002", "0.005"):
        code, out, _ = solve(capsys, "balance", EXAMPLES / "lottery.json", "--json", "--time", steps)
        assert (code, json.loads(out)["state"]) in {(0, "answer"), (3, "stopped")}


@pytest.mark.parametrize(
    "words, said",
    [
        (["--time", "0"], "argument --time: seconds above 0 and up to 1,000,000 are needed, not “0”"),
        (["--time", "nan"], "argument --time: seconds above 0 and up to 1,000,000 are needed, not “nan”"),
        (["--seed", "x"], "argument --seed: a whole number below 2^63 is needed, not “x”"),
    ],
)
def test_numbers_on_the_line_that_do_not_fit_are_named(capsys, words, said):
    with pytest.raises(SystemExit) as ended:
        solve(capsys, "balance", EXAMPLES / "balance.json", *words)
    assert (ended.value.code, capsys.readouterr().err.splitlines()[-1]) == (1, f"booster solve: {said}")


def test_faults_of_a_timetable_stand_at_their_own_path(capsys, monkeypatch):
    given = json.loads((EXAMPLES / "timetable.json").read_text())
    given["zone"] = given["speakers"][1]["zone"] = "Mars/Olympus"
    given["rules"] = [
        {"rule": "lunch", "start": "14:00", "end": "12:00", "minutes": 30},
        {"rule": "order", "before": "welcome", "after": "lesson 1", "gap": 30, "most": 10},
    ]
    code, _, err = solve(capsys, "timetable", "-", given=json.dumps(given), monkeypatch=monkeypatch)
    assert (code, err.splitlines()) == (
        1,
        [
            "zone: There is no time zone “Mars/Olympus”.",
            "speakers[1].zone: There is no time zone “Mars/Olympus”.",
            "rules[0]: The lunch ends before it starts.",
            "rules[1]: The order of 'welcome' and 'lesson 1': the longest gap must be a whole number from 30 to "
            "527040, not 10.",
        ],
    )
    given["breaks"][1]["end"] = "13:00"
    given |= {"zone": "Europe/Madrid", "rules": [], "speakers": []}
    for session in given["sessions"]:
        session["speakers"] = []
    code, _, err = solve(capsys, "timetable", "-", given=json.dumps(given), monkeypatch=monkeypatch)
    assert (code, err) == (1, "breaks[1].end: The break ends before it starts.\n")
