from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booster.people.rules import countries


@pytest.mark.parametrize(
    "typed, code",
    [
        # as they arrived in the first edition
        *[("Ukraine", "UA"), ("Holland", "NL"), ("Italy", "IT"), ("France", "FR"), ("Poland", "PL"), ("Sweden", "SE")],
        *[("DE", "DE"), ("Hungary", "HU"), ("Spain", "ES"), ("Ελλάδα", "GR"), ("Germany", "DE"), ("Finland", "FI")],
        *[("Austria", "AT"), ("Belgium", "BE"), ("Deutschland", "DE"), ("Bulgaria", "BG"), ("Ireland", "IE")],
        *[
            ("Czech Republic", "CZ"),
            ("GR", "GR"),
            ("Portugal", "PT"),
            ("Croatia", "HR"),
            ("germany ", "DE"),
            ("ES", "ES"),
        ],
        *[("Serbia", "RS"), ("Malta", "MT"), ("España", "ES"), ("Hellas", "GR"), ("Romania", "RO"), ("Norway", "NO")],
        *[("Slovak Republic", "SK"), ("Lithuania", "LT"), ("The Netherlands", "NL"), ("Denmark", "DK"), ("TR", "TR")],
        *[
            ("Slovenia", "SI"),
            ("Latvia", "LV"),
            ("Czechia", "CZ"),
            ("Greece", "GR"),
            ("Netherlands", "NL"),
            ("CZ", "CZ"),
        ],
        *[("Slovakia", "SK"), ("EL", "GR"), ("LU", "LU")],
        # as they may arrive
        *[
            ("el", "GR"),
            ("UK", "GB"),
            ("u.k.", "GB"),
            ("DEU", "DE"),
            ("XK", "XK"),
            ("NO", "NO"),
            ("🇩🇪", "DE"),
            ("gr.", "GR"),
        ],
        *[("🇩🇪 Germany", "DE"), ("Germany (DE)", "DE"), ("DE - Germany", "DE"), ("Ελλάδα / Greece", "GR")],
        *[("ΕΛΛΑΔΑ", "GR"), ("EΛΛΑΔΑ", "GR"), ("Ηellas", "GR"), ("Ellada", "GR"), ("България", "BG"), ("Србија", "RS")],
        *[
            ("Österreich", "AT"),
            ("OSTERREICH", "AT"),
            ("Oesterreich", "AT"),
            ("Österreich\u200b", "AT"),
            ("Saksa", "DE"),
        ],
        *[("TheNetherlands", "NL"), ("Pays-Bas", "NL"), ("Türkiye", "TR"), ("TURKIYE", "TR"), ("Turkey", "TR")],
        *[("FYROM", "MK"), ("Macedonia", "MK"), ("North Macedonia", "MK"), ("N. Macedonia", "MK"), ("Kosovo*", "XK")],
        *[
            ("Great Britain", "GB"),
            ("Northern Ireland", "GB"),
            ("Republic of Ireland", "IE"),
            ("Ireland (Republic of)", "IE"),
        ],
        *[
            ("Moldova, Republic of", "MD"),
            ("Bosnia & Herzegovina", "BA"),
            ("Bosnia-Herzegovina", "BA"),
            ("Suisse", "CH"),
            ("Les Pays-Bas", "NL"),
            ("Die Niederlande", "NL"),
            ("Ολλανδία", "NL"),
            ("Olanda", "NL"),
            ("Kingdom of Norway", "NO"),
            ("DE Germany", "DE"),
            ("Germany DE", "DE"),
            ("Itly", "IT"),
            ("Spian", "ES"),
        ],
        *[("CH", "CH"), ("USA", "US"), ("U.S.A.", "US"), ("United States", "US"), ("Georgia", "GE"), ("Niger", "NE")],
        *[
            ("Nigeria", "NG"),
            ("Greek", "GR"),
            ("Dutch", "NL"),
            ("Czech Rep.", "CZ"),
            ("Luxemburg", "LU"),
            ("Gremany", "DE"),
        ],
        *[("Germny", "DE"), ("Polandd", "PL"), ("Romanla", "RO"), ("Côte d'Ivoire", "CI"), ("Republic of Korea", "KR")],
    ],
)
def test_a_country_is_recognised_in_any_of_its_spellings(typed, code):
    assert countries.recognise(typed) == code


@pytest.mark.parametrize(
    "typed",
    [
        *[None, "", "-", "n/a", "NA", "no", "No", "Other", "Europe", "EU", 5, "5", "Korea", "Congo", "Yugoslavia"],
        *[
            "Germany, France",
            "🇦🇹 Germany",
            "Georgia, USA",
            "Berlin, Germany",
            "FR Germany",
            "Mail",
            "Northern Cyprus",
            "Serbia and Montenegro",
        ],
        *[
            "Iseland",
            "Austrlia",
            "Slovania",
            "Slovekia",
            "Bavaria",
            "Scania",
            "Holl",
            "X",
            "=A1",
            "<b>",
            "Germany" * 30,
        ],
    ],
)
def test_nothing_is_guessed(typed):
    assert countries.recognise(typed) is None


def test_every_spelling_in_the_table_means_its_country():
    for country in countries.BY_CODE.values():
        for spelling in (country.code, country.alpha3, country.eu_code, country.name, *country.native, *country.also):
            if spelling and countries.recognise(spelling) != country.code:
                assert spelling in ("Congo", "NA"), spelling


@settings(deadline=None)
@given(st.text(max_size=30))
def test_whatever_is_typed_gives_a_known_code_or_none(text):
    assert countries.recognise(text) in {None, *countries.BY_CODE}


def test_codes_and_names_for_pages():
    assert (countries.name("GR"), countries.name("??")) == ("Greece", "??")
    assert [countries.eu_code(code) for code in ("GR", "GB", "DE")] == ["EL", "UK", "DE"]
    assert countries.BY_CODE["GR"].eu_code == "EL"
    assert countries.BY_CODE["GR"].native[0] == "Ελλάδα"
    assert countries.all_codes()[:3] == ("AF", "AX", "AL")
    assert len(countries.all_codes()) == 250
    assert {"GR", "UA", "XK", "TR", "AM"} < set(countries.EUROPE)
    assert not {"US", "KZ"} & set(countries.EUROPE)


@pytest.mark.parametrize(
    "code, group, day, inside",
    [
        ("GR", "EU27", date(2022, 10, 24), True),
        ("HR", "EU27", date(2013, 6, 30), False),
        ("HR", "EU27", date(2013, 7, 1), True),
        ("GB", "EU27", date(2020, 1, 31), True),
        ("GB", "EU27", date(2020, 2, 1), False),
        ("NO", "EEA", date(2022, 10, 24), True),
        ("CH", "EFTA", date(2022, 10, 24), True),
        ("CH", "EEA", date(2022, 10, 24), False),
        ("UA", "SMP", date(2022, 10, 24), True),
        ("TR", "SMP", date(2022, 10, 24), True),
        ("CH", "SMP", date(2022, 10, 24), False),
        ("US", "SMP", date(2022, 10, 24), False),
        ("", "SMP", date(2022, 10, 24), False),
    ],
)
def test_groups_have_first_and_last_days(code, group, day, inside):
    assert countries.in_group(code, group, day) is inside


def test_the_union_has_27_members_today_and_all_groups_know_their_countries():
    assert len(countries.members("EU27", date(2022, 10, 24))) == 27
    assert len(countries.members("EU27", date(2019, 1, 1))) == 28
    assert all(code in countries.BY_CODE for group in countries.GROUPS.values() for code in group.members)
