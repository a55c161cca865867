"""A problem is data: where, what, and what to do about it. Nothing here prints; `mujaz.cli` does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from mujaz.frozen import Record

FSI, PDI = "\u2068", "\u2069"
# Also the overrides, and halves of letters, which no terminal can be given.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]")


class Problem(Record):
    """One thing that an editor can mend.

    `path` is relative to the site's root, with `/`. `line` and `column` count from 1; 0 means that the problem
    belongs to the file as a whole. A problem with `warning` set does not stop a build.
    """

    path: str
    line: int = 0
    column: int = 0
    text: str
    help: str = ""
    warning: bool = False

    def __str__(self) -> str:
        place = self.path
        if self.line:
            place += f":{self.line}:{self.column or 1}"
        head = visible(f"{place}: {'warning: ' if self.warning else ''}{self.text}")
        return f"{head}\n  help: {visible(self.help)}" if self.help else head

    @property
    def order(self) -> tuple[str, int, int, str]:
        return (self.path, self.line, self.column, self.text)


def visible(text: str) -> str:
    """One line that a terminal shows as it is: a file may be called `a\\x1b[2J.md`, and no name may act on a screen."""
    return _CONTROLS.sub(lambda control: f"\\u{ord(control[0]):04x}", text) if _CONTROLS.search(text) else text


class SiteError(Exception):
    """The site cannot be built; carries every problem found, in the order of their places."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda problem: problem.order))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[SiteError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)  # it may come out of a worker


class UsageError(Exception):
    """The command was called in a way that cannot work; one sentence, exit code 2."""


def quoted(value: object) -> str:
    """`value` between single quotes, and between U+2068 and U+2069 where it holds right-to-left text.

    Without the isolates a terminal lets an Arabic value reorder the place and the punctuation around it.
    """
    text = str(value).replace("\n", "⏎")
    if len(text) > 120:
        text = text[:119] + "…"
    text = "".join(c if unicodedata.category(c) not in ("Cc", "Cf", "Cs") else f"\\u{ord(c):04x}" for c in text)
    if any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in text):
        text = f"{FSI}{text}{PDI}"
    return f"'{text}'"


def did_you_mean(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """`did you mean 'title'?` for a near miss, else an empty string. `cutoff` is difflib's: 1 is the same word."""
    import difflib

    near = difflib.get_close_matches(word, list(known), n=1, cutoff=cutoff)
    return f"did you mean {quoted(near[0])}?" if near else ""


class WorkerDied(Exception):
    """A worker process ended before its work was done. Nothing has been written."""
