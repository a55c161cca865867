"""Renders the stale pages of a plan, in worker processes where they are many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from mujaz import workers
from mujaz.build.keys import Keys
from mujaz.cache.store import Written
from mujaz.files.stamps import Stamp
from mujaz.frozen import Value, replace
from mujaz.messages.errors import Problem, SiteError
from mujaz.model.file_views import (
    CardView,
    FeedView,
    FileView,
    IconView,
)
from mujaz.model.page import Page
from mujaz.output.staging import Staging
from mujaz.render.renderer import PLAIN, Renderer

FEW = 64  # pages that one process renders faster than workers start and copy the memory that they touch
FLUSHED = 4_000  # pages after which they are synced to the disk, while workers render the next
ROUND = 12_000  # pages that the same workers render: they copy all of the model that they touch
CHUNK = 128  # pages that a worker renders at a time: handing over a chunk takes as long as ten comparisons of pages


class RenderedPage(Value):
    """A rendered page: its key, its file's stamp, whether it differs from the live file, what it was made from."""

    key: str
    stamp: Stamp
    changed: bool
    layout_digest: str
    parts: bytes  # digests of the view's fields
    companions: tuple[tuple[str, Stamp, bool], ...] = ()  # (path, stamp, changed) of the other files that it wrote


def is_stale(path: str, key: str, written: Written | None, staging: Staging) -> bool:
    """Whether the live file, or a companion, was not made with this key, or somebody touched it since."""
    if written is None or written.key != key or not staging.is_live(path, written.stamp):
        return True
    companions = written.companions
    return bool(companions) and not all(staging.is_live(name, mark) for name, mark in companions.items())


Rendered = tuple[list[tuple[str, RenderedPage]], list[Problem]]  # what was rendered, by path; mistakes of layouts


def render_pages(
    stale: Sequence[Page],
    keys: Mapping[str, str],
    made_from: Keys,
    renderer: Renderer,
    staging: Staging,
    jobs: int,
    on_progress: Callable[[str, int, int], None],
) -> dict[str, RenderedPage]:
    """Render the `stale` pages, whose `keys` are by path, into the staging tree; returns them by path.

    `on_progress` is called with ("render", done, of). Raises SiteError with the mistakes of layouts.
    """
    # Feeds hold the sizes of pictures, so pictures come first. Then slow pages, so that no worker ends late.
    by_rank: tuple[list[Page], ...] = ([], [], [])
    for page in stale:
        by_rank[_rank(page)].append(page)
    images, slow, rest = by_rank
    first, again = _one_of_each(images)
    if len(stale) <= FEW and not images:
        jobs = 1
    if jobs != 1:  # before the fork, so that no worker has to do it
        renderer.layouts.compile({page.layout for page in stale if page.layout})
    rendered: dict[str, RenderedPage] = {}
    flushed = 0
    for pages, alone in ((first, len(first)), (again, 0), *_rounds(slow + rest, len(slow))):
        renderer = replace(renderer, sizes={path: one.stamp[1] for path, one in rendered.items()})
        for some, problems in _in_workers(pages, alone, keys, made_from, renderer, staging, jobs):
            if problems:  # further pages would have much the same problems
                raise SiteError(problems)
            rendered.update(some)
            on_progress("render", len(rendered), len(stale))
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
                parts=made_from.sums(page.view),
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
    return 1 if isinstance(view, FeedView | IconView) else 2


def files_of(
    pages: Iterable[Page], before: Mapping[str, Written], rendered: Mapping[str, RenderedPage]
) -> dict[str, bool]:
    """Map every file of the new output, companions too, to whether it changed."""
    files: dict[str, bool] = {}
    for page in pages:
        made = rendered.get(page.path)
        files[page.path] = made is not None and made.changed
        if made is not None:
            files |= {path: changed for path, _, changed in made.companions}
        elif companions := before[page.path].companions:
            files |= dict.fromkeys(companions, False)
    return files


def stamps_of(rendered: Mapping[str, RenderedPage]) -> dict[str, tuple[int, int, int]]:
    """Path → stamp of every file that was rendered, companions too."""
    stamps = {path: one.stamp for path, one in rendered.items()}
    return stamps | {path: mark for one in rendered.values() for path, mark, _ in one.companions}
