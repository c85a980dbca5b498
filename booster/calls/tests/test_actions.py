from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from booster.academies.models import Membership
from booster.calls import actions, queries, tasks
from booster.calls.models import Call, EntryCode
from booster.calls.rules import gates
from booster.calls.rules.templates import CriterionOf, RequirementOf
from booster.calls.tests import make
from booster.chronicle.models import Fact
from booster.chronicle.tasks import run_errands
from booster.kit.machine import NotNow
from booster.kit.moves import Stale
from booster.post.models import Letter
from booster.questions.rules.questions import BadForm

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def call(olga, now):
    return make.open_call(at=now, organiser=olga)


@pytest.fixture
def draft(olga, now):
    return make.draft(at=now, organiser=olga)


def kinds():
    return list(Fact.objects.filter(kind__startswith="calls.").order_by("pk").values_list("kind", flat=True))


def same(call):
    """The call as another person loaded it."""
    return Call.objects.get(pk=call.pk)


# ---------------------------------------------------------------------------------------------- writing


def test_a_draft_comes_whole_from_its_template(draft):
    assert (draft.state, draft.seats, draft.threshold, draft.revision) == ("draft", 27, 50, 1)
    assert [criterion.key for criterion in draft.criteria.all()] == ["motivation", "challenge", "contribution"]
    assert draft.gates.count() == 7
    assert queries.newest_form(draft).number == 1
    assert kinds() == ["calls.call_drafted"]


def test_a_venue_call_brings_its_white_book(olga, now):
    call = make.draft(at=now, organiser=olga, kind="venues")
    assert call.requirements.count() == 36
    assert call.requirements.get(key="plenary").criterion.key == "premises"
    assert [part.title for part in queries.white_book(call)][:2] == ["Rooms", "Equipment and hybrid"]


def test_two_drafts_get_two_addresses(draft, olga, now):
    again = actions.draft(edition=draft.edition, kind="participants", by=olga, at=now)
    assert (draft.slug, again.slug) == ("cba-1-participants", "cba-1-participants-2")


def test_a_column_that_is_none_is_refused(draft, olga, now):
    with pytest.raises(ValueError, match="A call has no state"):
        actions.draft(edition=draft.edition, kind="participants", by=olga, at=now, state="open")
    with pytest.raises(ValueError, match="A call has no state"):
        actions.change_texts(call=draft, values={"state": "open"}, by=olga, at=now)
    with pytest.raises(ValueError, match="A call has no slug"):
        actions.change_dates(call=draft, values={"slug": "x"}, by=olga, at=now)


def test_texts_change_and_the_revision_grows(draft, olga, now):
    actions.change_texts(call=draft, values={"title": "New", "seats": 30}, by=olga, at=now, revision=1)
    assert (same(draft).title, same(draft).seats, same(draft).revision) == ("New", 30, 2)
    assert Fact.objects.filter(kind="calls.call_changed").get().payload == {"what": "seats, title"}


def test_nothing_changed_is_no_change(draft, olga, now):
    actions.change_texts(call=draft, values={"title": draft.title}, by=olga, at=now)
    assert kinds() == ["calls.call_drafted"]


def test_of_two_editors_the_second_is_told(draft, olga, now):
    actions.change_texts(call=draft, values={"title": "First"}, by=olga, at=now, revision=1)
    with pytest.raises(Stale):
        actions.change_texts(call=same(draft), values={"title": "Second"}, by=olga, at=now, revision=1)
    assert same(draft).title == "First"


def test_translations_come_and_go(draft, olga, now):
    words = {"title": "Appel", "body": " ", "state": "open"}
    actions.translate(call=draft, language="fr", words=words, by=olga, at=now, revision=1)
    assert same(draft).translations == {"fr": {"title": "Appel"}}
    actions.translate(call=draft, language="fr", words={"title": ""}, by=olga, at=now, revision=2)
    assert same(draft).translations == {}


