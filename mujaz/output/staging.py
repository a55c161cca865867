"""The output folder: builds a second tree and swaps it in whole, so that a reader sees the old site or the new one.

`Staging` holds the second tree, usually the output of the build before the last. A file that does not change is a hard
link to the live one: its bytes, its mtime and its inode stay. `commit` syncs once, then exchanges the two folders in
one system call. It carries over files in the output that Mujaz did not write. The manifest names those that are ours;
it lies in the output itself, for the cache may be deleted and must cost nothing but time.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Self

from mujaz.files.stamps import FolderStamps, Stamp, files, folder_stamp, folders_of, stamp, stamps_of_folders
from mujaz.frozen import Value
from mujaz.messages.errors import LockedError, Problem, SiteError, UsageError, after_writing
from mujaz.messages.message import Message, say
from mujaz.output.attributes import give
from mujaz.output.manifest import MANIFEST, in_folders, manifest_of, read_manifest
from mujaz.output.swap import (
    CLEAN,
    SecondTree,
    bring_along,
    came_into,
    clear,
    exchange,
    hard_link,
    is_one_file,
    is_waiting,
    make_beside,
    new_file,
    read_record,
    real_folder,
    record_bytes,
    remove_empty_folders,
    remove_folder,
    remove_folders_above,
    settle,
    slashes,
    standing_in_way,
    sync,
    take_along,
    write_record,
)

_NOT_THERE = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG)  # what a call says of a file that is not


class Committed(Value):
    """The new output as it is known without a look at it: the stamps of its folders and of the pages' files."""

    folders: FolderStamps
    files: Mapping[str, Stamp]


class _Tree(Value):
    """The second tree as it is known to be: its files, the stamps of its folders, which files are not the live ones."""

    names: frozenset[str]
    folders: Mapping[str, Stamp]
    unlike: frozenset[str]


