from datetime import timedelta

import pytest

from booster.applications import actions, queries
from booster.applications.models import Application
from booster.applications.queries import listing as lists
from booster.applications.queries.answering import desk, writable_keys
from booster.applications.tests import make
from booster.applications.tests.test_actions import VENUE, invite, newcomer, pdf
from conftest import NOW


@pytest.fixture
def venues(olga):
    return make.call(at=NOW, kind="venues", sections=VENUE, organiser=olga)


@pytest.fixture
def call(olga):
    return make.call(at=NOW, organiser=olga)


@pytest.mark.parametrize("count", [1, 3])
def test_the_organisers_rows_cost_one_query(call, make_person, django_assert_num_queries, count):
    for n in range(count):
        make.application(call=call, by=make_person(f"Person{'abc'[n]} Name"), at=NOW)
    with django_assert_num_queries(1):
        assert len(queries.rows_shown(queries.for_call(call))) == count


@pytest.mark.parametrize("count", [1, 3])
def test_my_applications_cost_the_same_for_one_and_three(olga, paula, django_assert_num_queries, count):
    for _ in range(count):
        make.draft(call=make.call(at=NOW), by=paula, at=NOW)
    with django_assert_num_queries(3):
        assert len(queries.my_applications(paula, at=NOW)) == count


def test_my_applications_begin_with_what_waits_and_is_due_first(paula, pavel, venues):
    late, soon = make.call(at=NOW, open_days=20), make.call(at=NOW, open_days=3)
    sent = make.application(call=make.call(at=NOW, open_days=1), by=paula, at=NOW)
    drafts = [make.draft(call=c, by=paula, at=NOW) for c in (late, soon)]
    theirs = make.draft(call=venues, by=pavel, at=NOW)
    actions.join(partner=invite(theirs, pavel, address=paula.email), at=NOW)
    mine = queries.my_applications(paula, at=NOW)
    assert [m.application for m in mine] == [drafts[1], drafts[0], theirs, sent]
    assert [m.partner for m in mine] == [False, False, True, False]
    assert (mine[0].status.code, mine[0].status.until) == ("draft", soon.deadline_at)


def test_a_reading_holds_labels_tables_and_files_and_blind_hides_who_it_is(hana):
    sections = [{"key": "s", "title": "S", "questions": [
        {"key": "who", "kind": "text", "label": "Who", "identifies": True},
        {"key": "rooms", "kind": "rooms", "label": "Rooms"},
        {"key": "plan", "kind": "file", "label": "Plan"},
    ]}]  # fmt: skip
    call = make.call(at=NOW, kind="venues", sections=sections)
    draft = make.draft(
        call=call, by=hana, at=NOW, who="Uni", rooms=[{"name": "A", "cabaret": 60, "daylight": True, "m2": 90.5}]
    )
    actions.add_file(application=draft, question="plan", file=pdf(), by=hana, at=NOW)
    draft.refresh_from_db()
    (chapter,) = queries.reading(draft).chapters
    who, rooms, plan = chapter.answers
    assert (who.text, plan.files[0].document.name) == ("Uni", "plan.pdf")
    assert rooms.table[0][0] == "Room"
    assert rooms.table[1] == ("A", "90.5", "", "60", "Yes", "", "", "")
    (blind,) = queries.reading(draft, blind=True).chapters
    assert [said.question.key for said in blind.answers] == ["rooms", "plan"]


@pytest.mark.parametrize("answers", [{}, make.ANSWERS["participants"]])
def test_a_reading_costs_one_query(call, paula, django_assert_num_queries, answers):
    draft = make.draft(call=call, by=paula, at=NOW, **answers)
    with django_assert_num_queries(1):
        queries.reading(draft)


