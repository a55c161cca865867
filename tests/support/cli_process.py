"""`build.py serve` and `preview` as a user runs them: in a process of their own, ended by Ctrl-C."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BUILD = Path(__file__).parents[2] / "build.py"
PATIENCE = 60.0  # seconds until a test gives up; nothing is measured by it


@dataclass(frozen=True)
class Served:
    """A running server: where it is, and the lines that it prints."""

    url: str
    lines: queue.Queue[str]
    process: subprocess.Popen[str]

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
def served(folder: Path, verb: str, *words: str) -> Iterator[Served]:
    """The server for as long as the block lasts; it must end by itself, and well, when it is asked to."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "LC_ALL": "C.UTF-8"}
    environment.pop("SOURCE_DATE_EPOCH", None)
    command = [sys.executable, str(BUILD), verb, "--port", "0", *words]
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    lines: queue.Queue[str] = queue.Queue()
    assert process.stdout
    reading = threading.Thread(
        target=lambda out: [lines.put(line.rstrip("\n")) for line in out], args=(process.stdout,)
    )
    reading.start()
    try:
        served = Served("", lines, process)
        first = served.line("http://")
        yield Served(first.split()[0], lines, process)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait()
        reading.join()
        process.stdout.close()
