"""Builds in a process of their own, for a server that has threads: a build forks, and threads must not be forked.

`start` forks a process that stands by with all libraries loaded. For each build that process forks once more, so that
every build begins clean and none leaves memory behind. Nothing but answers crosses between them, typed msgpack.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import signal
import socket
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from mujaz.errors import Problem, SiteError, UsageError, WorkerDied
from mujaz.order import Early, Order, Report
from mujaz.store import decode, encode

SIZE = 8  # bytes that tell the length of an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How a build ended. `trouble` is a sentence for what is no problem of a file; `again` asks for another try."""

    built: bool = False
    stories: int = 0
    written: int = 0
    deleted: int = 0
    seconds: float = 0.0
    problems: tuple[Problem, ...] = ()  # warnings too
    early: tuple[Early, ...] = ()
    trouble: str = ""
    again: bool = False


class Builder:
    """The process that stands by. Use it within an event loop; one build at a time."""

    def __init__(self, process: int, line: socket.socket) -> None:
        self.process, self._socket = process, line
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def build(self) -> Answer:
        if self._streams is None:
            self._streams = await asyncio.open_connection(sock=self._socket)
        reader, writer = self._streams
        writer.write(b"build\n")
        await writer.drain()
        try:
            size = int.from_bytes(await reader.readexactly(SIZE))
            return decode(Answer, await reader.readexactly(size))
        except asyncio.IncompleteReadError:
            return Answer(trouble="the building process has ended")

    def close(self) -> None:
        """End it; a build that runs is finished first, unless it gets a signal of its own."""
        if self._streams is not None:
            self._streams[1].close()
        self._socket.close()
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.process, 0)


def start(order: Callable[[], Order]) -> Builder:
    """Fork the process; `order` says, at each build, what to build. Call it before any thread is started."""
    ours, theirs = socket.socketpair()
    process = os.fork()
    if process:
        theirs.close()
        ours.setblocking(False)
        return Builder(process, ours)
    try:
        ours.close()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which closes the line
        _load_libraries()
        with theirs, theirs.makefile("rb") as asked:
            for _ in asked:
                _build_in_a_child(order, theirs)
    finally:
        os._exit(0)


def _load_libraries() -> None:
    """What a build loads, once for all builds to come."""
    import mujaz.build
    import mujaz.closeness
    import mujaz.pipeline  # noqa: F401


def _build_in_a_child(order: Callable[[], Order], line: socket.socket) -> None:
    child = os.fork()
    if child == 0:
        try:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            _send(_answer(order), line)
            os._exit(0)
        except BaseException:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if status:
        answer = Answer(trouble="the build was killed (out of memory?); nothing was written")
        with contextlib.suppress(OSError):
            _send(answer, line)


def _send(answer: Answer, line: socket.socket) -> None:
    raw = encode(answer)
    line.sendall(len(raw).to_bytes(SIZE) + raw)


def _answer(order: Callable[[], Order]) -> Answer:
    from mujaz.build import build

    started = time.perf_counter()
    try:
        return _of(build(order()), time.perf_counter() - started)
    except SiteError as error:
        return Answer(problems=error.problems)
    except (UsageError, WorkerDied) as error:
        return Answer(trouble=str(error))
    except OSError as error:
        # A file that was saved while it was read, or that is gone since it was seen.
        again = error.errno in (errno.EBUSY, errno.ENOENT)
        return Answer(trouble=f"{error.filename or 'the disk'}: {error.strerror or error}", again=again)
    except Exception:
        lines = traceback.format_exc().strip().splitlines()
        return Answer(trouble=f"this is a bug in mujaz: {lines[-1]} ({lines[-3].strip()})" if lines[2:] else lines[-1])


def _of(report: Report, seconds: float) -> Answer:
    return Answer(
        built=True,
        stories=report.stories,
        written=len(report.written),
        deleted=len(report.deleted),
        seconds=seconds,
        problems=report.warnings,
        early=report.early,
    )
