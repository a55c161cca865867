"""An RSS or Atom feed as articles: drafts with their source, for an editor to review."""

from __future__ import annotations

import html
import http.client
import urllib.error
import urllib.request
import zlib
from calendar import timegm
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax import SAXException

from mujaz.importing import web
from mujaz.importing.html import plain
from mujaz.importing.incoming import Archive, Incoming, Lost
from mujaz.messages.errors import UsageError, reason
from mujaz.messages.message import Message, say

LARGEST = 20 * 1024 * 1024  # bytes of a feed
PATIENCE = 30.0  # seconds for the whole download
WEB = ("http://", "https://")


def read(source: str) -> Archive:
    """The entries of a feed, given as a path or an address, and what is wrong with it.

    Raises UsageError where it is not a feed or the host does not respond, OSError where the file cannot be read.
    """
    import feedparser  # type: ignore[import-untyped]

    raw, headers = fetch(source) if source.startswith(WEB) else (Path(source).read_bytes(), {})
    # feedparser would read bytes as the name of a file. It must not clean HTML, so that what is lost can be reported.
    try:
        feed = feedparser.parse(BytesIO(raw), response_headers=headers, sanitize_html=False)
    except (ValueError, LookupError):  # an encoding that Python knows and that is none for texts
        raise UsageError(say("no-feed", source=source)) from None
    if not feed.get("version"):
        raise UsageError(say("no-feed", source=source))
    broken = feed.bozo and isinstance(feed.bozo_exception, SAXException)
    left = (Lost(origin=source, message=say("feed-broken")),) if broken else ()
    atom = str(feed.version).startswith("atom")
    title = _plain(feed.feed, "title", atom)
    found = [_entry(entry, title, number, atom) for number, entry in enumerate(feed.entries, 1)]
    return Archive(kind="feed", stories=tuple(found), left=left)


def fetch(address: str, patience: float | None = None) -> tuple[bytes, dict[str, str]]:
    """The bytes of the feed, and headers: its type with its encoding, and its address after redirects.

    `patience` is seconds. Raises UsageError where the address does not respond or the feed is too large.
    """
    try:
        request = urllib.request.Request(address, headers={"User-Agent": "Mujaz (import)", "Accept-Encoding": "gzip"})
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


def _entry(entry: Any, feed: str, number: int, atom: bool) -> Incoming:
    brief = entry.get("summary_detail") or {"value": entry.get("summary", "")}
    whole = [one for one in entry.get("content") or () if one.get("value")]
    detail = next((one for one in whole if one.get("type") != "text/plain"), next(iter(whole), brief))
    body = detail.get("value") or ""
    if detail.get("type") == "text/plain" and atom:
        body = html.escape(body, quote=False)
    link = entry.get("link", "")
    terms = tuple(tag.get("term") or "" for tag in entry.get("tags", []))
    title = _plain(entry, "title", atom)
    picture, words = _picture(entry, body)
    updated = entry.get("updated_parsed") if "updated_parsed" in entry else None  # else the library warns
    return Incoming(
        origin=say("import-entry", id=number, title=title),
        key=f"feed {entry.get('id') or link or title}",
        title=title,
        date=_moment(entry.get("published_parsed") or updated),
        updated=_moment(updated),
        body=body,
        lines=detail.get("type") == "text/plain",
        sections=terms,
        tags=terms[1:],
        summary=_summary(entry, body, atom) if detail is not brief else "",
        authors=tuple(one["name"] for one in entry.get("authors", []) if one.get("name")),
        old=(link,) if link else (),
        image=picture,
        image_alt=words,
        source=(feed or link, link) if link.startswith(WEB) else None,
        draft=say("import-from-elsewhere"),
        lost=tuple(_enclosed(entry)),
    )


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


def _picture(entry: Any, body: str) -> tuple[str, str]:
    """The picture of the entry besides those in its text (`media:content`), and its description."""
    media = [one for one in entry.get("media_content", []) if one.get("url")]
    shown = [one for one in media if one.get("medium") == "image" or str(one.get("type", "")).startswith("image/")]
    enclosed = [one for one in entry.get("enclosures", []) if str(one.get("type", "")).startswith("image/")]
    for one in (*shown, *entry.get("media_thumbnail", []), *enclosed):
        url = str(one.get("url") or one.get("href") or "")
        if url and url not in body:
            return url, str(entry.get("media_description") or entry.get("media_title") or "")
    return "", ""


def _enclosed(entry: Any) -> list[Message]:
    """Notes about audio and video of the entry, which are not imported."""
    named = [*entry.get("enclosures", []), *entry.get("media_content", [])]
    found: dict[str, Message] = {}
    for one in named:
        url, kind = str(one.get("url") or one.get("href") or ""), str(one.get("type") or one.get("medium") or "")
        if url and kind.partition("/")[0] in ("audio", "video"):
            media = say(f"the-{kind.partition('/')[0]}")
            found.setdefault(url, say("import-enclosed", kind=media, address=url[:200]))
    return list(found.values())


def _moment(parts: Any) -> str:
    try:
        return datetime.fromtimestamp(timegm(parts), UTC).isoformat() if parts else ""
    except (ValueError, OverflowError):
        return ""
