"""The bounds of a body's HTML, counted before the sanitiser builds a tree of it.

An HTML parser repeats every open formatting element in each block that follows (the HTML Standard, 13.2.4.3, "list of
active formatting elements"): 1,000 open `<b title=N>` and 2,000 `<p>`, 21 kB, became a page of 37 MB. And depth costs
the square of itself: 20,000 `<ul><li>` took 31 s, and readers of feeds lose what stands deeper than 256 (libxml2).

What is counted is never less than what the parser holds open. So an end tag counts only where the parser is sure to
follow it, and an element that the next of its kind may close counts as closed only where it is sure to be.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from mujaz.markdown_body.html_tags import Tag, tags
from mujaz.messages.errors import Problem
from mujaz.messages.message import Message, say

MAX_NESTING = 100  # open elements; lists and quotes of Markdown nest 50 deep at most, with an item each
MAX_FORMATTING = 50  # open formatting elements
MAX_COPIES = 20_000  # of open formatting elements, in all the blocks that they reach into
MAX_COPIED = 1_000_000  # characters of their start tags: 50 of 5,000 in 400 blocks would be 100 MB

FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# An end tag reaches through these to its element: they are no blocks, and bound no scope.
_THROUGH = FORMATTING | frozenset("abbr bdi bdo cite del dfn ins kbd mark q ruby samp span sub sup time var".split())
_REPEATED = _THROUGH - FORMATTING  # those of them that `figures` repeats around a picture, and no parser does
_CELLS = frozenset("tr td th thead tbody tfoot caption colgroup".split())  # outside a table they are left out
# In a drawing or a formula other rules hold: these, which are void or left out elsewhere, are elements like others.
_NESTS_IN_DRAWINGS = VOID - frozenset("br embed hr img meta".split()) | _CELLS
# Start tags that close an open paragraph.
_ENDS_A_PARAGRAPH = frozenset(
    "address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5"
    " h6 header hgroup hr li main menu nav ol p pre section summary ul".split()
)
_ENDS_ITS_LIKE = {
    "li": frozenset({"li"}),
    **dict.fromkeys(("dd", "dt"), frozenset({"dd", "dt"})),
    "option": frozenset({"option"}),
}


def too_much(html: str, text: str, path: str, first_line: int) -> Problem | None:
    """The first bound that `html`, made of the Markdown `text`, breaks, as a problem at its line; None if none.

    Linear in the length of `html`.
    """
    seen: Counter[str] = Counter()
    for name, excess in _counted(html, seen):
        if excess:
            line = first_line + text.count("\n", 0, _place(text, name, seen[name]))
            return Problem(path=path, line=line, column=1, message=excess, help=say("close-elements"))
    return None


def _counted(html: str, seen: Counter[str]) -> Iterator[tuple[str, Message | None]]:
    """The name of each tag, and which bound is broken after it; `seen` counts start tags."""
    opened: list[Tag] = []
    formatting = weight = copies = copied = 0
    for tag in tags(html):
        seen[tag.name] += not tag.is_end
        if tag.is_end:
            gone, above = _ended(opened, tag.name)
            copies, copied = copies + len(above), copied + sum(one.size for one in above)
            if gone is not None and gone.name in FORMATTING:
                formatting, weight = formatting - 1, weight - gone.size
        else:
            copies, copied = copies + formatting, copied + weight
            if tag.name in ("img", "image"):  # a parser makes one of the other
                copied += sum(one.size for one in opened if one.name in _REPEATED)
            _begun(opened, tag)
            if tag.name in FORMATTING:
                formatting, weight = formatting + 1, weight + tag.size
        yield tag.name, _excess(len(opened), formatting, copies, copied, tag.name)


def _begun(opened: list[Tag], tag: Tag) -> None:
    """Put a start tag on top of what is open, less what it closes."""
    name = tag.name
    if name in (VOID | _CELLS if not tag.in_drawing else VOID - _NESTS_IN_DRAWINGS):
        if name == "hr" and opened and opened[-1].name == "p":
            opened.pop()
        return
    if name in _ENDS_A_PARAGRAPH and opened and opened[-1].name == "p":
        opened.pop()
    if opened and opened[-1].name in _ENDS_ITS_LIKE.get(name, ()) and not (tag.in_drawing and name == "option"):
        opened.pop()
    opened.append(tag)


def _ended(opened: list[Tag], name: str) -> tuple[Tag | None, list[Tag]]:
    """Take the element that an end tag closes for sure, if there is one, and say which formatting is cut off above."""
    above: list[Tag] = []
    for at in range(len(opened) - 1, -1, -1):
        if opened[at].name == name:
            return opened.pop(at), [] if name in FORMATTING else above
        if opened[at].name not in _THROUGH:
            break
        if opened[at].name in FORMATTING:
            above.append(opened[at])
    return None, []


def _excess(depth: int, formatting: int, copies: int, copied: int, name: str) -> Message | None:
    if depth > MAX_NESTING:
        return say("html-too-deep", name=name, n=MAX_NESTING)
    if formatting > MAX_FORMATTING:
        return say("html-not-closed", name=name, n=MAX_FORMATTING)
    if copies > MAX_COPIES:
        return say("html-multiplies", name=name, n=MAX_COPIES)
    return say("html-repeats", name=name, n=MAX_COPIED) if copied > MAX_COPIED else None


def _place(text: str, name: str, number: int) -> int:
    """The offset of the start tag `<name` with this number in `text`, or of the last one there is; 0 if none."""
    found = islice(re.finditer(rf"<{re.escape(name)}(?![\w-])", text, re.I), number)
    return max((tag.start() for tag in found), default=0)
