"""Archives by date: years and months, with links to weeks."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from datetime import date

from mujaz.messages.message import say
from mujaz.model import urls
from mujaz.model.archive_views import CalendarDay, MonthView
from mujaz.model.page import Page
from mujaz.model.views import (
    Block,
    Count,
    Link,
)
from mujaz.pages.common import Frame
from mujaz.pages.lists import Month, grouped_by_month, index_page, list_page, month_count
from mujaz.site.groups import around, by, week_of


def plan(frame: Frame) -> Iterator[Page]:
    yield from months(frame)
    yield from years(frame)


def years(frame: Frame) -> Iterator[Page]:
    """The archive: the years, and for each the months."""
    archive = frame.link(frame.titles["archive"], "archive/")
    digits = frame.site.calendar.digits
    by_month = grouped_by_month(frame, frame.site.selection.published)
    by_year: dict[int, list[Month]] = {}
    for month in by_month:
        by_year.setdefault(month[0], []).append(month)
    links = [frame.link(digits(str(year)), f"{year:04}/") for year in sorted(by_year)]
    entries = []
    for year, (before, here, after) in zip(sorted(by_year), around(links), strict=True):
        counts = [month_count(frame, "", month, by_month[month]) for month in by_year[year]]
        entries.append(Count(text=here.text, url=here.url, count=sum(count.count for count in counts)))
        heading = frame.titles["year_title"].format(year=here.text)
        yield index_page(frame, "year", heading, f"{year:04}/", counts, crumbs=(archive,), before=before, after=after)
    yield index_page(frame, "archive", archive.text, "archive/", entries[::-1])


def months(frame: Frame) -> Iterator[Page]:
    by_month = grouped_by_month(frame, frame.site.selection.published)
    oldest_first = list(by_month)[::-1]
    words, digits = frame.site.calendar.month_words, frame.site.calendar.digits
    links = [frame.link(words(*month), urls.month(*month)) for month in oldest_first]
    for month, (before, here, after) in zip(oldest_first, around(links), strict=True):
        address = urls.month(*month)
        days = by(by_month[month], lambda article: frame.site.day_of[article.source])
        heading = frame.titles["month_title"].format(month=here.text)
        view = MonthView(
            chrome=frame.chrome,
            meta=frame.meta(heading, address),
            crumbs=(frame.home, frame.link(digits(str(month[0])), f"{month[0]:04}/")),
            heading=heading,
            count=len(by_month[month]),
            weekdays=frame.site.calendar.weekday_names(),
            weeks=_weeks(frame, month, {day: len(group) for day, group in days.items()}),
            days=tuple(Block(heading=frame.day_link(day), stories=frame.stories(days[day])) for day in days),
            previous=before,
            next=after,
            editions=tuple(_week_links(frame, days)) if frame.config.edition_week else (),
        )
        yield list_page(address, "month.html", view, say("origin-month", month=f"{month[0]}-{month[1]:02}"))


def _week_links(frame: Frame, days: Iterable[date]) -> Iterator[Link]:
    """The editions of the weeks that `days` are in, in the order of the days."""
    first = frame.site.calendar.first_weekday
    for week in dict.fromkeys(week_of(day, first) for day in days):
        yield frame.link(frame.site.calendar.week_words(*week), urls.week(*week))


def _weeks(frame: Frame, month: Month, counts: dict[date, int]) -> tuple[tuple[CalendarDay, ...], ...]:
    """The calendar of a month in weeks; days of other months are empty cells."""
    weeks = calendar.Calendar(frame.site.calendar.first_weekday).monthdatescalendar(*month)
    return tuple(
        tuple(
            CalendarDay(
                number=day.day if day.month == month[1] else 0,
                text=frame.site.calendar.digits(str(day.day)) if day.month == month[1] else "",
                words=frame.site.calendar.month_day_words(day) if day.month == month[1] else "",
                url=frame.day_head(day).url if day.month == month[1] and day in counts else "",
                count=counts.get(day, 0) if day.month == month[1] else 0,
            )
            for day in week
        )
        for week in weeks
    )
