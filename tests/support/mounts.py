"""Mounts for tests, where the system lets us make them."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.support.needs import missing, program


@contextlib.contextmanager
def mounted(place: Path, *words: str | Path) -> Iterator[Path]:
    """`mount WORDS place`, for as long as the block lasts; `place` is made. Skips where we may not mount."""
    place.mkdir(parents=True, exist_ok=True)
    made = subprocess.run([program("mount"), *words, place], capture_output=True, check=False)
    if made.returncode:
        missing("the right to mount")
    try:
        yield place
    finally:
        subprocess.run([program("umount"), "-l", place], check=True)


@contextlib.contextmanager
def in_a_container(folder: Path, place: Path) -> Iterator[Path]:
    """What a process sees at `place` that mounts `folder` there in a space of its own, as a container does.

    Yields `place` by way of that process.
    """
    place.mkdir(parents=True)
    script = 'mount --bind "$0" "$1" && echo ready && read end'
    command = [program("unshare"), "--mount", program("sh"), "-c", script, folder, place]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout and process.stdin
    try:
        if process.stdout.readline() != b"ready\n":
            missing("the right to mount in a space of one's own")
        yield Path(f"/proc/{process.pid}/root{place}")
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()
