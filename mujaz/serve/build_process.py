"""Builds in a process of its own, for a server that has threads: a build forks, and threads must not be forked.

`start` forks a process that stands by with all libraries loaded and the site's layouts compiled. For each build that
process forks once more, so that every build begins clean and none leaves memory behind. What asks is one byte and a
text of a told length: a build has none, other questions are the server's own. Answers are typed msgpack.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import shutil
import signal
import socket
import time
import traceback
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from mujaz import workers
from mujaz.build.report import BuildReport, Early
from mujaz.build.request import BuildRequest
from mujaz.cache.store import decode, encode
from mujaz.cache.versions import versions
from mujaz.frozen import Value
from mujaz.messages.errors import LockedError, Problem, SiteError, UsageError, WorkerDied, reason, visible
from mujaz.messages.message import Message, say
from mujaz.output.lock import lock
from mujaz.output.manifest import MANIFEST, read_manifest

BUILD = b"b"  # asks for a build
SIZE = 8  # bytes that tell the length of what follows
SEARCHED = "search/"
LONGEST_WAIT = 10.0  # seconds for another build of the same output to end
Answer = TypeVar("Answer")
Questions = Mapping[bytes, Callable[[BuildRequest, bytes], Any]]
# What a build loads, most of it only where it is needed. A test holds that there is no more.
LOADED = (
    *(
        "mujaz.build.entry",
        "mujaz.related.similarity",
        "mujaz.build.pipeline",
        "mujaz.content.reader",
        "mujaz.related.find_related",
        "mujaz.feeds.rss_atom",
        "mujaz.feeds.json_feed",
        "mujaz.render.email",
        "mujaz.render.compress",
    ),
    *("mujaz.feeds.sitemap", "babel.dates", "hijridate.convert", "lxml.html", "PIL.Image", "css_inline", "brotli"),
    *("fontpkg_ibm_plex_sans_arabic", "pylopdf_fonts_ar", "babel.numbers"),
    *("mujaz.assets.cards", "mujaz.assets.icons", "mujaz.assets.shaping"),
    *("fontTools.ttLib", "fontTools.pens.boundsPen"),
)


class BuildAnswer(Value):
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
    pages_changed: bool = False  # files of the search are no pages


class Builder:
    """The process that stands by. Use it within an event loop; one question at a time, the others wait."""

    def __init__(self, process: int, line: socket.socket) -> None:
        self.process, self._socket = process, line
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._turn = asyncio.Lock()

    async def build(self) -> BuildAnswer:
        return await self.ask(BUILD, BuildAnswer) or BuildAnswer(trouble=say("builder-ended"))

    async def ask(self, question: bytes, kind: type[Answer], about: bytes = b"") -> Answer | None:
        """The answer to a question; None where the process has ended, or the one that it forked for it was killed."""
        async with self._turn:
            if self._streams is None:
                self._streams = await asyncio.open_connection(sock=self._socket)
            reader, writer = self._streams
            try:
                writer.write(question + len(about).to_bytes(SIZE) + about)
                await writer.drain()
                size = int.from_bytes(await reader.readexactly(SIZE))
                return decode(kind, await reader.readexactly(size)) if size else None
            except (asyncio.IncompleteReadError, ConnectionError):
                return None

    def close(self) -> None:
        """End it. A build that runs is finished first, unless it gets a signal of its own."""
        if self._streams is not None:
            self._streams[1].close()
        self._socket.close()
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.process, 0)


def start(request: Callable[[], BuildRequest], questions: Questions | None = None) -> Builder:
    """Fork the process; it calls `request` for each build. Call this before any thread is started.

    `questions` are what else can be asked: the byte of each, and what answers it in a process of its own.
    """
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
            _stand_by(request, theirs, questions or {})
    finally:
        os._exit(0)


def _stand_by(request: Callable[[], BuildRequest], line: socket.socket, questions: Questions) -> None:
    for module in LOADED:
        import_module(module)
    versions()  # of the code that is loaded: remembered
    warm: object = None
    while question := line.recv(1):
        about = _received(line, int.from_bytes(_received(line, SIZE)))
        raw = b""
        try:
            if question == BUILD:
                with workers.background(lambda: _answer(request()), 0, apart=True) as building:
                    warm = _compile_layouts(request(), warm)
                    raw = encode(building.result())
            else:
                with _asked(questions[question], request(), about) as asking:
                    raw = encode(asking.result())
        except Exception as error:  # no process more is to be had, or the fault is ours: the next may be answered
            if question == BUILD:
                raw = encode(_stopped(UsageError(say("build-killed")) if isinstance(error, WorkerDied) else error))
        with contextlib.suppress(OSError):  # nobody listens any more
            line.sendall(len(raw).to_bytes(SIZE) + raw)


def _asked(
    answer: Callable[[BuildRequest, bytes], Any], request: BuildRequest, about: bytes
) -> contextlib.AbstractContextManager[workers.Background[Any]]:
    return workers.background(lambda: answer(request, about), 0, apart=True)


def _received(line: socket.socket, size: int) -> bytes:
    """So many bytes, or fewer where the server has gone."""
    parts = bytearray()
    while len(parts) < size and (part := line.recv(min(size - len(parts), 1 << 20))):
        parts += part
    return bytes(parts)


def _compile_layouts(request: BuildRequest, before: object) -> object:
    """Compile the site's layouts, unless they are as `before`, so that no later fork need do it. Returns their stamps.

    Jinja's compiled code is remembered by a layout's text, so that no build uses one that has changed.
    """
    from mujaz.build.load import load_calendar, load_layouts, load_settings
    from mujaz.layouts.references import EMAIL_TEXT
    from mujaz.layouts.sources import tree

    try:
        settings = load_settings(request)
        folders = (request.root / settings.config.layouts, request.layouts)
        found = [path.stat() for folder in folders for _, path in tree(folder)]
        stamps = (settings.config, [(status.st_mtime_ns, status.st_size, status.st_ino) for status in found])
        if stamps != before:
            layouts, _ = load_layouts(request, settings)
            if layouts is not None:
                layouts.compile([*(f"{name}.html" for name in layouts.names()), EMAIL_TEXT])
            load_calendar(settings.config)  # Babel remembers the words of dates
        return stamps
    except (SiteError, OSError):  # a build reports it
        return None


def _answer(request: BuildRequest) -> BuildAnswer:
    from mujaz.build.entry import build

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    started = time.perf_counter()
    try:
        while True:
            try:
                return _of(build(request), time.perf_counter() - started)
            except LockedError:  # a second `serve` or desk of this site builds: its output is ours
                if time.perf_counter() - started > LONGEST_WAIT:
                    raise
                time.sleep(0.1)
    except Exception as error:
        return _stopped(error)


def _stopped(error: Exception) -> BuildAnswer:
    """The answer of a build that this has stopped; called where it is caught."""
    if isinstance(error, SiteError):
        return BuildAnswer(problems=error.problems)
    if isinstance(error, UsageError | WorkerDied):
        return BuildAnswer(trouble=error.message)
    if isinstance(error, OSError):
        # A file that was saved while it was read, or that was removed since it was seen.
        again = error.errno in (errno.EBUSY, errno.ENOENT)
        place = visible(os.fsdecode(error.filename)) if error.filename else say("the-disk")
        return BuildAnswer(trouble=say("stopped-at", place=place, why=reason(error)), again=again)
    lines = traceback.format_exc().strip().splitlines()
    place = lines[-3].strip() if lines[2:] else ""
    return BuildAnswer(trouble=say("bug-in-mujaz", error=lines[-1], place=place))


def _of(report: BuildReport, seconds: float) -> BuildAnswer:
    return BuildAnswer(
        built=True,
        stories=report.stories,
        written=len(report.written),
        deleted=len(report.deleted),
        seconds=seconds,
        problems=report.warnings,
        early=report.early,
        pages_changed=not all(path.startswith(SEARCHED) for path in (*report.written, *report.deleted)),
    )


def seed(caches: Path, output: Path, home: Path) -> None:
    """Give `home` (the folder of `serve`) the built site in `output` and its cache in `caches`; only where it is new.

    It saves work and nothing else: whatever cannot be had is built.
    """
    cache = caches / "cache.sqlite"
    if home.exists() or not cache.is_file() or not (output / MANIFEST).is_file():
        return
    try:
        with lock(caches / "lock"):
            _link(output, home / "output.new")
            (home / "cache").mkdir()
            shutil.copyfile(cache, home / "cache" / cache.name)
            os.rename(home / "output.new", home / "output")
    except (OSError, UsageError, ValueError):  # another disk, a build that runs, a file that went: begin with nothing
        shutil.rmtree(home, ignore_errors=True)


def _link(output: Path, other: Path) -> None:
    """Hard links to all that the manifest names."""
    made: set[str] = set()
    for name in (*read_manifest(output), MANIFEST):
        folder = os.path.dirname(name)
        if folder not in made:
            os.makedirs(other / folder, exist_ok=True)
            made.add(folder)
        os.link(output / name, other / name)
