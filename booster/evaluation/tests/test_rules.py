"""The pure rules: scores, hints, what was typed, covering, assembling, files."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booster.evaluation.rules import agreeing, marking, redaction, reminding, sharing
from booster.evaluation.rules.scores import CriterionOf, Score, is_mark, passes, points, score, why_not

CRITERIA = [
    CriterionOf("a", "Aims", Decimal(50)),
    CriterionOf("b", "Balance", Decimal(30)),
    CriterionOf("c", "Care", Decimal(20), minimum=Decimal("2.5")),
]
HALF_STEPS = st.integers(0, 10).map(lambda n: Decimal(n) / 2)


def marks(a, b, c):
    return {"a": Decimal(a), "b": Decimal(b), "c": Decimal(c)}


def test_weights_rank_and_do_not_pass():
    one = score(CRITERIA, [marks("5", "1", "2.5")])
    assert (one.points, one.total) == (Decimal("66.00"), Decimal("56.67"))
    assert not passes(one, threshold=Decimal(60))
    assert why_not(one, threshold=Decimal(60)) == "56.67 points of 100 without weights, under the threshold of 60."


def test_a_file_under_the_minimum_of_a_criterion_does_not_pass_however_good_the_rest():
    one = score(CRITERIA, [marks("5", "5", "2")])
    assert one.short_of == ("c",)
    assert not passes(one, threshold=Decimal(60))
    assert why_not(one, threshold=Decimal(60)) == "Under the minimum of a criterion: c."


def test_a_file_at_the_threshold_passes():
    one = score(CRITERIA, [marks("3", "3", "3")])
    assert passes(one, threshold=Decimal(60))
    assert why_not(one, threshold=Decimal(60)) == ""


def test_nothing_signed_is_no_score():
    one = score(CRITERIA, [])
    assert one == Score(points=None, by_criterion={}, spread=Decimal(0), count=0)
    assert not passes(one, threshold=Decimal(0))
    assert why_not(one, threshold=Decimal(0)) == why_not(None, threshold=Decimal(0)) == "Not evaluated."


def test_marks_more_than_one_and_a_half_apart_diverge_and_exactly_that_do_not():
    assert score(CRITERIA, [marks("5", "3", "3"), marks("3.5", "3", "3")]).diverges is False
    assert score(CRITERIA, [marks("5", "3", "3"), marks("3", "3", "3")]).diverges is True


def test_a_consensus_replaces_the_marks_and_keeps_the_distance_on_record():
    one = score(CRITERIA, [marks("5", "3", "3"), marks("1", "3", "3")], consensus=marks("4", "4", "4"))
    assert (one.points, one.spread, one.count, one.agreed, one.diverges) == (
        Decimal("80.00"),
        Decimal(4),
        2,
        True,
        False,
    )


def test_an_empty_consensus_is_none():
    assert score(CRITERIA, [marks("3", "3", "3")], consensus={}).agreed is False


def test_a_criterion_that_nobody_marked_counts_nothing():
    assert score(CRITERIA, [{"a": Decimal(5)}]).points == Decimal("50.00")


def test_criteria_without_weight_give_no_points():
    assert points([], {}) == Decimal(0)


@given(st.lists(st.tuples(HALF_STEPS, HALF_STEPS, HALF_STEPS), min_size=1, max_size=5))
def test_points_stay_between_the_worst_and_the_best_evaluation(given_marks):
    each = [score(CRITERIA, [marks(*m)]).points for m in given_marks]
    whole = score(CRITERIA, [marks(*m) for m in given_marks])
    assert min(each) - Decimal("0.01") <= whole.points <= max(each) + Decimal("0.01")
    assert Decimal(0) <= whole.total <= Decimal(100)


@pytest.mark.parametrize(
    "value, fits", [("0", True), ("5", True), ("2.5", True), ("2.4", False), ("5.5", False), ("-0.5", False)]
)
def test_a_mark_is_a_half_step_from_0_to_5(value, fits):
    assert is_mark(Decimal(value)) is fits


# -- who may read what

REN = sharing.Party("delft", "NL", "ren@delft.example")


@pytest.mark.parametrize(
    "party, found, barred",
    [
        (sharing.Party("porto", "PT", "p@porto.example"), [], False),
        (sharing.Party("porto", "NL", "p@porto.example"), ["same country"], False),
        (sharing.Party("porto", "PT", "p@delft.example"), ["same e-mail domain"], False),
        (sharing.Party("delft", "PT", "p@x.example"), ["same organisation"], True),
        (sharing.Party("porto", "PT", "ren@delft.example"), ["own file", "same e-mail domain"], True),
        (sharing.Party("porto", "PT", "p@x.example", frozenset({"delft"})), ["partner in the application"], True),
        (sharing.Party("porto", "PT", "", frozenset(), frozenset({REN.email})), ["partner in the application"], True),
    ],
)
def test_hints_of_conflict(party, found, barred):
    assert sharing.hints(REN, party) == found
    assert bool(sharing.bar(found)) is barred


def test_addresses_of_one_big_provider_tell_nothing():
    assert sharing.hints(sharing.Party(email="a@gmail.com"), sharing.Party(email="b@gmail.com")) == []


def test_empty_texts_tell_nothing():
    assert (
        sharing.hints(sharing.Party(), sharing.Party(partner_keys=frozenset({""}), partner_emails=frozenset({""})))
        == []
    )


def test_expertise_counts_up_to_three_fields_and_another_country_one_more():
    assert sharing.fit("abcd", "abcd", same_country=False) == 7
    assert sharing.fit("a", "ab", same_country=True) == 2
    assert sharing.fit("", "ab", same_country=True) == 0
    assert sharing.sentence(["b", "a"], ["a", "b", "c"]) == "Knows a, b."
    assert sharing.sentence([], ["a"]) == "Had room for another file."


# -- what was typed


@pytest.mark.parametrize(
    "raw, mark",
    [
        ("3.5", Decimal("3.5")),
        ("3,5", Decimal("3.5")),
        (" 4 ", Decimal("4.0")),
        ("", None),
        ("NaN", None),
        ("inf", None),
        ("1e0", Decimal("1.0")),
        *((raw, None) for raw in ("5.5", "-1", "٣", "3.50000", "x", "0.25")),
    ],
)
def test_a_mark_is_read_or_it_is_none(raw, mark):
    assert marking.mark_of(raw) == mark


@given(st.text())
def test_no_text_breaks_the_reading_of_marks(raw):
    mark = marking.mark_of(raw)
    assert mark is None or is_mark(mark)
    assert "\x00" not in marking.text_of(raw)


def test_only_what_was_sent_is_read():
    typed = marking.read(
        {"mark-a": "3.5", "note-b": "  because\r\nof this\u202e ", "mark-z": "1", "x": "y"}, ["a", "b"]
    )
    assert (typed.marks, typed.notes, typed.comment, typed.errors) == (
        {"a": Decimal("3.5")},
        {"b": "because\nof this"},
        None,
        {},
    )


def test_an_empty_mark_is_taken_back_and_nonsense_is_said():
    typed = marking.read({"mark-a": "", "mark-b": "9", "comment": "x" * 5001}, ["a", "b"])
    assert typed.marks == {"a": None}
    assert typed.errors == {"mark-b": "A mark is 0 to 5 in half steps.", "comment": "At most 5,000 characters."}
    assert len(typed.comment) == 5000


# -- covering


def test_names_addresses_and_links_are_covered_in_any_case():
    hidden = redaction.secrets(["Paula Pereira", "Pereira", "Atlantic Food Cluster", "", "x"])
    text = "paula  pereira of ATLANTIC FOOD\nCLUSTER, see www.afc.example/x or ask p@afc.example. Mr Pereira knows."
    assert redaction.covered(text, hidden) == "▇▇▇ of ▇▇▇, see ▇▇▇ or ask ▇▇▇. Mr ▇▇▇ knows."


def test_parts_of_longer_words_are_left_alone():
    assert redaction.covered("Anna plans; planning", redaction.secrets(["Anna", "plan"])) == "▇▇▇ plans; planning"


def test_short_words_of_a_name_do_not_cover_half_the_text():
    assert redaction.words_of("J. de la Cruz") == ["Cruz"]


# -- assembling


def voice(name, a, note="", comment=""):
    return agreeing.Voice(name, {"a": Decimal(a)} if a else {}, {"a": note} if note else {}, comment)


def test_the_text_to_start_from_names_no_evaluator_and_says_where_marks_are_apart():
    voices = [voice("Ren", "4.5", "Clear\naims", "Take it."), voice("Rita", "2", "Vague")]
    found = agreeing.lines(CRITERIA[:1], voices)
    assert agreeing.assembled(found, voices) == (
        "Aims (marks 4.5, 2.0): 2.5 apart, to be talked over\n– Clear aims\n– Vague\n\nOverall\n– Take it."
    )
    assert (found[0].mean, found[0].suggested, found[0].diverges) == (Decimal("3.25"), Decimal("3.5"), True)
    assert found[0].cells == ((Decimal("4.5"), "Clear\naims"), (Decimal(2), "Vague"))


def test_what_says_nothing_is_left_out_and_what_was_written_alike_stands_once():
    voices = [voice("Ren", "4.5", "Clear aims", "Take it."), voice("Rita", "4", "clear  aims", "Clear aims")]
    voices.append(voice("Rolf", "4.5", "", "take it."))
    assert agreeing.assembled(agreeing.lines(CRITERIA, voices), voices) == (
        "Aims (marks 4.5, 4.0, 4.5)\n– Clear aims\n\nOverall\n– Take it."
    )
    silent = [voice("Ren", "4.5"), voice("Rita", "2")]
    assert agreeing.assembled(agreeing.lines(CRITERIA[:1], silent), silent) == (
        "Aims (marks 4.5, 2.0): 2.5 apart, to be talked over"
    )


def test_without_marks_there_is_nothing_to_suggest():
    line = agreeing.lines(CRITERIA[:1], [voice("Ren", "")])[0]
    assert (line.mean, line.suggested, line.spread, line.diverges) == (None, None, Decimal(0), False)
    assert agreeing.assembled([line], []) == ""


@given(st.integers(0, 500).map(lambda n: Decimal(n) / 100))
def test_a_suggested_mark_is_the_nearest_half_step(mean):
    near = agreeing.half_step(mean)
    assert is_mark(near)
    assert abs(near - mean) <= Decimal("0.25")


@pytest.mark.parametrize(
    ("today", "reminded_on", "due"),
    [
        (6, None, False),
        (7, None, True),
        (8, 7, False),  # once before the day
        (10, 7, False),
        (11, 7, True),  # once after it
        (12, 11, False),
        (7, 2, True),  # by hand long before counts for nothing
        (8, 8, False),  # by hand since the day came counts
        (20, None, True),
    ],
)
def test_evaluators_are_reminded_three_days_before_and_the_day_after(today, reminded_on, due):
    on = date(2022, 10, reminded_on) if reminded_on else None
    assert reminding.is_due(date(2022, 10, 10), reminded_on=on, today=date(2022, 10, today)) is due
