"""What the form of an article shows: its fields, its problems at their fields, its address, its state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from mujaz.arabic.slugs import slug
from mujaz.arabic.typography import clean_metadata, writable
from mujaz.desk.document import Document, lines_of, values
from mujaz.desk.files import Refused
from mujaz.desk.form import Field, local, moment_text
from mujaz.frozen import Value
from mujaz.messages.errors import Problem
from mujaz.messages.message import say
from mujaz.model import urls
from mujaz.yaml_values.datetimes import NotADate, end_of, parse_moment
from mujaz.yaml_values.edit import Wanted

ACTIONS = ("publish", "hold", "draft", "withdraw", "restore", "correct")
LONGEST_NOTICE = 2_000  # characters


class Trouble(Value):
    """A problem and its place in the form: below the control of `key`, below the body, or at the top (""). `line` is
    the line of the body, from 1; 0 elsewhere.
    """

    key: str
    problem: Problem
    line: int = 0


def troubles(document: Document, fields: Mapping[str, Field], problems: Iterable[Problem]) -> list[Trouble]:
    """The problems of this file at their fields, errors first."""
    lines = lines_of(document) if fields else {}
    found = []
    for problem in problems:
        named = str(dict(problem.message.args).get("key", "")).partition(".")[0]
        here = next((key for key, (first, last) in lines.items() if first <= problem.line <= last), "")
        key = next((one for one in (here, named) if one in fields), "")  # a file may have keys that no field has
        line = problem.line - document.first_line + 1
        if not key and fields and line >= 1:
            found.append(Trouble(key="body", problem=problem, line=line))
        else:
            found.append(Trouble(key=key, problem=problem))
    return sorted(found, key=lambda trouble: (trouble.problem.warning, trouble.problem.line))


def address(found: Mapping[str, Any] | None, zone: str) -> str:
    """The address of the article, as `2021/10/18/slug/`; empty where it is not known yet."""
    if not found or not isinstance(found.get("date"), str) or not isinstance(found.get("title"), str):
        return ""
    written = found.get("slug")
    segment = written if isinstance(written, str) and written else slug(clean_metadata(found["title"]))
    try:
        day = parse_moment(clean_metadata(found["date"]), zone).date()
    except NotADate:
        return ""
    return urls.article(day, segment) if segment else ""


def state(found: Mapping[str, Any] | None, now: datetime, zone: str) -> str:
    """As `listing.state_of`, from the values in the file."""
    if not found or not isinstance(found.get("date"), str):
        return "problem"
    if found.get("draft") == "true":
        return "draft"
    try:
        if parse_moment(clean_metadata(found["date"]), zone) > now:
            return "held"
        expires = found.get("expires")
        if isinstance(expires, str) and expires and end_of(clean_metadata(expires), zone) <= now:
            return "expired"
    except NotADate:
        return "problem"
    return "withdrawn" if found.get("withdrawn") else "published"


def act(
    document: Document, action: str, asked: Mapping[str, str], now: datetime, zone: str
) -> dict[str, Wanted | None]:
    """The keys that an action changes. Raises Refused where an input of the action is missing."""
    found = values(document)
    if found is None:
        raise Refused(say("desk-mend-text-first"), 409)
    here = moment_text(local(now, zone), None, zone)
    if action == "publish":
        keys: dict[str, Wanted | None] = {"draft": None}
        return keys | ({"date": here} if asked.get("date") == "now" else {})
    if action == "hold":
        return {"draft": None, "date": _later(asked, now, zone)}
    if action == "draft":
        return {"draft": True}
    if action == "restore":
        return {"withdrawn": None}
    text = " ".join(writable(asked.get("text", "")).split())
    if not text or len(text) > LONGEST_NOTICE:
        raise Refused(say("desk-text-missing", most=LONGEST_NOTICE), 400)
    if action == "withdraw":
        return {"withdrawn": text}
    old = found.get("corrections") or []
    if not isinstance(old, list):
        raise Refused(say("desk-mend-text-first"), 409)
    return {"corrections": [*old, {"date": here, "text": text}]}


def _later(asked: Mapping[str, str], now: datetime, zone: str) -> str:
    written = f"{asked.get('day', '')} {asked.get('time', '')}".strip()
    try:
        moment = parse_moment(written, zone)
    except NotADate as trouble:
        raise Refused(trouble.message, 400) from None
    if moment <= now:
        raise Refused(say("desk-not-later"), 400)
    return written
