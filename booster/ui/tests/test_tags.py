from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from booster.kit.paging import Page
from booster.ui.templatetags import charts, groups, marks, pieces


def drawn(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


def test_an_icon_is_silent_unless_it_stands_alone():
    assert (
        marks.icon("calendar")
        == '<svg class="icon" aria-hidden="true"><use href="/static/ui/icons.svg#calendar"/></svg>'
    )
    assert marks.icon("lock", "Closed").startswith('<svg class="icon" role="img" aria-label="Closed">')


def test_an_unknown_icon_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="There is no icon “nothing-like-it”"):
        marks.icon("nothing-like-it")


def test_a_pill_and_a_state():
    assert marks.pill("New", "good") == '<span class="pill good">New</span>'
    assert marks.state("given_up") == '<span class="pill stop">Given up</span>'
    assert marks.state("draft", "Being written") == '<span class="pill ">Being written</span>'
    assert marks.state("draft", "Being written", "careful") == '<span class="pill careful">Being written</span>'
    assert 'class="icon"' in marks.pill("New", "", "star")


def test_a_reason_is_one_line_or_nothing():
    assert marks.reason("") == ""
    assert marks.reason("Too <late>", "stop").endswith("<span>Too &lt;late&gt;</span></p>")


def test_an_ecosystem_is_found_by_number_by_key_and_by_thing():
    same = marks.ecosystem(2, short=True)
    assert same == marks.ecosystem("agri-food", short=True) == marks.ecosystem(SimpleNamespace(number=2), short=True)
    assert same == (
        '<span class="chip eco-2"><span class="glyph"><svg class="icon" aria-hidden="true">'
        '<use href="/static/ui/icons.svg#plant-2"/></svg></span><span>Agri-food</span></span>'
    )
    assert 'href="?ecosystem=2"' in marks.ecosystem(2, href="?ecosystem=2")
    assert "Agroalimentaire" in marks.ecosystem(2, name="Agroalimentaire")


def test_an_unknown_ecosystem_is_shown_plainly():
    assert 'class="chip"' in marks.ecosystem("space-mining")
    assert "space-mining" in marks.ecosystem("space-mining")


def test_a_figure_opens_when_it_has_rows_behind_it():
    assert marks.figure(57, "applications", "/a/") == (
        '<a class="figure" href="/a/"><span class="n">57</span><span class="what">applications</span></a>'
    )
    assert marks.figure(0, "to decide", of=3, note="none yet") == (
        '<div class="figure"><span class="n">0 <small>/ 3</small></span><span class="what">to decide</span>'
        '<span class="note">none yet</span></div>'
    )


def test_the_rail_says_where_we_are_in_words():
    told = pieces.rail(
        [
            {"key": "calls", "state": "past", "starts": date(2022, 8, 19), "ends": date(2022, 9, 16)},
            {"key": "online", "state": "now", "href": "/days/", "when": "2–3 Mar 2023"},
            SimpleNamespace(label="Something else", state="next", note="in Strasbourg"),
        ]
    )
    assert 'Calls<span class="visually-hidden"> (done)</span>' in told
    assert '<time datetime="2022-08-19">19 Aug – 16 Sep 2022</time>' in told
    assert '<li class="now" aria-current="step">' in told
    assert '<a href="/days/">' in told
    assert 'Something else<span class="visually-hidden"> (to come)</span>' in told
    assert '<span class="where">in Strasbourg</span>' in told


def test_a_stage_and_a_card_hold_what_stands_between():
    assert drawn('{% stage title="Online" when="2 Mar" state="now" href="/x/" %}<p>Two days.</p>{% endstage %}') == (
        '<article class="card stage now"><p class="kicker">2 Mar</p><h3 class="title"><a href="/x/">Online</a>'
        '<span class="visually-hidden"> (now)</span></h3><p>Two days.</p></article>'
    )
    assert drawn('{% card title="Ask" boxed=True level=2 %}x{% endcard %}') == (
        '<article class="card boxed"><h2 class="title">Ask</h2>x</article>'
    )


def test_the_next_step_has_one_button_and_a_date():
    told = drawn(
        '{% nextstep title="Send it" why="Two answers are missing." due=due href="/go/" verb="Continue" %}',
        due=datetime(2023, 3, 2, 8, tzinfo=UTC),
    )
    assert told.count('class="button"') == 1
    assert "Your next step" in told
    assert "Until <x-when" in told


def test_nothing_to_do_has_no_button_unless_it_leads_somewhere():
    assert "button" not in drawn('{% nextstep title="We read it" done=True %}')
    assert "Nothing to do now" in drawn('{% nextstep title="We read it" done=True %}')
    assert 'class="button second"' in drawn('{% nextstep title="We read it" done=True href="/x/" %}')


@pytest.mark.parametrize(
    "name, letters",
    [
        ("Paula Duarte", "PD"),
        ("Αλεξάνδρα Παπα-Χατζή", "ΑΠ"),
        ("Ana de la Cruz", "AC"),
        ("Madonna", "M"),
        ("", ""),
        ("(x) &", ""),
    ],
)
def test_a_face_without_picture_shows_first_letters(name, letters):
    assert pieces.initials(name) == letters


