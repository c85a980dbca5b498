"""Signing the selection report as it stands."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booster.calls.models import Call
from booster.chronicle.actions import record
from booster.kit.access import Refused
from booster.kit.moves import Stale
from booster.selection import facts
from booster.selection.models import Signature
from booster.selection.queries.reporting import digest, figures


@transaction.atomic
def sign(*, call: Call, part: str, seen: str, by: Any, at: datetime) -> Signature:
    """Sign the report whose digest the person saw. ``Stale`` when it changed since; signing twice is one signature.

    ``part``: in what capacity, as it stands under the report.
    """
    if not part.strip():
        raise Refused(_("Say in what capacity you sign."))
    told = figures(call)
    if (now_ := digest(told)) != seen:
        raise Stale(_("The figures changed since you read them. Read the report again before you sign."))
    signature, made = Signature.objects.get_or_create(
        call=call, person=by, digest=now_,
        defaults={"edition_id": call.edition_id, "part": part.strip()[:120], "signed_at": at, "figures": told},
    )  # fmt: skip
    if made:
        record(facts.REPORT_SIGNED, thing=call, by=by, at=at, digest=now_)
    return signature
