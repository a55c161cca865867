"""Sections, tags, authors, series, days, months and years: who stands together, and in which order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import TypeVar

from mujaz.arabic.normalize import collation_key
from mujaz.arabic.slugs import name_key
from mujaz.frozen import Value
from mujaz.model.content import Article

Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item")
Week = tuple[int, int]  # ISO year and week


def site_order(article: Article, zone: tzinfo) -> tuple[int, int, float, str]:
    """Local day, newest first; within a day weight, then time, newest first, then id."""
    local = article.published.astimezone(zone)
    return (-local.date().toordinal(), -article.weight, -article.published.timestamp(), article.id)


def time_order(article: Article) -> tuple[datetime, str]:
    """Oldest first."""
    return (article.published, article.id)


def local_day(article: Article, zone: tzinfo) -> date:
    return article.published.astimezone(zone).date()


def week_of(day: date, first_weekday: int) -> Week:
    """The week of a day, named as the ISO week that most of its days are in. `first_weekday`: 0 is Monday."""
    year, week, _ = (day + timedelta(days=-first_weekday % 7)).isocalendar()
    return year, week


def by(articles: Iterable[Article], key: Callable[[Article], Key]) -> dict[Key, list[Article]]:
    """Articles by a key that each has one of; the order within a group is the order given."""
    found: defaultdict[Key, list[Article]] = defaultdict(list)
    for article in articles:
        found[key(article)].append(article)
    return dict(found)


class NameGroup(Value):
    """A tag, an author or a series: its key, how it is shown, how its oldest article writes it, its articles."""

    key: str
    name: str
    oldest: str
    articles: tuple[Article, ...]


def by_name(articles: Sequence[Article], names: Callable[[Article], Sequence[str]]) -> list[NameGroup]:
    """Articles by tag, author or series; spellings of one key (`name_key`) are one name.

    The name shown is the most frequent spelling, ties in code-point order. Names come in Arabic alphabetical order.
    """
    spelt: defaultdict[str, list[Article]] = defaultdict(list)
    for article in articles:
        for name in dict.fromkeys(names(article)):
            spelt[name].append(article)
    spellings: defaultdict[str, list[str]] = defaultdict(list)
    for name in spelt:
        spellings[name_key(name)].append(name)
    place = {article.source: n for n, article in enumerate(articles)}
    groups = []
    for key, ways in spellings.items():
        found = {article.source: article for way in ways for article in spelt[way]}
        groups.append(
            NameGroup(
                key=key,
                name=min(ways, key=lambda way: (-len(spelt[way]), way)),
                oldest=min((min(map(time_order, spelt[way])), way) for way in ways)[1],
                articles=tuple(sorted(found.values(), key=lambda article: place[article.source])),
            )
        )
    return sorted(groups, key=lambda group: (collation_key(group.name), group.key))


def around(items: Sequence[Item]) -> Iterator[tuple[Item | None, Item, Item | None]]:
    """Each with the one before and the one after it."""
    for (before, here), (_, after) in pairwise(pairwise([None, *items, None])):
        assert here is not None
        yield before, here, after