class Staging:
    """The tree that will be the next output. Use it as `with Staging(output, home) as staging:`.

    `home` is a folder for the second tree; where it is on another disk than `output`, the second tree lies next to
    `output` instead, as `.NAME.mujaz`.
    """

    def __init__(self, output: Path, home: Path, known: FolderStamps | None = None) -> None:
        """Walks the output unless its files and folders are `known`; then it only stats the files."""
        self.output = output
        self.tree = settle(output, home)
        self.folders = known  # of the output; after `commit`, of the new one
        self.live, self._odd = _live(output, known)
        self.ours = _manifest(output)
        self._made_folders: set[str] = set()
        self._second: _Tree | None = None  # None where the second tree must be walked
        # Exists while no build has died in the second tree; records that tree's folders and its files that differ.
        self._record_file = home / (self.tree.name + CLEAN)
        self._record: bytes | None = None  # what stood in it, where it holds
        # A first build makes both trees at once, in its workers: the next one then has only its own change to link.
        self._spare = None if output.exists() else _twin(self.tree)
        self._spare_folders: set[str] = set()
        self.came: Sequence[str] = ()  # files that others put into the output while this build ran
        self.went: Set[str] = frozenset()  # and those that they took away
        self.in_place: Message | None = None  # why files of the output are replaced one by one, where they are

    def __enter__(self) -> Self:
        if self.tree.is_symlink() or (self.tree.exists() and not self.tree.is_dir()):
            raise UsageError(say("output-tree-no-folder", path=str(self.tree)))
        if self.tree.exists():
            self._second, self._record = _known_tree(self.tree, self._record_file, self.output)
        return self

    def begin(self) -> None:
        """Make the second tree ready. Until then a build changes nothing; call it before the first `write`."""
        if not self.tree.exists():
            make_beside(self.output, self.tree)
            self._second = _Tree(names=frozenset(), folders={"": (0, 0, 0)}, unlike=frozenset())
        clear(str(self._record_file))
        remove_folder(_twin(self.tree), ignore_errors=True)  # of a first build that was killed
        if self._spare is not None:
            self._spare.mkdir()
            give(self.tree, self._spare)

    def __exit__(self, *exception: object) -> None:
        """Does nothing: the next build overwrites what a failed one leaves in the second tree."""

    # ------------------------------------------------------------ before rendering

    def foreign(self, planned: Iterable[str], copies: Iterable[str] = ()) -> tuple[list[str], list[Problem]]:
        """Return the files that Mujaz did not write, and a problem for each that stands where a page must go.

        `copies` are compressed ones, of which not each is made: a plain file in such a place is in nobody's way.
        """
        others = sorted(self.live.keys() - self.ours - {MANIFEST})
        if not others:
            return [], []
        wanted = set(planned)
        folders, places = set(folders_of(wanted)), wanted.union(copies)
        problems = []
        for path in others:
            in_way = path in folders or any(path[:at] in places for at in slashes(path))
            if in_way or (path in places and path in self._odd):
                problems.append(in_the_way(self.output, path))
        return [path for path in others if path not in wanted], problems

    def is_live(self, path: str, known: Stamp | None) -> bool:
        """Whether the live file is exactly the one that was written with stamp `known`."""
        return known is not None and self.live.get(path) == known and path not in self._odd

    # ------------------------------------------------------------ rendering; called in worker processes too

    def write(self, path: str, raw: bytes) -> tuple[Stamp, bool]:
        """Put a file into the tree; returns its stamp, and whether it differs from the live one.

        Equal bytes keep the live file, and so its mtime. Raises SiteError where a foreign file would be replaced.
        """
        mark = self.live.get(path)
        if mark is not None and path not in self._odd:
            if self._is_in(path, raw):
                self._link(path)
                return mark, False
            if path not in self.ours:
                raise SiteError([in_the_way(self.output, path)])
        target = self._target(path)
        mark = new_file(target, raw)
        if self._spare is not None:
            real_folder(self._spare, path.rpartition("/")[0], self._spare_folders)
            hard_link(target, f"{self._spare}/{path}")
        return mark, True

    def _is_in(self, path: str, raw: bytes) -> bool:
        """Whether the live file is just this."""
        mark = self.live.get(path)
        same_size = mark is not None and mark[1] == len(raw) and path not in self._odd
        return same_size and (self.output / path).read_bytes() == raw

    def _target(self, path: str) -> str:
        folder = path.rpartition("/")[0]
        if folder not in self._made_folders:
            real_folder(self.tree, folder, self._made_folders)
        return f"{self.tree}/{path}"

    def _link(self, path: str) -> None:
        target = self._target(path)
        with contextlib.suppress(FileNotFoundError):
            if stamp(os.lstat(target))[2] == self.live[path][2]:
                return
        clear(target)
        hard_link(f"{self.output}/{path}", target)

    # ------------------------------------------------------------ the end

    def flush(self) -> None:
        """Sync what was written so far: `commit`, which waits for all of it, then has less to wait for."""
        sync(self.tree)

    def commit(self, planned: Mapping[str, bool], foreign: Iterable[str], *, written: bool = True) -> bool:
        """Make the tree the output: `planned` maps each path of the site to whether it was written anew.

        What is neither planned nor foreign is not in it, empty folders included. Returns False where nothing had to
        change. After a return the new site is on the disk; a crash before that leaves the old one. `written` says
        whether `write` was called, here or in a worker.
        """
        kept = [path for path, anew in planned.items() if not anew]
        carried = list(foreign)
        gone = self.live.keys() - planned.keys() - set(carried) - {MANIFEST}
        listed = manifest_of(planned)
        nothing = not gone and len(kept) == len(planned) and self.output.is_dir() and self._is_in(MANIFEST, listed)
        if nothing and not (self.folders is None and _has_empty_folder(self.output)):
            if not written and self._record is not None:
                self._record_file.write_bytes(self._record)  # nobody touched the second tree
            return False
        self.ours |= {MANIFEST}
        self.write(MANIFEST, listed)
        wanted = planned.keys() | set(carried) | {MANIFEST}
        changed = {path for path, anew in planned.items() if anew} | gone | {MANIFEST}
        moved_folders = self._bring_up(kept, carried, wanted) | set(folders_of(changed))
        theirs = foreign_folders(self.output, carried, wanted)
        for folder in theirs:
            (self.tree / folder).mkdir(parents=True, exist_ok=True)
        walked = self.folders is None or self._second is None
        _as_open(self.tree, self.output, theirs | (set(folders_of(wanted)) if walked else moved_folders))
        sync(self.tree)
        # A build with another cache may have come, since nothing was there to lock.
        if self._spare is not None and self.output.exists():
            raise LockedError(say("site-is-being-built"))
        with _exchanged(self.tree, self.output):
            if carried or _has_moved(self.tree, self.folders):
                came = came_into(self.tree, self.ours | (planned.keys() & self.live.keys()), self.live)
                if in_way := standing_in_way(came, planned):
                    raise SiteError([in_the_way(self.output, path) for path in sorted(in_way)])
                self.went = take_along(self.tree, self.output, carried, self.live)  # first: a file may become a folder
                self.came = bring_along(self.tree, self.output, came, self.live)
        with after_writing():
            if self._spare is not None:
                os.rename(self._spare, self.tree)
                folders = FolderStamps.of(self.tree, [*planned, MANIFEST]).folders
                write_record(self._record_file, SecondTree(folders=folders, carried=(), unlike=()), self.output)
            elif self.folders is not None:  # a walked output may have had empty folders
                # These stamps are from before this build, so they show what came into the folders meanwhile.
                others = self.live.keys() - self.ours
                left = SecondTree(folders=self.folders.folders, carried=[*others], unlike=[*changed])
                write_record(self._record_file, left, self.output)
            known = None if carried or self.came else self._second
            self.folders = _new_folders(known, self.output, wanted, moved_folders) if known else None
        return True

    def committed(self, written: Mapping[str, Stamp], paths: Iterable[str]) -> Committed | None:
        """Describe the new output: of `paths`, those in `written` have a new stamp. None where it must be walked."""
        if self.folders is None:
            return None
        stamps = {path: written[path] if path in written else self.live[path] for path in paths}
        return Committed(folders=self.folders, files=stamps)

    def _bring_up(self, kept: Iterable[str], carried: Collection[str], wanted: Set[str]) -> set[str]:
        """Make the second tree hold what is `wanted`: it links what is kept and carried with the live files.

        Returns the folders in which it may have changed something.
        """
        second, foreign = self._second, set(carried)
        held = dict(files(self.tree)) if second is None else _stats(self.tree, second.unlike | foreign)
        leftovers = (held.keys() if second is None else second.names) - wanted
        leftovers -= set(folders_of(wanted) if leftovers else ())  # `_real_folder` takes away what stands in its way
        _remove_files(self.tree, leftovers, wanted)
        linked = second.names - second.unlike - foreign if second else frozenset()
        loose = [path for path in [*kept, *carried] if path not in linked]
        for path in loose:
            if path not in held or stamp(held[path])[2] != self.live[path][2]:
                try:
                    self._link(path)
                except FileNotFoundError:
                    if path not in foreign:  # whose owner may have taken it away by now
                        raise
        if second is None:
            remove_empty_folders(self.tree)
        else:
            remove_folders_above(self.tree, leftovers)
        unlike = second.unlike if second else frozenset()
        return set(folders_of([*loose, *leftovers, *unlike]))


