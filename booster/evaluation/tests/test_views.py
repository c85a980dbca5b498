"""The doors: who gets in, what the pages say, how many queries they ask; what evaluators and organisers do there."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import now

from booster.calls.models import Call
from booster.evaluation import actions, inlets, queries
from booster.evaluation.models import (
    Assignment,
    CalibrationFile,
    Conflict,
    Consensus,
    Evaluation,
    Evaluator,
    Redaction,
    Screening,
    Sharing,
)
from booster.evaluation.queries import agreeing, desk, overview
from booster.evaluation.queries import screening as verdicts
from booster.evaluation.queries.board import SHOWN, SORTS, arranged, narrowed
from booster.evaluation.rules.agreeing import Agreement
from booster.evaluation.tests import make
from booster.kit import inlets as inlets_of_the_house
from booster.people import actions as people

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def at():
    return now()


@pytest.fixture
def call(olga, at):
    return make.call(at=at, organiser=olga)


@pytest.fixture
def file(call, paula, at):
    return make.file(call=call, by=paula, at=at)


@pytest.fixture
def evaluator(call, ren, olga, at):
    return make.evaluator(call=call, person=ren, at=at, by=olga, country="NL", ecosystems=("agri-food",))


@pytest.fixture
def second(call, sana, at):
    return make.evaluator(call=call, person=sana, at=at)


def more_files(call, at, count=3):
    """Further files, each of its own person."""
    people_ = [
        people.ensure_person(email=f"p{n}@example.org", name=f"Person {n}", by=None, at=at) for n in range(count)
    ]
    return [make.file(call=call, by=person, at=at, organisation_name=f"Cluster {person.pk}") for person in people_]


def text_of(answer):
    return answer.content.decode()


PAGES = (
    "screening/", "evaluators/", "evaluators/invite/", "evaluators/remind/", "evaluators/reliability/", "assignments/",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_the_desk_are_for_organisers_alone(call, file, client_of, olga, ren, sana, evaluator, page):
    where = f"/calls/{call.slug}/{page}"
    assert client_of(olga).get(where).status_code == 200
    assert client_of(ren).get(where).status_code == 404
    assert client_of(sana).get(where).status_code == 404
    assert client_of(None).get(where).status_code == 302


@pytest.mark.parametrize(
    "page, most",
    [
        ("screening/", 9),
        ("evaluators/", 7),
        ("assignments/", 11),
        ("board/", 11),
        ("conflicts/", 5),
        ("evaluators/reliability/", 8),
    ],
)
def test_pages_ask_as_many_queries_for_many_files_as_for_one(
    call, file, evaluator, second, client_of, olga, at, page, most, django_assert_max_num_queries, monkeypatch
):
    """Without the desk's navigation, which a room above adds."""
    monkeypatch.setattr(inlets_of_the_house, "fragments", lambda place: [])
    make.signed(application=file, evaluator=evaluator, at=at)
    client, where = client_of(olga), f"/calls/{call.slug}/{page}"
    client.get(where)
    with django_assert_max_num_queries(most) as first:
        assert client.get(where).status_code == 200
    for other in more_files(call, at):
        make.signed(application=other, evaluator=evaluator, at=at)
        make.assignment(application=other, evaluator=second, at=at, state="in_doubt")
    with django_assert_max_num_queries(most) as then:
        assert client.get(where).status_code == 200
    assert len(then) <= len(first) + (1 if page == "conflicts/" else 0)


def test_the_evaluators_desk_asks_three_queries_for_one_file_and_for_many(
    call, file, evaluator, client_of, ren, at, django_assert_num_queries
):
    make.assignment(application=file, evaluator=evaluator, at=at)
    client = client_of(ren)
    with django_assert_num_queries(4):
        client.get("/evaluating/")
    for other in more_files(call, at):
        make.assignment(application=other, evaluator=evaluator, at=at, state="assigned")
    with django_assert_num_queries(4):
        client.get("/evaluating/")


# -- eligibility


