"""Forked workers that inherit the model: nothing but small numbers and small results crosses a pipe.

Pickling each page's view made a pool slower than no pool (2.39 s against 1.29 s serial and 0.60 s forked, 5,000 pages).
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from functools import cache
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any, TypeVar

from mujaz.aside import available, can_fork, is_alone
from mujaz.errors import Message, WorkerDied, say

if TYPE_CHECKING:
    from concurrent.futures import Future
    from multiprocessing.connection import Connection

Result = TypeVar("Result")

# CPU seconds for one article, three times what any may take that passes `mujaz.bounds`: counts decide what builds, a
# clock only ends what they did not foresee, and then the whole build fails, so that no output hangs on speed.
LAST_RESORT = 60.0

LOOK_SECONDS = 0.2  # so often it is looked whether a process that is waited for still lives


class OutOfTime(BaseException):
    """A piece of work was stopped by the last resort; its argument says which. What catches Exception lets it pass."""


# What the children run: set before the fork, inherited by it. A closure could not be sent through a pipe.
_work: Callable[[range], Any] | None = None


def give_back() -> None:
    """Give memory that is free again back to the system; glibc keeps it. After relating 10,000 articles: 86 MB."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def in_chunks(
    work: Callable[[range], Result], count: int, *, size: int, jobs: int, alone: int = 0, apart: bool = False
) -> Iterator[Result]:
    """`work` on range(count) in chunks of `size`, the first `alone` numbers each by itself; the results in order.

    One chunk, one job or no fork: in this process, unless the work must be `apart`, where a crash of a library cannot
    take this process with it. Raises WorkerDied where a child was killed.
    Call it before any thread is started: a fork copies the locks that other threads hold.
    """
    chunks = [range(number, number + 1) for number in range(alone)]
    chunks += [range(start, min(start + size, count)) for start in range(alone, count, size)]
    jobs = min(jobs or available(), len(chunks))
    if not chunks or (jobs < 2 and not apart) or not can_fork():
        yield from map(work, chunks)
        return
    from concurrent.futures.process import BrokenProcessPool  # 10 ms that few edits need

    global _work
    _work = work
    children: list[BaseProcess] = []
    try:
        yield from _forked(chunks, jobs, children)
    except BrokenProcessPool as error:
        if error.__cause__ is not None:  # nobody died: what a worker sent back could not be read, which is our bug
            raise
        raise WorkerDied(_ending(children)) from error
    finally:
        _work = None


@contextlib.contextmanager
def beside(
    work: Callable[[], Result], jobs: int, *, apart: bool = False, then: Callable[[], None] = lambda: None
) -> Iterator[Callable[[], Result]]:
    """`work` in a process of its own while the block runs. What is yielded waits for its result, or raises its error.

    What is to be done there besides, but need not be waited for before the block ends, may come `then`.

    No fork, or one job: it is done here, when it is first asked for, unless the work must be `apart`. Raises WorkerDied
    where the process was killed. No thread is started, so the block may fork others.
    """
    if is_alone(jobs) and not (apart and can_fork()):

        def here() -> Result:
            result = work()
            then()
            return result

        yield cache(here)
        return
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_send, args=(work, then, sender, receiver))
    child.start()
    sender.close()

    @cache
    def outcome() -> tuple[Any, BaseException | None]:
        # The pipe alone would not tell that the child was killed: processes that it forked hold its end too.
        while not receiver.poll(LOOK_SECONDS):
            if not child.is_alive() and not receiver.poll():
                raise WorkerDied(_ending([child]))
        try:
            received: tuple[Any, BaseException | None] = receiver.recv()
        except EOFError as error:
            child.join()
            raise WorkerDied(_ending([child])) from error
        return received

    def result() -> Result:
        value, error = outcome()
        if error is not None:
            raise error
        found: Result = value
        return found

    try:
        yield result
    finally:
        receiver.close()  # a child that nobody asks ends when it has its result
        child.join()


def _send(work: Callable[[], Any], then: Callable[[], None], sender: Connection, receiver: Connection) -> None:
    receiver.close()  # else what nobody reads would be waited for, for ever
    _start()
    sent: tuple[Any, BaseException | None]
    try:
        sent = work(), None
    except BaseException as error:  # OutOfTime too
        sent = None, error
    with contextlib.suppress(BrokenPipeError):
        sender.send(sent)
        sender.close()
        if sent[1] is None:
            then()


def _forked(chunks: list[range], jobs: int, children: list[BaseProcess]) -> Iterator[Any]:
    """The results; `children` gets the workers, which all start with the first chunk."""
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("fork")
    others = multiprocessing.active_children()
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_start) as pool:
        waiting: deque[Future[Any]] = deque()
        for chunk in chunks:
            waiting.append(pool.submit(_run, chunk))
            if not children:
                children += [child for child in multiprocessing.active_children() if child not in others]
            if len(waiting) > 4 * jobs:  # results not asked for yet would pile up in memory
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _ending(children: list[BaseProcess]) -> Message:
    """How the worker ended that took the others with it: those are sent SIGTERM."""
    codes = [child.exitcode for child in children if child.exitcode]
    code = next((code for code in codes if code != -signal.SIGTERM), codes[0] if codes else -signal.SIGKILL)
    if code == -signal.SIGKILL:
        return say("worker-killed")
    name = signal.Signals(-code).name if -code in set(signal.Signals) else say("exit-code", n=code)
    return say("worker-ended", code=name)


@contextlib.contextmanager
def limited(seconds: float = LAST_RESORT) -> Iterator[Callable[[str], None]]:
    """Call what is yielded with the name of each piece of work before it begins.

    Raises OutOfTime of a piece that takes more than `seconds` of CPU time, where the system can tell.
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


def _start() -> None:
    gc.disable()  # a collection would touch, and so copy, every page of memory shared with the parent


def _run(chunk: range) -> Any:
    assert _work is not None
    return _work(chunk)
