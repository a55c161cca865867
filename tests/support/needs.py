"""What tests need of the machine, beyond Python and what the locks bring; and that they say so.

A test that starts a program gets its path from `program`. One that leaves the start to Mujaz names the program in
`@pytest.mark.needs("rsync")`. The same marker names what a system may lack, which `FEATURES` lists. On a machine
without it the test is skipped and says why. The full run of CI sets MUJAZ_FULL: there it fails.

An audit hook watches each process in which tests run. It ends a test that starts a program which it did not name.
"""

from __future__ import annotations

import functools
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from mujaz import workers
from mujaz.output import swap

PYTHON = os.path.realpath(sys.executable)
LOCKED = {Path(sys.prefix), Path(sys.prefix).resolve()}  # the environment, in which packages bring programs of theirs
_named: set[str] | None = None  # by the test that runs, if one does: pytest-xdist itself starts uname


def full() -> bool:
    """Whether this is the run in which nothing may be missing."""
    return bool(os.environ.get("MUJAZ_FULL"))


def missing(what: str) -> NoReturn:
    """Skip the test that runs, for the machine lacks `what`; in the full run fail it."""
    if full():
        pytest.fail(f"the full run needs {what}")
    pytest.skip(f"needs {what}")


def program(*names: str) -> str:
    """Where the first of `names` is that this machine has. Skips without any; fails in the full run."""
    if _named is not None:
        _named.update(Path(name).name for name in names)
    for name in names:
        if found := shutil.which(name):
            return found
    missing(" or ".join(names))


@functools.cache
def _exchanges() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        one, other = Path(folder, "one"), Path(folder, "other")
        one.mkdir()
        other.mkdir()
        return swap.renameat2(one, other)


def _second_disk() -> bool:
    return os.access("/dev/shm", os.W_OK) and os.stat("/dev/shm").st_dev != os.stat(tempfile.gettempdir()).st_dev


# What a system may lack → whether this one has it.
FEATURES: dict[str, Callable[[], bool]] = {
    "a system that can fork": workers.can_fork,
    "a system that exchanges two folders at once": _exchanges,
    "a second file system": _second_disk,
}


def check(item: pytest.Item) -> None:
    """Look for what the markers of `item` name, before anything is set up for it. From here on it is watched."""
    global _named
    _named = set()
    for marker in item.iter_markers("needs"):
        for name in marker.args:
            if name not in FEATURES:
                program(name)
            elif not FEATURES[name]():
                missing(name)


def ended() -> None:
    """No test runs until the next is checked."""
    global _named
    _named = None


# ---------------------------------------------------------------- the watch


def unnamed(event: str, arguments: tuple[Any, ...]) -> str | None:
    """The program that an event of Python's audit starts, unless the test that runs named it."""
    if event == "os.system":
        started = "sh"
    elif event == "subprocess.Popen":
        started = os.fsdecode(arguments[0] or arguments[1][0])
    elif event in ("os.exec", "os.posix_spawn"):
        started = os.fsdecode(arguments[0])
    else:
        return None
    if _named is None:
        return None
    path = Path(shutil.which(started) or started)
    locked = os.path.realpath(path) == PYTHON or not LOCKED.isdisjoint([*path.parents, *path.resolve().parents])
    return None if locked or path.name in _named else started


def watch() -> None:
    """End each test that starts a program which it did not name. Cannot be taken back in this process."""

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(("os.", "subprocess.")) and (started := unnamed(event, arguments)):
            pytest.fail(f"starts {started!r}, which it did not name; see tests/support/needs.py")

    sys.addaudithook(hook)
