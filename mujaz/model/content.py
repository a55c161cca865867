"""What the program keeps: the frozen values that travel down the pipeline. What a layout sees is in
`mujaz.model.views`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from mujaz.frozen import Record, field
from mujaz.messages.message import Message

# ---------------------------------------------------------------- content


class Source(Record):
    """A file below content/, before anyone reads meaning into it. `path` is relative to the site's root."""

    path: str
    stamp: tuple[int, int, int]  # mtime_ns, size, inode
    digest: str  # hex BLAKE2b-128 of the bytes


class Place(Record):
    """Where in a file something stands; both count from 1."""

    line: int = 1
    column: int = 1


class Reference(Record):
    """Something that points to a file, a page or an article, as written, with its place in the file."""

    target: str
    place: Place


class Heading(Record):
    level: int  # 2 to 6
    id: str  # without the leading #
    text: str


class PictureReference(Record):
    """A picture as written: `src` names a file beside the article or below content/. Texts are plain, typographic."""

    src: str
    alt: str
    alt_lang: str | None = None
    caption: str = ""
    credit: str = ""
    place: Place


class Entry(Record):
    """A timed entry of a live story."""

    number: int  # its place in the body as it is written
    id: str  # its anchor, without the leading #
    local: str  # 2021-10-18 14:05, in the zone of the site
    title: str
    text: str  # its first words, without the title
    place: Place
    dated: bool = False  # its day is written too
    moment: datetime | None = None  # `local` as an aware moment, where the zone is known


class PlayerReference(Record):
    """Film or sound as written: `src` names a file beside the article; or, with a `provider`, is a page elsewhere.

    `frame` is what shows that page within ours, empty where its host is not allowed. Texts are typographic.
    """

    src: str
    title: str = ""
    caption: str = ""
    credit: str = ""
    provider: str = ""
    kind: str = ""  # of a page elsewhere: video | audio | post
    frame: str = ""
    place: Place


class Body(Record):
    """A Markdown body, sanitised, with its references unresolved (see `mujaz.markdown_body.body` for the holes in
    `html`).
    """

    html: str
    text: str  # plain text, paragraphs separated by a newline
    first_paragraph: str
    words: int
    headings: tuple[Heading, ...] = ()
    links: tuple[Reference, ...] = ()
    pictures: tuple[PictureReference, ...] = ()
    players: tuple[PlayerReference, ...] = ()
    straight: tuple[Place, ...] = ()  # quotes that stay straight though the site has others
    entries: tuple[Entry, ...] = ()  # of a live story, the oldest first
    opening: str = ""  # the text before the first of them


class Credit(Record):
    """A source line's entry: «الجزيرة», perhaps with an address."""

    name: str
    url: str | None = None


class Correction(Record):
    date: datetime
    text: str
    is_day: bool = False  # `date` was written without a time


class Article(Record):
    """One article file, read and checked by itself; whatever concerns other files is checked by `mujaz.site.site`.

    Every text is NFC and typographic. Times are aware. `places` maps a front-matter key to where its value stands.
    """

    id: str
    source: str  # path of the file, relative to the site's root: content/2021/10/nato.md
    slug: str
    title: str
    summary: str
    published: datetime
    updated: datetime | None = None
    expires: datetime | None = None
    section: str
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    sources: tuple[Credit, ...] = ()
    picture: PictureReference | None = None
    label: str | None = None
    days: tuple[str, ...] = ()  # which of date and updated were written without a time
    aliases: tuple[Reference, ...] = ()
    related: tuple[Reference, ...] = ()
    unrelated: tuple[Reference, ...] = ()
    translation_of: Reference | None = None  # the article in another language that it translates
    series: str | None = None
    corrections: tuple[Correction, ...] = ()
    withdrawn: str | None = None
    draft: bool = False
    weight: int = 0
    lead: datetime | None = None  # until then it leads the home page and its section
    breaking_until: datetime | None = None  # its label falls silent then
    live_until: datetime | None = None  # it is a live story, and its coverage ends then
    live_order: str = "newest"  # newest | oldest: which of its entries stand first
    live_over: bool = False  # its coverage has ended at the moment of the build
    entries: tuple[Entry, ...] = ()  # of a live story, the oldest first
    layout: str | None = None
    lang: str | None = None  # None: the site's language
    extra: dict[str, Any] = field(default_factory=dict)
    data: tuple[tuple[str, Reference], ...] = ()  # name in layouts, the file
    explicit_id: bool = False
    body_digest: str = ""  # of everything that the body's html depends on
    words: int = 0
    links: tuple[Reference, ...] = ()
    pictures: tuple[PictureReference, ...] = ()
    players: tuple[PlayerReference, ...] = ()
    headings: tuple[Heading, ...] = ()
    straight: tuple[Place, ...] = ()  # as in Body, those of the front matter first
    places: dict[str, Place] = field(default_factory=dict)


class Standing(Record):
    """A file of content/pages/, content/authors/ or content/tags/: a title and a body, no date.

    `kind` is "page", "author" or "tag"; `name` is the file's name without `.md`.
    """

    kind: str
    name: str
    source: str
    title: str
    weight: int = 0
    lang: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    layout: str | None = None  # of a page
    data: tuple[tuple[str, Reference], ...] = ()
    body_digest: str = ""
    summary: str = ""
    links: tuple[Reference, ...] = ()
    pictures: tuple[PictureReference, ...] = ()
    players: tuple[PlayerReference, ...] = ()
    headings: tuple[Heading, ...] = ()
    straight: tuple[Place, ...] = ()  # as in Body, those of the front matter first
    places: dict[str, Place] = field(default_factory=dict)


def named_in(text: Article | Standing) -> Iterator[str]:
    """What a text names, as it is written: links, pictures, film and sound of its own, data; not its pins."""
    yield from (link.target for link in text.links)
    yield from shown_by(text)


def shown_by(text: Article | Standing) -> Iterator[str]:
    """What a text shows, as it is written: pictures, film and sound of its own, data."""
    yield from (picture.src for picture in text.pictures)
    yield from (player.src for player in text.players if not player.provider)
    yield from (reference.target for _, reference in text.data)
    if isinstance(text, Article) and text.picture:
        yield text.picture.src


class File(Record):
    """A file below content/ that is not Markdown: a picture, a recording, a document.

    `problem` says why it is not what its name promises. Of a recording `seconds` is its length, 0 where it is unknown.
    """

    path: str
    digest: str
    width: int = 0
    height: int = 0
    problem: Message | None = None
    animated: bool = False
    seconds: int = 0
    size: int = 0  # bytes
