"""How many pages a change takes away: a build or a deploy that takes too many stops and asks."""

from __future__ import annotations

from collections.abc import Iterable, Set

from mujaz.frozen import Value

NAMED = 5  # addresses that a message names


class Shrinkage(Value):
    """The pages that a change takes away. `of` is how many are live, `gone` the paths of those that go, sorted."""

    gone: tuple[str, ...]
    of: int

    def is_over(self, percent: int) -> bool:
        return len(self.gone) * 100 > self.of * percent

    @property
    def first(self) -> tuple[str, ...]:
        return tuple(f"/{path.removesuffix('index.html')}" for path in self.gone[:NAMED])


def shrinkage(live: Iterable[str], wanted: Set[str]) -> Shrinkage:
    """Compare the HTML pages of two outputs, given as paths of files."""
    pages = {path for path in live if path.endswith(".html")}
    return Shrinkage(gone=tuple(sorted(pages - wanted)), of=len(pages))
