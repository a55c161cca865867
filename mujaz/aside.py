"""A look at something in a process of its own, begun before anything is loaded; `mujaz.workers` is for heavier work."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterator


def available() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def can_fork() -> bool:
    return hasattr(os, "fork") and not os.environ.get("MUJAZ_NO_FORK")


def is_alone(jobs: int) -> bool:
    """Whether work for so many `jobs`, 0 for one a processor, is done in this process alone."""
    return (jobs or available()) < 2 or not can_fork()


class Aside:
    """Lines that are looked for elsewhere, or here when they are asked for."""

    def __init__(self, answer: Callable[[], str], go_on: Callable[[], object]) -> None:
        self.answer = answer  # the next line; "" where looking for it failed, or there is no more
        self.go_on = go_on  # look for all: before this is called, for the first alone


@contextlib.contextmanager
def aside(look: Callable[[], Iterator[str]], jobs: int) -> Iterator[Aside]:
    """Looks for the lines that `look` yields, which hold no line feed, while the block runs.

    No fork, or one job: here, when they are asked for.
    """
    if is_alone(jobs):
        lines = look()
        yield Aside(lambda: next(lines, ""), lambda: None)
        return
    answers, to_parent = os.pipe()
    to_child, goes_on = os.pipe()
    child = os.fork()
    if not child:
        os.close(answers)
        os.close(goes_on)
        _answer(look, to_parent, to_child)
    os.close(to_parent)
    os.close(to_child)
    with open(answers, encoding="utf-8") as told, open(goes_on, "wb", buffering=0) as line:

        def go_on() -> None:
            with contextlib.suppress(BrokenPipeError):
                line.write(b"+")

        try:
            yield Aside(lambda: told.readline().rstrip("\n"), go_on)
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _answer(look: Callable[[], Iterator[str]], to_parent: int, to_child: int) -> None:
    """In the child; never returns."""
    try:
        for n, line in enumerate(look()):
            os.write(to_parent, f"{line}\n".encode())
            if n == 0 and not os.read(to_child, 1):
                break
    finally:
        os._exit(0)
