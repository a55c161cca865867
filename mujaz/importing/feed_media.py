"""The picture, the recordings and the words that stand beside an entry of a feed, and not in its text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from mujaz.importing.feed_parser import APART
from mujaz.messages.message import Message, say

HEARD = ("audio", "video")
_ADDRESS = re.compile(r"\b(?:href|src)\s{0,9}=\s{0,9}[\"']([^\"'<>]{1,2000})[\"']", re.I)


class Lead(NamedTuple):
    """The picture of an entry with its words, each "" where it has none."""

    url: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        return (self.alt, self.caption, self.credit) if self.url else ()


def apart(element: Mapping[str, Any]) -> Mapping[str, list[str]]:
    """The words that were kept apart, by the names of their elements."""
    return element.get(APART) or {}


def picture(entry: Any, body: str) -> Lead:
    """The first picture besides those in its text; its words are its own, else those of the whole entry."""
    for one in _pictures(entry):
        url = _url(one)
        if url not in body:
            words = {**apart(entry), **apart(one)}
            alt, caption = (", ".join(words.get(name, ())) for name in ("media_title", "media_description"))
            credit = dict.fromkeys((*words.get("media_credit", ()), *words.get("media_copyright", ())))
            return Lead(url, alt, caption, ", ".join(credit))
    return Lead()


def beside(entry: Any, lead: Lead) -> Iterator[tuple[str, str]]:
    """All that stands beside the entry, by the names of its elements: words, and its other pictures."""
    for one in (entry, *entry.get("media_content", [])):
        for name, texts in apart(one).items():
            yield from ((name.replace("_", ":", 1), text) for text in texts)
    shown = (one for one in entry.get("media_content", []) if _is_picture(one))
    yield from (("media:content", url) for url in dict.fromkeys(map(_url, shown)) if url != lead.url)


def addresses(entry: Any, detail: Any, lead: Lead) -> Iterator[tuple[str, str]]:
    """Addresses beside the text `detail` of an entry: of other files and pages, and of what its summary shows."""
    summary = entry.get("summary_detail")
    apart = summary.get("value") or "" if summary and summary is not detail else ""
    links = [
        (one.get("rel"), one) for one in entry.get("links", []) if one.get("rel") in ("enclosure", "related", "via")
    ]
    found = (
        *((f"link {rel}", _url(one)) for rel, one in links if str(one.get("type")).partition("/")[0] not in HEARD),
        ("image", _url(entry.get("image") or {})),
        *(("content", str(one.get("src") or "")) for one in entry.get("content") or ()),
        *(("summary", html.unescape(address)) for address in _ADDRESS.findall(apart)),
    )
    shown = (lead.url, str(entry.get("link")), str((entry.get("source") or {}).get("link")))
    for key, url in dict.fromkeys(found):
        if url and url not in shown and html.escape(url) not in (text := detail.get("value") or "") and url not in text:
            yield key, url


def recordings(entry: Any) -> list[Message]:
    """Notes about audio and video of the entry, which are not imported."""
    found: dict[str, Message] = {}
    for one in (*entry.get("enclosures", []), *entry.get("media_content", [])):
        url, kind = _url(one), str(one.get("type") or one.get("medium") or "")
        if url and kind.partition("/")[0] in HEARD:
            media = say(f"the-{kind.partition('/')[0]}")
            found.setdefault(url, say("import-enclosed", kind=media, address=url[:200]))
    return list(found.values())


def _pictures(entry: Any) -> Iterator[Any]:
    yield from (one for one in entry.get("media_content", []) if _is_picture(one))
    yield from (one for one in entry.get("media_thumbnail", []) if _url(one))
    yield from (one for one in entry.get("enclosures", []) if _is_picture(one))


def _is_picture(one: Any) -> bool:
    return bool(_url(one)) and (one.get("medium") == "image" or str(one.get("type", "")).startswith("image/"))


def _url(one: Any) -> str:
    return str(one.get("url") or one.get("href") or "")
