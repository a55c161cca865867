"""The output folder: a whole tree is made beside it and swapped in, so that a reader sees the old site or the new one.

`Staging` holds a second tree, usually the one of the build before the last. A file that does not change is a hard link
to the live one: its bytes, its mtime and its inode stay. `commit` syncs once, then exchanges the two folders in one
system call. Files in the output that Mujaz did not write are carried over; which ones are ours is told by the manifest,
a list of paths that lies in the output itself, for the cache may be deleted and must cost nothing but time.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import os
import shutil
import stat
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from mujaz.errors import Problem, SiteError, UsageError, quoted

MANIFEST = ".mujaz-manifest"
Stamp = tuple[int, int, int]  # mtime_ns, size, inode
# A file changed this short a time before it was scanned may change again within one tick of the file system's clock
# and keep its stamp; its digest is not trusted the next time. (git calls such files racily clean.)
TICK_NS = 50_000_000
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


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


class Staging:
    """The tree that will be the next output. Use it as `with Staging(output, home) as staging:`.

    `home` is a folder for the second tree; where it is on another disk than `output`, the second tree lies beside
    `output` instead, as `.NAME.mujaz`.
    """

    def __init__(self, output: Path, home: Path, names: Iterable[str] | None = None) -> None:
        """`names` are all files of the output, where that is known; else the output is searched for them."""
        self.output = output
        self.tree = settle(output, home)
        self.searched = names is None
        self.live = dict(files(output)) if names is None else _stats(output, names)
        self.ours = _manifest(output)
        self._folders: set[str] = set()
        # While no build died in the second tree: a mark over its folders, and what its manifest does not name.
        self._clean = home / (self.tree.name + ".clean")
        # A first build makes both trees at once, in its workers: the next one then has only its own change to link.
        self._twin = None if output.exists() else self.tree.with_name(self.tree.name + ".twin")
        self._twin_folders: set[str] = set()

    def __enter__(self) -> Staging:
        if self.tree.is_symlink() or (self.tree.exists() and not self.tree.is_dir()):
            raise UsageError(f"{self.tree} is not a folder; move it away")
        fresh = not self.tree.exists()
        self.tree.mkdir(exist_ok=True)
        self._held = {} if fresh else self._second_tree()
        self._clean.unlink(missing_ok=True)
        if self._twin is not None:
            shutil.rmtree(self._twin, ignore_errors=True)
            self._twin.mkdir()
        return self

    def _second_tree(self) -> dict[str, os.stat_result] | None:
        """What the second tree is known to hold; None where it must be searched."""
        try:
            mark, *extra = os.fsdecode(self._clean.read_bytes()).split("\0")
        except OSError:
            return None
        names = {*_manifest(self.tree), MANIFEST, *extra}
        return _stats(self.tree, names) if mark == _folders_mark(self.tree, names) else None

    def __exit__(self, *exception: object) -> None:
        """Nothing: what a failed build leaves in the second tree is overwritten by the next one."""

    # ------------------------------------------------------------ before rendering

    def foreign(self, planned: Iterable[str]) -> tuple[list[str], list[Problem]]:
        """Files in the output that Mujaz did not write, and a problem for each that stands where a page must go."""
        wanted = set(planned)
        folders = set(folders_of(wanted))
        others = sorted(self.live.keys() - self.ours - {MANIFEST})
        problems = []
        for path in others:
            in_way = path in folders or any(path[:at] in wanted for at in _slashes(path))
            if in_way or (path in wanted and not stat.S_ISREG(self.live[path].st_mode)):
                problems.append(self._in_the_way(path))
        return [path for path in others if path not in wanted], problems

    def _in_the_way(self, path: str) -> Problem:
        text = f"{quoted(path)} in the output folder was not written by mujaz and stands where a page must go"
        return Problem(path=f"{self.output.name}/{path}", text=text, help="move it away, then build again")

    def is_live(self, path: str, known: Stamp | None) -> bool:
        """True where the live file is exactly the one that was written with stamp `known`."""
        status = self.live.get(path)
        return known is not None and status is not None and stat.S_ISREG(status.st_mode) and stamp(status) == known

    # ------------------------------------------------------------ rendering; called in worker processes too

    def write(self, path: str, raw: bytes) -> tuple[Stamp, bool]:
        """Put a file into the tree; returns its stamp, and whether it differs from the live one.

        Equal bytes keep the live file, and so its mtime. Raises SiteError where a foreign file would be replaced.
        """
        status = self.live.get(path)
        if status is not None and stat.S_ISREG(status.st_mode):
            live = self.output / path
            if status.st_size == len(raw) and live.read_bytes() == raw:
                self._link(path)
                return stamp(status), False
            if path not in self.ours:
                raise SiteError([self._in_the_way(path)])
        target = self._target(path)
        mark = _new_file(target, raw)
        if self._twin is not None:
            _real_folder(self._twin, path.rpartition("/")[0], self._twin_folders)
            _hard_link(target, f"{self._twin}/{path}")
        return mark, True

    def _target(self, path: str) -> str:
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            _real_folder(self.tree, folder, self._folders)
        return f"{self.tree}/{path}"

    def _link(self, path: str) -> None:
        target = self._target(path)
        with contextlib.suppress(FileNotFoundError):
            if os.lstat(target).st_ino == self.live[path].st_ino:
                return
        _clear(target)
        _hard_link(f"{self.output}/{path}", target)

    # ------------------------------------------------------------ the end

    def commit(self, planned: Mapping[str, bool], foreign: Iterable[str]) -> bool:
        """Make the tree the output: `planned` maps each path of the site to whether it was written anew.

        What is neither planned nor foreign is not in it, empty folders included. Returns False where nothing had to
        change. After a return the new site is on the disk; a crash before that leaves the old one.
        """
        self.ours |= {MANIFEST}
        _, moved = self.write(MANIFEST, "".join(f"{path}\n" for path in sorted(planned)).encode())
        kept = [path for path, anew in planned.items() if not anew]
        carried = list(foreign)
        gone = self.live.keys() - planned.keys() - set(carried) - {MANIFEST}
        nothing = not moved and not gone and len(kept) == len(planned) and self.output.is_dir()
        if nothing and not (self.searched and _has_empty_folder(self.output)):
            return False
        held = dict(files(self.tree)) if self._held is None else self._held
        wanted = planned.keys() | set(carried) | {MANIFEST}
        leftovers = held.keys() - wanted
        leftovers -= set(folders_of(wanted) if leftovers else ())  # `_real_folder` takes away what stands in its way
        for path in leftovers:
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                (self.tree / path).unlink()
        for path in [*kept, *carried]:
            if path not in held or held[path].st_ino != self.live[path].st_ino:
                self._carry(path)
        if self._held is None:
            _remove_empty_folders(self.tree)
        else:
            _remove_folders_above(self.tree, leftovers)
        for folder in self._foreign_folders(carried, wanted):
            (self.tree / folder).mkdir(parents=True, exist_ok=True)
        _sync(self.tree)
        _exchange(self.tree, self.output)
        if self._twin is not None:
            os.rename(self._twin, self.tree)
        if self._twin is not None or not self.searched:  # a searched output may have had empty folders
            extra = self.live.keys() - self.ours
            mark = _folders_mark(self.tree, {*_manifest(self.tree), MANIFEST, *extra})
            self._clean.write_bytes(os.fsencode("\0".join((mark, *extra))))
        return True

    def _foreign_folders(self, carried: Iterable[str], wanted: Iterable[str]) -> set[str]:
        """Folders beside carried files, where nothing of ours is: an empty one may mean something (`.git/refs`)."""
        tops = {path.partition("/")[0] for path in carried if "/" in path}
        tops -= {path.partition("/")[0] for path in wanted if path not in set(carried)} if tops else set()
        walks = (os.walk(self.output / top) for top in sorted(tops))
        return {os.path.relpath(folder, self.output) for walk in walks for folder, _, _ in walk}

    def _carry(self, path: str) -> None:
        if stat.S_ISLNK(self.live[path].st_mode):
            target = self._target(path)
            _clear(target)
            os.symlink(os.readlink(f"{self.output}/{path}"), target)
        elif stat.S_ISREG(self.live[path].st_mode):
            self._link(path)


def _stats(root: Path, names: Iterable[str]) -> dict[str, os.stat_result]:
    """lstat of those files that are there."""
    base, found = f"{root}/", {}
    for name in names:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            found[name] = os.lstat(base + name)
    return found


def _folders_mark(root: Path, names: Iterable[str]) -> str:
    """Mark over the folders of `names`: it moves when anything comes into one or goes."""
    return mark_of(sorted((name, stamp(status)) for name, status in _stats(root, folders_of(names)).items()))


def _has_empty_folder(root: Path) -> bool:
    return any(not names and not subs for _, subs, names in os.walk(root))


def _manifest(output: Path) -> frozenset[str]:
    """The paths that Mujaz wrote into `output`, as far as its manifest can be read."""
    try:
        text = (output / MANIFEST).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return frozenset()
    return frozenset(line for line in text.split("\n") if line)


def _slashes(path: str) -> Iterator[int]:
    at = path.find("/")
    while at >= 0:
        yield at
        at = path.find("/", at + 1)


def _real_folder(root: Path, folder: str, known: set[str]) -> None:
    """Make `folder` below `root` and see that no part of it is anything but a real folder; `known` ones are."""
    for end in [*_slashes(folder), len(folder)]:
        if folder[:end] in known:
            continue
        known.add(folder[:end])
        path = f"{root}/{folder[:end]}"
        try:
            os.mkdir(path)
        except FileExistsError:
            if not stat.S_ISDIR(os.lstat(path).st_mode):
                with contextlib.suppress(FileNotFoundError):  # another worker was quicker
                    os.unlink(path)  # a leftover in our own second tree; never the live output
                with contextlib.suppress(FileExistsError):
                    os.mkdir(path)


def _new_file(path: str, raw: bytes) -> Stamp:
    """Write a new file, and never through one that stands there: it may be linked with the live one."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags, 0o666)
    except FileExistsError:
        _clear(path)
        handle = os.open(path, flags, 0o666)
    try:
        left = memoryview(raw)
        while left:
            left = left[os.write(handle, left) :]
        return stamp(os.fstat(handle))
    finally:
        os.close(handle)


