"""Two ways to work in other processes: `map` over many pieces of work, and `background` for one piece.

Workers are forked, so they inherit the model: only small numbers and small results cross a pipe. Pickling each page's
view made a pool slower than no pool (2.39 s against 1.29 s serial and 0.60 s forked, 5,000 pages).

Workers end with the process that forked them, even if it is killed (Linux: PR_SET_PDEATHSIG). Otherwise they could
write into the next build's tree.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import pickle
import select
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from mujaz.messages.errors import WorkerDied
from mujaz.messages.message import Message, say

if TYPE_CHECKING:
    from concurrent.futures import Future
    from multiprocessing.process import BaseProcess

Result = TypeVar("Result")

# CPU seconds for one article, three times the most that any article takes that passes `mujaz.markdown_body.limits`.
# Counts decide what builds. This clock only ends what they did not foresee; then the whole build fails, so that no
# output depends on speed.
LAST_RESORT = 60.0
POLL_SECONDS = 0.2  # how often a process that is waited for is checked to be alive
HEADER = 8  # bytes that tell the length of a result in a pipe
_PR_SET_PDEATHSIG = 1


class OutOfTime(BaseException):
    """The last resort stopped a piece of work; the argument names it. `except Exception` lets it pass."""


# What the workers of `map` run: set before the fork and inherited. A closure could not be sent through a pipe.
_work: Callable[[range], Any] | None = None


def available() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def can_fork() -> bool:
    return hasattr(os, "fork") and not os.environ.get("MUJAZ_NO_FORK")


def give_back() -> None:
    """Return free memory to the system; glibc keeps it. After relating 10,000 articles: 86 MB."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


# ---------------------------------------------------------------- many pieces of work


def map(
    work: Callable[[range], Result], count: int, *, size: int, jobs: int, alone: int = 0, apart: bool = False
) -> Iterator[Result]:
    """Apply `work` to range(count) in chunks of `size`, the first `alone` numbers one by one; yields results in order.

    Runs in this process for one chunk, one job or no fork, unless the work must be `apart`: then a crash of a library
    cannot end this process. `jobs` 0 means one for each processor. Raises WorkerDied where a worker was killed.
    Call it before any thread is started: a fork copies the locks that other threads hold.
    """
    chunks = [range(number, number + 1) for number in range(alone)]
    chunks += [range(start, min(start + size, count)) for start in range(alone, count, size)]
    jobs = min(jobs or available(), len(chunks))
    if not chunks or (jobs < 2 and not apart) or not can_fork():
        for chunk in chunks:
            yield work(chunk)
        return
    from concurrent.futures.process import BrokenProcessPool  # 10 ms that few edits need

    global _work
    _work = work
    children: list[BaseProcess] = []
    try:
        yield from _forked(chunks, jobs, children)
    except BrokenProcessPool as error:
        if error.__cause__ is not None:  # no worker died: its result could not be read, which is our bug
            raise
        raise WorkerDied(_ending([child.exitcode for child in children])) from error
    finally:
        _work = None