def test_a_person_and_an_organisation():
    told = pieces.person("Paula", role="Manager", organisation="Norte", country="Portugal", href="/p/", ask="fibres")
    assert '<p class="name"><a href="/p/">Paula</a></p><p>Manager</p><p class="quiet">Norte · Portugal</p>' in told
    assert "Ask me about fibres" in told
    assert 'loading="lazy"' in pieces.person("Paula", photo="/p.jpg")
    house = pieces.organisation("Norte", kind="Cluster", members=1, place="Porto", country="Portugal", ecosystems=[13])
    assert "<p>Cluster · 1 member</p>" in house
    assert "eco-13" in house
    assert "<ul" not in pieces.organisation("Norte")


def test_the_timeline_tells_facts_or_that_there_are_none():
    at = datetime(2023, 3, 2, 8, tzinfo=UTC)
    facts = [{"sentence": "It was <sent>", "at": at, "who": "Paula", "href": "/f/"}]
    told = drawn("{% timeline facts %}", facts=facts)
    assert '<a href="/f/">It was &lt;sent&gt;</a>' in told
    assert " · Paula" in told
    assert drawn("{% timeline facts %}", facts=[]) == '<p class="quiet">Nothing has happened yet.</p>'


def test_an_empty_list_says_why_and_what_fills_it():
    told = pieces.nothing("No applications", "The call is not open.", "/open/", "Open the call")
    assert '<p class="title">No applications</p><p>The call is not open.</p>' in told
    assert '<a class="button second" href="/open/">Open the call</a>' in told
    assert "button" not in pieces.nothing("Nothing")


def test_notice_fold_and_dialog_are_blocks():
    assert drawn('{% notice tone="stop" title="No" %}<p>x</p>{% endnotice %}').startswith('<div class="notice stop">')
    assert drawn('{% fold title="More" open=True id="m" %}x{% endfold %}') == (
        '<details class="fold" id="m" open><summary>More</summary><div>x</div></details>'
    )
    assert drawn('{% dialog id="d" title="Sure?" %}x{% enddialog %}').startswith(
        '<x-dialog><dialog id="d" aria-labelledby="d-title"><h2 class="title" id="d-title">Sure?</h2>x<form '
    )


def test_tabs_mark_the_current_page_and_count_to_nought():
    told = pieces.tabs([{"label": "All", "href": "/a/", "current": True, "count": 0}, {"label": "Mine", "href": "/m/"}])
    assert '<a href="/a/" aria-current="page">All <span class="count">0</span></a>' in told
    assert '<a href="/m/">Mine</a>' in told


def test_steps_of_a_form_say_their_state_aloud():
    told = pieces.steps(
        [
            {"label": "You", "href": "?s=1", "state": "done"},
            {"label": "Cluster", "href": "?s=2", "state": "error", "current": True},
            {"label": "Send"},
        ]
    )
    assert 'You<span class="visually-hidden"> (complete)</span>' in told
    assert 'aria-current="step"' in told
    assert "(needs your attention)" in told
    assert '<span class="what">Send</span></span></li>' in told
    assert "Section 2 of 3" in told
    assert "Section" not in pieces.steps([{"label": "You"}, {"label": "Send"}]).split("<ol>")[0].partition(">")[2]


def test_progress_is_a_figure_or_unknown():
    assert 'max="10" value="4"' in pieces.progress(4, 10, "Reading")
    assert "4 of 10" in pieces.progress(4, 10, "Reading")
    assert "value=" not in pieces.progress(None, 1, "Choosing")


@pytest.mark.parametrize(
    "here, last, shown",
    [
        (1, 2, [1, 2]),
        (1, 1, [1]),
        (4, 12, [1, None, 3, 4, 5, None, 12]),
        (2, 3, [1, 2, 3]),
        (12, 12, [1, None, 11, 12]),
    ],
)
def test_page_numbers_leave_gaps(here, last, shown):
    assert pieces.page_numbers(here, last) == shown


def test_pages_keep_the_rest_of_the_address():
    request = RequestFactory().get("/list/?country=GR&country=PL&page=4&q=a%26b")
    told = drawn("{% pages page %}", page=Page(items=[], number=4, pages=12, total=573), request=request)
    assert 'href="?country=GR&amp;country=PL&amp;q=a%26b&amp;page=5"' in told
    assert '<span aria-current="page">4</span>' in told
    assert 'rel="prev"' in told
    assert 'rel="next"' in told
    assert "573 in all" in told


def test_a_single_page_shows_its_total_alone():
    told = drawn("{% pages page %}", page=Page(items=[], number=1, pages=1, total=0))
    assert told == '<p class="pages"><span class="quiet">0 in all</span></p>'


@pytest.mark.parametrize(
    "value, low, high, told",
    [
        (9, 11, 16, "2 short of the minimum (11 to 16)"),
        (4, None, 3, "1 over the maximum (at most 3)"),
        (14, 8, None, "within the limits (at least 8)"),
        (1, 1, 1, "within the limits (exactly 1)"),
    ],
)
def test_a_meter_says_in_words_how_it_stands(value, low, high, told):
    assert told in charts.meter("Women", value, low, high)


