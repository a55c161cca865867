"""A planned page to its bytes: which renderer makes which kind of view; and many pages, in workers."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote

from markupsafe import Markup

from mujaz import emails, fonts, pictures, workers
from mujaz.errors import Problem, SiteError, quoted
from mujaz.fingerprint import Fingerprints, digest, file_digest
from mujaz.folding import FIGURE
from mujaz.frozen import Struct, field, replace
from mujaz.holes import fill
from mujaz.kept import Kept
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
from mujaz.matter import ArticleMatter, RedirectMatter
from mujaz.model import Article, Config, Page
from mujaz.output import Staging
from mujaz.scan import changed_meanwhile
from mujaz.stamps import Stamp
from mujaz.store import Lost, Store, Written, decode
from mujaz.twins import twins
from mujaz.versions import version_of
from mujaz.views import BodyView, CorrectionNote, EmailView, Meta, Part, When

MIME = {"jpg": "image/jpeg", "webp": "image/webp", "png": "image/png", "avif": "image/avif", "gif": "image/gif"}
View = TypeVar("View")
PLAIN = ("asset", "static", "copy")  # recipes that are quick
# Parts of views that no two pages share: remembering their digests would hold the views of the whole site.
ALONE = (ArticleMatter, BodyView, CorrectionNote, Meta, Part, RedirectMatter, When)
MANY = 256  # stale pages from which on, if they are half of those looked at, a build counts as one of everything
FEW = 64  # pages that are rendered sooner than workers have compiled their layouts, each for itself
MANY_KEYS = 2_000  # so many are made while a process is begun, and its memory copied
FLUSHED = 4_000  # pages after which they are brought to the disk, while workers render the next
ROUND = 24_000  # pages that the same workers render: all of the model that they touch is copied
CHUNK = 128  # pages that a worker renders at a time: handing over a chunk takes as long as comparing ten pages


class Made(Struct, frozen=True, kw_only=True):
    """A rendered page: its key, its file's stamp, whether it differs from the live one, what it was made from."""

    key: str
    stamp: Stamp
    anew: bool
    ground: str
    parts: bytes
    beside: tuple[tuple[str, Stamp, bool], ...] = ()  # (path, stamp, anew) of the other files that the page wrote


class Keys:
    """Keys of pages: a digest of all that decides a page's bytes."""

    def __init__(self, layouts: Layouts, prints: Fingerprints, code: str, precompress: bool) -> None:
        """`code` is a digest of the code."""
        self.prints = prints
        self._layouts, self._code, self._precompress = layouts, code, precompress
        self._heads: dict[tuple[str, str], bytes] = {}  # what goes into a key besides the view

    def ground(self, page: Page, matter: object) -> str:
        """Digest of all that rendering the page reads, besides what its view is made from, and the code."""
        if page.layout:
            body = getattr(matter, "body", None)  # its pictures are drawn by the figure's layout
            figure = self._layouts.digest_of(FIGURE) if body and body.pictures else ""
            return self._layouts.digest_of(page.layout) + figure
        if isinstance(matter, FeedView):
            return self._layouts.digest_of(FIGURE)
        return ""

    def of(self, page: Page, matter: object) -> str:
        about = page.layout, self.ground(page, matter)
        head = self._heads.get(about)
        if head is None:
            head = self._heads[about] = digest(self._code, *about, self._precompress).encode()
        return self.prints.beside(head, matter)


