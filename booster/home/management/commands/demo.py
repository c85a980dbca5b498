"""booster demo"""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from booster.academies.models import Academy
from booster.home.management.stage.play import CAST_TEXT, build
from booster.people.models import Person


class Command(BaseCommand):
    help = (
        "Fill an empty database with an invented academy: one edition in selection, one whose call for venues is open, "
        "one that is over. Dates are counted from today. Nothing is touched when the database is not empty."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="print no progress")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.BOOSTER_MAIL and not settings.BOOSTER_DEMO:
            raise CommandError(
                "This installation sends real letters (BOOSTER_SMTP is set), and a demo has invented addresses. "
                "Set BOOSTER_DEMO=1 for an installation that is only looked at."
            )
        if Academy.objects.exists() or Person.objects.exists():
            raise CommandError(
                "The database is not empty, so nothing was done. Begin anew with “python3 run.py demo --fresh”, or set "
                "BOOSTER_DATA to an empty folder and run “booster migrate” first."
            )
        began = monotonic()
        for line in build(now()):
            if not options["quiet"]:
                self.stdout.write(f"  {line}")
                self.stdout.flush()
        self.stdout.write(f"  Done in {monotonic() - began:.0f} s.\n\n{CAST_TEXT}")
