"""Our own extensions of Python-Markdown: blocks as CommonMark reads them, numbers as written, and what quotes mean."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Sequence

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor, BlockQuoteProcessor, HashHeaderProcessor
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.def_list import DefListProcessor
from markdown.extensions.footnotes import NBSP_PLACEHOLDER
from markdown.extensions.sane_lists import SaneOListProcessor
from markdown.extensions.tables import TableProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import AtomicString

from mujaz.markdown_body.block_layout import MARKER, is_year, laid_out
from mujaz.markdown_body.embeds import lone_address
from mujaz.markdown_body.emphasis import emphasised
from mujaz.markdown_body.html_blocks import parted


class LaidOutBlocks(BlockParser):
    """Each text that is cut into blocks is laid out first: the whole body, what stands in a quote or a footnote."""

    def parseChunk(self, parent: etree.Element, text: str) -> None:
        # What belongs to an item was laid out with the list that it stands in.
        super().parseChunk(parent, text if self.state.isstate("detabbed") else laid_out(text))


class SeparateQuotes(BlockQuoteProcessor):
    """A blank line ends a block quote: the next is another one, with a speaker of its own."""

    def lastChild(self, parent: etree.Element) -> None:
        """No quote above is taken up: this is asked for that alone."""


_PLAYER = "player"


class LoneAddresses(BlockProcessor):
    """The address of a film, a sound or a post alone on its line becomes a paragraph that holds an image.

    While blocks are read it has a name of its own: what takes up the paragraph above expects a text there.
    """

    def test(self, parent: etree.Element, block: str) -> bool:
        return "http" in block and parent.tag != "li" and lone_address(block) is not None

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        found = lone_address(blocks.pop(0))
        assert found is not None  # `test` has seen it
        above, address, below = found
        if above:
            self.parser.parseBlocks(parent, [above])
        etree.SubElement(etree.SubElement(parent, _PLAYER), "img", {"src": address, "alt": ""})
        if below:
            blocks.insert(0, below)


class LonePlayers(Treeprocessor):
    """When all blocks are read, what `LoneAddresses` has made is a paragraph."""

    def run(self, root: etree.Element) -> None:
        for player in root.iter(_PLAYER):
            player.tag = "p"


class Definitions(DefListProcessor):
    """A definition has a term above it, a line of text: elsewhere a line that begins with a colon is one of text.

    The address of a film is no term: it is shown, and what follows it begins anew.
    """

    def test(self, parent: etree.Element, block: str) -> bool:
        found = self.RE.search(block)
        if found is None:
            return False
        terms, above = block[: found.start()], self.lastChild(parent)
        if terms.strip():
            return parent.tag == "li" or lone_address(terms) is None
        return above is not None and (above.tag == "dl" or (above.tag == "p" and bool(above.text)))


class SpacedHeadings(HashHeaderProcessor):
    """A heading needs a blank after its `#`, so that #وسم stays what it is; and one before those that close it."""

    # The blanks before what closes a heading are none of it: what follows each run of them is looked at once.
    RE = re.compile(
        r"(?:^|\n)(?P<level>#{1,6})(?P<header>[ \t]++[^\s](?:[^ \t\n]++|[ \t]++(?!#*+[ \t]*+(?:\n|\Z)))*+)"
        r"(?:[ \t]++#++)?[ \t]*+(?:\n|$)"
    )


class WrittenNumbers(SaneOListProcessor):
    """The items of a numbered list with the numbers that are written; `ListNumbers` says what comes of them."""

    def test(self, parent: etree.Element, block: str) -> bool:
        marker = MARKER.match(block.lstrip(" ")) if self.RE.match(block) else None
        return marker is not None and not is_year(marker, block.split("\n"))

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        written = [item[2] for line in blocks[0].split("\n") if (item := self.CHILD_RE.match(line))]
        above = self.lastChild(parent)
        old = above if above is not None and above.tag == "ol" else parent if parent.tag in ("ol", "ul") else None
        known = len(old) if old is not None else 0
        super().run(parent, blocks)
        made = (parent[-1] if old is None else old)[known:]
        for made_item, number in zip(made, written, strict=True):
            made_item.set("value", number.removesuffix("."))


class ListNumbers(Treeprocessor):
    """A numbered list says its numbers where counting from one gives others, and in which digits they are written.

    Where all are one number, as in 1. 1. 1., the items are counted: so it is everywhere in Markdown.
    """

    def run(self, root: etree.Element) -> None:
        for numbered in root.iter("ol"):
            written = [item.attrib.pop("value", "") for item in numbered]
            if not written or not written[0]:
                continue  # the notes
            numbered.attrib.pop("start", None)
            due = int(written[0])
            if due != 1:
                numbered.set("start", str(due))
            if not written[0].isascii():
                numbered.set("class", "arabic" if written[0] <= "\u0669" * 9 else "persian")
            counted = len(set(written)) == 1
            for item, number in zip(numbered, written, strict=True):
                if number and not counted and int(number) != due:
                    due = int(number)
                    item.set("value", str(due))
                due += 1


