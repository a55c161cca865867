"""Feeds: RSS 2.0, Atom 1.0, JSON Feed 1.1 and OPML 2.0 from a closed view. The one importer of feedgen.

What feedgen lacks or gets wrong is mended through its own extension interface: entry links without rel, type and
length, `atom:updated`, Dublin Core, Media RSS, hub and archive links, the stylesheet instruction. All dates are the
view's: feedgen's defaults are the clock's.
"""

from __future__ import annotations

import html
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from io import BytesIO
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension  # type: ignore[import-untyped]
from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]
from feedgen.util import xml_elem  # type: ignore[import-untyped]

from mujaz import feedtext
from mujaz.machineviews import FeedEntry, FeedView
from mujaz.views import FeedLink, Figure

Bodies = Callable[[FeedEntry], str]
Sizes = Callable[[str], tuple[int, str]]

MOST_ENTRIES = 60
MOST_BYTES = 1_000_000

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_MEDIA = "http://search.yahoo.com/mrss/"
_HISTORY = "http://purl.org/syndication/history/1.0"  # RFC 5005
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# feedgen.util.formatRFC2822 sets the process's locale to C and back for every date. Two threads in it at once can
# leave C behind for good: the second one takes the first one's C for the locale to go back to.
_LOCALE = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Enclosure:
    """The file of a lead picture; `length` in bytes."""

    url: str
    length: int
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """An entry with its texts as they go out, the same for every format. `body` is empty in a feed of summaries."""

    entry: FeedEntry
    title: str
    summary: str
    body: str
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    source: str
    source_url: str
    enclosure: _Enclosure | None
    published: datetime
    updated: datetime

    @property
    def weight(self) -> int:
        """At most so many bytes in any of the formats, so that all of them drop the same entries."""
        entry, figure, file = self.entry, self.entry.picture, self.enclosure
        names = (*self.authors, *self.categories)
        texts = [self.body, self.title, self.summary, self.summary, self.source, self.source_url, *names]
        texts += [entry.permalink, entry.guid, *((file.url,) * 3 if file else ())]
        texts += [figure.alt, figure.caption, figure.credit] if figure else []
        plain = "".join(texts)
        lengths = len(html.escape(plain, quote=False).encode()), len(json.dumps(plain, ensure_ascii=False).encode())
        return 2_500 + 60 * len(names) + max(lengths)


# ---------------------------------------------------------------- the formats


def rss(view: FeedView, bodies: Bodies, sizes: Sizes, stylesheet: str = "") -> bytes:
    """The feed as RSS 2.0.

    `bodies(entry)` is the entry's sanitised HTML, its links site-absolute; `sizes(url)` the length in bytes and the
    MIME type of a picture of the site; `stylesheet` the address of a CSS file for people who open the feed in a
    browser. Raises ValueError where two entries share an id or a date has no offset.
    """
    feed = _generator(view, stylesheet)
    # feedgen takes whatever link came last for the channel's own page.
    feed.link(href=view.permalink, rel="self", type="application/rss+xml")
    feed.link(href=view.page, rel="alternate", type="text/html")
    for ready in _entries(view, bodies, sizes):
        entry = _started(feed, ready)
        entry.link(href=ready.entry.permalink, rel="alternate")
        entry.description(feedtext.as_html(ready.summary or ready.title))
        if ready.body:
            entry.content(ready.body)
        if ready.enclosure:
            entry.enclosure(ready.enclosure.url, str(ready.enclosure.length), ready.enclosure.type)
        if ready.source and ready.source_url:
            entry.source(url=ready.source_url, title=ready.source)
    with _LOCALE:
        return bytes(feed.rss_str(pretty=True))


