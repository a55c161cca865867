"""Dates in the words and digits of the site: months, Hijri dates, weekdays, and the plural form of a number.

Everything here depends on its arguments alone, never on the machine's locale or time zone. Babel and hijridate cost
0.1 s to import and are loaded by the first calendar.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mujaz.arabic.solar_hijri import solar_hijri_words
from mujaz.model.views import When

if TYPE_CHECKING:
    from babel import Locale

MONTHS = ("dual", "gulf", "levant", "maghreb")
OPEN_GRAPH = {"ar": "AR", "en": "GB"}  # as in the shipped strings
REGION = re.compile(r"[A-Za-z]{2}|[0-9]{3}")
FIRST_WEEKDAYS = {"saturday": 5, "sunday": 6, "monday": 0}

# In CLDR `ar` (يناير) has the names of the Gulf and of Egypt, `ar-SY` (كانون الثاني) those of Syria, Lebanon, Jordan,
# Iraq and Palestine. The Maghreb has two sets: Algeria and Tunisia write جانفي, Morocco يناير but غشت.
GULF, LEVANT, MOROCCO, ALGERIA = "ar", "ar-SY", "ar-MA", "ar-DZ"

NATIVE_DIGITS = {
    "arab": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
    "arabext": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),  # Persian, Urdu
}
BIDI_MARKS = str.maketrans("", "", "\u200e\u200f\u061c")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """How a site writes dates. Made by `calendar`; all words are chosen then, so nothing is looked up later.

    Patterns are `%` patterns over `d`, `dd`, `M`, `MM`, `MMMM` and `y`, as Babel makes them from those of CLDR.
    """

    zone: ZoneInfo
    months: tuple[str, ...]  # January first
    weekdays: tuple[str, ...]  # Monday first, as in `date.weekday`
    short_weekdays: tuple[str, ...]  # Monday first
    first_weekday: int  # 0 is Monday: the day on which weeks begin, in calendars of months and in editions
    long: str  # 18 أكتوبر/تشرين الأول 2021
    short: str  # 18/10/2021
    month: str  # أكتوبر/تشرين الأول 2021
    month_day: str  # 18 أكتوبر/تشرين الأول
    native_digits: Mapping[int, int]
    other: str  # the second calendar besides the Gregorian: hijri, solar, or empty
    city: str = ""  # the city that the zone is named after, in the site's language; empty where it has none
    _whens: dict[tuple[datetime, bool], When] = field(default_factory=dict, repr=False, compare=False)
    _days: dict[date, tuple[str, str, str, str]] = field(default_factory=dict, repr=False, compare=False)

    def when(self, moment: datetime, *, timed: bool = True) -> When:
        """`moment` (aware) in the site's zone, with its time if `timed`. Equal arguments give the same object."""
        known = self._whens.get((moment, timed))
        if known is None:
            known = self._whens[moment, timed] = self._when(moment, timed)
        return known

    def day(self, moment: datetime) -> date:
        """The day of `moment` (aware) in the site's zone."""
        return self._local(moment).date()

    def day_words(self, day: date) -> str:
        """«18 أكتوبر/تشرين الأول 2021»"""
        return self._day(day)[1]

    def month_day_words(self, day: date) -> str:
        """«18 أكتوبر/تشرين الأول»"""
        return self._write(self.month_day, day)

    def span_words(self, first: date, last: date) -> tuple[str, str]:
        """Both days in words; a year that they share only with the last."""
        return (self.month_day_words if first.year == last.year else self.day_words)(first), self.day_words(last)

    def month_words(self, year: int, month: int) -> str:
        """«أكتوبر/تشرين الأول 2021»"""
        return self._write(self.month, date(year, month, 1))

    def week_words(self, year: int, week: int) -> str:
        """The days of a week: «18–24 أكتوبر/تشرين الأول 2021». Raises ValueError if the year has no such week."""
        first = self._first_day(year, week)
        last = first + timedelta(days=6)
        if first.year != last.year:
            return f"{self._write(self.long, first)} – {self._write(self.long, last)}"
        if first.month != last.month:
            return f"{self.month_day_words(first)} – {self._write(self.long, last)}"
        return self.digits(self.long % {**self._words(last), "d": f"{first.day}–{last.day}"})

    def week_hijri(self, year: int, week: int) -> str:
        """The same days by the other calendar, «12–18 ربيع الأول 1443 هـ»; empty where `hijri_words` is."""
        first = self._first_day(year, week)
        one, other = (self.hijri_words(first + timedelta(days=days)).split() for days in (0, 6))
        if not (one and other):
            return ""
        return _joined(one, other)

    def _first_day(self, year: int, week: int) -> date:
        """The first day of the week that has most of its days in the ISO week of that number (`groups.week_of`)."""
        return date.fromisocalendar(year, week, 1) - timedelta(days=-self.first_weekday % 7)

    def weekday_names(self) -> tuple[str, ...]:
        """Seven short names in the order of a month's calendar, `first_weekday` first."""
        return self.short_weekdays[self.first_weekday :] + self.short_weekdays[: self.first_weekday]

    def hijri_words(self, day: date) -> str:
        """«12 ربيع الأول 1443 هـ» by the Umm al-Qura calendar; empty outside its tables, 1924-08-01 to 2077-11-16.

        In Persian the Solar Hijri date, «۲۶ مهر ۱۴۰۰».
        """
        if self.other == "solar":
            return self.digits(solar_hijri_words(day))
        return self.digits(_hijri(day)) if self.other == "hijri" else ""

    def digits(self, text: str) -> str:
        """`text` with its digits 0-9 in the site's own; never for attributes or addresses."""
        return text.translate(self.native_digits) if self.native_digits else text

    def _local(self, moment: datetime) -> datetime:
        if moment.utcoffset() is None:
            raise ValueError(f"a time without a zone: {moment}")
        return moment.astimezone(self.zone)

    def _when(self, moment: datetime, timed: bool) -> When:
        local = self._local(moment)
        weekday, words, short, hijri = self._day(local.date())
        return When(
            iso=_iso(local),
            weekday=weekday,
            date=words,
            short=short,
            time=self.digits(f"{local.hour:02}:{local.minute:02}") if timed else "",
            hijri=hijri,
        )

    def _day(self, day: date) -> tuple[str, str, str, str]:
        """Weekday, date, short date and Hijri date; cached, since many stories share a day."""
        known = self._days.get(day)
        if known is None:
            weekday = self.weekdays[day.weekday()]
            known = (weekday, self._write(self.long, day), self._write(self.short, day), self.hijri_words(day))
            self._days[day] = known
        return known

    def _words(self, day: date) -> dict[str, str]:
        month = self.months[day.month - 1]
        numbers = {"d": f"{day.day}", "dd": f"{day.day:02}", "M": f"{day.month}", "MM": f"{day.month:02}"}
        return {**numbers, "MMMM": month, "LLLL": month, "y": f"{day.year}"}

    def _write(self, pattern: str, day: date) -> str:
        return self.digits(pattern % self._words(day))


