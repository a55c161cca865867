"""A tree of HTML to the Markdown of our articles: every visible word is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape
from itertools import chain

from mujaz.importing import escape, figures, tables
from mujaz.importing.html import BLOCKS, Node, text_of
from mujaz.importing.inline import BREAK, PARAGRAPH, Picture, Text, joined, split
from mujaz.importing.notes import NOTES_ALONE, without_notes
from mujaz.importing.shapes import without
from mujaz.importing.spans import CONTROLS, DRAWN, FOOTNOTE, MEDIA, URL_ALONE, Spans, guarded, linked
from mujaz.messages.message import say

HEADINGS = {"h1": "##", "h2": "##", "h3": "###", "h4": "####", "h5": "#####", "h6": "######"}
INDENTED = "\n    "  # the next line of what is within an item
LISTED = re.compile(r"(?:-|[0-9]+\.) ")  # a paragraph that begins so is escaped


class Converter(Spans):
    """Converts the HTML of one body."""

    def convert(self, root: Node) -> str:
        written = (node for node in root.all("div") if node.get(FOOTNOTE) and text_of(node))
        self.footnotes = {node.get(FOOTNOTE): number for number, node in enumerate(written, 1)}
        return "\n\n".join(self.blocks(root.children, top=True))

    # ------------------------------------------------------------ blocks

    def blocks(self, children: Sequence[Node | str], *, top: bool) -> list[str]:
        """The children as blocks of Markdown, without blank lines at their ends. `top`: outside lists and quotes."""
        made: list[str] = []
        run: list[Node | str] = []
        for child in [*self.opened(children), None]:
            if child is None or (isinstance(child, Node) and child.tag in BLOCKS):
                made += self.run(run)
                run = []
                if child is not None:
                    made += self.block(child, top=top)
            else:
                run.append(child)
        return _notes_beside(made)

    def opened(self, children: Sequence[Node | str]) -> Iterable[Node | str]:
        """Blocks, and what stands within lines; an element of a line that holds blocks is parted by them."""
        for child in children:
            if isinstance(child, str) or child.tag in BLOCKS or not _holds_blocks(child):
                yield child
                continue
            run: list[Node | str] = []
            for one in [*self.opened(child.children), None]:
                if one is not None and (isinstance(one, str) or one.tag not in BLOCKS):
                    run.append(one)
                    continue
                yield from run if child.tag in DRAWN else [Node(child.tag, child.attributes, run)] if run else []
                run = []
                yield from [one] if one else []
            if child.tag == "a" and child.get("href") and (mark := self.picture_link(child.get("href"))):
                yield mark

    def block(self, node: Node, *, top: bool) -> list[str]:
        """The blocks of one element that is a block."""
        tag = node.tag
        if figures.is_gallery(node):
            return figures.gallery(self, node, top=top)
        if tag in HEADINGS:
            return self.heading(node)
        if tag in ("ul", "ol", "dir", "menu"):
            return self.items(node)
        if tag == "blockquote":
            return self.quote(node)
        if tag == "pre":
            return self.pre(node, top=top)
        if tag == "table":
            return tables.table(self, node, top=top)
        if tag == "dl":
            return self.definitions(node)
        if tag == "figure":
            return figures.figure(self, node, top=top)
        if tag == "hr":
            return ["* * *"]
        if tag in ("iframe", *MEDIA):
            return self.embedded(node, alone=True)
        if tag == "div" and (number := self.footnotes.get(node.get(FOOTNOTE))):
            return [f"[^{number}]: {escape.line_start(self.line(node.children, between=' '))}"]
        if tag in CONTROLS:
            return []
        if tag == "form":
            return [self.answers.note(say("import-form")), *self.blocks(node.children, top=top)]
        if tag == "summary":
            return self.run([Node("strong", children=node.children)])
        return self.blocks(node.children, top=top)

    def run(self, pieces: Sequence[Node | str]) -> list[str]:
        """Inline nodes as paragraphs and pictures."""
        made: list[str] = []
        for part in split(self.tokens(pieces)):
            if isinstance(part, Picture):
                made += self.shown(part)
            elif text := joined(part):
                address = unescape(re.sub(r"\\(.)", r"\1", text)) if all(isinstance(one, Text) for one in part) else ""
                made.append(linked(address) if URL_ALONE.fullmatch(address) else guarded(text))
        return made

    def heading(self, node: Node) -> list[str]:
        tokens = self.tokens(node.children)
        pictures = [self.shown(token) for token in tokens if isinstance(token, Picture)]
        text = joined(
            [" " if token in (BREAK, PARAGRAPH) else token for token in tokens if not isinstance(token, Picture)]
        )
        line = escape.heading_end(" ".join(text.split()))
        level = HEADINGS[node.tag]
        return [
            *([f"{level} {line}"] if without_notes(line).strip() else [line] if line else []),
            *chain.from_iterable(pictures),
        ]

    def items(self, node: Node) -> list[str]:
        """A list; its items are separated by blank lines as soon as one of them has several blocks.

        Markdown has no item that begins with a list of several blocks: such a list belongs to the item before it, as
        browsers show it, or its items are those of this list.
        """
        start = node.get("start")
        number = int(start) if node.tag == "ol" and re.fullmatch(r"[0-9]{1,9}", start) else 1
        items: list[list[str]] = []
        notes = ""
        for inner in _items(node):
            blocks = self.blocks(inner, top=False)
            if blocks and all(NOTES_ALONE.fullmatch(block) for block in blocks):
                notes += "".join(blocks)
            elif items and LISTED.match(blocks[0] if blocks else ""):
                items[-1] += blocks
            elif blocks:
                items.append(blocks)
        apart = any(len(item) > 1 or LISTED.match(item[0]) for item in items)
        gap = "\n" * apart + INDENTED
        written = []
        for index, item in enumerate(items):
            mark = f"{number + index}." if node.tag == "ol" else "-"
            first, *rest = item
            begun = first if LISTED.match(first) else f"{mark} " + first.replace("\n", INDENTED)
            written.append(gap.join([begun, *(one.replace("\n", INDENTED) for one in rest)]))
        whole = ("\n\n" if apart else "\n").join(written)
        return [part for part in (re.sub(r"(?<! )[ ]++$", "", whole, flags=re.M), notes) if part]

    def quote(self, node: Node) -> list[str]:
        named = [one for one in _speakers(node) if text_of(one)]
        # The speaker comes last; a `cite` with words after it is a title within the quotation.
        last = bool(named) and text_of(node).rstrip().endswith(text_of(named[-1]).rstrip())
        speaker = named[-1] if last else None
        inner = self.blocks(without(node, speaker) if speaker else node.children, top=False)
        if speaker:
            said = joined([token for token in self.tokens(speaker.children) if token not in (BREAK, PARAGRAPH)])
            inner.append(said if said[:1] in "—–―" else f"— {said}")
        if not inner or all(NOTES_ALONE.fullmatch(block) for block in inner):
            return inner
        lines = "\n\n".join(inner).split("\n")
        return ["\n".join(f"> {line}".rstrip() for line in lines)]

    def pre(self, node: Node, *, top: bool) -> list[str]:
        """Code as a fence; a poem, or text with other elements than those of code, as lines."""
        marked = any(True for _ in node.all("a", "b", "strong", "em", "i", "br", "img", *BLOCKS))
        if top and not marked and not any("verse" in name for name in node.classes):
            text = "".join(_raw(node)).strip("\n")
            longest = max((len(run) for run in re.findall("`+", text)), default=0)
            fence = "`" * max(3, longest + 1)
            return [f"{fence}\n{text}\n{fence}"] if text.strip() else []
        lines, self.lines = self.lines, True
        try:
            return self.blocks(node.children, top=top)
        finally:
            self.lines = lines

    def definitions(self, node: Node) -> list[str]:
        """A definition list; a description without a term is a paragraph."""
        groups: list[list[str]] = []
        for one in _own(node):
            inner = one.children if isinstance(one, Node) and one.tag in ("dt", "dd") else [one]
            text = escape.line_start(" ".join(self.line(inner, between=" ").split()))
            if text and groups and isinstance(one, Node) and one.tag == "dd":
                groups[-1].append(f":   {text}")
            elif text:
                groups.append([text])
        return ["\n".join(group) for group in groups]


def _speakers(node: Node) -> Iterable[Node]:
    """What may name the speaker of a quotation, outermost; that of a quotation within it said nothing of this one."""
    for child in node.children:
        if isinstance(child, Node) and child.tag in ("cite", "footer"):
            yield child
        elif isinstance(child, Node) and child.tag != "blockquote":
            yield from _speakers(child)


def _holds_blocks(node: Node) -> bool:
    """Whether an inline element contains a block; a block in a link is part of the link's text."""
    if node.tag == "a":
        return any(True for _ in node.all("table", "ul", "ol", "blockquote", "iframe", "pre", "figure"))
    return any(True for _ in node.all(*BLOCKS))


def _items(node: Node) -> Iterable[Sequence[Node | str]]:
    """What is in each item of a list; what stands outside of all of them is one as far as it goes."""
    outside: list[Node | str] = []
    for child in node.children:
        if isinstance(child, Node) and child.tag == "li":
            yield outside
            yield child.children
            outside = []
        else:
            outside.append(child)
    yield outside


def _own(node: Node) -> Iterable[Node | str]:
    """The children that are not blank; a `div`, which a definition list may have, is replaced by its children."""
    for child in node.children:
        if isinstance(child, Node) and child.tag == "div":
            yield from _own(child)
        elif not isinstance(child, str) or child.strip():
            yield child


def _raw(node: Node) -> Iterable[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        else:
            yield from _raw(child)


def _notes_beside(blocks: list[str]) -> list[str]:
    """Moves marks of notes that would be a block of their own into the next block, or at the end into the last."""
    made: list[str] = []
    waiting = ""
    for block in blocks:
        if NOTES_ALONE.fullmatch(block):
            waiting += block
        else:
            made.append(waiting + block)
            waiting = ""
    if waiting and made:
        made[-1] += waiting
    return made or [waiting] if waiting else made
