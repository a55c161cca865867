"""The request for a build, its report, and its progress."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from mujaz import paths
from mujaz.errors import Problem
from mujaz.frozen import Value
from mujaz.messages.message import Message

SHIPPED_LAYOUTS = paths.SHIPPED_LAYOUTS


class BuildRequest(Value):
    """The options of a build. `now` is its only clock; `root` holds config.yaml."""

    root: Path
    now: datetime
    jobs: int = 0  # 0: one for each processor
    drafts: bool = False
    future: bool = False
    base_url: str | None = None
    output: Path | None = None
    layouts: Path = SHIPPED_LAYOUTS
    why: bool = False  # report for each rendered page why it was stale
    index: bool = True  # index the search anew; otherwise show the bundles of the last build that did
    cache: Path | None = None  # the folder of the cache, of the lock and of the second tree; default: .mujaz in `root`

    @property
    def home(self) -> Path:
        return self.cache or self.root / ".mujaz"


class Early(Value):
    """A story shown before its time, because the request asks for drafts or future stories."""

    id: str
    draft: bool
    published: str  # ISO, with the offset of the site's zone


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
    stale_search: tuple[int, ...] = ()  # years whose search bundle is older than their stories


@dataclass(kw_only=True)
class Progress:
    """Times each step of the pipeline, workers included, and reports to a listener: (step, done, of)."""

    tell: Callable[[str, int, int], None] = lambda name, done, of: None
    taken: list[tuple[str, float, float]] = field(default_factory=list)  # name, wall and CPU seconds
    alive: list[object] = field(default_factory=list)  # values that live until the process ends; freeing takes time

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        wall, cpu = time.perf_counter(), _cpu_seconds()
        self.tell(name, 0, 0)
        yield
        self.taken.append((name, time.perf_counter() - wall, _cpu_seconds() - cpu))


def _cpu_seconds() -> float:
    taken = os.times()
    return taken.user + taken.system + taken.children_user + taken.children_system
