"""The request for a build, its report, and its progress."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from mujaz import paths
from mujaz.frozen import Value

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
    allow_shrink: bool = False  # delete any number of live pages
    fix: bool = False  # write the aliases and ids of moved stories into their files
    skip_broken: bool = False  # build without the files that have errors
    cache: Path | None = None  # the folder of the cache, of the lock and of the second tree; default: .mujaz in `root`
    kept: Path | None = None  # the folder of expensive artifacts; default: in that of the cache

    @property
    def artifacts(self) -> Path:
        return self.kept or self.home / "kept"

    @property
    def home(self) -> Path:
        return self.cache or self.root / ".mujaz"
