"""The plain text of a body, block by block, and the quotes in it whose other half is not in their own block."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mujaz.arabic.quotes import LONE, paired
from mujaz.markdown_body.references import Places
from mujaz.model.content import Place

_STRAIGHT = re.compile(f'["{LONE}]')


@dataclass(slots=True)
class PlainTexts:
    style: str  # of quotes
    places: Places
    blocks: list[str] = field(default_factory=list)
    first: int = -1  # which of them is the first paragraph of all
    _straight: list[tuple[str, Place]] = field(default_factory=list)  # a quote that stays or a mark of LONE, its place

    def keep(self, plain: str, *, paragraph: bool) -> None:
        self.blocks.append(plain)
        if paragraph and self.first < 0:
            self.first = len(self.blocks) - 1

    def note(self, written: str, judged: str) -> None:
        """Remember the quotes of a block that stay straight, or do so unless another block has their other half."""
        if self.style != "as-is" and ('"' in judged or LONE[0] in judged or LONE[1] in judged):
            for quote in _STRAIGHT.finditer(judged):
                self._straight.append((quote[0], self.places.of_quote(written, quote.start())))

    def finish(self, made: str) -> tuple[str, tuple[Place, ...]]:
        """The body's HTML `made`, here and in the blocks quotes of two paragraphs set; and where others stay."""
        if LONE[0] in made or LONE[1] in made:
            made = paired(made, self.style)
            self.blocks = paired("\n".join(self.blocks), self.style).split("\n")
            marks = paired("".join([mark for mark, _ in self._straight]), self.style)
            self._straight = [(mark, at) for mark, (_, at) in zip(marks, self._straight, strict=True) if mark == '"']
        return made, tuple(place for _, place in self._straight)
