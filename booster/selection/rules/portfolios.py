"""A lottery's portfolio as plain data, and people as numbers of the draw. Pure."""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any

from booster.craft.balance import Problem, Reason
from booster.craft.balance.fair import BandCount, Certificate, Panel, Portfolio, Terms


def numbers_of(canonical: str, references: Iterable[str]) -> dict[str, str]:
    """A number for everybody, from 001: {reference: number}.

    Their order is that of HMAC-SHA-256 under a key made from the whole input, scores and attributes included: the same
    input gives the same numbers everywhere, and whoever has not the input cannot tell whose number is whose.
    """
    key = sha256(b"numbers of the draw\n" + canonical.encode()).digest()
    order = sorted(references, key=lambda one: hmac.new(key, one.encode(), sha256).digest())
    width = max(3, len(str(len(order))))
    return {reference: str(n).zfill(width) for n, reference in enumerate(order, start=1)}


def numbered(problem: Problem, numbers: Mapping[str, str]) -> Problem:
    """The same question about numbers instead of references."""
    return replace(
        problem,
        candidates=[replace(one, id=numbers[one.id]) for one in problem.candidates],
        forced_in=[numbers[one] for one in problem.forced_in],
        forced_out=[numbers[one] for one in problem.forced_out],
    )


def written(portfolio: Portfolio) -> dict[str, Any]:
    """As JSON keeps it; ``read`` takes it back unchanged."""
    terms, certificate = portfolio.terms, portfolio.certificate
    return {
        "terms": [terms.policy, _text(terms.threshold), [str(one) for one in terms.bands]],
        "seats": portfolio.seats,
        "panels": [[list(one.ids), one.tickets] for one in portfolio.panels],
        "tickets": portfolio.tickets,
        "chances": {key: str(chance) for key, chance in portfolio.chances.items()},
        "bands": [[one.name, one.edge, one.people, one.seats] for one in portfolio.bands],
        "certificate": [certificate.method, certificate.state, certificate.deviation, certificate.sentence],
        "least": str(portfolio.least),
        "geometric_mean": portfolio.geometric_mean,
        "never": {key: [one.code, dict(one.params), one.sentence] for key, one in portfolio.never.items()},
        "sentence": portfolio.sentence,
    }


def read(kept: Mapping[str, Any]) -> Portfolio:
    """The portfolio as it was worked out."""
    policy, threshold, bands = kept["terms"]
    return Portfolio(
        terms=Terms(policy, None if threshold is None else Decimal(threshold), tuple(map(Decimal, bands))),
        seats=kept["seats"],
        panels=tuple(Panel(tuple(ids), n, Fraction(n, kept["tickets"])) for ids, n in kept["panels"]),
        tickets=kept["tickets"],
        chances={key: Fraction(chance) for key, chance in sorted(kept["chances"].items())},
        bands=tuple(BandCount(*one) for one in kept["bands"]),
        certificate=Certificate(*kept["certificate"]),
        least=Fraction(kept["least"]),
        geometric_mean=kept["geometric_mean"],
        never={key: Reason(*one) for key, one in sorted(kept["never"].items())},
        sentence=kept["sentence"],
    )


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def spread(panels: Sequence[Panel], carries: Mapping[str, frozenset[str]]) -> dict[str, tuple[int, int]]:
    """For each value (``attribute:value``) that somebody carries: the fewest and the most of any panel."""
    found: dict[str, tuple[int, int]] = {}
    values = sorted({value for some in carries.values() for value in some})
    for value in values:
        counts = [sum(value in carries.get(one, frozenset()) for one in panel.ids) for panel in panels]
        found[value] = (min(counts), max(counts))
    return found
