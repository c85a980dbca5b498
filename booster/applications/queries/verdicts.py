"""What the gates say of applications, and what became of the entries that were taken in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from booster.applications.models import Application
from booster.applications.rules.entries import Entry, RowProblem
from booster.calls import queries as calls
from booster.calls.models import Call
from booster.calls.rules.gates import Verdict, verdict
from booster.kit.machine import NotNow


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the answers of a file come to, by the file's own ids, each list in the order of the file."""

    eligible: list[str]
    ineligible: dict[str, str]
    superseded: list[str]
    problems: list[RowProblem]
    new_count: int = 0
    known_count: int = 0
    changed_count: int = 0


def deadline_of(call: Call) -> datetime:
    """The last moment with its grace; ``NotNow`` for a call without a deadline: nobody can tell what came in time."""
    last = calls.deadline_with_grace(call)
    if last is None:
        raise NotNow(_("Give the call its deadline first: nobody can tell what came in time."))
    return last


def verdict_of(call: Call, gates: list[Any], application: Application) -> Verdict:
    """What the gates of the call say of an application as it stands; no query when its entry code is not set."""
    return verdict(
        gates,
        application.answers,
        submitted_at=application.submitted_at or application.changed_at,
        deadline_at=deadline_of(call),
        country=application.country,
        by_code=application.entry_code_id is not None,
    )


def outcome(
    call: Call, entries: Sequence[Entry], problems: list[RowProblem], *, new: int = 0, known: int = 0, changed: int = 0
) -> Outcome:
    """How the answers of the file stand now, by their ids. Two queries."""
    ids = [entry.id for entry in entries]
    rows = Application.objects.filter(call=call).in_bulk_by_reference(ids)
    gates = list(call.gates.all())
    verdicts = {key: verdict_of(call, gates, row) for key, row in rows.items() if row.state == "submitted"}
    return Outcome(
        eligible=[key for key in ids if key in verdicts and verdicts[key].eligible],
        ineligible={key: verdicts[key].code for key in ids if key in verdicts and not verdicts[key].eligible},
        superseded=[key for key in ids if key in rows and rows[key].state == "superseded"],
        problems=problems,
        new_count=new,
        known_count=known,
        changed_count=changed,
    )
