"""booster import participants|offers|evaluators|evaluations FILE --call SLUG [--dry-run] [--json]"""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.timezone import now

from booster.applications.rules.entries import RowProblem
from booster.calls.models import Call
from booster.evaluation import actions as evaluation
from booster.intake import actions, queries
from booster.kit.machine import NotNow
from booster.kit.sheets import UnreadableSheet

KINDS = {"participants": Call.Kind.PARTICIPANTS, "offers": Call.Kind.VENUES, "evaluators": None, "evaluations": None}


class Command(BaseCommand):
    requires_system_checks = []  # `booster doctor` checks; a run of this need not load every page
    help = "Take in a file: answers to a call, evaluators, or their evaluations. Nothing is taken in twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=list(KINDS), help="what the file holds")
        parser.add_argument("file", type=Path, help="an Excel workbook (.xlsx) or a CSV file")
        parser.add_argument("--call", required=True, metavar="SLUG", help="the call that the file belongs to")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and keep nothing")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        call = self._call(options["call"], KINDS[options["kind"]])
        if not options["file"].is_file():
            raise CommandError(f"There is no file “{options['file']}”.")
        take = {"evaluators": _evaluators, "evaluations": _evaluations}.get(options["kind"], _answers)
        try:
            with transaction.atomic():
                result, line = take(call, options["file"])
                if options["dry_run"]:
                    transaction.set_rollback(True)
        except (UnreadableSheet, NotNow) as trouble:
            raise CommandError(str(trouble)) from trouble
        if options["json"]:
            json.dump(result, sys.stdout, ensure_ascii=False, indent=1)
            self.stdout.write("")
        else:
            self._tell(result, line, kept=not options["dry_run"])

    def _call(self, slug: str, kind: str | None) -> Call:
        call = Call.objects.filter(slug=slug).select_related("edition").first()
        if call is None:
            known = ", ".join(Call.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no call “{slug}”. Known calls: {known}.")
        if kind and call.kind != kind:
            raise CommandError(
                f"“{slug}” is not a call for {'participants' if kind == 'participants' else 'venue providers'}."
            )
        return call

    def _tell(self, result: dict[str, Any], line: str, *, kept: bool) -> None:
        self.stdout.write(line + ("" if kept else " Nothing was kept: this was a dry run."))
        for note in result.get("notes", []):
            self.stdout.write(f"  {note}")
        for problem in result["problems"]:
            self.stdout.write(f"  row {problem['row']} {problem['id']} {problem['field']}: {problem['message']}")


def _notes(reading: queries.FileReading) -> dict[str, list[str]]:
    """What is to be said about the file itself: a second header in it, a title, merged cells."""
    return {"notes": list(reading.notes)} if reading.notes else {}


def _problems(problems: list[RowProblem]) -> list[dict[str, Any]]:
    return [{"row": p.row, "id": p.id, "field": p.field, "message": p.message} for p in problems]


def _answers(call: Call, file: Path) -> tuple[dict[str, Any], str]:
    reading = queries.read_file(call, file, file.name)
    if reading.strange:
        raise UnreadableSheet(
            "“%(name)s” holds no answers to this call: most of what its conditions ask has no column.",
            name=file.name,
        )
    outcome = actions.take_in(call=call, reading=reading, by=None, at=now())
    evaluation.screen(call=call, by=None, at=now())
    result = {
        "eligible": outcome.eligible,
        "ineligible": outcome.ineligible,
        "superseded": outcome.superseded,
        "problems": _problems(outcome.problems),
        **_notes(reading),
    }
    line = (
        f"{outcome.new_count} new, {outcome.known_count} known: {len(outcome.eligible)} eligible, "
        f"{len(outcome.ineligible)} not, {len(outcome.superseded)} replaced by a later answer."
    )
    return result, line


def _evaluators(call: Call, file: Path) -> tuple[dict[str, Any], str]:
    return _rows(call, "evaluators", file)


def _evaluations(call: Call, file: Path) -> tuple[dict[str, Any], str]:
    return _rows(call, "evaluations", file)


def _rows(call: Call, kind: str, file: Path) -> tuple[dict[str, Any], str]:
    reading = queries.read_file(call, file, file.name, kind=kind)
    taken = actions.take_in(call=call, kind=kind, reading=reading, by=None, at=now())
    result = {"new": taken.new_count, "known": taken.known_count, "problems": _problems(taken.problems)}
    result |= _notes(reading)
    return result, f"{taken.new_count} new, {taken.known_count} known."
