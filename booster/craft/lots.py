"""Lots: what decides between equals. Fixed once the seed is known, and open to anybody to check."""

import hashlib

BITS = 256


def lot_of(seed: int, *names: str) -> int:
    """A number of 256 bits: SHA-256 of the seed in decimal and the names in UTF-8, a line feed between each two.

    The higher number wins. Any language can repeat it.
    """
    text = "\n".join([str(seed), *names]).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.sha256(text).digest(), "big")
