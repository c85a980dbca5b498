"""What people fill in about a call."""

from booster.calls.forms.building import QuestionForm, SectionForm
from booster.calls.forms.calls import (
    Answer,
    Ask,
    Code,
    CutOffForm,
    Dates,
    DocumentForm,
    Extend,
    Follow,
    Language,
    SecondDates,
    SecondSettings,
    Settings,
    Texts,
    Translation,
)
from booster.calls.forms.judging import BookRows, CriteriaRows, GateRow, GateRows, gate_of

__all__ = [
    "Answer",
    "Ask",
    "BookRows",
    "Code",
    "CriteriaRows",
    "CutOffForm",
    "Dates",
    "DocumentForm",
    "Extend",
    "Follow",
    "GateRow",
    "GateRows",
    "Language",
    "QuestionForm",
    "SecondDates",
    "SecondSettings",
    "SectionForm",
    "Settings",
    "Texts",
    "Translation",
    "gate_of",
]
