"""`booster doctor`: is this installation well, and if not, what is to be done."""

import json
import sys
from collections import Counter
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from booster.home.management.health import FINE, STOPS, Finding, examine


class Command(BaseCommand):
    help = (
        "Look at settings, database, worker, mail, storage, disk, virus scanner and time zones, and say what to do. "
        "fine: nothing to do. look: it runs, but somebody should look. stops: something does not work or is not safe. "
        "Exit code 1 when something stops."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--json", action="store_true", help="findings as JSON: about, level, says, do")

    def handle(self, *args: Any, **options: Any) -> None:
        found = examine(timezone.now())
        if options["json"]:
            self.stdout.write(json.dumps([asdict(finding) for finding in found], indent=1))
        else:
            self.stdout.write("\n".join(told(found)))
        if any(finding.level == STOPS for finding in found):
            sys.exit(1)


def told(found: list[Finding]) -> list[str]:
    lines = []
    for finding in found:
        lines.append(f"{finding.level:<6} {finding.about:<12} {finding.says}")
        if finding.do and finding.level != FINE:
            lines.append(f"{'':<19} → {finding.do}")
    count = Counter(finding.level for finding in found)
    verdict = (
        "This installation is well." if set(count) == {FINE} else f"{count['stops']} stop, {count['look']} to look at."
    )
    return [*lines, "", verdict]
