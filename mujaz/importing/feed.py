"""An RSS or Atom feed as articles: drafts with their source, for an editor to review."""

from __future__ import annotations

import html
import http.client
import re
import urllib.error
import urllib.request
import zlib
from calendar import timegm
from collections.abc import Iterable, Iterator, Set
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any
from xml.sax import SAXException

from mujaz.importing import feed_media, feed_parser, web, xml_text
from mujaz.importing.addresses import host_of
from mujaz.importing.foreign_front_matter import moment
from mujaz.importing.html import plain
from mujaz.importing.incoming import MOST_TOLD, Archive, Incoming, Lost
from mujaz.messages.errors import UsageError, reason
from mujaz.messages.message import Message, say

GUESSED = ("windows-1252", "iso-8859-1")  # what feedparser takes where nothing else fits: every byte is a letter there
LARGEST = 20 * 1024 * 1024  # bytes of a feed
PATIENCE = 30.0  # seconds for the whole download
WEB = ("http://", "https://")
# A date of mails, as RSS has it, in a zone that all know.
SURE = re.compile(
    r"(?:[A-Z]{3,9},?\s{1,9})?\d{1,2}\s{1,9}[A-Z]{3,9}\s{1,9}(?:\d\d){1,2}\s{1,9}\d{1,2}:\d\d(?::\d\d)?"
    r"\s{0,9}(?:[+-]\d\d:?\d\d|Z|UTC?|GMT|[ECMP][SD]T)(?:\s{1,9}\([^()]{0,99}\))?",
    re.I,
)
# Of an entry, as feedparser names its elements: what is read by its name, or tells a time.
PLACED = frozenset("author created expired id link modified published summary title updated".split())
BODIES = ("media_description", "itunes_summary", "dc_description", "itunes_subtitle")  # what stands for a text


def read(source: str) -> Archive:
    """The entries of a feed, given as a path or an address, and what is wrong with it.

    Raises UsageError where it is not a feed or the host does not respond, OSError where the file cannot be read.
    """
    raw, headers = fetch(source) if source.startswith(WEB) else (Path(source).read_bytes(), {})
    notes: list[Message] = []
    raw, headers = in_its_letters(raw, headers, notes)
    try:
        feed = feed_parser.parse(raw, headers)
    except (ValueError, LookupError):  # an encoding that Python knows and that is none for texts
        raise UsageError(say("no-feed", source=source)) from None
    if not feed.get("version"):
        raise UsageError(say("no-feed", source=source))
    broken = feed.bozo and isinstance(feed.bozo_exception, SAXException)
    notes += [say("feed-broken")] if broken else []
    read_as = str(feed.get("encoding"))
    if read_as in GUESSED and read_as not in headers.get("content-type", "").lower() and not raw.isascii():
        notes.append(say("import-letters-guessed", encoding=read_as))
    left = tuple(Lost(origin=source, message=one) for one in notes)
    shared = _shared(feed)
    found = [_entry(entry, feed, number, shared) for number, entry in enumerate(feed.entries, 1)]
    return Archive(kind="feed", stories=tuple(found), left=left)


def fetch(address: str, patience: float | None = None) -> tuple[bytes, dict[str, str]]:
    """The bytes of the feed, and headers: its type with its encoding, and its address after redirects.

    `patience` is seconds. Raises UsageError where the address does not respond or the feed is too large.
    """
    try:
        headers = {"User-Agent": "Mujaz (import)", "Accept-Encoding": "gzip"}
        request = urllib.request.Request(web.encoded(address), headers=headers)
        with web.ask(request, web.Limits(PATIENCE if patience is None else patience, 2 * LARGEST)) as answer:
            raw: bytes = answer.read(LARGEST + 1)
            headers = {"content-type": answer.headers.get("Content-Type", ""), "content-location": answer.url}
            if answer.headers.get("Content-Encoding") == "gzip":
                raw = zlib.decompressobj(31).decompress(raw, LARGEST + 1)
    except urllib.error.HTTPError as error:
        error.close()
        raise UsageError(say("address-answers", address=address, status=error.code, reason=str(error.reason))) from None
    except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
        cause = getattr(error, "reason", error)
        why = reason(cause) if isinstance(cause, OSError) else str(cause)
        raise UsageError(say("cannot-be-read", path=address, why=why)) from None
    if len(raw) > LARGEST:
        raise UsageError(say("feed-too-large", address=address, n=LARGEST))
    return raw, headers


