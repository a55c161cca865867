"""What is struck out over several blocks is struck out in each: a `<del>` around a list is moved into its lines.

The parser of HTML drops a `del` where a paragraph ends, that of feeds an `s` where one begins, and a text without
elements knows only what is struck out within a line. So a page would say again what its editor has taken back.
"""

from __future__ import annotations

import re
from itertools import accumulate, islice

from mujaz.markdown_body.html_tags import Tag, tags
from mujaz.markdown_body.placeholders import INLINE, STRUCK, VOID

_NAMES = ("strike", *STRUCK)  # imported texts have the first; in a body it is told, and left out
_ANY = re.compile(rf"<(?:{'|'.join(_NAMES)})[\s>]", re.I)
_LINE = (INLINE | VOID) - frozenset((*_NAMES, "col", "hr"))  # what does not part what is struck out
_OF_EACH = re.compile(r"""\s(?:lang|dir)=(["']?)[\w-]{1,35}\1(?=[\s>])""", re.I)  # an attribute that each text keeps
_EMPTIED = re.compile(r"<p>\s*+</p>\n?")


def in_lines(html: str) -> str:
    """`html` with each text that is struck out in an element of its own, where one such holds more than a line.

    An element that never ends stays as it is. Linear in the length of `html`.
    """
    if not _ANY.search(html):
        return html
    found = list(tags(html))
    pairs = _pairs(found)
    blocks = list(accumulate((tag.name not in _LINE for tag in found), initial=0))
    if all(blocks[end] == blocks[start + 1] for start, end in pairs.items()):
        return html
    ends = set(pairs.values())
    parts: list[str] = []
    opened: list[str] = []  # the start tags that a text is in
    at = 0
    for number, tag in enumerate(found):
        _put(html[at : tag.start], opened, parts)
        at = tag.start + tag.size
        written = html[tag.start : at]
        if number in pairs:
            opened.append(written)
        elif number in ends:
            opened.pop()
        else:
            parts.append(written)
    return _EMPTIED.sub("", "".join([*parts, html[at:]]))


def _pairs(found: list[Tag]) -> dict[int, int]:
    """The number of each start tag of what is struck out → that of its end tag, one within another or beside it."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    for number, tag in enumerate(found):
        if tag.name not in _NAMES:
            continue
        if not tag.is_end:
            waiting.append(number)
        elif tag.name in (found[one].name for one in waiting):  # few: `html_limits` bounds what is open
            while found[start := waiting.pop()].name != tag.name:
                pass
            pairs[start] = number
    return pairs


def _put(text: str, opened: list[str], parts: list[str]) -> None:
    if not opened or not text.strip():
        parts.append(text)
        return
    name = next(name for name in _NAMES if opened[0].lower().startswith(name, 1))
    parts.append(f"{opened[0]}{text}</{name}>")
    # An id is there once, and a long tag before each of many texts would be a long page.
    opened[0] = f"<{name}{''.join([kept[0] for kept in islice(_OF_EACH.finditer(opened[0]), 2)])}>"
