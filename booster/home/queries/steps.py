"""What comes next in a call, from its first line to the last answer: one step, why, and the page where it is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booster.calls import queries as calls
from booster.calls.models import Call

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Step:
    """``waits``: there is nothing to do but wait; ``at`` until when."""

    call: Call
    title: str
    why: str
    verb: str
    href: str
    at: datetime | None = None
    waits: bool = False


def next_step(call: Call, counts: Counts) -> Step:
    """The one next step of a call. ``counts``: how many of each kind, those missing are none. No query."""
    if call.state == "draft":
        return _step(call, _("Complete and publish the call"), _("Nobody outside sees it yet."), _("Open the draft"),
                     "calls:edit_overview", at=call.opens_at)  # fmt: skip
    if call.state == "open" and (count := counts.get("past", 0)):
        told = ngettext("%(n)s file of it waits for its decision.",
                        "%(n)s files of it wait for their decisions.", count) % {"n": count}  # fmt: skip
        return _step(call, _("A cut-off has passed"), told, _("Look at its files"), "evaluation:board",
                     at=call.deadline_at)  # fmt: skip
    if call.state == "open":
        count = counts.get("submitted", 0)
        told = ngettext("%(n)s has arrived so far.", "%(n)s have arrived so far.", count) % {"n": count}
        return _step(call, _("The call is open"), told, _("See who applies"), "applications:list",
                     at=call.deadline_at, waits=True)  # fmt: skip
    found = (rule(call, counts) for rule in (_arrived, _screened, _evaluated, _decided, _told))
    return next((one for one in found if one), None) or _over(call, counts)


def _step(call: Call, title: str, why: str, verb: str, page: str, **more: Any) -> Step:
    return Step(call, title, why, verb, reverse(page, args=[call.slug]), **more)


def _arrived(call: Call, counts: Counts) -> Step | None:
    if counts.get("submitted", 0):
        return None
    return _step(call, _("Nothing has arrived"), _("Take in a spreadsheet, or let somebody in late by a code."),
                 _("Look at the applications"), "applications:list")  # fmt: skip


def _screened(call: Call, counts: Counts) -> Step | None:
    missing = counts.get("submitted", 0) - counts.get("screened", 0)
    if missing > 0:
        told = ngettext("%(n)s file is not checked.", "%(n)s files are not checked.", missing) % {"n": missing}
        return _step(call, _("Check who is eligible"), told, _("Check eligibility"), "evaluation:screening")
    if count := counts.get("verdicts", 0):
        told = ngettext("%(n)s verdict is computed and waits for a person.",
                        "%(n)s verdicts are computed and wait for a person.", count) % {"n": count}  # fmt: skip
        return _step(call, _("Confirm the verdicts"), told, _("Look at the verdicts"), "evaluation:screening")
    return None


def _evaluated(call: Call, counts: Counts) -> Step | None:
    if counts.get("proposed", 0) + counts.get("confirmed", 0) + counts.get("told", 0):
        return None
    missing = counts.get("eligible", 0) - counts.get("evaluated", 0)
    if missing <= 0:
        return None
    told = ngettext("%(n)s eligible file is not evaluated.", "%(n)s eligible files are not evaluated.", missing)
    if not counts.get("evaluators", 0):
        return _step(call, _("Invite evaluators"), told % {"n": missing}, _("Set up the evaluators"),
                     "evaluation:evaluators")  # fmt: skip
    return _step(call, _("Get every file evaluated"), told % {"n": missing}, _("See who reads what"),
                 "evaluation:assignments")  # fmt: skip


def _decided(call: Call, counts: Counts) -> Step | None:
    if count := counts.get("proposed", 0):
        told = ngettext("%(n)s decision is proposed.", "%(n)s decisions are proposed.", count) % {"n": count}
        return _step(call, _("Confirm the decisions"), told, _("Look at the decisions"), "selection:decisions")
    if count := counts.get("confirmed", 0):
        told = ngettext("%(n)s decision is confirmed, its letter written.",
                        "%(n)s decisions are confirmed, their letters written.", count) % {"n": count}  # fmt: skip
        return _step(call, _("Tell everybody"), told, _("Read the letters and release them"), "selection:decisions")
    if counts.get("told", 0) or not counts.get("eligible", 0):
        return None
    if calls.second_round_of(call):
        return _step(call, _("Make the shortlist"), _("All files are evaluated; a second round follows."),
                     _("Make the shortlist"), "selection:shortlist")  # fmt: skip
    if call.kind == Call.Kind.VENUES:
        return _step(call, _("Choose the host"), _("All offers are evaluated."), _("Compare the offers"),
                     "selection:compare")  # fmt: skip
    told = ngettext("All files are evaluated; %(n)s seat is to be filled.",
                    "All files are evaluated; %(n)s seats are to be filled.", call.seats)  # fmt: skip
    return _step(call, _("Choose the cohort"), told % {"n": call.seats}, _("Choose the cohort"), "selection:builder")


def _told(call: Call, counts: Counts) -> Step | None:
    if not (count := counts.get("offered", 0)):
        return None
    told = ngettext("%(n)s seat waits for an answer; a declined one goes to the reserve by itself.",
                    "%(n)s seats wait for an answer; a declined one goes to the reserve by itself.", count)  # fmt: skip
    return Step(call, _("Answers are coming in"), told % {"n": count}, _("See the seats"),
                reverse("cohort:cohort", args=[call.edition.slug]), waits=True)  # fmt: skip


def _over(call: Call, counts: Counts) -> Step:
    if not counts.get("told", 0):
        return _step(call, _("Nobody is eligible"), _("Look at the verdicts, or extend the call."),
                     _("Look at the verdicts"), "evaluation:screening")  # fmt: skip
    if (second := calls.second_round_of(call)) is not None:
        return Step(call, _("Everybody is told"), _("The shortlist goes on to the second round."),
                    _("Go to the second round"), reverse("calls:edit_overview", args=[second.slug]),
                    waits=True)  # fmt: skip
    if call.kind == Call.Kind.VENUES:
        return Step(call, _("Everybody is told"), _("The chosen place has its own page."), _("See the venue"),
                    reverse("venues:of_edition", args=[call.edition.slug]), waits=True)  # fmt: skip
    return Step(call, _("Everybody is told"), _("Seats and answers stand on the page of the cohort."),
                _("See the cohort"), reverse("cohort:cohort", args=[call.edition.slug]), waits=True)  # fmt: skip
