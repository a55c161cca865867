"""Standing pages: those of a site's own texts that are no articles, such as «about us»."""

from __future__ import annotations

from collections.abc import Iterator

from mujaz.model import urls
from mujaz.model.page import Page
from mujaz.model.views import Count, StandingView
from mujaz.pages.chrome import PAGES, standing_link, standing_of
from mujaz.pages.common import Frame
from mujaz.pages.lists import index_page
from mujaz.site.site import frozen, language_of


def standing_pages(frame: Frame) -> Iterator[Page]:
    """A page for each; an index of them all where the foot of a page does not list them all."""
    pages = standing_of(frame.site)
    for standing in pages:
        address = frame.site.addresses[standing.source]
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
    if frame.chrome.pages:
        links = (standing_link(frame.site, one, frame.language) for one in pages)
        entries = [Count(text=one.text, url=one.url, count=0, lang=one.lang, dir=one.dir) for one in links]
        yield index_page(frame, "pages", frame.titles["all_pages"], PAGES, entries)