def test_verdicts_are_filtered_confirmed_and_overruled(call, file, pavel, client_of, olga, at):
    small = make.file(call=call, by=pavel, at=at, members=9, smes=2)
    client, where = client_of(olga), f"/calls/{call.slug}/screening/"
    page = text_of(client.get(where, {"code": "under 15 members"}))
    assert "Pavel" in page
    assert "Paula" not in page
    assert "Nothing fits" in text_of(client.get(where, {"q": "nobody at all", "state": "confirmed"}))
    one = Screening.objects.get(application=small)
    client.post(f"{where}confirm/?code=eligible", {"pk": str(one.pk)})
    assert Screening.objects.get(pk=one.pk).state == "proposed"
    answer = client.post(f"{where}confirm/?code=under+15+members", {"all": "yes"})
    assert answer["Location"].endswith("?code=under+15+members")
    assert Screening.objects.get(pk=one.pk).state == "confirmed"
    assert Screening.objects.get(application=file).state == "proposed"
    client.post(f"{where}confirm/", {"pk": ["nonsense", str(Screening.objects.get(application=file).pk)]})
    assert Screening.objects.get(application=file).state == "confirmed"
    page = text_of(client.get(f"/screenings/{one.pk}/"))
    assert "9" in page
    assert "Deadline" in page
    assert client.post(f"/screenings/{one.pk}/", {"verdict": "eligible", "reason": ""}).status_code == 200
    client.post(f"/screenings/{one.pk}/", {"verdict": "eligible", "reason": "It merged."})
    one.refresh_from_db()
    assert (one.state, one.eligible, one.reason) == ("overruled", True, "It merged.")
    client.post(f"/screenings/{Screening.objects.get(application=file).pk}/", {"verdict": "late", "reason": "By fax."})
    assert Screening.objects.get(application=file).code == "late"
    assert client.post(f"{where}compute/").status_code == 302


def test_a_verdict_is_confirmed_on_its_own_page_and_not_by_strangers(call, file, client_of, olga, ren, evaluator):
    where = f"/screenings/{file.screening.pk}/"
    assert client_of(ren).post(where, {"confirm": "yes"}).status_code == 404
    client_of(olga).post(where, {"confirm": "yes"})
    assert Screening.objects.get(application=file).state == "confirmed"


def test_every_verdict_that_is_not_eligible_is_one_click_away(call, file, client_of, olga, pavel, at):
    late = make.file(call=call, by=pavel, at=at)
    actions.overrule(screening=late.screening, eligible=False, code="late", reason="x", by=olga, at=at)
    client, where = client_of(olga), f"/calls/{call.slug}/screening/"
    assert 'href="?code=ineligible"' in text_of(client.get(where))
    page = text_of(client.get(where, {"code": "ineligible"}))
    assert (late.reference in page, file.reference in page) == (True, False)


def test_a_condition_says_whether_it_applies_to_the_file(file, client_of, olga):
    page = text_of(client_of(olga).get(f"/screenings/{file.screening.pk}/"))
    assert (">does not apply<" in page, "holds" in page) == (True, False)


def test_verdicts_count_what_was_never_computed(call, file):
    Screening.objects.all().delete()
    assert verdicts.counted(call).unchecked == 1
    assert verdicts.counted(call).ineligible == 0


def test_the_list_of_applications_shows_the_verdict(call, file, client_of, olga, rf):
    assert '"eligible"' in inlets.verdict_column(rf.get("/"), call)
    asked = rf.get("/")
    asked.user = olga
    assert "What each condition saw" in inlets.verdict_beside(asked, file)
    assert client_of(olga).get(f"/applications/{file.pk}/file/").status_code == 200
    Screening.objects.all().delete()
    assert inlets.verdict_column(rf.get("/"), call) == ""
    assert inlets.verdict_beside(rf.get("/"), file) == ""


# -- the pool


