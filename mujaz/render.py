"""Renders planned pages: one by its view, and many in workers; and the keys that show which are stale."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote

from markupsafe import Markup

from mujaz import emails, fonts, pictures, workers
from mujaz.errors import Problem, SiteError, say
from mujaz.fingerprint import Fingerprints, digest, file_digest
from mujaz.folding import FIGURE
from mujaz.frozen import Value, field, replace
from mujaz.holes import fill
from mujaz.kept import Artifacts
from mujaz.layouts import Layouts
from mujaz.machineviews import (
    BundleView,
    CardView,
    FeedEntry,
    FeedView,
    FileView,
    NewsSitemapView,
    OpmlView,
    SitemapView,
    TextView,
)
from mujaz.model import Config, Page
from mujaz.output import Staging
from mujaz.scan import changed_meanwhile
from mujaz.stamps import Stamp
from mujaz.store import Lost, Store, Written, decode
from mujaz.twins import twins
from mujaz.versions import version_of
from mujaz.views import ArticleView, BodyView, CorrectionNote, EmailView, Meta, Part, RedirectView, When

MIME = {"jpg": "image/jpeg", "webp": "image/webp", "png": "image/png", "avif": "image/avif", "gif": "image/gif"}
View = TypeVar("View")
PLAIN = ("asset", "static", "copy")  # recipes that are quick
# Parts of views that no two pages share: to remember their digests would keep the views of the whole site alive.
ALONE = (ArticleView, BodyView, CorrectionNote, Meta, Part, RedirectView, When)
FEW = 64  # pages that one process renders sooner than workers start and copy what they touch
FLUSHED = 4_000  # pages after which they are synced to the disk, while workers render the next
ROUND = 24_000  # pages that the same workers render: they copy all of the model that they touch
CHUNK = 128  # pages that a worker renders at a time: handing over a chunk takes as long as ten comparisons


class RenderedPage(Value):
    """A rendered page: its key, its file's stamp, whether it differs from the live file, what it was made from."""

    key: str
    stamp: Stamp
    changed: bool
    layout_digest: str
    parts: bytes  # digests of the view's fields
    companions: tuple[tuple[str, Stamp, bool], ...] = ()  # (path, stamp, changed) of the other files that it wrote


class Keys:
    """Makes the keys of pages: a key is the digest of all that decides a page's bytes."""

    def __init__(self, layouts: Layouts, code: str, precompress: bool) -> None:
        """`code` is a digest of the code."""
        self.fingerprints = Fingerprints(alone=ALONE)
        self._layouts, self._code, self._precompress = layouts, code, precompress
        self._heads: dict[tuple[str, str], bytes] = {}  # what goes into a key besides the view

    def layout_digest(self, page: Page) -> str:
        """Digest all that rendering the page reads besides its view and the code."""
        if page.layout:
            body = getattr(page.view, "body", None)  # the figure's layout draws its pictures
            figure = self._layouts.digest_of(FIGURE) if body and body.pictures else ""
            return self._layouts.digest_of(page.layout) + figure
        if isinstance(page.view, FeedView):
            return self._layouts.digest_of(FIGURE)
        return ""

    def of(self, page: Page) -> str:
        about = page.layout, self.layout_digest(page)
        head = self._heads.get(about)
        if head is None:
            head = self._heads[about] = digest(self._code, *about, self._precompress).encode()
        return self.fingerprints.beside(head, page.view)


def is_stale(path: str, key: str, written: Written | None, staging: Staging) -> bool:
    """Whether the live file, or a companion, was not made with this key, or somebody touched it since."""
    if written is None or written.key != key or not staging.is_live(path, written.stamp):
        return True
    companions = written.companions
    return bool(companions) and not all(staging.is_live(name, mark) for name, mark in companions.items())


