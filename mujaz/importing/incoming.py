"""An article as another system had it, before it is mapped to ours."""

from __future__ import annotations

from mujaz.frozen import Value
from mujaz.markdown_body.limits import MAX_BYTES
from mujaz.messages.message import Message

MOST_TOLD = 1_000  # characters of a value that a message tells
LARGEST = 10 * MAX_BYTES  # characters of a body as HTML, which has more marks than text


class Incoming(Value):
    """An article of another system. Headlines, names and summaries may hold HTML. Dates are ISO; without an offset they
    are in the site's time zone.
    """

    origin: str | Message  # its place in the archive, for messages
    key: str  # identifies it in a second run
    title: str
    date: str
    body: str
    html: bool = True  # whether the body is HTML; else it is Markdown
    beside: str = ""  # words that readers saw, as HTML, in the order and the marks of a program that is not here
    template: str = ""  # the system whose template tags it has: hugo, jekyll, pelican
    lines: bool = False  # whether line ends are shown as line breaks
    updated: str = ""
    expires: str = ""
    hold: str = ""  # not published before this date
    scheduled: bool = False  # its date was in the future when it was exported
    sections: tuple[str, ...] = ()  # names that may be a section, the likeliest first
    categories: tuple[str, ...] = ()  # all its categories; an article of ours has one section
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    summary: str = ""
    series: str = ""
    language: str = ""  # "" is the site's own
    work: str = ""  # what its versions in other languages share with it
    slug: str = ""
    old: tuple[str, ...] = ()  # old paths or addresses, the latest first
    home: str = ""  # the path of the folder in which the paper lives, where it is at the host of these
    names: tuple[str, ...] = ()  # other targets by which links name it: `?p=12`, a file
    files: tuple[str, ...] = ()  # paths of the files that its page had beside it, whether its text names them or not
    image: str = ""
    image_alt: str = ""
    image_caption: str = ""
    image_credit: str = ""
    sources: tuple[tuple[str, str], ...] = ()  # name, address
    draft: Message | None = None  # why it is imported as a draft
    lost: tuple[Message, ...] = ()  # what its reader could not map


class Archive(Value):
    """Everything that was read from one source."""

    kind: str
    stories: tuple[Incoming, ...]
    hosts: tuple[str, ...] = ()  # addresses of the old site: links to these hosts are internal
    left: tuple[Lost, ...] = ()
    uploaded: tuple[str, ...] = ()  # addresses of files as editors put them there, and not of sizes made of them


class Lost(Value):
    """Something that could not be imported: its origin, and why. `path` and `line` are of the new file; 0: no line."""

    origin: str | Message
    message: str | Message
    path: str = ""
    line: int = 0
