"""The door to a build: one at a time, nothing at all where nothing changed, and a damaged cache thrown away.

The pipeline itself, with all the libraries that it loads, is in `mujaz.pipeline`.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
from typing import TypeVar

from mujaz import changes
from mujaz.frozen import replace
from mujaz.guards import lock
from mujaz.order import Order, Report, Steps
from mujaz.store import Lost, Store, decode, encode, is_about_the_disk
from mujaz.unchanged import ANSWER, Last, lookout, unchanged
from mujaz.versions import versions

__all__ = ["Order", "Report", "Steps", "build", "first_look", "with_store"]

Result = TypeVar("Result")


def build(order: Order, steps: Steps | None = None) -> Report:
    """Build the site. Raises SiteError with every problem, UsageError for an order that cannot be carried out."""
    steps = steps or Steps()

    def work(store: Store) -> Report:
        with lookout(order, store) as about:
            with steps.step("unchanged?"):
                report = unchanged(order, store, about)
            if report is not None:
                changes.nothing(order.home, report.output)
                return report
            about.go_on()
            from mujaz.pipeline import run

            return run(order, store, steps, about)

    return with_store(order, work)


def first_look(order: Order, *, moved: bool) -> tuple[Report, bool]:
    """A build for who waits for the page that was just saved; `moved` says that something is known to have moved.

    Its search may lag behind where indexing would take long. Then the second value is true, and the `build` that
    follows finishes it. Raises what `build` raises.
    """

    def work(store: Store) -> tuple[Report, bool]:
        with lookout(order, store) as about:
            report = None if moved else unchanged(order, store, about)
            if report is not None:
                return report, False
            about.go_on()
            from mujaz.pipeline import run

            report = run(order, store, Steps(), about, put_off=True)
        if report.behind:
            _forget(store)
        return report, bool(report.behind)

    return with_store(order, work)


def _forget(store: Store) -> None:
    """No build shall find that nothing moved since the one that is remembered."""
    raw = store.answer(ANSWER)
    if raw:
        store.save_answer(ANSWER, encode(replace(decode(Last, raw), asked="")))


def with_store(order: Order, work: Callable[[Store], Result]) -> Result:
    """`work` with the site's store, under the site's lock; once more with an empty store where it is damaged."""
    if not (order.root / "config.yaml").is_file():
        from mujaz.config import load_config

        load_config(order.root / "config.yaml")  # says what is missing
    path = order.home / "cache.sqlite"
    with lock(order.home / "lock"):
        for attempt in (1, 2):
            store = None
            try:
                store = Store.open(path, versions=versions())
                return work(store)
            except (Lost, sqlite3.DatabaseError) as error:
                if is_about_the_disk(error) or (attempt == 2 and isinstance(error, sqlite3.OperationalError)):
                    raise OSError(errno.EIO, str(error), str(path)) from error
                if attempt == 2:
                    raise
                if store is not None:
                    store.destroy()  # damaged: it costs a cold build and nothing else (law 6)
            finally:
                if store is not None:
                    store.close()
    raise AssertionError("unreachable")
