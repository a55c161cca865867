"""A WordPress export (WXR) as articles. Posts only; what else is in it is counted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from mujaz.importing.html_to_markdown import markdown, paragraphs, without_shortcodes
from mujaz.importing.writer import Incoming, inside
from mujaz.messages.message import Message, say

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


def read(path: Path) -> tuple[list[Incoming], list[Message]]:
    """The posts, and how many items of each other kind were left. Raises ElementTree.ParseError for broken XML."""
    parts = [part for _, part in ElementTree.iterparse(path) if _local(part) in ("item", "author")]
    items = [part for part in parts if part.tag == "item"]
    shown = {_text(part, "author_login"): _text(part, "author_display_name") for part in parts if part.tag != "item"}
    files = {_text(item, "post_id"): _text(item, "attachment_url") for item in items if _kind(item) == "attachment"}
    ids = {"post": "import-in-bin", "page": "import-pages"}
    left: Counter[str] = Counter()
    found = []
    for item in items:
        kind, status = _kind(item), _text(item, "status")
        if kind == "post" and status not in ("trash", "auto-draft", "inherit"):
            found.append(_post(item, files, shown, draft=status not in ("publish", "future")))
        elif kind != "attachment":
            left[kind] += 1
    return found, [
        say(ids[kind], n=count) if kind in ids else say("import-of-kind", kind=kind, n=count)
        for kind, count in sorted(left.items())
    ]


def _post(item: ElementTree.Element, files: dict[str, str], shown: dict[str, str], *, draft: bool) -> Incoming:
    """`files` by their ids; `shown` are the names of authors by their logins."""
    author = next((child.text or "" for child in item if child.tag == CREATOR), "")
    html = next((child.text or "" for child in item if child.tag == CONTENT), "")
    html, lost = without_shortcodes(html)
    terms = [(child.get("domain", ""), child.text or "") for child in item if child.tag == "category"]
    slugs = [child.get("nicename", "") for child in item if child.get("domain") == "category"]
    meta = {_text(child, "meta_key"): _text(child, "meta_value") for child in item if _local(child) == "postmeta"}
    gmt = _text(item, "post_date_gmt")
    body, broken = markdown(paragraphs(html))
    return Incoming(
        origin=say("import-post", id=_text(item, "post_id"), title=item.findtext("title") or ""),
        title=item.findtext("title") or "",
        date=f"{gmt}+00:00" if gmt and not gmt.startswith("0000") else _text(item, "post_date"),
        updated=f"{changed}+00:00" if (changed := _text(item, "post_modified_gmt")) and changed[0] != "0" else "",
        body=body,
        sections=tuple(dict.fromkeys([*(name for domain, name in terms if domain == "category"), *slugs])),
        tags=tuple(name for domain, name in terms if domain == "post_tag"),
        authors=tuple(filter(None, [shown.get(author) or author])),
        summary=next((c.text or "" for c in item if "excerpt" in c.tag and _local(c) == "encoded"), ""),
        slug=_text(item, "post_name"),
        old=tuple(filter(None, [item.findtext("link")])),
        image=files.get(meta.get("_thumbnail_id", ""), ""),
        draft=draft,
        lost=(*(say("shortcode-removed", name=name) for name in lost), *broken),
    )


def _kind(item: ElementTree.Element) -> str:
    return _text(item, "post_type")


def _local(child: ElementTree.Element) -> str:
    return child.tag.rpartition("}")[2]


def _text(item: ElementTree.Element, name: str) -> str:
    """Of the `wp:` element; its namespace has a version in it."""
    return next((child.text or "" for child in item if _local(child) == name and "wordpress" in child.tag), "")


def pictures(media: Path | None, src: str) -> Path | None:
    """The file of an upload in a copy of wp-content/uploads/."""
    if media is None or "/uploads/" not in src:
        return None
    return inside(media, media / src.rpartition("/uploads/")[2])
