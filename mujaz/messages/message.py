"""A message as data: the id of a sentence, and what fills its holes. Its words stand in `catalogue.txt`."""

from __future__ import annotations

from mujaz.frozen import Struct

FSI, PDI = "\u2068", "\u2069"  # what stands between them has a direction of its own


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
        from mujaz.messages.render import rendered  # a build that has nothing to say loads no catalogue

        return rendered(self, language)


Value = str | int | float | Message | tuple[str | Message, ...]


def say(id: str, /, **args: Value) -> Message:
    return Message(id, tuple(args.items()))


def words(value: Value, language: str = "en") -> str:
    """A value that stands alone, in words."""
    if isinstance(value, tuple):
        return ", ".join(words(one, language) for one in value)
    return value.text(language) if isinstance(value, Message) else str(value)
