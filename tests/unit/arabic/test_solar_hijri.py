"""Solar Hijri dates against days that almanacs give."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mujaz.arabic.solar_hijri import MONTHS, solar_hijri, solar_hijri_words


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2021, 10, 18), (1400, 7, 26)),
        (date(2021, 3, 20), (1399, 12, 30)),  # the last day of a leap year
        (date(2021, 3, 21), (1400, 1, 1)),
        (date(2025, 3, 20), (1403, 12, 30)),
        (date(2024, 3, 20), (1403, 1, 1)),
        (date(1979, 2, 11), (1357, 11, 22)),  # 22 Bahman
        (date(1925, 3, 31), (1304, 1, 11)),  # the day the calendar became the law of Iran
        (date(2029, 3, 20), (1408, 1, 1)),  # five years after the leap year 1403
        (date(1996, 3, 20), (1375, 1, 1)),
        (date(622, 3, 22), (1, 1, 1)),
    ],
)
def test_days_that_are_known(day: date, expected: tuple[int, int, int]) -> None:
    assert solar_hijri(day) == expected


def test_each_day_follows_the_one_before_it() -> None:
    lengths: dict[tuple[int, int], int] = {}
    day = date(1920, 1, 1)
    before = solar_hijri(day)
    while day < date(2120, 1, 1):
        day += timedelta(days=1)
        here = solar_hijri(day)
        year, month, number = before
        assert here in ((year, month, number + 1), (year, month + 1, 1), (year + 1, 1, 1))
        lengths[before[:2]] = max(lengths.get(before[:2], 0), number)
        before = here
    leap = {year for (year, month), days in lengths.items() if month == 12 and days == 30}
    assert {1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408} == {y for y in leap if 1368 <= y <= 1410}
    assert {days for (_, month), days in lengths.items() if month <= 6} == {31}


def test_the_words_and_what_is_outside_the_tables() -> None:
    assert len(MONTHS) == 12
    assert solar_hijri_words(date(2021, 10, 18)) == "26 مهر 1400"
    assert solar_hijri_words(date(600, 1, 1)) == solar_hijri_words(date(3000, 1, 1)) == ""