def test_dates_are_set_in_a_draft_only(draft, call, olga, now):
    actions.change_dates(call=draft, values={"deadline_at": now + DAY}, by=olga, at=now)
    assert same(draft).deadline_at == now + DAY
    with pytest.raises(NotNow, match="announced extension"):
        actions.change_dates(call=call, values={"deadline_at": now + DAY}, by=olga, at=now)


def test_criteria_are_changed_added_and_taken_away_by_key(draft, olga, now):
    kept = draft.criteria.get(key="challenge")
    new = CriterionOf("reach", "Reach", "", 60, None, {"5": "far"}, ("offer",))
    changed = CriterionOf("challenge", "Challenge!", "", 40, 2.5, {}, ())
    actions.set_criteria(call=draft, criteria=[new, changed], by=olga, at=now)
    assert list(draft.criteria.values_list("key", "position", "weight")) == [("reach", 0, 60), ("challenge", 1, 40)]
    assert draft.criteria.get(key="challenge").pk == kept.pk


def test_gates_are_replaced_in_their_order(draft, olga, now):
    actions.set_gates(
        call=draft,
        wanted=[gates.Gate("late", "L", "in_time"), gates.Gate("x", "X", "yes", {"question": "q"})],
        by=olga,
        at=now,
    )
    assert list(draft.gates.values_list("code", "position")) == [("late", 0), ("x", 1)]
    with pytest.raises(ValueError, match="no gate of the kind magic"):
        actions.set_gates(call=draft, wanted=[gates.Gate("x", "X", "magic")], by=olga, at=now)


def test_the_checklists_of_the_form_follow_the_white_book(olga, now):
    call = make.open_call(at=now, organiser=olga, kind="venues")
    lines = [
        RequirementOf("Rooms", "plenary", "A large room", "must", "premises"),
        RequirementOf("Boats", "harbour", "A harbour", "may"),
    ]
    actions.set_requirements(call=call, requirements=lines, by=olga, at=now)
    assert queries.published_form(call).number == 1  # until somebody publishes the new version
    asked = queries.form_of(queries.form_draft(call)).questions
    checklists = {key: q.values for key, q in asked.items() if q.kind == "checklist"}
    assert checklists == {"book_rooms": ("plenary",), "book_boats": ("harbour",)}


def test_a_white_book_that_asks_the_same_needs_no_new_form(olga, now):
    call = make.ready(at=now, organiser=olga, kind="venues")
    lines = [RequirementOf(r.section, r.key, r.text, "may") for r in call.requirements.all()]
    actions.set_requirements(call=call, requirements=lines, by=olga, at=now)
    assert queries.form_draft(call) is None


@pytest.mark.parametrize("act", ["set_criteria", "set_gates", "set_requirements"])
def test_what_people_answered_to_stays_after_closing(call, olga, now, act):
    actions.close(call=call, by=olga, at=now)
    name = {"set_criteria": "criteria", "set_gates": "wanted", "set_requirements": "requirements"}[act]
    with pytest.raises(NotNow, match="stays as it was"):
        getattr(actions, act)(call=call, by=olga, at=now, **{name: []})


def test_a_copy_is_a_draft_with_everything_later_at_the_same_hour(olga, now):
    deadline = datetime(2022, 10, 24, 16, 0, tzinfo=UTC)  # 18:00 in Brussels, in summer time
    source = make.open_call(at=now, organiser=olga, kind="venues", deadline_at=deadline)
    form = queries.published_form(source)
    values = {"label": "Late question", "kind": "text", "required_after": deadline.isoformat()}
    actions.add_question(call=source, section="venue", values=values, revision=form.revision, by=olga, at=now)
    home = make.edition(at=now, slug="cba-2")
    copy = actions.copy(call=source, edition=home, days=21, by=olga, at=now)
    assert (copy.state, copy.slug, copy.published_at) == ("draft", "cba-2-venues", None)
    assert copy.deadline_at == datetime(2022, 11, 14, 17, 0, tzinfo=UTC)  # 18:00 in Brussels, in winter time
    assert (copy.criteria.count(), copy.gates.count(), copy.requirements.count()) == (8, 3, 36)
    assert copy.requirements.get(key="plenary").criterion.call_id == copy.pk
    late = queries.form_of(queries.newest_form(copy)).questions["late_question"]
    assert late.required_after == datetime(2022, 11, 14, 17, 0, tzinfo=UTC)


