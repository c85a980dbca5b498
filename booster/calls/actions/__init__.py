"""The only file of this room that writes."""

from booster.calls.actions.building import (
    add_question,
    add_section,
    change_question,
    change_section,
    discard_form,
    move_question,
    move_section,
    order_questions,
    publish_form,
    remove_question,
    remove_section,
)
from booster.calls.actions.codes import end_entry_code, make_entry_code, redeem
from booster.calls.actions.deadlines import add_cut_off, close, extend, publish, remove_cut_off, reopen, settle
from booster.calls.actions.documents import add_document, remove_document
from booster.calls.actions.enquiries import answer, ask, set_aside
from booster.calls.actions.rounds import drop_round, follow
from booster.calls.actions.writing import (
    change_dates,
    change_texts,
    copy,
    draft,
    set_criteria,
    set_gates,
    set_requirements,
    translate,
)

__all__ = [
    "add_cut_off",
    "add_document",
    "add_question",
    "add_section",
    "answer",
    "ask",
    "change_dates",
    "change_question",
    "change_section",
    "change_texts",
    "close",
    "copy",
    "discard_form",
    "draft",
    "drop_round",
    "end_entry_code",
    "extend",
    "follow",
    "make_entry_code",
    "move_question",
    "move_section",
    "order_questions",
    "publish",
    "publish_form",
    "redeem",
    "remove_cut_off",
    "remove_document",
    "remove_question",
    "remove_section",
    "reopen",
    "set_aside",
    "set_criteria",
    "set_gates",
    "set_requirements",
    "settle",
    "translate",
]
