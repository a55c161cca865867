"""Data files below content/, which pages show: YAML, JSON and CSV to plain values."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from typing import Any

from mujaz.arabic.typography import clean_metadata
from mujaz.messages.errors import Problem, SiteError
from mujaz.messages.message import say
from mujaz.yaml_values.encoding import decode
from mujaz.yaml_values.form import loose
from mujaz.yaml_values.loader import load

LARGEST = 2_000_000  # bytes: the page's view holds all of it
DEEPEST = 100  # levels of JSON
OTHER_MARKS = re.compile("[;\t؛]")  # what some programs put between the columns of a CSV file


def parse(path: str, raw: bytes) -> Any:
    """The data of a file: dicts, tuples, texts, numbers. A CSV file gives a dict for each row, keyed by the first row.

    Its strings are cleaned like those of a front matter. Raises SiteError for a file that does not parse.
    """
    if len(raw) > LARGEST:
        raise SiteError([_wrong(path, 0, say("data-too-large", n=len(raw), most=LARGEST))])
    text, wrong = decode(raw, path)
    if wrong:
        raise SiteError([wrong])
    ending = path.lower().rpartition(".")[2]
    if ending == "csv":
        return _table(path, text)
    if ending == "json":
        return _json(path, text)
    value, problems = load(text, path=path)
    if value is None or problems:
        raise SiteError(problems)
    return loose(value)


def _table(path: str, text: str) -> tuple[dict[str, str], ...]:
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    rows: list[tuple[int, list[str]]] = []  # the line on which each begins
    line = 1
    try:
        for row in reader:
            rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        raise SiteError([_wrong(path, line, say("data-not-parsed", why=str(error)))]) from error
    (_, head), *rows = rows or [(1, [])]
    names = [_clean(name) for name in head]
    if not all(names) or len(set(names)) < len(names):
        raise SiteError([_wrong(path, 1, say("data-without-head"))])
    if len(names) == 1 and (mark := OTHER_MARKS.search(head[0])):
        raise SiteError([_wrong(path, 1, say("data-parted-otherwise", mark=mark[0]))])
    for line, row in rows:
        if row and len(row) != len(names):
            raise SiteError([_wrong(path, line, say("data-row-wrong", n=len(row), wanted=len(names)))])
    return tuple(dict(zip(names, map(_clean, row), strict=True)) for _, row in rows if row)


def _json(path: str, text: str) -> Any:
    try:
        return _frozen(json.loads(text, parse_float=_number, parse_constant=_number, object_pairs_hook=_object))
    except RecursionError as error:
        raise SiteError([_wrong(path, 0, say("data-not-parsed", why="nested too deeply"))]) from error
    except _Twice as error:
        raise SiteError([_wrong(path, 0, say("data-name-twice", name=str(error)))]) from error
    except ValueError as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        raise SiteError([_wrong(path, line, say("data-not-parsed", why=str(error)))]) from error


def _number(written: str) -> float:
    """Raises ValueError for `NaN`, which is no JSON, and for 1e999, which no float can hold."""
    number = float(written)
    if not math.isfinite(number):
        raise ValueError(f"{written[:40]} is no number that can be shown")
    return number


class _Twice(Exception):
    """A name that an object has twice: a page could show only one of its values."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Raises _Twice. JSON may hold half a letter, written as an escape, and any control character."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        name = _clean(key)
        if name in found:
            raise _Twice(name)
        found[name] = value
    return found


def _frozen(value: Any, levels: int = DEEPEST) -> Any:
    """Raises RecursionError for what is nested deeper than so many `levels`, however deep the stack is here."""
    if isinstance(value, str):
        return clean_metadata(value)
    if not isinstance(value, dict | list):
        return value
    if not levels:
        raise RecursionError
    if isinstance(value, dict):
        return {key: _frozen(inner, levels - 1) for key, inner in value.items()}
    return tuple(_frozen(inner, levels - 1) for inner in value)


def _clean(text: str) -> str:
    return clean_metadata(text).strip()


def _wrong(path: str, line: int, message: Any) -> Problem:
    return Problem(path=path, line=line, message=message, help=say("mend-data"))
