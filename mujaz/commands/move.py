"""`move`: another name for an article, a folder or any file below content/."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mujaz.commands.options import (
    cache_option,
    language_option,
    now_of,
    print_message,
    print_unread,
    root_of,
    site_option,
)
from mujaz.messages.errors import UsageError
from mujaz.messages.message import say

if TYPE_CHECKING:
    from mujaz.content.moving import Move


@click.command()
@click.argument("old", type=click.Path())
@click.argument("new", type=click.Path())
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@site_option
@cache_option
@language_option
def move(old: str, new: str, dry_run: bool, site: Path | None, cache: Path | None) -> None:
    """Rename an article, a bundle, a folder of articles or a picture; every address stays, and every link is followed.

    OLD and NEW are paths from the site's folder, both below content/. Where NEW is a folder, or ends in '/', OLD goes
    into it. An article without 'id' gets the one that its old name gave, so that its short link and its place in feeds
    stay. Links, pictures and pins of other articles that name a file that moves are written anew. The poster and the
    captions of a film go by its name, and come along.

    \b
    Examples:
      mujaz move content/nato.md content/2021/10/nato-mission.md
      mujaz move content/2021/10/nato.md content/2021/10/nato/index.md     make it a bundle
      mujaz move --dry-run content/2020 content/archive/
    """
    from mujaz.build.load import load_settings
    from mujaz.build.request import BuildRequest
    from mujaz.build.survey import survey
    from mujaz.content.moving import carry_out, destination, plan
    from mujaz.content.options import Options
    from mujaz.output.lock import lock

    request = BuildRequest(root=root_of(site), now=now_of(None), cache=cache)
    settings = load_settings(request)
    config = settings.config
    old, new = destination(request.root, config.content, old, new)
    with lock(request.home / "lock"):  # no build meets half of it
        seen = survey(request, config)
        texts = {path: one.article or one.standing for path, one in seen.readings.items()}
        wrong = [problem.path for problem in seen.problems if not problem.warning]
        planned = plan(request.root, Options.of(config, settings.labels), old, new, texts, seen.others, wrong)
        if config.most_read_source and config.most_read_source in planned.files:
            raise UsageError(say("move-named-by-config", path=config.most_read_source))
        if not dry_run:
            carry_out(request.root, planned)
    _tell(planned, dry_run=dry_run)
    print_unread(seen.problems, err=True)


def _tell(planned: Move, *, dry_run: bool) -> None:
    if dry_run:
        print_message("only-a-trial")
    for path, id in planned.ids.items():
        print_message("move-writes-id", path=path, id=id)
    for path, count in planned.links.items():
        print_message("move-follows-links", path=path, n=count)
    print_message("move-renames", old=planned.old, new=planned.new, n=len(planned.files) - len(planned.beside))
    for path, new in planned.beside.items():
        print_message("move-brings", path=path, new=new)