def test_an_evaluator_is_invited_changed_reminded_and_let_go(call, file, client_of, olga, at):
    client = client_of(olga)
    told = {
        "email": "New.One@example.org",
        "name": "New One",
        "capacity": "12",
        "ecosystems": ["digital"],
        "country": "BE",
    }
    assert client.post(f"/calls/{call.slug}/evaluators/invite/", {**told, "email": "nowhere"}).status_code == 200
    assert client.post(f"/calls/{call.slug}/evaluators/invite/", told).status_code == 302
    assert "in the pool already" in text_of(client.post(f"/calls/{call.slug}/evaluators/invite/", told))
    held = Evaluator.objects.get()
    assert (held.person.email, held.capacity, held.ecosystems) == ("new.one@example.org", 12, ["digital"])
    assert client.get(f"/evaluators/{held.pk}/").status_code == 200
    client.post(f"/evaluators/{held.pk}/", {"capacity": "3", "organisation": "Hub"})
    held.refresh_from_db()
    assert (held.capacity, held.organisation.name, held.country) == (3, "Hub", "")
    make.assignment(application=file, evaluator=held, at=at, due_on=(at - timedelta(days=3)).date())
    page = text_of(client.get(f"/calls/{call.slug}/evaluators/remind/"))
    assert "1 file still waits" in page
    client.post(f"/calls/{call.slug}/evaluators/remind/", {"pk": str(held.pk), "release": "now"})
    held.refresh_from_db()
    assert held.reminded_at is not None
    assert "1 late" in text_of(client.get(f"/calls/{call.slug}/evaluators/"))
    assert client.get(f"/evaluators/{held.pk}/").status_code == 200
    client.post(f"/evaluators/{held.pk}/end/")
    client.post(f"/evaluators/{held.pk}/end/")
    held.refresh_from_db()
    assert held.ended_at is not None
    assert "Nobody to remind" in text_of(client.get(f"/calls/{call.slug}/evaluators/remind/"))
    assert client.get(f"/evaluators/{held.pk}/").status_code == 200


# -- assignments


def test_a_file_is_given_by_hand_with_its_hints_and_taken_back(
    call, file, evaluator, second, client_of, olga, ren, paula, at
):
    own = make.evaluator(call=call, person=paula, at=at)
    client, where = client_of(olga), f"/applications/{file.pk}/assign/"
    page = text_of(client.get(where))
    assert "The evaluator is the applicant" in page
    assert page.index("Ren Reeve") < page.index("Sana Sole")
    assert client.post(where, {}).status_code == 200
    assert client.post(where, {"pk": [str(own.pk)]}).status_code == 200
    assert client.post(where, {"pk": [str(evaluator.pk)], "due_on": "2030-01-31"}).status_code == 302
    held = Assignment.objects.get()
    assert str(held.due_on) == "2030-01-31"
    assert "Ren Reeve" in text_of(client.get(f"/calls/{call.slug}/assignments/", {"q": "paula"}))
    assert client_of(ren).post(f"/assignments/{held.pk}/unassign/").status_code == 404
    client.post(f"/assignments/{held.pk}/unassign/")
    held.refresh_from_db()
    assert held.state == "ended"


def test_a_balanced_assignment_is_asked_for_looked_at_and_assigned(call, file, evaluator, client_of, olga):
    client = client_of(olga)
    asked = client.post(f"/calls/{call.slug}/assignments/share/", {"due_on": "2030-01-31"})["Location"]
    assert "The worker is sharing the files out" in text_of(client.get(asked))
    assert "It is being worked out" in text_of(client.get(f"/calls/{call.slug}/assignments/"))
    sharing = Sharing.objects.get()
    actions.propose_sharing(sharing=sharing, shared=queries.work_out_sharing(call), by=None, at=now())
    page = text_of(client.get(asked, headers={"HX-Request": "true"}))
    assert "<html" not in page
    assert "1 evaluation would be given out" in page
    assert client.post(asked, {"assign": "yes"}).status_code == 302
    assert client.post(asked, {"assign": "yes"}).status_code == 409
    assert str(Assignment.objects.get().due_on) == "2030-01-31"
    client.post(f"/calls/{call.slug}/assignments/share/", {"due_on": "soon"})
    client.post(f"/sharings/{Sharing.objects.first().pk}/", {"drop": "yes"})
    assert Sharing.objects.first().state == "dropped"


