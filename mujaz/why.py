"""Why a page is rendered again: its key says only that something moved; this says what, in prose.

For each rendered page the store keeps the digest of its ground (layout, strings, assets) and one of each field of its
view. They are looked at only when somebody asks.
"""

from __future__ import annotations

from mujaz.frozen import Struct, names_of

SIZE = 4  # bytes that `Fingerprints.sums` has for a field

_GROUND = "moved: the layout, the strings or an asset"


def reason(view: Struct, before: tuple[str, bytes] | None, now: tuple[str, bytes], same_key: bool) -> str:
    """What moved since `before` until `now`, each the (ground, parts) that the page was rendered from."""
    if same_key:
        return "the file in the output was missing or altered"
    if before is None:
        return "it is new, or was made by another version of mujaz"
    names = names_of(type(view))
    if len(now[1]) != len(before[1]):
        return "it is another kind of page now"
    at = range(0, len(now[1]), SIZE)
    moved = ", ".join(
        name for name, n in zip(names, at, strict=True) if now[1][n : n + SIZE] != before[1][n : n + SIZE]
    )
    if before[0] != now[0]:
        return f"moved: the layout, the strings or an asset, {moved}" if moved else _GROUND
    return f"moved: {moved}" if moved else "moved: its layout's name"
