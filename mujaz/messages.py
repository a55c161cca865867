"""What an editor is told, in Arabic: each message of the code has its twin in `messages.ar.txt`.

Messages are made in English, as sentences that say what they name. Here a finished sentence is matched with the one it
was made from, and what was filled in is put into the Arabic one, isolated from its direction. What is counted has six
forms in Arabic, and its row says them all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from mujaz.errors import FSI, PDI, Problem, visible
from mujaz.frozen import Value, replace
from mujaz.paths import data_file

TABLE = data_file("messages.ar.txt")
_QUOTED = re.compile(r"'(\u2068?)(.*?)\u2069?'", re.DOTALL)
_SEVERAL = re.compile(r"'[^',]*'(, '[^',]*')+")
_HOLE = re.compile(r"\{([0-9]?)(?: ([a-z]+))?\}")  # of a number, with what it counts: {2 letters}
_NUMBER = "([0-9][0-9,]*)"
_PLAIN = re.compile(r"[\s\d.,:;،؛()×–-]*")  # digits and marks need no isolate


class _Twin(Value):
    shape: re.Pattern[str]
    arabic: str
    forms: tuple[str, ...] = ()  # where it is a number of something


@lru_cache(maxsize=1)
def table() -> Mapping[str, str]:
    """English message → Arabic, both with their holes."""
    rows = [row for row in TABLE.read_text(encoding="utf-8").split("\n") if row and not row.startswith("# ")]
    return dict(zip(rows[::2], rows[1::2], strict=True))


@lru_cache(maxsize=1)
def _twins() -> tuple[_Twin, ...]:
    found = []
    for english, arabic in table().items():
        forms = tuple(arabic.split(" | "))
        if len(forms) == 1:
            found.append(_Twin(shape=_shape(english), arabic=arabic))
        for one in english.split(" | ") if len(forms) == 6 else ():
            shape = re.compile(_NUMBER + re.escape(one.removeprefix("{}")))
            found.append(_Twin(shape=shape, arabic="", forms=forms))
    return tuple(sorted(found, key=lambda twin: -len(twin.shape.pattern)))


@lru_cache(maxsize=1)
def _counted() -> Mapping[str, tuple[str, ...]]:
    """What is counted, as English has it in the plural → its six forms."""
    rows = ((english.split(" | ")[-1], tuple(arabic.split(" | "))) for english, arabic in table().items())
    return {english.removeprefix("{} "): forms for english, forms in rows if len(forms) == 6}


def _form(number: str, forms: Sequence[str]) -> str:
    """The form of none, one, two, few (3-10), many (11-99) or other that goes with `number`, by CLDR's rule."""
    whole = int(number.replace(",", ""))
    last = whole % 100
    n = whole if whole < 3 else 5 if last < 3 else 3 if last <= 10 else 4
    return forms[n].replace("{}", number)


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
            filled = _form(found[1], twin.forms) if twin.forms else _filled(twin.arabic, [value for value, _ in values])
            best = (filled, left)
    return best


def _filled(arabic: str, values: Sequence[str]) -> str:
    order = iter(values)

    def fill(hole: re.Match[str]) -> str:
        value = values[int(hole[1]) - 1] if hole[1] else next(order)
        if not hole[2]:
            return value
        forms = _counted()[hole[2]]
        return _form(value, forms) if re.fullmatch(_NUMBER, value) else forms[5].replace("{}", value)

    return _HOLE.sub(fill, arabic)


def _value(value: str) -> tuple[str, int]:
    """What was filled into a message, as it stands in an Arabic one, and the letters in it that are not quoted."""
    if _SEVERAL.fullmatch(value):
        return "، ".join(_value(one)[0] for one in value.split(", ")), 0
    if quote := _QUOTED.fullmatch(value):
        return f"«{FSI}{quote[2]}{PDI}»", 0
    if _PLAIN.fullmatch(value):
        return value, 0
    text, left = _translated(value)
    return (f"{FSI}{value}{PDI}", left) if text == value else (text, left)
