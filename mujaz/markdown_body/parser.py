"""Our Markdown: Python-Markdown with the dialect's extensions, spared every step that cannot change the text at hand.

The HTML made here is not yet safe: `mujaz.markdown_body.body` sanitises it. `markdown` is imported here and in
`mujaz.markdown_body.extensions` alone.
"""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as etree
from typing import Any

import markdown
from markdown.blockprocessors import ReferenceProcessor
from markdown.extensions.abbr import AbbrExtension, AbbrTreeprocessor
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteBlockProcessor, FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import slugify_unicode
from markdown.inlinepatterns import LINK_RE, LinkInlineProcessor
from markdown.serializers import to_html_string
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from mujaz.frozen import Value
from mujaz.markdown_body.extensions import OwnDialect, OwnEmphasis


class Dialect(Value):
    """What an article's settings decide about its body. `iframes` are host names, `live` is the day of a live story."""

    language: str = "ar"
    dir: str = "rtl"
    quotes: str = "guillemets"
    iframes: tuple[str, ...] = ()
    live: str = ""  # 2021-10-18; headings that begin with a time then begin an entry


# A step whose necessary text is absent cannot change anything, and looking for one literal is far cheaper than trying.
# False gives the stock behaviour, with equal HTML and equal bodies (tests hold that).
SKIP_ABSENT = True
# Frames that the parser may nest, counted from its caller: else whether a text builds would hang on how deep in the
# stack it is read, which differs between a worker and a build without workers.
ROOM = 900

_BREAK = "  \n"
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
    "linebreak": (_BREAK,),
    "html": ("<",),
    "entity": ("&",),
}
_REFERENCES = frozenset(("reference", "image_reference", "short_reference", "short_image_ref"))
# What must stand in a text for a preprocessor to change it: white space that is evened out, HTML and entities, code
# fences, the control characters of placeholders.
_PREPARED = ("<", "&", "`", "~", "\t", "\r", "\n ", "\x02", "\x03")
# The tree processors that look at each element, and what must stand in the text for them to find anything.
_TREE = {
    "lone_players": "http",
    "pulled_quotes": ".pull",
    "galleries": ".gallery",
    "attr_list": "{",
    "unescape": "\\",
    "footnotes_as_read": "[^",
}
_OPENING_MARKS = frozenset("\"'«“‘(")
_PLAIN_TAGS = frozenset("p h1 h2 h3 h4 h5 h6 blockquote ul ol li strong em table thead tbody tr td th dl dt dd".split())
_MARK = re.compile(r"[\\`*_\[!<&\x02\x03]")  # what emphasis or a pattern needs, but for the line break's


_UNMARKED = r"[^\W_](?:[^\\`*_\[\]!<&\x02\x03\n]*[^\W_])?"
# The two marks of nearly all news: **words** and [words](https://address).
_SIMPLE = re.compile(rf"\*\*({_UNMARKED})\*\*|\[({_UNMARKED})\]\((https?://[A-Za-z0-9./-]+)\)")


class PlainTexts(Treeprocessor):
    """Texts without any mark need no inline engine: as AtomicString it leaves them alone, to the same HTML.

    Nor do those where the marks are simple and stand apart: their elements are made here.
    """

    def run(self, root: etree.Element) -> None:
        abbreviations: AbbrTreeprocessor = self.md.treeprocessors["abbr"]  # type: ignore[assignment]
        if abbreviations.abbrs:
            return  # they are looked for in every text that is not atomic
        for element in list(root.iter()):
            text = element.text
            if text and _BREAK not in text and not isinstance(text, AtomicString):
                if not _MARK.search(text):
                    element.text = AtomicString(text)
                else:
                    _make_simple(element, text)


def _make_simple(element: etree.Element, text: str) -> None:
    """Put the elements of `text` into `element` if all its marks are simple."""
    before, *parts = _SIMPLE.split(text)
    if not parts or _MARK.search(before) or any(_MARK.search(after) for after in parts[3::4]):
        return
    element.text = AtomicString(before)
    for place, (strong, words, address, after) in enumerate(zip(*[iter(parts)] * 4, strict=True)):
        made = etree.Element("strong") if strong else etree.Element("a", {"href": address})
        made.text, made.tail = AtomicString(strong or words), AtomicString(after)
        element.insert(place, made)


