"""A bound on the CPU time of what a test does, which another process on the machine does not shorten."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType


class Slow(Exception):
    """It took longer."""


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Ends what stands in it by `Slow` after so many seconds of CPU; a regular expression lets itself be ended too."""

    def slow(number: int, frame: FrameType | None) -> None:
        raise Slow(f"at {frame.f_code.co_qualname}" if frame else "")

    before = signal.signal(signal.SIGVTALRM, slow)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    except Slow as slow_at:  # a new one: pytest cannot show a frame that has no line number
        raise Slow(*slow_at.args) from None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
