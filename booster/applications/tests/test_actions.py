"""What changes applications, and what keeps them from being changed."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from booster.applications import actions, facts
from booster.applications.models import Application, Attachment, Completion, Tally
from booster.applications.tests import make
from booster.calls import actions as calls
from booster.calls import queries as call_queries
from booster.chronicle.models import Fact
from booster.chronicle.tasks import run_errands
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.kit.moves import Stale
from booster.library.models import Document
from booster.library.rules import UnfitFile
from booster.people.models import Link, Organisation, Person
from booster.post.models import Letter
from conftest import NOW

LATER = NOW + timedelta(hours=1)
CLOSED = NOW + timedelta(days=21)
VENUE = [
    {
        "key": "place",
        "title": "Place",
        "questions": [
            {"key": "venue_name", "kind": "text", "label": "Name", "required": True},
            {"key": "plan", "kind": "file", "label": "Plan"},
            {"key": "plans", "kind": "file", "label": "Plans", "several": True},
        ],
    },
    {
        "key": "cost",
        "title": "Cost",
        "questions": [{"key": "cost", "kind": "number", "label": "Cost", "required": True}],
    },
]
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def pdf(name="plan.pdf", more=b""):
    return SimpleUploadedFile(name, PDF + more, content_type="application/pdf")


@pytest.fixture
def call(db):
    return make.call(at=NOW)


@pytest.fixture
def venues(db):
    return make.call(at=NOW, kind="venues", sections=VENUE)


def newcomer(address="new@example.org", name="Nora New", holder="h" * 22):
    return actions.Newcomer(address=address, name=name, holder=holder)


def kinds(thing):
    return list(
        Fact.objects.filter(thing_id=thing.pk, thing_type="applications.application")
        .order_by("id")
        .values_list("kind", flat=True)
    )


# -- beginning


def test_somebody_without_an_account_has_a_draft_and_a_letter_and_no_entry_as_a_person(call):
    draft = actions.begin(call=call, newcomer=newcomer(address=" New@Example.org "), at=NOW)
    assert (draft.state, draft.applicant, draft.address, draft.verified_at) == ("draft", None, "new@example.org", None)
    assert not Person.objects.filter(email="new@example.org").exists()
    run_errands(at=NOW)
    letter = Letter.objects.get()
    assert (letter.address, letter.state, letter.kind) == ("new@example.org", "released", "applications.private_link")
    assert "http://testserver/l/" in letter.body


def test_the_same_page_sent_twice_begins_one_draft(call):
    one, two = (actions.begin(call=call, newcomer=newcomer(), at=NOW) for _ in range(2))
    assert one == two
    assert Application.objects.count() == 1
    assert kinds(one) == ["applications.started"]


def test_an_address_that_has_an_account_begins_in_the_very_same_way(call, paula):
    before = make.draft(call=call, by=paula, at=NOW, goal="old words")
    draft = actions.begin(call=call, newcomer=newcomer(address=paula.email), at=NOW)
    typed = {"given_name": "Nora", "family_name": "New", "email": "paula@example.org"}
    assert (draft.pk != before.pk, draft.applicant, draft.answers) == (True, None, typed)


@pytest.mark.parametrize(("at", "why"), [(NOW - timedelta(days=2), "not opened"), (CLOSED, "deadline")])
def test_nobody_begins_before_the_opening_or_after_the_deadline(call, paula, at, why):
    with pytest.raises(NotNow, match=why):
        actions.begin(call=call, newcomer=newcomer(), at=at)
    with pytest.raises(NotNow, match=why):
        actions.start(call=call, by=paula, at=at)


def test_a_signed_in_person_begins_once_with_what_the_house_knows(call, paula):
    one, two = (actions.start(call=call, by=paula, at=NOW) for _ in range(2))
    assert one == two
    assert one.answers == {"given_name": "Paula", "family_name": "Pereira", "email": "paula@example.org"}
    assert one.verified_at == NOW


def test_the_database_itself_refuses_a_second_draft(call, paula):
    draft = actions.start(call=call, by=paula, at=NOW)
    draft.pk = None
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        draft.save(force_insert=True)


# -- the address


def test_opening_the_letter_makes_the_person_known(call):
    draft = actions.begin(call=call, newcomer=newcomer(), at=NOW)
    found = actions.verify(application=draft, same_browser=True, at=LATER)
    assert (found.applicant.email, found.applicant.name, found.verified_at) == ("new@example.org", "Nora New", LATER)
    assert found.holder == "h" * 22
    again = actions.verify(application=draft, same_browser=False, at=LATER)
    assert again.holder == "h" * 22
    assert kinds(draft) == ["applications.started", "applications.verified"]


def test_a_link_opened_elsewhere_shuts_out_the_browser_that_proved_nothing(call):
    draft = actions.begin(call=call, newcomer=newcomer(), at=NOW)
    found = actions.verify(application=draft, same_browser=False, at=LATER)
    assert found.holder not in ("", "h" * 22)


def test_two_drafts_of_one_person_become_one_and_the_older_words_stand(call, paula):
    older = make.draft(call=call, by=paula, at=NOW, goal="old words")
    newer = actions.begin(call=call, newcomer=newcomer(address=paula.email), at=NOW)
    actions.save_answers(application=newer, answers={"goal": "new", "offer": "new"}, revision=1, by=None, at=NOW)
    found = actions.verify(application=newer, same_browser=True, at=LATER)
    assert found.pk == older.pk
    assert (found.answers["goal"], found.answers["offer"]) == ("old words", "new")
    newer.refresh_from_db()
    assert (newer.state, newer.answers, newer.address) == ("erased", {}, "")


def test_asking_for_the_link_again_writes_another_letter(call):
    draft = actions.begin(call=call, newcomer=newcomer(), at=NOW)
    run_errands(at=NOW)
    actions.ask_link(application=draft, by=None, at=LATER)
    run_errands(at=LATER)
    assert Letter.objects.filter(kind="applications.private_link").count() == 2
    assert Link.objects.filter(purpose="apply").count() == 2


# -- writing


def test_two_editors_write_in_different_questions_and_both_stay(call, paula, pavel):
    draft = make.draft(call=call, by=paula, at=NOW)
    actions.save_answers(application=draft, answers={"goal": "a"}, revision=draft.revision, by=paula, at=NOW)
    saved = actions.save_answers(application=draft, answers={"offer": "b"}, revision=draft.revision, by=pavel, at=NOW)
    assert saved.clashes == ()
    assert (saved.application.answers["goal"], saved.application.answers["offer"]) == ("a", "b")


def test_two_editors_in_one_question_nothing_vanishes(call, paula, pavel):
    draft = make.draft(call=call, by=paula, at=NOW)
    actions.save_answers(application=draft, answers={"goal": "hers"}, revision=draft.revision, by=paula, at=NOW)
    saved = actions.save_answers(
        application=draft, answers={"goal": "his", "offer": "b"}, revision=draft.revision, by=pavel, at=NOW
    )
    (clash,) = saved.clashes
    assert (clash.theirs, clash.yours, clash.by) == ("hers", "his", "Paula Pereira")
    assert (saved.application.answers["goal"], saved.application.answers["offer"]) == ("hers", "b")
    saved = actions.save_answers(
        application=draft, answers={"goal": "his"}, revision=saved.application.revision, by=pavel, at=NOW
    )
    assert (saved.clashes, saved.application.answers["goal"]) == ((), "his")


def test_half_an_hour_of_writing_is_one_line_in_the_timeline(call, paula):
    draft = make.draft(call=call, by=paula, at=NOW)
    for n in range(4):
        draft = actions.save_answers(
            application=draft,
            answers={"goal": str(n)},
            revision=draft.revision,
            by=paula,
            at=NOW + timedelta(minutes=n),
        ).application
    assert kinds(draft) == ["applications.started", "applications.answered"]


def test_saving_nothing_new_changes_nothing(call, paula):
    draft = make.draft(call=call, by=paula, at=NOW, goal="x")
    saved = actions.save_answers(application=draft, answers={"goal": "x"}, revision=1, by=paula, at=LATER)
    assert saved.application.revision == draft.revision


def test_a_minute_late_the_draft_is_still_kept_and_cannot_be_sent(call, paula):
    draft = make.draft(call=call, by=paula, at=NOW, **make.ANSWERS["participants"])
    minute_late = call.deadline_at + timedelta(minutes=1)
    saved = actions.save_answers(
        application=draft, answers={"goal": "late words"}, revision=99, by=paula, at=minute_late
    )
    assert saved.application.answers["goal"] == "late words"
    with pytest.raises(NotNow, match="deadline has passed"):
        actions.submit(application=draft, by=paula, at=minute_late)


def test_a_frozen_answer_stays_as_it_is(paula):
    sections = [{"key": "s", "title": "S", "questions": [
        {"key": "a", "kind": "text", "label": "Topic", "frozen_after": "2022-10-05T00:00:00+00:00"},
        {"key": "b", "kind": "text", "label": "B"},
    ]}]  # fmt: skip
    call = make.call(at=NOW, sections=sections)
    draft = make.draft(call=call, by=paula, at=NOW, a="first")
    after = NOW + timedelta(days=5)
    with pytest.raises(Refused, match="Topic"):
        actions.save_answers(application=draft, answers={"a": "second"}, revision=9, by=paula, at=after)
    assert actions.save_answers(
        application=draft, answers={"b": "x"}, revision=9, by=paula, at=after
    ).application.answers == {"a": "first", "b": "x"}


def test_a_question_that_the_form_does_not_know_is_refused(call, paula):
    draft = make.draft(call=call, by=paula, at=NOW)
    with pytest.raises(Refused):
        actions.save_answers(application=draft, answers={"state": "submitted"}, revision=1, by=paula, at=NOW)


# -- files


def test_one_file_takes_the_place_of_another_where_one_is_asked_for(venues, hana):
    draft = make.draft(call=venues, by=hana, at=NOW)
    first = actions.add_file(application=draft, question="plan", file=pdf(), by=hana, at=NOW)
    second = actions.add_file(application=draft, question="plan", file=pdf("new.pdf", b"%x"), by=hana, at=NOW)
    draft.refresh_from_db()
    assert [one["id"] for one in draft.answers["plan"]] == [second.pk]
    first.refresh_from_db()
    assert first.removed_at == NOW
    assert Attachment.objects.count() == 1


def test_several_files_stay_until_one_is_removed(venues, hana):
    draft = make.draft(call=venues, by=hana, at=NOW)
    one, two = (
        actions.add_file(application=draft, question="plans", file=pdf(f"{n}.pdf"), by=hana, at=NOW) for n in "ab"
    )
    draft = actions.remove_file(application=draft, question="plans", document_id=one.pk, by=hana, at=NOW)
    assert [f["name"] for f in draft.answers["plans"]] == ["b.pdf"]
    again = actions.remove_file(application=draft, question="plans", document_id=one.pk, by=hana, at=NOW)
    assert again.revision == draft.revision
    assert two.removed_at is None


def test_a_sent_file_stays_until_the_change_is_sent(venues, hana):
    draft = make.draft(call=venues, by=hana, at=NOW, venue_name="Hall", cost=0)
    first = actions.add_file(application=draft, question="plan", file=pdf(), by=hana, at=NOW)
    sent = actions.submit(application=draft, by=hana, at=NOW)
    actions.add_file(application=sent, question="plan", file=pdf("new.pdf"), by=hana, at=LATER)
    first.refresh_from_db()
    assert first.removed_at is None
    sent = actions.submit(application=sent, by=hana, at=LATER)
    first.refresh_from_db()
    assert first.removed_at == LATER
    assert [f["name"] for f in sent.answers["plan"]] == ["new.pdf"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "plan.pdf.exe", "plan.exe", "plan"])
def test_a_file_with_a_bad_name_is_refused_and_leaves_nothing(venues, hana, name):
    draft = make.draft(call=venues, by=hana, at=NOW)
    with pytest.raises(UnfitFile):
        actions.add_file(application=draft, question="plan", file=pdf(name), by=hana, at=NOW)
    assert (Document.objects.count(), Attachment.objects.count()) == (0, 0)


def test_a_name_that_climbs_up_loses_its_path(venues, hana):
    draft = make.draft(call=venues, by=hana, at=NOW)
    file = pdf()
    file._name = "../../plan.pdf"
    stored = actions.add_file(application=draft, question="plan", file=file, by=hana, at=NOW)
    assert "/" not in stored.name
    assert ".." not in stored.name


def test_the_wrong_kind_under_the_right_name_is_refused(venues, hana):
    draft = make.draft(call=venues, by=hana, at=NOW)
    wrong = SimpleUploadedFile("plan.pdf", b"MZ\x90\x00" + b"\0" * 200, content_type="application/pdf")
    with pytest.raises(UnfitFile):
        actions.add_file(application=draft, question="plan", file=wrong, by=hana, at=NOW)


def test_a_huge_file_is_refused(venues, hana):
    draft = make.draft(call=venues, by=hana, at=NOW)
    huge = pdf()
    huge.size = 21 * 2**20
    with pytest.raises(UnfitFile):
        actions.add_file(application=draft, question="plan", file=huge, by=hana, at=NOW)


def test_a_zip_bomb_is_refused(venues, hana):
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * (120 * 2**20))
    bomb = SimpleUploadedFile("letter.docx", out.getvalue())
    draft = make.draft(call=venues, by=hana, at=NOW)
    with pytest.raises(UnfitFile):
        actions.add_file(application=draft, question="plan", file=bomb, by=hana, at=NOW)


def test_a_file_answers_only_a_question_for_files(venues, hana):
    draft = make.draft(call=venues, by=hana, at=NOW)
    with pytest.raises(Refused):
        actions.add_file(application=draft, question="venue_name", file=pdf(), by=hana, at=NOW)


# -- sending


def test_sending_gives_a_reference_a_receipt_with_a_copy_and_the_organisation(call, paula):
    sent = make.application(call=call, by=paula, at=NOW)
    assert (sent.state, sent.reference, sent.submitted_at, sent.title, sent.country) == (
        "submitted",
        "P-0001",
        NOW,
        "Paula Pereira",
        "PT",
    )
    assert sent.organisation == Organisation.objects.get(name="Atlantic Food Cluster")
    run_errands(at=NOW)
    letter = Letter.objects.get(kind="applications.receipt")
    assert letter.to == paula
    assert "P-0001" in letter.subject
    assert "Our members come to events and not to projects." in letter.body


def test_the_same_sending_twice_is_one(call, paula):
    sent = make.application(call=call, by=paula, at=NOW)
    again = actions.submit(application=Application.objects.get(pk=sent.pk), by=paula, at=LATER)
    assert (again.reference, again.submitted_at) == ("P-0001", NOW)
    run_errands(at=LATER)
    assert Letter.objects.filter(kind="applications.receipt").count() == 1
    assert kinds(sent).count("applications.submitted") == 1


def test_references_count_on_within_a_call(call, paula, pavel):
    assert [make.application(call=call, by=p, at=NOW).reference for p in (paula, pavel)] == ["P-0001", "P-0002"]


def test_what_is_missing_is_told_in_the_order_of_the_form(call, paula):
    draft = make.draft(call=call, by=paula, at=NOW, years="many", goal="x")
    with pytest.raises(actions.Incomplete) as told:
        actions.submit(application=draft, by=paula, at=NOW)
    assert [p.key for p in told.value.problems][:3] == ["role", "years", "organisation_name"]
    assert Application.objects.get().state == "draft"


def test_an_unverified_address_sends_nothing(call):
    draft = actions.begin(call=call, newcomer=newcomer(), at=NOW)
    actions.save_answers(application=draft, answers=make.ANSWERS["participants"], revision=1, by=None, at=NOW)
    with pytest.raises(Refused):
        actions.submit(application=draft, by=None, at=NOW)


def test_changes_after_the_sending_count_only_when_sent_and_complete(call, paula):
    sent = make.application(call=call, by=paula, at=NOW)
    saved = actions.save_answers(
        application=sent, answers={"goal": None, "offer": "better"}, revision=99, by=paula, at=LATER
    ).application
    assert (saved.answers["goal"], saved.pending["goal"], saved.pending["offer"]) == (
        "A service that members pay for.",
        None,
        "better",
    )
    with pytest.raises(actions.Incomplete):
        actions.submit(application=sent, by=paula, at=LATER)
    saved = actions.save_answers(
        application=sent, answers={"goal": "new goal"}, revision=99, by=paula, at=LATER
    ).application
    saved = actions.submit(application=saved, by=paula, at=LATER)
    assert (saved.answers["goal"], saved.pending, saved.submitted_at, saved.reference) == (
        "new goal",
        None,
        NOW,
        "P-0001",
    )
    run_errands(at=LATER)
    assert Letter.objects.filter(kind="applications.receipt").count() == 2
    assert kinds(sent)[-1] == "applications.changed_after_sending"


def test_changing_it_back_leaves_nothing_pending(call, paula):
    sent = make.application(call=call, by=paula, at=NOW)
    goal = sent.answers["goal"]
    saved = actions.save_answers(application=sent, answers={"goal": "x"}, revision=99, by=paula, at=LATER).application
    saved = actions.save_answers(
        application=sent, answers={"goal": goal}, revision=saved.revision, by=paula, at=LATER
    ).application
    assert saved.pending is None


def test_after_the_deadline_a_sent_application_is_closed(call, paula):
    sent = make.application(call=call, by=paula, at=NOW)
    with pytest.raises(NotNow):
        actions.save_answers(application=sent, answers={"goal": "x"}, revision=9, by=paula, at=CLOSED)


def test_a_second_application_of_one_person_replaces_the_first_on_request(call, paula):
    first = make.application(call=call, by=paula, at=NOW)
    second = make.draft(call=call, by=paula, at=LATER, **make.ANSWERS["participants"])
    with pytest.raises(NotNow, match="P-0001"):
        actions.submit(application=second, by=paula, at=LATER)
    second = actions.submit(application=second, by=paula, at=LATER, replace=True)
    first.refresh_from_db()
    assert (first.state, first.superseded_by, second.reference) == ("superseded", second, "P-0002")


def test_a_host_may_offer_two_places(venues, hana):
    for name in ("Hall", "Barn"):
        make.application(call=venues, by=hana, at=NOW, venue_name=name, cost=0)
    assert list(Application.objects.values_list("reference", "state")) == [
        ("V-0001", "submitted"),
        ("V-0002", "submitted"),
    ]


def test_withdrawing_and_taking_up_again(call, paula):
    sent = make.application(call=call, by=paula, at=NOW)
    gone = actions.withdraw(application=sent, reason="No time", by=paula, at=LATER)
    assert (gone.state, gone.withdrawn_at) == ("withdrawn", LATER)
    back = actions.restore(application=gone, by=paula, at=LATER)
    assert (back.state, back.answers["role"]) == ("draft", "manager")
    assert actions.submit(application=back, by=paula, at=LATER).reference == "P-0001"


def test_withdrawn_stays_withdrawn_after_the_deadline_and_beside_another_draft(call, paula):
    gone = actions.withdraw(application=make.application(call=call, by=paula, at=NOW), reason="", by=paula, at=LATER)
    with pytest.raises(NotNow, match="deadline"):
        actions.restore(application=gone, by=paula, at=CLOSED)
    make.draft(call=call, by=paula, at=LATER)
    with pytest.raises(NotNow, match="another application"):
        actions.restore(application=gone, by=paula, at=LATER)
    with pytest.raises(NotNow):
        actions.withdraw(application=gone, reason="", by=paula, at=LATER)


# -- entry codes


def test_an_entry_code_lets_one_draft_in_after_the_deadline(call, paula, pavel):
    late = call.deadline_at + timedelta(hours=1)
    code = calls.make_entry_code(call=call, note="Train", valid_until=late + timedelta(days=1), by=None, at=late)
    draft = make.draft(call=call, by=paula, at=NOW, **make.ANSWERS["participants"])
    actions.use_code(application=draft, code=code.code.lower(), by=paula, at=late)
    actions.use_code(application=draft, code=code.code, by=paula, at=late)
    assert actions.submit(application=draft, by=paula, at=late).reference == "P-0001"
    with pytest.raises(NotNow, match="used up"):
        actions.start(call=call, by=pavel, at=late, code=code.code)
    assert not Application.objects.filter(applicant=pavel).exists()


def test_somebody_new_begins_with_a_code_too(call, olga):
    late = call.deadline_at + timedelta(hours=1)
    code = calls.make_entry_code(call=call, note="Train", valid_until=late + timedelta(days=1), by=None, at=late)
    draft = actions.begin(call=call, newcomer=newcomer(), code=code.code, at=late)
    assert draft.entry_code == code
    with pytest.raises(NotNow):
        actions.use_code(application=make_sent(call, olga), code="XXXX-XXXX-XXXX", by=None, at=late)


def make_sent(call, person):
    return make.application(call=call, by=person, at=NOW)


# -- partners


def invite(application, by, **values):
    usual = {
        "name": "Pavel Petrov",
        "organisation_name": "Uni Sofia",
        "address": "pavel@example.org",
        "section_keys": ["cost"],
    }
    return actions.invite_partner(
        application=application, invitation=actions.Invitation(**{**usual, **values}), by=by, at=NOW
    )


def test_a_consortium_sends_when_all_who_joined_have_signed(venues, hana, pavel):
    draft = make.draft(call=venues, by=hana, at=NOW, venue_name="Hall")
    partner = actions.join(partner=invite(draft, hana), at=NOW)
    assert (partner.state, partner.person, bool(partner.holder)) == ("joined", pavel, True)
    draft = actions.save_answers(
        application=draft, answers={"cost": 0}, revision=9, by=pavel, at=NOW, partner=partner
    ).application
    with pytest.raises(actions.Unsigned, match="Uni Sofia"):
        actions.submit(application=draft, by=hana, at=NOW)
    actions.sign_off(partner=partner, revision=draft.revision, by=pavel, at=NOW)
    draft = actions.save_answers(
        application=draft, answers={"venue_name": "Barn"}, revision=9, by=hana, at=NOW
    ).application
    with pytest.raises(actions.Unsigned):
        actions.submit(application=draft, by=hana, at=NOW)
    partner = actions.sign_off(partner=partner, revision=draft.revision, by=pavel, at=LATER)
    assert actions.submit(application=draft, by=hana, at=LATER).state == "submitted"
    run_errands(at=LATER)
    told = set(Letter.objects.filter(to=hana).values_list("kind", flat=True))
    assert told == {"applications.partner_moved", "applications.receipt"}
    assert "Uni Sofia" not in Letter.objects.get(kind="applications.receipt").subject


def test_a_partner_writes_their_sections_alone(venues, hana, pavel):
    draft = make.draft(call=venues, by=hana, at=NOW)
    partner = actions.join(partner=invite(draft, hana), at=NOW)
    with pytest.raises(Refused, match="Name"):
        actions.save_answers(
            application=draft, answers={"venue_name": "Mine"}, revision=9, by=pavel, at=NOW, partner=partner
        )
    invited = invite(draft, hana, address="x@example.org")
    with pytest.raises(NotNow):
        actions.save_answers(application=draft, answers={"cost": 1}, revision=9, by=None, at=NOW, partner=invited)


def test_nobody_signs_what_changed_under_their_eyes(venues, hana, pavel):
    draft = make.draft(call=venues, by=hana, at=NOW, venue_name="Hall")
    partner = actions.join(partner=invite(draft, hana), at=NOW)
    with pytest.raises(Stale):
        actions.sign_off(partner=partner, revision=draft.revision - 1, by=pavel, at=NOW)
    signed = actions.sign_off(partner=partner, revision=draft.revision, by=pavel, at=NOW)
    assert actions.take_back_signature(partner=signed, by=pavel, at=NOW).state == "joined"


def test_without_the_partner_the_applicant_goes_on(venues, hana):
    draft = make.draft(call=venues, by=hana, at=NOW, venue_name="Hall", cost=0)
    partner = actions.join(partner=invite(draft, hana), at=NOW)
    removed = actions.remove_partner(partner=partner, by=hana, at=NOW)
    assert (removed.state, removed.holder) == ("left", "")
    assert actions.submit(application=draft, by=hana, at=NOW).state == "submitted"
    with pytest.raises(NotNow, match="taken back"):
        actions.join(partner=partner, at=NOW)
    with pytest.raises(NotNow):
        actions.invite_again(partner=partner, by=hana, at=NOW)


def test_a_partner_leaves_and_can_be_asked_again(venues, hana, pavel):
    draft = make.draft(call=venues, by=hana, at=NOW)
    partner = actions.leave(partner=actions.join(partner=invite(draft, hana), at=NOW), by=pavel, at=NOW)
    again = invite(draft, hana, task="Please")
    assert (again.pk, again.state, again.person) == (partner.pk, "invited", None)
    run_errands(at=NOW)
    assert Letter.objects.filter(kind="applications.invitation", address="pavel@example.org").count() == 2


def test_removing_a_partner_makes_the_link_void(venues, hana):
    draft = make.draft(call=venues, by=hana, at=NOW)
    partner = invite(draft, hana)
    run_errands(at=NOW)
    actions.remove_partner(partner=partner, by=hana, at=NOW)
    assert list(Link.objects.filter(purpose="partner").values_list("revoked_at", flat=True)) == [NOW]


def test_applicants_do_not_invite_themselves(venues, hana):
    draft = make.draft(call=venues, by=hana, at=NOW)
    with pytest.raises(NotNow, match="own address"):
        invite(draft, hana, address="HANA@example.org")
    partner = invite(draft, hana)
    with pytest.raises(NotNow, match="yourself"):
        actions.join(partner=partner, by=hana, at=NOW)


def test_a_crowd_of_partners_is_refused(venues, hana):
    draft = make.draft(call=venues, by=hana, at=NOW)
    for n in range(20):
        invite(draft, hana, address=f"p{n}@example.org")
    with pytest.raises(NotNow, match="20"):
        invite(draft, hana, address="p20@example.org")


def test_nobody_joins_what_is_withdrawn(venues, hana):
    draft = make.draft(call=venues, by=hana, at=NOW)
    partner = invite(draft, hana)
    actions.withdraw(application=draft, reason="", by=hana, at=NOW)
    with pytest.raises(NotNow):
        actions.join(partner=partner, at=NOW)


# -- please complete


def test_please_complete_opens_the_chosen_questions_after_the_deadline(call, paula, olga):
    sent = make.application(call=call, by=paula, at=NOW)
    asked = actions.ask_completion(
        application=sent,
        question_keys=["goal", "nonsense"],
        message="Which goal?",
        until=CLOSED + timedelta(days=3),
        by=olga,
        at=CLOSED,
    )
    run_errands(at=CLOSED)
    assert asked.question_keys == ["goal"]
    with pytest.raises(Refused):
        actions.save_answers(application=sent, answers={"offer": "x"}, revision=9, by=paula, at=CLOSED)
    actions.save_answers(application=sent, answers={"goal": "This one"}, revision=9, by=paula, at=CLOSED)
    with pytest.raises(NotNow, match="deadline"):
        actions.submit(application=sent, by=paula, at=CLOSED)
    done = actions.complete(application=sent, by=paula, at=CLOSED)
    assert (done.answers["goal"], done.pending, done.submitted_at) == ("This one", None, NOW)
    assert actions.complete(application=sent, by=paula, at=CLOSED).answers["goal"] == "This one"
    asked.refresh_from_db()
    assert asked.done_at == CLOSED
    run_errands(at=CLOSED)
    assert set(Letter.objects.values_list("kind", "address")) >= {
        ("applications.please_complete", "paula@example.org"),
        ("applications.completed", "olga@example.org"),
    }


def test_the_timeline_says_which_answers_were_changed_after_the_sending(call, paula):
    sent = make.application(call=call, by=paula, at=NOW)
    new = {"goal": "Another", "offer": "One", "challenge": "Two", "city": "Braga", "founded": 2001, "smes": 59}
    actions.save_answers(application=sent, answers=new, revision=9, by=paula, at=NOW)
    actions.submit(application=sent, by=paula, at=NOW)
    told = Fact.objects.get(kind="applications.changed_after_sending").payload["questions"]
    assert told == (
        "Town; Founded in; Of which small and medium-sized enterprises; "
        "What is the biggest challenge of your organisation today?; What do you want to take home?; +1"
    )


def test_please_complete_has_an_end(call, paula, olga):
    sent = make.application(call=call, by=paula, at=NOW)
    values = {"application": sent, "question_keys": ["goal"], "message": "?", "by": olga, "at": CLOSED}
    asked = actions.ask_completion(until=CLOSED + timedelta(days=1), **values)
    with pytest.raises(NotNow, match="already"):
        actions.ask_completion(until=CLOSED + timedelta(days=1), **values)
    with pytest.raises(NotNow, match="passed"):
        actions.complete(application=sent, by=paula, at=CLOSED + timedelta(days=2))
    actions.save_answers(application=sent, answers={"goal": "x"}, revision=9, by=paula, at=CLOSED)
    actions.end_completion(completion=asked, by=olga, at=CLOSED)
    with pytest.raises(NotNow, match="Nothing more"):
        actions.complete(application=sent, by=paula, at=CLOSED)


def test_what_is_asked_must_be_answered(call, paula, olga):
    sent = make.application(call=call, by=paula, at=NOW, gender=None)
    until = CLOSED + timedelta(days=1)
    ask = {"application": sent, "question_keys": ["goal", "gender"], "message": "?", "by": olga, "at": CLOSED}
    actions.ask_completion(until=until, **ask)
    with pytest.raises(NotNow, match="Nothing has changed yet"):
        actions.complete(application=sent, by=paula, at=CLOSED)
    actions.save_answers(application=sent, answers={"goal": "This one"}, revision=9, by=paula, at=CLOSED)
    with pytest.raises(actions.Incomplete) as lacking:
        actions.complete(application=sent, by=paula, at=CLOSED)
    assert [(problem.key, problem.kind) for problem in lacking.value.problems] == [("gender", "missing")]
    actions.save_answers(application=sent, answers={"gender": "woman"}, revision=10, by=paula, at=CLOSED)
    assert actions.complete(application=sent, by=paula, at=CLOSED).answers["gender"] == "woman"


@pytest.mark.parametrize(
    ("keys", "until", "why"), [([], 1, "at least one"), (["nonsense"], 1, "at least one"), (["goal"], -1, "lie ahead")]
)
def test_please_complete_needs_a_question_and_time(call, paula, olga, keys, until, why):
    sent = make.application(call=call, by=paula, at=NOW)
    with pytest.raises(NotNow, match=why):
        actions.ask_completion(
            application=sent, question_keys=keys, message="?", until=NOW + timedelta(days=until), by=olga, at=NOW
        )
    assert not Completion.objects.exists()


def test_a_draft_is_never_asked_to_be_completed(call, paula, olga):
    draft = make.draft(call=call, by=paula, at=NOW)
    with pytest.raises(NotNow):
        actions.ask_completion(application=draft, question_keys=["goal"], message="?", until=CLOSED, by=olga, at=NOW)


# -- reuse, new forms


def test_next_year_begins_with_this_years_answers_files_too(hana):
    old = make.call(at=NOW, kind="venues", sections=VENUE)
    draft = make.draft(call=old, by=hana, at=NOW, venue_name="Hall", cost=0)
    actions.add_file(application=draft, question="plan", file=pdf(), by=hana, at=NOW)
    sent = actions.submit(application=draft, by=hana, at=NOW)
    new = make.call(at=LATER, kind="venues", sections=VENUE)
    fresh = make.draft(call=new, by=hana, at=LATER, cost=7)
    fresh = actions.reuse(application=fresh, earlier=sent, by=hana, at=LATER)
    assert (fresh.answers["venue_name"], fresh.answers["cost"]) == ("Hall", 7)
    assert fresh.answers["plan"] == sent.answers["plan"]
    document = Document.objects.get()
    actions.remove_file(application=fresh, question="plan", document_id=document.pk, by=hana, at=LATER)
    document.refresh_from_db()
    assert document.removed_at is None
    with pytest.raises(NotNow):
        actions.reuse(application=sent, earlier=fresh, by=hana, at=LATER)


def test_consents_are_never_reused(call, paula):
    sent = make.application(call=call, by=paula, at=NOW)
    other = make.call(at=NOW)
    fresh = actions.reuse(application=make.draft(call=other, by=paula, at=NOW), earlier=sent, by=paula, at=NOW)
    assert "consent" not in fresh.answers
    assert fresh.answers["role"] == "manager"


def test_a_new_version_of_the_form_takes_the_drafts_along(venues, hana, pavel):
    draft = make.draft(call=venues, by=hana, at=NOW, venue_name="Hall")
    sent = make.application(call=venues, by=pavel, at=NOW, venue_name="Barn", cost=1)
    known = call_queries.newest_form(venues).revision
    new = {"key": "why", "kind": "text", "label": "Why?"}
    version = calls.add_question(call=venues, section="cost", values=new, revision=known, by=None, at=NOW)
    calls.publish_form(version=version, by=None, at=LATER)
    run_errands(at=LATER)
    draft.refresh_from_db()
    sent.refresh_from_db()
    assert (draft.form_version, draft.answers) == (version, {**draft.answers, "venue_name": "Hall"})
    assert sent.form_version != version


# -- letting go


def test_drafts_go_when_their_time_has_come_and_their_number_stays(call, paula, pavel):
    make.draft(call=call, by=paula, at=NOW, country="PT", ecosystems=["agri-food"])
    sent = make.application(call=call, by=pavel, at=NOW)
    early = call.deadline_at + timedelta(days=29)
    assert actions.erase_due(call=call, at=early) == 0
    assert actions.erase_due(call=call, at=early + timedelta(days=1)) == 1
    assert actions.erase_due(call=call, at=early + timedelta(days=1)) == 0
    gone = Application.objects.exclude(pk=sent.pk).get()
    assert (gone.state, gone.answers, gone.applicant, gone.title, gone.folded) == ("erased", {}, None, "", "")
    assert list(Tally.objects.values_list("outcome", "dimension", "value", "count")) == [
        ("draft", "all", "", 1), ("draft", "country", "PT", 1), ("draft", "ecosystem", "agri-food", 1)
    ]  # fmt: skip
    assert Fact.objects.filter(kind=facts.DRAFTS_ERASED.name).get().payload == {"count": 1}


def test_unsuccessful_ones_go_later_with_files_and_letters_and_the_chosen_stay(hana, pavel):
    venues = make.call(at=NOW, kind="venues", sections=VENUE)
    losing = make.draft(call=venues, by=hana, at=NOW, venue_name="Hall", cost=0)
    actions.add_file(application=losing, question="plan", file=pdf(), by=hana, at=NOW)
    losing = actions.submit(application=losing, by=hana, at=NOW)
    chosen = make.application(call=venues, by=pavel, at=NOW, venue_name="Barn", cost=0)
    run_errands(at=NOW)
    over = venues.deadline_at + timedelta(days=730)
    assert actions.erase_due(call=venues, at=over - timedelta(days=1), keep=[chosen.pk]) == 0
    assert actions.erase_due(call=venues, at=over, keep=[chosen.pk]) == 1
    losing.refresh_from_db()
    chosen.refresh_from_db()
    assert (losing.state, losing.reference, chosen.state) == ("erased", "V-0001", "submitted")
    assert Document.objects.get().removed_at == over
    assert "Hall" not in "".join(Letter.objects.values_list("body", flat=True))
    assert "Barn" in "".join(Letter.objects.values_list("body", flat=True))


def test_drafts_wait_while_an_entry_code_still_opens_the_door(call, paula):
    make.draft(call=call, by=paula, at=NOW)
    over = call.deadline_at + timedelta(days=31)
    calls.make_entry_code(call=call, note="x", valid_until=over + timedelta(days=1), by=None, at=NOW)
    assert actions.erase_due(call=call, at=over) == 0


def test_a_person_is_forgotten_with_what_they_wrote(venues, hana, pavel):
    sent = make.application(call=venues, by=pavel, at=NOW, venue_name="Barn", cost=0)
    theirs = make.draft(call=venues, by=hana, at=NOW)
    part = actions.join(partner=invite(theirs, hana), at=NOW)
    actions.save_answers(application=theirs, answers={"cost": 3}, revision=9, by=pavel, at=NOW, partner=part)
    assert actions.forget(person=pavel, by=None, at=LATER) == 1
    sent.refresh_from_db()
    part.refresh_from_db()
    theirs.refresh_from_db()
    assert (sent.state, sent.answers) == ("erased", {})
    assert (part.person, part.name) == (None, "")
    assert "pavel" not in part.address
    assert theirs.touched["cost"][1:] == [0, ""]
    assert actions.forget(person=pavel, by=None, at=LATER) == 0
