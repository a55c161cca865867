"""`preview`: show what was built."""

from __future__ import annotations

from pathlib import Path

import click

from mujaz.errors import UsageError


@click.command()
@click.option("--site", type=click.Path(path_type=Path, file_okay=False), help="The site's folder. Default: here.")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Where it was built.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="Default: 8000.")
def preview(site: Path | None, output: Path | None, port: int) -> None:
    """Show what was built on http://localhost, until Ctrl-C. It does not build."""
    from mujaz.config import load_config
    from mujaz.preview import server

    root = (site or Path.cwd()).absolute()
    config = load_config(root / "config.yaml").config
    folder = output or root / config.output
    if not (folder / "index.html").is_file():
        raise UsageError(f"there is no site in {folder} yet; build it first")
    with server(folder, config.base_path, port) as serving:
        click.echo(f"http://localhost:{serving.server_port}{config.base_path}/ (stop with Ctrl-C)")
        serving.serve_forever()
