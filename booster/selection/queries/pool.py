"""Who may be chosen, with the score and the attributes that limits speak of."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from booster.academies.models import Membership, Role
from booster.applications.models import Application
from booster.calls.models import Call
from booster.craft.balance import Candidate
from booster.evaluation import queries as evaluation
from booster.evaluation.models import Screening
from booster.evaluation.rules.scores import CriterionOf, Score, why_not
from booster.selection.rules.reasons import NOT_CHECKED, NOT_ELIGIBLE

READ = (
    "edition", "call", "cut_off", "reference", "title", "country", "ecosystems", "answers", "applicant", "state",
    "address", "organisation__name", "organisation__key", "screening__application", "screening__eligible",
    "screening__code", "screening__state", "screening__reason", "follows__answers",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """One sent application on its way to a decision. ``why_out`` is empty for those in the pool."""

    application: Application
    score: Score | None
    why_out: str
    eligible: bool = True

    @property
    def points(self) -> Decimal | None:
        return self.score.points if self.score else None


def read(rows: QuerySet[Application]) -> QuerySet[Application]:
    """Applications as far as choosing needs them, each with its verdict on eligibility."""
    return rows.select_related("organisation", "screening", "follows").only(*READ).order_by("pk")


def standings(call: Call, criteria: Sequence[CriterionOf] | None = None) -> list[Standing]:
    """Every sent application of a call, the best first, with the first thing that keeps it out of the pool, if any.

    ``criteria`` for who knows them already. Four queries, whatever the number of applications.
    """
    return ranked(call, read(call.applications.filter(state="submitted")), criteria)


def verdict(application: Application) -> Screening | None:
    return getattr(application, "screening", None)


def ranked(call: Call, rows: Iterable[Application], criteria: Sequence[CriterionOf] | None = None) -> list[Standing]:
    """``standings`` of applications that were ``read`` already. Three queries."""
    scores = evaluation.scores(call, criteria)
    found = [_standing(call, row, scores.get(row.pk)) for row in rows]
    return sorted(found, key=lambda one: (-(one.points if one.points is not None else Decimal(-1)), one.application.pk))


def _standing(call: Call, row: Application, score: Score | None) -> Standing:
    why, found = "", verdict(row)
    code = None if found is None else "" if found.eligible else found.code or "refused"
    if code is None:
        why = NOT_CHECKED
    elif code:
        why = NOT_ELIGIBLE.format(code=code)
    else:
        why = why_not(score, threshold=call.threshold)
    return Standing(row, score, why, eligible=code == "")


def candidates(
    call: Call,
    found: Sequence[Standing],
    seated: Sequence[Standing] = (),
    known: Collection[int] | None = None,
) -> list[Candidate]:
    """For the solver: who may be chosen and, whatever their files say by now, those who have a place already. Ids are
    the applications' references. ``known``: who took part before, for who knows it already. One query."""
    known = known_before(call) if known is None else known
    return [
        Candidate(
            id=one.application.reference,
            score=one.points if one.points is not None else Decimal(0),
            attributes=attributes(one.application, newcomer=one.application.applicant_id not in known),
            unit=_unit(one.application),
        )
        for one in [*(one for one in found if not one.why_out), *seated]
    ]


def attributes(application: Application, *, newcomer: bool) -> Mapping[str, Any]:
    """What limits can speak of, in a second round also what the first one asked; no answer is no value."""
    answers = {**(application.follows.answers if application.follows else {}), **application.answers}
    return {
        "country": application.country,
        "ecosystem": frozenset(application.ecosystems),
        "maturity": str(answers.get("maturity") or ""),
        "role": str(answers.get("role") or ""),
        "gender": str(answers.get("gender") or ""),
        "newcomer": "yes" if newcomer else "no",
    }


def _unit(application: Application) -> str | None:
    """The organisation, by the name as it is compared everywhere; within one country only."""
    if application.organisation is None:
        return None
    return f"{application.organisation.key}|{application.country}"


def known_before(call: Call) -> set[int]:
    """Persons who took part in another edition of the academy. One query."""
    return set(
        Membership.objects.filter(role=Role.PARTICIPANT, edition__academy=call.edition.academy_id)
        .exclude(edition=call.edition_id)
        .values_list("person_id", flat=True)
    )