class SparingInline(OwnEmphasis):
    """Tries on a text only the patterns that may match it.

    No pattern makes the literal of another: what it takes out leaves a placeholder of letters and control characters.
    """

    def __init__(self, parser: markdown.Markdown) -> None:
        super().__init__(parser)
        self._patterns = [
            (index, _NECESSARY.get(entry.name, ("",)), entry.name in _REFERENCES, parser.inlinePatterns[entry.name])
            for index, entry in enumerate(_entries(parser.inlinePatterns))
        ]

    def run(self, tree: etree.Element, ancestors: list[str] | None = None) -> etree.Element:
        """As the stock method, which changes nothing where `PlainTexts` has left no text to it."""
        texts = (text for element in tree.iter() for text in (element.text, element.tail) if text)
        if all(isinstance(text, AtomicString) or text.isspace() for text in texts):
            return tree
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, text: str, first: int = 0) -> str:
        if isinstance(text, AtomicString):
            return text
        written, undefined = text, not self.md.references
        for index, necessary, is_reference, pattern in self._patterns[first:]:
            if (is_reference and undefined) or not any(literal in written for literal in necessary):
                continue
            matched, start = True, 0
            while matched:
                text, matched, start = self._InlineProcessor__applyPattern(  # type: ignore[attr-defined]
                    pattern, text, index, start
                )
        return self.with_emphasis(text)


class SparingLinks(LinkInlineProcessor):
    """`[text](address)` by two expressions; nested brackets, titles and blanks by the stock steps, one by one."""

    _TEXT = re.compile(r"(?<=\[)([^\[\]]*+)\]")
    _ADDRESS = re.compile(r"""\(([^\s()<>'"]+)\)""")

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:
        simple = self._TEXT.match(data, index)
        return (simple[1], simple.end(), True) if simple else super().getText(data, index)

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:
        simple = self._ADDRESS.match(data, index)
        return (self.unescape(simple[1]).strip(), None, simple.end(), True) if simple else super().getLink(data, index)


class Notes(FootnoteExtension):
    """Notes hold no notes: a line `[^2]: …` within one is text, which the stock extension takes out and never shows."""

    within = False  # whether the text of a note is being read

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        super().extendMarkdown(md)
        md.parser.blockprocessors.register(NoteLines(self), "footnote", 17)
        md.parser.blockprocessors.register(Addresses(self), "reference", 15)

    def unique_ref(self, reference: str, found: bool = False) -> str:
        """The id of a reference: `fnref:1`, then `fnref2:1`. Counted: the stock one tries every number anew."""
        if not found:
            return reference
        count = self.found_refs[reference] = self.found_refs.get(reference, 0) + 1
        return reference if count == 1 else reference.replace("fnref", f"fnref{count}", 1)

    def makeFootnotesDiv(self, root: etree.Element) -> etree.Element | None:
        self.parser = self.md.parser  # that of our dialect, which came later
        self.within = True
        try:
            return super().makeFootnotesDiv(root)
        finally:
            self.within = False


class Addresses(ReferenceProcessor):
    """The lines `[name]: address` that a link refers to; none of them is a note within a note."""

    def __init__(self, notes: Notes) -> None:
        super().__init__(notes.parser)
        self.notes = notes

    def test(self, parent: etree.Element, block: str) -> bool:
        return not (self.notes.within and NoteLines.RE.search(block))


class NoteLines(FootnoteBlockProcessor):
    """The lines of the body that are notes."""

    footnotes: Notes

    def test(self, parent: etree.Element, block: str) -> bool:
        return not self.footnotes.within


def _is_prose(block: str) -> bool:
    """Whether only the processor of paragraphs can take `block`: each line starts with a letter.

    Every other construct needs a mark, a digit or a blank at the start of a line, or a bar for a table.
    """
    if "http" in block and (block.startswith("http") or "\nhttp" in block):
        return False  # perhaps an address alone on its line
    if "\n" in block:
        return "|" not in block and all(line[:1].isalpha() for line in block.split("\n"))
    return block[:1].isalpha() or block[:1] in _OPENING_MARKS


