"""The search page and the files of its bundles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mujaz.arabic import normalize
from mujaz.model.file_views import BundleView
from mujaz.model.page import Page
from mujaz.model.service_views import Choice, SearchView
from mujaz.model.views import Link
from mujaz.pages.common import Frame
from mujaz.search import pagefind
from mujaz.search import records as search_records
from mujaz.search.records import Bundle

FOLDER = "search/"


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
        engine=frame.url(FOLDER + pagefind.ENGINE),
        bundles=tuple(
            Link(text=normalize.digits(str(bundle.year), number), url=frame.url(folder))
            for bundle, folder in zip(made, folders, strict=True)
        ),
        sections=tuple(
            Choice(text=section.name, value=search_records.section_word(section.key))
            for section in frame.config.sections
            if frame.site.sections[section.key]
        ),
    )
    yield Page(path=f"{FOLDER}index.html", layout="search.html", view=view, origin="the search page")
    for bundle, folder in zip(made, folders, strict=True):
        for name, digest in bundle.files:
            if name != pagefind.ENGINE:
                file = BundleView(year=bundle.year, name=name, digest=digest)
                yield Page(path=folder + name, layout="", view=file, origin=f"the search bundle of {bundle.year}")
    for bundle in made[:1]:
        file = BundleView(year=bundle.year, name=pagefind.ENGINE, digest=dict(bundle.files)[pagefind.ENGINE])
        yield Page(path=FOLDER + pagefind.ENGINE, layout="", view=file, origin="search")
