"""Feeds as JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from mujaz.feeds import html
from mujaz.feeds.entries import Enclosure, FeedItem, title_of
from mujaz.model.file_views import FeedView


def json_feed(view: FeedView, items: Iterable[FeedItem]) -> bytes:
    """The feed as JSON Feed 1.1; arguments as in `rss`."""
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title_of(view),
        "home_page_url": view.page,
        "feed_url": view.permalink,
        "description": html.line(view.description),
        "language": view.language,
        "authors": [{"name": html.line(view.publisher), "url": view.page}],
        "hubs": [{"type": "WebSub", "url": link.url} for link in view.relations if link.text == "hub"],
        "items": [_json_entry(ready, view) for ready in items],
    }
    filled = {key: value for key, value in document.items() if value or key == "items"}
    return (json.dumps(filled, ensure_ascii=False, indent=1) + "\n").encode()


def _attachment(file: Enclosure) -> dict[str, Any]:
    told = {"url": file.url, "mime_type": file.type, "size_in_bytes": file.length}
    return told | ({"duration_in_seconds": file.seconds} if file.seconds else {})


def _json_entry(ready: FeedItem, view: FeedView) -> dict[str, Any]:
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
    written["attachments"] = [_attachment(file) for file in ready.enclosures]
    return {key: value for key, value in written.items() if value}
