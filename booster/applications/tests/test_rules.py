from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booster.applications.rules import deadlines, listing, merging, partners, summary
from booster.applications.rules.deadlines import Window
from booster.applications.rules.partners import Signatory
from booster.applications.rules.status import Situation, status
from booster.applications.states import APPLICATION, PARTNER
from booster.questions.rules import questions

DEADLINE = datetime(2022, 11, 1, 17, 0, tzinfo=UTC)
OPENED = DEADLINE - timedelta(days=30)
SECOND = timedelta(seconds=1)


def window(**values):
    return Window(**{"state": "open", "opens_at": OPENED, "deadline_at": DEADLINE, **values})


@pytest.mark.parametrize("machine", [APPLICATION, PARTNER])
def test_every_state_can_be_reached(machine):
    assert machine.unreachable() == set()


def test_the_last_second_of_the_deadline_is_in_time_and_the_next_is_not():
    assert deadlines.is_open(window(), at=DEADLINE)
    assert not deadlines.is_open(window(), at=DEADLINE + SECOND)


def test_grace_counts_to_the_second_also_when_the_clock_has_closed_the_call():
    closed = window(state="closed", grace_minutes=15, closed_at=DEADLINE)
    assert deadlines.is_open(closed, at=DEADLINE + timedelta(minutes=15))
    assert not deadlines.is_open(closed, at=DEADLINE + timedelta(minutes=15) + SECOND)


def test_a_call_that_an_organiser_closed_early_takes_nothing_more():
    early = window(state="closed", closed_at=DEADLINE - timedelta(days=3))
    assert not deadlines.is_open(early, at=DEADLINE - timedelta(days=2))


def test_an_entry_code_opens_until_its_own_moment_unless_the_call_is_settled():
    late = DEADLINE + timedelta(days=2)
    assert deadlines.is_open(window(state="closed", closed_at=DEADLINE, code_until=late), at=late)
    assert not deadlines.is_open(window(state="closed", closed_at=DEADLINE, code_until=late), at=late + SECOND)
    assert not deadlines.is_open(window(state="settled", closed_at=DEADLINE, code_until=late), at=late)


def test_before_it_opens_and_as_a_draft_a_call_takes_nothing():
    assert not deadlines.is_open(window(), at=OPENED - SECOND)
    assert not deadlines.is_open(window(state="draft"), at=OPENED)
    assert not deadlines.is_open(window(deadline_at=None), at=OPENED)
    assert window(deadline_at=None).closes_at is None


def test_the_hour_that_the_clocks_repeat_is_told_apart():
    first, second = (datetime(2022, 10, 30, hour, 30, tzinfo=UTC) for hour in (0, 1))  # both 02:30 in Brussels
    assert deadlines.is_open(window(deadline_at=second), at=first + timedelta(minutes=30))
    assert not deadlines.is_open(window(deadline_at=first), at=second)


@pytest.mark.parametrize(("late", "minutes"), [(-1, 0), (0, 0), (1, 1), (59, 1), (121, 2)])
def test_minutes_late_begin_with_one(late, minutes):
    assert deadlines.minutes_late(window(), at=DEADLINE + timedelta(seconds=late)) == minutes


def test_changes_to_different_questions_are_taken_together():
    merged = merging.merge(
        standing={"a": "1", "b": "theirs"}, brought={"a": "mine"}, touched={"b": [5, 7, "Pavel"]}, revision=4, editor=3
    )
    assert merged.answers == {"a": "mine", "b": "theirs"}
    assert (merged.changed, merged.clashes) == (("a",), ())


def test_two_texts_for_one_question_both_stay():
    merged = merging.merge(
        standing={"a": "theirs"}, brought={"a": "mine"}, touched={"a": [5, 7, "Pavel"]}, revision=4, editor=3
    )
    assert merged.answers == {"a": "theirs"}
    assert merged.clashes == (merging.Clash(key="a", theirs="theirs", yours="mine", by="Pavel"),)


def test_the_same_text_from_both_is_no_clash_and_no_change():
    merged = merging.merge(
        standing={"a": "same"}, brought={"a": "same"}, touched={"a": [5, 7, "P"]}, revision=4, editor=3
    )
    assert (merged.changed, merged.clashes) == ((), ())


