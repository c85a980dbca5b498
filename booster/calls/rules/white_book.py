"""The checklists of a form kept in step with the white book. Pure."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from booster.questions.rules.building import NoSuchPart, Sections, find_question, key_for, section_keys


def in_step_with_white_book(
    sections: Sections, parts: dict[str, list[tuple[str, str]]], title: str, ask: Callable[..., Any]
) -> Sections:
    """The checklists of a form brought into step with the white book: ``parts`` is {section of the book: [(key,
    text)]}.

    A checklist whose lines belong to a part keeps its wording and gets the part's lines; a part without a checklist
    gets one, made by ``ask(part, lines)``, in the section that holds the others, or in a new one called ``title``.
    """
    new = deepcopy(sections)
    made = {name: ask(name, lines) for name, lines in parts.items() if lines}
    home = next((s for s in new for q in s.get("questions", []) if q["kind"] == "checklist"), None)
    gone = {q["key"] for s in new for q in s.get("questions", []) if q["kind"] == "checklist"} - {
        q["key"] for q in made.values()
    }
    for section in new:
        section["questions"] = [
            q for q in section.get("questions", []) if q["key"] not in gone or not q["key"].startswith("book_")
        ]
    for question in made.values():
        try:
            section, place = find_question(new, question["key"])
            section["questions"][place]["options"] = question["options"]
        except NoSuchPart:
            if home is None:
                home = {"key": key_for(title, section_keys(new), "section"), "title": title, "questions": []}
                new.append(home)
            home["questions"].append(question)
    return new
