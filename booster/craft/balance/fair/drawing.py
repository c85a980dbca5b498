"""The draw: a ball from a public seed, by a generator that any language repeats in a few lines.

Generator: block number c = 0, 1, 2, ... is HMAC-SHA-256 with the seed (UTF-8) as key and, as message, the fingerprint
of the published file in lower-case hexadecimal, a line feed, and c in decimal (ASCII). A block is a big-endian number
of 256 bits. The first block below the largest multiple of the number of tickets that is not above 2^256 counts; the
ball is that block modulo the number of tickets. Panels hold consecutive balls in the order of the published list.
`verify_draw.py` is the same again, alone in one file for whoever wants to check a draw.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from itertools import accumulate, count
from typing import Any

from booster.craft.balance.fair.answer import Drawn
from booster.craft.balance.fair.publishing import fingerprint
from booster.craft.balance.problem import BadProblem

SPACE = 1 << 256


def draw(published: bytes, seed: str) -> Drawn:
    """Draw one group from a published file. BadProblem when the file is no such file or the seed is empty."""
    if not seed:
        raise BadProblem("The seed of the draw is empty.", "seed")
    panels = _panels(published)
    edges = list(accumulate(tickets for _, tickets in panels))
    number = ball(seed, fingerprint(published), edges[-1])
    panel = next(place for place, edge in enumerate(edges) if number < edge)
    return Drawn(seed, edges[-1], number, panel, panels[panel][0])


def ball(seed: str, message: str, tickets: int) -> int:
    """A whole number from 0 to `tickets` - 1, each equally likely."""
    key = seed.encode("utf-8", "surrogatepass")
    limit = SPACE - SPACE % tickets
    blocks = (hmac.new(key, f"{message}\n{block}".encode(), hashlib.sha256).digest() for block in count())
    return next(number for one in blocks if (number := int.from_bytes(one, "big")) < limit) % tickets


def _panels(published: bytes) -> list[tuple[tuple[str, ...], int]]:
    try:
        data = json.loads(published)
        panels = [_panel(one) for one in data["panels"]]
        whole = data["tickets"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise BadProblem("This is no published file of a draw.", "published") from None
    if not panels or sum(tickets for _, tickets in panels) != whole:
        raise BadProblem("The tickets of the published file do not add up.", "tickets")
    return panels


def _panel(one: Mapping[str, Any]) -> tuple[tuple[str, ...], int]:
    ids, tickets = tuple(one["ids"]), one["tickets"]
    if type(tickets) is not int or tickets < 1 or not all(isinstance(name, str) for name in ids):
        raise ValueError
    return ids, tickets