def atom(view: FeedView, bodies: Bodies, sizes: Sizes, stylesheet: str = "") -> bytes:
    """The feed as Atom (RFC 4287); what goes in and is raised as in `rss`."""
    feed = _generator(view, stylesheet)
    feed.author(name=feedtext.line(view.publisher) or feed.title())
    feed.link(href=view.permalink, rel="self", type="application/atom+xml")
    for relation in view.relations:
        feed.link(href=relation.url, rel=relation.text)
    feed.link(href=view.page, rel="alternate", type="text/html")
    entries = _entries(view, bodies, sizes)
    moments = _told_apart(entries)
    for ready in entries:
        entry = _started(feed, ready)
        entry.updated(moments[ready.entry.guid])
        entry.link(href=ready.entry.permalink, rel="alternate")  # the extension writes the links anew
        entry.author([{"name": name} for name in ready.authors])
        if ready.summary:
            entry.summary(ready.summary)
        if ready.body:
            entry.content(ready.body, type="html")
    return bytes(feed.atom_str(pretty=True))


def json_feed(view: FeedView, bodies: Bodies, sizes: Sizes) -> bytes:
    """The feed as JSON Feed 1.1; what goes in and is raised as in `rss`."""
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(view),
        "home_page_url": view.page,
        "feed_url": view.permalink,
        "description": feedtext.line(view.description),
        "language": view.language,
        "authors": [{"name": feedtext.line(view.publisher), "url": view.page}],
        "hubs": [{"type": "WebSub", "url": link.url} for link in view.relations if link.text == "hub"],
        "items": [_json_entry(ready, view) for ready in _entries(view, bodies, sizes)],
    }
    filled = {key: value for key, value in document.items() if value or key == "items"}
    return (json.dumps(filled, ensure_ascii=False, indent=1) + "\n").encode()


