"""Search: which stories are in which year's bundle, and the page that asks them.

A bundle's files have names that only indexing tells, so bundles are made, or found again, before the plan; from there
on each file is planned, rendered, healed and pruned like any other. A year whose stories have not moved is not indexed.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

from mujaz import arabic, bundles, holes, workers
from mujaz.bundles import Record
from mujaz.fingerprint import Fingerprints, file_digest
from mujaz.frame import Frame
from mujaz.frozen import Struct
from mujaz.groups import by
from mujaz.kept import Kept
from mujaz.machineviews import BundleView
from mujaz.model import Article, Page
from mujaz.site import Site
from mujaz.store import Store, decode, encode
from mujaz.versions import version_of
from mujaz.views import Choice, Link, SearchView

FOLDER = "search/"


class Bundle(Struct, frozen=True, kw_only=True):
    """A year's bundle: the key under which its files are kept, and the name and digest of each.

    One that is `behind` does not know what moved since it was made.
    """

    year: int
    key: str
    files: tuple[tuple[str, str], ...]
    behind: bool = False


def make_bundles(
    site: Site, labels: dict[str, str], store: Store, kept: Kept, jobs: int, *, put_off: bool = False
) -> tuple[Bundle, ...]:
    """The bundles of all years with a story, newest first; only those are indexed of which something moved.

    With `put_off` a year that moved keeps the bundle that was made for it last, where there is one, and a later build
    must finish it: indexing a year of 2,864 stories takes 8 s, all else 2 s, and `serve` shows the page first.
    """
    years = by(site.shelf.published, lambda article: site.day_of[article.source].year)
    records = {
        year: tuple(_record(site, article, labels) for article in sorted(years[year], key=lambda article: article.id))
        for year in sorted(years, reverse=True)
    }
    made_by = (version_of(*bundles.MADE_BY), zlib.ZLIB_RUNTIME_VERSION, site.config.language)
    fingerprint = Fingerprints().digest
    keys = {year: fingerprint(made_by, found) for year, found in records.items()}
    files = {year: _files(kept, key) for year, key in keys.items()}
    notes = {year: fingerprint("the last bundle", made_by, year) for year in years}
    missing = [year for year, found in files.items() if found is None]
    behind = set()
    for year in list(missing) if put_off else ():
        older = (kept.get(notes[year]) or b"").decode()
        if older and (found := _files(kept, older)) is not None:
            keys[year], files[year] = older, found
            behind.add(year)
            missing.remove(year)

    def index_some(chunk: range) -> list[tuple[tuple[str, str], ...]]:
        found = []
        for year in (missing[n] for n in chunk):
            found.append(_index(keys[year], records[year], site.config.language, store, kept))
            kept.put(notes[year], keys[year].encode())
        return found

    fresh = workers.in_chunks(index_some, len(missing), size=1, jobs=jobs)
    files |= zip(missing, (found for results in fresh for found in results), strict=True)
    return tuple(
        Bundle(year=year, key=keys[year], files=found or (), behind=year in behind) for year, found in files.items()
    )


def _record(site: Site, article: Article, labels: dict[str, str]) -> Record:
    story = site.stories[article.id]
    return Record(
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
    )


def _index(key: str, records: Sequence[Record], language: str, store: Store, kept: Kept) -> tuple[tuple[str, str], ...]:
    texts = [(record, holes.plain(store.body(record.body)) if record.body else "") for record in records]
    found = bundles.index(texts, language)
    files = tuple((name, file_digest(raw)) for name, raw in sorted(found.items()))
    kept.put(key, encode(found))
    kept.put(_list_of(key), encode(files))
    return files


def _files(kept: Kept, key: str) -> tuple[tuple[str, str], ...] | None:
    """(name, digest) of the files of a bundle that is kept."""
    raw = kept.get(_list_of(key)) if kept.holds(key) else None
    return decode(tuple[tuple[str, str], ...], raw) if raw is not None else None


def _list_of(key: str) -> str:
    return file_digest(key.encode())


def kept_as(made: Sequence[Bundle]) -> Iterator[str]:
    """The keys of all that is kept of bundles."""
    for bundle in made:
        yield from (bundle.key, _list_of(bundle.key))


def plan(frame: Frame, made: Sequence[Bundle]) -> Iterator[Page]:
    """The search page and the files of the bundles; Pagefind's script, which is the same in all, stands above them."""
    if not frame.config.search:
        return
    titles, folders = frame.titles, [f"{FOLDER}{bundle.year}/" for bundle in made]
    number = frame.config.digits
    view = SearchView(
        chrome=frame.chrome,
        meta=frame.meta(titles["search_title"], FOLDER, index=False),
        crumbs=(frame.home,),
        engine=frame.url(FOLDER + bundles.ENGINE),
        bundles=tuple(
            Link(text=arabic.digits(str(bundle.year), number), url=frame.url(folder))
            for bundle, folder in zip(made, folders, strict=True)
        ),
        sections=tuple(
            Choice(text=section.name, value=bundles.section_word(section.key))
            for section in frame.config.sections
            if frame.site.sections[section.key]
        ),
    )
    yield Page(path=f"{FOLDER}index.html", layout="search.html", view=view, origin="the search page")
    for bundle, folder in zip(made, folders, strict=True):
        for name, digest in bundle.files:
            if name != bundles.ENGINE:
                file = BundleView(year=bundle.year, name=name, digest=digest)
                yield Page(path=folder + name, layout="", view=file, origin=f"the search bundle of {bundle.year}")
    for bundle in made[:1]:
        file = BundleView(year=bundle.year, name=bundles.ENGINE, digest=dict(bundle.files)[bundles.ENGINE])
        yield Page(path=FOLDER + bundles.ENGINE, layout="", view=file, origin="search")
