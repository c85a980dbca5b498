import threading
from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default

import pytest

from booster.post import actions
from booster.post.models import Attempt, Letter
from booster.post.tasks import sending as tasks
from booster.post.tests import make
from booster.post.tests.make import NOW

HOUR = timedelta(hours=1)
pytestmark = [pytest.mark.django_db, pytest.mark.database]


def _message(server, number=0):
    return message_from_bytes(server.taken[number].original_content, policy=default)


def test_a_letter_arrives_as_text_and_html_with_its_headers(server):
    letter = make.letter(
        subject="Ευχαριστούμε – we have it",
        body="Dear Paula,\n\n.a line with a dot\nGrüße",
        name="Paula Čapková",
        reply_to="olga@example.org",
        calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    )
    assert tasks.send_waiting(at=NOW) == 1
    letter.refresh_from_db()
    assert letter.state == "sent"
    assert NOW <= letter.sent_at < NOW + timedelta(seconds=30)
    assert (letter.attempts, letter.trouble, letter.leased_until) == (1, "", None)
    assert str(Attempt.objects.get()) == "sent: 250 OK"
    envelope = server.taken[0]
    assert (envelope.mail_from, envelope.rcpt_tos) == ("academy@example.org", ["paula@example.org"])
    message = _message(server)
    assert str(make_header(decode_header(message["Subject"]))) == "Ευχαριστούμε – we have it"
    assert message["To"].addresses[0].display_name == "Paula Čapková"
    assert message["From"] == "Booster Academy <academy@example.org>"
    assert message["Reply-To"] == "olga@example.org"
    assert message["Message-ID"] == letter.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en"
    assert message.get_body(["plain"]).get_content().splitlines() == ["Dear Paula,", "", ".a line with a dot", "Grüße"]
    assert "<p>Dear Paula,</p>" in message.get_body(["html"]).get_content()
    (calendar,) = message.iter_attachments()
    assert (calendar.get_content_type(), calendar.get_filename()) == ("text/calendar", "invitation.ics")


def test_nothing_is_sent_twice(server):
    make.letter()
    assert tasks.send_waiting(at=NOW) == 1
    assert tasks.send_waiting(at=NOW + HOUR) == 0
    assert len(server.taken) == 1


def test_held_letters_and_letters_before_their_time_stay(server):
    make.letter("held", release_now=False)
    make.letter("tomorrow", not_before=NOW + timedelta(days=1))
    assert tasks.send_waiting(at=NOW) == 0
    assert tasks.send_waiting(at=NOW + timedelta(days=1)) == 1
    assert Letter.objects.get(key="held").state == "held"


def test_many_letters_share_one_connection(server):
    for n in range(5):
        make.letter(str(n))
    assert tasks.send_waiting(at=NOW) == 5
    assert len(server.peers) == 1
    assert len(server.taken) == 5


def test_a_mail_server_away_for_an_hour_loses_nothing_and_gets_nothing_twice(server):
    for n in range(3):
        make.letter(str(n))
    server.stop()
    for minute in range(0, 60, 2):
        assert tasks.send_waiting(at=NOW + timedelta(minutes=minute)) == 0
    assert set(Letter.objects.values_list("state", flat=True)) == {"released"}
    assert "cannot be reached (ConnectionRefusedError)" in Letter.objects.exclude(trouble="").first().trouble
    server.start()
    for minute in range(60, 70):
        tasks.send_waiting(at=NOW + timedelta(minutes=minute))
    assert set(Letter.objects.values_list("state", flat=True)) == {"sent"}
    assert sorted(_message(server, n)["Message-ID"] for n in range(3)) == sorted(
        Letter.objects.values_list("message_id", flat=True)
    )
    assert len(server.taken) == 3


def test_a_server_away_for_more_than_a_day_is_given_up_and_can_be_asked_again(server):
    letter = make.letter()
    server.stop()
    for hours in range(32):
        tasks.send_waiting(at=NOW + timedelta(hours=hours))
    letter.refresh_from_db()
    assert letter.state == "given_up"
    assert "cannot be reached" in letter.trouble
    assert Attempt.objects.count() == letter.attempts
    assert letter.attempts in {31, 32}  # the thirtieth hour is a matter of microseconds
    server.start()
    actions.retry(letter, by=None, at=NOW + timedelta(days=2))
    assert tasks.send_waiting(at=NOW + timedelta(days=2)) == 1


