"""The bounds of a body's HTML, counted before the sanitiser builds a tree of it.

An HTML parser repeats every open formatting element in each block that follows (the HTML Standard, 13.2.4.3, "list of
active formatting elements"): 1,000 open `<b title=N>` and 2,000 `<p>`, 21 kB, became a page of 37 MB. And depth costs
the square of itself: 20,000 `<ul><li>` took 31 s, and readers of feeds lose what stands deeper than 256 (libxml2).
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from mujaz.messages.errors import Problem
from mujaz.messages.message import Message, say

MAX_NESTING = 100  # open elements; lists and quotes of Markdown nest 50 deep at most, with an item each
MAX_FORMATTING = 50  # open formatting elements
MAX_COPIES = 20_000  # of open formatting elements, in all the blocks that they reach into

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# An end tag may be missing: the next one of the kind, or the end of what holds them, closes these.
CLOSED_BY_THE_NEXT = frozenset("p li dt dd tr td th thead tbody tfoot caption colgroup option optgroup rp rt".split())


def too_much(html: str, text: str, path: str, first_line: int) -> Problem | None:
    """The first bound that `html`, made of the Markdown `text`, breaks, as a problem at its line; None if none.

    Linear in the length of `html`. An end tag counts for elements of its own name alone, so none hides another.
    """
    opened: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    depth = formatting = copies = 0
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        seen[name] += not tag[1]
        if name in VOID or name in CLOSED_BY_THE_NEXT:
            copies += formatting
        elif not tag[1]:
            copies += formatting
            opened[name] += 1
            depth, formatting = depth + 1, formatting + (name in FORMATTING)
        elif opened[name]:
            opened[name] -= 1
            depth, formatting = depth - 1, formatting - (name in FORMATTING)
        if message := _excess(depth, formatting, copies, name):
            line = first_line + text.count("\n", 0, _place(text, name, seen[name]))
            return Problem(path=path, line=line, column=1, message=message, help=say("close-elements"))
    return None


def _excess(depth: int, formatting: int, copies: int, name: str) -> Message | None:
    if depth > MAX_NESTING:
        return say("html-too-deep", name=name, n=MAX_NESTING)
    if formatting > MAX_FORMATTING:
        return say("html-not-closed", name=name, n=MAX_FORMATTING)
    return say("html-multiplies", name=name, n=MAX_COPIES) if copies > MAX_COPIES else None


def _place(text: str, name: str, number: int) -> int:
    """The offset of the start tag `<name` with this number in `text`, or of the last one there is; 0 if none."""
    tags = islice(re.finditer(rf"<{name}\b", text, re.I), number)
    return max((tag.start() for tag in tags), default=0)
