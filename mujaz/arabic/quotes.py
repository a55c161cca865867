"""Straight double quotes to the quotes of a site: both of a pair, or neither."""

from __future__ import annotations

import re
from collections.abc import Sequence

STYLES = {"guillemets": ("«", "»"), "curly": ("“", "”"), "as-is": ('"', '"')}
LONE = "\x11\x12"  # an opening and a closing quote that are alone in their paragraph; no text holds these
MOST = 2_000  # straight quotes in one paragraph; in one of more they stay as they are

_MARKS = {style: re.compile(f'"+|[{opening}{closing}]') for style, (opening, closing) in STYLES.items()}
_UNSEEN = frozenset("\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff") | {
    chr(code) for code in range(0xFE00, 0xFE10)
}
_UNSEEN_RUN = re.compile(f"[{''.join(_UNSEEN)}]+")
_OPENERS = frozenset("([{«“‹‘-–—―/\\|")
_CLOSERS = frozenset(")]}»”›’.,،؛;:!?؟…%٪")
_ENDS = frozenset(")]}»”›.،,؛;:!?؟")
_DASHES = frozenset("-–—―/\\|")
_VOWELS = "[\u064b-\u0652\u0670]*"
# و ف, then ب ل ك, then ال or the ل of لل: the order in which Arabic glues them; a tatweel may lead to the quote.
_PREFIX = rf"(?:[وف]{_VOWELS})?(?:[بلك]{_VOWELS})?(?:ال|ل)?{_VOWELS}ـ*"
_GLUED = re.compile(_PREFIX)
_BEFORE_NEXT = re.compile(rf'(?=[وفبلكاـ]){_PREFIX}["«“]')
_WORD_BEFORE = re.compile(r"[\w\u064b-\u0652\u0670]{1,16}\Z")

# What a reading costs: 0 where the neighbours ask for it, WRONG where they speak against it. A pair must cost less than
# two quotes that stay straight: one of them may speak against it («شفهيا "مع»), if nothing else is wrong.
WRONG, STAYS, UNPAIRED, NESTED, DEEPEST = 2.6, 1.5, 2.0, 0.4, 6


def quotes(text: str, style: str, *, lone: bool = False) -> str:
    """The text of one paragraph with its straight double quotes in `style`: guillemets «…», curly “…”, or as-is.

    Each quote is judged by the characters that are seen on both its sides, and all of a paragraph together, so that
    both of a pair are set or neither, and one that is forgotten spoils no other. With `lone` such a one becomes a mark
    of LONE where its neighbours tell its side: its other half may stand in another paragraph. The length never changes:
    one character for one.
    """
    if style == "as-is" or '"' not in text:
        return text
    marks = list(_MARKS[style].finditer(text))
    if len(marks) > MOST:
        return text
    spans = [mark.span() for mark in marks]
    fixed = [0 if mark[0][0] == '"' else 1 if mark[0] == STYLES[style][0] else -1 for mark in marks]
    costs = [_costs(text, *span) if not own else (WRONG, WRONG) for span, own in zip(spans, fixed, strict=True)]
    sides = _plainly(spans, fixed, costs) or _best(text, spans, fixed, costs)
    parts: list[str] = []
    at = 0
    for (start, end), own, cost, side in zip(spans, fixed, costs, sides, strict=True):
        if not own:
            parts += (text[at:start], _written(end - start, side, cost, STYLES[style], lone))
            at = end
    parts.append(text[at:])
    return "".join(parts)


def paired(text: str, style: str) -> str:
    """`text` of several paragraphs, its marks of LONE set where one that opens is followed by one that closes."""
    sides = [mark for mark in text if mark in LONE]
    opening, closing = STYLES[style]
    chosen = ['"'] * len(sides)
    for at in range(len(sides) - 1):
        if sides[at] == LONE[0] and sides[at + 1] == LONE[1]:
            chosen[at], chosen[at + 1] = opening, closing
    found = iter(chosen)
    return re.sub(f"[{LONE}]", lambda _: next(found), text)


def _written(count: int, side: str, cost: tuple[float, float], style: tuple[str, str], lone: bool) -> str:
    """`count` quotes in the way that was chosen for them: "o" opens, "c" closes, "x" does both, "-" stays."""
    if side == "-":
        clear = lone and count == 1 and min(cost) == 0
        return LONE[cost[0] > 0] if clear else '"' * count
    return style[1] + style[0] if side == "x" else style[side == "c"] * count


