"""What is wrong with a plan as a whole: one path for two pages, a link to no page, an unknown layout."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import datetime

from mujaz.arabic.slugs import address_key
from mujaz.files.stamps import folders_of
from mujaz.layouts.layouts import Layouts
from mujaz.messages.errors import Problem, did_you_mean
from mujaz.messages.message import Message, say
from mujaz.model import urls
from mujaz.model.content import Article
from mujaz.model.page import Page, copies_of
from mujaz.pages import share_cards
from mujaz.site.addresses import files_with, moving, named_lists, paths_of
from mujaz.site.site import Site, dead_addresses

# Layouts of other views than an article's.
OTHER_PAGES = frozenset(
    "corrections edition email feeds fragment home index list month notfound notice redirect search standing".split()
)


def plan_problems(site: Site, pages: Sequence[Page], layouts: Layouts) -> list[Problem]:
    """What is wrong with the plan as a whole: one address for two, an address that nothing answers, no such layout.

    What is held will be published by itself, so its addresses and its layout count now.
    """
    planned = {page.path for page in pages}
    others = {page.path for page in pages if isinstance(page.origin, str)}  # of one file of the site alone
    others |= {path for article in site.selection.held for path in paths_of(article)}
    ids = Counter(article.id.casefold() for article in site.selection.articles)
    problems = same_paths([*pages, *_of_held(site, others)], site.config.output, ids, site.config.precompress)
    problems += dead_addresses(site.wanted, lambda address: urls.file_of(address) in planned)
    own = layouts.names() - OTHER_PAGES - {"article"}
    articles = site.selection.published + site.selection.held
    problems += _sections_like_languages(site, articles)
    pages_of = (("article", articles), ("standing", site.selection.standing))
    for usual, texts in pages_of:
        known = {usual, *own}
        for one in texts:
            if one.layout and one.layout not in known:
                at = one.places["layout"]
                text = say("no-layout", name=one.layout)
                help = did_you_mean(one.layout, known) or say("layouts-are", names=tuple(sorted(known)))
                problems.append(Problem(path=one.source, line=at.line, column=at.column, message=text, help=help))
    return problems


def _of_held(site: Site, others: Set[str]) -> Iterator[Page]:
    """The pages that come with held stories, but those whose address another story has left by then.

    They are their own ones, and lists with their feeds and e-mails where one of the `others` stands now: what one file
    of the site alone gives. So is the archive of a day that is not over.
    """
    ends: dict[str, datetime] = {}
    for one in site.selection.published + site.selection.withdrawn + site.selection.held:
        if one.expires:
            own = urls.file_of(urls.article(site.day_of[one.source], one.slug))
            ends |= dict.fromkeys((own, *paths_of(one)), one.expires)
    first_weekday = site.calendar.first_weekday
    for article in site.selection.held:
        own = urls.file_of(urls.article(site.day_of[article.source], article.slug))
        listed = files_with([article], named_lists([article]), site.day_of, site.config, first_weekday)
        coming = [(own, "article.html"), *((path, "redirect.html") for path in paths_of(article))]
        coming += [(path, "list.html") for path in sorted(listed | moving([article], ())) if path in others]
        for path, layout in coming:
            if path not in ends or ends[path] > article.published:
                yield Page(path=path, layout=layout, view=None, origin=article.source)
    today = site.selection.today
    days = {site.day_of[one.source] for one in site.selection.published + site.selection.held}
    for day in sorted(day for day in days if day >= today and site.config.feed.archive):
        path = urls.day(day) + urls.ARCHIVED  # comes when the day is over
        if path in others:
            yield Page(path=path, layout="", view=None, origin=say("origin-feed-archive", day=day.isoformat()))


def _sections_like_languages(site: Site, articles: Sequence[Article]) -> Iterator[Problem]:
    """A problem for each section whose feeds have the addresses of those of a language."""
    languages = {one.lang.lower() for one in articles if one.lang and one.lang != site.config.language}
    for key in sorted(languages & {one.section for one in articles}):
        help = say("choose-another-key", keys=tuple(sorted(urls.RESERVED | languages)))
        yield Problem(path="config.yaml", message=say("section-key-taken", key=key), help=help)


def same_paths(pages: Sequence[Page], output: str, ids: Mapping[str, int], compressed: bool) -> list[Problem]:
    """A problem for each output file that two pages want, compared as a case-insensitive disk would.

    `ids` counts the articles of each id: one that two have is a problem already. With `compressed` a page also wants
    the files of its copies.
    """
    first: dict[str, Page] = {}
    problems = []
    for page in pages:
        other = first.setdefault(address_key(page.path), page)
        if other is not page and ids.get(_id_in(page.path), 0) < 2:
            problems.append(_wanted_by_two(page.path, page, other, output))
    files = dict(first)
    if compressed:
        for page in first.values():
            for copy in copies_of(page.path):
                other = files.setdefault(address_key(copy), page)
                if other is not page:
                    problems.append(_wanted_by_two(copy, page, other, output))
    return problems + _inside_each_other(first, files, output)


def _wanted_by_two(path: str, page: Page, other: Page, output: str) -> Problem:
    one, two = sorted((other.origin, page.origin), key=str)
    text = say("wanted-by-two", one=one, other=two)
    return Problem(path=f"{output}/{path}", message=text, help=_parting(page, other))


def _id_in(path: str) -> str:
    """The id, case folded, in the path of a short link or a card; empty in others."""
    folder, _, rest = path.partition("/")
    if folder == "s":
        return rest.removesuffix("/index.html").casefold()
    return posixpath.splitext(rest)[0].casefold() if f"{folder}/" == share_cards.FOLDER else ""


def _parting(page: Page, other: Page) -> Message:
    if page.layout == other.layout == "list.html":
        return say("write-names-alike")
    if "redirect.html" in (page.layout, other.layout):
        return say("take-alias-out")
    return say("other-slug-for-one")


def _inside_each_other(pages: Mapping[str, Page], files: Mapping[str, Page], output: str) -> list[Problem]:
    """A file cannot also be a folder: an alias `/a` and a page `/a/b/`. Pages are by the key of their path."""
    if files.keys().isdisjoint(folders_of(pages)):
        return []
    return [
        Problem(
            path="/".join((output, *page.path.split("/")[:depth])),
            message=say("file-and-folder", one=files[folder].origin, other=page.origin),
            help=say("change-one-address"),
        )
        for key, page in pages.items()
        for depth in range(1, key.count("/") + 1)
        if (folder := "/".join(key.split("/")[:depth])) in files
    ]
