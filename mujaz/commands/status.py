"""`status`: what readers see, what waits, and when the next build is due."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from mujaz.commands.options import Moment, count_errors, held_line, many, now_of, root_of, site_option


@click.command()
@site_option
@click.option("--now", type=Moment(), default=None, help="As of this moment.")
def status(site: Path | None, now: datetime | None) -> None:
    """Say what is published, what is held back, and when the next build is due.

    Nothing is built. The last line, next-build, is for machines: the moment in ISO form when a held story goes out or
    a published one expires, or 'none'. docs/commands.md has recipes for cron and CI.

    \b
    Example:
      $ build.py status
      75 stories, 1 withdrawn
      held: 1 draft, 2 future (next in 2h 14m, 2021-12-03T16:00:00+03:00), 1 expired
      next-build: 2021-12-03T16:00:00+03:00
    """
    from mujaz.order import Order
    from mujaz.survey import survey

    moment = now_of(now)
    seen = survey(Order(root=root_of(site), now=moment))
    shelf = seen.shelf
    withdrawn = f", {len(shelf.withdrawn)} withdrawn" if shelf.withdrawn else ""
    click.echo(many(len(shelf.published), "story", "stories") + withdrawn)
    held = min((article.published for article in shelf.held), default=None)
    zone = seen.zone
    line = held_line(
        drafts=len(shelf.drafts),
        held=len(shelf.held),
        next_story=held.astimezone(zone) if held else None,
        expired=len(shelf.expired),
        now=moment,
    )
    if line:
        click.echo(line)
    if errors := count_errors(seen.problems):
        click.echo(f"{many(errors, 'problem', 'problems')} in front matter and bodies: build.py check lists all")
    click.echo(f"next-build: {seen.next_build.isoformat() if seen.next_build else 'none'}")
