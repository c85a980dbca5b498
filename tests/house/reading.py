"""What the house tests read: files, syntax trees, imports, words."""

import ast
import os
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from booster.config.rooms import ROOMS

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "booster"
TOOLS = ("kit", "ui")  # rooms without words of the academy: their files may have names of their own
PLAIN_ROOMS = [room for room in ROOMS if room not in TOOLS]
PUBLIC = {"models", "states", "rules", "facts", "access", "queries", "actions"}
ALSO_PUBLIC = {("questions", "forms")}  # docs/decisions/0014: how a question is drawn is the same for every room
NAMES = PUBLIC | {"apps", "forms", "letters", "views", "api", "tasks", "reactions", "inlets", "admin", "urls"}
FOLDERS = NAMES | {"templates", "static", "tests", "migrations", "management", "locale"}
LEFT_OUT = {"node_modules", "__pycache__", "data", "vendor"}


def own_files(pattern: str, *, below: Path = HOUSE, leave_out: tuple[str, ...] = ("tests", "migrations")) -> list[Path]:
    """Files of ours whose name fits the pattern, sorted; what others made (vendor, packages) is left out."""
    away, found = LEFT_OUT | set(leave_out), []
    for where, folders, names in os.walk(below):
        folders[:] = [name for name in folders if name not in away and (not name.startswith(".") or name == ".ci")]
        found += [Path(where) / name for name in names if fnmatch(name, pattern)]
    return sorted(found)


def each(paths: list[Path]) -> Any:
    """Parametrize over files, named by their place; a pattern that finds nothing is no failure."""
    return pytest.mark.parametrize("path", [pytest.param(path, id=str(path.relative_to(ROOT))) for path in paths])


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def room_of(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0]


def kind_of(path: Path) -> str:
    """Which of the known names a file belongs to: ``actions`` for actions.py and for actions/letters.py."""
    parts = path.relative_to(HOUSE).parts
    return Path(parts[1]).stem if len(parts) > 1 else Path(parts[0]).stem


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """(room, file) of every import of a file of the house; the file is empty for the room itself."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names = [alias.name.split(".") for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [[*(node.module or "").split("."), alias.name] for alias in node.names]
        else:
            continue
        for parts in names:
            if parts[0] == "booster" and len(parts) > 1:
                yield parts[1], parts[2] if len(parts) > 2 else ""


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """(last word of what is called, the call)."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", "")), node


def functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in tree(path).body if isinstance(node, ast.FunctionDef)]


def classes(path: Path) -> list[ast.ClassDef]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef)]


def words(name: str) -> list[str]:
    """The words of a name: ``FormVersion`` and ``form_version`` both give form, version."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)]


def line_count(path: Path) -> int:
    return path.read_text().count("\n")