def in_its_letters(raw: bytes, headers: dict[str, str], notes: list[Message]) -> tuple[bytes, dict[str, str]]:
    """The feed with headers that say its encoding: servers often say another.

    UTF-8 with a few bad bytes is read with U+FFFD in their places, which is told in `notes`.
    """
    name = xml_text.encoding_of(raw)
    if name == "utf-8":
        text = raw.decode("utf-8", "replace")
        if bad := text.count("\ufffd") - raw.count("\ufffd".encode()):
            notes.append(say("import-broken-letters", n=bad, line=text.count("\n", 0, text.find("\ufffd")) + 1))
        raw = text.encode()
    return raw, {**headers, "content-type": f"application/xml; charset={name}"} if name else headers


def _entry(entry: Any, feed: Any, number: int, shared: Set[str]) -> Incoming:
    atom = str(feed.version).startswith("atom")
    brief = entry.get("summary_detail") or {"value": entry.get("summary", "")}
    whole = [one for one in entry.get("content") or () if one.get("value")]
    detail = next((one for one in whole if one.get("type") != "text/plain"), next(iter(whole), brief))
    body = detail.get("value") or ""
    if detail.get("type") == "text/plain" and atom:
        body = html.escape(body, quote=False)
    is_plain = detail.get("type") == "text/plain"
    if not body.strip():  # a film has its words beside it alone
        body = next(chain.from_iterable(feed_media.apart(entry).get(name, ()) for name in BODIES), "")
        is_plain = "<" not in body
    link = entry.get("link", "")
    tags = [(tag.get("label") or tag.get("term") or "", tag.get("term") or "") for tag in entry.get("tags", [])]
    title = _plain(entry, "title", atom)
    picture = feed_media.picture(entry, body)
    updated = _date(entry, "updated")
    summary = _summary(entry, body, atom) if detail is not brief else ""
    sources, untold = _sources(entry, feed, link, atom)
    seen = " ".join(map(_words, (title, body, summary, *picture.words)))
    lost = (*untold, *feed_media.beside(entry, picture), *_left(entry, [one for one in whole if one is not detail]))
    lost = (*lost, *feed_media.addresses(entry, detail, picture))
    identity = _identity(entry, feed, link)
    return Incoming(
        origin=say("import-entry", id=number, title=title),
        key=f"feed {identity} {title}" if identity in shared else f"feed {identity or title}",
        title=title,
        date=_date(entry, "published") or updated or _said(entry, "published") or _said(entry, "updated"),
        updated=updated,
        body=body,
        lines=is_plain,
        sections=tuple(dict.fromkeys(chain.from_iterable(tags))),
        tags=tuple(name for name, _ in tags),
        summary=summary,
        authors=_authors(entry, feed, atom),
        old=(link,) if link else (),
        image=picture.url,
        image_alt=picture.alt,
        image_caption=picture.caption,
        image_credit=picture.credit,
        sources=sources,
        draft=say("import-from-elsewhere"),
        lost=(
            *_unclear(entry),
            *feed_media.recordings(entry),
            *(say("import-key", key=key, value=said[:MOST_TOLD]) for key, said in lost if _words(said) not in seen),
        ),
    )


def _identity(entry: Any, feed: Any, link: str) -> str:
    """What names the entry among those of all feeds: its id, with the host of the feed where that is a mere number."""
    id = str(entry.get("id") or "")
    if not id or ":" in id:
        return id or link
    host = host_of(link) or host_of(str(feed.feed.get("link") or "")) or str(feed.feed.get("title") or "")
    return f"{host} {id}"