def test_the_funnel_counts_states_and_nothing_erased(call, paula, pavel, hana):
    make.draft(call=call, by=paula, at=NOW)
    make.application(call=call, by=pavel, at=NOW)
    gone = make.draft(call=call, by=hana, at=NOW)
    Application.objects.filter(pk=gone.pk).update(state="erased")
    assert queries.funnel(call) == {"draft": 1, "submitted": 1}


def test_what_can_be_written_shrinks_after_the_deadline(venues, hana, pavel):
    draft = make.draft(call=venues, by=hana, at=NOW, venue_name="Hall", cost=0)
    after = venues.deadline_at + timedelta(minutes=1)
    form = queries.form_of(draft)
    assert writable_keys(draft, form, partner=None, at=after) == {"venue_name", "plan", "plans", "cost"}
    sent = actions.submit(application=draft, by=hana, at=NOW)
    assert writable_keys(sent, form, partner=None, at=NOW) == {"venue_name", "plan", "plans", "cost"}
    assert writable_keys(sent, form, partner=None, at=after) == frozenset()
    gone = actions.withdraw(application=sent, reason="", by=hana, at=NOW)
    assert writable_keys(gone, form, partner=None, at=NOW) == frozenset()


def test_a_desk_shows_only_sections_in_which_something_is_asked(paula):
    sections = [
        {"key": "a", "title": "A", "questions": [{"key": "more", "kind": "yes_no", "label": "More?"}]},
        {
            "key": "b",
            "title": "B",
            "when": {"question": "more", "is": True},
            "questions": [{"key": "x", "kind": "text", "label": "X"}],
        },
    ]
    call = make.call(at=NOW, sections=sections)
    draft = make.draft(call=call, by=paula, at=NOW, more=False)
    assert [s.key for s in desk(draft, actor=paula, at=NOW).sections] == ["a"]
    draft = actions.save_answers(application=draft, answers={"more": True}, revision=9, by=paula, at=NOW).application
    assert [s.key for s in desk(draft, actor=paula, at=NOW).sections] == ["a", "b"]


def test_known_organisations_are_found_in_other_spellings_and_not_by_two_letters(call, paula):
    make.application(call=call, by=paula, at=NOW, organisation_name="Cluster Alimentário do Norte")
    assert [o.name for o in queries.known_organisations("alimentario")] == ["Cluster Alimentário do Norte"]
    assert [o.name for o in queries.known_organisations("alimentario", country="PT")] == [
        "Cluster Alimentário do Norte"
    ]
    assert queries.known_organisations("alimentario", country="FR") == []
    assert queries.known_organisations("al") == []


def test_ones_own_copy_holds_answers_files_and_parts(venues, hana, pavel):
    draft = make.draft(call=venues, by=hana, at=NOW, venue_name="Hall")
    actions.add_file(application=draft, question="plan", file=pdf(), by=hana, at=NOW)
    actions.join(partner=invite(draft, hana), at=NOW)
    told = queries.export_of(hana)
    assert told["applications"][0]["answers"]["venue_name"] == "Hall"
    assert told["applications"][0]["files"] == ["plan.pdf"]
    assert queries.export_of(pavel)["partner in"][0]["organisation"] == "Uni Sofia"


def test_an_export_reads_every_version_of_the_form(call, paula):
    make.application(call=call, by=paula, at=NOW)
    keys = [q.key for q in lists.exportable(call)]
    assert keys[:2] == ["given_name", "family_name"]
    (line,) = queries.rows_for_export(queries.for_call(call), fixed=lists.FIXED, asked=lists.exportable(call)[:1])
    assert line[:5] == ["P-0001", "Paula Pereira", "Atlantic Food Cluster", "Portugal", line[4]]
    assert line[-3:] == ["submitted", "2022-10-01 10:00 UTC", "Paula"]


def test_a_draft_without_a_person_is_in_nobodys_list(call, paula):
    actions.begin(call=call, newcomer=newcomer(address=paula.email), at=NOW)
    assert queries.my_applications(paula, at=NOW) == []
    assert queries.reusable(paula, call) == []