# ---------------------------------------------------------------------------------------------- a call's life


def test_a_call_is_published_when_nothing_is_missing(draft, olga, now):
    assert [lack.sentence for lack in queries.what_is_missing(draft, at=now)] == [
        "No version of its form is published."
    ]
    with pytest.raises(NotNow, match="No version of its form is published"):
        actions.publish(call=draft, by=olga, at=now)
    actions.publish_form(version=queries.form_draft(draft), by=olga, at=now)
    actions.publish(call=draft, by=olga, at=now)
    assert (same(draft).state, same(draft).published_at) == ("open", now)
    assert kinds()[-2:] == ["calls.form_published", "calls.published"]
    with pytest.raises(NotNow):
        actions.publish(call=draft, by=olga, at=now)


def test_an_extension_is_announced_with_its_reason(call, olga, now):
    until = call.deadline_at + 7 * DAY
    extension = actions.extend(call=call, until=until, reason=" Holidays ", by=olga, at=now)
    assert (extension.reason, extension.new_deadline_at, same(call).deadline_at) == ("Holidays", until, until)
    fact = Fact.objects.get(kind="calls.deadline_extended")
    assert fact.payload["until"] == "Fri 04 Nov 2022, 11:00 (Europe/Brussels)"


def test_an_extension_ends_later_in_the_future_and_has_a_reason(call, olga, now):
    for until, reason, why in [
        (call.deadline_at, "x", "after the deadline that stands"),
        (call.deadline_at + DAY, "  ", "with its reason"),
    ]:
        with pytest.raises(NotNow, match=why):
            actions.extend(call=call, until=until, reason=reason, by=olga, at=now)
    with pytest.raises(NotNow, match="in the future"):
        actions.extend(call=call, until=call.deadline_at + DAY, reason="x", by=olga, at=call.deadline_at + 2 * DAY)
    actions.close(call=call, by=olga, at=now)
    with pytest.raises(NotNow, match="Only an open call"):
        actions.extend(call=call, until=call.deadline_at + DAY, reason="x", by=olga, at=now)


def test_a_call_closes_by_itself_a_minute_after_its_deadline_and_grace(olga, now):
    call = make.open_call(at=now, organiser=olga, grace_minutes=5)
    assert tasks.close_due(at=call.deadline_at + timedelta(minutes=5)) == 0
    assert tasks.close_due(at=call.deadline_at + timedelta(minutes=6)) == 1
    assert tasks.close_due(at=call.deadline_at + timedelta(minutes=7)) == 0
    assert same(call).state == "closed"
    assert Fact.objects.get(kind="calls.closed").by_house


def test_a_call_extended_at_this_very_moment_stays_open(call, olga, now, monkeypatch):
    old = same(call)
    actions.extend(call=call, until=call.deadline_at + DAY, reason="x", by=olga, at=now)
    with pytest.raises(Stale):
        actions.close(call=old, by=None, at=now)
    monkeypatch.setattr(tasks.Call.objects, "filter", lambda **_: [old], raising=False)
    assert tasks.close_due(at=old.deadline_at + DAY) == 0
    assert same(call).state == "open"


def test_a_closed_call_opens_again_with_a_later_deadline_and_is_settled_at_the_end(call, olga, now):
    actions.close(call=call, by=olga, at=now)
    actions.reopen(call=call, until=call.deadline_at + DAY, reason="Too few offers", by=olga, at=now)
    assert (same(call).state, same(call).closed_at) == ("open", None)
    assert kinds()[-2:] == ["calls.reopened", "calls.deadline_extended"]
    with pytest.raises(NotNow):
        actions.reopen(call=call, until=call.deadline_at + DAY, reason="x", by=olga, at=now)
    with pytest.raises(NotNow):
        actions.settle(call=call, by=olga, at=now)
    actions.close(call=call, by=olga, at=now)
    actions.settle(call=call, by=olga, at=now)
    assert same(call).state == "settled"


