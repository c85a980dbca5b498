from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from booster.applications import access, actions
from booster.applications.models import Application
from booster.applications.tests import make
from booster.applications.tests.test_actions import VENUE, invite, newcomer
from booster.kit.access import allows
from conftest import NOW


@pytest.fixture
def call(olga):
    return make.call(at=NOW, kind="venues", sections=VENUE, organiser=olga)


def visitor(**held):
    nobody = AnonymousUser()
    nobody.held = held
    return nobody


WRITING = {"applications.answer", "applications.submit", "applications.withdraw", "applications.invite_partner"}


def granted(actor, thing):
    return {verb for verb in access.RULES if allows(access.RULES, verb, actor, thing)}


def test_the_applicant_writes_and_the_organiser_of_the_edition_reads_what_is_sent(call, hana, olga, sana):
    draft = make.draft(call=call, by=hana, at=NOW, venue_name="Hall", cost=0)
    assert granted(hana, draft) >= WRITING
    assert "applications.read" not in granted(olga, draft)
    sent = actions.submit(application=draft, by=hana, at=NOW)
    assert {"applications.read", "applications.ask_completion"} <= granted(olga, sent)
    assert granted(sana, sent) == granted(AnonymousUser(), sent) == set()


def test_a_partner_answers_when_they_have_joined(call, hana, pavel):
    draft = make.draft(call=call, by=hana, at=NOW)
    partner = invite(draft, hana)
    type(partner).objects.update(person=pavel)
    assert granted(pavel, draft) == {"applications.read_own", "applications.join", "applications.leave"}
    actions.join(partner=partner, at=NOW)
    draft = Application.objects.get()
    assert {"applications.answer", "applications.sign_off"} <= granted(pavel, draft)
    assert "applications.submit" not in granted(pavel, draft)


def test_a_browser_goes_on_by_what_it_holds_and_by_nothing_like_it(call):
    draft = actions.begin(call=call, newcomer=newcomer(), at=NOW)
    mark = f"a{draft.pk}"
    assert granted(visitor(**{mark: "h" * 22}), draft) >= WRITING
    assert "applications.reuse" not in granted(visitor(**{mark: "h" * 22}), draft)
    for held in ({mark: "x"}, {mark: ""}, {"a999": "h" * 22}, {f"p{draft.pk}": "h" * 22}):
        assert granted(visitor(**held), draft) == set()
        assert not Application.objects.edited_by(visitor(**held)).exists()
    assert Application.objects.edited_by(visitor(**{mark: "h" * 22})).get() == draft


def test_an_empty_holder_opens_nothing(call, hana):
    draft = make.draft(call=call, by=hana, at=NOW)
    assert draft.holder == ""
    assert not Application.objects.edited_by(visitor(**{f"a{draft.pk}": ""})).exists()
    assert granted(visitor(**{f"a{draft.pk}": ""}), draft) == set()


def test_a_partner_without_an_account_holds_their_part(call, hana):
    draft = make.draft(call=call, by=hana, at=NOW)
    partner = actions.join(partner=invite(draft, hana, address="vera@example.org"), at=NOW)
    holder = visitor(**{f"p{partner.pk}": partner.holder})
    assert Application.objects.edited_by(holder).get() == draft
    assert "applications.answer" in granted(holder, Application.objects.get())
    actions.remove_partner(partner=partner, by=hana, at=NOW)
    assert not Application.objects.edited_by(holder).exists()


def test_nobody_is_not_everybody_without_an_applicant(call, hana):
    actions.begin(call=call, newcomer=newcomer(), at=NOW)
    make.draft(call=call, by=hana, at=NOW)
    nobody = AnonymousUser()
    for seen in (
        Application.objects.seen_by,
        Application.objects.mine,
        Application.objects.organised_by,
        Application.objects.edited_by,
    ):
        assert not seen(nobody).exists()


def test_who_sees_which_applications(call, hana, pavel, olga, sana):
    draft = make.draft(call=call, by=hana, at=NOW)
    sent = make.application(call=call, by=pavel, at=NOW, venue_name="Barn", cost=0)
    assert set(Application.objects.seen_by(olga)) == {sent}
    assert set(Application.objects.seen_by(hana)) == {draft}
    assert set(Application.objects.mine(pavel)) == {sent}
    assert not Application.objects.seen_by(sana).exists()


def test_the_code_belongs_to_one_draft_and_one_address(call):
    draft = actions.begin(call=call, newcomer=newcomer(), at=NOW)
    code = access.code_of(draft)
    assert len(code) == 8
    assert access.is_code_of(draft, f" {code[:4]}-{code[4:]} ")
    assert not access.is_code_of(draft, "")
    other = SimpleNamespace(pk=draft.pk, address="other@example.org", started_at=draft.started_at)
    assert access.code_of(other) != code
