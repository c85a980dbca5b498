"""The demo read in a language made for the test: what stands in English there was never marked for translation."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import pytest
from django.apps import apps
from django.conf import settings as house
from django.db import models
from django.utils import translation
from django.utils.translation import trans_real

import booster
from booster.people.models import Person
from booster.people.rules.regions import BY_CODE
from booster.ui.templatetags import moments, speaking
from tests.test_demo import CAST, demo, walk_of  # noqa: F401 -- pytest finds the fixture here

pytestmark = pytest.mark.django_db

HOUSE = Path(booster.__file__).parent
LANGUAGE = "mt"  # any of the 24: its catalogue is put aside while the test runs
MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[A-Za-z][a-z]{2,}")
SHOWN = ("alt", "aria-label", "placeholder", "title")
KEPT = (moments._in_place, speaking._choice)  # pieces of pages that are kept by language
SILENT = ("script", "style", "code", "pre")
ALLOWED = re.compile(
    r"""<iframe\ .*  # a line to copy
    | English  # a language by its own name
    | (ADEME|UK\ Department|conversion\ factors|greenhouse|contrails|as\ published).*  # sources
    | Contribution\ ID | Language | Last\ update | Submitted | Title  # columns of a file that is taken in
    | .*… | .*;.*  # a text of the call, cut; several options of a question
    | \d{3}-\d{5}\ .*  # an application by its reference and its name
    | [VP]\d\d-\d.*  # an invented offer
    | [^<]+\ <\S+@\S+>  # a person with an address
    | ⟦yes  # one of several words in one text
    """,
    re.VERBOSE,
)


class Bracketed(trans_real.DjangoTranslation):
    """A catalogue that says everything, in brackets."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self.plural = lambda n: int(n != 1)

    def gettext(self, message: str) -> str:
        return f"⟦{message.rpartition(chr(4))[2]}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture
def bracketed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(trans_real._translations, LANGUAGE, Bracketed(LANGUAGE))
    for kept in KEPT:
        kept.cache_clear()
    with translation.override("en"):  # a page leaves its language behind
        yield
    for kept in KEPT:
        kept.cache_clear()


@cache
def has_own_name(value: str) -> bool:
    """An option of a language by its own name, a time zone, a region. Kept: zones are read from the disk each time."""
    return value in dict(house.LANGUAGES) or value in available_timezones() or value in BY_CODE


class Texts(HTMLParser):
    """What a page shows and what is read out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0
        self.own_name = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        self.found += [value for name, value in attrs if name in SHOWN and value]

        self.own_name = tag == "option" and has_own_name(dict(attrs).get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT
        self.own_name = False

    def handle_data(self, data: str) -> None:
        if not self.silent and not self.own_name:
            self.found.append(data)


def told_by_rows() -> str:
    """Every text that stands in the database: people wrote it, and it is shown as it is."""
    kept: set[str] = set()
    for one in (one for model in apps.get_models() for one in model._meta.concrete_fields):
        if isinstance(one, models.CharField | models.TextField | models.JSONField):
            kept.update(map(str, one.model._default_manager.values_list(one.attname, flat=True).distinct()))
    return " ".join(" ".join(kept).split())


def unmarked(page: str, rows: str) -> Iterator[str]:
    for text in Texts(page).found:
        bare = text
        while MARKED.search(bare):  # one may stand in another
            bare = MARKED.sub("\n", bare)
        for piece in (" ".join(piece.split()) for piece in re.split(r"[\n·|()]|, |: ", bare)):
            if WORD.search(piece) and not ALLOWED.fullmatch(piece) and piece.strip(" ,.;“”–-") not in rows:
                yield piece


def test_a_text_that_is_not_marked_is_found():
    page = '<p>⟦Open until ⟦Monday⟧⟧, Harbour Hall</p><p title="Close it">⟦Yes⟧</p><script>let word</script>'
    assert list(unmarked(page, "Harbour Hall")) == ["Close it"]


def letters() -> list[Path]:
    return sorted(path for path in HOUSE.rglob("letters/*.txt") if "templates" in path.parts)


def outside_of_marks(letter: str) -> str:
    """What a template of a letter says in English to everybody."""
    marked = re.sub(r"\{% (blocktranslate|comment)\b.*?%\}.*?\{% end\1 %\}|\{#.*?#\}", "", letter, flags=re.DOTALL)
    return re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", marked)


def test_every_text_of_a_letter_is_marked():
    assert len(letters()) > 50
    left = {path.relative_to(HOUSE).as_posix(): WORD.findall(outside_of_marks(path.read_text())) for path in letters()}
    assert {name: words for name, words in left.items() if words} == {}


@pytest.mark.parametrize("name", ["", *CAST])
def test_every_text_is_marked(demo: Any, name: str, bracketed: None, settings: Any) -> None:  # noqa: F811 -- as above
    settings.BOOSTER_DEMO = True
    Person.objects.update(language="")
    rows, left, walk = told_by_rows(), {}, walk_of(name)
    walk.client.defaults["HTTP_ACCEPT_LANGUAGE"] = LANGUAGE
    for address, kind in walk.go("/", "/my/", "/calls/").opened.items():
        response = walk.client.get(address, follow=True)
        if response.get("Content-Type", "").startswith("text/html"):
            left.update(dict.fromkeys(unmarked(response.content.decode(), rows), kind))
    assert left == {}
