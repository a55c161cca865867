"""When time alone changes a site: a story goes out, expires or is news no longer; a day is over. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mujaz.machine import NEWS_DAYS
from mujaz.model import Config
from mujaz.site import Shelf

NEWS = timedelta(days=NEWS_DAYS)  # so long a story stands in the news sitemap


def today(config: Config, now: datetime) -> date:
    """The day of `now` in the site's zone."""
    return now.astimezone(ZoneInfo(config.timezone)).date()


def next_edition(shelf: Shelf, config: Config, now: datetime) -> datetime | None:
    """When a day that has stories will be over: its edition then joins the feeds, and it gets its archive."""
    zone = ZoneInfo(config.timezone)
    midnight = datetime.combine(today(config, now), time(), tzinfo=zone)
    first = min((article.published for article in shelf.published if article.published >= midnight), default=None)
    if first is None or not (config.edition_day or config.feed.archive):
        return None
    return datetime.combine(first.astimezone(zone).date() + timedelta(days=1), time(), tzinfo=zone)


def next_change(shelf: Shelf, config: Config, now: datetime) -> datetime | None:
    """When a held story goes out, a published one expires or a day's edition is complete, whichever is first."""
    moments = [article.published for article in shelf.held]
    moments += filter(None, [next_edition(shelf, config, now)])
    moments += [article.expires for article in shelf.published if article.expires is not None]
    return min(moments).astimezone(ZoneInfo(config.timezone)) if moments else None


def until(shelf: Shelf, config: Config, now: datetime) -> float:
    """The time (seconds) from which on a build gives another site; infinite where it always gives this one."""
    shown = shelf.published + shelf.withdrawn
    moments = [*filter(None, [next_change(shelf, config, now)])]
    moments += [article.expires for article in shelf.withdrawn if article.expires is not None]
    moments += [article.published + NEWS for article in shown if article.published + NEWS > now]
    return min((moment.timestamp() for moment in moments), default=float("inf"))
