"""`clean`: remove what was built and the cache, and nothing else."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import click

from mujaz.commands.options import language_option, print_message, print_others, root_of, site_option
from mujaz.messages.errors import LockedError, UsageError, after_writing
from mujaz.messages.message import say


@click.command()
@site_option
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Where it was built.")
@click.option("--cache", "only_cache", is_flag=True, help="Remove the cache only; the built site stays.")
@language_option
def clean(site: Path | None, output: Path | None, only_cache: bool) -> None:
    """Remove the built site and the cache.

    Of the output only what mujaz wrote goes; files that you put there stay and are named. The cache is .mujaz/: without
    it the next build takes as long as the first, and gives the same site. Stop serve and desk first: they show what
    lies in it.
    """
    from mujaz.config.settings import load_config
    from mujaz.output.lock import SHOWN, is_foreign, lock, lock_folder
    from mujaz.output.manifest import MANIFEST

    root = root_of(site)
    config = load_config(root / "config.yaml").config
    folder = (output or root / config.output).absolute()
    home = root / ".mujaz"
    if home.is_symlink():
        raise UsageError(say("cache-is-a-link", path=str(home)))
    if is_foreign(home):
        raise UsageError(say("clean-not-ours", path=str(home)))
    if not only_cache and folder.is_dir() and not (folder / MANIFEST).is_file():
        raise UsageError(say("not-built-by-mujaz", path=str(folder), manifest=MANIFEST))
    there = not only_cache and folder.is_dir()
    if not (home.is_dir() or there):
        print_message("nothing-to-remove")
    with contextlib.ExitStack() as held:  # nobody builds meanwhile, not even with a cache of his own
        if home.is_dir():
            held.enter_context(lock(home / "lock"))
        if (home / SHOWN).is_file():
            try:
                held.enter_context(lock(home / SHOWN))
            except LockedError:
                raise LockedError(say("site-is-shown")) from None
        if there:
            held.enter_context(lock_folder(folder))
        gone, others = _found(folder) if there else ([], [])
        with after_writing():
            if home.is_dir():
                _empty(home)
                print_message("removed-cache", folder=home.name + "/")
            if there:
                _clear(folder, gone)
                print_message("removed-files", n=len(gone), folder=folder.name + "/")
                print_others(others)


def _empty(home: Path) -> None:
    """Remove a folder with all that is in it, what shows that it is a cache last. A mount stays, empty."""
    for entry in sorted(os.scandir(home), key=lambda entry: (entry.name == "lock", entry.name)):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        else:
            os.unlink(entry.path)
    with contextlib.suppress(OSError):
        home.rmdir()


def _found(output: Path) -> tuple[list[str], list[str]]:
    """The files in the output that the manifest names, and the others. Links are never followed."""
    from mujaz.files.stamps import files
    from mujaz.output.manifest import MANIFEST
    from mujaz.output.swap import is_waiting

    ours = {*(output / MANIFEST).read_text(encoding="utf-8", errors="replace").split("\n"), MANIFEST}
    there = [name for name, _ in files(output) if not is_waiting(name)]
    return [name for name in there if name in ours], sorted(name for name in there if name not in ours)


def _clear(output: Path, gone: Sequence[str]) -> None:
    """Remove these files, what shows that they are ours last, and each folder that is then empty."""
    from mujaz.output.held import mounts_within
    from mujaz.output.manifest import MANIFEST
    from mujaz.output.swap import NEW, clear

    for disk in ("", *mounts_within(output)):
        if (output / disk).is_dir():
            clear(str(output / disk / NEW))  # of a build that was killed
    for name in sorted(gone, key=MANIFEST.__eq__):
        (output / name).unlink()
    folders = {folder for name in gone for folder in Path(name).parents}
    for folder in sorted(folders, key=lambda folder: -len(folder.parts)):
        with contextlib.suppress(OSError):  # something of others' is in it
            (output / folder).rmdir()
