"""What each page of the desk shows, as plain values for its layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from mujaz.arabic.slugs import slug_of
from mujaz.arabic.typography import clean_metadata
from mujaz.desk import standing
from mujaz.desk.desk import Desk, wrong_files
from mujaz.desk.document import Document, values
from mujaz.desk.files import mark_of
from mujaz.desk.form import GROUPS, Field, local
from mujaz.desk.listing import PAGE, STATES, Listing, ListQuery, Row, found, names, next_to_publish, state_of, when
from mujaz.desk.story import address, state, troubles
from mujaz.messages.errors import Problem
from mujaz.model import urls
from mujaz.yaml_values.datetimes import NotADate, parse_moment

TITLE_LENGTH, SUMMARY_LENGTH = 70, 160  # letters beyond which a search engine cuts
OFFERED = {"tags": "tags", "authors": "authors", "author": "authors", "series": "series"}
LATIN = (
    "slug",
    "id",
    "aliases",
    "related",
    "unrelated",
    "translation_of",
    "lang",
    "layout",
    "extra",
    "data",
)  # keys whose values are written from left to right


STANDING_GROUPS = {"story": ("title", "weight"), "rare": ("lang", "layout", "extra", "data")}
# Kind of file → key or hint → what it is called there, where that is not what an article calls it.
OWN_WORDS = {
    "page": {"key-title": "page-title", "hint-weight": "page-weight-hint", "key-weight": "page-weight"},
    "author": {"key-title": "author-title", "hint-title": "named-title-hint", "key-body": "author-body"},
    "tag": {"key-title": "tag-title", "hint-title": "named-title-hint", "key-body": "tag-body"},
}


def day(seconds: float, zone: str) -> str:
    """The day of a time in seconds since 1970, in the zone, as ISO."""
    return f"{when(seconds).astimezone(ZoneInfo(zone)):%Y-%m-%d}"


async def front(desk: Desk, query: Mapping[str, str]) -> dict[str, Any]:
    """The list of articles that the query asks for, and what goes out next."""
    desk.renew()
    page = query.get("page", "1")
    wish = ListQuery(
        words=query.get("q", "")[:200],
        section=query.get("section", ""),
        state=query.get("state", ""),
        page=max(1, int(page)) if page.isascii() and page.isdecimal() and len(page) < 6 else 1,
    )
    listing, now = await desk.rows(), desk.now()
    wrong = wrong_files((*listing.problems, *desk.answer.problems))
    rows = found(listing.rows, wish, now, wrong)
    pages = max(1, -(-len(rows) // PAGE))
    at = min(wish.page, pages)
    counts = dict.fromkeys(STATES, 0)
    for row in listing.rows:
        counts[state_of(row, now)] += 1
    return {
        "wish": wish,
        "sections": desk.config.sections,
        "states": STATES,
        "counts": counts,
        "rows": [_row(desk, row, now, wrong) for row in rows[(at - 1) * PAGE : at * PAGE]],
        "total": len(rows),
        "all": len(listing.rows),
        "page": at,
        "pages": pages,
        "next": [_row(desk, row, now, wrong) for row in next_to_publish(listing.rows, now)],
        "next_build": listing.next_build,
        "elsewhere": _elsewhere(desk, {row.path for row in listing.rows}),
        "trouble": desk.answer.trouble,
    }


def _row(desk: Desk, row: Row, now: Any, wrong: set[str]) -> dict[str, Any]:
    section = next((one.name for one in desk.config.sections if one.key == row.section), row.section)
    return {
        "path": row.path,
        "title": row.title,
        "section": section,
        "state": state_of(row, now),
        "wrong": row.path in wrong,
        "published": row.published,
        "expires": row.expires,
        "broken": row.broken,
    }


def _elsewhere(desk: Desk, shown: set[str]) -> list[Problem]:
    """Errors of what the list does not show: settings, layouts, other files."""
    return [problem for problem in desk.answer.problems if not problem.warning and problem.path not in shown]


async def pages(desk: Desk) -> dict[str, Any]:
    """Standing pages, authors and tags, by kind."""
    desk.renew()
    listing = await desk.rows()
    wrong = wrong_files((*listing.problems, *desk.answer.problems))
    rows = [
        {
            "path": row.path,
            "kind": row.kind,
            "title": row.title or row.path,
            "address": standing.address(row.path, desk.config.content),
            "wrong": row.path in wrong or not row.title,
        }
        for row in listing.standing
    ]
    return {
        "kinds": standing.KINDS,
        "rows": rows,
        "elsewhere": _elsewhere(desk, {row.path for row in listing.standing}),
        "trouble": desk.answer.trouble,
    }


def new_page(desk: Desk, kind: str, listing: Listing) -> dict[str, Any]:
    """What the form of a new standing page shows; `known` are names that stories have and no file tells of."""
    kept = {standing.segment_of(row.path) for row in listing.standing if row.kind == kind}
    in_use = names(listing.rows, f"{kind}s") if kind != "page" else []
    known = [name for name in in_use if slug_of(name) not in kept]
    return {"kind": kind, "known": known, "title": "", "slug": "", "trouble": None}


def edit(desk: Desk, name: str, document: Document, origin: str) -> dict[str, Any]:
    """The form of a file, its problems at their fields, and where the preview shows it."""
    kind = desk.kind_of(name)
    controls = desk.fields(name, document)
    answer, now = desk.answer, desk.now()
    listing = desk.known()
    here = [problem for problem in answer.problems if problem.path == name]
    written = values(document)
    is_story = kind == "article"
    place = address(written, desk.zone) if is_story else standing.address(name, desk.config.content)
    condition = state(written, now, desk.zone) if is_story else ""
    seen = desk.last_good(name, place) if condition != "expired" else ""
    there = desk.is_built(seen)
    return {
        "path": name,
        "base": mark_of(document.raw),
        "title": _title(controls, name),
        "kind": kind,
        "own": OWN_WORDS.get(kind, {}),
        "groups": GROUPS if is_story else STANDING_GROUPS,
        "fields": controls,
        "body": None if "\0" in document.body else document.body,
        "file_text": document.text,
        "troubles": troubles(document, controls, here),
        "elsewhere": [problem for problem in answer.problems if problem.path != name and not problem.warning],
        "trouble": answer.trouble,
        "built": answer.built,
        "state": condition,
        "address": place,
        "permalink": f"{desk.config.base_url}/{place}" if place else "",  # to be read: letters, no percent signs
        "spare": [key for key in ("author", "source") if key in controls and _is_empty(controls[key])],
        "there": there,
        "preview": origin + urls.url(desk.config, seen if there or is_story else ""),
        "sections": {one.key: one.name for one in desk.config.sections},
        "labels": desk.settings.labels,
        "offered": {kind: names(listing.rows, kind) for kind in ("tags", "authors", "series")},
        "offers": OFFERED,
        "latin": LATIN,
        "titles": _titles(controls, listing.rows),
        "picture": _picture(name, controls),
        "has_versions": bool(desk.files.versions(name)),
        "lengths": {"title": TITLE_LENGTH, "summary": SUMMARY_LENGTH},
        "added": "",
        "utc_offset": f"{now.astimezone(ZoneInfo(desk.zone)):%z}",
    }


def _title(controls: Mapping[str, Field], name: str) -> str:
    title = controls["title"].shown if "title" in controls else ""
    return title or name.rpartition("/")[2].removesuffix(".md")


def _is_empty(field: Field) -> bool:
    """Whether a control shows nothing. One that cannot show its value is not empty."""
    shown = field.shown
    return not any(shown.values()) if isinstance(shown, dict) else shown == ""


def _titles(controls: Mapping[str, Field], rows: Sequence[Row]) -> dict[str, str]:
    """Id → title of the articles that this one pins."""
    pins = {pin for key in ("related", "unrelated") if key in controls for pin in controls[key].shown or ()}
    return {row.id: row.title for row in rows if row.id in pins} if pins else {}


def _picture(name: str, controls: Mapping[str, Field]) -> str:
    """The address of the article's picture within the desk."""
    field = controls.get("image")
    src = field.shown.get("src", "") if field is not None and field.shown else ""
    folder = name.rpartition("/")[0]
    return f"/picture?path={quote(f'{folder}/{src}')}" if src and not src.startswith(("/", ".", "http")) else ""


def act(desk: Desk, name: str, document: Document, action: str) -> dict[str, Any]:
    """The page of an action, with its inputs."""
    written = values(document) or {}
    tomorrow = local(desk.now() + timedelta(days=1), desk.zone)
    return {
        "path": name,
        "base": mark_of(document.raw),
        "title": written.get("title") or name,
        "action": action,
        "state": state(written, desk.now(), desk.zone),
        "date": written.get("date") or "",
        "dated": _seconds(written.get("date"), desk.zone),
        "day": tomorrow["day"],
        "time": "06:00",
        "text": "",
        "trouble": None,
    }


def _seconds(written: object, zone: str) -> float | None:
    """The moment that a text names; None where it names none."""
    try:
        return parse_moment(clean_metadata(written), zone).timestamp() if isinstance(written, str) else None
    except NotADate:
        return None
