"""The home page: what leads, what stands beside it, and a row of each section. Pure."""

from __future__ import annotations

from mujaz.messages.message import say
from mujaz.model.page import Page
from mujaz.model.views import Block, HomeView
from mujaz.pages.common import Frame
from mujaz.pages.lists import leading_first, list_page

SECONDS = 4  # stories beside the lead
ROW = 4  # stories of a section: one large, three small


def page(frame: Frame) -> Page:
    site, config = frame.site, frame.config
    published, leads = site.selection.published, {article.id for article in site.selection.leads}
    newest = [article for article in published[: config.home_count] if article.id not in leads]
    in_order = [*site.selection.leads, *newest]
    shown = frame.stories(in_order[: min(1 + SECONDS, config.home_count)])
    used = {story.id for story in shown}
    room = config.home_count - len(shown)
    today = site.day_of[published[0].source] if published else None
    blocks = []
    for section in config.sections:
        most = ROW if section.count is None else section.count
        own = leading_first(site.sections[section.key], site.selection.leads)[: most + len(used)]
        rest = [article for article in own if article.id not in used][: min(most, max(room, 0))]
        if rest:
            blocks.append(Block(heading=frame.section_links[section.key], stories=frame.stories(rest)))
            room -= len(rest)
    view = HomeView(
        chrome=frame.chrome,
        meta=frame.meta(frame.titles["home"], "", config.tagline),
        day=frame.day_head(today) if today else None,
        count=len(site.days[today]) if today else 0,
        lead=shown[0] if shown else None,
        seconds=shown[1:],
        blocks=tuple(blocks),
        most_read=frame.most_read(),
        breaking=frame.breaking(),
    )
    return list_page("", "home.html", view, say("origin-home"))
