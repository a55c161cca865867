"""The steps that upload a built site, as commands of rsync or rclone.

New files come before changed ones: nothing links to them yet, and when a changed page does, all are there. Among the
changed, articles come before the lists and feeds that link to them. Deletions come last, but of what stands in the way:
no host puts a file where a folder is, or a folder where a file is.

The target has a manifest of the files that deploys put there. It lists the old and the new site before anything is
sent, and the new site alone after all deletions, with what another deploy has announced meanwhile. So after a deploy
that was interrupted anywhere the next one still knows every file that is there.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path

from mujaz.files.stamps import Stamp, files, folders_of, stamp
from mujaz.frozen import Value, replace
from mujaz.messages.message import Message, say
from mujaz.output.manifest import MANIFEST, is_inside, paths_in
from mujaz.output.swap import is_waiting

ASSETS = "assets/"  # below it the name of a file holds its digest
ARTICLE = re.compile(r"([0-9]{4}/[0-9]{2}/[0-9]{2}/[^/]+|s/[^/]+)/index\.html(\.gz|\.br)?")
TOOLS = ("rsync", "rclone")
# rsync by itself waits for ever for a line that was lost; rclone ends after as many seconds.
RSYNC = ("rsync", "--timeout=300")
RSYNC_ROW = re.compile(r"(.)\S{9}\S*+ ++[\d,.]++ \S++ \S++ (.*)")  # mode, size, day, time, path
OCTAL = re.compile(r"\\#([0-7]{3})")  # a control character, as rsync prints it
# How rclone writes control characters of names, and its mark before such signs: files that have these it passes over.
RCLONE_ODD = re.compile("[\u201b\u2400-\u2421]")
PARTIAL = 23  # rsync's exit code where a file could not be sent, or what stands in its place cannot be asked about
VANISHED = 24  # rsync's exit code where the source of a file is gone, as it is for every file to delete
# The precision that rclone names of a target that keeps no times, as WebDAV and some servers of FTP: 100 years.
NO_TIMES = 100 * 365 * 86_400 * 10**9
NO_FOLDER = (1, 3)  # rclone's where a folder to take away is not there; object stores have none


class Step(Value):
    """One run of a tool: its purpose, its command line, and the paths that it reads from standard input.

    `fine` are exit codes besides 0 after which the next step follows.
    """

    title: Message
    command: tuple[str, ...]
    paths: tuple[str, ...]
    fine: tuple[int, ...] = ()

    @property
    def listed(self) -> bytes:
        """The paths as the tool reads them: `./` keeps rsync from reading `;` or `#` as the start of a comment."""
        start, end = (b"./", b"\0") if self.command[0] == "rsync" else (b"", b"\n")
        return b"".join(start + os.fsencode(path) + end for path in self.paths)


class Steps(Value):
    """A whole deploy: uploads, what is in their way first, then deletions, then the upload of the final manifest."""

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
    comparing: Sequence[str] = (),
) -> Steps:
    """The steps of a deploy to a target whose manifest lists the paths `before`.

    `more` are further arguments of the tool. Manifests are written into the folder `scratch`, which must last until the
    steps have run. With `delete` files that the site no longer has are deleted at the target; always those that are in
    the way of others, and the `foreign`. `comparing` is what `comparing` says of the target.
    """
    paths = site_files(output)
    here = set(paths)
    empty = scratch / "empty"
    empty.mkdir()
    in_way = _in_the_way((before | foreign) - here, here)
    still_there = (PARTIAL,) if in_way and "--dry-run" in more else ()
    gone = ((before - here if delete else set()) | foreign) - in_way
    names = {path.casefold() for path in gone}
    alike = tuple(path for path in paths if path.casefold() in names)
    return Steps(
        sent=(
            _announcement(scratch / "both", target, tool, here | before, more),
            *removals(in_way, here, target, tool, empty, more),
            *(replace(step, fine=still_there) for step in uploads(output, paths, target, tool, more, comparing)),
        ),
        deleted=(*removals(gone, here, target, tool, empty, more), *_again(output, alike, target, tool, more)),
        last=_announcement(scratch / "new", target, tool, here if delete else here | before - in_way, more),
    )


def site_files(output: Path) -> tuple[str, ...]:
    """The paths in the manifest of the built site, sorted; without the manifest itself."""
    return tuple(sorted(set(paths_in(_text_of(output / MANIFEST)))))


def stamps(output: Path) -> dict[str, Stamp | None]:
    """The stamps of all that is sent, None for what is missing. They show whether the site was built anew."""
    found: dict[str, Stamp | None] = dict.fromkeys((*site_files(output), MANIFEST))
    for path in found:
        with contextlib.suppress(OSError):
            found[path] = stamp(os.lstat(output / path))
    return found


def foreign_and_missing(output: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Files in the output folder that are not in its manifest, which are not sent; and paths of the manifest that are
    no plain files: behind a link lies what no build wrote, and rsync would send it.
    """
    ours = set(site_files(output))
    there = {path: status for path, status in files(output) if not is_waiting(path)}
    plain = {path for path, status in there.items() if stat.S_ISREG(status.st_mode)}
    return tuple(sorted(there.keys() - ours - {MANIFEST})), tuple(sorted(ours - plain))


