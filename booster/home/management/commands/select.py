"""booster select CALL --seats N --seed S [--policy P] [--bands A,B,C] [--threshold T] [--draw-seed TEXT] [--json]"""

import json
import sys
from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.timezone import now

from booster.calls.models import Call
from booster.craft.balance import BadProblem, Unsettled
from booster.kit import times
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.selection import actions
from booster.selection import queries as selection
from booster.selection.rules import limits, policies

AT_ONCE = "Given on the command line: the seed was not announced beforehand."
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
        parser.add_argument(
            "--policy", choices=list(policies.MEANS), default=policies.POINTS,
            help="merit: most from the highest band, then a draw; lottery: a draw among all over the threshold; "
            "points: the highest total (default)",
        )  # fmt: skip
        parser.add_argument(
            "--bands", default="", metavar="85,75,65",
            help="where the bands of --policy merit begin, highest first; the last one begins at the threshold",
        )  # fmt: skip
        parser.add_argument("--threshold", default="", metavar="POINTS", help="of the draw (default: that of the call)")
        parser.add_argument(
            "--draw-seed", default="", metavar="TEXT",
            help="draw at once from this text; without it everybody's chance is worked out and the draw waits",
        )  # fmt: skip
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
        question = self._question(call, options)
        try:
            found = selection.work_out(call, question)
            result = found.result if found.clashes else self._keep(call, question, found, options["draw_seed"])
        except (BadProblem, Unsettled, NotNow, Refused) as trouble:
            raise CommandError(str(trouble)) from trouble
        asked = {"call": call.slug, "cut_off": options["cut_off"].strip() or None, "seats": question.seats}
        head = asked | {"seed": options["seed"], "policy": question.policy, "clash": found.clashes}
        if options["json"]:
            json.dump(head | result, sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)
            self.stdout.write("")
        else:
            self._tell(result, clashes=found.clashes)
        if found.clashes:
            sys.exit(CLASH)

    def _question(self, call: Call, options: dict[str, Any]) -> selection.Question:
        if abs(options["seed"]) >= 2**31:
            raise CommandError("The seed must be a whole number below 2,147,483,648.")
        policy, threshold, bands = options["policy"], None, ()
        if policy == policies.POINTS and (options["bands"] or options["threshold"] or options["draw_seed"]):
            raise CommandError("--bands, --threshold and --draw-seed need --policy merit or lottery.")
        if policy != policies.MERIT and options["bands"]:
            raise CommandError("--bands needs --policy merit.")
        try:
            if policy in policies.DRAWN:
                threshold = policies.threshold_of(options["threshold"], call=call.threshold)
            if policy == policies.MERIT:
                least = threshold or call.threshold
                typed = options["bands"] or ",".join(map(str, policies.usual_bounds(least)))
                bands = policies.bounds_of(typed.split(","), threshold=least)
        except policies.BadPolicy as trouble:
            place = "threshold" if trouble.place == "threshold" else "bands"
            raise CommandError(f"--{place}: {trouble}") from trouble
        return selection.Question(
            seats=call.seats if options["seats"] is None else options["seats"], seed=options["seed"],
            wish=self._wish(call, options["limits"]), cut_off=self._cut_off(call, options["cut_off"].strip()),
            policy=policy, bands=bands, threshold=threshold,
        )  # fmt: skip

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
    def _keep(call: Call, asked: selection.Question, found: selection.Found, seed: str) -> dict[str, Any]:
        """Keep the answer as a scenario and, with a seed, announce and draw at once; what the scenario says then."""
        at = now()
        settings = actions.Settings(
            name=f"Command line, seed {asked.seed}", seats=asked.seats, seed=asked.seed, wish=asked.wish,
            policy=asked.policy, bands=asked.bands, threshold=asked.threshold,
        )  # fmt: skip
        scenario = actions.propose(call=call, settings=settings, cut_off=asked.cut_off, by=None, at=at)
        kept = actions.keep(scenario=actions.ask(scenario=scenario, by=None, at=at), found=found, by=None, at=at)
        if found.weighed and seed:
            then = at + timedelta(seconds=1)
            seen = found.weighed.columns["fingerprint"]
            draw = actions.announce(scenario=kept, source=AT_ONCE, known_at=then, seen=seen, by=None, at=at)
            kept = actions.draw(draw=draw, seed=seed, by=None, at=then)
        return dict(kept.result)

    def _tell(self, result: dict[str, Any], *, clashes: bool) -> None:
        if clashes:
            self.stdout.write(result["message"])
            for one in result["relax"]:
                self.stdout.write(f"  What would help: {one['sentence']}")
            return
        if result.get("chances"):
            self._tell_chances(result)
        if "chosen" not in result:
            return
        for place, key in enumerate(result["chosen"], start=1):
            self.stdout.write(f"{place:4} {key}  {result['scores'].get(key, '')}  {result['reasons'][key]}")
        self.stdout.write(f"Reserve: {', '.join(result['reserve'])}")
        for one in result["limits"]:
            self.stdout.write(
                f"  {one['label'] or one['value']}: {one['reached']} ({one['minimum']} to {one['maximum']})"
            )
        self.stdout.write(result["proof"]["sentence"])

    def _tell_chances(self, result: dict[str, Any]) -> None:
        for one in result["bands"]:
            self.stdout.write(
                f"  Band {one['letter']} from {one['from']}: {one['seats']} seats, {one['people']} people"
            )
        self.stdout.write(f"{result['panels']} groups, {result['tickets']} tickets, smallest chance {result['least']}")
        self.stdout.write(result["certificate"]["sentence"])
        if drawn := result.get("draw"):
            self.stdout.write(f"Drawn: ball {drawn['shown']} from the seed “{drawn['seed']}”")
        else:
            for key, chance in result["chances"].items():
                self.stdout.write(
                    f"     {key}  {result['scores'].get(key, '')}  {chance}  {result['reasons'].get(key, '')}"
                )