def test_cut_offs_lie_between_opening_and_deadline_and_stand_once(call, olga, now):
    first = actions.add_cut_off(call=call, closes_at=now + DAY, by=olga, at=now)
    assert actions.add_cut_off(call=call, closes_at=now + DAY, by=olga, at=now) == first
    assert kinds().count("calls.cut_off_set") == 1
    with pytest.raises(NotNow, match="not be after the deadline"):
        actions.add_cut_off(call=call, closes_at=call.deadline_at + DAY, by=olga, at=now)
    with pytest.raises(NotNow, match="in the future"):
        actions.add_cut_off(call=call, closes_at=now - DAY, by=olga, at=now)
    with pytest.raises(NotNow, match="has passed"):
        actions.remove_cut_off(cut_off=first, by=olga, at=now + 2 * DAY)
    actions.remove_cut_off(cut_off=first, by=olga, at=now)
    assert call.cut_offs.count() == 0


# ---------------------------------------------------------------------------------------------- the form


def newest(call):
    return queries.newest_form(call)


def test_a_change_after_publishing_begins_a_new_version(call, olga, now):
    published = newest(call)
    values = {"label": "Which one?", "kind": "text"}
    actions.add_question(call=call, section="you", values=values, revision=published.revision, by=olga, at=now)
    assert (newest(call).number, newest(call).published_at) == (2, None)
    assert "which_one" in queries.form_of(newest(call)).questions
    assert "which_one" not in queries.form_of(queries.published_form(call)).questions
    actions.publish_form(version=newest(call), revision=newest(call).revision, by=olga, at=now)
    assert queries.published_form(call).number == 2


def test_of_two_organisers_on_one_form_one_wins_and_the_other_is_told(draft, olga, now):
    seen = newest(draft).revision
    actions.change_section(call=draft, key="you", values={"title": "About you"}, revision=seen, by=olga, at=now)
    with pytest.raises(Stale, match="What you typed is still here"):
        actions.change_section(call=draft, key="you", values={"title": "Yourself"}, revision=seen, by=olga, at=now)
    assert newest(draft).sections[0]["title"] == "About you"


def test_two_who_begin_a_new_version_at_once_do_not_begin_two(call, olga, now):
    seen = newest(call).revision
    actions.remove_question(call=call, key="years", revision=seen, by=olga, at=now)
    with pytest.raises(Stale):
        actions.remove_question(call=call, key="role", revision=seen, by=olga, at=now)
    assert call.form_versions.count() == 2


def test_the_builder_moves_and_removes(draft, olga, now):
    def act(verb, **what):
        verb(call=draft, revision=newest(draft).revision, by=olga, at=now, **what)
        return [s["key"] for s in newest(draft).sections], [q["key"] for q in newest(draft).sections[0]["questions"]]

    assert act(actions.move_question, key="family_name", step=-1)[1][:2] == ["family_name", "given_name"]
    assert act(actions.move_question, key="years", step=1)[1][-1] == "role"  # over into the next section
    assert act(actions.order_questions, section="you", keys=["role", "email"])[1][:2] == ["role", "email"]
    assert act(actions.move_section, key="you", step=1)[0][:2] == ["organisation", "you"]
    assert act(actions.add_section, values={"title": "Last words"})[0][-1] == "last_words"
    assert act(actions.remove_section, key="last_words")[0][-1] == "consents"
    assert "offer" not in str(act(actions.remove_section, key="learning")[0])
    with pytest.raises(Stale):
        act(actions.remove_question, key="gone")


def test_a_question_cannot_move_before_the_one_it_hangs_on(olga, now):
    call = make.draft(at=now, organiser=olga, kind="venues")
    with pytest.raises(BadForm, match="asked earlier"):
        actions.move_question(call=call, key="partners", step=-1, revision=1, by=olga, at=now)
    assert newest(call).revision == 1


