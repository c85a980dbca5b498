"""The main job of an edition's first half without a browser: from files to a chosen cohort."""

import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import TestCase

from booster.applications.models import Application
from booster.chronicle.models import Fact
from booster.evaluation.models import Evaluation, Evaluator, Screening
from booster.home import demo
from booster.intake import actions as taking
from booster.intake.models import Intake
from booster.people.models import Person
from booster.selection.models import Scenario

pytestmark = pytest.mark.database

FILES = Path(demo.__path__[0])
TRUTH = json.loads((Path(__file__).parent / "truth" / "edition-1.json").read_text("utf-8"))
RESPONSES, OFFERS = FILES / "participant-responses.xlsx", FILES / "venue-offers.xlsx"


def run(*words) -> dict:
    said = StringIO()
    with redirect_stdout(said):
        call_command(*map(str, words), "--json")
    return json.loads(said.getvalue())


def clash(*words) -> dict:
    """What a command says that ends with the exit code for limits that clash."""
    said = StringIO()
    with redirect_stdout(said), pytest.raises(SystemExit) as ended:
        call_command(*map(str, words), "--json")
    assert ended.value.code == 2
    return json.loads(said.getvalue())


def dirtier(to: Path) -> Path:
    """The same answers with columns in another order, headers spelt otherwise, real dates, numbers as text."""
    sheet = openpyxl.load_workbook(RESPONSES).active
    rows = [list(row) for row in sheet.iter_rows(min_row=4, values_only=True)]
    order = sorted(range(len(rows[0])), key=lambda column: (column * 7) % 30)
    book = openpyxl.Workbook()
    out = book.active
    out.append(["Export", None, "made for somebody else"])
    out.merge_cells("A1:B1")
    out.append([str(rows[0][column]).upper().replace("(OPTIONAL)", "") for column in order])
    for number, row in enumerate(rows[1:]):
        cells = [row[column] for column in order]
        out.append([f" {cell} " if isinstance(cell, int) and number % 3 == 0 else cell for cell in cells])
    book.save(to)
    return to


