"""What the pages are made from of which there is one for each article: fewer parts than their views, and shared ones.

A view is a function of its matter alone, so the matter's fingerprint tells as surely whether a page is stale (law 2),
at half the cost: ten thousand views need not be made to see that none has moved.
"""

from __future__ import annotations

from mujaz.frozen import Struct
from mujaz.model import Article
from mujaz.views import BodyView, Chrome, CorrectionNote, DayHead, FeedLink, Figure, Link, Meta, Part, Story, When


class SectionMatter(Struct, frozen=True, kw_only=True):
    """What all articles of a section share."""

    chrome: Chrome
    crumbs: tuple[Link, Link]  # home, section
    feed: FeedLink
    origin: str  # https://example.org
    base_url: str


class ArticleMatter(Struct, frozen=True, kw_only=True):
    section: SectionMatter
    article: Article  # told by what it was read from
    story: Story
    card: str  # url of the picture for sharing, or empty
    card_alt: str
    day: DayHead
    updated: When | None
    authors: tuple[Link, ...]
    tags: tuple[Link, ...]
    series: Link | None
    parts: tuple[Part, ...]
    corrections: tuple[CorrectionNote, ...]
    picture: Figure | None
    body: BodyView
    related: tuple[Story, ...]
    more: tuple[Story, ...]
    previous: Link | None
    next: Link | None


class RedirectMatter(Struct, frozen=True, kw_only=True):
    chrome: Chrome
    origin: str
    story: Story
    card: str
    card_alt: str


def story_meta(
    matter: ArticleMatter | RedirectMatter, origin: str, *, kind: str, index: bool, feeds: tuple[FeedLink, ...] = ()
) -> Meta:
    """The head of a page about the story of `matter`, whose url is not encoded again."""
    story = matter.story
    return Meta(
        title=story.title,
        description=story.summary,
        permalink=origin + story.url,
        kind=kind,
        index=index,
        feeds=feeds,
        section=story.section.url if index else "",
        card=matter.card,
        card_alt=matter.card_alt,
    )
