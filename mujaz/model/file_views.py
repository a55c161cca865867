"""Views of files that no layout makes: feeds, sitemaps, small texts, and files made from one other file."""

from __future__ import annotations

from mujaz.frozen import Value
from mujaz.model.colours import LIGHT, Scheme
from mujaz.model.players import Player
from mujaz.model.views import Alternate, Block, BodyView, Figure, Link, Story


class FeedEntry(Value):
    guid: str  # tag:example.org,2021:<id>
    story: Story
    permalink: str
    updated: str  # iso, of the last update or correction
    authors: tuple[str, ...]
    categories: tuple[str, ...]  # section, then tags
    source: str  # «الجزيرة + وكالات», or empty
    body: BodyView | None  # None where it is not shown: in summaries, and in editions, which show `blocks`
    picture: Figure | None
    blocks: tuple[Block, ...] = ()
    players: tuple[Player, ...] = ()  # film and sound of ours, which readers can fetch
    source_url: str = ""  # where the source is found, if it is known: RSS's `source` must have an address


class FeedView(Value):
    title: str
    description: str
    permalink: str  # of the feed itself
    page: str  # permalink of the page that it belongs to
    language: str
    dir: str
    base_url: str
    publisher: str
    updated: str  # iso, the newest entry's
    full: bool  # full text or summary
    entries: tuple[FeedEntry, ...]
    relations: tuple[Link, ...] = ()  # text is the rel (hub, prev-archive, next-archive, current), url a permalink
    archive: bool = False  # an archive of RFC 5005, which is never shortened


class ListedFeed(Value):
    """A feed in a list of feeds; both addresses are permalinks."""

    title: str
    permalink: str
    page: str


class FeedFolder(Value):
    """Feeds that belong together; without a name they stand in no folder."""

    name: str
    feeds: tuple[ListedFeed, ...]


class OpmlView(Value):
    title: str
    language: str
    folders: tuple[FeedFolder, ...]


class SitemapEntry(Value):
    permalink: str
    modified: str  # iso, or empty
    alternates: tuple[Alternate, ...] = ()


class SitemapView(Value):
    """One part of the sitemap, or, with `index` set, the list of its parts."""

    index: bool
    entries: tuple[SitemapEntry, ...]


class NewsEntry(Value):
    permalink: str
    title: str
    published: str  # iso


class NewsSitemapView(Value):
    publication: str
    language: str
    entries: tuple[NewsEntry, ...]


class TextView(Value):
    """A small text file that is all data: robots.txt, .nojekyll …"""

    text: str


class FileView(Value):
    """A file copied or made from one other file.

    `recipe` is "asset" or "static" (`source` is a name below layouts/assets/ or layouts/static/), "copy" (of the file
    `source` of the content), or what `pictures.make` makes of a picture: "webp 480 960", "card 960". `together` are
    then the recipes of all the files of that picture, which are made at once.
    """

    source: str
    digest: str
    recipe: str
    together: tuple[str, ...] = ()


class SearchStoryView(Value):
    """A story as it is searched, and as it is shown among results. `body` is the digest of its body."""

    id: str
    url: str
    title: str
    summary: str  # empty where it was taken from the body
    body: str
    more: tuple[str, ...]  # found but not shown: tags, authors, the story file
    section: str  # key
    section_name: str
    date: str  # in words
    iso: str
    label: str = ""  # as it is shown
    lang: str = ""
    dir: str = ""
    rtl: bool = False  # whether it is read from right to left, where `dir` is the page's too
    quotes: str = "guillemets"  # the style of those around what others say in it


class SearchShardView(Value):
    """A shard of a year's index: the digests of what its parts have in it, the oldest part first."""

    year: int
    shard: int
    parts: tuple[str, ...]


class SearchTableView(Value):
    """The table of a year's index: the digests of its parts' rows, and the names of the files of its shards."""

    year: int
    parts: tuple[str, ...]
    shards: tuple[str, ...]


class Headline(Value):
    text: str
    rtl: bool


class CardView(Value):
    """A picture for sharing that is drawn: below the masthead a story's headline, or an edition's first ones."""

    name: str  # of the paper
    date: str
    kicker: str  # label and section, or the name of the edition
    title: str
    rtl: bool  # the paper's direction
    title_rtl: bool
    others: tuple[Headline, ...] = ()  # of an edition, after the first
    scheme: Scheme = LIGHT


class IconView(Value):
    """An icon of the paper: the picture that it brings, or the first letter of its name on its accent."""

    size: int  # pixels, square; 0: an SVG
    source: str = ""  # the picture, a file below layouts/static/
    digest: str = ""  # of it
    letter: str = ""
    ground: str = ""  # also what lies behind a picture that is clear in places, where `whole`
    ink: str = ""
    whole: bool = False  # no place of it is clear: Apple's icons are put on black