class Founded(TestCase):
    """The academy with its two calls, nothing taken in."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.calls = run("new", "cba")

    @pytest.fixture(autouse=True)
    def _lent(self, tmp_path, monkeypatch) -> None:
        self.folder, self.monkeypatch = tmp_path, monkeypatch

    def test_new_makes_the_first_edition_with_both_calls(self):
        assert self.calls == {"participants": "cba-1-participants", "venues": "cba-1-venues"}

    def test_new_does_not_overwrite(self):
        with pytest.raises(CommandError, match="exists already"):
            call_command("new", "cba")

    def test_a_file_of_the_other_kind_is_refused_and_leaves_nothing(self):
        for kind, file in (("participants", OFFERS), ("offers", RESPONSES)):
            call = self.calls["venues" if kind == "offers" else "participants"]
            with pytest.raises(CommandError, match="holds no answers to this call"):
                call_command("import", kind, str(file), "--call", call)
        assert Application.objects.count() == 0

    def test_a_seed_beyond_all_bounds_is_refused(self):
        with pytest.raises(CommandError, match="seed must be"):
            call_command("select", self.calls["participants"], "--seed", "99999999999999999999")

    def test_fewer_than_no_seats_are_refused(self):
        with pytest.raises(CommandError, match="a whole number of 0 or more"):
            call_command("select", self.calls["participants"], "--seats", "-3")

    def test_the_verdicts_on_the_offers_are_those_of_a_careful_person(self):
        result = run("import", "offers", OFFERS, "--call", self.calls["venues"])
        found = dict.fromkeys(result["eligible"], "eligible") | result["ineligible"]
        assert (found, result["problems"]) == (TRUTH["venues"], [])

    def test_a_dry_run_says_the_same_and_keeps_nothing(self):
        facts = Fact.objects.count()
        result = run("import", "participants", RESPONSES, "--call", self.calls["participants"], "--dry-run")
        assert result["ineligible"] == TRUTH["rejected"]
        assert (Application.objects.count(), Person.objects.count(), Fact.objects.count()) == (0, 0, facts)

    def test_a_fault_midway_leaves_the_database_as_it_was(self):
        facts = Fact.objects.count()

        def fail(*args, **kwargs):
            raise RuntimeError("the disk is full")

        self.monkeypatch.setattr(taking, "_note", fail)
        with pytest.raises(RuntimeError):
            call_command("import", "participants", str(RESPONSES), "--call", self.calls["participants"])
        assert (Application.objects.count(), Person.objects.count(), Fact.objects.count()) == (0, 0, facts)

    def test_other_dirt_changes_no_verdict(self):
        result = run(
            "import", "participants", dirtier(self.folder / "other.xlsx"), "--call", self.calls["participants"]
        )
        assert sorted(result["eligible"]) == sorted(TRUTH["eligible"])
        assert result["ineligible"] == TRUTH["rejected"]
        assert sorted(result["superseded"]) == sorted(TRUTH["superseded"])

    def test_limits_that_cannot_be_read_are_told_with_their_place(self):
        file = self.folder / "limits.json"
        for limits, message in [
            ("{", "cannot be read as JSON"),
            ('{"shoe size": {"max": 3}}', "none of country, ecosystem"),
            ('{"country": {"Atlantis": {"max": 3}}}', "is not a country"),
            ('{"country": {"max": -1}}', "a whole number from 0"),
            ('{"country": {"min": 3, "max": 2}}', "cannot both hold"),
            ('{"country": 3}', "write the least and the most"),
            ("7", "a table of attributes or a list"),
        ]:
            file.write_text(limits)
            with self.subTest(limits), pytest.raises(CommandError, match=message):
                call_command("select", self.calls["participants"], "--limits", str(file))

    def test_a_wrong_call_or_file_is_told(self):
        with pytest.raises(CommandError, match="no call “nowhere”"):
            call_command("import", "participants", str(RESPONSES), "--call", "nowhere")
        with pytest.raises(CommandError, match="not a call for participants"):
            call_command("import", "participants", str(RESPONSES), "--call", self.calls["venues"])
        with pytest.raises(CommandError, match="no file"):
            call_command("import", "participants", str(self.folder / "gone.xlsx"), "--call", self.calls["participants"])
        with pytest.raises(CommandError, match="no call “nowhere”"):
            call_command("select", "nowhere")


class TakenIn(TestCase):
    """The answers of the participants' file are in."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.calls = run("new", "cba")
        cls.first = run("import", "participants", RESPONSES, "--call", cls.calls["participants"])

    @pytest.fixture(autouse=True)
    def _lent(self, tmp_path) -> None:
        self.folder = tmp_path

    def test_the_verdicts_on_the_answers_are_those_of_a_careful_person(self):
        result = self.first
        assert sorted(result["eligible"]) == sorted(TRUTH["eligible"])
        assert result["ineligible"] == TRUTH["rejected"]
        assert sorted(result["superseded"]) == sorted(TRUTH["superseded"])
        assert result["problems"] == [
            {
                "row": 79,
                "id": "001-00007",
                "field": "email",
                "message": "“not-an-address” is not an e-mail address that a letter can reach.",
            },
            {
                "row": 178,
                "id": "001-00080",
                "field": "challenge",
                "message": "The words are too long: 6040 characters, at most 3600 for 300 words.",
            },
            {
                "row": 74,
                "id": "001-00131",
                "field": "changed",
                "message": "It was sent in time and changed after the deadline; the file holds only the changed text.",
            },
        ]

    def test_a_second_import_takes_nothing_in_twice_and_answers_the_same(self):
        def counts() -> tuple[int, ...]:
            return Application.objects.count(), Person.objects.count(), Screening.objects.count()

        before = counts()
        assert run("import", "participants", RESPONSES, "--call", self.calls["participants"]) == self.first
        assert counts() == before == (186, 181, 183)
        assert list(Intake.objects.order_by("pk").values_list("new_count", "known_count")) == [(186, 0), (0, 186)]

    def test_evaluations_of_strangers_of_unknown_files_and_of_ones_own_organisation_are_refused(self):
        run("import", "evaluators", FILES / "evaluators.csv", "--call", self.calls["participants"])
        file = self.folder / "evaluations.csv"
        file.write_text(
            "contribution_id,evaluator_email,motivation,challenge,contribution,comment\n"
            "001-00159,evaluator.1@example.org,3,3,3,own organisation\n"
            "001-00001,stranger@example.org,3,3,3,\n"
            "999,evaluator.1@example.org,3,3,3,\n"
            "001-00137,evaluator.1@example.org,3,3,3,late\n"
            "001-00062,evaluator.1@example.org,3,3,3,superseded\n"
            "001-00002,evaluator.1@example.org,5.5,3,3,\n"
            "001-00003,evaluator.1@example.org,,3,3,\n"
            "001-00004,EVALUATOR.1@example.org ,4,3.5,3,fine\n"
            "001-00004,evaluator.1@example.org,1,1,1,again\n"
        )
        result = run("import", "evaluations", file, "--call", self.calls["participants"])
        assert result["new"] == 1
        assert [(p["row"], p["message"]) for p in result["problems"]] == [
            (2, "The evaluator belongs to the file's own organisation: a conflict of interest."),
            (3, "This call has no evaluator with this address."),
            (4, "This call has no file with this id."),
            (5, "The file is not eligible: late."),
            (6, "The file is superseded, so it is not evaluated."),
            (7, "Motivation: 5.5 is not a mark from 0 to 5 in half steps."),
            (8, "Motivation: There is no mark."),
            (10, "Row 9 holds this evaluator's marks for this file already."),
        ]


