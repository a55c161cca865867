"""`deploy`: send the built site, in an order in which no page points to a file that is not there yet."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mujaz.commands.options import Whole, language_option, said
from mujaz.errors import UsageError
from mujaz.messages.message import say

if TYPE_CHECKING:
    from mujaz.hosting.deploy import Step


@click.command()
@click.argument("target", type=click.Path())  # a host's too; so that a shell completes folders
@click.argument("more", nargs=-1)
@click.option("--site", type=click.Path(path_type=Path, file_okay=False), help="The site's folder. Default: here.")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Where it was built.")
@click.option("--with", "tool", type=click.Choice(["rsync", "rclone"]), default="rsync", help="Default: rsync.")
@click.option("--go", is_flag=True, help="Send. Without it a dry run shows what would be sent and deleted.")
@click.option("--delete/--no-delete", default=True, help="Whether what the site has no more is deleted at the target.")
@click.option("--grace", type=Whole(0, 86400), default=0, help="Seconds to wait before anything is deleted.")
@language_option
def deploy(
    target: str,
    more: tuple[str, ...],
    site: Path | None,
    output: Path | None,
    tool: str,
    go: bool,
    delete: bool,
    grace: int,
) -> None:
    """Send the built site to TARGET: a folder, HOST:/folder, or with rclone REMOTE:path.

    New files go first, then changed articles, then lists and feeds; what is gone is deleted last, and only what an
    earlier deploy put there. Arguments after -- are passed on to the tool:

        build.py deploy --go web:/srv/site/ -- --rsh "ssh -p 2222"
    """
    from mujaz.config.settings import load_config
    from mujaz.hosting import deploy as hosting_deploy
    from mujaz.output.staging import MANIFEST

    root = (site or Path.cwd()).absolute()
    folder = (output or root / load_config(root / "config.yaml").config.output).absolute()
    if not (folder / MANIFEST).is_file():
        raise UsageError(say("nothing-built", path=str(folder)))
    if shutil.which(tool) is None:
        raise UsageError(say("tool-missing", tool=tool))
    _refuse_itself(target, folder)
    passed = (*more, *(() if go else ("--dry-run",)))
    with tempfile.TemporaryDirectory() as scratch:
        manifest = (
            _manifest(hosting_deploy.manifest_of(target, tool, more, Path(scratch)), Path(scratch)) if delete else ""
        )
    for step in hosting_deploy.uploads(folder, target, tool, passed):
        _run(step, go)
    for step in hosting_deploy.removals(folder, target, tool, manifest, passed):
        if grace and go:
            time.sleep(grace)
            grace = 0
        _run(step, go, hosting_deploy.VANISHED)
    said("sent" if go else "dry-run")


def _refuse_itself(target: str, folder: Path) -> None:
    if target.startswith("-"):
        raise UsageError(say("no-target", target=target))
    here = Path(target)
    if here.exists() and (here.resolve() == folder.resolve() or folder.resolve() in here.resolve().parents):
        raise UsageError(say("target-is-output", target=target))


def _manifest(command: Sequence[str], scratch: Path) -> str:
    """The manifest that an earlier deploy left at the target; "" where there is none, so that nothing is deleted."""
    from mujaz.output.staging import MANIFEST

    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    found = scratch / MANIFEST
    return found.read_text(encoding="utf-8", errors="replace") if found.is_file() else ""


def _run(step: Step, go: bool, *also_fine: int) -> None:
    """Run one step; its own messages are shown. Raises UsageError where the tool fails."""
    said("step-looked-at", step=step.title, n=len(step.paths))
    if not step.paths:
        return
    verbose = {"rsync": ("--out-format=  %o %n",), "rclone": ("--verbose",)}[step.command[0]]
    command = (step.command[0], *step.command[1:-2], *(() if go else verbose), *step.command[-2:])
    ended = subprocess.run(command, input=step.listed, stderr=subprocess.PIPE if also_fine else None, check=False)
    if ended.returncode not in (0, *also_fine):
        if ended.stderr:
            os.write(2, ended.stderr)
        raise UsageError(say("tool-ended", tool=step.command[0], code=ended.returncode))
