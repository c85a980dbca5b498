"""The selection report as a tagged PDF, set by typst from the same figures as the page."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from booster.calls.models import Call
from booster.selection.models import Decision, PolicyNote, Signature
from booster.selection.rules.counts import SMALLEST
from booster.selection.views import lots
from booster.ui.templatetags.moments import zoned

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "selection" / "report.typ"
MOMENTS = {
    "opened": gettext_lazy("Call opened"),
    "deadline": gettext_lazy("Deadline"),
    "extended": gettext_lazy("Deadline extended"),
    "closed": gettext_lazy("Call closed"),
    "decided": gettext_lazy("Decisions confirmed"),
    "told": gettext_lazy("Applicants told"),
}
STEPS = {
    "sent": gettext_lazy("Applications sent"),
    "withdrawn": gettext_lazy("of these withdrawn"),
    "superseded": gettext_lazy("of these replaced by a later one of the same person"),
    "eligible": gettext_lazy("Eligible"),
    "evaluators": gettext_lazy("Evaluators"),
    "evaluations": gettext_lazy("Signed evaluations"),
    "consensus": gettext_lazy("Files settled by consensus"),
    "passed": gettext_lazy("Over the thresholds"),
}
NAMES = {
    "country": gettext_lazy("Countries"),
    "ecosystem": gettext_lazy("Ecosystems"),
    "maturity": gettext_lazy("Maturity"),
    "role": gettext_lazy("Roles"),
    "gender": gettext_lazy("Gender"),
}
COMPLAINTS = {
    "received": gettext_lazy("received, not looked at yet"),
    "admitted": gettext_lazy("admitted, not answered yet"),
    "refused": gettext_lazy("not admitted"),
    "decided": gettext_lazy("answered, decision stands"),
    "upheld": gettext_lazy("upheld, decision taken again"),
}


def moment(call: Call, at: str) -> str:
    return zoned(datetime.fromisoformat(at), call.zone)


def shown(call: Call, figures: dict[str, Any]) -> dict[str, Any]:
    """The figures with the words that people read, for the page and the paper alike."""
    outcomes = {value: str(label) for value, label in Decision.Outcome.choices}
    kinds = {value: str(label) for value, label in PolicyNote.Kind.choices}
    hidden = _("fewer than %(n)s") % {"n": SMALLEST}
    return {
        "timeline": [[str(MOMENTS[name]), moment(call, at)] for name, at in figures["timeline"]],
        "criteria": [
            [one["title"], _bare(one["weight"]), _bare(one["minimum"])] for one in figures["criteria"]
        ],
        "steps": [[str(STEPS.get(name) or outcomes[name]), str(count)] for name, count in figures["steps"]],
        "refusals": [[code, str(count)] for code, count in figures["refusals"]],
        "distributions": [
            {
                "title": str(NAMES[one["name"]]),
                "lines": [
                    [value or _("others"), str(among), hidden if chosen is None else str(chosen), *bars]
                    for (value, among, chosen), bars in zip(one["lines"], _bars(one["lines"]), strict=True)
                ],
            }
            for one in figures["distributions"]
        ],
        "limits": [
            [one["label"] or one["value"], _bounds(one), hidden if one["reached"] is None else str(one["reached"]),
             _("reached") if one["binding"] else ""]
            for one in figures["limits"]
        ],
        "overrules": [
            [_("eligibility") if what == "eligibility" else _("decision"), who, why]
            for what, who, why in figures["overrules"]
        ],
        "policy": [
            [who, kinds.get(kind, kind), _("for") if favours else _("against"), text]
            for who, kind, favours, text in figures["policy"]
        ],
        "complaints": [[str(COMPLAINTS[name]), str(count)] for name, count in sorted(figures["complaints"].items())],
        "annex": [
            [who, points or "–", outcomes[outcome] + (f" {rank}" if rank else ""), reason]
            for who, points, outcome, rank, reason in figures["annex"]
        ],
    }  # fmt: skip


def _bare(number: str | None) -> str:
    """Without zeros that say nothing: 25 for 25.00."""
    return f"{Decimal(number).normalize():f}" if number else "–"


def _bars(lines: Sequence[tuple[str, int, int | None]]) -> list[list[int]]:
    """For each line how long its bars are, in hundredths of the longest: who applied, who was chosen (0: hidden)."""
    longest = max((among for _value, among, _chosen in lines), default=0) or 1
    return [[round(100 * among / longest), round(100 * (chosen or 0) / longest)] for _value, among, chosen in lines]


def _bounds(one: dict[str, Any]) -> str:
    low, high = one["minimum"], one["maximum"]
    if low is not None and high is not None:
        return _("%(low)s to %(high)s") % {"low": low, "high": high}
    return _("at least %(n)s") % {"n": low} if low is not None else _("at most %(n)s") % {"n": high}


def method(figures: dict[str, Any]) -> list[str]:
    """How it was decided, in sentences, for this call."""
    call = figures["call"]
    said = [
        _("Eligibility was computed from the answers by the conditions of the call, and confirmed by a person."),
        ngettext("Each eligible file was marked by %(n)s evaluator on every criterion from 0 to 5 in half steps; "
                 "evaluators declared conflicts of interest before they saw a file.",
                 "Each eligible file was marked by %(n)s evaluators on every criterion from 0 to 5 in half steps; "
                 "evaluators declared conflicts of interest before they saw a file.",
                 call["evaluators_per_file"]) % {"n": call["evaluators_per_file"]},
        _("Points are the weighted mean of the marks, of 100. At least %(threshold)s points and the minimum of every "
          "criterion were needed.") % {"threshold": f"{float(call['threshold']):g}"},
    ]  # fmt: skip
    if call["blind"]:
        said.append(_("Evaluators did not see who had applied."))
    if call["kind"] == Call.Kind.VENUES:
        said.append(_("Reasons of policy were weighed after the scores and are listed below, apart from them."))
    elif figures.get("draws"):
        said += [sentence for one in figures["draws"] for sentence in lots.sentences(one)]
    elif figures["proof"]:
        said.append(
            _("Among all groups that keep the limits, the one with the highest total of points was chosen; equals "
              "were decided by lots from the seed %(seed)s. %(proof)s")
            % {"seed": figures["seed"], "proof": figures["proof"]}
        )  # fmt: skip
        said += _by_cut_off(figures)
    if any(figures["by_hand"].values()):
        said.append(
            _("People put in by hand before the group was worked out: %(in)s; left out: %(out)s.") % figures["by_hand"]
        )
    return said


def _by_cut_off(figures: dict[str, Any]) -> list[str]:
    """What was chosen at earlier cut-offs; reports signed before there were any do not speak of it."""
    earlier = figures.get("earlier", [])
    if not earlier:
        return []
    rows = [
        ngettext(
            "At an earlier cut-off %(chosen)s was chosen, from the seed %(seed)s. %(proof)s",
            "At an earlier cut-off %(chosen)s were chosen, from the seed %(seed)s. %(proof)s",
            one["chosen"],
        )
        % one
        for one in earlier
    ]
    return [*rows, _("Who had a place already counted in the seats and limits of what came after.")]


def conflicts(figures: dict[str, Any]) -> str:
    return ngettext("%(declared)s conflict of interest was declared or seen: %(cleared)s cleared, %(open)s open; "
                    "evaluators barred from a file: %(barred)s.",
                    "%(declared)s conflicts of interest were declared or seen: %(cleared)s cleared, %(open)s open; "
                    "evaluators barred from a file: %(barred)s.",
                    figures["conflicts"]["declared"]) % figures["conflicts"]  # fmt: skip


def paper(call: Call, figures: dict[str, Any], digest: str, signatures: list[Signature]) -> bytes:
    """The PDF. About 0.3 s; reads no file but the template and fonts that typst brings along."""
    told = {
        "title": call.title,
        "heading": _("Selection report"),
        "edition": f"{call.edition.academy.name} · {call.edition.name}",
        "language": (get_language() or "en")[:2],
        "digest": digest,
        "pool_digest": figures["pool_digest"],
        "method": method(figures),
        "conflicts": conflicts(figures),
        "signatures": [
            [one.person.name, one.part, moment(call, one.signed_at.isoformat())] for one in signatures
        ],
        "words": _words(),
        **shown(call, figures),
    }  # fmt: skip
    latest = max((at for _name, at in figures["timeline"]), default="")
    stamp = int(datetime.fromisoformat(latest).astimezone(UTC).timestamp()) if latest else 0
    return typst.compile(
        TEMPLATE, sys_inputs={"told": json.dumps(told)}, ignore_system_fonts=True, pdf_standards=["ua-1"],
        timestamp=stamp,
    )  # fmt: skip


def _words() -> dict[str, str]:
    return {
        "method": _("How it was decided"), "timeline": _("When"), "criteria": _("Criteria"),
        "criterion": _("Criterion"),
        "weight": _("Weight"), "minimum": _("Minimum of 5"), "steps": _("Numbers at each step"), "step": _("Step"),
        "count": _("Number"), "refusals": _("Why files were not eligible"), "code": _("Reason"),
        "distributions": _("Who applied and who was chosen"), "among": _("applied"), "chosen": _("chosen"),
        "small": _("Values of fewer than %(n)s people are not shown by name.") % {"n": SMALLEST},
        "limits": _("Limits"), "limit": _("Limit"), "asked": _("Asked"), "reached": _("Reached"), "value": _("Value"),
        "overrules": _("Decided otherwise by a person"), "who": _("File"), "why": _("Why"), "what": _("What"),
        "conflicts": _("Conflicts of interest"), "policy": _("Reasons of policy"), "kind": _("Kind"),
        "direction": _("For or against"), "complaints": _("Complaints"), "none": _("None."),
        "signatures": _("Signatures"), "name": _("Name"), "part": _("In what capacity"), "at": _("When"),
        "digest": _("SHA-256 of the figures in this report"), "pool": _("SHA-256 of the pool that was solved"),
        "annex": _("Annex: every file, without names"), "points": _("Points"), "outcome": _("Outcome"),
        "reason": _("Reason"), "page": _("Page"), "unsigned": _("Not signed yet."),
    }  # fmt: skip
