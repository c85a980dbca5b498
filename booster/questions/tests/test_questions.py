# ruff: noqa: E501 -- tables of cases
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booster.questions.rules import questions
from booster.questions.rules.questions import BadForm, Problem

NOW = datetime(2022, 10, 1, 10, 0, tzinfo=UTC)
OPTIONS = [{"value": "gold", "label": "Gold label"}, {"value": "none", "label": "None"}, {"value": "b", "label": "Bé"}]


def form(*asked, **section):
    return questions.parse([{"key": "s", "title": "S", "questions": list(asked), **section}])


def one(kind, **more):
    raw = {"key": "q", "kind": kind, "label": "Q", **more}
    if kind in ("choice", "choices", "ranking", "checklist"):
        raw.setdefault("options", OPTIONS)
    if kind == "consent":
        raw.setdefault("statement", "2")
    return form(raw).questions["q"]


def clean(kind, raw, **more):
    return questions.clean_answer(one(kind, **more), raw)


ALL = form(
    *(
        {"key": f"q_{k}", "kind": k, "label": k, "required": True, "statement": "1", "options": OPTIONS}
        for k in questions.KINDS
    )
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.text(max_size=6) | st.sampled_from(["name", "first", "last", "held", "given", "m2", "answer", "id", "gold"]),
        inner,
        max_size=4,
    ),
    max_leaves=10,
)


@settings(deadline=None)
@given(st.sampled_from(list(ALL.questions)), JSON)
def test_any_json_becomes_a_value_that_is_taken_again_or_a_problem(key, raw):
    question = ALL.questions[key]
    cleaned = questions.clean_answer(question, raw)
    if isinstance(cleaned, Problem):
        assert cleaned.message
    else:
        assert questions.clean_answer(question, cleaned) == cleaned
        assert isinstance(questions.text_of(question, cleaned), str)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(list(ALL.questions)), JSON, max_size=5))
def test_checking_never_raises_and_names_every_question_once_in_order(answers):
    keys = [problem.key for problem in questions.check(ALL, answers, at=NOW)]
    assert keys == [key for key in ALL.questions if key in keys]
    for key, value in answers.items():
        assert isinstance(questions.text_of(ALL.questions[key], value), str)


@settings(deadline=None)
@given(JSON)
def test_a_definition_is_read_or_refused_with_its_paths(raw):
    troubles = []
    try:
        questions.parse(raw)
    except BadForm as bad:
        troubles = bad.troubles
    assert all(isinstance(sentence % values, str) for _path, sentence, values in troubles)
    assert troubles or isinstance(raw, list)


@pytest.mark.parametrize(
    "kind,raw,value",
    [
        ("text", " a\u200bb\u202e  c\n", "ab c"),
        ("text", "=SUM(A1)", "=SUM(A1)"),
        ("long_text", "<script>alert(1)</script>\r\n\r\nx", "<script>alert(1)</script>\n\nx"),
        ("text", " \u2060 ", None),
        ("number", "1.250", 1250),
        ("number", "12 000", 12000),
        ("number", "about 7", 7),
        ("number", "", None),
        ("decimal", "0,5", 0.5),
        ("yes_no", "Oui", True),
        ("yes_no", "no", False),
        ("choice", "Gold label", "gold"),
        ("choice", "GOLD", "gold"),
        ("choices", ["gold", "none", "gold", ""], ["gold", "none"]),
        ("choices", "gold;none", ["gold", "none"]),
        ("ranking", {"gold": "2", "none": "1", "b": ""}, ["none", "gold"]),
        ("date", "02/03/2023", "2023-03-02"),
        ("country", "Ελλάδα", "GR"),
        ("country", "EL", "GR"),
        ("link", "example.org/a", "https://example.org/a"),
        ("email", " Ann@Example.ORG ", "ann@example.org"),
        ("consent", "yes", {"given": True, "version": "2"}),
        ("consent", {"given": True, "version": "1"}, {"given": True, "version": "1"}),
        ("person", {"name": "Ann", "email": "A@b.org", "role": ""}, {"name": "Ann", "email": "a@b.org"}),
        ("person", "Ann", {"name": "Ann"}),
        ("place", {"city": "Linz", "latitude": "48,3", "longitude": 14}, {"city": "Linz", "latitude": 48.3, "longitude": 14.0}),
        ("rooms", [{"name": "Plenary", "cabaret": "60", "daylight": "Yes"}, {}], [{"name": "Plenary", "cabaret": 60, "daylight": True}]),
        ("dates", [{"first": "2023-03-02", "held": "Yes"}], [{"first": "2023-03-02", "held": "exclusive"}]),
        ("budget", [{"what": "Lunch", "amount": "12.5", "paid": "Invoiced"}], [{"what": "Lunch", "amount": 12.5, "paid": "invoiced"}]),
        ("checklist", {"gold": {"answer": "Partly", "remark": "on\u200b Monday"}, "zzz": "yes"}, {"gold": {"answer": "partly", "remark": "on Monday"}}),
        ("file", [{"id": 5, "name": "../plan.pdf", "size": 9}], [{"id": 5, "name": "../plan.pdf", "size": 9}]),
    ],
)  # fmt: skip
def test_what_is_typed_becomes_the_value_that_is_kept(kind, raw, value):
    assert clean(kind, raw) == value


