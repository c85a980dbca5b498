"""The published files, the draw, and two other programs that repeat it."""

import json
import os
import runpy
import shutil
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from booster.craft.balance import BadProblem, Candidate, Limit, Problem
from booster.craft.balance.fair import (
    Certificate,
    Panel,
    Portfolio,
    Terms,
    chance_shown,
    committed,
    draw,
    fingerprint,
    published,
    verify_draw,
)
from booster.craft.balance.fair.drawing import ball

TERMS = Terms("merit", Decimal("60.0"), (Decimal(80), Decimal(60)))
PROBLEM = Problem(
    [
        Candidate("é2", Decimal("81.50"), {"country": {"FR", "BE"}, "role": ""}, "Org"),
        Candidate("a1", 70, {"country": "AT"}),
    ],
    1,
    [Limit("country", "AT", 0, 1)],
    seed=7,
)
NODE = """
const fs = require("fs"), crypto = require("crypto"), [file, seed] = process.argv.slice(2);
const data = fs.readFileSync(file), mark = crypto.createHash("sha256").update(data).digest("hex");
const panels = JSON.parse(data).panels, tickets = BigInt(panels.reduce((sum, one) => sum + one.tickets, 0));
const space = 2n ** 256n, limit = space - space % tickets;
let number = limit;
for (let block = 0; number >= limit; block++)
  number = BigInt("0x" + crypto.createHmac("sha256", seed).update(mark + "\\n" + block).digest("hex"));
let rest = Number(number % tickets), place = 0;
while (rest >= panels[place].tickets) rest -= panels[place++].tickets;
console.log(`fingerprint ${mark}\\nball ${number % tickets} of ${tickets}\\ngroup ${place}`);
console.log(`ids ${panels[place].ids.join(" ")}`);
"""


def three_groups(*tickets):
    whole = sum(tickets)
    ids = [("a1",), ("b", "é2"), ("é2",)]
    panels = tuple(Panel(one, part, Fraction(part, whole)) for one, part in zip(ids, tickets, strict=True))
    certificate = Certificate("relaxation", "exact", 0.0, "")
    return Portfolio(TERMS, 1, panels, whole, {}, (), certificate, Fraction(1), 1.0, {}, "")


def test_the_committed_file_holds_everything_the_chances_depend_on():
    text = committed(PROBLEM, TERMS, three_groups(1, 2, 1), version="1.2").decode()
    assert text == (
        '{"bands":["80","60"],"candidates":[{"attributes":{"country":["AT"]},"band":1,"id":"a1","score":"70",'
        '"unit":null},{"attributes":{"country":["BE","FR"]},"band":0,"id":"é2","score":"81.5","unit":"Org"}],'
        '"forced_in":[],"forced_out":[],"format":"booster-draw-1","limits":[{"attribute":"country","maximum":1,'
        '"minimum":0,"value":"AT"}],"per_unit_maximum":1,"policy":"merit","seats":1,"seed":7,"threshold":"60",'
        '"tickets":4,"version":"1.2"}\n'
    )


def test_the_published_file_holds_no_attribute():
    answer = three_groups(1, 2, 1)
    text = published(PROBLEM, TERMS, answer, version="1.2").decode()
    mark = fingerprint(committed(PROBLEM, TERMS, answer, version="1.2"))
    assert text == (
        f'{{"fingerprint":"{mark}","format":"booster-draw-1","panels":[{{"ids":["a1"],"tickets":1}},'
        '{"ids":["b","é2"],"tickets":2},{"ids":["é2"],"tickets":1}],"policy":"merit","seats":1,"tickets":4}\n'
    )
    assert committed(PROBLEM, Terms("lottery"), answer, version="1").count(b'"threshold":null') == 1


