"""The pipeline: files in, one whole site out, or every problem at once and nothing written. `run` is all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mujaz.build.keys import Keys
from mujaz.build.load import (
    load_settings,
)
from mujaz.build.moved import Moves, moved_stories
from mujaz.build.progress import Progress
from mujaz.build.read import SOURCES, settled_sources
from mujaz.build.ready import ReadySite, assemble_site, output_folder, plan_of, stop_on
from mujaz.build.reasons import reason
from mujaz.build.relate import relate_in_background
from mujaz.build.render_pages import RenderedPage, files_of, is_stale, render_pages, stamps_of
from mujaz.build.report import BuildReport, Early, Moved, Skipped
from mujaz.build.request import BuildRequest
from mujaz.build.search_index import artifact_keys, index_search
from mujaz.build.unchanged import Previous, known_folders, remember, stamp_inputs
from mujaz.cache.artifacts import Artifacts
from mujaz.cache.store import Store, Written
from mujaz.cache.versions import versions
from mujaz.files.stamps import digest_of_stamps
from mujaz.frozen import replace
from mujaz.messages.errors import Problem, SiteError, after_writing
from mujaz.messages.message import Message, say
from mujaz.model.page import Page, copies_for
from mujaz.output import changes
from mujaz.output.in_place import open_staging
from mujaz.output.manifest import MANIFEST
from mujaz.output.shrink import shrinkage
from mujaz.output.staging import Staging
from mujaz.output.swap import clear, settle
from mujaz.pages.conflicts import plan_problems
from mujaz.render.renderer import Renderer, artifact_key
from mujaz.search.records import IndexedYear
from mujaz.site import schedule
from mujaz.site.select import Selection
from mujaz.site.site import Site

if TYPE_CHECKING:
    pass  # loads scipy


def run(request: BuildRequest, store: Store, progress: Progress, previous: Previous | None) -> BuildReport:
    """Build the site from its files. Raises SiteError with every problem; then nothing was written.

    `previous` is the last finished build. Raises UsageError for an unusable output, Moves where `fix` must come first.
    """
    settings = load_settings(request)
    config, jobs, artifacts = settings.config, request.jobs, Artifacts(request.artifacts)
    output = output_folder(request, config)
    settle(output, request.home)  # before anything can stop this build: readers are waiting
    clock = _file_system_time(request.home)
    inputs = stamp_inputs(request, config, previous)  # before any of them is read
    ready = assemble_site(request, settings, store, progress)
    with (
        relate_in_background(ready.site, ready.content, store, jobs) as related,
        open_staging(output, request.home, lambda: known_folders(request, store, previous, output)) as staging,
    ):
        with progress.step("index"):
            searched = index_search(ready.site, settings.labels, store, artifacts, jobs)
            before = store.pages()
        with progress.step("relate"):
            site = ready.site.with_related(related.result())
        with progress.step("plan"):
            pages = plan_of(request, settings, ready.layouts, site, searched, ready.languages)
            problems = [*ready.problems, *plan_problems(site, pages, ready.layouts)]
            foreign, in_the_way = staging.foreign((page.path for page in pages), copies_for(pages, config.precompress))
            stop_on(problems + in_the_way)
        with progress.step("compare"):
            moved = _moved(request, site, {page.path for page in pages}, staging, previous, ready.skipped)
            page_keys = Keys(ready.layouts, versions(), config.precompress)
            keys = {page.path: page_keys.of(page) for page in pages}
            stale = [page for page in pages if is_stale(page.path, keys[page.path], before.get(page.path), staging)]
        with progress.step("render"):
            staging.begin()
            renderer = _renderer(request, ready, store, artifacts, searched, staging)
            rendered = render_pages(stale, keys, page_keys, renderer, staging, jobs, progress.on_progress)
            why = _reasons(stale, before, rendered, store) if request.why else ()
        with progress.step("commit"):
            files = files_of(pages, before, rendered)
            foreign = [path for path in foreign if path not in files]
            gone = staging.live.keys() - files.keys() - {*foreign, MANIFEST}
            changes.begin(request.home, output, [path for path, changed in files.items() if changed], gone)
            staging.commit(files, foreign, written=bool(rendered))
    with after_writing(), progress.step("save"):  # last: a crash before it only costs work
        _save(store, ready, before.keys() - files.keys(), rendered, clock)
        _prune(artifacts, pages, searched, clock)
        done = _report(request, staging, ready, problems, moved, pages=len(files), foreign=foreign, why=why)
        remember(
            store,
            request,
            done,
            config=config,
            config_digest=settings.digest,
            inputs=digest_of_stamps(inputs.stamps) if inputs.is_settled(clock) and not ready.skipped else "",
            until=schedule.until(site.selection, config, request.now),
            committed=staging.committed(stamps_of(rendered), files),
        )
    progress.alive += [ready, site, pages, page_keys, before, rendered]
    all_changes = changes.finish(request.home, output)  # with those of a build that died before this line
    return replace(done, written=all_changes.written, deleted=all_changes.deleted)


def _renderer(
    request: BuildRequest, ready: ReadySite, store: Store, artifacts: Artifacts, searched: Sequence[IndexedYear],
    staging: Staging,
) -> Renderer:  # fmt: skip
    return Renderer(
        root=request.root,
        config=ready.site.config,
        layouts=ready.layouts,
        store=store,
        artifacts=artifacts,
        search={year.year: tuple(part.key for part in year.parts) for year in searched},
        live=staging.live,
    )


# ---------------------------------------------------------------- small steps


def _moved(
    request: BuildRequest,
    site: Site,
    planned: Set[str],
    staging: Staging,
    previous: Previous | None,
    skipped: Skipped,
) -> tuple[Moved, ...]:
    """The stories whose address or id changes. Raises Moves where the request wants that fixed first.

    Raises SiteError where more pages would be deleted than the settings allow.
    """
    known = previous.record.moved if previous is not None else ()
    moved = moved_stories(site, planned, staging.ours, staging.output, now=request.now, known=known)
    if request.fix and moved:
        raise Moves(moved)
    _stop_on_shrinkage(request, site, staging.ours, planned, skipped, moved)
    return moved


def _stop_on_shrinkage(
    request: BuildRequest,
    site: Site,
    live: Iterable[str],
    planned: Set[str],
    skipped: Skipped,
    moved: Iterable[Moved],
) -> None:
    """Raise SiteError where more pages would go than the settings allow, or a published story would be skipped."""
    change = shrinkage(live, planned | site.left)  # what expired stories leave goes by time alone
    if change.is_over(site.config.max_shrink) and not request.allow_shrink:
        text = say("too-many-pages-go", n=len(change.gone), of=change.of, paths=change.first)
        moves = [one.problem for one in moved]
        raise SiteError([Problem(path=site.config.output, message=text, help=say("allow-shrink")), *moves])
    if skipped and (stories := [path for path in change.gone if path.startswith("s/")]):
        text = say("skip-takes-a-story", address="/" + stories[0].removesuffix("index.html"))
        raise SiteError([*skipped.problems, Problem(path=site.config.output, message=text, help=say("mend-the-files"))])


def _file_system_time(folder: Path) -> int:
    """Return the time in nanoseconds by the file system's own clock."""
    path = folder / "clock"
    clear(str(path))  # it may be a link, through which nothing may be written
    path.touch(exist_ok=False)
    return path.stat().st_mtime_ns


