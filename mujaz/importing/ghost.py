"""A Ghost export (JSON) as articles. Posts only; pages are counted."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mujaz.importing.incoming import Archive, Incoming, Lost
from mujaz.importing.unseen_styles import sheet_hides
from mujaz.messages.errors import UsageError
from mujaz.messages.message import Message, say

HERE = "__GHOST_URL__"  # Ghost's placeholder for the address of the site
LEFT = ("canonical_url", "codeinjection_head", "codeinjection_foot")  # keys of a post that have no place here
BARE_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?")
MOST_MILLISECONDS = 253_370_764_800_000  # the year 9999
# A part of a text that Ghost sends to those alone whom it names.
GATED = re.compile(r"<!--\s{0,9}kg-gated-block:begin(?P<whom>[^<>\n]{0,500})")
Row = Mapping[str, Any]


def read(path: Path) -> Archive:
    """The posts. Raises UsageError for a file that is not an export of Ghost."""
    data = _data(path)
    tags = {str(one.get("id")): str(one.get("name") or "") for one in _rows(data, "tags")}
    users = {str(one.get("id")): str(one.get("name") or "") for one in _rows(data, "users")}
    tags_of = _pairs(data, "posts_tags", "tag_id", tags)
    authors_of = _pairs(data, "posts_authors", "author_id", users)
    meta = {str(one.get("post_id")): one for one in _rows(data, "posts_meta")}
    found = []
    left: Counter[str] = Counter()
    for post in _rows(data, "posts"):
        if post.get("type") == "page" or post.get("page") in (1, True):
            left["page"] += 1
            continue
        id = str(post.get("id"))
        authors = authors_of.get(id) or [users.get(str(post.get("author_id")), "")]
        found.append(_post(post, id, tags_of.get(id, []), authors, {**meta.get(id, {}), **_filled(post)}))
    notes = (Lost(origin=path.name, message=say("import-pages", n=left["page"])),) if left["page"] else ()
    return Archive(kind="ghost", stories=tuple(found), left=notes)


def _data(path: Path) -> Row:
    try:
        read = json.loads(path.read_bytes())
        whole = read["db"][0] if "db" in read else read
        data = whole["data"]
        if isinstance(data["posts"], list):
            found: Row = data
            return found
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        pass
    raise UsageError(say("no-ghost", path=str(path)))


def _rows(data: Row, name: str) -> list[Row]:
    rows = data.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _pairs(data: Row, table: str, key: str, names: Mapping[str, str]) -> dict[str, list[str]]:
    """Id of a post → names of its tags or authors, in order."""
    found: dict[str, list[str]] = {}
    for row in sorted(_rows(data, table), key=_order):
        if name := names.get(str(row.get(key))):
            found.setdefault(str(row.get("post_id")), []).append(name)
    return found


def _order(row: Row) -> float:
    order = row.get("sort_order")
    return order if isinstance(order, int | float) else 0


def _filled(row: Row) -> dict[str, Any]:
    return {key: value for key, value in row.items() if value is not None}


def _post(post: Row, id: str, tags: list[str], authors: list[str], values: Row) -> Incoming:
    """`values` are the fields of the post and of its meta."""
    title, slug = str(post.get("title") or ""), str(post.get("slug") or "")
    names = [name for name in tags if not name.startswith("#")]  # Ghost's own, which no reader sees
    body, lost = _body(post)
    return Incoming(
        origin=say("import-post", id=id, title=title),
        key=f"ghost {post.get('uuid') or id}",
        title=html.escape(title, quote=False),
        date=_moment(post.get("published_at") or post.get("created_at")),
        updated=_moment(post.get("updated_at")),
        scheduled=post.get("status") == "scheduled",
        body=body,
        sections=tuple(html.escape(name, quote=False) for name in names),
        tags=tuple(html.escape(name, quote=False) for name in names),
        authors=tuple(html.escape(name, quote=False) for name in filter(None, authors)),
        summary=html.escape(str(post.get("custom_excerpt") or ""), quote=False),
        slug=slug,
        old=(f"/{slug}/",) if slug else (),
        image=str(post.get("feature_image") or "").replace(HERE, ""),
        image_alt=html.escape(str(values.get("feature_image_alt") or ""), quote=False),
        image_caption=str(values.get("feature_image_caption") or ""),
        draft=_draft(post, values, empty=bool(lost)),
        lost=(*lost, *(say("import-key", key=key, value=str(values[key])[:100]) for key in LEFT if values.get(key))),
    )


def _moment(value: Any) -> str:
    """Ghost keeps its times in that of Greenwich; exports of SQLite do not say so, and old ones count milliseconds."""
    if isinstance(value, int) and 0 < value < MOST_MILLISECONDS:
        return datetime.fromtimestamp(value / 1000, UTC).isoformat()
    text = str(value or "").strip().replace("Z", "+00:00")
    return f"{text}+00:00" if BARE_MOMENT.fullmatch(text) else text


def _body(post: Row) -> tuple[str, tuple[Message, ...]]:
    """The HTML of a post; for one that was never rendered its plain text, with a note."""
    if post.get("html"):
        return str(post["html"]).replace(HERE, ""), ()
    text = str(post.get("plaintext") or "")
    empty = not (text or post.get("lexical") or post.get("mobiledoc"))
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n"))
    return paragraphs, () if empty else (say("import-no-html"),)


def _draft(post: Row, values: Row, *, empty: bool) -> Message | None:
    if post.get("visibility") not in (None, "public"):
        return say("import-for-members", visibility=str(post.get("visibility"))[:40])
    if post.get("status") == "sent" or values.get("email_only"):
        return say("import-was-mail")
    if any("nonMember:true" not in found["whom"] for found in GATED.finditer(str(post.get("html") or ""))):
        return say("import-part-hidden")
    if any(sheet_hides(str(values.get(key) or "")) for key in LEFT):
        return say("import-part-hidden")
    return None if post.get("status") in ("published", "scheduled") and not empty else say("import-was-draft")
