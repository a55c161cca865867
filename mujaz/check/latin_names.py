"""Latin names in Arabic texts: in headlines, and outside brackets in bodies, with the paper's spelling if known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from mujaz.check.arabic_text import HIDDEN, Place, counted, rows, warning
from mujaz.messages.errors import Problem
from mujaz.messages.message import Message, say

# Words of Latin letters in a row, with a capital: Reuters, United Nations, iPhone, AT&T, not km.
_WORD = r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ0-9&.'’_-]*[A-Za-zÀ-ÖØ-öø-ÿ0-9]"
_RUN = re.compile(rf"(?<![A-Za-z0-9@#/.]){_WORD}(?: {_WORD})*(?![A-Za-z0-9])")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_CAPITAL = re.compile("[A-ZÀ-ÖØ-Þ]")
_PART = re.compile(r"\w+")

_Known = dict[str, list[tuple[int, re.Pattern[str]]]]  # a word → the names with it, each with its turn


def latin_names(path: str, text: str, spellings: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """A warning for each Latin name in the file `path`, at its first place; `spellings` are (Latin, Arabic)."""
    house = {name.casefold(): spelling for name, spelling in spellings}
    known = _known(tuple(house))
    lines = text.split("\n")
    found: dict[str, tuple[str, list[Place]]] = {}
    for line, row, _ in rows(text):
        is_title = lines[line - 1].lstrip().startswith("title:")
        read = row if is_title else _BRACKETS.sub(lambda part: HIDDEN * len(part[0]), row)
        for start, name in _names(read, known):
            found.setdefault(name.casefold(), (name, []))[1].append((line, start + 1))
    for key, (name, places) in found.items():
        help: Message = say("write-latin-name", spelling=house[key]) if key in house else say("write-in-arabic")
        yield warning(path, places[0], counted(say("latin-name", name=name), len(places)), help)


@lru_cache(maxsize=1)  # one paper's names, for all its files
def _known(names: tuple[str, ...]) -> _Known:
    """The names by the first word in each: a run of Latin words is searched for those alone whose word it holds."""
    found: _Known = {}
    for rank, name in enumerate(sorted(names, key=len, reverse=True)):
        word = _PART.search(name)
        shape = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        found.setdefault(word[0] if word else "", []).append((rank, shape))
    return found


def _names(row: str, known: _Known) -> Iterator[tuple[int, str]]:
    """(offset, name) of each name in a line: known names in a run of Latin words, longest first, else the run."""
    for run in _RUN.finditer(row):
        words = {"", *_PART.findall(run[0].casefold())}
        near = dict(pair for word in words for pair in known.get(word, ()))
        taken: list[re.Match[str]] = []
        held = bytearray(len(run[0]))  # 1 where a longer name stands
        for match in (match for rank in sorted(near) for match in near[rank].finditer(run[0])):
            start, end = match.span()
            if held.find(1, start, end) < 0:
                held[start:end] = b"\1" * (end - start)
                taken.append(match)
        if taken:
            yield from sorted((run.start() + match.start(), match[0]) for match in taken)
        elif _CAPITAL.search(run[0]):
            yield run.start(), run[0]