class Renderer(Value):
    """Renders the pages of one build. It reads a page's view and what the view's digests name, nothing else."""

    root: Path
    config: Config
    layouts: Layouts
    store: Store
    artifacts: Artifacts
    bundles: Mapping[int, str]  # year → the key of its search bundle among the artifacts
    live: Mapping[str, Stamp]  # the output as it is
    sizes: Mapping[str, int] = field(default_factory=dict)  # bytes of the pictures that this build has written
    _opened: dict[int, dict[str, bytes]] = field(default_factory=dict)  # the bundle that was read last

    def outputs(self, page: Page) -> Iterator[tuple[str, bytes]]:
        """Yield (path, bytes) of every file that the page writes, its own first. Raises what `render` raises."""
        raw = self.render(page)
        yield page.path, raw
        if self.config.precompress:
            yield from twins(page.path, raw)

    def render(self, page: Page) -> bytes:
        """Return the page's bytes. Raises SiteError for a mistake in a layout, Lost where the store lost a body."""
        view = page.view
        if page.layout:
            body = getattr(view, "body", None)
            raw = self.layouts.render(page.layout, view, Markup(self._body(body)) if body else None)
            return emails.finished(raw, page.path, rtl=view.dir == "rtl") if isinstance(view, EmailView) else raw
        if isinstance(view, FileView):
            return self._file(view)
        if isinstance(view, FeedView):
            return self._feed(view, page.path)
        if isinstance(view, CardView):
            from mujaz import cards

            return self._made(view, cards.draw)
        if isinstance(view, BundleView):
            return self._of_bundle(view)
        if isinstance(view, TextView):
            return view.text.encode()
        from mujaz import feedxml, sitemap

        if isinstance(view, OpmlView):
            return feedxml.opml(view)
        if isinstance(view, SitemapView):
            return sitemap.sitemap(view)
        assert isinstance(view, NewsSitemapView), view
        return sitemap.news_sitemap(view)

    def _body(self, body: BodyView) -> str:
        return fill(self.store.body(body.digest), body, self.layouts.figure, self.layouts.words())

    def _file(self, view: FileView) -> bytes:
        if view.recipe == "asset":
            asset = self.layouts.assets[view.source]
            return fonts.made(asset.name, self.config.language) if asset.made else self.layouts.asset_bytes(asset)
        if view.recipe == "static":
            return self.layouts.static_bytes(view.source)
        if view.recipe == "copy":
            return self._source(view.source, view.digest)
        return self._picture(view)

    def _made(self, view: View, make: Callable[[View], bytes]) -> bytes:
        """Make an expensive artifact, unless the cache has it."""
        key = artifact_key(view)
        raw = self.artifacts.get(key)
        if raw is None:
            raw = make(view)
            self.artifacts.put(key, raw)
        return raw

    def _source(self, path: str, known: str) -> bytes:
        raw = (self.root / path).read_bytes()
        if file_digest(raw) != known:
            raise changed_meanwhile(path)
        return raw

    def _picture(self, view: FileView) -> bytes:
        """One file of a picture. If the cache lacks it, all files of that picture are made and cached."""
        raw = self.artifacts.get(artifact_key(view))
        if raw is not None:
            return raw
        try:
            made = pictures.make(self._source(view.source, view.digest), view.together)
        except pictures.PictureError as error:
            text = say("picture-wrong", picture=view.source, why=error.message)
            raise SiteError([Problem(path=view.source, message=text, help=error.help)]) from error
        for recipe, file in made.items():
            self.artifacts.put(artifact_key(replace(view, recipe=recipe)), file)
        return made[view.recipe]

    def _of_bundle(self, view: BundleView) -> bytes:
        """Return a file of a bundle. Raises Lost where it is not as it was made; the next attempt remakes it."""
        if view.year not in self._opened:
            raw = self.artifacts.get(self.bundles[view.year])
            self._opened.clear()
            self._opened[view.year] = decode(dict[str, bytes], raw) if raw is not None else {}
        found = self._opened[view.year].get(view.name, b"")
        if file_digest(found) != view.digest:
            raise Lost(f"the search bundle of {view.year}")
        return found

    # ------------------------------------------------------------ feeds

    def _feed(self, view: FeedView, path: str) -> bytes:
        from mujaz import feedjson, feedxml

        name = path.rpartition("/")[2]
        if name == "feed.json":
            return feedjson.json_feed(view, self._entry_body, self._size)
        css = self.layouts.assets.get("feed.css")
        stylesheet = f"{self.config.base_url}/{css.path}" if css else ""
        write: Mapping[str, Callable[..., bytes]] = {"feed.xml": feedxml.rss, "atom.xml": feedxml.atom}
        return write[name](view, self._entry_body, self._size, stylesheet)

    def _entry_body(self, entry: FeedEntry) -> str:
        return self._body(entry.body) if entry.body else ""

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
        from mujaz import cards

        return digest(version_of(*cards.MADE_BY), digest(view))
    return ""


