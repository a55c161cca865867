"""Sections, tags, authors, series, days, months and years: who stands together, and in which order."""

from __future__ import annotations

from collections import Counter, defaultdict
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


def by_name(articles: Iterable[Article], names: Callable[[Article], Sequence[str]]) -> list[NameGroup]:
    """Articles by tag, author or series; spellings of one key (`name_key`) are one name.

    The name shown is the most frequent spelling, ties in code-point order. Names come in Arabic alphabetical order.
    """
    found: defaultdict[str, list[Article]] = defaultdict(list)
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    oldest: dict[str, tuple[tuple[datetime, str], str]] = {}
    for article in articles:
        for name in dict.fromkeys(names(article)):
            key = name_key(name)
            spellings[key][name] += 1
            if not found[key] or found[key][-1] is not article:
                found[key].append(article)
            written = (time_order(article), name)
            oldest[key] = min(oldest.get(key, written), written)
    shown = {key: min(counts, key=lambda name: (-counts[name], name)) for key, counts in spellings.items()}
    return [
        NameGroup(key=key, name=shown[key], oldest=oldest[key][1], articles=tuple(found[key]))
        for key in sorted(found, key=lambda key: (collation_key(shown[key]), key))
    ]


def around(items: Sequence[Item]) -> Iterator[tuple[Item | None, Item, Item | None]]:
    """Each with the one before and the one after it."""
    for (before, here), (_, after) in pairwise(pairwise([None, *items, None])):
        assert here is not None
        yield before, here, after
