"""Pages that list stories: sections, tags, authors, series, archives by date. Pure.

Their shape keeps one new story to few files (law 3): archives go by date and are never numbered from the newest, lists
are capped and lead on to the archive, and nothing «latest» stands in an article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mujaz.messages.message import Message, say
from mujaz.model import urls
from mujaz.model.archive_views import IndexView
from mujaz.model.content import Article
from mujaz.model.page import Page
from mujaz.model.views import (
    Count,
    FeedLink,
    FragmentView,
    Link,
    ListView,
)
from mujaz.pages.chrome import BREAKING
from mujaz.pages.common import Frame
from mujaz.site.addresses import NAMED_CAP
from mujaz.site.groups import around, by
from mujaz.site.site import Named, frozen

SECTION_CAP = 48  # stories on the page of a section, and of the most read: 12 screens of a phone, 20 kB of HTML
Month = tuple[int, int]


def plan(frame: Frame) -> Iterator[Page]:
    for section in frame.config.sections:
        yield from section_pages(frame, section.key)
    for kind, named in (("tag", frame.site.tags), ("author", frame.site.authors), ("series", frame.site.series)):
        yield from named_pages(frame, kind, list(named.values()))
    if frame.site.most_read:
        yield most_read(frame)
        yield fragment(frame)
    if frame.chrome.breaking:
        view = FragmentView(breaking=frame.breaking())
        yield list_page(BREAKING, "fragment.html", view, say("origin-breaking"))


NAMED = ("tag", "author", "series")  # lists that come to be because a story names them


def list_page(address: str, layout: str, view: object, origin: Message) -> Page:
    return Page(path=urls.file_of(address), layout=layout, view=view, origin=origin)


def leading_first(articles: Sequence[Article], leads: Sequence[Article]) -> Sequence[Article]:
    """The articles, those first that lead now, in their order."""
    ids = {article.id for article in articles}
    first = [article for article in leads if article.id in ids]
    if not first:
        return articles
    moved = {article.id for article in first}
    return [*first, *(article for article in articles if article.id not in moved)]


# ---------------------------------------------------------------- sections, tags, authors, series


def _list(
    frame: Frame, kind: str, heading: str, address: str, articles: Sequence[Article], cap: int, *,
    crumbs: tuple[Link, ...] = (), archives: Iterable[Count] = (), feeds: tuple[FeedLink, ...] = (),
    section: str = "", description: str = "", before: Link | None = None, after: Link | None = None,
    with_most_read: bool = False,
) -> Page:  # fmt: skip
    context = frame.context.get(address)
    view = ListView(
        chrome=frame.chrome,
        meta=frame.meta(
            heading, address, description or (context.summary if context else ""), feeds=feeds, section=section
        ),
        crumbs=(frame.home, *crumbs),
        kind=kind,
        heading=heading,
        body=frame.body(context),
        stories=frame.stories(articles[:cap]),
        count=len(articles),
        archives=tuple(archives),
        most_read=frame.most_read() if with_most_read else (),
        breaking=frame.breaking() if kind == "section" else None,
        feed=feeds[0] if feeds else None,
        previous=before,
        next=after,
        extra=frozen(context.extra) if context and context.extra else {},
        span=_span(frame, kind, articles) if len(articles) <= cap else "",
    )
    of = kind if kind == "most-read" else kind.partition("-")[0]  # of `section-month`, `tag-year`
    origin = say("origin-list", kind=say(f"the-{of}"), name=heading)
    if kind in NAMED and articles:
        origin = say("origin-list-of-article", list=origin, path=articles[0].source)
    return list_page(address, "list.html", view, origin)


def _span(frame: Frame, kind: str, articles: Sequence[Article]) -> str:
    """«من 5 أكتوبر/تشرين الأول إلى 3 نوفمبر/تشرين الثاني 2021», for what is named by stories of several days."""
    days = {frame.site.day_of[article.source] for article in articles} if kind in NAMED else ()
    if len(days) < 2:
        return ""
    first, last = frame.site.calendar.span_words(min(days), max(days))
    words: str = frame.titles["from_to"].format(first=first, last=last)
    return words


def section_pages(frame: Frame, key: str) -> Iterator[Page]:
    """A section's newest stories, and a page for each of its months."""
    link = frame.section_links[key]
    description = next(section.description for section in frame.config.sections if section.key == key)
    articles = frame.site.sections[key]
    by_month = grouped_by_month(frame, articles)
    counts = [month_count(frame, f"{key}/", month, group) for month, group in by_month.items()]
    feeds = frame.section_feeds[key] if articles else ()
    yield _list(
        frame, "section", link.text, f"{key}/", leading_first(articles, frame.site.selection.leads), SECTION_CAP,
        archives=counts, feeds=feeds, section=link.url, description=description, with_most_read=True,
    )  # fmt: skip
    oldest_first = list(by_month)[::-1]
    links = [Link(text=count.text, url=count.url) for count in counts[::-1]]
    for month, (before, here, after) in zip(oldest_first, around(links), strict=True):
        heading = frame.titles["section_month_title"].format(section=link.text, month=here.text)
        address = f"{key}/{urls.month(*month)}"
        group = by_month[month]
        yield _list(
            frame, "section-month", heading, address, group, len(group),
            crumbs=(link,), feeds=feeds, section=link.url, before=before, after=after,
        )  # fmt: skip