class SparingMarkdown(markdown.Markdown):
    """Python-Markdown without the steps whose necessary character is absent from the whole text."""

    def spare(self) -> SparingMarkdown:
        """To be called when all extensions are registered."""
        self.treeprocessors.register(PlainTexts(self), "plain_texts", 21)
        self.inlinePatterns.register(SparingLinks(LINK_RE, self), "link", 160)
        self.treeprocessors.register(SparingInline(self), "inline", 20)
        self._passes = [
            (_TREE.get(entry.name, ""), self.treeprocessors[entry.name]) for entry in _entries(self.treeprocessors)
        ]
        self._blocks = list(self.parser.blockprocessors)
        self.parser.parseBlocks = self._parse_blocks  # type: ignore[method-assign]
        self.block_level_elements = frozenset(self.block_level_elements)  # type: ignore[assignment]
        return self

    def _parse_blocks(self, parent: etree.Element, blocks: list[str]) -> None:
        """As the stock method, but prose goes straight to the last processor, which makes paragraphs."""
        *_, paragraph = processors = self._blocks
        while blocks:
            if _is_prose(blocks[0]):
                paragraph.run(parent, blocks)
                continue
            for processor in processors:
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break

    def convert(self, source: str) -> str:
        """As the stock method, step by step; a text that the preprocessors would change is left to it."""
        if not source.strip():
            return ""
        if any(mark in source for mark in _PREPARED):
            return super().convert(source)
        root = self.parser.root = etree.Element(self.doc_tag)
        self.parser.parseChunk(root, source + "\n\n")
        for necessary, processor in self._passes:
            if necessary in source:
                processor.run(root)
        made = (root.text or "") + "".join([_serialized(child) for child in root])
        made = made.strip()
        for postprocessor in self.postprocessors:
            made = postprocessor.run(made)
        return made.strip()


def _entries(registry: Any) -> list[Any]:
    """The names of a registry's members in the order in which they run."""
    return sorted(registry._priority, key=lambda entry: entry.priority, reverse=True)


def _serialized(element: etree.Element) -> str:
    """The HTML of `element` and its tail; the stock serialiser's where anything must be escaped or has attributes."""
    text, tail, tag = element.text or "", element.tail or "", element.tag
    whole = text + tail
    if element.attrib or tag not in _PLAIN_TAGS or "&" in whole or "<" in whole or ">" in whole:
        return to_html_string(element)
    inner = "".join([_serialized(child) for child in element]) if len(element) else ""
    return f"<{tag}>{text}{inner}</{tag}>{tail}"


def _new_parser() -> markdown.Markdown:
    kind = SparingMarkdown if SKIP_ABSENT else markdown.Markdown
    parser = kind(
        extensions=[
            TableExtension(use_align_attribute=True),
            # The marker is made of characters that Python-Markdown removes from every source: no English magic words.
            Notes(PLACE_MARKER="\x02\x03", BACKLINK_TEXT="↩", BACKLINK_TITLE=""),
            AttrListExtension(),
            DefListExtension(),
            AbbrExtension(),
            FencedCodeExtension(),
            SaneListExtension(),
            OwnDialect(),
        ],
        output_format="html",
    )
    return parser.spare() if isinstance(parser, SparingMarkdown) else parser


_parsers: dict[bool, markdown.Markdown] = {}


def to_html(text: str) -> str:
    """The HTML of a Markdown text, unsafe. Raises whatever the parser raises, RecursionError too.

    One parser serves all texts of a process: making one costs five times as much as an article.
    """
    parser = _parsers.pop(SKIP_ABSENT, None) or _new_parser()
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(_stack_depth() + ROOM)
    try:
        html = parser.reset().convert(text)
    finally:
        sys.setrecursionlimit(limit)
    # Put back only after success: an exception leaves the parser's state halfway.
    _parsers[SKIP_ABSENT] = parser
    return html


def _stack_depth() -> int:
    depth, frame = 0, sys._getframe()
    while (above := frame.f_back) is not None:
        depth, frame = depth + 1, above
    return depth


def slug(heading: str) -> str:
    """The id of a heading, before it is made unique: its letters and digits, Arabic ones too, joined by `-`."""
    return slugify_unicode(heading, "-")
