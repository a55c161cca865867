"""The site writes its days as an Arabic newsroom does, and the same on every machine."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from mujaz.arabic.dates import MONTHS, Calendar, calendar, locale_of, plural_form
from mujaz.site.groups import week_of

AFTERNOON = datetime(2021, 10, 18, 11, 0, tzinfo=UTC)


def made(
    language: str = "ar",
    months: str = "dual",
    digits: str = "western",
    hijri: bool = False,
    timezone: str = "Asia/Qatar",
    week: str = "",
) -> Calendar:
    return calendar(language, months=months, digits=digits, hijri=hijri, timezone=timezone, week=week)


def test_a_moment_in_all_its_words() -> None:
    when = made(hijri=True).when(AFTERNOON)
    assert when.iso == "2021-10-18T14:00:00+03:00"
    assert when.weekday == "الاثنين"
    assert when.date == "18 أكتوبر/تشرين الأول 2021"
    assert when.short == "18/10/2021"
    assert when.time == "14:00"
    assert when.hijri == "12 ربيع الأول 1443 هـ"


DUAL = """يناير/كانون الثاني فبراير/شباط مارس/آذار أبريل/نيسان مايو/أيار يونيو/حزيران
يوليو/تموز أغسطس/آب سبتمبر/أيلول أكتوبر/تشرين الأول نوفمبر/تشرين الثاني ديسمبر/كانون الأول"""


def test_dual_month_names_join_those_of_the_gulf_and_the_levant() -> None:
    months = made().months
    assert " ".join(months) == DUAL.replace("\n", " ")
    pairs = zip(made(months="gulf").months, made(months="levant").months, strict=True)
    assert tuple(f"{gulf}/{levant}" for gulf, levant in pairs) == months


@pytest.mark.parametrize(
    ("months", "timezone", "january", "august", "november"),
    [
        ("gulf", "Asia/Qatar", "يناير", "أغسطس", "نوفمبر"),
        ("levant", "Asia/Damascus", "كانون الثاني", "آب", "تشرين الثاني"),
        ("maghreb", "Africa/Casablanca", "يناير", "غشت", "نونبر"),
        ("maghreb", "Africa/Algiers", "جانفي", "أوت", "نوفمبر"),
        ("maghreb", "Africa/Tunis", "جانفي", "أوت", "نوفمبر"),
        ("maghreb", "Europe/Paris", "يناير", "غشت", "نونبر"),
    ],
)
def test_each_region_has_its_own_months(months: str, timezone: str, january: str, august: str, november: str) -> None:
    names = made(months=months, timezone=timezone).months
    assert (names[0], names[7], names[10]) == (january, august, november)


def test_an_unknown_set_of_months_names_those_there_are() -> None:
    with pytest.raises(ValueError, match="dual, gulf, levant, maghreb"):
        made(months="syriac")


def test_no_text_of_a_moment_carries_a_mark_of_direction() -> None:
    for months in MONTHS:
        for language in ("ar", "fa", "ur", "he", "en"):
            when = made(language, months=months, hijri=True).when(AFTERNOON)
            text = when.date + when.short + when.time + when.hijri + when.weekday
            assert not set(text) & set("\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069"), text


def test_the_day_is_that_of_the_sites_zone() -> None:
    late = datetime(2021, 10, 31, 22, 30, tzinfo=UTC)
    doha = made(hijri=True)
    assert doha.when(late).iso == "2021-11-01T01:30:00+03:00"
    assert doha.when(late).date == "1 نوفمبر/تشرين الثاني 2021"
    assert doha.when(late).hijri == "26 ربيع الأول 1443 هـ"
    assert doha.day(late) == date(2021, 11, 1)
    assert made(timezone="UTC").day(late) == date(2021, 10, 31)


def test_summer_time_shows_in_the_offset() -> None:
    cairo = made(timezone="Africa/Cairo")
    assert cairo.when(datetime(2024, 1, 1, tzinfo=UTC)).iso == "2024-01-01T02:00:00+02:00"
    assert cairo.when(datetime(2024, 7, 1, tzinfo=UTC)).iso == "2024-07-01T03:00:00+03:00"


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        made().when(AFTERNOON.replace(tzinfo=None))


def test_the_same_moment_is_the_same_object() -> None:
    doha = made()
    assert doha.when(AFTERNOON) is doha.when(AFTERNOON.astimezone(doha.zone))
    assert doha.when(AFTERNOON) is not doha.when(AFTERNOON + timedelta(minutes=1))


def test_arabic_digits_reach_every_word_but_no_attribute() -> None:
    eastern = made(digits="arabic", hijri=True)
    when = eastern.when(AFTERNOON)
    assert when.date == "١٨ أكتوبر/تشرين الأول ٢٠٢١"
    assert (when.short, when.time, when.hijri) == ("١٨/١٠/٢٠٢١", "١٤:٠٠", "١٢ ربيع الأول ١٤٤٣ هـ")
    assert when.iso == "2021-10-18T14:00:00+03:00"
    assert eastern.month_words(2021, 3) == "مارس/آذار ٢٠٢١"
    assert eastern.week_words(2021, 42) == "١٦–٢٢ أكتوبر/تشرين الأول ٢٠٢١"
    assert eastern.digits("1,5") == "١,٥"
    assert made().digits("1,5") == "1,5"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2021, 11, 1), "26 ربيع الأول 1443 هـ"),
        (date(2021, 10, 18), "12 ربيع الأول 1443 هـ"),
        (date(2024, 3, 11), "1 رمضان 1445 هـ"),
        (date(1924, 8, 1), "1 محرم 1343 هـ"),
        (date(1924, 7, 31), ""),
        (date(2077, 11, 16), "30 ذو الحجة 1500 هـ"),
        (date(2077, 11, 17), ""),
    ],
)
def test_hijri_days_inside_the_tables_of_umm_al_qura(day: date, words: str) -> None:
    assert made(hijri=True).hijri_words(day) == words
    assert made(hijri=False).hijri_words(day) == ""


@pytest.mark.parametrize(
    ("week", "days"),
    [
        ("monday", "18–24 أكتوبر 2021"),
        ("sunday", "17–23 أكتوبر 2021"),
        ("saturday", "16–22 أكتوبر 2021"),
        ("", "16–22 أكتوبر 2021"),
    ],
)
def test_a_week_begins_where_its_calendar_does_and_has_most_of_the_iso_weeks_days(week: str, days: str) -> None:
    doha = made(months="gulf", week=week)
    assert doha.week_words(2021, 42) == days
    first = date(2021, 10, int(days.partition("–")[0]))
    for n in range(-7, 14):
        expected = (2021, 42 + n // 7)
        assert week_of(first + timedelta(days=n), doha.first_weekday) == expected
    assert doha.weekday_names()[0] == doha.short_weekdays[first.weekday()]


def test_a_span_says_a_year_once() -> None:
    words = made().span_words
    assert words(date(2021, 10, 5), date(2021, 11, 3)) == ("5 أكتوبر/تشرين الأول", "3 نوفمبر/تشرين الثاني 2021")
    assert words(date(2020, 10, 5), date(2021, 11, 3)) == ("5 أكتوبر/تشرين الأول 2020", "3 نوفمبر/تشرين الثاني 2021")


def test_a_zone_is_named_after_its_city() -> None:
    assert made(timezone="Africa/Cairo").city == "القاهرة"
    assert made(timezone="UTC").city == ""
    assert calendar("en", months="dual", digits="western", hijri=False, timezone="America/New_York").city == "New York"


def test_weeks_name_a_month_once() -> None:
    words = made(months="gulf", week="monday").week_words
    assert words(2021, 42) == "18–24 أكتوبر 2021"
    assert words(2021, 39) == "27 سبتمبر – 3 أكتوبر 2021"
    assert words(2021, 52) == "27 ديسمبر 2021 – 2 يناير 2022"
    assert words(2020, 53) == "28 ديسمبر 2020 – 3 يناير 2021"
    with pytest.raises(ValueError, match="53"):
        words(2021, 53)


@pytest.mark.parametrize(
    ("timezone", "first"),
    [
        ("Asia/Qatar", "سبت"),
        ("Africa/Cairo", "سبت"),
        ("Asia/Riyadh", "أحد"),
        ("Asia/Beirut", "اثنين"),
        ("Africa/Casablanca", "اثنين"),
        ("UTC", "سبت"),
        ("Europe/London", "سبت"),
    ],
)
def test_a_week_begins_as_it_does_in_the_newsrooms_country(timezone: str, first: str) -> None:
    doha = made(timezone=timezone)
    names = doha.weekday_names()
    assert names[0] == first
    assert sorted(names) == sorted(("سبت", "أحد", "اثنين", "ثلاثاء", "أربعاء", "خميس", "جمعة"))
    assert names[0] == doha.short_weekdays[doha.first_weekday]


@pytest.mark.parametrize(
    ("language", "words", "short"),
    [
        ("fa", "۱۸ اکتبر ۲۰۲۱", "۲۰۲۱/۱۰/۱۸"),
        ("ur", "۱۸ اکتوبر، ۲۰۲۱", "۱۸/۱۰/۲۰۲۱"),
        ("he", "18 באוקטובר 2021", "18.10.2021"),
        ("en", "October 18, 2021", "10/18/2021"),
    ],
)
def test_other_languages_write_their_own_way(language: str, words: str, short: str) -> None:
    when = made(language, digits="arabic", hijri=True).when(AFTERNOON)
    assert (when.date, when.short) == (words, short)
    assert when.hijri == ("۲۶ مهر ۱۴۰۰" if language == "fa" else "")  # the Solar Hijri year, in Persian


@pytest.mark.parametrize("language", ["", "xx", "arabic", "ar_SY"])
def test_an_unknown_language_is_refused_by_name(language: str) -> None:
    with pytest.raises(ValueError, match=f"no language '{language}'"):
        made(language)
    with pytest.raises(ValueError, match=f"no language '{language}'"):
        plural_form(language, 1)


ARABIC_FORMS = [
    *((number, "few") for number in (3, 4, 10, 103, 110, 1003)),
    *((number, "many") for number in (11, 12, 50, 99, 111, 199, 1011)),
    *((number, "other") for number in (100, 101, 102, 200, 201, 1000, 1001, 1002)),
    (0, "zero"),
    (1, "one"),
    (2, "two"),
]


@pytest.mark.parametrize(("number", "form"), ARABIC_FORMS)
def test_arabic_has_six_plural_forms(number: int, form: str) -> None:
    assert plural_form("ar", number) == form


def test_other_languages_have_fewer_plural_forms() -> None:
    assert [plural_form("en", number) for number in (0, 1, 2)] == ["other", "one", "other"]
    assert [plural_form("he", number) for number in (1, 2, 3)] == ["one", "two", "other"]
    assert [plural_form("fa", number) for number in (0, 1, 2)] == ["one", "one", "other"]


STORY = """
from datetime import datetime, UTC
from mujaz.arabic.dates import calendar
for language in {languages!r}:
    made = calendar(language, months="dual", digits="western", hijri=True, timezone="Asia/Amman")
    if language == "ar":
        print(made.when(datetime(2022, 7, 1, 20, tzinfo=UTC)), made.months, made.weekday_names())
        print(made.week_words(2021, 1))
