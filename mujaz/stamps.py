"""Stamps of files, by which a change is seen without reading (modification time, size, inode), and marks over many."""

from __future__ import annotations

import contextlib
import hashlib
import os
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from mujaz.frozen import Struct

Stamp = tuple[int, int, int]  # mtime_ns, size, inode
# A file changed this short a time before it was scanned may change again within one tick of the file system's clock
# and keep its stamp; its digest is not trusted the next time. (git calls such files racily clean.)
TICK_NS = 50_000_000
Packed = tuple[list[str], bytes]  # names, and three whole numbers of eight bytes for each


def files(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every file (links and special files too, never followed) below `root`: its path with `/`, and its lstat."""
    folders = [""]
    while folders:
        folder = folders.pop()
        with contextlib.suppress(FileNotFoundError), os.scandir(root / folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(folder + entry.name + "/")
                else:
                    yield folder + entry.name, entry.stat(follow_symlinks=False)


def stamp(status: os.stat_result) -> Stamp:
    return (status.st_mtime_ns, status.st_size, status.st_ino)


def folders_of(names: Iterable[str]) -> list[str]:
    """Every folder above the files, the topmost ("") included."""
    folders = {""}
    for name in names:
        folder = name.rpartition("/")[0]
        while folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return sorted(folders)


def mark_of(stamps: Sequence[tuple[str, Stamp]]) -> str:
    """One digest over names and stamps."""
    names = "\n".join(name for name, _ in stamps)
    numbers = array("q", [number for _, mark in stamps for number in mark])
    raw = names.encode(errors="surrogateescape") + b"\0" + numbers.tobytes()
    return hashlib.blake2b(raw, digest_size=16).hexdigest()


def settled(mark: Stamp, now_ns: int) -> bool:
    """True where the file is old enough for its stamp to tell the next change. `now_ns` is the file system's time."""
    return mark[0] < now_ns - TICK_NS


def folders_seen(root: Path, names: Iterable[str]) -> dict[str, Stamp]:
    """The stamps of these folders below `root`. Raises OSError where one is not there."""
    base = f"{root}/"
    return {name: stamp(os.lstat(base + name)) for name in names}


class Outline(Struct, frozen=True, kw_only=True):
    """Every file of an output by name, and the stamps of its folders, which tell what comes into one or goes."""

    names: Sequence[str]
    folders: Mapping[str, Stamp]

    @classmethod
    def of(cls, root: Path, names: Sequence[str]) -> Outline:
        """Raises OSError where a folder of these files is not there."""
        return cls(names=names, folders=folders_seen(root, folders_of(names)))

    @property
    def mark(self) -> str:
        return mark_of(sorted(self.folders.items()))

    def packed(self) -> Packed:
        """The folders, for `unpacked`."""
        numbers = array("q", [number for mark in self.folders.values() for number in mark])
        return list(self.folders), numbers.tobytes()


def unpacked(packed: Packed) -> dict[str, Stamp]:
    """Raises ValueError where these are no folders with their stamps."""
    names, raw = packed
    numbers = array("q", raw)
    return dict(zip(names, zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True), strict=True))
