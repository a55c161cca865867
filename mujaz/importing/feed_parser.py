"""feedparser, with words that it would take for those of the entry kept apart: captions and credits of its pictures
(Media RSS), and second descriptions.

feedparser reads `media:title` as a title and `media:description` as a description, and a second description of an entry
as its text, which then replaces the whole article. Here they are lists of texts below `APART`, by the names of their
elements: those of one picture in its `media_content`, all others in the entry.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

APART = "mujaz_apart"
OF_PICTURES = ("media_title", "media_description", "media_credit", "media_copyright", "media_text")
DESCRIPTIONS = ("itunes_summary", "dc_description", "itunes_subtitle")
# `name@host (Name)`, `Name <name@host>` or either part alone.
_PERSON = re.compile(
    r"(?P<first>[^()<>]{0,500})"
    r"(?:\((?P<round>[^()]{0,500})\)|<(?P<angled>[^<>]{0,500})>)?\s{0,99}"
)


def parse(raw: bytes, headers: dict[str, str]) -> Any:
    """The feed as feedparser gives it; its HTML is not cleaned, so that what is lost can be told.

    Raises ValueError or LookupError for an encoding that is none of texts.
    """
    import feedparser  # type: ignore[import-untyped]
    from feedparser import api

    for name in ("StrictFeedParser", "LooseFeedParser"):  # feedparser has no other way to read elements anew
        if not issubclass(theirs := getattr(api, name), _Apart):
            setattr(api, name, type(name, (_Apart, theirs), {}))
    # feedparser would read bytes as the name of a file.
    return feedparser.parse(BytesIO(raw), response_headers=headers, sanitize_html=False)


class _Apart:
    """What is mixed into the parsers of feedparser, which call `_start_x` and `_end_x` of an element `x`."""

    _medium: Any = None  # the `media:content` that is open

    def _start_media_content(self: Any, attributes: Any) -> None:
        super()._start_media_content(attributes)  # type: ignore[misc]
        self._medium = self._get_context()["media_content"][-1]

    def _end_media_content(self) -> None:
        self._medium = None

    def _sync_author_detail(self: Any, key: str = "author") -> None:
        """A person in one text: feedparser loses the end of many addresses, and takes it for the name."""
        context = self._get_context()
        detail = (context.get(f"{key}s") or [None])[-1]
        if detail is not None and not detail and (found := _PERSON.fullmatch(str(context.get(key) or "").strip())):
            parts = [part.strip() for part in found.groups() if part and part.strip()]
            mail = next((part for part in parts if re.fullmatch(r"[^\s@]+@[^\s@]+", part)), "")
            name = next((part for part in parts if part != mail), "")
            detail.update({k: value for k, value in (("name", name), ("email", mail)) if value})
        super()._sync_author_detail(key)  # type: ignore[misc]


def _read_apart(name: str) -> None:
    """Make the parsers keep the texts of the element `name` apart."""

    def start(self: Any, attributes: Any) -> None:
        self.push(APART + name, 1)

    def end(self: Any) -> None:
        text = self.pop(APART + name)
        holder = self._get_context() if self._medium is None or name not in OF_PICTURES else self._medium
        if text:
            holder.setdefault(APART, {}).setdefault(name, []).append(text)

    setattr(_Apart, f"_start_{name}", start)
    setattr(_Apart, f"_end_{name}", end)


for _name in (*OF_PICTURES, *DESCRIPTIONS):
    _read_apart(_name)
