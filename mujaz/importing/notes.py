"""Marks in a text for what could not be imported, so that its line in the new article can be reported."""

from __future__ import annotations

import re

from mujaz.frozen import Value
from mujaz.messages.message import Message

_MARK = "\x1a"  # imported text is cleaned of control characters
NOTE = re.compile(f"{_MARK}([0-9]{{1,9}}){_MARK}")
NOTES_ALONE = re.compile(f"(?:{_MARK}[0-9]{{1,9}}{_MARK}|\\s)+")


class Note(Value):
    """What was lost in an article; `line` counts from 1 in its new file, 0 if unknown."""

    message: Message
    line: int = 0


class Notes:
    """Makes marks, and finds their lines in the finished text."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def mark(self, message: Message) -> str:
        self.messages.append(message)
        return f"{_MARK}{len(self.messages) - 1}{_MARK}"

    def settle(self, text: str, first_line: int) -> tuple[str, list[Note]]:
        """The text without marks, and the notes with their lines; `first_line` is the line on which it begins.

        A note whose mark was lost (in a caption, say) is about the whole article.
        """
        lines: list[str] = []
        found: dict[int, int] = {}
        emptied = -1  # number of the last line that held only marks
        for line in text.strip().split("\n"):
            numbers = [int(number) for number in NOTE.findall(line)]
            bare = NOTE.sub("", line).rstrip() if numbers else line
            found |= dict.fromkeys(numbers, first_line + len(lines))
            if numbers and not bare:
                emptied = len(lines)
                continue
            if emptied == len(lines) and not bare and lines:
                lines[-1] = lines[-1].removesuffix("<br>")  # the break before the removed line
                if not lines[-1]:
                    continue
            lines.append(bare)
        if emptied == len(lines) and lines:
            lines[-1] = lines[-1].removesuffix("<br>")
        last = first_line + max(len(lines) - 1, 0)
        notes = [Note(message=one, line=min(found.get(number, 0), last)) for number, one in enumerate(self.messages)]
        return "\n".join(lines).strip("\n"), notes


def without_notes(text: str) -> str:
    """`text` without marks of notes."""
    return NOTE.sub("", text)
