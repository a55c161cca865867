"""From `Site` to every planned file of the output, each with its closed view. Pure; nothing is rendered here.

The home page is in `mujaz.pages.home`, lists (sections, tags, archives) in `mujaz.pages.lists`, editions in
`mujaz.pages.editions`, feeds in `mujaz.pages.feeds`, sitemaps in `mujaz.pages.sitemaps`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from mujaz.hosting import server_config
from mujaz.layouts.layouts import Layouts
from mujaz.model.page import Page
from mujaz.pages import archives, articles, editions, feeds, home, lists, search, share_cards, sitemaps
from mujaz.pages.common import Frame, Languages
from mujaz.pages.files import file_pages, icon_pages
from mujaz.pages.fixed import build_stamp, fixed_pages
from mujaz.pages.redirects import notices, redirects
from mujaz.pages.standing import standing_pages
from mujaz.search import records
from mujaz.site.site import Site


def plan(
    site: Site, layouts: Layouts, strings: Mapping[str, Any], news_after: float, today: date,
    searched: Sequence[records.IndexedYear], next_build: datetime | None = None, others: Languages | None = None,
) -> list[Page]:  # fmt: skip
    """Every file of the output. `news_after` is the time (seconds) after which a story is in the news sitemap.

    `next_build` is when time alone will next change what readers see. `others` are the languages of articles that are
    not in the site's own.
    """
    frame = Frame(site, strings, today, layouts.brand, others)
    pages: list[Page] = []
    for article in site.selection.published:
        pages.append(articles.page(frame, article))
    pages += articles.fragments(frame)
    pages += notices(frame)
    pages += redirects(frame)
    pages += standing_pages(frame)
    pages.append(home.page(frame))
    pages += lists.plan(frame)
    pages += archives.plan(frame)
    pages += editions.plan(frame)
    pages += feeds.plan(frame)
    pages += sitemaps.plan(frame, news_after)
    pages += fixed_pages(frame)
    pages.append(build_stamp(frame, next_build))
    pages += search.plan(frame, searched)
    pages += share_cards.plan(frame)
    pages += file_pages(site, layouts)
    pages += icon_pages(site.config, layouts)
    pages += server_config.plan(site.config, pages)
    return pages
