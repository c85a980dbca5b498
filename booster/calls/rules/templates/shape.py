"""What a template of a call is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from booster.calls.rules.gates import Gate


@dataclass(frozen=True, slots=True)
class CriterionOf:
    key: str
    title: str
    text: str
    weight: int  # all weights of a call together make 100
    minimum: float | None  # of 0-5
    anchors: Mapping[str, str]  # what a mark stands for: "0", "3", "5"
    question_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RequirementOf:
    section: str
    key: str
    text: str
    level: str  # must | should | may
    criterion: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    kind: str  # venues | participants
    title: str
    summary: str
    body: str
    offered: str
    expected: str
    sections: list[dict[str, Any]]
    criteria: tuple[CriterionOf, ...]
    gates: tuple[Gate, ...]
    requirements: tuple[RequirementOf, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)  # further columns of the call


def ask(key: str, kind: str, label: str, hint: str = "", **more: Any) -> dict[str, Any]:
    """A question as the form language writes it; ``options`` may be given as {value: label}."""
    options = more.pop("options", None)
    if options:
        more["options"] = [{"value": value, "label": text} for value, text in options.items()]
    return {"key": key, "kind": kind, "label": label, **({"hint": hint} if hint else {}), **more}


def words(most: int) -> dict[str, Any]:
    return {"unit": "words", "most": most}


def characters(most: int) -> dict[str, Any]:
    return {"unit": "characters", "most": most}
