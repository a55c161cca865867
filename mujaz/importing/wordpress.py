"""A WordPress export (WXR) as articles. Posts only; other items are counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from xml.etree.ElementTree import Element

from mujaz.frozen import Value
from mujaz.importing import xml_text
from mujaz.importing.addresses import host_of, path_of
from mujaz.importing.incoming import MOST_TOLD, Archive, Incoming, Lost
from mujaz.importing.languages import of_address
from mujaz.importing.wordpress_fields import built, untold_writers, writers
from mujaz.importing.wordpress_texts import Attachment, Kept, decoded, is_for_some, plain_html, with_shared
from mujaz.messages.message import Message, say

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
BLOCKS = "<!-- /wp:"  # the end of a block of the block editor, whose texts have explicit paragraphs
NOT_SEEN = {"private": "import-was-private", "pending": "import-was-pending", "trash": "import-was-in-bin"}
# Domains of categories that have a place here; `author` is of Co-Authors Plus, the last two are of Polylang.
TAXONOMIES = ("category", "post_tag", "author", "post_format", "language", "post_translations")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]*")
IN_TEXT = re.compile(r"\bwp-image-(\d{1,19})\b")  # the id of a picture, among its classes
MOST_OLD = 500  # addresses with earlier days: each day is combined with each slug
MOST_PAGES = 100  # of one post
CREDITS = ("_media_credit", "media_credit", "_credit", "credit")


class Export(Value):
    """What posts refer to: files and shared blocks by id, names of authors by login.

    `folder` is the path of the site at its host, which may hold several sites, each with numbers of its own.
    """

    kept: Kept
    authors: Mapping[str, str]
    folder: str


def read(path: Path) -> Archive:
    """The posts, and how many items of each other kind were left out. Raises ElementTree.ParseError for broken XML."""
    notes: list[Message] = []
    hosts: list[str] = []
    items, authors, folder = [], {}, ""
    for part in xml_text.elements(path, notes):
        name = _local(part)
        if name == "author":
            authors[_text(part, "author_login")] = _text(part, "author_display_name")
            authors[f"user-{_text(part, 'author_id')}"] = _text(part, "author_display_name")
        elif name in ("base_site_url", "base_blog_url"):
            hosts.append((part.text or "").strip())
            folder = path_of(hosts[-1]).strip("/") if name == "base_blog_url" else folder
        elif name == "item":
            items.append(part)
    kept = Kept(
        files={_text(one, "post_id"): _attachment(one) for one in items if _kind(one) == "attachment"},
        blocks={_text(one, "post_id"): _content(one) for one in items if _is_shared(one)},
    )
    export = Export(kept=kept, authors=dict(_guests(items)) | authors, folder=folder)
    left: Counter[str] = Counter()
    found = []
    for item in items:
        if _kind(item) == "post" and _text(item, "status") not in ("auto-draft", "inherit"):
            found.append(_post(item, export))
            hosts += [_first(item, "link")] if _first(item, "link") else []
        elif _kind(item) not in ("attachment", "wp_block", "guest-author", "guest_author"):
            left[_kind(item)] += 1
    notes += [
        say("import-pages", n=count) if kind == "page" else say("import-of-kind", kind=kind, n=count)
        for kind, count in sorted(left.items())
    ]
    lost = tuple(Lost(origin=path.name, message=one) for one in notes)
    uploaded = tuple(file.url for file in kept.files.values())
    return Archive(kind="wordpress", stories=tuple(found), hosts=tuple(hosts), left=lost, uploaded=uploaded)


def _post(item: Element, export: Export) -> Incoming:
    id, status = _text(item, "post_id"), _text(item, "status")
    meta = _meta(item)
    written = decoded(_content(item))
    partly, beside = built(meta)
    for_some = partly or is_for_some(written, meta) or is_for_some(with_shared(written, export.kept.blocks), {})
    body = plain_html(written, id, export.kept, meta.get("footnotes", ()))
    terms = [(child.get("domain", ""), (child.text or "").strip()) for child in item if child.tag == "category"]
    slugs = [child.get("nicename", "") for child in item if child.get("domain") == "category"]

    def nice(domain: str) -> str:
        return next((child.get("nicename", "") for child in item if child.get("domain") == domain), "")

    lead_id = next(iter(meta.get("_thumbnail_id", ())), "")
    nowhere = f"?attachment_id={lead_id}" if re.fullmatch("[1-9][0-9]{0,19}", lead_id) else ""
    lead = export.kept.files.get(lead_id, Attachment(url=nowhere))
    link = _first(item, "link")
    slug = _text(item, "post_name").removesuffix("__trashed")
    title = _first(item, "title")
    names, lost = _authors(item, meta, export)
    return Incoming(
        origin=say("import-post", id=id, title=title),
        key=" ".join(filter(None, ("wordpress", host_of(link), export.folder, id))),
        title=title,
        date=_date(item, "post_date"),
        updated=_date(item, "post_modified"),
        expires=_expires(meta),
        scheduled=status == "future",
        body=body,
        beside=beside,
        lines=BLOCKS not in body,
        sections=tuple(dict.fromkeys([*(name for domain, name in terms if domain == "category"), *slugs])),
        categories=tuple(name for domain, name in terms if domain == "category"),
        tags=tuple(name for domain, name in terms if domain == "post_tag"),
        authors=tuple(dict.fromkeys(filter(None, names))),
        summary=next((c.text or "" for c in item if "excerpt" in c.tag and _local(c) == "encoded"), ""),
        language=nice("language") or next(iter(meta.get("_wpml_import_language_code", ())), "") or of_address(link),
        work=nice("post_translations") or next(iter(meta.get("_wpml_import_translation_group", ())), ""),
        slug=slug,
        old=(*_addresses(link, slug, _text(item, "post_date")[:10], meta), *_of_pages(link, written)),
        names=(f"?p={id}", f"?page_id={id}"),
        image=lead.url,
        image_alt=lead.alt,
        image_caption=lead.caption,
        image_credit=lead.credit,
        draft=_draft(item, status, for_some=for_some),
        lost=(*_lost(item, terms), *lost, *_credits(body, export.kept)),
    )


def _authors(item: Element, meta: Mapping[str, Sequence[str]], export: Export) -> tuple[list[str], list[Message]]:
    """Its authors, and messages about those whose names are not known.

    With Co-Authors Plus they are its terms alone, and its creator may be the editor who typed it.
    """
    terms = [child for child in item if child.tag == "category" and child.get("domain") == "author"]
    names = [
        # A nicename is no login: another may have that.
        (export.authors.get(name) if name.startswith("cap-") else "") or export.authors.get(said) or said
        for child in terms
        for name in [child.get("nicename", "")]
        for said in [(child.text or "").strip()]
    ]
    creator = next(((child.text or "").strip() for child in item if child.tag == CREATOR), "")
    found = list(filter(None, names)) or writers(meta, export.authors) or [export.authors.get(creator) or creator]
    bare = [name for name in found if name not in export.authors.values() and LOGIN.fullmatch(name)]
    lost = [say("import-author-by-login", name=name) for name in dict.fromkeys(bare)]
    return found, [*lost, *untold_writers(meta, found, export.authors)]


def _guests(items: Iterable[Element]) -> Iterator[tuple[str, str]]:
    """Guest authors of Co-Authors Plus and Molongui: what a post calls each, with the name that readers saw."""
    for item in items:
        if _kind(item) == "guest_author":  # of Molongui
            yield f"guest-{_text(item, 'post_id')}", _first(item, "title")
        if _kind(item) == "guest-author":
            meta = _meta(item)
            name = next(iter(meta.get("cap-display_name", ())), "") or _first(item, "title")
            logins = (*meta.get("cap-user_login", ()), _text(item, "post_name"))
            yield from ((login, name) for login in logins if login and name)


def _is_shared(item: Element) -> bool:
    """Whether it is a block that posts refer to, and readers saw there."""
    return _kind(item) == "wp_block" and _text(item, "status") == "publish" and not _text(item, "post_password")


def _draft(item: Element, status: str, *, for_some: bool) -> Message | None:
    if _text(item, "post_password"):
        return say("import-had-password")
    if status in NOT_SEEN:
        return say(NOT_SEEN[status])
    if for_some:
        return say("import-part-hidden")
    return None if status in ("publish", "future") else say("import-was-draft")


def _lost(item: Element, terms: list[tuple[str, str]]) -> list[Message]:
    """Messages about custom taxonomies and about comments."""
    unknown = dict.fromkeys((domain, name) for domain, name in terms if domain not in TAXONOMIES)
    found = [say("import-taxonomy", name=domain, value=name) for domain, name in unknown]
    if comments := sum(_local(child) == "comment" for child in item):
        found.append(say("import-comments", n=comments))
    return found


def _credits(body: str, kept: Kept) -> Iterator[Message]:
    """Messages about credits that plug-ins showed under the pictures of a text, which does not hold them."""
    files = (kept.files.get(id) for id in dict.fromkeys(IN_TEXT.findall(body)))
    for credit in dict.fromkeys(file.credit for file in files if file and file.credit):
        if credit not in body:
            yield say("import-credit-left", credit=credit[:MOST_TOLD])


def _addresses(link: str, slug: str, day: str, meta: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The address of a post of this `day`, and those that WordPress sends on: with its earlier slugs and days."""
    if not link or "?" in link:
        return (link,) if link else ()
    of_slugs = [link, *_with_slugs(link, slug, meta.get("_wp_old_slug", ()))] if slug else [link]
    of_days = (_with_day(one, day, old) for old in meta.get("_wp_old_date", ()) for one in of_slugs)
    return tuple(dict.fromkeys([*of_slugs, *islice(of_days, MOST_OLD)]))


