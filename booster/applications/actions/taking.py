"""Taking in a file of answers: all that could be read, or nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from booster.applications import facts
from booster.applications.actions.answers import take_summary
from booster.applications.actions.drafts import must_be_for_everybody
from booster.applications.models import Application
from booster.applications.queries.verdicts import Outcome, deadline_of, outcome
from booster.applications.rules.entries import Entry, RowProblem, Sent, superseded
from booster.applications.rules.summary import Summary, summary
from booster.calls import queries as calls
from booster.calls.models import Call, FormVersion
from booster.chronicle.actions import record, record_many
from booster.people import actions as people
from booster.people.actions import NewOrganisation, NewPerson
from booster.people.models import Person
from booster.questions.rules.questions import Form

BATCH = 500


@transaction.atomic
def take_in(
    *,
    call: Call,
    entries: Sequence[Entry],
    by: Any,
    at: datetime,
    problems: Sequence[RowProblem] = (),
    dry_run: bool = False,
) -> Outcome:
    """Make an application of every entry that is new, bring older ones up to date, find who wrote twice.

    A second import of the same file changes nothing. With ``dry_run`` everything is done and then undone, so the
    outcome is what a real run would give. The number of queries does not depend on the number of rows but for
    one batch in 500.
    """
    must_be_for_everybody(call)
    version = calls.published_form(call)
    form = calls.form_of(version)
    known = Application.objects.filter(call=call).in_bulk_by_reference([entry.id for entry in entries])
    fresh = [entry for entry in entries if entry.id not in known]
    newer = [entry for entry in entries if _is_newer(entry, known.get(entry.id))]
    built = _build(call, version, form, fresh, by=by, at=at)
    Application.objects.bulk_create(built, batch_size=BATCH)
    _bring_up_to_date(form, newer, known)
    _supersede(call, by=by, at=at)
    record(facts.IMPORTED, thing=call, by=by, at=at, count=len(built))
    result = outcome(call, entries, list(problems), new=len(built), known=len(known), changed=len(newer))
    if dry_run:
        transaction.set_rollback(True)
    return result


def _is_newer(entry: Entry, known: Application | None) -> bool:
    """Only what came from a file and was not touched here since is brought up to date by a later file."""
    return (
        known is not None
        and known.source == "import"
        and known.state in ("submitted", "superseded")
        and known.changed_at < entry.changed_at
    )


def _build(
    call: Call, version: FormVersion | None, form: Form, entries: Sequence[Entry], *, by: Any, at: datetime
) -> list[Application]:
    told = {entry.id: summary(form, entry.answers) for entry in entries}
    persons = _people(call, entries, told, by=by, at=at)
    bodies = {entry.id: _body(call, told[entry.id], entry.answers) for entry in entries}
    organisations = people.ensure_organisations(entries=[body for body in bodies.values() if body], by=by, at=at)
    cut_offs = calls.cut_offs_of(call)
    rows = [
        Application(
            edition_id=call.edition_id,
            call=call,
            form_version=version,
            applicant=persons.get(entry.address),
            organisation=organisations.get((body.key, body.country)) if (body := bodies[entry.id]) else None,
            reference=entry.id,
            address=entry.address,
            name=told[entry.id].title[:200],
            state="submitted",
            answers=entry.answers,
            language=entry.language,
            source="import",
            started_at=entry.submitted_at,
            submitted_at=entry.submitted_at,
            cut_off=calls.cut_off_for(cut_offs, entry.submitted_at),
            changed_at=entry.changed_at,
        )
        for entry in entries
    ]
    for row in rows:
        take_summary(row, form)
    return rows


def _body(call: Call, told: Summary, answers: Mapping[str, Any]) -> NewOrganisation | None:
    """The organisation that an answer speaks for, with what a call for participants asks about it."""
    if not told.organisation:
        return None
    asked = (
        {"founded", "members", "smes", "staff_fte", "label", "maturity"}
        if call.kind == Call.Kind.PARTICIPANTS
        else set()
    )
    return NewOrganisation(
        name=told.organisation[:200],
        country=told.country,
        city=told.city,
        kind="cluster" if asked else "other",
        ecosystems=told.ecosystems,
        latitude=told.latitude,
        longitude=told.longitude,
        **{key: answers[key] for key in asked if isinstance(answers.get(key), _FITTING[key])},
    )


_FITTING = {"founded": int, "members": int, "smes": int, "staff_fte": int | float, "label": str, "maturity": str}


def _people(
    call: Call, entries: Sequence[Entry], told: Mapping[str, Summary], *, by: Any, at: datetime
) -> dict[str, Person]:
    """An account for every usable address; whoever gave none stays without."""
    new = [
        NewPerson(
            email=entry.address,
            name=told[entry.id].title
            if call.kind == Call.Kind.PARTICIPANTS
            else told[entry.id].organisation or entry.address,
            given_name=str(entry.answers.get("given_name", "")),
            family_name=str(entry.answers.get("family_name", "")),
            country=told[entry.id].country,
        )
        for entry in entries
        if entry.address
    ]
    return people.ensure_people(entries=new, by=by, at=at)


def _bring_up_to_date(form: Form, newer: Sequence[Entry], known: Mapping[str, Application]) -> None:
    rows = []
    for entry in newer:
        row = known[entry.id]
        row.answers, row.changed_at, row.revision = entry.answers, entry.changed_at, row.revision + 1
        take_summary(row, form)
        rows.append(row)
    columns = ["answers", "changed_at", "revision", "title", "folded", "country", "ecosystems", "latitude", "longitude"]
    Application.objects.bulk_update(rows, columns, batch_size=BATCH)


def _supersede(call: Call, *, by: Any, at: datetime) -> None:
    """Of several answers of one person keep the one that counts. Answers typed here are never touched by a file."""
    live = list(
        Application.objects.filter(call=call, state="submitted", applicant__isnull=False)
        .only("pk", "reference", "applicant_id", "submitted_at", "answers", "title", "edition_id", "state", "call_id")
        .order_by("pk")
    )
    sent = [Sent(str(row.pk), _sender(call, row), row.submitted_at) for row in live if row.submitted_at]
    replaced = superseded(sent, deadline_at=deadline_of(call))
    rows = [row for row in live if str(row.pk) in replaced]
    for row in rows:
        row.state, row.superseded_by_id = "superseded", int(replaced[str(row.pk)])
    Application.objects.bulk_update(rows, ["state", "superseded_by"], batch_size=BATCH)
    if rows:
        record_many(facts.SUPERSEDED, rows, by=by, at=at)


def _sender(call: Call, row: Application) -> str:
    """One answer for each person; an organisation may offer several places, each counts."""
    if call.kind == Call.Kind.VENUES:
        return f"{row.applicant_id}/{row.title.casefold()}"
    return str(row.applicant_id)
