"""Rooms: known file names, public files, who writes, who reads the clock, how large things are."""

import ast
import inspect
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLResolver, get_resolver

from booster.config.rooms import ROOMS
from tests.house.reading import (
    ALSO_PUBLIC,
    FOLDERS,
    HOUSE,
    NAMES,
    PLAIN_ROOMS,
    PUBLIC,
    ROOT,
    calls,
    classes,
    each,
    functions,
    imports,
    kind_of,
    line_count,
    own_files,
    room_of,
    tree,
    words,
)

NOT_A_NAME = {
    *("util", "utils", "helper", "helpers", "common", "core", "base", "manager", "service", "handler"),
    *("data", "info", "misc"),
}
ALWAYS_WRITE = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
WRITE_WITHOUT_ARGUMENT = {"save", "delete", "update"}  # image.save(file) and cache.delete(key) are no such thing
READ_THE_CLOCK = {"now", "utcnow", "today", "localdate", "localtime"}
MAY_READ_THE_CLOCK = {"views", "api", "tasks", "inlets", "management", "admin"}  # the doors


@pytest.mark.parametrize("room", PLAIN_ROOMS)
def test_a_room_holds_only_files_that_everybody_knows(room: str) -> None:
    inside = [path for path in (HOUSE / room).iterdir() if not path.name.startswith(("__", "."))]
    strange = [path.name for path in inside if path.suffix == ".py" and path.stem not in NAMES]
    folders = [path for path in inside if path.is_dir() and path.name not in FOLDERS]
    strange += [path.name for path in folders if [code for code in path.rglob("*.py") if code.name != "__init__.py"]]
    assert strange == []


def test_every_folder_of_the_house_is_a_room_or_known() -> None:
    folders = {path.name for path in HOUSE.iterdir() if path.is_dir() and not path.name.startswith("__")}
    assert folders - set(ROOMS) == {"craft", "config", "locale"}


@each(own_files("*.py"))
def test_a_room_uses_only_public_files_of_another(path: Path) -> None:
    here = room_of(path)
    used = {(room, file) for room, file in imports(path) if room in PLAIN_ROOMS and room != here}
    if here == "config":  # the roof serves and works: it may start what a room offers as a program
        used -= {(room, "tasks") for room, _ in used}
    if "management" in path.parts:
        used -= {(room, file) for room, file in used if file in {"tasks", "letters"}}
    assert {pair for pair in used - ALSO_PUBLIC if pair[1] not in PUBLIC} == set()


@each([path for path in own_files("*.py") if kind_of(path) != "actions"])
def test_only_actions_write(path: Path) -> None:
    if path == HOUSE / "kit" / "moves.py":
        return
    assert [f"line {call.lineno}: {name}" for name, call in calls(path) if _is_a_write(name, call)] == []


def _is_a_write(name: str, call: ast.Call) -> bool:
    """A session that saves itself is not a row that we write."""
    if not isinstance(call.func, ast.Attribute):
        return False
    session = isinstance(call.func.value, ast.Attribute) and call.func.value.attr == "session"
    return name in ALWAYS_WRITE or (name in WRITE_WITHOUT_ARGUMENT and not call.args and not session)


@each([path for path in own_files("*.py") if room_of(path) != "config"])
def test_nobody_writes_past_the_models(path: Path) -> None:
    texts = [node.value for node in ast.walk(tree(path)) if isinstance(node, ast.Constant)]
    assert [
        text
        for text in texts
        if isinstance(text, str) and text.lstrip().startswith(("INSERT INTO", "UPDATE ", "DELETE FROM"))
    ] == []


def views() -> list[Any]:
    """(address, view) of every door of ours that the addresses lead to."""
    found, waiting = [], [("/", pattern) for pattern in get_resolver().url_patterns]
    while waiting:
        before, pattern = waiting.pop()
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            waiting += [(address, inner) for inner in pattern.url_patterns]
        elif inspect.unwrap(pattern.callback).__module__.startswith("booster."):
            found.append(pytest.param(pattern.callback, id=address))
    return found


@pytest.mark.parametrize("view", views())
def test_every_view_names_its_verb_and_stays_short(view: Any) -> None:
    inside = inspect.unwrap(view)
    room = inside.__module__.split(".")[1]
    room_of_verb = getattr(view, "verb", "nobody.said").split(".")[0]
    assert room_of_verb in ROOMS[: ROOMS.index(room) + 1]  # its own, or that of a room below
    lines = next(one for one in functions(Path(inspect.getsourcefile(inside) or "")) if one.name == inside.__name__)
    assert (lines.end_lineno or 0) - lines.lineno < 25


@each([path for path in own_files("*.py") if kind_of(path) == "actions"])
def test_an_action_says_who_and_when(path: Path) -> None:
    """Public functions that open a transaction take ``by`` and ``at`` by keyword."""
    for action in functions(path):
        marks = {getattr(one, "attr", "") for one in action.decorator_list}
        if action.name.startswith("_") or "atomic" not in marks:
            continue
        named = {arg.arg for arg in action.args.kwonlyargs}
        assert {"by", "at"} <= named, f"{action.name} lacks {sorted({'by', 'at'} - named)}"


@each([path for path in own_files("*.py") if room_of(path) not in {"config", "kit", "ui"}])
def test_the_clock_is_read_only_at_the_doors(path: Path) -> None:
    if kind_of(path) in MAY_READ_THE_CLOCK or path == HOUSE / "people" / "forms.py":  # allauth saves its form by itself
        return
    assert [f"line {call.lineno}: {name}()" for name, call in calls(path) if reads_the_clock(name, call)] == []


def reads_the_clock(name: str, call: ast.Call) -> bool:
    """``localtime(moment)`` only turns a moment round; ``localtime()`` asks what time it is."""
    return name in READ_THE_CLOCK and (not call.args or name == "now")


@each([ROOT / "run.py", *own_files("*.py", below=ROOT / "workshop"), *own_files("*.py")])
def test_no_file_outgrows_its_room(path: Path) -> None:
    assert line_count(path) <= 400


def test_the_tools_stay_small() -> None:
    assert sum(line_count(path) for path in own_files("*.py", below=HOUSE / "kit")) <= 1600


def test_the_settings_fit_on_one_page() -> None:
    assert line_count(HOUSE / "config" / "settings.py") <= 250


@each(own_files("*.py", leave_out=("migrations",)))
def test_names_mean_something(path: Path) -> None:
    own = [path.stem, *(node.name for node in classes(path) if not _is_djangos(node))]
    assert [name for name in own if NOT_A_NAME & set(words(name))] == []


def _is_djangos(node: ast.ClassDef) -> bool:
    """A manager of Django is called a manager."""
    return any("Manager" in ast.unparse(one) for one in node.bases)


@each(own_files("*.py", below=HOUSE / "kit"))
def test_the_tools_know_no_word_of_the_academy(path: Path) -> None:
    academy = {"academy", "edition", "cohort", "venue", "evaluator", "applicant", "participant", "seat"}
    names = {node.id for node in ast.walk(tree(path)) if isinstance(node, ast.Name)}
    assert {name for name in names if academy & set(words(name))} == set()
