"""Files that belong to a call."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from booster.calls import facts
from booster.calls.models import Call, CallDocument
from booster.chronicle import actions as chronicle
from booster.library import actions as library
from booster.library import rules as library_rules


@transaction.atomic
def add_document(*, call: Call, title: str, file: Any, by: Any, at: datetime) -> CallDocument:
    """Store a file and put it on the call's page. ``library.rules.UnfitFile`` for one that cannot be taken."""
    stored = library.store(file=file, allowed=library_rules.DOCUMENTS, by=by, at=at)
    document = CallDocument.objects.create(call=call, title=title, document=stored, position=call.documents.count())
    _grow(call)
    chronicle.record(facts.DOCUMENT_ADDED, thing=call, by=by, at=at, title=title)
    return document


@transaction.atomic
def remove_document(*, document: CallDocument, by: Any, at: datetime) -> Call:
    """Take a file off the call; it goes for good when no copy of the call shows it."""
    call, stored, title = document.call, document.document, document.title
    document.delete()
    if not CallDocument.objects.filter(document=stored).exists():
        library.remove(stored, by=by, at=at)
    _grow(call)
    chronicle.record(facts.DOCUMENT_REMOVED, thing=call, by=by, at=at, title=title)
    return call


def _grow(call: Call) -> None:
    """The public page has changed."""
    Call.objects.filter(pk=call.pk).update(revision=F("revision") + 1)
    call.refresh_from_db(fields=["revision"])
