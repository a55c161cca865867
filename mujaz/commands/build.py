"""`build`, and `build.py` alone: build the site, then say in a few lines what was done."""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from mujaz.commands.options import Progress, build_options, held_line, many, now_of, print_problems
from mujaz.errors import visible


@click.command()
@build_options
def build(site: Path | None, quiet: bool, profile: bool, **options: Any) -> None:
    """Build the site into the output folder."""
    from mujaz.build import Order, Steps
    from mujaz.build import build as run

    started = time.perf_counter()
    options["now"] = now_of(options["now"])
    progress = Progress(enabled=not quiet and sys.stderr.isatty())
    steps = Steps(tell=progress.tell)
    try:
        report = run(Order(root=(site or Path.cwd()).absolute(), **options), steps)
    finally:
        progress.clear()
    print_problems(report.warnings)
    for path, reason in report.why:
        click.echo(f"{path}: {reason}")
    if profile:
        for name, wall, busy in steps.taken:
            click.echo(f"{name:>10} {wall:8.3f} s wall {busy:8.3f} s CPU", err=True)
        wall, busy = time.perf_counter() - started, sum(step[2] for step in steps.taken)
        click.echo(f"{'all':>10} {wall:8.3f} s wall {busy:8.3f} s CPU", err=True)
    if not quiet:
        for line in _summary(report, options["now"], time.perf_counter() - started):
            click.echo(line)


def _summary(report: Any, now: datetime, seconds: float) -> list[str]:
    """The short report that ends every build."""
    folder = os.path.relpath(report.output)
    folder = folder if not folder.startswith("..") else str(report.output)
    lines = [
        f"{many(report.stories, 'story', 'stories')}, {many(report.pages, 'file', 'files')} in {folder}: "
        f"{len(report.written)} written, {len(report.deleted)} deleted, "
        f"{report.pages - len(report.written)} unchanged, in {seconds:.2f} s"
    ]
    held = held_line(
        drafts=report.drafts, held=report.held, next_story=report.next_story, expired=report.expired, now=now
    )
    lines += [held] if held else []
    if report.next_build:
        lines.append(f"next-build: {report.next_build.isoformat()}")
    if report.foreign:
        names = [visible(os.fsencode(name).decode(errors="replace")) for name in report.foreign[:3]]
        shown = ", ".join(names) + (", …" if len(report.foreign) > 3 else "")
        lines.append(f"kept {many(len(report.foreign), 'file', 'files')} that mujaz did not write: {shown}")
    return lines
