"""Pages that every site has, and those of standing files, notices and redirects."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from mujaz.arabic.slugs import slug_of
from mujaz.layouts.json_ld import web_manifest
from mujaz.model import urls
from mujaz.model.content import Article
from mujaz.model.file_views import TextView
from mujaz.model.page import Page
from mujaz.model.views import (
    CorrectedStory,
    CorrectionsView,
    Link,
    NotFoundView,
    NoticeView,
    RedirectView,
    StandingView,
)
from mujaz.pages import share_cards
from mujaz.pages.common import Frame
from mujaz.site.site import corrected, frozen, language_of

STAMP = ".mujaz-build.json"


def notices(frame: Frame) -> Iterator[Page]:
    """Withdrawn articles: a notice at the old address, out of every list."""
    for article in frame.site.selection.withdrawn:
        address, own = frame.site.addresses[article.source], frame.of(article.lang)
        view = NoticeView(
            chrome=own.chrome,
            meta=own.meta(article.title, address, index=False),
            crumbs=(own.home, own.section_links[article.section]),
            title=article.title,
            reason=article.withdrawn or "",
            published=own.calendar.when(article.published, timed="date" not in article.days),
        )
        yield Page(path=urls.file_of(address), layout="notice.html", view=view, origin=article.source)


def redirects(frame: Frame) -> Iterator[Page]:
    """Short links and old addresses, as pages that lead on; hosts that can redirect do so by themselves."""
    for article in frame.site.selection.published + frame.site.selection.withdrawn:
        view = _redirect(frame, article)
        starts = [f"s/{article.id}/", *(alias.target.lstrip("/") for alias in article.aliases)]
        for start in starts:
            if not start.endswith("/") and "." not in start.rpartition("/")[2]:
                start += "/"  # an old address without an ending was a folder on its host
            yield Page(path=urls.file_of(start), layout="redirect.html", view=view, origin=article.source)


def _redirect(frame: Frame, article: Article) -> RedirectView:
    story = frame.site.stories[article.id]
    card = ("", "") if article.withdrawn else share_cards.card(frame, article)
    meta = frame.story_meta(story, kind="website", index=False, card=card)  # readers share short links
    return RedirectView(chrome=frame.chrome, meta=meta, target=story.url)


def standing_pages(frame: Frame) -> Iterator[Page]:
    for standing in frame.site.selection.standing:
        if standing.kind != "page":
            continue
        address = f"{slug_of(standing.name)}/"
        lang, direction = language_of(standing.lang, frame.config.language)
        view = StandingView(
            chrome=frame.chrome,
            meta=frame.meta(standing.title, address, standing.summary),
            crumbs=(frame.home,),
            title=standing.title,
            body=frame.site.bodies[standing.source],
            lang=lang,
            dir=direction,
            extra=frozen(standing.extra) if standing.extra else {},
            data=frame.site.data.get(standing.source, ()),
        )
        yield Page(
            path=urls.file_of(address),
            layout=f"{standing.layout or 'standing'}.html",
            view=view,
            origin=standing.source,
        )


def build_stamp(frame: Frame, next_build: datetime | None) -> Page:
    """What monitors ask for: how many stories the site has, when the newest went out, when it is next to be built.

    Nothing in it tells when a build ran: the same site has the same stamp.
    """
    published = frame.site.selection.published
    newest = max((article.published.astimezone(frame.site.zone) for article in published), default=None)
    stamp = {
        "stories": len(published),
        "withdrawn": len(frame.site.selection.withdrawn),
        "newest": newest.isoformat() if newest else None,
        "next_build": next_build.isoformat() if next_build else None,
    }
    return Page(path=STAMP, layout="", view=TextView(text=json.dumps(stamp) + "\n"), origin="mujaz")


def fixed_pages(frame: Frame) -> Iterator[Page]:
    titles, config = frame.titles, frame.config
    corrections = tuple(
        CorrectedStory(
            story=Link(text=frame.site.stories[article.id].title, url=frame.site.stories[article.id].url),
            notes=tuple(frame.note(one) for one in notes),
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
    manifest = web_manifest(frame.chrome)
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {urls.permalink(config, 'sitemap.xml')}\n"
    yield Page(path="corrections/index.html", layout="corrections.html", view=corrections_view, origin="mujaz")
    yield Page(path="404.html", layout="notfound.html", view=missing, origin="mujaz")
    yield Page(path="site.webmanifest", layout="", view=TextView(text=manifest), origin="mujaz")
    yield Page(path="robots.txt", layout="", view=TextView(text=robots), origin="mujaz")
