"""A small sheet of SVG: the same bytes for the same drawing, readable on light and on dark paper, no fonts."""

from html import escape

STYLE = """\
 .paper { fill: #fff; } text { font: 13px system-ui, sans-serif; fill: #1f2933; }
 .quiet { fill: #52606d; } .head { font-weight: 600; font-size: 15px; } .line { stroke: #9aa5b1; stroke-width: 1; }
 .on { fill: #0b6bcb; } .off { fill: #fff; stroke: #52606d; stroke-width: 1.5; } .warm { fill: #b4540a; }
 .inside { fill: #fff; } .faint { fill: #e4e7eb; } .mid { fill: #c3ddf6; }
 @media (prefers-color-scheme: dark) {
  .paper { fill: #161d26; }
  text { fill: #f1f4f8; } .quiet { fill: #b8c2cc; } .line { stroke: #616e7c; } .on { fill: #6cb2f7; }
  .off { fill: #1f2933; stroke: #b8c2cc; } .warm { fill: #f0a35e; } .inside { fill: #10202e; } .faint { fill: #3e4c59; }
  .mid { fill: #2b4a6b; }
 }"""


class Sheet:
    """Everything in pixels from the top left corner. `title` is read aloud instead of the picture."""

    def __init__(self, width: float, height: float, title: str) -> None:
        size = f'width="{_n(width)}" height="{_n(height)}" viewBox="0 0 {_n(width)} {_n(height)}"'
        self._parts = [f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">', f"<title>{escape(title)}</title>"]
        self._parts.append(f"<style>\n{STYLE}\n</style>")
        self._parts.append('<rect width="100%" height="100%" class="paper"/>')

    def text(self, x: float, y: float, words: str, look: str = "", anchor: str = "start") -> None:
        where = f'x="{_n(x)}" y="{_n(y)}"' + (f' text-anchor="{anchor}"' if anchor != "start" else "")
        self._parts.append(f"<text {where}{_look(look)}>{escape(words, quote=False)}</text>")

    def dot(self, x: float, y: float, look: str, title: str = "", radius: float = 6) -> None:
        self._add(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"{_look(look)}', "circle", title)

    def box(self, corner: tuple[float, float], size: tuple[float, float], look: str, title: str = "") -> None:
        where = f'x="{_n(corner[0])}" y="{_n(corner[1])}" width="{_n(size[0])}" height="{_n(size[1])}"'
        self._add(f'<rect {where} rx="2"{_look(look)}', "rect", title)

    def line(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        where = f'x1="{_n(start[0])}" y1="{_n(start[1])}" x2="{_n(end[0])}" y2="{_n(end[1])}"'
        self._parts.append(f'<line {where} class="line"/>')

    def drawn(self) -> str:
        return "\n".join([*self._parts, "</svg>"]) + "\n"

    def _add(self, opening: str, name: str, title: str) -> None:
        self._parts.append(f"{opening}><title>{escape(title)}</title></{name}>" if title else f"{opening}/>")


def short(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def _look(look: str) -> str:
    return f' class="{look}"' if look else ""


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
