"""The last look at what Markdown made: no word of a body is lost without a line that says so.

Python-Markdown takes words for the parts of its constructs: the address of a link, a note that nothing shows, a cell
beyond its table. What we know of these is mended or told by name; this finds what nobody knows, by its words alone.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator

from mujaz.markdown_body.removed import ABBREVIATION, ADDRESS
from mujaz.markdown_body.source import Source
from mujaz.messages.errors import Problem
from mujaz.messages.message import say

MOST = 10  # words that a warning names
_WORD = re.compile(r"[^\W_]+")
_MADE = re.compile(r"[\[|{<&*_`~]")  # without one of these Markdown makes paragraphs, lists and headings of all words
_DECLARED = re.compile(r"<[!?](?!--)[^>]*+")  # browsers take it for a comment: <?xml … ?>, <![CDATA[ … ]]>
# What no page shows, and no reader misses: numbers of items, the names by which a link finds its address.
_UNSHOWN = re.compile(r"^[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)+|(?<=\])[ ]?+\[[^\[\]]*+\]", re.M)


def lost_words(unsafe: str, text: str, source: Source) -> Iterator[Problem]:
    """A warning for each line of `text` with words that are nowhere in the HTML made of it, not even in its tags."""
    if not _MADE.search(text):
        return
    unsafe = _DECLARED.sub("", unsafe)
    shown = Counter(_WORD.findall(unsafe))
    lost = Counter(_WORD.findall(text)) - shown
    if not lost:
        return
    text = _without_unshown(text, source)
    # An address of mail is made of references to characters.
    lost = Counter(_WORD.findall(text)) - (shown | Counter(_WORD.findall(html.unescape(unsafe))))
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append([(at + word.start(), word[0]) for word in _WORD.finditer(line) if word[0] in lost])
        at += len(line) + 1
    # A word that is shown somewhere else may be lost at any of its places: then the last one is named.
    surely = [[(place, word) for place, word in line if word not in shown] for line in lines]
    for words in list(filter(None, surely)) or list(filter(None, lines))[-1:]:
        told = " ".join(word for _, word in words[:MOST])
        yield source.problem(words[0][0], say("words-lost", words=told), say("part-from-marks"), warning=True)


def _without_unshown(text: str, source: Source) -> str:
    """`text` with blanks for what no reader misses, and for the lines that `definitions` tells of, if need be."""
    letters = list(text)
    for unshown in (ADDRESS, ABBREVIATION, _UNSHOWN):
        for part in unshown.finditer(source.read):
            letters[part.start() : part.end()] = re.sub(r"[^\n]", " ", part[0])
    return "".join(letters)