def test_nothing_over_nothing_is_no_change():
    assert (
        merging.merge(standing={}, brought={"a": None, "b": [], "c": "  "}, touched={}, revision=1, editor=0).changed
        == ()
    )


def test_false_and_zero_over_nothing_are_kept():
    merged = merging.merge(standing={}, brought={"a": 0, "b": False}, touched={}, revision=1, editor=0)
    assert merged.answers == {"a": 0, "b": False}


@pytest.mark.parametrize("value", [None, "", " \n", [], {}, [""], {"a": ""}, [{"a": None}]])
def test_what_counts_as_not_answered(value):
    assert merging.is_empty(value)


@pytest.mark.parametrize("value", ["x", 0, False, 1.5, True, ["x"], {"a": "x"}, [{"a": 0}]])
def test_what_counts_as_answered(value):
    assert not merging.is_empty(value)


keys = st.sampled_from("abc")
answers = st.dictionaries(keys, st.sampled_from(["", "1", "2", "3"]))


@given(answers, answers, st.dictionaries(keys, st.integers(1, 9)), st.integers(0, 9))
def test_merging_never_loses_a_text(standing, brought, touched, revision):
    marks = {key: [at, 1, "x"] for key, at in touched.items()}
    merged = merging.merge(standing=standing, brought=brought, touched=marks, revision=revision, editor=2)
    clashing = {clash.key for clash in merged.clashes}
    for key, value in brought.items():
        assert merged.answers.get(key, "") == value or key in clashing
    for key in clashing:
        assert merged.answers.get(key) == standing.get(key)
    for key in set(standing) - set(brought):
        assert merged.answers[key] == standing[key]


def test_one_draft_out_of_two_keeps_the_older_words():
    both, filled = merging.taken_together({"a": "old", "b": ""}, {"a": "new", "b": "new", "c": "new", "d": ""})
    assert both == {"a": "old", "b": "new", "c": "new"}
    assert filled == ("b", "c")


def test_changed_since_names_the_questions_that_others_changed():
    touched = {"a": [3, 1, "A"], "b": [5, 1, "A"], "c": [6, 2, "B"]}
    assert merging.changed_since(touched, revision=3, by_others_than=2) == ("b",)


def test_a_signature_holds_until_somebody_else_writes():
    signed = Signatory(1, "Uni", 2, "signed_off", 5)
    assert partners.has_current_signature(signed, {"a": [5, 1, "A"], "b": [6, 2, "me"]})
    assert not partners.has_current_signature(signed, {"a": [6, 1, "A"]})


def test_only_partners_who_joined_hold_up_the_sending():
    invited, joined = Signatory(1, "A", 0, "invited"), Signatory(2, "B", 3, "joined")
    signed, left = Signatory(3, "C", 4, "signed_off", 9), Signatory(4, "D", 5, "left")
    assert partners.unsigned([invited, joined, signed, left], {}) == [joined]
    assert partners.never_joined([invited, joined, signed, left]) == [invited]
    assert not partners.has_current_signature(Signatory(5, "E", 6, "signed_off", None), {})


def test_a_partner_without_named_sections_writes_all():
    assert partners.may_write([], "venue")
    assert partners.may_write(["venue"], "venue")
    assert not partners.may_write(["venue"], "cost")


@pytest.mark.parametrize(
    ("situation", "code"),
    [
        ({"state": "draft", "verified": False}, "verify"),
        ({"state": "draft"}, "draft"),
        ({"state": "draft", "in_time": False}, "too_late"),
        ({"state": "submitted"}, "sent"),
        ({"state": "submitted", "has_pending": True}, "changed"),
        ({"state": "submitted", "in_time": False}, "waiting"),
        ({"state": "submitted", "in_time": False, "has_pending": True}, "changes_unsent"),
        ({"state": "submitted", "in_time": False, "call_state": "settled"}, "settled"),
        ({"state": "submitted", "in_time": False, "asked_until": DEADLINE}, "asked"),
        ({"state": "submitted", "in_time": False, "asked_until": DEADLINE - SECOND}, "waiting"),
        ({"state": "withdrawn"}, "withdrawn"),
        ({"state": "superseded"}, "replaced"),
        ({"state": "erased"}, "erased"),
    ],
)
def test_where_an_application_stands(situation, code):
    usual = {"verified": True, "in_time": True, "closes_at": DEADLINE, "has_pending": False}
    assert status(Situation(**{**usual, **situation}), at=DEADLINE).code == code