def test_a_conflict_is_decided_with_a_reason(call, file, evaluator, client_of, olga, ren, at):
    held = make.assignment(application=file, evaluator=evaluator, at=at, state="in_doubt")
    client, where = client_of(olga), f"/conflicts/{held.pk}/decide/"
    assert "I was their manager." in text_of(client.get(f"/calls/{call.slug}/conflicts/"))
    assert client_of(ren).post(where, {f"{held.pk}-decision": "clear", f"{held.pk}-reason": "x"}).status_code == 404
    client.post(where, {f"{held.pk}-decision": "bar"})
    assert Conflict.objects.get().decision == ""
    answer = client.post(where, {f"{held.pk}-decision": "bar", f"{held.pk}-reason": "Too close."})
    assert answer["Location"] == f"/applications/{file.pk}/assign/"
    assert "Too close." in text_of(client.get(f"/calls/{call.slug}/conflicts/"))
    other = make.assignment(application=more_files(call, at, 1)[0], evaluator=evaluator, at=at, state="in_doubt")
    client.post(f"/conflicts/{other.pk}/decide/", {f"{other.pk}-decision": "clear", f"{other.pk}-reason": "None."})
    other.refresh_from_db()
    assert other.state == "open"


# -- board and consensus


def test_the_board_sorts_filters_and_exports(call, file, evaluator, second, client_of, olga, at):
    make.signed(application=file, evaluator=evaluator, at=at, marks="5 5 5")
    make.signed(application=file, evaluator=second, at=at, marks="3 5 5")
    low, plain, late = more_files(call, at)
    make.signed(application=low, evaluator=evaluator, at=at, marks="1 1 1")
    actions.overrule(screening=late.screening, eligible=False, code="late", reason="x", by=olga, at=at)
    rows = queries.board(call).rows
    assert [row.pk for row in rows] == [file.pk, low.pk, plain.pk, late.pk]
    assert [row.signed for row in rows] == [2, 1, 0, 0]
    shown = {name: [row.pk for row in narrowed(rows, shown=name, wanted=2)] for name in SHOWN}
    assert shown == {
        "passes": [file.pk], "fails": [low.pk], "apart": [file.pk], "unfinished": [low.pk, plain.pk], "agreed": [],
        "ineligible": [late.pk],
    }  # fmt: skip
    assert [row.pk for row in narrowed(rows, text="atlantic FOOD")] == [file.pk]
    for sort in SORTS:
        both = [arranged(rows, sort=sort, descending=down) for down in (True, False)]
        assert all(one[-1].pk == late.pk for one in both)
    client = client_of(olga)
    page = text_of(client.get(f"/calls/{call.slug}/board/", {"page": "99", "sort": "title"}))
    assert "far apart" in page
    assert "Nothing to show" in text_of(client.get(f"/calls/{call.slug}/board/", {"q": "zzz", "up": "on"}))
    sheet = text_of(client.get(f"/calls/{call.slug}/board/export/"))
    assert file.reference in sheet
    assert len(sheet.strip().splitlines()) == 5


def test_evaluators_agree_and_two_moderators_do_not_overwrite_each_other(
    call, file, evaluator, second, client_of, olga, ren, at
):
    make.signed(application=file, evaluator=evaluator, at=at, marks="5 5 5", comment="Take them.")
    client, where = client_of(olga), f"/calls/{call.slug}/consensus/{file.pk}/"
    make.signed(application=file, evaluator=second, at=at, marks="2 5 5", note="A thin plan.")
    page = text_of(client.get(where))
    assert "talk it over" in page
    assert "– A thin plan." in page
    assert client_of(ren).get(where).status_code == 404
    assert client.get(f"/calls/other/consensus/{file.pk}/").status_code == 404
    assert client.get(f"/calls/other/consensus/{file.pk}/meeting/").status_code == 404
    told = {
        "mark-motivation": "3.5",
        "mark-challenge": "5.0",
        "mark-contribution": "5.0",
        "text": "Agreed.",
        "minority": "One dissents.",
        "absent": "",
        "revision": "0",
    }
    notes = agreeing.meeting(file).text.replace("\n", "\r\n")
    untouched = client.post(where, {**told, "agree": "yes", "text": notes})
    assert (untouched.status_code, "instead of the notes" in text_of(untouched)) == (422, True)
    assert not Consensus.objects.exists()
    assert client.post(where, {**told, "agree": "yes", "text": ""}).status_code == 422
    assert client.post(where, told).status_code == 409
    answer = client.post(where, {**told, "revision": "1", "agree": "yes"})
    assert answer.status_code == 302
    page = text_of(client.get(where))
    assert "One dissents." in page
    assert "<dt>Motivation</dt><dd>3.5</dd>" in page
    assert Consensus.objects.get().state == "agreed"
    client.post(where, {"reopen": "yes"})
    assert Consensus.objects.get().state == "open"
    assert "Agreed." in text_of(client.get(where))


