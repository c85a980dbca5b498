"""Working out who reads what. Imports the solver when it is asked to: run it in the worker."""

from collections import Counter
from dataclasses import dataclass, replace

from django.db.models import Prefetch, QuerySet

from booster.applications.models import Application, Partner
from booster.applications.queries import of_cut_off
from booster.calls.models import Call
from booster.craft import assignment as craft
from booster.evaluation.models import Assignment, Evaluator
from booster.evaluation.rules.sharing import OWN_COUNTRY, Party, bar, fit, hints
from booster.people.rules.names import organisation_key


@dataclass(frozen=True, slots=True)
class Shared:
    """``added`` are (application id, evaluator id); ``short`` are (application id, sentence): which files got too few,
    and why."""

    added: list[tuple[int, int]]
    loads: dict[int, int]
    short: list[tuple[int, str]]
    sentence: str


def with_parties(rows: QuerySet[Application]) -> QuerySet[Application]:
    """Applications with all that hints of conflict are computed from. One query more than ``rows``."""
    partners = Partner.objects.exclude(state="left")
    return rows.select_related("organisation", "applicant").prefetch_related(Prefetch("partners", partners))


def party_of_evaluator(evaluator: Evaluator) -> Party:
    """No query when organisation and person are loaded."""
    key = evaluator.organisation.key if evaluator.organisation else ""
    return Party(key, evaluator.country, evaluator.person.email)


def party_of_file(application: Application) -> Party:
    """No query when organisation, applicant and partners are loaded."""
    partners = list(application.partners.all())
    return Party(
        organisation_key=application.organisation.key if application.organisation else "",
        country=application.country,
        email=application.applicant.email if application.applicant else application.address,
        partner_keys=frozenset(organisation_key(p.organisation_name) for p in partners if p.state != "left"),
        partner_emails=frozenset(p.address.lower() for p in partners if p.state != "left"),
    )


def evaluable(call: Call) -> QuerySet[Application]:
    """What is evaluated: files that stand as sent and are eligible."""
    return Application.objects.filter(call=call, state="submitted", screening__eligible=True)


def work_out_sharing(call: Call, *, seed: int = 1, cut_off: str = "") -> Shared:
    """A balanced assignment of every eligible file (or of one cut-off) to as many evaluators as the call asks for.
    Four queries.

    Kept: what is assigned already. Never: the applicant, the organisation itself or a partner in the file, a declared
    conflict, an evaluator who gave the file back, more than the capacity. Raises what ``craft.assignment`` raises.
    """
    files = list(with_parties(of_cut_off(evaluable(call), cut_off)))
    evaluators = list(Evaluator.objects.filter(call=call).active().select_related("organisation", "person"))
    held = list(
        Assignment.objects.filter(application__call=call, evaluator__in=[e.pk for e in evaluators]).values_list(
            "application_id", "evaluator_id", "state"
        )
    )
    known = {file.pk for file in files}
    problem = _problem(call, files, evaluators, [one for one in held if one[0] in known], seed)
    if cut_off:  # what they hold of other cut-offs takes its part of what they can take
        elsewhere = Counter(str(e) for f, e, state in held if f not in known and state in ("assigned", "open"))
        room = {key: max(0, most - elsewhere[key]) for key, most in problem.evaluators.items()}
        problem = replace(problem, evaluators=room)
    answer = craft.assign(problem)
    return Shared(
        added=[(int(file), int(evaluator)) for file, evaluator in answer.added],
        loads={int(evaluator): load for evaluator, load in answer.loads.items()},
        short=[(int(one.file), one.sentence) for one in answer.short],
        sentence=answer.sentence,
    )


def _problem(
    call: Call, files: list[Application], evaluators: list[Evaluator], held: list[tuple[int, int, str]], seed: int
) -> craft.Sharing:
    kept = [(str(f), str(e)) for f, e, state in held if state in ("assigned", "open")]
    forbidden = {(str(f), str(e)) for f, e, state in held if state in ("barred", "in_doubt", "ended")}
    affinity = {}
    readers = {evaluator.pk: party_of_evaluator(evaluator) for evaluator in evaluators}
    for file in files:
        party = party_of_file(file)
        for evaluator in evaluators:
            found, pair = hints(readers[evaluator.pk], party), (str(file.pk), str(evaluator.pk))
            if bar(found):
                forbidden.add(pair)
            affinity[pair] = fit(evaluator.ecosystems, file.ecosystems, same_country=OWN_COUNTRY in found)
    return craft.Sharing(
        files=[str(file.pk) for file in files],
        evaluators={str(evaluator.pk): evaluator.capacity for evaluator in evaluators},
        per_file=call.evaluators_per_file,
        forbidden=forbidden,
        affinity=affinity,
        kept=[pair for pair in kept if pair not in forbidden],
        seed=seed,
    )
