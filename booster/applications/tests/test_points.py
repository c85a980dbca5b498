"""The place on the map while one answers: shown at once, kept as typed, known to the lists."""

import pytest
from django.utils.timezone import now

from booster.applications.tests import make

SECTIONS = [
    {
        "key": "venue",
        "title": "The place",
        "questions": [
            {"key": "country", "kind": "country", "label": "Country"},
            {"key": "venue_name", "kind": "text", "label": "Name"},
            {"key": "point", "kind": "point", "label": "Point on the map", "required": True},
        ],
    }
]


@pytest.fixture
def draft(olga, hana):
    call = make.call(at=now(), kind="venues", sections=SECTIONS, organiser=olga)
    return make.draft(call=call, by=hana, at=now(), country="SK")


def test_what_is_typed_is_shown_before_it_is_kept(draft, hana, client_of, django_assert_num_queries):
    client = client_of(hana)
    url = f"/applications/{draft.pk}/point/?question=point"
    client.get(url)
    with django_assert_num_queries(5):
        page = client.get(f"{url}&point=49.2,18.7").content.decode()
    assert "On the map: 49.2, 18.7" in page
    swapped = client.get(f"{url}&point=18.7,49.2").content.decode()
    assert "This lies far from Slovakia. Are the two numbers swapped: 49.2, 18.7?" in swapped
    other = client.get(f"{url}&point=49.2,18.7&country=PT").content.decode()
    assert "This lies far from Portugal" in other  # the country that is just being chosen
    assert "&lt;b&gt;” is not a point" in client.get(f"{url}&point=<b>").content.decode()
    assert "<circle" not in client.get(url).content.decode()
    draft.refresh_from_db()
    assert "point" not in draft.answers


def test_only_points_of_ones_own_application_are_shown(draft, hana, sana, client_of):
    assert client_of(sana).get(f"/applications/{draft.pk}/point/?question=point&point=1,2").status_code == 404
    for other in ("country", "zzz", ""):
        assert client_of(hana).get(f"/applications/{draft.pk}/point/?question={other}").status_code == 404


def test_a_point_is_kept_read_and_known_to_the_lists(draft, hana, client_of):
    client, url = client_of(hana), f"/applications/{draft.pk}/"
    saved = client.post(f"{url}save/", {"revision": draft.revision, "point": "49°12'N 18°42'E"})
    assert saved.json()["errors"] == {}
    draft.refresh_from_db()
    assert draft.answers["point"] == {"latitude": 49.2, "longitude": 18.7}
    assert (draft.latitude, draft.longitude) == (49.2, 18.7)
    saved = client.post(f"{url}save/", {"revision": draft.revision, "point": "by the river"})
    assert saved.json()["errors"] == {
        "point": "“by the river” is not a point that we can read. Write it like 47.07, 15.44."
    }
    draft.refresh_from_db()
    assert draft.answers["point"] == "by the river"  # nothing typed is lost
    assert (draft.latitude, draft.longitude) == (None, None)
    assert 'value="by the river"' in client.get(url).content.decode()


def test_hostile_text_is_answered_calmly(draft, hana, client_of):
    pasted = "1" * 3000
    answer = client_of(hana).get(f"/applications/{draft.pk}/point/", {"question": "point", "point": pasted})
    assert answer.status_code == 200
    assert "is not a point" in answer.content.decode()