class FootnotesAsRead(Treeprocessor):
    """Footnotes are numbered and listed in the order in which a reader meets them.

    One that nothing refers to comes last, without a way back.
    """

    def run(self, root: etree.Element) -> None:
        box = next((div for div in root.iter("div") if div.get("class") == "footnote"), None)
        notes = box.find("ol") if box is not None else None
        if box is None or notes is None:
            return
        by_link = {f"#{note.get('id')}": note for note in notes}
        within = set(_references(box))
        order = dict.fromkeys(link.get("href", "") for link in _references(root) if link not in within)
        self._follow(order, by_link)
        for link, note in by_link.items():
            if link not in order:
                _without_way_back(note)
                order[link] = None
                self._follow(order, by_link)
        numbers = {link: str(number) for number, link in enumerate(order, 1)}
        for reference in _references(root):
            reference.text = AtomicString(numbers[reference.get("href", "")])
        notes[:] = [by_link[link] for link in order]

    @staticmethod
    def _follow(order: dict[str, None], by_link: dict[str, etree.Element]) -> None:
        """Add to `order` what its notes refer to, and what those refer to."""
        waiting = list(order)
        for link in waiting:
            for further in _references(by_link[link]):
                target = further.get("href", "")
                if target not in order:
                    order[target] = None
                    waiting.append(target)


def _references(element: etree.Element) -> list[etree.Element]:
    return [link for link in element.iter("a") if link.get("class") == "footnote-ref"]


def _without_way_back(note: etree.Element) -> None:
    if not len(note):
        return  # nothing is written in it
    paragraph = note[-1]
    for link in [child for child in paragraph if child.get("class") == "footnote-backref"]:
        paragraph.remove(link)
    if len(paragraph):
        paragraph[-1].tail = (paragraph[-1].tail or "").removesuffix(NBSP_PLACEHOLDER)
    elif paragraph.text:
        paragraph.text = AtomicString(paragraph.text.removesuffix(NBSP_PLACEHOLDER))
    else:
        note.remove(paragraph)


class OpenHtml(Preprocessor):
    """Between the tags of `<details>` and its like stands Markdown, behind a blank line, as in CommonMark."""

    def run(self, lines: list[str]) -> list[str]:
        return parted(lines, self.md.htmlStash.store)


_PULLED = re.compile(r"\n[ ]{0,3}\{:[ ]*\.pull[ ]*\}[ ]*\Z")


class PulledQuotes(Treeprocessor):
    """A block quote with a line `{: .pull }` after it is a sentence that the story itself says, shown large."""

    def run(self, root: etree.Element) -> None:
        for quote in root.iter("blockquote"):
            last = quote[-1] if len(quote) else None
            if last is not None and last.tag == "p" and not len(last) and last.text:
                last.text, pulled = _PULLED.subn("", last.text)
                if pulled:
                    quote.set("class", "pull")


_GALLERY = re.compile(r"\n[ ]{0,3}\{:[ ]*\.gallery[ ]*\}[ ]*\Z")


class Galleries(Treeprocessor):
    """A list of pictures with a line `{: .gallery }` after it is a gallery: each picture stands alone in its item."""

    def run(self, root: etree.Element) -> None:
        for listed in root.iter("ul"):
            last = listed[-1] if len(listed) else None
            if last is not None and len(last) and last[-1].tag == "p":
                last = last[-1]
            if last is None or len(last) or not last.text:
                continue
            last.text, marked = _GALLERY.subn("", last.text)
            if marked:
                listed.set("class", "gallery")
                for item in listed:
                    if item.text and not len(item):
                        etree.SubElement(item, "p").text, item.text = item.text, None


_SPEAKER = re.compile(r"(?:\A|\n)[ ]{0,3}([—–―][ \t]*[^\s—–―][^\n]*+)\s*+\Z")
_DASHED = re.compile(r"(?:\A|\n)[ ]{0,3}[—–―]")


class SpokenQuotes(Treeprocessor):
    """A block quote that ends with a line `— speaker` becomes a figure: the quote, and its speaker as the caption.

    Where other lines begin with a dash too it stays as it is written: they are lines of a talk, the last among them, or
    name the speakers of parts, and the last one did not say all of it.
    """

    def run(self, root: etree.Element) -> None:
        for quote in list(root.iter("blockquote")):
            last = quote[-1] if len(quote) else None
            if last is None or last.tag != "p" or len(last) or not last.text:
                continue
            speaker = _SPEAKER.search(last.text)
            if not speaker or not (speaker.start() or len(quote) > 1):
                continue
            others = [last.text[: speaker.start()], *(part.text or "" for part in quote[:-1] if part.tag == "p")]
            if not any(map(_DASHED.search, others)):
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