# ---------------------------------------------------------------- many pages, in workers


Rendered = tuple[list[tuple[str, RenderedPage]], list[Problem]]  # what was rendered, by path; mistakes of layouts


def render_pages(
    stale: Sequence[Page],
    keys: Mapping[str, str],
    made_from: Keys,
    renderer: Renderer,
    staging: Staging,
    jobs: int,
    tell: Callable[[str, int, int], None],
) -> dict[str, RenderedPage]:
    """Render the `stale` pages, whose `keys` are by path, into the staging tree; returns them by path.

    `tell` hears ("render", done, of). Raises SiteError with the mistakes of layouts.
    """
    # Feeds tell the sizes of pictures, so pictures come first. Then what is slow to make, so that no worker ends late.
    by_rank: tuple[list[Page], ...] = ([], [], [])
    for page in stale:
        by_rank[_rank(page)].append(page)
    images, slow, rest = by_rank
    first, again = _one_of_each(images)
    if len(stale) <= FEW and not images:
        jobs = 1
    if jobs != 1:  # here, so that no worker need do it
        renderer.layouts.compile({page.layout for page in stale if page.layout})
    rendered: dict[str, RenderedPage] = {}
    flushed = 0
    for pages, alone in ((first, len(first)), (again, 0), *_rounds(slow + rest, len(slow))):
        renderer = replace(renderer, sizes={path: one.stamp[1] for path, one in rendered.items()})
        for some, problems in _in_workers(pages, alone, keys, made_from, renderer, staging, jobs):
            if problems:  # the pages to come would tell much the same
                raise SiteError(problems)
            rendered.update(some)
            tell("render", len(rendered), len(stale))
            if len(rendered) >= flushed + FLUSHED:
                staging.flush()
                flushed = len(rendered)
    return rendered


def _one_of_each(images: Sequence[Page]) -> tuple[list[Page], list[Page]]:
    """One page of each picture, whose worker makes all its files; and the others, which then find theirs."""
    seen: set[str] = set()
    first: list[Page] = []
    again: list[Page] = []
    for page in images:
        source = page.view.source if isinstance(page.view, FileView) else page.path
        (again if source in seen else first).append(page)
        seen.add(source)
    return first, again


def _rounds(pages: Sequence[Page], alone: int) -> Iterator[tuple[Sequence[Page], int]]:
    """Divide the pages so that workers, forked anew for each round, keep memory low; and how many go one by one."""
    for start in range(0, len(pages), ROUND):
        yield pages[start : start + ROUND], max(0, alone - start)


def _in_workers(
    pages: Sequence[Page],
    alone: int,
    keys: Mapping[str, str],
    made_from: Keys,
    renderer: Renderer,
    staging: Staging,
    jobs: int,
) -> Iterator[Rendered]:
    def render_some(chunk: range) -> Rendered:
        rendered: list[tuple[str, RenderedPage]] = []
        problems: list[Problem] = []
        for page in (pages[n] for n in chunk):
            try:
                files = [(path, *staging.write(path, raw)) for path, raw in renderer.outputs(page)]
            except SiteError as error:
                problems += error.problems
                continue
            (_, stamp, changed), *companions = files
            one = RenderedPage(
                key=keys[page.path],
                stamp=stamp,
                changed=changed,
                layout_digest=made_from.layout_digest(page),
                parts=made_from.fingerprints.sums(page.view),
                companions=tuple(companions),
            )
            rendered.append((page.path, one))
        return rendered, problems

    if jobs == 1:
        alone = 0  # one chunk tells all mistakes of a few pages
    return workers.map(render_some, len(pages), size=CHUNK, jobs=jobs, alone=alone)


def _rank(page: Page) -> int:
    if page.layout:
        return 2
    view = page.view
    if isinstance(view, FileView):
        return 1 if view.recipe in PLAIN else 0
    if isinstance(view, CardView):
        return 0
    return 1 if isinstance(view, FeedView) else 2
