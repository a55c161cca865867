"""What the layouts of archives see: a month's calendar, and an index of months, years or names."""

from __future__ import annotations

from mujaz.frozen import Value
from mujaz.model.views import Block, Chrome, Count, Link, Meta


class CalendarDay(Value):
    """A cell of a month's calendar; `number` 0 is an empty cell."""

    number: int
    text: str
    words: str  # 4 أكتوبر/تشرين الأول
    url: str
    count: int


class MonthView(Value):
    """A month's archive: a calendar, then its stories by day, newest first."""

    chrome: Chrome
    meta: Meta
    crumbs: tuple[Link, ...]
    heading: str
    count: int
    weekdays: tuple[str, ...]  # seven short names, in the order of the calendar
    weeks: tuple[tuple[CalendarDay, ...], ...]
    days: tuple[Block, ...]
    previous: Link | None
    next: Link | None
    editions: tuple[Link, ...] = ()  # of the weeks that have a day in this month, the newest first


class IndexView(Value):
    """An index: of tags, authors, series, the months of a year, the years of the archive, or standing pages."""

    chrome: Chrome
    meta: Meta
    crumbs: tuple[Link, ...]
    kind: str  # tags | authors | series | year | archive | pages
    heading: str
    entries: tuple[Count, ...]
    previous: Link | None = None
    next: Link | None = None
