"""Where in a body's Markdown something is written, for problems that are found in what was made of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from posixpath import commonprefix

from mujaz.messages.errors import Problem
from mujaz.messages.message import Message

# What may begin code, a fence or a row of ticks; and what is escaped.
_CODE = re.compile(r"^(?P<fence>`{3,}+|~{3,}+)|(?<![`\\])(?P<ticks>`++)|\\[^\n]", re.M)
_FENCE_END = re.compile(r"^(?:(?P<ticks>`{3,}+)|(?P<tildes>~{3,}+))[`~]*+[ \t]*+$", re.M)
# What a reader does not see as prose: code, the address and title of a link, tags.
_NOT_PROSE = re.compile(rf"{_CODE.pattern}|\]\([^()\n]*\)|<[a-zA-Z/][^<>]*>", re.M)
_QUOTE = re.compile(r"\"|&(?:quot|#34|#x22);", re.I)
_MARKS = re.compile(r"[^\w\"]+|_+")  # what a reader may not see of a text, so that letters, digits and quotes are left
AROUND = 12  # characters on each side by which a quote is told from others, of what is left of the WIDTH beside it
WIDTH = 30
ENOUGH = 6  # so many that agree are no accident
AHEAD = 40  # quotes that are compared: a few are in the definition of an address, or in attributes
MOST_COMPARED = 50_000  # in one body; behind these each quote is taken for the next one


class Source:
    """The Markdown of one body; what is code or escaped is not looked at."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self._path, self._first_line, self._written = path, first_line, text
        self._at: dict[str, int] = {}

    @cached_property
    def read(self) -> str:
        """The text with blanks for code and for what is escaped, of the same length."""
        return _blanked(self._written, _CODE, escaped=True)

    @cached_property
    def _small(self) -> str:
        return self.read.lower()

    @cached_property
    def _line_ends(self) -> list[int]:
        return [end.start() for end in re.finditer("\n", self._written)]

    def next(self, needle: str) -> int:
        """The offset of the next `needle`, case ignored: each is found once, in order. -1 where there is none."""
        key = needle.lower()
        found = self._small.find(key, self._at.get(key, 0))
        self._at[key] = found + len(key) if found >= 0 else len(self._small)
        return found

    def problem(self, offset: int, message: Message, help: Message, *, warning: bool = False) -> Problem:
        """A problem at an offset; less than 0 is the body's first line."""
        at = max(offset, 0)
        before = bisect_left(self._line_ends, at)
        column = at - (self._line_ends[before - 1] if before else -1)
        return Problem(
            path=self._path, line=self._first_line + before, column=column, message=message, help=help, warning=warning
        )


def _blanked(text: str, mark: re.Pattern[str], *, escaped: bool) -> str:
    """`text` with blanks for code and for what else `mark` finds, of the same length."""
    parts: list[str] = []
    at = 0
    for start, end in _code(text, mark):
        if escaped or text[start] != "\\":
            parts += text[at:start], re.sub(r"[^\n]", " ", text[start:end])
            at = end
    return "".join((*parts, text[at:]))


def _code(text: str, mark: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """(start, end) of each piece of code, and of what else `mark` finds; linear in the length of `text`."""
    ends = _Ends(text)
    at = 0
    while found := mark.search(text, at):
        start, at = found.span()
        if found["fence"] or found["ticks"]:
            end = ends.of_fence(start, found["fence"]) if found["fence"] else -1
            end = ends.of_ticks(start, at - start) if end < 0 and text[start] == "`" else end
            if end < 0:
                continue
            at = end
        yield start, at


class _Ends:
    """Where code ends that begins in `text`; -1 where it does not."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _rows(self) -> dict[int, list[int]]:
        """Length → where each row of so many ticks begins."""
        found: dict[int, list[int]] = {}
        for row in re.finditer("`+", self._text):
            found.setdefault(row.end() - row.start(), []).append(row.start())
        return found

    def of_ticks(self, start: int, length: int) -> int:
        """Behind the next row of just as many ticks in the same block: a blank line ends it."""
        rows, blanks = self._rows[length], self._blanks
        next_one, blank = bisect_right(rows, start), bisect_right(blanks, start)
        if next_one == len(rows) or (blank < len(blanks) and blanks[blank] < rows[next_one]):
            return -1
        return rows[next_one] + length

    @cached_property
    def _blanks(self) -> list[int]:
        return [line.start() for line in re.finditer(r"\n[ \t>]*+\n", self._text)]

    @cached_property
    def _fences(self) -> dict[str, list[tuple[int, int, int, int]]]:
        """Mark → of each line that may end a fence of it: start, marks, end, the most marks of it and those behind."""
        found: dict[str, list[tuple[int, int, int, int]]] = {"`": [], "~": []}
        most = {"`": 0, "~": 0}
        for line in reversed(list(_FENCE_END.finditer(self._text))):
            marks = line["ticks"] or line["tildes"]
            most[marks[0]] = max(most[marks[0]], len(marks))
            found[marks[0]].append((line.start(), len(marks), line.end(), most[marks[0]]))
        return {mark: lines[::-1] for mark, lines in found.items()}

    def of_fence(self, start: int, marks: str) -> int:
        """Behind the next line of as many marks; where there is none, of the most that there is."""
        lines = self._fences[marks[0]]
        at = bisect_right(lines, start, key=lambda line: line[0])
        if at == len(lines):
            return -1
        enough = min(len(marks), lines[at][3])
        while lines[at][1] < enough:
            at += 1
        return lines[at][2]


def quotes_in(text: str, shown: str) -> list[int]:
    """For each straight quote of `shown`, in its order, the offset in the Markdown `text` at which it is written.

    Each is told by the letters around it, for marks may part them in `text`: the next one where they agree, else that
    which agrees best, less one for each that is passed over. Where none is left, as behind a note that is shown last,
    the search begins anew.
    """
    if "`" in text or "](" in text or "<" in text:
        text = _blanked(text, _NOT_PROSE, escaped=False)
    quotes = [mark.span() for mark in _QUOTE.finditer(text)]
    found: list[int] = []
    next_one = compared = 0
    for mark in re.finditer('"', shown):
        if next_one == len(quotes):
            next_one = 0
        near = shown[max(0, mark.start() - ENOUGH) : mark.end() + ENOUGH]
        if quotes and len(near) > 2 * ENOUGH and text.startswith(near, quotes[next_one][0] - ENOUGH):
            found.append(quotes[next_one][0])  # as nearly all are
            next_one += 1
            continue
        sides = _sides(shown, *mark.span())
        best, most = next_one, -1
        ahead = quotes[next_one : next_one + (AHEAD if compared < MOST_COMPARED else 1)]
        for passed, span in enumerate(ahead):
            compared += 1
            agree = sum(len(commonprefix(pair)) for pair in zip(sides, _sides(text, *span), strict=True))
            if agree - passed > most:
                best, most = next_one + passed, agree - passed
            if agree >= ENOUGH:
                break
        found.append(quotes[best][0] if quotes else 0)
        next_one = best + 1
    return found


def _sides(text: str, start: int, end: int) -> tuple[str, str]:
    """What is read before `start`, backwards, and what is read behind `end`."""
    before = _MARKS.sub("", text[max(0, start - WIDTH) : start])[::-1]
    return before[:AROUND], _MARKS.sub("", text[end : end + WIDTH])[:AROUND]
