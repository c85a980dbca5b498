"""Photos and plans of the offer stay with the rooms of the venue."""

import io
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from booster.applications.models import Attachment
from booster.library import actions as library
from booster.library.rules import DOCUMENTS, PICTURES
from booster.venues import actions
from booster.venues.rules import RoomPlan, rooms_from
from booster.venues.tests import make

NOW = datetime(2023, 1, 20, 12, tzinfo=UTC)


def stored(name, content, allowed):
    return library.store(file=SimpleUploadedFile(name, content), allowed=allowed, by=None, at=NOW)


@pytest.fixture
def documents(db):
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40)).save(drawn, "PNG")
    photo = stored("hall.png", drawn.getvalue(), PICTURES)
    return photo, stored("plan.pdf", b"%PDF-1.4\n%%EOF\n", DOCUMENTS), stored("foreign.png", drawn.getvalue(), PICTURES)


@pytest.fixture
def venue(documents, hana, olga):
    photo, plan, foreign = ({"id": one.pk, "name": one.name, "size": 1} for one in documents)
    rooms = [{"name": "Plenary", "photo": photo, "plan": plan}, {"name": "Attic", "photo": foreign}]
    offer = make.offer(make.call(at=NOW, organiser=olga), hana, at=NOW, rooms=rooms)
    for document in documents[:2]:
        Attachment.objects.create(application=offer, question_key="rooms", document=document)
    return actions.adopt(application=offer, by=olga, at=NOW)


def test_rooms_take_the_files_of_the_offer_and_no_others(venue, documents):
    plenary, attic = venue.rooms.all()
    assert (plenary.photo, plenary.plan) == documents[:2]
    assert (attic.photo, attic.plan) == (None, None)  # its file does not lie at the offer


def test_describing_a_room_leaves_its_files(venue, hana):
    room = venue.rooms.first()
    actions.set_room(venue=venue, plan=RoomPlan("Great hall", cabaret=50), room=room, by=hana, at=NOW)
    room.refresh_from_db()
    assert (room.name, room.cabaret, room.photo_id is None) == ("Great hall", 50, False)


def test_odd_answers_bring_no_files():
    rooms = rooms_from({"rooms": [{"name": "A", "photo": "5", "plan": {"id": True}}, {"name": "B", "photo": {}}]})
    assert [(room.photo_id, room.plan_id) for room in rooms] == [(None, None)] * 2


def test_the_page_shows_photo_and_plan_to_those_who_read_the_venue(venue, hana, olga, sana, client_of):
    room, other = venue.rooms.all()
    photo, plan = (f"/venues/{venue.pk}/rooms/{room.pk}/{part}/" for part in ("photo", "plan"))
    for person in (hana, olga):
        page = client_of(person).get(f"/venues/{venue.pk}/").content.decode()
        assert f'src="{photo}?small" alt="Photo of Plenary"' in page
        assert f'<a href="{plan}">plan.pdf</a>' in page
    assert client_of(hana).get(f"{photo}?small")["Content-Type"] == "image/jpeg"
    assert client_of(hana).get(plan)["Content-Disposition"].startswith("attachment")
    assert client_of(sana).get(photo).status_code == 404
    assert client_of(hana).get(photo.replace(f"/{room.pk}/", f"/{other.pk}/")).status_code == 404
    library.remove(room.photo, by=None, at=NOW)
    assert "Photo of Plenary" not in client_of(hana).get(f"/venues/{venue.pk}/").content.decode()
