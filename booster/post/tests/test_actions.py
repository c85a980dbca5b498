from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection

from booster.kit.machine import NotNow
from booster.kit.moves import Stale
from booster.post import actions, rules
from booster.post.models import Attempt, Letter
from booster.post.tests import make
from booster.post.tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LATER = NOW + timedelta(hours=1)


def test_a_letter_to_a_person_takes_address_name_and_language_from_them():
    paula = make.person(language="el")
    letter = actions.drop(by=None, at=NOW, kind="k", key="1", subject=" Hello ", body="Hi", to=paula)
    assert (letter.address, letter.name, letter.language, letter.subject) == (
        "paula@example.org", "Paula Participant", "el", "Hello",
    )  # fmt: skip
    assert (letter.state, letter.released_at, letter.not_before) == ("held", None, NOW)
    assert str(letter) == "Hello"


def test_an_address_needs_no_person():
    letter = make.letter(address="guest@example.org", name="A guest", language="fr")
    assert (letter.to, letter.address, letter.name, letter.language) == (None, "guest@example.org", "A guest", "fr")


def test_a_letter_remembers_what_it_is_about():
    paula = make.person()
    letter = make.letter(thing=paula, edition_id=7)
    assert (letter.thing_type, letter.thing_id, letter.edition_id) == ("people.person", paula.pk, 7)
    paula.edition_id = 8
    assert make.letter("2", thing=paula).edition_id == 8
    assert list(Letter.objects.about(paula).order_by("pk")) == [letter, Letter.objects.get(key="2")]


def test_a_letter_for_whom_somebody_waits_is_released_at_once():
    olga = make.person("Olga Organiser")
    letter = actions.drop(by=olga, at=NOW, **make.draft(release_now=True))
    assert (letter.state, letter.released_at, letter.released_by, letter.written_by) == ("released", NOW, olga, olga)


def test_the_same_key_is_never_written_twice():
    first = make.letter()
    again = make.letter(subject="Another subject")
    assert again == first
    assert again.subject == "We have your application"
    assert Letter.objects.count() == 1


def test_one_letter_is_two_queries_and_a_savepoint(django_assert_num_queries):
    with django_assert_num_queries(4):
        make.letter()


@pytest.mark.parametrize("count", [1, 30])
def test_a_cohort_of_letters_is_two_queries_and_a_savepoint_in_order(count, django_assert_num_queries):
    drafts = [make.draft(f"decision-{n}") for n in range(count)]
    with django_assert_num_queries(4):
        letters = actions.drop_many(drafts, by=None, at=NOW)
    assert [letter.key for letter in letters] == [f"decision-{n}" for n in range(count)]
    with django_assert_num_queries(4):
        again = actions.drop_many(drafts, by=None, at=LATER)
    assert again == letters


def test_many_letters_beyond_one_helping():
    assert len(actions.drop_many([make.draft(str(n)) for n in range(401)], by=None, at=NOW)) == 401


def test_a_key_twice_in_one_cohort_is_one_letter_the_first():
    one, other = actions.drop_many([make.draft("a", subject="One"), make.draft("a", subject="Two")], by=None, at=NOW)
    assert one == other
    assert one.subject == "One"


def test_no_letters_are_a_savepoint_and_no_query(django_assert_num_queries):
    with django_assert_num_queries(2):
        assert actions.drop_many([], by=None, at=NOW) == []


@pytest.mark.parametrize("part", ["subject", "address", "name", "reply_to"])
def test_nobody_writes_headers_of_their_own(part):
    with pytest.raises(rules.UnfitLetter):
        make.letter(**{part: "x@example.org\r\nBcc: everybody@example.org"})
    assert not Letter.objects.exists()


def test_release_moves_the_held_ones_once(django_assert_num_queries):
    olga = make.person("Olga Organiser")
    letters = [make.letter(str(n), release_now=False) for n in range(3)]
    gone = make.letter("gone")
    with django_assert_num_queries(3):  # and a savepoint
        assert actions.release([*letters, gone.pk], by=olga, at=LATER) == 3
    assert actions.release(letters, by=None, at=LATER + timedelta(hours=1)) == 0
    letters[0].refresh_from_db()
    gone.refresh_from_db()
    assert (letters[0].state, letters[0].released_at, letters[0].released_by) == ("released", LATER, olga)
    assert letters[0].not_before == LATER
    assert gone.released_at == NOW


def test_release_takes_a_queryset_and_keeps_a_send_window():
    make.letter("window", release_now=False, not_before=LATER)
    make.letter("other", release_now=False, kind="other")
    assert actions.release(Letter.objects.filter(kind="applications.receipt"), by=None, at=NOW) == 1
    assert Letter.objects.get(key="window").not_before == LATER
    assert Letter.objects.get(key="other").state == "held"


