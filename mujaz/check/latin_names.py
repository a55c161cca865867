"""Latin names in Arabic texts: in headlines, and outside brackets in bodies, with the paper's spelling if known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mujaz.check.arabic_text import HIDDEN, Place, counted, rows, warning
from mujaz.messages.errors import Problem
from mujaz.messages.message import Message, say

# Words of Latin letters in a row, with a capital: Reuters, United Nations, iPhone, AT&T, not km.
_WORD = r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ0-9&.'’_-]*[A-Za-zÀ-ÖØ-öø-ÿ0-9]"
_RUN = re.compile(rf"(?<![A-Za-z0-9@#/.]){_WORD}(?: {_WORD})*(?![A-Za-z0-9])")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_CAPITAL = re.compile("[A-ZÀ-ÖØ-Þ]")


def latin_names(path: str, text: str, spellings: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """A warning for each Latin name in the file `path`, at its first place; `spellings` are (Latin, Arabic)."""
    house = {name.casefold(): spelling for name, spelling in spellings}
    lines = text.split("\n")
    found: dict[str, tuple[str, list[Place]]] = {}
    for line, row, _ in rows(text):
        is_title = lines[line - 1].lstrip().startswith("title:")
        read = row if is_title else _BRACKETS.sub(lambda part: HIDDEN * len(part[0]), row)
        for start, name in _names(read, house):
            found.setdefault(name.casefold(), (name, []))[1].append((line, start + 1))
    for key, (name, places) in found.items():
        help: Message = say("write-latin-name", spelling=house[key]) if key in house else say("write-in-arabic")
        yield warning(path, places[0], counted(say("latin-name", name=name), len(places)), help)


def _names(row: str, house: dict[str, str]) -> Iterator[tuple[int, str]]:
    """(offset, name) of each name in a line: known names in a run of Latin words, longest first, else the run."""
    for run in _RUN.finditer(row):
        known = [
            match
            for name in sorted(house, key=len, reverse=True)
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", run[0], re.IGNORECASE)
        ]
        taken: list[re.Match[str]] = []
        for match in known:
            if all(match.end() <= other.start() or match.start() >= other.end() for other in taken):
                taken.append(match)
        if taken:
            yield from sorted((run.start() + match.start(), match[0]) for match in taken)
        elif _CAPITAL.search(run[0]):
            yield run.start(), run[0]
