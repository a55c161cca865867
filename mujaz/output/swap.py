"""Trees of files: one made beside another and exchanged with it at once, by way of the system's calls.

What a tree holds is decided in `mujaz.output.staging`.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import sys
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from mujaz.files.stamps import FolderStamps, Stamp, files, folders_of, stamp, unpacked
from mujaz.frozen import Value
from mujaz.output.attributes import readable

NEW = ".mujaz-new"  # a folder in the output and in mounts within, while files are replaced; see `mujaz.output.in_place`
CLEAN = ".clean"  # after the second tree's name: a file that tells of it while no build died in it
SEAL = 8  # bytes of that file: the digest of the others and of the output's path
LONGEST_RECORD = 1 << 26  # bytes; at 100,000 stories 12 million
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def slashes(path: str) -> Iterator[int]:
    at = path.find("/")
    while at >= 0:
        yield at
        at = path.find("/", at + 1)


def is_waiting(path: str) -> bool:
    """Whether this file of the output is one that a build has not put in its place yet."""
    return f"/{NEW}/" in f"/{path}"


def real_folder(root: Path, folder: str, known: set[str]) -> None:
    """Make `folder` below `root` and see that no part of it is anything but a real folder; `known` ones are."""
    for end in [*slashes(folder), len(folder)]:
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


def new_file(path: str, raw: bytes) -> Stamp:
    """Write a new file, and never through one that stands there: it may be linked with the live one."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags, 0o666)
    except FileExistsError:
        clear(path)
        handle = os.open(path, flags, 0o666)
    try:
        left = memoryview(raw)
        while left:
            left = left[os.write(handle, left) :]
        return stamp(os.fstat(handle))
    finally:
        os.close(handle)


def is_one_file(root: Path, path: str, other: str | None) -> bool:
    """Whether the two names below `root` are of one file, as on a disk that knows no case."""
    with contextlib.suppress(OSError):
        return other is not None and os.path.samefile(root / path, root / other)
    return False


def clear(path: str) -> None:
    """Take away what stands at `path` in our own second tree or cache, be it a folder; a link is not followed."""
    try:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)
    except (IsADirectoryError, PermissionError):
        remove_folder(path)


def remove_folder(path: str | Path, *, ignore_errors: bool = False) -> None:
    import shutil  # with all that it packs files by: 2 ms that a build with nothing to do does not need

    shutil.rmtree(path, ignore_errors=ignore_errors)


def remove_empty_folders(root: Path, kept: Container[str] = ()) -> None:
    for folder, _, _ in os.walk(root, topdown=False):
        if folder != str(root) and os.path.relpath(folder, root) not in kept:
            with contextlib.suppress(OSError):
                os.rmdir(folder)


def remove_folders_above(root: Path, paths: Iterable[str]) -> None:
    """Remove the folders of `paths` that nothing is left in."""
    for path in paths:
        folder = path.rpartition("/")[0]
        with contextlib.suppress(OSError):  # not empty: whatever is above it is not empty either
            while folder:
                os.rmdir(root / folder)
                folder = folder.rpartition("/")[0]


def hard_link(source: str, target: str) -> None:
    """Link, or copy where the system makes no link of it: each disk has an error of its own for that."""
    try:
        os.link(source, target, follow_symlinks=False)
    except (FileExistsError, FileNotFoundError):
        raise
    except OSError:
        import shutil

        shutil.copy2(source, target, follow_symlinks=False)  # the mtime is kept


def came_into(old: Path, ours: Container[str], known: Mapping[str, Stamp]) -> dict[str, os.stat_result]:
    """What others put into the `old` tree, where `ours` lies, after it was walked: what is not as it was `known`."""
    return {
        path: status
        for path, status in files(old)
        if not (path in ours or is_waiting(path) or known.get(path) == stamp(status))
    }


