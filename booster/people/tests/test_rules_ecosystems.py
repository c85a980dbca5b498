import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booster.people.rules import ecosystems
from booster.ui.templatetags.marks import ECOSYSTEM_NAMES

SOCIAL = "proximity-social-economy"


@pytest.mark.parametrize(
    "typed, ids",
    [
        # as they arrived in the first edition
        (
            "Cultural and Creative Industries (CCI);Energy-intensive industries",
            ["cultural-creative", "energy-intensive"],
        ),
        ("Aerospace & defence;Textile;Tourism", ["aerospace-defence", "textiles", "tourism"]),
        ("Energy-renewables;Mobility-Transport-Automotive", ["energy-renewables", "mobility-transport-automotive"]),
        ("Proximity & social economy", [SOCIAL]),
        ("Proximity, social economy and civil society", [SOCIAL]),
        ("Proximity, social economy and civil security", [SOCIAL]),
        ("Textiles", ["textiles"]),
        ("Agri-food;Construction;Digital", ["agri-food", "construction", "digital"]),
        ("Electronics;Health;Retail", ["electronics", "health", "retail"]),
        # as they may arrive
        ("11", [SOCIAL]),
        (11, [SOCIAL]),
        ("11.", [SOCIAL]),
        ("11. Proximity & social economy", [SOCIAL]),
        ("07", ["energy-intensive"]),
        ("1;2;13", ["aerospace-defence", "agri-food", "textiles"]),
        ("1, 2, 13", ["aerospace-defence", "agri-food", "textiles"]),
        ("Textiles, clothing, leather and footwear, Digital", ["textiles", "digital"]),
        ("Proximity, social economy and civil society, Retail", [SOCIAL, "retail"]),
        ("Low-carbon energy intensive industries", ["energy-intensive"]),
        (
            "Renewable energy | Mobility – transport – automotive",
            ["energy-renewables", "mobility-transport-automotive"],
        ),
        ("AGRIFOOD\nCCI", ["agri-food", "cultural-creative"]),
        ("Digital, Health", ["digital", "health"]),
        ("Digital and Health", ["digital", "health"]),
        ("Health/Digital", ["health", "digital"]),
        ("Aerospace & Defense; EII", ["aerospace-defence", "energy-intensive"]),
        ("Textile;Textiles;TEXTILES ", ["textiles"]),
        ("Digital;;Health;", ["digital", "health"]),
        ("Mobilty-Transport-Automotive", ["mobility-transport-automotive"]),
        ("Energy-intensive industries (EII)", ["energy-intensive"]),
        ("Tourism (rural)", ["tourism"]),
        ("Social economy ecosystem", [SOCIAL]),
    ],
)
def test_ecosystems_are_recognised_in_any_of_their_spellings(typed, ids):
    assert ecosystems.recognise_many(typed) == (ids, [])


@pytest.mark.parametrize(
    "typed, ids, unknown",
    [
        ("Tourism;Other", ["tourism"], ["Other"]),
        ("Steel", [], ["Steel"]),
        ("Steel, Digital", ["digital"], ["Steel"]),
        ("Energy", [], ["Energy"]),
        ("15", [], ["15"]),
        ("0", [], ["0"]),
        ("3. Digital", [], ["3. Digital"]),
        ("Digital (health)", [], ["Digital (health)"]),
        ("", [], []),
        (None, [], []),
        ("n/a", [], []),
    ],
)
def test_what_is_not_understood_is_given_back(typed, ids, unknown):
    assert ecosystems.recognise_many(typed) == (ids, unknown)


def test_there_are_fourteen_numbered_as_the_commission_does():
    assert [e.number for e in ecosystems.ALL] == list(range(1, 15))
    assert ecosystems.BY_ID[SOCIAL].number == 11
    assert ecosystems.ALL[13].name == "Tourism"


def test_every_spelling_in_the_table_means_its_ecosystem():
    for ecosystem in ecosystems.ALL:
        for spelling in (ecosystem.id, ecosystem.name, ecosystem.short, *ecosystem.also, str(ecosystem.number)):
            assert ecosystems.recognise_many(spelling.upper()) == ([ecosystem.id], []), spelling


def test_the_fourteen_in_one_cell_are_fourteen():
    for mark in (";", ", ", "\n", " | "):
        assert len(ecosystems.recognise_many(mark.join(e.name for e in ecosystems.ALL))[0]) == 14


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_the_recogniser(text):
    ids, _ = ecosystems.recognise_many(text)
    assert len(set(ids)) == len(ids)
    assert all(id in ecosystems.BY_ID for id in ids)


def test_endless_text_is_not_an_ecosystem():
    assert ecosystems.recognise("x" * 6000) is None
    assert ecosystems.recognise_many("Digital, " * 700)[0] == ["digital"]


def test_an_ecosystem_has_one_short_name_in_lists_limits_and_chips():
    assert {one.number: one.short for one in ecosystems.ALL} == {
        number: str(brief) for number, (_full, brief) in ECOSYSTEM_NAMES.items()
    }
