"""A condition as a browser takes it, so that scripts decide as the server does. Pure."""

from typing import Any

from booster.questions.rules.form import Condition, Form, Question


def browser_rule(condition: Condition | None, form: Form) -> dict[str, Any] | None:
    """A condition in the language of ``<x-conditions>``; ``None`` for none. Scripts decide as the server does: a
    question that nobody has answered hides what hangs on it."""
    if condition is None:
        return None
    asked_of = form.questions.get(condition.question)
    field_name = condition.question
    values = [_browser_value(asked_of, value) for value in condition.values]
    if condition.test == "is_not":
        refused = ({"field": field_name, "op": "is_not", "value": value} for value in values)
        return {"all": [{"field": field_name, "op": "filled"}, *refused]}
    if len(values) == 1:
        return {"field": field_name, "op": "is", "value": values[0]}
    return {"field": field_name, "op": "has", "value": values}


def _browser_value(question: Question | None, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else ("" if question and question.kind == "consent" else "no")
    return f"{value:g}" if isinstance(value, float) else str(value)
