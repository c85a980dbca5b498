"""A letter speaks the language of the one who gets it, whoever writes it."""

import pytest
from django.utils import translation
from django.utils.timezone import now

from booster.applications import letters
from booster.applications.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(paula, olga):
    call = make.call(at=now(), organiser=olga)
    with translation.override("fr"):
        return make.application(call=call, by=paula, at=now())


def test_it_speaks_the_language_in_which_the_application_was_begun(sent):
    assert sent.language == "fr"
    with translation.override("el"):  # the page of whoever causes it
        assert letters.withdrawn(sent, fact=1)["language"] == "fr"
        assert translation.get_language() == "el"


def test_what_the_profile_says_counts_more(sent):
    sent.applicant.language = "pl"
    assert letters.withdrawn(sent, fact=1)["language"] == "pl"


def test_the_copy_in_a_receipt_is_in_the_same_language(sent):
    sent.applicant.language = "de"
    letter = letters.receipt(sent, fact=1, changed=False)
    assert letter["language"] == "de"
    assert "\nPortugal" in letter["body"]
    sent.answers["country"] = "DE"
    assert "\nDeutschland" in letters.receipt(sent, fact=2, changed=False)["body"]
