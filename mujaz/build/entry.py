"""Runs one build: takes the lock, returns early if nothing changed, and throws a damaged cache away.

The pipeline itself, with all the libraries that it loads, is in `mujaz.build.pipeline`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TypeVar

from mujaz.build.progress import Progress
from mujaz.build.report import BuildReport
from mujaz.build.request import BuildRequest
from mujaz.build.unchanged import previous_build, unchanged
from mujaz.cache.store import Lost, Store, errno_of, is_about_the_disk
from mujaz.cache.versions import versions
from mujaz.frozen import replace
from mujaz.messages.errors import after_writing
from mujaz.output import changes
from mujaz.output.lock import guard_cache, lock

__all__ = ["BuildReport", "BuildRequest", "Progress", "build", "with_copy", "with_store"]

Result = TypeVar("Result")


def build(request: BuildRequest, progress: Progress | None = None) -> BuildReport:
    """Build the site. Raises SiteError with every problem, UsageError for a request that cannot be carried out."""
    progress = progress or Progress()

    def work(store: Store) -> BuildReport:
        with progress.step("unchanged?"):
            previous = previous_build(request, store)
            report = unchanged(request, previous)
        if report is not None and not (request.fix and report.moved):
            changes.nothing(request.home, report.output)
            return report
        from mujaz.build.moved import Moves, write_lines
        from mujaz.build.pipeline import run

        try:
            return run(request, store, progress, previous)
        except Moves as found:  # nothing is written yet but what saves work
            fixed = write_lines(request.root, found.moved)
        again = replace(request, fix=False)
        with after_writing(fixed):
            return replace(run(again, store, progress, previous_build(again, store)), fixed=fixed)

    return with_store(request, work)


def with_store(request: BuildRequest, work: Callable[[Store], Result]) -> Result:
    """Do `work` with the site's store, under the site's lock; once more with an empty store where it is damaged.

    Raises OSError where the disk of the store fails, LockedError where another build runs, and what `build` raises.
    """
    _check(request)
    path = request.home / "cache.sqlite"
    with lock(request.home / "lock"):
        for attempt in (1, 2):
            store = None
            try:
                store = Store.open(path, versions=versions())
                return work(store)
            except (Lost, sqlite3.DatabaseError) as error:
                if is_about_the_disk(error) or (attempt == 2 and isinstance(error, sqlite3.OperationalError)):
                    raise OSError(errno_of(error, path), str(error), str(path)) from error
                if attempt == 2:
                    raise
                if store is not None:
                    store.destroy()  # damaged: that costs a cold build and nothing else (law 6)
            finally:
                if store is not None:
                    store.close()
    raise AssertionError("unreachable")


def with_copy(request: BuildRequest, work: Callable[[Store], Result]) -> Result:
    """Do `work` with a copy of the site's store: nothing is locked, nothing is written. Twice where it is damaged."""
    _check(request)
    for path in (request.home / "cache.sqlite", None):
        store = Store.copy(path, versions=versions())
        try:
            return work(store)
        except (Lost, sqlite3.DatabaseError):
            if path is None:
                raise
        finally:
            store.close()
    raise AssertionError("unreachable")


def _check(request: BuildRequest) -> None:
    """Raises SiteError where there is no site, UsageError for a cache folder that may hold something else."""
    if not (request.root / "config.yaml").is_file():
        from mujaz.config.settings import load_config

        load_config(request.root / "config.yaml")  # says what is missing
    if request.cache is not None or request.home.is_symlink() or (request.home.exists() and not request.home.is_dir()):
        guard_cache(request.home, request.root)
