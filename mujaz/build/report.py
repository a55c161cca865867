"""What a build reports."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from mujaz.frozen import Value
from mujaz.messages.errors import Problem
from mujaz.messages.message import Message


class Early(Value):
    """A story shown before its time, because the request asks for drafts or future stories."""

    id: str
    draft: bool
    published: str  # ISO, with the offset of the site's zone


class Skipped(Value):
    """What a build went without: files that are left out, files shown as they were, and every problem of them."""

    left_out: tuple[str, ...] = ()
    as_before: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.left_out or self.as_before)


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
    next_build: datetime | None  # when time alone will next change what readers see: a story, its end, an edition
    expired: int
    early: tuple[Early, ...]
    warnings: tuple[Problem, ...]
    why: tuple[tuple[str, Message], ...] = ()  # (path, reason) of each page that was rendered, if it was asked for
    skipped: Skipped = Skipped()
    in_place: Message | None = None  # why files were replaced one by one, where whole trees could not change places
