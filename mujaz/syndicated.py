"""An RSS or Atom feed as articles: drafts with their source, for an editor to judge."""

from __future__ import annotations

import urllib.request
from calendar import timegm
from datetime import UTC, datetime
from http.client import HTTPException
from io import BytesIO
from pathlib import Path
from typing import Any

from mujaz.errors import UsageError
from mujaz.htmltext import markdown
from mujaz.imported import Incoming

LARGEST = 20 * 1024 * 1024  # bytes of a feed
PATIENCE = 30  # seconds


def read(source: str) -> list[Incoming]:
    """The entries of a file or of an address. Raises UsageError where there is no feed, OSError where nothing is."""
    import feedparser  # type: ignore[import-untyped]

    raw = fetch(source) if source.startswith(("http://", "https://")) else Path(source).read_bytes()
    feed = feedparser.parse(BytesIO(raw))  # bytes it would take for the name of a file, and read that
    if not feed.version:
        raise UsageError(f"{source} is no feed")
    return [_entry(entry, feed.feed.get("title", ""), number) for number, entry in enumerate(feed.entries, 1)]


def fetch(address: str) -> bytes:
    try:
        request = urllib.request.Request(address, headers={"User-Agent": "Mujaz (import)"})
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            raw: bytes = answer.read(LARGEST + 1)
    except (HTTPException, ValueError) as error:  # an answer that is no HTTP, an address that is none
        raise UsageError(f"{address} cannot be read: {error}") from None
    if len(raw) > LARGEST:
        raise UsageError(f"{address} is larger than {LARGEST:,} bytes")
    return raw


def _entry(entry: Any, feed: str, number: int) -> Incoming:
    contents = entry.get("content") or [{"value": entry.get("summary", "")}]
    link = entry.get("link", "")
    terms = tuple(tag.get("term") or "" for tag in entry.get("tags", []))
    body, lost = markdown(contents[0].get("value", ""))
    return Incoming(
        origin=f"entry {number} «{entry.get('title', '')}»",
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
