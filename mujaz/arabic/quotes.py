"""Straight double quotes to the quotation marks of a site: both of a pair, or neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

STYLES = {"guillemets": ("«", "»"), "curly": ("“", "”"), "as-is": ('"', '"')}
TOLD = STYLES | {"as-is": STYLES["guillemets"]}  # the marks of what others say, where no element sets it apart
UNSAID = frozenset("".join(marks) for marks in TOLD.values())  # a quotation without a word
LONE = "\x11\x12"  # placeholders for an opening and a closing quote without counterpart; no text holds these
_LONE = re.compile(f"[{LONE}]")
MOST = 2_000  # straight quotes in one paragraph; in one with more they stay straight

_MARKS = {style: re.compile(f'["{marks[0]}{marks[1]}]') for style, marks in STYLES.items()}
_OWN = {'"': 0, "«": 1, "“": 1, "»": -1, "”": -1}
_SET, _STRAIGHT_PAIR, _LETTER = re.compile("([«»“”])"), re.compile('"[^"]*+"'), re.compile(r"[^\W_]")
_NAMED = re.compile('\\s*+[.,،!?؟]?\\s*+[—–―][^"«»“”]*+\\Z')  # «…» — وزير الحرب
_UNSEEN = frozenset("\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff") | {
    chr(code) for code in range(0xFE00, 0xFE10)
}
_UNSEEN_RUN = re.compile(f"[{''.join(_UNSEEN)}]+")
_OPENERS = frozenset("([{«“‹‘-–—―/\\|")
_CLOSERS = frozenset(")]}»”›’.,،؛;:!?؟…%٪")
_ENDS = frozenset(")]}»”›.،,؛;:!?؟")
_DASHES = frozenset("-–—―/\\|")
_VOWELS = "[\u064b-\u0652\u0670]{0,99}+"
# و ف, then ب ل ك, then ال or the ل of لل: the order in which Arabic glues them; a tatweel may lead to the quote.
_PREFIX = rf"(?:[وف]{_VOWELS})?(?:[بلك]{_VOWELS})?(?:ال|ل)?{_VOWELS}ـ{{0,99}}+"
_GLUED = re.compile(_PREFIX)
_BEFORE_NEXT = re.compile(rf'(?=[وفبلكاـ]){_PREFIX}["«“]')
_WORD_BEFORE = re.compile(r"[\w\u064b-\u0652\u0670]{1,16}\Z")

# Next to these, the next neighbours are looked at too.
_NEEDS_A_LOOK = (
    _UNSEEN
    | _OPENERS
    | _CLOSERS
    | frozenset(' \n\t\u00a0"وفبلكاـ')
    | {chr(code) for code in range(0x64B, 0x653)}
    | {""}
)
_PLAIN_AFTER = frozenset(" ،.؛\n")

# Most paragraphs are simple: pairs between blanks (the first may follow a prefix, the second may come before a mark),
# with letters at both inner sides that cannot be a prefix.
_MARK = '"«»“”'
_GLUE = "وفبلكاـ\u064b-\u0652\u0670"
_FREE = "A-Za-zءآأؤإئةت-غقم-هىي"  # letters that are in no prefix
_PLAIN = re.compile(
    f'[^{_MARK}]*+(?:(?:(?<![^ ])|(?<= [وفبل])|(?<= [بلك]ـ))"(?=[A-Za-z0-9ء-ي])(?![{_GLUE}]+")[^{_MARK}]++'
    f"(?<=[A-Za-zء-ي.!?؟…])(?:(?<![{_GLUE}])|(?<=[{_FREE}].)|(?<=[{_FREE}][{_GLUE}].)|(?<=[{_FREE}][{_GLUE}]{{2}}.))"
    f'"(?![^ ،.؛\\n])[^{_MARK}]*+)*+\\Z'
)

# The cost of a reading of a quote: 0 if its neighbours fit, WRONG if they do not. A pair must cost less than two quotes
# that stay straight: one of them may not fit («شفهيا "مع»), if nothing else is wrong.
WRONG, STAYS, UNPAIRED, NESTED, DEEPEST = 2.6, 1.5, 2.0, 0.4, 6
STRAYS = 4.5  # readings that cost this much more than the best so far are dropped: they cannot become the best
SETTLED = 8  # marks of simple pairs in a row; a pair of quotes around them would cost more than straight quotes
OPENS, CLOSES = (0.0, WRONG), (WRONG, 0.0)


def quotes(text: str, style: str, *, lone: bool = False) -> str:
    """The text of one paragraph with its straight double quotes in `style`: guillemets «…», curly “…”, or as-is.

    Each quote is classified by its visible neighbours, and all of a paragraph together, so that both of a pair are set
    or neither, and a forgotten one does not spoil the others. With `lone` a quote without counterpart becomes a mark of
    LONE where its neighbours show its side: the counterpart may be in another paragraph. The length never changes.
    """
    if style == "as-is" or '"' not in text:
        return text
    if _PLAIN.match(text) and text.count('"') <= MOST:
        return _plain_pairs(text, *STYLES[style])
    spans, fixed = _marks(text, style)
    if len(spans) > MOST:
        return text
    costs = [(WRONG, WRONG) if own else _costs(text, *span) for span, own in zip(spans, fixed, strict=True)]
    sides = _not_empty(text, spans, _sides(text, spans, fixed, costs))
    parts: list[str] = []
    at = 0
    for (start, end), own, cost, side in zip(spans, fixed, costs, sides, strict=True):
        if not own:
            parts += (text[at:start], _written(end - start, side, cost, STYLES[style], lone))
            at = end
    parts.append(text[at:])
    return "".join(parts)


def _plain_pairs(text: str, opening: str, closing: str) -> str:
    first, *parts = text.split('"')
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return first + "".join([f"{opening}{within}{closing}{after}" for within, after in pairs])


def _not_empty(text: str, spans: Sequence[tuple[int, int]], sides: Sequence[str]) -> Sequence[str]:
    """The sides, with pairs that enclose nothing visible left straight."""
    chosen = list(sides)
    for at, (one, other) in enumerate(pairwise(spans)):
        within = text[one[1] : min(other[0], one[1] + 9)]
        if chosen[at] == "o" and chosen[at + 1] == "c" and not _UNSEEN_RUN.sub("", within).strip():
            chosen[at] = chosen[at + 1] = "-"
    return chosen


def _marks(text: str, style: str) -> tuple[list[tuple[int, int]], list[int]]:
    """The span of each run of straight quotes and each set quote; for each 1 (opens), -1 (closes), 0 (straight)."""
    spans: list[tuple[int, int]] = []
    fixed: list[int] = []
    for mark in _MARKS[style].finditer(text):
        at = mark.start()
        own = _OWN[text[at]]
        if not own and spans and spans[-1][1] == at and not fixed[-1]:
            spans[-1] = (spans[-1][0], at + 1)
        else:
            spans.append((at, at + 1))
            fixed.append(own)
    return spans, fixed


def paired(text: str, style: str) -> str:
    """`text` of several paragraphs, with marks of LONE set where an opening one is followed by a closing one."""
    sides = _LONE.findall(text)
    opening, closing = STYLES[style]
    chosen = ['"'] * len(sides)
    for at in range(len(sides) - 1):
        if sides[at] == LONE[0] and sides[at + 1] == LONE[1]:
            chosen[at], chosen[at + 1] = opening, closing
    found = iter(chosen)
    return _LONE.sub(lambda _: next(found), text)


def marks_around(text: str, style: str) -> tuple[str, str]:
    """The marks that `text`, which others say, stands between; none where all its words stand between some already, but
    for the name of the speaker behind a dash.
    """
    text = text.strip()
    if _NAMED.match(text, _first_end(text)):
        return "", ""
    depth = lowest = 0
    least = 1  # the depth of its words: those before a mark that only closes stand deeper than it
    for part in _SET.split(_STRAIGHT_PAIR.sub("", text)):
        if part in _OWN:
            depth += _OWN[part]
            lowest = min(lowest, depth)
        elif _LETTER.search(part):
            least = min(least, depth)
    return ("", "") if least > lowest else TOLD[style]


def _first_end(text: str) -> int:
    """Where the quotation with marks of its own ends that begins `text`; the end of `text` where there is none."""
    if pair := _STRAIGHT_PAIR.match(text):
        return pair.end()
    depth = 0
    for mark in _SET.finditer(text if text.startswith(("«", "“")) else ""):
        depth += _OWN[mark[0]]
        if not depth:
            return mark.end()
    return len(text)


def _written(count: int, side: str, cost: tuple[float, float], style: tuple[str, str], lone: bool) -> str:
    """`count` quotes as chosen by `side`: "o" opens, "c" closes, "x" does both, "-" stays straight."""
    if side == "-":
        clear = lone and count == 1 and min(cost) == 0
        return LONE[cost[0] > 0] if clear else '"' * count
    return style[1] + style[0] if side == "x" else style[side == "c"] * count


def _costs(text: str, start: int, end: int) -> tuple[float, float]:
    """The costs of reading the quotes from `start` to `end` as opening, and as closing."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if end - start == 1:  # nearly always
        if before == " " and after not in _NEEDS_A_LOOK:
            return OPENS
        if after in _PLAIN_AFTER and before not in _NEEDS_A_LOOK and not before.isdigit():
            return CLOSES
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
        if after == "(":  # «فالمونت "(1989)»: what is in brackets explains the quotation
            return 0, 1.5
        return (WRONG, 1) if after in _ENDS else OPENS
    if before in _OPENERS and not (before in _DASHES and blank_after):
        if before in _DASHES:
            return (WRONG, 1) if after in _CLOSERS else (0, 2)
        return (1, WRONG) if blank_after else (2, WRONG) if after in _CLOSERS else OPENS
    if blank_after or after in _CLOSERS or after in _DASHES or after in "([{«":
        if before.isdigit():  # 27" is a screen unless a quote is open
            return 2 * WRONG, 0.2
        if blank_after and before == ":":
            return 0.5, 2
        # و" cannot end a quote that nothing began.
        return (1 if blank_after else WRONG, 0.5) if _is_glued(text, left) else CLOSES
    if "\u0590" <= before <= "\u05ff" and "\u0590" <= after <= "\u05ff":  # within a Hebrew abbreviation
        return 9, 9
    if before == ":":
        return 0.2, 1
    if _is_glued(text, left):
        return 0.3, WRONG
    if before in _CLOSERS:
        return 0.3, 0.6
    return (1, 0.4) if _BEFORE_NEXT.match(text, right) else (1, 1)


