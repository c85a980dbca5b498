from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import override_settings
from django.utils import translation

from booster.ui.templatetags import moments

AT = datetime(2023, 3, 2, 8, 0, tzinfo=UTC)


def read_in(zone):
    return {"request": SimpleNamespace(zone=zone)}


def test_a_moment_says_its_day_its_hour_and_its_place():
    assert moments.when({}, AT, zone="Europe/Paris", place="Strasbourg") == (
        '<x-when data-zone="Europe/Paris"><time class="when" datetime="2023-03-02T08:00:00Z">'
        "Thu 2 Mar 2023, 09:00 in Strasbourg</time></x-when>"
    )


def test_a_reader_elsewhere_is_told_the_hour_there():
    told = moments.when(read_in("Europe/Athens"), AT, zone="Europe/Paris", place="Strasbourg")
    assert 'Thu 2 Mar 2023, 09:00 in Strasbourg <span class="yours">(10:00 for you)</span></time>' in told.replace(
        " <span", " <span"
    )


def test_a_reader_with_the_same_clock_is_told_once():
    assert "for you" not in moments.when(read_in("Europe/Madrid"), AT, zone="Europe/Paris")


def test_another_day_is_named():
    late = datetime(2023, 3, 2, 22, 30, tzinfo=UTC)
    assert "(Fri 3 Mar, 00:30 for you)" in moments.when(read_in("Europe/Athens"), late, zone="Europe/Brussels")


def test_the_place_is_the_city_of_the_zone_when_nobody_names_it():
    assert "in Brussels" in moments.when({}, AT)
    assert "in Athens" in moments.when({}, AT, zone="Europe/Athens")


def test_a_day_has_no_zone_and_nothing_is_nothing():
    assert moments.when({}, date(2023, 3, 2)) == '<time datetime="2023-03-02">Thu 2 Mar 2023</time>'
    assert moments.when({}, None) == ""
    assert moments.day(None) == ""
    assert moments.days(None) == ""
    assert moments.zoned(None) == ""


def test_a_hostile_place_is_text():
    assert "&lt;script&gt;" in moments.when({}, AT, place="<script>")


@pytest.mark.parametrize(
    "start, end, told",
    [
        (date(2023, 4, 19), None, "Wed 19 Apr 2023"),
        (date(2023, 4, 19), date(2023, 4, 19), "Wed 19 Apr 2023"),
        (date(2023, 4, 19), date(2023, 4, 20), "19–20 Apr 2023"),
        (date(2023, 4, 30), date(2023, 5, 2), "30 Apr – 2 May 2023"),
        (date(2023, 12, 30), date(2024, 1, 2), "30 Dec 2023 – 2 Jan 2024"),
    ],
)
def test_some_days_are_one_expression(start, end, told):
    assert moments.span(start, end) == told


@pytest.mark.parametrize(
    "left, told",
    [
        (timedelta(days=12, hours=5), "12 days left"),
        (timedelta(days=2), "2 days left"),
        (timedelta(hours=47, minutes=59), "47 hours left"),
        (timedelta(hours=1), "1 hour left"),
        (timedelta(minutes=59), "59 minutes left"),
        (timedelta(seconds=20), "1 minute left"),
        (timedelta(0), "over"),
        (timedelta(days=-3), "over"),
    ],
)
def test_what_is_left_never_flatters(left, told):
    assert moments.time_left(AT + left, AT) == told


def test_a_deadline_says_what_happens_then():
    told = moments.deadline({"now": AT - timedelta(days=9)}, AT, then="Then the form closes.")
    assert '<div class="deadline far"><p class="label">Deadline</p>' in told
    assert "9 days left" in told
    assert told.endswith("<p>Then the form closes.</p></div>")


def test_a_deadline_of_today_is_marked_and_a_past_one_counts_no_more():
    assert 'class="deadline soon"' in moments.deadline({"now": AT - timedelta(hours=5)}, AT)
    over = moments.deadline({"now": AT}, AT)
    assert "Deadline passed" in over
    assert "x-deadline" not in over


def test_without_a_clock_in_the_context_the_wall_is_asked():
    assert "Deadline passed" in moments.deadline({}, AT)
    assert moments.left(AT) == '<x-deadline data-at="2023-03-02T08:00:00Z" data-left="{} left">over</x-deadline>'


@override_settings(LANGUAGE_CODE="en")
def test_the_hour_that_daylight_saving_repeats_is_told_in_both_passages():
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert moments.zoned(first) == "Sun 25 Oct 2026, 02:30 UTC+2"
    assert moments.zoned(second) == "Sun 25 Oct 2026, 02:30 UTC+1"
    assert moments.zoned(datetime(2026, 10, 25, 2, 0, tzinfo=UTC)) == "Sun 25 Oct 2026, 03:00"
    assert moments.machine(first) != moments.machine(second)


@pytest.mark.parametrize(
    "language, day, span",
    [
        ("en", "Thu 2 Mar 2023, 09:00", "19–20 Apr 2023"),
        ("de", "Do 2. März 2023, 09:00", "19.–20. April 2023"),
        ("fr", "jeu 2 mars 2023, 09:00", "19–20 avr. 2023"),
        ("hu", "2023. márc. 2., csüt, 09:00", "2023. ápr. 19. – 2023. ápr. 20."),
        ("lt", "2023-03-02, K, 09:00", "2023-04-19 – 2023-04-20"),
    ],
)
def test_every_language_writes_a_day_in_its_own_way(language, day, span):
    with translation.override(language):
        assert moments.zoned(datetime(2023, 3, 2, 8, tzinfo=UTC), "Europe/Paris").lower() == day.lower()
        assert moments.span(date(2023, 4, 19), date(2023, 4, 20)).lower() == span.lower()


def test_a_day_in_a_letter_is_written_as_its_reader_writes_it():
    with translation.override("en"):
        assert moments.dated(date(2023, 3, 2)) == "Thu 2 Mar 2023"
    with translation.override("de"):
        assert moments.dated(date(2023, 3, 2)).endswith("2. März 2023")
    assert moments.dated(None) == ""
