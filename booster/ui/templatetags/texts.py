"""Filters for text and numbers: Markdown that cannot harm, shares, sizes."""

import html
import re
from functools import cache

import nh3
from django.utils import formats
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from booster.kit import words

TAGS = {
    *(
        "p",
        "br",
        "hr",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "code",
        "strong",
        "em",
        "s",
        "a",
        "img",
    ),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": False}).enable(["table", "strikethrough"])


def _lowered(tokens: list[Token]) -> list[Token]:
    """A text's headings stand below the page's own: the first level becomes the second, the fourth is the last."""
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(4, int(token.tag[1]) + 1)}"
    return tokens


def _kept(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src":
        return value if re.match(r"/[^/\\]", value) else None
    return value


def told(text: object) -> str:
    """A kept English sentence in the reader's language."""
    return words.told(str(text or ""), _)


def markdown(text: object) -> SafeString:
    """Markdown as HTML: no raw HTML, no pictures from other hosts, no scripts in links, no trace of us in them."""
    reader = _reader()
    drawn = reader.renderer.render(_lowered(reader.parse(str(text or ""))), reader.options, {})
    cleaned = nh3.clean(
        drawn, tags=TAGS, attributes=ATTRIBUTES, attribute_filter=_kept, link_rel="noopener noreferrer nofollow",
        url_schemes={"http", "https", "mailto", "tel"}, strip_comments=True,
    )  # fmt: skip
    return mark_safe(cleaned)  # noqa: S308 -- cleaned above


def plain(text: object) -> str:
    """The words of a Markdown text on one line, for a preview, a title or a feed."""
    bare = nh3.clean(re.sub(r"</(p|h\d|li|td|th)>", " ", str(markdown(text))), tags=set())
    return " ".join(html.unescape(bare).split())


def rounded(value: float, places: int) -> str:
    """Django's own format cuts the rest off; a reader expects the nearest."""
    return formats.number_format(round(value, places), places)


def percent(share: float | None, places: int = 0) -> str:
    """0.425 as “43 %”; nothing for ``None``."""
    return "" if share is None else f"{rounded(100 * share, places)}\u00a0%"


def human_size(size: int | None) -> str:
    """Bytes as a person says them: “640 bytes”, “12 KB”, “3.4 MB”."""
    if size is None:
        return ""
    if size < 1000:
        return _("%(n)s bytes") % {"n": size}
    value, unit = next(
        ((size / step, unit) for step, unit in [(10**9, "GB"), (10**6, "MB")] if size >= step), (size / 1000, "KB")
    )
    return f"{rounded(value, 1 if value < 10 and unit != 'KB' else 0)}\u00a0{unit}"