def test_a_meter_without_limits_judges_nothing():
    assert "told" not in charts.meter("Seats", 0, total=27)
    assert 'width="0"' in charts.meter("Seats", 0, total=27)


def test_a_balance_shows_each_part_against_its_limits_on_one_scale():
    parts = [
        groups.Part("Women", 9, 40, key="gender:woman", minimum=12),
        groups.Part("Germany", 4, 12, maximum=3),
        groups.Part("Agri-food", 2, 5, ecosystem="agri-food", minimum=1, maximum=4),
        groups.Part("Men", 12, 60),
    ]
    told = groups.balance(parts, "Who", says="Four parts.", post="/there/")
    assert 'name="of" value="gender:woman"' in told
    assert "3 short of the minimum" in told
    assert "1 over the maximum" in told
    assert '<span class="allowed">1–4</span>' in told
    assert '<li class="met eco-2">' in told
    assert '<rect class="bar" y="2" width="75" height="8"/>' in told
    assert "<td>at least 12</td>" in told
    assert "<button" not in groups.balance(parts, "Who")
    assert "<svg" not in groups.balance([], "Nobody")


def test_seats_show_who_sits_where_and_what_is_free():
    people = [
        groups.Seat("DE", "Anna, Cluster", "#p1", "health"),
        groups.Seat("GR", "Νίκος", hand=True),
        groups.Seat("FR", "Luc"),
    ]
    told = groups.seats(people, 2, "The group")
    assert told.count("<li") == 3
    assert '<li class="over">' in told
    assert '<li class="hand">' in told
    assert groups.seats([], 3, "The group").count("a free seat") == 3


def test_bars_have_names_values_and_a_table_behind():
    told = charts.bars(
        [("Germany", 4, "/de/"), {"label": "Malta", "value": 1, "note": "new", "ecosystem": 3}], table=True
    )
    assert '<a href="/de/">Germany</a>' in told
    assert 'width="25"' in told
    assert '<li class="eco-3">' in told
    assert "The same as a table" in told
    assert "details" not in charts.bars([], table=True)


def test_a_funnel_tells_what_is_left_of_the_step_before():
    told = charts.funnel([("Begun", 200), ("Sent", 50), ("Chosen", 0)])
    assert "25 %" in told
    assert "0 %" in told


def test_a_distribution_is_spoken_and_may_be_empty():
    told = charts.distribution([("0", 1), ("0.5", 0), ("1", 2)], "Marks", says="Most are high.", mark=1)
    assert 'role="img" aria-label="Most are high."' in told
    assert 'class="limit"' in told
    assert "Nothing to draw yet." in charts.distribution([], "Marks")


def test_a_heat_map_links_its_cells_and_leaves_gaps():
    told = charts.heat(["A", "B", "C"], [("New", [(5, "/x/"), None, 0])], title="Needs")
    assert '<td class="h5"><a href="/x/">5</a></td><td class="h0"></td><td class="h0">0</td>' in told


@pytest.mark.parametrize("value, shade", [(0, 0), (1, 1), (2, 2), (5, 5), (9, 5), (-1, 0)])
def test_a_shade_grows_with_its_value(value, shade):
    assert charts.level(value, 5) == shade


def test_every_component_escapes_what_people_write():
    evil = "<script>alert(1)</script>"
    outputs = [
        pieces.person(evil, evil, evil, evil, "", evil, evil),
        pieces.organisation(evil, kind=evil, place=evil),
        pieces.nothing(evil, evil, evil, evil),
        pieces.rail([{"label": evil, "when": evil, "note": evil, "href": evil}]),
        pieces.tabs([{"label": evil, "href": evil}]),
        pieces.steps([{"label": evil, "href": evil}]),
        marks.pill(evil, evil),
        marks.figure(evil, evil, evil, evil, evil),
        marks.ecosystem(evil),
        charts.bars([(evil, 1, evil)], evil, evil, evil, True),
        charts.distribution([(evil, 1, evil)], evil, evil, evil),
        charts.heat([evil], [(evil, [(1, evil)])], evil, evil),
        charts.meter(evil, 1, href=evil),
    ]
    assert [output for output in outputs if "<script" in output] == []


def test_a_row_of_a_chart_may_be_an_object():
    assert charts.row_of(SimpleNamespace(label="a", value=None)) == charts.Row("a", 0)


def test_accent_links_a_readable_colour_only():
    assert drawn("{% accent '#8a2846' %}") == '<link rel="stylesheet" href="/accent/8a2846.css">'
    assert drawn("{% accent '#eeeeee' %}{% accent nothing %}{% accent 'red' %}") == ""


def test_filters_are_there():
    assert drawn('{{ at|zoned:"Europe/Athens" }}', at=datetime(2023, 3, 2, 8, tzinfo=UTC)) == "Thu 2 Mar 2023, 10:00"
    assert drawn("{{ '**x**'|markdown }}{{ '**x**'|plain }}{{ 0.5|percent }}{{ 5|human_size }}") == (
        "<p><strong>x</strong></p>\nx50\u00a0%5 bytes"
    )
