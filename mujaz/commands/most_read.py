"""`most-read`: count the most read stories, and write the small file that a build reads."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import click

from mujaz.commands.options import (
    Length,
    Moment,
    language_option,
    listed,
    now_of,
    print_message,
    root_of,
    site_option,
    text_of,
)
from mujaz.files.whole import write_whole
from mujaz.messages.errors import UsageError
from mujaz.messages.message import say
from mujaz.most_read.access_log import HOUR, Tally, networks

LOOPBACK = ("127.0.0.0/8", "::1/128")


@click.command()
@click.argument("logs", nargs=-1, required=True, type=click.File("rb"))
@click.option("--own", multiple=True, help="An address or network of yours, whose hits do not count. May be repeated.")
@click.option("--half-life", type=Length(min=0.01), default=1.0, show_default=True, help="Days.")
@click.option("--window", type=Length(min=0.01), default=7.0, show_default=True, help="Days that count.")
@click.option("--dry-run", is_flag=True, help="Print the hits file instead of writing it.")
@click.option("--now", type=Moment(), default=None, help="Which stories are published. Default: now.")
@site_option
@language_option
def most_read(
    logs: tuple[IO[bytes], ...],
    own: tuple[str, ...],
    half_life: float,
    window: float,
    dry_run: bool,
    now: datetime | None,
    site: Path | None,
) -> None:
    """Count the most read stories from access LOGS, into the file that most_read.source names; then build.

    A log is the combined format of Apache and nginx, or Caddy's JSON; or a CSV of hits with an address or an id, a
    number and perhaps a date in each row. Each may be packed by gzip; - is the standard input. Robots, assets, own
    hosts and this machine are left out; old addresses and short links count for their story. Old hits weigh less, by
    the newest hit and not by the clock. Addresses of readers are never written.

    \b
    Example:
      mujaz most-read /var/log/nginx/access.log* --own 192.0.2.0/24
    """
    from mujaz.build.request import BuildRequest
    from mujaz.build.survey import survey
    from mujaz.most_read.access_log import paths_of

    try:
        mine = tuple(networks((*LOOPBACK, *own)))
    except ValueError as error:
        raise UsageError(say("own-wrong", why=str(error))) from None
    seen = survey(BuildRequest(root=root_of(site), now=now_of(now)))
    source = seen.config.most_read_source
    if source is None and not dry_run:
        raise UsageError(say("no-hits-file-named"))
    tally = Tally(story_of=paths_of(seen.selection.published, seen.zone, seen.config), own=mine)
    for log in logs:
        try:
            tally.read(log, log.name)
        except (OSError, EOFError, zlib.error) as error:
            raise UsageError(say("cannot-be-read", path=log.name, why=str(error))) from None
    weights = tally.weights(half_life=half_life, window=window)
    _report(tally)
    if not weights:
        raise UsageError(say("no-story-in-logs"))
    lines = [f"{id},{weight:g}" for id, weight in weights]
    text = "\n".join(["# Written by mujaz most-read: a story's id and its hits, the newer the heavier.", *lines, ""])
    if dry_run or source is None:
        click.echo(text, nl=False)
        return
    _write(root_of(site) / source, text)
    print_message("hits-written", path=source, n=len(weights), top=weights[0][0])


def _report(tally: Tally) -> None:
    counted = sum(tally.hits.values()) + sum(tally.undated.values())
    newest = tally.newest()
    stories = {story for story, _ in tally.hits} | set(tally.undated)
    lines, of = tally.lines, len(stories)
    if newest:
        moment = datetime.fromtimestamp(newest * HOUR, UTC)
        print_message("log-read-newest", lines=lines, hits=counted, stories=of, newest=f"{moment:%Y-%m-%d %H:00 UTC}")
    else:
        print_message("log-read", lines=lines, hits=counted, stories=of)
    if left := [text_of(say(why, n=count)) for why, count in sorted(tally.left_out.items(), key=_words)]:
        print_message("log-left-out", what=listed(left))
    if tally.first_bad:
        print_message("log-first-unknown", line=tally.first_bad, err=True)
    own = tally.left_out["log-own-hosts"]
    if own > counted:
        print_message("log-mostly-own", err=True)


def _words(left: tuple[str, int]) -> str:
    return say(left[0], n=0).text()


def _write(path: Path, text: str) -> None:
    """Whole or not at all; an equal file keeps its time, so that a build has nothing to do."""
    if path.is_file() and path.read_text(encoding="utf-8", errors="replace") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.encode())
