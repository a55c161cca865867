"""The controls of an article's form, made from the JSON Schema of its front matter, and what a sent form changes.

Each key has a control. Its value is shown as it is written, and a key whose value comes back as it was shown is not
written. A value that no control can show is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from mujaz.arabic.normalize import digits
from mujaz.arabic.typography import writable
from mujaz.check.json_schema import DATE
from mujaz.desk.document import Document, text_below, values
from mujaz.frozen import Value
from mujaz.yaml_values.datetimes import ISO, NotADate, parse_moment
from mujaz.yaml_values.edit import Wanted

GROUPS = {
    "story": ("title", "summary", "section", "label", "tags", "authors", "author", "date"),
    "picture": ("image",),
    "links": ("sources", "source", "series", "related", "unrelated", "translation_of"),
    "later": ("updated", "corrections", "withdrawn", "expires", "lead", "breaking_until", "live_until", "live_order"),
    "address": ("slug", "id", "aliases"),
    "rare": ("draft", "weight", "lang", "layout", "extra", "data"),
}
LONG = ("summary", "withdrawn")  # texts that may have several lines
NUMBER = re.compile("-?[0-9]{1,18}")  # a longer one is written as it is, and the build refuses it
PICTURE = ("src", "alt", "caption", "credit", "alt_lang")
CREDIT = ("name", "url")
SEVERAL_LINES = ("alt", "caption", "credit", "text")  # parts whose controls hold line breaks; others drop them


class Sent(Protocol):
    """A sent form, as starlette's FormData."""

    def get(self, key: str, /) -> Any: ...
    def getlist(self, key: str, /) -> list[Any]: ...
    def __contains__(self, key: object, /) -> bool: ...


class Field(Value):
    """A control. `shown` is what it shows: a text, a flag, a list or a mapping of texts; None where it shows nothing
    and the key is left alone. `written` is the value as `values` gives it.
    """

    key: str
    kind: str
    shown: Any
    written: Any = None
    choices: tuple[str, ...] = ()
    required: bool = False


def fields(document: Document, schema: Mapping[str, Any], zone: str, *, bare: bool = False) -> dict[str, Field]:
    """Key → its control, for all keys of the schema; empty where the front matter has no clear form.

    `bare` says that a file of this kind needs no front matter.
    """
    found = {} if bare and document.is_bare else values(document)
    if found is None:
        return {}
    made = {}
    for key, shape in schema["properties"].items():
        kind, choices = kind_of(key, shape)
        written = text_below(document, key) if kind == "yaml" else found.get(key)
        shown = _shown(kind, written, zone)
        if kind == "text" and isinstance(shown, str) and ("\n" in shown or key in LONG):
            kind = "long"
        if kind == "choice" and shown and shown not in choices:
            choices = (*choices, shown)
        required = key in schema["required"]
        made[key] = Field(key=key, kind=kind, shown=shown, written=written, choices=choices, required=required)
    return made


