"""Writes ui.css and ui.js from their committed sources: `python3 frontend/bundle.py`; `--check` says what is stale.

Standard library alone, so that a test can prove the committed bundles fresh on a machine without node.
"""

import re
import runpy
import sys
from pathlib import Path

UI = Path(__file__).resolve().parents[1] / "booster" / "ui"
STATIC = UI / "static" / "ui"
ECOSYSTEMS = "css/ecosystem.css"
SHEETS = [
    "vendor/bootstrap.css",
    "css/fonts.css",
    "tokens.css",
    *(f"css/{name}.css" for name in ["type", "page", "button", "form", "table", "card", "rail", "chip", "ecosystem"]),
    *(f"css/{name}.css" for name in ["chart", "booklet", "parts"]),
]


def tightened(css: str) -> str:
    """Without comments and needless white space; the strings and addresses of our sheets hold neither."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,])\s*", r"\1", css)
    return css.replace(";}", "}").replace("}", "}\n").strip() + "\n"


def bundled_css(ecosystems: str) -> str:
    """One sheet beside the folders of its sources, so their addresses lose one step up."""
    parts = [ecosystems if name == ECOSYSTEMS else (STATIC / name).read_text() for name in SHEETS]
    return "".join(map(tightened, parts)).replace('url("../', 'url("')


def bundled_js() -> str:
    """Every element in a scope of its own: they share nothing but the page."""
    return "".join(f"{{ // {path.name}\n{path.read_text().strip()}\n}}\n" for path in sorted(STATIC.glob("js/*.js")))


def outputs() -> dict[Path, str]:
    ecosystems = runpy.run_path(str(UI / "colour.py"), run_name="colour")["ecosystem_sheet"]()
    return {
        STATIC / ECOSYSTEMS: ecosystems,
        STATIC / "ui.css": bundled_css(ecosystems),
        STATIC / "ui.js": bundled_js(),
    }


def main() -> int:
    stale = [(path, text) for path, text in outputs().items() if not path.exists() or path.read_text() != text]
    for path, text in stale:
        if "--check" in sys.argv:
            sys.stdout.write(f"stale: {path.relative_to(UI)}\n")
        else:
            path.write_text(text)
            sys.stdout.write(f"written: {path.relative_to(UI)}\n")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
