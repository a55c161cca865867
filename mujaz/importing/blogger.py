"""A Blogger export (Atom) as articles. Posts only; pages, comments and settings are counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

from mujaz.importing import xml_text
from mujaz.importing.incoming import MOST_TOLD, Archive, Incoming, Lost
from mujaz.messages.message import Message, say

ATOM = "{http://www.w3.org/2005/Atom}"
KIND = re.compile(r"schemas\.google\.com/blogger/2008/kind#(\w+)")  # in old exports; new ones have blogger:type
NO = ("", "no", "false", "0")
# Elements that are imported, or that hold no words of a reader's page.
TAKEN = frozenset(
    "author category content control created draft enclosure extendedProperty filename id image link metaDescription"
    " parent point box in-reply-to published status summary thumbnail title total trashed type updated".split()
)
DROPPED = ("template", "settings", "gadget")  # of the blog and not of its texts
SIGNS = (b"schemas.google.com/blogger", b"//www.blogger.com")


def read(path: Path) -> Archive:
    """The posts. Raises ElementTree.ParseError for broken XML."""
    notes: list[Message] = []
    entries, hosts = [], []
    for part in xml_text.elements(path, notes):
        if part.tag == f"{ATOM}entry":
            entries.append(part)
    comments: Counter[str] = Counter()
    left: Counter[str] = Counter()
    posts = []
    for entry in entries:
        kind = _kind(entry)
        if kind == "post":
            posts.append(entry)
        elif kind == "comment":
            comments[_answered(entry)] += 1
        elif kind not in DROPPED:
            left[kind] += 1
    found = [_post(entry, comments[_of(entry, "id")]) for entry in posts]
    hosts = [story.old[0] for story in found if story.old]
    notes += [
        say("import-pages", n=count) if kind == "page" else say("import-of-kind", kind=kind or "?", n=count)
        for kind, count in sorted(left.items())
    ]
    lost = tuple(Lost(origin=path.name, message=one) for one in notes)
    return Archive(kind="blogger", stories=tuple(found), hosts=tuple(hosts), left=lost)


def _post(entry: Element, comments: int) -> Incoming:
    id, title = _of(entry, "id"), _of(entry, "title")
    link = next((one.get("href", "") for one in entry.iter(f"{ATOM}link") if one.get("rel") == "alternate"), "")
    link = link or _of(entry, "filename")
    terms = (one.get("term", "") for one in entry.iter(f"{ATOM}category"))
    labels = tuple(term for term in terms if not KIND.search(term))  # their scheme is another in each kind of export
    status = _of(entry, "status").upper()
    draft = any(_local(one) == "draft" and (one.text or "").strip().lower() not in NO for one in entry.iter())
    return Incoming(
        origin=say("import-post", id=id.rpartition("post-")[2], title=title),
        key=f"blogger {id}",
        title=title,
        date=_of(entry, "published"),
        updated=_of(entry, "updated"),
        scheduled=status == "SCHEDULED",
        body=next((_html(one) for one in entry if one.tag == f"{ATOM}content"), ""),
        sections=labels,
        tags=labels,
        authors=tuple(filter(None, [next((_of(one, "name") for one in entry if one.tag == f"{ATOM}author"), "")])),
        summary=_of(entry, "metaDescription"),
        slug=re.sub(r"\.html$", "", link.rpartition("/")[2]),
        old=(link,) if link else (),
        draft=_draft(f"{status} TRASHED" if _of(entry, "trashed") else status, draft=draft),
        lost=(*_enclosed(entry), *_left(entry), *((say("import-comments", n=comments),) if comments else ())),
    )


def _html(content: Element) -> str:
    """The text of an element: HTML as a text, or the elements of XHTML, whose prefix ElementTree knows."""
    inner = "".join(tostring(one, encoding="unicode") for one in content)
    return (content.text or "") + inner.replace("<html:", "<").replace("</html:", "</")


def _draft(status: str, *, draft: bool) -> Message | None:
    """Why nobody read it; a status that is not known here is none of what is read."""
    if "TRASHED" in status:
        return say("import-was-in-bin")
    return say("import-was-draft") if draft or status not in ("", "LIVE", "SCHEDULED") else None


def _enclosed(entry: Element) -> Iterator[Message]:
    """A note about each file that came with a post, such as an episode."""
    for link in entry.iter(f"{ATOM}link"):
        if link.get("rel") == "enclosure" and link.get("href"):
            kind = link.get("type", "").partition("/")[0]
            media = say(f"the-{kind}" if kind in ("audio", "video") else "the-file")
            yield say("import-enclosed", kind=media, address=link.get("href", "")[:200])


def _left(entry: Element) -> Iterator[Message]:
    """A note about each element with words that has no place here, such as the town that stood below a post."""
    for one in entry:
        said = " ".join(" ".join(one.itertext()).split())
        if said and _local(one) not in TAKEN:
            yield say("import-key", key=_local(one), value=said[:MOST_TOLD])


def _kind(entry: Element) -> str:
    for one in entry.iter(f"{ATOM}category"):
        if found := KIND.search(one.get("term", "")):
            return found[1].lower()
    return _of(entry, "type").lower()


def _answered(entry: Element) -> str:
    """The id of the post to which a comment belongs."""
    reply = next((one.get("ref", "") for one in entry if _local(one) == "in-reply-to"), "")
    return reply or _of(entry, "parent")


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _of(entry: Element, name: str) -> str:
    return next((one.text or "" for one in entry if _local(one) == name), "").strip()
