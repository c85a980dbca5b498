"""Words: the glossary, the READMEs, and what must not stand in a public repository."""

import importlib
import re
from importlib.util import find_spec

import pytest
from django.apps import apps

from booster.config.rooms import ROOMS
from booster.kit.facts import Kind
from tests.house.reading import HOUSE, PLAIN_ROOMS, ROOT, imports, own_files, words

TEXTS = re.compile(r"\.(py|md|toml|txt|html|css|m?js|json|ya?ml|cfg|sh|service|svg|csv)$|^[^.]+$")
EVERYTHING = [
    path for path in own_files("*", below=ROOT, leave_out=()) if TEXTS.search(path.name) and path.stat().st_size < 2**20
]
PRIVATE = re.compile("/wo" r"rk/|/ro" r"ot/|(?<!" r"\w)/ho" r"me/[a-z]+/|\.py" r"env|/bash_" "jobs")
REGISTRIES = re.compile(
    "py" r"pi\.org|python" r"hosted\.org|npm" r"js\.org|deb\.deb" r"ian\.org|crates\.io|--(?:extra-)?ind" "ex-url"
)


def models_of(room: str) -> list[str]:
    return sorted(model.__name__ for model in apps.get_app_config(room).get_models())


def facts_of(room: str) -> list[str]:
    if not find_spec(f"booster.{room}.facts"):
        return []
    facts = importlib.import_module(f"booster.{room}.facts")
    return sorted(kind.name.split(".")[1] for kind in vars(facts).values() if isinstance(kind, Kind))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_it_is_for_on_less_than_a_page(room: str) -> None:
    assert 3 <= len((HOUSE / room / "README.md").read_text().splitlines()) <= 40


@pytest.mark.parametrize("room", PLAIN_ROOMS)
def test_a_room_names_its_words_facts_and_neighbours(room: str) -> None:
    text = (HOUSE / room / "README.md").read_text()
    used = {other for path in own_files("*.py", below=HOUSE / room) for other, _ in imports(path)}
    unsaid = [name for name in models_of(room) if name not in text]
    unsaid += [fact for fact in facts_of(room) if fact not in text.lower().replace(" ", "_")]
    unsaid += [other for other in sorted(used & set(PLAIN_ROOMS) - {room}) if other not in text]
    assert unsaid == []


@pytest.mark.parametrize("room", PLAIN_ROOMS)
def test_every_model_is_a_word_of_the_glossary(room: str) -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text().lower()
    assert [name for name in models_of(room) if " ".join(words(name)) not in glossary] == []


def test_nothing_private_stands_in_the_repository() -> None:
    texts = {str(path.relative_to(ROOT)): path.read_text(errors="replace") for path in EVERYTHING}
    assert {name: found for name, text in texts.items() if (found := PRIVATE.findall(text))} == {}
    assert {name: found for name, text in texts.items() if (found := REGISTRIES.findall(text))} == {}


def test_every_decision_has_a_number_of_its_own() -> None:
    pages = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("0*.md"))
    assert [int(name[:4]) for name in pages] == list(range(1, len(pages) + 1))
