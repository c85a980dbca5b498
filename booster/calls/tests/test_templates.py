"""The two calls that the house knows how to write hold together."""

import pytest

from booster.calls.rules import gates
from booster.calls.rules.templates import PARTICIPANTS, TEMPLATES, VENUES
from booster.questions.rules import questions


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=list(TEMPLATES))
def test_a_template_holds_together(template):
    form = questions.parse(template.sections)
    criteria = {criterion.key for criterion in template.criteria}
    assert sum(criterion.weight for criterion in template.criteria) == 100
    assert all(set(question.criteria) <= criteria for question in form.questions.values())
    assert all(set(criterion.question_keys) <= set(form.questions) for criterion in template.criteria)
    assert all(criterion.anchors for criterion in template.criteria)
    assert all(gate.kind in gates.KINDS for gate in template.gates)
    for gate in template.gates:
        asked = [gate.params.get("question", ""), *gate.params.get("questions", [])]
        assert all(key in form.questions for key in asked if key)


def test_the_reason_codes_stand_in_their_order():
    assert [gate.code for gate in PARTICIPANTS.gates] == [
        "late",
        "not both legs",
        "no consent",
        "no usable e-mail",
        "management under 0.5 FTE",
        "under 15 members",
        "country not eligible",
    ]
    assert [gate.code for gate in VENUES.gates] == ["late", "plenary under 45 cabaret seats", "not step-free"]


def test_every_column_of_the_survey_exports_has_its_question():
    assert set(questions.parse(PARTICIPANTS.sections).questions) >= {
        *("given_name", "family_name", "email", "gender", "role", "years", "organisation_name", "country", "city"),
        *("latitude", "longitude", "ecosystems", "founded", "members", "smes", "staff_fte", "label", "maturity"),
        *("challenge", "goal", "offer", "topics", "both_online", "both_in_person", "approval", "consent"),
    }
    assert set(questions.parse(VENUES.sections).questions) >= {
        *("organisation_name", "organisation_type", "country", "city", "point", "partners"),
        *("venue_name", "step_free", "wifi_devices", "uplink_mbit", "hotels_nearby", "beds_held", "study_visit"),
        *("local_speakers", "certificate", "rooms_free", "catering_free", "cost_eur", "letter_of_support"),
        *("contact_email", "why", "rooms", "dates"),
    }


def test_the_white_book_has_eight_parts_and_every_line_is_asked():
    asked = questions.parse(VENUES.sections).questions.values()
    lines = [option.value for question in asked if question.kind == "checklist" for option in question.options]
    assert lines == [requirement.key for requirement in VENUES.requirements]
    assert len({requirement.section for requirement in VENUES.requirements}) == 8
    assert len(questions.KINDS) == 26
