"""Photos and plans of rooms where offers stand side by side."""

from datetime import UTC, datetime

import pytest

from booster.selection.tests import make

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def file(number, name):
    return {"id": number, "name": name, "size": 9}


def rooms(number):
    if number:
        return {"rooms": "odd"}
    lines = [{"name": f"Room {n}", "photo": file(10 + n, "x.png")} for n in range(6)]
    return {"rooms": [*lines, {"name": "Attic", "plan": file(99, "plan.pdf"), "photo": {"id": "odd"}}]}


@pytest.mark.parametrize("count", [1, 12])
def test_offers_side_by_side_show_their_first_photos_and_all_plans(olga, client_of, count, django_assert_num_queries):
    venues = make.call(at=NOW, organiser=olga, kind="venues")
    first = make.files(venues, at=NOW, count=count, answers=rooms)[0]
    desk, address = client_of(olga), f"/calls/{venues.slug}/compare/"
    desk.get(address)
    with django_assert_num_queries(14):
        page = desk.get(address).content.decode()
    files = f"/applications/{first.pk}/file/attachments/"
    assert page.count('class="thumb"') == 4
    assert f'<img class="thumb" src="{files}10/?small" alt="Photo of Room 0" loading="lazy">' in page
    assert f'<a href="{files}99/">Plan of Attic</a>' in page


def test_without_any_picture_there_is_no_such_line(olga, client_of):
    venues = make.call(at=NOW, organiser=olga, kind="venues")
    make.files(venues, at=NOW, count=2)
    assert "Photos of rooms" not in client_of(olga).get(f"/calls/{venues.slug}/compare/").content.decode()
