"""A problem is data: where, what, and what to do about it. Nothing here prints; `mujaz.cli` does."""

from __future__ import annotations

import contextlib
import errno
import re
from collections.abc import Iterable, Iterator

from mujaz.frozen import Record
from mujaz.messages.catalogue import FSI, PDI
from mujaz.messages.message import Message, say

__all__ = [
    "FSI",
    "PDI",
    "LockedError",
    "Message",
    "Problem",
    "SiteError",
    "UsageError",
    "WorkerDied",
    "did_you_mean",
    "say",
    "visible",
]
_NAMES = "ENOENT EACCES ENOSPC ENAMETOOLONG ENOTDIR EISDIR EROFS EIO EDQUOT EMFILE ECONNREFUSED ETIMEDOUT EADDRINUSE"
_KNOWN_ERRORS: dict[int | None, str] = {getattr(errno, name): f"errno-{name}" for name in _NAMES.split()}
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
    message: Message
    help: Message | None = None
    warning: bool = False

    def __str__(self) -> str:
        return self.block("en")

    @property
    def text(self) -> str:
        return self.message.text()

    @property
    def kind(self) -> str:
        """What problems alike have in common: the id, without what it was filled with."""
        what = dict(self.message.args).get("what")
        return what.id if self.message.id == "repeated-in-file" and isinstance(what, Message) else self.message.id

    @property
    def order(self) -> tuple[str, int, int, str]:
        return (self.path, self.line, self.column, self.text)

    def block(self, language: str) -> str:
        """The problem as it is printed in `language`. In Arabic the place has a line of its own.

        A line of a terminal has the direction of its first letter: the path would turn an Arabic one around.
        """
        place = f"{self.path}:{self.line}:{self.column or 1}" if self.line else self.path
        text = self.message.text(language)
        if language == "ar":
            head = f"{visible(place)}\n  {'تنبيه' if self.warning else 'خطأ'}: {visible(text)}"
        else:
            head = visible(f"{place}: {'warning: ' if self.warning else ''}{text}")
        if self.help is None:
            return head
        return f"{head}\n  {'الإصلاح' if language == 'ar' else 'help'}: {visible(self.help.text(language))}"


def visible(text: str) -> str:
    """One line that a terminal shows as it is: a file may be called `a\\x1b[2J.md`, and no name may act on a screen."""
    return _CONTROLS.sub(lambda control: f"\\u{ord(control[0]):04x}", text) if _CONTROLS.search(text) else text


class SiteError(Exception):
    """The site cannot be built; carries every problem found, in the order of their places."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda problem: problem.order))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))

    def __reduce__(self) -> tuple[type[SiteError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)  # it may come out of a worker


class UsageError(Exception):
    """The command was called in a way that cannot work; one sentence, exit code 2."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


class LockedError(UsageError):
    """Another build holds the site's lock; exit code 3, so that a scheduler may try again."""


WRITTEN = "something was written before"  # a note on what ended a run


@contextlib.contextmanager
def after_writing(written: object = True) -> Iterator[None]:
    """Note on whatever stops the block that something was written before: a run must not deny it.

    A list of what is `written` may be empty until the block has written something.
    """
    try:
        yield
    except (KeyboardInterrupt, OSError, SiteError) as error:
        if written:
            error.add_note(WRITTEN)
        raise


def did_you_mean(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> Message | None:
    """`did you mean 'title'?` for a near miss. `cutoff` is difflib's: 1 is the same word."""
    import difflib

    near = difflib.get_close_matches(word, list(known), n=1, cutoff=cutoff)
    return say("did-you-mean", word=near[0]) if near else None


def reason(error: OSError) -> Message | str:
    """What the system says of a call that failed."""
    if error.errno in _KNOWN_ERRORS:
        return say(_KNOWN_ERRORS[error.errno])
    return error.strerror or str(error)


class WorkerDied(Exception):
    """A worker process ended before its work was done. Nothing has been written."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message
