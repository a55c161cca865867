"""Our Markdown: Python-Markdown with the dialect's extensions, and the bounds of what it is asked to parse.

The HTML made here is not yet safe: `mujaz.markup` sanitises it. Nothing else imports `markdown`.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import markdown
from markdown.extensions.abbr import AbbrExtension, AbbrTreeprocessor
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import slugify_unicode
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from mujaz.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What an article's settings decide about its body. `iframes` are host names."""

    language: str = "ar"
    dir: str = "rtl"
    quotes: str = "guillemets"
    iframes: tuple[str, ...] = ()


# An inline pattern whose necessary text is absent cannot match, and looking for one literal is far cheaper than
# trying the pattern. False gives the stock behaviour, with equal HTML (a test holds that).
SKIP_ABSENT = True

# What must stand in a text for a pattern to match it: one of these literals. A pattern not named here is always tried.
_NECESSARY: dict[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}


class _Sparing:
    """Stands in for the compiled expression of an inline pattern: searches only where a match is possible."""

    def __init__(self, expression: re.Pattern[str], necessary: tuple[str, ...]) -> None:
        self._search = expression.finditer
        self._first, self._rest = necessary[0], necessary[1:]

    def finditer(self, text: str, start: int = 0) -> Iterable[re.Match[str]]:
        if self._first in text or any(literal in text for literal in self._rest):
            return self._search(text, start)
        return ()


_MARKED = re.compile(r"[\\`*_\[!<&\x02\x03]|  \n")  # something of every pattern's necessary literals


class PlainTexts(Treeprocessor):
    """Texts without any mark need no inline engine: as AtomicString it leaves them alone, to the same HTML."""

    def run(self, root: etree.Element) -> None:
        abbreviations: AbbrTreeprocessor = self.md.treeprocessors["abbr"]  # type: ignore[assignment]
        if abbreviations.abbrs:
            return  # they are looked for in every text that is not atomic
        for element in root.iter():
            if element.text and not _MARKED.search(element.text):
                element.text = AtomicString(element.text)


# ---------------------------------------------------------------- our own extensions

_SPEAKER = re.compile(r"(?:\A|\n)[ ]{0,3}([—–―][ \t]*[^\s—–―][^\n]*)\s*\Z")


class SpokenQuotes(Treeprocessor):
    """A block quote that ends with a line `— speaker` becomes a figure: the quote, and its speaker as the caption."""

    def run(self, root: etree.Element) -> None:
        for quote in list(root.iter("blockquote")):
            last = quote[-1] if len(quote) else None
            if last is None or last.tag != "p" or len(last) or not last.text:
                continue
            speaker = _SPEAKER.search(last.text)
            if speaker and (speaker.start() or len(quote) > 1):
                self._wrap(quote, last, speaker)

    @staticmethod
    def _wrap(figure: etree.Element, last: etree.Element, speaker: re.Match[str]) -> None:
        # The element changes its name in place: ElementTree keeps no way up to the parent.
        quote = etree.Element("blockquote", figure.attrib)
        quote.extend(list(figure))
        for child in list(figure):
            figure.remove(child)
        if speaker.start():
            last.text = (last.text or "")[: speaker.start()]
        else:
            quote.remove(last)
        figure.tag = "figure"
        figure.attrib = {"class": "quote"}
        figure.append(quote)
        etree.SubElement(figure, "figcaption").text = speaker[1].rstrip()


_SIDES = {"left": "start", "right": "end", "center": "center"}


class LogicalColumns(Treeprocessor):
    """The alignment of table cells as the classes start, center and end: `:--` is the side where a line begins."""

    def run(self, root: etree.Element) -> None:
        for table in root.iter("table"):
            for cell in table.iter():
                side = cell.attrib.pop("align", None)
                if side in _SIDES:
                    cell.set("class", _SIDES[side])


def _new_parser() -> markdown.Markdown:
    parser = markdown.Markdown(
        extensions=[
            TableExtension(use_align_attribute=True),
            # The marker is made of characters that Python-Markdown removes from every source: no English magic words.
            FootnoteExtension(PLACE_MARKER="\x02\x03", BACKLINK_TEXT="↩", BACKLINK_TITLE=""),
            AttrListExtension(),
            DefListExtension(),
            AbbrExtension(),
            FencedCodeExtension(),
            SaneListExtension(),
        ],
        output_format="html",
    )
    # Before "inline" (20), while a paragraph is still one text; after "footnote" (50) has added its list.
    parser.treeprocessors.register(SpokenQuotes(parser), "spoken_quotes", 40)
    parser.treeprocessors.register(LogicalColumns(parser), "logical_columns", 39)
    if SKIP_ABSENT:
        parser.treeprocessors.register(PlainTexts(parser), "plain_texts", 21)
        for name, necessary in _NECESSARY.items():
            pattern = parser.inlinePatterns[name]
            pattern.compiled_re = _Sparing(pattern.compiled_re, necessary)  # type: ignore[assignment]
    return parser


_parsers: dict[bool, markdown.Markdown] = {}


def to_html(text: str) -> str:
    """The HTML of a Markdown text, unsafe. Raises whatever the parser raises, RecursionError too.

    One parser serves all texts of a process: making one costs five times as much as an article.
    """
    parser = _parsers.pop(SKIP_ABSENT, None) or _new_parser()
    html = parser.reset().convert(text)
    # Put back only after success: an exception leaves the parser's state halfway.
    _parsers[SKIP_ABSENT] = parser
    return html


def slug(heading: str) -> str:
    """The id of a heading, before it is made unique: its letters and digits, Arabic ones too, joined by `-`."""
    return slugify_unicode(heading, "-")


