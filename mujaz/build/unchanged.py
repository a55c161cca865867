"""Skips a build when digests of all file stamps match the last one; records what the next build needs for that.

This module loads no library but SQLite and msgspec, so that such a build costs a start of Python and a stat a file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mujaz.build.report import BuildReport, Early, Moved
from mujaz.build.request import BuildRequest
from mujaz.cache.store import Store
from mujaz.files.stamps import (
    FolderStamps,
    Stamp,
    digest_of_stamps,
    files,
    input_stamp,
    settled,
    stamp,
    stamps_of_folders,
    unpacked,
)
from mujaz.frozen import Value
from mujaz.messages.errors import Problem, SiteError, reason
from mujaz.messages.message import Message, say
from mujaz.model.fingerprint import digest, file_digest
from mujaz.output.manifest import MANIFEST, in_folders, read_manifest
from mujaz.output.staging import Committed

if TYPE_CHECKING:  # creating the classes of the model takes longer than all that is done here
    from mujaz.model.settings import Config

LAST_BUILD = "the last build"
OUTPUT_FOLDERS = "folders of the output"


class BuildRecord(Value):
    """The inputs and the report of the last finished build, valid for any `now` from `since` until before `until`."""

    asked: str  # digest of the request
    config: str  # digest of config.yaml
    folders: tuple[str, str, str]  # content, layouts, output, as config.yaml names them
    hits: str  # the hits file, or ""
    inputs: str  # digest of the stamps of content, layouts and hits
    outputs: str  # digest of the stamps of the output's files
    output_folders: str  # digest of the stamps of its folders, empty ones too
    since: float
    until: float
    stories: int
    pages: int
    drafts: int
    held: int
    next_story: str  # ISO with its offset, which msgpack would lose; or empty
    next_build: str
    expired: int
    early: tuple[Early, ...]
    foreign: tuple[bytes, ...]  # a foreign name may not be UTF-8
    warnings: tuple[Problem, ...]
    moved: tuple[Moved, ...]
    in_place: Message | None


class InputStamps(Value):
    """The stamps of all files that a build reads, except config.yaml, from before it read any of them."""

    content: str  # folder
    layouts: str  # folder
    hits: str  # the hits file, or ""
    stamps: list[tuple[str, Stamp]]  # sorted

    def is_settled(self, clock: int) -> bool:
        """Whether the stamps will show the next change of every file. `clock` is the file system's time."""
        newest = max((mark[0] for _, mark in self.stamps), default=0)
        return settled((newest, 0, 0), clock)


class Previous(Value):
    """The last finished build, and its inputs as they are now."""

    record: BuildRecord
    inputs: InputStamps


def previous_build(request: BuildRequest, store: Store) -> Previous | None:
    """Read the record of the last build and stat its inputs; None where there is no record."""
    record = store.get(LAST_BUILD, BuildRecord)
    if record is None:
        return None
    content, layouts, _ = record.folders
    return Previous(record=record, inputs=_stamp_inputs(request, content, layouts, record.hits))


def stamp_inputs(request: BuildRequest, config: Config, previous: Previous | None) -> InputStamps:
    """Stat the inputs, unless `previous` did; call it before any of them is read."""
    hits = config.most_read_source or ""
    if previous is not None:
        found = previous.inputs
        if (found.content, found.layouts, found.hits) == (config.content, config.layouts, hits):
            return found
    return _stamp_inputs(request, config.content, config.layouts, hits)


def _stamp_inputs(request: BuildRequest, content: str, layouts: str, hits: str) -> InputStamps:
    """Raises SiteError for a folder that this user may not read."""
    found: list[tuple[str, Stamp]] = []
    for name, root in (("c", request.root / content), ("l", request.root / layouts), ("s", request.layouts)):
        try:
            found += [(f"{name}/{path}", input_stamp(status)) for path, status in files(root)]
        except PermissionError as error:
            place = os.path.relpath(os.fsdecode(error.filename), request.root)
            text = say("folder-unreadable", why=reason(error))
            raise SiteError([Problem(path=place, message=text, help=say("give-right-to-read"))]) from error
        if root.is_dir():  # an empty folder differs from a missing one
            found.append((f"{name}/", (0, 0, 0)))
    if hits:
        try:
            found.append((f"h/{hits}", input_stamp(os.stat(request.root / hits))))
        except OSError:
            found.append((f"h/{hits}", (0, 0, 0)))
    return InputStamps(content=content, layouts=layouts, hits=hits, stamps=sorted(found))


def output_of(request: BuildRequest, configured: str) -> Path:
    """The output folder: that of the request, else the `configured` one, below the root."""
    return (request.output or request.root / configured).absolute()


# ---------------------------------------------------------------- nothing to do


