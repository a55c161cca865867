"""`deploy`: send the built site, in an order in which no page points to a file that is not there yet."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mujaz.commands.options import Whole, language_option, print_message
from mujaz.messages.errors import LockedError, Problem, SiteError, UsageError, after_writing
from mujaz.messages.message import say

if TYPE_CHECKING:
    from mujaz.hosting.deploy import Step, Steps

SHOWN = 3  # paths of a message
LOCAL = re.compile(r"\A:local(?:,[^:]*+)?+:")  # how rclone is told that a folder is one of this machine


@click.command()
@click.argument("target", type=click.Path())  # a host's too; so that a shell completes folders
@click.argument("more", nargs=-1)
@click.option("--site", type=click.Path(path_type=Path, file_okay=False), help="The site's folder. Default: here.")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Where it was built.")
@click.option("--with", "tool", type=click.Choice(["rsync", "rclone"]), default="rsync", help="Default: rsync.")
@click.option("--go", is_flag=True, help="Send. Without it a dry run shows what would be sent and deleted.")
@click.option("--delete/--no-delete", default=True, help="Whether what the site has no more is deleted at the target.")
@click.option("--grace", type=Whole(0, 86400), default=0, help="Seconds to wait before anything is deleted.")
@click.option(
    "--others",
    type=click.Choice(["keep", "list", "delete"]),
    default="keep",
    help="Files at the target that no deploy put there: keep them, list them, or delete them. Default: keep.",
)
@click.option("--allow-shrink", is_flag=True, help="Delete however many pages at the target (max_shrink).")
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
    others: str,
    allow_shrink: bool,
) -> None:
    """Send the built site to TARGET: a folder, HOST:/folder, or with rclone REMOTE:path.

    New files go first, then changed articles, then lists and feeds; what is gone is deleted last, and only what a
    deploy put there, were it cut off. Arguments after -- are passed on to the tool:

        mujaz deploy --go web:/srv/site/ -- --rsh "ssh -p 2222"
    """
    from mujaz.config.settings import load_config
    from mujaz.hosting import deploy as hosting
    from mujaz.output.attributes import readable
    from mujaz.output.manifest import MANIFEST, paths_in
    from mujaz.output.shrink import shrinkage

    root = (site or Path.cwd()).absolute()
    config = load_config(root / "config.yaml").config
    folder = (output or root / config.output).absolute()
    if not (folder / MANIFEST).is_file():
        raise UsageError(say("nothing-built", path=str(folder)))
    _refuse_itself(target, folder, root, (config.content, config.layouts), clears=others == "delete")
    if shutil.which(tool) is None:
        raise UsageError(say("tool-missing", tool=tool))
    passed = (*more, *(() if go else ("--dry-run",)))
    looked_at = hosting.stamps(folder)
    _look_at(folder, tool)
    with tempfile.TemporaryDirectory() as scratch, readable():  # what is made at a target is for readers
        work = Path(scratch)
        before = set(paths_in(_manifest(target, tool, more, work / "old")))
        here = set(hosting.site_files(folder))
        change = shrinkage(before, here)
        if delete and not allow_shrink and change.is_over(config.max_shrink):
            text = say("too-many-pages-at-target", n=len(change.gone), of=change.of, paths=change.first)
            raise SiteError([Problem(path=target, message=text, help=say("allow-shrink"))])
        unknown = _unknown(target, tool, more, here | before) if others != "keep" else set()
        foreign = unknown if others == "delete" else set()
        how = hosting.comparing(_asked(hosting.features(target, more))[1]) if tool == "rclone" else ()
        steps = hosting.plan(folder, target, tool, before, work, passed, delete=delete, foreign=foreign, comparing=how)

        def announced() -> None:
            if not before and not _manifest(target, tool, more, work / "sent"):
                raise UsageError(say("manifest-not-kept", target=target, name=MANIFEST))

        def ending() -> None:
            there = set(paths_in(_manifest(target, tool, more, work / "there")))
            hosting.add_to(steps.last, there - before - here)  # of another deploy meanwhile

        _run_all(steps, announced, lambda: hosting.stamps(folder) == looked_at, ending, go=go, grace=grace)
    print_message("sent" if go else "dry-run")


def _look_at(folder: Path, tool: str) -> None:
    """Print what of the output is not sent. Raises UsageError for what should be sent and cannot be."""
    from mujaz.hosting import deploy as hosting

    foreign_here, missing = hosting.foreign_and_missing(folder)
    if missing:
        raise UsageError(say("output-has-gaps", paths=missing[:SHOWN]))
    if odd := hosting.passed_over(folder, tool):
        raise UsageError(say("rclone-passes-over", paths=odd[:SHOWN]))
    for path in foreign_here:
        print_message("not-sent", path=path)


def _unknown(target: str, tool: str, more: Sequence[str], known: set[str]) -> set[str]:
    """Files at the target that neither the site nor an earlier deploy names; each is printed."""
    from mujaz.hosting import deploy as hosting
    from mujaz.output.manifest import MANIFEST

    code, listed, why = _asked(hosting.listing(target, tool, more))
    if code:
        raise UsageError(say("target-not-listed", target=target, why=why.strip()[-500:]))
    unknown = hosting.listed_paths(tool, listed) - known - {MANIFEST}
    for path in sorted(unknown):
        print_message("at-the-target", path=path)
    return unknown


def _run_all(
    steps: Steps,
    announced: Callable[[], None],
    is_the_same: Callable[[], bool],
    ending: Callable[[], None],
    *,
    go: bool,
    grace: int,
) -> None:
    """Run the steps in order. Where one fails or is stopped, say what stands at the target then.

    `announced` is called when the manifest was sent, before any page is, and `ending` before the last manifest is.
    Raises LockedError where the site `is_the_same` no more when all is sent: pages may lead to others that were not.
    """
    try:
        with after_writing(go):
            announcement, *sent = steps.sent
            _run(announcement, go)
            if go:
                announced()
            for step in sent:
                _run(step, go)
            if go and not is_the_same():
                raise LockedError(say("deploy-of-two-sites"))
            if grace and go and steps.deleted:
                time.sleep(grace)
            for step in steps.deleted:
                _run(step, go)
            if go:
                ending()
            _run(steps.last, go)
    except KeyboardInterrupt:
        if not go:
            raise
        raise UsageError(say("deploy-cut-off")) from None


def _refuse_itself(target: str, folder: Path, root: Path, read: Sequence[str], *, clears: bool) -> None:
    """Raise UsageError for an option, for nothing, and for a folder here in the output or in what is read.

    The target need not be there yet. `clears`: what no deploy put there is deleted, so it may not hold the site either.
    """
    if not target or target.startswith("-"):
        raise UsageError(say("no-target", target=target))
    place = LOCAL.sub("", target)
    if ":" in place.partition("/")[0]:  # of another host
        return
    real, site = Path(os.path.realpath(place)), Path(os.path.realpath(root))
    if Path(os.path.realpath(folder)) in (real, *real.parents):
        raise UsageError(say("target-is-output", target=target))
    ours = {Path(os.path.realpath(root / name)) for name in (*read, ".mujaz", ".mujaz-desk")}
    if real == site or not ours.isdisjoint((real, *real.parents)) or (clears and real in site.parents):
        raise UsageError(say("target-is-site", target=target))


def _manifest(target: str, tool: str, more: Sequence[str], into: Path) -> str:
    """The manifest that earlier deploys left at the target; "" where there is none yet.

    Raises UsageError where it cannot be fetched for another reason: without it nobody knows what is to be deleted.
    """
    from mujaz.hosting import deploy as hosting
    from mujaz.output.manifest import MANIFEST

    into.mkdir()
    code, _, why = _asked(hosting.fetching(target, tool, more, into))
    found = into / MANIFEST
    if code == 0 and found.is_file():
        return found.read_text(encoding="utf-8", errors="surrogateescape")
    if hosting.is_missing(tool, code, why):
        return ""
    raise UsageError(say("manifest-not-fetched", target=target, why=why.strip()[-500:]))


def _asked(command: Sequence[str]) -> tuple[int, str, str]:
    """Run a command that changes nothing at the target. Returns its exit code, output and errors."""
    ended = subprocess.run(command, capture_output=True, env={**os.environ, "LC_ALL": "C.UTF-8"}, check=False)
    return ended.returncode, os.fsdecode(ended.stdout), os.fsdecode(ended.stderr)


def _run(step: Step, go: bool) -> None:
    """Run one step; its own messages are shown. Raises UsageError where the tool fails."""
    print_message("step-looked-at", step=step.title, n=len(step.paths))
    if not step.paths:
        return
    verbose = {"rsync": ("--out-format=  %o %n",), "rclone": ("--verbose",)}[step.command[0]]
    command = (step.command[0], *step.command[1:-2], *(() if go else verbose), *step.command[-2:])
    ended = subprocess.run(command, input=step.listed, stderr=subprocess.PIPE if step.fine else None, check=False)
    if ended.returncode not in (0, *step.fine):
        if ended.stderr:
            os.write(2, ended.stderr)
        raise UsageError(say("tool-ended" if go else "tool-ended-dry", tool=step.command[0], code=ended.returncode))
