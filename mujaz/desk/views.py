"""What each page of the desk shows, as plain values for its layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from mujaz.content.reader import FOLDERS
from mujaz.desk.desk import Desk, wrong_files
from mujaz.desk.document import Document, values
from mujaz.desk.files import mark_of
from mujaz.desk.form import GROUPS, Field, fields, local
from mujaz.desk.listing import PAGE, STATES, ListQuery, Row, found, names, next_to_publish, state_of, when
from mujaz.desk.story import address, state, troubles
from mujaz.messages.errors import Problem
from mujaz.model import urls
from mujaz.model.settings import Config

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


def is_standing(name: str, config: Config) -> bool:
    """Whether a file is a standing page, or about an author or a tag: those have other keys, and no form."""
    return name.removeprefix(config.content + "/").partition("/")[0] in FOLDERS


def day(seconds: float, zone: str) -> str:
    """The day of a time in seconds since 1970, in the zone, as ISO."""
    return f"{when(seconds).astimezone(ZoneInfo(zone)):%Y-%m-%d}"


async def front(desk: Desk, query: Mapping[str, str]) -> dict[str, Any]:
    """The articles that match the query, and the next ones to be published."""
    desk.schema()
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
        "elsewhere": _elsewhere(desk.answer.problems, {row.path for row in listing.rows}),
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


def _elsewhere(problems: Sequence[Problem], articles: set[str]) -> list[Problem]:
    """Errors in files that are not articles: settings, layouts, pages."""
    return [problem for problem in problems if not problem.warning and problem.path not in articles]


def edit(desk: Desk, name: str, document: Document, origin: str) -> dict[str, Any]:
    """The form of an article, its problems at their fields, and where the preview shows it."""
    schema = desk.schema()
    controls = fields(document, schema, desk.zone)
    answer, now = desk.answer, desk.now()
    listing = desk.known()
    here = [problem for problem in answer.problems if problem.path == name]
    written = values(document)
    place = address(written, desk.zone)
    condition = state(written, now, desk.zone)
    seen = desk.last_good(name, place) if condition != "expired" else ""
    return {
        "path": name,
        "base": mark_of(document.raw),
        "title": _title(controls, name),
        "groups": GROUPS,
        "fields": controls,
        "standing": is_standing(name, desk.config),
        "body": None if "\0" in document.body else document.body,
        "file_text": document.text,
        "troubles": troubles(document, controls, here),
        "elsewhere": [problem for problem in answer.problems if problem.path != name and not problem.warning],
        "trouble": answer.trouble,
        "built": answer.built,
        "state": condition,
        "address": place,
        "permalink": urls.permalink(desk.config, place) if place else "",
        "preview": origin + (urls.url(desk.config, seen) if seen else f"{desk.config.base_path}/"),
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
    return title or name


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
        "day": tomorrow["day"],
        "time": "06:00",
        "text": "",
        "trouble": None,
    }
