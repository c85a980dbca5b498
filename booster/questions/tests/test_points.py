"""A point on the map: every usual spelling is read, what is strange is said, and it is drawn where it lies."""

import pytest
from django.http import QueryDict

from booster.people.rules import extents
from booster.questions import forms
from booster.questions.rules import points, questions
from booster.questions.rules.cells import Unfit
from booster.ui.templatetags.fields import field

GRAZ = (47.07, 15.44)
COUNTRY = {"key": "country", "kind": "country", "label": "Country"}
ASKED = questions.parse(
    [
        {"key": "who", "title": "Who", "questions": [COUNTRY]},
        {
            "key": "where",
            "title": "Where",
            "questions": [
                {"key": "spot", "kind": "point", "label": "Point on the map", "hint": "Paste it."},
                {"key": "place", "kind": "place", "label": "Place"},
            ],
        },
    ]
)
SPOT, PLACE = ASKED.questions["spot"], ASKED.questions["place"]


@pytest.mark.parametrize(
    "text",
    [
        "47.07, 15.44", "47.07 15.44", "(47.07, 15.44)", "+47.07,+15.44", "47,07; 15,44", "47,07 15,44", "47,07, 15,44",
        "47.07N 15.44E", "47.07° N, 15.44° E", "15.44° E, 47.07° N", "N 47° 04.2' E 15° 26.4'", "lat 47.07 lon 15.44",
        "47° 4′ 12″ N, 15° 26′ 24″ E", "47°04'12'' 15°26'24''", "Latitude: 47.07, Longitude: 15.44",
        "geo:47.07,15.44", "geo:47.07,15.44;u=35", "geo:0,0?q=47.07,15.44(Mill)",
        "https://www.openstreetmap.org/#map=17/47.07/15.44", "www.openstreetmap.org/#map=17/47.07/15.44",
        "https://www.openstreetmap.org/?mlat=47.07&mlon=15.44#map=12/47.3/15.9",
        "https://www.google.com/maps/place/Graz/@47.3,15.9,17z/data=!3m1!8m2!3d47.07!4d15.44",
        "https://www.google.com/maps/@47.07,15.44,17z", "https://www.google.com/maps/search/?api=1&query=47.07%2C15.44",
        "https://maps.apple.com/?ll=47.07,15.44&q=Mill", "https://www.bing.com/maps?cp=47.07~15.44&lvl=12",
        "https://wego.here.com/?map=47.07,15.44,15,normal", "https://en.mapy.cz/zakladni?x=15.44&y=47.07&z=11",
        "https://yandex.com/maps/?ll=15.44%2C47.07&z=12", "https://maps.example/?lat=47.07&lng=15.44",
    ],
)  # fmt: skip
def test_a_point_is_read_in_every_usual_spelling(text):
    assert points.read(text) == pytest.approx(GRAZ, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Graz", "“Graz” is not a point that we can read. Write it like 47.07, 15.44."),
        ("47,07", "“47,07” is not a point that we can read. Write it like 47.07, 15.44."),
        ("1, 2, 3", "“1, 2, 3” is not a point that we can read. Write it like 47.07, 15.44."),
        ("151.2, -33.8", "The first number is the latitude, at most 90. Are the two swapped: -33.8, 151.2?"),
        ("95, 200", "95 degrees lie outside the map."),
        ("47°04'N 15°26'O", "“O” may mean east or west. Write E for east or W for west."),
        ("47°75'N 15°26'E", "A degree has 60 minutes, a minute 60 seconds: look at the numbers again."),
        (
            "https://maps.app.goo.gl/abc",
            "This address holds no point. Open it, and copy the address that your browser shows then.",
        ),
        ("https://[", "This address holds no point. Open it, and copy the address that your browser shows then."),
    ],
)
def test_what_is_no_point_is_told_with_what_to_do(text, said):
    with pytest.raises(Unfit) as trouble:
        points.read(text)
    assert str(trouble.value) == said
    problem = questions.clean_answer(SPOT, text)
    assert (problem.message, problem.kept) == (said, text)  # nothing typed is lost


def test_a_text_made_to_be_slow_is_answered_at_once():
    for text in ("1 " * 4000, "1" + " " * 9000 + "N", "N" * 9000, "https://x/?" + "q=1," * 3000, "°'\"" * 3000):
        with pytest.raises(Unfit):
            points.read(text)


@pytest.mark.parametrize(
    ("point", "country", "doubt"),
    [
        (GRAZ, "AT", ""), ((15.44, 47.07), "AT", "swapped"), (GRAZ, "PT", "far"), (GRAZ, "", ""), (GRAZ, "ZW", ""),
        ((28.1, -15.4), "ES", ""), ((47.07, -15.44), "AT", "far"), ((-21.1, 55.5), "FR", ""),
    ],
)  # fmt: skip
def test_a_point_far_from_the_country_is_doubted(point, country, doubt):
    assert points.doubts(point, country) == doubt


