"""Pages at old addresses: redirects from aliases and short links, and notices of withdrawn articles."""

from __future__ import annotations

from collections.abc import Iterator

from mujaz.model import urls
from mujaz.model.content import Article
from mujaz.model.page import Page
from mujaz.model.views import NoticeView, RedirectView
from mujaz.pages import share_cards
from mujaz.pages.common import Frame
from mujaz.site.addresses import paths_of


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
        for path in paths_of(article):
            yield Page(path=path, layout="redirect.html", view=view, origin=article.source)


def _redirect(frame: Frame, article: Article) -> RedirectView:
    story = frame.site.stories[article.id]
    card = ("", "") if article.withdrawn else share_cards.card(frame, article)
    meta = frame.story_meta(story, kind="website", index=False, card=card)  # readers share short links
    return RedirectView(chrome=frame.chrome, meta=meta, target=story.url)
