"""The order in which a built site goes to where it is served, told to rsync or rclone. Nothing is sent by code of ours.

New files go before changed ones: nothing links to them yet, and once a changed page links to one, all are there. Among
the changed, articles go before the lists and feeds that name them. What is gone goes last, and of what lies at the
target only that which an earlier deploy put there: the manifest that it left tells.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from mujaz.files import files, folders_of
from mujaz.frozen import Value
from mujaz.messages.message import Message, say
from mujaz.output.staging import MANIFEST

PAGE = re.compile(r".*\.(html|xml|json|txt|opml|webmanifest)(\.gz|\.br)?")
ARTICLE = re.compile(r"([0-9]{4}/[0-9]{2}/[0-9]{2}/[^/]+|s/[^/]+)/index\.html(\.gz|\.br)?")
TOOLS = ("rsync", "rclone")
VANISHED = 24  # how rsync ends where a file that it was told to delete has, as it must, no source any more


class Step(Value):
    """One run of a tool: what it is for, its arguments, and the paths (below the output) that it reads as its input."""

    title: Message
    command: tuple[str, ...]
    paths: tuple[str, ...]

    @property
    def listed(self) -> bytes:
        """The paths as the tool reads them."""
        end = b"\0" if self.command[0] == "rsync" else b"\n"
        return b"".join(os.fsencode(path) + end for path in self.paths)


def uploads(output: Path, target: str, tool: str, more: Sequence[str] = ()) -> list[Step]:
    """Every step that sends files, in order; `more` are arguments passed on to the tool."""
    paths = sorted(path for path, _ in files(output) if path != MANIFEST)
    assets = [path for path in paths if not PAGE.fullmatch(path)]
    pages = [path for path in paths if PAGE.fullmatch(path)]
    articles = [path for path in pages if ARTICLE.fullmatch(path)]
    lists = [path for path in pages if not ARTICLE.fullmatch(path)]
    plan = (
        (say("step-assets"), assets, ""),
        (say("step-new-pages"), pages, "new"),
        (say("step-articles"), articles, "changed"),
        (say("step-lists"), lists, "changed"),
        (say("step-manifest"), [MANIFEST], ""),
    )
    send = _rsync if tool == "rsync" else _rclone
    return [
        Step(title=title, command=send(output, target, which, more), paths=tuple(some)) for title, some, which in plan
    ]


def _rsync(output: Path, target: str, which: str, more: Sequence[str]) -> tuple[str, ...]:
    only = {"": (), "new": ("--ignore-existing",), "changed": ("--existing",)}[which]
    kept = ("--links", "--times", "--omit-dir-times")  # by time and size rsync tells what it need not send
    return ("rsync", *kept, *only, "--from0", "--files-from=-", *more, f"{output}/", target)


def _rclone(output: Path, target: str, which: str, more: Sequence[str]) -> tuple[str, ...]:
    only = ("--ignore-existing",) if which == "new" else ()
    return ("rclone", "copy", *only, "--files-from-raw=-", *more, str(output), target)


# ---------------------------------------------------------------- what is gone


def manifest_of(target: str, tool: str, more: Sequence[str], into: Path) -> tuple[str, ...]:
    """The command that fetches the manifest which an earlier deploy left at `target` into the folder `into`."""
    if tool == "rsync":
        return ("rsync", "--times", *more, f"{target.rstrip('/')}/{MANIFEST}", f"{into}/")
    return ("rclone", "copy", *more, f"--include=/{MANIFEST}", target, str(into))


def removals(output: Path, target: str, tool: str, manifest: str, more: Sequence[str] = ()) -> list[Step]:
    """Progress that delete what `manifest` (the target's, as text) names and the output has no more.

    rsync takes the emptied folders away too, the deepest first; rclone leaves them, which object stores do not have.
    """
    here = {path for path, _ in files(output)}
    old = {path for path in manifest.split("\n") if path and _inside(path)}
    gone = sorted(old - here)
    if not gone:
        return []
    if tool == "rclone":
        return [Step(title=say("step-gone"), command=_rclone_delete(target, more), paths=tuple(gone))]
    folders = sorted(set(folders_of(gone)) - set(folders_of(here)))
    steps = [Step(title=say("step-gone"), command=_rsync_delete(output, target, more), paths=tuple(gone))]
    for depth in sorted({folder.count("/") for folder in folders}, reverse=True):
        some = tuple(folder for folder in folders if folder.count("/") == depth)
        steps.append(Step(title=say("step-empty-folders"), command=_rsync_delete(output, target, more), paths=some))
    return steps


def _rsync_delete(output: Path, target: str, more: Sequence[str]) -> tuple[str, ...]:
    missing = ("--dirs", "--no-implied-dirs", "--delete-missing-args")
    return ("rsync", *missing, "--from0", "--files-from=-", *more, f"{output}/", target)


def _rclone_delete(target: str, more: Sequence[str]) -> tuple[str, ...]:
    return ("rclone", "delete", "--files-from-raw=-", *more, target)


def _inside(path: str) -> bool:
    """A manifest from elsewhere is not trusted: only plain relative paths are ever deleted."""
    return not path.startswith("/") and all(part not in ("", ".", "..") for part in path.split("/"))
