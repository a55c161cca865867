"""The list of all articles with their states. The build process makes it; the desk searches it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from mujaz.arabic.normalize import search_fold
from mujaz.build.request import BuildRequest
from mujaz.build.survey import survey
from mujaz.content.reader import kind_of
from mujaz.frozen import Record, Value, replace
from mujaz.messages.errors import Problem, SiteError, UsageError
from mujaz.model.content import Article, Standing

STATES = ("draft", "held", "published", "expired", "withdrawn", "problem")
PAGE = 50  # articles shown at once
MOST_TITLES = 12  # found while a title is typed
MOST_NAMES = 300  # of tags, authors and files offered


class Row(Record):
    """An article as the list shows it. Times are seconds since 1970; `folded` is what is searched."""

    path: str
    id: str = ""
    title: str = ""
    section: str = ""
    published: float = 0.0
    expires: float | None = None
    draft: bool = False
    withdrawn: bool = False
    broken: bool = False  # the file could not be read as an article
    label: str = ""
    slug: str = ""
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    series: str = ""
    folded: str = ""


class StandingRow(Record):
    """A standing page, or the line about an author or a tag; `title` is empty where nothing could be made of it."""

    path: str
    kind: str
    title: str = ""


class Listing(Record):
    """The newest first; `problems` are those of single files, `next_build` is when time alone changes the site.

    Standing pages are in the order of the site.
    """

    rows: tuple[Row, ...] = ()
    standing: tuple[StandingRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    next_build: float | None = None


class ListQuery(Value):
    """The filters of a list, and the page that is shown."""

    words: str = ""
    section: str = ""
    state: str = ""
    page: int = 1


def listing(request: BuildRequest, _about: bytes = b"") -> Listing:
    """Read what changed, and list all articles; called in the build process."""
    try:
        seen = survey(replace(request, drafts=False, future=False))
    except SiteError as error:
        return Listing(problems=error.problems)
    except (OSError, UsageError):  # a file was deleted meanwhile, or another build runs: the next request lists again
        return Listing()
    known = {article.source: _row(article) for article in seen.selection.articles}
    standing = {page.source: _standing(page) for page in seen.selection.standing}
    broken = [path for path in sorted(seen.readings) if path not in known and path not in standing]
    kinds = {path: kind_of(path, seen.config.content) for path in broken}
    rows = [*known.values(), *(_broken(path) for path in broken if kinds[path] == "article")]
    rows.sort(key=lambda row: (-row.published if not row.broken else float("-inf"), row.path))
    wrong = (StandingRow(path=path, kind=kinds[path]) for path in broken if kinds[path] != "article")
    moment = seen.next_build
    return Listing(
        rows=tuple(rows),
        standing=(*standing.values(), *wrong),
        problems=seen.problems,
        next_build=moment.timestamp() if moment else None,
    )


def _standing(page: Standing) -> StandingRow:
    return StandingRow(path=page.source, kind=page.kind, title=page.title)


def _broken(path: str) -> Row:
    return Row(path=path, title=path, broken=True, folded=search_fold(path).casefold())


def _row(article: Article) -> Row:
    words = (article.title, article.summary, *article.tags, *article.authors, article.series or "", article.source)
    return Row(
        path=article.source,
        id=article.id,
        title=article.title,
        section=article.section,
        published=article.published.timestamp(),
        expires=article.expires.timestamp() if article.expires else None,
        draft=article.draft,
        withdrawn=bool(article.withdrawn),
        label=article.label or "",
        slug=article.slug,
        tags=article.tags,
        authors=article.authors,
        series=article.series or "",
        folded=search_fold("\n".join(words)).casefold(),
    )


def state_of(row: Row, now: datetime) -> str:
    """The state of an article at `now`, one of STATES."""
    moment = now.timestamp()
    if row.broken:
        return "problem"
    if row.draft:
        return "draft"
    if row.published > moment:
        return "held"
    if row.expires is not None and row.expires <= moment:
        return "expired"
    return "withdrawn" if row.withdrawn else "published"


def found(rows: Sequence[Row], query: ListQuery, now: datetime, wrong: Iterable[str]) -> list[Row]:
    """The rows that match `query`, in their order; `wrong` are the paths of files with errors."""
    words = search_fold(query.words).casefold().split()
    marked = set(wrong)
    return [
        row
        for row in rows
        if (not query.section or row.section == query.section)
        and (not query.state or state_of(row, now) == query.state or (query.state == "problem" and row.path in marked))
        and all(word in row.folded for word in words)
    ]


def next_to_publish(rows: Sequence[Row], now: datetime, most: int = 5) -> list[Row]:
    """Stories with a date in the future, the next one first."""
    return sorted((row for row in rows if state_of(row, now) == "held"), key=lambda row: row.published)[:most]


def titles(rows: Sequence[Row], words: str, now: datetime) -> list[Row]:
    """Articles whose titles have all the words, for links and pins."""
    wanted = search_fold(words).casefold().split()
    if not wanted:
        return []
    hits = (row for row in rows if not row.broken and all(word in _title(row) for word in wanted))
    return [row for row, _ in zip(hits, range(MOST_TITLES), strict=False)]


def _title(row: Row) -> str:
    return search_fold(f"{row.title} {row.id}").casefold()


def names(rows: Sequence[Row], kind: str) -> list[str]:
    """Tags, authors or series in use, the most frequent first."""
    count: Counter[str] = Counter()
    for row in rows:
        count.update({"tags": row.tags, "authors": row.authors, "series": (row.series,)}[kind])
    del count[""]
    return [name for name, _ in count.most_common(MOST_NAMES)]


def when(seconds: float) -> datetime:
    """The aware datetime of seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC)
