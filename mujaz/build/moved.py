"""Finds published stories whose address or id a build changes, by comparing with the live output.

The short page `s/<id>/` in the output redirects to the address that the story had in the last build. So a new headline
without `slug`, another date, or a moved file without `id` is noticed even without the cache. This gives only warnings:
no byte of the output depends on the old output.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

from mujaz.build.report import Moved
from mujaz.files.whole import read_plain, replace_whole
from mujaz.messages.errors import after_writing
from mujaz.model import urls
from mujaz.model.content import Article
from mujaz.site.site import Site

# The target of a short page's redirect; addresses of stories begin with their day.
TARGET = re.compile(r"""(?:url=|href=["'])(?:(?!url=)[^"'\s<>])*?(\d{4}/\d\d/\d\d/[^"'\s<>/]+/)["']""")
OF_STORY = re.compile(r"\d{4}/\d\d/\d\d/[^/]+/index\.html")


class Moves(Exception):
    """Stops a build with `fix` before it writes anything, so that the moved stories are written into their files."""

    def __init__(self, moved: Sequence[Moved]) -> None:
        super().__init__(moved)
        self.moved = tuple(moved)


def moved_stories(
    site: Site, planned: Set[str], live: Collection[str], output: Path, *, now: datetime, known: Iterable[Moved] = ()
) -> tuple[Moved, ...]:
    """The stories that a build of the `planned` files moves without an alias, and those `known` from earlier builds.

    `live` are our files in the output. Drafts and stories that are published after `now` have no address yet.
    """
    stories = [
        article
        for article in (*site.selection.published, *site.selection.withdrawn)
        if not article.draft and article.published <= now
    ]
    known = tuple(known)
    taken_back = {(one.story, one.was) for one in known if one.key == "id"}  # ids that were changed back
    found = [*_again(site, stories, planned, known), *_now(site, stories, planned, live, output)]
    found = [one for one in found if one.key != "id" or (one.was, one.now) not in taken_back]
    first = {(one.story, one.key, one.was): one for one in reversed(found)}
    return tuple(sorted(first.values(), key=lambda one: (one.source, one.key, one.was)))


def _now(
    site: Site, stories: Iterable[Article], planned: Set[str], live: Collection[str], output: Path
) -> Iterator[Moved]:
    gone = {path for path in live if path not in planned and path.endswith("/index.html")}
    lost = {path for path in gone if OF_STORY.fullmatch(path)}
    short = {path for path in gone if path.startswith("s/")}
    if not lost and not short:
        return
    by_file = {urls.file_of(site.addresses[article.source]): article for article in stories}
    for path in sorted(short):
        was = _target(output / path)
        article = by_file.get(urls.file_of(was))
        lost.discard(urls.file_of(was))
        if article is not None and f"s/{article.id}/index.html" not in live:
            yield _moved(site, article, "id", path.split("/")[1])
    # Stories whose page is new; the others only where these do not explain every page that goes (an alias became one).
    fresh = [article for path, article in by_file.items() if path not in live]
    for some in (fresh, stories):
        for article in some:
            if not lost:
                return
            path = f"s/{article.id}/index.html"
            was = _target(output / path) if path in live else ""
            if urls.file_of(was) in lost:
                lost.discard(urls.file_of(was))
                yield _moved(site, article, "address", f"/{was}")


def _again(site: Site, stories: Iterable[Article], planned: Set[str], known: Iterable[Moved]) -> Iterator[Moved]:
    """Moves that an earlier build reported and nobody has fixed: the live output does not show them any more."""
    by_id = {article.id: article for article in stories}
    for one in known:
        article = by_id.get(one.story)
        answered = f"s/{one.was}/index.html" if one.key == "id" else urls.file_of(one.was.removeprefix("/"))
        by_hand = one.key == "id" and article is not None and article.explicit_id
        if article is not None and answered not in planned and not by_hand:
            yield _moved(site, article, one.key, one.was)


def _moved(site: Site, article: Article, key: str, was: str) -> Moved:
    places = article.places
    place = places.get("id" if key == "id" else "slug") or places["title"]
    return Moved(
        story=article.id,
        source=article.source,
        line=place.line,
        column=place.column,
        key=key,
        was=was,
        now=article.id if key == "id" else f"/{site.addresses[article.source]}",
        aliases=tuple(alias.target for alias in article.aliases),
        by_hand=key == "id" and article.explicit_id,
    )


def _target(page: Path) -> str:
    """The address to which the short page redirects; empty where it has none."""
    try:
        found = TARGET.search(page.read_text(encoding="utf-8") if page.is_file() else "")
    except (OSError, UnicodeDecodeError):
        return ""
    return unquote(found[1]) if found else ""


def write_lines(root: Path, moved: Iterable[Moved]) -> tuple[Moved, ...]:
    """Write the aliases and ids into the files; returns what was written. Raises OSError.

    Files that cannot be edited stay unchanged, and so does an id that the author has written.
    """
    from mujaz.content.rewriting import NoEdit, with_keys, with_more

    written: list[Moved] = []
    by_source: dict[str, list[Moved]] = {}
    for one in (one for one in moved if not one.by_hand):
        by_source.setdefault(one.source, []).append(one)
    with after_writing(written):
        for source, some in by_source.items():
            raw = read_plain(root / source)
            try:
                new = with_keys(raw, {one.key: one.was for one in some if one.key == "id"})
                new = with_more(new, "aliases", [one.was for one in some if one.key == "address"])
            except NoEdit:
                continue
            replace_whole(root / source, new, raw)
            written += some
    return tuple(written)
