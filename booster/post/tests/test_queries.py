from datetime import timedelta

import pytest

from booster.post import actions, queries
from booster.post.models import Letter
from booster.post.states import LETTER
from booster.post.tests import make
from booster.post.tests.make import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 4])
def test_an_outbox_is_one_query_newest_first(count, django_assert_num_queries):
    for n in range(count):
        actions.drop(
            by=None, at=NOW + timedelta(minutes=n), **make.draft(str(n), edition_id=7, to=make.person(f"P{n} X"))
        )
    make.letter("elsewhere", edition_id=8)
    with django_assert_num_queries(1):
        letters = [(letter.key, letter.to.name) for letter in queries.outbox(edition_id=7)]
    assert letters == [(str(n), f"P{n} X") for n in reversed(range(count))]


def test_an_outbox_can_be_narrowed():
    make.letter("1", edition_id=7)
    make.letter("2", edition_id=7, release_now=False)
    make.letter("3", edition_id=7, release_now=False, kind="selection.decision")
    assert {x.key for x in queries.outbox(edition_id=7, state="held")} == {"2", "3"}
    assert {x.key for x in queries.outbox(edition_id=7, kind="selection.decision")} == {"3"}
    assert queries.tally(7) == {"released": 1, "held": 2}


def test_what_became_of_the_letters_about_something_is_one_query(django_assert_num_queries):
    paula, pavel = make.person(), make.person("Pavel Participant")
    make.letter("1", thing=paula)
    make.letter("2", thing=paula, release_now=False)
    with django_assert_num_queries(1):
        found = queries.deliveries_of([paula, pavel])
    assert set(found) == {paula.pk}
    assert [(x.state, x.sentence) for x in queries.delivery_of(paula)] == [
        ("held", "Written to paula@example.org, not released yet."),
        ("released", "On its way to paula@example.org."),
    ]
    assert queries.delivery_of(pavel) == []
    with django_assert_num_queries(0):
        assert queries.deliveries_of([]) == {}


@pytest.mark.parametrize("state", LETTER.states)
def test_every_state_has_a_word_and_a_sentence(state):
    letter = make.letter()
    letter.state = state
    assert letter.state_word
    letter.trouble = "550 no such user"
    assert "%" not in queries.sentence(letter)


def test_a_letter_that_the_server_put_off_says_so():
    letter = make.letter()
    letter.trouble = "451 later, 100% sure"
    assert queries.sentence(letter) == (
        "On its way to paula@example.org since the mail server could not take it yet: 451 later, 100% sure"
    )


def test_the_html_of_a_letter_says_what_the_text_says_and_cannot_be_broken():
    letter = make.letter(
        subject="You & <b>we</b>",
        body="Dear <script>alert(1)</script>,\n\nsee https://example.org/a?b=1&c=2 .\nBye",
        name="Paula Čapková",
    )
    look = queries.preview(letter)
    assert look.text == letter.body
    assert "<script>" not in look.html
    assert "Dear &lt;script&gt;alert(1)&lt;/script&gt;," in look.html
    assert '<a href="https://example.org/a?b=1&amp;c=2" rel="nofollow">' in look.html
    assert "<h1>You &amp; &lt;b&gt;we&lt;/b&gt;</h1>" in look.html
    assert look.to == "Paula Čapková <paula@example.org>"


def test_the_post_box_shows_what_left_the_outbox():
    make.letter("1")
    make.letter("2", release_now=False)
    make.letter("3", address="pavel@example.org")
    assert {x.key for x in queries.post_box()} == {"1", "3"}
    assert {x.key for x in queries.post_box("Pavel@Example.org")} == {"3"}
    assert Letter.objects.count() == 3
