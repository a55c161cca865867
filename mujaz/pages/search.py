"""The search page, the files of its index, and a file of each story for its results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mujaz.messages.message import say
from mujaz.model.file_views import SearchShardView, SearchTableView
from mujaz.model.fingerprint import digest
from mujaz.model.page import Page
from mujaz.model.service_views import Choice, SearchView
from mujaz.model.views import Link
from mujaz.pages.common import Frame
from mujaz.search.records import IndexedYear

FOLDER = "search/"
STORIES = FOLDER + "stories/"
LETTERS = 12  # of a digest, in the name of a file


def plan(frame: Frame, years: Sequence[IndexedYear]) -> Iterator[Page]:
    """The search page, and what its script asks for.

    The page names the tables of the years, and a table its shards, each with a digest in its name: what a reader loads
    belongs together, whatever is deployed meanwhile.
    """
    if not frame.config.search:
        return
    tables: list[Link] = []
    for year in years:
        *shards, table = _index_of(year)
        yield from (*shards, table)
        number = frame.calendar.digits(str(year.year))
        tables.append(Link(text=number, url=frame.url(table.path)))
        for story in year.stories:
            yield Page(path=f"{STORIES}{story.id}.json", layout="", view=story, origin=say("origin-search"))
    titles = frame.titles
    view = SearchView(
        chrome=frame.chrome,
        meta=frame.meta(titles["search_title"], FOLDER, index=False),
        crumbs=(frame.home,),
        stories=frame.url(STORIES),
        tables=tuple(tables),
        sections=tuple(
            Choice(text=section.name, value=section.key)
            for section in frame.config.sections
            if frame.site.sections[section.key]
        ),
    )
    yield Page(path=f"{FOLDER}index.html", layout="search.html", view=view, origin=say("origin-search"))


def _index_of(year: IndexedYear) -> Iterator[Page]:
    """The files of a year's index, its table last."""
    names = []
    for shard, parts in enumerate(zip(*(part.shards for part in year.parts), strict=True)):
        page = _named(SearchShardView(year=year.year, shard=shard, parts=parts), year.year)
        names.append(page.path.rpartition("/")[2])
        yield page
    rows = tuple(part.rows for part in year.parts)
    yield _named(SearchTableView(year=year.year, parts=rows, shards=tuple(names)), year.year)


def _named(view: SearchShardView | SearchTableView, year: int) -> Page:
    path = f"{FOLDER}{year}/{digest(view)[:LETTERS]}.json"
    return Page(path=path, layout="", view=view, origin=say("origin-search"))