def test_a_meeting_is_called_from_the_consensus_page(call, file, evaluator, second, client_of, olga, at):
    client, where = client_of(olga), f"/calls/{call.slug}/consensus/{file.pk}/meeting/"
    assert "two evaluators" in text_of(client.post(where, {"when": "2039-01-31T10:00"}))
    make.signed(application=file, evaluator=evaluator, at=at)
    make.signed(application=file, evaluator=second, at=at)
    assert client.post(where, {"when": "2039-01-31T10:00", "where": "Room 2"}).status_code == 302


def test_the_figures_of_agreement_are_there_for_none_one_and_many(call, file, evaluator, second, client_of, olga, at):
    told = agreeing.reliability(call)
    assert (told.whole[0].value, told.severities, told.apart) == (None, [], 0)
    make.signed(application=file, evaluator=evaluator, at=at, marks="5 5 5")
    make.signed(application=file, evaluator=second, at=at, marks="2 3 3")
    other = more_files(call, at, 1)[0]
    make.signed(application=other, evaluator=evaluator, at=at, marks="2 2 2")
    make.signed(application=other, evaluator=second, at=at, marks="1 1 1")
    told = agreeing.reliability(call)
    assert told.apart == 1
    assert [name for name, _figure in told.severities] == ["Sana Sole", "Ren Reeve"]
    assert "ICC(1)" in text_of(client_of(olga).get(f"/calls/{call.slug}/evaluators/reliability/"))


# -- sample file and redactions


def test_the_sample_is_set_marked_and_compared(call, evaluator, client_of, olga, ren):
    client, where = client_of(olga), f"/calls/{call.slug}/calibration/"
    told = {"title": "A sample", "text": "# Text"}
    for key in ("motivation", "challenge", "contribution"):
        told |= {f"mark-{key}": "3.0", f"why-{key}": "Because."}
    assert client.post(where, {"title": "x"}).status_code == 200
    assert client.post(where, told).status_code == 302
    assert "0 of 1 evaluator has" in text_of(client.get(where))
    mine, sample = client_of(ren), f"/evaluating/sample/{evaluator.pk}/"
    assert "Mark the sample file first" in text_of(mine.get("/evaluating/"))
    assert "Because." not in text_of(mine.get(sample))
    assert "every criterion" in text_of(mine.post(sample, {"mark-motivation": "3"}))
    assert (
        mine.post(sample, {"mark-motivation": "4", "mark-challenge": "3", "mark-contribution": "2.5"}).status_code
        == 302
    )
    page = text_of(mine.get(sample))
    assert "Because." in page
    assert "0.50 marks from the reference" in page
    assert "Nothing waits for you" in text_of(mine.get("/evaluating/"))
    assert "Against the sample file" in text_of(client.get(f"/calls/{call.slug}/evaluators/reliability/"))
    CalibrationFile.objects.all().delete()
    assert mine.get(sample).status_code == 404


def test_a_sample_begins_with_a_real_file_covered(call, file, client_of, olga, ren, django_assert_num_queries):
    type(file).objects.filter(pk=file.pk).update(answers={**file.answers, "goal": "Paula of Porto wants buyers."})
    client, where = client_of(olga), f"/calls/{call.slug}/calibration/"
    page = text_of(client.get(f"{where}?file={file.reference.lower()}"))
    assert "▇▇▇ of ▇▇▇ wants buyers." in page
    assert "Paula" not in page
    assert "Read it over before you keep it" in page
    assert "has the reference “P-9999”" in text_of(client.get(f"{where}?file=P-9999"))
    assert CalibrationFile.objects.count() == 0
    assert client_of(ren).get(f"{where}?file={file.reference}").status_code in (403, 404)