def test_changing_a_question_keeps_its_key_and_drops_empty_settings(draft, olga, now):
    values = {"key": "hacked", "hint": "", "required": False, "label": "First names"}
    actions.change_question(call=draft, key="given_name", values=values, revision=1, by=olga, at=now)
    asked = newest(draft).sections[0]["questions"][0]
    assert asked == {
        "key": "given_name",
        "kind": "text",
        "label": "First names",
        "identifies": True,
        "autocomplete": "given-name",
    }


def test_a_published_version_is_neither_published_again_nor_discarded(call, olga, now):
    with pytest.raises(NotNow, match="published already"):
        actions.publish_form(version=newest(call), by=olga, at=now)
    assert actions.discard_form(call=call, by=olga, at=now) == 0
    actions.remove_question(call=call, key="years", revision=newest(call).revision, by=olga, at=now)
    assert actions.discard_form(call=call, by=olga, at=now) == 1
    assert newest(call).number == 1


def test_an_empty_form_is_not_published(draft, olga, now):
    for section in [s["key"] for s in newest(draft).sections]:
        actions.remove_section(call=draft, key=section, revision=newest(draft).revision, by=olga, at=now)
    with pytest.raises(NotNow, match="without questions"):
        actions.publish_form(version=newest(draft), by=olga, at=now)


def test_the_form_of_a_settled_call_stays(call, olga, now):
    actions.close(call=call, by=olga, at=now)
    actions.settle(call=call, by=olga, at=now)
    with pytest.raises(NotNow, match="settled"):
        actions.remove_question(call=call, key="years", revision=newest(call).revision, by=olga, at=now)


# ------------------------------------------------------------------------------------ questions, codes, documents


def test_an_answer_is_for_all_and_who_asked_gets_one_letter(call, olga, now):
    enquiry = actions.ask(call=call, text="Who pays?", address="ann@example.org", by=None, at=now)
    assert actions.ask(call=call, text="Who pays?", address="ann@example.org", by=None, at=now) == enquiry
    actions.answer(enquiry=enquiry, public_text="Who pays?", answer="Nobody.", by=olga, at=now)
    run_errands(at=now)
    run_errands(at=now)
    letter = Letter.objects.get(kind="calls.enquiry_answered")
    assert (letter.address, letter.state, "Nobody." in letter.body) == ("ann@example.org", "released", True)
    assert [e.public_text for e in queries.answered(call)] == ["Who pays?"]
    actions.answer(enquiry=enquiry, public_text="Who pays?", answer="The academy.", by=olga, at=now)
    run_errands(at=now)
    assert Letter.objects.filter(kind="calls.enquiry_answered").count() == 2


def test_an_asker_who_left_no_address_gets_no_letter(call, olga, now):
    enquiry = actions.ask(call=call, text="Who?", by=None, at=now)
    actions.answer(enquiry=enquiry, public_text="Who?", answer="You.", by=olga, at=now)
    run_errands(at=now)
    assert not Letter.objects.filter(kind="calls.enquiry_answered").exists()


def test_questions_are_set_aside_and_not_asked_about_drafts(call, draft, olga, sana, now):
    enquiry = actions.ask(call=call, text="Buy my shoes", by=sana, at=now)
    assert enquiry.address == sana.email
    assert queries.waiting_enquiries(call.edition_id) == 1
    actions.set_aside(enquiry=enquiry, by=olga, at=now)
    assert queries.waiting_enquiries(call.edition_id) == 0
    with pytest.raises(NotNow):
        actions.set_aside(enquiry=enquiry, by=olga, at=now)
    with pytest.raises(NotNow):
        actions.ask(call=draft, text="x", by=sana, at=now)


def test_an_entry_code_lets_in_so_many_until_then(call, olga, paula, now):
    actions.close(call=call, by=olga, at=now)
    code = actions.make_entry_code(call=call, note="Ferry strike", uses=2, valid_until=now + DAY, by=olga, at=now)
    typed = f" {code.code.lower().replace('-', ' ')} "
    assert actions.redeem(call=call, code=typed, by=paula, at=now).uses_left == 1
    with pytest.raises(NotNow, match="no longer valid"):
        actions.redeem(call=call, code=code.code, by=paula, at=now + 2 * DAY)
    actions.redeem(call=call, code=code.code, by=paula, at=now)
    with pytest.raises(NotNow, match="used up"):
        actions.redeem(call=call, code=code.code, by=paula, at=now)
    with pytest.raises(NotNow, match="does not belong"):
        actions.redeem(call=call, code="nonsense", by=paula, at=now)