class Evaluated(TestCase):
    """Answers, evaluators and evaluations are in: ready to choose."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.calls = run("new", "cba")
        run("import", "participants", RESPONSES, "--call", cls.calls["participants"])
        run("import", "evaluators", FILES / "evaluators.csv", "--call", cls.calls["participants"])
        run("import", "evaluations", FILES / "evaluations.csv", "--call", cls.calls["participants"])

    @pytest.fixture(autouse=True)
    def _lent(self, tmp_path) -> None:
        self.folder = tmp_path

    def test_the_whole_chain_ends_in_the_same_cohort_for_the_same_seed(self):
        assert (Evaluator.objects.count(), Evaluation.objects.count()) == (8, 336)
        words = ("select", self.calls["participants"], "--seats", 27, "--seed", 1)
        first, again = run(*words), run(*words)
        assert first == again
        assert len(first["chosen"]) == len(set(first["chosen"])) == 27
        assert set(first["chosen"]) | set(first["reserve"]) <= set(TRUTH["eligible"])
        assert set(first["reasons"]) == set(TRUTH["eligible"]) | set(TRUTH["rejected"])
        assert first["reasons"]["001-00137"] == "Not eligible: late."
        assert first["proof"]["state"] == "optimal"
        organisations = Application.objects.filter(reference__in=first["chosen"]).values_list(
            "organisation_id", flat=True
        )
        assert len(set(organisations)) == 27

    def test_limits_from_a_file_are_kept_and_told(self):
        limits = {
            "country": {"max": 2},
            "ecosystem": {"min": 1},
            "gender": {"woman": {"min": 11}},
            "role": {"employee": {"min": 3}},
        }
        file = self.folder / "limits.json"
        file.write_text(json.dumps(limits))
        result = run("select", self.calls["participants"], "--seats", 27, "--limits", file)
        reached = {(one["attribute"], one["value"]): one["reached"] for one in result["limits"]}
        assert all(count <= 2 for (attribute, _value), count in reached.items() if attribute == "country")
        assert all(count >= 1 for (attribute, _value), count in reached.items() if attribute == "ecosystem")
        assert reached["gender", "woman"] >= 11
        assert reached["role", "employee"] >= 3
        chosen = Application.objects.filter(reference__in=result["chosen"])
        assert sum(row.answers.get("gender") == "woman" for row in chosen) == reached["gender", "woman"]

    def test_limits_that_clash_end_with_2_and_write_nothing(self):
        file = self.folder / "limits.json"
        file.write_text(json.dumps({"country": {"max": 1}, "ecosystem": {"min": 5}}))
        facts = Fact.objects.count()
        result = clash("select", self.calls["participants"], "--seats", 27, "--limits", file)
        assert result["clash"] is True
        assert result["relax"][0]["sentence"].startswith("Raise the maximum for")
        assert (Scenario.objects.count(), Fact.objects.count()) == (0, facts)

    def test_no_seat_and_one_seat(self):
        for seats in (0, 1):
            with self.subTest(seats):
                assert len(run("select", self.calls["participants"], "--seats", seats)["chosen"]) == seats

    def test_more_seats_than_people_end_with_2(self):
        result = clash("select", self.calls["participants"], "--seats", 500)
        assert "relax" in result
        assert "chosen" not in result or result["chosen"] == []
