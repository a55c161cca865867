"""All checks of `check`, as one list of problems: content, config, layouts, prose, and the built site."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from mujaz.arabic.direction import is_rtl_language
from mujaz.build.entry import with_copy
from mujaz.build.ready import problems_of
from mujaz.build.request import SHIPPED_LAYOUTS, BuildRequest
from mujaz.build.survey import Survey, survey
from mujaz.build.unchanged import previous_build, unchanged
from mujaz.cache.store import Store
from mujaz.check import articles as of_articles
from mujaz.check import external_links, policy
from mujaz.check.arabic_text import proofread
from mujaz.check.fix_body import cookie_frames
from mujaz.check.latin_names import latin_names
from mujaz.check.links import dead, orphans, read_links
from mujaz.config.settings import load_config, load_despite_problems
from mujaz.content.rewriting import front_matter
from mujaz.files.whole import read_plain
from mujaz.layouts.copies import Copies
from mujaz.markdown_body.embeds import NOCOOKIE_HOST
from mujaz.messages.errors import Problem, SiteError
from mujaz.messages.message import Message, say
from mujaz.model.content import Article, Standing
from mujaz.model.settings import Config
from mujaz.output.manifest import MANIFEST
from mujaz.site.site import language_of
from mujaz.yaml_values.encoding import decode

CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"')
MOST = 50  # dead links of the built site that are listed; the others are counted
OnProgress = Callable[[int, int], None]


def inspect(
    request: BuildRequest, *, external: bool = False, on_progress: OnProgress = lambda done, of: None
) -> tuple[Problem, ...]:
    """Every problem of the site, errors and warnings, sorted by place; nothing is built.

    With `external`, links to other sites are visited, and `on_progress` is called with (done, of).
    """
    config, found = load_despite_problems(request.root / "config.yaml")
    problems = list(found)
    if config is not None and request.base_url is not None:
        config = load_config(request.root / "config.yaml", base_url=request.base_url).config
    if config is not None:
        whole = not any(not problem.warning for problem in problems)
        try:
            seen = survey(request, config)
        except SiteError as error:
            return _ordered([*problems, *error.problems])
        problems += seen.problems
        if whole:
            problems += with_copy(request, lambda store: problems_of(request, store))
            problems += _built(request, config)
        problems += _read(request, seen)
        if external:
            problems += _outside(request, seen, on_progress)
    return _ordered(problems)


def _ordered(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems), key=lambda problem: (problem.order, problem.warning)))


def _read(request: BuildRequest, seen: Survey) -> Iterator[Problem]:
    """Warnings about the text of articles that a build does not give. Withdrawn and expired articles are skipped."""
    selection, root = seen.selection, request.root
    articles = (*selection.published, *selection.held, *selection.drafts)
    yield from of_articles.ahead(selection.published, request.now)
    yield from chain.from_iterable(map(of_articles.of_article, articles))
    yield from of_articles.without_slug(selection.published)
    yield from of_articles.straight_quotes((*articles, *selection.standing))
    yield from of_articles.on_cards(articles, seen.config)
    yield from of_articles.of_names(articles)
    yield from of_articles.not_shown((*articles, *selection.expired), selection.standing)
    yield from policy.refused(root, seen.config)
    yield from Copies(own=root / seen.config.layouts, shipped=SHIPPED_LAYOUTS, folder=seen.config.layouts).outdated()
    yield from of_articles.unused(selection.articles, selection.standing, seen.others, seen.config)
    texts: list[Article | Standing] = [*articles, *selection.standing]
    latin = {one.source for one in texts if _is_in_site_language(one, seen.config)}
    for path in _sources(seen):
        text = _text(root, path)
        yield from proofread(path, text)
        if NOCOOKIE_HOST in seen.config.iframes:
            start = (front_matter(text) or (0, 0))[1]
            yield from cookie_frames(path, text[start:], text.count("\n", 0, start) + 1)
        if seen.config.names is not None and path in latin:
            yield from latin_names(path, text, seen.config.names)


def _is_in_site_language(text: Article | Standing, config: Config) -> bool:
    return is_rtl_language(config.language) and language_of(text.lang, config.language)[0] == ""


def _sources(seen: Survey) -> list[str]:
    selection = seen.selection
    articles = [article.source for article in (*selection.published, *selection.held, *selection.drafts)]
    return [*articles, *(standing.source for standing in selection.standing)]


def _text(root: Path, path: str) -> str:
    try:
        return decode(read_plain(root / path), path)[0]
    except OSError:  # deleted since it was read
        return ""


# ---------------------------------------------------------------- the built site


def _built(request: BuildRequest, config: Config) -> Iterator[Problem]:
    """Dead links and orphan pages of the output; a warning where the output is stale."""
    output = request.output or request.root / config.output
    name = config.output if request.output is None else output.name
    if not (output / MANIFEST).is_file():
        text, help = say("no-built-site"), say("build-and-check")
        yield Problem(path=f"{name}/", message=text, help=help, warning=True)
        return

    def is_current(store: Store) -> bool:
        return unchanged(request, previous_build(request, store)) is not None

    if not with_copy(request, is_current):
        text = say("output-not-current")
        yield Problem(path=f"{name}/", message=text, help=say("build-and-check"), warning=True)
    built_for = CANONICAL.search(_text(output, "index.html"))
    if built_for is not None and html.unescape(built_for[1]) != f"{config.base_url}/":
        text = say("built-for-another-address", address=config.base_url)
        yield Problem(path=f"{name}/", message=text, help=say("name-base-url"))
        return
    graph = read_links(output, config.base_url)
    missing: dict[str, list[str]] = {}
    for link in dead(graph):
        missing.setdefault(link.target, []).append(link.path)
    for target, pages in list(missing.items())[:MOST]:
        more = say("on-pages", n=len(pages)) if len(pages) > 1 else ""
        text = say("dead-link", target=target, more=more)
        yield Problem(path=f"{name}/{pages[0]}", message=text, help=say("report-layout"))
    if len(missing) > MOST:
        text = say("more-dead-links", n=len(missing) - MOST)
        yield Problem(path=f"{name}/", message=text, help=say("mend-and-check-again"))
    for page in orphans(graph):
        text = say("no-page-leads-here")
        yield Problem(path=f"{name}/{page}", message=text, help=say("link-from-a-page"), warning=True)


# ---------------------------------------------------------------- other sites


def _outside(request: BuildRequest, seen: Survey, on_progress: OnProgress) -> Iterator[Problem]:
    places: dict[str, list[tuple[str, int, int]]] = {}
    for path in _sources(seen):
        for line, column, url in external_links.urls(_text(request.root, path)):
            places.setdefault(url, []).append((path, line, column))
    verdicts = external_links.ask(places, request.home / "outside.json", request.now, on_progress=on_progress)
    for url, verdict in verdicts.items():
        if (words := said(url, verdict)) is None:
            continue
        for path, line, column in places.get(url, ()):
            message, help = words
            yield Problem(path=path, line=line, column=column, message=message, help=help, warning=not verdict.gone)


def said(url: str, verdict: external_links.Verdict) -> tuple[Message, Message] | None:
    """Message and help of a verdict; None if the link is good."""
    if verdict.good:
        if not verdict.moved:
            return None
        return say("link-moved", link=url), say("write-it", what=verdict.moved)
    if verdict.status:
        help = say("find-or-delete-link") if verdict.gone else say("look-in-browser")
        return say("link-status", link=url, status=verdict.status), help
    if verdict.malformed:
        why: str | Message = say("malformed-address", why=verdict.malformed)
    else:
        why = external_links.REASONS.get(verdict.reason, verdict.reason)
    return say("link-no-answer", link=url, why=why), say("look-in-browser")
