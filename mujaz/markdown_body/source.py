"""Where in a body's Markdown something is written, for problems that are found in what was made of it."""

from __future__ import annotations

import re

from mujaz.messages.errors import Problem
from mujaz.messages.message import Message

_CODE = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?^(?P=fence)[`~]*[ \t]*$"
    r"|(?<![`\\])(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)|\\[^\n]",
    re.M | re.S,
)


class Source:
    """The Markdown of one body; what is code or escaped is not looked at."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self._path, self._first_line, self._written = path, first_line, text
        self._read: str | None = None
        self._at: dict[str, int] = {}

    @property
    def read(self) -> str:
        """The text with blanks for code and for what is escaped, of the same length."""
        if self._read is None:
            self._read = _CODE.sub(_blanked, self._written)
        return self._read

    def next(self, needle: str) -> int:
        """The offset of the next `needle`, case ignored: each is found once, in order. -1 where there is none."""
        key = needle.lower()
        found = self.read.lower().find(key, self._at.get(key, 0))
        if found >= 0:
            self._at[key] = found + len(key)
        return found

    def problem(self, offset: int, message: Message, help: Message, *, warning: bool = False) -> Problem:
        """A problem at an offset; less than 0 is the body's first line."""
        at = max(offset, 0)
        line = self._first_line + self._written.count("\n", 0, at)
        column = at - (self._written.rfind("\n", 0, at) + 1) + 1
        return Problem(path=self._path, line=line, column=column, message=message, help=help, warning=warning)


def _blanked(code: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", code[0])