OFFICE = rules.Window(time(8), time(19), False, "Europe/Brussels")


def test_released_letters_leave_in_the_hours_of_the_readers_own_zone(django_assert_num_queries):
    for name, zone in (("Paula Paris", "Europe/Paris"), ("Anu Azores", "Atlantic/Azores"), ("Nina Nowhere", "")):
        make.letter(name, to=make.person(name, zone=zone), release_now=False)
    make.letter("to an address alone", release_now=False)
    friday_night = datetime(2026, 3, 6, 18, 30, tzinfo=UTC)
    with django_assert_num_queries(7):  # the zones, and one for each of them and for none; a savepoint
        assert actions.release(Letter.objects.all(), by=None, at=friday_night, window=OFFICE) == 4
    monday = datetime(2026, 3, 9, 7, tzinfo=UTC)
    assert dict(Letter.objects.values_list("key", "not_before")) == {
        "Paula Paris": monday,
        "Anu Azores": friday_night,  # it is half past five in the afternoon there
        "Nina Nowhere": monday,
        "to an address alone": monday,
    }


def test_a_letter_written_with_hours_leaves_in_them_and_one_written_without_at_once():
    friday_night = datetime(2026, 3, 6, 18, 30, tzinfo=UTC)
    drafts = {
        "reminder": {"window": OFFICE},
        "in the afternoon": {"window": OFFICE, "to": make.person("Anu Azores", zone="Atlantic/Azores")},
        "pressing": {"window": OFFICE, "latest": friday_night + timedelta(days=1)},
        "receipt": {},
        "held": {"window": OFFICE, "release_now": False},
    }
    for key, more in drafts.items():
        actions.drop(by=None, at=friday_night, **make.draft(key, **({"release_now": True} | more)))
    assert dict(Letter.objects.values_list("key", "not_before")) == {
        "reminder": datetime(2026, 3, 9, 7, tzinfo=UTC),
        "in the afternoon": friday_night,
        "pressing": friday_night,
        "receipt": friday_night,
        "held": friday_night,
    }


def test_in_the_demo_letters_leave_at_any_hour(settings):
    settings.BOOSTER_DEMO = True
    make.letter(release_now=False)
    night = datetime(2026, 3, 7, 2, tzinfo=UTC)
    actions.release(Letter.objects.all(), by=None, at=night, window=OFFICE)
    assert Letter.objects.get().not_before == night


def test_a_letter_that_waits_for_its_hour_can_go_now():
    letter = make.letter(not_before=LATER)
    actions.hasten(letter, by=None, at=NOW)
    assert Letter.objects.get().not_before == NOW
    held = make.letter("held", release_now=False)
    with pytest.raises(NotNow):
        actions.hasten(held, by=None, at=NOW)


def _woken():
    return [call.args for _, call, *_ in connection.run_on_commit]


@pytest.mark.parametrize(("mail", "demo", "woken"), [(True, False, 1), (False, True, 1), (False, False, 0)])
def test_the_worker_is_called_once_when_there_is_a_way_out(settings, mail, demo, woken):
    settings.BOOSTER_MAIL, settings.BOOSTER_DEMO = mail, demo
    make.letter("1")
    make.letter("2")
    assert _woken() == [("booster.post.tasks.send_now",)] * woken


def test_a_held_letter_calls_nobody(settings):
    settings.BOOSTER_MAIL = True
    make.letter(release_now=False)
    assert _woken() == []


def test_a_held_letter_can_be_rewritten():
    letter = make.letter(release_now=False)
    actions.rewrite(letter, subject=" New ", body="Text", revision=0, by=None, at=LATER)
    letter.refresh_from_db()
    assert (letter.subject, letter.body, letter.revision) == ("New", "Text", 1)


def test_of_two_who_rewrite_the_second_is_told():
    letter = make.letter(release_now=False)
    actions.rewrite(letter, subject="New", body="Text", revision=0, by=None, at=LATER)
    with pytest.raises(Stale):
        actions.rewrite(letter, subject="Newer", body="Text", revision=0, by=None, at=LATER)


def test_who_rewrites_while_it_is_released_is_told():
    letter = make.letter(release_now=False)
    actions.release([letter], by=None, at=LATER)
    with pytest.raises(Stale):
        actions.rewrite(letter, subject="New", body="Text", revision=0, by=None, at=LATER)
    letter.refresh_from_db()
    with pytest.raises(NotNow, match="has left the outbox"):
        actions.rewrite(letter, subject="New", body="Text", revision=0, by=None, at=LATER)


