import gzip
import re
import subprocess
import sys
from pathlib import Path

import pytest

from booster.ui.templatetags.marks import icon_names

ROOT = Path(__file__).parents[3]
STATIC = ROOT / "booster" / "ui" / "static" / "ui"
TEMPLATES = sorted((ROOT / "booster").glob("*/templates/**/*.html"))
PAGES = [path for path in TEMPLATES if "ui" in path.parts or "errors" in path.parts]


def test_the_committed_bundles_are_fresh():
    told = subprocess.run(
        [sys.executable, ROOT / "frontend" / "bundle.py", "--check"], capture_output=True, text=True, check=False
    )
    assert told.stdout == ""
    assert told.returncode == 0


def test_the_lock_file_names_no_address():
    lock = (ROOT / "frontend" / "package-lock.json").read_text()
    assert "http" not in re.sub(r'"(url|funding)": "[^"]*"', "", lock)
    assert '"resolved"' not in lock


@pytest.mark.parametrize("path", sorted(STATIC.glob("js/*.js")), ids=lambda p: p.name)
def test_an_element_fits_on_a_few_screens(path):
    assert path.read_text().count("\n") < 150


def test_scripts_and_sheets_ask_nobody_else_and_evaluate_nothing():
    for name in ("ui.js", "ui.css", "print.css"):
        text = (STATIC / name).read_text()
        assert "http://" not in text
        assert "https://" not in text
        assert "@import" not in text
        assert not re.search(r"\beval\(|new Function|\.style\b", text)


def test_every_file_a_sheet_names_exists():
    for name in re.findall(r'url\("([^"]+)"\)', (STATIC / "ui.css").read_text()):
        assert (STATIC / name).exists(), name


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(ROOT / "booster")))
def test_a_page_obeys_the_strict_policy(path):
    text = path.read_text()
    assert re.findall(r"\sstyle\s*=|<style|\son[a-z]+\s*=|javascript:|hx-on", text) == []
    assert [
        tag for tag in re.findall(r"<script[^>]*>", text) if "src=" not in tag and 'type="application/' not in tag
    ] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(ROOT / "booster")))
def test_every_icon_of_a_page_is_in_the_sprite(path):
    assert set(re.findall(r'{% icon "([\w-]+)"', path.read_text())) - icon_names() == set()


def test_the_first_view_fits_its_budget():
    """Both Latin subsets of both faces, the sheet, both scripts and the sprite, as they go over the wire."""
    fonts = sum(
        (STATIC / f"vendor/fonts/{face}-{part}-normal.woff2").stat().st_size
        for face in ("sans", "serif")
        for part in ("latin", "latin-ext")
    )
    texts = sum(
        len(gzip.compress((STATIC / name).read_bytes()))
        for name in ("ui.css", "ui.js", "vendor/htmx.min.js", "icons.svg", "mark.svg")
    )
    assert fonts + texts < 140_000


def test_only_five_sizes_of_type_are_used():
    sizes = set()
    for path in STATIC.glob("css/*.css"):
        sizes |= set(re.findall(r"font-size: ([^;}]+)[;}]", path.read_text()))
    assert {size.strip() for size in sizes if size.startswith("var(")} == {f"var(--size-{n})" for n in range(1, 6)}


def test_components_use_tokens_and_no_colours_of_their_own():
    for path in STATIC.glob("css/*.css"):
        if path.name != "ecosystem.css":
            assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*{)", path.read_text()) == [], path.name
