"""The running text of a body: a run gathers until its block ends, then its quotes, numbers and isolates are set."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mujaz.arabic.isolates import isolate_set_numbers, numbers
from mujaz.arabic.quotes import UNSAID, quotes
from mujaz.markdown_body.inline import OBJECT, Piece, set_pieces, text_piece
from mujaz.markdown_body.parser import Dialect
from mujaz.markdown_body.placeholders import names_speaker, raised
from mujaz.markdown_body.plain_texts import PlainTexts
from mujaz.markdown_body.references import Ids
from mujaz.model.content import Heading

_SIMPLE = {f"<{name}>": f"</{name}>" for name in ("p", "h2", "h3", "h4")}


@dataclass(slots=True, kw_only=True)
class RunningText:
    """The texts of a body: an inline run gathers in `pieces` until its block ends, and goes to `out`."""

    dialect: Dialect
    ids: Ids
    texts: PlainTexts
    out: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    opaque: str = ""  # the element whose text is not prose of this language
    footnotes: int = 0  # how many divs deep in the list of footnotes
    nested: int = 0  # in how many elements that hold no first paragraph
    quotes: list[bool] = field(default_factory=list)  # block quotes that are open, and whether others say them
    note: bool = False  # in the number of a footnote
    level: str = ""  # sup or sub, where a text is in one
    embed: bool = False

    @property
    def rtl(self) -> bool:
        return self.dialect.dir == "rtl"

    # ------------------------------------------------ what nearly all of a body is

    def simple(self, tokens: list[str], number: int) -> int:
        """How many tokens from `number` on are set here: a paragraph or heading of one text, or the blank behind one.

        0 where the walk must look closer: at another tag, or an entity.
        """
        token = tokens[number]
        if self.pieces or self.opaque or self.embed or self.note:
            return 0
        end = _SIMPLE.get(token)
        if token == "<h2>" and self.dialect.live:
            return 0
        if not end:
            # Behind "<p>" a blank belongs to the run, since what is alone in a paragraph may become a figure.
            if token == "\n" and number and tokens[number - 1][1] == "/":
                self.out.append(token)
                return 1
            return 0
        text = tokens[number + 1]
        if tokens[number + 2] != end or "&" in text:
            return 0
        written = text
        if '"' in text and self.dialect.quotes != "as-is":
            text = quotes(text, self.dialect.quotes, lone=token == "<p>" and not self.footnotes)
        self.texts.note(written, text)
        if self.rtl:
            text = numbers(text)
        plain = " ".join(text.split())
        text = isolate_set_numbers(text, rtl=self.rtl)
        if token == "<p>":
            self.out.append(f"<p>{text}</p>")
            self.keep(plain, "p")
        else:
            self.keep(plain, "")
            ident = self.ids.heading(plain)
            self.headings.append(Heading(level=int(token[2]), id=ident, text=plain))
            self.out.append(f'{token[:-1]} id="{html.escape(ident)}">{text}{end}')
        return 3

    # ------------------------------------------------ texts

    def text(self, escaped: str) -> None:
        if self.embed:
            return
        if self.note:
            self.pieces.append(Piece(html=escaped))
        elif self.opaque:
            plain = "" if self.opaque == "pre" else html.unescape(escaped)
            self.pieces.append(Piece(html=escaped, shown=OBJECT, plain=plain, level=self.level))
        else:
            self.pieces.append(text_piece(escaped))
            self.pieces[-1].level = self.level

    def flush(self, block: str = "") -> str:
        """Set the gathered run and write it out; returns its plain text."""
        if not self.pieces:
            return ""
        pieces, self.pieces = self.pieces, []
        lone = block == "p" and not self.footnotes
        self.texts.note(*set_pieces(pieces, style=self.dialect.quotes, rtl=self.rtl, lone=lone))
        self.out += [piece.html for piece in pieces]
        speaker = bool(self.quotes) and names_speaker("".join([piece.html for piece in pieces]), block)
        plain = " ".join("".join(_said(pieces)).split())
        plain = "" if plain in UNSAID else plain
        self.keep(plain, block, speaker=speaker)
        return plain

    def keep(self, plain: str, block: str, *, speaker: bool = False) -> None:
        if plain and not self.footnotes:
            quoted = any(self.quotes) and not speaker
            self.texts.keep(plain, paragraph=block == "p" and not self.nested, quoted=quoted)


def _said(pieces: Sequence[Piece]) -> Iterator[str]:
    """The plain texts of pieces, without what is struck out: `<del>20</del> 12` says 12."""
    struck = 0
    for piece in pieces:
        if piece.strikes:
            struck += piece.step
        elif piece.plain and struck <= 0:
            yield raised(piece.plain, piece.level) if piece.level else piece.plain
