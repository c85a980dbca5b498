"""python3 run.py bench [pages|craft] [options]: how fast the heavy pages and the algorithms are, on this machine."""

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
DOORS = {"pages": "pages.py", "craft": "craft/__main__.py"}


def main() -> None:
    words = sys.argv[1:]
    which = words.pop(0) if words and words[0] in DOORS else "pages"
    sys.argv = [str(HERE / DOORS[which]), *words]
    runpy.run_path(sys.argv[0], run_name="__main__")


main()
