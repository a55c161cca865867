"""Why a page is rendered again: its key says only that something changed; this says what, in words.

For each rendered page the store has a digest of its layout (with strings and assets) and one of each field of its view.
They are read only with `--why`.
"""

from __future__ import annotations

from mujaz.frozen import Struct, names_of
from mujaz.messages.message import Message, say

SIZE = 4  # bytes of a field in `Keys.sums`

_GROUND = say("why-assets")


def reason(view: Struct, before: tuple[str, bytes] | None, now: tuple[str, bytes], same_key: bool) -> Message:
    """What changed from `before` to `now`, each (layout digest, digests of fields) of the page."""
    if same_key:
        return say("why-file-altered")
    if before is None:
        return say("why-new-page")
    names = names_of(type(view))
    if len(now[1]) != len(before[1]):
        return say("why-other-kind")
    at = range(0, len(now[1]), SIZE)
    moved = tuple(name for name, n in zip(names, at, strict=True) if now[1][n : n + SIZE] != before[1][n : n + SIZE])
    if before[0] != now[0]:
        return say("why-assets-and", what=moved) if moved else _GROUND
    return say("why-moved", what=moved) if moved else say("why-layout-name")
