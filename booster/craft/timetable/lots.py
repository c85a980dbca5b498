"""Weights that fix one of several equally good answers, the same in any language and on any machine."""

from booster.craft.lots import BITS, lot_of

WEIGHTS = 1 << 16


def weight(seed: int, name: str) -> int:
    """1 to 65,536: the first two bytes of the lot of this name, plus one."""
    return (lot_of(seed, name) >> BITS - 16) + 1
