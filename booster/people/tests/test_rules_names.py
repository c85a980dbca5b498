import pytest
from hypothesis import given
from hypothesis import strategies as st

from booster.people.rules import names


@pytest.mark.parametrize(
    "one, other",
    [
        ("TEXTILE CLUSTER CHODOV ", "Textile Cluster Chodov"),
        ("AGRIFOOD CLUSTER SANTO ANTÓNIO DOS OLIVAIS ", "AgriFood Cluster Santo António dos Olivais"),
        ("Creative Cluster Bistriţa", "Creative Cluster Bistrița"),
        ("Hydrogen Cluster e.V.", "Hydrogen Cluster"),
        ("Hydrogen Cluster e. V.", "hydrogen cluster eV"),
        ("Hydrogen Cluster (e.V.)", "Hydrogen Cluster"),
        ("Cluster X S.p.A.", "Cluster X"),
        ("Klaster Sp. z o.o.", "Klaster"),
        ("Bio GmbH & Co. KG", "BIO"),
        ("Agri-Food Cluster", "AgriFood  Cluster"),
        ("The Hague Cluster", "Hague Cluster"),
        ("A & B Cluster", "A and B Cluster"),
        ("Digital Cluster Eimsbüttel", "Digital Cluster Eimsbuettel"),
        ("Textile Cluster Chodov (TCC)", "Textile Cluster Chodov"),
        ("Кластер Плевен ООД", "кластер Плевен"),
    ],
)
def test_spellings_of_one_organisation_have_one_key(one, other):
    assert names.organisation_key(one) == names.organisation_key(other) != ""


@pytest.mark.parametrize(
    "one, other",
    [
        ("Textile Cluster Chodov", "Textile Cluster Karviná"),
        ("Digital Cluster Mannheim", "Textile Cluster Mannheim"),
        ("Health Cluster North", "Health Cluster"),
        ("Cluster 1", "Cluster 2"),
        ("Textile Cluster (Chodov)", "Textile Cluster"),
        ("SA", "AG"),
    ],
)
def test_different_organisations_have_different_keys(one, other):
    assert names.organisation_key(one) != names.organisation_key(other)


def test_no_name_has_no_key():
    assert names.organisation_key(None) == names.organisation_key(" - ") == ""


@given(st.text(max_size=40))
def test_case_and_spaces_around_never_change_the_key(text):
    assert names.organisation_key(f"  {text}\u200b ") == names.organisation_key(text)


def test_lists_of_all_scripts_sort_by_latin_letters():
    people = ["Zoë", "Михайлина", "Émile", "Ουρανός", "Ålund", "adam", "Ψ", "Žofie"]
    assert sorted(people, key=names.sort_key) == ["adam", "Ålund", "Émile", "Михайлина", "Ουρανός", "Ψ", "Zoë", "Žofie"]
    assert names.latin("Δυτική Μακεδονία") == "dytiki makedonia"


@pytest.mark.parametrize(
    "first, family, letters",
    [
        ("Михайлина", "Дуплій", "МД"),
        ("Dr Damian Riley", "", "DR"),
        ("Jean-Pierre", "van der Berg", "JB"),
        ("Maria José", "Silva", "MS"),
        ("Ana", "de la", "AD"),
        ("Cher", "", "C"),
        ("élodie", None, "É"),
        ("", "", ""),
        (None, None, ""),
        ("123", "!", ""),
        ("ßen", "ǆ", "SS"),
    ],
)
def test_initials_are_one_or_two_capitals(first, family, letters):
    assert names.initials(first, family) == letters