def _of_pages(link: str, text: str) -> Iterator[str]:
    """The addresses of its further pages, into which an editor parted it; here it is one."""
    slash = "/" if link.endswith("/") else ""
    for number in range(2, min(text.count("<!--nextpage-->") + 2, MOST_PAGES) if link and "?" not in link else 2):
        yield f"{link.rstrip('/')}/{number}{slash}"


def _with_slugs(link: str, slug: str, before: Iterable[str]) -> Iterator[str]:
    start, found, rest = link.rpartition(slug)
    if not found:
        bare = link.rstrip("/")
        start, rest = bare.rpartition("/")[0] + "/", link[len(bare) :]
    return (f"{start}{old}{rest}" for old in before)


def _with_day(address: str, day: str, old: str) -> str:
    """The address with another day, where it holds the day, the month or the year."""
    if not DAY.fullmatch(day) or not DAY.fullmatch(old):
        return address
    now, then = day.split("-"), old.split("-")
    for parts in (3, 2, 1):
        written = f"/{'/'.join(now[:parts])}/"
        if written in address:
            return address.replace(written, f"/{'/'.join(then[:parts])}/", 1)
    return address


def _date(item: Element, name: str) -> str:
    gmt = _text(item, f"{name}_gmt")  # where it was never set, it is of the year 0 or, in some exports, -1
    if DAY.match(gmt) and not gmt.startswith("0000"):
        return f"{gmt}+00:00"
    local = _text(item, name)
    return "" if local.startswith("0000") else local


