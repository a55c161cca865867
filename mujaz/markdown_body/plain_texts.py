"""The plain text of a body, block by block, and the quotes in it whose other half is not in their own block."""

from __future__ import annotations

from dataclasses import dataclass, field

from mujaz.arabic.quotes import LONE, marks_around, paired
from mujaz.markdown_body.references import Places
from mujaz.model.content import Place


@dataclass(slots=True)
class PlainTexts:
    style: str  # of quotes
    places: Places
    blocks: list[str] = field(default_factory=list)
    first: int = -1  # which of them is the first paragraph of all
    quoted: set[int] = field(default_factory=set)  # which are words of a block quotation
    _judged: list[tuple[str, str]] = field(default_factory=list)  # each block as it is written, and its quotes as set
    _straight: bool = False  # whether some stay as they are, or do so unless another block has their other half

    def keep(self, plain: str, *, paragraph: bool, quoted: bool) -> None:
        if quoted:
            self.quoted.add(len(self.blocks))
        self.blocks.append(plain)
        if paragraph and self.first < 0:
            self.first = len(self.blocks) - 1

    def told(self) -> list[str]:
        """The blocks as they are told away from the page, where nothing sets quotations apart."""
        return [
            block.join(marks_around(block, self.style)) if number in self.quoted else block
            for number, block in enumerate(self.blocks)
        ]

    def note(self, written: str, judged: str) -> None:
        """Remember a block, for the places of straight quotes that stay: they are found by the text around them."""
        if self.style != "as-is":
            self._judged.append((written, judged))
            self._straight |= '"' in judged or LONE[0] in judged or LONE[1] in judged

    def finish(self, made: str) -> tuple[str, tuple[Place, ...]]:
        """The body's HTML `made`, here and in the blocks quotes of two paragraphs set; and where others stay."""
        if LONE[0] in made or LONE[1] in made:
            made = paired(made, self.style)
            self.blocks = paired("\n".join(self.blocks), self.style).split("\n")
        judged = paired("\n".join([judged for _, judged in self._judged]), self.style) if self._straight else ""
        if '"' not in judged:
            return made, ()
        written = "\n".join([written for written, _ in self._judged])
        at = [place for place, character in enumerate(written) if character == '"']
        places = self.places.of_quotes(written)
        return made, tuple(place for number, place in zip(at, places, strict=True) if judged[number] == '"')
