import re
from pathlib import Path

import pytest

from booster.ui import colour

TOKENS = (Path(__file__).parents[1] / "static" / "ui" / "tokens.css").read_text()
LIGHT, DARK = TOKENS.split("@media (prefers-color-scheme: dark)")[:2]


def tokens(css: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css):
        found.setdefault(name, value)
    return found


def test_contrast_is_the_one_of_the_guidelines():
    assert colour.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colour.contrast("#ffffff", "#000000") == pytest.approx(21)
    assert colour.contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert colour.contrast("1d487c", "#1d487c") == 1


@pytest.mark.parametrize("nonsense", ["", "red", "#12345", "#1234567", "#12345g", "#fff", "url(x)", "#1d487c;}body{"])
def test_what_is_no_colour_is_refused(nonsense):
    with pytest.raises(ValueError, match="is not a colour"):
        colour.parse(nonsense)


def test_a_colour_has_one_spelling():
    assert colour.check_accent(" 1D487C ") == "#1d487c"


@pytest.mark.parametrize("pale", ["#ffffff", "#faf8f3", "#8ecbff", "#767676", "#ff6600"])
def test_a_pale_accent_is_refused_with_its_figure(pale):
    with pytest.raises(colour.TooPale, match=r"reaches \d+\.\d:1 on our paper; text needs 4.5:1"):
        colour.check_accent(pale)


@pytest.mark.parametrize(
    "accent", ["#1d487c", "#8a2846", "#0d5c63", "#000000", "#5b3a8c", "#a63d1f", "#6b6a00", "#0000ff"]
)
def test_every_accent_reads_in_the_light_and_in_the_dark(accent):
    dark = colour.for_dark(accent)
    assert colour.contrast(accent, colour.PAPER) >= 4.5
    assert colour.contrast(dark, colour.DARK_PAPER) >= 4.5
    assert colour.contrast(dark, colour.mix(dark, colour.DARK_PAPER, 0.16)) >= 4.5
    assert colour.contrast(colour.ink_on(accent), accent) >= 4.5
    assert colour.contrast(colour.ink_on(dark), dark) >= 4.5


def test_the_sheet_of_an_accent_is_exactly_this():
    assert colour.accent_sheet("#1d487c") == (
        ":root{--accent:#1d487c;--accent-strong:#173a63;--on-accent:#ffffff;--accent-soft:#e6e8e8;--accent-edge:#adbac9}\n"
        "@media (prefers-color-scheme:dark){:root{--accent:#9abde7;--accent-strong:#aecaec;--on-accent:#15181d;"
        "--accent-soft:#2a323d;--accent-edge:#445264}}\n"
    )


def test_the_tokens_hold_the_default_accent_and_our_two_papers():
    light, dark = tokens(LIGHT), tokens(DARK)
    assert (light["paper"], dark["paper"]) == (colour.PAPER, colour.DARK_PAPER)
    for sheet, held in zip(colour.accent_sheet(colour.DEFAULT_ACCENT).splitlines(), [light, dark], strict=True):
        assert {name: held[name] for name in dict(re.findall(r"--([\w-]+):(#\w+)", sheet))} == dict(
            re.findall(r"--([\w-]+):(#\w+)", sheet)
        )


@pytest.mark.parametrize("held", [tokens(LIGHT), tokens(DARK)], ids=["light", "dark"])
@pytest.mark.parametrize("ink", ["ink", "grey", "accent", "accent-strong", "good", "careful", "stop"])
@pytest.mark.parametrize("ground", ["paper", "sheet", "card"])
def test_every_ink_reads_on_every_ground(held, ink, ground):
    assert colour.contrast(held[ink], held[ground]) >= 4.5


@pytest.mark.parametrize("held", [tokens(LIGHT), tokens(DARK)], ids=["light", "dark"])
@pytest.mark.parametrize("signal", ["accent", "good", "careful", "stop"])
def test_every_signal_reads_on_its_own_tint(held, signal):
    assert colour.contrast(held[signal], held[f"{signal}-soft"]) >= 4.5
    assert colour.contrast(held["ink"], held[f"{signal}-soft"]) >= 4.5
    assert colour.contrast(held["grey"], held[f"{signal}-soft"]) >= 4.5


@pytest.mark.parametrize("held", [tokens(LIGHT), tokens(DARK)], ids=["light", "dark"])
def test_the_edge_of_a_field_can_be_seen(held):
    assert colour.contrast(held["edge"], held["card"]) >= 3
    assert colour.contrast(held["edge"], held["paper"]) >= 3


def test_there_are_fourteen_ecosystems_with_a_glyph_and_two_colours_each():
    assert [e.number for e in colour.ECOSYSTEMS] == list(range(1, 15))
    for kind in ("key", "glyph", "light", "dark"):
        assert len({getattr(e, kind) for e in colour.ECOSYSTEMS}) == 14


@pytest.mark.parametrize("one", colour.ECOSYSTEMS, ids=lambda e: e.key)
def test_an_ecosystem_can_be_seen_on_paper_and_its_glyph_upon_it(one):
    assert colour.contrast(one.light, colour.PAPER) >= 3
    assert colour.contrast(one.dark, colour.DARK_PAPER) >= 3
    assert colour.contrast(one.light, colour.LIGHT_INK) >= 3
    assert colour.contrast(one.dark, colour.DARK_INK) >= 3


@pytest.mark.parametrize("one, other", zip(colour.ECOSYSTEMS, colour.ECOSYSTEMS[1:], strict=False), ids=lambda e: e.key)
def test_neighbours_differ_in_lightness_not_only_in_hue(one, other):
    assert colour.contrast(one.light, other.light) >= 1.9
    assert colour.contrast(one.dark, other.dark) >= 1.9
