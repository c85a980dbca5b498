"""Take files in, note what the scanner said, let them go."""

import io
from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from booster.kit import jobs, moves
from booster.library import rules
from booster.library.models import Document
from booster.library.states import SCAN

SCAN_NEW = "booster.library.tasks.scan_new"
ERASE = "booster.library.tasks.erase_removed"


def store(
    *, file: "File[Any]", allowed: rules.Allowed, by: Any, at: datetime, kept_until: datetime | None = None
) -> Document:
    """Check a file and keep it; ``rules.UnfitFile`` with a sentence when it is not taken. Pictures are drawn anew.

    The bytes lie in the storage before the row is written, so that no transaction waits for them; when the
    transaction fails they are orphans, which ``sweep`` takes away within three days. One query.
    """
    name = rules.safe_name(file.name or "")
    rules.check_outside(name, file.size, allowed)
    content: File[Any] = file
    if rules.is_picture(name):
        content = ContentFile(rules.drawn_anew(name, file))  # type: ignore[arg-type]
    else:
        rules.check_inside(name, file)  # type: ignore[arg-type]
    digest, size = _measure(content)
    rules.check_size(name, size, allowed)
    content.seek(0)
    document = Document(
        sha256=digest,
        name=name,
        size=size,
        content_type=rules.TYPES[rules.ending(name)],
        stored=default_storage.save(f"{_folder(at.date())}/{uuid4().hex}.{rules.ending(name)}", content),
        uploaded_by=by,
        uploaded_at=at,
        kept_until=kept_until,
        scan_after=at,
    )
    return _shelve(document)


@transaction.atomic(savepoint=False)
def _shelve(document: Document) -> Document:
    if settings.BOOSTER_CLAMD:
        jobs.after_commit(SCAN_NEW)
    else:
        document.scan = SCAN.after(SCAN.start, "do_without")
    document.save(force_insert=True)
    return document


def _folder(day: date) -> str:
    return f"documents/{day:%Y/%m/%d}"


def _measure(content: "File[Any]") -> tuple[str, int]:
    digest, size = sha256(), 0
    content.seek(0)
    for chunk in iter(lambda: content.read(io.DEFAULT_BUFFER_SIZE * 16), b""):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def _chosen(documents: "QuerySet[Document] | Iterable[Document]") -> QuerySet[Document]:
    return Document.objects.filter(pk__in=[document.pk for document in documents])


@transaction.atomic
def keep_until(
    documents: "QuerySet[Document] | Iterable[Document]", *, kept_until: datetime | None, by: Any, at: datetime
) -> int:
    """Set until when these stay (``None``: no end is set yet); how many."""
    return _chosen(documents).filter(removed_at=None).update(kept_until=kept_until)


@transaction.atomic
def remove(document: Document, *, by: Any, at: datetime) -> Document:
    """Nobody gets it from now on; the bytes go after commit, the row stays as proof. Again is harmless."""
    if document.removed_at is None:
        moves.settle(
            document, expected={"removed_at": None}, removed_at=at, name=f"removed.{rules.ending(document.name)}"
        )
        jobs.after_commit(ERASE)
    return document


@transaction.atomic
def remove_overdue(*, by: Any = None, at: datetime) -> int:
    """Remove what has stayed as long as it may; how many."""
    overdue = list(Document.objects.overdue(at))
    for document in overdue:
        document.removed_at, document.name = at, f"removed.{rules.ending(document.name)}"
    Document.objects.bulk_update(overdue, ["removed_at", "name"], batch_size=200)
    return len(overdue)


def erase(document: Document, *, by: Any = None, at: datetime) -> Document:
    """Take the bytes of a removed file out of the storage, then say so; a storage that fails is asked again."""
    default_storage.delete(document.stored)
    return moves.settle(document, expected={"erased_at": None}, erased_at=at)


@transaction.atomic
def note_scan(document: Document, *, verb: str, by: Any = None, at: datetime) -> Document:
    """Keep what the scanner said (``clear`` or ``condemn``); an infected file is removed at once."""
    if verb == "condemn":
        jobs.after_commit(ERASE)
        return moves.settle(
            document, expected={"scan": document.scan}, scan=SCAN.after(document.scan, verb), removed_at=at
        )
    target = SCAN.after(document.scan, verb)
    return moves.settle(document, expected={"scan": document.scan}, scan=target)


def put_scan_off(document: Document, *, by: Any = None, at: datetime) -> Document:
    """The scanner could not say: ask again later, each time after a longer while."""
    attempts = document.scan_attempts + 1
    expected = {"scan_attempts": document.scan_attempts}
    return moves.settle(document, expected=expected, scan_attempts=attempts, scan_after=at + rules.scan_delay(attempts))


def sweep(*, day: date, by: Any = None, at: datetime) -> int:
    """Delete files of a day that no row knows: their transaction failed after they were stored. How many."""
    folder = _folder(day)
    try:
        names = default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return 0
    paths = {f"{folder}/{name}" for name in names}
    known = set(Document.objects.filter(stored__startswith=f"{folder}/").values_list("stored", flat=True))
    for orphan in paths - known:
        default_storage.delete(orphan)
    return len(paths - known)
