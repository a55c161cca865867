"""Fixes in a body: marks of lists that are read as text, frames of YouTube, quotes of which one half is set.

Code, HTML, addresses and escaped characters are skipped. How the file reads after a fix is checked in
`mujaz.check.fixes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mujaz.arabic.quotes import STYLES, quotes
from mujaz.check.arabic_text import BULLET, HIDDEN, LETTER, UNREAD
from mujaz.check.fix_front_matter import Fix, Made
from mujaz.content.named_files import put
from mujaz.markdown_body.embeds import NOCOOKIE_HOST
from mujaz.markdown_body.source import Source
from mujaz.messages.errors import Problem
from mujaz.messages.message import Message, say

FRAME = re.compile(r"(<iframe\b[^<>]*?\bsrc\s*=\s*[\"']?)https?://(?:www\.|m\.)?youtube\.com(?=/embed/)", re.I)
ADDRESS = re.compile(r"[^\"'\s>]*+")
# Marks of lists that other editors write: `3-`, `3.` without a blank, a bullet.
NUMBERED = re.compile(
    rf"(?P<lead>[ >]*)(?P<number>[0-9]{{1,3}}|[٠-٩]{{1,3}}|[۰-۹]{{1,3}})(?: ?[-–] ?|[.)])(?=[{LETTER}«])"
)
BULLETED = re.compile(rf"(?P<lead>[ >]*)(?P<mark>-(?=[{LETTER}«])|\*(?=[^\s*])(?=[^*]*$)|{BULLET} ?(?=\S))")
MARKS = re.compile('["«»“”„‟]')
CURLY = str.maketrans("“”„‟", '""""')


def lists(body: str, first_line: int) -> Made:
    """Makes items of two or more lines that begin like items of a list, unless the next line would join the last."""
    rows = body.split("\n")
    read = Source(body, "", 1).read.split("\n")
    made: list[str] = []
    fixes: list[Fix] = []
    at = 0
    while at < len(rows):
        items, is_list = _items(read, at)
        if not is_list:
            end = at + max(1, len(items))  # no list begins within them either, and each line is looked at once
            made += rows[at:end]
            at = end
            continue
        starts_late = items[0][1] not in ("-", "1", "١", "۱")
        if starts_late and made and made[-1].strip(" >"):
            made.append(items[0][0].rstrip())  # only a list that begins with 1 may follow a text without a blank line
        for row, (lead, mark, length) in zip(rows[at : at + len(items)], items, strict=True):
            new = f"{lead}{mark}{'' if mark == '-' else '.'} {row[length:]}"
            fixes.append(Fix(line=first_line + at, id="list-mark-not-read", what=say("list-mark-not-read")))
            made.append(new)
            at += 1
    return "\n".join(made), fixes


def _items(rows: list[str], at: int) -> tuple[list[tuple[str, str, int]], bool]:
    """(indentation, mark, length of both as written) of each line at `at` that goes on like an item, and whether these
    are a list.
    """
    found: list[tuple[str, str, int]] = []
    is_numbered = NUMBERED.match(rows[at]) is not None
    kind = ""
    for number in range(at, len(rows)):
        row = rows[number]
        match = NUMBERED.match(row) if is_numbered else BULLETED.match(row)
        if not match:
            break
        mark = match["number"] if is_numbered else "-"
        written = match[0][len(match["lead"]) :].strip(" 0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")
        follows = not found or (match["lead"] == found[0][0] and written == kind and _follows(found[-1][1], mark))
        if not follows:
            return found, False
        kind = written
        found.append((match["lead"], mark, match.end()))
    after = rows[at + len(found)] if at + len(found) < len(rows) else ""
    return found, len(found) > 1 and not after.strip(" >")


def _follows(mark: str, other: str) -> bool:
    return other == "-" or int(other) == int(mark) + 1


def frames(body: str, first_line: int) -> Made:
    """Changes frames of YouTube to its host that sets no cookies before a reader presses play, as the build does."""
    fixes: list[Fix] = []
    edits = []
    line, at = first_line, 0
    for match in FRAME.finditer(Source(body, "", 1).read):
        start = match.end(1)
        line, at = line + body.count("\n", at, start), start
        what = _sets_cookies(body, start)
        fixes.append(Fix(line=line, id=what.id, what=what))
        edits.append((start, match.end(), f"https://{NOCOOKIE_HOST}"))
    return put(body, edits), fixes


def cookie_frames(path: str, body: str, first_line: int) -> Iterator[Problem]:
    """A warning for each frame that `frames` fixes. The body begins in the line `first_line` of the file `path`."""
    source = Source(body, path, first_line)
    for match in FRAME.finditer(source.read):
        start = match.end(1)
        yield source.problem(start, _sets_cookies(body, start), say("write-host-without-cookies"), warning=True)


def _sets_cookies(body: str, start: int) -> Message:
    shown = ADDRESS.match(body, start)
    return say("frame-sets-cookies", frame=shown[0] if shown else "")


def half_set(body: str, first_line: int, style: str) -> Made:
    """Makes pairs of quotation marks that are half set and half straight or curly those of the site."""
    if style == "as-is" or '"' not in body:
        return body, []
    rows = body.split("\n")
    fixes = []
    for number, row in enumerate(Source(body, "", 1).read.split("\n")):
        seen = UNREAD.sub(lambda part: HIDDEN * len(part[0]), row)
        made = rows[number]
        for at, mark in _judged(seen, style):
            made = made[:at] + mark + made[at + 1 :]
        if made != rows[number]:
            rows[number] = made
            fixes.append(Fix(line=first_line + number, id="straight-quote", what=say("quote-half-set")))
    return "\n".join(rows), fixes


def _judged(row: str, style: str) -> Iterator[tuple[int, str]]:
    """(offset, mark) of each quote of a pair that is half set; nothing where any quote of the line is ambiguous."""
    kinds = {mark[0] for mark in MARKS.finditer(row)}
    if '"' not in kinds or len(kinds) == 1:
        return
    set_now = quotes(row, style)
    if '"' in set_now and kinds & set("“”„‟") and not kinds & set("«»"):
        set_now = quotes(row.translate(CURLY), style)
    if '"' in set_now:
        return
    opening, closing = STYLES[style]
    opened: list[int] = []
    for mark in MARKS.finditer(set_now):
        if mark[0] == opening:
            opened.append(mark.start())
        elif mark[0] == closing and opened:
            start, end = opened.pop(), mark.start()
            if '"' in (row[start], row[end]) and row[start] != row[end]:
                yield from ((start, opening), (end, closing))
        else:
            return
