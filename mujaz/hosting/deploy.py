"""The steps that send a built site to where it is served, as commands of rsync or rclone.

New files go before changed ones: nothing links to them yet, and once a changed page links to one, all are there. Among
the changed, articles go before the lists and feeds that name them. What is gone goes last.

The target has a manifest of what deploys put there. It names the union of the old and the new site before anything is
sent, and the new site alone after all deletions. So a deploy that is cut off anywhere leaves nothing that the next
one does not know.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence, Set
from pathlib import Path

from mujaz.files import files, folders_of
from mujaz.frozen import Value
from mujaz.messages.message import Message, say
from mujaz.output.staging import MANIFEST, NEW

PAGE = re.compile(r".*\.(html|xml|json|txt|opml|webmanifest)(\.gz|\.br)?")
ARTICLE = re.compile(r"([0-9]{4}/[0-9]{2}/[0-9]{2}/[^/]+|s/[^/]+)/index\.html(\.gz|\.br)?")
TOOLS = ("rsync", "rclone")
RSYNC_ROW = re.compile(r"(.)\S{9}\S*+ ++[\d,.]++ \S++ \S++ (.*)")  # mode, size, day, time, path
OCTAL = re.compile(r"\\#([0-7]{3})")  # how rsync prints a control character
VANISHED = 24  # how rsync ends where a file that it was told to delete has, as it must, no source any more


class Step(Value):
    """One run of a tool: what it is for, its arguments, and the paths that it reads as its input."""

    title: Message
    command: tuple[str, ...]
    paths: tuple[str, ...]

    @property
    def listed(self) -> bytes:
        """The paths as the tool reads them. rsync takes a line that begins with `;` or `#` for a comment."""
        start, end = (b"./", b"\0") if self.command[0] == "rsync" else (b"", b"\n")
        return b"".join(start + os.fsencode(path) + end for path in self.paths)


class Steps(Value):
    """A whole deploy: what is sent, then what is deleted, then the manifest that is left."""

    sent: tuple[Step, ...]
    deleted: tuple[Step, ...]
    last: Step

    @property
    def all(self) -> tuple[Step, ...]:
        return (*self.sent, *self.deleted, self.last)


def plan(
    output: Path,
    target: str,
    tool: str,
    before: Set[str],
    scratch: Path,
    more: Sequence[str] = (),
    *,
    delete: bool = True,
    foreign: Set[str] = frozenset(),
) -> Steps:
    """The steps of a deploy to a target whose manifest names `before`.

    `more` are arguments passed on to the tool. Manifests are written into the folder `scratch`, which lasts until the
    steps have run. With `delete` what the site has no more goes. `foreign` are other files there that go too.
    """
    here = set(site_files(output))
    (scratch / "empty").mkdir()
    gone = (before - here if delete else set()) | foreign
    return Steps(
        sent=(
            _announcement(scratch / "both", target, tool, here | before, more),
            *uploads(output, target, tool, more),
        ),
        deleted=tuple(removals(gone, here, target, tool, scratch / "empty", more)),
        last=_announcement(scratch / "new", target, tool, here if delete else here | before, more),
    )


def site_files(output: Path) -> tuple[str, ...]:
    """Every file of the built site, by its manifest, in order; without the manifest."""
    return tuple(sorted(paths_in(_text_of(output / MANIFEST))))


def paths_in(manifest: str) -> set[str]:
    """The paths of a manifest. One from elsewhere is not trusted: only plain relative paths count."""
    return {path for path in manifest.split("\n") if path and _inside(path)} - {MANIFEST}


def foreign_files(output: Path) -> tuple[str, ...]:
    """Files that lie in the output and are not of the site: they are not sent."""
    there = {path for path, _ in files(output) if not path.startswith(f"{NEW}/")}
    return tuple(sorted(there - set(site_files(output)) - {MANIFEST}))


def uploads(output: Path, target: str, tool: str, more: Sequence[str] = ()) -> list[Step]:
    """The steps that send the site's files, in order."""
    paths = site_files(output)
    assets = [path for path in paths if not PAGE.fullmatch(path)]
    pages = [path for path in paths if PAGE.fullmatch(path)]
    articles = [path for path in pages if ARTICLE.fullmatch(path)]
    lists = [path for path in pages if not ARTICLE.fullmatch(path)]
    plan = (
        (say("step-assets"), assets, ""),
        (say("step-new-pages"), pages, "new"),
        (say("step-articles"), articles, "changed"),
        (say("step-lists"), lists, "changed"),
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


# ---------------------------------------------------------------- the manifest of the target


def fetching(target: str, tool: str, more: Sequence[str], into: Path) -> tuple[str, ...]:
    """The command that fetches the target's manifest into the folder `into`."""
    if tool == "rsync":
        return ("rsync", "--times", *more, f"{target.rstrip('/')}/{MANIFEST}", f"{into}/")
    return ("rclone", "copy", *more, f"--include=/{MANIFEST}", target, str(into))


def is_missing(tool: str, code: int, printed: str) -> bool:
    """Whether the tool ended because the target has no manifest yet, by its exit code and what it printed.

    rsync ends with 23 for any file that it could not read and prints the system's reason, in English under LC_ALL=C;
    rclone ends with 3 where a folder is missing, and with 0 where only the file is.
    """
    if tool == "rsync":
        return code == 23 and "No such file or directory" in printed
    return code in (0, 3)


def _announcement(folder: Path, target: str, tool: str, manifest: Iterable[str], more: Sequence[str]) -> Step:
    """Send a manifest of these paths, which is written into `folder`.

    Another manifest may have the same size and time, so the tool may not judge by them.
    """
    folder.mkdir()
    lines = "".join(f"{path}\n" for path in sorted(manifest))
    (folder / MANIFEST).write_text(lines, encoding="utf-8", errors="surrogateescape")
    send = _rsync if tool == "rsync" else _rclone
    command = send(folder, target, "", ("--ignore-times", *more))
    return Step(title=say("step-manifest"), command=command, paths=(MANIFEST,))


# ---------------------------------------------------------------- what is gone


def removals(
    gone: Iterable[str], left: Iterable[str], target: str, tool: str, empty: Path, more: Sequence[str] = ()
) -> list[Step]:
    """Steps that delete the paths `gone` at the target; of `left` their folders stay. `empty` is an empty folder.

    rsync deletes what it is told to send and does not find; it takes the emptied folders away too, the deepest first.
    rclone leaves them, which object stores do not have.
    """
    paths = tuple(sorted(gone))
    if not paths:
        return []
    if tool == "rclone":
        return [Step(title=say("step-gone"), command=_rclone_delete(target, more), paths=paths)]
    folders = sorted(set(folders_of(paths)) - set(folders_of(left)))
    steps = [Step(title=say("step-gone"), command=_rsync_delete(empty, target, more), paths=paths)]
    for depth in sorted({folder.count("/") for folder in folders}, reverse=True):
        some = tuple(folder for folder in folders if folder.count("/") == depth)
        steps.append(Step(title=say("step-empty-folders"), command=_rsync_delete(empty, target, more), paths=some))
    return steps


def _rsync_delete(empty: Path, target: str, more: Sequence[str]) -> tuple[str, ...]:
    missing = ("--dirs", "--no-implied-dirs", "--delete-missing-args")
    return ("rsync", *missing, "--from0", "--files-from=-", *more, f"{empty}/", target)


def _rclone_delete(target: str, more: Sequence[str]) -> tuple[str, ...]:
    return ("rclone", "delete", "--files-from-raw=-", *more, target)


def _inside(path: str) -> bool:
    return not path.startswith("/") and all(part not in ("", ".", "..") for part in path.split("/"))


def _text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="surrogateescape")


# ---------------------------------------------------------------- what others put at the target


def listing(target: str, tool: str, more: Sequence[str] = ()) -> tuple[str, ...]:
    """The command that lists every file at the target."""
    if tool == "rsync":
        return ("rsync", "--recursive", "--links", "--list-only", "--8-bit-output", *more, f"{target.rstrip('/')}/")
    return ("rclone", "lsf", "--recursive", "--files-only", *more, target)


def listed_paths(tool: str, printed: str) -> set[str]:
    """The paths in what `listing` printed; folders are left out."""
    if tool == "rclone":
        return {line for line in printed.splitlines() if line}
    found = set()
    for line in printed.splitlines():
        row = RSYNC_ROW.fullmatch(line)
        if row and row[1] != "d":
            path = row[2].partition(" -> ")[0] if row[1] == "l" else row[2]
            found.add(OCTAL.sub(lambda octal: chr(int(octal[1], 8)), path))
    return found