def _iso(local: datetime) -> str:
    """ISO with an offset of whole minutes, as RFC 3339 wants; local times before standard time have seconds."""
    offset = local.utcoffset() or timedelta()
    if seconds := offset.seconds % 60:
        local = local.astimezone(timezone(offset - timedelta(seconds=seconds)))
    return local.isoformat(timespec="seconds")


@lru_cache(maxsize=32)
def calendar(language: str, *, months: str, digits: str, hijri: bool, timezone: str, week: str = "") -> Calendar:
    """The calendar of a site, or of an article in another language.

    `language` is a language tag that CLDR knows (`ar`, `fa`, `en-GB`), else ValueError. `months` is one of `MONTHS`;
    it counts for Arabic alone. `hijri` is the Hijri date of Arabic and the Solar Hijri one of Persian. `digits` is
    "western" or "arabic", which means the language's own (۰-۹ in Persian and Urdu, 0-9 in Hebrew). `timezone` is an
    IANA name. `week` names the day that a week begins with, one of `FIRST_WEEKDAYS`; empty: the country's.
    """
    locale = _locale(language)
    names = _names(locale)
    return Calendar(
        zone=ZoneInfo(timezone),
        months=_arabic_months(months, timezone) if locale.language == "ar" else names,
        weekdays=_in_order(locale.days["format"]["wide"]),
        short_weekdays=_short_weekdays(locale),
        first_weekday=FIRST_WEEKDAYS[week] if week else _first_weekday(locale, timezone),
        long=_pattern(locale.date_formats["long"]),
        short=_pattern(locale.datetime_skeletons["yMd"]),
        month=_pattern(locale.datetime_skeletons["yMMMM"]),
        month_day=_pattern(locale.datetime_skeletons["MMMMd"]),
        native_digits=native_digits(language) if digits == "arabic" else {},
        other={"ar": "hijri", "fa": "solar"}.get(locale.language, "") if hijri else "",
        city=_city(locale, timezone),
    )


def native_digits(language: str) -> Mapping[int, int]:
    """A table for `str.translate` from 0-9 to the language's own digits: ٠-٩, ۰-۹; empty where it has none.

    Raises ValueError for a language that CLDR does not know.
    """
    return NATIVE_DIGITS.get(_native(_locale(language)), {})


