"""Pieces of a text from what begins each to what ends it, in a time that grows with the length of the text.

One expression from start to end would look for the end of each start that has none up to the end of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

Ends = re.Pattern[str] | Mapping[str, re.Pattern[str]]  # one end, or that of each start by its small letters


def pieces(text: str, start: re.Pattern[str], ends: Ends) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """What begins each piece and what ends it, one behind the other; what never ends is no piece."""
    at = 0
    endless: set[re.Pattern[str]] = set()
    while opening := start.search(text, at):
        end = ends[opening[0].lower()] if isinstance(ends, Mapping) else ends
        closing = None if end in endless else end.search(text, opening.end())
        if closing:
            yield opening, closing
        else:
            endless.add(end)
        at = closing.end() if closing else opening.start() + 1


def replaced(text: str, start: re.Pattern[str], ends: Ends, made: Callable[[re.Match[str], re.Match[str]], str]) -> str:
    """`text` with what `made` makes of each piece, from its start and its end."""
    parts: list[str] = []
    at = 0
    for opening, closing in pieces(text, start, ends):
        parts += text[at : opening.start()], made(opening, closing)
        at = closing.end()
    return "".join((*parts, text[at:]))


def without(text: str, start: re.Pattern[str], ends: Ends, gone: Callable[[str], str] = lambda _: "") -> str:
    """`text` with each piece put through `gone`."""
    return replaced(text, start, ends, lambda opening, closing: gone(text[opening.start() : closing.end()]))
