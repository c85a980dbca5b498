import pytest

from booster.kit.machine import Machine, Move, NotNow

DOOR = Machine(
    "shut",
    (Move("open", ("shut",), "open"), Move("shut_it", ("open",), "shut"), Move("lock", ("shut",), "fast_shut")),
)


def test_states_stand_in_the_order_in_which_they_are_first_reached():
    assert DOOR.states == ("shut", "open", "fast_shut")


def test_verbs_are_those_that_start_from_a_state():
    assert [DOOR.verbs(state) for state in DOOR.states] == [("open", "lock"), ("shut_it",), ()]


def test_a_verb_leads_to_its_target():
    assert DOOR.after("shut", "open") == "open"


def test_a_verb_that_starts_elsewhere_is_refused_in_plain_words():
    with pytest.raises(NotNow, match="“shut it” is not possible while this is fast shut"):
        DOOR.after("fast_shut", "shut_it")


def test_a_state_that_nothing_leads_to_is_found():
    assert DOOR.unreachable() == set()
    assert Machine("a", (Move("go", ("b",), "c"),)).unreachable() == {"b", "c"}
