from datetime import UTC, date, datetime, time, timedelta

import pytest

from booster.kit.times import ImpossibleHour, end_of, local_day, moment, zone


def test_a_zone_is_found_by_its_name_and_nothing_else_is_one():
    assert zone("Europe/Brussels").key == "Europe/Brussels"
    for silly in ("Mars/Olympus", "", "../../etc/passwd", "europe/brussels ", "Europe"):
        with pytest.raises(ValueError, match="is not a time zone"):
            zone(silly)


def test_a_wall_clock_time_in_summer_and_in_winter():
    assert moment(date(2022, 10, 24), time(18), "Europe/Brussels") == datetime(2022, 10, 24, 16, tzinfo=UTC)
    assert moment(date(2022, 11, 24), time(18), "Europe/Brussels") == datetime(2022, 11, 24, 17, tzinfo=UTC)
    assert moment(date(2022, 11, 24), time(0, 30), "Pacific/Apia") == datetime(2022, 11, 23, 11, 30, tzinfo=UTC)


def test_the_hour_that_repeats_means_its_second_passage():
    assert moment(date(2022, 10, 30), time(2, 30), "Europe/Brussels") == datetime(2022, 10, 30, 1, 30, tzinfo=UTC)
    assert moment(date(2022, 10, 30), time(1, 59), "Europe/Brussels") == datetime(2022, 10, 29, 23, 59, tzinfo=UTC)
    assert moment(date(2022, 10, 30), time(3, 0), "Europe/Brussels") == datetime(2022, 10, 30, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize("minutes", [0, 1, 59])
def test_the_hour_that_does_not_exist_is_refused_with_the_reason(minutes):
    with pytest.raises(ImpossibleHour, match=r"does not exist on this day in Europe/Brussels: the clocks jump"):
        moment(date(2023, 3, 26), time(2, minutes), "Europe/Brussels")
    assert moment(date(2023, 3, 26), time(3), "Europe/Brussels") == datetime(2023, 3, 26, 1, tzinfo=UTC)


def test_the_same_moment_lies_on_other_days_in_other_zones():
    at = datetime(2022, 12, 31, 23, 30, tzinfo=UTC)
    assert [local_day(at, name) for name in ("UTC", "Europe/Athens", "America/New_York")] == [
        date(2022, 12, 31), date(2023, 1, 1), date(2022, 12, 31),
    ]  # fmt: skip


@pytest.mark.parametrize("day, hours", [(date(2022, 10, 30), 25), (date(2023, 3, 26), 23), (date(2022, 6, 1), 24)])
def test_a_day_ends_with_its_last_minute_however_long_it_is(day, hours):
    begins = moment(day, time(0), "Europe/Brussels")
    assert end_of(day, "Europe/Brussels") - begins == timedelta(hours=hours) - timedelta(minutes=1)


@pytest.mark.parametrize(
    "day, zone_name, ends",
    [
        (date(2023, 3, 25), "Atlantic/Azores", datetime(2023, 3, 26, 0, 59, tzinfo=UTC)),  # 00:00 becomes 01:00
        (date(2022, 10, 29), "Atlantic/Azores", datetime(2022, 10, 29, 23, 59, tzinfo=UTC)),  # 00:30 comes twice
        (date(2022, 3, 26), "Asia/Beirut", datetime(2022, 3, 26, 21, 59, tzinfo=UTC)),
    ],
)
def test_a_day_ends_where_the_clocks_jump_at_midnight(day, zone_name, ends):
    assert end_of(day, zone_name) == ends
    assert local_day(ends, zone_name) == day
