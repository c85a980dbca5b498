from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import transaction

from booster.kit import keeping
from booster.kit.keeping import kept

pytestmark = pytest.mark.django_db(transaction=True)


def made(what, log):
    def make():
        log.append(what)
        return [what]

    return make


def test_a_value_is_made_once_for_a_key_and_anew_for_another():
    log = []
    for key in (1, 1, 2, 2, 1):
        assert kept("a", lambda key=key: key, made(key, log)) == [key]
    assert log == [1, 2, 1]


def test_places_do_not_share():
    assert kept("a", lambda: 1, lambda: "a") == "a"
    assert kept("b", lambda: 1, lambda: "b") == "b"
    assert kept("a", lambda: 1, lambda: "c") == "a"


def test_inside_a_transaction_nothing_is_kept_and_nothing_kept_is_used():
    log = []
    with transaction.atomic():
        kept("a", lambda: 1, made("inside", log))
    kept("a", lambda: 1, made("outside", log))
    with transaction.atomic():
        kept("a", lambda: 1, made("inside again", log))
    assert log == ["inside", "outside", "inside again"]


def test_of_two_threads_that_ask_for_the_same_one_makes_it_and_the_other_waits():
    log, begun, go_on = [], Event(), Event()

    def slow():
        log.append("made")
        begun.set()
        go_on.wait(5)
        return ["value"]

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(kept, "a", lambda: 1, slow)
        begun.wait(5)
        second = pool.submit(kept, "a", lambda: 1, slow)
        go_on.set()
        assert first.result(5) is second.result(5)
    assert log == ["made"]


def test_a_value_that_could_not_be_made_is_tried_again():
    log = []

    def fails():
        raise LookupError

    with pytest.raises(LookupError):
        kept("a", lambda: 1, fails)
    assert kept("a", lambda: 1, made("now", log)) == ["now"]


def test_the_key_is_read_before_the_value_is_made():
    log = []
    kept("a", lambda: log.append("key") or 1, made("value", log))
    assert log == ["key", "value"]


def test_the_place_that_nobody_asked_for_longest_goes_first(monkeypatch):
    monkeypatch.setattr(keeping, "MOST", 6)
    log = []
    for place in ("a", "b", "a", "c"):  # two rows of room each, so the third drives one out
        kept(place, lambda: 1, lambda place=place: log.append(place) or [place, place][:1])
    kept("d", lambda: 1, made("d", log))
    kept("a", lambda: 1, made("a", log))
    kept("b", lambda: 1, made("b again", log))
    assert log == ["a", "b", "c", "d", "b again"]


def test_what_is_larger_than_all_room_is_made_each_time(monkeypatch):
    monkeypatch.setattr(keeping, "MOST", 1)
    log = []
    kept("a", lambda: 1, made("once", log))
    kept("a", lambda: 1, made("twice", log))
    assert log == ["once", "twice"]
