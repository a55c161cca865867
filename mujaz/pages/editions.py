"""The digest: an edition for each day and each week, as a page and as an e-mail. Pure; nothing is rendered here.

A day's edition keeps the order of the site; a week's sorts its days into one, by weight, then time, newest first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from mujaz.frozen import Value
from mujaz.messages.message import Message, say
from mujaz.model import urls
from mujaz.model.content import Article
from mujaz.model.page import Page
from mujaz.model.service_views import EmailView
from mujaz.model.views import Block, Count, DayHead, EditionView, Link, Story
from mujaz.pages import share_cards
from mujaz.pages.common import Frame
from mujaz.site.groups import Week, around, by, week_of

WEEK_CAP = 100  # stories on the page of a week: 30 screens of a phone; its days lead on to the others
# Bytes that the stories of an e-mail may take. Gmail cuts off what comes after 102 kB; head and foot take 5 kB.
EMAIL_ROOM = 88_000
STORY_FRAME = 1_100  # bytes of a story's cell with its inlined styles, without its texts; more than was ever measured


class Edition(Value):
    """What the page, the card and the e-mail of one edition share."""

    address: str  # 2021/10/18/
    heading: str
    dates: str  # the day, or the days of the week, in words
    hijri: str
    articles: Sequence[Article]  # the lead first
    origin: Message


def plan(frame: Frame) -> Iterator[Page]:
    if frame.config.edition_day:
        yield from days(frame)
    if frame.config.edition_week:
        yield from weeks(frame)


def days(frame: Frame) -> Iterator[Page]:
    in_order = sorted(frame.site.days)
    for day, (before, _, after) in zip(in_order, around([frame.day_link(day) for day in in_order]), strict=True):
        head = frame.day_head(day)
        edition = Edition(
            address=urls.day(day),
            heading=frame.titles["edition_day"].format(date=head.when.date),
            dates=f"{head.when.weekday} {head.when.date}",
            hijri=head.when.hijri,
            articles=frame.site.days[day],
            origin=say("origin-edition", when=day.isoformat()),
        )
        month = frame.link(frame.site.calendar.month_words(day.year, day.month), urls.month(day.year, day.month))
        week = _week_link(frame, week_of(day, frame.site.calendar.first_weekday)) if frame.config.edition_week else None
        yield _page(frame, edition, crumbs=(frame.home, month), day=head, week=week, before=before, after=after)
        yield from _card(frame, edition)
        if frame.config.edition_email:
            yield from emails(frame, edition)


def weeks(frame: Frame) -> Iterator[Page]:
    by_week: dict[Week, list[date]] = {}
    for day in sorted(frame.site.days):
        by_week.setdefault(week_of(day, frame.site.calendar.first_weekday), []).append(day)
    links = [_week_link(frame, week) for week in by_week]
    for (week, its_days), (before, here, after) in zip(by_week.items(), around(links), strict=True):
        articles = [article for day in its_days for article in frame.site.days[day]]
        calendar = frame.site.calendar
        edition = Edition(
            address=urls.week(*week),
            heading=here.text,
            dates=calendar.week_words(*week),
            hijri=calendar.week_hijri(*week),
            articles=sorted(articles, key=lambda a: (-a.weight, -a.published.timestamp(), a.id)),
            origin=say("origin-edition", when=f"{week[0]}-w{week[1]:02}"),
        )
        counts = tuple(
            Count(text=link.text, url=link.url, count=len(frame.site.days[day]))
            for day, link in ((day, frame.day_link(day)) for day in its_days)
        )
        archive = frame.link(frame.titles["archive"], "archive/")
        yield _page(frame, edition, crumbs=(frame.home, archive), days=counts, before=before, after=after)
        yield from _card(frame, edition)
        if frame.config.edition_email:
            yield from emails(frame, edition, week=True)


def _week_link(frame: Frame, week: Week) -> Link:
    dates = frame.site.calendar.week_words(*week)
    return frame.link(frame.titles["edition_week"].format(dates=dates), urls.week(*week))


def _page(
    frame: Frame, edition: Edition, *, crumbs: tuple[Link, ...], before: Link | None, after: Link | None,
    day: DayHead | None = None, week: Link | None = None, days: tuple[Count, ...] = (),
) -> Page:  # fmt: skip
    shown = edition.articles if day else edition.articles[:WEEK_CAP]
    lead, *rest = frame.stories(shown)
    card = share_cards.edition_card(frame, edition.address, edition.heading, shown)
    view = EditionView(
        chrome=frame.chrome,
        meta=frame.meta(edition.heading, edition.address, lead.title, feeds=frame.edition_feeds[:1], card=card),
        day=day,
        dates=edition.dates,
        hijri=edition.hijri,
        crumbs=crumbs,
        heading=edition.heading,
        count=len(edition.articles),
        lead=lead,
        blocks=_blocks(frame, shown[1:], rest),
        most_read=(),
        week=week,
        days=days,
        left=len(edition.articles) - len(shown),
        previous=before,
        next=after,
    )
    return Page(path=urls.file_of(edition.address), layout="edition.html", view=view, origin=edition.origin)


def _card(frame: Frame, edition: Edition) -> Iterator[Page]:
    """Its heading names the day or the days; beside the name of the paper stands the day by the other calendar."""
    return share_cards.plan_edition(
        frame, edition.address, edition.heading, edition.hijri, edition.articles, edition.origin
    )


def _blocks(frame: Frame, articles: Sequence[Article], stories: Sequence[Story]) -> tuple[Block, ...]:
    """The stories by section, in the order of the navigation, each section in the order given."""
    sections = by(articles, lambda article: article.section)
    of = {article.id: story for article, story in zip(articles, stories, strict=True)}
    return tuple(
        Block(
            heading=frame.section_links[section.key],
            stories=tuple(of[article.id] for article in sections[section.key]),
        )
        for section in frame.config.sections
        if section.key in sections
    )


# ---------------------------------------------------------------- e-mails


def emails(frame: Frame, edition: Edition, *, week: bool = False) -> Iterator[Page]:
    """The edition as `email.html` and as plain text, with as many stories as a mail program shows uncut."""
    stories = frame.stories(edition.articles)
    count = _that_fit(stories)
    view = EmailView(
        language=frame.config.language,
        dir=frame.chrome.dir,
        site=frame.config.title,
        tagline=frame.config.tagline,
        home=urls.permalink(frame.config, ""),
        publisher=frame.config.publisher.name,
        light=frame.config.look.light,
        dark=frame.config.look.dark,
        footer=frame.config.look.footer,
        heading=edition.heading,
        dates=edition.dates,
        hijri=edition.hijri,
        permalink=urls.permalink(frame.config, edition.address),
        lead=stories[0],
        blocks=_blocks(frame, edition.articles[1:count], stories[1:count]),
        count=len(stories),
        left=len(stories) - count,
        week=week,
    )
    for name in ("email.html", "email.txt"):
        yield Page(path=edition.address + name, layout=name, view=view, origin=edition.origin)


def _that_fit(stories: Sequence[Story]) -> int:
    """How many of the first stories an e-mail has room for, one at least."""
    room = EMAIL_ROOM
    for count, story in enumerate(stories):
        room -= STORY_FRAME + len(story.url) + len(f"{story.title}{story.summary}".encode())
        if room < 0 and count:
            return count
    return len(stories)
