"""What a layout sees of the search, of the page about feeds, and of an e-mail; `views` has the others."""

from __future__ import annotations

from mujaz.frozen import Value
from mujaz.model.colours import DARK, LIGHT, Scheme
from mujaz.model.views import Block, Chrome, FeedLink, Link, Meta, Story


class EmailView(Value):
    """An edition as an e-mail. `home` and `permalink` carry the host; a story's url gets it in the layout."""

    language: str
    dir: str
    site: str
    tagline: str
    home: str
    publisher: str
    heading: str
    dates: str
    hijri: str
    permalink: str  # of the edition's page
    lead: Story
    blocks: tuple[Block, ...]
    count: int  # stories in the edition
    left: int  # those that had no room here
    week: bool = False  # of a week, not of a day
    light: Scheme = LIGHT
    dark: Scheme = DARK
    footer: str = ""


class Choice(Value):
    """A way to narrow a search down: `value` is what the form sends."""

    text: str
    value: str


class SearchView(Value):
    """The search page."""

    chrome: Chrome
    meta: Meta
    crumbs: tuple[Link, ...]
    stories: str  # url of the folder of what is shown of each story
    tables: tuple[Link, ...]  # a year each, newest first: its number in the digits of the site, the url of its table
    sections: tuple[Choice, ...]  # value is the key


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
    languages: tuple[FeedChannel, ...]
    tags: str  # url of the index of tags, if each has its feed; or empty
    authors: str
    opml: str  # permalink of the list of all feeds
