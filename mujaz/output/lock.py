"""What must hold before a build writes: the output is apart from all that is read, and no other build runs."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from mujaz.messages.errors import LockedError, UsageError
from mujaz.messages.message import say
from mujaz.paths import PACKAGE

# Folders of the system that nobody means for a site (FHS 3.0, macOS), and those below which nothing is meant either.
OF_THE_SYSTEM = frozenset(
    "bin boot dev etc home lib lib32 lib64 opt proc root run sbin sys tmp usr var"
    " Applications Library System Users Volumes private".split()
)
CLOSED = frozenset("bin boot etc lib lib32 lib64 proc sbin sys Library System".split())


def guard(output: Path, root: Path, content: Path, layouts: Path, home: Path | None = None) -> None:
    """Raise UsageError unless `output` is a folder of its own, apart from everything that a build reads.

    `home` is the folder of the cache, `.mujaz` in `root` by default.
    """
    if output.is_symlink():
        raise UsageError(say("output-is-a-link", path=str(output)))
    if output.exists() and not output.is_dir():
        raise UsageError(say("output-no-folder", path=str(output)))
    real = Path(os.path.realpath(output))
    home = home or root / ".mujaz"
    apart = {content: say("folder-content"), layouts: say("folder-layouts"), root: say("folder-site")}
    apart |= {home: say("folder-cache"), PACKAGE: say("folder-program")}
    with contextlib.suppress(RuntimeError):  # a user without a home
        apart[Path.home()] = say("folder-home")
    for folder, name in apart.items():
        other = Path(os.path.realpath(folder))
        above = other == real or other.is_relative_to(real)
        inside = real.is_relative_to(other) and folder in (content, layouts, home)
        if above or inside or real == Path(real.anchor):
            raise UsageError(say("output-overlaps", path=str(output), folder=name))
    if _is_of_the_system(real):
        raise UsageError(say("output-of-the-system", path=str(output)))


def _is_of_the_system(real: Path) -> bool:
    """Whether a real folder is `/etc` or its like: a build would exchange it, and take its empty folders away."""
    top, *below = real.parts[1:]
    return top in (CLOSED if below else OF_THE_SYSTEM) or (top == "usr" and len(below) == 1)


def guard_cache(cache: Path, root: Path) -> None:
    """Raise UsageError unless `cache` is new, empty or a cache, and apart from the site in `root`."""
    if (cache.exists() or cache.is_symlink()) and not cache.is_dir():
        raise UsageError(say("no-folder", path=str(cache)))
    real, site = Path(os.path.realpath(cache)), Path(os.path.realpath(root))
    inside = real.is_relative_to(site) and not real.is_relative_to(site / ".mujaz")
    if inside or site.is_relative_to(real):
        raise UsageError(say("cache-in-site", path=str(cache)))
    if is_foreign(cache):
        raise UsageError(say("cache-not-ours", path=str(cache)))


def is_foreign(folder: Path) -> bool:
    """Whether a folder holds something, but nothing that a build, `check`, `serve` or the desk writes into it."""
    ours = any((folder / name).is_file() for name in ("lock", "cache.sqlite", "outside.json", "serve/cache/lock"))
    return folder.is_dir() and not ours and any(folder.iterdir())


SHOWN = "serve/shown"  # below .mujaz: held by each `serve` and desk that shows what lies beside it
_held: set[int] = set()  # locked files of this process


@contextlib.contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold the site's lock. Raises LockedError at once where another build holds it.

    The lock ends with its process: forked workers do not inherit it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _holding(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666), path):
        yield


@contextlib.contextmanager
def lock_shared(path: Path) -> Iterator[None]:
    """Hold a file together with others. Raises LockedError where another process holds it alone, by `lock`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _holding(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666), path, fcntl.LOCK_SH):
        yield


@contextlib.contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Hold a folder itself, if it is there: a build of another site, or with another cache, may write into it too.

    Raises LockedError where another process holds it.
    """
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        yield
        return
    with _holding(handle, folder):
        yield


@contextlib.contextmanager
def _holding(handle: int, path: Path, how: int = fcntl.LOCK_EX) -> Iterator[None]:
    _held.add(handle)
    try:
        try:
            fcntl.flock(handle, how | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno == errno.EWOULDBLOCK or not path.is_dir():  # there are disks that lock no folders
                raise LockedError(say("site-is-being-built")) from error
        if not _is_at(path, handle):  # removed or exchanged since it was opened
            raise LockedError(say("site-is-being-built"))
        yield
    finally:
        if handle in _held:
            _held.discard(handle)
            os.close(handle)


def _is_at(path: Path, handle: int) -> bool:
    with contextlib.suppress(OSError):
        return os.path.samestat(os.fstat(handle), os.stat(path))
    return False


def _let_go() -> None:
    """In a forked process: close the parent's locks. That does not unlock them; the parent holds them alone now."""
    while _held:
        os.close(_held.pop())


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)