def bring_along(old: Path, new: Path, came: Mapping[str, os.stat_result], known: Mapping[str, Stamp]) -> list[str]:
    """Link into the `new` tree what `came` into the `old` one, and return the paths of what was brought.

    None of it may stand in the way of a page. What others put into the new tree since the exchange stays: it is
    newer, and not the file that was `known`. Nothing goes through a link.
    """
    brought, top = list[str](), os.path.realpath(new)
    for path, status in came.items():
        target, theirs = os.path.join(top, path), stamp(status)[:2]
        folder = os.path.dirname(target)
        if os.path.realpath(folder) != folder:
            continue
        with contextlib.suppress(FileExistsError, NotADirectoryError):  # they put something else there meanwhile
            if _is_folder(target):
                remove_empty_folders(Path(target))
                with contextlib.suppress(OSError):
                    os.rmdir(target)
            elif not _is_gone(target):
                there = stamp(os.lstat(target))[:2]
                if path not in known or there == theirs or (there > theirs and there != known[path][:2]):
                    continue
                os.unlink(target)
            os.makedirs(folder, exist_ok=True)
            try:
                hard_link(f"{old}/{path}", target)
            except FileNotFoundError:
                if not _is_gone(f"{old}/{path}"):  # else they took it away, or gave it another name
                    raise
                continue
            brought.append(path)
    return brought


def standing_in_way(paths: Collection[str], planned: Collection[str]) -> set[str]:
    """Those of `paths` that stand where a page or a folder of pages must be, or lie where a page must be."""
    places = {*planned, *folders_of(planned)} if paths else set()
    return {path for path in paths if path in places or any(path[:at] in planned for at in slashes(path))}


def _is_folder(path: str) -> bool:
    return os.path.isdir(path) and not os.path.islink(path)


def _is_gone(path: str) -> bool:
    """Whether nothing is there. Raises OSError where the disk cannot say."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    return False


def take_along(old: Path, new: Path, carried: Iterable[str], known: Mapping[str, Stamp]) -> set[str]:
    """Take out of the `new` tree what others took out of the `old` one after it was walked, and return the paths.

    What has become a folder went too, and so did what lies behind a link now. Where the new tree has another file than
    was `known`, they put it there since the exchange.
    """
    carried = list(carried)
    links = {folder for folder in folders_of(carried) if folder and os.path.islink(f"{old}/{folder}")}
    hidden = {path for path in carried if links and any(path[:at] in links for at in slashes(path))}
    top, again = os.path.realpath(new), set[str]()
    went = hidden | {path for path in carried if _is_gone(f"{old}/{path}") or _is_folder(f"{old}/{path}")}
    for path in went:
        target = os.path.join(top, path)
        folder = os.path.dirname(target)
        if os.path.realpath(folder) == folder:
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                if stamp(os.lstat(target))[:2] != known[path][:2]:
                    again.add(path)
                    continue
                os.unlink(target)
            if path in hidden or not os.path.lexists(f"{old}/{os.path.dirname(path)}"):
                remove_folders_above(new, [path])
    return went - again


def sync(root: Path) -> None:
    """Bring the file system that holds `root` to the disk: one call instead of an fsync a file (7 ms each)."""
    handle = os.open(root, os.O_RDONLY)
    try:
        syncfs = _of_the_system("syncfs")
        if syncfs is None or syncfs(handle) != 0:
            os.sync()
    finally:
        os.close(handle)


def exchange(tree: Path, output: Path) -> None:
    """Swap the two folders at once; where the system cannot, by renames that `settle` can finish."""
    if not output.exists():
        os.rename(tree, output)
    elif not renameat2(tree, output):
        aside = tree.with_name(tree.name + ".old")
        os.rename(output, aside)
        try:
            os.rename(tree, output)
        except OSError:
            # Else readers would have no site until a build comes that ends.
            os.rename(aside, output)
            raise
        os.rename(aside, tree)
    for folder in {tree.parent, output.parent}:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.EBADF):  # folders that VirtualBox shares know no such call
                raise
        finally:
            os.close(handle)


def renameat2(one: Path, other: Path) -> bool:
    call = None if os.environ.get("MUJAZ_NO_EXCHANGE") else _of_the_system("renameat2")
    if call is None:
        return False
    done: int = call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return done == 0


def _of_the_system(name: str) -> Any:
    """A function of Linux's C library; None where it has none of this name."""
    if sys.platform != "linux":
        return None
    import ctypes

    return getattr(ctypes.CDLL(None, use_errno=True), name, None)


