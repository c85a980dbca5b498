"""Files in lines of tables and checklists, the count of what is answered, and a word why."""

from datetime import UTC, datetime

import pytest

from booster.questions import forms
from booster.questions.rules import files, questions
from booster.ui.templatetags.fields import field

NOW = datetime(2026, 9, 1, tzinfo=UTC)
LINES = [{"value": value, "label": value.title()} for value in ("gold", "silver", "tin")]
BOOK = {"key": "book", "kind": "checklist", "label": "Book", "options": LINES, "required": True}
FORM = questions.parse(
    [
        {
            "key": "s",
            "title": "S",
            "questions": [
                {**BOOK, "evidence": True, "reasons": True},
                {**BOOK, "key": "bare"},
                {"key": "rooms", "kind": "rooms", "label": "Rooms"},
                {"key": "plan", "kind": "file", "label": "Plan"},
                {"key": "name", "kind": "text", "label": "Name"},
            ],
        }
    ]
)
ROOMS, LIST, BARE = (FORM.questions[key] for key in ("rooms", "book", "bare"))
STORED = {"id": 5, "name": "hall.png", "size": 9}


def test_a_file_in_a_line_is_kept_by_its_id_and_what_is_none_is_told():
    assert questions.clean_answer(ROOMS, [{"name": "A", "photo": "5"}]) == [
        {"name": "A", "photo": {"id": 5, "name": "", "size": 0}}
    ]
    assert questions.clean_answer(ROOMS, [{"name": "A", "photo": STORED, "plan": ""}]) == [
        {"name": "A", "photo": STORED}
    ]
    for odd in ("C:\\hall.png", "-1", "५", {"id": "5", "name": "x"}, [STORED], True, "9" * 40):
        trouble = questions.clean_answer(ROOMS, [{"name": "A", "m2": 9, "photo": odd}])
        assert trouble.message == "Line 1: Photo: This answer has not the shape that was expected."
        assert trouble.kept[0]["m2"] == 9
    assert questions.clean_answer(ROOMS, [{"photo": "5"}]).message == "Line 1: Room is missing."
    kept = questions.clean_answer(LIST, {"gold": {"answer": "yes", "file": "7"}, "tin": {"file": STORED}})
    assert kept == {
        "gold": {"answer": "yes", "remark": "", "file": {"id": 7, "name": "", "size": 0}},
        "tin": {"answer": "", "remark": "", "file": STORED},
    }
    assert questions.clean_answer(LIST, kept) == kept


def test_an_answer_reads_with_the_names_of_its_files():
    assert questions.text_of(ROOMS, [{"name": "A", "photo": STORED}]) == "A, Photo: hall.png"
    line = {"gold": {"answer": "no", "remark": "Next year", "file": STORED}, "tin": {"answer": "", "file": "odd"}}
    assert questions.text_of(LIST, line) == "Gold: No (Next year; hall.png)\nTin: –"


@pytest.mark.parametrize(
    ("box", "endings"),
    [
        ("rooms-0-photo", ("png", "jpg", "jpeg", "webp")), ("rooms-59-plan", ("pdf", "png", "jpg", "jpeg", "webp")),
        ("rooms-0-name", None), ("rooms-photo", None), ("rooms--photo", None), ("roomsx-0-photo", None),
        ("rooms", None),
    ],
)  # fmt: skip
def test_each_box_of_a_table_says_what_it_takes(box, endings):
    allowed = files.allowed_in(ROOMS, box)
    assert (allowed.endings if allowed else None) == endings


def test_lines_take_evidence_where_the_form_asks_for_it():
    assert files.allowed_in(LIST, "book-gold-file") == files.EVIDENCE
    assert files.allowed_in(LIST, "book-zinc-file") is None
    assert files.allowed_in(LIST, "book-gold-remark") is None
    assert files.allowed_in(BARE, "bare-gold-file") is None
    assert files.allowed_in(FORM.questions["plan"], "plan-0-photo") is None


