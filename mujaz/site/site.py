"""From what was read to one immutable `Site`: who is published, what points where, who stands together. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from mujaz.arabic.dates import Calendar
from mujaz.arabic.direction import direction_of
from mujaz.frozen import Value, field, replace
from mujaz.messages.errors import Problem
from mujaz.messages.message import say
from mujaz.model.content import Article, Correction, File
from mujaz.model.settings import Config
from mujaz.model.views import BodyView, DataFile, Figure, Story
from mujaz.site.groups import time_order
from mujaz.site.links import Wanted
from mujaz.site.select import Selection

MORE = 4  # stories of «المزيد من القسم»


class Named(Value):
    """A tag, an author or a series: how it is written, its address, its articles in the order of the site."""

    name: str
    address: str
    articles: tuple[Article, ...]


class Site(Value):
    """The whole site, ready to be planned into pages."""

    config: Config
    selection: Selection
    articles: Mapping[str, Article]  # id → article, of those that have a page
    zone: tzinfo
    calendar: Calendar
    rtl: bool
    addresses: Mapping[str, str]  # source file → address
    stories: Mapping[str, Story]  # id → card
    bodies: Mapping[str, BodyView]  # source file → its body
    figures: Mapping[str, Figure]  # id → lead picture
    leads: Mapping[str, File]  # id → the file of the lead picture
    pins: Mapping[str, tuple[str, ...]]  # id → the stories that its editor relates to it
    excluded: Mapping[str, tuple[str, ...]]  # id → those that its editor does not want there
    translations: Mapping[str, tuple[Article, ...]]  # id → the story in all its languages, the original first
    related: Mapping[str, tuple[str, ...]]  # id → its related stories
    more: Mapping[str, tuple[str, ...]]  # id → the stories just before it in its section that are not related ones
    neighbours: Mapping[str, tuple[str | None, str | None]]  # id → the stories before and after it in time
    sections: Mapping[str, tuple[Article, ...]]
    tags: Mapping[str, Named]  # by address key
    authors: Mapping[str, Named]
    series: Mapping[str, Named]
    days: Mapping[date, tuple[Article, ...]]  # newest first
    day_of: Mapping[str, date]  # source file → its day
    most_read: tuple[str, ...]
    pictures: tuple[File, ...]  # those that are shown
    documents: Mapping[str, File]  # output path → file
    wanted: tuple[Wanted, ...]
    data: Mapping[str, tuple[DataFile, ...]] = field(default_factory=dict)  # source file → what its page shows
    held_data: tuple[DataFile, ...] = ()  # what the pages of held stories will show
    left: frozenset[str] = frozenset()  # the output files that only expired stories had

    def with_related(self, lists: Mapping[str, tuple[str, ...]]) -> Site:
        """The site with these related stories, by id, and with `more` chosen so that it repeats neither them nor the
        story itself in another language.
        """
        timeline = sorted(self.selection.published, key=time_order)
        same = {id: tuple(article.id for article in story) for id, story in self.translations.items()}
        return replace(self, related=lists, more=_just_before(timeline, lists, same))


def language_of(lang: str | None, language: str) -> tuple[str, str]:
    """(lang, dir) of a text on a page in `language`, both empty where that is its own."""
    if not lang or lang == language:
        return "", ""
    return lang, direction_of(lang)


def frozen(value: Any) -> Any:
    """Lists as tuples, all the way down, and dicts in the order of their keys: a fingerprint tells no other order."""
    if isinstance(value, dict):
        return {key: frozen(value[key]) for key in sorted(value)}
    return tuple(frozen(inner) for inner in value) if isinstance(value, list | tuple) else value


def last_change(article: Article, zone: tzinfo) -> datetime:
    """When the reader last saw something new in it: published, updated or corrected.

    A change that names a day alone comes after all else of that day, by a second, so that feeds tell of it.
    """
    changes = [(note.date, note.is_day) for note in article.corrections]
    if not (changes or article.updated):
        return article.published
    if article.updated:
        changes.append((article.updated, "updated" in article.days))
    latest = article.published
    for moment, is_day in sorted(changes, key=lambda change: (change[0].astimezone(zone).date(), change[1], change[0])):
        if moment > latest:
            latest = moment
        elif is_day and moment.astimezone(zone).date() == latest.astimezone(zone).date():
            latest += timedelta(seconds=1)
    return latest


def corrected(articles: Iterable[Article]) -> list[tuple[Article, tuple[Correction, ...]]]:
    """Articles with corrections, the latest correction first."""
    found = [
        (article, tuple(sorted(article.corrections, key=lambda note: note.date, reverse=True)))
        for article in articles
        if article.corrections
    ]
    return sorted(found, key=lambda pair: (-pair[1][0].date.timestamp(), pair[0].id))


def dead_addresses(wanted: Iterable[Wanted], planned: Callable[[str], bool]) -> list[Problem]:
    """A problem for each site address that somebody points at and no page answers."""
    return [
        Problem(
            path=want.source,
            line=want.reference.place.line,
            column=want.reference.place.column,
            message=say("link-to-no-page", target=want.reference.target),
            help=say("link-to-file"),
            warning=want.warning,
        )
        for want in wanted
        if not planned(want.address)
    ]


def _just_before(
    timeline: Sequence[Article], related: Mapping[str, tuple[str, ...]], same: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """For each article the `MORE` ones before it in its section, the nearest first, without its related stories.

    `same` are the ids of a story in its languages.
    """
    reach = MORE + sum(max(map(len, lists.values()), default=0) for lists in (related, same))
    latest: dict[str, list[str]] = {}
    found: dict[str, tuple[str, ...]] = {}
    for article in timeline:
        before = latest.setdefault(article.section, [])
        shown = (*related.get(article.id, ()), *same.get(article.id, ()))
        found[article.id] = tuple(id for id in before if id not in shown)[:MORE]
        latest[article.section] = [article.id, *before][:reach]
    return found
