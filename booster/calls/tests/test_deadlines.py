from datetime import UTC, datetime, timedelta
from decimal import Decimal

from booster.calls.models import Call
from booster.calls.rules import deadlines

NOW = datetime(2022, 10, 1, 10, 0, tzinfo=UTC)


def call(**about):
    about = {"state": "open", "opens_at": NOW, "deadline_at": NOW + timedelta(days=1), "grace_minutes": 5, **about}
    return Call(**about)


def test_a_call_opens_stays_open_through_its_grace_and_is_over():
    end = NOW + timedelta(days=1, minutes=5)
    assert deadlines.phase(call(), NOW - timedelta(seconds=1)) == "coming"
    assert deadlines.phase(call(), NOW) == "open"
    assert deadlines.phase(call(), end) == "open"
    assert deadlines.takes_applications(call(), end)
    assert deadlines.phase(call(), end + timedelta(seconds=1)) == "over"
    assert [deadlines.phase(call(state=s), NOW) for s in ("draft", "closed", "settled")] == ["draft", "over", "settled"]
    assert deadlines.last_moment(call(deadline_at=None)) is None


def test_everything_that_is_missing_is_named_in_order():
    empty = deadlines.Readiness(None, None, " ", "", (), False, 0, 0, True)
    assert [lack.page for lack in deadlines.lacking(empty, NOW)] == [
        *("texts", "dates", "dates", "texts", "criteria", "gates", "form", "white_book")
    ]
    late = deadlines.Readiness(NOW, NOW, "x", "a@b", (Decimal(99),), True, 1, 0, False)
    assert [lack.sentence for lack in deadlines.lacking(late, NOW)] == [
        "Its deadline has passed already.",
        "It would close before it opens.",
        "The weights of its criteria do not make 100.",
    ]
