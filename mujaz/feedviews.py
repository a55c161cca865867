"""What the layout of the page about feeds sees."""

from __future__ import annotations

from mujaz.frozen import Value
from mujaz.views import Chrome, FeedLink, Link, Meta


class FeedChannel(Value):
    """Something one can subscribe to, in each format. Its links are permalinks, to be copied."""

    title: str
    url: str  # of its page
    links: tuple[FeedLink, ...]


class FeedsView(Value):
    """How to subscribe."""

    chrome: Chrome
    meta: Meta
    crumbs: tuple[Link, ...]
    site: tuple[FeedChannel, ...]
    sections: tuple[FeedChannel, ...]
    editions: tuple[FeedChannel, ...]
    tags: str  # url of the index of tags, if each has its feed; or empty
    authors: str
    opml: str  # permalink of the list of all feeds
