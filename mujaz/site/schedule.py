"""When time alone changes a site: a story goes out, expires or is news no longer; a day is over. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from mujaz.model.settings import Config
from mujaz.site.select import Selection

NEWS_DAYS = 2  # a news sitemap lists stories of the last two days (the sitemap-news protocol)

NEWS = timedelta(days=NEWS_DAYS)  # so long a story stands in the news sitemap


def today(config: Config, now: datetime) -> date:
    """The day of `now` in the site's zone."""
    return now.astimezone(ZoneInfo(config.timezone)).date()


def next_edition(selection: Selection, config: Config, now: datetime) -> datetime | None:
    """When a day that has stories will be over: its edition then joins the feeds, and it gets its archive."""
    zone = ZoneInfo(config.timezone)
    midnight = datetime.combine(today(config, now), time(), tzinfo=zone)
    newest = takewhile(lambda article: article.published >= midnight, selection.published)  # the last day comes first
    first = min((article.published for article in newest), default=None)
    if first is None or not (config.edition_day or config.feed.archive):
        return None
    return datetime.combine(first.astimezone(zone).date() + timedelta(days=1), time(), tzinfo=zone)


def next_change(selection: Selection, config: Config, now: datetime) -> datetime | None:
    """When a held story goes out, one expires or leads, breaks or is live no more, or a day is complete."""
    moments = [article.published for article in selection.held]
    moments += filter(None, [next_edition(selection, config, now)])
    shown = selection.published + selection.withdrawn
    moments += [article.expires for article in shown if article.expires is not None]
    ends = [end for one in selection.published for end in (one.lead, one.breaking_until, one.live_until)]
    moments += [end for end in ends if end is not None and end > now]
    return min(moments).astimezone(ZoneInfo(config.timezone)) if moments else None


def until(selection: Selection, config: Config, now: datetime) -> float:
    """The time (seconds) from which on a build gives another site; infinite where it always gives this one."""
    shown = selection.published + selection.withdrawn
    moments = [*filter(None, [next_change(selection, config, now)])]
    moments += [article.published + NEWS for article in shown if article.published + NEWS > now]
    return min((moment.timestamp() for moment in moments), default=float("inf"))