def named_pages(frame: Frame, kind: str, named: Sequence[Named]) -> Iterator[Page]:
    """A page for each tag, author or series, older stories by year, and an index of them all."""
    if not named:
        return
    index_key = {"tag": "tags", "author": "authors", "series": "series"}[kind]
    index = frame.link(frame.titles[f"{index_key}_index" if kind == "series" else index_key], f"{index_key}/")
    digits = frame.site.calendar.digits
    for one in named:
        articles: Sequence[Article] = one.articles
        if kind == "series":
            articles = sorted(articles, key=lambda article: (article.published, article.id))  # a story from its start
        years = by(articles, lambda a: frame.site.day_of[a.source].year) if len(articles) > NAMED_CAP else {}
        counts = [
            Count(text=digits(str(year)), url=frame.url(f"{one.address}{year}/"), count=len(group))
            for year, group in sorted(years.items(), reverse=True)
        ]
        here = frame.link(one.name, one.address)
        feeds = frame.named_feeds(kind, one)
        yield _list(
            frame, kind, one.name, one.address, articles, NAMED_CAP, crumbs=(index,), archives=counts, feeds=feeds
        )
        for year, group in years.items():
            heading = frame.titles["named_year"].format(name=one.name, year=digits(str(year)))
            yield _list(
                frame, f"{kind}-year", heading, f"{one.address}{year}/", group, len(group),
                crumbs=(index, here), feeds=feeds,
            )  # fmt: skip
    yield index_page(frame, index_key, index.text, f"{index_key}/", [frame.count(one) for one in named])


def most_read(frame: Frame) -> Page:
    known = {article.id: article for article in frame.site.selection.published}
    articles = [known[id] for id in frame.site.most_read]
    return _list(frame, "most-read", frame.titles["most_read"], "most-read/", articles, SECTION_CAP)


def fragment(frame: Frame) -> Page:
    """What a script may put into an article, whose own file holds nothing that moves."""
    view = FragmentView(most_read=frame.most_read())
    return list_page("fragments/most-read/", "fragment.html", view, say("origin-most-read"))


# ---------------------------------------------------------------- archives


def index_page(
    frame: Frame, kind: str, heading: str, address: str, entries: Iterable[Count], *,
    crumbs: tuple[Link, ...] = (), before: Link | None = None, after: Link | None = None,
) -> Page:  # fmt: skip
    view = IndexView(
        chrome=frame.chrome,
        meta=frame.meta(heading, address),
        crumbs=(frame.home, *crumbs),
        kind=kind,
        heading=heading,
        entries=tuple(entries),
        previous=before,
        next=after,
    )
    return list_page(address, "index.html", view, say("origin-index", name=heading))


def grouped_by_month(frame: Frame, articles: Iterable[Article]) -> dict[Month, list[Article]]:
    """Newest month first."""

    def month(article: Article) -> Month:
        day = frame.site.day_of[article.source]
        return day.year, day.month

    return by(articles, month)


def month_count(frame: Frame, folder: str, month: Month, articles: Sequence[Article]) -> Count:
    text = frame.site.calendar.month_words(*month)
    return Count(text=text, url=frame.url(folder + urls.month(*month)), count=len(articles))