@pytest.mark.parametrize(
    "kind,raw,message",
    [
        ("yes_no", "Yes, but only day one", "“Yes, but only day one” is neither a clear yes nor a clear no."),
        ("choice", "platinum", "“platinum” is not one of the options."),
        ("country", "Atlantis", "“Atlantis” is not a country that we know."),
        ("email", "nobody", "“nobody” is not an e-mail address that a letter can reach."),
        ("link", "javascript:alert(1)", "“javascript:alert(1)” is not a web address."),
        ("link", "http://[::", "“http://[::” is not a web address."),
        ("ecosystems", ["gardening"], "“gardening” is none of the 14 ecosystems."),
        ("place", {"city": "X", "latitude": 91}, "Latitude: 91 degrees lie outside the map."),
        ("rooms", [{"m2": 40}], "Line 1: Room is missing."),
        ("dates", [{"first": "2023-03-03", "last": "2023-03-02"}], "Line 1: the last day is before the first."),
        ("ranking", {"gold": 1, "none": 1}, "Two of the options have the same place."),
        ("rooms", [{"name": "R"}] * 61, "61 lines, at most 60."),
        ("file", [{"id": "5", "name": "x"}], "This answer has not the shape that was expected."),
        ("text", {"a": 1}, "This answer has not the shape that was expected."),
        ("number", 10**20, "This number is too large."),
        ("number", "9" * 300, "This answer is too long."),
    ],
)
def test_what_cannot_be_taken_says_why(kind, raw, message):
    found = clean(kind, raw)
    assert isinstance(found, Problem)
    assert found.message == message


def test_a_text_over_its_limit_is_told_with_the_counts_and_kept():
    limit = {"unit": "words", "most": 300}
    found = clean("long_text", "word " * 301, limit=limit)
    assert found.message == "301 words, at most 300."
    assert found.kept == ("word " * 301).strip()
    assert clean("long_text", "word " * 300, limit=limit) == ("word " * 300).strip()


def test_six_thousand_letters_are_no_three_hundred_words_even_without_spaces():
    found = clean("long_text", "x" * 6000, limit={"unit": "words", "most": 300})
    assert found.message == "The words are too long: 6000 characters, at most 3600 for 300 words."
    assert found.kept == "x" * 6000


def test_ranges_count_numbers_and_entries():
    assert clean("number", "3", minimum=5).message == "3 is less than 5."
    assert clean("decimal", "0.4", maximum=0.3).message == "0.4 is more than 0.3."
    assert clean("choices", "gold;none", maximum=1).message == "2 given, at most 1."
    assert clean("choices", "gold", minimum=2).message == "1 given, at least 2."
    assert (
        clean("text", "ab", limit={"unit": "characters", "most": 9, "least": 3}).message == "2 characters, at least 3."
    )


CHAIN = form(
    {"key": "a", "kind": "yes_no", "label": "A"},
    {"key": "b", "kind": "choice", "label": "B", "options": OPTIONS, "required": True, "when": {"question": "a",
    "is": True}}, {"key": "c", "kind": "text", "label": "C", "required": True, "when": {"question": "b", "any_of": ["gold", "b"]}},
    {"key": "d", "kind": "text", "label": "D", "required": True, "when": {"question": "b", "is_not": "gold"}},
)  # fmt: skip