class SecondTree(Value):
    """What a commit knows of the tree that it leaves behind."""

    folders: Mapping[str, Stamp]
    carried: Sequence[str]  # files in it that are neither planned nor ours
    unlike: Sequence[str]  # files in it that are not the live ones


def write_record(path: Path, tree: SecondTree, output: Path) -> None:
    """Record the second tree of `output` for its next build; see `read_record`. Other outputs may share the tree."""
    folders, stamps = FolderStamps(names=(), folders=tree.folders).packed()
    text = os.fsencode("\0".join((*tree.carried, "", *tree.unlike, "", *folders)))
    raw = len(text).to_bytes(8) + text + stamps
    path.write_bytes(_sum(raw, output) + raw)


def read_record(raw: bytes, output: Path) -> SecondTree:
    """Read what `write_record` wrote. Raises ValueError where that is no sound record of a tree of `output`."""
    seal, raw = raw[:SEAL], raw[SEAL:]
    if _sum(raw, output) != seal:
        raise ValueError("not as it was written")
    end = 8 + int.from_bytes(raw[:8])
    listed = os.fsdecode(raw[8:end]).split("\0")
    carried, listed = listed[: listed.index("")], listed[listed.index("") + 1 :]
    unlike, folders = listed[: listed.index("")], listed[listed.index("") + 1 :]
    return SecondTree(folders=unpacked((folders, raw[end:])), carried=carried, unlike=unlike)


def _sum(raw: bytes, output: Path) -> bytes:
    found = hashlib.blake2b(os.fsencode(output) + b"\0", digest_size=SEAL)
    found.update(raw)
    return found.digest()


def record_bytes(path: Path) -> bytes:
    """What a file of records in the cache holds; nothing where that is more than any site has.

    Raises OSError, FileNotFoundError where it is no file: a pipe would never end.
    """
    if not path.is_file():
        raise FileNotFoundError(str(path))
    with open(path, "rb") as file:
        raw = file.read(LONGEST_RECORD + 1)
    return raw if len(raw) <= LONGEST_RECORD else b""


def make_beside(output: Path, tree: Path) -> None:
    """Make the folder `tree` with the group and the access list that a folder made at `output` would have."""
    beside = output.with_name(f".{output.name}.mujaz")
    with contextlib.suppress(FileNotFoundError):
        beside.rmdir()  # of a build that was killed here
    beside.mkdir()
    if beside != tree:
        os.rename(beside, tree)


def second_tree(output: Path, home: Path) -> Path:
    same_disk = output.parent.stat().st_dev == home.stat().st_dev
    return home / "tree" if same_disk else output.with_name(f".{output.name}.mujaz")


def settle(output: Path, home: Path) -> Path:
    """Finish, or undo, a swap by renames that was cut off between two of its steps; returns the second tree's path.

    Nothing may read the output before: until then the old site may lie aside.
    """
    with readable():
        output.parent.mkdir(parents=True, exist_ok=True)
    home.mkdir(parents=True, exist_ok=True)
    tree = second_tree(output, home)
    aside = tree.with_name(tree.name + ".old")
    if not aside.is_dir() or aside.is_symlink():
        clear(str(aside))  # never ours
        return tree
    if not output.exists():
        os.rename(aside, output)  # the new tree was not yet in place: the old site comes back
    elif tree.exists():
        remove_folder(aside)
    else:
        os.rename(aside, tree)
    return tree
