"""One run of inline HTML set in type: its quotes and isolates, judged across the borders of its elements.

Pieces come from sanitised HTML (`mujaz.markdown_body.body`). `<strong>«الناتو»</strong>` has its neighbours in other
texts than its own, so a whole run of inline content is judged at once.
"""

from __future__ import annotations

import html
from itertools import accumulate

from mujaz.arabic import isolates
from mujaz.arabic.quotes import quotes
from mujaz.frozen import Struct
from mujaz.markdown_body.placeholders import raised

# Stands for what is not prose (a picture, code, a text in another language): neither a letter nor a space.
OBJECT = "\ufffc"


class Piece(Struct):
    """A text or a tag. `shown` is what the judging sees: the text itself, OBJECT, a line break, or nothing.

    `step` is 1 for an opening tag, -1 for a closing one, 0 for what holds nothing. `plain` is for the plain text;
    `level` is sup or sub for a text in such an element; `strikes` where a tag is of what is struck out.
    """

    html: str
    shown: str = ""
    plain: str = ""
    step: int = 0
    prose: bool = False
    level: str = ""
    strikes: bool = False


def text_piece(escaped: str) -> Piece:
    """Prose, from HTML's escaped text."""
    text = html.unescape(escaped) if "&" in escaped else escaped
    return Piece(html=escaped, shown=text, plain=text, prose=True)


def set_pieces(pieces: list[Piece], *, style: str, rtl: bool, lone: bool = False) -> tuple[str, str]:
    """Give the prose among `pieces` its quotes, numbers and isolates, in place. Linear in their length.

    Returns what is shown of them, as it was written and as it is set.
    """
    written = shown = "".join([piece.shown for piece in pieces])
    judged = quotes(shown, style, lone=lone) if '"' in shown else shown
    if rtl:
        judged = _numbered(pieces, judged)
    if judged != shown:
        _replace(pieces, judged)
        shown = judged
    runs = list(isolates.foreign_runs(shown, rtl=rtl))
    if runs:
        _isolate(pieces, shown, runs)
    return written, shown


def _numbered(pieces: list[Piece], judged: str) -> str:
    """`judged` with its numbers set; one above or below the line is no part of a pair: 10<sup>-3</sup> is no score."""
    ends = list(accumulate(len(piece.shown) for piece in pieces))
    if not any(piece.level for piece in pieces):
        return isolates.numbers(judged, ends)
    parts: list[tuple[str, str]] = []
    at = 0
    for piece in pieces:
        end = at + len(piece.shown)
        parts.append((judged[at:end], piece.level))
        at = end
    made = isolates.numbers("".join([raised(part, level) if level else part for part, level in parts]), ends)
    set_parts, at = [], 0
    for part, level in parts:
        end = at + len(part)
        set_parts.append(part if level else made[at:end])
        at = end
    return "".join(set_parts)


def _replace(pieces: list[Piece], judged: str) -> None:
    at = 0
    for piece in pieces:
        end = at + len(piece.shown)
        if piece.prose and piece.shown != judged[at:end]:
            piece.shown = piece.plain = judged[at:end]
            piece.html = html.escape(piece.shown, quote=False)
        at = end


def _isolate(pieces: list[Piece], shown: str, runs: list[tuple[int, int]]) -> None:
    starts: list[int] = []
    at = 0
    for piece in pieces:
        starts.append(at)
        at += len(piece.shown)
    index = 0
    marks: dict[int, list[tuple[int, str]]] = {}
    for start, end in runs:
        tags = isolates.tags(shown[start:end])
        while starts[index] + len(pieces[index].shown) <= start:
            index += 1
        last = index
        while starts[last] + len(pieces[last].shown) < end:
            last += 1
        _mark(pieces, marks, tags, (index, start - starts[index]), (last, end - starts[last]))
    for number, places in marks.items():
        pieces[number].html = _with_marks(pieces[number], places)


def _mark(
    pieces: list[Piece],
    marks: dict[int, list[tuple[int, str]]],
    tags: tuple[str, str],
    start: tuple[int, int],
    end: tuple[int, int],
) -> None:
    """Note where the tags of an isolate go. A run that no well-formed pair of tags can hold stays as it is:

    two isolates side by side would show their words in the wrong order.
    """
    first, last = start[0], end[0]
    depth = lowest = 0
    for piece in pieces[first : last + 1]:
        depth += piece.step
        lowest = min(lowest, depth)
    before, after = -lowest, depth - lowest
    if before and (start[1] or before > first or any(p.step != 1 for p in pieces[first - before : first])):
        return
    if after:
        following = pieces[last + 1 : last + 1 + after]
        if end[1] < len(pieces[last].shown) or len(following) < after or any(p.step != -1 for p in following):
            return
    # With tags taken in, the mark stands outside them: before the first opening tag, after the last closing one.
    opening = (first - before, 0) if before else start
    closing = (last + after, -1) if after else end
    marks.setdefault(opening[0], []).append((opening[1], tags[0]))
    marks.setdefault(closing[0], []).append((closing[1], tags[1]))


def _with_marks(piece: Piece, places: list[tuple[int, str]]) -> str:
    if not piece.prose:
        before = "".join(mark for _, mark in places if mark[1] != "/")
        return before + piece.html + "".join(mark for _, mark in places if mark[1] == "/")
    parts: list[str] = []
    at = 0
    for offset, mark in places:
        parts += (html.escape(piece.shown[at:offset], quote=False), mark)
        at = offset
    parts.append(html.escape(piece.shown[at:], quote=False))
    return "".join(parts)
