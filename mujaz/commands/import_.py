"""`import`: bring an archive from another system."""

from __future__ import annotations

import codecs
import contextlib
import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from xml.etree.ElementTree import ParseError

import click

from mujaz.commands.options import (
    Moment,
    language_of,
    language_option,
    now_of,
    print_message,
    root_of,
    site_option,
    text_of,
)
from mujaz.importing.incoming import Archive, Lost
from mujaz.messages.errors import LockedError, Problem, UsageError, after_writing, did_you_mean, reason, visible
from mujaz.messages.message import Message, say, words

if TYPE_CHECKING:
    from mujaz.build.request import BuildRequest
    from mujaz.build.survey import Survey
    from mujaz.importing.article_writer import ArticleWriter
    from mujaz.importing.media import Find

T = TypeVar("T")
DRAFTS = "Default: drafts from a feed, else as they were. Take --draft where plug-ins of the old site hid texts."
TABLE = """
\b
What comes, what is listed, what is dropped:
  WordPress  comes    posts with old slugs and days, co-authors, captions, galleries, files in --media
             comes    footnotes, shared blocks, [youtube] and its like, Polylang's translations
             listed   pages, comments, other taxonomies and categories, other shortcodes, other blocks
             dropped  custom fields, sizes of pictures, styles
  Hugo       comes    articles by permalinks, aliases, publishDate, expiryDate, ref, figure, youtube, series
             comes    languages by suffix or folder, translations, writers by their names; what was hidden as a draft
             listed   other shortcodes, other keys of the front matter, texts within bundles, files of bundles
             dropped  _index.md, layout and type, <!--more-->
  Jekyll     comes    _posts and _drafts by permalink and defaults, post_url, link, highlight
             comes    includes of pictures and films, lang, translations by ref, writers by their names
             listed   other Liquid tags, other keys of the front matter, other collections
             dropped  layout, base addresses, pages outside _posts
  Pelican    comes    articles by ARTICLE_URL, heads of several lines, {static}, {filename}
             comes    Lang, translations by slug
             listed   reStructuredText and other markup, other keys of the head
             dropped  content/pages
  Ghost      comes    posts with tags, authors, lead picture; what is for members as a draft
             comes    galleries, bookmarks, players
             listed   pages, posts without HTML
             dropped  settings, internal tags, members, pictures of bookmarks
  Blogger    comes    posts with labels, drafts, captions of pictures
             listed   pages, comments
             dropped  settings, templates
  all these  comes    what may have been hidden as a draft: parts in tags that are not known, or that a page hid
  feeds      comes    entries as drafts with their source, media:content found in --media
             listed   sound and film that come with an entry, a lead picture that is not here
             dropped  footers and pictures of the feed itself

\b
In every text: films of YouTube and Vimeo and posts of X are cards, other frames become links unless
their host is in iframes; galleries stay galleries; sound, film, documents and pictures come where
their file is found, else they become links. Frames, scripts, forms, drawn elements and files that
are not here are listed with file and line.
"""
SHOWN, LONGEST = 20, 400  # lines of each kind, letters of a line
KINDS = ("wordpress", "hugo", "jekyll", "pelican", "ghost", "blogger", "feed")
COLUMNS, LARGEST_ROW = 5, 100_000  # of a report: cells of a row, bytes of one that is read
ROUNDS = 5  # of finding what would stop a build: what is held back may be what others lead to
PATIENCE = 60  # seconds that a build may hold the site when all is written


