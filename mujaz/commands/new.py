"""`new`: begin an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from mujaz.commands.options import language_option, now_of, print_message, root_of, site_option
from mujaz.messages.message import say

LONGEST_HEADLINE = 110


def _sections(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """The section keys that begin so, for the shell."""
    from mujaz.config.settings import load_config

    try:
        config = load_config(root_of(context.params.get("site")) / "config.yaml").config
    except Exception:  # completion must never print anything
        return []
    return [section.key for section in config.sections if section.key.startswith(begun)]


@click.command()
@click.argument("title")
@click.option("--section", help="Its key or its name. Default: the first in config.yaml.", shell_complete=_sections)
@click.option("--bundle", is_flag=True, help="A folder with index.md, for pictures beside it.")
@click.option("--slug", "segment", help="Its address; default: the first six words of the title.")
@click.option("--date", metavar="MOMENT", help="When it is published, as in an article. Default: now.")
@click.option("--draft/--no-draft", default=True, show_default=True, help="As a draft, which no build publishes.")
@click.option("--edit", is_flag=True, help="Open it in $VISUAL or $EDITOR.")
@site_option
@language_option
def new(
    title: str,
    section: str | None,
    bundle: bool,
    segment: str | None,
    date: str | None,
    draft: bool,
    edit: bool,
    site: Path | None,
) -> None:
    """Begin an article: a file with its title, date, section, id and address, in content/<year>/<month>/.

    The id and the slug are written down so that neither a new title nor another folder moves the story. It asks
    nothing and never overwrites. Take the line 'draft: true' away to publish.

    \b
    Examples:
      mujaz new "افتتاح مكتبة الحي بعد تجديدها"
      mujaz new "نتائج الجولة الثامنة" --section sport --bundle --edit
      mujaz new "حصاد الأسبوع" --date "2021-12-03 16:00" --no-draft
    """
    from mujaz.config.settings import load_config
    from mujaz.content.new_article import new_story, write_new
    from mujaz.messages.errors import UsageError
    from mujaz.yaml_values.datetimes import NotADate, parse_moment

    root = root_of(site)
    config = load_config(root / "config.yaml").config
    try:
        moment = parse_moment(date, config.timezone) if date else now_of(None)
    except NotADate as trouble:
        raise UsageError(say("date-wrong", date=date or "", why=trouble.message, help=trouble.help)) from None
    story = new_story(
        title,
        config,
        moment,
        set(_ids(root / config.content)),
        section=section,
        slug_asked=segment,
        bundle=bundle,
        draft=draft,
    )
    path = write_new(root, story)
    click.echo(story.path)
    if section is None and len(config.sections) > 1:
        others = tuple(one.key for one in config.sections[1:])
        print_message("section-chosen", section=story.section, others=others, err=True)
    if len(title) > LONGEST_HEADLINE:
        print_message("new-headline-long", n=len(title), most=LONGEST_HEADLINE, err=True)
    if edit:
        try:
            click.edit(filename=str(path))
        except click.ClickException:
            raise UsageError(say("editor-failed")) from None


def _ids(content: Path) -> Iterator[str]:
    """The ids that are written in front matters, as they stand."""
    for path in filter(Path.is_file, content.rglob("*.md")):  # a pipe would never end
        with path.open(encoding="utf-8", errors="replace") as file:
            yield from re.findall(r"^id: *[\"']?([\w.-]+)", file.read(4096), re.M)
