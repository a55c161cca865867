"""`edition`: print the e-mail of a day or a week that was built, ready for a mailer."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path

import click

from mujaz.commands.options import Moment, language_option, now_of, root_of, site_option
from mujaz.files.whole import read_plain
from mujaz.messages.errors import UsageError
from mujaz.messages.message import say
from mujaz.output.manifest import read_manifest

WEEK = re.compile(r"(\d{4})-?[wW](\d{1,2})")
EMAIL = re.compile(r"([0-9]{4}/[0-9]{2}/[0-9]{2})/email\.html")  # of a day


@click.command()
@click.argument("when", required=False)
@click.option("--html", "form", flag_value="html", default="html", help="The HTML of the e-mail (the default).")
@click.option("--text", "form", flag_value="text", help="The same as plain text.")
@click.option("--eml", "form", flag_value="eml", help="A whole message with both, for sendmail or a mail program.")
@click.option("--from", "sender", help="The message's From, with --eml.")
@click.option("--to", "recipient", help="The message's To, with --eml.")
@click.option("--now", type=Moment(), default=None, help="The message's Date, with --eml. Default: now.")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Where the site was built.")
@site_option
@language_option
def edition(
    when: str | None,
    form: str,
    sender: str | None,
    recipient: str | None,
    now: datetime | None,
    output: Path | None,
    site: Path | None,
) -> None:
    """Print the edition of WHEN, a day (2021-10-18) or a week (2021-w42), as an e-mail. Default: the newest day.

    It prints what the last build wrote, so that every link in it leads to a page that exists: build first.

    \b
    Examples:
      mujaz edition 2021-10-18 --text
      mujaz edition 2021-w42 > week.html
      mujaz edition --eml --from news@example.org --to list@example.org | sendmail -t
    """
    from mujaz.config.settings import load_config
    from mujaz.render.email import is_address

    for option, address in (("--from", sender), ("--to", recipient)):
        if address is not None and not is_address(address):
            raise UsageError(say("mail-address-wrong", option=option, address=address))
    root = root_of(site)
    config = load_config(root / "config.yaml").config
    folder = output or root / config.output
    if not (folder / "index.html").is_file():
        raise UsageError(say("nothing-built", path=str(folder)))
    if not config.edition_email:
        raise UsageError(say("no-email-built"))
    ours = _written(folder)
    name = _address(when) if when else _newest(ours)
    if f"{name}/email.html" not in ours:
        known = sorted(_built(ours))
        more = say("editions-are", newest=known[-1], oldest=known[0]) if known else ""
        raise UsageError(say("no-edition", when=when or "", more=more))
    html, text = (_text(folder, f"{name}/{file}") for file in ("email.html", "email.txt"))
    if form == "eml":
        from mujaz.render.email import message

        moment = now_of(now)
        raw = message(html, text, config=config, name=name, moment=moment, sender=sender, recipient=recipient)
        click.echo(raw, nl=False)
        return
    if sender or recipient:
        raise UsageError(say("from-and-to"))
    click.echo(html if form == "html" else text, nl=False)


def _written(folder: Path) -> frozenset[str]:
    """The files of the site, by its manifest: what others put beside them is not to be mailed.

    Raises UsageError where there is no manifest.
    """
    try:
        return frozenset(read_manifest(folder))
    except (OSError, UnicodeDecodeError):
        raise UsageError(say("nothing-built", path=str(folder))) from None


def _text(folder: Path, name: str) -> str:
    """What a build wrote. Raises UsageError for a missing file, for a link, and for bytes that it did not write."""
    path = folder / name
    try:
        if os.path.realpath(path) != os.path.join(os.path.realpath(folder), name):
            raise FileNotFoundError(str(path))
        return read_plain(path).decode()
    except (FileNotFoundError, UnicodeDecodeError):
        raise UsageError(say("not-as-built", path=str(path))) from None


def _address(when: str) -> str:
    """The folder of an edition. Raises UsageError for what is neither a day nor a week."""
    if week := WEEK.fullmatch(when):
        year, number = int(week[1]), int(week[2])
        try:
            date.fromisocalendar(year, number, 1)
        except ValueError:
            raise UsageError(say("no-such-week", when=when, year=year)) from None
        return f"{year:04}/w{number:02}"
    try:
        return f"{date.fromisoformat(when):%Y/%m/%d}"
    except ValueError:
        raise UsageError(say("not-day-or-week", when=when)) from None


def _built(ours: Collection[str]) -> list[str]:
    """The days whose e-mails were built, as `2021-10-18`."""
    return [day[1].replace("/", "-") for path in ours if (day := EMAIL.fullmatch(path))]


def _newest(ours: Collection[str]) -> str:
    days = _built(ours)
    if not days:
        raise UsageError(say("no-day-edition"))
    return max(days).replace("-", "/")
