"""`build.py serve`, `desk` and `preview` as a user runs them: in a process of their own, ended by Ctrl-C.

To load what a server needs takes a processor two seconds. So Python's fork server does it once, and forks each server.
With `loaded=False` one is started as a shell does it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import queue
import runpy
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol, TextIO

BUILD = Path(__file__).parents[2] / "build.py"
PATIENCE = 120.0  # seconds until a test gives up; nothing is measured by it
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.support.loaded"])


class Started(Protocol):
    """A process of a server, however it was started."""

    pid: Any

    def kill(self) -> None: ...


@dataclass(frozen=True)
class Served:
    """A running server: where it is, and the lines that it prints."""

    url: str
    lines: queue.Queue[str]
    process: Started

    def line(self, *words: str) -> str:
        """The next line that has all the words."""
        seen = []
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with contextlib.suppress(queue.Empty):
                seen.append(self.lines.get(timeout=0.2))
                if all(word in seen[-1] for word in words):
                    return seen[-1]
        raise AssertionError(f"no line with {words} came: {seen}")


@contextlib.contextmanager
def served(folder: Path, verb: str, *words: str, loaded: bool = True) -> Iterator[Served]:
    """The server for as long as the block lasts; it must end by itself, and well, when it is asked to."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "LC_ALL": "C.UTF-8"}
    environment.pop("SOURCE_DATE_EPOCH", None)
    start = _forked if loaded else _started
    with start(folder, [str(BUILD), verb, "--port", "0", *words], environment) as (process, out):
        lines: queue.Queue[str] = queue.Queue()
        reading = threading.Thread(target=lambda: [lines.put(line.rstrip("\n")) for line in out])
        reading.start()
        try:
            first = Served("", lines, process).line("http://")
            yield Served(first.split()[0], lines, process)
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGINT)
            assert _ended(process) == 0
        finally:
            process.kill()
            _ended(process)
            reading.join()


def _ended(process: Any) -> int | None:
    """The exit code, negative where a signal ended it; None where it has not ended in time."""
    if isinstance(process, subprocess.Popen):
        return process.wait(PATIENCE)
    process.join(PATIENCE)
    code: int | None = process.exitcode
    return code


Start = Iterator[tuple[Started, TextIO]]


@contextlib.contextmanager
def _started(folder: Path, words: list[str], environment: dict[str, str]) -> Start:
    command = [sys.executable, *words]
    pipe, out_too = subprocess.PIPE, subprocess.STDOUT
    process = subprocess.Popen(command, cwd=folder, env=environment, text=True, stdout=pipe, stderr=out_too)
    assert process.stdout
    with process.stdout as out:
        yield process, out


@contextlib.contextmanager
def _forked(folder: Path, words: list[str], environment: dict[str, str]) -> Start:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = FORKS.Process(target=_run, args=(folder, words, environment, theirs))
    with ours, open(os.dup(ours.fileno()), encoding="utf-8") as out:
        process.start()
        theirs.close()
        yield process, out
    process.close()


def _run(folder: Path, words: list[str], environment: dict[str, str], out: Connection) -> None:
    """What a shell would do, and Python when it starts."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number in (1, 2):
        os.dup2(out.fileno(), number)
    out.close()
    sys.stdout = sys.stderr = os.fdopen(1, "w", buffering=1, encoding="utf-8", closefd=False)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.argv = words
    runpy.run_path(words[0], run_name="__main__")
