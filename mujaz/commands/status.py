"""`status`: what readers see, what waits, and when the next build is due."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from mujaz.commands.options import (
    Moment,
    cache_option,
    held_line,
    language_option,
    listed,
    now_of,
    print_unread,
    root_of,
    site_option,
    text_of,
)
from mujaz.messages.message import say


@click.command()
@site_option
@cache_option
@click.option("--now", type=Moment(), default=None, help="As of this moment.")
@language_option
def status(site: Path | None, cache: Path | None, now: datetime | None) -> None:
    """Say what is published, what is held back, and when the next build is due.

    Nothing is built. The last line, next-build, is for machines: the moment in ISO form when a held story goes out or
    a published one expires, or 'none'. docs/commands.md has recipes for cron and CI.

    \b
    Example:
      $ mujaz status
      75 stories, 1 withdrawn
      held: 1 draft, 2 future (next in 2h 14m, 2021-12-03T16:00:00+03:00), 1 expired
      next-build: 2021-12-03T16:00:00+03:00
    """
    from mujaz.build.request import BuildRequest
    from mujaz.build.survey import survey

    moment = now_of(now)
    seen = survey(BuildRequest(root=root_of(site), now=moment, cache=cache))
    selection = seen.selection
    published, withdrawn = len(selection.published), len(selection.withdrawn)
    counts = [text_of(say("stories", n=published))]
    click.echo(listed([*counts, text_of(say("withdrawn", n=withdrawn))] if withdrawn else counts))
    held = min((article.published for article in selection.held), default=None)
    zone = seen.zone
    line = held_line(
        drafts=len(selection.drafts),
        held=len(selection.held),
        next_story=held.astimezone(zone) if held else None,
        expired=len(selection.expired),
        now=moment,
    )
    if line:
        click.echo(line)
    print_unread(seen.problems)
    click.echo(f"next-build: {seen.next_build.isoformat() if seen.next_build else 'none'}")
