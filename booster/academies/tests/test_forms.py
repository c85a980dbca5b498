from datetime import date

import pytest

from booster.academies import forms
from booster.academies.models import Academy
from booster.academies.tests import make
from conftest import NOW

pytestmark = pytest.mark.django_db
GREEK = "Ακαδημία Συνεργατικών Σχηματισμών Δυτικής Ελλάδας, Πελοποννήσου και Ιονίων Νήσων — Έκδοση 2"  # over 90 letters
SETTINGS = {
    "name": "1st",
    "zone": "Europe/Brussels",
    "accent": "#1b4f8a",
    "seats_min": "25",
    "seats_max": "40",
    "letters_from": "08:00",
    "letters_until": "19:00",
}


def settings_with(**typed: str) -> forms.EditionForm:
    return forms.EditionForm({**SETTINGS, **typed})


def plan_with(**typed: str) -> forms.PlanForm:
    academy = make.academy(at=NOW)
    return forms.PlanForm({"academy": str(academy.pk), "name": "2nd", **typed}, academies=Academy.objects.all())


@pytest.mark.parametrize("zone", ["Mars/Olympus", "GMT+25", "../etc", "europe/brussels", "Europe/Bruss\u200bels"])
def test_a_silly_zone_is_told(zone):
    form = settings_with(zone=zone)
    assert form.errors == {"zone": ["Write a zone such as Europe/Brussels."]}


def test_a_pale_accent_is_told_and_a_strong_one_kept():
    assert "accent" in settings_with(accent="#ffee88").errors
    assert "accent" in settings_with(accent="red; background: url(//evil.example)").errors
    assert settings_with(accent="#1B4F8A").is_valid()


@pytest.mark.parametrize(
    "least, most, where",
    [("41", "40", "seats_max"), ("0", "40", "seats_min"), ("1", "501", "seats_max"), ("x", "40", "seats_min")],
)
def test_seats_stand_in_order_and_in_reason(least, most, where):
    assert list(settings_with(seats_min=least, seats_max=most).errors) == [where]


def test_letters_leave_from_an_hour_until_a_later_one():
    assert list(settings_with(letters_from="19:00", letters_until="19:00").errors) == ["letters_until"]
    assert settings_with(letters_from="22:00", letters_until="23:59", letters_on_weekends="on").is_valid()


def test_the_address_follows_the_name_when_left_empty():
    form = plan_with(name="2nd edition, Turin")
    assert form.is_valid()
    assert form.cleaned_data["slug"] == "cluster-booster-academy-2nd-edition-turin"


def test_a_long_greek_name_is_kept_whole_and_its_address_fits():
    assert len(GREEK) >= 90
    form = plan_with(name=GREEK)
    assert form.is_valid()
    assert form.cleaned_data["name"] == GREEK
    assert form.cleaned_data["slug"] == "cluster-booster-academy-2"


def test_a_name_that_gives_no_address_asks_for_one():
    Academy.objects.create(name="Ακαδημία", slug="ak")
    form = forms.PlanForm({"academy": str(Academy.objects.get().pk), "name": "Έκδοση"}, academies=Academy.objects.all())
    assert form.errors == {"slug": ["Write an address in Latin letters and hyphens."]}


def test_an_address_is_given_once_and_holds_no_path():
    make.edition(at=NOW)
    assert plan_with(slug="cba-1").errors == {"slug": ["Another edition has this address already."]}
    assert "slug" in plan_with(slug="../settings").errors


def test_somebody_elses_academy_cannot_be_chosen():
    academy = make.academy(at=NOW)
    form = forms.PlanForm({"academy": str(academy.pk), "name": "x"}, academies=Academy.objects.none())
    assert "academy" in form.errors


@pytest.mark.parametrize("email", ["not-an-address", "a@b", "", "ana@@example.org"])
def test_a_role_needs_an_address_that_a_letter_can_reach(email):
    form = forms.AppointForm({"email": email, "name": "Ana", "role": "coach"}, today=date(2022, 10, 1))
    assert list(form.errors) == ["email"]


def test_a_role_ends_today_or_later():
    typed = {"email": " Ana@Example.org ", "name": "Ana", "role": "coach"}
    over = forms.AppointForm({**typed, "ends_on": "2022-09-30"}, today=date(2022, 10, 1))
    assert over.errors == {"ends_on": ["This day is over."]}
    today = forms.AppointForm({**typed, "ends_on": "2022-10-01"}, today=date(2022, 10, 1))
    assert today.is_valid()
    assert today.cleaned_data["email"] == "ana@example.org"
    assert "role" in forms.AppointForm({**typed, "role": "emperor"}, today=date(2022, 10, 1)).errors
