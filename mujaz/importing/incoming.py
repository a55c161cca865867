"""An article as another system had it, before anything is mapped."""

from __future__ import annotations

from mujaz.frozen import Value
from mujaz.messages.message import Message


class Incoming(Value):
    """Texts are as found; headlines, names and summaries may hold HTML. Dates are ISO, without an offset the site's."""

    origin: str | Message  # where it stands there
    key: str  # what a second run knows it by
    title: str
    date: str
    body: str
    html: bool = True  # else Markdown
    template: str = ""  # whose tags stand in it: hugo, jekyll, pelican
    lines: bool = False  # a line end is shown as one
    updated: str = ""
    expires: str = ""
    hold: str = ""  # not to be shown before
    scheduled: bool = False  # it was to be shown at its date, and was not yet
    sections: tuple[str, ...] = ()  # names that may be a section, the likeliest first
    categories: tuple[str, ...] = ()  # all that it stood in there, where an article here has one section
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    summary: str = ""
    series: str = ""
    language: str = ""  # "" is the site's own
    work: str = ""  # what its versions in other languages share with it
    slug: str = ""
    old: tuple[str, ...] = ()  # paths or addresses there, the one that it had last first
    names: tuple[str, ...] = ()  # what else a link may call it: `?p=12`, a file
    image: str = ""
    image_alt: str = ""
    image_caption: str = ""
    image_credit: str = ""
    source: tuple[str, str] | None = None  # name, address
    draft: Message | None = None  # why it comes as a draft
    lost: tuple[Message, ...] = ()  # what its reader could not map


class Archive(Value):
    """All that was read of one source."""

    kind: str
    stories: tuple[Incoming, ...]
    hosts: tuple[str, ...] = ()  # addresses of the old site: links to its hosts are links within it
    left: tuple[Lost, ...] = ()


class Lost(Value):
    """What could not be brought along: of what, and why. `path` and `line` are of the new file; 0 is no line."""

    origin: str | Message
    message: str | Message
    path: str = ""
    line: int = 0
