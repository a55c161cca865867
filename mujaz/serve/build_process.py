"""Builds in a process of its own, for a server that has threads: a build forks, and threads must not be forked.

`start` forks a process that stands by with all libraries loaded and the site's layouts compiled. For each build that
process forks once more, so that every build begins clean and none leaves memory behind. One byte asks for a build;
answers are typed msgpack.
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
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from mujaz import workers
from mujaz.build.report import BuildReport, Early
from mujaz.build.request import BuildRequest
from mujaz.cache.store import decode, encode
from mujaz.errors import Problem, SiteError, UsageError, WorkerDied, reason
from mujaz.frozen import Value
from mujaz.messages.message import Message, say
from mujaz.output.lock import lock
from mujaz.output.staging import MANIFEST

BUILD = b"b"  # asks for a build
SIZE = 8  # bytes that tell the length of an answer
SEARCHED = "search/"
# What a build loads, most of it only where it is needed. A test holds that there is no more.
LOADED = (
    *(
        "mujaz.build.entry",
        "mujaz.related.similarity",
        "mujaz.build.pipeline",
        "mujaz.related.lists",
        "mujaz.feeds.rss_atom",
        "mujaz.feeds.json_feed",
        "mujaz.render.email",
        "mujaz.render.compress",
    ),
    *("mujaz.feeds.sitemap", "babel.dates", "hijridate.convert", "lxml.html", "PIL.Image", "css_inline", "brotli"),
    *("fontpkg_ibm_plex_sans_arabic", "pylopdf_fonts_ar", "babel.numbers"),
    *("mujaz.assets.cards", "mujaz.assets.shaping", "fontTools.ttLib"),
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
    """The process that stands by. Use it within an event loop; one build at a time."""

    def __init__(self, process: int, line: socket.socket) -> None:
        self.process, self._socket = process, line
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def build(self) -> BuildAnswer:
        if self._streams is None:
            self._streams = await asyncio.open_connection(sock=self._socket)
        reader, writer = self._streams
        writer.write(BUILD)
        await writer.drain()
        try:
            size = int.from_bytes(await reader.readexactly(SIZE))
            return decode(BuildAnswer, await reader.readexactly(size))
        except asyncio.IncompleteReadError:
            return BuildAnswer(trouble=say("builder-ended"))

    def close(self) -> None:
        """End it. A build that runs is finished first, unless it gets a signal of its own."""
        if self._streams is not None:
            self._streams[1].close()
        self._socket.close()
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.process, 0)


def start(request: Callable[[], BuildRequest]) -> Builder:
    """Fork the process; it calls `request` for each build. Call this before any thread is started."""
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
            _stand_by(request, theirs)
    finally:
        os._exit(0)


def _stand_by(request: Callable[[], BuildRequest], line: socket.socket) -> None:
    for module in LOADED:
        import_module(module)
    warm: object = None
    while line.recv(1):
        try:
            with workers.background(lambda: _answer(request()), 0, apart=True) as building:
                warm = _compile_layouts(request(), warm)
                answer = building.result()
        except WorkerDied:
            answer = BuildAnswer(trouble=say("build-killed"))
        raw = encode(answer)
        with contextlib.suppress(OSError):  # nobody listens any more
            line.sendall(len(raw).to_bytes(SIZE) + raw)


def _compile_layouts(request: BuildRequest, before: object) -> object:
    """Compile the site's layouts, unless they are as `before`, so that no later fork need do it. Returns their stamps.

    Jinja's compiled code is remembered by a layout's text, so that no build uses one that has changed.
    """
    from mujaz.build.load import load_layouts, load_settings
    from mujaz.layouts.sources import tree

    try:
        settings = load_settings(request)
        folders = (request.root / settings.config.layouts, request.layouts)
        found = [path.stat() for folder in folders for _, path in tree(folder)]
        stamps = (settings.config, [(status.st_mtime_ns, status.st_size, status.st_ino) for status in found])
        if stamps != before:
            layouts, _ = load_layouts(request, settings)
            if layouts is not None:
                layouts.compile(f"{name}.html" for name in layouts.names())
        return stamps
    except (SiteError, OSError):  # a build reports it
        return None


def _answer(request: BuildRequest) -> BuildAnswer:
    from mujaz.build.entry import build

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    started = time.perf_counter()
    try:
        return _of(build(request), time.perf_counter() - started)
    except SiteError as error:
        return BuildAnswer(problems=error.problems)
    except (UsageError, WorkerDied) as error:
        return BuildAnswer(trouble=error.message)
    except OSError as error:
        # A file that was saved while it was read, or that was removed since it was seen.
        again = error.errno in (errno.EBUSY, errno.ENOENT)
        place = os.fsdecode(error.filename) if error.filename else say("the-disk")
        return BuildAnswer(trouble=say("stopped-at", place=place, why=reason(error)), again=again)
    except Exception:
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
    except (OSError, UsageError):  # another disk, a build that runs, a file that went: begin with nothing
        shutil.rmtree(home, ignore_errors=True)


def _link(output: Path, other: Path) -> None:
    """Hard links to all that the manifest names."""
    names = (output / MANIFEST).read_text(encoding="utf-8").splitlines()
    made: set[str] = set()
    for name in (*names, MANIFEST):
        folder = os.path.dirname(name)
        if folder not in made:
            os.makedirs(other / folder, exist_ok=True)
            made.add(folder)
        os.link(output / name, other / name)
