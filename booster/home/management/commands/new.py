"""booster new cba [--json]"""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from booster.home import actions
from booster.kit.machine import NotNow


class Command(BaseCommand):
    requires_system_checks = []  # `booster doctor` checks; a run of this need not load every page
    help = "Found an academy from a template, with its first edition and both calls. The only template so far: cba."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("template", choices=["cba"], help="the academy to found")
        parser.add_argument("--json", action="store_true", help="print the addresses of the calls as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            founded = actions.found_cluster_academy(by=None, at=now())
        except NotNow as trouble:
            raise CommandError(str(trouble)) from trouble
        if options["json"]:
            json.dump({"participants": founded.participants.slug, "venues": founded.venues.slug}, sys.stdout)
            self.stdout.write("")
        else:
            self.stdout.write(f"{founded.edition.name}: calls {founded.participants.slug} and {founded.venues.slug}.")