def test_the_last_use_of_a_code_goes_to_one(call, olga, paula, now, monkeypatch):
    code = actions.make_entry_code(call=call, note="x", valid_until=now + DAY, by=olga, at=now)
    seen_by_both = EntryCode.objects.get(pk=code.pk)
    actions.redeem(call=call, code=code.code, by=paula, at=now)

    class Slow:
        def first(self):
            return seen_by_both

    with monkeypatch.context() as patched:
        patched.setattr(
            "booster.calls.actions.codes.EntryCode.objects", type("M", (), {"filter": lambda _s, **_k: Slow()})()
        )
        with pytest.raises(Stale):
            actions.redeem(call=call, code=code.code, by=paula, at=now)
    assert EntryCode.objects.get().uses_left == 0


def test_a_code_is_ended_and_not_made_for_the_past_or_for_a_draft(call, draft, olga, paula, now):
    code = actions.make_entry_code(call=call, note="x", valid_until=now + DAY, by=olga, at=now)
    actions.end_entry_code(code=code, by=olga, at=now)
    with pytest.raises(NotNow):
        actions.redeem(call=call, code=code.code, by=paula, at=now)
    with pytest.raises(NotNow, match="in the future"):
        actions.make_entry_code(call=call, note="x", valid_until=now, by=olga, at=now)
    with pytest.raises(NotNow, match="open, or closed"):
        actions.make_entry_code(call=draft, note="x", valid_until=now + DAY, by=olga, at=now)


def test_a_copy_shows_the_same_documents_and_a_file_goes_with_the_last_of_them(call, olga, now):
    file = SimpleUploadedFile("annex.txt", b"The rules of the house.\n" * 3, content_type="text/plain")
    document = actions.add_document(call=call, title="Annex", file=file, by=olga, at=now)
    copy = actions.copy(call=call, edition=make.edition(at=now, slug="cba-2"), days=364, by=olga, at=now)
    kept = copy.documents.select_related("document").get()
    assert (kept.title, kept.document_id) == ("Annex", document.document_id)
    actions.remove_document(document=document, by=olga, at=now)
    kept.document.refresh_from_db()
    assert kept.document.removed_at is None
    actions.remove_document(document=kept, by=olga, at=now)
    kept.document.refresh_from_db()
    assert kept.document.removed_at == now


def test_documents_come_and_go(call, olga, now):
    file = SimpleUploadedFile("annex.txt", b"The rules of the house.\n" * 3, content_type="text/plain")
    document = actions.add_document(call=call, title="Annex", file=file, by=olga, at=now)
    assert same(call).revision == call.revision
    actions.remove_document(document=document, by=olga, at=now)
    assert call.documents.count() == 0
    assert kinds()[-2:] == ["calls.document_added", "calls.document_removed"]


# ---------------------------------------------------------------------------------------------- lists


def test_an_editions_calls_are_listed_in_one_query(call, olga, sana, now, django_assert_num_queries):
    actions.ask(call=call, text="x", by=sana, at=now)
    for rows in (1, 3):
        while Call.objects.count() < rows:
            actions.draft(edition=call.edition, kind="venues", by=olga, at=now)
        with django_assert_num_queries(1):
            listed = list(queries.calls_of(call.edition_id))
        assert len(listed) == rows
    assert [c.waiting for c in listed if c.pk == call.pk] == [1]


def test_drafts_are_seen_by_todays_organisers_alone(draft, olga, sana):
    assert list(Call.objects.seen_by(olga)) == [draft]
    assert list(Call.objects.organised_by(olga)) == [draft]
    assert list(Call.objects.seen_by(sana)) == []
    Membership.objects.update(ends_on="2000-01-01")
    assert list(Call.objects.seen_by(olga)) == []
