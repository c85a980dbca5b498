"""How each kind of question is drawn and read back: what a browser sends becomes what ``questions.rules`` takes."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from booster.kit import plain
from booster.kit.words import N_
from booster.people.rules import countries, regions
from booster.questions.rules.files import EVIDENCE, KINDS, UPLOAD
from booster.questions.rules.questions import PARTS, REPLIES, TABLES, Question, progress, raw_of

INPUT = {
    "number": "numeric",
    "decimal": "decimal",
    "latitude": "decimal",
    "longitude": "decimal",
    "link": "url",
    "email": "email",
}
TYPES = {"email": "email", "date": "date"}
Choices = list[tuple[str, str]]


def country_choices() -> Choices:
    pairs = [(code, _(countries.name(code))) for code in countries.all_codes()]
    pairs.sort(key=lambda pair: plain.fold(pair[1]))
    europe = [pair for pair in pairs if pair[0] in countries.EUROPE]
    return [("", "—"), *europe, *(pair for pair in pairs if pair[0] not in countries.EUROPE)]


def region_choices(country: str) -> Choices:
    return [(region.code, region.name) for region in regions.regions_of(country)] if country else []


class Plain(forms.TextInput):
    """One line; shows what was typed, also where it is not a number."""

    def __init__(self, kind: str, autocomplete: str = "", look_up: str = "") -> None:
        attrs = {"autocomplete": autocomplete} if autocomplete else {}
        if kind in INPUT:
            attrs["inputmode"] = INPUT[kind]
        super().__init__(attrs)
        self.input_type = TYPES.get(kind, "text")
        self.look_up = look_up

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if self.look_up:
            self.template_name = "questions/widgets/look_up.html"
            context["look_up"] = self.look_up
        return context

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, float):
            return f"{value:g}" if abs(value) < 1e6 else f"{value:.2f}".rstrip("0").rstrip(".")
        return None if value is None else str(value)


class YesNo(forms.RadioSelect):
    def __init__(self) -> None:
        super().__init__(choices=[("yes", _("Yes")), ("no", _("No"))])

    def format_value(self, value: Any) -> list[str]:
        return [{True: "yes", False: "no"}.get(value, str(value or ""))]


class Tick(forms.CheckboxInput):
    """A consent: given or not."""

    def __init__(self) -> None:
        super().__init__(
            attrs={"value": "yes"}, check_test=lambda value: isinstance(value, Mapping) and value.get("given") is True
        )

    def format_value(self, value: Any) -> str:
        return "yes"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name, "")


class Region(forms.Select):
    """Regions of the country that is chosen in the question before; other text that stands there stays."""

    template_name = "questions/widgets/region.html"

    def __init__(self, country: str) -> None:
        super().__init__(
            choices=[("", _("Choose the country first") if not country else "—"), *region_choices(country)]
        )

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        if value and value not in {code for code, _name in self.choices}:
            self.choices = [*self.choices, (value, regions.BY_CODE[value].name if value in regions.BY_CODE else value)]
        return super().get_context(name, value, attrs)


class Composite(forms.Widget):
    """Several inputs that are one answer. ``cells`` lays them out, ``raw_of`` reads them back."""

    use_fieldset = True

    def __init__(self, question: Question, links: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.question, self.links = question, links or {}

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        getlist: Callable[[str], list[str]] = getattr(data, "getlist", None) or (
            lambda key: [data[key]] if key in data else []
        )
        return raw_of(self.question, getlist)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        return {**context, "name": name, "id": context["widget"]["attrs"].get("id", name), **self.cells(name, value)}

    def cells(self, name: str, value: Any) -> dict[str, Any]:
        raise NotImplementedError


def upload(name: str, label: str, value: Any, accept: str) -> dict[str, Any]:
    """A box for one file in a line: the one that is there, and where another is put."""
    file = value if isinstance(value, Mapping) and "id" in value else None
    picture = bool(file) and str(file["name"]).rpartition(".")[2].lower() in KINDS["pictures"].endings
    return {
        "name": name, "label": label, "upload": f"{name}{UPLOAD}", "accept": accept, "file": file, "picture": picture,
    }  # fmt: skip


def cell(column: Any, name: str, value: Any) -> dict[str, Any]:
    """One input of a line: its name, its label and how it is filled in."""
    if column.kind == "file":
        return upload(name, _(column.label), value, KINDS[column.files].accept)
    options: Choices = [("", "—"), *((v, _(label)) for v, label in column.options)]
    if column.kind == "country":
        options = country_choices()
    if column.kind == "yes_no":
        options = [("", "—"), ("yes", _("Yes")), ("no", _("No"))]
        value = {True: "yes", False: "no"}.get(value, value)
    shown = f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else value
    return {
        "name": name,
        "label": _(column.label),
        "value": "" if shown is None else str(shown),
        "options": options if len(options) > 1 else [],
        "type": TYPES.get(column.kind, "text"),
        "inputmode": INPUT.get(column.kind, ""),
        "needed": column.needed,
        "wide": column.kind in ("text", "link"),
    }


class Parts(Composite):
    """A person, an organisation, a place."""

    template_name = "questions/widgets/parts.html"

    def cells(self, name: str, value: Any) -> dict[str, Any]:
        given = value if isinstance(value, Mapping) else {}
        return {
            "cells": [cell(c, f"{name}-{c.name}", given.get(c.name)) for c in PARTS[self.question.kind]],
            "look_up": self.links.get("organisations", "") if self.question.kind == "organisation" else "",
        }


class Rows(Composite):
    """A table of lines: rooms, dates, costs, partners, hotels; one empty line more, so it works without scripts."""

    template_name = "questions/widgets/rows.html"
    ADD = {
        "rooms": N_("Add a room"),
        "dates": N_("Add a date"),
        "budget": N_("Add a line"),
        "partners": N_("Add a partner"),
        "hotels": N_("Add a hotel"),
    }

    def cells(self, name: str, value: Any) -> dict[str, Any]:
        lines = [line for line in value if isinstance(line, Mapping)] if isinstance(value, list) else []
        columns = TABLES[self.question.kind]
        shown = [*lines, {}]
        return {
            "rows": [
                [cell(c, f"{name}-{n}-{c.name}", line.get(c.name)) for c in columns] for n, line in enumerate(shown)
            ],
            "blank": [cell(c, f"{name}-__n__-{c.name}", None) for c in columns],
            "count": len(shown),
            "most": int(self.question.maximum or 60),
            "add": _(self.ADD[self.question.kind]),
            "links": self.links,
        }


class Checklist(Composite):
    template_name = "questions/widgets/checklist.html"

    def cells(self, name: str, value: Any) -> dict[str, Any]:
        given = value if isinstance(value, Mapping) else {}
        lines = []
        for option in self.question.options:
            line = given.get(option.value)
            line = line if isinstance(line, Mapping) else {}
            lines.append(
                {
                    "name": f"{name}-{option.value}",
                    "label": option.label,
                    "answer": line.get("answer", ""),
                    "remark": line.get("remark", ""),
                    "file": upload(f"{name}-{option.value}-file", _("Evidence"), line.get("file"), EVIDENCE.accept),
                }
            )
        done, every = progress([self.question], {self.question.key: value})
        replies = [(v, _(label)) for v, label in REPLIES]
        return {
            "lines": lines, "replies": replies, "done": done, "every": every, "open": every - done,
            "evidence": self.question.evidence, "reasons": self.question.reasons, "links": self.links,
        }  # fmt: skip


class Ranking(Composite):
    """A place for each option, chosen from a list: by mouse, by key, without scripts."""

    template_name = "questions/widgets/ranking.html"

    def cells(self, name: str, value: Any) -> dict[str, Any]:
        order = [v for v in value if isinstance(v, str)] if isinstance(value, list) else []
        places = {v: str(n) for n, v in enumerate(order, start=1)}
        ranked = sorted(self.question.options, key=lambda o: int(places.get(o.value, 999)))
        return {
            "lines": [
                {"name": f"{name}-{o.value}", "label": o.label, "place": places.get(o.value, "")} for o in ranked
            ],
            "numbers": [str(n) for n in range(1, len(self.question.options) + 1)],
        }


class Files(Composite):
    """The files that are there, each to be opened or removed, and a box for more."""

    template_name = "questions/widgets/files.html"
    needs_multipart_form = True

    def __init__(self, question: Question, links: Mapping[str, str] | None = None, accept: str = "") -> None:
        super().__init__(question, links)
        self.accept = accept

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return None  # files go their own way, see views.files

    def cells(self, name: str, value: Any) -> dict[str, Any]:
        there = [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
        return {"files": there, "links": self.links, "accept": self.accept, "several": self.question.several}
