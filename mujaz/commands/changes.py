"""`changes`: what the last build wrote and deleted, for a CDN's purge or a mirror."""

from __future__ import annotations

import json
from pathlib import Path

import click

from mujaz.commands.options import cache_option, language_option, print_message
from mujaz.messages.errors import UsageError
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
    from mujaz.model.names import without_index
    from mujaz.output.changes import last

    root = (site or Path.cwd()).absolute()
    config = load_config(root / "config.yaml").config
    last_build = last(cache or root / ".mujaz", output or root / config.output)
    if last_build is None:
        raise UsageError(say("changes-unknown"))
    if not last_build.done:
        print_message("last-build-unfinished", err=True)
    elif not (last_build.written or last_build.deleted):
        print_message("nothing-changed", err=True)
    if as_json:
        both = {"written": last_build.written, "deleted": last_build.deleted}
        click.echo(json.dumps(both, ensure_ascii=False, indent=1))
    elif urls:
        for path in sorted({*last_build.written, *last_build.deleted}):
            click.echo(model_urls.permalink(config, without_index(path)))
    else:
        for path in last_build.written:
            print_message("written", path=path)
        for path in last_build.deleted:
            print_message("deleted", path=path)
