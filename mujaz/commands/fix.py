"""`fix`: what a machine can fix in the articles, shown as a diff, then written."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mujaz.commands.options import (
    Moment,
    cache_option,
    language_option,
    now_of,
    print_message,
    root_of,
    site_option,
    text_of,
)
from mujaz.messages.errors import UsageError, after_writing, did_you_mean, visible
from mujaz.messages.message import say

if TYPE_CHECKING:
    from mujaz.check.fixes import FixedFile


NO_BREAK = re.compile("[\u00a0\u202f\u2007\u2066-\u2069]")  # what a diff would not show


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--write", is_flag=True, help="Write the files; without it they are only shown.")
@click.option("--only", multiple=True, metavar="ID", help="Only this problem, as check calls it. May be repeated.")
@site_option
@cache_option
@click.option("--now", type=Moment(), default=None, help="As of this moment.")
@language_option
def fix(
    paths: tuple[str, ...],
    write: bool,
    only: tuple[str, ...],
    site: Path | None,
    cache: Path | None,
    now: datetime | None,
) -> None:
    """Mend what a machine can mend: show each mend and the change as a diff, and write it with --write.

    Mended are marks that YAML needs (a colon in a title, Arabic commas between tags, no-break spaces at a key,
    directional marks), ids and slugs that are missing, as they are today, so that no address moves; names that are one
    and are written in two ways; lines of `3-` or a bullet that are a list, frames of YouTube, quotes of which one half
    is set. What could be meant in another way stays. No other byte of a file changes, and the same again mends nothing.

    PATHS are files and folders of articles; without any it is all of content/.

    \b
    Examples:
      mujaz fix
      mujaz fix content/2021/10 --write
      mujaz fix --only no-id --only no-slug --write
    """
    from mujaz.build.request import BuildRequest
    from mujaz.check.fixes import fixable, fixes
    from mujaz.check.fixes import write as write_file

    request = BuildRequest(root=root_of(site), now=now_of(now), cache=cache)
    _refuse_unknown(only, fixable())
    count = files = 0
    written: list[str] = []
    with after_writing(written):
        for fixed in fixes(request, only=only, below=_below(request.root, paths)):
            if write:
                write_file(request.root, fixed)
                written.append(fixed.path)
                print_message("fixed-file", path=visible(fixed.path), n=len(fixed.fixes))
            else:
                _show(fixed)
            count, files = count + len(fixed.fixes), files + 1
    if not count:
        print_message("nothing-to-fix")
    else:
        print_message("did-fix" if write else "would-fix", n=count, files=files)


def _show(fixed: FixedFile) -> None:
    for fix in fixed.fixes:
        click.echo(f"{visible(fixed.path)}:{fix.line}: {visible(text_of(fix.what))}")
    for line in fixed.diff():
        click.echo(NO_BREAK.sub(lambda blank: f"\\u{ord(blank[0]):04x}", visible(line)))
    click.echo()


def _refuse_unknown(only: Iterable[str], known: tuple[str, ...]) -> None:
    for id in only:
        if id not in known:
            near = did_you_mean(id, known) or say("fix-ids-are", ids=tuple(sorted(known)))
            raise UsageError(say("fix-unknown-id", id=id, near=near))


def _below(root: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """The paths from the site's folder. Raises UsageError for one that is not below content/."""
    from mujaz.config.settings import load_config

    content = load_config(root / "config.yaml").config.content
    found = []
    for path in paths:
        name = posixpath.normpath(posixpath.relpath(path, root) if Path(path).is_absolute() else path)
        is_inside = name == content or name.startswith(content + "/")
        if not is_inside or not ((root / name).is_dir() or (name.endswith(".md") and (root / name).is_file())):
            raise UsageError(say("fix-no-such-path", path=path, content=content))
        found.append(name)
    return tuple(found)
