#!/usr/bin/env python3
"""The one door to this repository. It needs Python 3.11 and nothing else.

  python3 run.py demo     install, fill a demo academy and serve it with its worker
  python3 run.py test     everything that is checked, on SQLite and on PostgreSQL, as CI does it
  python3 run.py check    what to run before a commit: lint, types, contracts, tests (a minute or two)

Packages go into .venv beside this file and nowhere else, at the versions and hashes of requirements*.txt.
As root on Debian, missing Debian packages are installed (pip; for the tests Chromium and PostgreSQL);
for anybody else one line says what is missing.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 -- a sentence instead of a traceback on an older Python
    sys.exit("Booster needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")

import argparse
import signal
from typing import NoReturn

from workshop import demo, lanes, verbs
from workshop.processes import Stop, end_all, say


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verb = top.add_subparsers(dest="verb", metavar="VERB", required=True)
    add = verb.add_parser("demo", help="install, fill a demo academy, serve it with its worker")
    add.add_argument("--port", type=demo.port, default=8000, metavar="N", help="where to listen (8000)")
    add.add_argument("--data", metavar="DIR", help="where the demo keeps everything (data/demo)")
    add.add_argument("--fresh", action="store_true", help="throw the kept demo away and begin anew")
    add.add_argument("--build-only", action="store_true", help="prepare everything, serve nothing")
    add.set_defaults(go=demo.demo)
    add = verb.add_parser("test", help="everything that is checked; at most six minutes on two cores")
    add.add_argument("--only", action="append", choices=lanes.PARTS, metavar="PART", help=", ".join(lanes.PARTS))
    add.set_defaults(go=lanes.test)
    verb.add_parser("check", help="lint, types, contracts, house and unit tests").set_defaults(go=lanes.check)
    verb.add_parser("fmt", help="format and repair what can be repaired by itself").set_defaults(go=verbs.fmt)
    add = verb.add_parser("maps", help="draw docs/maps/ anew")
    add.add_argument("--check", action="store_true", help="only say whether they are stale")
    add.set_defaults(go=verbs.maps)
    for name, help_text in verbs.PASSED_ON.items():
        add = verb.add_parser(name, help=help_text, add_help=False)
        add.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
        add.set_defaults(go=verbs.pass_on)
    return top


def ended(number: int, _: object) -> NoReturn:
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(128 + number)


def main() -> int:
    args = parser().parse_args()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ended)
    try:
        return int(args.go(args))
    except Stop as trouble:
        say(str(trouble))
        return 1
    finally:
        end_all()


if __name__ == "__main__":
    sys.exit(main())