def passed_over(output: Path, tool: str) -> tuple[str, ...]:
    """The paths of the site that `tool` would not send."""
    return tuple(filter(RCLONE_ODD.search, site_files(output))) if tool == "rclone" else ()


def uploads(
    output: Path, paths: Sequence[str], target: str, tool: str, more: Sequence[str], comparing: Sequence[str]
) -> list[Step]:
    """The steps that send the site's files `paths`, in order. What is not an asset is sent as pages are."""
    assets = [path for path in paths if path.startswith(ASSETS)]
    pages = [path for path in paths if not path.startswith(ASSETS)]
    articles = [path for path in pages if ARTICLE.fullmatch(path)]
    lists = [path for path in pages if not ARTICLE.fullmatch(path)]
    plan = (
        (say("step-assets"), assets, "", more),
        (say("step-new-pages"), pages, "new", more),
        (say("step-articles"), articles, "changed", (*more, *comparing)),
        (say("step-lists"), lists, "changed", (*more, *comparing)),
    )
    return [_upload(output, title, some, target, tool, which, words) for title, some, which, words in plan]


def _again(output: Path, alike: tuple[str, ...], target: str, tool: str, more: Sequence[str]) -> Iterator[Step]:
    """The step that sends what was deleted by another name: at a target that knows no case the two are one file."""
    if alike:
        yield _upload(output, say("step-new-pages"), alike, target, tool, "new", more)


def _upload(
    output: Path, title: Message, paths: Sequence[str], target: str, tool: str, which: str, more: Sequence[str]
) -> Step:
    send = _rsync if tool == "rsync" else _rclone
    return Step(title=title, command=send(output, target, which, more), paths=tuple(paths))


def _rsync(output: Path, target: str, which: str, more: Sequence[str]) -> tuple[str, ...]:
    only = {"": (), "new": ("--ignore-existing",), "changed": ("--existing",)}[which]
    preserve = ("--links", "--times", "--omit-dir-times")  # rsync skips files of equal time and size
    return (*RSYNC, *preserve, *only, "--from0", "--files-from=-", *more, f"{output}/", target)


def _rclone(output: Path, target: str, which: str, more: Sequence[str]) -> tuple[str, ...]:
    only = ("--ignore-existing",) if which == "new" else ()
    return ("rclone", "copy", *only, "--files-from-raw=-", *more, str(output), target)


def below(target: str, path: str = "") -> str:
    """The place of a path at the target. `web:` is a home folder, and `web:/` the root of its host."""
    return f"{target}{'' if target.endswith((':', '/')) else '/'}{path}"


def features(target: str, more: Sequence[str]) -> tuple[str, ...]:
    """The command by which rclone describes a target; see `comparing`."""
    return ("rclone", "backend", "features", *more, target)


def comparing(described: str) -> tuple[str, ...]:
    """The arguments by which rclone sees that a file has changed and its size has not, from what `features` printed.

    Where the target keeps times it needs none. A target that is not described, as by an old rclone, may keep none.
    """
    try:
        target = json.loads(described)
        if target["Precision"] < NO_TIMES:
            return ()
        return ("--checksum",) if target["Hashes"] else ("--ignore-times",)
    except (ValueError, KeyError, TypeError):
        return ("--ignore-times",)


# ---------------------------------------------------------------- the manifest of the target


def fetching(target: str, tool: str, more: Sequence[str], into: Path) -> tuple[str, ...]:
    """The command that fetches the target's manifest into the folder `into`."""
    if tool == "rsync":
        return (*RSYNC, "--times", *more, below(target, MANIFEST), f"{into}/")
    return ("rclone", "copy", *more, f"--include=/{MANIFEST}", target, str(into))