@pytest.mark.parametrize(
    "answers,shown",
    [
        ({}, {"a"}),
        ({"a": True}, {"a", "b"}),
        ({"a": 1}, {"a"}),  # one is no yes
        ({"a": True, "b": "gold"}, {"a", "b", "c"}),
        ({"a": True, "b": "none"}, {"a", "b", "d"}),
        ({"a": True, "b": "b"}, {"a", "b", "c", "d"}),
        ({"a": False, "b": "gold", "c": "left over"}, {"a"}),
    ],
)
def test_conditions_hang_on_each_other(answers, shown):
    assert questions.visible(CHAIN, answers) == shown


def test_hidden_questions_are_neither_required_nor_kept():
    answers = {"a": False, "b": "nonsense", "c": "left over"}
    assert questions.check(CHAIN, answers, at=NOW) == []
    assert questions.kept(CHAIN, answers) == {"a": False}


def test_a_whole_section_may_hang_on_a_condition():
    whole = questions.parse(
        [
            {"key": "one", "title": "One", "questions": [{"key": "a", "kind": "yes_no", "label": "A"}]},
            {
                "key": "two",
                "title": "Two",
                "when": {"question": "a", "is": True},
                "questions": [{"key": "b", "kind": "text", "label": "B", "required": True}],
            },
        ]
    )
    assert questions.check(whole, {"a": False}, at=NOW) == []
    assert [p.key for p in questions.missing(whole, {"a": True}, at=NOW)] == ["b"]


def test_duty_and_freezing_begin_at_their_moment():
    later = NOW + timedelta(days=1)
    asked = form(
        {"key": "a", "kind": "text", "label": "A", "required_after": later.isoformat()},
        {"key": "b", "kind": "text", "label": "B", "frozen_after": later.isoformat()},
    )
    assert questions.missing(asked, {}, at=NOW) == []
    assert [p.message for p in questions.missing(asked, {}, at=later)] == ["Please answer this."]
    assert questions.frozen(asked, at=NOW) == set()
    assert questions.frozen(asked, at=later) == {"b"}


def test_consent_must_be_given_to_the_statement_as_it_stands():
    asked = form({"key": "q", "kind": "consent", "label": "Q", "required": True, "statement": "2"})

    def told(value):
        return [p.message for p in questions.check(asked, {"q": value}, at=NOW)]

    assert told({"given": False, "version": "2"}) == ["Please confirm this."]
    assert told({"given": True, "version": "1"}) == [
        "The text has changed since you agreed to it. Please read it again."
    ]
    assert told({"given": True, "version": "2"}) == []


def test_a_required_checklist_wants_every_line():
    asked = form({"key": "q", "kind": "checklist", "label": "Q", "required": True, "options": OPTIONS})
    found = questions.missing(asked, {"q": {"gold": {"answer": "yes", "remark": ""}}}, at=NOW)
    assert [p.message for p in found] == ["2 lines have no answer yet."]
    done = {option["value"]: {"answer": "no", "remark": ""} for option in OPTIONS}
    assert questions.check(asked, {"q": done}, at=NOW) == []


@pytest.mark.parametrize(
    "definition,path",
    [
        ("x", "sections"),
        (["x"], "sections[0]"),
        ([{"key": "A", "title": "T"}], "sections[0].key"),
        ([{"key": "a", "title": ""}], "sections[0].title"),
        ([{"key": "a", "title": "T", "questions": [{"key": "q", "kind": "poem", "label": "L"}]}], "sections[0].questions[0].kind"),
        ([{"key": "a", "title": "T", "questions": [{"key": "q", "kind": "text", "label": "L", "limit": {"unit": "pages"}}]}], "sections[0].questions[0].limit.unit"),
        ([{"key": "a", "title": "T", "questions": [{"key": "q", "kind": "text", "label": "L", "limit": {"unit": "words", "most": 0}}]}], "sections[0].questions[0].limit.most"),
        ([{"key": "a", "title": "T", "questions": [{"key": "q", "kind": "choice", "label": "L"}]}], "sections[0].questions[0].options"),
        ([{"key": "a", "title": "T", "questions": [{"key": "q", "kind": "text", "label": "L", "when": {"question": "q", "is": 1}}]}], "sections[0].questions[0].when.question"),
        ([{"key": "a", "title": "T", "questions": [{"key": "q", "kind": "text", "label": "L", "when": {"question": "q"}}]}], "sections[0].questions[0].when"),
        ([{"key": "a", "title": "T", "questions": [{"key": "q", "kind": "text", "label": "L", "frozen_after": "2026-01-01T10:00"}]}], "sections[0].questions[0].frozen_after"),
        ([{"key": "a", "title": "T", "questions": [{"key": "q", "kind": "number", "label": "L", "minimum": 3, "maximum": 1}]}], "sections[0].questions[0].minimum"),
        ([{"key": "a", "title": "T", "questions": [{"key": "q", "kind": "consent", "label": "L"}]}], "sections[0].questions[0].statement"),
        ([{"key": "a", "title": "T", "questions": [{"key": "q", "kind": "file", "label": "L", "files": "movies"}]}], "sections[0].questions[0].files"),
        ([{"key": "a", "title": "T", "questions": [{"key": "q", "kind": "text", "label": "L", "translations": {"fr": 3}}]}], "sections[0].questions[0].translations.fr"),
        ([{"key": "a", "title": "T", "questions": [{"key": "q", "kind": "text", "label": "L"}, {"key": "q", "kind": "text", "label": "L"}]}], "sections[0].questions[1].key"),
    ],
)  # fmt: skip
def test_a_broken_definition_names_the_place(definition, path):
    with pytest.raises(BadForm) as bad:
        questions.parse(definition)
    assert path in [where for where, _sentence, _values in bad.value.troubles]