"""


def test_neither_machine_nor_other_languages_change_a_word() -> None:
    """Babel shares parts of its tables between locales; what was read first must not show in what is read later."""

    def told(languages: list[str], **machine: str) -> bytes:
        command = [sys.executable, "-c", STORY.format(languages=languages)]
        machine |= {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8"}
        return subprocess.run(
            command, cwd=Path(__file__).parents[3], env=machine, check=True, stdout=subprocess.PIPE
        ).stdout

    alone = told(["ar"], TZ="UTC", LC_ALL="C")
    assert "تموز".encode() in alone
    assert told(["he", "ur", "en", "fa", "ar"], TZ="Asia/Tokyo", LC_ALL="fr_FR.UTF-8", LANGUAGE="he") == alone


def test_an_offset_has_whole_minutes() -> None:
    """Riyadh kept its own time until 1947, 3:06:52 ahead; RFC 3339 has no seconds in an offset."""
    riyadh = calendar("ar", months="dual", digits="western", hijri=False, timezone="Asia/Riyadh")
    when = riyadh.when(datetime(1930, 1, 1, 6, 53, 8, tzinfo=UTC))
    assert (when.iso, when.time) == ("1930-01-01T09:59:08+03:06", "10:00")


@pytest.mark.parametrize(
    ("language", "locale"),
    [("en", "en_GB"), ("en-US", "en_US"), ("fr", "fr_FR"), ("ar", "ar_AR"), ("fa", "fa_IR"), ("pt-BR", "pt_BR"),
     ("zh-Hant", "zh_CN"), ("es-419", "es_419"), ("xyz", "xyz")],
)  # fmt: skip
def test_open_graph_names_a_language_with_its_country(language: str, locale: str) -> None:
    assert locale_of(language) == locale