def test_not_now_is_tried_again_later(server):
    server.on_rcpt = ["450 4.2.1 mailbox busy", "250 OK"]
    letter = make.letter()
    assert tasks.send_waiting(at=NOW) == 0
    letter.refresh_from_db()
    assert (letter.state, letter.trouble) == ("released", "450 4.2.1 mailbox busy")
    assert letter.not_before >= NOW + timedelta(minutes=1)
    assert tasks.send_waiting(at=NOW + timedelta(seconds=30)) == 0
    assert tasks.send_waiting(at=NOW + timedelta(minutes=2)) == 1
    assert [x.outcome for x in Attempt.objects.order_by("pk")] == ["released", "sent"]
    assert len(server.taken) == 1


def test_not_now_for_the_text_is_tried_again_too(server):
    server.on_data = ["451 4.3.0 no room", "250 OK"]
    make.letter()
    assert tasks.send_waiting(at=NOW) == 0
    assert tasks.send_waiting(at=NOW + HOUR) == 1
    assert len(server.taken) == 1


@pytest.mark.parametrize("where", ["on_rcpt", "on_data"])
def test_never_is_final_and_the_next_letter_goes_on(server, where):
    setattr(server, where, ["550 5.1.1 no such user", "250 OK"])
    make.letter("1")
    make.letter("2")
    assert tasks.send_waiting(at=NOW) == 1
    first = Letter.objects.get(key="1")
    assert (first.state, first.trouble) == ("failed", "550 5.1.1 no such user")
    assert Letter.objects.get(key="2").state == "sent"
    assert tasks.send_waiting(at=NOW + timedelta(days=1)) == 0


def test_a_sender_that_is_refused_is_the_houses_trouble_and_the_letter_waits(server):
    server.on_mail = ["550 5.7.1 not from you", "250 OK"]
    letter = make.letter()
    assert tasks.send_waiting(at=NOW) == 0
    letter.refresh_from_db()
    assert (letter.state, letter.trouble) == ("released", "550 5.7.1 not from you")
    assert tasks.send_waiting(at=NOW + HOUR) == 1


def test_a_server_that_refuses_even_to_listen_is_tried_again(server):
    server.on_data = "354 go on"
    letter = make.letter()
    assert tasks.send_waiting(at=NOW) == 0
    letter.refresh_from_db()
    assert letter.state == "released"


def test_a_server_that_closes_is_dialled_again(server):
    server.on_rcpt = ["421 4.3.2 going down", "250 OK"]
    make.letter("1")
    make.letter("2")
    assert tasks.send_waiting(at=NOW) == 1
    assert Letter.objects.get(key="1").state == "released"


def test_a_server_that_hangs_up_without_an_answer_has_not_taken_it(server):
    server.on_data = ["hang up", "250 OK"]
    letter = make.letter()
    assert tasks.send_waiting(at=NOW) == 0
    letter.refresh_from_db()
    assert (letter.state, letter.trouble) == ("released", "The mail server hung up.")
    assert tasks.send_waiting(at=NOW + HOUR) == 1


