"""Applications of the demo written from a table of invented people, checked and read by two evaluators."""

import csv
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from booster.applications import actions as applications
from booster.calls.models import Call
from booster.evaluation import actions as evaluation
from booster.evaluation.actions import NewEvaluator
from booster.evaluation.models import Screening
from booster.evaluation.rules.rows import EvaluationRow, Rows
from booster.home import demo
from booster.home.management.stage.players import Players, release_letters, work_off
from booster.kit import plain
from booster.people import actions as people
from booster.people.models import Person

READERS = (("rita@example.org", "Rita Ruiz", "ES"), ("robert@example.org", "Robert Roth", "AT"))
REMARKS = ("Real, and told with what was tried.", "I would put this person next to somebody who solved it.")


def rows_of(table: str) -> list[dict[str, str]]:
    """The people of a table of the demo, in its order."""
    with (Path(demo.__path__[0]) / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def apply(call: Call, row: Mapping[str, str], at: datetime) -> str:
    """One application, written and sent; its reference."""
    person = _person(row, at)
    draft = applications.start(call=call, by=person, at=at)
    saved = applications.save_answers(
        application=draft, answers=_answers(row, person), revision=draft.revision, by=person, at=at
    )
    later = at + timedelta(minutes=35)
    sent = applications.submit(application=saved.application, by=person, at=later)
    work_off(later)
    return sent.reference


def _person(row: Mapping[str, str], at: datetime) -> Person:
    given, family = row["given_name"], row["family_name"]
    local = "pavel" if (given, family) == ("Pavel", "Petrov") else f"{plain.fold(given)}.{plain.fold(family)}"
    person = people.ensure_person(
        email=f"{local.replace(' ', '')}@example.org", name=f"{given} {family}", given_name=given, family_name=family,
        country=row["country"], gender=row["gender"], by=None, at=at,
    )  # fmt: skip
    return people.confirm_address(person=person, by=person, at=at)


def _answers(row: Mapping[str, str], person: Person) -> dict[str, Any]:
    texts = ("given_name", "family_name", "gender", "role", "organisation_name", "country", "city", "label", "maturity")
    agreed = {"given": True, "version": "1"}
    return {
        **{key: row[key] for key in (*texts, *("challenge", "goal", "offer"))},
        **{key: int(row[key]) for key in ("years", "founded", "members", "smes")},
        **{key: float(row[key]) for key in ("latitude", "longitude", "staff_fte")},
        "email": person.email, "ecosystems": row["ecosystems"].split("|"), "topics": row["topics"].split("|"),
        "both_online": True, "both_in_person": True, "approval": True, "travel_band": "200_500",
        "consent": agreed, "consent_list": agreed, "consent_follow_up": agreed,
    }  # fmt: skip


def screen(call: Call, at: datetime, players: Players) -> None:
    """Every verdict computed, and confirmed by a person."""
    evaluation.screen(call=call, by=None, at=at)
    proposed = list(Screening.objects.filter(application__call=call, state="proposed"))
    evaluation.confirm_verdicts(call=call, screenings=proposed, by=players.olga, at=at + timedelta(hours=1))


def evaluate(call: Call, files: Sequence[tuple[str, str, str]], at: datetime, players: Players) -> None:
    """Every file is read by both; ``files``: reference and the marks of either, in the order of the criteria."""
    for email, name, country in READERS:
        evaluation.invite(
            call=call, entry=NewEvaluator(email=email, name=name, country=country, capacity=60), by=players.olga, at=at
        )
    keys = list(call.criteria.values_list("key", flat=True))
    rows = [
        EvaluationRow(0, reference, reader[0], dict(zip(keys, map(Decimal, marks.split()), strict=True)), remark)
        for reference, *both in files
        for reader, marks, remark in zip(READERS, both, REMARKS, strict=True)
    ]
    release_letters(call.edition, at, players)
    evaluation.take_in_evaluations(call=call, rows=Rows(rows), by=players.olga, at=at + timedelta(days=7))
    work_off(at + timedelta(days=7))
