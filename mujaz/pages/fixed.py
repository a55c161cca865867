"""Pages and files that every site has: corrections, 404, the manifest, robots.txt and the stamp of the build."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from mujaz.layouts.json_ld import web_manifest
from mujaz.model import urls
from mujaz.model.file_views import TextView
from mujaz.model.page import Page
from mujaz.model.views import (
    CorrectedStory,
    CorrectionsView,
    NotFoundView,
)
from mujaz.pages.common import Frame
from mujaz.site.site import corrected


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
    return Page(path=urls.STAMP, layout="", view=TextView(text=json.dumps(stamp) + "\n"), origin="mujaz")


def fixed_pages(frame: Frame) -> Iterator[Page]:
    titles, config = frame.titles, frame.config
    corrections = tuple(
        CorrectedStory(
            story=frame.story_link(article.id),
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