def is_missing(tool: str, code: int, printed: str) -> bool:
    """Whether the tool ended because the target has no manifest yet, by its exit code and what it printed.

    rsync ends with 23 for any file that it could not read and prints the system's reason, in English under LC_ALL=C;
    rclone ends with 3 where a folder is missing, and with 0 where only the file is.
    """
    if tool == "rsync":
        return code == PARTIAL and "No such file or directory" in printed
    return code in (0, 3)


def add_to(announcement: Step, paths: Iterable[str]) -> None:
    """Let the manifest that `announcement` sends name these paths too, so that the next deploy knows them."""
    folder = Path(announcement.command[-2])
    _write_manifest(folder, {*paths_in(_text_of(folder / MANIFEST)), *paths})


def _write_manifest(folder: Path, paths: Iterable[str]) -> None:
    lines = "".join(f"{path}\n" for path in sorted(paths))
    (folder / MANIFEST).write_text(lines, encoding="utf-8", errors="surrogateescape")


def _announcement(folder: Path, target: str, tool: str, manifest: Iterable[str], more: Sequence[str]) -> Step:
    """The step that uploads a manifest of these paths, which is written into `folder`.

    Another manifest may have the same size and time, so the tool must not skip it for that.
    """
    folder.mkdir()
    _write_manifest(folder, manifest)
    send = _rsync if tool == "rsync" else _rclone
    command = send(folder, target, "", ("--ignore-times", *more))
    return Step(title=say("step-manifest"), command=command, paths=(MANIFEST,))


# ---------------------------------------------------------------- deletions


def removals(
    gone: Iterable[str], left: Iterable[str], target: str, tool: str, empty: Path, more: Sequence[str] = ()
) -> list[Step]:
    """Steps that delete the paths `gone` at the target; folders of the paths `left` stay. `empty` is an empty folder.

    rsync deletes files that it is to send and does not find, and then the emptied folders, the deepest first.
    rclone leaves folders, and takes those away in whose place files of `left` come; object stores do not have any.
    """
    paths = tuple(sorted(gone))
    if not paths:
        return []
    emptied, title = set(folders_of(paths)), say("step-empty-folders")
    if tool == "rclone":
        steps = [Step(title=say("step-gone"), command=_rclone_delete(target, more), paths=paths)]
        for folder in sorted(emptied.intersection(left)):
            command = ("rclone", "rmdirs", *more, below(target, folder))
            steps.append(Step(title=title, command=command, paths=(folder,), fine=NO_FOLDER))
        return steps
    folders = sorted(emptied - set(folders_of(left)))
    missing = ("--dirs", "--no-implied-dirs", "--delete-missing-args")
    command = (*RSYNC, *missing, "--from0", "--files-from=-", *more, f"{empty}/", target)
    steps = [Step(title=say("step-gone"), command=command, paths=paths, fine=(VANISHED,))]
    for depth in sorted({folder.count("/") for folder in folders}, reverse=True):
        some = tuple(folder for folder in folders if folder.count("/") == depth)
        steps.append(Step(title=title, command=command, paths=some, fine=(VANISHED,)))
    return steps


def _in_the_way(gone: Set[str], here: Set[str]) -> set[str]:
    """Those of the paths `gone` that stand where a folder of `here` must be, or lie where a file of it must be."""
    folders = set(folders_of(here))
    return {path for path in gone if path in folders or not here.isdisjoint(folders_of([path]))}


def _rclone_delete(target: str, more: Sequence[str]) -> tuple[str, ...]:
    return ("rclone", "delete", "--files-from-raw=-", *more, target)


def _text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="surrogateescape")


# ---------------------------------------------------------------- foreign files at the target


def listing(target: str, tool: str, more: Sequence[str] = ()) -> tuple[str, ...]:
    """The command that lists every file at the target."""
    if tool == "rsync":
        return (*RSYNC, "--recursive", "--links", "--list-only", "--8-bit-output", *more, below(target))
    return ("rclone", "lsf", "--recursive", "--files-only", *more, target)


def listed_paths(tool: str, printed: str) -> set[str]:
    """The paths in what `listing` printed; folders are left out, and whatever would lead elsewhere.

    A name may hold anything but a line feed: what other programs take for the end of a line does not end one here.
    """
    lines = printed.split("\n")
    if tool == "rclone":
        return set(filter(is_inside, lines))
    found = set()
    for line in lines:
        row = RSYNC_ROW.fullmatch(line)
        if row and row[1] != "d":
            path = row[2].partition(" -> ")[0] if row[1] == "l" else row[2]
            found.add(OCTAL.sub(lambda octal: chr(int(octal[1], 8)), path))
    return set(filter(is_inside, found))
