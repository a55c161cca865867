"""The rules that every feed of a built site must hold, read from its output alone; `broken` tells each that is not.

They are those of RSS 2.0 (with the best-practices profile), RFC 4287, RFC 5005, JSON Feed 1.1 and OPML 2.0 that a feed
validator checks, and ours: Arabic text right to left, addresses that resolve, one guid in all formats.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import bidirectional
from urllib.parse import unquote, urldefrag

import html5lib
import lxml.html as HTML
from lxml import etree

NS = {
    "a": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "fh": "http://purl.org/syndication/history/1.0",
}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffd\ufffe\uffff]")
REFUSED = {"script", "style", "iframe", "h1", "object", "form", "svg", "picture", "source", "video", "audio"}
LATEST = ("feed.xml", "atom.xml", "feed.json")
MOST_ENTRIES, MOST_BYTES = 60, 1_000_000


@dataclass(frozen=True, kw_only=True)
class Picture:
    url: str
    length: int
    type: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An entry as one format tells it."""

    guid: str
    url: str
    title: str
    summary: str
    body: str
    published: datetime
    updated: datetime
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    lang: str
    picture: Picture | None


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A feed as it stands in a file; `own` and `page` are the addresses it gives for itself and its page."""

    path: str
    raw: bytes
    title: str
    own: str
    page: str
    language: str
    updated: datetime | None
    archive: bool
    hubs: tuple[str, ...]
    links: tuple[tuple[str, str], ...]  # (rel, href)
    entries: tuple[Entry, ...]


# ---------------------------------------------------------------- reading


def read(output: Path, path: str) -> Feed:
    raw = (output / path).read_bytes()
    name = path.rpartition("/")[2]
    return {"feed.xml": _rss, "atom.xml": _atom, "feed.json": _json}[name](path, raw)


def _words(element: Any, path: str) -> tuple[str, ...]:
    return tuple(element.xpath(path, namespaces=NS))


def _rss(path: str, raw: bytes) -> Feed:
    [channel] = etree.fromstring(raw)
    links = tuple((link.get("rel"), link.get("href")) for link in channel.findall("a:link", NS))
    entries = []
    for item in channel.findall("item"):
        files = item.findall("enclosure")
        assert len(files) <= 1 and item.find("guid").get("isPermaLink") == "false", path
        picture = Picture(url=files[0].get("url"), length=int(files[0].get("length")), type=files[0].get("type")) if files else None  # fmt: skip  # noqa: E501
        entries.append(
            Entry(
                guid=item.findtext("guid"),
                url=item.findtext("link"),
                title=item.findtext("title"),
                summary=HTML.fromstring(f"<p>{item.findtext('description')}</p>").text_content(),
                body=item.findtext("content:encoded", "", NS),
                published=parsedate_to_datetime(item.findtext("pubDate")),
                updated=datetime.fromisoformat(item.findtext("a:updated", namespaces=NS)),
                authors=_words(item, "dc:creator/text()"),
                categories=_words(item, "category/text()"),
                lang=item.findtext("dc:language", channel.findtext("language"), NS),
                picture=picture,
            )
        )
    return Feed(
        path=path,
        raw=raw,
        title=channel.findtext("title"),
        own=dict(links)["self"],
        page=channel.findtext("link"),
        language=channel.findtext("language"),
        updated=parsedate_to_datetime(channel.findtext("lastBuildDate")),
        archive=channel.find("fh:archive", NS) is not None,
        hubs=tuple(href for rel, href in links if rel == "hub"),
        links=links,
        entries=tuple(entries),
    )


def _atom(path: str, raw: bytes) -> Feed:
    root = etree.fromstring(raw)
    links = tuple((link.get("rel"), link.get("href")) for link in root.findall("a:link", NS))
    entries = []
    for entry in root.findall("a:entry", NS):
        by_rel = {link.get("rel"): link for link in reversed(entry.findall("a:link", NS))}  # the first of each
        file = by_rel.get("enclosure")
        picture = Picture(url=file.get("href"), length=int(file.get("length")), type=file.get("type")) if file is not None else None  # fmt: skip  # noqa: E501
        entries.append(
            Entry(
                guid=entry.findtext("a:id", namespaces=NS),
                url=by_rel["alternate"].get("href"),
                title=entry.findtext("a:title", namespaces=NS),
                summary=entry.findtext("a:summary", "", NS),
                body=entry.findtext("a:content", "", NS),
                published=datetime.fromisoformat(entry.findtext("a:published", namespaces=NS)),
                updated=datetime.fromisoformat(entry.findtext("a:updated", namespaces=NS)),
                authors=_words(entry, "a:author/a:name/text()"),
                categories=_words(entry, "a:category/@term"),
                lang=entry.get(XML_LANG, root.get(XML_LANG)),
                picture=picture,
            )
        )
    return Feed(
        path=path,
        raw=raw,
        title=root.findtext("a:title", namespaces=NS),
        own=dict(links)["self"],
        page=dict(links)["alternate"],
        language=root.get(XML_LANG),
        updated=datetime.fromisoformat(root.findtext("a:updated", namespaces=NS)),
        archive=root.find("fh:archive", NS) is not None,
        hubs=tuple(href for rel, href in links if rel == "hub"),
        links=links,
        entries=tuple(entries),
    )


def _json(path: str, raw: bytes) -> Feed:
    document = json.loads(raw)
    assert document["version"] == "https://jsonfeed.org/version/1.1", path
    entries = []
    for item in document["items"]:
        files = [
            Picture(url=file["url"], length=file["size_in_bytes"], type=file["mime_type"])
            for file in item.get("attachments", ())
        ]
        assert "content_html" in item or "content_text" in item, path
        entries.append(
            Entry(
                guid=item["id"],
                url=item["url"],
                title=item["title"],
                summary=item.get("summary", ""),
                body=item.get("content_html", ""),
                published=datetime.fromisoformat(item["date_published"]),
                updated=datetime.fromisoformat(item["date_modified"]),
                authors=tuple(author["name"] for author in item["authors"]),
                categories=tuple(item.get("tags", ())),
                lang=item["language"],
                picture=files[0] if files else None,
            )
        )
    return Feed(
        path=path,
        raw=raw,
        title=document["title"],
        own=document["feed_url"],
        page=document["home_page_url"],
        language=document["language"],
        updated=None,
        archive=False,
        hubs=tuple(hub["url"] for hub in document.get("hubs", ())),
        links=(),
        entries=tuple(entries),
    )


# ---------------------------------------------------------------- the rules


MIME = {
    **{ending: f"image/{ending}" for ending in ("png", "webp", "gif", "avif")},
    **{"jpg": "image/jpeg", "mp4": "video/mp4", "webm": "video/webm", "mp3": "audio/mpeg", "m4a": "audio/mp4"},
}


def feed_paths(output: Path) -> list[str]:
    return sorted(path.relative_to(output).as_posix() for name in LATEST for path in output.rglob(name))


def broken(output: Path, base_url: str, now: datetime, language: str = "ar") -> list[str]:
    """A line for each rule that a feed of the site does not hold; `now` is the moment of the build."""
    site = _Site(output, base_url)
    feeds = {path: read(output, path) for path in feed_paths(output)}
    found = []
    for path, feed in feeds.items():
        found += [f"{path}: {text}" for text in (*_head(site, feed, language), *_size(feed))]
        found += [f"{path}: {entry.guid}: {text}" for entry in feed.entries for text in _entry(site, entry, now)]
        guids = [entry.guid for entry in feed.entries]
        found += [f"{path}: an id stands twice"] if len(set(guids)) < len(guids) else []
        newest = sorted(feed.entries, key=lambda entry: entry.published, reverse=True)
        found += [f"{path}: not newest first"] if list(feed.entries) != newest else []
        if path.endswith("atom.xml"):
            moments = [entry.updated for entry in feed.entries]
            found += [f"{path}: two entries with one atom:updated"] if len(set(moments)) < len(moments) else []
    found += _formats(feeds)
    found += _list_of_feeds(site, feeds)
    found += _announced(site)
    return found


class _Site:
    """The files of the output by address."""

    def __init__(self, output: Path, base_url: str) -> None:
        self.output, self.base_url = output, base_url
        self.page = cache(self._page)

    def file(self, address: str) -> Path | None:
        """The file that answers an address of the site; None where it is on another host."""
        if not address.startswith(f"{self.base_url}/"):
            return None
        path = unquote(urldefrag(address)[0].removeprefix(f"{self.base_url}/"))
        return self.output / (path + "index.html" if path.endswith("/") or not path else path)

    def _page(self, file: Path) -> set[str]:
        """The ids of a page."""
        return set(HTML.fromstring(file.read_bytes()).xpath("//@id"))

    def trouble(self, address: str) -> str:
        """Why an address leads nowhere, or nothing."""
        if not re.match(r"(https?://[^/]+/?|mailto:|tel:)", address) or not address.isascii():
            return f"{address} is not absolute and encoded"
        file = self.file(address)
        if file is None:
            return ""
        if not file.is_file():
            return f"{address} is no file of the site"
        fragment = unquote(urldefrag(address)[1])
        return f"{address}: no such id" if fragment and fragment not in self.page(file) else ""


def _language_of(path: str, language: str) -> str:
    """The language of a feed: `en/feed.xml` is that of what is in English on a site in another."""
    folder = path.rpartition("/")[0]
    return folder if re.fullmatch("[a-z]{2}", folder) else language


def _head(site: _Site, feed: Feed, language: str) -> Iterator[str]:
    text = feed.raw.decode("utf-8")
    if FORBIDDEN.search(text):
        yield "a character that XML or a reader refuses"
    if unicodedata.normalize("NFC", text) != text:
        yield "not NFC"
    if feed.path.endswith(".xml") and ("]]>" in text or ("xml-stylesheet" in text and "text/css" not in text)):
        yield "']]>' in it, or a stylesheet that is not CSS"
    if feed.own != f"{site.base_url}/{feed.path}" and unquote(feed.own) != f"{site.base_url}/{feed.path}":
        yield f"says that it is {feed.own}"
    page = site.file(feed.page)
    if page is None or not page.is_file():
        yield f"its page {feed.page} is no page"
    if feed.language != _language_of(feed.path, language) or not feed.title.strip():
        yield "no title, or another language"
    if feed.updated and feed.entries:
        newest = max(entry.updated for entry in feed.entries)
        if feed.updated != newest:
            yield f"updated {feed.updated}, but its newest entry {newest}"
    if not feed.entries and feed.path.count("/"):
        yield "a feed of nothing"
    rels = dict(feed.links)
    if feed.archive and ("current" not in rels or site.trouble(rels["current"])):
        yield "an archive without its current feed"
    yield from filter(None, (site.trouble(href) for rel, href in feed.links if rel.endswith("archive")))


def _size(feed: Feed) -> Iterator[str]:
    if not feed.archive and (len(feed.entries) > MOST_ENTRIES or len(feed.raw) > MOST_BYTES):
        yield f"{len(feed.entries)} entries, {len(feed.raw)} bytes"
    if feed.archive and any(entry.body for entry in feed.entries):
        yield "an archive with bodies"


def _strongest(text: str) -> str:
    return next((mark for mark in map(bidirectional, text) if mark in ("L", "R", "AL")), "")


def _entry(site: _Site, entry: Entry, now: datetime) -> Iterator[str]:
    if not re.fullmatch(r"tag:[a-z0-9.@-]+,\d{4}(-\d\d){0,2}:[A-Za-z0-9._/-]+", entry.guid):
        yield "the guid is no tag"
    yield from filter(None, [site.trouble(entry.url)])
    if not entry.published <= entry.updated:
        yield "updated before it was published"
    if entry.published > now:
        yield f"of the future: {entry.published}"
    if not entry.title.strip() or not all(name.strip() for name in entry.authors) or not entry.authors:
        yield "no title, or no author"
    if not entry.categories or len(set(entry.categories)) < len(entry.categories):
        yield "no category, or one twice"
    right = entry.lang in ("ar", "fa", "ur", "he")
    if right and "L" in (_strongest(entry.title), _strongest(entry.summary)):
        yield "the title or the summary begins left to right"
    if entry.picture:
        file = site.file(entry.picture.url)
        if file is None or not file.is_file() or file.stat().st_size != entry.picture.length:
            yield f"the enclosure {entry.picture.url} is not as long as it says"
        if entry.picture.type != MIME.get(entry.picture.url.rpartition(".")[2]):
            yield "the enclosure is of another type"
    if entry.body:
        yield from _body(site, entry, right)


def _body(site: _Site, entry: Entry, right: bool) -> Iterator[str]:
    try:
        html5lib.HTMLParser(strict=True).parseFragment(entry.body)
    except html5lib.html5parser.ParseError as error:
        yield f"the body is no HTML: {error}"
    root = HTML.fragment_fromstring(entry.body, create_parent="div")
    if (root.text or "").strip() or any((block.tail or "").strip() for block in root):
        yield "text outside a block"
    for block in root:
        if block.get("dir") not in ("rtl", "ltr") or not block.get("lang"):
            yield f"a block without dir and lang: {block.tag}"
    for element in root.iter():
        if element.tag in REFUSED or any(name == "style" or name.startswith("on") for name in element.attrib):
            yield f"{element.tag} with {sorted(element.attrib)}"
        if element.tag == "img" and "alt" not in element.attrib:
            yield "a picture without alt"
        addresses = [element.get(name) for name in ("href", "src", "cite") if name in element.attrib]
        addresses += [one.split()[0] for one in element.get("srcset", "").split(", ") if one]
        yield from filter(None, map(site.trouble, addresses))
    if right and _strongest(root.text_content()) == "L":
        yield "the body begins left to right"
    shown = ".//img/@src" if entry.picture and entry.picture.type.startswith("image/") else ".//a/@href"
    if entry.picture and entry.picture.url not in root.xpath(shown):
        yield "the lead picture, or what is played, is not in the body"


def _formats(feeds: dict[str, Feed]) -> Iterator[str]:
    """The three formats of a feed agree; an entry is the same in each feed that has it."""
    known: dict[tuple[str, str], Entry] = {}
    for path, feed in feeds.items():
        folder, _, name = path.rpartition("/")
        if feed.archive:
            continue
        for other in LATEST:
            twin = feeds.get(f"{folder}/{other}" if folder else other)
            if twin is None or [entry.guid for entry in twin.entries] != [entry.guid for entry in feed.entries]:
                yield f"{path}: {other} beside it has other entries"
            elif [(e.title, e.url, e.body, e.published, e.authors) for e in twin.entries] != [
                (e.title, e.url, e.body, e.published, e.authors) for e in feed.entries
            ]:
                yield f"{path}: {other} beside it tells its entries otherwise"
        for entry in feed.entries:
            if known.setdefault((name, entry.guid), entry) != entry:
                yield f"{path}: {entry.guid} is told otherwise in another feed"


def _list_of_feeds(site: _Site, feeds: dict[str, Feed]) -> Iterator[str]:
    root = etree.parse(str(site.output / "feeds.opml")).getroot()
    listed = {unquote(outline.get("xmlUrl")) for outline in root.iter("outline") if outline.get("type") == "rss"}
    wanted = {f"{site.base_url}/{path}" for path in feeds if path.endswith("feed.xml")}
    if root.get("version") != "2.0" or listed != wanted:
        yield f"feeds.opml: {sorted(listed ^ wanted)}"
    for outline in root.iter("outline"):
        if not outline.get("text") or (outline.get("type") == "rss" and site.trouble(outline.get("htmlUrl"))):
            yield f"feeds.opml: {dict(outline.attrib)}"


def _announced(site: _Site) -> Iterator[str]:
    """Every page that is one announces the main feed, and none announces a feed that is not there."""
    own = site.base_url.partition("://")[2].partition("/")
    base = f"/{own[2]}" if own[2] else ""
    for file in sorted(site.output.rglob("*.html")):
        page = HTML.fromstring(file.read_bytes())
        if page.xpath("//meta[@http-equiv='refresh']") or not page.xpath("//main"):
            continue
        path = file.relative_to(site.output).as_posix()
        if path.startswith("fragments/"):  # what script puts into a page
            continue
        links = page.xpath("//link[@rel='alternate' and contains(@type, 'rss')]")
        hrefs = [link.get("href") for link in links]
        if f"{base}/feed.xml" not in hrefs:
            yield f"{path}: does not announce the main feed"
        for link in links:
            target = site.output / unquote(link.get("href")).removeprefix(base).lstrip("/")
            if not target.is_file() or _strongest(link.get("title", "")) not in ("R", "AL"):
                yield f"{path}: announces {link.get('href')} as {link.get('title')!r}"