def _shared(feed: Any) -> set[str]:
    """What names no entry of a feed: the address of the feed, and what several stories of it have."""
    titles: dict[str, set[str]] = {}
    for entry in feed.entries:
        titles.setdefault(_identity(entry, feed, entry.get("link", "")), set()).add(str(entry.get("title")))
    home = str(feed.feed.get("link") or "").rstrip("/")
    return {name for name, said in titles.items() if name and (len(said) > 1 or name.rstrip("/") == home)}


def _authors(entry: Any, feed: Any, atom: bool) -> tuple[str, ...]:
    """The names of its authors. An entry of Atom without any has those of its source or its feed (RFC 4287, 4.2.1)."""
    heirs = (entry, entry.get("source") or {}, feed.feed) if atom else (entry,)
    named = (tuple(one["name"] for one in holder.get("authors", []) if one.get("name")) for holder in heirs)
    return next(filter(None, named), ())


def _left(entry: Any, others: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Words of an entry that have no place here, by the names of their elements: of people, of rights, of whatever a
    feed has of its own. `others` are texts of it besides the one that is taken.
    """
    yield from (("content", _words(str(one["value"]))) for one in others)
    for one in entry.get("authors", []):
        if one.get("email") and not one.get("name"):
            yield "author", one["email"]
    for one in entry.get("contributors", []):
        yield "contributor", str(one.get("name") or one.get("email") or "")
    for key, said in entry.items():
        is_words = isinstance(said, str) and not said.startswith(WEB) and (not said.isascii() or " " in said.strip())
        if (is_words and key not in PLACED) or key in ("publisher", "rights"):
            yield key.replace("_", ":", 1), str(said)


def _sources(entry: Any, feed: Any, link: str, atom: bool) -> tuple[tuple[tuple[str, str], ...], list[tuple[str, str]]]:
    """Names and addresses of the feed and of where it had the entry from; and that as words where it has no address."""
    own = entry.get("source") or {}
    name, address = _plain(own, "title", atom), str(own.get("link") or own.get("href") or "")
    found = [(_plain(feed.feed, "title", atom) or link, link)] if link.startswith(WEB) else []
    if address.startswith(WEB):
        return (*found, (name or address, address)), []
    return tuple(found), [("source", name)]


def _words(text: str) -> str:
    return " ".join(plain(text).split())


def _summary(entry: Any, body: str, atom: bool) -> str:
    """The summary of an entry that has a text too; empty where it is the beginning of that text."""
    summary = _plain(entry, "summary", atom)
    said, text = (" ".join(plain(one).split()) for one in (summary, body))
    return "" if text.startswith(said.rstrip(" .…[]")) else summary


def _plain(entry: Any, key: str, atom: bool) -> str:
    """A text as HTML. Only Atom marks plain text; texts of RSS are HTML everywhere."""
    text = str(entry.get(key) or "")
    detail = entry.get(f"{key}_detail") or {}
    return html.escape(text, quote=False) if atom and detail.get("type") == "text/plain" else text


def _said(entry: Any, key: str) -> str:
    return str(entry.get(key) or "").strip() if key in entry else ""  # else the library warns


def _date(entry: Any, key: str) -> str:
    """A date of an entry in ISO format; "" where it has none. feedparser loses the time of many that are ISO's."""
    said = moment(_said(entry, key))
    return said if _is_iso(said) else _moment(entry.get(f"{key}_parsed") if key in entry else None)


def _is_iso(said: str) -> bool:
    try:
        return datetime.fromisoformat(said).tzinfo is not None
    except ValueError:
        return False


def _unclear(entry: Any) -> Iterator[Message]:
    """A message about a date in no form that all know: feedparser guesses its day, its hour or its zone."""
    key = next((key for key in ("published", "updated") if _date(entry, key)), "")
    if (said := _said(entry, key)) and not _is_iso(moment(said)) and not SURE.fullmatch(said):
        yield say("import-date-guessed", date=said[:100])


def _moment(parts: Any) -> str:
    try:
        return datetime.fromtimestamp(timegm(parts), UTC).isoformat() if parts else ""
    except (ValueError, OverflowError):
        return ""
