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
import os
import shutil
import stat
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from mujaz.errors import Problem, SiteError, UsageError, quoted
from mujaz.stamps import Outline, Stamp, files, folders_of, stamp

MANIFEST = ".mujaz-manifest"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tree:
    """The second tree as it is known to be: its files, the stamps of its folders, which files are not the live ones."""

    names: frozenset[str]
    folders: dict[str, Stamp]
    unlike: frozenset[str]


class Staging:
    """The tree that will be the next output. Use it as `with Staging(output, home) as staging:`.

    `home` is a folder for the second tree; where it is on another disk than `output`, the second tree lies beside
    `output` instead, as `.NAME.mujaz`.
    """

    def __init__(self, output: Path, home: Path, outline: Outline | None = None) -> None:
        """`outline` is that of the output, where it is known; else the output is searched."""
        self.output = output
        self.tree = settle(output, home)
        self.outline = outline
        self.live = dict(files(output)) if outline is None else _stats(output, outline.names)
        self.ours = _manifest(output)
        self._folders: set[str] = set()
        self._second: _Tree | None = None  # None where the second tree must be searched
        # While no build died in the second tree: a mark over its folders, and which of its files are not the live ones.
        self._clean = home / (self.tree.name + ".clean")
        # A first build makes both trees at once, in its workers: the next one then has only its own change to link.
        self._twin = None if output.exists() else self.tree.with_name(self.tree.name + ".twin")
        self._twin_folders: set[str] = set()

    def __enter__(self) -> Staging:
        if self.tree.is_symlink() or (self.tree.exists() and not self.tree.is_dir()):
            raise UsageError(f"{self.tree} is not a folder; move it away")
        if self.tree.exists():
            self._second = self._known_tree()
        else:
            self.tree.mkdir()
            self._second = _Tree(names=frozenset(), folders={"": (0, 0, 0)}, unlike=frozenset())
        self._clean.unlink(missing_ok=True)
        if self._twin is not None:
            shutil.rmtree(self._twin, ignore_errors=True)
            self._twin.mkdir()
        return self

    def _known_tree(self) -> _Tree | None:
        """The second tree as the last commit left it; None where it may have been touched since, or was left by none.

        Its files need no look: those that are linked with the live ones are seen there, and no file can be put in the
        place of another without its folder's telling.
        """
        try:
            mark, *listed = os.fsdecode(self._clean.read_bytes()).split("\0")
            carried, unlike = listed[: listed.index("")], listed[listed.index("") + 1 :]
            names = {*_manifest(self.tree), MANIFEST, *carried}
            outline = Outline.of(self.tree, [*names])
        except (OSError, ValueError):
            return None
        if outline.mark != mark:
            return None
        return _Tree(names=frozenset(names), folders=dict(outline.folders), unlike=frozenset(unlike))

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
        if nothing and not (self.outline is None and _has_empty_folder(self.output)):
            return False
        wanted = planned.keys() | set(carried) | {MANIFEST}
        changed = {path for path, anew in planned.items() if anew} | gone | {MANIFEST}
        moved_folders = self._bring_up(kept, carried, wanted) | set(folders_of(changed))
        for folder in self._foreign_folders(carried, wanted):
            (self.tree / folder).mkdir(parents=True, exist_ok=True)
        _sync(self.tree)
        _exchange(self.tree, self.output)
        if self._twin is not None:
            os.rename(self._twin, self.tree)
            self._remember_tree(Outline.of(self.tree, [*planned, MANIFEST]), (), ())
        elif self.outline is not None:  # a searched output may have had empty folders
            # The outline is from before this build: so it tells what came into the folders meanwhile.
            self._remember_tree(self.outline, self.live.keys() - self.ours, changed)
        self.outline = self._new_outline(wanted, moved_folders) if not carried else None
        return True

    def _new_outline(self, wanted: Set[str], moved: Set[str]) -> Outline | None:
        """Of what was committed: only folders that something came into or left have another stamp than before."""
        if self._second is None:
            return None
        known, base = self._second.folders, f"{self.output}/"
        folders = {
            name: known[name] if name in known and name not in moved else stamp(os.lstat(base + name))
            for name in folders_of(wanted)
        }
        return Outline(names=[*wanted], folders=folders)

    def _bring_up(self, kept: Iterable[str], carried: Collection[str], wanted: Set[str]) -> set[str]:
        """Make the second tree hold what is `wanted`: what is kept and carried as links with the live files.

        Returns the folders in which it may have changed something.
        """
        second = self._second
        held = dict(files(self.tree)) if second is None else _stats(self.tree, second.unlike | set(carried))
        leftovers = (held.keys() if second is None else second.names) - wanted
        leftovers -= set(folders_of(wanted) if leftovers else ())  # `_real_folder` takes away what stands in its way
        for path in leftovers:
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                (self.tree / path).unlink()
        linked = second.names - second.unlike - set(carried) if second else frozenset()
        loose = [path for path in [*kept, *carried] if path not in linked]
        for path in loose:
            if path not in held or held[path].st_ino != self.live[path].st_ino:
                self._carry(path)
        if second is None:
            _remove_empty_folders(self.tree)
        else:
            _remove_folders_above(self.tree, leftovers)
        unlike = second.unlike if second else frozenset()
        return set(folders_of([*loose, *leftovers, *unlike]))

    def _remember_tree(self, outline: Outline, carried: Iterable[str], unlike: Iterable[str]) -> None:
        """What the next build may know of the second tree."""
        self._clean.write_bytes(os.fsencode("\0".join((outline.mark, *carried, "", *unlike))))

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
