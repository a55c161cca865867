"""A WordPress export (WXR) as articles. Posts only; what else is in it is counted."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

from mujaz.frozen import Value
from mujaz.importing import xml_text
from mujaz.importing.addresses import host_of
from mujaz.importing.incoming import Archive, Incoming, Lost
from mujaz.messages.message import Message, say

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
BLOCKS = "<!-- /wp:"  # the end of one of the block editor's, whose texts have all their paragraphs
NOT_SEEN = {"private": "import-was-private", "pending": "import-was-pending", "trash": "import-was-in-bin"}
# Domains of categories that have a place here; `author` is of Co-Authors Plus.
TAXONOMIES = ("category", "post_tag", "author", "post_format")
CREDITS = ("_media_credit", "media_credit", "_credit", "credit")

_SHORTCODE = re.compile(
    r"\[(?P<end>/?)(?P<name>[a-z][a-z0-9_-]{0,50})"
    r"(?P<rest>(?:\s{1,9}[a-z_-]{1,50}=(?:\"[^\"]{0,1000}\"|'[^']{0,1000}'|[^\s\]\"'][^\s\]]{0,499})){0,20}+)"
    r"\s{0,9}/?\](?!\()"
)
_VALUE = re.compile(r"(?P<key>[a-z_-]{1,50})=(?:\"(?P<two>[^\"]*)\"|'(?P<one>[^']*)'|(?P<bare>[^\s\]]+))")
MEDIA = {"audio": ("src", "mp3", "m4a", "ogg", "wav"), "video": ("src", "mp4", "m4v", "webm", "ogv")}
# Known without attributes; any other word between brackets is text unless it has some, or an end.
CORE = ("gallery", "playlist", "embed", "caption", "wp_caption", "audio", "video")


class Attachment(Value):
    """A file of the old site, as its own item describes it."""

    url: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


class Export(Value):
    """What posts refer to: attachments by id, names of authors by login."""

    files: Mapping[str, Attachment]
    authors: Mapping[str, str]


def read(path: Path) -> Archive:
    """The posts, and how many items of each other kind were left. Raises ElementTree.ParseError for broken XML."""
    notes: list[Message] = []
    hosts: list[str] = []
    items, authors = [], {}
    for part in xml_text.elements(path, notes):
        name = _local(part)
        if name == "author":
            authors[_text(part, "author_login")] = _text(part, "author_display_name")
        elif name in ("base_site_url", "base_blog_url"):
            hosts.append((part.text or "").strip())
        elif name == "item":
            items.append(part)
    export = Export(
        files={_text(one, "post_id"): _attachment(one) for one in items if _kind(one) == "attachment"}, authors=authors
    )
    left: Counter[str] = Counter()
    found = []
    for item in items:
        if _kind(item) == "post" and _text(item, "status") not in ("auto-draft", "inherit"):
            found.append(_post(item, export))
            hosts += [_first(item, "link")] if _first(item, "link") else []
        elif _kind(item) != "attachment":
            left[_kind(item)] += 1
    notes += [
        say("import-pages", n=count) if kind == "page" else say("import-of-kind", kind=kind, n=count)
        for kind, count in sorted(left.items())
    ]
    lost = tuple(Lost(origin=path.name, message=one) for one in notes)
    return Archive(kind="wordpress", stories=tuple(found), hosts=tuple(hosts), left=lost)


def _post(item: Element, export: Export) -> Incoming:
    id, status = _text(item, "post_id"), _text(item, "status")
    content = next((child.text or "" for child in item if child.tag == CONTENT), "")
    body, removed = _with_media(content, export)
    terms = [(child.get("domain", ""), (child.text or "").strip()) for child in item if child.tag == "category"]
    slugs = [child.get("nicename", "") for child in item if child.get("domain") == "category"]
    meta = _meta(item)
    lead = export.files.get(next(iter(meta.get("_thumbnail_id", ())), ""), Attachment(url=""))
    creator = next(((child.text or "").strip() for child in item if child.tag == CREATOR), "")
    authors = [export.authors.get(creator) or creator, *(name for domain, name in terms if domain == "author")]
    link = _first(item, "link")
    slug = _text(item, "post_name").removesuffix("__trashed")
    title = _first(item, "title")
    return Incoming(
        origin=say("import-post", id=id, title=title),
        key=f"wordpress {host_of(link)} {id}",
        title=title,
        date=_date(item, "post_date"),
        updated=_date(item, "post_modified"),
        scheduled=status == "future",
        body=body,
        lines=BLOCKS not in content,
        sections=tuple(dict.fromkeys([*(name for domain, name in terms if domain == "category"), *slugs])),
        categories=tuple(name for domain, name in terms if domain == "category"),
        tags=tuple(name for domain, name in terms if domain == "post_tag"),
        authors=tuple(dict.fromkeys(filter(None, authors))),
        summary=next((c.text or "" for c in item if "excerpt" in c.tag and _local(c) == "encoded"), ""),
        slug=slug,
        old=_addresses(link, slug, meta.get("_wp_old_slug", ())),
        names=(f"?p={id}", f"?page_id={id}"),
        image=lead.url,
        image_alt=lead.alt,
        image_caption=lead.caption,
        image_credit=lead.credit,
        draft=_draft(item, status),
        lost=(*(say("shortcode-removed", name=name) for name in removed), *_lost(item, terms)),
    )


def _draft(item: Element, status: str) -> Message | None:
    if _text(item, "post_password"):
        return say("import-had-password")
    if status in NOT_SEEN:
        return say(NOT_SEEN[status])
    return None if status in ("publish", "future") else say("import-was-draft")


def _lost(item: Element, terms: list[tuple[str, str]]) -> list[Message]:
    """Taxonomies of its own making, and what readers wrote."""
    unknown = dict.fromkeys((domain, name) for domain, name in terms if domain not in TAXONOMIES)
    found = [say("import-taxonomy", name=domain, value=name) for domain, name in unknown]
    if comments := sum(_local(child) == "comment" for child in item):
        found.append(say("import-comments", n=comments))
    return found


def _addresses(link: str, slug: str, before: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Its address, and those of the names that it had before."""
    if not link or "?" in link or not slug:
        return (link,) if link else ()
    start, found, rest = link.rpartition(slug)
    if not found:
        bare = link.rstrip("/")
        start, rest = bare.rpartition("/")[0] + "/", link[len(bare) :]
    return (link, *(f"{start}{old}{rest}" for old in before))


