"""The two files of a draw: one whose fingerprint is announced before, one that everybody may read.

Both are canonical JSON: an object with sorted keys, no spaces, characters as they are (nothing but quotation mark,
backslash and controls below U+0020 escaped), UTF-8, one line feed at the end. Scores, edges and thresholds are texts
without trailing zeros. The fingerprint is SHA-256 of the bytes in lower-case hexadecimal.
"""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from booster.craft.balance.fair.answer import Portfolio
from booster.craft.balance.fair.terms import Terms, edge_points, field_of, shown
from booster.craft.balance.problem import Candidate, Problem, Row, expand, points_of, values_of

FORMAT = "booster-draw-1"


def committed(problem: Problem, terms: Terms, portfolio: Portfolio, *, version: str) -> bytes:
    """Everything the chances depend on, in one file. It holds attributes and scores: announce its fingerprint alone.

    Keys: format, policy, threshold, bands (edges), seats, per_unit_maximum, forced_in, forced_out, seed, limits (one
    per attribute and value), candidates (id, score, band, attributes, unit; sorted by id), tickets, version.
    `version`: of the program that computed the portfolio.
    """
    bands = field_of(problem, terms).bands
    limits = [_limit(row) for row in expand(problem.candidates, problem.limits)]
    people = sorted(problem.candidates, key=lambda one: one.id)
    return canonical(
        {
            "format": FORMAT,
            **_terms(terms),
            "bands": [_text(edge) for edge in terms.bands],
            "seats": problem.seats,
            "per_unit_maximum": problem.per_unit_maximum,
            "forced_in": sorted(set(problem.forced_in)),
            "forced_out": sorted(set(problem.forced_out)),
            "seed": problem.seed,
            "limits": limits,
            "candidates": [_candidate(one, bands) for one in people],
            "tickets": portfolio.tickets,
            "version": version,
        }
    )


def published(problem: Problem, terms: Terms, portfolio: Portfolio, *, version: str) -> bytes:
    """What everybody may read and draw from: no attribute, no score, no name; ids and tickets alone.

    Keys: format, policy, seats, fingerprint (of the committed file), tickets, panels (a list of {ids, tickets}).
    """
    return canonical(
        {
            "format": FORMAT,
            "policy": terms.policy,
            "seats": problem.seats,
            "fingerprint": fingerprint(committed(problem, terms, portfolio, version=version)),
            "tickets": portfolio.tickets,
            "panels": [{"ids": list(one.ids), "tickets": one.tickets} for one in portfolio.panels],
        }
    )


def fingerprint(data: bytes) -> str:
    """SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def canonical(data: Mapping[str, Any]) -> bytes:
    """Canonical JSON as described above. Floats do not occur."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return f"{text}\n".encode("utf-8", "surrogatepass")


def _terms(terms: Terms) -> dict[str, str | None]:
    return {"policy": terms.policy, "threshold": None if terms.threshold is None else _text(terms.threshold)}


def _text(score: Decimal) -> str:
    return shown(edge_points(score))


def _candidate(one: Candidate, bands: Mapping[str, int]) -> dict[str, Any]:
    attributes = {name: sorted(values_of(one, name)) for name in one.attributes}
    return {
        "id": one.id,
        "score": shown(points_of(one)),
        "band": bands.get(one.id),
        "attributes": {name: values for name, values in attributes.items() if values},
        "unit": one.unit or None,
    }


def _limit(row: Row) -> dict[str, Any]:
    return {"attribute": row.attribute, "value": row.value, "minimum": row.minimum, "maximum": row.maximum}
