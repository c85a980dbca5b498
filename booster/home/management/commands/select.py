"""booster select CALL --seats N --seed S [--limits FILE] [--cut-off WHICH] [--json]"""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.timezone import now

from booster.calls.models import Call
from booster.craft.balance import BadProblem, Unsettled
from booster.kit import times
from booster.selection import actions
from booster.selection import queries as selection
from booster.selection.rules import limits

CLASH = 2  # exit code when no selection keeps all limits


class Command(BaseCommand):
    requires_system_checks = []  # `booster doctor` checks; a run of this need not load every page
    help = (
        "Choose the best selection under limits: who, in which order, the reserve, a reason for everybody. "
        "The same seed gives the same answer. Exit code 2 when the limits clash; then nothing is written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("call", metavar="CALL", help="the call's address, such as cba-1-participants")
        parser.add_argument("--seats", type=int, help="of the whole group (default: those of the call)")
        parser.add_argument("--seed", type=int, default=1, help="decides between equals and nothing else")
        parser.add_argument("--limits", type=Path, metavar="FILE", help="limits as JSON; see the organiser's guide")
        parser.add_argument(
            "--cut-off", metavar="WHICH", default="",
            help="choose from one cut-off alone: its number from 1, its date (2026-11-28), or “last” for what came "
            "after the last; whoever has a seat from another counts in seats and limits",
        )  # fmt: skip
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        call = Call.objects.filter(slug=options["call"]).select_related("edition").first()
        if call is None:
            raise CommandError(f"There is no call “{options['call']}”.")
        if abs(options["seed"]) >= 2**31:
            raise CommandError("The seed must be a whole number below 2,147,483,648.")
        cut_off = self._cut_off(call, options["cut_off"].strip())
        seats = call.seats if options["seats"] is None else options["seats"]
        wish = self._wish(call, options["limits"])
        try:
            found = selection.work_out(call, seats=seats, seed=options["seed"], wish=wish, cut_off=cut_off)
        except (BadProblem, Unsettled) as trouble:
            raise CommandError(str(trouble)) from trouble
        if not found.clashes:
            self._keep(call, seats, options["seed"], wish, found, cut_off)
        asked = {"call": call.slug, "cut_off": options["cut_off"].strip() or None, "seats": seats}
        head = asked | {"seed": options["seed"], "clash": found.clashes}
        if options["json"]:
            json.dump(head | found.result, sys.stdout, ensure_ascii=False, indent=1)
            self.stdout.write("")
        else:
            self._tell(found.result, clashes=found.clashes)
        if found.clashes:
            sys.exit(CLASH)

    @staticmethod
    def _cut_off(call: Call, which: str) -> str:
        """The key of a batch from what was typed; nothing for the whole call."""
        if not which:
            return ""
        rows = selection.batches_of(call, at=now())
        if not rows:
            raise CommandError("This call has no cut-offs.")
        if which == "last":
            return rows[-1].key
        days = [times.local_day(one.closes_at, call.zone).isoformat() for one in rows[:-1] if one.closes_at]
        if which in days and days.count(which) == 1:
            return rows[days.index(which)].key
        if which.isascii() and which.isdecimal() and 1 <= int(which) < len(rows):
            return rows[int(which) - 1].key
        known = ", ".join(f"{n} ({day})" for n, day in enumerate(days, start=1))
        raise CommandError(f"There is no cut-off “{which}”. Known are {known} and last.")

    def _wish(self, call: Call, file: Path | None) -> limits.Wish:
        usual = call.per_organisation or None
        if file is None:
            return limits.Wish(per_organisation=usual)
        try:
            return limits.read(json.loads(file.read_text("utf-8")), per_organisation=usual)
        except (OSError, UnicodeDecodeError, json.JSONDecodeError) as trouble:
            raise CommandError(f"“{file}” cannot be read as JSON: {trouble}") from trouble
        except limits.BadLimits as trouble:
            raise CommandError(str(trouble)) from trouble

    @staticmethod
    @transaction.atomic
    def _keep(
        call: Call, seats: int, seed: int, wish: limits.Wish, found: selection.Found, cut_off: str
    ) -> None:  # fmt: skip
        at = now()
        name = f"Command line, seed {seed}"
        settings = actions.Settings(name=name, seats=seats, seed=seed, wish=wish)
        scenario = actions.propose(call=call, settings=settings, cut_off=cut_off, by=None, at=at)
        actions.keep(scenario=actions.ask(scenario=scenario, by=None, at=at), found=found, by=None, at=at)

    def _tell(self, result: dict[str, Any], *, clashes: bool) -> None:
        if clashes:
            self.stdout.write(result["message"])
            for one in result["relax"]:
                self.stdout.write(f"  What would help: {one['sentence']}")
            return
        for place, key in enumerate(result["chosen"], start=1):
            self.stdout.write(f"{place:4} {key}  {result['scores'].get(key, '')}  {result['reasons'][key]}")
        self.stdout.write(f"Reserve: {', '.join(result['reserve'])}")
        for one in result["limits"]:
            self.stdout.write(
                f"  {one['label'] or one['value']}: {one['reached']} ({one['minimum']} to {one['maximum']})"
            )
        self.stdout.write(result["proof"]["sentence"])
