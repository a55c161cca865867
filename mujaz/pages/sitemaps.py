"""The plan of sitemaps. `mujaz.feeds.sitemap` writes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mujaz.messages.message import say
from mujaz.model import urls
from mujaz.model.content import Article
from mujaz.model.file_views import NewsEntry, NewsSitemapView, SitemapEntry, SitemapView
from mujaz.model.page import Page
from mujaz.pages.chrome import PAGES, standing_of
from mujaz.pages.common import Frame
from mujaz.pages.languages import alternates
from mujaz.site.groups import by, time_order
from mujaz.site.site import last_change

NEWS_CAP = 1000  # and no more than a thousand


def plan(frame: Frame, news_after: float) -> Iterator[Page]:
    yield from sitemaps(frame)
    yield news_sitemap(frame, news_after)


# ---------------------------------------------------------------- sitemaps


def sitemaps(frame: Frame) -> Iterator[Page]:
    """A part for each month, one for lists and standing pages, and the index of the parts."""
    site, config = frame.site, frame.config

    def month(article: Article) -> str:
        day = site.day_of[article.source]
        return f"{day.year:04}-{day.month:02}"

    parts = []
    for key, articles in sorted(by(site.selection.published, month).items()):
        entries = tuple(
            SitemapEntry(
                permalink=frame.origin + site.stories[article.id].url,
                modified=site.calendar.when(last_change(article, site.zone)).iso,
                alternates=alternates(frame, article),
            )
            for article in sorted(articles, key=time_order)
        )
        path = f"sitemaps/{key}.xml"
        newest = max((entry.modified for entry in entries), key=datetime.fromisoformat)
        parts.append(SitemapEntry(permalink=urls.permalink(config, path), modified=newest))
        yield Page(
            path=path, layout="", view=SitemapView(index=False, entries=entries), origin=say("origin-sitemap", name=key)
        )
    fixed = SitemapView(
        index=False,
        entries=tuple(
            SitemapEntry(permalink=urls.permalink(config, address), modified="") for address in _fixed(frame)
        ),
    )
    yield Page(path="sitemaps/pages.xml", layout="", view=fixed, origin=say("origin-sitemap", name="pages"))
    parts.append(SitemapEntry(permalink=urls.permalink(config, "sitemaps/pages.xml"), modified=""))
    yield Page(
        path="sitemap.xml", layout="", view=SitemapView(index=True, entries=tuple(parts)), origin=say("origin-sitemaps")
    )


def _fixed(frame: Frame) -> Iterator[str]:
    """Addresses of lists and standing pages; archives by date are reached from them."""
    yield ""
    for section in frame.config.sections:
        yield f"{section.key}/"
    for named in (frame.site.tags, frame.site.authors, frame.site.series):
        for one in named.values():
            yield one.address
    for standing in standing_of(frame.site):
        yield frame.site.addresses[standing.source]
    if frame.chrome.pages:
        yield PAGES
    yield "archive/"
    yield "corrections/"
    yield "feeds/"


def news_sitemap(frame: Frame, news_after: float) -> Page:
    """Stories of the last two days: the one file, besides what is published, that moves with `now`."""
    articles = [a for a in frame.site.selection.published if a.published.timestamp() > news_after]
    newest = sorted(articles, key=time_order, reverse=True)[:NEWS_CAP]
    entries = tuple(
        NewsEntry(
            permalink=frame.origin + frame.site.stories[article.id].url,
            title=article.title,
            published=frame.site.calendar.when(article.published).iso,
        )
        for article in newest
    )
    view = NewsSitemapView(publication=frame.config.title, language=frame.config.language, entries=entries)
    return Page(path="news-sitemap.xml", layout="", view=view, origin=say("origin-sitemap", name="news"))
