"""The steps of a build and their time."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator


class Progress:
    """Times each step of the pipeline, workers included, and reports to a listener: (step, done, of)."""

    def __init__(self, on_progress: Callable[[str, int, int], None] = lambda name, done, of: None) -> None:
        self.on_progress = on_progress
        self.taken: list[tuple[str, float, float]] = []  # name, wall and CPU seconds
        self.alive: list[object] = []  # values that live until the process ends; freeing them takes time

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        wall, cpu = time.perf_counter(), _cpu_seconds()
        self.on_progress(name, 0, 0)
        yield
        self.taken.append((name, time.perf_counter() - wall, _cpu_seconds() - cpu))


def _cpu_seconds() -> float:
    taken = os.times()
    return taken.user + taken.system + taken.children_user + taken.children_system
