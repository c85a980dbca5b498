import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from booster.academies.models import Edition
from booster.academies.tests import make
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.kit.moves import Stale
from booster.kit.views import Refusals, opens, public, signed_in
from conftest import NOW

pytestmark = pytest.mark.django_db
RULES = {
    "door.read": lambda actor, thing: None,
    "door.paint": lambda actor, thing: "Only painters may do this.",
}


def get(user=None):
    request = RequestFactory().get("/door/?a=1")
    request.user = user or AnonymousUser()
    return request


@opens("door.read", rules=RULES, seen_by=Edition.objects.seen_by, by="slug")
def read(request, edition, page=1) -> HttpResponse:
    return HttpResponse(f"{edition.slug} {page}")


@opens("door.paint", rules=RULES, seen_by=Edition.objects.seen_by)
def paint(request, edition) -> HttpResponse:
    return HttpResponse("painted")


@signed_in("door.mine")
def mine(request, word) -> HttpResponse:
    return HttpResponse(word)


@public("door.hang")
def hang(request) -> HttpResponse:
    return HttpResponse("here")


def test_a_door_hands_the_thing_and_the_rest_of_the_address_to_the_view(olga):
    edition = make.edition(at=NOW, organiser=olga)
    assert read(get(olga), slug=edition.slug, page=3).content == b"cba-1 3"


def test_what_one_may_not_see_is_not_found_and_what_one_may_not_do_is_refused_with_the_reason(olga, sana):
    edition = make.edition(at=NOW, organiser=olga)
    with pytest.raises(Http404):
        read(get(sana), slug=edition.slug)
    with pytest.raises(Http404):
        read(get(olga), slug="no-such-edition")
    with pytest.raises(PermissionDenied, match="Only painters may do this"):
        paint(get(olga), pk=edition.pk)


def test_a_stranger_is_sent_to_sign_in_whether_the_thing_is_there_or_not(olga):
    edition = make.edition(at=NOW, organiser=olga)
    answers = [read(get(), slug="cba-1"), read(get(), slug="nothing")]
    Edition.objects.update(state="open")
    answers.append(paint(get(), pk=edition.pk))
    assert [(a.status_code, a.url) for a in answers] == [(302, "/accounts/login/?next=/door/%3Fa%3D1")] * 3


def test_a_page_of_ones_own_wants_an_account(olga):
    assert mine(get(olga), word="mine").content == b"mine"
    assert mine(get(), word="mine").status_code == 302


def test_doors_tell_their_verbs():
    assert [view.verb for view in (read, paint, mine, hang)] == ["door.read", "door.paint", "door.mine", "door.hang"]
    assert hang(get()).content == b"here"


@pytest.mark.parametrize(
    "trouble, status",
    [(Refused("Only painters."), 403), (NotNow("Too early."), 409), (Stale("Somebody was first."), 409)],
)
def test_refusals_of_actions_become_pages_that_say_why(trouble, status):
    answer = Refusals(lambda request: HttpResponse("fine")).process_exception(get(), trouble)
    assert answer.status_code == status
    assert str(trouble) in answer.content.decode()


def test_other_troubles_are_left_alone():
    middleware = Refusals(lambda request: HttpResponse("fine"))
    assert middleware.process_exception(get(), ValueError("a fault")) is None
    assert middleware(get()).content == b"fine"
