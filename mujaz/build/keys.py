"""Keys of pages: a digest of all that decides a page's bytes."""

from __future__ import annotations

from mujaz.layouts.layouts import Layouts
from mujaz.layouts.references import ENTRY, FIGURE, PLAYER
from mujaz.model.file_views import FeedView, SitemapEntry
from mujaz.model.fingerprint import Fingerprints, digest
from mujaz.model.page import Page
from mujaz.model.views import BodyView, CorrectionNote, Figure, Meta, Part, SourceName, When

# Small parts of views that few pages share: they are sooner written out than remembered.
ALONE = (BodyView, CorrectionNote, Figure, Meta, Part, SitemapEntry, SourceName, When)


class Keys:
    """Makes the keys of pages: a key is the digest of all that decides a page's bytes."""

    def __init__(self, layouts: Layouts, code: str, precompress: bool) -> None:
        """`code` is a digest of the code."""
        self.fingerprints = Fingerprints(alone=ALONE)
        self._layouts, self._code, self._precompress = layouts, code, precompress
        self._heads: dict[tuple[str, str], bytes] = {}  # what goes into a key besides the view

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
            spoken = sorted({entry.story.lang for entry in page.view.entries})  # an entry has the words of its story
            return "".join(self._of_bodies(self._layouts.speaking(lang)) for lang in spoken)
        return ""

    def _of_bodies(self, layouts: Layouts) -> str:
        """Digest what draws the pictures, players and entries of a body."""
        return layouts.digest_of(FIGURE) + layouts.digest_of(PLAYER) + layouts.digest_of(ENTRY)

    def of(self, page: Page) -> str:
        about = page.layout, self.layout_digest(page)
        head = self._heads.get(about)
        if head is None:
            head = self._heads[about] = digest(self._code, *about, self._precompress).encode()
        return self.fingerprints.beside(head, page.view)