def test_distances_from_a_country():
    assert extents.kilometres_outside("AT", *GRAZ) == 0
    assert round(extents.kilometres_outside("AT", 48.2, 18.2)) == 74
    assert extents.kilometres_outside("", 0, 0) == 0


def test_point_and_place_keep_numbers_and_what_was_typed():
    assert questions.clean_answer(SPOT, "47.07, 15.44") == {"latitude": 47.07, "longitude": 15.44}
    assert questions.clean_answer(SPOT, {"latitude": "47,07", "longitude": 15.44}) == {
        "latitude": 47.07, "longitude": 15.44,
    }  # fmt: skip
    assert questions.clean_answer(SPOT, {"latitude": 47.07}).message == "Longitude is missing."
    assert questions.clean_answer(PLACE, {"city": "Graz", "point": " "}) == {"city": "Graz"}
    whole = {"city": "Graz", "latitude": 47.07, "longitude": 15.44}
    assert questions.clean_answer(PLACE, {"city": "Graz", "point": "47.07, 15.44"}) == whole
    unread = questions.clean_answer(PLACE, {"city": "Graz", "point": "by the river"})
    assert unread.kept == {"city": "Graz", "point": "by the river"}
    assert questions.clean_answer(PLACE, unread.kept).kept == unread.kept
    assert questions.text_of(SPOT, {"latitude": 47.0707071, "longitude": 15.0}) == "47.070707, 15"
    assert questions.text_of(PLACE, whole) == "Graz, 47.07, 15.44"


def test_the_two_numbers_of_an_older_form_become_the_point_of_a_new_one():
    north = {"key": "latitude", "kind": "decimal", "label": "Latitude"}
    east = {"key": "longitude", "kind": "decimal", "label": "Longitude"}
    old = questions.parse([{"key": "s", "title": "S", "questions": [north, east]}])
    told = {"latitude": 47.07, "longitude": 15.44}
    carried, look = questions.carry_over(old, ASKED, told)
    assert carried == {**told, "spot": told}
    assert look == []
    assert questions.carry_over(old, old, told)[0] == told
    other = {"spot": {"latitude": 1.0, "longitude": 2.0}}
    assert questions.carry_over(old, ASKED, {**told, **other})[0]["spot"] == other["spot"]
    assert "spot" not in questions.carry_over(old, ASKED, {"latitude": 47.07, "longitude": "east"})[0]


def drawn(answers, key="spot", **links):
    desk = forms.Desk(writable=ASKED.questions.keys(), needed={"spot"})
    form = forms.build(ASKED, ASKED.sections[1:], answers=answers, desk=desk, beside=forms.Beside(links=links))
    return " ".join(str(field(form[key])).split())


def test_the_point_is_shown_on_the_map_with_what_is_strange_about_it():
    spot = {"latitude": 47.07, "longitude": 15.44}
    page = drawn({"spot": spot, "country": "AT"})
    assert 'value="47.07, 15.44"' in page
    assert '<circle class="bar" cx="249.0" cy="244.3" r="8"/>' in page
    assert "On the map: 47.07, 15.44" in page
    assert "<label for=" in page  # one box has one label
    assert "This lies far from Portugal, the country of this application. Is it right?" in drawn(
        {"spot": spot, "country": "PT"}
    )
    turned = {"latitude": 15.44, "longitude": 47.07}
    assert "This lies far from Austria. Are the two numbers swapped: 47.07, 15.44?" in drawn(
        {"spot": turned, "country": "AT"}
    )
    assert "This lies outside the map of Europe. Is it right?" in drawn({"spot": {"latitude": 0, "longitude": -40}})
    assert "“by the river” is not a point" in drawn({"spot": "by the river"})
    assert "circle" not in drawn({})


def test_the_map_follows_what_is_typed_where_a_page_gives_an_address():
    assert "hx-get" not in drawn({})
    page = drawn({}, point="/point/")
    assert 'hx-get="/point/?question=spot"' in page
    assert 'hx-params="spot,country"' in page
    town = drawn({"place": {"city": "Graz", "point": "<script>"}}, key="place", point="/point/")
    assert 'name="place-city" value="Graz"' in town
    assert 'name="place-point" value="&lt;script&gt;"' in town


def test_both_are_read_back_from_their_boxes():
    sent = QueryDict("spot=47.07%2C15.44&place-city=Graz&place-point=47.07%2015.44")
    assert questions.raw_of(SPOT, sent.getlist) == "47.07,15.44"
    assert questions.raw_of(PLACE, sent.getlist) == {"city": "Graz", "point": "47.07 15.44"}
    older = QueryDict("place-city=Graz&place-latitude=47.07&place-longitude=15.44")
    assert questions.clean_answer(PLACE, questions.raw_of(PLACE, older.getlist))["latitude"] == 47.07