def test_fingerprint_and_generator_keep_their_known_answers():
    assert fingerprint(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert [ball("seed", "message", tickets) for tickets in (1, 2, 10, 10**8)] == [0, 1, 5, 87805905]


def test_blocks_beyond_the_last_whole_round_are_passed_over(monkeypatch):
    monkeypatch.setattr("booster.craft.balance.fair.drawing.SPACE", 2**250)
    first = ball("seed", "message", 3)
    assert first in range(3)


def test_all_balls_come_equally_often():
    counts = Counter(ball("seed", str(turn), 5) for turn in range(5000))
    assert sorted(counts) == [0, 1, 2, 3, 4]
    assert min(counts.values()) > 900
    assert max(counts.values()) < 1100


def test_each_group_is_drawn_as_often_as_it_has_tickets():
    data = published(PROBLEM, TERMS, three_groups(1, 2, 7), version="1")
    counts = Counter(draw(data, f"seed {turn}").panel for turn in range(2000))
    assert 150 < counts[0] < 250
    assert 330 < counts[1] < 470
    assert 1310 < counts[2] < 1490


def test_a_ball_is_shown_as_wide_as_the_highest():
    drawn = draw(published(PROBLEM, TERMS, three_groups(100, 200, 700), version="1"), "s")
    assert drawn.tickets == 1000
    assert drawn.ball_shown == f"{drawn.ball:03}"


@pytest.mark.parametrize(
    "data, seed, message",
    [
        (b"", "s", "no published file"),
        (b"[]", "s", "no published file"),
        (b"\xff", "s", "no published file"),
        (b'{"panels":[],"tickets":0}', "s", "do not add up"),
        (b'{"panels":[{"ids":["a"],"tickets":2}],"tickets":3}', "s", "do not add up"),
        (b'{"panels":[{"ids":["a"],"tickets":0}],"tickets":0}', "s", "no published file"),
        (b'{"panels":[{"ids":["a"],"tickets":true}],"tickets":1}', "s", "no published file"),
        (b'{"panels":[{"ids":[1],"tickets":1}],"tickets":1}', "s", "no published file"),
        (b'{"panels":[{"ids":["a"],"tickets":1}],"tickets":1}', "", "seed of the draw is empty"),
    ],
)
def test_a_file_that_is_none_or_an_empty_seed_is_refused(data, seed, message):
    with pytest.raises(BadProblem, match=message):
        draw(data, seed)


@pytest.mark.parametrize("seed", ["2026-11-28", "Zürich 4 8 15", "x" * 200])
@pytest.mark.parametrize("language", ["python", "node"])
def test_other_programs_repeat_the_draw(seed, language, tmp_path):
    data = published(PROBLEM, TERMS, three_groups(30_000_001, 40_000_000, 29_999_999), version="1")
    file = tmp_path / "published.json"
    file.write_bytes(data)
    if language == "node":
        if not shutil.which("node"):
            pytest.skip("node is not installed on this machine")
        script = tmp_path / "verify.js"
        script.write_text(NODE)
        command = ["node", str(script)]
    else:
        command = [sys.executable, "-I", str(Path(verify_draw.__file__))]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    run = subprocess.run([*command, str(file), seed], capture_output=True, env=environment, check=True)
    drawn = draw(data, seed)
    assert run.stdout.decode() == (
        f"fingerprint {fingerprint(data)}\nball {drawn.ball} of {drawn.tickets}\ngroup {drawn.panel}\n"
        f"ids {' '.join(drawn.ids)}\n"
    )


def test_the_verifier_says_the_same_in_this_process(tmp_path, capsys):
    data = published(PROBLEM, TERMS, three_groups(1, 2, 7), version="1")
    file = tmp_path / "published.json"
    file.write_bytes(data)
    for seed in ("a", "b", "c", "d", "e"):
        verify_draw.main(str(file), seed)
        assert f"ball {draw(data, seed).ball} of 10" in capsys.readouterr().out


def test_the_verifier_is_a_script(tmp_path, capsys, monkeypatch):
    file = tmp_path / "published.json"
    file.write_bytes(published(PROBLEM, TERMS, three_groups(1, 2, 7), version="1"))
    monkeypatch.setattr(sys, "argv", ["verify_draw.py", str(file), "s"])
    runpy.run_path(verify_draw.__file__, run_name="__main__")
    assert "of 10\ngroup " in capsys.readouterr().out


def test_the_published_file_is_json_of_a_fixed_form():
    data = published(PROBLEM, TERMS, three_groups(1, 2, 7), version="1")
    again = json.dumps(json.loads(data), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert data == f"{again}\n".encode()


@pytest.mark.parametrize(
    "chance, text",
    [
        (Fraction(0), "0 %"),
        (Fraction(1), "100 %"),
        (Fraction(1, 3), "1 in 3"),
        (Fraction(33333333, 10**8), "1 in 3"),
        (Fraction(27, 100), "27 %"),
        (Fraction(3, 29), "10.3 %"),
        (Fraction(1, 5000), "below 0.1 %"),
        (Fraction(9999, 10000), "above 99.9 %"),
    ],
)
def test_chances_are_shown_as_people_say_them(chance, text):
    assert chance_shown(chance) == text
