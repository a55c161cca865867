"""`list`: the stories that readers do not see, one a line."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mujaz.commands.options import Moment, cache_option, language_option, now_of, print_unread, root_of, site_option
from mujaz.messages.catalogue import FSI, PDI
from mujaz.messages.errors import visible

if TYPE_CHECKING:
    from mujaz.model.content import Article

PILES = ("drafts", "held", "expired")


@click.command("list")
@click.argument("pile", type=click.Choice(PILES), metavar="drafts|held|expired")
@site_option
@cache_option
@click.option("--now", type=Moment(), default=None, help="As of this moment.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@language_option
def list_(pile: str, site: Path | None, cache: Path | None, now: datetime | None, form: str) -> None:
    """List what readers do not see: drafts, held stories (the next one first), or expired ones.

    Each line is a date, a file and a title, parted by tabs. The date is when the story goes out; of an expired story,
    when it went.

    \b
    Examples:
      mujaz list held
      mujaz list drafts | cut -f2 | xargs -d '\\n' $EDITOR
    """
    from mujaz.build.request import BuildRequest
    from mujaz.build.survey import survey

    seen = survey(BuildRequest(root=root_of(site), now=now_of(now), cache=cache))
    piles = {"drafts": seen.selection.drafts, "held": seen.selection.held, "expired": seen.selection.expired}
    rows = sorted((_moment(article, pile), article.source, article.title, article.id) for article in piles[pile])
    for moment, source, title, id in rows if pile == "held" else reversed(rows):
        date = moment.astimezone(seen.zone).isoformat(timespec="minutes")
        if form == "json":
            row = {"id": id, "path": source, "title": title, "date": date}
            click.echo(visible(json.dumps(row, ensure_ascii=False)))  # it escapes as JSON does
        else:
            click.echo(f"{date}\t{visible(source)}\t{FSI}{title}{PDI}")
    print_unread(seen.problems, err=True)  # what cannot be read is in no pile


def _moment(article: Article, pile: str) -> datetime:
    return article.expires if pile == "expired" and article.expires else article.published
