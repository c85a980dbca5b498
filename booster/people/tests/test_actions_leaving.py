from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from booster.chronicle.models import Fact
from booster.people import actions as people
from booster.people import facts
from booster.people.models import Affiliation, Consent, Link, Person
from conftest import NOW


def test_signing_out_everywhere_ends_every_session(olga, client_of):
    phone, desk = client_of(olga), client_of(olga)
    assert phone.get("/profile/").status_code == 200
    people.sign_out_everywhere(person=olga, by=olga, at=NOW)
    assert phone.get("/profile/").status_code == 302
    assert desk.get("/profile/").status_code == 302
    assert Fact.objects.filter(kind=facts.SIGNED_OUT_EVERYWHERE.name).count() == 1


def test_forgetting_leaves_a_nameless_shell(paula, client_of):
    place = people.ensure_organisation(entry=people.NewOrganisation("Alpha", "PT"), by=None, at=NOW)
    people.affiliate(person=paula, organisation=place, by=paula, at=NOW)
    agreed = people.consent(person=paula, what="directory", version="1", by=paula, at=NOW)
    people.issue_link(purpose="tryout", person=paula, expires_at=NOW.replace(year=2023), by=None, at=NOW)
    people.issue_link(purpose="tryout", address=paula.email, expires_at=NOW.replace(year=2023), by=None, at=NOW)
    Authenticator.objects.create(user=paula, type="totp", data={"secret": "x"})
    session = client_of(paula)
    people.forget(person=paula, by=paula, at=NOW)
    row = Person.objects.values().get(pk=paula.pk)
    assert "paula" not in str(row).lower()
    assert "pereira" not in str(row).lower()
    assert (row["country"], row["is_active"], row["forgotten_at"]) == ("", False, NOW)
    for model in (EmailAddress, Authenticator, Affiliation, Link):
        assert model.objects.count() == 0
    assert Consent.objects.get(pk=agreed.pk).withdrawn_at == NOW
    assert session.get("/profile/").status_code == 302
    assert Fact.objects.get(kind=facts.FORGOTTEN.name).actor is None


def test_an_operator_who_forgets_somebody_is_named(paula, operator):
    people.forget(person=paula, by=operator, at=NOW)
    assert Fact.objects.get(kind=facts.FORGOTTEN.name).actor == operator


def test_who_was_forgotten_may_come_again_as_somebody_new(paula):
    people.forget(person=paula, by=paula, at=NOW)
    again = people.sign_up(email="paula@example.org", name="Paula Pereira", at=NOW)
    assert again.pk != paula.pk
