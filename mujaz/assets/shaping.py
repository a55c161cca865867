"""Arabic text to what a drawing program must draw that knows no Arabic: joined forms, from left to right, line by line.

Pillow shapes Arabic only where the system has FriBiDi, and would then draw the same headline with other bytes on
another machine. Letters are joined by arabic-reshaper and ordered by python-bidi (UAX #9), both pure functions.
Marks (tashkeel) are left out: without a shaper that places them they would stand beside their letters.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from arabic_reshaper import ArabicReshaper  # type: ignore[import-untyped]
from bidi.algorithm import get_display  # type: ignore[import-untyped]  # bidi's own get_display turns no brackets

from mujaz.arabic.isolates import foreign_runs, is_overridden

ELLIPSIS = "…"


Width = Callable[[str], float]  # how wide a run without blanks stands, or a blank


@lru_cache(maxsize=1)
def _reshaper() -> Any:
    # Of ligatures only لا, which no Arabic text does without; others are the face's own business.
    # A letter that stands alone keeps its code: faces have a glyph for it, but not for each Persian letter's other one.
    return ArabicReshaper(
        {
            "delete_harakat": True,
            "support_ligatures": True,
            "ARABIC LIGATURE ALLAH": False,
            "use_unshaped_instead_of_isolated": True,
        }
    )


@lru_cache(maxsize=4096)
def joined(run: str) -> str:
    """A run without blanks in its joined forms, in the order of reading."""
    forms: str = _reshaper().reshape(run)
    return forms


# Characters that stand for an isolate while the line around it is ordered: like it, neither left nor right to UAX #9.
# No face has them, so no text that is drawn does.
_HELD = tuple(map(chr, range(0x4DC0, 0x4E00)))


def visual(line: str, *, rtl: bool) -> str:
    """One line in joined forms, from left to right as it is seen; brackets and «» are turned where they must.

    Its numbers are set already: a line alone does not tell a telephone number from a pair. Runs against its direction
    are isolates here as they are on the page; python-bidi knows none.
    """
    line = " ".join(line.split())
    parts: list[str] = []
    held: dict[str, str] = {}
    at = 0
    for (start, end), mark in zip(foreign_runs(line, rtl=rtl), _HELD, strict=False):
        parts += (line[at:start], mark)
        run = line[start:end]
        held[mark] = run if is_overridden(run) else _ordered(run, rtl=not rtl)
        at = end
    shown = _ordered("".join([*parts, line[at:]]), rtl=rtl)
    return "".join([held.get(one, one) for one in shown])


def _ordered(text: str, *, rtl: bool) -> str:
    shown: str = get_display(" ".join(map(joined, text.split(" "))), base_dir="R" if rtl else "L")
    return shown


def wrapped(text: str, room: float, lines: int, width: Width) -> list[str] | None:
    """`text` in its fewest lines, at most `lines`, none wider than `room`, as equally long as its words allow.

    None where it does not fit.
    """
    words = text.split()
    greedy = _greedy(words, room, width)
    if greedy is None or len(greedy) > lines:
        return None
    low, high, best = 0.0, room, greedy
    while high - low > 4:  # the narrowest room that takes no more lines
        middle = (low + high) / 2
        found = _greedy(words, middle, width)
        if found is None or len(found) > len(greedy):
            low = middle
        else:
            best, high = found, middle
    return best


def _greedy(words: list[str], room: float, width: Width) -> list[str] | None:
    blank = width(" ")
    lines: list[list[str]] = []
    end = 0.0
    for word in words:
        size = width(word)
        if size > room:
            return None
        if lines and end + blank + size <= room:
            lines[-1].append(word)
            end += blank + size
        else:
            lines.append([word])
            end = size
    return [" ".join(line) for line in lines]


def cut(text: str, room: float, lines: int, width: Width) -> list[str]:
    """The longest beginning of `text` that fits, with an ellipsis where something is left out."""
    whole = wrapped(text, room, lines, width)
    if whole is not None:
        return whole
    words = text.split()
    low, high, best = 1, len(words) - 1, None  # what fits at one length fits at each shorter one
    while low <= high:
        middle = (low + high) // 2
        found = wrapped(" ".join(words[:middle]).rstrip(" ،؛,;:.-–—") + ELLIPSIS, room, lines, width)
        if found is None:
            high = middle - 1
        else:
            best, low = found, middle + 1
    return best or [_cut_word(words[0], room, width)]


def _cut_word(word: str, room: float, width: Width) -> str:
    """A word wider than a line, cut at a letter; by halves, for each length is joined and measured anew."""
    end = bisect_right(range(2, len(word) + 1), room, key=lambda length: width(word[:length] + ELLIPSIS)) + 1
    return word[:end] + ELLIPSIS
