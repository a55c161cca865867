"""`schema`: what front matter and config.yaml may hold, for editors that complete and check as one types."""

from __future__ import annotations

import json
from pathlib import Path

import click

from mujaz.commands.options import language_option, root_of, site_option

KINDS = ("frontmatter", "page", "author", "tag", "config")


@click.command()
@click.argument("kind", type=click.Choice(KINDS), metavar="|".join(KINDS))
@site_option
@language_option
def schema(kind: str, site: Path | None) -> None:
    """Print the JSON Schema of an article's front matter, with this site's sections and labels; of that of a standing
    page, or of the line about an author or a tag; or of config.yaml.

    \b
    Examples:
      mujaz schema frontmatter > docs/schemas/frontmatter.json
      mujaz schema page > docs/schemas/page.json
      mujaz schema tag > docs/schemas/tag.json
      mujaz schema config > docs/schemas/config.json
    """
    from mujaz.build.request import SHIPPED_LAYOUTS
    from mujaz.check import json_schema
    from mujaz.config.settings import load_config
    from mujaz.config.strings import load_strings

    if kind == "config":
        made = json_schema.of_config()
    elif kind == "page":
        made = json_schema.of_standing_page()
    elif kind in ("author", "tag"):
        made = json_schema.of_named(kind)
    else:
        root = root_of(site)
        config = load_config(root / "config.yaml").config
        strings = load_strings(config.language, root / config.layouts, SHIPPED_LAYOUTS)
        made = json_schema.of_front_matter(config, strings["labels"])
    click.echo(json.dumps(made, ensure_ascii=False, indent=1))