def _expires(meta: Mapping[str, Sequence[str]]) -> str:
    """When the plug-in PublishPress Future was to take a post away; "" where it was to stay, or to move in lists."""
    at = next(iter(meta.get("_expiration-date", ())), "")
    is_on = "saved" in meta.get("_expiration-date-status", ("saved",))
    done = next(iter(meta.get("_expiration-date-type", ())), "")
    if not is_on or not re.fullmatch("[0-9]{1,11}", at) or "stick" in done or "category" in done:
        return ""
    return datetime.fromtimestamp(int(at), UTC).isoformat()


def _attachment(item: Element) -> Attachment:
    meta = _meta(item)
    return Attachment(
        url=_text(item, "attachment_url"),
        is_shown=_text(item, "status") not in NOT_SEEN,
        title=_first(item, "title"),
        alt=next(iter(meta.get("_wp_attachment_image_alt", ())), ""),
        caption=next((c.text or "" for c in item if "excerpt" in c.tag and _local(c) == "encoded"), "").strip(),
        credit=next((value for key in CREDITS for value in meta.get(key, ()) if value), ""),
        parent=_text(item, "post_parent"),
        order=int(order) if re.fullmatch("[0-9]{1,9}", order := _text(item, "menu_order")) else 0,
    )


def _content(item: Element) -> str:
    return next((child.text or "" for child in item if child.tag == CONTENT), "")


def _meta(item: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for child in item:
        if _local(child) == "postmeta":
            found.setdefault(_text(child, "meta_key"), []).append(_text(child, "meta_value"))
    return found


# ---------------------------------------------------------------- elements


def _kind(item: Element) -> str:
    return _text(item, "post_type")


def _local(child: Element) -> str:
    return child.tag.rpartition("}")[2]


def _first(item: Element, name: str) -> str:
    return (item.findtext(name) or "").strip()


def _text(item: Element, name: str) -> str:
    """The text of a `wp:` element, whose namespace has a version in it, without blanks around it."""
    return next((child.text or "" for child in item if _local(child) == name and "wordpress" in child.tag), "").strip()
