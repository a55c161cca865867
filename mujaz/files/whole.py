"""Reads files that may have been replaced since they were looked at; writes whole ones, which nobody meets half."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from mujaz.files.stamps import changed_meanwhile
from mujaz.model.fingerprint import file_digest

OURS = re.compile(r"\.[0-9a-f]{16}\.tmp")  # the names of files that are not renamed yet


def read_plain(path: Path) -> bytes:
    """The bytes of a regular file. Raises OSError, EBUSY for what has taken its place: a pipe would never end."""
    with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb", buffering=0) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise changed_meanwhile(str(path))
        return file.readall()


def read_known(root: Path, path: str, digest: str) -> bytes:
    """The bytes of the file at `path` below `root`. Raises OSError, EBUSY where they have no longer this digest.

    What is cached by a digest must be made from its bytes: a program that saves a file empties it first.
    """
    raw = read_plain(root / path)
    if file_digest(raw) != digest:
        raise changed_meanwhile(path)
    return raw


@contextlib.contextmanager
def beside(path: Path, raw: bytes, mode: int | None = None) -> Iterator[Path]:
    """A hidden file with these bytes, on the disk, in the folder of `path`; it goes if it is not renamed.

    Its rights are `mode`, else those of every new file.
    """
    new = path.with_name(f".{os.urandom(8).hex()}.tmp")
    try:
        rights = 0o666 if mode is None else 0o600
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, rights), "wb") as file:
            with contextlib.suppress(OSError):  # a disk that knows no locks
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # until it is closed: `clear` leaves it
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
            if mode is not None:
                os.chmod(new, mode)
            yield new
    finally:
        with contextlib.suppress(OSError):  # it is gone, or stays hidden: what was done is not denied for that
            os.unlink(new)


def create_whole(path: Path, raw: bytes) -> None:
    """Write a new file, which is there whole or not at all. Raises FileExistsError where something has its name."""
    with beside(path, raw) as new:
        try:
            os.link(new, path)
        except FileExistsError:
            raise
        except OSError:  # a disk without hard links; each has an error of its own for that
            with open(path, "xb"):  # the name is taken first
                os.replace(new, path)


def write_whole(path: Path, raw: bytes) -> None:
    """Put a file with these bytes at `path`, in place of any file there: the old one stays or the new one is whole."""
    with beside(path, raw) as new:
        os.replace(new, path)


def replace_whole(path: Path, raw: bytes, before: bytes) -> None:
    """Put `raw` in place of the file's bytes, which are `before`. Its rights stay.

    Raises OSError, EBUSY where other bytes have come meanwhile.
    """
    path = Path(os.path.realpath(path))  # not a link to it
    with beside(path, raw, path.stat().st_mode & 0o7777) as new:
        if read_plain(path) != before:
            raise OSError(errno.EBUSY, "was changed meanwhile; try again", str(path))
        os.replace(new, path)


def clear(folder: Path) -> None:
    """Take away what a killed write left below `folder`: hidden files by names of ours that nobody writes now."""
    for path in folder.rglob(".*.tmp"):
        if OURS.fullmatch(path.name) and not path.is_symlink():
            with contextlib.suppress(OSError):
                if not _is_held(path):
                    path.unlink()


def _is_held(path: Path) -> bool:
    """Whether another program, such as a second desk, has the file of `beside` open. Raises OSError."""
    handle = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno == errno.EWOULDBLOCK
    finally:
        os.close(handle)
    return False
