"""What a build reports."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from mujaz.frozen import Value
from mujaz.messages.errors import Problem
from mujaz.messages.message import Message, say


class Early(Value):
    """A story shown before its time, because the request asks for drafts or future stories."""

    id: str
    draft: bool
    published: str  # ISO, with the offset of the site's zone


class Skipped(Value):
    """The broken files of a build with `skip_broken`: left out, or shown as they were before; and their problems."""

    left_out: tuple[str, ...] = ()
    as_before: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.left_out or self.as_before)


class Moved(Value):
    """A story of the file `source` whose `key` ("address" or "id") was `was` in the live output and is `now`.

    `story` is its id now, `aliases` those in its file. `by_hand` is whether the author wrote the id.
    """

    story: str
    source: str
    line: int
    column: int
    key: str
    was: str
    now: str
    aliases: tuple[str, ...] = ()
    by_hand: bool = False

    @property
    def entry(self) -> str:
        """What to write into the front matter."""
        return f"id: {self.was}" if self.key == "id" else f"aliases: [{', '.join((*self.aliases, self.was))}]"

    @property
    def problem(self) -> Problem:
        text = say("id-moved" if self.key == "id" else "address-moved", was=self.was, now=self.now)
        return Problem(
            path=self.source,
            line=self.line,
            column=self.column,
            message=text,
            help=say("write-this-line" if self.by_hand else "write-line-or-fix", line=self.entry),
            warning=True,
        )


class BuildReport(Value):
    """What a build did. `foreign` are files in the output that Mujaz did not write; they stay."""

    output: Path
    stories: int
    pages: int
    written: tuple[str, ...]
    deleted: tuple[str, ...]
    foreign: tuple[str, ...]
    drafts: int
    held: int
    next_story: datetime | None
    next_build: datetime | None  # when the site next changes by time alone: a story begins or ends, or an edition
    expired: int
    early: tuple[Early, ...]
    warnings: tuple[Problem, ...]
    why: tuple[tuple[str, Message], ...] = ()  # (path, reason) of each page that was rendered, if it was asked for
    skipped: Skipped = Skipped()
    moved: tuple[Moved, ...] = ()  # stories with a new address or id; this depends on the old output
    fixed: tuple[Moved, ...] = ()  # those of them whose files this build has fixed
    in_place: Message | None = None  # why files were replaced one by one, where whole trees could not be swapped