def test_a_withdrawn_application_has_a_date_only_while_it_can_be_restored():
    usual = {"state": "withdrawn", "verified": True, "closes_at": DEADLINE, "has_pending": False}
    assert status(Situation(in_time=True, **usual), at=OPENED).until == DEADLINE
    assert status(Situation(in_time=False, **usual), at=OPENED).until is None


@pytest.mark.parametrize(
    ("partner", "state", "has_pending", "in_time", "code"),
    [
        ("invited", "draft", False, True, "invited"),
        ("joined", "draft", False, True, "part"),
        ("signed_off", "draft", False, True, "signed"),
        ("joined", "draft", False, False, "too_late"),
        ("joined", "submitted", True, True, "changed_together"),
        ("joined", "submitted", False, True, "sent"),
    ],
)
def test_a_partner_is_told_of_their_part_and_never_to_send(partner, state, has_pending, in_time, code):
    here = Situation(
        state=state, verified=True, in_time=in_time, closes_at=DEADLINE, has_pending=has_pending, partner=partner
    )
    assert status(here, at=OPENED).code == code


def test_references_go_on_after_the_highest_of_their_style():
    assert listing.next_reference("participants", []) == "P-0001"
    assert listing.next_reference("venues", ["V-0009", "V-0012", "P-0100", "V-12x", "ABC"]) == "V-0013"
    assert listing.next_reference("other", ["A-9999"]) == "A-10000"


def test_search_folds_accents_scripts_and_doubles():
    assert listing.folded("P-0001", "Zoë Müller", "Müller & Söhne", None) == "p 0001 zoe muller and sohne"


def test_counts_name_nobody():
    rows = [
        {"state": "draft", "country": "PT", "ecosystems": ["x", "y"]},
        {"state": "draft", "country": "", "ecosystems": None},
    ]
    assert listing.counts(rows) == {
        ("draft", "all", ""): 2,
        ("draft", "country", "PT"): 1,
        ("draft", "country", ""): 1,
        ("draft", "ecosystem", "x"): 1,
        ("draft", "ecosystem", "y"): 1,
    }


FORM = questions.parse(
    [
        {
            "key": "s",
            "title": "S",
            "questions": [
                {"key": "host", "kind": "organisation", "label": "Host"},
                {"key": "spot", "kind": "place", "label": "Place"},
                {"key": "ecosystems", "kind": "ecosystems", "label": "Ecosystems"},
            ],
        }
    ]
)


def test_a_summary_finds_host_place_and_country():
    told = summary.summary(
        FORM,
        {
            "host": {"name": "Uni X", "country": "FR"},
            "spot": {"city": "Lyon", "latitude": 45.7, "longitude": 4.8},
            "ecosystems": ["tourism"],
        },
    )
    assert (told.title, told.organisation, told.country) == ("Lyon – Uni X", "Uni X", "FR")
    assert (told.latitude, told.longitude, told.ecosystems) == (45.7, 4.8, ("tourism",))


def test_a_person_is_named_by_their_name():
    assert summary.summary(FORM, {"given_name": " Paula ", "family_name": "Pereira"}).title == "Paula Pereira"


@given(
    st.dictionaries(
        st.sampled_from(["host", "spot", "ecosystems", "given_name", "country", "latitude", "city"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=9),
            lambda x: st.lists(x, max_size=2) | st.dictionaries(st.text(max_size=4), x, max_size=2),
            max_leaves=4,
        ),
    )
)
def test_a_summary_never_raises(answers):
    told = summary.summary(FORM, answers)
    assert (told.latitude is None) == (told.longitude is None)
