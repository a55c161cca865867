"""What a copy editor would correct: punctuation and spaces that do not belong in an Arabic text, line by line.

Everything here is a warning. Code, addresses and HTML are skipped; in the front matter only texts are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from mujaz.frozen import Value
from mujaz.messages.errors import Problem
from mujaz.messages.message import Message, say

ARABIC = "\u0620-\u064a\u066e-\u06d3\u0671-\u06ff\u064b-\u0652"
LETTER = "\u0620-\u063f\u0641-\u064a\u066e-\u06d3"  # without the tatweel
# Presentation forms but for those in use: ornate brackets and honorifics (U+FD3E, FD3F, FDFA-FDFD).
BULLET = "[•●▪◦‣■□➢➤✓✔]"  # bullets that other editors write
FORMS = "\ufb50-\ufd3d\ufd40-\ufdf9\ufdfe\ufdff\ufe70-\ufefc"
MONTHS = (
    "يناير|فبراير|مارس|أبريل|إبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
    "|كانون|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين|جانفي|فيفري|أفريل|ماي|جوان|جويلية|أوت"
)
TYPE_SPACE = say("type-plain-space")


Place = tuple[int, int]  # line and column


class Rule(Value):
    """A pattern to look for, and the warning at its first place in a file."""

    shape: re.Pattern[str]
    text: Message
    help: Message
    prose: bool = False  # skips the lists of a front matter, where a comma separates entries


RULES = (
    Rule(shape=re.compile("[\u00a0\u202f\u2007]"), text=say("no-break-space"), help=TYPE_SPACE),
    Rule(
        shape=re.compile(r"(?<=[^\s|]) {2,}(?=[^\s|])"),
        text=say("several-spaces"),
        help=say("type-one-space"),
    ),
    Rule(
        shape=re.compile(f"(?<=[{LETTER}])ـ+(?=[{LETTER}])"),
        text=say("tatweel"),
        help=say("delete-tatweel"),
    ),
    Rule(
        shape=re.compile(f"(?<=[{ARABIC}»”])[ \u00a0]?,(?=\\s|$|[{ARABIC}«“])"),
        text=say("latin-comma"),
        help=say("type-arabic-comma"),
        prose=True,
    ),
    Rule(
        shape=re.compile(f"(?<=[{ARABIC}»”])[ \u00a0]?[;?](?=\\s|$|[{ARABIC}«“])"),
        text=say("latin-mark"),
        help=say("type-arabic-mark"),
        prose=True,
    ),
    Rule(
        shape=re.compile(f"[{FORMS}]"),
        text=say("presentation-form"),
        help=say("type-word-anew"),
    ),
    Rule(
        shape=re.compile(f"(?<=[{ARABIC}])(?:/ +| +/)(?=[{ARABIC}])"),
        text=say("space-at-slash"),
        help=say("join-both-words"),
    ),
    Rule(
        shape=re.compile(f"(?<![{ARABIC}])(?:{MONTHS})(?: الأول| الثاني)?(?: +/ +)(?=(?:{MONTHS})(?![{ARABIC}]))"),
        text=say("spaces-around-slash"),
        help=say("join-both-words"),
    ),
    # One-letter words that join the next word, and end in a tatweel where that is not an Arabic one.
    Rule(
        shape=re.compile(f"(?<![{ARABIC}])[وف]?[بلك]ـ+[ \u00a0]+(?=[\"'«“‘\\w])"),
        text=say("space-after-prefix"),
        help=say("delete-space"),
    ),
    Rule(
        shape=re.compile(f"(?<=[{ARABIC}»”\\d])[ \u00a0]+(?=[،؛؟])"),
        text=say("space-before-mark"),
        help=say("delete-space"),
    ),
    # Lists and headings of other editors at the start of a line: a mark without a blank, 1-, a bullet.
    Rule(
        shape=re.compile(
            f"^[ >]*(?:[0-9٠-٩۰-۹]{{1,3}} ?[-–] ?(?=[{LETTER}«])|[0-9٠-٩۰-۹]{{1,2}}[.)](?=[{LETTER}«])"
            f"|-(?=[{LETTER}«])|\\*(?=[^\\s*])(?=[^*]*$)|{BULLET} ?(?=\\S))"
        ),
        text=say("list-mark-not-read"),
        help=say("write-list-mark"),
        prose=True,
    ),
    Rule(
        shape=re.compile(r"^[ >]{0,3}#{2,6}(?=[^\s#])"),
        text=say("heading-mark-not-read"),
        help=say("leave-blank-after-hash"),
        prose=True,
    ),
)
QUOTES = re.compile("[«»“”„‟]")
SPEAKER = re.compile("[> ]*[—–―] *[^ —–―].{0,79}$")
TEXT_KEY = re.compile(r"\s*+-?\s*+(title|summary|alt|caption|text|withdrawn|series): ")
FENCE = re.compile(r"[ >]*(```+|~~~+)")
# Addresses and attributes are bounded: of beginnings without an end, each looks so far and not to the end of its row.
UNREAD = re.compile(
    r"^[ >]*(?:[-*+:]|\d{1,9}[.)]) +|`+[^`]*`+|\]\([^)]{0,2000}+\)|\]\[[^\]]*\]|^\s*\[[^\]]+\]:.*|<[^<>]*>"
    r"|\{[:#.][^}]{0,2000}+\}|https?://\S+|&[a-z]+;"
)
HIDDEN = "\ufffc"  # replaces what is skipped: neither a letter nor a space


def proofread(path: str, text: str) -> Iterator[Problem]:
    """Warnings about the file `path`, whose text is `text`: for each kind its first place, and how many follow."""
    read = list(rows(text))
    for rule in RULES:
        found = [
            (line, match.start() + 1)
            for line, row, prose in read
            if prose or not rule.prose
            for match in rule.shape.finditer(row)
        ]
        if found:
            yield warning(path, found[0], counted(rule.text, len(found)), rule.help)
    yield from _quotes(path, read)
    yield from _speakers(path, read)


def counted(text: Message, count: int) -> Message:
    """`text`, with the number of further places if `count` is more than one."""
    return say("repeated-in-file", what=text, n=count - 1) if count > 1 else text


def warning(path: str, place: tuple[int, int], text: Message, help: Message) -> Problem:
    """A warning at a place, (line, column) from 1."""
    return Problem(path=path, line=place[0], column=place[1], message=text, help=help, warning=True)


def rows(text: str) -> Iterator[tuple[int, str, bool]]:
    """(line, the part of it that is read, whether it is running prose) of each line with text."""
    head = fence = ""
    for number, row in enumerate(text.split("\n"), 1):
        if number == 1 and row.rstrip() == "---":
            head = "---"
        elif head:
            head = "" if row.rstrip() in ("---", "...") else head
            if key := TEXT_KEY.match(row):
                value = row[key.end() :]
                yield number, HIDDEN * key.end() + value, "{" not in value and not value.startswith("[")
        elif mark := FENCE.match(row):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        elif not fence and row.strip():
            yield number, UNREAD.sub(lambda part: HIDDEN * len(part[0]), row), True


def _quotes(path: str, rows: list[tuple[int, str, bool]]) -> Iterator[Problem]:
    """Guillemets and curly quotes in one text. Curly ones within guillemets are a quote within a quote, and right."""
    outer: dict[str, tuple[int, int]] = {}
    for line, row, _ in rows:
        depth = 0
        for mark in QUOTES.finditer(row):
            if mark[0] in "«»":
                depth = depth + 1 if mark[0] == "«" else max(0, depth - 1)
                outer.setdefault("«", (line, mark.start() + 1))
            elif depth == 0:
                outer.setdefault("“", (line, mark.start() + 1))
    if len(outer) == 2:
        later = max(outer.values())
        text = say("two-kinds-of-quotes")
        yield warning(path, later, text, say("choose-quotes"))


def _speakers(path: str, rows: list[tuple[int, str, bool]]) -> Iterator[Problem]:
    """Lines `— speaker` that a blank line separates from the quotation above them."""
    found = []
    for (above, quote, _), (line, row, _) in pairwise(rows):
        said = quote.startswith(">") and quote.strip("> ") and not SPEAKER.match(quote)
        if said and line > above + 1 and SPEAKER.match(row):
            found.append((line, len(row) - len(row.lstrip("> ")) + 1))
    if found:
        yield warning(path, found[0], counted(say("speaker-cut-off"), len(found)), say("join-speaker"))
