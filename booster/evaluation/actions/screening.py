"""Eligibility: computed by the gates of the call, confirmed or overruled by a person."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booster.applications.models import Application
from booster.applications.queries.verdicts import verdict_of
from booster.calls.models import Call
from booster.chronicle.actions import record, record_many
from booster.evaluation import facts
from booster.evaluation.models import Screening
from booster.evaluation.states import SCREENING
from booster.kit.access import Refused
from booster.kit.moves import move

BATCH = 500


@transaction.atomic
def screen(*, call: Call, by: Any, at: datetime, applications: Sequence[Application] | None = None) -> int:
    """Compute the verdict on every sent application (or those given) that nobody has decided on yet.

    A verdict that a person confirmed is opened again when the answers now say otherwise; one that a person overruled
    stays. Running it twice changes nothing. Returns how many verdicts are new or different. Five queries and one for
    every 500 files.
    """
    gates = list(call.gates.all())
    sent = list(call.applications.filter(state="submitted")) if applications is None else list(applications)
    known = {s.application_id: s for s in Screening.objects.filter(application__call=call)}
    new, changed = [], []
    for application in sent:
        application.call = call
        verdict = verdict_of(call, gates, application)
        held = known.get(application.pk)
        told = {"eligible": verdict.eligible, "code": verdict.code, "failed": list(verdict.failed)}
        if held is None:
            new.append(Screening(edition_id=call.edition_id, application=application, computed_at=at, **told))
        elif held.state != "overruled" and (held.eligible, held.code, held.failed) != tuple(told.values()):
            held.eligible, held.code, held.failed = told["eligible"], told["code"], told["failed"]
            held.state, held.computed_at, held.decided_at, held.decided_by = SCREENING.start, at, None, None
            changed.append(held)
    Screening.objects.bulk_create(new, batch_size=BATCH)
    columns = ["eligible", "code", "failed", "state", "computed_at", "decided_at", "decided_by"]
    Screening.objects.bulk_update(changed, columns, batch_size=BATCH)
    if new or changed:
        record(facts.SCREENED, thing=call, by=by, at=at, count=len(new) + len(changed))
    return len(new) + len(changed)


@transaction.atomic
def confirm_verdicts(*, call: Call, screenings: Sequence[Screening], by: Any, at: datetime) -> int:
    """Confirm those of the verdicts that are still proposed; returns how many. Constant queries."""
    rows = list(
        Screening.objects.filter(pk__in=[s.pk for s in screenings], application__call=call, state="proposed")
        .select_for_update(of=("self",))
        .select_related("application")
    )  # fmt: skip
    for row in rows:
        row.state = SCREENING.after(row.state, "confirm")
        row.decided_at, row.decided_by = at, by
    Screening.objects.bulk_update(rows, ["state", "decided_at", "decided_by"], batch_size=BATCH)
    payloads = [{"verdict": "eligible" if row.eligible else row.code} for row in rows]
    record_many(facts.VERDICT_CONFIRMED, [row.application for row in rows], by=by, at=at, payloads=payloads)
    return len(rows)


@transaction.atomic
def overrule(*, screening: Screening, eligible: bool, code: str, reason: str, by: Any, at: datetime) -> Screening:
    """A person decides otherwise than the gates, with a reason; ``code`` is one of the call's, empty when eligible."""
    if not reason.strip():
        raise Refused(_("Say why: the applicant and the report will read it."))
    codes = set(screening.application.call.gates.values_list("code", flat=True))
    if not eligible and code not in codes:
        raise Refused(_("Choose one of the call's own conditions as the reason for refusing."))
    move(
        screening, SCREENING, "overrule",
        eligible=eligible, code="" if eligible else code, reason=reason.strip(), decided_at=at, decided_by=by,
    )  # fmt: skip
    record(
        facts.VERDICT_OVERRULED, thing=screening.application, by=by, at=at,
        verdict="eligible" if eligible else code, reason=reason.strip(),
    )  # fmt: skip
    return screening
