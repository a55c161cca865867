"""Walks folders and stamps files.

A stamp (modification time, size, inode) shows a change without reading the file.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from mujaz.frozen import Value

Stamp = tuple[int, int, int]  # mtime_ns, size, inode
# A file that changed so short a time before the scan may change again within one tick of the file system's clock and
# keep its stamp, so its digest is not trusted the next time. (git calls such files racily clean.)
TICK_NS = 50_000_000
Packed: TypeAlias = tuple[list[str], bytes]  # names, and three integers of eight bytes for each


def files(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield every file below `root`, links and special files too: its path with `/`, and its lstat. Follows no link."""
    folders = [""]
    while folders:
        folder = folders.pop()
        with contextlib.suppress(FileNotFoundError), os.scandir(root / folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(folder + entry.name + "/")
                    continue
                try:
                    status = entry.stat(follow_symlinks=False)
                except FileNotFoundError:  # went meanwhile; the others of its folder did not
                    continue
                yield folder + entry.name, status


def _signed(number: int) -> int:
    """A number within the 64 bits of SQLite and arrays. Times after 2262 and inodes that are hashes are greater."""
    return (number + (1 << 63)) % (1 << 64) - (1 << 63)


def stamp(status: os.stat_result) -> Stamp:
    return (_signed(status.st_mtime_ns), status.st_size, _signed(status.st_ino))


def input_stamp(status: os.stat_result) -> Stamp:
    """Of a file that is read. Who may read it is told with its inode: a change of that leaves its time as it was."""
    who = hash((status.st_ino, status.st_mode, status.st_uid, status.st_gid))  # of integers: alike in each process
    return (_signed(status.st_mtime_ns), status.st_size, who)


def folder_stamp(status: os.stat_result) -> Stamp:
    """Who may enter a folder is told in the place of its size: a change of that leaves its time as it was."""
    rights = status.st_mode & 0xFFFF | (status.st_uid & 0xFFFFFFFF) << 16 | (status.st_gid & 0x7FFF) << 48
    return (_signed(status.st_mtime_ns), rights, _signed(status.st_ino))


def folders_of(names: Iterable[str]) -> list[str]:
    """Return every folder above the files, the topmost ("") included."""
    folders = {""}
    for name in names:
        folder = name.rpartition("/")[0]
        while folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return sorted(folders)


def digest_of_stamps(stamps: Sequence[tuple[str, Stamp]]) -> str:
    """Digest names and stamps in their order."""
    names = "\n".join(name for name, _ in stamps)
    numbers = array("q", [number for _, mark in stamps for number in mark])
    raw = names.encode(errors="surrogateescape") + b"\0" + numbers.tobytes()
    return hashlib.blake2b(raw, digest_size=16).hexdigest()


def settled(mark: Stamp, now_ns: int) -> bool:
    """Whether the file is old enough for its stamp to show the next change. `now_ns` is the file system's time."""
    return mark[0] < now_ns - TICK_NS


def stamps_of_folders(root: Path, names: Iterable[str]) -> dict[str, Stamp]:
    """Stat these folders below `root`. Raises OSError where one is missing."""
    base = f"{root}/"
    return {name: folder_stamp(os.lstat(base + name)) for name in names}


class FolderStamps(Value):
    """Every file of an output by name, and the stamps of its folders, which show what comes into one or leaves it."""

    names: Sequence[str]
    folders: Mapping[str, Stamp]

    @classmethod
    def of(cls, root: Path, names: Sequence[str]) -> FolderStamps:
        """Stat the folders of these files. Raises OSError where one is missing."""
        return cls(names=names, folders=stamps_of_folders(root, folders_of(names)))

    @property
    def digest(self) -> str:
        return digest_of_stamps(sorted(self.folders.items()))

    def packed(self) -> Packed:
        """The folders in a form that is quick to decode; see `unpacked`."""
        numbers = array("q", [number for mark in self.folders.values() for number in mark])
        return list(self.folders), numbers.tobytes()


def unpacked(packed: Packed) -> dict[str, Stamp]:
    """Return the folders of `FolderStamps.packed`. Raises ValueError where `packed` holds none."""
    names, raw = packed
    numbers = array("q", raw)
    return dict(zip(names, zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True), strict=True))


def changed_meanwhile(path: str) -> OSError:
    """What is raised where a file is no longer the one that was scanned."""
    return OSError(errno.EBUSY, "was changed while the site was being built; build again", path)
