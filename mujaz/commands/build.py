"""`build`, and `mujaz` alone: build the site, then say in a few lines what was done."""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mujaz.commands.options import (
    ProgressLine,
    build_options,
    held_line,
    now_of,
    print_message,
    print_others,
    print_problems,
    text_of,
)

if TYPE_CHECKING:  # loaded when the command runs
    from mujaz.build.report import BuildReport, Skipped


STEPS = "steps"
SKIPPED = 4  # the exit code of a build that went without broken files


@click.command()
@build_options
def build(site: Path | None, quiet: bool, profile: bool, **options: Any) -> None:
    """Build the site into the output folder."""
    from mujaz.build.entry import build as run
    from mujaz.build.progress import Progress
    from mujaz.build.request import BuildRequest

    started = time.perf_counter()
    options["now"] = now_of(options["now"])
    line = ProgressLine(enabled=not quiet and sys.stderr.isatty())
    steps = Progress(on_progress=line.show)
    click.get_current_context().obj[STEPS] = steps  # so that its values live until the process ends
    try:
        report = run(BuildRequest(root=(site or Path.cwd()).absolute(), **options), steps)
    finally:
        line.clear()
    print_problems([*report.warnings, *(one.problem for one in report.moved)])
    for one in report.fixed:
        print_message("line-written", path=one.source, line=one.entry)
    for path, reason in report.why:
        click.echo(f"{path}: {text_of(reason)}")
    if profile:
        for name, wall, busy in steps.taken:
            click.echo(f"{name:>10} {wall:8.3f} s wall {busy:8.3f} s CPU", err=True)
        wall, busy = time.perf_counter() - started, sum(step[2] for step in steps.taken)
        click.echo(f"{'all':>10} {wall:8.3f} s wall {busy:8.3f} s CPU", err=True)
    if not quiet:
        _summary(report, options["now"], time.perf_counter() - started)
    if report.skipped:
        _say_skipped(report.skipped)
        raise click.exceptions.Exit(SKIPPED)


def _say_skipped(skipped: Skipped) -> None:
    """What the site goes without, last, so that nobody overlooks it."""
    print_problems(skipped.problems)
    for path in skipped.left_out:
        print_message("left-out-broken", path=path, err=True)
    for path in skipped.as_before:
        print_message("as-before-broken", path=path, err=True)
    print_message("built-without", n=len(skipped.left_out) + len(skipped.as_before), err=True)


def _summary(report: BuildReport, now: datetime, seconds: float) -> None:
    """The short report that ends every build; its next-build is for machines."""
    folder = os.path.relpath(report.output)
    folder = folder if not folder.startswith("..") else str(report.output)
    print_message(
        "built",
        stories=report.stories,
        files=report.pages,
        folder=folder,
        written=len(report.written),
        deleted=len(report.deleted),
        unchanged=report.pages - len(report.written),
        seconds=seconds,
    )
    held = held_line(
        drafts=report.drafts, held=report.held, next_story=report.next_story, expired=report.expired, now=now
    )
    if held:
        click.echo(held)
    if report.next_build:
        click.echo(f"next-build: {report.next_build.isoformat()}")
    print_others(report.foreign)
    if report.in_place:
        print_message("built-in-place", folder=folder, why=report.in_place, page="docs/hosting.md")