def test_a_wrong_password_is_the_houses_trouble_not_the_letters(server, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "academy", "wrong"
    letter = make.letter()
    assert tasks.send_waiting(at=NOW) == 0
    letter.refresh_from_db()
    assert letter.state == "released"
    assert letter.trouble


@pytest.mark.parametrize("address", ["", "nobody", "пётр@example.org", "a@" + "x" * 200 + ".example"])
def test_an_address_that_cannot_be_used_fails_alone(server, address):
    make.letter("bad", address=address)
    make.letter("good")
    assert tasks.send_waiting(at=NOW) >= 1
    assert Letter.objects.get(key="good").state == "sent"
    assert Letter.objects.get(key="bad").state in {"failed", "sent"}


def test_a_domain_in_another_script_is_sent_as_dns_knows_it(server):
    make.letter(address="paula@παράδειγμα.gr")
    assert tasks.send_waiting(at=NOW) == 1
    assert server.taken[0].rcpt_tos == ["paula@xn--hxajbheg2az3al.gr"]


def test_a_worker_killed_before_the_server_saw_the_text_is_followed_by_another(server):
    make.letter()
    actions.claim(Letter.objects.get(), at=NOW)
    assert tasks.send_waiting(at=NOW + timedelta(minutes=4)) == 0
    assert tasks.send_waiting(at=NOW + timedelta(minutes=6)) == 1
    assert [x.outcome for x in Attempt.objects.order_by("pk")] == ["released", "sent"]
    assert len(server.taken) == 1


def test_a_worker_killed_while_the_server_took_it_leaves_the_question_to_a_person(server):
    letter = make.letter()
    mine = actions.claim(Letter.objects.get(), at=NOW)
    actions.hand_over(mine, at=NOW)
    assert tasks.send_waiting(at=NOW + HOUR) == 0
    letter.refresh_from_db()
    assert letter.state == "unsure"
    assert server.taken == []
    actions.retry(letter, by=None, at=NOW + HOUR)
    assert tasks.send_waiting(at=NOW + HOUR) == 1


def test_who_lost_the_letter_before_the_text_was_sent_does_not_send_it(server, monkeypatch):
    make.letter()
    real = actions.hand_over

    def too_late(letter, *, at):
        Letter.objects.update(leased_until=NOW + HOUR)
        return real(letter, at=at)

    monkeypatch.setattr(actions, "hand_over", too_late)
    assert tasks.send_waiting(at=NOW) == 0
    assert server.taken == []
    assert Letter.objects.get().state == "sending"


def test_a_letter_that_another_worker_has_is_left_to_it(server, monkeypatch):
    make.letter()
    stale = Letter.objects.get()
    actions.claim(Letter.objects.get(), at=NOW)
    assert tasks._try(tasks._Line(), stale, lambda: NOW) == ""


def test_without_a_mail_server_letters_wait_where_they_can_be_read(settings):
    settings.BOOSTER_MAIL = settings.BOOSTER_DEMO = False
    make.letter()
    assert tasks.send_waiting(at=NOW) == 0
    assert Letter.objects.get().state == "released"


@pytest.mark.parametrize("count", [1, 20])
def test_the_demo_keeps_letters_in_its_post_box(settings, count, django_assert_num_queries):
    settings.BOOSTER_DEMO = settings.BOOSTER_MAIL = True
    for n in range(count):
        make.letter(str(n))
    with django_assert_num_queries(7):  # abandoned, due, a savepoint and its end, chosen, update, attempts
        assert tasks.send_waiting(at=NOW) == count
    assert set(Letter.objects.values_list("state", "sent_at")) == {("sent", NOW)}
    assert set(Attempt.objects.values_list("reply", flat=True)) == {"Kept in the post box."}
    assert tasks.send_waiting(at=NOW) == 0


def test_a_long_round_is_left_to_a_new_job(server, monkeypatch):
    from django_tasks import default_task_backend

    default_task_backend.clear()
    monkeypatch.setattr(tasks, "A_TURN", timedelta(0))
    make.letter("1")
    make.letter("2")
    assert tasks.send_waiting(at=NOW) == 1
    (left,) = default_task_backend.results
    assert left.task.module_path == "booster.post.tasks.sending.send_now"
    assert tasks.send_waiting(at=NOW) == 1


def test_any_other_mail_backend_of_django_works_too(settings, mailoutbox):
    settings.BOOSTER_MAIL, settings.BOOSTER_DEMO = True, False
    make.letter()
    assert tasks.send_waiting(at=NOW) == 1
    assert mailoutbox[0].subject == "We have your application"
    assert Attempt.objects.get().reply == "Handed to locmem."


def test_the_job_takes_the_clock_from_the_world(server):
    make.letter()
    assert tasks.send_now.call() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_letter_once(server, tmp_path):
    from django.db import connection, connections

    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has one connection; the real files are tried in test_worker.py")
    for n in range(30):
        make.letter(str(n))

    def work():
        tasks.send_waiting(at=NOW)
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert set(Letter.objects.values_list("state", flat=True)) == {"sent"}
    assert len(server.taken) == 30