def _remove_files(tree: Path, leftovers: Collection[str], wanted: Iterable[str]) -> None:
    """Take away what the last build but one left. What is one file with a wanted one stays."""
    spellings = {path.casefold(): path for path in wanted} if leftovers else {}
    for path in leftovers:
        try:
            if not is_one_file(tree, path, spellings.get(path.casefold())):
                (tree / path).unlink()
        except OSError as error:
            if error.errno not in _NOT_THERE:
                raise


def _twin(tree: Path) -> Path:
    return tree.with_name(tree.name + ".twin")


def _known_tree(tree: Path, record_file: Path, output: Path) -> tuple[_Tree | None, bytes | None]:
    """Return the second tree as the last commit left it, and its record; None where it may have been touched since.

    Its files need no look: those that are linked with the live ones are seen there, and nobody can replace a file
    without changing its folder's stamp.
    """
    try:
        raw = record_bytes(record_file)
        record = read_record(raw, output)
        if stamps_of_folders(tree, record.folders) != record.folders:
            return None, None
    except (OSError, ValueError):
        return None, None
    folders = record.folders
    names = frozenset(in_folders({*_manifest(tree), MANIFEST, *record.carried}, folders))
    return _Tree(names=names, folders=folders, unlike=frozenset(in_folders(record.unlike, folders))), raw


