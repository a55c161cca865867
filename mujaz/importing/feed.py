"""An RSS or Atom feed as articles: drafts with their source, for an editor to judge."""

from __future__ import annotations

import urllib.error
import urllib.request
import zlib
from calendar import timegm
from datetime import UTC, datetime
from http.client import HTTPException
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax import SAXException

from mujaz.errors import UsageError, reason
from mujaz.importing.html_to_markdown import markdown
from mujaz.importing.writer import Incoming, Lost
from mujaz.messages.message import say

LARGEST = 20 * 1024 * 1024  # bytes of a feed
PATIENCE = 30  # seconds


def read(source: str) -> tuple[list[Incoming], list[Lost]]:
    """The entries of a file or of an address, and what is wrong with the feed.

    Raises UsageError where there is no feed or no answer, OSError where there is no file.
    """
    import feedparser  # type: ignore[import-untyped]

    raw, headers = fetch(source) if source.startswith(("http://", "https://")) else (Path(source).read_bytes(), {})
    # Bytes it would take for the name of a file, and read that.
    feed = feedparser.parse(BytesIO(raw), response_headers=headers)
    if not feed.get("version"):
        raise UsageError(say("no-feed", source=source))
    broken = feed.bozo and isinstance(feed.bozo_exception, SAXException)
    lost: list[Lost] = [(source, say("feed-broken"))] if broken else []
    return [_entry(entry, feed.feed.get("title", ""), number) for number, entry in enumerate(feed.entries, 1)], lost


def fetch(address: str) -> tuple[bytes, dict[str, str]]:
    """The feed, and what its server said of it: its type with its encoding, and where it was found at last."""
    try:
        request = urllib.request.Request(address, headers={"User-Agent": "Mujaz (import)", "Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            raw: bytes = answer.read(LARGEST + 1)
            headers = {"content-type": answer.headers.get("Content-Type", ""), "content-location": answer.url}
            if answer.headers.get("Content-Encoding") == "gzip":
                raw = zlib.decompressobj(31).decompress(raw, LARGEST + 1)
    except urllib.error.HTTPError as error:
        error.close()
        raise UsageError(say("address-answers", address=address, status=error.code, reason=str(error.reason))) from None
    except (OSError, HTTPException, ValueError, zlib.error) as error:
        cause = getattr(error, "reason", error)
        why = reason(cause) if isinstance(cause, OSError) else str(cause)
        raise UsageError(say("cannot-be-read", path=address, why=why)) from None
    if len(raw) > LARGEST:
        raise UsageError(say("feed-too-large", address=address, n=LARGEST))
    return raw, headers


def _entry(entry: Any, feed: str, number: int) -> Incoming:
    contents = entry.get("content") or [{"value": entry.get("summary", "")}]
    link = entry.get("link", "")
    terms = tuple(tag.get("term") or "" for tag in entry.get("tags", []))
    body, lost = markdown(contents[0].get("value", ""))
    return Incoming(
        origin=say("import-entry", id=number, title=entry.get("title", "")),
        title=markdown(entry.get("title", ""))[0],
        date=_moment(entry.get("published_parsed") or entry.get("updated_parsed")),
        updated=_moment(entry.get("updated_parsed")),
        body=body,
        sections=terms,
        tags=terms[1:],
        authors=tuple(one["name"] for one in entry.get("authors", []) if one.get("name")),
        old=(link,),
        source=(feed or link, link) if link.startswith(("http://", "https://")) else None,
        draft=True,
        lost=lost,
    )


def _moment(parts: Any) -> str:
    try:
        return datetime.fromtimestamp(timegm(parts), UTC).isoformat() if parts else ""
    except (ValueError, OverflowError):
        return ""
