"""A build that has nothing to do: the last one is remembered by marks over stamps, which are all that is looked at.

This module loads no library but SQLite and msgspec, so that such a build costs a start of Python and a stat a file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from mujaz.errors import Problem
from mujaz.fingerprint import digest, file_digest
from mujaz.order import Early, Order, Report
from mujaz.output import MANIFEST
from mujaz.stamps import Outline, Stamp, files, mark_of, settled, stamp
from mujaz.store import Store, decode, encode

if TYPE_CHECKING:  # making the model's classes takes longer than all that is done here
    from mujaz.model import Article, Config

ANSWER = "the last build"
Committed: TypeAlias = tuple[Outline, Mapping[str, Stamp]]  # of the new output: its outline, its pages' stamps


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """What the last finished build saw and said. It holds again at any `now` from `since` until before `until`."""

    asked: str  # digest of the order
    config: str  # digest of config.yaml
    folders: tuple[str, str, str]  # content, layouts, output, as config.yaml names them
    hits: str  # the hits file, or ""
    inputs: str  # mark over the stamps of content, layouts and hits
    outputs: str  # mark over the stamps of the output's files and folders
    output_folders: str  # mark over those of its folders alone
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The inputs of a build as they were before it read any of them."""

    config: str
    folders: tuple[str, str, str]
    hits: str
    inputs: str  # "" where a file is so young that its stamp may not tell its next change


def look(order: Order, config: Config, mark: str, clock: int) -> Seen:
    """Stat the inputs; call it before reading them. `mark` is the digest of config.yaml from before it was loaded,
    `clock` the file system's time when the build began.
    """
    hits = config.most_read_source or ""
    stamps = _input_stamps(order, config.content, config.layouts, hits)
    newest = max((mark[0] for _, mark in stamps), default=0)
    return Seen(
        config=mark,
        folders=(config.content, config.layouts, config.output),
        hits=hits,
        inputs=mark_of(stamps) if settled((newest, 0, 0), clock) else "",
    )


def output_of(order: Order, configured: str) -> Path:
    return (order.output or order.root / configured).absolute()


def unchanged(order: Order, store: Store) -> Report | None:
    """The report of a build that would write nothing, or None where something moved or may have."""
    last = _last(store)
    if last is None or last.asked != _asked(order) or not last.since <= order.now.timestamp() < last.until:
        return None
    if last.config != file_digest((order.root / "config.yaml").read_bytes()):
        return None
    content, layouts, output = last.folders
    folder = output_of(order, output)
    inputs = mark_of(_input_stamps(order, content, layouts, last.hits))
    if last.inputs != inputs or last.outputs != _outputs(folder, _foreign(last))[0]:
        return None
    return Report(
        output=folder,
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
        outputs, folders = _outputs(report.output, report.foreign)
    else:
        outline, stamps = committed
        manifest = (MANIFEST, stamp(os.lstat(report.output / MANIFEST)))
        outputs, folders = _mark_of_all([*sorted(stamps.items()), manifest], outline), outline.mark
    last = Last(
        asked=_asked(order),
        config=seen.config,
        folders=seen.folders,
        hits=seen.hits,
        inputs=seen.inputs,
        outputs=outputs,
        output_folders=folders,
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


def next_event(held: Iterable[Article], shown: Iterable[Article], now: datetime, news: timedelta) -> float:
    """When time alone will next change the site: a story goes out, expires, or is news no longer."""
    moments = [article.published for article in held]
    for article in shown:
        if article.expires is not None:
            moments.append(article.expires)
        if article.published + news > now:
            moments.append(article.published + news)
    return min((moment.timestamp() for moment in moments), default=float("inf"))


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


def _outputs(output: Path, foreign: Iterable[str]) -> tuple[str, str]:
    """Marks over all that the manifest names, and over the folders alone, foreign ones too; "" where one is missing.

    A folder's stamp tells of what came into it: an empty folder, or a file that is not ours.
    """
    try:
        names = _named(output)
        outline = Outline.of(output, [*names, *foreign])
        base = f"{output}/"
        return _mark_of_all([(name, stamp(os.lstat(base + name))) for name in names], outline), outline.mark
    except (OSError, UnicodeDecodeError):
        return "", ""


def _mark_of_all(stamps: Iterable[tuple[str, Stamp]], outline: Outline) -> str:
    return mark_of([*stamps, *sorted(outline.folders.items())])


def _named(output: Path) -> list[str]:
    """Every file that the manifest names, and the manifest."""
    names = (output / MANIFEST).read_text(encoding="utf-8").split("\n")
    names[-1] = MANIFEST
    return names


def outline_of(store: Store, output: Path) -> Outline | None:
    """Of the output, others' files too, if its folders tell that none came or went since the last build."""
    last = _last(store)
    if last is None or not last.outputs:
        return None
    try:
        outline = Outline.of(output, [*_named(output), *_foreign(last)])
    except (OSError, UnicodeDecodeError):
        return None
    return outline if outline.mark == last.output_folders else None