def kind_of(key: str, shape: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The kind of control for a key with this schema, and its choices."""
    if "anyOf" in shape and any(one.get("type") == "null" for one in shape["anyOf"]):
        shape = next(one for one in shape["anyOf"] if one.get("type") != "null")
    if "enum" in shape:
        return "choice", tuple(shape["enum"])
    kind, items = shape.get("type"), shape.get("items", {})
    if kind == "array":
        return ("credits" if "anyOf" in items else "corrections" if "properties" in items else "texts"), ()
    if kind == "object":
        return ("picture" if "properties" in shape else "yaml"), ()
    if "anyOf" in shape:
        return "credit", ()
    if shape.get("pattern") == DATE["pattern"]:
        return "moment", ()
    return {"boolean": "flag", "integer": "number"}.get(str(kind), "text"), ()


# ---------------------------------------------------------------- what is shown


def _shown(kind: str, written: Any, zone: str) -> Any:
    """What the control shows of a value; None if it cannot show it."""
    if "\0" in str(written):
        return None
    if kind in ("text", "choice"):
        return _text(written)
    if kind == "number":
        return _line(written)
    if kind == "yaml":
        return written
    if kind == "flag":
        return {"true": True, "false": False, "": False, None: False}.get(written) if _is_text(written) else None
    if kind == "moment":
        return _moment(written, zone) if _line(written) is not None else None
    if kind == "picture":
        return _parts(written or {}, PICTURE)
    if kind == "credit":
        return _credit(written or "")
    entries = [written] if isinstance(written, str) and written else written or []
    if not isinstance(entries, list):
        return None
    shown: list[Any] = [_entry_shown(kind, one, zone) for one in entries]
    return None if None in shown else [one for one in shown if one]


def _entry_shown(kind: str, written: Any, zone: str) -> Any:
    if kind == "corrections":
        return _correction(written, zone)
    return _credit(written) if kind == "credits" else _line(written)


def _is_text(written: Any) -> bool:
    return written is None or isinstance(written, str)


def _text(written: Any) -> str | None:
    return (written or "").strip() if _is_text(written) else None


def _line(written: Any) -> str | None:
    """The text for a control of one line: a browser drops line breaks there, and two words would become one."""
    text = _text(written)
    return None if text is None or "\n" in text else text


def _parts(written: Any, names: Sequence[str]) -> dict[str, str] | None:
    if not isinstance(written, dict):
        return None
    parts = {name: (_text if name in SEVERAL_LINES else _line)(written.get(name)) for name in names}
    return None if None in parts.values() else {name: part or "" for name, part in parts.items()}


def _credit(written: Any) -> dict[str, str] | None:
    if isinstance(written, dict) and not written.keys() <= set(CREDIT):
        return None
    return _parts({"name": written} if isinstance(written, str) else written, CREDIT)


def _correction(written: Any, zone: str) -> dict[str, str] | None:
    parts = _parts(written, ("date", "text"))
    if parts is None or written.keys() != {"date", "text"}:
        return None
    return {**_moment(parts["date"], zone), "said": parts["text"]}


def _moment(written: str | None, zone: str) -> dict[str, str]:
    """Day and time in the site's zone; or the text, where a date control cannot show it."""
    text = digits((written or "").strip(), "western")
    if not text:
        return {"day": "", "time": ""}
    match = ISO.fullmatch(text)
    if match is None or "." in text:
        return {"text": written or ""}
    try:
        moment = parse_moment(text, zone)
    except NotADate:
        return {"text": written or ""}
    if match["hour"] is None:
        return {"day": text, "time": ""}
    return {"day": f"{moment:%Y-%m-%d}", "time": f"{moment:%H:%M:%S}" if match["second"] else f"{moment:%H:%M}"}


# ---------------------------------------------------------------- sent forms


def sent_of(field: Field, form: Sent) -> Any:
    """The sent value of a control, of the same type as `shown`; None where it was not sent."""
    key = field.key
    if field.shown is None or (f"{key}.here" not in form):
        return None
    if field.kind in ("text", "long", "choice", "number", "yaml"):
        return _clean(form.get(key))
    if field.kind == "flag":
        return form.get(key) == "true"
    if field.kind == "moment":
        return {name: _clean(form.get(f"{key}.{name}")) for name in field.shown}
    if field.kind == "picture":
        return {name: _clean(form.get(f"{key}.{name}")) for name in PICTURE}
    if field.kind == "credit":
        return {name: _clean(form.get(f"{key}.{name}")) for name in CREDIT}
    if field.kind == "texts":
        return [text for one in form.getlist(key) if (text := _clean(one))]
    names = CREDIT if field.kind == "credits" else ("day", "time", "text", "said")
    columns = [list(map(_clean, form.getlist(f"{key}.{name}"))) for name in names]
    rows = [dict(zip(names, row, strict=False)) for row in zip(*columns, strict=False)]
    if field.kind == "corrections":
        rows = [_without(row, ("day", "time") if row.get("text") else ("text",)) for row in rows]
    return [row for row in rows if any(row.values())]


def _without(row: dict[str, str], names: Sequence[str]) -> dict[str, str]:
    return {name: value for name, value in row.items() if name not in names}


def _lines(value: Any) -> str:
    """A text as it was typed; browsers send line ends of two characters. Nothing, and a file, are no text."""
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else ""


def _clean(value: Any) -> str:
    """A text without blanks around it. What word processors put at a break within a line, YAML cannot hold."""
    return _lines(value).replace("\v", " ").replace("\f", " ").strip()


def changes(found: Mapping[str, Field], form: Sent, zone: str) -> tuple[dict[str, Wanted | None], dict[str, str]]:
    """The changes of a sent form: key → value to write, None to delete it; and key of free form → text below it."""
    wanted: dict[str, Wanted | None] = {}
    texts: dict[str, str] = {}
    for key, field in found.items():
        sent = sent_of(field, form)
        shown = field.shown.strip() if isinstance(field.shown, str) else field.shown
        if sent is None or sent == shown:
            continue
        if field.kind == "yaml":
            texts[key] = _lines(form.get(key))
        else:
            wanted[key] = _writable(_wanted(field, sent, zone))
    return wanted, texts


def _writable(value: Any) -> Any:
    """`value` without what is pasted with a text, is not seen and cannot be written: of chats, of word processors."""
    if isinstance(value, Mapping):
        return {name: _writable(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_writable(part) for part in value]
    return writable(value) if isinstance(value, str) else value


def _wanted(field: Field, sent: Any, zone: str) -> Wanted | None:
    if field.kind == "flag":
        return True if sent else None
    if field.kind == "number":
        written = digits(sent, "western")
        return int(written) if NUMBER.fullmatch(written) else sent or None
    if field.kind == "moment":
        return moment_text(sent, field.written, zone) or None
    if field.kind == "picture":
        return _mapping(sent, field.written if isinstance(field.written, dict) else {}) or None
    if field.kind == "credit":
        return _one_credit(sent) or None
    if field.kind in ("credits", "corrections"):
        old = [field.written] if isinstance(field.written, str) else field.written or []
        known = [(_credit(one) if field.kind == "credits" else _correction(one, zone), one) for one in old]
        return [_entry(field.kind, row, known, zone) for row in sent] or ([] if field.written else None)
    if field.kind == "texts":
        return sent or ([] if field.written else None)
    return sent or None


def _mapping(sent: Mapping[str, str], old: Mapping[str, Any]) -> dict[str, Any]:
    """The mapping with the sent values. Old keys keep their order, also those without a control; emptied ones go."""
    kept = {name: sent.get(name, value) for name, value in old.items() if sent.get(name, "x") or not value}
    made = kept | {name: value for name, value in sent.items() if value and name not in kept}
    return made if any(made.values()) else {}


def _entry(kind: str, row: dict[str, str], known: list[tuple[Any, Any]], zone: str) -> Any:
    """An entry of a list: as it was written, if it was sent unchanged."""
    found = next((written for shown, written in known if shown == row), None)
    if found is not None:
        return found
    if kind == "credits":
        return _one_credit(row)
    return {"date": moment_text(row, None, zone), "text": row["said"]}


def _one_credit(row: Mapping[str, str]) -> str | dict[str, str]:
    return {"name": row["name"], "url": row["url"]} if row["url"] else row["name"]


def moment_text(sent: Mapping[str, str], old: str | None, zone: str) -> str:
    """A day and a time as an editor writes them: with an offset, or a `T`, if the old text had one."""
    if "text" in sent:
        return sent["text"]
    text = f"{sent['day']} {sent['time']}".strip()
    match = ISO.fullmatch(digits(old or "", "western").strip())
    if match is None or not match["hour"] or not sent["time"]:
        return text
    text = text.replace(" ", "T") if old and "T" in old else text
    if not match["offset"]:
        return text
    try:
        return text + offset(parse_moment(text, zone), "+00:00")
    except NotADate:
        return text


def offset(moment: datetime, like: str) -> str:
    """The offset of `moment`, in the style of the text `like`."""
    written = f"{moment:%z}"
    return f"{written[:3]}:{written[3:]}" if like[-3:-2] == ":" else written


def local(moment: datetime, zone: str) -> dict[str, str]:
    """Day and time of a moment, as a control shows them."""
    here = moment.astimezone(ZoneInfo(zone))
    return {"day": f"{here:%Y-%m-%d}", "time": f"{here:%H:%M}"}