def _date(item: Element, name: str) -> str:
    gmt = _text(item, f"{name}_gmt")
    if gmt and not gmt.startswith("0000"):
        return f"{gmt}+00:00"
    local = _text(item, name)
    return "" if local.startswith("0000") else local


def _attachment(item: Element) -> Attachment:
    meta = _meta(item)
    return Attachment(
        url=_text(item, "attachment_url"),
        alt=next(iter(meta.get("_wp_attachment_image_alt", ())), ""),
        caption=next((c.text or "" for c in item if "excerpt" in c.tag and _local(c) == "encoded"), "").strip(),
        credit=next((value for key in CREDITS for value in meta.get(key, ()) if value), ""),
    )


def _meta(item: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for child in item:
        if _local(child) == "postmeta":
            found.setdefault(_text(child, "meta_key"), []).append(_text(child, "meta_value"))
    return found


# ---------------------------------------------------------------- shortcodes


def _with_media(text: str, export: Export) -> tuple[str, list[str]]:
    """The text with `[caption]`, `[gallery]` and the like as HTML, and the names of those that are nothing here."""
    lost: list[str] = []
    ends = {found["name"] for found in _SHORTCODE.finditer(text) if found["end"]}

    def made(found: re.Match[str]) -> str:
        name, end = found["name"], bool(found["end"])
        if name in ("caption", "wp_caption"):
            return "</figure>\n\n" if end else "\n\n<figure>"
        if name == "embed":
            return "\n\n"
        if name not in (*CORE, *ends) and not found["rest"]:
            return found[0]  # [كذا] and [sic] are words
        if end:
            return ""
        values = {one["key"]: one["two"] or one["one"] or one["bare"] or "" for one in _VALUE.finditer(found["rest"])}
        if name in MEDIA and (src := next((values[key] for key in MEDIA[name] if values.get(key)), "")):
            return f'\n\n<{name} src="{html.escape(src)}"></{name}>\n\n'
        ids = dict.fromkeys(re.findall(r"\d+", values.get("ids", "")))
        pictures = [export.files[id] for id in ids if id in export.files]
        if name == "gallery" and pictures:
            return "\n\n" + "\n\n".join(map(_figure, pictures)) + "\n\n"
        lost.append(name)
        return ""

    return _SHORTCODE.sub(made, text), lost


def _figure(picture: Attachment) -> str:
    caption = f"<figcaption>{picture.caption}</figcaption>" if picture.caption else ""
    return f'<figure><img src="{html.escape(picture.url)}" alt="{html.escape(picture.alt)}">{caption}</figure>'


# ---------------------------------------------------------------- elements


def _kind(item: Element) -> str:
    return _text(item, "post_type")


def _local(child: Element) -> str:
    return child.tag.rpartition("}")[2]


def _first(item: Element, name: str) -> str:
    return (item.findtext(name) or "").strip()


def _text(item: Element, name: str) -> str:
    """Of the `wp:` element, without the blanks that some tools write around it; its namespace has a version in it."""
    return next((child.text or "" for child in item if _local(child) == name and "wordpress" in child.tag), "").strip()
