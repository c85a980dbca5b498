from booster.calls.states import CALL, ENQUIRY


def test_every_state_can_be_reached():
    assert CALL.unreachable() == set()
    assert ENQUIRY.unreachable() == set()


def test_a_settled_call_and_a_question_set_aside_stay_so():
    assert CALL.verbs("settled") == ()
    assert ENQUIRY.verbs("set_aside") == ()