# ---------------------------------------------------------------- bounds

# Counts, so that speed never decides what builds. Measured on Python-Markdown 3.11.3, CPU seconds, one core; each
# text that passes all of them is meant to take less than 20 s (1 MB of headings 8 s, of list 7 s, of line breaks 4 s).
# The longest of 1,200 real news stories has 10,743 characters, its longest paragraph 2,040.
MAX_BYTES = 1_000_000
# Characters between two blank lines: each mark copies its block, 200,000 characters of `\*` take 5.4 s.
MAX_BLOCK = 64_000
MAX_MARKS = 100_000  # inline marks in all: 27 µs each (`*a*`)
MAX_DEPTH = 50  # a list indented 300 times raises RecursionError
MAX_COLUMNS = 100  # tables cost rows times columns, even where cells are empty
MAX_HEADINGS = 200  # in one block: each is cut from the front of what remains; 4,000 take 1.3 s, 40,000 over 100 s
MAX_FOOTNOTES = 1_000  # numbered by a search in a list: 10,000 take 5 s
MAX_ABBREVIATIONS = 200  # one alternation tried at each word: 850 in 20 kB take 1.2 s
MAX_SPACES = 1_000  # an attribute list is looked for after each space of a run
# Each of these may be looked at again from every opener: openers times length. 20,000 `[` in one block (4e8) take
# over 6 s; one block of 5,000 characters with 50 links is 250,000.
MAX_LOOKAHEAD = 30_000_000

_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_MARKS = re.compile(r"[*_`\\&<\[{]|  \n")
_NESTED = re.compile(r"^(?:[ \t]*(?:>|[*+-](?=[ \t])|\d{1,9}[.)](?=[ \t]))){0,60}[ \t]*", re.M)
_STEP = re.compile(r"[>*+-]|\d+[.)]| {4}|\t")
_COLUMNS = re.compile(r"^[ \t]*[|:-][|: \t-]*$", re.M)
_SPACES = re.compile(f"[ \\t]{{{MAX_SPACES}}}")
_HEADING = re.compile(r"^(?:#|[=-]+[ \t]*$)", re.M)
_FOOTNOTE = re.compile(r"^[ \t>]*\[\^", re.M)
_ABBREVIATION = re.compile(r"^[ \t>]*\*\[", re.M)
_FENCE = re.compile(r"^[ \t>]*(?:```|~~~)", re.M)
_UNCLOSED_TAG = re.compile(r"<[a-zA-Z/!?](?=[^<>]*(?:<|\Z))")


def too_much(text: str, path: str, first_line: int) -> Problem | None:
    """The first bound that `text` breaks, as a problem at its line, or None. Linear in the length of the text."""
    for offset, what, help in _excesses(text):
        line = first_line + text.count("\n", 0, offset)
        return Problem(path=path, line=line, column=1, text=what, help=help)
    return None


def _excesses(text: str) -> Iterator[tuple[int, str, str]]:
    """Offset, sentence and help of each bound that is broken, the cheapest to find first."""
    size = len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
    if size > MAX_BYTES:
        yield 0, f"the body has {size} bytes; at most {MAX_BYTES} are built", "split it into several articles"
        return
    if wide := _SPACES.search(text):
        yield wide.start(), f"a line has {MAX_SPACES} spaces or more in a row", "remove them"
    marks = sum(1 for _ in _MARKS.finditer(text)) if len(text) > MAX_MARKS else 0
    if marks > MAX_MARKS:
        yield 0, f"the body has {marks} marks such as '*' and '['; at most {MAX_MARKS} are built", "split it"
    for expression, limit, name in (
        (_FOOTNOTE, MAX_FOOTNOTES, "footnotes"),
        (_ABBREVIATION, MAX_ABBREVIATIONS, "abbreviations"),
        (_FENCE, MAX_LOOKAHEAD // max(len(text), 1), "code fences for its length"),
        (_UNCLOSED_TAG, MAX_LOOKAHEAD // max(len(text), 1), "tags that are not closed for its length"),
    ):
        count = sum(1 for _ in expression.finditer(text))
        if count > limit:
            yield 0, f"the body has {count} {name}; at most {limit} are built", "remove some, or split the article"
    for row in _COLUMNS.finditer(text):
        if row[0].strip("| \t").count("|") >= MAX_COLUMNS:
            yield row.start(), f"a table has more than {MAX_COLUMNS} columns", "split it into several tables"
    for line in _NESTED.finditer(text):
        if len(line[0]) > MAX_DEPTH and len(_STEP.findall(line[0])) > MAX_DEPTH:
            yield line.start(), f"lists and quotes are nested deeper than {MAX_DEPTH}", "flatten them"
    yield from _block_excesses(text)


def _block_excesses(text: str) -> Iterator[tuple[int, str, str]]:
    split = "leave blank lines between its parts"
    looked = start = 0
    for end in [*(blank.start() for blank in _BLANK.finditer(text)), len(text)]:
        length = end - start
        if length > MAX_BLOCK:
            yield start, f"a paragraph has {length} characters; at most {MAX_BLOCK} are built", split
        looked += length * (text.count("[", start, end) + text.count("{", start, end))
        if looked > MAX_LOOKAHEAD:
            yield start, "a paragraph has too many '[' or '{' for its length", split
            return
        if length > MAX_HEADINGS and sum(1 for _ in _HEADING.finditer(text, start, end)) > MAX_HEADINGS:
            yield start, f"more than {MAX_HEADINGS} headings follow each other without a blank line", split
        start = end
