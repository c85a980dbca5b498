"""The side navigation leads only where its reader may go."""

import re

import pytest

from booster.academies.tests import make as academies
from booster.selection.tests import make as selection
from conftest import NOW

pytestmark = pytest.mark.django_db


def test_an_operator_who_organises_nothing_is_led_to_the_setting_up_alone(olga, operator, client_of):
    edition = academies.edition(at=NOW, organiser=olga, slug="cba-1")
    type(edition).objects.update(state="open")
    page = f"/editions/{edition.slug}/people/"
    for person, desk in ((olga, True), (operator, False)):
        answer = client_of(person).get(page)
        assert answer.status_code == 200
        text = answer.content.decode()
        assert ('href="/editions/cba-1/desk/"' in text, 'href="/editions/cba-1/settings/"' in text) == (desk, True)


def test_the_head_of_a_page_names_the_academy_that_it_belongs_to(olga, paula, client_of, settings):
    settings.BOOSTER_NAME = "The Installation"
    call = selection.call(at=NOW, organiser=olga)
    files = selection.files(call, at=NOW, count=2)
    reader = files[0].assignments.get().evaluator.person
    type(files[0]).objects.filter(pk=files[0].pk).update(applicant=paula)
    selection.told(call, by=olga, at=NOW, seats=1)
    pages = {
        f"/applications/{files[0].pk}/decision/": paula,
        f"/applications/{files[0].pk}/file/": olga,
        f"/decisions/{call.decisions.first().pk}/": olga,
        f"/calls/{call.slug}/board/": olga,
        f"/editions/{call.edition.slug}/desk/": olga,
        "/evaluating/": reader,
    }
    heads = {page: brand(client_of(person).get(page)) for page, person in pages.items()}
    assert set(heads.values()) == {"Cluster Booster Academy"}
    assert brand(client_of(paula).get("/my/")) == "The Installation"


def brand(answer) -> str:
    return re.search(r'<a class="brand" href="/">([^<]*)</a>', answer.content.decode())[1]
