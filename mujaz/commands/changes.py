"""`changes`: what the last build wrote and deleted, for a CDN's purge or a mirror."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from mujaz.commands.options import cache_option, language_option, said
from mujaz.errors import UsageError
from mujaz.messages.message import say


@click.command()
@click.option("--site", type=click.Path(path_type=Path, file_okay=False), help="The site's folder. Default: here.")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Where it was built.")
@cache_option
@click.option("--urls", is_flag=True, help="Print the full addresses of both, one a line, as a purge wants them.")
@click.option("--json", "as_json", is_flag=True, help='Print {"written": […], "deleted": […]}.')
@language_option
def changes(site: Path | None, output: Path | None, cache: Path | None, urls: bool, as_json: bool) -> None:
    """Print what the last build wrote and deleted.

    A line each: `written PATH` or `deleted PATH`, below the output folder. A build that found nothing to do leaves
    nothing to print. With --urls the addresses of what changed or went, percent-encoded:

        mujaz changes --urls | xargs -n 30 my-cdn-purge
    """
    from mujaz.config.settings import load_config
    from mujaz.model import urls as model_urls
    from mujaz.output.changes import last

    root = (site or Path.cwd()).absolute()
    config = load_config(root / "config.yaml").config
    told = last(cache or root / ".mujaz", output or root / config.output)
    if told is None:
        raise UsageError(say("changes-unknown"))
    if not told.done:
        said("last-build-unfinished", err=True)
    elif not (told.written or told.deleted):
        said("nothing-changed", err=True)
    if as_json:
        json.dump({"written": told.written, "deleted": told.deleted}, sys.stdout, ensure_ascii=False, indent=1)
        click.echo()
    elif urls:
        for path in sorted({*told.written, *told.deleted}):
            click.echo(model_urls.permalink(config, path.removesuffix("index.html")))
    else:
        for path in told.written:
            said("written", path=path)
        for path in told.deleted:
            said("deleted", path=path)
