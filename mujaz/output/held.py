"""Why an output's folder must stay where it is: something holds on to the folder itself, and not to its name.

A mount shows one folder for good. Were it exchanged with another, whoever looks through the mount would see the site
before the last change, or the one after it half made.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from mujaz.frozen import Value
from mujaz.messages.errors import reason
from mujaz.messages.message import Message, say
from mujaz.output.attributes import give
from mujaz.output.swap import clear, remove_folder

_OCTAL = re.compile(r"\\([0-7]{3})")  # how the kernel writes a blank, a tab, a line end, a backslash


class _Mount(Value):
    """A mount: what is shown (a device, a folder of it), where, and by what. A line of mountinfo; see proc(5)."""

    device: str
    folder: str
    place: str
    kind: str


def why_held(output: Path, tree: Path) -> Message | None:
    """Why `output` cannot change places with `tree`; None where it can. Gives `tree` the attributes of `output`."""
    if not output.is_dir():
        return None
    found = _of_mounts(Path(os.path.realpath(output))) or _of_rights(output) or _of_attributes(output, tree)
    return found or (say("held-image") if is_of_an_image(output, tree) else None)


def is_of_an_image(folder: Path, tree: Path) -> bool:
    """Whether `folder` came with the image of a container, and lies in a lower layer: overlayfs renames no such folder.

    The system is asked to put it over a folder that is not empty. That fails always, but for such a one it fails
    with EXDEV.
    """
    holder = _holder(os.path.realpath(folder), _mounts("self"))
    if holder is None or holder.kind != "overlay":
        return False
    full = tree.with_name(tree.name + ".full")
    clear(str(full))  # of a build that was killed
    (full / "folder").mkdir(parents=True)
    try:
        os.rename(folder, full)
    except OSError as error:
        return error.errno == errno.EXDEV
    finally:
        remove_folder(full, ignore_errors=True)
    raise AssertionError(full)


def _holder(place: str, mounts: Sequence[_Mount]) -> _Mount | None:
    """The mount that shows `place`: of those at one place the last covers the others."""
    around = [mount for mount in mounts if mount.place == "/" or place.startswith(f"{mount.place}/")]
    return max(reversed(around), key=lambda mount: len(mount.place), default=None)


def _of_mounts(output: Path) -> Message | None:
    place = str(output)
    own = _mounts("self")
    if os.path.ismount(output) or any(mount.place == place for mount in own):
        return say("held-mount-point")
    for within in mounts_within(output):
        return say("held-mount-within", place=f"{place}/{within}")
    holder = _holder(place, own)
    if holder is None:  # a system without /proc
        return None
    folder = f"{holder.folder.rstrip('/')}/{place[len(holder.place.rstrip('/')) + 1 :]}"
    for mount in (*own, *_mounts_of_others()):
        if mount.device == holder.device and (mount.folder == folder or mount.folder.startswith(f"{folder}/")):
            return say("held-mounted-elsewhere", place=mount.place)
    return None


def mounts_within(output: Path) -> list[str]:
    """The paths of what is mounted below the output."""
    base = f"{os.path.realpath(output)}/"
    return [mount.place.removeprefix(base) for mount in _mounts("self") if mount.place.startswith(base)]


def _of_rights(output: Path) -> Message | None:
    """Who may write into a folder may not always put another in its place."""
    above, own = output.parent.stat(), output.stat()
    sticky = above.st_mode & stat.S_ISVTX and os.geteuid() not in (0, above.st_uid, own.st_uid)
    if sticky or not os.access(output.parent, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
        return say("held-folder-above", place=str(output.parent))
    return None


def _of_attributes(output: Path, tree: Path) -> Message | None:
    if tree.is_symlink() or (tree.exists() and not tree.is_dir()):
        return None  # refused elsewhere
    try:
        tree.mkdir(exist_ok=True)
        give(output, tree)
    except OSError as error:
        return say("held-attributes", why=reason(error))
    return None


def _mounts(process: str) -> list[_Mount]:
    try:
        with open(f"/proc/{process}/mountinfo", encoding="utf-8", errors="surrogateescape") as lines:
            rows = [line.split(" ", 5) for line in lines]
    except OSError:
        return []
    return [
        _Mount(device=row[2], folder=_plain(row[3]), place=_plain(row[4]), kind=row[5].partition("- ")[2].split(" ")[0])
        for row in rows
        if len(row) > 5
    ]


def _mounts_of_others() -> Iterator[_Mount]:
    """The mounts of containers, as far as this user may see them: a process of each is enough."""
    seen: set[str] = set()
    with contextlib.suppress(OSError):
        seen.add(os.readlink("/proc/self/ns/mnt"))
        for process in os.listdir("/proc"):
            if process.isdigit():
                with contextlib.suppress(OSError):
                    space = os.readlink(f"/proc/{process}/ns/mnt")
                    if space not in seen:
                        seen.add(space)
                        yield from _mounts(process)


def _plain(text: str) -> str:
    return _OCTAL.sub(lambda octal: chr(int(octal[1], 8)), text)
