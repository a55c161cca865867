"""The site that a build would publish, before anything is written: read, assembled and planned, with every problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mujaz.build.load import (
    Language,
    Settings,
    load_calendar,
    load_languages,
    load_layouts,
    load_most_read,
    load_settings,
)
from mujaz.build.progress import Progress
from mujaz.build.read import Content, read_files, read_site, selected, unreadable
from mujaz.build.relate import related_input
from mujaz.build.report import Skipped
from mujaz.build.request import BuildRequest
from mujaz.build.skip_broken import without_broken
from mujaz.build.unchanged import output_of
from mujaz.cache.store import Store
from mujaz.frozen import Value
from mujaz.layouts.layouts import Layouts
from mujaz.messages.errors import Problem, SiteError
from mujaz.model.content import File
from mujaz.model.page import Page
from mujaz.model.settings import Config
from mujaz.output.lock import guard
from mujaz.pages.conflicts import plan_problems
from mujaz.pages.plan import plan
from mujaz.search.records import IndexedYear
from mujaz.site import schedule
from mujaz.site.assemble import assemble
from mujaz.site.select import Selection
from mujaz.site.site import Site

if TYPE_CHECKING:
    from mujaz.related.find_related import RelatedInput  # loads scipy


class ReadySite(Value):
    """A site that is read and assembled, without its related stories. `problems` are only warnings.

    `skipped` are the files that it leaves out, because the request allows it.
    """

    layouts: Layouts
    languages: Mapping[str, Language]  # of articles that are not in the site's own
    content: Content
    files: Mapping[str, File]
    site: Site
    problems: tuple[Problem, ...]
    skipped: Skipped


def assemble_site(request: BuildRequest, settings: Settings, store: Store, progress: Progress) -> ReadySite:
    """Load the layouts, read the content and assemble the site.

    Raises SiteError with all problems, those that a plan would have too.
    """
    with progress.step("layouts"):
        layouts, problems = load_layouts(request, settings, store)
    with progress.step("read"):
        read = read_site(request, settings, store, progress.on_progress)
        files = read_files(request.root, read.content, store, request.jobs)
    with progress.step("assemble"):
        most_read, more = load_most_read(request.root, settings.config)
        problems += more
        skipped = Skipped()
        while True:
            site, more = _assemble(settings, read.selection, read.content, files, most_read)
            languages, wrong = load_languages(request, settings, site)
            found = [*problems, *read.problems, *more, *wrong]
            found += unreadable(() if request.skip_broken else site.held_data, request.root)
            if layouts is None:
                raise SiteError(found)
            for language, one in languages.items():
                layouts.add_language(language, one.config, one.strings)
            if request.skip_broken or any(not problem.warning for problem in found):
                found += _problems_of_plan(request, settings, layouts, site, languages)
            if all(problem.warning for problem in found):
                break
            if not request.skip_broken:
                raise SiteError(found)
            content, skipped = without_broken(read.content, skipped, found, store)
            read = selected(request, settings, content)
    return ReadySite(
        layouts=layouts,
        languages=languages,
        content=read.content,
        files=files,
        site=site,
        problems=tuple(found),
        skipped=skipped,
    )


def _assemble(
    settings: Settings,
    selection: Selection,
    content: Content,
    files: Mapping[str, File],
    most_read: Sequence[str] = (),
) -> tuple[Site, list[Problem]]:
    config = settings.config
    calendar, not_understood = load_calendar(config), content.not_understood
    return assemble(config, selection, files, calendar, not_understood=not_understood, most_read=most_read)


def plan_of(
    request: BuildRequest,
    settings: Settings,
    layouts: Layouts,
    site: Site,
    searched: Sequence[IndexedYear],
    languages: Mapping[str, Language],
) -> list[Page]:
    """Plan every page of the site. `searched` are the years of its index for the search."""
    news_after = (request.now - schedule.NEWS).timestamp()
    today = schedule.today(settings.config, request.now)
    next_build = schedule.next_change(site.selection, settings.config, request.now)
    others = {language: (one.strings, one.calendar) for language, one in languages.items()}
    return plan(site, layouts, settings.strings, news_after, today, searched, next_build, others)


def _problems_of_plan(
    request: BuildRequest, settings: Settings, layouts: Layouts, site: Site, languages: Mapping[str, Language]
) -> list[Problem]:
    """Plan the site without related stories and search, which add no problem."""
    site = site.with_related({})
    return plan_problems(site, plan_of(request, settings, layouts, site, (), languages), layouts)


def problems_of(request: BuildRequest, store: Store) -> tuple[Problem, ...]:
    """Return every problem, warnings too, that a build would meet before it writes."""
    try:
        settings = load_settings(request)
        output_folder(request, settings.config)
        ready = assemble_site(request, settings, store, Progress())
        return (*ready.problems, *_problems_of_plan(request, settings, ready.layouts, ready.site, ready.languages))
    except SiteError as error:
        return error.problems


class Related(Value):
    """The related stories of a site, and what they are made from."""

    input: RelatedInput
    lists: Mapping[str, tuple[str, ...]]
    selection: Selection


def related(request: BuildRequest, store: Store) -> Related:
    """Find the related stories as a build would show them; nothing is written. Raises SiteError with all problems."""
    from mujaz.related.find_related import relate

    settings = load_settings(request)
    read = read_site(request, settings, store)
    files = read_files(request.root, read.content, store, request.jobs)
    site, more = _assemble(settings, read.selection, read.content, files)
    stop_on([*read.problems, *more])
    made_from = related_input(site, read.content, store)
    return Related(input=made_from, lists=relate(made_from, jobs=request.jobs), selection=read.selection)


def stop_on(problems: Sequence[Problem]) -> None:
    """Raise SiteError with all of them where one is more than a warning."""
    if any(not problem.warning for problem in problems):
        raise SiteError(problems)


def output_folder(request: BuildRequest, config: Config) -> Path:
    """Return the output folder. Raises UsageError where it overlaps with a folder that is read."""
    output, root = output_of(request, config.output), request.root
    guard(output, root, root / config.content, root / config.layouts, request.home)
    return output
