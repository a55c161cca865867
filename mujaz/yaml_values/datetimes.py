"""A date as an editor writes it to an aware datetime, or to what is wrong with it.

Dates in words are in `mujaz.arabic.dates`.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from mujaz.arabic.normalize import digits
from mujaz.messages.message import Message, say

FIRST_YEAR, LAST_YEAR = 1900, 2999
FORMS = say("write-date-like")

ISO = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
    r"(?:(?:T| +)(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d{1,6})?)?"
    r" ?(?P<offset>Z|[+-]\d\d:?\d\d|[+-]\d\d)?)?",
    re.ASCII,
)
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(.*)", re.ASCII | re.DOTALL)
TIME = re.compile(
    r"[T ]*(?P<hour>\d{1,2})[:.٫](?P<minute>\d{1,2})(?:[:.]\d{1,2})?\s*(?P<half>[صم]|صباحا|مساء|[AaPp]\.?[Mm]\.?)?",
    re.ASCII,
)
YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(.*)", re.ASCII | re.DOTALL)


class NotADate(Exception):
    """The text is not a date: `message` says why, `help` how to write it."""

    def __init__(self, message: Message, help: Message) -> None:
        super().__init__(message, help)
        self.message, self.help = message, help

    def __str__(self) -> str:
        return str(self.message)


@lru_cache(maxsize=8)
def zone(name: str) -> ZoneInfo:
    """The time zone, cached. Raises KeyError, ValueError or OSError for an unknown name, as ZoneInfo does."""
    return ZoneInfo(name)


def parse_moment(written: str, timezone_name: str) -> datetime:
    """The datetime that `written` means, in the site's time zone, with a fixed offset.

    Without an offset the text is local time; a date alone is its midnight. A local time that a change of clocks
    skips is read with the offset before the change; one that occurs twice is the first of the two (`fold=0`,
    PEP 495). The offset is fixed, so that the value survives the cache unchanged.
    Raises `NotADate` with the reason.
    """
    text = digits(written.strip(), "western")
    match = ISO.fullmatch(text)
    if match is None:
        raise _not_iso(text)
    _check_year(int(match["year"]))
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        raise NotADate(say("no-such-day", year=match["year"], month=match["month"], day=match["day"]), FORMS) from None
    try:
        clock = time(int(match["hour"] or 0), int(match["minute"] or 0), int(match["second"] or 0))
    except ValueError:
        raise NotADate(say("no-such-time"), say("hours-and-minutes")) from None
    home = zone(timezone_name)
    aware = datetime.combine(day, clock, _offset(match["offset"]) if match["offset"] else home)
    return _with_fixed_offset(aware, home)


def _with_fixed_offset(aware: datetime, home: ZoneInfo) -> datetime:
    moment = aware.astimezone(UTC).astimezone(home)
    return moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta(0)), fold=0)


def has_time(written: str) -> bool:
    """Whether a text that `parse_moment` accepts has a time; without one it means the whole day."""
    match = ISO.fullmatch(digits(written.strip(), "western"))
    return match is not None and match["hour"] is not None


def day_after(moment: datetime, timezone_name: str) -> datetime:
    """Midnight at the end of the day of `moment`, in the time zone."""
    there = zone(timezone_name)
    return _with_fixed_offset(datetime.combine(moment.date() + timedelta(days=1), time(), there), there)


def end_of(written: str, timezone_name: str) -> datetime:
    """When something ends of which `written` is the end: a date without a time is that whole day. Raises `NotADate`."""
    moment = parse_moment(written, timezone_name)
    return moment if has_time(written) else day_after(moment, timezone_name)


def _check_year(year: int) -> None:
    if year < FIRST_YEAR:
        raise NotADate(say("year-before", year=year, first=FIRST_YEAR), say("dates-are-gregorian", forms=FORMS))
    if year > LAST_YEAR:
        raise NotADate(say("year-after", year=year, last=LAST_YEAR), FORMS)


def _offset(text: str) -> timezone:
    if text == "Z":
        return UTC
    clock = text[1:].replace(":", "").ljust(4, "0")
    ahead = timedelta(hours=int(clock[:2]), minutes=int(clock[2:]))
    if ahead > timedelta(hours=14) or clock[2:] > "59":
        raise NotADate(say("offset-unknown", offset=text), say("offsets-are"))
    return timezone(-ahead if text[0] == "-" else ahead)


def _not_iso(text: str) -> NotADate:
    """Why a text is not an ISO date, with every ISO date that it may mean."""
    if match := YEAR_LAST.fullmatch(text):
        first, second, year, rest = match.groups()
        _check_year(int(year))
        # Day first, as all Arab countries write; the other order is offered too, because some programs use it.
        readings = [reading for reading in (_iso(year, second, first), _iso(year, first, second)) if reading]
        if readings:
            one, other = readings[0], readings[-1]
            if one == other and (clock := _clock(rest)):
                return NotADate(say("not-iso"), say("write-date", date=f"{one} {clock}", keep=""))
            dates = say("one-or-other", one=one, other=other) if one != other else one
            return NotADate(say("not-iso"), say("year-first", dates=dates, keep=_keep(rest)))
    if match := YEAR_FIRST.fullmatch(text):
        year, month, day, rest = match.groups()
        written = _iso(year, month, day)
        if written and (clock := _clock(rest)):
            return NotADate(say("not-iso"), say("write-date", date=f"{written} {clock}", keep=""))
        if written and not text.startswith(written):
            return NotADate(say("not-iso"), say("write-date", date=written, keep=_keep(rest)))
    return NotADate(say("not-iso"), FORMS)


def _clock(rest: str) -> str:
    """`09:10` for a time written after a date as 9:10, 9.10 or 9:10 ص; empty where it is not a time."""
    match = TIME.fullmatch(rest.strip())
    if match is None:
        return ""
    hour, minute, half = int(match["hour"]), int(match["minute"]), (match["half"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if half[0] in "مp" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""


def _keep(rest: str) -> Message | str:
    return say("keep-time") if rest.strip() else ""


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
