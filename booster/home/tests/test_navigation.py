"""The side navigation leads only where its reader may go."""

import pytest

from booster.academies.tests import make as academies
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
