"""`related`: why these stories stand under an article, or the lists of the whole site."""

from __future__ import annotations

import difflib
import html
import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mujaz.commands.options import Moment, cache_option, language_option, listed, now_of, text_of
from mujaz.messages.errors import UsageError
from mujaz.messages.message import say

if TYPE_CHECKING:
    from mujaz.build.ready import Related
    from mujaz.cache.store import Store
    from mujaz.model.content import Article
    from mujaz.related.explain import Explained, Explanation
    from mujaz.site.select import Selection

WHY_NOT = {  # ids of messages
    "unrelated": "kept-off-unrelated",
    "newer": "kept-off-newer",
    "within_days": "kept-off-far",
    "same_section": "kept-off-section",
    "beaten": "kept-off-full",
}


@click.command()
@click.argument("article", required=False, type=click.Path())  # so that a shell completes files
@click.option("--json", "as_json", is_flag=True, help='Print {"id": ["id", …]}, of the whole site or of ARTICLE alone.')
@click.option("--site", type=click.Path(path_type=Path, file_okay=False), help="The site's folder. Default: here.")
@cache_option
@click.option("--now", type=Moment(), default=None, help="Tell what a build of this moment would show.")
@click.option("--drafts", is_flag=True, help="Count drafts too.")
@click.option("--future", is_flag=True, help="Count stories that are held until later, too.")
@language_option
def related(article: str | None, as_json: bool, site: Path | None, now: datetime | None, **options: Any) -> None:
    """Tell why these stories stand under ARTICLE (an id or a file): score, words, time, pins, exclusions.

    Nothing is built. With --json the lists alone, for a program; without ARTICLE those of the whole site.
    """
    from mujaz.build.entry import with_copy
    from mujaz.build.ready import related as lists_of
    from mujaz.build.request import BuildRequest

    if article is None and not as_json:
        raise UsageError(say("name-an-article-or-json"))
    request = BuildRequest(root=(site or Path.cwd()).absolute(), now=now_of(now), **options)

    def work(store: Store) -> tuple[Related, Article | None, str]:
        found = lists_of(request, store)
        one = _published(found.selection, _named(article, request.root)) if article is not None else None
        return found, one, store.body(one.body_digest) if one else ""

    found, one, body = with_copy(request, work)
    if as_json:
        lists = found.lists if one is None else {one.id: found.lists[one.id]}
        click.echo(json.dumps(lists, ensure_ascii=False, indent=1))
    elif one is not None:
        from mujaz.related.explain import explain

        titles = {other.id: other.title for other in found.selection.published}
        for line in _lines(one, explain(found.input, found.lists[one.id], one.id), titles, _words_of(one, body)):
            click.echo(line)


def _named(article: str, root: Path) -> str:
    """An id as it is; of a file that is there its path below the site, from wherever it was named."""
    path = Path(article).absolute()
    return path.relative_to(root).as_posix() if path.is_file() and path.is_relative_to(root) else article


def _published(selection: Selection, name: str) -> Article:
    """The published article of this id or file. Raises UsageError, which says what became of another one."""
    for article in selection.published:
        if name in (article.id, article.source):
            return article
    piles = {
        say("state-draft"): selection.drafts,
        say("state-held"): selection.held,
        say("state-expired"): selection.expired,
        say("state-withdrawn"): selection.withdrawn,
    }
    for state, pile in piles.items():
        if any(name in (article.id, article.source) for article in pile):
            raise UsageError(say("not-public", article=name, state=state))
    names = [text for article in selection.published for text in (article.id, article.source)]
    near = difflib.get_close_matches(name, names, n=1)
    raise UsageError(say("no-article-near", name=name, near=near[0]) if near else say("no-article", name=name))


def _words_of(article: Article, body: str) -> dict[int, str]:
    from mujaz.related.terms import spellings

    text = html.unescape(re.sub(r"<[^<>]*>", " ", body))
    return spellings([article.title, *article.tags, article.summary, text])


def _lines(article: Article, found: Explanation, titles: Mapping[str, str], words: Mapping[int, str]) -> list[str]:
    lines = [f"{article.id} {_isolated(titles[article.id])}"]
    if not found.shown:
        lines.append("  " + text_of(say("related-none-enough" if found.closest else "related-none")))
    for place, one in enumerate(found.shown, 1):
        lines += ["", f"{place}. {one.id} {_isolated(titles[one.id])}"]
        lines += [f"   {line}" for line in _reasons(one, words)]
    if found.left_out:
        lines += ["", text_of(say("heading-left-out"))]
    for one in found.left_out:
        why = say("kept-off-duplicate", article=one.duplicate_of) if one.duplicate_of else say(WHY_NOT[one.kept_off])
        lines += [
            f"-  {one.id} {_isolated(titles[one.id])}",
            "   " + text_of(say("left-out-with-score", score=one.score, why=why)),
        ]
    if found.closest:
        lines += ["", text_of(say("heading-closest", least=found.least))]
    for one in found.closest:
        lines += [
            f"-  {one.id} {_isolated(titles[one.id])}",
            "   " + text_of(say("closest-with-score", score=one.score)),
        ]
    return lines


def _reasons(one: Explained, words: Mapping[int, str]) -> list[str]:
    lines = [text_of(say("pinned"))] if one.pinned else []
    if not one.score:
        return [*lines, text_of(say("shares-no-word"))]
    days = round(abs(one.days))
    if abs(one.days) < 1:
        when = say("same-day")
    else:
        when = say("later", days=days) if one.days > 0 else say("earlier", days=days)
    score = say("score", score=one.score, alike=one.score / one.factor, factor=one.factor, when=when)
    named = [f"{_isolated(words.get(term, '?'))} {share:.0%}" for term, share in one.shares]
    return [*lines, text_of(score), text_of(say("by-words", words=listed(named)))]


def _isolated(text: str) -> str:
    """Set apart from the direction of its neighbours."""
    return f"\u2068{text}\u2069"