def opml(title: str, feeds: Sequence[FeedLink], base_url: str, *, language: str = "ar") -> bytes:
    """A list of feeds as OPML 2.0; the addresses of `feeds` may be site-absolute, on the host of `base_url`."""
    root = xml_elem("opml", version="2.0")
    xml_elem("title", xml_elem("head", root)).text = feedtext.line(title)
    body = xml_elem("body", root)
    for feed in feeds:
        name = feedtext.line(feed.title)
        address = feedtext.absolute(feed.url, base_url)
        xml_elem("outline", body, type="rss", text=name, title=name, xmlUrl=address, language=language)
    out = BytesIO()
    root.getroottree().write(out, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return out.getvalue()


# ---------------------------------------------------------------- what the formats share


def _title(view: FeedView) -> str:
    return feedtext.led(feedtext.line(view.title), view.dir)


def _generator(view: FeedView, stylesheet: str) -> Any:
    feed = FeedGenerator()
    feed.register_extension("mujaz", _FeedExtension, _EntryExtension)
    feed.mujaz.view, feed.mujaz.stylesheet = view, stylesheet
    feed.id(view.permalink)
    feed.title(_title(view))
    feed.description(feedtext.led(feedtext.line(view.description), view.dir) or _title(view))
    feed.language(view.language)
    feed.generator("Mujaz")
    feed.updated(_moment(view.updated))
    return feed


def _started(feed: Any, ready: _Ready) -> Any:
    """A new entry at the end of `feed`, with what RSS and Atom both take from feedgen itself."""
    entry = feed.add_entry(order="append")
    entry.mujaz.ready = ready
    entry.guid(ready.entry.guid, permalink=False)
    entry.title(ready.title)
    entry.published(ready.published)
    entry.updated(ready.updated)
    entry.category([{"term": name} for name in ready.categories])
    return entry


def _moment(iso: str) -> datetime:
    moment = datetime.fromisoformat(iso)
    if moment.tzinfo is None:
        raise ValueError(f"a feed's date needs its offset: {iso}")
    return moment


def _entries(view: FeedView, bodies: Bodies, sizes: Sizes) -> list[_Ready]:
    """The entries that go out, newest first: the oldest are left out where there are too many or they are too long.

    An archive keeps all of its entries: whoever follows it back relies on their being there.
    """
    guids = [entry.guid for entry in view.entries]
    if len(set(guids)) != len(guids):
        raise ValueError(f"two entries of {view.permalink} share an id")
    if view.archive:
        return [_ready(entry, view, bodies, sizes) for entry in view.entries]
    kept: list[_Ready] = []
    room = MOST_BYTES - 5_000 - 4 * len((view.title + view.description).encode())
    for entry in view.entries[:MOST_ENTRIES]:
        ready = _ready(entry, view, bodies, sizes)
        room -= ready.weight
        if room < 0:
            break
        kept.append(ready)
    return kept


def _ready(entry: FeedEntry, view: FeedView, bodies: Bodies, sizes: Sizes) -> _Ready:
    story = entry.story
    direction = story.dir or view.dir
    summary = feedtext.led(feedtext.line(story.summary), direction)
    enclosure = None
    if entry.picture:
        length, kind = sizes(entry.picture.picture.src)
        enclosure = _Enclosure(
            url=feedtext.absolute(entry.picture.picture.src, entry.permalink), length=length, type=kind
        )
    names = [feedtext.line(name) for name in entry.authors or (view.publisher,)]
    return _Ready(
        entry=entry,
        title=feedtext.led(feedtext.line(story.title), direction),
        summary=summary,
        body=_body(entry, view, bodies(entry), direction) if view.full else "",
        authors=tuple(filter(None, names)) or (_title(view),),
        categories=tuple(dict.fromkeys(filter(None, map(feedtext.line, entry.categories)))),
        source=feedtext.line(entry.source),
        source_url=feedtext.absolute(entry.source_url, view.page) if entry.source_url else "",
        enclosure=enclosure,
        published=_moment(story.published.iso),
        updated=_moment(entry.updated),
    )


def _body(entry: FeedEntry, view: FeedView, body: str, direction: str) -> str:
    """The body with its lead picture, which stands outside it on the page; without a body, the summary."""
    body = body if body.strip() else f"<p>{html.escape(entry.story.summary)}</p>"
    if entry.picture:
        address = feedtext.absolute(entry.picture.picture.src, entry.permalink)
        if address not in feedtext.pictures(body, entry.permalink):
            body = _lead_picture(entry.picture) + body
    lang = entry.story.lang or view.language
    return feedtext.fit(body, permalink=entry.permalink, lang=lang, direction=direction)


def _lead_picture(figure: Figure) -> str:
    """The lead picture with its caption and, apart from it and in brackets, its credit."""
    picture = figure.picture
    attributes = {
        "src": picture.src,
        "srcset": picture.srcset,
        "width": str(picture.width),
        "height": str(picture.height),
        "lang": figure.alt_lang,
        "dir": figure.alt_dir,
    }
    written = "".join(f' {name}="{html.escape(value)}"' for name, value in attributes.items() if value)
    words = [html.escape(figure.caption)] if figure.caption else []
    words += [f"<small>({html.escape(figure.credit)})</small>"] if figure.credit else []
    caption = f"<figcaption>{' '.join(words)}</figcaption>" if words else ""
    return f'<figure><img{written} alt="{html.escape(figure.alt)}">{caption}</figure>'


def _told_apart(entries: Sequence[_Ready]) -> dict[str, datetime]:
    """Each entry's `updated` by its guid, those of one second told apart by a fraction of it.

    Validators warn of two Atom entries with the same `updated`, and a desk that writes dates without times has many.
    The fraction comes from the guid and the least guid keeps the full second, so that another story moves few.
    """
    moments: dict[str, datetime] = {}
    taken: set[datetime] = set()
    for ready in sorted(entries, key=lambda ready: ready.entry.guid):
        moment = ready.updated
        fraction = int.from_bytes(blake2b(ready.entry.guid.encode(), digest_size=4).digest()) % 999_999
        while moment in taken:
            fraction = fraction % 999_999 + 1
            moment = ready.updated.replace(microsecond=fraction)
        moments[ready.entry.guid] = moment
        taken.add(moment)
    return moments


def _json_entry(ready: _Ready, view: FeedView) -> dict[str, Any]:
    enclosure = ready.enclosure
    written: dict[str, Any] = {
        "id": ready.entry.guid,
        "url": ready.entry.permalink,
        "title": ready.title,
        "content_html": ready.body,
        "content_text": "" if ready.body else ready.summary or ready.title,
        "summary": ready.summary,
        "image": enclosure.url if enclosure else "",
        "date_published": ready.published.isoformat(),
        "date_modified": ready.updated.isoformat(),
        "authors": [{"name": name} for name in ready.authors],
        "tags": list(ready.categories),
        "language": ready.entry.story.lang or view.language,
        "_source": {"name": ready.source} if ready.source else {},
    }
    if enclosure:
        file = {"url": enclosure.url, "mime_type": enclosure.type, "size_in_bytes": enclosure.length}
        written["attachments"] = [file]
    return {key: value for key, value in written.items() if value}


# ---------------------------------------------------------------- feedgen's extension interface


class _FeedExtension(BaseExtension):  # type: ignore[misc]
    """What feedgen leaves out of a feed's head: the stylesheet, the links of RSS other than self, the archive mark."""

    view: FeedView
    stylesheet: str

    def extend_ns(self) -> dict[str, str]:
        namespaces = {"dc": _DC, "media": _MEDIA}
        return namespaces | {"fh": _HISTORY} if self.view.archive else namespaces

    def extend_rss(self, feed: Any) -> Any:
        channel = feed[0]
        for relation in self.view.relations:
            xml_elem(f"{{{_ATOM}}}link", channel, href=relation.url, rel=relation.text)
        return self._headed(feed, channel)

    def extend_atom(self, feed: Any) -> Any:
        return self._headed(feed, feed)

    def _headed(self, root: Any, head: Any) -> Any:
        if self.view.archive:
            xml_elem(f"{{{_HISTORY}}}archive", head)
        if self.stylesheet:
            root.addprevious(feedtext.stylesheet_instruction(self.stylesheet))
        return root


class _EntryExtension(BaseEntryExtension):  # type: ignore[misc]
    """What feedgen leaves out of an entry, or writes wrong."""

    ready: _Ready

    def extend_rss(self, item: Any) -> Any:
        xml_elem(f"{{{_ATOM}}}updated", item).text = self.ready.updated.isoformat()
        for name in self.ready.authors:
            xml_elem(f"{{{_DC}}}creator", item).text = name
        if self.ready.entry.story.lang:
            xml_elem(f"{{{_DC}}}language", item).text = self.ready.entry.story.lang
        # RSS's own `source` must have an address; feedgen writes it where there is one.
        if not self.ready.source_url:
            self._name_source(item)
        self._show_picture(item)
        return item

    def extend_atom(self, entry: Any) -> Any:
        for link in entry.findall("link"):
            entry.remove(link)
        for attributes in self._links():
            xml_elem("link", entry, **attributes)
        if self.ready.entry.story.lang:
            entry.set(_LANG, self.ready.entry.story.lang)
        # Atom's own `source` is the head of another feed, with its id and date, which an agency's name has not.
        self._name_source(entry)
        self._show_picture(entry)
        return entry

    def _links(self) -> Iterator[dict[str, str]]:
        yield {"rel": "alternate", "type": "text/html", "href": self.ready.entry.permalink}
        if file := self.ready.enclosure:
            yield {"rel": "enclosure", "type": file.type, "length": str(file.length), "href": file.url}

    def _name_source(self, parent: Any) -> None:
        if self.ready.source:
            xml_elem(f"{{{_DC}}}source", parent).text = self.ready.source

    def _show_picture(self, parent: Any) -> None:
        file, figure = self.ready.enclosure, self.ready.entry.picture
        if not file or not figure:
            return
        width, height, size = str(figure.picture.width), str(figure.picture.height), str(file.length)
        sizes = {"fileSize": size, "width": width, "height": height}
        content = xml_elem(f"{{{_MEDIA}}}content", parent, url=file.url, type=file.type, medium="image", **sizes)
        caption, credit = feedtext.line(figure.caption or figure.alt), feedtext.line(figure.credit)
        if caption:
            xml_elem(f"{{{_MEDIA}}}description", content, type="plain").text = caption
        if credit:
            xml_elem(f"{{{_MEDIA}}}credit", content).text = credit
