"""Virus scans, and the end of what may not stay."""

import logging
import socket
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.timezone import now
from django_tasks import task

from booster.kit.beats import Beat
from booster.kit.moves import Stale
from booster.library import actions, rules
from booster.library.models import Document

log = logging.getLogger("booster.library")
PATIENCE = 60.0  # seconds for each answer of the scanner
CHUNK = 64 * 1024


@task()
def scan_new() -> int:
    return scan_waiting(at=now())


@task()
def erase_removed() -> int:
    return erase_waiting(at=now())


def scan_waiting(*, at: datetime, limit: int = 200) -> int:
    """Show the scanner what it has not seen; how many it could judge. When it is away, everything waits for it."""
    if not settings.BOOSTER_CLAMD:
        return 0
    judged = 0
    for document in Document.objects.to_scan(at)[:limit]:
        try:
            verb = rules.verdict(_ask(rules.peer(settings.BOOSTER_CLAMD), document))
        except OSError as trouble:
            log.warning("document %s not scanned: %s", document.pk, type(trouble).__name__)
            verb = ""
        with suppress(Stale):  # another worker was quicker
            if verb:
                actions.note_scan(document, verb=verb, at=at)
                judged += 1
            else:
                actions.put_scan_off(document, at=at)
    return judged


def _ask(peer: tuple[str, int] | str, document: Document) -> bytes:
    family = socket.AF_UNIX if isinstance(peer, str) else socket.AF_INET
    if isinstance(peer, tuple):
        link = socket.create_connection(peer, timeout=PATIENCE)
    else:
        link = socket.socket(family)
        link.settimeout(PATIENCE)
        link.connect(peer)
    with link:
        link.sendall(rules.STREAM)
        # clamd stops listening at its size limit and says so: its answer counts more than the broken pipe
        with suppress(BrokenPipeError, ConnectionResetError):
            for frame in rules.frames(_chunks(document)):
                link.sendall(frame)
        return _answer(link)


def _chunks(document: Document) -> Iterator[bytes]:
    with default_storage.open(document.stored) as file:
        yield from iter(lambda: file.read(CHUNK), b"")


def _answer(link: socket.socket) -> bytes:
    answer = b""
    while len(answer) < 4096 and not answer.endswith((b"\0", b"\n")) and (part := link.recv(4096)):
        answer += part
    return answer


def purge(*, at: datetime) -> int:
    """Remove what has stayed as long as it may and take its bytes away; how many."""
    removed = actions.remove_overdue(at=at)
    erase_waiting(at=at)
    return removed


def erase_waiting(*, at: datetime) -> int:
    erased = 0
    for document in Document.objects.to_erase():
        with suppress(Stale):
            actions.erase(document, at=at)
            erased += 1
    return erased


def sweep(*, at: datetime) -> int:
    """Orphans of the days just past; today's transactions may still be open."""
    return sum(actions.sweep(day=(at - timedelta(days=ago)).date(), at=at) for ago in (2, 3))


BEATS = [
    Beat("library.scan", timedelta(minutes=1), scan_waiting),
    Beat("library.purge", timedelta(days=1), purge),
    Beat("library.sweep", timedelta(days=1), sweep),
]