@click.command("import", epilog=TABLE)
@click.argument("source", type=click.Path())  # an address too; so that a shell completes files
@click.option("--from", "kind", type=click.Choice(KINDS), help="What it is; default: as it looks.")
@click.option("--section", help="The section of all that has none of yours.")
@click.option("--map", "maps", multiple=True, metavar="OLD=NEW", help="Their section to yours. May be repeated.")
@click.option(
    "--media",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="A copy of its files: wp-content/uploads, Ghost's content/images, or all in one folder.",
)
@click.option("--draft/--no-draft", "drafts", default=None, help=DRAFTS)
@click.option("--dry-run", is_flag=True, help="Say what would be written. Nothing is written; no lock is taken.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=lambda _context, _option, path: _may_write(path),
    help="Write all that is listed into this file: kind, file, line, article and text, parted by tabs.",
)
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
    report: Path | None,
    now: datetime | None,
    site: Path | None,
) -> None:
    """Bring articles from SOURCE: an export of WordPress, Ghost or Blogger, a folder of Hugo, Jekyll or Pelican, an
    RSS or Atom feed.

    Each becomes a bundle content/<year>/<month>/<slug>/index.md with its files beside it, and its old addresses as
    aliases. No file is overwritten: a second run brings the rest, and says what changed of articles that are here.
    What nobody could read there (private, pending, in the bin, behind a password), and what would stop a build, comes
    as a draft. What could not be brought along is listed, with file and line.

    \b
    Exit codes: 0 done, 1 nothing was taken or it was stopped (what was written is said), 2 wrong usage, 3 a build runs.

    \b
    Examples:
      mujaz import export.xml --media wp-content/uploads --map أخبار=politics --section culture
      mujaz import ~/hugo-site --section science
      mujaz import https://example.org/feed.xml --section sport
    """
    from mujaz.build.request import BuildRequest
    from mujaz.importing.article_writer import ArticleWriter
    from mujaz.importing.sections import Sections

    root, moment = root_of(site), now_of(now)
    with contextlib.ExitStack() as stack:
        # A dry run reads the site with a cache of its own.
        cache = Path(stack.enter_context(tempfile.TemporaryDirectory())) if dry_run else None
        request = BuildRequest(root=root, now=moment, cache=cache)
        before, judge = _site(request)
        mapped = _mapped(maps, section, [one.key for one in before.config.sections])
        archive = _read(source, kind)
        unclear: list[Lost] = []
        writer = ArticleWriter(
            root=root,
            config=before.config,
            there=before.selection.articles,
            now=moment,
            find=_finder(archive, source, media, unclear),
            lost=unclear,
            judge=judge,
            sections=Sections.of(before.config, mapped, section),
            drafts=(True if drafts is None else drafts) if archive.kind == "feed" else drafts,
            dry=dry_run,
        )
        _, stop = _attempted(lambda: writer.take(archive))
        mend, late = _attempted(lambda: _settled(request, writer)) if not dry_run else ([], None)
    rows = _tell(writer, archive, source, mend or ())
    _end(writer, stop or late, report, rows)
    if archive.stories and not writer.written and writer.skipped:
        raise click.exceptions.Exit(1)


def _finder(archive: Archive, source: str, media: Path | None, unclear: list[Lost]) -> Find:
    """How the files of its pictures are found. `unclear` gets the names that are not of one file alone."""
    from mujaz.importing.media import in_site, named, uploads

    if archive.kind in ("hugo", "jekyll", "pelican"):
        return in_site(Path(source), next(iter(archive.hosts), ""))
    if media is None or archive.kind not in ("feed", "blogger"):
        return uploads(media, uploaded=archive.uploaded)
    by_name, shared = named(media, archive.stories)
    unclear += (Lost(origin=str(media), message=say("import-name-shared", name=name)) for name in shared)
    return uploads(media, by_name)


def _site(request: BuildRequest) -> tuple[Survey, Callable[[str, bytes], Iterator[Problem]]]:
    """The site as it is, and what finds the problems of a new file of it."""
    from mujaz.build.load import load_settings
    from mujaz.build.survey import survey
    from mujaz.content.options import Options
    from mujaz.content.reader import read

    before = survey(request)
    options = Options.of(before.config, load_settings(request).labels)
    return before, lambda path, raw: iter(read(path, raw, options).problems)


def _attempted(work: Callable[[], T]) -> tuple[T | None, Message | str | None]:
    """What `work` gives, and why it stopped before its end, where it did: what was written is whole."""
    try:
        return work(), None
    except KeyboardInterrupt:
        return None, say("import-interrupted")
    except UsageError as error:
        return None, error.message
    except OSError as error:
        why = reason(error)
        return None, say("stopped-at", place=os.fsdecode(error.filename), why=why) if error.filename else why


def _settled(request: BuildRequest, writer: ArticleWriter) -> Sequence[Problem]:
    """Hold back what would stop a build. Returns what an editor should mend in what was written."""
    from mujaz.build.entry import with_store
    from mujaz.build.ready import problems_of
    from mujaz.importing.article_writer import make_drafts

    problems: tuple[Problem, ...] = ()
    for _ in range(ROUNDS if writer.written else 0):
        for second in range(PATIENCE):
            try:
                problems = with_store(request, lambda store: problems_of(request, store))
                break
            except LockedError:
                if second == PATIENCE - 1:
                    print_message("import-not-checked", err=True)
                    return ()
                time.sleep(1)
        if not make_drafts(writer, problems):
            break
    written = set(writer.written)
    return [problem for problem in problems if problem.path in written]


def _tell(writer: ArticleWriter, archive: Archive, source: str, mend: Sequence[Problem]) -> list[str]:
    """Print what was done, the first of each kind. Returns the rows of a report, which has all."""
    kind, count, new = archive.kind, len(archive.stories), len(writer.written)
    print_message("would-import" if writer.dry else "imported", source=source, kind=kind, n=count, new=new)
    if writer.present:
        print_message("import-present", n=writer.present)
    again = say("import-new")  # in a second run an editor may have deleted what comes now
    new_now = [Lost(origin=path, message=again, path=path) for path in sorted(writer.written) if writer.present]
    sheets = (
        ("heading-not-taken", [*writer.skipped, *archive.left]),
        ("heading-new", new_now),
        ("heading-left-behind", writer.lost),
    )
    for heading, lines in sheets:
        _list(heading, lines)
    language = language_of()
    if mend:
        print_message("heading-to-mend", n=len(mend))
        for problem in mend[:SHOWN]:
            click.echo(f"  {problem.block(language)}")
        _more(len(mend) - SHOWN)
    return [_row(one) for _, lines in sheets for one in lines]


