"""Emphasis: `*words*`, `**words**`, `_words_` and `__words__`, paired as CommonMark pairs them, in one pass.

The method is that of the CommonMark specification 0.31.2, "process emphasis", with three differences: a `*` needs no
punctuation or space on its other side, since Arabic glues words to marks, as in `و**«الناتو»**`; `**a****b**` are
two strong words; and each `*` of `20*30*15` multiplies, as people write who have no × on their keyboard.
Python-Markdown 3.11 pairs marks across one another, as in `*a **b*_c_ d`, and then drops words or writes them twice.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator
from unicodedata import combining

_RUNS = re.compile(r"\*+|_+")


class _Run:
    """A run of marks in which `left` from `start` on are not paired."""

    __slots__ = ("closes", "left", "mark", "opens", "start", "times", "whole")

    def __init__(self, text: str, found: re.Match[str]) -> None:
        self.start, self.mark = found.start(), text[found.start()]
        self.left = self.whole = found.end() - self.start
        before, after = text[self.start - 1 : self.start] or " ", text[found.end() : found.end() + 1] or " "
        self.opens = not after.isspace()
        self.closes = not before.isspace()
        self.times = found[0] == "*" and self.closes and after.isdigit()
        if self.times and before.isdigit():
            self.opens = self.closes = False
        if self.mark == "_":  # within a word it is a letter
            self.opens = self.opens and not _is_of_a_word(before)
            self.closes = self.closes and not _is_of_a_word(after)

    def is_odd_to(self, other: _Run) -> bool:
        """Whether both multiply, or the "rule of 3" keeps the two apart: one may open and close, and their lengths do
        not fit.
        """
        if self.times and other.times:
            return True
        either = (self.opens and self.closes) or (other.opens and other.closes)
        even = self.whole % 2 == other.whole % 2 == 0
        return either and not even and (self.whole + other.whole) % 3 == 0 and bool(self.whole % 3 or other.whole % 3)


def _is_of_a_word(sign: str) -> bool:
    return sign.isalnum() or combining(sign) > 0


def emphasised(text: str) -> list[tuple[int, int, etree.Element]]:
    """The outermost elements of `text`, in their order, and from where to where each stands."""
    outermost: list[tuple[int, int, etree.Element]] = []
    within: list[tuple[etree.Element, int, int, int]] = []  # an open element, where it began, its end mark's two ends
    at = 0
    for size, start, end in [*sorted(_pairs(text), key=lambda pair: pair[1]), (0, len(text), len(text))]:
        while within and within[-1][3] <= start:
            element, began, closes, after = within.pop()
            _write(element, text[at:closes])
            at = after
            if not within:
                outermost.append((began, after, element))
        if not size:
            break
        made = etree.Element("strong" if size == 2 else "em")
        if within:
            _write(within[-1][0], text[at:start])
            within[-1][0].append(made)
        within.append((made, start, end, end + size))
        at = start + size
    return outermost


def _write(element: etree.Element, words: str) -> None:
    """Add `words` at the end of an element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    elif words:
        element.text = (element.text or "") + words


def _pairs(text: str) -> Iterator[tuple[int, int, int]]:
    """Of each pair how many marks it has on a side, and where those begin. No pair crosses another."""
    openers: list[_Run] = []
    bottom: dict[tuple[str, bool, int, bool], int] = {}  # below it no opener fits a closing run of this kind
    for run in (_Run(text, found) for found in _RUNS.finditer(text)):
        kind = run.mark, run.opens, run.whole % 6, run.times
        while run.closes and run.left:
            fitting = range(len(openers) - 1, bottom.get(kind, 0) - 1, -1)
            place = next((n for n in fitting if openers[n].mark == run.mark and not run.is_odd_to(openers[n])), None)
            if place is None:
                bottom[kind] = len(openers)
                break
            opener, size = openers[place], 2 if run.left > 1 and openers[place].left > 1 else 1
            opener.left -= size
            yield size, opener.start + opener.left, run.start
            run.start, run.left = run.start + size, run.left - size
            del openers[place + bool(opener.left) :]
            bottom = {of: min(number, len(openers)) for of, number in bottom.items()}
        if run.opens and run.left:
            openers.append(run)
