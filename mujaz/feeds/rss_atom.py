"""Feeds as RSS 2.0 and Atom 1.0, and lists of feeds as OPML 2.0. The only importer of feedgen.

The two extensions below add what feedgen lacks and correct what it gets wrong, through its extension interface: they
describe all that our feeds have besides feedgen's own output. All dates come from the view, none from the clock.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension  # type: ignore[import-untyped]
from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]
from feedgen.util import xml_elem  # type: ignore[import-untyped]

from mujaz.feeds import html
from mujaz.feeds.entries import FeedItem, moment_of, title_of
from mujaz.model.file_views import FeedView, OpmlView

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_MEDIA = "http://search.yahoo.com/mrss/"
_HISTORY = "http://purl.org/syndication/history/1.0"  # RFC 5005
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# feedgen.util.formatRFC2822 sets the process's locale to C and back for every date. Two threads in it at once can
# leave the locale at C: the second one saves the first one's C as the locale to restore.
_LOCALE = threading.Lock()


# ---------------------------------------------------------------- the formats


def rss(view: FeedView, items: Iterable[FeedItem], stylesheet: str = "") -> bytes:
    """The feed as RSS 2.0.

    `items` are those of `FeedItems.of(view)`; `stylesheet` is the address of a CSS file for people who open the feed in
    a browser. Raises ValueError where the date of the feed has no offset.
    """
    feed = _generator(view, stylesheet)
    # feedgen uses the last link as the channel's own page.
    feed.link(href=view.permalink, rel="self", type="application/rss+xml")
    feed.link(href=view.page, rel="alternate", type="text/html")
    for ready in items:
        entry = _started(feed, ready)
        entry.updated(ready.updated)
        entry.link(href=ready.entry.permalink, rel="alternate")
        entry.description(html.as_html(ready.summary or ready.title))
        if ready.body:
            entry.content(ready.body)
        for file in ready.enclosures[:1]:  # RSS readers use only one
            entry.enclosure(file.url, str(file.length), file.type)
        if ready.source and ready.source_url:
            entry.source(url=ready.source_url, title=ready.source)
    with _LOCALE:
        return bytes(feed.rss_str(pretty=True))


def atom(view: FeedView, items: Iterable[FeedItem], stylesheet: str = "") -> bytes:
    """The feed as Atom (RFC 4287); arguments and errors as in `rss`."""
    feed = _generator(view, stylesheet)
    feed.author(name=html.line(view.publisher) or feed.title())
    feed.link(href=view.permalink, rel="self", type="application/atom+xml")
    for relation in view.relations:
        feed.link(href=relation.url, rel=relation.text)
    feed.link(href=view.page, rel="alternate", type="text/html")
    for ready in items:
        entry = _started(feed, ready)
        entry.updated(ready.unique_updated)
        feed.updated(max(feed.updated(), ready.unique_updated))
        entry.link(href=ready.entry.permalink, rel="alternate")  # the extension replaces the links
        entry.author([{"name": name} for name in ready.authors])
        if ready.summary:
            entry.summary(ready.summary)
        if ready.body:
            entry.content(ready.body, type="html")
    return bytes(feed.atom_str(pretty=True))


def opml(view: OpmlView) -> bytes:
    """A list of feeds as OPML 2.0, an outline for each feed, in folders where the view names them."""
    root = xml_elem("opml", version="2.0")
    xml_elem("title", xml_elem("head", root)).text = html.line(view.title)
    body = xml_elem("body", root)
    for folder in view.folders:
        parent = xml_elem("outline", body, text=html.line(folder.name)) if folder.name else body
        for feed in folder.feeds:
            name = html.line(feed.title)
            where = {"xmlUrl": feed.permalink, "htmlUrl": feed.page, "language": view.language}
            xml_elem("outline", parent, type="rss", text=name, title=name, **where)
    out = BytesIO()
    root.getroottree().write(out, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return out.getvalue()


# ---------------------------------------------------------------- what feedgen itself writes


def _generator(view: FeedView, stylesheet: str) -> Any:
    feed = FeedGenerator()
    feed.register_extension("mujaz", _FeedExtension, _EntryExtension)
    feed.mujaz.view, feed.mujaz.stylesheet = view, stylesheet
    feed.id(view.permalink)
    feed.title(title_of(view))
    feed.description(html.directed(html.line(view.description), view.dir) or title_of(view))
    feed.language(view.language)
    feed.generator("Mujaz")
    feed.updated(moment_of(view.updated))
    return feed


def _started(feed: Any, ready: FeedItem) -> Any:
    """A new entry at the end of `feed`."""
    entry = feed.add_entry(order="append")
    entry.mujaz.ready = ready
    entry.guid(ready.entry.guid, permalink=False)
    entry.title(ready.title)
    entry.published(ready.published)
    entry.category([{"term": name} for name in ready.categories])
    return entry


# ---------------------------------------------------------------- what feedgen lacks or gets wrong


class _FeedExtension(BaseExtension):  # type: ignore[misc]
    """The head of a feed: the stylesheet, the links of RSS other than self, the mark of an archive (RFC 5005)."""

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
            root.addprevious(html.stylesheet_instruction(self.stylesheet))
        return root


class _EntryExtension(BaseEntryExtension):  # type: ignore[misc]
    """An entry: links with their rel, type and length, `atom:updated`, Dublin Core, files as Media RSS."""

    ready: FeedItem

    def extend_rss(self, item: Any) -> Any:
        xml_elem(f"{{{_ATOM}}}updated", item).text = self.ready.updated.isoformat()
        for name in self.ready.authors:
            xml_elem(f"{{{_DC}}}creator", item).text = name
        if self.ready.entry.story.lang:
            xml_elem(f"{{{_DC}}}language", item).text = self.ready.entry.story.lang
        # RSS's `source` must have an address; feedgen writes it where there is one.
        if not self.ready.source_url:
            self._name_source(item)
        self._show_files(item)
        return item

    def extend_atom(self, entry: Any) -> Any:
        for link in entry.findall("link"):
            entry.remove(link)
        for attributes in self._links():
            xml_elem("link", entry, **attributes)
        if self.ready.entry.story.lang:
            entry.set(_LANG, self.ready.entry.story.lang)
        # Atom's `source` is the head of another feed, with its id and date, which the name of an agency lacks.
        self._name_source(entry)
        self._show_files(entry)
        return entry

    def _links(self) -> Iterator[dict[str, str]]:
        yield {"rel": "alternate", "type": "text/html", "href": self.ready.entry.permalink}
        for file in self.ready.enclosures:
            yield {"rel": "enclosure", "type": file.type, "length": str(file.length), "href": file.url}

    def _name_source(self, parent: Any) -> None:
        if self.ready.source:
            xml_elem(f"{{{_DC}}}source", parent).text = self.ready.source

    def _show_files(self, parent: Any) -> None:
        for one in self.ready.recordings:
            medium = one.type.partition("/")[0]
            told = {"duration": str(one.seconds)} if one.seconds else {}
            xml_elem(
                f"{{{_MEDIA}}}content",
                parent,
                url=one.url,
                type=one.type,
                medium=medium,
                fileSize=str(one.length),
                **told,
            )
        file, figure = self.ready.enclosure, self.ready.entry.picture
        if not file or not figure:
            return
        width, height, size = str(figure.picture.width), str(figure.picture.height), str(file.length)
        sizes = {"fileSize": size, "width": width, "height": height}
        content = xml_elem(f"{{{_MEDIA}}}content", parent, url=file.url, type=file.type, medium="image", **sizes)
        caption, credit = html.line(figure.caption or figure.alt), html.line(figure.credit)
        if caption:
            xml_elem(f"{{{_MEDIA}}}description", content, type="plain").text = caption
        if credit:
            xml_elem(f"{{{_MEDIA}}}credit", content).text = credit