def test_a_blind_call_covers_names_and_takes_redactions(call, file, evaluator, client_of, olga, ren, at):
    Call.objects.filter(pk=call.pk).update(blind=True)
    type(file).objects.filter(pk=file.pk).update(answers={**file.answers, "goal": "Paula of Porto wants buyers."})
    held = make.assignment(application=file, evaluator=evaluator, at=at)
    mine, client, where = client_of(ren), client_of(olga), f"/applications/{file.pk}/redact/"
    assert "▇▇▇ of ▇▇▇ wants buyers." in text_of(mine.get(f"/evaluating/{held.pk}/"))
    assert "▇▇▇ of ▇▇▇" in text_of(client.get(where))
    client.post(where, {"key": "goal", "text": "Somebody wants buyers.", "keep": "yes"})
    assert "Somebody wants buyers." in text_of(mine.get(f"/evaluating/{held.pk}/"))
    assert "1" in text_of(client.get(f"/calls/{call.slug}/redactions/"))
    client.post(where, {"key": "goal", "restore": "yes"})
    assert Redaction.objects.count() == 0
    client.post(where, {"key": "given_name", "text": "x", "keep": "yes"})
    assert Redaction.objects.count() == 0
    mine.post(f"/evaluating/{held.pk}/declare/", {"conflict": "yes", "reason": "other"})
    assert f"File {file.pk}" in text_of(mine.get("/evaluating/"))
    assert "Atlantic Food Cluster" not in text_of(mine.get("/evaluating/"))
    assert client_of(ren).get(where).status_code == 404


# -- the evaluator's desk


def test_nothing_but_the_organisation_shows_before_the_declaration(call, file, evaluator, client_of, ren, at):
    held = make.assignment(application=file, evaluator=evaluator, at=at, state="assigned")
    client = client_of(ren)
    assert client.get(f"/evaluating/{held.pk}/")["Location"] == f"/evaluating/{held.pk}/declare/"
    for where in ("/evaluating/", f"/evaluating/{held.pk}/declare/"):
        page = text_of(client.get(where))
        assert "Atlantic Food Cluster" in page
        assert "Paula" not in page
        assert "Pereira" not in page
    assert client.post(f"/evaluating/{held.pk}/save/", {"mark-motivation": "3"}).status_code == 403
    assert client.post(f"/evaluating/{held.pk}/declare/", {"conflict": "yes"}).status_code == 200
    assert client.post(f"/evaluating/{held.pk}/declare/", {"free": "yes"}).status_code == 302
    page = text_of(client.get(f"/evaluating/{held.pk}/"))
    assert "Our members come to events and not to projects." in page


def test_a_conflict_that_is_declared_closes_the_file(call, file, evaluator, client_of, ren, at):
    held = make.assignment(application=file, evaluator=evaluator, at=at)
    client = client_of(ren)
    assert "while reading" in text_of(client.get(f"/evaluating/{held.pk}/declare/"))
    assert client.post(f"/evaluating/{held.pk}/declare/", {"free": "yes"})["Location"] == f"/evaluating/{held.pk}/"
    client.post(f"/evaluating/{held.pk}/declare/", {"conflict": "yes", "reason": "competitor", "text": "We bid too."})
    assert client.get(f"/evaluating/{held.pk}/")["Location"] == "/evaluating/"
    assert client.get(f"/evaluating/{held.pk}/declare/")["Location"] == "/evaluating/"
    assert "the organiser decides on your conflict" in text_of(client.get("/evaluating/"))