class Renderer(Struct, frozen=True, kw_only=True):
    """Renders pages of one build. Rendering reads the page's view and what the view's digests name, nothing else."""

    root: Path
    config: Config
    layouts: Layouts
    store: Store
    kept: Kept
    bundles: Mapping[int, str]  # year → the key by which its search bundle is kept
    staging: Staging
    held: Mapping[str, Written]  # the output as the last build left it
    keys: Keys
    sizes: dict[str, int] = field(default_factory=dict)  # bytes of the files that this build has written so far
    _opened: dict[int, dict[str, bytes]] = field(default_factory=dict)  # the bundle that was read last

    def outputs(self, page: Page, view: object) -> Iterator[tuple[str, bytes]]:
        """(path, bytes) of every file that the page writes, its own first. Raises what `render` raises."""
        raw = self.render(page, view)
        yield page.path, raw
        if self.config.precompress:
            yield from twins(page.path, raw)

    def is_stale(self, path: str, key: str) -> bool:
        """Whether the live file, or one beside it, was not made with this key, or somebody touched it since."""
        written = self.held.get(path)
        if written is None or written.key != key or not self.staging.is_live(path, written.stamp):
            return True
        beside = written.beside
        return bool(beside) and not all(self.staging.is_live(name, mark) for name, mark in beside.items())

    def render(self, page: Page, view: object) -> bytes:
        """Raises SiteError for a mistake in a layout, Lost where the store has lost a body."""
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
        """What is dear to make, from what is kept if it was made before."""
        key = self.kept_as(view)
        raw = self.kept.get(key)
        if raw is None:
            raw = make(view)
            self.kept.put(key, raw)
        return raw

    def _source(self, path: str, known: str) -> bytes:
        raw = (self.root / path).read_bytes()
        if file_digest(raw) != known:
            raise changed_meanwhile(path)
        return raw

    def _picture(self, view: FileView) -> bytes:
        """One file of a picture. Where it is not kept, all files of that picture are made and kept."""
        raw = self.kept.get(self.kept_as(view))
        if raw is not None:
            return raw
        try:
            made = pictures.make(self._source(view.source, view.digest), view.together)
        except pictures.PictureError as error:
            text = f"the picture {quoted(view.source)} {error.text}"
            raise SiteError([Problem(path=view.source, text=text, help=error.help)]) from error
        for recipe, file in made.items():
            self.kept.put(self.kept_as(replace(view, recipe=recipe)), file)
        return made[view.recipe]

    def _of_bundle(self, view: BundleView) -> bytes:
        """Raises Lost where the bundle is not kept as it was made; the next attempt will make it anew."""
        if view.year not in self._opened:
            raw = self.kept.get(self.bundles[view.year])
            self._opened.clear()
            self._opened[view.year] = decode(dict[str, bytes], raw) if raw is not None else {}
        found = self._opened[view.year].get(view.name, b"")
        if file_digest(found) != view.digest:
            raise Lost(f"the search bundle of {view.year}")
        return found

    def kept_as(self, view: object) -> str:
        """The key by which the bytes made from `view` are kept for other builds; empty where they are not."""
        if isinstance(view, FileView) and view.recipe not in PLAIN:
            return digest(version_of(*pictures.MADE_BY), view.digest, view.recipe)
        if isinstance(view, CardView):
            from mujaz import cards

            return digest(version_of(*cards.MADE_BY), self.keys.prints.digest(view))
        return ""

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
        """(bytes, MIME type) of a picture that the site has, by its address. Files are written before feeds."""
        path = unquote(url.removeprefix(self.config.base_url).removeprefix(self.config.base_path)).lstrip("/")
        # The live file where this build did not write it; the second tree may hold an older one.
        size = self.sizes[path] if path in self.sizes else self.staging.live[path][1]
        return size, MIME[path.rpartition(".")[2]]


def prints_of(articles: Iterable[Article], readings: Mapping[str, str]) -> Fingerprints:
    """For keys: each article is told by its reading's key, a digest of all that it was read from."""
    prints = Fingerprints(alone=ALONE)
    for article in articles:
        prints.tell(article, bytes.fromhex(readings[article.source]))
    return prints


# ---------------------------------------------------------------- many pages, in workers


Rendered = tuple[int, list[tuple[str, Made]], list[Problem]]  # pages looked at, those that were rendered, mistakes


class Begun(Struct, frozen=True, kw_only=True):
    """Pages that are rendered already, or elsewhere; `results` waits for them. `now` renders here what is for here."""

    pages: Sequence[Page]
    results: Callable[[], list[Rendered]]
    now: Callable[[], object]


@contextlib.contextmanager
def begun(stale: Sequence[Page], renderer: Renderer, jobs: int) -> Iterator[Begun]:
    """A few `stale` pages that need no related stories: feeds are rendered while the block runs, in a process of their
    own, for they load libraries that others do not need; the others `now`. None where there are many, or pictures,
    whose sizes feeds tell.
    """
    if len(stale) > FEW or any(_rank(page) == 0 for page in stale):
        yield Begun(pages=(), results=list, now=list)
        return
    feeds, rest = ([page for page in stale if _rank(page) == rank] for rank in (1, 2))
    ours = cache(lambda: _render_some(rest, renderer))
    with workers.beside(lambda: _render_some(feeds, renderer), jobs if feeds else 1) as theirs:
        yield Begun(pages=tuple(stale), results=lambda: [ours(), theirs()], now=ours)


