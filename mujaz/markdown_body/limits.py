"""The bounds of what Markdown is asked to parse, so that no text can hold a build up.

A text that passes costs a few counts of single characters; the expressions that find the place of an excess run only
where a count says that there may be one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mujaz.messages.errors import Problem
from mujaz.messages.message import Message, say

# Counts, so that speed never decides what builds. Measured on Python-Markdown 3.11.3, CPU seconds, one core; each
# text that passes all of them is meant to take less than 20 s.
# The longest of 1,200 real news stories has 10,743 characters, its longest paragraph 2,040.
MAX_BYTES = 1_000_000  # of an article's file, and again of its body, which grows where letters come apart
# A block, a row of a table and a term of a list cost up to .2 ms a line: 250,000 lines of `a|b` take 26 s.
MAX_LINES = 50_000
# Characters between two blank lines: each mark copies its block, 200,000 characters of `\*` take 5.4 s.
MAX_BLOCK = 64_000
MAX_MARKS = 50_000  # inline marks in all: 27 µs each (`*a*`), 160 µs where it is the address of an e-mail
MAX_DEPTH = 50  # a list indented 300 times raises RecursionError
MAX_COLUMNS = 100  # tables cost rows times columns, even where cells are empty
# And rules, in one block: each is cut from the front of what remains; 4,000 take 1.3 s, 40,000 over 100 s.
MAX_HEADINGS = 200
MAX_FOOTNOTES = 1_000  # numbered by a search in a list: 10,000 take 5 s
MAX_ABBREVIATIONS = 200  # one alternation tried at each word: 850 in 20 kB take 1.2 s
MAX_SPACES = 1_000  # an attribute list is looked for after each space of a run
# Each of these may be looked at again from every opener: openers times length. 20,000 `[` in one block (4e8) take
# over 6 s; one block of 5,000 characters with 50 links is 250,000.
MAX_LOOKAHEAD = 30_000_000

_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_MARKS = re.compile(r"[*_`\\&<\[{]|  \n")
_NESTED = re.compile(r"^(?:[ \t]*(?:>|[*+-](?=[ \t])|\d{1,9}[.)](?=[ \t]))){0,60}[ \t]*", re.M)
_STEP = re.compile(r"[>*+-]|(?<!\d)\d++[.)]| {4}|\t")
_COLUMNS = re.compile(r"^[ \t]*[|:-][|: \t-]*$", re.M)
_SPACES = re.compile(f"[ \\t]{{{MAX_SPACES}}}")
# A heading or a rule, also in quotations and items.
_HEADING = re.compile(r"^[ \t>]*+(?:(?:[*+-]|\d{1,9}+[.)])[ \t]++[ \t>]*+)*+(?:#|[=_*-][=_* \t-]*+$)", re.M)
_FOOTNOTE = re.compile(r"^[ \t>]*\[\^", re.M)
_ABBREVIATION = re.compile(r"^[ \t>]*\*\[", re.M)
_FENCE = re.compile(r"^[ \t>]*(?:```|~~~)", re.M)
_DEEP = re.compile(rf"\n[ \t>*+.)\d-]{{{MAX_DEPTH + 1}}}")
_UNCLOSED_TAG = re.compile(r"<[a-zA-Z/!?](?=[^<>]*(?:<|\Z))")


def too_much(text: str, path: str, first_line: int) -> Problem | None:
    """The first bound that `text` breaks, as a problem at its line, or None. Linear in the length of the text."""
    if _is_surely_within(text):
        return None
    for offset, what, help in _excesses(text):
        line = first_line + text.count("\n", 0, offset)
        return Problem(path=path, line=line, column=1, message=what, help=help)
    return None


def _is_surely_within(text: str) -> bool:
    """Whether a few counts show that no bound can be broken.

    Headings, footnotes, abbreviations and fences have a line each; a run of spaces holds four of them or a tab.
    """
    size = len(text)
    return (
        size <= MAX_BLOCK
        and text.count("\n") < MAX_ABBREVIATIONS
        and size * (text.count("[") + text.count("{")) <= MAX_LOOKAHEAD
        and size * text.count("<") <= MAX_LOOKAHEAD
        and text.count("|") < MAX_COLUMNS
        and "\t" not in text
        and "    " not in text
        and not _DEEP.search("\n" + text)
    )


def _excesses(text: str) -> Iterator[tuple[int, Message, Message]]:
    """Offset, sentence and help of each bound that is broken, the cheapest to find first."""
    size = len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
    if size > MAX_BYTES:
        yield 0, say("body-too-large", n=size, most=MAX_BYTES), say("split-into-articles")
        return
    if wide := _SPACES.search(text):
        yield wide.start(), say("row-of-spaces", n=MAX_SPACES), say("remove-them")
    marks = sum(1 for _ in _MARKS.finditer(text)) if len(text) > MAX_MARKS else 0
    if marks > MAX_MARKS:
        yield 0, say("marks-too-many", n=marks, most=MAX_MARKS), say("split")
    if (lines := text.count("\n")) > MAX_LINES:
        yield 0, say("body-has-too-many", n=lines, what=say("of-lines"), most=MAX_LINES), say("remove-or-split")
    for expression, limit, name in (
        (_FOOTNOTE, MAX_FOOTNOTES, say("of-footnotes")),
        (_ABBREVIATION, MAX_ABBREVIATIONS, say("of-abbreviations")),
        (_FENCE, MAX_LOOKAHEAD // max(len(text), 1), say("of-code-fences")),
        (_UNCLOSED_TAG, MAX_LOOKAHEAD // max(len(text), 1), say("of-unclosed-tags")),
    ):
        count = sum(1 for _ in expression.finditer(text))
        if count > limit:
            yield 0, say("body-has-too-many", n=count, what=name, most=limit), say("remove-or-split")
    for row in _COLUMNS.finditer(text):
        if row[0].strip("| \t").count("|") >= MAX_COLUMNS:
            yield row.start(), say("table-too-wide", n=MAX_COLUMNS), say("split-into-tables")
    for line in _NESTED.finditer(text):
        if len(line[0]) > MAX_DEPTH and len(_STEP.findall(line[0])) > MAX_DEPTH:
            yield line.start(), say("nested-too-deep", n=MAX_DEPTH), say("flatten")
    yield from _block_excesses(text)


def _block_excesses(text: str) -> Iterator[tuple[int, Message, Message]]:
    split = say("leave-blank-lines")
    looked = start = 0
    for end in [*(blank.start() for blank in _BLANK.finditer(text)), len(text)]:
        length = end - start
        if length > MAX_BLOCK:
            yield start, say("paragraph-too-long", n=length, most=MAX_BLOCK), split
        looked += length * (text.count("[", start, end) + text.count("{", start, end))
        if looked > MAX_LOOKAHEAD:
            yield start, say("brackets-too-many"), split
            return
        if length > MAX_HEADINGS and sum(1 for _ in _HEADING.finditer(text, start, end)) > MAX_HEADINGS:
            yield start, say("headings-in-a-row", n=MAX_HEADINGS), split
        start = end