def test_many_files_are_declared_on_at_once_and_the_ticked_ones_ask_why(call, file, evaluator, client_of, ren, at):
    files = [file, *more_files(call, at, 2)]
    held = [make.assignment(application=one, evaluator=evaluator, at=at, state="assigned") for one in files]
    client, where = client_of(ren), f"/evaluating/all/{call.slug}/"
    assert "Atlantic Food Cluster" in text_of(client.get(where))
    shown = [str(one.pk) for one in held[:2]]
    answer = client.post(where, {"shown": shown, "pk": [shown[0]]})
    assert answer["Location"] == f"/evaluating/{shown[0]}/declare/"
    assert [Assignment.objects.get(pk=one.pk).state for one in held] == ["assigned", "open", "assigned"]
    assert client.post(where, {"shown": [str(one.pk) for one in held]})["Location"] == "/evaluating/"
    assert client.get(where)["Location"] == "/evaluating/"


def test_marks_save_themselves_and_two_windows_show_both_texts(call, file, evaluator, client_of, ren, at):
    held = make.assignment(application=file, evaluator=evaluator, at=at)
    client, where = client_of(ren), f"/evaluating/{held.pk}/save/"
    first = client.post(where, {"mark-motivation": "3.5", "note-motivation": "Clear.", "revision": "1"})
    assert first.json() == {"revision": 2, "errors": {}}
    wrong = client.post(where, {"mark-challenge": "9", "revision": "2"})
    assert wrong.json() == {"revision": 3, "errors": {"mark-challenge": "A mark is 0 to 5 in half steps."}}
    late = client.post(
        where, {"mark-motivation": "1", "note-motivation": "Unclear.", "comment": "Mine", "revision": "1"}
    )
    assert late.status_code == 409
    told = late.json()
    assert told["revision"] == 3
    assert [(c["key"], c["theirs"], c["yours"]) for c in told["clashes"]] == [
        ("mark-motivation", "3.5", "1.0"), ("note-motivation", "Clear.", "Unclear."), ("comment", "", "Mine"),
    ]  # fmt: skip
    page = client.post(
        f"/evaluating/{held.pk}/",
        {"mark-motivation": "1", "note-motivation": "Unclear.", "comment": "Mine", "revision": "1"},
    )
    assert page.status_code == 409
    assert "Your other window saved 3.5." in text_of(page)
    assert "Unclear." in text_of(page)
    assert "Clear." in text_of(page)


def test_without_a_script_one_saves_signs_and_opens_again(call, file, evaluator, second, client_of, ren, at):
    held = make.assignment(application=file, evaluator=evaluator, at=at)
    following = make.assignment(application=more_files(call, at, 1)[0], evaluator=evaluator, at=at)
    client, where = client_of(ren), f"/evaluating/{held.pk}/"
    client.get(where)
    told = {
        "mark-motivation": "3.5",
        "mark-challenge": "4",
        "note-motivation": "Clear.",
        "comment": "",
        "revision": "1",
    }
    assert client.post(where, told)["Location"] == where
    unsigned = client.post(where, {**told, "revision": "2", "sign": "yes"}, follow=True)
    assert "Still missing" in text_of(unsigned)
    done = client.post(where, {**told, "mark-contribution": "5", "comment": "Fine.", "revision": "3", "sign": "yes"})
    assert done["Location"] == f"/evaluating/{following.pk}/"
    page = text_of(client.get(where))
    assert "Open it again" in page
    assert "Next file" in page
    saved = client.post(f"{where}save/", {"mark-motivation": "1", "revision": "9"})
    assert (saved.status_code, "signed" in saved.json()["message"]) == (409, True)
    client.post(f"{where}reopen/")
    assert Evaluation.objects.get(assignment=held).state == "draft"
    assert client.post(f"/evaluating/{following.pk}/reopen/").status_code == 404
    assert client.post(f"{where}reopen/").status_code == 409


@pytest.mark.parametrize(
    "seen, before, after", [("never", False, False), ("after_own", False, True), ("always", True, True)]
)
def test_the_others_marks_show_when_the_call_says_so(
    call, file, evaluator, second, client_of, ren, at, seen, before, after
):
    Call.objects.filter(pk=call.pk).update(marks_seen=seen)
    make.signed(application=file, evaluator=second, at=at, note="A telling remark.", comment="All in all.")
    held = make.assignment(application=file, evaluator=evaluator, at=at)
    client, where = client_of(ren), f"/evaluating/{held.pk}/"
    assert ("A telling remark." in text_of(client.get(where))) is before
    make.sign(assignment=held, at=at)
    page = text_of(client.get(where))
    assert ("A telling remark." in page) is after
    assert "Sana" not in page


