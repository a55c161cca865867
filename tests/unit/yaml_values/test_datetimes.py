"""Dates as editors write them, and what is said about the others."""

from __future__ import annotations

from datetime import datetime

import pytest

from mujaz.yaml_values.datetimes import NotADate, day_after, parse_moment

MOMENTS = {
    "2021-10-18": "2021-10-18T00:00:00+03:00",
    "2021-10-18 14:00": "2021-10-18T14:00:00+03:00",
    "2021-10-18T14:00:05": "2021-10-18T14:00:05+03:00",
    "2021-10-18T14:00:00+03:00": "2021-10-18T14:00:00+03:00",
    "2021-10-18T14:00:00Z": "2021-10-18T17:00:00+03:00",
    "2021-10-18 23:30 -0500": "2021-10-19T07:30:00+03:00",
    "٢٠٢١-١٠-١٨ ١٤:٠٠": "2021-10-18T14:00:00+03:00",
}


@pytest.mark.parametrize(("written", "expected"), MOMENTS.items())
def test_a_date_is_a_moment_in_the_time_zone_of_the_site(written: str, expected: str) -> None:
    assert parse_moment(written, "Asia/Qatar").isoformat() == expected


def test_an_hour_that_the_clocks_skip_is_read_with_the_offset_before() -> None:
    assert parse_moment("2021-03-28 02:30", "Asia/Beirut").isoformat() == "2021-03-28T02:30:00+03:00"
    assert parse_moment("2021-03-28 00:30", "Asia/Beirut").isoformat() == "2021-03-28T01:30:00+03:00"


def test_an_hour_that_comes_twice_is_the_first_of_them() -> None:
    first = parse_moment("2021-10-30 23:30", "Asia/Beirut")
    assert first.isoformat() == "2021-10-30T23:30:00+03:00"
    assert first == datetime.fromisoformat("2021-10-30T20:30:00+00:00")


FORMS = "write it like 2021-10-18, 2021-10-18 14:00 or 2021-10-18T14:00:00+03:00"
NO_MOMENTS = {
    "7/10/2021": ("it is not an ISO date", "is it 2021-10-07 or 2021-07-10? write the year first"),
    "٧/١٠/٢٠٢١": ("it is not an ISO date", "is it 2021-10-07 or 2021-07-10? write the year first"),
    "18/10/2021": ("it is not an ISO date", "is it 2021-10-18? write the year first"),
    "7-10-2021 14:00": (
        "it is not an ISO date",
        "is it 2021-10-07 or 2021-07-10? write the year first, then a space and the time like 14:00",
    ),
    "2021/10/18": ("it is not an ISO date", "write 2021-10-18"),
    "2021-1-8": ("it is not an ISO date", "write 2021-01-08"),
    "2021-10-18 9:10": ("it is not an ISO date", "write 2021-10-18 09:10"),
    "2021-10-18 ٩:١٠": ("it is not an ISO date", "write 2021-10-18 09:10"),
    "2021-10-18T9:5": ("it is not an ISO date", "write 2021-10-18 09:05"),
    "2021/10/18 9.10 م": ("it is not an ISO date", "write 2021-10-18 21:10"),
    "2021-10-18 12:30 AM": ("it is not an ISO date", "write 2021-10-18 00:30"),
    "18/10/2021 9:10 صباحا": ("it is not an ISO date", "write 2021-10-18 09:10"),
    "2021-10-18 9:75": ("it is not an ISO date", FORMS),
    "18 أكتوبر 2021": ("it is not an ISO date", FORMS),
    "": ("it is not an ISO date", FORMS),
    "2026-02-30": ("there is no date 2026-02-30", FORMS),
    "2021-10-18 25:00": ("there is no such time of day", "hours go from 00 to 23, minutes from 00 to 59"),
    "2021-10-18 14:00+17:00": ("no place has the offset +17:00", "offsets go from -12:00 to +14:00"),
    "1443-03-12": ("the year 1443 is before 1900: is the date Hijri?", f"dates are Gregorian: {FORMS}"),
    "12/3/1443": ("the year 1443 is before 1900: is the date Hijri?", f"dates are Gregorian: {FORMS}"),
    "9999-12-31": ("the year 9999 is after 2999", FORMS),
}


@pytest.mark.parametrize(("written", "expected"), NO_MOMENTS.items())
def test_what_is_no_date_is_explained(written: str, expected: tuple[str, str]) -> None:
    with pytest.raises(NotADate) as raised:
        parse_moment(written, "Asia/Qatar")
    assert (str(raised.value), str(raised.value.help)) == expected


@pytest.mark.parametrize("zone", ["Asia/Qatar", "America/New_York"])
def test_the_last_day_that_can_be_written_has_an_end(zone: str) -> None:
    end = day_after(parse_moment("2999-12-31", zone), zone)
    assert (end.year, end.month, end.day, end.hour) == (3000, 1, 1, 0)
