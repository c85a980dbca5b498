"""What files are judged by, edited as rows: criteria, conditions, white book."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from booster.calls.forms.calls import Plain
from booster.calls.models import Requirement
from booster.calls.rules import gates
from booster.calls.rules.templates import CriterionOf, RequirementOf
from booster.kit import plain
from booster.questions.rules import building


class CriterionRow(Plain):
    """One criterion; the row without a title is left out."""

    key = forms.SlugField(max_length=40, required=False, widget=forms.HiddenInput)
    title = forms.CharField(max_length=200, required=False, label=_("Criterion"))
    weight = forms.DecimalField(
        required=False, min_value=Decimal("0.01"), max_value=100, max_digits=5, decimal_places=2, label=_("Weight")
    )
    minimum = forms.DecimalField(
        required=False, min_value=0, max_value=5, max_digits=2, decimal_places=1, label=_("Minimum of 5")
    )
    text = forms.CharField(
        required=False, max_length=1000, label=_("What it looks at"), widget=forms.Textarea(attrs={"rows": 2})
    )
    anchors = forms.CharField(
        required=False,
        max_length=3000,
        label=_("What a mark stands for"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One line each, such as “3: a clear goal”."),
    )
    place = forms.IntegerField(required=False, min_value=0, max_value=99, label=pgettext_lazy("in an order", "Place"))

    def clean_anchors(self) -> dict[str, str]:
        found = {}
        for line in plain.clean(self.cleaned_data["anchors"]).splitlines():
            mark, _colon, text = line.partition(":")
            if not line.strip():
                continue
            if not _is_mark(mark.strip()) or not text.strip():
                raise forms.ValidationError(
                    _("“%(line)s” does not begin with a mark from 0 to 5 and a colon.") % {"line": line}
                )
            found[mark.strip()] = text.strip()
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("title") and not cleaned.get("weight") and "weight" not in self.errors:
            self.add_error("weight", _("A criterion needs a weight."))
        return cleaned


def _is_mark(text: str) -> bool:
    return text in {f"{n / 2:g}" for n in range(11)}


class Rows(forms.BaseFormSet):
    """Rows in which empty ones are left out; ``place`` orders them, and ties stay as they stood."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Take this out")

    def filled(self, name: str = "title") -> list[dict[str, Any]]:
        rows = [f.cleaned_data for f in self.forms if f.cleaned_data.get(name) and not f.cleaned_data.get("DELETE")]
        return sorted(rows, key=lambda row: row.get("place") if row.get("place") is not None else 99)


class Criteria(Rows):
    def clean(self) -> None:
        if any(self.errors):
            return
        titles = [row["title"] for row in self.filled()]
        if len(set(titles)) < len(titles):
            raise forms.ValidationError(_("Two criteria have the same title."))

    def wanted(self, known: dict[str, list[str]]) -> list[CriterionOf]:
        """The criteria as typed; ``known`` are the question keys by the key of a criterion."""
        taken: set[str] = set()
        found = []
        for row in self.filled():
            key = row["key"] or building.key_for(row["title"], taken | set(known), "criterion")[:40]
            taken.add(key)
            found.append(
                CriterionOf(
                    key,
                    row["title"],
                    row["text"],
                    row["weight"],
                    row["minimum"],
                    row["anchors"],
                    tuple(known.get(key, ())),
                )
            )
        return found


CriteriaRows = forms.formset_factory(
    CriterionRow, formset=Criteria, extra=1, can_delete=True, max_num=20, validate_max=True
)