def _costs(text: str, start: int, end: int) -> tuple[float, float]:
    """What it costs to read the quotes from `start` to `end` as opening ones, and as closing ones."""
    left, right = start, end
    while left and text[left - 1] in _UNSEEN:
        left -= 1
    while right < len(text) and text[right] in _UNSEEN:
        right += 1
    before, after = text[left - 1 : left], "…" if text.startswith("..", right) else text[right : right + 1]
    blank_before, blank_after = not before or before.isspace(), not after or after.isspace()
    if blank_before:
        if blank_after:
            return 1, 1
        if _BEFORE_NEXT.match(text, right):  # «فكروني "و"ألف»: the next one opens
            return 0.8, 0.8
        return (WRONG, 1) if after in _ENDS else (0, WRONG)
    if before in _OPENERS and not (before in _DASHES and blank_after):
        if before in _DASHES:
            return (WRONG, 1) if after in _CLOSERS else (0, 2)
        return (1, WRONG) if blank_after else (2, WRONG) if after in _CLOSERS else (0, WRONG)
    if blank_after or after in _CLOSERS or after in _DASHES or after in "([{«":
        if before.isdigit():  # 27" is a screen unless a quote is open
            return 2 * WRONG, 0.2
        if blank_after and before == ":":
            return 0.5, 2
        # و" cannot end a quote that nothing began.
        return (1 if blank_after else WRONG, 0.5) if _is_glued(text, left) else (WRONG, 0)
    if "\u0590" <= before <= "\u05ff" and "\u0590" <= after <= "\u05ff":  # within a Hebrew abbreviation
        return 9, 9
    if before == ":":
        return 0.2, 1
    if _is_glued(text, left):
        return 0.3, 1
    if before in _CLOSERS:
        return 0.3, 0.6
    return (1, 0.4) if _BEFORE_NEXT.match(text, right) else (1, 1)


def _is_glued(text: str, end: int) -> bool:
    """Whether the word that ends at `end` is nothing but prefixes, with a boundary before it."""
    near = _UNSEEN_RUN.sub("", text[max(0, end - 24) : end])
    word = _WORD_BEFORE.search(near[-17:])
    if not word or not _GLUED.fullmatch(word[0]):
        return False
    before = near[: -len(word[0])][-1:]
    return not before or before.isspace() or before in _OPENERS or before in '"»”'


def _plainly(
    spans: Sequence[tuple[int, int]], fixed: Sequence[int], costs: Sequence[tuple[float, float]]
) -> list[str] | None:
    """The sides where one opens, one closes and so on, and all neighbours agree: nearly always."""
    if len(spans) % 2 or any(fixed):
        return None
    for number, (span, cost) in enumerate(zip(spans, costs, strict=True)):
        if cost[number % 2] or span[1] - span[0] > 1:
            return None
    return ["o", "c"] * (len(spans) // 2)


def _best(
    text: str, spans: Sequence[tuple[int, int]], fixed: Sequence[int], costs: Sequence[tuple[float, float]]
) -> list[str]:
    """The cheapest sides of all marks together, such that each that is set has its other half.

    A state is how many quotes are open, and whether the last mark opened one; each state remembers what led to it.
    """
    reached: dict[tuple[int, bool], float] = {(0, False): 0.0}
    steps: list[dict[tuple[int, bool], tuple[tuple[int, bool], str]]] = []
    last = 0
    for (start, end), own, cost in zip(spans, fixed, costs, strict=True):
        empty = not _UNSEEN_RUN.sub("", text[last:start]).strip()
        found: dict[tuple[int, bool], float] = {}
        step: dict[tuple[int, bool], tuple[tuple[int, bool], str]] = {}
        for state, so_far in reached.items():
            for side, depth, price in _ways(state[0], end - start, own, cost):
                if side in "cx" and state[1] and empty:
                    continue
                new = (depth, side in "ox")
                if so_far + price < found.get(new, float("inf")) - 1e-9:
                    found[new], step[new] = so_far + price, (state, side)
        reached, last = found, end
        steps.append(step)
    state = min((state for state in reached if not state[0]), key=lambda state: reached[state])
    sides = []
    for step in reversed(steps):
        state, side = step[state]
        sides.append(side)
    return sides[::-1]


def _ways(depth: int, count: int, own: int, cost: tuple[float, float]) -> list[tuple[str, int, float]]:
    """(side, quotes then open, price) of each way to read a mark where `depth` quotes are open."""
    opens, closes = cost
    if own:
        ways = [("-", depth, UNPAIRED)]
        opens = closes = 0
    else:
        ways = [("-", depth, count * (STAYS + 0.1 * depth))]
        opens += NESTED * (depth > 0)
    if depth + count <= DEEPEST and own >= 0:
        ways.append(("o", depth + count, count * opens))
    if depth >= count and own <= 0:
        ways.append(("c", depth - count, count * closes))
    if count == 2 and depth and max(cost) <= 1:
        ways.append(("x", depth, 1.0))
    return ways
