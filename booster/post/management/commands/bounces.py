"""booster bounces FILE…|-"""

import mailbox
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from errno import ENOENT
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.timezone import now

from booster.post import actions, rules

ASK_AGAIN = 75  # EX_TEMPFAIL of sysexits.h: a mail server keeps the mail and comes again
WORDS = {
    "bounced": "came back for good",
    "returned": "go out again later",
    "late": "are late",
    "known": "were known",
    "refused": "say nothing of a letter of ours",
    "early": "are about a letter that is just being sent",
}


class Command(BaseCommand):
    requires_system_checks = ()
    help = (
        "Read delivery reports: mails in files, an mbox, a maildir, or one mail from standard input (-), so that a "
        "mail server can hand them over as they come. Reading the same report twice changes nothing. Exit code 75 "
        "(come again) when the database is away or a letter is just being sent."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", nargs="+", metavar="FILE", help="a mail, an mbox, a maildir, or - for one mail")

    def handle(self, *args: Any, **options: Any) -> None:
        told: Counter[str] = Counter()
        try:
            for source in options["source"]:
                for raw in mails(source):
                    told[actions.take_report(raw, at=now())] += 1
        except OSError as trouble:
            raise CommandError(f"{trouble.filename or source}: {trouble.strerror or trouble}") from trouble
        except DatabaseError as trouble:
            self.stderr.write(f"The database is away ({type(trouble).__name__}): nothing is lost, come again.")
            sys.exit(ASK_AGAIN)
        if options["source"] != ["-"]:  # what a mail server hears it may send back to the sender of the report
            self.stdout.write("; ".join(f"{told[word]} {WORDS[word]}" for word in WORDS if told[word]) or "No mail.")
        if told[actions.EARLY]:
            sys.exit(ASK_AGAIN)


def mails(source: str) -> Iterator[bytes]:
    """The mails of a source; of a huge one only as much as shows that it is too large."""
    if source == "-":
        yield sys.stdin.buffer.read(rules.LARGEST + 1)
        while sys.stdin.buffer.read(1 << 20):  # a pipe that is closed early makes the server send the mail back
            pass
        return
    path = Path(source)
    if path.is_dir():
        yield from _maildir(path)
        return
    with path.open("rb") as file:
        begin = file.read(5)
        file.seek(0)
        if begin != b"From ":
            yield file.read(rules.LARGEST + 1)
            return
    box = mailbox.mbox(source, create=False)
    try:
        for key in box.iterkeys():
            with box.get_file(key) as one:
                yield one.read(rules.LARGEST + 1)
    finally:
        box.close()


def _maildir(path: Path) -> Iterator[bytes]:
    folders = [path / name for name in ("new", "cur") if (path / name).is_dir()]
    if not folders:
        raise FileNotFoundError(ENOENT, "a folder, but no maildir (it has neither new nor cur)", str(path))
    for folder in folders:
        for file in sorted(folder.iterdir()):
            with file.open("rb") as mail:
                yield mail.read(rules.LARGEST + 1)
