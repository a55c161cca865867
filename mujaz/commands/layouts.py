"""`layouts`: copies of shipped layouts, and what has changed in the shipped ones since."""

from __future__ import annotations

from pathlib import Path

import click

from mujaz import VERSION
from mujaz.commands.options import language_option, print_message, root_of, site_option
from mujaz.messages.errors import UsageError
from mujaz.messages.message import say

ACTIONS = ("list", "copy", "diff", "merged")


@click.command()
@click.argument("action", type=click.Choice(ACTIONS), metavar="|".join(ACTIONS))
@click.argument("name", required=False)
@site_option
@language_option
def layouts(action: str, name: str | None, site: Path | None) -> None:
    """Copy a layout that comes with Mujaz, to change it, and see later what has changed in the shipped one.

    'list' prints the files that come along; 'copy' writes one into the paper's layouts and notes its version; 'diff'
    prints what has changed in the shipped file since; 'merged' notes that the copy has that now. To add something,
    extend a layout instead: what is not copied does not grow old (docs/theming.md).

    \b
    Examples:
      mujaz layouts copy article.html
      mujaz layouts diff article.html
    """
    from mujaz.build.request import SHIPPED_LAYOUTS
    from mujaz.config.settings import load_config
    from mujaz.layouts.copies import Copies

    root = root_of(site)
    folder = load_config(root / "config.yaml").config.layouts
    copies = Copies(own=root / folder, shipped=SHIPPED_LAYOUTS, folder=folder)
    if action == "list":
        noted = copies.versions()
        for one in copies.names():
            click.echo(f"{one}\t{noted[one]}" if one in noted else one)
        return
    if name is None:
        raise UsageError(say("layout-not-named", action=action))
    if action == "copy":
        copies.copy(name, VERSION)
        click.echo(f"{folder}/{name}")
    elif action == "merged":
        copies.merged(name, VERSION)
    elif change := copies.change(name):
        click.echo(change, nl=False)
    else:
        print_message("copy-current", name=name, err=True)