def test_a_form_speaks_several_languages_and_falls_back():
    raw = {"key": "q", "kind": "choice", "label": "Label", "hint": "Hint", "options": OPTIONS}
    raw["translations"] = {"fr": {"label": "Libellé", "options": {"gold": "Or"}}}
    spoken = form(raw, translations={"fr": {"title": "Section F"}})
    french = spoken.in_language("fr")
    asked = french.questions["q"]
    assert (asked.label, asked.hint, asked.options[0].label, asked.options[1].label) == (
        "Libellé",
        "Hint",
        "Or",
        "None",
    )
    assert french.sections[0].title == "Section F"
    assert spoken.languages == ("fr",)
    assert spoken.in_language("de").questions["q"].label == "Label"
    assert asked.speaks("fr")
    assert not asked.speaks("de")


def test_a_new_version_never_breaks_given_answers():
    old = form(
        {"key": "gone", "kind": "text", "label": "G"},
        {"key": "label", "kind": "choice", "label": "L", "options": OPTIONS},
        {"key": "short", "kind": "long_text", "label": "S"},
        {"key": "kind", "kind": "text", "label": "K"},
    )
    new = form(
        {"key": "label", "kind": "choice", "label": "L", "options": OPTIONS[1:]},
        {"key": "short", "kind": "long_text", "label": "S", "limit": {"unit": "words", "most": 2}},
        {"key": "kind", "kind": "number", "label": "K"},
        {"key": "new", "kind": "text", "label": "N", "required": True},
    )
    answers = {"gone": "still here", "label": "gold", "short": "one two three", "kind": "7"}
    carried, look = questions.carry_over(old, new, answers)
    assert carried == {"gone": "still here", "label": "gold", "short": "one two three", "kind": 7}
    assert look == ["label", "short", "new"]
    assert questions.carry_over(old, old, answers) == (answers, [])


def test_answers_read_as_text():
    def text(kind, value):
        return questions.text_of(one(kind), value)

    assert text("choice", "gold") == "Gold label"
    assert text("choice", "no longer offered") == "no longer offered"
    assert text("country", "GR") == "Greece"
    assert text("yes_no", False) == "No"
    assert text("decimal", 8.5) == "8.5"
    assert (
        text("rooms", [{"name": "Plenary", "cabaret": 60, "daylight": True}])
        == "Plenary, Seats at round tables: 60, Daylight: Yes"
    )
    assert text("person", {"name": "Ann", "email": "a@b.org"}) == "Ann, a@b.org"
    assert text("checklist", {"gold": {"answer": "partly", "remark": "soon"}}) == "Gold label: Partly (soon)"
    assert text("consent", {"given": True, "version": "2"}) == "Yes"
    assert text("file", [{"name": "plan.pdf"}]) == "plan.pdf"
    assert text("text", None) == ""


def test_what_a_web_form_sends_is_found_by_its_names():
    from django.http import QueryDict

    sent = QueryDict("q-0-name=Plenary&q-0-cabaret=60&q-2-name=Room&q-name=Ann&q-gold=1&q-gold-remark=r&q=a&q=b")
    assert questions.raw_of(one("rooms"), sent.getlist)[0]["cabaret"] == "60"
    assert [row["name"] for row in questions.raw_of(one("rooms"), sent.getlist)] == ["Plenary", "Room"]
    assert questions.raw_of(one("person"), sent.getlist)["name"] == "Ann"
    assert questions.raw_of(one("checklist"), sent.getlist)["gold"] == {"answer": "1", "remark": "r", "file": ""}
    assert questions.raw_of(one("ranking"), sent.getlist) == {"gold": "1"}
    assert questions.raw_of(one("choices"), sent.getlist) == ["a", "b"]
    assert questions.raw_of(one("text"), sent.getlist) == "b"


