"""What is wrong with a plan as a whole: one path for two pages, a link to no page, an unknown layout."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mujaz.arabic.slugs import address_key
from mujaz.files import folders_of
from mujaz.layouts.layouts import Layouts
from mujaz.messages.errors import Problem, did_you_mean
from mujaz.messages.message import Message, say
from mujaz.model import urls
from mujaz.model.page import Page
from mujaz.pages import share_cards
from mujaz.site.site import Site, dead_addresses

# Layouts of other views than an article's.
OTHER_PAGES = frozenset(
    "corrections edition email feeds fragment home index list month notfound notice redirect search standing".split()
)


def plan_problems(site: Site, pages: Sequence[Page], layouts: Layouts) -> list[Problem]:
    """What is wrong with the plan as a whole: one address for two, an address that nothing answers, no such layout."""
    planned = {page.path for page in pages}
    problems = same_paths(pages, site.config.output)
    problems += dead_addresses(site.wanted, lambda address: urls.file_of(address) in planned)
    own = layouts.names() - OTHER_PAGES - {"article"}
    pages_of = (("article", site.selection.published), ("standing", site.selection.standing))
    for usual, texts in pages_of:
        known = {usual, *own}
        for one in texts:
            if one.layout and one.layout not in known:
                at = one.places["layout"]
                text = say("no-layout", name=one.layout)
                help = did_you_mean(one.layout, known) or say("layouts-are", names=tuple(sorted(known)))
                problems.append(Problem(path=one.source, line=at.line, column=at.column, message=text, help=help))
    return problems


def same_paths(pages: Sequence[Page], output: str) -> list[Problem]:
    """A problem for each output file that two pages want, compared as a case-insensitive disk would."""
    first: dict[str, Page] = {}
    problems = []
    for page in pages:
        other = first.setdefault(address_key(page.path), page)
        if other is not page and not _same_id(page, other):
            one, two = sorted((other.origin, page.origin), key=str)
            text = say("wanted-by-two", one=one, other=two)
            problems.append(Problem(path=f"{output}/{page.path}", message=text, help=_parting(page, other)))
    return problems + _inside_each_other(first.values(), output)


def _same_id(page: Page, other: Page) -> bool:
    """Whether the two are asked for by one id that two articles have, which is a problem already."""
    return all(one.path.startswith(("s/", share_cards.FOLDER)) for one in (page, other))


def _parting(page: Page, other: Page) -> Message:
    if page.layout == other.layout == "list.html":
        return say("write-names-alike")
    if "redirect.html" in (page.layout, other.layout):
        return say("take-alias-out")
    return say("other-slug-for-one")


def _inside_each_other(pages: Any, output: str) -> list[Problem]:
    """A file cannot also be a folder: an alias `/a` and a page `/a/b/`."""
    by_path = {page.path: page for page in pages}
    if by_path.keys().isdisjoint(folders_of(by_path)):
        return []
    return [
        Problem(
            path=f"{output}/{by_path[path[:at]].path}",
            message=say("file-and-folder", one=by_path[path[:at]].origin, other=page.origin),
            help=say("change-one-address"),
        )
        for path, page in by_path.items()
        for at in (i for i, c in enumerate(path) if c == "/")
        if path[:at] in by_path
    ]
