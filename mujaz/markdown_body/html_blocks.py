"""HTML that holds Markdown: the tags of `<details>` and its like stand alone, what is between them is read.

Python-Markdown takes an element whole, to its end tag. In CommonMark (0.31, "HTML blocks", kind 6) HTML ends at a
blank line, and Markdown begins again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate

# Elements that hold blocks of prose, and players, whose end tag may be missing. What stands in tables, lists and
# figures is HTML to the end.
_NAMES = "details|div|section|article|aside|main|header|footer|blockquote|center|iframe|video|audio"
_TAG = re.compile(rf"<(/?)(?:{_NAMES})(?=[\s>])[^<>]*>", re.I)
_OPENING = re.compile(rf" {{0,3}}<(?:{_NAMES})(?:[\s>]|\Z)", re.I)
_CLOSING = re.compile(rf"(?:</(?:{_NAMES})\s*+>\s*+)++", re.I)


_PLAYER = re.compile(
    r"<(/?)(iframe|video|audio)(?=[\s/>])[^<>]*+(?P<closed>(?<=/))?>(?:\s*+<(?:source|track)(?=[\s/>])[^<>]*+>)*+", re.I
)


def with_ended_players(html: str) -> str:
    """`html` with an end tag for each player that has none: it would hold all that follows, and show nothing of it."""
    opened: dict[str, list[int]] = {}  # where those without an end tag so far may end
    endless: list[tuple[int, str]] = []
    for tag in _PLAYER.finditer(html):
        name = tag[2].lower()
        if tag["closed"] is not None and not tag[1]:
            endless.append((tag.end(), name))
        elif not tag[1]:
            opened.setdefault(name, []).append(tag.end())
        elif opened.get(name):
            opened[name].pop()
    endless += [(end, name) for name, ends in opened.items() for end in ends]
    made, at = [], 0
    for end, name in sorted(endless):
        made += [html[at:end], f"</{name}>"]
        at = end
    return "".join([*made, html[at:]])


def parted(lines: list[str], store: Callable[[str], str]) -> list[str]:
    """`lines` with each part of an open element's HTML replaced by what `store` returns for it."""
    if not any(map(_OPENING.match, lines)):
        return lines
    made: list[str] = []
    lines, blocks = list(lines), _blocks(lines)
    depth = number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if _OPENING.match(line):
            end, left_open = blocks[number - 1]
            if left_open > 0 and end < len(lines):
                made += ["", store("\n".join(lines[number - 1 : end])), ""]
                depth, number = depth + left_open, end
                continue
            if depth and left_open <= 0:  # it ends before the blank line, and its end tag is not that of what is open
                last, column = _end(lines, number - 1, end)
                made += [*lines[number - 1 : last], lines[last][:column]]
                number, lines[last] = last, lines[last][column:]
                continue
        if depth and (closing := _CLOSING.search(line)) and _opened(line) < 0:
            made += [line[: closing.start()], "", store(closing[0].strip()), "", line[closing.end() :]]
            depth = max(0, depth + _opened(closing[0]))
        else:
            made.append(line)
    return made


def _blocks(lines: list[str]) -> list[tuple[int, int]]:
    """For each line the number of the next blank one, and how many elements the HTML up to there leaves open.

    Each tag is looked at once, whether it stands in one line or in several.
    """
    made: list[tuple[int, int]] = []
    while len(made) < len(lines):
        start = len(made)
        end = next((at for at in range(start, len(lines)) if not lines[at].strip()), len(lines))
        block = lines[start:end]
        tags = [(tag.start(), -1 if tag[1] else 1) for tag in _TAG.finditer("\n".join(block))]
        open_from = []
        left_open = 0
        for at in reversed([0, *accumulate(len(line) + 1 for line in block[:-1])]):
            while tags and tags[-1][0] >= at:
                left_open += tags.pop()[1]
            open_from.append((end, left_open))
        made += [*reversed(open_from[: len(block)]), (end, 0)]  # the blank line too
    return made


def _end(lines: list[str], start: int, blank: int) -> tuple[int, int]:
    """The line and the column where the element that begins with line `start` ends; before line `blank`."""
    depth = 0
    for number in range(start, blank):
        for tag in _TAG.finditer(lines[number]):
            depth += -1 if tag[1] else 1
            if not depth:
                return number, tag.end()
    return blank - 1, len(lines[blank - 1])


def _opened(html: str) -> int:
    """How many elements `html` leaves open; less than 0 where it closes those of others."""
    return sum(-1 if tag[1] else 1 for tag in _TAG.finditer(html))
