"""What the program keeps: the frozen values that travel down the pipeline. What a layout sees is in `mujaz.views`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mujaz.frozen import Record, Value, field
from mujaz.messages.message import Message

# ---------------------------------------------------------------- settings


class Section(Record):
    key: str
    name: str
    description: str = ""
    definite: str = ""  # السياسة: the name within a sentence, where it is another


class Publisher(Record):
    name: str
    logo: str | None = None  # a path below layouts/static/ or an https address
    principles: str | None = None  # a site path or an https address
    profiles: tuple[str, ...] = ()  # https addresses of the same publisher elsewhere


class RelatedSettings(Record):
    count: int = 5
    newer: bool = True
    same_section: bool = False
    within_days: int | None = None


class FeedSettings(Record):
    limit: int = 60
    content: str = "full"  # full | summary
    tags: bool = False
    authors: bool = False
    archive: bool = False
    websub: str | None = None


class Config(Record):
    """config.yaml, checked. `base_url` has no slash at its end; `base_path` is its path ("" or "/news")."""

    title: str
    tagline: str
    base_url: str
    base_path: str
    language: str
    timezone: str
    tag: str
    publisher: Publisher
    sections: tuple[Section, ...]
    content: str = "content"
    layouts: str = "layouts"
    output: str = "output"
    months: str = "dual"  # dual | gulf | levant | maghreb
    week: str = ""  # the day a week begins with: saturday | sunday | monday; empty: the country's
    digits: str = ""  # western | arabic; empty, as for quotes: what the strings of the language say
    hijri: bool = False
    quotes: str = ""  # guillemets | curly | as-is
    home_count: int = 24
    related: RelatedSettings = field(default_factory=RelatedSettings)
    feed: FeedSettings = field(default_factory=FeedSettings)
    edition_day: bool = True
    edition_week: bool = True
    edition_email: bool = True
    most_read_source: str | None = None
    most_read_count: int = 5
    iframes: tuple[str, ...] = ()
    picture_widths: tuple[int, ...] = (480, 960, 1440)
    picture_formats: tuple[str, ...] = ("webp",)
    cards: bool = True
    search: bool = True
    precompress: bool = False
    hosting: tuple[str, ...] = ()


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


class Body(Record):
    """A Markdown body, sanitised, with its references unresolved (see `mujaz.markup` for the holes in `html`)."""

    html: str
    text: str  # plain text, paragraphs separated by a newline
    first_paragraph: str
    words: int
    headings: tuple[Heading, ...] = ()
    links: tuple[Reference, ...] = ()
    pictures: tuple[PictureReference, ...] = ()


class Credit(Record):
    """A source line's entry: «الجزيرة», perhaps with an address."""

    name: str
    url: str | None = None


class Correction(Record):
    date: datetime
    text: str


class Article(Record):
    """One article file, read and checked by itself; whatever concerns other files is checked by `mujaz.site`.

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
    aliases: tuple[Reference, ...] = ()
    related: tuple[Reference, ...] = ()
    unrelated: tuple[Reference, ...] = ()
    series: str | None = None
    corrections: tuple[Correction, ...] = ()
    withdrawn: str | None = None
    draft: bool = False
    weight: int = 0
    layout: str | None = None
    lang: str | None = None  # None: the site's language
    extra: dict[str, Any] = field(default_factory=dict)
    explicit_id: bool = False
    body_digest: str = ""  # of everything that the body's html depends on
    words: int = 0
    links: tuple[Reference, ...] = ()
    pictures: tuple[PictureReference, ...] = ()
    headings: tuple[Heading, ...] = ()
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
    body_digest: str = ""
    summary: str = ""
    links: tuple[Reference, ...] = ()
    pictures: tuple[PictureReference, ...] = ()
    headings: tuple[Heading, ...] = ()
    places: dict[str, Place] = field(default_factory=dict)


class File(Record):
    """A file below content/ that is not Markdown: a picture, a document. `problem` says why it is no picture."""

    path: str
    digest: str
    width: int = 0
    height: int = 0
    problem: Message | None = None


# ---------------------------------------------------------------- the site


class Page(Value):
    """One file of the output: its path, the layout that renders it (or "" where none does), and its closed view.

    `origin` names what asks for this file, for messages: a source file, or «tag 'x'».
    """

    path: str
    layout: str
    view: Any  # a frozen Struct of `mujaz.views`, `mujaz.feedviews` or `mujaz.machineviews`
    origin: str
