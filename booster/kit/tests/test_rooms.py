import sys
from types import ModuleType

import pytest
from django.apps import apps

from booster.kit import beats, inlets, wiring
from booster.kit.facts import Kind

HAPPENED = Kind("attic.happened", "{thing} happened")


@pytest.fixture
def attic(monkeypatch):
    """A room of no files, with tables of its own."""
    for module, name in ((wiring, "_kinds"), (wiring, "_reactions"), (beats, "_beats"), (inlets, "_fragments")):
        monkeypatch.setattr(module, name, {})
    room = type(apps.get_app_config("kit"))("booster.kit", sys.modules["booster.kit"])
    room.name = "booster.attic"
    files: dict[str, ModuleType] = {}
    monkeypatch.setattr(room, "_file", files.get)
    return room, files


def test_a_room_without_files_is_wired_to_nothing(attic):
    room, _files = attic
    room.ready()
    assert (wiring.kinds(), wiring.lines(), beats.all_beats()) == ([], [], [])


def test_a_room_declares_its_facts_and_offers_what_its_files_list(attic):
    room, files = attic

    def react(fact, *, at) -> None: ...

    beat = beats.Beat("attic.sweep", None, react)
    for name, about in {
        "facts": {"HAPPENED": HAPPENED, "OTHER": 3},
        "reactions": {"REACTIONS": {HAPPENED: [react]}},
        "tasks": {"BEATS": [beat]},
        "inlets": {"INLETS": {"desk": [react]}},
    }.items():
        files[name] = ModuleType(name)
        vars(files[name]).update(about)
    room.ready()
    assert wiring.kinds() == [HAPPENED]
    assert list(wiring.listeners("attic.happened").values()) == [react]
    assert beats.all_beats() == [beat]
    assert inlets.fragments("desk") == [react]


def test_tasks_without_beats_and_inlets_without_a_list_offer_nothing(attic):
    room, files = attic
    files |= {"tasks": ModuleType("tasks"), "inlets": ModuleType("inlets")}
    room.ready()
    assert (beats.all_beats(), inlets.fragments("desk")) == ([], [])


def test_files_are_found_by_their_names():
    room = apps.get_app_config("academies")
    assert room._file("facts").__name__ == "booster.academies.facts"
    assert room._file("no_such_file") is None