def render_stale(
    stale: Sequence[Page], renderer: Renderer, jobs: int, tell: Callable[[str, int, int], None], early: Begun
) -> dict[str, Made]:
    """Render into the staging tree those pages, of which most are `stale`, that are; what was made, by path.

    Raises SiteError with all mistakes of layouts; `tell` hears progress. What is `early` is waited for.
    """
    elsewhere = set(map(id, early.pages))
    # Feeds tell the sizes of pictures, so pictures come first. Then what is slow to make, so that no worker ends late.
    by_rank: tuple[list[Page], ...] = ([], [], [])
    for page in stale:
        if id(page) not in elsewhere:
            by_rank[_rank(page)].append(page)
    images, slow, rest = by_rank
    first, again = _one_of_each(images)
    if len(stale) <= FEW and not first:
        jobs = 1
    rounds = ((first, len(first)), (again, 0), *_rounds(slow + rest, len(slow)))
    made: dict[str, Made] = {}
    problems: list[Problem] = []
    done = flushed = 0
    for count, results, mistakes in _in_order(_rendered(rounds, renderer, jobs), early):
        problems += mistakes
        for path, one in results:
            made[path], renderer.sizes[path] = one, one.stamp[1]
        done += count
        tell("render", done, len(stale))
        if problems and not early.pages:  # many pages: those to come would tell the same
            raise SiteError(problems)
        if len(made) >= flushed + FLUSHED:
            renderer.staging.flush()
            flushed = len(made)
    if problems:
        raise SiteError(problems)
    return made


def _one_of_each(images: Iterable[Page]) -> tuple[list[Page], list[Page]]:
    """One page of each picture, whose worker makes all its files; and the others, which then find theirs."""
    seen: set[str] = set()
    first: list[Page] = []
    again: list[Page] = []
    for page in images:
        source = page.view.source if isinstance(page.view, FileView) else page.path
        (again if source in seen else first).append(page)
        seen.add(source)
    return first, again


def _in_order(made: Iterable[Rendered], early: Begun) -> Iterator[Rendered]:
    yield from made
    yield from early.results()


def _rendered(rounds: Iterable[tuple[Sequence[Page], int]], renderer: Renderer, jobs: int) -> Iterator[Rendered]:
    for some, alone in rounds:

        def render_some(chunk: range, some: Sequence[Page] = some) -> Rendered:
            return _render_some([some[n] for n in chunk], renderer)

        yield from workers.in_chunks(render_some, len(some), size=CHUNK, jobs=jobs, alone=alone)


def _rounds(pages: Sequence[Page], alone: int) -> Iterator[tuple[Sequence[Page], int]]:
    """So many pages that workers which are forked anew for each keep memory low; how many of each go alone."""
    for start in range(0, len(pages), ROUND):
        yield pages[start : start + ROUND], max(0, alone - start)


def perhaps_stale(pages: Sequence[Page], renderer: Renderer) -> Sequence[Page]:
    """Those of `pages` that are stale; all that are left where so many are that the workers may compare them."""
    stale: list[Page] = []
    for n, page in enumerate(pages):
        if len(stale) > MANY and 2 * len(stale) > n:
            return [*stale, *pages[n:]]
        if renderer.is_stale(page.path, renderer.keys.of(page, page.matter)):
            stale.append(page)
    return stale


@contextlib.contextmanager
def keys_beside(pages: Sequence[Page], keys: Keys, jobs: int) -> Iterator[Callable[[], list[str]]]:
    """The keys of `pages`, made in a process of its own while the block runs, if they are many.

    More processes than that do not pay: each copies all memory that a fingerprint touches.
    """

    def work() -> list[str]:
        return [keys.of(page, page.matter) for page in pages]

    with workers.beside(work, jobs if len(pages) > MANY_KEYS else 1) as made:
        yield made


def _rank(page: Page) -> int:
    if page.layout:
        return 2
    view = page.view
    if isinstance(view, FileView):
        return 1 if view.recipe in PLAIN else 0
    if isinstance(view, CardView):
        return 0
    return 1 if isinstance(view, FeedView) else 2


def _render_some(pages: Sequence[Page], renderer: Renderer) -> Rendered:
    results: list[tuple[str, Made]] = []
    problems: list[Problem] = []
    for page in pages:
        matter = page.matter
        key = renderer.keys.of(page, matter)
        if not renderer.is_stale(page.path, key):
            continue
        view = page.view_of(matter)
        try:
            files = [(path, *renderer.staging.write(path, raw)) for path, raw in renderer.outputs(page, view)]
        except SiteError as error:
            problems += error.problems
            continue
        (_, stamp, anew), *beside = files
        ground, explained = renderer.keys.ground(page, matter), renderer.keys.prints.sums(view)
        made = Made(key=key, stamp=stamp, anew=anew, ground=ground, parts=explained, beside=tuple(beside))
        results.append((page.path, made))
    return len(pages), results, problems
