"""The pipeline: files in, one whole site out, or every problem at once and nothing written. `run` tells it all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from mujaz import fonts, intake, workers
from mujaz.config import load_config
from mujaz.dates import Calendar, calendar
from mujaz.errors import Problem, SiteError
from mujaz.fingerprint import Fingerprints
from mujaz.frontmatter import Options
from mujaz.hits import load_hits
from mujaz.layouts import Layouts
from mujaz.machine import NEWS_DAYS
from mujaz.model import Config, Page
from mujaz.order import Order, Report, Steps
from mujaz.output import MANIFEST, Staging, Stamp, guard
from mujaz.pages import plan, plan_problems
from mujaz.render import Renderer
from mujaz.scan import scan
from mujaz.site import Assembly, Shelf, sort_out
from mujaz.store import Lost, Store, Written
from mujaz.strings import load_strings
from mujaz.terms import Terms
from mujaz.unchanged import look, next_event, output_of, remember
from mujaz.versions import versions
from mujaz.views import FeedView, FileView

CHUNK = 32  # pages that a worker renders at a time


def run(order: Order, store: Store, steps: Steps) -> Report:
    """One run of the pipeline. Raises SiteError with every problem, UsageError for an output that cannot be."""
    root, code = order.root, versions()
    loaded = load_config(root / "config.yaml", base_url=order.base_url)
    config, problems = loaded.config, list(loaded.warnings)
    output, zone = output_of(order, config.output), ZoneInfo(config.timezone)
    guard(output, root, root / config.content, root / config.layouts)
    known, clock = store.sources(), _file_system_time(root / ".mujaz")
    seen = look(order, config, clock)
    with steps.step("layouts"):
        strings = load_strings(config.language, root / config.layouts, order.layouts)
        made = {name: fonts.recipe(name) for name in fonts.FACES}
        layouts = Layouts.load(root / config.layouts, order.layouts, config, strings, made)
        problems += layouts.check()
    with steps.step("scan"):
        found = scan(root, config.content, known)
        problems += found.problems
    with steps.step("read"):
        options = Options.of(config, tuple(strings["labels"]))
        keys = intake.reading_keys(found, options)
        kept = intake.read_articles(root, found, keys, options, store, order.jobs, steps.tell)
        files = intake.files(root, found, known, store)
        problems += intake.judged(kept.values(), order.drafts)
    with steps.step("assemble"):
        shelf = sort_out(
            [reading.article for reading in kept.values() if reading.article],
            [reading.standing for reading in kept.values() if reading.standing],
            zone=zone, now=order.now, drafts=order.drafts, future=order.future,
        )  # fmt: skip
        assembly = Assembly(config, shelf, files, _calendar(config), intake.not_understood(kept))
        most_read = _most_read(root, config, problems)
    with steps.step("relate"):
        lists = _relate(shelf, keys, store, assembly)
    with steps.step("plan"):
        site = assembly.site(lists, most_read)
        news_after = (order.now - timedelta(days=NEWS_DAYS)).timestamp()
        pages = plan(site, layouts, strings, news_after)
        problems += assembly.problems + assembly.resolver.problems + plan_problems(site, pages, layouts)
    _stop_on(problems)
    with Staging(output, root / ".mujaz") as staging:
        with steps.step("compare"):
            renderer = Renderer(root=root, config=config, layouts=layouts, store=store, staging=staging)
            foreign, in_the_way = staging.foreign(page.path for page in pages)
            _stop_on(problems + in_the_way)
            held, fingerprint = store.pages(), Fingerprints().digest
            page_keys = {page.path: renderer.key(page, fingerprint, code) for page in pages}
            stale = [page for page in pages if not _is_held(staging, held, page.path, page_keys[page.path])]
        with steps.step("render"):
            rendered = _render(stale, renderer, order.jobs, steps)
        with steps.step("commit"):
            anew = {path: path in rendered and rendered[path][1] for path in page_keys}
            staging.commit(anew, foreign)
    with steps.step("save"):
        store.save_sources(intake.trusted(found, files, clock))
        store.save_pages(
            {path: Written(key=page_keys[path], stamp=stamp) for path, (stamp, _) in rendered.items()},
            held.keys() - page_keys.keys(),
        )
        store.prune(set(keys.values()), intake.body_digests(kept))
    report = Report(
        output=output,
        stories=len(shelf.published),
        pages=len(pages),
        written=tuple(sorted(path for path, new in anew.items() if new)),
        deleted=tuple(sorted(staging.live.keys() - page_keys.keys() - {*foreign, MANIFEST})),
        foreign=tuple(foreign),
        drafts=len(shelf.drafts),
        held=len(shelf.held),
        next_story=min((article.published.astimezone(zone) for article in shelf.held), default=None),
        expired=len(shelf.expired),
        warnings=tuple(sorted({p for p in problems if p.warning}, key=lambda problem: problem.order)),
    )
    until = next_event(shelf.held, shelf.published + shelf.withdrawn, order.now, timedelta(days=NEWS_DAYS))
    remember(store, order, report, seen=seen, until=until)
    return report


def _stop_on(problems: Sequence[Problem]) -> None:
    if any(not problem.warning for problem in problems):
        raise SiteError(problems)


def _calendar(config: Config) -> Calendar:
    return calendar(
        config.language,
        months=config.months,
        digits=config.digits,
        hijri=config.hijri,
        timezone=config.timezone,
    )


def _most_read(root: Path, config: Config, problems: list[Problem]) -> tuple[str, ...]:
    if config.most_read_source is None:
        return ()
    try:
        return load_hits(root / config.most_read_source, config.most_read_source)
    except SiteError as error:
        problems += error.problems
        return ()


def _relate(shelf: Shelf, keys: Mapping[str, str], store: Store, assembly: Assembly) -> dict[str, tuple[str, ...]]:
    """Related stories of all that is published, computed anew from cached terms: nothing old can linger in them."""
    articles = sorted(shelf.published, key=lambda article: article.id)
    if not articles or assembly.problems:
        return {}
    from mujaz.related import relate  # loads scipy, 0.4 s

    terms = dict(store.terms([keys[article.source] for article in articles], Terms))
    try:
        in_order = [terms[keys[article.source]] for article in articles]
    except KeyError as error:
        raise Lost(str(error)) from error
    return relate(
        [article.id for article in articles],
        [article.published.timestamp() / 86400 for article in articles],
        in_order,
        assembly.config.related,
        [article.section for article in articles],
        assembly.pins,
        assembly.excluded,
    )


# ---------------------------------------------------------------- writing


def _is_held(staging: Staging, held: Mapping[str, Written], path: str, key: str) -> bool:
    """True where the live file was made with this key and nobody touched it since."""
    written = held.get(path)
    return written is not None and written.key == key and staging.is_live(path, written.stamp)


def _render(stale: Sequence[Page], renderer: Renderer, jobs: int, steps: Steps) -> dict[str, tuple[Stamp, bool]]:
    """Render into the staging tree: path → (stamp, differs from the live file). Raises SiteError with all mistakes."""
    # Feeds tell the sizes of pictures, so pictures come first. Then what is slow to make, so that no worker ends late.
    rank = {page.path: _rank(page) for page in stale}
    first = [page for page in stale if rank[page.path] == 0]
    slow = [page for page in stale if rank[page.path] == 1]
    rest = [page for page in stale if rank[page.path] == 2]
    rendered: dict[str, tuple[Stamp, bool]] = {}
    problems: list[Problem] = []
    for pages, size in ((first, 1), (slow + rest, CHUNK)):

        def some(chunk: range, pages: Sequence[Page] = pages) -> tuple[list[tuple[Stamp, bool]], list[Problem]]:
            return _render_some([pages[n] for n in chunk], renderer)

        done = 0
        for results, mistakes in workers.in_chunks(some, len(pages), size=size, jobs=jobs):
            problems += mistakes
            for result in results:
                path = pages[done].path
                rendered[path], renderer.sizes[path] = result, result[0][1]
                done += 1
            steps.tell("render", len(rendered), len(stale))
            _stop_on(problems)
    return rendered


def _rank(page: Page) -> int:
    if isinstance(page.view, FileView):
        return 1 if page.view.recipe in ("asset", "static", "copy") else 0
    return 1 if isinstance(page.view, FeedView) else 2


def _render_some(pages: Sequence[Page], renderer: Renderer) -> tuple[list[tuple[Stamp, bool]], list[Problem]]:
    results: list[tuple[Stamp, bool]] = []
    problems: list[Problem] = []
    for page in pages:
        try:
            results.append(renderer.staging.write(page.path, renderer.render(page)))
        except SiteError as error:
            problems += error.problems
    return results, problems


def _file_system_time(folder: Path) -> int:
    """The time in nanoseconds as the file system's own clock tells it."""
    path = folder / "clock"
    path.write_bytes(b"")
    return path.stat().st_mtime_ns
