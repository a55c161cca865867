"""Files that machines read: the plan of feeds and sitemaps. `mujaz.feeds` and `mujaz.sitemap` write them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mujaz import addresses
from mujaz.arabic import slug_of
from mujaz.frame import Frame
from mujaz.groups import by, local_day, time_order
from mujaz.machineviews import FeedEntry, FeedView, NewsEntry, NewsSitemapView, SitemapEntry, SitemapView
from mujaz.model import Article, Page
from mujaz.site import last_change
from mujaz.views import FeedLink

NEWS_DAYS = 2  # a news sitemap lists stories of the last two days (the sitemap-news protocol)
NEWS_CAP = 1000  # and no more than a thousand
NEVER = "1970-01-01T00:00:00+00:00"  # when a feed without a story was updated; Atom wants a moment


def plan(frame: Frame, news_after: float) -> Iterator[Page]:
    yield from feeds(frame)
    yield from sitemaps(frame)
    yield news_sitemap(frame, news_after)


# ---------------------------------------------------------------- feeds


def feed_folders(frame: Frame) -> list[tuple[str, str]]:
    """(folder, name) of all that has feeds: the site, and each section with a story."""
    sections = [(f"{s.key}/", s.name) for s in frame.config.sections if frame.site.sections[s.key]]
    return [("", ""), *sections]


def absolute(frame: Frame, link: FeedLink) -> FeedLink:
    return replace(link, url=frame.origin + link.url)


def feeds(frame: Frame) -> Iterator[Page]:
    entries: dict[str, FeedEntry] = {}
    for folder, name in feed_folders(frame):
        articles = frame.site.sections[folder[:-1]] if folder else frame.site.shelf.published
        newest = sorted(articles, key=time_order, reverse=True)[: frame.config.feed.limit]
        for article in newest:
            if article.id not in entries:
                entries[article.id] = _entry(frame, article)
        for link in frame.feeds(folder, name):
            view = _feed(frame, link, folder, [entries[article.id] for article in newest])
            path = folder + link.url.rpartition("/")[2]
            yield Page(path=path, layout="", view=view, origin=f"feed '{link.title}'")


def _feed(frame: Frame, link: FeedLink, folder: str, entries: Sequence[FeedEntry]) -> FeedView:
    config = frame.config
    return FeedView(
        title=link.title,
        description=config.tagline or config.title,
        permalink=absolute(frame, link).url,
        page=addresses.permalink(config, folder),
        language=config.language,
        dir=frame.chrome.dir,
        base_url=config.base_url,
        publisher=config.publisher.name,
        updated=max((entry.updated for entry in entries), default=NEVER),
        full=config.feed.content == "full",
        entries=tuple(entries),
    )


def _entry(frame: Frame, article: Article) -> FeedEntry:
    site = frame.site
    story = site.stories[article.id]
    names = [credit.name for credit in article.sources]
    return FeedEntry(
        guid=f"tag:{frame.config.tag}:{article.id}",
        story=story,
        permalink=frame.origin + story.url,
        updated=site.calendar.when(last_change(article)).iso,
        authors=article.authors,
        categories=(story.section.text, *article.tags),
        source=" + ".join(names),
        source_url=next((credit.url for credit in article.sources if credit.url), ""),
        body=site.bodies[article.source],
        picture=site.figures.get(article.id),
    )


# ---------------------------------------------------------------- sitemaps


def sitemaps(frame: Frame) -> Iterator[Page]:
    """A part for each month, one for lists and standing pages, and the index of the parts."""
    site, config = frame.site, frame.config

    def month(article: Article) -> str:
        day = local_day(article, site.zone)
        return f"{day.year:04}-{day.month:02}"

    parts = []
    for key, articles in sorted(by(site.shelf.published, month).items()):
        entries = tuple(
            SitemapEntry(
                permalink=frame.origin + site.stories[article.id].url,
                modified=site.calendar.when(last_change(article)).iso,
            )
            for article in sorted(articles, key=time_order)
        )
        path = f"sitemaps/{key}.xml"
        newest = max(entry.modified for entry in entries)
        parts.append(SitemapEntry(permalink=addresses.permalink(config, path), modified=newest))
        yield Page(path=path, layout="", view=SitemapView(index=False, entries=entries), origin=f"sitemap {key}")
    fixed = SitemapView(
        index=False,
        entries=tuple(
            SitemapEntry(permalink=addresses.permalink(config, address), modified="") for address in _fixed(frame)
        ),
    )
    yield Page(path="sitemaps/pages.xml", layout="", view=fixed, origin="sitemap of lists")
    parts.append(SitemapEntry(permalink=addresses.permalink(config, "sitemaps/pages.xml"), modified=""))
    yield Page(path="sitemap.xml", layout="", view=SitemapView(index=True, entries=tuple(parts)), origin="sitemap")


def _fixed(frame: Frame) -> Iterator[str]:
    """Addresses of lists and standing pages; archives by date are reached from them."""
    yield ""
    for section in frame.config.sections:
        yield f"{section.key}/"
    for named in (frame.site.tags, frame.site.authors, frame.site.series):
        for one in named.values():
            yield one.address
    for standing in frame.site.shelf.standing:
        if standing.kind == "page":
            yield f"{slug_of(standing.name)}/"
    yield "archive/"
    yield "corrections/"
    yield "feeds/"


def news_sitemap(frame: Frame, news_after: float) -> Page:
    """Stories of the last two days: the one file, besides what is published, that moves with `now`."""
    articles = [a for a in frame.site.shelf.published if a.published.timestamp() > news_after]
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
    return Page(path="news-sitemap.xml", layout="", view=view, origin="the news sitemap")
