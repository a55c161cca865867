"""`import`: bring an archive from another system."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import ParseError

import click

from mujaz.commands.options import Moment, language_of, language_option, now_of, root_of, said, site_option, told
from mujaz.errors import Problem, UsageError, did_you_mean, reason, visible
from mujaz.importing.writer import Desk, Incoming, Lost
from mujaz.messages.message import Message, say, words

SHOWN, LONGEST = 20, 400  # lines of each report, letters of a line
KINDS = ("wordpress", "hugo", "jekyll", "pelican", "feed")


@click.command("import")
@click.argument("source", type=click.Path())  # an address too; so that a shell completes files
@click.option("--from", "kind", type=click.Choice(KINDS), help="What it is; default: as it looks.")
@click.option("--section", help="The section of all that has none of yours.")
@click.option("--map", "maps", multiple=True, metavar="OLD=NEW", help="Their section to yours. May be repeated.")
@click.option(
    "--media", type=click.Path(path_type=Path, file_okay=False, exists=True), help="A copy of wp-content/uploads."
)
@click.option("--draft/--no-draft", "drafts", default=None, help="Default: drafts from a feed, else as they were.")
@click.option("--dry-run", is_flag=True, help="Say what would be written.")
@click.option("--now", type=Moment(), default=None, hidden=True)
@site_option
@language_option
def import_(
    source: str,
    kind: str | None,
    section: str | None,
    maps: tuple[str, ...],
    media: Path | None,
    drafts: bool | None,
    dry_run: bool,
    now: datetime | None,
    site: Path | None,
) -> None:
    """Bring articles from SOURCE: a WordPress export, a folder of Hugo, Jekyll or Pelican, an RSS or Atom feed.

    Each becomes a bundle content/<year>/<month>/<slug>/index.md with its pictures beside it, and its old address as an
    alias. No file is overwritten. What could not be brought along is listed.

    \b
    Examples:
      mujaz import export.xml --media wp-content/uploads --map أخبار=politics --section culture
      mujaz import ~/hugo-site --section science
      mujaz import https://example.org/feed.xml --section sport
    """
    from mujaz.build.request import BuildRequest
    from mujaz.build.survey import survey

    root = root_of(site)
    request = BuildRequest(root=root, now=now_of(now))
    before = survey(request)
    keys = [one.key for one in before.config.sections]
    mapped = dict(_pair(text) for text in maps)
    for key in filter(None, (section, *mapped.values())):
        if key not in keys:
            near = did_you_mean(key, keys)
            raise UsageError(
                say("option-section-unknown", section=key, listed=near or say("sections-are", keys=tuple(keys)))
            )
    stories, find, left, kind = _read(source, kind, media)
    desk = Desk(
        root=root,
        config=before.config,
        taken={article.id for article in before.selection.articles},
        find=find,
        mapped=mapped,
        section=section,
        drafts=kind == "feed" if drafts is None else drafts,
        dry=dry_run,
    )
    desk.take(stories)
    count, new = len(stories), len(desk.written)
    if dry_run:
        said("would-import", source=source, kind=kind, n=count, new=new)
    else:
        said("imported", source=source, kind=kind, n=count, new=new)
    for heading, lines in (("heading-not-taken", [*desk.skipped, *left]), ("heading-left-behind", desk.lost)):
        _list(heading, lines)
    if not dry_run:
        _list("heading-to-mend", _shown(survey(request).problems, set(desk.written)))
    if stories and not desk.written and desk.skipped:
        raise click.exceptions.Exit(1)


def _pair(text: str) -> tuple[str, str]:
    from mujaz.arabic.slugs import address_key

    old, equals, new = text.rpartition("=")
    if not equals or not old or not new:
        raise UsageError(say("map-wrong", map=text))
    return address_key(old), new


def _shown(problems: Sequence[Problem], written: set[str]) -> list[Lost]:
    """The problems of what was written, in the language of messages."""
    language = language_of()
    return [(one.block(language), "") for one in problems if one.path in written]


def _list(heading: str, lines: Sequence[Lost]) -> None:
    """(of what, what) under a heading, the first of them."""
    if lines:
        said(heading)
    for origin, text in lines[:SHOWN]:
        line = f"{_plain(origin)}: {_plain(text)}" if text else words(origin, language_of())
        click.echo(f"  {line[:LONGEST]}")
    if len(lines) > SHOWN:
        click.echo("  " + told(say("and-more", n=len(lines) - SHOWN)))


def _plain(text: str | Message) -> str:
    return visible(words(text, language_of()))


Found = tuple[list[Incoming], Callable[[Incoming, str], Path | None], list[Lost], str]


def _read(source: str, kind: str | None, media: Path | None) -> Found:
    """The articles, how their pictures are found, what was left, and what the source is."""
    from mujaz.importing import feed, static_sites, wordpress

    path = Path(source)
    if source.startswith(("http://", "https://")):
        kind = kind or "feed"
    elif "://" in source:
        raise UsageError(say("not-http", address=source))
    elif not path.exists():
        raise UsageError(say("not-there", path=source))
    elif path.is_dir():
        kind = kind or static_sites.kind_of(path)
        if kind not in static_sites.KINDS:
            raise UsageError(say("import-kind-unknown", path=source))
    elif kind is None:
        kind = "wordpress" if b"wordpress.org/export/" in path.read_bytes()[:65536] else "feed"
    try:
        if kind in static_sites.KINDS:
            if not path.is_dir():
                raise UsageError(say("no-folder", path=source))
            stories, left = static_sites.read(path, kind)
            return stories, lambda story, src: static_sites.picture(path, story, src), left, kind
        if kind == "wordpress":
            posts, others = wordpress.read(path)
            return (
                posts,
                lambda _, src: wordpress.pictures(media, src),
                [(_plain(line), "") for line in others],
                kind,
            )
        entries, broken = feed.read(source)
        return entries, lambda *_: None, broken, "feed"
    except ParseError as error:
        raise UsageError(say("no-whole-xml", path=source, why=str(error))) from None
    except OSError as error:
        raise UsageError(say("cannot-be-read", path=source, why=reason(error))) from None
