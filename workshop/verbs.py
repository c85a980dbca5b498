"""The smaller verbs of run.py. Standard library alone."""

import argparse

from workshop.bare import environment, tool
from workshop.processes import say, start

MODULES = {"bench": "bench", "shots": "workshop.shots", "texts": "workshop.texts"}
PASSED_ON = {
    "bench": "measure the heavy pages, or with “bench craft” the algorithms (bench --help)",
    "texts": "keep the catalogues of the other languages (texts --help)",
    "shots": "screenshots of the demo for the documentation (shots --help)",
}


def loud(command: list[str]) -> int:
    return start(command).wait()


def fmt(_: argparse.Namespace) -> int:
    environment("test")
    codes = [loud([tool("ruff"), "check", "--fix", "."]), loud([tool("ruff"), "format", "."])]
    return max(codes)


def maps(args: argparse.Namespace) -> int:
    environment("demo")
    return loud([tool("booster"), "maps", *(["--check"] if args.check else [])])


def pass_on(args: argparse.Namespace) -> int:
    environment("test")
    say(f"Booster, {args.verb}")
    return loud([tool("python"), "-m", MODULES[args.verb], *args.rest])
