"""What an editor is told, in Arabic: each message of the code has its twin in `messages.ar.txt`.

Messages are made in English, as sentences that say what they name. Here a finished sentence is matched with the one it
was made from, and what was filled in is put into the Arabic one, isolated from its direction.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from mujaz.errors import FSI, PDI, Problem, visible

TABLE = Path(__file__).with_name("messages.ar.txt")
LANGUAGES = ("en", "ar")
_QUOTED = re.compile(r"'(\u2068?)(.*?)\u2069?'", re.DOTALL)
_HOLE = re.compile(r"\{([0-9]?)\}")
_PLAIN = re.compile(r"[\s\d.,:;،؛()×–-]*")  # digits and marks need no isolate


@dataclass(frozen=True, slots=True, kw_only=True)
class _Twin:
    shape: re.Pattern[str]
    arabic: str


@lru_cache(maxsize=1)
def table() -> Mapping[str, str]:
    """English message → Arabic, both with their holes."""
    rows = [row for row in TABLE.read_text(encoding="utf-8").split("\n") if row and not row.startswith("# ")]
    return dict(zip(rows[::2], rows[1::2], strict=True))


@lru_cache(maxsize=1)
def _twins() -> tuple[_Twin, ...]:
    found = [_Twin(shape=_shape(english), arabic=arabic) for english, arabic in table().items()]
    return tuple(sorted(found, key=lambda twin: -len(twin.shape.pattern)))


def _shape(english: str) -> re.Pattern[str]:
    shape = "(.+?)".join(re.escape(part) for part in english.split("{}"))
    if re.search(r"[^ ]\{\}$", english):  # a hole that clings to the last word may be empty
        shape = shape.removesuffix("(.+?)") + "(.*)"
    return re.compile(shape, re.DOTALL)


def translated(text: str, language: str = "ar") -> str:
    """`text`, a message of the code, in `language`; as it is where that has no twin of it."""
    return _translated(text)[0] if language == "ar" else text


def in_language(problem: Problem, language: str) -> Problem:
    return replace(problem, text=translated(problem.text, language), help=translated(problem.help, language))


def block(problem: Problem, language: str) -> str:
    """A problem in `language`, already translated, as it is printed. In Arabic the place has a line of its own.

    A line of a terminal has the direction of its first letter: the path would turn an Arabic one around.
    """
    if language == "en":
        return str(problem)
    place = f"{problem.path}:{problem.line}:{problem.column or 1}" if problem.line else problem.path
    help = f"\n  الإصلاح: {visible(problem.help)}" if problem.help else ""
    return f"{visible(place)}\n  {'تنبيه: ' if problem.warning else 'خطأ: '}{visible(problem.text)}{help}"


@lru_cache(maxsize=4096)
def _translated(text: str) -> tuple[str, int]:
    """The Arabic text, and how many letters of the message stayed as they were: of all twins the least is meant."""
    best = (text, sum(map(str.isalpha, text)))
    for twin in _twins():
        found = twin.shape.fullmatch(text)
        if found is None:
            continue
        values = [_value(value) for value in found.groups()]
        # A hole that begins or ends within quotes is likely another message's.
        left = sum(letters + value.count("'") % 2 for (_, letters), value in zip(values, found.groups(), strict=True))
        if left < best[1]:
            best = (_filled(twin.arabic, [value for value, _ in values]), left)
    return best


def _filled(arabic: str, values: Sequence[str]) -> str:
    order = iter(values)
    return _HOLE.sub(lambda hole: values[int(hole[1]) - 1] if hole[1] else next(order), arabic)


def _value(value: str) -> tuple[str, int]:
    """What was filled into a message, as it stands in an Arabic one, and the letters in it that are not quoted."""
    if quote := _QUOTED.fullmatch(value):
        return f"«{FSI}{quote[2]}{PDI}»", 0
    if _PLAIN.fullmatch(value):
        return value, 0
    text, left = _translated(value)
    return (f"{FSI}{value}{PDI}", left) if text == value else (text, left)
