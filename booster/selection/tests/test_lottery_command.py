"""`booster select` with a policy: the same files give the same bytes, whatever database keeps them."""

import json
from contextlib import redirect_stdout
from hashlib import sha256
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from booster.selection.models import Draw, Scenario
from booster.selection.queries import weighing
from booster.selection.tests import make
from conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SEED = "4 31 17 42 9 26"


@pytest.fixture
def call(olga, monkeypatch):
    monkeypatch.setattr(weighing, "PROGRAM", "booster as tested")  # the input of a draw names its version
    made = make.call(at=NOW, organiser=olga)
    make.files(made, at=NOW, count=40)
    return made


def run(*words):
    said = StringIO()
    with redirect_stdout(said):
        call_command("select", *map(str, words), "--json")
    return said.getvalue()


@pytest.mark.parametrize(
    "policy, digest", [("merit", "7ba8f90104eb4457"), ("lottery", "5c53b94e34608c4d"), ("points", "b3664f012b85171f")]
)
def test_the_same_files_give_the_same_bytes(call, policy, digest):
    drawn = [] if policy == "points" else ["--draw-seed", SEED]
    printed = run(call.slug, "--seats", 12, "--policy", policy, *drawn)
    assert sha256(printed.encode()).hexdigest()[:16] == digest
    again = run(call.slug, "--seats", 12, "--policy", policy) if policy == "points" else ""
    assert again in ("", printed)


def test_without_a_seed_everybody_has_a_chance_and_the_draw_waits(call):
    found = json.loads(run(call.slug, "--policy", "merit", "--bands", "85,70", "--threshold", "60"))
    assert (found["policy"], found["threshold"]) == ("merit", "60")
    assert [(one["letter"], one["from"], one["seats"]) for one in found["bands"]] == [
        ("A", "85", 3), ("B", "70", 0), ("C", "60", 0)
    ]  # fmt: skip
    assert "chosen" not in found
    scenario = Scenario.objects.get()
    assert (scenario.state, scenario.bands, f"{scenario.threshold:f}") == ("weighed", [85, 70], "60.00")
    assert not Draw.objects.exists()


def test_with_a_seed_it_is_drawn_at_once_and_says_that_the_seed_was_not_announced(call):
    found = json.loads(run(call.slug, "--policy", "lottery", "--draw-seed", SEED))
    assert len(found["chosen"]) == 3
    assert found["draw"]["seed"] == SEED
    draw = Draw.objects.get()
    assert (draw.state, draw.source) == (
        "drawn", "Given on the command line: the seed was not announced beforehand."
    )  # fmt: skip


def test_it_tells_bands_chances_and_the_ball_in_words(call, capsys):
    call_command("select", call.slug, "--policy", "merit")
    told = capsys.readouterr().out
    assert "Band A from 90: 3 seats, 14 people" in told
    assert "A-000  100.00  3/14  By lot, with a chance of 21.4 %." in told
    call_command("select", call.slug, "--policy", "merit", "--draw-seed", SEED)
    told = capsys.readouterr().out
    assert f"from the seed “{SEED}”" in told
    assert "By lot: chance 21.4 %, ball" in told


@pytest.mark.parametrize(
    "words, why",
    [
        (["--bands", "80,70"], "need --policy merit or lottery"),
        (["--threshold", "60"], "need --policy merit or lottery"),
        (["--draw-seed", "x"], "need --policy merit or lottery"),
        (["--policy", "lottery", "--bands", "80,70"], "--bands needs --policy merit"),
        (["--policy", "merit", "--bands", "80,78"], "--bands: A band is at least 5 points wide: write 75 or less."),
        (["--policy", "merit", "--bands", "80"], "--bands: Merit first needs 3 to 5 bands"),
        (["--policy", "merit", "--bands", "best"], "--bands: Write a whole number from 1 to 100."),
        (["--policy", "merit", "--threshold", "10"], "--threshold: Write a number of points from 50 to 100."),
        (["--policy", "chance"], "invalid choice: 'chance'"),
        (["--policy", "lottery", "--draw-seed", "x" * 300], "Write the seed as it was published"),
    ],
)
def test_what_cannot_be_meant_is_one_line_and_keeps_nothing(call, words, why):
    with pytest.raises(CommandError, match=why):
        call_command("select", call.slug, *words)
    assert not Scenario.objects.exists()
