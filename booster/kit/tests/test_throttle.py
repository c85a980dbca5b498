import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory

from booster.kit import throttle


def request(method: str = "post", *, user=None, **meta):
    made = getattr(RequestFactory(), method)("/", **meta)
    made.user = user or AnonymousUser()
    return made


@throttle.limited("door", tries=2, seconds=120)
def door(request) -> HttpResponse:
    return HttpResponse("in")


def test_the_try_over_the_limit_is_spent_and_others_are_not_touched():
    assert [throttle.spent("a", "me", tries=2, seconds=60) for _ in range(3)] == [False, False, True]
    assert throttle.spent("a", "you", tries=2, seconds=60) is False
    assert throttle.spent("b", "me", tries=2, seconds=60) is False


def test_a_window_that_runs_out_in_between_begins_again(monkeypatch):
    def gone(slot):
        raise ValueError("no such key")

    monkeypatch.setattr(cache, "incr", gone)
    assert throttle.spent("a", "me", tries=0, seconds=60) is False


def test_no_address_stands_in_the_cache():
    throttle.spent("a", "ana@example.org", tries=2, seconds=60)
    assert not [key for key in cache._cache if "ana" in key]


@pytest.mark.django_db
def test_posts_over_the_limit_are_told_when_to_come_back_and_reading_is_free(rf):
    assert [door(request()).status_code for _ in range(3)] == [200, 200, 429]
    refused = door(request())
    assert refused["Retry-After"] == "120"
    assert "2" in refused.content.decode()
    assert door(request("get")).status_code == 200


@pytest.mark.django_db
def test_whom_to_count(settings, olga):
    settings.BOOSTER_BEHIND_PROXY = False
    forged = {"HTTP_X_FORWARDED_FOR": "6.6.6.6, 10.0.0.9", "REMOTE_ADDR": "10.0.0.1"}
    assert throttle.visitor(request(**forged)) == "10.0.0.1"
    settings.BOOSTER_BEHIND_PROXY = True
    assert throttle.visitor(request(**forged)) == "10.0.0.9"
    assert throttle.visitor(request(user=olga, **forged)) == f"person:{olga.pk}"
