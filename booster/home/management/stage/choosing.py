"""The edition in selection: answers from files, evaluated; 27 participants and a host are to be chosen."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from booster.academies import actions as academies
from booster.academies.models import Academy, Edition, Role
from booster.applications import actions as applications
from booster.applications.models import Application
from booster.calls.models import Call
from booster.chronicle.tasks import run_errands
from booster.evaluation import actions as evaluation
from booster.evaluation import queries as evaluating
from booster.evaluation.actions import NewEvaluator
from booster.evaluation.models import Assignment, Evaluator, Screening
from booster.evaluation.rules.agreeing import Agreement
from booster.evaluation.rules.rows import EvaluationRow, Rows
from booster.home import demo
from booster.home.actions.founding import DATES
from booster.home.management.stage import calls_of, days
from booster.home.management.stage.days import Days, morning
from booster.home.management.stage.players import Players, release_letters, work_off
from booster.intake import actions as intake
from booster.intake import queries as reading_of
from booster.selection import actions as selection
from booster.selection import queries as choosing
from booster.selection.rules import limits

KEYS = ("motivation", "challenge", "contribution")
FILES = Path(demo.__path__[0])
OPENED, VENUES_OPENED, VENUES_CLOSED = timedelta(days=28), timedelta(days=66), timedelta(days=38)  # before the deadline
WISH = {
    "country": {"max": 3},
    "ecosystem": {"max": 8},
    "gender": {"woman": {"min": 12}},
    "maturity": {"starting": {"min": 5}},
    "role": {"employee": {"max": 6}},
}
PAULAS = {
    "given_name": "Paula", "family_name": "Pereira", "email": "paula@example.org", "gender": "woman", "role": "manager",
    "years": 4, "organisation_name": "Atlantic Cork Cluster", "profile_url": "https://cork.example.org",
    "country": "PT", "city": "Évora", "latitude": 38.5714, "longitude": -7.9135,
    "ecosystems": ["agri-food", "construction"],
    "founded": 2017, "members": 46, "smes": 39, "staff_fte": 2.5, "label": "bronze", "maturity": "growing",
    "challenge": (
        "Our members sell cork to the same four buyers. We tried a fair of our own and joint brochures; both cost more "
        "than they brought. The owners agree that something must change and disagree on who should pay for it."
    ),
    "goal": "A service that members pay for, tested with five of them half a year after the academy.",
    "offer": "A method for mapping who buys from whom, done in two afternoons, with all its mistakes.",
    "topics": ["services", "members", "value_chains"], "prior_trainings": "A week on cluster management in 2022.",
    "both_online": True, "both_in_person": True, "approval": True, "travel_band": "200_500",
    **{key: {"given": True, "version": "1"} for key in ("consent", "consent_list", "consent_follow_up")},
}  # fmt: skip
VENUE_MARKS = {  # offer: what either evaluator gives, in the order of the criteria
    "V01-1": ("3 3.5 4 2 3 3 4 2.5", "3.5 3 4 2.5 3 3.5 3.5 2"),
    "V01-2": ("4 3.5 4 3.5 4.5 4 4.5 4", "4 4 4.5 3.5 4 4 5 4"),
    "V01-3": ("4.5 3 3.5 4 3 3.5 3 3", "4 3 3.5 4 3.5 3 3.5 3"),
    "V01-4": ("3 2.5 3 3 2.5 3 2 3.5", "5 3 3.5 3 3 3 2.5 3.5"),
    "V01-6": ("3.5 4.5 4 4 4 3.5 3 4.5", "4 4.5 4 4 4.5 3.5 3.5 4"),
    "V01-8": ("2.5 3 3 2.5 2 3 2 3", "2.5 3.5 3 3 2 3 2.5 3"),
}
REMARKS = (
    "Read with the white book beside me; rooms and reach decide it.",
    "A fair offer; what it teaches is the difference.",
)


def plan(academy: Academy, when: Days, players: Players) -> Edition:
    """The edition with its shape, as it was planned before its calls opened."""
    begun = morning(when.choosing - VENUES_OPENED) - timedelta(days=40)
    edition = academies.plan(
        academy=academy, name="2nd Cluster Booster Academy", slug="cba-2", accent="#1b4f8a", by=players.olga, at=begun,
        summary="Two days online, two days with a host, 27 seats.",
    )  # fmt: skip
    academies.set_shape(edition=edition, legs=days.shape(when.choosing), by=players.olga, at=begun)
    calls = (when.choosing - VENUES_OPENED, when.choosing)
    academies.set_phases_from_dates(edition=edition, calls=calls, by=players.olga, at=begun)
    academies.set_budget(
        edition=edition, lines=[("Trainers and coaches", 2_400_000), ("Food for four days", 900_000)],
        by=players.olga, at=begun,
    )  # fmt: skip
    academies.appoint(edition=edition, person=players.rosa, role=Role.READER, by=players.olga, at=begun)
    return academies.step(edition=edition, verb="open", by=players.olga, at=morning(calls[0]))


def _take_in(call: Call, file: str, at: datetime, players: Players) -> None:
    """The shipped file, with its times moved so that nobody is later or earlier than in the original."""
    reading = reading_of.read_file(call, FILES / file, file)
    assert call.deadline_at is not None
    shift = call.deadline_at - DATES[Call.Kind(call.kind)][1]
    entries = [
        replace(
            entry, submitted_at=entry.submitted_at + shift, changed_at=entry.changed_at + shift,
            answers=_later(entry.answers, shift),
        )
        for entry in reading.entries
    ]  # fmt: skip
    intake.take_in(call=call, reading=replace(reading, entries=entries), by=players.olga, at=at)
    evaluation.screen(call=call, by=None, at=at)
    work_off(at)


def _later(given: dict[str, Any], shift: timedelta) -> dict[str, Any]:
    """Dates that are offered lie as far ahead as they did."""
    offered = given.get("dates")
    if not isinstance(offered, list):
        return given
    moved = [
        {key: days.moved(value, shift) if key in ("first", "last") else value for key, value in line.items()}
        for line in offered
    ]
    return {**given, "dates": moved}


def venues(edition: Edition, when: Days, players: Players) -> Call:
    """The call for venues: closed, read by two, not decided."""
    closes = when.choosing - VENUES_CLOSED
    opens = when.choosing - VENUES_OPENED
    call = calls_of.opened(edition, Call.Kind.VENUES, opens=opens, closes=closes, by=players.olga)
    calls_of.closed(call)
    at = morning(closes + timedelta(days=1), 10)
    _take_in(call, "venue-offers.xlsx", at, players)
    _confirm(call, at + timedelta(hours=2), players, all_of_them=True)
    for email, name, country in (
        ("ruth.venues@example.org", "Ruth Rossi", "IT"),
        ("ren@example.org", "Ren Reeve", "NL"),
    ):
        evaluation.invite(
            call=call, entry=NewEvaluator(email=email, name=name, country=country), by=players.olga, at=at
        )
    release_letters(edition, at, players)
    keys = list(call.criteria.values_list("key", flat=True))
    rows = [
        EvaluationRow(0, offer, email, dict(zip(keys, map(Decimal, marks.split()), strict=True)), remark)
        for offer, both in VENUE_MARKS.items()
        for email, marks, remark in zip(("ruth.venues@example.org", "ren@example.org"), both, REMARKS, strict=True)
    ]
    evaluation.take_in_evaluations(call=call, rows=Rows(rows), by=players.olga, at=at + timedelta(days=9))
    work_off(at + timedelta(days=9))
    return call


def _confirm(call: Call, at: datetime, players: Players, *, all_of_them: bool = False) -> None:
    """Most verdicts are confirmed; the refusals and a few of the others wait for a second look."""
    proposed = list(
        Screening.objects.filter(application__call=call, state="proposed").order_by("application__reference")
    )
    sure = proposed if all_of_them else [s for s in proposed if s.eligible][:-6]
    evaluation.confirm_verdicts(call=call, screenings=sure, by=players.olga, at=at)


def participants(edition: Edition, when: Days, players: Players) -> Call:
    """The call for participants: closed some days ago, taken in, screened, evaluated twice."""
    call = calls_of.opened(
        edition, Call.Kind.PARTICIPANTS, opens=when.choosing - OPENED, closes=when.choosing, by=players.olga, seats=27
    )  # fmt: skip
    _paula_applies(call, morning(when.choosing - timedelta(days=6), 20), players)
    calls_of.closed(call)
    at = morning(when.choosing + timedelta(days=1), 10)
    _take_in(call, "participant-responses.xlsx", at, players)
    _confirm(call, at + timedelta(hours=5), players)
    read = reading_of.read_file(call, FILES / "evaluators.csv", "evaluators.csv", kind="evaluators")
    intake.take_in(call=call, kind="evaluators", reading=read, by=players.olga, at=at + timedelta(hours=6))
    marks = reading_of.read_file(call, FILES / "evaluations.csv", "evaluations.csv", kind="evaluations")
    told = _with_paula(Rows(marks.entries, marks.problems), players)
    evaluation.take_in_evaluations(call=call, rows=told, by=players.olga, at=when.ago(2))
    run_errands(at=when.ago(2))
    return call


def _paula_applies(call: Call, at: datetime, players: Players) -> None:
    draft = applications.start(call=call, by=players.paula, at=at)
    saved = applications.save_answers(
        application=draft, answers=PAULAS, revision=draft.revision, by=players.paula, at=at
    )
    later = at + timedelta(minutes=40)
    applications.submit(application=saved.application, by=players.paula, at=later)
    work_off(later)


def _with_paula(rows: Rows, players: Players) -> Rows:
    reference = Application.objects.get(applicant=players.paula).reference
    hers = [
        EvaluationRow(0, reference, f"evaluator.{n}@example.org", _marks(given), "A real case, told without polish.")
        for n, given in enumerate(("4 4.5 4", "4.5 4 4.5"), start=1)
    ]
    return replace(rows, rows=[*rows.rows, *hers])


def _marks(given: str) -> dict[str, Decimal]:
    """“4 3.5 4” in the order of the criteria; fewer leave the last ones open."""
    return dict(zip(KEYS, map(Decimal, given.split()), strict=False))


def third_readings(call: Call, when: Days, players: Players) -> None:
    """Ren reads where two were apart: two files closed, three open, one in doubt; one file was talked over."""
    at = when.ago(1.5)
    ren = evaluation.invite(
        call=call,
        entry=NewEvaluator(
            email="ren@example.org", name="Ren Reeve", country="NL", organisation="Delta Delft Evaluations",
            ecosystems=("digital", "health", "agri-food"), expertise="Ten years of evaluating regional programmes.",
            capacity=12,
        ),
        by=players.olga, at=at,
    )  # fmt: skip
    apart = [pk for pk, score in sorted(evaluating.scores(call).items()) if score.diverges]
    files = list(Application.objects.filter(pk__in=apart[:8]).order_by("pk"))
    evaluation.assign_all(
        call=call, pairs=[(file.pk, ren.pk) for file in files[:7]], due_on=(when.today + timedelta(days=5)).date(),
        by=players.olga, at=at,
    )  # fmt: skip
    work_off(at)
    _ren_reads(ren, when, players)
    _talk_over(files[7], when, players)


def _ren_reads(ren: Evaluator, when: Days, players: Players) -> None:
    at = when.ago(1)
    held: list[Assignment] = list(ren.assignments.order_by("pk"))
    evaluation.declare_free_of_many(assignments=held[:4], by=players.ren, at=at)
    evaluation.declare_conflict(
        assignment=held[4], reason="joint_work", by=players.ren, at=at,
        text="We wrote a project proposal together two years ago; it was not funded.",
    )  # fmt: skip
    for row in held[:3]:
        row.refresh_from_db()
    _mark(
        held[0],
        "4 3.5 4",
        "A clear case; the two readings before mine looked at different parts of it.",
        at,
        players,
        sign=True,
    )
    _mark(held[1], "3 4", "The challenge is well told. What is offered I still have to weigh.", at, players)


def _mark(
    assignment: Assignment, given: str, comment: str, at: datetime, players: Players, *, sign: bool = False
) -> None:
    begun = evaluation.begin(assignment=assignment, by=players.ren, at=at)
    saved = evaluation.save_marks(
        evaluation=begun, marks=_marks(given), comments={}, comment=comment, revision=begun.revision,
        by=players.ren, at=at,
    )  # fmt: skip
    if sign:
        evaluation.sign(evaluation=saved, revision=saved.revision, by=players.ren, at=at)


def _talk_over(file: Application, when: Days, players: Players) -> None:
    agreement = Agreement(
        _marks("3 4 3.5"),
        "Both readers agree: the plan is thin, the challenge is one that many share. The higher marks for it stand.",
        minority="One reader would give half a point less for the contribution.",
    )  # fmt: skip
    kept = evaluation.record_consensus(
        application=file, agreement=agreement, revision=0, by=players.olga, at=when.ago(1)
    )
    evaluation.agree(consensus=kept, revision=kept.revision, by=players.olga, at=when.ago(1))


def ask_and_remind(call: Call, when: Days, players: Players) -> None:
    """Paula is asked for more; two evaluators have a reminder that waits in the outbox; a scenario is worked out."""
    file = Application.objects.get(applicant=players.paula)
    applications.ask_completion(
        application=file, question_keys=["region", "chain_offers"], by=players.olga, at=when.ago(0.8),
        message="Please tell us your region, and what your members could bring to other value chains.",
        until=when.ahead(4),
    )  # fmt: skip
    waiting = Evaluator.objects.filter(call=call, person=players.ren)
    evaluation.remind(call=call, evaluators=list(waiting), release=False, by=players.olga, at=when.ago(0.7))
    work_off(when.ago(0.7))


def try_out(call: Call, when: Days, players: Players) -> None:
    """One selection, saved and worked out, nobody told."""
    wish = limits.read(WISH, per_organisation=1)
    at = when.ago(0.5)
    asked_for = selection.Settings(name="Three per country, 12 women", seats=27, seed=1, wish=wish)
    scenario = selection.propose(call=call, settings=asked_for, by=players.olga, at=at)
    asked = selection.ask(scenario=scenario, by=players.olga, at=at)
    selection.keep(scenario=asked, found=choosing.work_out_scenario(asked), by=None, at=at)
