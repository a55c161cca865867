"""Who may enter a folder: its owner, group, mode, access list and other extended attributes."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def readable() -> Iterator[None]:
    """Let what is made in the block be read by everybody, as a web server must, whatever the umask says."""
    before = os.umask(0o077)
    os.umask(before & ~0o055)
    try:
        yield
    finally:
        os.umask(before)


def give(source: str | Path, target: str | Path) -> None:
    """Give the folder `target` what `source` has. Raises OSError where the system refuses."""
    of, its = os.stat(source), os.stat(target)
    if (of.st_uid, of.st_gid) != (its.st_uid, its.st_gid):
        os.chown(target, of.st_uid, of.st_gid)  # clears bits of the mode, so that comes later
    wanted, there = _extended(source), _extended(target)
    for name in there.keys() - wanted.keys():
        os.removexattr(target, name)
    for name, value in wanted.items():
        if there.get(name) != value:
            os.setxattr(target, name, value)
    if os.stat(target).st_mode != of.st_mode:
        os.chmod(target, stat.S_IMODE(of.st_mode))


def _extended(folder: str | Path) -> dict[str, bytes]:
    """Extended attributes, access lists among them; none where the system or the disk has no such thing."""
    if not hasattr(os, "listxattr"):
        return {}
    try:
        return {name: os.getxattr(folder, name) for name in os.listxattr(folder)}
    except OSError:
        return {}
