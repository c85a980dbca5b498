import pytest

from booster.chronicle.models import Fact
from booster.kit.moves import Stale
from booster.people import actions as people
from booster.people import facts
from booster.people.models import Consent
from conftest import NOW

LATER = NOW.replace(hour=12)


def test_a_consent_given_twice_is_one_entry_with_its_version_and_source(paula):
    first = people.consent(person=paula, what="directory", version="2", source="application 7", by=paula, at=NOW)
    again = people.consent(person=paula, what="directory", version="2", by=paula, at=LATER)
    assert first == again
    assert (again.given_at, again.source) == (NOW, "application 7")
    assert Fact.objects.filter(kind=facts.CONSENTED.name).count() == 1


def test_a_withdrawn_consent_stays_in_the_register_and_can_be_given_anew(paula):
    first = people.consent(person=paula, what="directory", version="2", by=paula, at=NOW)
    people.withdraw_consent(consent=first, by=paula, at=LATER)
    people.withdraw_consent(consent=first, by=paula, at=LATER.replace(hour=14))
    assert first.withdrawn_at == LATER
    second = people.consent(person=paula, what="directory", version="2", by=paula, at=LATER)
    assert first != second
    assert Consent.objects.count() == 2
    assert Fact.objects.filter(kind=facts.CONSENT_WITHDRAWN.name).count() == 1


def test_of_two_hands_that_withdraw_one_wins(paula):
    row = people.consent(person=paula, what="directory", version="2", by=paula, at=NOW)
    other = Consent.objects.get(pk=row.pk)
    people.withdraw_consent(consent=other, by=paula, at=LATER)
    with pytest.raises(Stale):
        people.withdraw_consent(consent=row, by=paula, at=LATER)
