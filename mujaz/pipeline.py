"""The pipeline: files in, one whole site out, or every problem at once and nothing written. `run` tells it all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from mujaz import changes, due, fittings, intake, relating, search
from mujaz.config import completed, load_config
from mujaz.errors import Message, Problem, SiteError
from mujaz.fingerprint import file_digest
from mujaz.frontmatter import Options
from mujaz.frozen import Struct, replace
from mujaz.guards import guard
from mujaz.kept import Kept
from mujaz.layouts import Layouts
from mujaz.model import Config, File, Page
from mujaz.order import Early, Order, Report, Steps
from mujaz.output import MANIFEST, Staging
from mujaz.pages import plan, plan_problems
from mujaz.relating import Relate, related_lists, relater
from mujaz.render import MANY, Keys, Made, Renderer, begun, keys_beside, perhaps_stale, prints_of, render_stale
from mujaz.scan import Found, scan
from mujaz.site import Assembly, Nearby, Shelf, sort_out
from mujaz.stamps import Stamp
from mujaz.store import Store, Written
from mujaz.strings import load_strings
from mujaz.trees import settle
from mujaz.unchanged import Committed, Lookout, Seen, content_of, known_output, look, lookout, output_of, remember
from mujaz.versions import versions
from mujaz.why import reason

if TYPE_CHECKING:
    from mujaz.related import Question  # loads scipy

Known: TypeAlias = Mapping[str, tuple[Stamp, str]]  # path → stamp and digest


class Planned(Struct, frozen=True, kw_only=True):
    """A whole site, understood and planned, of which nothing is written yet."""

    config: Config
    output: Path
    layouts: Layouts
    gathered: Gathered
    pages: list[Page]
    keys: Keys
    nearby: Nearby
    late: list[Page]  # those of `pages` that ask for related stories
    late_keys: Callable[[], list[str]] | None  # where they are being made already
    problems: list[Problem]  # only warnings
    bodies: set[str]  # digests of all bodies
    sources: list[tuple[str, Stamp, str]]  # (path, stamp, digest) of files whose stamp will tell their next change
    seen: Seen
    kept: Kept
    bundles: tuple[search.Bundle, ...]
    clock: int  # the file system's time when the build began


class Gathered(Struct, frozen=True, kw_only=True):
    """All content, read and sorted out."""

    found: Found
    keys: Mapping[str, str]  # path of a Markdown file → key of its reading
    kept: Mapping[str, intake.Kept]
    fresh: bool  # whether a file was read anew
    files: Mapping[str, File]
    shelf: Shelf
    assembly: Assembly
    relate: Relate
    problems: list[Problem]


class Related(Struct, frozen=True, kw_only=True):
    """The related stories of a site, and what they are made from."""

    question: Question
    lists: Mapping[str, tuple[str, ...]]
    shelf: Shelf


def run(order: Order, store: Store, steps: Steps, about: Lookout, *, put_off: bool = False) -> Report:
    """One run of the pipeline. Raises SiteError with every problem, UsageError for an output that cannot be.

    With `put_off` no year is indexed anew for the search where an older bundle of it is kept.
    """
    with ExitStack() as beside:
        planned = _plan(order, store, steps, about, beside, put_off)
        steps.alive.append(planned)
        report, committed = _write(order, planned, store, steps, about)
    until = due.until(planned.gathered.shelf, planned.config, order.now)
    remember(store, order, report, seen=planned.seen, until=until, committed=committed)
    ended = changes.finish(order.home, planned.output)  # with what a build changed that died before it came here
    behind = tuple(bundle.year for bundle in planned.bundles if bundle.behind)
    return replace(report, written=ended.written, deleted=ended.deleted, behind=behind)


def _plan(
    order: Order, store: Store, steps: Steps, about: Lookout, beside: ExitStack, put_off: bool = False
) -> Planned:
    """From files to every planned page; raises with all problems of content, config and layouts.

    What is begun `beside` ends with it.
    """
    root = order.root
    mark = file_digest((root / "config.yaml").read_bytes())  # before it is loaded: it may be saved anew in between
    loaded = load_config(root / "config.yaml", base_url=order.base_url)
    config, problems = loaded.config, list(loaded.warnings)
    output = output_of(order, config.output)
    guard(output, root, root / config.content, root / config.layouts, order.home)
    settle(output, order.home)  # before anything can stop this build: readers are waiting
    known, clock = store.sources(), _file_system_time(order.home)
    seen = look(order, config, mark, clock, about)
    with steps.step("layouts"):
        strings = load_strings(config.language, root / config.layouts, order.layouts)
        config = completed(config, strings)
        layouts = fittings.layouts(order, config, strings, store, problems)
    content = content_of(config, about)
    gathered = _gather(order, config, tuple(strings["labels"]), store, known, steps, beside, soon=True, seen=content)
    problems += gathered.problems
    keys, shelf, assembly = gathered.keys, gathered.shelf, gathered.assembly
    most_read = fittings.most_read(root, config, problems)
    dear = Kept(root / ".mujaz" / "kept")
    lists, at_once = related_lists(gathered.relate, shelf, assembly, gathered.kept, keys, store)
    with steps.step("index"):
        site = assembly.site(lists, most_read)
        if layouts is None:
            raise SiteError(problems + assembly.problems + assembly.resolver.problems)
        whole = config.search and not assembly.problems
        labels, jobs = strings["labels"], order.jobs
        bundles = search.make_bundles(site, labels, store, dear, jobs, put_off=put_off) if whole else ()
    with steps.step("plan"):
        news_after = (order.now - due.NEWS).timestamp()
        pages = plan(site, layouts, strings, news_after, due.today(config, order.now), bundles)
        problems += assembly.problems + assembly.resolver.problems + plan_problems(site, pages, layouts)
    _stop_on(problems)
    page_keys = Keys(layouts, prints_of(shelf.published, keys), versions(), config.precompress)
    late = [page for page in pages if page.late]
    late_keys = beside.enter_context(keys_beside(late, page_keys, order.jobs)) if at_once else None
    return Planned(
        config=config,
        output=output,
        layouts=layouts,
        gathered=gathered,
        pages=pages,
        keys=page_keys,
        nearby=site.nearby,
        late=late,
        late_keys=late_keys,
        problems=problems,
        bodies=intake.body_digests(gathered.kept),
        sources=list(intake.trusted(gathered.found, gathered.files, clock)),
        seen=seen,
        kept=dear,
        bundles=bundles,
        clock=clock,
    )


def _gather(
    order: Order, config: Config, labels: tuple[str, ...], store: Store, known: Known, steps: Steps, beside: ExitStack,
    *, soon: bool, seen: list[tuple[str, Stamp]] | None = None,
) -> Gathered:  # fmt: skip
    """Related stories are begun `beside`, and asked for `soon` or not at all. What was `seen` is not scanned again."""
    with steps.step("scan"):
        found = scan(order.root, config.content, known, seen)
    with steps.step("read"):
        options = Options.of(config, labels)
        keys = intake.reading_keys(found, options)
        missing = intake.unread(found, keys, store)
        fresh = any(source.path not in known for source in missing)  # an edit may move no term
        relate = beside.enter_context(relater(store, order.jobs, keys.values() if soon and fresh else ()))
        kept = intake.read_articles(order.root, missing, keys, options, store, order.jobs, steps.tell)
        files = intake.files(order.root, found, known, store, order.jobs)
        problems = [*found.problems, *intake.judged(kept.values(), order.drafts)]
    with steps.step("assemble"):
        shelf = _sort_out(order, config, kept)
        assembly = Assembly(config, shelf, files, fittings.dates(config), intake.not_understood(kept))
    return Gathered(
        found=found,
        keys=keys,
        kept=kept,
        fresh=bool(missing),
        files=files,
        shelf=shelf,
        assembly=assembly,
        relate=relate,
        problems=problems,
    )


def related(order: Order, store: Store) -> Related:
    """The related stories as a build would show them, and what they are made from; nothing is written."""
    from mujaz.related import relate

    config = load_config(order.root / "config.yaml", base_url=order.base_url).config
    strings = load_strings(config.language, order.root / config.layouts, order.layouts)
    labels = tuple(strings["labels"])
    with ExitStack() as beside:
        config, known = completed(config, strings), store.sources()
        gathered = _gather(order, config, labels, store, known, Steps(), beside, soon=False)
    _stop_on(gathered.problems + gathered.assembly.problems + gathered.assembly.resolver.problems)
    question = relating.question(gathered.shelf, gathered.assembly, gathered.keys, store)
    return Related(question=question, lists=relate(question, jobs=order.jobs), shelf=gathered.shelf)


def _write(
    order: Order, planned: Planned, store: Store, steps: Steps, about: Lookout
) -> tuple[Report, Committed | None]:
    """Render what is stale, swap the new tree in, and remember what was made."""
    pages = planned.pages
    held = store.pages()
    known = known_output(store, about, planned.output, held)
    with Staging(planned.output, order.home, known) as staging, ExitStack() as beside:
        with steps.step("compare"):
            foreign, in_the_way = staging.foreign(page.path for page in pages)
            _stop_on(planned.problems + in_the_way)
            renderer = Renderer(
                root=order.root,
                config=planned.config,
                layouts=planned.layouts,
                store=store,
                kept=planned.kept,
                bundles={bundle.year: bundle.key for bundle in planned.bundles},
                staging=staging,
                held=held,
                keys=planned.keys,
            )
            steps.alive.append(renderer)
            stale = list(perhaps_stale([page for page in pages if not page.late], renderer))
            early = beside.enter_context(begun(stale, renderer, order.jobs))
        with steps.step("relate"):
            if planned.gathered.fresh or len(stale) > MANY:  # other processes are being waited for
                planned.layouts.compile({page.layout for page in [*stale, *planned.late] if page.layout})
            early.now()
            planned.nearby.know()
        with steps.step("render"):
            stale += _late_stale(planned, renderer, order.jobs)
            rendered = render_stale(stale, renderer, order.jobs, steps.tell, early)
            why = _reasons((page for page in pages if page.path in rendered), renderer, rendered) if order.why else ()
        with steps.step("commit"):
            anew = _files(pages, held, rendered)
            foreign = [path for path in foreign if path not in anew]
            gone = staging.live.keys() - anew.keys() - {*foreign, MANIFEST}
            new = [path for path, moved in anew.items() if moved]
            changes.begin(order.home, planned.output, new, gone)
            staging.commit(anew, foreign, written=bool(rendered))
    with steps.step("save"):
        # Last: a crash before this only costs work.
        store.save_sources(planned.sources)
        written = {
            path: Written(key=made.key, stamp=made.stamp, beside={name: mark for name, mark, _ in made.beside})
            for path, made in rendered.items()
        }
        made_from = {path: (made.ground, made.parts) for path, made in rendered.items()}
        store.save_pages(written, held.keys() - anew.keys(), made_from)
        store.prune(set(planned.gathered.keys.values()), planned.bodies)
        if planned.kept.is_due(planned.clock):
            wanted = {renderer.kept_as(page.view) for page in pages if not page.layout}
            planned.kept.prune(wanted | set(search.kept_as(planned.bundles)), planned.clock)
    report = replace(_report(order, planned, new, gone, foreign), pages=len(anew), why=why)
    return report, _committed(staging, anew, rendered)


def _late_stale(planned: Planned, renderer: Renderer, jobs: int) -> Sequence[Page]:
    """The pages that ask for related stories and are stale, or may be."""
    late = planned.late
    if not renderer.held:
        return late
    if planned.late_keys is not None:
        keys = planned.late_keys()
    else:
        half = len(late) // 2
        with keys_beside(late[half:], planned.keys, jobs) as others:
            keys = [planned.keys.of(page, page.matter) for page in late[:half]]
            keys += others()
    return [page for page, key in zip(late, keys, strict=True) if renderer.is_stale(page.path, key)]


def _committed(staging: Staging, paths: Iterable[str], rendered: Mapping[str, Made]) -> Committed | None:
    """What is known of the new output without a look at it."""
    if staging.outline is None:
        return None
    made = {path: one.stamp for path, one in rendered.items()}
    made |= {path: mark for one in rendered.values() for path, mark, _ in one.beside}
    return staging.outline, {path: made[path] if path in made else staging.live[path] for path in paths}


def _files(pages: Iterable[Page], held: Mapping[str, Written], rendered: Mapping[str, Made]) -> dict[str, bool]:
    """Every file of the new output, what pages write beside their own too, and whether it was written anew."""
    anew: dict[str, bool] = {}
    for page in pages:
        made = rendered.get(page.path)
        anew[page.path] = made is not None and made.anew
        if made is not None:
            anew |= {path: moved for path, _, moved in made.beside}
        else:
            anew |= dict.fromkeys(held[page.path].beside, False)
    return anew


def _reasons(
    stale: Iterable[Page], renderer: Renderer, rendered: Mapping[str, Made]
) -> tuple[tuple[str, Message], ...]:
    """(path, why it was rendered) of each page that was stale."""
    found = []
    for page in stale:
        known, made = renderer.held.get(page.path), rendered[page.path]
        before = renderer.store.made_from(page.path) if known else None
        same = known is not None and known.key == made.key
        found.append((page.path, reason(page.view, before, (made.ground, made.parts), same)))
    return tuple(sorted(found, key=lambda one: one[0]))


def _report(
    order: Order, planned: Planned, written: Iterable[str], gone: Iterable[str], foreign: Iterable[str]
) -> Report:
    shelf, zone = planned.gathered.shelf, ZoneInfo(planned.config.timezone)
    return Report(
        output=planned.output,
        stories=len(shelf.published),
        pages=len(planned.pages),
        written=tuple(sorted(written)),
        deleted=tuple(sorted(gone)),
        foreign=tuple(foreign),
        drafts=len(shelf.drafts),
        held=len(shelf.held),
        next_story=min((article.published.astimezone(zone) for article in shelf.held), default=None),
        next_build=due.next_change(shelf, planned.config, order.now),
        expired=len(shelf.expired),
        early=_early(shelf, zone, order.now),
        warnings=tuple(sorted(set(planned.problems), key=lambda problem: problem.order)),
    )


def _early(shelf: Shelf, zone: ZoneInfo, now: datetime) -> tuple[Early, ...]:
    return tuple(
        Early(id=article.id, draft=article.draft, published=article.published.astimezone(zone).isoformat())
        for article in shelf.published + shelf.withdrawn
        if article.draft or article.published > now
    )


def _sort_out(order: Order, config: Config, kept: Mapping[str, intake.Kept]) -> Shelf:
    return sort_out(
        [reading.article for reading in kept.values() if reading.article],
        [reading.standing for reading in kept.values() if reading.standing],
        zone=ZoneInfo(config.timezone),
        now=order.now,
        drafts=order.drafts,
        future=order.future,
    )


def _stop_on(problems: Sequence[Problem]) -> None:
    if any(not problem.warning for problem in problems):
        raise SiteError(problems)


def problems_of(order: Order, store: Store) -> tuple[Problem, ...]:
    """Every problem, warnings too, that a build would meet before it writes."""
    try:
        with lookout(order, store) as about, ExitStack() as beside:
            return tuple(_plan(order, store, Steps(), about, beside).problems)
    except SiteError as error:
        return error.problems


def _file_system_time(folder: Path) -> int:
    """The time in nanoseconds as the file system's own clock tells it."""
    path = folder / "clock"
    path.unlink(missing_ok=True)  # whatever stands there, a link perhaps: nothing is written through it
    path.touch(exist_ok=False)
    return path.stat().st_mtime_ns