def plural_form(language: str, number: int) -> str:
    """The plural class of a whole number by CLDR: zero, one, two, few, many, other. ValueError for an unknown language.

    Arabic: 0 zero, 1 one, 2 two, 3-10 few, 11-99 many, 100-102 other; then by the last two digits: 103 few, 111 many.
    """
    return str(_locale(language).plural_form(number))


@lru_cache(maxsize=32)
def locale_of(language: str) -> str:
    """`fr_FR` for fr, as Open Graph names the language of a page: with the country that CLDR thinks of first.

    Arabic is ar_AR there, of no country. A language that CLDR does not know stands by itself.
    """
    from babel.core import get_global

    code, _, rest = language.partition("-")
    region = next((part.upper() for part in rest.split("-") if REGION.fullmatch(part)), "")
    if not region:
        region = OPEN_GRAPH.get(code.lower()) or get_global("likely_subtags").get(code.lower(), "").rpartition("_")[2]
    return f"{code.lower()}_{region}" if region else code.lower()


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise ValueError(f"no language '{language}' is known") from error


def _names(locale: Locale) -> tuple[str, ...]:
    """The twelve month names.

    Only `format` names are read here, never `stand-alone` ones: Babel stores those in parts that locales share, and
    reading them for Hebrew makes the months of Arabic Hebrew for the rest of the process (python-babel issue 1234).
    """
    return _in_order(locale.months["format"]["wide"])


def _short_weekdays(locale: Locale) -> tuple[str, ...]:
    """Monday first. In Arabic the day without its article: CLDR's «إثنين» has a hamza that «الاثنين» has not."""
    if locale.language == "ar":
        return tuple(name.removeprefix("ال") for name in _in_order(locale.days["format"]["wide"]))
    return _in_order(locale.days["format"]["short"])


def _in_order(names: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(names[key] for key in sorted(names))


def _arabic_months(months: str, timezone: str) -> tuple[str, ...]:
    if months == "dual":
        pairs = zip(_names(_locale(GULF)), _names(_locale(LEVANT)), strict=True)
        return tuple(one if one == other else f"{one}/{other}" for one, other in pairs)
    if months == "gulf":
        return _names(_locale(GULF))
    if months == "levant":
        return _names(_locale(LEVANT))
    if months == "maghreb":
        return _names(_locale(ALGERIA if _territory(timezone) in ("DZ", "TN") else MOROCCO))
    raise ValueError(f"no month names '{months}'; there are {', '.join(MONTHS)}")


def _pattern(pattern: object) -> str:
    """A CLDR pattern as a `%` pattern, without the marks of direction that it may carry (`d\u200f/M\u200f/y`)."""
    return str(pattern.format).translate(BIDI_MARKS)  # type: ignore[attr-defined]


def _native(locale: Locale) -> str:
    return str(locale.other_numbering_systems.get("native", ""))


def _territory(timezone: str) -> str:
    """The country of a time zone, or an empty string (`UTC`)."""
    from babel.core import get_global

    territory = str(get_global("zone_territories").get(timezone) or "")
    return "" if territory in ("ZZ", "001") else territory


def _city(locale: Locale, timezone: str) -> str:
    """The city of a zone by CLDR; where CLDR has no name, in left-to-right languages the city in the zone's key."""
    named = str(locale.time_zones.get(timezone, {}).get("city", ""))
    is_city = bool(_territory(timezone)) and locale.text_direction == "ltr"
    return named or (timezone.rpartition("/")[2].replace("_", " ") if is_city else "")


def _first_weekday(locale: Locale, timezone: str) -> int:
    """The day a week begins with, by CLDR: in the zone's country if the language lives there, else in its own.

    So it is Saturday in Qatar and Egypt, Sunday in Saudi Arabia, Monday in Morocco and Lebanon.
    """
    from babel.core import get_global

    home = str(get_global("likely_subtags").get(locale.language, "")).rpartition("_")[2]
    for territory in filter(None, (locale.territory, _territory(timezone), home)):
        try:
            return _locale(f"{locale.language}-{territory}").first_week_day
        except ValueError:
            continue
    return locale.first_week_day


def _hijri(day: date) -> str:
    from hijridate import Gregorian

    try:
        hijri = Gregorian.fromdate(day).to_hijri()
    except OverflowError:
        return ""
    return f"{hijri.day} {hijri.month_name('ar')} {hijri.year} {hijri.notation('ar')}"


def _joined(one: list[str], other: list[str]) -> str:
    """Two dates in words as a span; words at the end that they share are written once."""
    same = next(n for n, (a, b) in enumerate(zip(one[::-1], other[::-1], strict=False)) if a != b)
    shown = one[: len(one) - same]
    return " ".join(shown) + ("–" if len(shown) == 1 else " – ") + " ".join(other)
