"""A message as data: the id of a sentence, and what fills its holes. Its words stand in `catalogue.txt`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mujaz.frozen import Struct
from mujaz.messages.catalogue import BARS, COUNTED, FSI, HOLE, PDI, PLAIN, QUOTES, catalogue, form, joined, quoted


class Message(Struct, frozen=True):
    """`id` is an entry of the catalogue; `args` are (name of a hole, what fills it).

    A value is written as it is, a number in the form that the hole asks for, a tuple as a list; a message stands in
    the language of the one around it. Values are plain, for messages are stored and cross between processes.
    """

    id: str
    args: tuple[tuple[str, str | int | float | Message | tuple[str | Message, ...]], ...] = ()

    def __str__(self) -> str:
        return self.text()

    def text(self, language: str = "en") -> str:
        """The words in `language`. A build that has nothing to say loads no catalogue."""
        text, args = catalogue()[self.id][language], dict(self.args)
        if BARS in text:
            n = args["n"]
            assert isinstance(n, int)
            text = form(n, text.split(BARS))
        return _filled(text, args, language)


Value = str | int | float | Message | tuple[str | Message, ...]


def say(id: str, /, **args: Value) -> Message:
    return Message(id, tuple(args.items()))


def words(value: Value, language: str = "en") -> str:
    """A value that stands alone, in words."""
    if isinstance(value, tuple):
        return ", ".join(words(one, language) for one in value)
    return value.text(language) if isinstance(value, Message) else str(value)


def _filled(text: str, args: Mapping[str, Value], language: str) -> str:
    def fill(hole: re.Match[str]) -> str:
        before, name, kind, after = hole.groups()
        if before + after == QUOTES[language]:
            return _value(args[name], kind or "", language, quotes=True)
        return before + _value(args[name], kind or "", language, quotes=False) + after

    return HOLE.sub(fill, text)


def _value(value: Value, kind: str, language: str, *, quotes: bool) -> str:
    if isinstance(value, Message):
        return value.text(language)
    if isinstance(value, tuple):
        return joined([_value(one, kind, language, quotes=quotes) for one in value], language)
    if quotes:
        return quoted(value, language)
    if isinstance(value, int) and (counted := COUNTED.fullmatch(kind)):
        forms = catalogue()[counted[1]][language + (counted[2] or "")].split(BARS)
        return _filled(form(value, forms), {"n": value}, language)
    if not isinstance(value, str):
        return format(value, kind)
    return value if language == "en" or PLAIN.fullmatch(value) else f"{FSI}{value}{PDI}"