def _is_glued(text: str, end: int) -> bool:
    """Whether the word that ends at `end` consists of prefixes, with a boundary before it."""
    near = _UNSEEN_RUN.sub("", text[max(0, end - 24) : end])
    word = _WORD_BEFORE.search(near[-17:])
    if not word or not _GLUED.fullmatch(word[0]):
        return False
    before = near[: -len(word[0])][-1:]
    return not before or before.isspace() or before in _OPENERS or before in '"»”'


def _sides(text: str, spans: list[tuple[int, int]], fixed: list[int], costs: list[tuple[float, float]]) -> list[str]:
    """The side of each mark. Nearly all marks are in rows of simple pairs whose neighbours all fit.

    A row at the beginning, at the end or of several pairs is settled; marks between rows are decided by `_best`.
    """
    single = [end - start == 1 for start, end in spans]
    count = len(spans)

    def row(at: int) -> int:
        while at + 1 < count and costs[at] is OPENS and costs[at + 1] is CLOSES and single[at] and single[at + 1]:
            at += 2
        return at

    at = row(0)
    sides = ["o", "c"] * (at // 2)
    end = at
    while at < count:
        start = at
        while at < count and not ((end := row(at)) == count > at or end - at >= SETTLED):
            at += 1
        last = spans[start - 1][1] if start else 0
        sides += _best(text, last, spans[start:at], fixed[start:at], costs[start:at])
        if at < count:
            sides += ["o", "c"] * ((end - at) // 2)
            at = end
    return sides


def _best(
    text: str,
    last: int,
    spans: Sequence[tuple[int, int]],
    fixed: Sequence[int],
    costs: Sequence[tuple[float, float]],
) -> list[str]:
    """The cheapest sides of the marks after `last`, such that each set mark has its counterpart.

    A state is how many quotes are open, and whether the last mark opened one; each state remembers its path.
    """
    if len(spans) == 2 and not any(fixed) and spans[0][1] - spans[0][0] == spans[1][1] - spans[1][0] == 1:
        holds = _UNSEEN_RUN.sub("", text[spans[0][1] : spans[1][0]]).strip()
        return ["o", "c"] if holds and costs[0][0] + costs[1][1] < 2 * STAYS else ["-", "-"]
    reached: dict[tuple[int, bool], float] = {(0, False): 0.0}
    steps: list[dict[tuple[int, bool], tuple[tuple[int, bool], str]]] = []
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
        bound = min(found.values()) + STRAYS
        reached = {state: so_far for state, so_far in found.items() if so_far <= bound or not state[0]}
        last = end
        steps.append(step)
    state = min((state for state in reached if not state[0]), key=lambda state: reached[state])
    sides = []
    for step in reversed(steps):
        state, side = step[state]
        sides.append(side)
    return sides[::-1]


def _ways(depth: int, count: int, own: int, cost: tuple[float, float]) -> list[tuple[str, int, float]]:
    """(side, quotes open after it, cost) of each way to read a mark where `depth` quotes are open."""
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
