"""Pages: templates link downwards, nothing inline, nothing from another host, small scripts."""

import re
from pathlib import Path

from booster.config.rooms import ROOMS
from tests.house.reading import HOUSE, each, kind_of, line_count, own_files, room_of

HTML = own_files("*.html")
BUNDLE = HOUSE / "ui" / "static" / "ui" / "ui.js"  # put together from ui/static/ui/js, which are read one by one
SCRIPTS, STYLES = [path for path in own_files("*.js") if path != BUNDLE], own_files("*.css")
ELSEWHERE = r"(?:https?:)?//(?!127\.0\.0\.1|localhost)[\w.-]"
ALLOWED_SCRIPT = r"""\bsrc=|\bnonce=|type=["']application/(?:ld\+)?json["']"""  # the last two are not run
LOADS = [
    rf"""<(?:script|img|iframe|audio|video|source|embed|object|track)\b[^>]*\b(?:src|data)=["']?{ELSEWHERE}""",
    rf"""<link\b(?![^>]*rel=["'](?:canonical|alternate|license)["'])[^>]*\bhref=["']?{ELSEWHERE}""",
    rf"""\bsrcset=["'][^"']*{ELSEWHERE}""",
    rf"""url\(\s*["']?{ELSEWHERE}""",
    rf"""@import\s+["']{ELSEWHERE}""",
    rf"""\b(?:fetch|import|Worker|EventSource|WebSocket)\(\s*["'`]{ELSEWHERE}""",
    rf"""\bfrom\s+["']{ELSEWHERE}""",
]


@each(HTML)
def test_templates_obey_the_stairs(path: Path) -> None:
    here = room_of(path)
    named = re.findall(r"""{%\s*(?:url|include|extends)\s+['"](\w+)[:/]""", path.read_text())
    assert [room for room in named if room in ROOMS and ROOMS.index(room) > ROOMS.index(here)] == []


@each(HTML)
def test_a_template_fits_on_a_screen_or_three(path: Path) -> None:
    assert line_count(path) <= 200


@each(
    [path for path in HTML if path != HOUSE / "post" / "templates" / "post" / "letter.html"]
)  # a letter loads nothing
def test_nothing_is_inline(path: Path) -> None:
    text = re.sub(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", "", path.read_text(), flags=re.DOTALL)
    inline = re.findall(r"""<[a-z][^>]*\sstyle=|<[a-z][^>]*\son[a-z]+=["']|<style\b""", text)
    inline += [tag for tag in re.findall(r"<script\b[^>]*>", text) if not re.search(ALLOWED_SCRIPT, tag)]
    assert inline == []


@each([*HTML, *SCRIPTS, *STYLES])
def test_no_page_loads_from_another_host(path: Path) -> None:
    assert [found for pattern in LOADS for found in re.findall(pattern, path.read_text())] == []


@each([path for path in HTML if room_of(path) != "ui"])
def test_templates_trust_no_text(path: Path) -> None:
    assert re.findall(r"\|\s*safe\b|{%\s*autoescape\s+off", path.read_text()) == []


@each([path for path in own_files("*.py") if room_of(path) != "ui" and kind_of(path) != "inlets"])
def test_code_trusts_no_text(path: Path) -> None:
    assert re.findall(r"\bmark_safe\(|\bSafeString\(", path.read_text()) == []


@each(SCRIPTS)
def test_a_script_stays_small(path: Path) -> None:
    assert line_count(path) <= 150


def test_all_scripts_together_stay_small() -> None:
    assert sum(line_count(path) for path in SCRIPTS) <= 3000


@each([path for path in STYLES if room_of(path) != "ui"])
def test_rooms_lay_out_but_do_not_colour(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{]*})|\brgba?\(|\bhsla?\(|\boklch\(", text) == []


def test_there_is_one_base() -> None:
    assert [str(path.relative_to(HOUSE)) for path in HTML if path.name == "base.html"] == ["ui/templates/ui/base.html"]