def _end(writer: ArticleWriter, stop: Message | str | None, report: Path | None, rows: Sequence[str]) -> None:
    """Say what stopped a run, and write its report. Raises Exit where it was stopped."""
    if stop:
        print_message("import-stopped", err=True, why=stop, n=len(writer.written))
    if report is not None:
        with after_writing(writer.written if not writer.dry else ()):
            _write_report(report, rows)
    if stop:
        raise click.exceptions.Exit(1)


def _write_report(report: Path, rows: Sequence[str]) -> None:
    """Write a report, or print it where the disk refuses it: a second run finds nothing left behind."""
    text = "".join(f"{row}\n" for row in rows)
    try:
        report.write_text(text, encoding="utf-8")
    except OSError:
        click.echo(text, nl=False)
        raise


def _may_write(report: Path | None) -> Path | None:
    """The file of a report. Raises UsageError where it has no folder, or would replace a file that is none."""
    if report is None:
        return None
    if not report.parent.is_dir():
        raise UsageError(say("no-folder", path=str(report.parent)))
    if report.is_file():
        with report.open("rb") as file:
            first = file.readline(LARGEST_ROW)
        if first and first.count(b"\t") != COLUMNS - 1:
            raise UsageError(say("report-is-other", path=str(report)))
    return report


def _mapped(maps: Sequence[str], section: str | None, keys: Sequence[str]) -> dict[str, str]:
    mapped = dict(_pair(text) for text in maps)
    for key in filter(None, (section, *mapped.values())):
        if key not in keys:
            near = did_you_mean(key, keys)
            raise UsageError(
                say("option-section-unknown", section=key, listed=near or say("sections-are", keys=tuple(keys)))
            )
    return mapped


def _pair(text: str) -> tuple[str, str]:
    from mujaz.arabic.slugs import address_key

    old, equals, new = text.rpartition("=")
    if not equals or not old or not new:
        raise UsageError(say("map-wrong", map=text))
    return address_key(old), new


# ---------------------------------------------------------------- what is told


def _list(heading: str, lines: Sequence[Lost]) -> None:
    """What was lost under a heading: the first of each kind, and how many more there are."""
    if not lines:
        return
    print_message(heading, n=len(lines))
    seen: Counter[str] = Counter()
    for one in lines:
        kind = one.message.id if isinstance(one.message, Message) else ""
        seen[kind] += 1
        if seen[kind] <= SHOWN:
            click.echo(f"  {_line(one)[:LONGEST]}")
    _more(sum(max(0, count - SHOWN) for count in seen.values()))


def _more(count: int) -> None:
    if count > 0:
        click.echo("  " + text_of(say("and-more", n=count)))


def _line(one: Lost) -> str:
    place = one.path + (f":{one.line}" if one.line else "")
    parts = [visible(place)] if place else [_plain(one.origin)]
    return ": ".join((*parts, _plain(one.message)))


def _row(one: Lost) -> str:
    kind = one.message.id if isinstance(one.message, Message) else "system"
    cells = (kind, one.path, str(one.line or ""), _plain(one.origin), _plain(one.message))
    return "\t".join(cell.replace("\t", " ") for cell in cells)


def _plain(text: str | Message) -> str:
    return visible(words(text, language_of()))


# ---------------------------------------------------------------- what it is


def _read(source: str, kind: str | None) -> Archive:
    """All that is in the source. Raises UsageError for what is nothing of the kind."""
    from mujaz.importing import blogger, feed, ghost, static_sites, wordpress

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
    elif not path.is_file():
        raise UsageError(say("import-no-file", path=source))
    try:
        if kind in static_sites.KINDS:
            if not path.is_dir():
                raise UsageError(say("no-folder", path=source))
            return static_sites.read(path, kind)
        kind = kind or _looks_like(path)
        if kind == "wordpress":
            return wordpress.read(path)
        if kind == "blogger":
            return blogger.read(path)
        return ghost.read(path) if kind == "ghost" else feed.read(source)
    except ParseError as error:
        raise UsageError(say("no-whole-xml", path=source, why=str(error))) from None
    except OSError as error:
        raise UsageError(say("cannot-be-read", path=source, why=reason(error))) from None


def _looks_like(path: Path) -> str:
    """What a file is, by its beginning."""
    from mujaz.importing import blogger

    with path.open("rb") as file:
        start = file.read(65536)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = start.decode("utf-16", "replace").encode()
    if b"wordpress.org/export/" in start:
        return "wordpress"
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return "ghost"
    is_blogger = any(sign in start for sign in blogger.SIGNS) and (b"2008/kind#" in start or b"blogger:type" in start)
    return "blogger" if is_blogger else "feed"