def test_files_are_found_and_settled_wherever_an_answer_names_them():
    answers = {"rooms": [{"name": "A", "photo": STORED}], "plan": [{"id": 6, "name": "p", "size": 1}], "name": "5"}
    assert sorted(files.named_in(answers)) == [5, 6]
    known = {5: {"id": 5, "name": "as stored.png", "size": 3}}
    assert files.settled(answers["rooms"], known) == [{"name": "A", "photo": known[5]}]
    assert files.settled(answers["plan"], known) == []
    assert files.settled("5", known) == "5"
    assert files.settled({"gold": {"answer": None, "file": STORED}}, {}) == {"gold": {"answer": None}}


def test_the_lines_answered_are_counted():
    told = {"gold": {"answer": "yes"}, "silver": {"answer": "", "remark": "soon"}, "gone": {"answer": "yes"}}
    assert questions.progress(FORM.questions.values(), {"book": told, "bare": "odd"}) == (1, 6)
    assert questions.progress([], {}) == (0, 0)


def lacking(**lines):
    told = {key: {"answer": answer, "remark": remark} for key, (answer, remark) in lines.items()}
    found = {p.key: p.message for p in questions.missing(FORM, {"book": told, "bare": told}, at=NOW)}
    return found.get("book"), found.get("bare")


def test_partly_and_no_want_a_word_why_where_the_form_asks_for_it():
    assert lacking(gold=("no", ""), silver=("partly", "in May"), tin=("on_request", "")) == (
        "One line answered with “partly” or “no” still needs a word why.", None,
    )  # fmt: skip
    assert lacking(gold=("no", ""), silver=("partly", ""), tin=("yes", "")) == (
        "2 lines answered with “partly” or “no” still need a word why.", None,
    )  # fmt: skip
    assert lacking(gold=("no", "too far"), silver=("yes", ""), tin=("yes", "")) == (None, None)
    assert lacking(gold=("no", "")) == ("2 lines have no answer yet.",) * 2  # first things first


def drawn(key, answers, **links):
    desk = forms.Desk(writable=FORM.questions.keys(), needed=set())
    form = forms.build(FORM, FORM.sections, answers=answers, desk=desk, beside=forms.Beside(links=links))
    return str(field(form[key]))


def test_a_line_shows_its_file_and_where_another_is_put():
    page = drawn("rooms", {"rooms": [{"name": "A", "photo": STORED}]}, upload="/up/", file="/files/")
    assert '<input type="hidden" name="rooms-0-photo" value="5">' in page
    assert '<input type="file" name="rooms-0-photo-upload" accept=".png,.jpg,.jpeg,.webp">' in page
    assert '<img src="/files/5/?small"' in page
    assert 'name="rooms-1-plan-upload"' in page  # the empty line
    assert 'name="rooms-__n__-plan-upload"' in page  # lines to come
    assert 'data-url="/up/"' in page
    assert "data-url" not in drawn("rooms", {})


def test_a_checklist_shows_how_far_it_is_and_asks_for_evidence_where_the_form_does():
    page = drawn("book", {"book": {"gold": {"answer": "yes", "remark": ""}}})
    assert "1 of 3 answered" in page
    assert 'name="all_yes" value="book"' in page
    assert 'name="book-gold-file-upload"' in page
    assert "Why? (required)" in page
    bare = drawn("bare", {})
    assert "-upload" not in bare
    assert "Why?" not in bare
    done = {line["value"]: {"answer": "yes", "remark": ""} for line in LINES}
    assert "data-all-yes disabled" in drawn("bare", {"bare": done})


def test_a_checklist_is_read_in_the_order_of_the_question_however_it_was_kept():
    kept = {"zinc": {"answer": "yes"}, "tin": {"answer": "no", "remark": "sold"}, "gold": {"answer": "yes"}}
    assert questions.lines_of(LIST, kept) == ["gold", "tin", "zinc"]
    assert questions.text_of(LIST, kept) == "Gold: Yes\nTin: No (sold)\nzinc: Yes"
