"""Markdown's blocks laid out as Python-Markdown wants them: what CommonMark reads without a blank line gets one.

Python-Markdown sees a list or a table only behind a blank line, and a list within a list only four blanks in. Editors
write as in every other program: below a line, and indented to the text of the item above (CommonMark 0.31, "List
items"; GFM, "Tables").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mujaz.frozen import Struct

MAX_DEPTH = 50  # lists within lists
STEP = 4  # blanks that Python-Markdown wants for each level
LONGEST_NUMBER = 3  # digits; a longer one that stands alone is a year that begins a sentence

DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"
MARKER = re.compile(rf"([-*+]|([{DIGITS}]{{1,9}})[.)])( +)(?=[^ ])")
_RULE = re.compile(r"(?:(?:-[ ]*+){3,}+|(?:\*[ ]*+){3,}+|(?:_[ ]*+){3,}+)\Z")
_FENCE = re.compile(r"(`{3,}(?=[^`]*\Z)|~{3,})")
_DELIMITERS = re.compile(r" {0,3}+\|?[ ]*+:?-++:?[ ]*+(?:\|[ ]*+:?-++:?[ ]*+)*+\|?[ ]*+\Z")
_BAR = re.compile(r"(?<!\\)\|")
_APART = re.compile(r"#{1,6}(?: |\Z)|>")  # a heading or a quote, which needs no blank line above it
# A line of a quote after which CommonMark goes on with none of its paragraphs: what has no mark stands outside.
_QUOTE_ENDS = re.compile(r"(?:>[ ]*+)++(?:(?:#{1,6} |```|~~~).*+|(?:[-*_][ ]*+){3,}+)?\Z")
_SPEAKS = frozenset("—–―")
# What may begin a list (a mark or a digit), at the start of a line.
_STARTS = frozenset("-*+0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")
_STARTING = re.compile(rf"\n *[-*+>{DIGITS}]")


class TooDeep(Exception):
    """Lists are nested deeper than MAX_DEPTH."""


class _Item(Struct):
    """An open item of a list: the columns of its mark and of its text, and whether its list is numbered."""

    mark: int
    text: int
    numbered: bool


def laid_out(text: str) -> str:
    """`text` with blank lines and indents that make Python-Markdown read its lists and tables as CommonMark does.

    Nothing else moves: code, quotes and notes stay as they are written. Raises TooDeep. Linear in the length of the
    text.
    """
    if "|" not in text and text[:1] not in _STARTS and text[:1] not in (" ", ">") and not _STARTING.search(text):
        return text
    lines = text.split("\n")
    layout = _Layout(lines)
    for number in range(len(lines)):
        layout.line(number)
    return "\n".join(layout.out)


def is_year(marker: re.Match[str], lines: Sequence[str]) -> bool:
    """Whether the number of an item is a year that begins a sentence: long, and the only one in `lines`."""
    if not marker[2] or len(marker[2]) <= LONGEST_NUMBER:
        return False
    return sum(bool((item := MARKER.match(line.lstrip(" "))) and item[2]) for line in lines) == 1


def _cells(row: str) -> int:
    row = row.strip(" ")
    return len(_BAR.findall(row.removeprefix("|").removesuffix("|"))) + 1


class _Layout:
    """The lines so far, and the items that are open below the last of them."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.out: list[str] = []
        self.items: list[_Item] = []
        self.above = ""  # the text of the line above; empty where it is blank, or there is none
        self.table = False  # the line above is a row of a table
        # How far the lines of this block go to the right; None in the first block of an item, whose lines need not.
        self.moved: int | None = 0
        self.begun = 0  # how deep the first line of this block stands
        self.fence, self.fence_column = "", 0

    def line(self, number: int) -> None:
        line = self.lines[number]
        text = line.lstrip(" ")
        column = len(line) - len(text)
        if not text:
            self.out.append("")
            self.table = False
        elif not self._is_code(text, column):
            depth = self._depth(column)
            start = self.items[depth - 1].text if depth else 0
            marker = MARKER.match(text) if text[0] in _STARTS and column - start < STEP else None
            if marker and self._is_item(marker, text, depth, number):
                self._item(text, column, depth, numbered=marker[2] is not None)
            else:
                self._other(number, text, column, depth)
        else:
            self.out.append(line)
        self.above = text

    def _is_code(self, text: str, column: int) -> bool:
        """Whether the line stands between fences that Python-Markdown left in place, as it does within a list."""
        if self.fence and column >= self.fence_column:
            if text.startswith(self.fence):
                self.fence = ""
            return True
        self._fenced(text, column)
        return False

    def _fenced(self, text: str, column: int) -> None:
        """Note the fence that `text` opens at `column`, if it opens one."""
        opened = _FENCE.match(text) if text[:1] in ("`", "~") else None
        self.fence, self.fence_column = (opened[1], column) if opened else ("", 0)

    # ------------------------------------------------ items

    def _depth(self, column: int) -> int:
        """How many of the open items a line that begins at `column` belongs to.

        Four blanks from the mark are enough, as for Python-Markdown, however long the number is.
        """
        for depth, item in enumerate(self.items):
            if column < item.text and column < item.mark + STEP:
                return depth
        return len(self.items)

    def _is_item(self, marker: re.Match[str], text: str, depth: int, number: int) -> bool:
        if _RULE.match(text) or is_year(marker, self.lines[max(0, number - 1) : number + 2]):
            return False
        # Within a paragraph a number begins a list only if it is 1: a line of prose may well begin with a number.
        goes_on = self.above and depth == len(self.items) and not self.table and not _APART.match(self.above)
        return not (goes_on and marker[2] and int(marker[2]) != 1)

    def _item(self, text: str, column: int, depth: int, *, numbered: bool) -> None:
        another = depth < len(self.items) and self.items[depth].numbered != numbered
        # Python-Markdown reads a block where it begins: an item further out begins a block of its own.
        if self.above and (another or self.moved is not None or depth < self.begun):
            self.out.append("")
        if not self.out or not self.out[-1]:
            self.begun = depth
        del self.items[depth:]
        self.out.append(" " * (STEP * depth) + self._marks(text, column))
        self.table, self.moved = False, None

    def _marks(self, text: str, column: int) -> str:
        """The line of an item as Python-Markdown reads it; opens it, and the lists that begin on its line."""
        made = ""
        while (marker := MARKER.match(text)) and not _RULE.match(text):
            if len(self.items) == MAX_DEPTH:
                raise TooDeep
            blanks = len(marker[3]) if len(marker[3]) <= STEP else 1
            width = len(marker[1]) + blanks
            self.items.append(_Item(mark=column, text=column + width, numbered=marker[2] is not None))
            made += (f"{marker[2]}." if marker[2] else marker[1]) + " " * blanks
            text, column = text[width:], column + width
        self._fenced(text, column)
        return made + text

    # ------------------------------------------------ other lines

    def _other(self, number: int, text: str, column: int, depth: int) -> None:
        """A line that begins no item. It begins a block behind a blank line, or where CommonMark sees one begin."""
        quote = text[0] == ">"
        table = not self.table and self._starts_table(number)
        begins = table or (_APART.match(text) and not (quote and self.above.startswith(">")))
        within = not table and (not self.items or (quote and depth == len(self.items)))
        ended = not quote and text[0] not in _SPEAKS and _QUOTE_ENDS.match(self.above)
        if not self.above or ended or (begins and (self.table or not within)):
            self._block(text, column, depth)
        elif quote and depth and self.moved is None:
            self.out.append(" " * (STEP * (depth - 1) + min(column - self.items[depth - 1].text, STEP - 1)) + text)
        elif self.moved:
            self.out.append(" " * max(column + self.moved, 0) + text)
        else:
            self.out.append(self.lines[number])
        self.table = bool(table or (self.table and not begins))

    def _block(self, text: str, column: int, depth: int) -> None:
        """The first line of a block, moved to where Python-Markdown looks for what belongs to an item."""
        if self.above:
            self.out.append("")
        del self.items[depth:]
        self.begun = depth
        self.moved = STEP * depth - min(self.items[-1].text, column) if self.items else 0
        self.out.append(" " * (column + self.moved) + text)

    def _starts_table(self, number: int) -> bool:
        if "|" not in self.lines[number] or number + 1 == len(self.lines):
            return False
        below = self.lines[number + 1]
        return (
            "|" in below
            and _DELIMITERS.match(below.lstrip(" ")) is not None
            and _cells(self.lines[number]) == _cells(below)
        )