def _as_open(tree: Path, output: Path, folders: Iterable[str]) -> None:
    """Let these folders of `tree` be as open, or as closed, as those of the same name in `output`."""
    for folder in folders:
        if os.path.isdir(f"{output}/{folder}"):
            with contextlib.suppress(OSError):  # of another user's; the topmost was given its attributes before
                give(f"{output}/{folder}", f"{tree}/{folder}")


def _new_folders(before: _Tree, output: Path, wanted: Set[str], moved: Set[str]) -> FolderStamps:
    """Stamp the folders of what was committed: only those in which something `moved` differ from `before`."""
    known, base = before.folders, f"{output}/"
    names = known if wanted == before.names else folders_of(wanted)
    folders = {
        name: known[name] if name in known and name not in moved else folder_stamp(os.lstat(base + name))
        for name in names
    }
    return FolderStamps(names=[*wanted], folders=folders)


def foreign_folders(output: Path, carried: Iterable[str], wanted: Iterable[str]) -> set[str]:
    """Folders beside carried files, where nothing of ours is: an empty one may mean something (`.git/refs`)."""
    tops = {path.partition("/")[0] for path in carried if "/" in path}
    tops -= {path.partition("/")[0] for path in wanted if path not in set(carried)} if tops else set()
    walks = (os.walk(output / top) for top in sorted(tops))
    return {os.path.relpath(folder, output) for walk in walks for folder, _, _ in walk}


def _live(output: Path, known: FolderStamps | None) -> tuple[Mapping[str, Stamp], frozenset[str]]:
    """Return the stamp of every file in the output, and those that are not regular files."""
    if known is None:
        found = {path: status for path, status in files(output) if not is_waiting(path)}
    else:
        found = _stats(output, known.names)
    odd = frozenset(path for path, status in found.items() if not stat.S_ISREG(status.st_mode))
    return {path: stamp(status) for path, status in found.items()}, odd


def _stats(root: Path, names: Iterable[str]) -> dict[str, os.stat_result]:
    """lstat those files that exist."""
    base, found = f"{root}/", {}
    for name in names:
        try:
            found[name] = os.lstat(base + name)
        except OSError as error:
            if error.errno not in _NOT_THERE:
                raise
    return found


def _has_empty_folder(root: Path) -> bool:
    return any(not names and not subs for _, subs, names in os.walk(root))


def _manifest(output: Path) -> frozenset[str]:
    """The paths that Mujaz wrote into `output`, as far as its manifest can be read."""
    try:
        return frozenset(read_manifest(output))
    except (OSError, UnicodeDecodeError):
        return frozenset()


def _has_moved(tree: Path, known: FolderStamps | None) -> bool:
    """Whether others may have put something into the `tree` that was the output since its folders were `known`."""
    try:
        return known is None or stamps_of_folders(tree, known.folders) != known.folders
    except OSError:
        return True


@contextlib.contextmanager
def _exchanged(tree: Path, output: Path) -> Iterator[None]:
    """Exchange the two; where the block then fails, the old tree comes back with what others put into it.

    Else it would lie in the second tree, of which the next build deletes all that it does not know.
    """
    exchange(tree, output)
    try:
        yield
    except (KeyboardInterrupt, OSError, SiteError):
        with after_writing():
            if not tree.exists():  # a first build: there is no old one
                raise
            exchange(tree, output)
        raise


def in_the_way(output: Path, path: str) -> Problem:
    text = say("foreign-file-in-the-way", path=path)
    return Problem(path=f"{output.name}/{path}", message=text, help=say("move-away-and-build"))
