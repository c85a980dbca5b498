"""Trying out by hand: who is in and out now, and why, before any solver was asked. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from booster.kit.words import N_

IN_BY_HAND = N_("Put in by hand.")
OUT_BY_HAND = N_("Left out by hand.")
IN_BY_SCORE = N_("Among the {seats} highest scores; limits were not looked at yet.")
OUT_BY_SCORE = N_("Below the {seats} highest scores; limits were not looked at yet.")
NOT_IN_POOL = N_("Was not in the pool when this was worked out.")


@dataclass(frozen=True, slots=True)
class Hand:
    """Who is put in and left out by hand, by reference."""

    picked: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()

    def toggled(self, key: str, *, is_in: bool) -> "Hand":
        """The other way round for one: back to what it was when a hand had moved it, else moved by hand."""
        picked = tuple(one for one in self.picked if one != key)
        dropped = tuple(one for one in self.dropped if one != key)
        if len(picked) + len(dropped) < len(self.picked) + len(self.dropped):
            return Hand(picked, dropped)
        return Hand(picked, (*dropped, key)) if is_in else Hand((*picked, key), dropped)

    def known(self, keys: Collection[str]) -> "Hand":
        """Without references that are no candidates, and without what stands on both sides."""
        picked = tuple(dict.fromkeys(one for one in self.picked if one in keys))
        dropped = tuple(dict.fromkeys(one for one in self.dropped if one in keys and one not in picked))
        return Hand(picked, dropped)


def in_now(candidates: Sequence[str], seats: int, chosen: Sequence[str] | None, hand: Hand) -> set[str]:
    """Who is in: the chosen of a worked-out selection, or the ``seats`` best by score, changed by hand.

    ``candidates`` by their ids, best first. Only candidates are ever in.
    """
    known = set(candidates)
    start = set(candidates[:seats]) if chosen is None else set(chosen) & known
    return (start | (set(hand.picked) & known)) - set(hand.dropped)


def reason(key: str, *, seats: int, is_in: bool, hand: Hand, reasons: Mapping[str, str] | None) -> str:
    """Why one is in or out, in one sentence."""
    if key in hand.picked:
        return IN_BY_HAND
    if key in hand.dropped:
        return OUT_BY_HAND
    if reasons is None:
        return (IN_BY_SCORE if is_in else OUT_BY_SCORE).format(seats=seats)
    return reasons.get(key, NOT_IN_POOL)
