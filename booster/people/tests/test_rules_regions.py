from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booster.people.rules import countries, regions

TODAY = date(2024, 1, 1)


@pytest.mark.parametrize(
    "typed, country, code",
    [
        ("Αττική", None, "EL30"),
        ("Aττική", None, "EL30"),  # with the Latin A of the official table
        ("ΑΤΤΙΚΗ", None, "EL30"),
        ("Attica", None, "EL30"),
        ("Attiki", "GR", "EL30"),
        ("EL30", None, "EL30"),
        ("GR30", "GR", "EL30"),
        ("el30 Attica", None, "EL30"),
        ("Attica (EL30)", None, "EL30"),
        ("Aνατολική Μακεδονία, Θράκη", None, "EL51"),
        ("Anatoliki Makedonia, Thraki", None, "EL51"),
        ("Северозападен", None, "BG31"),
        ("Severozapaden", "BG", "BG31"),
        ("Bavaria", None, "DE2"),
        ("Bayern", "DE", "DE2"),
        ("Berlin", None, "DE30"),
        ("Toscana", None, "ITI1"),
        ("Regione Toscana", "IT", "ITI1"),
        ("Tuscany region", None, "ITI1"),
        ("Île-de-France", None, "FR10"),
        ("Antwerp", None, "BE21"),
        ("Limburg", "BE", "BE22"),
        ("Limburg", "NL", "NL42"),
        ("Nord-Est", "RO", "RO21"),
        ("Luxembourg", "LU", "LU00"),
        ("Kyiv", None, "UA63"),
        ("Vojvodina", "RS", "RS12"),
        ("Brussels", None, "BE10"),
        ("Comunidad de Madrid", None, "ES30"),
    ],
)
def test_regions_are_recognised_by_code_and_by_name(typed, country, code):
    assert regions.recognise_region(typed, country) == code


@pytest.mark.parametrize(
    "typed, country",
    [
        (None, None), ("", None), ("Limburg", None), ("Nord-Est", None), ("Luxembourg", None), ("Crete", "IT"),
        ("EL30", "IT"),
        ("Atlantis", None), ("XX99", None), ("x" * 500, None), ("region", None), ("UKI3", None),
    ],
)  # fmt: skip
def test_no_region_is_guessed(typed, country):
    assert regions.recognise_region(typed, country) is None


def test_every_name_in_the_table_means_its_region_or_the_finer_one():
    for region in regions.BY_CODE.values():
        for name in (region.code, region.name, *region.also):
            found = regions.recognise_region(name, region.country)
            assert found is not None, name
            assert found.startswith(region.code), name


def test_the_table_is_complete_and_free_of_hidden_letters():
    assert sum(r.level == 2 and countries.in_group(r.country, "EU27", TODAY) for r in regions.BY_CODE.values()) == 244
    assert sum(r.level == 1 and countries.in_group(r.country, "EU27", TODAY) for r in regions.BY_CODE.values()) == 92
    assert not [
        r for r in regions.BY_CODE.values() if r.country == "GR" and any(c.isascii() and c.isalpha() for c in r.name)
    ]
    assert all(region.country in countries.BY_CODE for region in regions.BY_CODE.values())


def test_regions_of_a_country_come_in_latin_order_with_english_names():
    assert [r.code for r in regions.regions_of("IE")] == ["IE06", "IE04", "IE05"]
    assert regions.regions_of("GR")[1].label == "Αττική – Attica"
    assert regions.regions_of("AT")[0].label == "Burgenland"
    assert [r.code for r in regions.regions_of("BE", level=1)] == ["BE1", "BE3", "BE2"]
    assert regions.regions_of("US") == ()


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_breaks_the_recogniser(text):
    assert regions.recognise_region(text) in {None, *regions.BY_CODE}