def test_rewriting_cannot_add_headers_either():
    letter = make.letter(release_now=False)
    with pytest.raises(rules.UnfitLetter):
        actions.rewrite(letter, subject="a\nb", body="Text", revision=0, by=None, at=LATER)


def test_a_held_letter_can_be_thrown_away_a_released_one_not():
    held, gone = make.letter("1", release_now=False), make.letter("2")
    assert actions.discard([held, gone], by=None, at=LATER) == 1
    assert set(Letter.objects.values_list("key", "state")) == {("1", "discarded"), ("2", "released")}


@pytest.mark.parametrize("state", ["failed", "given_up", "bounced", "unsure"])
def test_what_did_not_arrive_can_be_sent_again(state):
    letter = make.letter()
    Letter.objects.update(state=state, attempts=9, trying_since=NOW, handed_over_at=NOW, trouble="550 no")
    letter.refresh_from_db()
    actions.retry(letter, by=None, at=LATER)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.trying_since, letter.not_before) == ("released", 0, None, LATER)
    assert (letter.handed_over_at, letter.trouble) == (None, "")


@pytest.mark.parametrize("state", ["held", "sent", "discarded"])
def test_what_arrived_or_never_left_is_not_sent_again(state):
    letter = make.letter()
    Letter.objects.update(state=state)
    letter.refresh_from_db()
    with pytest.raises(NotNow):
        actions.retry(letter, by=None, at=LATER)


def test_a_letter_sent_again_may_go_to_a_corrected_address():
    letter = make.letter(address="paula@exmaple.org")
    Letter.objects.update(state="bounced", trouble="550")
    letter.refresh_from_db()
    actions.retry(letter, address="paula@example.org", by=None, at=LATER)
    letter.refresh_from_db()
    assert (letter.state, letter.address, letter.trouble) == ("released", "paula@example.org", "")


def test_of_two_workers_one_claims_a_letter():
    letter = make.letter()
    one, other = Letter.objects.get(), Letter.objects.get()
    actions.claim(one, at=NOW)
    with pytest.raises(Stale):
        actions.claim(other, at=NOW)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.trying_since) == ("sending", 1, NOW)


def test_who_lost_the_lease_cannot_write_in_the_books():
    make.letter()
    mine = actions.claim(Letter.objects.get(), at=NOW)
    Letter.objects.update(leased_until=LATER)
    with pytest.raises(Stale):
        actions.hand_over(mine, at=NOW)
    with pytest.raises(Stale):
        actions.settle(mine, verb="deliver", reply="250 OK", at=NOW)
    assert not Attempt.objects.exists()


def test_forgetting_leaves_that_it_was_sent():
    paula = make.person()
    make.letter("to her", to=paula)
    make.letter("to her address", address="PAULA@example.org")
    make.letter("not sent yet", to=paula, release_now=False)
    make.letter("other", address="pavel@example.org")
    sent = Letter.objects.get(key="to her")
    actions.settle(actions.claim(sent, at=NOW), verb="deliver", reply="250 OK paula@example.org", at=NOW)
    assert actions.forget(paula, by=None, at=LATER) == 3
    sent.refresh_from_db()
    assert (sent.state, sent.sent_at, sent.subject, sent.body, sent.address, sent.name, sent.to) == (
        "sent", NOW, "", "", "", "", None,
    )  # fmt: skip
    assert Attempt.objects.get().reply == ""
    assert Letter.objects.get(key="not sent yet").state == "discarded"
    assert Letter.objects.get(key="other").address == "pavel@example.org"


def test_letters_about_something_are_forgotten_with_it():
    paula, pavel = make.person(), make.person("Pavel Participant")
    make.letter("1", thing=paula)
    make.letter("2", thing=pavel, release_now=False)
    make.letter("3")
    assert actions.forget_about([paula, pavel], by=None, at=LATER) == 2
    assert actions.forget_about([], by=None, at=LATER) == 0
    assert set(Letter.objects.values_list("key", "subject", "state")) == {
        ("1", "", "discarded"),
        ("2", "", "discarded"),
        ("3", "We have your application", "released"),
    }


def test_a_person_sees_letters_that_went_out_to_them():
    from django.contrib.auth.models import AnonymousUser

    paula = make.person()
    gone = make.letter("1", to=paula)
    make.letter("2", to=paula, release_now=False)
    make.letter("3", to=make.person("Pavel Participant"))
    assert list(Letter.objects.seen_by(paula)) == [gone]
    assert list(Letter.objects.seen_by(AnonymousUser())) == []
