"""Indexes the stories of a site for the search, in parts of five days: an edit indexes only the part of its story.

Files are named by digests of the parts, so parts are made, or found in the cache, before the plan. After that each
file is planned, rendered, healed and pruned like any other. Only dates in the content decide which part a story is in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain

from mujaz import workers
from mujaz.arabic.direction import direction_of
from mujaz.cache.artifacts import Artifacts
from mujaz.cache.store import Store, decode, encode
from mujaz.cache.versions import version_of
from mujaz.markdown_body import placeholders
from mujaz.model.content import Article
from mujaz.model.file_views import SearchStoryView
from mujaz.model.fingerprint import digest, file_digest
from mujaz.search import index
from mujaz.search.records import IndexedPart, IndexedYear
from mujaz.site.groups import by, time_order
from mujaz.site.site import Site

FEW = 256  # stories that one process indexes faster than workers start
ROUND = 64  # parts that a worker indexes at a time, where they are small


def index_search(
    site: Site, labels: dict[str, str], store: Store, artifacts: Artifacts, jobs: int
) -> tuple[IndexedYear, ...]:
    """Return the index of each year with a story, newest first; index only the parts in which something changed."""
    if not site.config.search:
        return ()
    articles = sorted(site.selection.published, key=time_order)
    years = by(articles, lambda article: site.day_of[article.source].year)
    stories = {year: [_story(site, article, labels) for article in years[year]] for year in sorted(years, reverse=True)}
    parts = {year: _divided(site, years[year], stories[year]) for year in stories}
    made_by = version_of(*index.MADE_BY)
    shards = {year: index.shards_for(len(found)) for year, found in stories.items()}
    keys = {year: [digest(made_by, shards[year], part) for part in found] for year, found in parts.items()}

    known = {key: _known(artifacts, key) for key in chain.from_iterable(keys.values())}
    missing = [
        (key, part, shards[year])
        for year in stories
        for key, part in zip(keys[year], parts[year], strict=True)
        if known[key] is None
    ]

    def index_some(chunk: range) -> list[IndexedPart]:
        return [_index(*missing[n], store, artifacts) for n in chunk]

    if sum(len(part) for _, part, _ in missing) <= FEW:
        jobs = 1
    size = max(1, min(ROUND, len(missing) // 8))
    fresh = chain.from_iterable(workers.map(index_some, len(missing), size=size, jobs=jobs))
    known |= {part.key: part for part in fresh}
    return tuple(
        IndexedYear(year=year, stories=tuple(stories[year]), parts=tuple(filter(None, map(known.get, keys[year]))))
        for year in stories
    )


def _divided(
    site: Site, articles: Sequence[Article], stories: Sequence[SearchStoryView]
) -> list[tuple[SearchStoryView, ...]]:
    """Divide the stories of a year, the oldest first, into sixths of months."""

    def sixth(day: date) -> tuple[int, int]:
        return day.month, min((day.day - 1) // 5, 5)

    found: dict[tuple[int, int], list[SearchStoryView]] = {}
    for article, story in zip(articles, stories, strict=True):
        found.setdefault(sixth(site.day_of[article.source]), []).append(story)
    return list(map(tuple, found.values()))


def _story(site: Site, article: Article, labels: Mapping[str, str]) -> SearchStoryView:
    story = site.stories[article.id]
    return SearchStoryView(
        id=article.id,
        url=story.url,
        title=story.title,
        summary=story.summary if "summary" in article.places else "",
        body=article.body_digest,
        more=(*article.tags, *article.authors, *((article.series,) if article.series else ())),
        section=article.section,
        section_name=story.section.text,
        date=story.published.date,
        iso=story.published.iso,
        label=labels.get(story.label, ""),
        lang=story.lang,
        dir=story.dir,
        quotes=site.config.quotes,
        rtl=(story.dir or direction_of(site.config.language)) == "rtl",
    )


def _index(
    key: str, stories: Sequence[SearchStoryView], shards: int, store: Store, artifacts: Artifacts
) -> IndexedPart:
    # Only what is shown has the site's quotes: to the index they are all one.
    texts = ((story, placeholders.plain(store.body(story.body)) if story.body else "") for story in stories)
    made = index.index(texts, shards)
    part = IndexedPart(key=key, rows=file_digest(made.rows), shards=tuple(map(file_digest, made.shards)))
    artifacts.put(key, encode(made))
    artifacts.put(_digests_of(key), encode(part))
    return part


def _known(artifacts: Artifacts, key: str) -> IndexedPart | None:
    """Return the cached shards and digests of a part; None where the cache does not have them."""
    raw = artifacts.get(_digests_of(key)) if artifacts.holds(key) else None
    return decode(IndexedPart, raw) if raw is not None else None


def _digests_of(key: str) -> str:
    """The key of a part's digests among the artifacts, from the part's key."""
    return file_digest(key.encode())


def artifact_keys(years: Sequence[IndexedYear]) -> Iterator[str]:
    """Yield the keys of all artifacts of these years."""
    for year in years:
        for part in year.parts:
            yield from (part.key, _digests_of(part.key))
