"""What the builder knows of the files of a call or batch, whatever is tried: worked out once for all pages.

Nothing here depends on a reader, a language or a scenario, and nothing is a row of the database: it is kept as long as
nothing was stated about the call (``kit.keeping``) and shared, so it must never be changed.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from booster.calls.models import Call
from booster.craft.balance import Candidate, carried_values
from booster.evaluation import queries as evaluation
from booster.kit.keeping import kept
from booster.selection.queries.batches import field, holders
from booster.selection.queries.pool import Standing, known_before
from booster.selection.rules import results

TOLD = ("role", "maturity", "gender")


@dataclass(frozen=True, slots=True)
class Known:
    """One file as lists show it. ``why_out`` is empty for those who may be chosen; ``carries`` is what limits could ask
    of the person, as ``attribute:value``."""

    pk: int
    reference: str
    title: str
    organisation: str
    code: str  # of the country
    ecosystems: tuple[str, ...]
    about: str
    points: Decimal | None
    why_out: str
    carries: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ground:
    """``free`` may be chosen, ``outside`` may not, the best first; ``seated`` have a place from another batch and count
    among the ``candidates``. ``carried``: how many candidates carry each value of each attribute."""

    free: tuple[Known, ...]
    outside: tuple[Known, ...]
    seated: tuple[Known, ...]
    candidates: Mapping[str, Candidate]
    carried: Mapping[str, Mapping[str, int]]
    digest: str

    def __len__(self) -> int:
        return len(self.free) + len(self.outside) + len(self.seated)

    def carriers(self) -> list[Candidate]:
        """Nobody: a candidate for each value that somebody carries, for spreading a limit over values."""
        return [
            Candidate(f"{attribute}:{value}", 0, {attribute: value})
            for attribute, values in self.carried.items()
            for value in values
        ]


def ground(call: Call, cut_off: str = "") -> Ground:
    """At most eight queries, and those of the room that offers seats for a batch; while nothing changed four."""
    criteria, known = tuple(evaluation.criteria_of(call)), frozenset(known_before(call))
    held = frozenset(holders(call)) if cut_off else frozenset()

    def key() -> Hashable:
        return evaluation.as_of(call), criteria, call.threshold, known, held

    def make() -> Ground:
        here = field(call, cut_off, criteria=criteria, held=held)
        people = here.candidates(known)
        traits = {one.id: one for one in people}
        found = [_known(one, traits.get(one.application.reference)) for one in here.found]
        return Ground(
            free=tuple(one for one in found if not one.why_out),
            outside=tuple(one for one in found if one.why_out),
            seated=tuple(_known(one, traits.get(one.application.reference)) for one in here.seated),
            candidates=traits,
            carried=carried_values(people),
            digest=results.digest(people),
        )

    return kept(("ground", call.pk, cut_off), key, make)


def _known(one: Standing, candidate: Candidate | None) -> Known:
    row = one.application
    return Known(
        pk=row.pk,
        reference=row.reference,
        title=row.title or row.reference,
        organisation=row.organisation.name if row.organisation else "",
        code=row.country,
        ecosystems=tuple(row.ecosystems),
        about=", ".join(str(row.answers[part]) for part in TOLD if row.answers.get(part)),
        points=one.points,
        why_out=one.why_out,
        carries=_carries(candidate) if candidate else frozenset(),
    )


def _carries(candidate: Candidate) -> frozenset[str]:
    return frozenset(
        f"{attribute}:{value}"
        for attribute, held in candidate.attributes.items()
        for value in ([held] if isinstance(held, str) else held)
        if value
    )
