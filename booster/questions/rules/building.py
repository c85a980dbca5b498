"""Changing a form's definition: each function takes the list of sections and answers a new one. Pure.

Places are addressed by keys; a key that is not there raises ``NoSuchPart``.
"""

import re
import unicodedata
from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from typing import Any

Sections = list[dict[str, Any]]


class NoSuchPart(LookupError):
    """The section or question has gone, most likely because somebody else removed it."""


def key_for(label: str, taken: set[str], fallback: str) -> str:
    """A key made from a label that no other part has yet: "Which one?" gives ``which_one``."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].strip("_")
    stem = stem if stem[:1].isalpha() else fallback
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}_{number}"
    return key


def question_keys(sections: Sections) -> set[str]:
    return {question["key"] for section in sections for question in section.get("questions", [])}


def section_keys(sections: Sections) -> set[str]:
    return {section["key"] for section in sections}


def find_section(sections: Sections, key: str) -> dict[str, Any]:
    for section in sections:
        if section["key"] == key:
            return section
    raise NoSuchPart(key)


def find_question(sections: Sections, key: str) -> tuple[dict[str, Any], int]:
    """The section that holds a question, and the question's place in it."""
    for section in sections:
        for place, question in enumerate(section.get("questions", [])):
            if question["key"] == key:
                return section, place
    raise NoSuchPart(key)


def add_section(sections: Sections, values: dict[str, Any]) -> Sections:
    new = deepcopy(sections)
    key = key_for(values.get("title", ""), section_keys(new), "section")
    return [*new, {"key": key, "questions": [], **_filled(values)}]


def change_section(sections: Sections, key: str, values: dict[str, Any]) -> Sections:
    """``values`` replace what the section says; an empty value takes the setting away."""
    new = deepcopy(sections)
    section = find_section(new, key)
    section.update(values)
    _drop_empty(section, keep=("key", "title", "questions"))
    return new


def remove_section(sections: Sections, key: str) -> Sections:
    find_section(sections, key)
    return [deepcopy(section) for section in sections if section["key"] != key]


def move_section(sections: Sections, key: str, step: int) -> Sections:
    """``step`` −1 up, +1 down; at the edge nothing moves."""
    new = deepcopy(sections)
    place = next((n for n, section in enumerate(new) if section["key"] == key), None)
    if place is None:
        raise NoSuchPart(key)
    _swap(new, place, place + step)
    return new


def add_question(sections: Sections, section_key: str, values: dict[str, Any]) -> Sections:
    new = deepcopy(sections)
    section = find_section(new, section_key)
    key = key_for(values.get("label", ""), question_keys(new), "question")
    section.setdefault("questions", []).append({"key": key, **_filled(values)})
    return new


def change_question(sections: Sections, key: str, values: dict[str, Any]) -> Sections:
    """``values`` replace the question's settings; an empty value takes the setting away. The key never changes, for
    answers hang on it."""
    new = deepcopy(sections)
    section, place = find_question(new, key)
    question = section["questions"][place]
    question.update(values)
    question["key"] = key
    _drop_empty(question, keep=("key", "kind", "label"))
    return new


def remove_question(sections: Sections, key: str) -> Sections:
    new = deepcopy(sections)
    section, place = find_question(new, key)
    del section["questions"][place]
    return new


def move_question(sections: Sections, key: str, step: int) -> Sections:
    """One place up or down; at the edge of its section it goes over into the neighbouring one."""
    new = deepcopy(sections)
    section, place = find_question(new, key)
    questions = section["questions"]
    if 0 <= place + step < len(questions):
        _swap(questions, place, place + step)
        return new
    neighbour = new.index(section) + step
    if 0 <= neighbour < len(new):
        question = questions.pop(place)
        others = new[neighbour].setdefault("questions", [])
        others.insert(len(others) if step < 0 else 0, question)
    return new


def order_questions(sections: Sections, section_key: str, keys: list[str]) -> Sections:
    """The questions of a section in the order of ``keys``; those not named follow as they stood."""
    new = deepcopy(sections)
    section = find_section(new, section_key)
    places = {key: n for n, key in enumerate(keys)}
    section["questions"] = sorted(section.get("questions", []), key=lambda q: places.get(q["key"], len(places)))
    return new


def shifted(sections: Sections, shift: Callable[[datetime], datetime]) -> Sections:
    """The same form with its moments moved, for a copy in another edition."""
    new = deepcopy(sections)
    for section in new:
        for question in section.get("questions", []):
            for name in ("required_after", "frozen_after"):
                if question.get(name):
                    question[name] = shift(datetime.fromisoformat(question[name])).isoformat()
    return new


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _drop_empty(part: dict[str, Any], keep: tuple[str, ...]) -> None:
    for name in [name for name, value in part.items() if name not in keep and value in (None, "", [], {}, False)]:
        del part[name]


def _swap(items: list[Any], one: int, other: int) -> None:
    if 0 <= other < len(items):
        items[one], items[other] = items[other], items[one]
