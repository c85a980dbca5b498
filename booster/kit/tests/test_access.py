import pytest

from booster.kit.access import Refused, allows, any_of, anybody, check, every


def says(answer: str | None):
    return lambda actor, thing: answer


RULES = {"door.open": says(None), "door.paint": says("Only painters may do this.")}


def test_every_rule_must_agree_and_the_first_reason_is_told():
    assert every(says(None), says(None))(1, 2) is None
    assert every(says(None), says("b"), says("c"))(1, 2) == "b"
    assert every()(1, 2) is None


def test_one_rule_is_enough_and_otherwise_the_first_reason_is_told():
    assert any_of(says("a"), says(None))(1, 2) is None
    assert any_of(says("a"), says("b"))(1, 2) == "a"


def test_anybody_is_everybody():
    assert anybody(None, None) is None


def test_a_refusal_tells_its_reason_and_a_yes_nothing():
    check(RULES, "door.open", 1, 2)
    with pytest.raises(Refused, match="Only painters may do this"):
        check(RULES, "door.paint", 1, 2)
    assert (allows(RULES, "door.open", 1, 2), allows(RULES, "door.paint", 1, 2)) == (True, False)
