"""`preview`: show what was built, as a host would."""

from __future__ import annotations

from pathlib import Path

import click

from mujaz.commands.options import (
    address_of,
    language_option,
    port_choice,
    port_option,
    print_message,
    root_of,
    site_option,
)
from mujaz.messages.errors import UsageError
from mujaz.messages.message import say


@click.command()
@site_option
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Where it was built.")
@port_option
@language_option
def preview(site: Path | None, output: Path | None, port: int | None) -> None:
    """Show what was built on http://localhost, until Ctrl-C.

    It builds nothing and changes nothing in the pages: what you see is what a host will show. To write, use serve.
    """
    from mujaz.config.settings import load_config
    from mujaz.serve.server import listen, show

    root = root_of(site)
    config = load_config(root / "config.yaml").config
    folder = output or root / config.output
    if not (folder / "index.html").is_file():
        raise UsageError(say("nothing-built", path=str(folder)))
    line = listen(*port_choice(port))
    print_message("serving-at", address=address_of(line, config.base_path))
    show(folder.absolute(), config.base_path, line)
