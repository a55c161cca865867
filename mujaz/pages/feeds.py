"""The plan of feeds: what one can subscribe to, in which formats, with which entries; archives; the list of them all.

`mujaz.feeds.rss_atom` and `mujaz.feeds.json_feed` write what is planned here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import pairwise

from mujaz.arabic.direction import direction_of
from mujaz.frozen import Value, replace
from mujaz.messages.message import say
from mujaz.model import urls
from mujaz.model.content import Article
from mujaz.model.file_views import FeedEntry, FeedFolder, FeedView, ListedFeed, OpmlView
from mujaz.model.page import Page
from mujaz.model.service_views import FeedChannel, FeedsView
from mujaz.model.views import Block, FeedLink, Link, Story
from mujaz.pages.common import EDITIONS, Frame
from mujaz.pages.languages import body_of, language_feeds, language_name
from mujaz.site.groups import by, time_order
from mujaz.site.site import last_change

NEVER = "1970-01-01T00:00:00+00:00"  # when a feed without a story was updated; Atom wants a moment
OPML = "feeds.opml"
TITLES = 4  # titles that sum up an edition


class Channel(Value):
    """Something one can subscribe to. `articles` are empty for editions, whose entries are days."""

    kind: str  # site | section | edition | language | tag | author
    name: str  # as it stands in a list of feeds
    folder: str  # of its feeds: "", "politics/"
    page: str  # address of the page that it belongs to
    links: tuple[FeedLink, ...]  # the same feed in each format
    articles: tuple[Article, ...] = ()
    language: str = ""  # of its texts, where it is not the site's


def plan(frame: Frame) -> Iterator[Page]:
    """Every feed, the archives, the page about feeds and the list of them all."""
    found = list(channels(frame))
    entries: dict[str, FeedEntry] = {}
    for channel in found:
        if channel.kind == "edition":
            days = frame.past_days[: frame.config.feed.limit]
            chosen = [_edition(frame, day) for day in days]
        else:
            newest = sorted(channel.articles, key=time_order, reverse=True)[: frame.config.feed.limit]
            full = frame.config.feed.content == "full"
            for article in newest:
                if article.id not in entries:  # one entry for all feeds that show it
                    entries[article.id] = _entry(frame, article, full=full)
            chosen = [entries[article.id] for article in newest]
        for link in channel.links:
            yield _feed(frame, channel, link, chosen)
    if frame.config.feed.archive:
        yield from archives(frame)
    yield feeds_page(frame, found)
    yield Page(path=OPML, layout="", view=_opml(frame, found), origin=say("origin-feeds"))


def channels(frame: Frame) -> Iterator[Channel]:
    """The site, and whatever else has a story: no feed for an empty group."""
    site, config = frame.site, frame.config
    links = frame.feeds("", "")
    yield Channel(kind="site", name=config.title, folder="", page="", links=links, articles=site.selection.published)
    if links := frame.edition_feeds:
        yield Channel(kind="edition", name=frame.titles["editions"], folder=EDITIONS, page="archive/", links=links)
    for section in config.sections:
        if articles := site.sections[section.key]:
            links, folder = frame.section_feeds[section.key], f"{section.key}/"
            yield Channel(kind="section", name=section.name, folder=folder, page=folder, links=links, articles=articles)
    foreign = (article for article in site.selection.published if article.lang and article.lang != config.language)
    for lang, group in sorted(by(foreign, lambda article: article.lang or "").items()):
        links, folder, name = language_feeds(frame, lang), f"{lang.lower()}/", language_name(frame, lang)
        yield Channel(
            kind="language", name=name, folder=folder, page="", links=links, articles=tuple(group), language=lang
        )
    for kind, named in (("tag", site.tags), ("author", site.authors)):
        for one in named.values():
            if links := frame.named_feeds(kind, one):
                folder, articles = one.address, one.articles
                yield Channel(kind=kind, name=one.name, folder=folder, page=folder, links=links, articles=articles)


# ---------------------------------------------------------------- feeds and their entries


def _feed(frame: Frame, channel: Channel, link: FeedLink, entries: Sequence[FeedEntry]) -> Page:
    path = channel.folder + link.url.rpartition("/")[2]
    relations = _relations(frame)
    if path == urls.ARCHIVED and frame.config.feed.archive and frame.past_days:
        relations += (Link(text="prev-archive", url=_archive(frame, frame.past_days[0])),)
    view = _view(frame, link.title, path, channel.page, entries, relations=relations)
    if channel.language:
        view = replace(view, language=channel.language, dir=direction_of(channel.language))
    return Page(path=path, layout="", view=view, origin=say("origin-feed", title=link.title))


def _view(
    frame: Frame, title: str, path: str, page: str, entries: Sequence[FeedEntry], *,
    relations: tuple[Link, ...], archive: bool = False,
) -> FeedView:  # fmt: skip
    config = frame.config
    return FeedView(
        title=title,
        description=config.tagline or config.title,
        permalink=urls.permalink(config, path),
        page=urls.permalink(config, page),
        language=config.language,
        dir=frame.chrome.dir,
        base_url=config.base_url,
        publisher=config.publisher.name,
        updated=max((entry.updated for entry in entries), key=datetime.fromisoformat, default=NEVER),
        full=config.feed.content == "full" and not archive,
        entries=tuple(entries),
        relations=relations,
        archive=archive,
    )


def _relations(frame: Frame) -> tuple[Link, ...]:
    hub = frame.config.feed.websub
    return (Link(text="hub", url=hub),) if hub else ()


def _entry(frame: Frame, article: Article, *, full: bool) -> FeedEntry:
    site = frame.site
    story = site.stories[article.id]
    names = [credit.name for credit in article.sources]
    return FeedEntry(
        guid=f"tag:{frame.config.tag}:{article.id}",
        story=story,
        permalink=frame.origin + story.url,
        updated=site.calendar.when(last_change(article, site.zone)).iso,
        authors=article.authors,
        categories=(story.section.text, *article.tags),
        source=" + ".join(names),
        source_url=next((credit.url for credit in article.sources if credit.url), ""),
        body=body_of(frame.of(article.lang), article) if full else None,
        players=tuple(player for player in site.bodies[article.source].players if not player.provider),
        picture=site.figures.get(article.id),
    )


# ---------------------------------------------------------------- editions


def _edition(frame: Frame, day: date) -> FeedEntry:
    """A day that is over, as one entry: its guid can be no story's, for an id has no `/`."""
    site, titles = frame.site, frame.titles
    articles = site.days[day]
    lead, *rest = articles
    over = site.calendar.when(datetime.combine(day, time(23, 59, 59), tzinfo=site.zone))
    changed = site.calendar.when(max(last_change(article, site.zone) for article in articles)).iso
    name = f"editions/{day.isoformat()}"
    story = Story(
        id=name,
        url=frame.url(urls.day(day)),
        title=titles["edition_day"].format(date=frame.day_head(day).when.date),
        summary=titles["edition_titles"].join(article.title for article in articles[:TITLES]),
        published=over,
        section=frame.link(titles["editions"], "archive/"),
    )
    sections = by(rest, lambda article: article.section)
    blocks = [Block(heading=Link(text="", url=""), stories=frame.stories([lead]))]
    blocks += [
        Block(heading=frame.section_links[section.key], stories=frame.stories(sections[section.key]))
        for section in frame.config.sections
        if section.key in sections
    ]
    return FeedEntry(
        guid=f"tag:{frame.config.tag}:{name}",
        story=story,
        permalink=frame.origin + story.url,
        updated=max(over.iso, changed, key=datetime.fromisoformat),
        authors=(),
        categories=(titles["editions"],),
        source="",
        body=None,
        picture=site.figures.get(lead.id),
        blocks=tuple(blocks) if frame.config.feed.content == "full" else (),
    )


