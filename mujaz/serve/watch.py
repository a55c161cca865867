"""What moves in a site's folders, told within a fortieth of a second. Nothing else imports `watchfiles`.

Folders are watched by the system's own means. What those cannot tell is looked at five times a second: config.yaml,
which editors replace by a rename, and whether each folder is still the one that is watched.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from watchfiles import Change, awatch

STEP_MS = 10  # a change is told when nothing more came for so long
MOST_MS = 400  # … or so long after the first
LOOK_SECONDS = 0.2
# What editors write beside a file while they save it: vim's probe 4913, backups, Emacs' #name#.
PASSING = ("~", ".swp", ".swx", ".tmp", ".part", "#")

Stamp = tuple[int, int, int]  # mtime in ns, size in bytes, inode
Tell = Callable[[set[str]], None]


def matters(change: Change, path: str) -> bool:
    """Whether a build could read the file: hidden ones and editors' own are not read."""
    name = os.path.basename(path)
    return not (name.startswith(".") or name.endswith(PASSING) or name == "4913")


async def watch(folders: Sequence[Path], files: Sequence[Path], tell: Tell) -> None:
    """Tell the paths that changed in `folders` (and all below them) and in `files`, until cancelled.

    A folder that vanishes and comes back, as it does when a branch is changed, is watched again.
    """
    while True:
        there = {folder: _identity(folder) for folder in folders}
        stop = asyncio.Event()
        looking = asyncio.create_task(_until_replaced(there, files, tell))
        watching = asyncio.create_task(_watch([folder for folder, found in there.items() if found], tell, stop))
        try:
            await asyncio.wait((looking, watching), return_when=asyncio.FIRST_COMPLETED)
            if watching.done() and watching.exception():  # such as a name that is not UTF-8: other changes went with it
                await asyncio.sleep(LOOK_SECONDS)
                tell({str(folder) for folder, found in there.items() if found})
        finally:
            stop.set()
            looking.cancel()
            watching.cancel()
            await asyncio.gather(looking, watching, return_exceptions=True)


async def _watch(folders: Sequence[Path], tell: Tell, stop: asyncio.Event) -> None:
    if not folders:
        await stop.wait()
    for polling in (None, True):  # polling where the system has no more watches to give (inotify's limit)
        try:
            changes = awatch(
                *folders,
                watch_filter=matters,
                debounce=MOST_MS,
                step=STEP_MS,
                stop_event=stop,
                force_polling=polling,
                ignore_permission_denied=True,
            )
            async for found in changes:
                tell({path for _, path in found})
            return
        except FileNotFoundError:
            await asyncio.sleep(LOOK_SECONDS)  # gone since it was looked at
            return
        except OSError:
            if polling:
                raise


async def _until_replaced(there: dict[Path, tuple[int, int] | None], files: Sequence[Path], tell: Tell) -> None:
    """Tell of changed `files`; end where a folder came, went or is another one."""
    stamps = [stamp(file) for file in files]
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        now = [stamp(file) for file in files]
        changed = {str(file) for file, before, after in zip(files, stamps, now, strict=True) if before != after}
        stamps = now
        if changed:
            tell(changed)
        replaced = {str(folder) for folder, before in there.items() if _identity(folder) != before}
        if replaced:
            tell(replaced)
            return


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(folder)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def stamp(file: Path | str) -> Stamp | None:
    """What shows that a file was written or replaced; None where there is none."""
    try:
        status = os.stat(file)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
