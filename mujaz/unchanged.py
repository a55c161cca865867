"""A build that has nothing to do: the last one is remembered by marks over stamps, which are all that is looked at.

This module loads no library but SQLite and msgspec, so that such a build costs a start of Python and a stat a file.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from mujaz.aside import Aside, aside
from mujaz.errors import Problem
from mujaz.fingerprint import digest, file_digest
from mujaz.frozen import Struct
from mujaz.order import Early, Order, Report
from mujaz.output import MANIFEST, Known
from mujaz.stamps import Outline, Stamp, files, mark_of, settled, stamp, unpacked
from mujaz.store import Store, Written, decode, encode
from mujaz.trees import second_mark

if TYPE_CHECKING:  # making the model's classes takes longer than all that is done here
    from mujaz.model import Config

ANSWER = "the last build"
FOLDERS = "folders of the output"
Committed: TypeAlias = tuple[Outline, Mapping[str, Stamp]]  # of the new output: its outline, its pages' stamps


class Last(Struct, frozen=True, kw_only=True):
    """What the last finished build saw and said. It holds again at any `now` from `since` until before `until`."""

    asked: str  # digest of the order
    config: str  # digest of config.yaml
    folders: tuple[str, str, str]  # content, layouts, output, as config.yaml names them
    hits: str  # the hits file, or ""
    inputs: str  # mark over the stamps of content, layouts and hits
    outputs: str  # mark over the stamps of the output's files
    output_folders: str  # mark over those of its folders, empty ones too
    since: float
    until: float
    stories: int
    pages: int
    drafts: int
    held: int
    next_story: str  # with its offset, which msgpack would lose; or empty
    next_build: str
    expired: int
    early: tuple[Early, ...]
    foreign: tuple[bytes, ...]  # a name that is not ours may be no UTF-8
    warnings: tuple[Problem, ...]


class Seen(Struct, frozen=True, kw_only=True):
    """The inputs of a build as they were before it read any of them."""

    config: str
    folders: tuple[str, str, str]
    hits: str
    inputs: str  # "" where a file is so young that its stamp may not tell its next change


def look(order: Order, config: Config, mark: str, clock: int, about: Lookout) -> Seen:
    """Stat the inputs, unless that was done; call it before reading them. `mark` is the digest of config.yaml from
    before it was loaded, `clock` the file system's time when the build began.
    """
    hits = config.most_read_source or ""
    last, stamps = about.last, about.inputs
    if last is None or stamps is None or (config.content, config.layouts, hits) != (*last.folders[:2], last.hits):
        stamps = _input_stamps(order, config.content, config.layouts, hits)
    newest = max((mark[0] for _, mark in stamps), default=0)
    return Seen(
        config=mark,
        folders=(config.content, config.layouts, config.output),
        hits=hits,
        inputs=mark_of(stamps) if settled((newest, 0, 0), clock) else "",
    )


def content_of(config: Config, about: Lookout) -> list[tuple[str, Stamp]] | None:
    """Every file of the content folder, if it was looked at and is there."""
    if about.last is None or about.inputs is None or about.last.folders[0] != config.content:
        return None
    found = [(name.removeprefix("c/"), mark) for name, mark in about.inputs if name.startswith("c/")]
    return [(name, mark) for name, mark in found if name] if ("", (0, 0, 0)) in found else None


def output_of(order: Order, configured: str) -> Path:
    return (order.output or order.root / configured).absolute()


class Lookout:
    """Looks whether the output is as the last build left it, in a process of its own where that is quicker.

    Marks are "" where something that was there is not.
    """

    def __init__(self, last: Last | None, output: Path, aside: Aside) -> None:
        self.last, self.output, self._aside = last, output, aside
        self.inputs: Sequence[tuple[str, Stamp]] | None = None  # in the folders of `last`, once looked at

    def go_on(self) -> None:
        """Look at all of it: there is something to build."""
        self._aside.go_on()

    @cached_property
    def folders(self) -> str:
        return self._aside.answer()

    @cached_property
    def files(self) -> str:
        _ = self.folders
        return self._aside.answer()

    @cached_property
    def second(self) -> str:
        """Of the folders of the second tree, those that it had when it was left."""
        _ = self.files
        return self._aside.answer()


@contextlib.contextmanager
def lookout(order: Order, store: Store) -> Iterator[Lookout]:
    """Look while the block runs."""
    last = _last(store)
    if last is None:
        yield Lookout(None, Path(), Aside(str, lambda: None))
        return
    output, foreign = output_of(order, last.folders[2]), _foreign(last)

    def look_about() -> Iterator[str]:
        yield _folders_mark(output, foreign)
        yield _files_mark(output)
        yield second_mark(output, order.home)

    with aside(look_about, order.jobs) as begun:
        yield Lookout(last, output, begun)


def unchanged(order: Order, store: Store, about: Lookout) -> Report | None:
    """The report of a build that would write nothing, or None where something moved or may have."""
    last = about.last
    if last is None or last.asked != _asked(order) or not last.since <= order.now.timestamp() < last.until:
        return None
    if last.config != file_digest((order.root / "config.yaml").read_bytes()):
        return None
    content, layouts, _ = last.folders
    about.inputs = _input_stamps(order, content, layouts, last.hits)
    inputs = mark_of(about.inputs)
    # Half of the output is looked at here, meanwhile.
    if last.inputs != inputs or last.outputs != _files_mark(about.output) or last.output_folders != about.folders:
        return None
    return Report(
        output=about.output,
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
    )


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _last(store: Store) -> Last | None:
    raw = store.answer(ANSWER)
    try:
        return decode(Last, raw) if raw else None
    except ValueError:
        return None


def remember(
    store: Store,
    order: Order,
    report: Report,
    *,
    seen: Seen,
    until: float,
    committed: Committed | None = None,
) -> None:
    """Keep what this build saw and made; `until` is when time alone will change the site.

    What somebody changes in the output while the site is being built shows in the next build, if `committed` is known.
    """
    if committed is None:
        outputs, outline = _files_mark(report.output), _outline(report.output, report.foreign)
    else:
        outline, stamps = committed
        outputs = mark_of([*sorted(stamps.items()), (MANIFEST, stamp(os.lstat(report.output / MANIFEST)))])
    last = Last(
        asked=_asked(order),
        config=seen.config,
        folders=seen.folders,
        hits=seen.hits,
        inputs=seen.inputs,
        outputs=outputs,
        output_folders=outline.mark if outline else "",
        since=order.now.timestamp(),
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
    )
    store.save_answer(ANSWER, encode(last))
    if outline:
        store.save_answer(FOLDERS, encode(outline.packed()))


def _asked(order: Order) -> str:
    return digest(order.drafts, order.future, order.base_url, str(order.output or ""), str(order.layouts))


def _input_stamps(order: Order, content: str, layouts: str, hits: str) -> list[tuple[str, Stamp]]:
    found: list[tuple[str, Stamp]] = []
    for name, root in (("c", order.root / content), ("l", order.root / layouts), ("s", order.layouts)):
        found += [(f"{name}/{path}", stamp(status)) for path, status in files(root)]
        if root.is_dir():  # an empty folder is not the same as none
            found.append((f"{name}/", (0, 0, 0)))
    if hits:
        try:
            found.append((f"h/{hits}", stamp(os.stat(order.root / hits))))
        except OSError:
            found.append((f"h/{hits}", (0, 0, 0)))
    return sorted(found)


def _foreign(last: Last) -> tuple[str, ...]:
    return tuple(map(os.fsdecode, last.foreign))


def _outline(output: Path, foreign: Iterable[str]) -> Outline | None:
    """Of all that the manifest names, and of what is foreign; None where a folder is missing.

    A folder's stamp tells of what came into it: an empty folder, or a file that is not ours.
    """
    try:
        return Outline.of(output, [*_named(output), *foreign])
    except (OSError, UnicodeDecodeError):
        return None


def _folders_mark(output: Path, foreign: Iterable[str]) -> str:
    outline = _outline(output, foreign)
    return outline.mark if outline else ""


def _files_mark(output: Path) -> str:
    """A mark over all that the manifest names, and over itself; "" where one is missing."""
    base = f"{output}/"
    try:
        return mark_of([(name, stamp(os.lstat(base + name))) for name in _named(output)])
    except (OSError, UnicodeDecodeError):
        return ""


def _named(output: Path) -> list[str]:
    """Every file that the manifest names, and the manifest."""
    names = (output / MANIFEST).read_text(encoding="utf-8").split("\n")
    names[-1] = MANIFEST
    return names


def known_output(store: Store, about: Lookout, output: Path, held: Mapping[str, Written]) -> Known | None:
    """What the last build and a look at the output tell of it; None where it must be searched.

    `held` are the pages as the last build left them.
    """
    last = about.last
    if last is None or about.output != output or not last.outputs or about.folders != last.output_folders:
        return None
    foreign = _foreign(last)
    try:
        raw = store.answer(FOLDERS)
        folders = unpacked(decode(tuple[list[str], bytes], raw)) if raw else {}
        named = _named(output)
        outline = Outline(names=[*named, *foreign], folders=folders)
        if not folders or outline.mark != last.output_folders:
            return None
        live = _stamps(output, held, named, foreign, last.outputs) if about.files == last.outputs else None
    except (OSError, ValueError, TypeError, OverflowError):  # SQLite keeps whatever it is given: no stamps perhaps
        return None
    return Known(outline=outline, live=live, second=lambda: about.second)


def _stamps(
    output: Path, held: Mapping[str, Written], named: Sequence[str], foreign: Iterable[str], mark: str
) -> dict[str, Stamp] | None:
    """Of every file of an output that is as the last build left it, by what is held.

    None where they do not give this `mark`, for the cache may have been spoilt, or where a file is not regular.
    """
    base = f"{output}/"
    seen = {name: os.lstat(base + name) for name in (*foreign, MANIFEST)}
    if not all(stat.S_ISREG(status.st_mode) for status in seen.values()):
        return None
    live = {path: page.stamp for path, page in held.items()}
    for page in held.values():
        live |= page.beside
    live |= {name: stamp(status) for name, status in seen.items()}
    if mark_of([(name, live.get(name, (0, 0, 0))) for name in named]) != mark:
        return None
    return {name: live[name] for name in (*named, *foreign)}