def _forked(chunks: list[range], jobs: int, children: list[BaseProcess]) -> Iterator[Any]:
    """Yield the results. `children` gets the workers, which all start with the first chunk."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("fork")
    others = multiprocessing.active_children()
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(os.getpid(),)) as pool:
        waiting: deque[Future[Any]] = deque()
        for chunk in chunks:
            waiting.append(pool.submit(_run, chunk))
            if not children:
                children += [child for child in multiprocessing.active_children() if child not in others]
            if len(waiting) > 4 * jobs:  # otherwise results would pile up in memory
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _run(chunk: range) -> Any:
    assert _work is not None
    return _work(chunk)


# ---------------------------------------------------------------- one piece of work


class Background(Generic[Result]):
    """Work that runs in a process of its own; `result` waits for it."""

    def __init__(self, wait: Callable[[], tuple[Any, BaseException | None]]) -> None:
        self._wait = wait
        self._ended: tuple[Any, BaseException | None] | None = None

    def result(self) -> Result:
        """Return what the work returned or raise what it raised. Raises WorkerDied where the process was killed."""
        if self._ended is None:
            self._ended = self._wait()
        value, error = self._ended
        if error is not None:
            raise error
        result: Result = value
        return result


@contextlib.contextmanager
def background(work: Callable[[], Result], jobs: int, *, apart: bool = False) -> Iterator[Background[Result]]:
    """Run `work` in a process of its own while the block runs.

    With one job or no fork the work is done in this process when its result is asked for, unless it must be `apart`.
    A result that nobody asks for holds up nothing. No thread is started, so the block may fork other processes.
    """
    if not can_fork() or ((jobs or available()) < 2 and not apart):
        yield Background(lambda: _outcome(work))
        return
    reader, writer = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            _begin(parent)
            _send(_outcome(work), writer)
            os._exit(0)
        except BaseException:  # the outcome cannot be sent, which is our bug
            sys.excepthook(*sys.exc_info())
        finally:
            os._exit(1)
    os.close(writer)
    process = _Child(child)
    try:
        yield Background(lambda: _received(reader, process))
    finally:
        os.close(reader)  # a child whose result nobody reads ends when it sends it
        process.wait()


class _Child:
    """A forked process, waited for once."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.exit_code: int | None = None  # negative: the signal that ended it

    def has_ended(self, options: int = os.WNOHANG) -> bool:
        if self.exit_code is None:
            pid, status = os.waitpid(self.pid, options)
            if pid:
                self.exit_code = os.waitstatus_to_exitcode(status)
        return self.exit_code is not None

    def wait(self) -> None:
        self.has_ended(0)


def _outcome(work: Callable[[], Any]) -> tuple[Any, BaseException | None]:
    try:
        return work(), None
    except BaseException as error:  # OutOfTime too
        return None, error


def _send(outcome: tuple[Any, BaseException | None], writer: int) -> None:
    raw = pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL)  # between two processes of one build; never stored
    left = memoryview(len(raw).to_bytes(HEADER) + raw)
    with contextlib.suppress(BrokenPipeError):
        while left:
            left = left[os.write(writer, left) :]


def _received(reader: int, child: _Child) -> tuple[Any, BaseException | None]:
    size = int.from_bytes(_read(reader, HEADER, child))
    outcome: tuple[Any, BaseException | None] = pickle.loads(_read(reader, size, child))
    return outcome


def _read(reader: int, size: int, child: _Child) -> bytes:
    """Read so many bytes. Raises WorkerDied where the child ended before it sent them.

    The pipe alone does not tell: processes that the child forked hold its end too.
    """
    parts: list[bytes] = []
    while size:
        while not select.select([reader], [], [], POLL_SECONDS)[0]:
            if child.has_ended() and not select.select([reader], [], [], 0)[0]:
                raise WorkerDied(_ending([child.exit_code]))
        part = os.read(reader, min(size, 1 << 20))
        if not part:
            child.wait()
            raise WorkerDied(_ending([child.exit_code]))
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


# ---------------------------------------------------------------- both


def _begin(parent: int) -> None:
    """Set up a worker that `parent` forked."""
    gc.disable()  # a collection would touch, and so copy, every page of memory shared with the parent
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before the call
            os._exit(1)


def _ending(exit_codes: list[int | None]) -> Message:
    """Say how the worker ended that took the others with it: those are sent SIGTERM."""
    codes = [code for code in exit_codes if code]
    code = next((code for code in codes if code != -signal.SIGTERM), codes[0] if codes else -signal.SIGKILL)
    if code == -signal.SIGKILL:
        return say("worker-killed")
    name = signal.Signals(-code).name if -code in set(signal.Signals) else say("exit-code", n=code)
    return say("worker-ended", code=name)


@contextlib.contextmanager
def limited(seconds: float = LAST_RESORT) -> Iterator[Callable[[str], None]]:
    """Limit the CPU time of each piece of work in the block, where the system can measure it.

    Call what is yielded with the name of each piece before it begins. Raises OutOfTime for a piece that takes more
    than `seconds`.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield lambda what: None
        return
    current = ""

    def stop(*_: object) -> None:
        raise OutOfTime(current)

    def begin(what: str) -> None:
        nonlocal current
        current = what
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)

    before = signal.signal(signal.SIGVTALRM, stop)
    try:
        yield begin
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