class WholeRows(TableProcessor):
    """A row with more cells than the head of its table keeps what is in them, in its last cell, with bars between.

    A bar before a row or behind it parts no cells, whether or not the head has such bars (GFM, "Tables").
    """

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        self.border = True
        super().run(parent, blocks)

    def _build_row(self, row: str, parent: etree.Element, align: Sequence[str | None]) -> None:
        super()._build_row(row, parent, align)  # type: ignore[misc]
        if row.count("|") - row.startswith("|") - row.endswith("|") >= len(align):
            last = parent[-1][-1]
            rest = [cell.strip(" ") for cell in self._split_row(row)[len(align) :]]  # type: ignore[attr-defined]
            last.text = " | ".join(filter(None, [last.text, *rest]))


_SIDES = {"left": "start", "right": "end", "center": "center"}


class LogicalColumns(Treeprocessor):
    """The alignment of table cells as the classes start, center and end: `:--` is the side where a line begins."""

    def run(self, root: etree.Element) -> None:
        for table in root.iter("table"):
            for cell in table.iter():
                side = cell.attrib.pop("align", None)
                if side in _SIDES:
                    cell.set("class", _SIDES[side])


class OwnEmphasis(InlineProcessor):
    """The inline patterns, and after them emphasis of our own."""

    def _InlineProcessor__handleInline(self, text: str, first: int = 0) -> str:
        return self.with_emphasis(super()._InlineProcessor__handleInline(text, first))  # type: ignore[misc]

    def with_emphasis(self, text: str) -> str:
        """`text` with placeholders where emphasised words stood."""
        if isinstance(text, AtomicString) or ("*" not in text and "_" not in text):
            return text
        parts, at = [], 0
        for start, end, element in emphasised(text):
            stashed = self._InlineProcessor__stashNode(element, "em_strong")  # type: ignore[attr-defined]
            parts += [text[at:start], stashed]
            at = end
        return "".join([*parts, text[at:]])


# Something of an attribute list: an id, a class, or a name with its value.
_ATTRIBUTE = r"""(?:[#.][^\s{}"'=]++|[A-Za-z][\w:-]*+=(?:"[^"\n]*+"|'[^'\n]*+'|[^\s{}"'=]++))"""
_ATTRIBUTES = rf"\{{:?+[ ]*+({_ATTRIBUTE}(?:[ ]++{_ATTRIBUTE})*+)[ ]*+\}}"


class AttributeLists(AttrListTreeprocessor):
    """Braces hold attributes where each word in them is one; else they are words of the text, and stay in it.

    The stock one takes any word for an attribute, and puts what follows a list behind the last brace of its line.
    """

    HEADER_RE = re.compile(rf"(?<! )[ ]++{_ATTRIBUTES}[ ]*+$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*+{_ATTRIBUTES}[ ]*+$")  # type: ignore[misc]
    INLINE_RE = re.compile(_ATTRIBUTES)  # type: ignore[misc]


class OwnDialect(Extension):
    """Everything of this module, in its place among the steps of Python-Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:
        parser = LaidOutBlocks(md)
        parser.blockprocessors = md.parser.blockprocessors
        for processor in parser.blockprocessors:
            processor.parser = parser
        md.parser = parser
        parser.blockprocessors.register(WholeRows(parser, {"use_align_attribute": True}), "table", 75)
        parser.blockprocessors.register(SpacedHeadings(parser), "hashheader", 70)
        parser.blockprocessors.register(WrittenNumbers(parser), "olist", 40)
        parser.blockprocessors.register(Definitions(parser), "deflist", 25)
        parser.blockprocessors.register(SeparateQuotes(parser), "quote", 20)
        parser.blockprocessors.register(LoneAddresses(parser), "lone_addresses", 12)  # before paragraphs (10)
        md.preprocessors.register(OpenHtml(md), "open_html", 22)  # fenced code (25) has been taken out, HTML (20) not
        # Before "footnote" (175): a note in a caption or an alt would be a digit glued to its word.
        md.inlinePatterns.register(md.inlinePatterns["image_link"], "image_link", 178)
        md.inlinePatterns.register(md.inlinePatterns["image_reference"], "image_reference", 177)
        # In the places of the stock ones.
        md.inlinePatterns.deregister("em_strong")
        md.treeprocessors.register(OwnEmphasis(md), "inline", 20)
        md.treeprocessors.register(AttributeLists(md), "attr_list", 8)
        md.treeprocessors.register(LonePlayers(md), "lone_players", 43)
        # Before "inline" (20), while a paragraph is still one text; after "footnote" (50) has added its list.
        md.treeprocessors.register(PulledQuotes(md), "pulled_quotes", 41)
        md.treeprocessors.register(Galleries(md), "galleries", 42)
        md.treeprocessors.register(SpokenQuotes(md), "spoken_quotes", 40)
        md.treeprocessors.register(LogicalColumns(md), "logical_columns", 39)
        md.treeprocessors.register(ListNumbers(md), "list_numbers", 38)
        # When "inline" has found the references, and "footnote-duplicate" (15) has given each its way back.
        md.treeprocessors.register(FootnotesAsRead(md), "footnotes_as_read", 14)
