"""booster solve QUESTION INSTANCE.json [--seed N] [--time S] [--json] [--progress] [--picture FILE]"""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn
from unicodedata import category

from booster.config.solving.patience import Patience
from booster.config.solving.plain import plain, printed
from booster.craft.instances import NAMES

ANSWER, BAD, INFEASIBLE, STOPPED = 0, 1, 2, 3
HELP = """\
Answers one question and says why. The same instance, seed and time give the same bytes on every machine.

  balance     choose people within limits: by points, by bands of merit, or by a fair lottery
  mixing      groups over several sessions in which people meet as many others as they can
  timetable   a programme of sessions, speakers, rooms and zones
  meetings    who should meet whom, round by round
  travel      hours and carbon of a group to each of several places
"""
CODES = """\
Ends with 0 when there is an answer, 1 when the instance is wrong, 2 when no answer exists (it says why and what would
help), 3 when it was stopped before it had one. Ctrl-C stops the work and tells the best answer so far with its gap;
twice ends at once. Formats and examples: docs/craft/ in the sources; --schema prints the format.
"""


class Parser(ArgumentParser):
    """Wrong words end with 1: 2 says that no answer exists."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(BAD, f"{self.prog}: {message}\n")


def parser() -> Parser:
    asked = Parser("booster solve", description=HELP, epilog=CODES, formatter_class=RawDescriptionHelpFormatter)
    asked.add_argument("question", choices=NAMES, metavar="QUESTION", help=", ".join(NAMES))
    asked.add_argument("instance", nargs="?", metavar="INSTANCE.json", help="the instance; - reads standard input")
    asked.add_argument("--seed", type=seed, metavar="N", help="decides between equals (default: that of the instance)")
    asked.add_argument("--time", type=effort, metavar="S", help="deterministic seconds of work")
    asked.add_argument("--json", action="store_true", help="print the answer as JSON with stable keys")
    asked.add_argument("--progress", action="store_true", help="say on standard error how far the work is")
    asked.add_argument("--picture", type=Path, metavar="FILE", help="draw the answer as SVG into this file")
    asked.add_argument("--draw-seed", default="", metavar="TEXT", help="balance: draw with this public seed")
    asked.add_argument(
        "--publish", type=Path, metavar="FILE", help="balance: write the file from which anyone can draw"
    )
    asked.add_argument("--published", type=Path, metavar="FILE", help="balance: only repeat the draw from such a file")
    asked.add_argument("--schema", action="store_true", help="print the JSON schema of the instance and end")
    return asked


def seed(text: str) -> int:
    with suppress(ValueError):
        if abs(number := int(text)) < 2**63:
            return number
    raise ArgumentTypeError(f"a whole number below 2^63 is needed, not “{text[:40]}”")


def effort(text: str) -> float:
    with suppress(ValueError):
        if 0 < (number := float(text)) <= 1_000_000:
            return number
    raise ArgumentTypeError(f"seconds above 0 and up to 1,000,000 are needed, not “{text[:40]}”")


def main(words: list[str]) -> int:
    asked = parser()
    args = asked.parse_args(words)
    form = import_module(f"booster.config.solving.{args.question}").FORM
    if args.schema:
        sys.stdout.write(schema(form))
        return ANSWER
    if args.question != "balance" and (args.draw_seed or args.publish or args.published):
        asked.error("--draw-seed, --publish and --published belong to balance")
    source = args.published or args.instance
    if source is None:
        asked.error("INSTANCE.json is missing; - reads standard input")
    try:
        raw = sys.stdin.buffer.read() if str(source) == "-" else Path(source).read_bytes()
    except OSError as trouble:
        return refuse(args, [{"path": "", "message": f"“{source}” cannot be read: {trouble.strerror}."}], 1)
    return answer(args, raw, form)


BOUNDS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}


def schema(form: Any) -> str:
    found = _in_words_of_schemas(form.model_json_schema(by_alias=True))
    return json.dumps(found, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _in_words_of_schemas(part: Any) -> Any:
    """Bounds behind a validator of our own come out of pydantic under names that no JSON schema knows."""
    if isinstance(part, list):
        return [_in_words_of_schemas(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {BOUNDS.get(key, key) if "type" in part else key: _in_words_of_schemas(one) for key, one in part.items()}


def safe(line: str) -> str:
    """A line for a terminal: control characters, which an id may hold, as escapes and without effect."""
    return "".join(one.encode("unicode_escape").decode("ascii") if category(one)[0] == "C" else one for one in line)


def answer(args: Namespace, raw: bytes, form: Any) -> int:
    from booster.config.solving.kinds import Asked, Told, Wrong  # noqa: PLC0415 -- the schema needs none of these
    from booster.craft.instances.reading import BadInstance, read  # noqa: PLC0415 -- pydantic

    kind = import_module(f"booster.config.solving.{args.question}")
    try:
        if args.published:
            told: Told = kind.drawn(raw, args.draw_seed)
        else:
            instance = read(raw, form)
            with Patience(aloud=args.progress) as patience:
                told = kind.told(instance, Asked(args.seed, args.time or kind.EFFORT, patience.watch, args.draw_seed))
    except BadInstance as trouble:
        return refuse(args, [plain(one) for one in trouble.faults], trouble.count)
    except Wrong as trouble:
        return refuse(args, [plain(one) for one in trouble.faults(raw)], 1)
    if args.picture and told.picture and not write(args, args.picture, told.picture().encode()):
        return BAD
    if args.publish and told.file and not write(args, args.publish, told.file):
        return BAD
    tell(args, told)
    return told.code


def write(args: Namespace, file: Path, content: bytes) -> bool:
    try:
        file.write_bytes(content)
    except OSError as trouble:
        refuse(args, [{"path": "", "message": f"“{file}” cannot be written: {trouble.strerror}."}], 1)
        return False
    return True


def tell(args: Namespace, told: Any) -> None:
    states = {ANSWER: "answer", INFEASIBLE: "infeasible", STOPPED: "stopped"}
    if args.json:
        sys.stdout.write(printed({"question": args.question, "state": states[told.code], **told.document}))
    else:
        sys.stdout.write("\n".join(safe(line) for line in told.lines) + "\n")


def refuse(args: Namespace, faults: list[Any], count: int) -> int:
    if args.json:
        sys.stdout.write(printed({"question": args.question, "state": "wrong", "faults": faults, "count": count}))
        return BAD
    for one in faults:
        sys.stderr.write(safe(f"{one['path']}: {one['message']}" if one["path"] else one["message"]) + "\n")
    if count > len(faults):
        sys.stderr.write(f"… and {count - len(faults)} more.\n")
    return BAD
