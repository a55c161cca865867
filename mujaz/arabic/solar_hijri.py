"""The Solar Hijri calendar of Iran and Afghanistan, whose year begins at the spring equinox."""

from __future__ import annotations

from datetime import date

# The first months have 31 days, the next five 30; the last has 29, or 30 in a leap year.
MONTHS = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")

# Years in which the cycle of 33 years (a leap year every fourth, once every fifth) restarts. From K. M. Borkowski,
# "The Persian calendar for 3000 years", Earth, Moon and Planets 74 (1996); it agrees with the astronomical equinox
# at Tehran from 1 to 1633 (622 to 2255).
_BREAKS = (-61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635)


def solar_hijri(day: date) -> tuple[int, int, int]:
    """(year, month, day) of the Solar Hijri calendar. Raises ValueError before 622-03-22 or after 2255."""
    year = day.year - 621
    if day < _new_year(year):
        year -= 1
    passed = (day - _new_year(year)).days
    if passed < 186:
        return year, passed // 31 + 1, passed % 31 + 1
    return year, (passed - 186) // 30 + 7, (passed - 186) % 30 + 1


def solar_hijri_words(day: date) -> str:
    """«26 مهر 1400», in digits 0-9; empty outside the years that `solar_hijri` knows."""
    try:
        year, month, number = solar_hijri(day)
    except ValueError:
        return ""
    return f"{number} {MONTHS[month - 1]} {year}"


def _new_year(year: int) -> date:
    """The day of Nowruz in March of the Gregorian year 621 + `year`."""
    if not 1 <= year < _BREAKS[-1]:
        raise ValueError(f"no Solar Hijri year {year} is known")
    leaps, start = -14, _BREAKS[0]
    for stop in _BREAKS[1:]:
        span = stop - start
        if year < stop:
            break
        leaps += span // 33 * 8 + span % 33 // 4
        start = stop
    since = year - start
    leaps += since // 33 * 8 + (since % 33 + 3) // 4
    if span % 33 == 4 and span - since == 4:
        leaps += 1
    gregorian = year + 621
    return date(gregorian, 3, 20 + leaps - (gregorian // 4 - (gregorian // 100 + 1) * 3 // 4 - 150))
