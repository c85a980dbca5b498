"""Questions about a call: asked by anybody, answered for all."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from booster.calls import facts
from booster.calls.models import Call, Enquiry
from booster.calls.states import ENQUIRY
from booster.chronicle import actions as chronicle
from booster.kit import moves
from booster.kit.machine import NotNow


@transaction.atomic
def ask(*, call: Call, text: str, by: Any, at: datetime, address: str = "") -> Enquiry:
    """Ask about a published call. ``by`` is the asker when signed in, else ``None`` with an ``address`` for the answer;
    the same question of the same asker twice is one."""
    if call.state not in ("open", "closed"):
        raise NotNow(_("Questions are answered while the call is open or being decided."))
    address = address or (by.email if by else "")
    enquiry, made = Enquiry.objects.get_or_create(
        call=call, text=text, address=address, asker=by, state=ENQUIRY.start, defaults={"asked_at": at}
    )
    if made:
        chronicle.record(facts.ENQUIRY_MADE, thing=call, by=by, at=at, enquiry=enquiry.pk)
    return enquiry


@transaction.atomic
def answer(*, enquiry: Enquiry, public_text: str, answer: str, by: Any, at: datetime) -> Enquiry:
    """Answer for all. ``public_text`` is the question as everybody reads it, without who asked; answering again
    corrects."""
    moves.move(enquiry, ENQUIRY, "answer", public_text=public_text, answer=answer, answered_at=at)
    call = enquiry.call
    Call.objects.filter(pk=call.pk).update(revision=F("revision") + 1)
    call.refresh_from_db(fields=["revision"])
    chronicle.record(facts.ENQUIRY_ANSWERED, thing=call, by=by, at=at, enquiry=enquiry.pk)
    return enquiry


@transaction.atomic
def set_aside(*, enquiry: Enquiry, by: Any, at: datetime) -> Enquiry:
    """Not a question about the call: it is not answered here."""
    moves.move(enquiry, ENQUIRY, "set_aside")
    chronicle.record(facts.ENQUIRY_SET_ASIDE, thing=enquiry.call, by=by, at=at, enquiry=enquiry.pk)
    return enquiry