# ---------------------------------------------------------------- archives (RFC 5005)


def archives(frame: Frame) -> Iterator[Page]:
    """An Atom document of summaries for each day that is over, chained from the newest back and from the oldest on.

    A day that is not over has none: the entries of an archive should not change, and its stories stand in the feed.
    """
    oldest_first = frame.past_days[::-1]
    title = frame.feeds("", "")[0].title
    current = Link(text="current", url=urls.permalink(frame.config, urls.ARCHIVED))
    for before, after in pairwise(pairwise([None, *oldest_first, None])):
        (previous, day), (_, following) = before, after
        assert day is not None
        relations = [current]
        relations += [Link(text="prev-archive", url=_archive(frame, previous))] if previous else []
        relations += [Link(text="next-archive", url=_archive(frame, following))] if following else []
        articles = sorted(frame.site.days[day], key=time_order, reverse=True)
        entries = [_entry(frame, article, full=False) for article in articles]
        path = urls.day(day) + urls.ARCHIVED
        page = urls.day(day) if frame.config.edition_day else urls.month(day.year, day.month)
        view = _view(frame, title, path, page, entries, relations=tuple(relations), archive=True)
        yield Page(path=path, layout="", view=view, origin=say("origin-feed-archive", day=day.isoformat()))


def _archive(frame: Frame, day: date) -> str:
    return urls.permalink(frame.config, urls.day(day) + urls.ARCHIVED)


