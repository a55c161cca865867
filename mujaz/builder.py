"""Builds in a process of their own, for a server that has threads: a build forks, and threads must not be forked.

`start` forks a process that stands by with all libraries loaded and the site's layouts compiled. For each build that
process forks once more, so that every build begins clean and none leaves memory behind. Nothing but a letter for what
is wanted and answers, typed msgpack, crosses between them.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import select
import signal
import socket
import time
import traceback
from collections.abc import Callable
from enum import Enum
from importlib import import_module

from mujaz.errors import Message, Problem, SiteError, UsageError, WorkerDied, reason, say
from mujaz.frozen import Struct, replace
from mujaz.order import Early, Order, Report
from mujaz.store import decode, encode

SIZE = 8  # bytes that tell the length of an answer
LOOK_SECONDS = 0.02  # so often it is looked whether a build that may be ended is at its end
SEARCHED = "search/"
# What a build loads, most of it only where it is needed. A test holds that there is no more.
LOADED = (
    *("mujaz.build", "mujaz.closeness", "mujaz.pipeline", "mujaz.related", "mujaz.feedxml", "mujaz.feedjson"),
    *("mujaz.sitemap", "babel.dates", "hijridate.convert", "lxml.html", "PIL.Image", "css_inline", "brotli"),
    *("pagefind_bin", "fontpkg_ibm_plex_sans_arabic", "pylopdf_fonts_ar", "babel.numbers"),
    *("mujaz.cards", "mujaz.shaping", "fontTools.ttLib"),
)


class Answer(Struct, frozen=True, kw_only=True):
    """How a build ended. `trouble` is a sentence for what is no problem of a file; `again` asks for another try."""

    built: bool = False
    stories: int = 0
    written: int = 0
    deleted: int = 0
    seconds: float = 0.0
    problems: tuple[Problem, ...] = ()  # warnings too
    early: tuple[Early, ...] = ()
    trouble: Message | None = None
    again: bool = False
    seen: bool = False  # whether any page moved; what is searched in is none
    unfinished: bool = False  # whether the search lags behind until a build that is to FINISH


class Want(Enum):
    """What is asked of the process that stands by."""

    FIRST = b"1"  # a build, which may find nothing to do
    MOVED = b"m"  # a build after something moved
    FINISH = b"f"  # a whole build after one that left the search as it was
    STOP = b"s"  # an end of the build that is to FINISH


class Builder:
    """The process that stands by. Use it within an event loop; one build at a time."""

    def __init__(self, process: int, line: socket.socket) -> None:
        self.process, self._socket = process, line
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def build(self, want: Want) -> Answer:
        if self._streams is None:
            self._streams = await asyncio.open_connection(sock=self._socket)
        reader, writer = self._streams
        writer.write(want.value)
        await writer.drain()
        try:
            size = int.from_bytes(await reader.readexactly(SIZE))
            return decode(Answer, await reader.readexactly(size))
        except asyncio.IncompleteReadError:
            return Answer(trouble=say("builder-ended"))

    def stop(self) -> None:
        """End a build that is to FINISH; it answers that nothing was built, unless it has ended by itself."""
        if self._streams is not None:
            self._streams[1].write(Want.STOP.value)

    def close(self) -> None:
        """End it; a build that runs is finished first, unless it gets a signal of its own or is to FINISH."""
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
        with theirs:
            _stand_by(order, theirs)
    finally:
        os._exit(0)


def _stand_by(order: Callable[[], Order], line: socket.socket) -> None:
    for module in LOADED:
        import_module(module)
    warm: object = None
    while asked := line.recv(1):
        want = Want(asked)
        if want is Want.STOP:  # it comes too late
            continue
        child = _begun(order, line, want)
        warm = _warmed(order(), warm)
        status, stopped = _ended(child, line) if want is Want.FINISH else (os.waitpid(child, 0)[1], False)
        if status:
            killed = say("build-killed")
            with contextlib.suppress(OSError):
                _send(Answer(trouble=say("serve-stopped") if stopped else killed), line)


def _warmed(order: Order, before: object) -> object:
    """Compile the site's layouts, so that no fork to come need do it. Returns their stamps, which tell whether to.

    Each is remembered by its text, so that no build takes one that does not hold any more.
    """
    from mujaz import fonts
    from mujaz.config import completed, load_config
    from mujaz.layouts import Layouts, tree
    from mujaz.strings import load_strings

    try:
        config = load_config(order.root / "config.yaml", base_url=order.base_url).config
        own = order.root / config.layouts
        found = [path.stat() for folder in (own, order.layouts) for _, path in tree(folder)]
        stamps = (config, [(status.st_mtime_ns, status.st_size, status.st_ino) for status in found])
        if stamps != before:
            strings = load_strings(config.language, own, order.layouts)
            config = completed(config, strings)
            made = {name: fonts.recipe(name, config.language) for name in fonts.FACES}
            layouts = Layouts.load(own, order.layouts, config, strings, made)
            layouts.check()
            layouts.compile(f"{name}.html" for name in layouts.names())
        return stamps
    except (SiteError, OSError):  # a build tells it
        return None


def _begun(order: Callable[[], Order], line: socket.socket, want: Want) -> int:
    """Fork a process that builds and answers by itself."""
    child = os.fork()
    if child:
        return child
    try:
        if want is Want.FINISH:
            os.setpgid(0, 0)  # it is ended with its workers and with the indexer
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        answer = _answer(order(), want)
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])  # an answer is given whole, or by the other
        _send(answer, line)
        os._exit(0)
    except BaseException:
        os._exit(1)


def _ended(child: int, line: socket.socket) -> tuple[int, bool]:
    """Wait for the child, or end it where that is asked for or nobody listens: its status, and whether it was ended."""
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status, False
        if select.select([line], [], [], LOOK_SECONDS)[0]:
            asked = line.recv(1, socket.MSG_PEEK)
            if stopped := asked in (b"", Want.STOP.value):  # not the next wish, which may come so early
                line.recv(1)
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(child, signal.SIGTERM)  # it may die at any point: a build that does changes nothing
            return os.waitpid(child, 0)[1], stopped


def _send(answer: Answer, line: socket.socket) -> None:
    raw = encode(answer)
    line.sendall(len(raw).to_bytes(SIZE) + raw)


def _answer(order: Order, want: Want) -> Answer:
    from mujaz.build import build, first_look

    started = time.perf_counter()
    try:
        if want is Want.FINISH:
            report, unfinished = build(order), False
        else:
            report, unfinished = first_look(order, moved=want is Want.MOVED)
        return replace(_of(report), unfinished=unfinished, seconds=time.perf_counter() - started)
    except SiteError as error:
        return Answer(problems=error.problems)
    except (UsageError, WorkerDied) as error:
        return Answer(trouble=error.message)
    except OSError as error:
        # A file that was saved while it was read, or that is gone since it was seen.
        again = error.errno in (errno.EBUSY, errno.ENOENT)
        place = os.fsdecode(error.filename) if error.filename else say("the-disk")
        return Answer(trouble=say("stopped-at", place=place, why=reason(error)), again=again)
    except Exception:
        lines = traceback.format_exc().strip().splitlines()
        place = lines[-3].strip() if lines[2:] else ""
        return Answer(trouble=say("bug-in-mujaz", error=lines[-1], place=place))


def _of(report: Report) -> Answer:
    return Answer(
        built=True,
        stories=report.stories,
        written=len(report.written),
        deleted=len(report.deleted),
        seen=not all(path.startswith(SEARCHED) for path in (*report.written, *report.deleted)),
        problems=report.warnings,
        early=report.early,
    )
