"""From `Site` to every planned file of the output, each with its closed view. Pure; nothing is rendered here.

Lists (home, sections, tags, archives) are in `mujaz.lists`, editions in `mujaz.editions`, feeds in `mujaz.feeds`,
sitemaps in `mujaz.machine`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from mujaz import addresses, album, articles, editions, feeds, hosts, lists, machine, search, sharing
from mujaz.arabic import address_key, slug_of
from mujaz.errors import Problem, did_you_mean, say
from mujaz.frame import Frame
from mujaz.layouts import Layouts
from mujaz.machineviews import FileView, TextView
from mujaz.metadata import web_manifest
from mujaz.model import Article, Page
from mujaz.site import Site, corrected, dead_addresses, language_of
from mujaz.stamps import folders_of
from mujaz.views import (
    CorrectedStory,
    CorrectionNote,
    CorrectionsView,
    Link,
    NotFoundView,
    NoticeView,
    RedirectView,
    StandingView,
)

PAPER, ACCENT = "#fdfcf8", "#0b5361"  # as in layouts/assets/main.css and the icons
# Layouts of other views than an article's.
OTHER_PAGES = frozenset(
    "corrections edition email feeds fragment home index list month notfound notice redirect search standing".split()
)


def plan(
    site: Site, layouts: Layouts, strings: Mapping[str, Any], news_after: float, today: date,
    bundles: Sequence[search.Bundle],
) -> list[Page]:  # fmt: skip
    """Every file of the output. `news_after` is the time (seconds) after which a story is in the news sitemap."""
    frame = Frame(site, strings, today)
    pages: list[Page] = []
    for article in site.selection.published:
        pages.append(articles.page(frame, article))
    pages += notices(frame)
    pages += redirects(frame)
    pages += standing_pages(frame)
    pages += lists.plan(frame)
    pages += editions.plan(frame)
    pages += feeds.plan(frame)
    pages += machine.plan(frame, news_after)
    pages += fixed_pages(frame)
    pages += search.plan(frame, bundles)
    pages += sharing.plan(frame)
    pages += file_pages(site, layouts)
    pages += hosts.plan(site.config, pages)
    return pages


def plan_problems(site: Site, pages: Sequence[Page], layouts: Layouts) -> list[Problem]:
    """What is wrong with the plan as a whole: one address for two, an address that nothing answers, no such layout."""
    planned = {page.path for page in pages}
    problems = same_paths(pages, site.config.output)
    problems += dead_addresses(site.wanted, lambda address: addresses.file_of(address) in planned)
    known = {"article", *(layouts.names() - OTHER_PAGES)}
    for article in site.selection.published:
        if article.layout and article.layout not in known:
            at = article.places["layout"]
            text = say("no-layout", name=article.layout)
            help = did_you_mean(article.layout, known) or say("layouts-are", names=tuple(sorted(known)))
            problems.append(Problem(path=article.source, line=at.line, column=at.column, message=text, help=help))
    return problems


def same_paths(pages: Sequence[Page], output: str) -> list[Problem]:
    """A problem for each output file that two pages want, compared as a case-insensitive disk would."""
    first: dict[str, Page] = {}
    problems = []
    for page in pages:
        other = first.setdefault(address_key(page.path), page)
        if other is not page and not page.path.startswith("s/"):  # one id twice is a problem already
            both = sorted((other.origin, page.origin))
            names = page.layout == other.layout == "list.html"
            problems.append(
                Problem(
                    path=f"{output}/{page.path}",
                    message=say("wanted-by-two", one=both[0], other=both[1]),
                    help=say("write-names-alike") if names else say("other-slug-for-one"),
                )
            )
    return problems + _inside_each_other(first.values(), output)


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


# ---------------------------------------------------------------- notices and redirects


def notices(frame: Frame) -> Iterator[Page]:
    """Withdrawn articles: a notice at the old address, out of every list."""
    for article in frame.site.selection.withdrawn:
        address = frame.site.addresses[article.source]
        view = NoticeView(
            chrome=frame.chrome,
            meta=frame.meta(article.title, address, index=False),
            crumbs=(frame.home, frame.section_links[article.section]),
            title=article.title,
            reason=article.withdrawn or "",
            published=frame.site.calendar.when(article.published),
        )
        yield Page(path=addresses.file_of(address), layout="notice.html", view=view, origin=article.source)


def redirects(frame: Frame) -> Iterator[Page]:
    """Short links and old addresses, as pages that lead on; hosts that can redirect do so by themselves."""
    for article in frame.site.selection.published + frame.site.selection.withdrawn:
        view = _redirect(frame, article)
        starts = [f"s/{article.id}/", *(alias.target.lstrip("/") for alias in article.aliases)]
        for start in starts:
            if not start.endswith("/") and "." not in start.rpartition("/")[2]:
                start += "/"  # an old address without an ending was a folder on its host
            yield Page(path=addresses.file_of(start), layout="redirect.html", view=view, origin=article.source)


def _redirect(frame: Frame, article: Article) -> RedirectView:
    story = frame.site.stories[article.id]
    card = ("", "") if article.withdrawn else sharing.card(frame, article)
    meta = frame.story_meta(story, kind="website", index=False, card=card)  # readers share short links
    return RedirectView(chrome=frame.chrome, meta=meta, target=story.url)


# ---------------------------------------------------------------- pages that always are


def standing_pages(frame: Frame) -> Iterator[Page]:
    for standing in frame.site.selection.standing:
        if standing.kind != "page":
            continue
        address = f"{slug_of(standing.name)}/"
        lang, direction = language_of(standing.lang, frame.config)
        view = StandingView(
            chrome=frame.chrome,
            meta=frame.meta(standing.title, address, standing.summary),
            crumbs=(frame.home,),
            title=standing.title,
            body=frame.site.bodies[standing.source],
            lang=lang,
            dir=direction,
        )
        yield Page(path=addresses.file_of(address), layout="standing.html", view=view, origin=standing.source)


def fixed_pages(frame: Frame) -> Iterator[Page]:
    titles, config = frame.titles, frame.config
    corrections = tuple(
        CorrectedStory(
            story=Link(text=frame.site.stories[article.id].title, url=frame.site.stories[article.id].url),
            notes=tuple(CorrectionNote(when=frame.site.calendar.when(n.date), text=n.text) for n in notes),
        )
        for article, notes in corrected(frame.site.selection.published)
    )
    corrections_view = CorrectionsView(
        chrome=frame.chrome,
        meta=frame.meta(titles["corrections"], "corrections/"),
        crumbs=(frame.home,),
        corrected=corrections,
    )
    missing = NotFoundView(chrome=frame.chrome, meta=frame.meta(titles["notfound_title"], "404.html", index=False))
    manifest = web_manifest(frame.chrome, paper=PAPER, ink=ACCENT)
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {addresses.permalink(config, 'sitemap.xml')}\n"
    yield Page(path="corrections/index.html", layout="corrections.html", view=corrections_view, origin="mujaz")
    yield Page(path="404.html", layout="notfound.html", view=missing, origin="mujaz")
    yield Page(path="site.webmanifest", layout="", view=TextView(text=manifest), origin="mujaz")
    yield Page(path="robots.txt", layout="", view=TextView(text=robots), origin="mujaz")


def file_pages(site: Site, layouts: Layouts) -> Iterator[Page]:
    """Assets, static files, sizes of pictures, documents: each made from one file, or from a recipe alone."""
    for asset in layouts.assets.values():
        view = FileView(source=asset.name, digest=asset.digest, recipe="asset")
        yield Page(path=asset.path, layout="", view=view, origin=f"layouts/assets/{asset.name}")
    for name, digest in layouts.static.items():
        view = FileView(source=name, digest=digest, recipe="static")
        yield Page(path=name, layout="", view=view, origin=f"layouts/static/{name}")
    for address, file in site.documents.items():
        view = FileView(source=file.path, digest=file.digest, recipe="copy")
        yield Page(path=address, layout="", view=view, origin=file.path)
    leads = {file.path for file in site.leads.values()}
    made: set[str] = set()  # equal pictures of one name, in two bundles perhaps, have one address
    for file in site.pictures:
        for variant in album.variants(file, site.config):
            if variant.name not in made:
                made.add(variant.name)
                view = FileView(
                    source=file.path,
                    digest=file.digest,
                    recipe=variant.recipe,
                    together=album.recipes(file, site.config, leads),
                )
                yield Page(path=album.FOLDER + variant.name, layout="", view=view, origin=file.path)