def test_marks_that_never_show_while_they_are_given_may_show_once_the_file_is_signed(
    call, file, evaluator, second, client_of, ren, at
):
    Call.objects.filter(pk=call.pk).update(marks_seen="never", marks_shared=True)
    theirs = make.assignment(application=file, evaluator=second, at=at)
    held = make.assignment(application=file, evaluator=evaluator, at=at)
    make.sign(assignment=held, at=at)
    page = f"/evaluating/{held.pk}/"
    assert "All in all." not in text_of(client_of(ren).get(page))
    make.sign(assignment=theirs, at=at, comment="All in all.")
    assert "All in all." in text_of(client_of(ren).get(page))


def test_an_agreed_consensus_shows_to_the_evaluators(call, file, evaluator, client_of, ren, olga, at):
    held = make.assignment(application=file, evaluator=evaluator, at=at)
    make.sign(assignment=held, at=at)
    marks = dict.fromkeys(("motivation", "challenge", "contribution"), Decimal(4))
    agreed = actions.record_consensus(
        application=file, agreement=Agreement(marks, "A common word."), revision=0, by=olga, at=at
    )
    actions.agree(consensus=agreed, revision=1, by=olga, at=at)
    assert "A common word." in text_of(client_of(ren).get(f"/evaluating/{held.pk}/"))


def test_the_desk_puts_what_waits_first_and_forgets_what_is_not_eligible(call, file, evaluator, ren, olga, at):
    others = more_files(call, at)
    make.sign(assignment=make.assignment(application=file, evaluator=evaluator, at=at), at=at)
    make.assignment(application=others[0], evaluator=evaluator, at=at, state="assigned")
    begun = make.assignment(application=others[1], evaluator=evaluator, at=at, due_on=at.date())
    actions.begin(assignment=begun, by=ren, at=at)
    make.assignment(application=others[2], evaluator=evaluator, at=at)
    assert [one.step for one in queries.my_evaluating(ren)] == ["go_on", "mark", "declare", "signed"]
    actions.overrule(screening=others[2].screening, eligible=False, code="late", reason="x", by=olga, at=at)
    assert [one.step for one in desk.my_evaluating(ren)] == ["go_on", "declare", "signed"]


def test_a_file_with_more_evaluators_than_wanted_does_not_make_up_for_another(
    call, file, evaluator, second, make_person, at
):
    more_files(call, at, 1)
    third = make.evaluator(call=call, person=make_person("Tina Third"), at=at)
    for one in (evaluator, second, third):
        make.signed(application=file, evaluator=one, at=at)
    told = queries.progress(call)
    assert (told.wanted, told.given, told.declared, told.signed) == (4, 2, 2, 2)


def test_progress_counts_what_is_wanted_given_declared_and_signed(call, file, evaluator, second, at):
    other = more_files(call, at, 1)[0]
    make.signed(application=file, evaluator=evaluator, at=at)
    make.assignment(application=file, evaluator=second, at=at, state="barred")
    make.assignment(application=other, evaluator=evaluator, at=at, state="in_doubt")
    make.assignment(application=other, evaluator=second, at=at, state="assigned")
    assert queries.progress(call) == queries.Progress(
        files=2, wanted=4, given=3, declared=1, signed=1, in_doubt=1, barred=1
    )
    shared = overview.with_readers(list(overview.files_to_share(call)))
    assert [[reader.state for reader in one.readers] for one in shared] == [
        ["signed", "barred"],
        ["in_doubt", "assigned"],
    ]
    assert [one.live for one in shared] == [1, 2]
    assert [a.pk for a in overview.files_to_share(call, short=True)] == [file.pk]
    assert [a.pk for a in overview.files_to_share(call, text="paula pereira")] == [file.pk]
