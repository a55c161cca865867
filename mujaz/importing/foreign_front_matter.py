"""The front matter of a file of Hugo, Jekyll or Pelican: YAML, TOML, JSON or lines `Key: value`; keys in lower case."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date, datetime
from typing import Any

from mujaz.importing.kept_back import lowered
from mujaz.messages.message import Message, say
from mujaz.yaml_values.datetimes import zone
from mujaz.yaml_values.form import loose
from mujaz.yaml_values.loader import load

# The end has a line of its own (a comment may be `# ------`); that of YAML may also be `...`.
FENCED = re.compile(
    r"(?P<fence>---|(?P<toml>\+\+\+))[ \t]*+\n(?P<head>(?:.*+\n)*?)(?:(?P=fence)|(?(toml)(?!)|\.\.\.))[ \t]*+(?:\n|\Z)"
)
META = re.compile(r"[ ]{0,3}(?P<key>[A-Za-z_][\w-]*+):[ \t]*+(?P<value>.*+)")
CONTINUED = re.compile(r"(?:[ ]{4,}+|\t)\s*+(?P<value>\S.*)")
OFFSET = re.compile(r"[+-]\d{2}:?\d{2}")
ZONES = ("Z", "UTC", "GMT")
# A key of so many names with dots between them takes Python's reader a time and a memory that grow with their square.
_LONG_KEY = re.compile(r"""^[ \t]*+\[{0,2}(?:[ \t]*+(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+\.){50}""", re.M)


class NotTaken(Exception):
    """The file is not imported; `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


def split(text: str, kind: str, name: str) -> tuple[dict[str, Any], str]:
    """The front matter, with keys in lower case, and the body.

    Raises NotTaken or ValueError where the front matter cannot be read.
    """
    if match := FENCED.match(text):
        if match["fence"] == "+++":
            return lowered(toml(match["head"])), text[match.end() :]
        return lowered(yaml(match["head"], name)), text[match.end() :]
    if kind == "hugo" and text.startswith("{"):
        values, end = json.JSONDecoder().raw_decode(text)
        return lowered(values) if isinstance(values, dict) else {}, text[end:]
    head: dict[str, Any] = {}
    lines = text.split("\n")
    end, last = 0, ""
    while end < len(lines):
        if meta := META.fullmatch(lines[end]):
            last = meta["key"].lower()
            head[last] = meta["value"].strip()
        elif last and (more := CONTINUED.fullmatch(lines[end])):
            head[last] = f"{head[last]} {more['value'].strip()}".strip()
        else:
            break
        end += 1
    if not head:
        raise NotTaken(say("import-no-front-matter"))
    return head, "\n".join(lines[end:])


def yaml(text: str, name: str) -> dict[str, Any]:
    """The mapping of a text of YAML. Raises NotTaken where it does not parse."""
    values, problems = load(text, path=name)
    if not text.strip():
        return {}
    if values is None or any(not problem.warning for problem in problems):
        raise NotTaken(problems[0].message if problems else say("import-no-front-matter"))
    made = loose(values)
    return {str(key): value for key, value in made.items()} if isinstance(made, dict) else {}


def toml(text: str) -> dict[str, Any]:
    """The mapping of a text of TOML. Raises NotTaken or ValueError where it cannot be read."""
    if _LONG_KEY.search(text):
        raise NotTaken(say("nests-too-deep"))
    return tomllib.loads(text)


def texts(value: Any, separators: str = ",،") -> tuple[str, ...]:
    """The names of a list, or of one text with separators."""
    if isinstance(value, list | tuple):
        return tuple(map(said, value))
    if isinstance(value, dict):
        return (said(value),)
    return tuple(part.strip() for part in re.split(f"[{separators}]", said(value))) if value else ()


def said(value: Any) -> str:
    """A value as a reader saw it: of a mapping its name, else all that it holds."""
    if isinstance(value, dict):
        return said(value["name"]) if value.get("name") else said(list(value.values()))
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(said, value)))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def moment(value: Any) -> str:
    """A date of YAML or TOML, or a text like `2021-10-18 14:00:00 +0300`, in ISO format; "" where there is none."""
    parts = (value.isoformat() if isinstance(value, date) else str(value or "")).split()
    if len(parts) > 1 and parts[-1] in ZONES:
        parts[-1] = "+0000"
    if len(parts) > 2 and OFFSET.fullmatch(parts[-1]):
        parts[-2:] = [parts[-2] + parts[-1]]
    return " ".join(parts)


def in_zone(written: str, name: Any) -> str:
    """A time without a zone as one of the zone `name`; a day, or where that is no zone, as it is."""
    try:
        time = datetime.fromisoformat(written)
        is_open = time.tzinfo is None and ":" in written
        return time.replace(tzinfo=zone(str(name))).isoformat() if is_open and name else written
    except (KeyError, ValueError, OSError):
        return written
