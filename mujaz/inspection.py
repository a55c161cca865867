"""All that `check` looks at, in one list of problems: content, config, layouts, prose, and the site that was built."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from mujaz import editorial, outside
from mujaz.build import with_store
from mujaz.config import lenient, load_config
from mujaz.decoding import decode
from mujaz.errors import Problem, SiteError, quoted
from mujaz.frozen import replace
from mujaz.links import dead, orphans, read_web
from mujaz.model import Config
from mujaz.order import BuildRequest
from mujaz.output import MANIFEST
from mujaz.pipeline import problems_of
from mujaz.proofs import proofread
from mujaz.store import Store
from mujaz.survey import Survey, survey
from mujaz.unchanged import previous_build, unchanged

CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"')
MOST = 50  # dead addresses of the built site that are told one by one; the rest are counted
Tell = Callable[[int, int], None]


def inspect(
    request: BuildRequest, *, external: bool = False, tell: Tell = lambda done, of: None
) -> tuple[Problem, ...]:
    """Every problem of the site, errors and warnings, in the order of their places; nothing is built."""
    config, found = lenient(request.root / "config.yaml")
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
            problems += with_store(request, lambda store: problems_of(request, store))
            problems += _built(request, config)
        problems += _read(request.root, seen)
        if external:
            problems += _outside(request, seen, tell)
    return _ordered(problems)


def _ordered(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems), key=lambda problem: (problem.order, problem.warning)))


def _read(root: Path, seen: Survey) -> Iterator[Problem]:
    """What an editor reads in the articles, not what a build needs. Withdrawn and expired ones are left in peace."""
    selection = seen.selection
    articles = (*selection.published, *selection.held, *selection.drafts)
    yield from chain.from_iterable(map(editorial.of_article, articles))
    yield from editorial.of_names(articles)
    yield from editorial.not_shown((*articles, *selection.expired), selection.standing)
    yield from editorial.unused(selection.articles, selection.standing, seen.others, seen.config)
    for path in _sources(seen):
        yield from proofread(path, _text(root, path))


def _sources(seen: Survey) -> list[str]:
    selection = seen.selection
    articles = [article.source for article in (*selection.published, *selection.held, *selection.drafts)]
    return [*articles, *(standing.source for standing in selection.standing)]


def _text(root: Path, path: str) -> str:
    try:
        return decode((root / path).read_bytes(), path)[0]
    except OSError:  # gone since it was read
        return ""


# ---------------------------------------------------------------- what was built


def _built(request: BuildRequest, config: Config) -> Iterator[Problem]:
    """Links and pages of the output; a warning where it is not what would be built now."""
    output = request.output or request.root / config.output
    name = config.output if request.output is None else output.name
    if not (output / MANIFEST).is_file():
        text, help = "there is no built site, so its links were not looked at", "build, then check again"
        yield Problem(path=f"{name}/", text=text, help=help, warning=True)
        return

    def is_current(store: Store) -> bool:
        return unchanged(request, previous_build(request, store)) is not None

    if not with_store(request, is_current):
        text = "the built site is not what a build would give now; its links were looked at as they are"
        yield Problem(path=f"{name}/", text=text, help="build, then check again", warning=True)
    built_for = CANONICAL.search(_text(output, "index.html"))
    if built_for is not None and html.unescape(built_for[1]) != f"{config.base_url}/":
        text = f"the site was built for another address than {quoted(config.base_url)}"
        yield Problem(path=f"{name}/", text=text, help="name it with --base-url, or build again")
        return
    web = read_web(output, config.base_url)
    missing: dict[str, list[str]] = {}
    for link in dead(web):
        missing.setdefault(link.target, []).append(link.path)
    for target, pages in list(missing.items())[:MOST]:
        more = f", on {len(pages)} pages" if len(pages) > 1 else ""
        text = f"a link to {quoted(target)}, where there is nothing{more}"
        yield Problem(path=f"{name}/{pages[0]}", text=text, help="if no layout of yours makes it, please report it")
    if len(missing) > MOST:
        text = f"{len(missing) - MOST} more addresses have links to them, and nothing is there"
        yield Problem(path=f"{name}/", text=text, help="mend those above, then check again")
    for page in orphans(web):
        text = "no page leads here"
        yield Problem(path=f"{name}/{page}", text=text, help="link to it from another page", warning=True)


# ---------------------------------------------------------------- other sites


def _outside(request: BuildRequest, seen: Survey, tell: Tell) -> Iterator[Problem]:
    places: dict[str, list[Problem]] = {}
    for path in _sources(seen):
        for line, column, url in outside.urls(_text(request.root, path)):
            at = Problem(path=path, line=line, column=column, text="")
            places.setdefault(url, []).append(at)
    for url, verdict in outside.ask(places, request.home / "outside.json", request.now, tell=tell).items():
        text, help = said(url, verdict)
        for at in places.get(url, ()) if text else ():
            yield replace(at, text=text, help=help, warning=not verdict.gone)


def said(url: str, verdict: outside.Verdict) -> tuple[str, str]:
    """Text and help of a verdict; both empty where there is nothing to say."""
    if verdict.good:
        if not verdict.moved:
            return "", ""
        return f"the link {quoted(url)} has moved for good", f"write {verdict.moved}"
    if verdict.status:
        help = "find where it is now, or take the link out" if verdict.gone else "look whether a browser gets it"
        return f"the link {quoted(url)} is answered with {verdict.status}", help
    return f"the link {quoted(url)} is not answered: {verdict.reason}", "look whether a browser gets it"
