"""Colour as arithmetic: contrast, an edition's accent, the 14 industrial ecosystems. Pure."""

import colorsys
import re
from dataclasses import dataclass

PAPER, DARK_PAPER = "#faf8f3", "#15181d"
LIGHT_INK, DARK_INK = "#ffffff", "#15181d"
DEFAULT_ACCENT = "#1d487c"
TEXT_CONTRAST = 4.5  # WCAG 1.4.3
SHAPE_CONTRAST = 3.0  # WCAG 1.4.11

_HEX = re.compile(r"#?([0-9a-fA-F]{6})")


class TooPale(ValueError):
    """The colour cannot be read on our paper."""


def parse(colour: str) -> tuple[int, int, int]:
    """The red, green and blue of ``#rrggbb`` or ``rrggbb``, 0-255; ``ValueError`` for anything else."""
    found = _HEX.fullmatch(colour.strip())
    if not found:
        raise ValueError(f"“{colour}” is not a colour like #1d487c.")
    red, green, blue = bytes.fromhex(found[1])
    return red, green, blue


def written(rgb: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{max(0, min(255, round(part))):02x}" for part in rgb)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it, 0 (black) to 1 (white)."""
    parts = [part / 255 for part in parse(colour)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio, 1 to 21, in either order."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """``share`` of the first colour in the second, 0-1, in plain sRGB."""
    first, second = parse(one), parse(other)
    red, green, blue = (a * share + b * (1 - share) for a, b in zip(first, second, strict=True))
    return written((red, green, blue))


def for_dark(colour: str) -> str:
    """The same hue, lightened until it reads on dark paper and on the tint that is made of it."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in parse(colour)))
    for step in range(41):
        raised = lightness + (1 - lightness) * step / 40
        red, green, blue = colorsys.hls_to_rgb(hue, raised, saturation)
        lighter = written((255 * red, 255 * green, 255 * blue))
        if contrast(lighter, mix(lighter, DARK_PAPER, 0.16)) >= TEXT_CONTRAST + 2:
            return lighter
    return "#ffffff"


def check_accent(colour: str) -> str:
    """The colour in its one spelling; ``ValueError`` for nonsense, ``TooPale`` under 4.5:1 on paper or on its tint."""
    accent = written(parse(colour))
    reached = min(contrast(accent, PAPER), contrast(accent, mix(accent, PAPER, 0.09)))
    if reached < TEXT_CONTRAST:
        raise TooPale(
            f"{accent} reaches {reached:.1f}:1 on our paper; text needs {TEXT_CONTRAST}:1. Choose a darker one."
        )
    return accent


def ink_on(colour: str) -> str:
    """White or near-black, whichever reads better on the colour."""
    return max((LIGHT_INK, DARK_INK), key=lambda ink: contrast(ink, colour))


def accent_sheet(colour: str) -> str:
    """The stylesheet of an edition's accent, light and dark; errors as ``check_accent``."""
    accent = check_accent(colour)
    dark = for_dark(accent)

    def block(tone: str, paper: str) -> str:
        strong, edge = mix(tone, "#000000" if paper == PAPER else "#ffffff", 0.8), mix(tone, paper, 0.35)
        return (
            f":root{{--accent:{tone};--accent-strong:{strong};--on-accent:{ink_on(tone)};"
            f"--accent-soft:{mix(tone, paper, 0.09 if paper == PAPER else 0.16)};--accent-edge:{edge}}}"
        )

    return f"{block(accent, PAPER)}\n@media (prefers-color-scheme:dark){{{block(dark, DARK_PAPER)}}}\n"


@dataclass(frozen=True, slots=True)
class Ecosystem:
    number: int  # 1-14, the order in which the Commission lists them
    key: str
    glyph: str  # a symbol of icons.svg
    light: str  # on paper
    dark: str  # on dark paper


ECOSYSTEMS = (
    Ecosystem(1, "aerospace-defence", "plane", "#02468b", "#5188cd"),
    Ecosystem(2, "agri-food", "plant-2", "#5d913c", "#a2d686"),
    Ecosystem(3, "construction", "building", "#6b3900", "#ba7331"),
    Ecosystem(4, "cultural-creative", "palette", "#ab61a5", "#f0a7e9"),
    Ecosystem(5, "digital", "antenna", "#075062", "#0695b5"),
    Ecosystem(6, "electronics", "cpu", "#8071c8", "#c3baff"),
    Ecosystem(7, "energy-intensive", "flame", "#7f2117", "#c4685a"),
    Ecosystem(8, "energy-renewables", "wind", "#977e05", "#dcc363"),
    Ecosystem(9, "health", "heartbeat", "#7e1e37", "#c26576"),
    Ecosystem(10, "mobility-transport-automotive", "car", "#2d86c8", "#8ecbff"),
    Ecosystem(11, "proximity-social-economy", "hearts", "#772151", "#bb6690"),
    Ecosystem(12, "retail", "shopping-bag", "#ab7302", "#f2b966"),
    Ecosystem(13, "textiles", "shirt", "#5d2e7b", "#9c70bc"),
    Ecosystem(14, "tourism", "beach", "#149488", "#54ddce"),
)


def ecosystem_sheet() -> str:
    """The stylesheet that gives ``.eco-1`` … ``.eco-14`` their colour and the ink of the glyph upon it."""
    light = "".join(f".eco-{e.number}{{--eco:{e.light};--on-eco:{LIGHT_INK}}}\n" for e in ECOSYSTEMS)
    dark = "".join(f".eco-{e.number}{{--eco:{e.dark};--on-eco:{DARK_INK}}}\n" for e in ECOSYSTEMS)
    return f"{light}@media (prefers-color-scheme:dark){{\n{dark}}}\n"