class GateRow(Plain):
    """One condition, of a kind that gates know, with its settings in words."""

    code = forms.CharField(max_length=60, required=False, label=_("Reason code"))
    message = forms.CharField(max_length=300, required=False, label=_("What the applicant is told"))
    kind = forms.ChoiceField(
        required=False,
        label=_("Condition"),
        choices=[
            ("in_time", _("Sent in time")),
            ("yes", _("A question is answered with yes")),
            ("all_yes", _("Several questions are answered with yes")),
            ("consent", _("A statement is agreed to")),
            ("usable_email", _("A letter can reach the address")),
            ("at_least", _("A number is large enough")),
            ("country_in", _("The country belongs to a group")),
            ("room_at_least", _("A room has enough seats")),
            ("answered", _("A question is answered at all")),
        ],
    )
    questions = forms.CharField(
        required=False, max_length=300, label=_("Question keys"), help_text=_("Parted by commas.")
    )
    number = forms.DecimalField(required=False, label=_("Number at least"), max_digits=12, decimal_places=3)
    groups = forms.CharField(
        required=False, max_length=100, label=_("Country groups"), help_text=_("EU27, EEA, EFTA, SMP")
    )
    room = forms.CharField(required=False, max_length=60, label=_("Room"))
    place = forms.IntegerField(required=False, min_value=0, max_value=99, label=pgettext_lazy("in an order", "Place"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        needs = {"yes", "all_yes", "consent", "at_least", "room_at_least", "answered"}
        if cleaned.get("code") and cleaned.get("kind") in needs and not cleaned.get("questions"):
            self.add_error("questions", _("This condition needs the key of a question."))
        if (
            cleaned.get("code")
            and cleaned.get("kind") in ("at_least", "room_at_least")
            and cleaned.get("number") is None
        ):
            self.add_error("number", _("This condition needs a number."))
        return cleaned

    @staticmethod
    def initial_of(gate: Any) -> dict[str, Any]:
        p = gate.params
        keys = p.get("questions") or ([p["question"]] if p.get("question") else [])
        return {
            "code": gate.code,
            "message": gate.message,
            "kind": gate.kind,
            "questions": ", ".join(keys),
            "number": p.get("number"),
            "groups": ", ".join([*p.get("groups", []), *p.get("countries", [])]),
            "room": p.get("room", ""),
            "place": gate.position,
        }


def gate_of(row: dict[str, Any]) -> gates.Gate:
    """The condition that a row describes."""
    keys = [key.strip() for key in row["questions"].split(",") if key.strip()]
    groups = [name.strip().upper() for name in row["groups"].split(",") if name.strip()]
    number = float(row["number"]) if row["number"] is not None else None
    known = {
        "question": keys[0] if keys else "",
        "questions": keys,
        "number": int(number) if number is not None and number.is_integer() else number,
        "groups": [name for name in groups if len(name) > 2],
        "countries": [name for name in groups if len(name) == 2],
        "room": row["room"],
        "seats": "cabaret",
    }
    wanted = {
        "all_yes": ("questions",),
        "yes": ("question",),
        "consent": ("question",),
        "usable_email": ("question",),
        "answered": ("question",),
        "at_least": ("question", "number"),
        "country_in": ("question", "groups", "countries"),
        "room_at_least": ("question", "room", "seats", "number"),
    }.get(row["kind"], ())
    return gates.Gate(
        row["code"], row["message"], row["kind"], {name: known[name] for name in wanted if known[name] not in ("", [])}
    )


class Gates(Rows):
    def clean(self) -> None:
        codes = [row["code"] for row in self.filled("code")] if not any(self.errors) else []
        if len(set(codes)) < len(codes):
            raise forms.ValidationError(_("Two conditions have the same reason code."))


GateRows = forms.formset_factory(GateRow, formset=Gates, extra=1, can_delete=True, max_num=30, validate_max=True)


class BookRow(Plain):
    """One line of the white book; the row without a text is left out."""

    key = forms.SlugField(max_length=60, required=False, widget=forms.HiddenInput)
    section = forms.CharField(max_length=120, required=False, label=pgettext_lazy("of a white book", "Part"))
    text = forms.CharField(max_length=1000, required=False, label=_("Line"), widget=forms.Textarea(attrs={"rows": 2}))
    level = forms.ChoiceField(choices=Requirement.Level.choices, required=False, label=_("Weight of the line"))
    criterion = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    place = forms.IntegerField(required=False, min_value=0, max_value=999, label=pgettext_lazy("in an order", "Place"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("text") and not cleaned.get("section"):
            self.add_error("section", _("Which part of the white book does it belong to?"))
        return cleaned


class Book(Rows):
    def wanted(self) -> list[RequirementOf]:
        taken = {row["key"] for row in self.filled("text") if row["key"]}
        found = []
        for row in self.filled("text"):
            key = row["key"] or building.key_for(row["text"][:40], taken, "line")
            taken.add(key)
            found.append(RequirementOf(row["section"], key, row["text"], row["level"] or "should", row["criterion"]))
        return found


BookRows = forms.formset_factory(BookRow, formset=Book, extra=2, can_delete=True, max_num=120, validate_max=True)
