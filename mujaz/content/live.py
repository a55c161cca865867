"""Gives the entries of a live story their times, and the story the time of its newest entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from mujaz.content.options import Options
from mujaz.frozen import replace
from mujaz.messages.errors import Problem
from mujaz.messages.message import say
from mujaz.model.content import Article, Entry
from mujaz.yaml_values.datetimes import NotADate, parse_moment


def with_entries(article: Article, entries: Sequence[Entry], options: Options, problems: list[Problem]) -> Article:
    """The live story with its entries. Appends an error to `problems` for a date out of range, and a warning
    where an entry seems to be of the next day.

    The time of the newest entry is the story's `updated`, which pages, feeds and sitemaps show.
    """
    known = tuple(_with_moments(article, entries, options, problems))
    if not known:
        return article
    if "date" not in article.days:
        problems += [_too_early(article, entry) for entry in known if _is_too_early(article, entry)]
    newest = max(entry.moment for entry in known if entry.moment is not None)
    if newest <= (article.updated or article.published):
        return replace(article, entries=known)
    return replace(article, entries=known, updated=newest, days=tuple(key for key in article.days if key != "updated"))


def _with_moments(
    article: Article, entries: Sequence[Entry], options: Options, problems: list[Problem]
) -> Iterator[Entry]:
    for entry in entries:
        try:
            yield replace(entry, moment=parse_moment(entry.local, options.timezone))
        except NotADate as trouble:
            text = say("wrong-date", key="##", value=entry.local, why=trouble.message)
            at = entry.place
            problems.append(
                Problem(path=article.source, line=at.line, column=at.column, message=text, help=trouble.help)
            )


def _is_too_early(article: Article, entry: Entry) -> bool:
    """Whether an entry without a day is older than its story: after midnight an editor has to write the day too."""
    return not entry.dated and entry.moment is not None and entry.moment < article.published


def _too_early(article: Article, entry: Entry) -> Problem:
    day, _, time = entry.local.partition(" ")
    following = date.fromisoformat(day) + timedelta(days=1)
    return Problem(
        path=article.source,
        line=entry.place.line,
        column=entry.place.column,
        message=say("entry-before-story", time=time),
        help=say("write-entry-day", line=f"## {following.isoformat()} {time}"),
        warning=True,
    )
