"""The output where its folder must stay: its files are replaced one by one.

That keeps less than an exchange of whole trees: a reader may meet pages of both sites for a moment, and a build that is
killed in it leaves both until the next one. Each file is whole at any time, and nothing is replaced before all is
written. New files come first, then articles, then the lists that name them; what is gone goes last.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Self

from mujaz.files.stamps import FolderStamps, files
from mujaz.messages.errors import SiteError, after_writing
from mujaz.messages.message import Message
from mujaz.output.attributes import readable
from mujaz.output.held import is_of_an_image, mounts_within, why_held
from mujaz.output.lock import lock_folder
from mujaz.output.manifest import MANIFEST, manifest_of
from mujaz.output.staging import Staging, foreign_folders, in_the_way
from mujaz.output.swap import (
    NEW,
    clear,
    is_waiting,
    real_folder,
    remove_empty_folders,
    remove_folder,
    remove_folders_above,
    settle,
    standing_in_way,
    sync,
)


@contextlib.contextmanager
def open_staging(output: Path, home: Path, known: Callable[[], FolderStamps | None]) -> Iterator[Staging]:
    """The staging that fits `output`, which no other build may enter meanwhile. `known` is asked within."""
    with lock_folder(output), readable():
        tree = settle(output, home)
        why = why_held(output, tree)
        if why is None and tree.is_dir() and not tree.is_symlink() and is_of_an_image(tree, tree):
            remove_folder(tree)  # one that is made anew can be renamed
        staging = InPlace(output, home, known(), why) if why else Staging(output, home, known())
        with staging:
            yield staging


class InPlace(Staging):
    """As `Staging`, but new files lie within the output until all are written: a mount is a disk of its own.

    So is a mount within it, and new files of it wait there.
    """

    def __init__(self, output: Path, home: Path, known: FolderStamps | None, why: Message) -> None:
        super().__init__(output, home, known)
        self.tree = output / NEW
        self.in_place = why
        self._disks = ("", *(f"{path}/" for path in mounts_within(output) if (output / path).is_dir()))

    def __enter__(self) -> Self:
        return self

    def begin(self) -> None:
        self._clear()  # of a build that was killed
        clear(str(self.tree))
        self.tree.mkdir()
        clear(str(self._record_file))  # the other tree will know nothing of these files

    def __exit__(self, *exception: object) -> None:
        self._clear()
        super().__exit__(*exception)

    def _clear(self) -> None:
        for disk in self._disks:
            remove_folder(f"{self.output}/{disk}{NEW}", ignore_errors=True)

    def flush(self) -> None:
        """Does nothing: `commit` syncs before it replaces."""

    def _waiting(self, path: str) -> str:
        """Where the new file for `path` lies, below the output."""
        disk = max(filter(path.startswith, self._disks), key=len)
        return f"{disk}{NEW}/{path.removeprefix(disk)}"

    def _target(self, path: str) -> str:
        waiting = self._waiting(path)
        real_folder(self.output, waiting.rpartition("/")[0], self._made_folders)
        return f"{self.output}/{waiting}"

    def _sync(self) -> None:
        for disk in self._disks:
            sync(self.output / disk)

    def _link(self, path: str) -> None:
        """Does nothing: what does not change stays where it is."""

    def commit(self, planned: Mapping[str, bool], foreign: Iterable[str], *, written: bool = True) -> bool:
        carried = list(foreign)
        anew = [path for path, changed in planned.items() if changed]
        gone = self.live.keys() - planned.keys() - set(carried) - {MANIFEST}
        listed = manifest_of(planned)
        if self.folders is None:
            remove_empty_folders(self.output, foreign_folders(self.output, carried, {*planned, *carried}))
        if not anew and not gone and self._is_in(MANIFEST, listed):
            return False
        in_way = standing_in_way(gone, planned)
        if gone:  # on a disk that knows no case, a new file that differs in it alone would go with the old one
            spellings = {path.casefold() for path in planned}
            in_way |= {path for path in gone if path.casefold() in spellings}
        new = [path for path in anew if path not in self.live]
        changed = sorted((path for path in anew if path in self.live), key=lambda path: (-path.count("/"), path))
        self._sync()  # may take minutes, so the look comes after it
        self._look_again(planned, carried)
        with after_writing():
            # A build that is killed here left none but ours.
            self._replace_manifest(manifest_of({*planned, *self.ours} - {MANIFEST}))
            self._remove(in_way)
            made: set[str] = set()
            for path in (*new, *changed):
                real_folder(self.output, path.rpartition("/")[0], made)
                os.replace(f"{self.output}/{self._waiting(path)}", f"{self.output}/{path}")
            self._remove(gone - in_way)
            self._replace_manifest(listed)
        self.folders = None
        self._sync()
        return True

    def _look_again(self, planned: Collection[str], carried: Iterable[str]) -> None:
        """See what others put here, or took away, while the build ran. Raises SiteError where it is in a page's way."""
        there = {path for path, _ in files(self.output) if not is_waiting(path)}
        came = there - self.live.keys() - self.ours - {MANIFEST}
        if found := standing_in_way(came, planned):
            raise SiteError([in_the_way(self.output, path) for path in sorted(found)])
        self.came, self.went = sorted(came), set(carried) - there

    def _replace_manifest(self, raw: bytes) -> None:
        self.tree.mkdir(exist_ok=True)
        (self.tree / MANIFEST).write_bytes(raw)
        os.replace(self.tree / MANIFEST, self.output / MANIFEST)

    def _remove(self, paths: Iterable[str]) -> None:
        paths = list(paths)
        for path in paths:
            with contextlib.suppress(FileNotFoundError):
                (self.output / path).unlink()
        remove_folders_above(self.output, paths)