# ---------------------------------------------------------------- where all feeds are listed


def feeds_page(frame: Frame, found: Iterable[Channel]) -> Page:
    """How to subscribe. Tags and authors may be thousands: their feeds are named on their own pages."""
    grouped = _by_kind(found)

    def shown(kind: str) -> tuple[FeedChannel, ...]:
        return tuple(
            FeedChannel(title=channel.name, url=frame.url(channel.page), links=_absolute(frame, channel.links))
            for channel in grouped.get(kind, ())
        )

    view = FeedsView(
        chrome=frame.chrome,
        meta=frame.meta(frame.titles["feeds_title"], "feeds/", frame.titles["feeds_intro"]),
        crumbs=(frame.home,),
        site=shown("site"),
        sections=shown("section"),
        editions=shown("edition"),
        languages=shown("language"),
        tags=frame.chrome.tags if "tag" in grouped else "",
        authors=frame.chrome.authors if "author" in grouped else "",
        opml=urls.permalink(frame.config, OPML),
    )
    return Page(path="feeds/index.html", layout="feeds.html", view=view, origin="mujaz")


def _absolute(frame: Frame, links: Iterable[FeedLink]) -> tuple[FeedLink, ...]:
    return tuple(replace(link, url=frame.origin + link.url) for link in links)


def _opml(frame: Frame, found: Iterable[Channel]) -> OpmlView:
    titles, grouped = frame.titles, _by_kind(found)
    names = {"site": "", "edition": ""} | {kind: titles[f"{kind}s"] for kind in ("section", "tag", "author")}
    names["language"] = titles["feeds_languages"]
    folders = [
        FeedFolder(name=name, feeds=tuple(_listed(frame, channel) for channel in grouped[kind]))
        for kind, name in names.items()
        if kind in grouped
    ]
    title = titles["feeds_of"].format(site=frame.config.title)
    return OpmlView(title=title, language=frame.config.language, folders=tuple(folders))


def _listed(frame: Frame, channel: Channel) -> ListedFeed:
    """The feed in its first format, RSS: a reader that takes the list should not subscribe three times."""
    link = channel.links[0]
    page = urls.permalink(frame.config, channel.page)
    return ListedFeed(title=link.title, permalink=frame.origin + link.url, page=page)


def _by_kind(found: Iterable[Channel]) -> dict[str, list[Channel]]:
    grouped: dict[str, list[Channel]] = {}
    for channel in found:
        grouped.setdefault(channel.kind, []).append(channel)
    return grouped