def test_the_browser_gets_the_same_conditions():
    told = {key: questions.browser_rule(question.when, CHAIN) for key, question in CHAIN.questions.items()}
    assert told["a"] is None
    assert told["b"] == {"field": "a", "op": "is", "value": "yes"}
    assert told["c"] == {"field": "b", "op": "has", "value": ["gold", "b"]}
    assert told["d"] == {"all": [{"field": "b", "op": "filled"}, {"field": "b", "op": "is_not", "value": "gold"}]}


def test_answers_that_tell_who_applies_are_known():
    asked = form(
        {"key": "a", "kind": "text", "label": "A", "identifies": True}, {"key": "b", "kind": "text", "label": "B"}
    )
    assert questions.blind(asked) == {"a"}


def faults(**more):
    with pytest.raises(BadForm) as bad:
        form({"key": "q", "kind": "text", "label": "L", **more})
    return {where.removeprefix("sections[0].questions[0].") for where, _sentence, _values in bad.value.troubles}


@pytest.mark.parametrize(
    "more,where",
    [
        ({"label": 3}, "label"),
        ({"label": "x" * 1001}, "label"),
        ({"required": "yes"}, "required"),
        ({"minimum": "three"}, "minimum"),
        ({"minimum": True}, "minimum"),
        ({"frozen_after": "soon"}, "frozen_after"),
        ({"frozen_after": 7}, "frozen_after"),
        ({"translations": ["fr"]}, "translations"),
        ({"translations": {"klingon": {}}}, "translations.klingon"),
        ({"options": ["gold"]}, "options"),
        ({"options": [{"value": "a", "label": "A"}, {"value": "a", "label": "B"}]}, "options"),
        ({"criteria": "all"}, "criteria"),
        ({"largest_mb": 500}, "largest_mb"),
        ({"files": "movies"}, "files"),
        ({"limit": {"unit": "words", "most": 5, "least": 9}}, "limit.most"),
    ],
)
def test_each_wrong_setting_is_named(more, where):
    assert where in faults(**more)


def test_a_condition_compares_with_plain_values():
    first = {"key": "a", "kind": "text", "label": "A"}
    with pytest.raises(BadForm, match="plain value or a list"):
        form(first, {"key": "b", "kind": "text", "label": "B", "when": {"question": "a", "is": {}}})


def test_a_form_has_an_end():
    with pytest.raises(BadForm, match="at most 300 questions"):
        form(*({"key": f"q{n}", "kind": "text", "label": "Q"} for n in range(301)))
    with pytest.raises(BadForm, match="must be a table"):
        form("question")


def test_a_condition_on_a_consent_asks_whether_it_was_given():
    asked = form(
        {"key": "a", "kind": "consent", "label": "A", "statement": "1"},
        {"key": "b", "kind": "text", "label": "B", "when": {"question": "a", "is": True}},
    )
    assert questions.visible(asked, {"a": {"given": True, "version": "1"}}) == {"a", "b"}
    assert questions.visible(asked, {"a": {"given": False, "version": "1"}}) == {"a"}


def test_a_text_without_a_limit_has_an_end_too():
    assert clean("text", "x" * 501).message == "501 characters, at most 500."
    assert clean("checklist", "yes").message == "This answer has not the shape that was expected."
    assert clean("checklist", {"gold": "maybe"}).message == "“maybe” is not one of the options."
    assert clean("rooms", [{"name": "R", "m2": -1}]).message == "Line 1: m²: -1 is not possible here."
    assert clean("dates", [{"first": "2023-03-02", "held": "perhaps"}]).message.startswith("Line 1: Held: ")
    assert clean("dates", [{"first": "2023-03-02", "held": "no"}]) == [{"first": "2023-03-02", "held": "provisional"}]
    assert clean("file", {"id": 1, "name": "a"}) == [{"id": 1, "name": "a", "size": 0}]
    assert clean("file", [{"id": n, "name": "a"} for n in range(2)]).message == "2 files, at most 1."
    assert clean("choices", 7).message == "“7” is not one of the options."
