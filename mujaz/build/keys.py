"""Keys of pages: a digest of all that decides a page's bytes."""

from __future__ import annotations

from typing import Any
from zlib import crc32

from mujaz.frozen import Struct, astuple, encoded
from mujaz.layouts.layouts import Layouts
from mujaz.layouts.references import ENTRY, FIGURE, PLAYER
from mujaz.model.file_views import FeedEntry, FeedView
from mujaz.model.fingerprint import digest, file_digest
from mujaz.model.page import Page
from mujaz.model.views import Block, Chrome, Story

# What many pages show: each is digested once, else the keys of a site would grow with its lists.
SHARED = frozenset({Block, Chrome, FeedEntry, Story})


class Keys:
    """Makes the keys of pages: a key is the digest of all that decides a page's bytes."""

    def __init__(self, layouts: Layouts, code: str, precompress: bool) -> None:
        """`code` is a digest of the code."""
        self._layouts, self._code, self._precompress = layouts, code, precompress
        self._heads: dict[tuple[str, str], bytes] = {}  # what goes into a key besides the view
        self._known: dict[int, str] = {}  # digests of what is shared, by its identity
        self._kept: list[Struct] = []  # else a new instance could stand where a known one was

    def of(self, page: Page) -> str:
        about = page.layout, self.layout_digest(page)
        head = self._heads.get(about)
        if head is None:
            head = self._heads[about] = digest(self._code, *about, self._precompress).encode()
        return file_digest(head + self._written(page.view))

    def layout_digest(self, page: Page) -> str:
        """Digest all that rendering the page reads besides its view and the code."""
        layouts = self._layouts.of(page.view)
        if page.layout:
            body = getattr(page.view, "body", None)  # layouts of their own draw its pictures, players and entries
            figure = layouts.digest_of(FIGURE) if body and body.pictures else ""
            player = layouts.digest_of(PLAYER) if body and body.players else ""
            entry = layouts.digest_of(ENTRY) if body and body.entries else ""
            return layouts.digest_of(page.layout) + figure + player + entry
        if isinstance(page.view, FeedView):
            # An entry has the words of its story. The site's own count always: a feed without entries has a stylesheet.
            spoken = sorted({"", *(entry.story.lang for entry in page.view.entries)})
            return "".join(self._of_bodies(self._layouts.speaking(lang)) for lang in spoken)
        return ""

    def _of_bodies(self, layouts: Layouts) -> str:
        """Digest what draws the pictures, players and entries of a body."""
        return layouts.digest_of(FIGURE) + layouts.digest_of(PLAYER) + layouts.digest_of(ENTRY)

    def sums(self, view: Struct) -> bytes:
        """Four bytes for each field of a view, in their order: soon made, too few to decide anything."""
        return b"".join(crc32(encoded(self._part(value))).to_bytes(4) for value in astuple(view))

    def _written(self, view: Struct) -> bytes:
        """The bytes of a view: the name of its class and its fields, with digests in the place of what is shared.

        No two views of a class are written alike, since a field holds values of one class, or None.
        """
        return encoded((type(view).__name__, *map(self._part, astuple(view))))

    def _part(self, value: Any) -> Any:
        """What to write for a field."""
        kind = type(value)
        if kind is tuple and value and type(value[0]) in SHARED:
            return [self._digest(one) for one in value]
        return self._digest(value) if kind in SHARED else value

    def _digest(self, shared: Struct) -> str:
        """The digest of what many pages show, made once."""
        found = self._known.get(id(shared))
        if found is None:
            found = self._known[id(shared)] = file_digest(self._written(shared))
            self._kept.append(shared)
        return found