def _clear(path: str) -> None:
    """Take away what stands at `path` in our own second tree, be it a folder; a link is not followed."""
    try:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)
    except (IsADirectoryError, PermissionError):
        shutil.rmtree(path)


def _remove_empty_folders(root: Path) -> None:
    for folder, _, _ in os.walk(root, topdown=False):
        if folder != str(root):
            with contextlib.suppress(OSError):
                os.rmdir(folder)


def _remove_folders_above(root: Path, paths: Iterable[str]) -> None:
    """Remove the folders of `paths` that nothing is left in."""
    for path in paths:
        folder = path.rpartition("/")[0]
        with contextlib.suppress(OSError):  # not empty: whatever is above it is not empty either
            while folder:
                os.rmdir(root / folder)
                folder = folder.rpartition("/")[0]


def _hard_link(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP):
            raise
        shutil.copy2(source, target)  # a file system without hard links; the mtime is kept


def _sync(root: Path) -> None:
    """Bring the file system that holds `root` to the disk: one call instead of an fsync a file (7 ms each)."""
    handle = os.open(root, os.O_RDONLY)
    try:
        syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None) if sys.platform == "linux" else None
        if syncfs is None or syncfs(handle) != 0:
            os.sync()
    finally:
        os.close(handle)


def _exchange(tree: Path, output: Path) -> None:
    """Swap the two folders at once; where the system cannot, by renames that `settle` can finish."""
    if not output.exists():
        os.rename(tree, output)
    elif not _renameat2(tree, output):
        aside = tree.with_name(tree.name + ".old")
        os.rename(output, aside)
        os.rename(tree, output)
        os.rename(aside, tree)
    for folder in {tree.parent, output.parent}:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _renameat2(one: Path, other: Path) -> bool:
    if sys.platform != "linux" or os.environ.get("MUJAZ_NO_EXCHANGE"):
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    done: int = call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return done == 0


def settle(output: Path, home: Path) -> Path:
    """Finish, or undo, a swap by renames that was cut off between two of its steps; returns the second tree's path.

    Nothing may read the output before: until then the old site may lie aside.
    """
    output.parent.mkdir(parents=True, exist_ok=True)
    home.mkdir(parents=True, exist_ok=True)
    same_disk = output.parent.stat().st_dev == home.stat().st_dev
    tree = home / "tree" if same_disk else output.with_name(f".{output.name}.mujaz")
    aside = tree.with_name(tree.name + ".old")
    if not aside.exists():
        return tree
    if not output.exists():
        os.rename(aside, output)  # the new tree was not yet in place: the old site comes back
    elif tree.exists():
        shutil.rmtree(aside)
    else:
        os.rename(aside, tree)
    return tree
