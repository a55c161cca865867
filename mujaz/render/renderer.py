"""Renders planned pages: one by its view, and many in workers; and the keys that show which are stale."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

from markupsafe import Markup

from mujaz import workers
from mujaz.assets import pictures
from mujaz.cache.artifacts import Artifacts
from mujaz.cache.store import Lost, Store, decode
from mujaz.cache.versions import version_of
from mujaz.content.data_files import parse
from mujaz.files.stamps import Stamp, changed_meanwhile
from mujaz.files.whole import read_known
from mujaz.frozen import Value, field, replace
from mujaz.layouts.layouts import Layouts, face_digest
from mujaz.markdown_body.placeholders import fill, plain
from mujaz.messages.errors import Problem, SiteError
from mujaz.messages.message import say
from mujaz.model.file_views import (
    CardView,
    FeedEntry,
    FeedView,
    FileView,
    IconView,
    NewsSitemapView,
    OpmlView,
    SearchShardView,
    SearchStoryView,
    SearchTableView,
    SitemapView,
    TextView,
)
from mujaz.model.fingerprint import digest, file_digest
from mujaz.model.page import Page
from mujaz.model.service_views import EmailView
from mujaz.model.settings import Config
from mujaz.model.views import BodyView, DataFile
from mujaz.search.index import Part, joined, shown, table

MIME = {"jpg": "image/jpeg", "webp": "image/webp", "png": "image/png", "avif": "image/avif", "gif": "image/gif"}
View = TypeVar("View")
PLAIN = ("asset", "static", "copy")  # recipes that are quick


class Renderer(Value):
    """Renders the pages of one build. It reads a page's view and what the view's digests name, nothing else."""

    root: Path
    config: Config
    layouts: Layouts
    store: Store
    artifacts: Artifacts
    search: Mapping[int, tuple[str, ...]]  # year → the keys of the parts of its search index among the artifacts
    live: Mapping[str, Stamp]  # the output as it is
    sizes: Mapping[str, int] = field(default_factory=dict)  # bytes of the pictures that this build has written
    _parsed: dict[tuple[str, str], Any] = field(default_factory=dict)  # path and digest of a file of data → its data
    _items: dict[tuple[object, ...], Any] = field(default_factory=dict)  # of feeds, see `FeedItems`
    _opened: dict[int, list[Part]] = field(default_factory=dict)  # the year of the index that was read last

    def outputs(self, page: Page) -> Iterator[tuple[str, bytes]]:
        """Yield (path, bytes) of every file that the page writes, its own first. Raises what `render` raises."""
        raw = self.render(page)
        yield page.path, raw
        if self.config.precompress:
            from mujaz.render.compress import compressed_copies

            yield from compressed_copies(page.path, raw)

    def render(self, page: Page) -> bytes:
        """Return the page's bytes. Raises SiteError for a mistake in a layout, Lost where the store lost a body."""
        view = page.view
        if page.layout:
            body = getattr(view, "body", None)
            data = {one.name: self._data(one) for one in getattr(view, "data", ())}
            layouts = self.layouts.of(view)
            raw = layouts.render(page.layout, view, Markup(self._body(body, layouts)) if body else None, data)
            if isinstance(view, EmailView):
                from mujaz.render import email

                return email.finished(raw, page.path, rtl=view.dir == "rtl")
            return raw
        if isinstance(view, FileView):
            return self._file(view)
        if isinstance(view, FeedView):
            return self._feed(view, page.path)
        if isinstance(view, CardView):
            from mujaz.assets import cards

            return self._made(view, cards.draw)
        if isinstance(view, SearchStoryView):
            return shown(view, plain(self.store.body(view.body), view.quotes) if view.body else "")
        if isinstance(view, SearchShardView | SearchTableView):
            return self._of_index(view)
        if isinstance(view, IconView):
            return self._icon(view)
        if isinstance(view, TextView):
            return view.text.encode()
        from mujaz.feeds import rss_atom, sitemap

        if isinstance(view, OpmlView):
            return rss_atom.opml(view)
        if isinstance(view, SitemapView):
            return sitemap.sitemap(view)
        assert isinstance(view, NewsSitemapView), view
        return sitemap.news_sitemap(view)

    def _data(self, file: DataFile) -> Any:
        known = file.path, file.digest  # the same bytes mean one thing as CSV and another as JSON
        if known not in self._parsed:
            self._parsed[known] = parse(file.path, read_known(self.root, file.path, file.digest))
        return self._parsed[known]

    def _body(self, body: BodyView, layouts: Layouts) -> str:
        html = self.store.body(body.digest)
        return fill(html, body, layouts.figure, layouts.player, layouts.words(), layouts.entry)

    def _file(self, view: FileView) -> bytes:
        if view.recipe == "asset":
            return self._asset(view)
        if view.recipe == "static":
            return self._static(view.source, view.digest)
        if view.recipe == "copy":
            return read_known(self.root, view.source, view.digest)
        return self._picture(view)

    def _asset(self, view: FileView) -> bytes:
        asset = self.layouts.assets[view.source]
        raw = self.layouts.face(asset) if asset.made else self.layouts.asset_bytes(asset)
        now = face_digest(asset, self.config, self.layouts.sources) if asset.made else file_digest(raw)
        if now != view.digest:
            raise self._changed(f"assets/{asset.name}")
        return raw

    def _static(self, name: str, known: str) -> bytes:
        raw = self.layouts.static_bytes(name)
        if file_digest(raw) != known:
            raise self._changed(f"static/{name}")
        return raw

    def _changed(self, name: str) -> OSError:
        """A file of the layouts has other bytes than those that the keys of pages were made of."""
        return changed_meanwhile(f"{self.config.layouts}/{name}")

    def _made(self, view: View, make: Callable[[View], bytes]) -> bytes:
        """Make an expensive artifact, unless the cache has it."""
        key = artifact_key(view)
        raw = self.artifacts.get(key)
        if raw is None:
            raw = make(view)
            self.artifacts.put(key, raw)
        return raw

    def _picture(self, view: FileView) -> bytes:
        """One file of a picture. If the cache lacks it, all files of that picture are made and cached."""
        raw = self.artifacts.get(artifact_key(view))
        if raw is not None:
            return raw
        try:
            with workers.limited() as begin:
                begin(view.source)
                made = pictures.make(read_known(self.root, view.source, view.digest), view.together)
        except workers.OutOfTime:
            text = say("picture-takes-too-long", n=round(workers.LAST_RESORT))
            raise SiteError([Problem(path=view.source, message=text, help=say("export-again"))]) from None
        except pictures.PictureError as error:
            text = say("picture-wrong", picture=view.source, why=error.message)
            raise SiteError([Problem(path=view.source, message=text, help=error.help)]) from error
        for recipe, file in made.items():
            self.artifacts.put(artifact_key(replace(view, recipe=recipe)), file)
        return made[view.recipe]

    def _icon(self, view: IconView) -> bytes:
        from mujaz.assets import icons

        try:
            return icons.draw(view, self._static(view.source, view.digest) if view.source else b"")
        except pictures.PictureError as error:
            text = say("picture-wrong", picture=view.source, why=error.message)
            raise SiteError([Problem(path="config.yaml", message=text, help=error.help)]) from error

    def _of_index(self, view: SearchShardView | SearchTableView) -> bytes:
        """Return a file of the search index. Raises Lost where a part is not as it was made; it is then made anew."""
        if view.year not in self._opened:
            self._opened.clear()
            raws = map(self.artifacts.get, self.search[view.year])
            self._opened[view.year] = [decode(Part, raw) for raw in raws if raw is not None]
        made = self._opened[view.year]
        if isinstance(view, SearchTableView):
            found = [part.rows for part in made]
            raw = table(found, view.shards)
        else:
            found = [part.shards[view.shard] for part in made]
            raw = joined(found)
        if tuple(map(file_digest, found)) != view.parts:
            raise Lost(f"the search index of {view.year}")
        return raw

    # ------------------------------------------------------------ feeds

    def _feed(self, view: FeedView, path: str) -> bytes:
        from mujaz.feeds import json_feed, rss_atom
        from mujaz.feeds.entries import FeedItems

        items = FeedItems(self._entry_body, self._size, self._items).of(view)
        name = path.rpartition("/")[2]
        if name == "feed.json":
            return json_feed.json_feed(view, items)
        css = self.layouts.assets.get("feed.css")
        stylesheet = f"{self.config.base_url}/{css.path}" if css else ""
        write: Mapping[str, Callable[..., bytes]] = {"feed.xml": rss_atom.rss, "atom.xml": rss_atom.atom}
        return write[name](view, items, stylesheet)

    def _entry_body(self, entry: FeedEntry) -> str:
        """The body of a feed's entry, its furniture in the words of its story."""
        return self._body(entry.body, self.layouts.speaking(entry.story.lang)) if entry.body else ""

    def _size(self, url: str) -> tuple[int, str]:
        """Return (bytes, MIME type) of a picture of the site by its address. Pictures are written before feeds."""
        path = unquote(url.removeprefix(self.config.base_url).removeprefix(self.config.base_path)).lstrip("/")
        # The live file where this build did not write it; the second tree may hold an older one.
        size = self.sizes[path] if path in self.sizes else self.live[path][1]
        return size, MIME[path.rpartition(".")[2]]


def artifact_key(view: object) -> str:
    """Return the key under which other builds find the bytes made from `view`; empty where they are not cached."""
    if isinstance(view, FileView) and view.recipe not in PLAIN:
        return digest(version_of(*pictures.MADE_BY), view.digest, view.recipe)
    if isinstance(view, CardView):
        from mujaz.assets import cards

        return digest(version_of(*cards.MADE_BY), digest(view))
    return ""