def _save(
    store: Store, ready: ReadySite, gone: Iterable[str], rendered: Mapping[str, RenderedPage], clock: int
) -> None:
    content = ready.content
    store.put(SOURCES, settled_sources(content, ready.files, clock))
    written = {
        path: Written(key=one.key, stamp=one.stamp, companions={name: mark for name, mark, _ in one.companions})
        for path, one in rendered.items()
    }
    store.save_pages(written, gone, {path: (one.layout_digest, one.parts) for path, one in rendered.items()})
    store.prune(set(content.keys.values()), content.body_digests)


def _prune(artifacts: Artifacts, pages: Iterable[Page], searched: Sequence[IndexedYear], clock: int) -> None:
    """Remove old artifacts that no page wants, once a day."""
    if artifacts.is_due(clock):
        wanted = {artifact_key(page.view) for page in pages if not page.layout}
        artifacts.prune(wanted | set(artifact_keys(searched)), clock)


def _reasons(
    stale: Iterable[Page], before: Mapping[str, Written], rendered: Mapping[str, RenderedPage], store: Store
) -> tuple[tuple[str, Message], ...]:
    """Return (path, why it was rendered) of each page that was stale."""
    found = []
    for page in stale:
        known, made = before.get(page.path), rendered[page.path]
        made_from = store.made_from(page.path) if known else None
        same = known is not None and known.key == made.key
        found.append((page.path, reason(page.view, made_from, (made.layout_digest, made.parts), same)))
    return tuple(sorted(found, key=lambda one: one[0]))


def _report(
    request: BuildRequest,
    staging: Staging,
    ready: ReadySite,
    problems: Iterable[Problem],
    moved: tuple[Moved, ...],
    *,
    pages: int,
    foreign: Iterable[str],
    why: tuple[tuple[str, Message], ...],
) -> BuildReport:
    """Report what was built; `changes` knows which files were written and deleted."""
    site, now = ready.site, request.now
    selection, zone = site.selection, ZoneInfo(site.config.timezone)
    return BuildReport(
        output=staging.output,
        in_place=staging.in_place,
        stories=len(selection.published),
        pages=pages,
        written=(),
        deleted=(),
        foreign=tuple(sorted({*foreign, *staging.came} - staging.went)),
        drafts=len(selection.drafts),
        held=len(selection.held),
        next_story=min((article.published.astimezone(zone) for article in selection.held), default=None),
        next_build=schedule.next_change(selection, site.config, now),
        expired=len(selection.expired),
        early=_early(selection, zone, now),
        warnings=tuple(sorted(set(problems), key=lambda problem: problem.order)),
        moved=moved,
        why=why,
        skipped=ready.skipped,
    )


def _early(selection: Selection, zone: ZoneInfo, now: datetime) -> tuple[Early, ...]:
    return tuple(
        Early(id=article.id, draft=article.draft, published=article.published.astimezone(zone).isoformat())
        for article in selection.published + selection.withdrawn
        if article.draft or article.published > now
    )
