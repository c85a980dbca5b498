"""How questions are drawn, and that what is sent from there is read back."""

import pytest
from django.http import QueryDict

from booster.questions import forms
from booster.questions.rules import questions
from booster.ui.templatetags.fields import field

OPTIONS = [{"value": "gold", "label": "Gold"}, {"value": "none", "label": "None"}]
ALL = questions.parse(
    [
        {
            "key": "all",
            "title": "All",
            "questions": [
                {
                    "key": f"q_{kind}",
                    "kind": kind,
                    "label": kind,
                    "required": True,
                    "statement": "1",
                    "options": OPTIONS,
                }
                for kind in questions.KINDS
            ],
        },
        {
            "key": "more",
            "title": "More",
            "questions": [
                {"key": "why", "kind": "text", "label": "Why", "when": {"question": "q_yes_no", "is": True}},
                {"key": "open", "kind": "yes_no", "label": "Open"},
                {"key": "when", "kind": "date", "label": "When", "when": {"question": "open", "is": True}},
            ],
        },
    ]
)
EVERYBODY = forms.Desk(writable=ALL.questions.keys(), needed={"q_text"})


def drawn(form, key):
    return str(field(form[key]))


@pytest.mark.parametrize("kind", list(questions.KINDS))
def test_every_kind_is_drawn_with_the_names_that_are_read_again(kind):
    page = drawn(forms.preview(ALL, ALL.sections[:1]), f"q_{kind}")
    assert f'name="q_{kind}' in page
    assert f'data-field="q_{kind}"' in page
    assert "(required)" in page


def test_a_preview_shows_every_question_and_leads_nowhere():
    look = forms.preview(ALL, ALL.sections[1:])
    assert list(look.fields) == ["why", "open", "when"]
    assert "data-when" not in drawn(look, "why")  # the answer that decides stands in another section
    assert "data-when" in drawn(look, "when")
    assert "(optional)" in drawn(look, "open")
    assert "hx-get" not in drawn(forms.preview(ALL, ALL.sections), "q_country")
    assert 'id="look_when"' in drawn(look, "when")  # the ids of the builder's own fields stay free


def test_who_answers_meets_what_is_asked_of_them():
    unasked = forms.build(ALL, ALL.sections[1:], answers={}, desk=EVERYBODY)
    assert list(unasked.fields) == ["open", "when"]
    asked = forms.build(ALL, ALL.sections[1:], answers={"q_yes_no": True}, desk=EVERYBODY)
    assert list(asked.fields) == ["why", "open", "when"]
    only = forms.Desk(writable={"open"}, needed=set(), only={"open", "when"})
    some = forms.build(ALL, ALL.sections[1:], answers={}, desk=only)
    assert {key: answer.disabled for key, answer in some.fields.items()} == {"open": False, "when": True}


def test_what_is_sent_is_cleaned_and_what_does_not_fit_is_kept_as_typed():
    sent = QueryDict("q_number=many&q_decimal=2.5&q_yes_no=yes&q_person-name=Ann&q_rooms-0-name=Plenary")
    form = forms.build(ALL, ALL.sections[:1], answers={}, desk=EVERYBODY, data=sent)
    answers = form.writable()
    assert (answers["q_number"], answers["q_decimal"], answers["q_yes_no"]) == ("many", 2.5, True)
    assert answers["q_person"]["name"] == "Ann"
    assert answers["q_rooms"][0]["name"] == "Plenary"
    assert "q_file" not in answers  # files go their own way
    assert set(form.sent_of(["q_number", "q_rooms-0-name"])) == {"q_number", "q_rooms"}


def test_problems_stand_at_their_fields_and_what_is_missing_only_when_asked_for():
    form = forms.build(ALL, ALL.sections[:1], answers={}, desk=EVERYBODY)
    unfit = questions.clean_answer(ALL.questions["q_number"], "many")
    lacks = questions.Problem("q_text", "Please answer this.", kind="missing")
    form.show_problems([unfit, lacks], also_missing=False)
    assert list(form.errors) == ["q_number"]
    form.show_problems([unfit, lacks], also_missing=True)
    assert set(form.errors) == {"q_number", "q_text"}


def test_the_region_follows_the_country():
    assert ("PT11", "Norte") in forms.region_choices("PT")
    assert forms.region_choices("") == []
    links = forms.Beside(links={"regions": "/regions/"})
    page = drawn(forms.build(ALL, ALL.sections, answers={}, desk=EVERYBODY, beside=links), "q_country")
    assert 'hx-get="/regions/"' in page
