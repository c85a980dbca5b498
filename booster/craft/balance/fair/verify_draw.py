"""Check a draw yourself: python verify_draw.py PUBLISHED.json SEED

Prints the fingerprint of the published file, the ball, the group and its members. Needs Python 3 and nothing else.

How it works: block c = 0, 1, 2, ... is HMAC-SHA-256 (key: the seed in UTF-8; message: fingerprint of the file in
hexadecimal, a line feed, c in decimal), read as a number of 256 bits. The first block below the largest multiple of
the number of tickets decides: ball = block modulo tickets. Groups hold their tickets in the order of the file.
"""

import hashlib
import hmac
import json
import sys
from pathlib import Path


def main(path: str, seed: str) -> None:
    data = Path(path).read_bytes()
    mark = hashlib.sha256(data).hexdigest()
    panels = json.loads(data)["panels"]
    tickets = sum(panel["tickets"] for panel in panels)
    limit = 2**256 - 2**256 % tickets
    number, block = limit, 0
    while number >= limit:
        message = f"{mark}\n{block}".encode()
        number = int.from_bytes(hmac.new(seed.encode(), message, hashlib.sha256).digest(), "big")
        block += 1
    ball, place = number % tickets, 0
    rest = ball
    while rest >= panels[place]["tickets"]:
        rest -= panels[place]["tickets"]
        place += 1
    ids = panels[place]["ids"]
    sys.stdout.write(f"fingerprint {mark}\nball {ball} of {tickets}\ngroup {place}\nids {' '.join(ids)}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