def unchanged(request: BuildRequest, previous: Previous | None) -> BuildReport | None:
    """Report a build that would write nothing; None where something changed or may have changed."""
    if previous is None:
        return None
    last = previous.record
    if last.asked != _asked(request) or not last.since <= request.now.timestamp() < last.until:
        return None
    if last.config != file_digest((request.root / "config.yaml").read_bytes()):
        return None
    if last.inputs != digest_of_stamps(previous.inputs.stamps):
        return None
    output = output_of(request, last.folders[2])
    outputs, folders = _look(output, _foreign(last))
    if folders is None or last.outputs != outputs or last.output_folders != folders.digest:
        return None
    return BuildReport(
        output=output,
        stories=last.stories,
        pages=last.pages,
        written=(),
        deleted=(),
        foreign=_foreign(last),
        drafts=last.drafts,
        held=last.held,
        next_story=_moment(last.next_story),
        next_build=_moment(last.next_build),
        expired=last.expired,
        early=last.early,
        warnings=last.warnings,
        moved=last.moved,
        in_place=last.in_place,
    )


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _asked(request: BuildRequest) -> str:
    return digest(
        request.drafts,
        request.future,
        request.base_url,
        str(request.output or ""),
        str(request.layouts),
    )


def _foreign(last: BuildRecord) -> tuple[str, ...]:
    return tuple(map(os.fsdecode, last.foreign))


# ---------------------------------------------------------------- the record of a build


def remember(
    store: Store,
    request: BuildRequest,
    report: BuildReport,
    *,
    config: Config,
    config_digest: str,
    inputs: str,
    until: float,
    committed: Committed | None,
) -> None:
    """Record a finished build. `until` is the time when the site changes although no file does.

    `inputs` is the digest of the input stamps, empty where they may not show the next change. With `committed`, the
    next build also sees what somebody changed in the output while this one ran.
    """
    if committed is None:
        outputs, folders = _look(report.output, report.foreign)
    else:
        folders = committed.folders
        manifest = (MANIFEST, stamp(os.lstat(report.output / MANIFEST)))
        outputs = digest_of_stamps([*sorted(committed.files.items()), manifest])
    record = BuildRecord(
        asked=_asked(request),
        config=config_digest,
        folders=(config.content, config.layouts, config.output),
        hits=config.most_read_source or "",
        inputs=inputs,
        outputs=outputs,
        output_folders=folders.digest if folders else "",
        since=request.now.timestamp(),
        until=until,
        stories=report.stories,
        pages=report.pages,
        drafts=report.drafts,
        held=report.held,
        next_story=report.next_story.isoformat() if report.next_story else "",
        next_build=report.next_build.isoformat() if report.next_build else "",
        expired=report.expired,
        early=report.early,
        foreign=tuple(map(os.fsencode, report.foreign)),
        warnings=report.warnings,
        moved=report.moved,
        in_place=report.in_place,
    )
    store.put(LAST_BUILD, record)
    if folders:
        store.put(OUTPUT_FOLDERS, folders.packed())


# ---------------------------------------------------------------- the output, known without a walk


def known_folders(request: BuildRequest, store: Store, previous: Previous | None, output: Path) -> FolderStamps | None:
    """Return the output's files and folders if its folders are as the last build left them; None: it must be walked.

    A folder's stamp shows what came into it or left it, so the files in it are those of the manifest and the foreign
    ones. At 10,000 articles a walk takes .25 CPU s more.
    """
    if previous is None or output_of(request, previous.record.folders[2]) != output:
        return None
    try:
        folders = unpacked(store.get(OUTPUT_FOLDERS, tuple[list[str], bytes]) or ([], b""))
        named = in_folders([*_named(output), *_foreign(previous.record)], folders)
        known = FolderStamps(names=named, folders=folders)
        if (
            not folders
            or known.digest != previous.record.output_folders
            or stamps_of_folders(output, folders) != folders
        ):
            return None
    except (OSError, ValueError, TypeError, OverflowError):  # a damaged cache may hold no stamps
        return None
    return known


def _look(output: Path, foreign: Iterable[str]) -> tuple[str, FolderStamps | None]:
    """Digest the stamps of the files that the manifest names, and of itself; stat the folders of these and `foreign`.

    A folder's stamp shows what came into it: an empty folder, or a file that is not ours. "" and None where one of
    them is missing.
    """
    base = f"{output}/"
    try:
        named = _named(output)
        outputs = digest_of_stamps([(name, stamp(os.lstat(base + name))) for name in named])
        return outputs, FolderStamps.of(output, [*named, *foreign])
    except (OSError, UnicodeDecodeError):
        return "", None


def _named(output: Path) -> list[str]:
    """Every file that the manifest names, and the manifest."""
    return [*read_manifest(output), MANIFEST]
