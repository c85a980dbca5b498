"""Weights that fix one of several equally good answers, the same in any language and on any machine."""

import hashlib

WEIGHTS = 1 << 16


def weight(seed: int, name: str) -> int:
    """1 to 65,536: SHA-256 of the seed in decimal, a line feed and the name in UTF-8; its first two bytes, plus one."""
    return int.from_bytes(hashlib.sha256(f"{seed}\n{name}".encode("utf-8", "surrogatepass")).digest()[:2], "big") + 1
