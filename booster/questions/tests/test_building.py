"""The builder's verbs keep a form a form, whatever order they come in."""

from hypothesis import given, settings
from hypothesis import strategies as st

from booster.questions.rules import building, questions

START = [
    {"key": "a", "title": "A", "questions": [{"key": f"q{n}", "kind": "text", "label": "Q"} for n in range(3)]},
    {"key": "b", "title": "B", "questions": []},
]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["move_question", "move_section", "remove_question", "remove_section"]),
        st.sampled_from(["q0", "q1", "q2", "a", "b", "nowhere"]),
        st.sampled_from([-1, 1]),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(STEPS)
def test_moving_and_removing_loses_and_doubles_nothing(steps):
    sections, gone = START, set()
    for verb, key, step in steps:
        act, before = getattr(building, verb), building.question_keys(sections)
        try:
            sections = act(sections, key, step) if verb.startswith("move") else act(sections, key)
        except building.NoSuchPart:
            continue
        gone |= before - building.question_keys(sections) if verb.startswith("remove") else set()
        questions.parse(sections)
    assert building.question_keys(sections) == {"q0", "q1", "q2"} - gone


def test_keys_are_made_from_labels_and_never_twice():
    assert building.key_for("Où est-ce ?", set(), "question") == "ou_est_ce"
    assert building.key_for("Ελλάδα", set(), "question") == "question"
    assert building.key_for("Why?", {"why", "why_2"}, "question") == "why_3"
