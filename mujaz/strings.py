"""The words that a reader sees besides content: `layouts/strings/<language>.yaml`, the site's own over the shipped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mujaz.errors import Problem, SiteError, quoted
from mujaz.fields import load
from mujaz.values import Mapping, loose


def load_strings(language: str, own: Path, shipped: Path) -> dict[str, Any]:
    """Nested strings of `language`. Raises SiteError where there are none, or where they do not parse."""
    name = f"strings/{language.partition('-')[0].lower()}.yaml"
    merged: dict[str, Any] = {}
    found = False
    for root in (shipped, own):
        path = root / name
        if path.is_file():
            found = True
            merged = _over(merged, _read(path, f"{root.name}/{name}"))
    if not found:
        known = sorted(path.stem for path in (shipped / "strings").glob("*.yaml"))
        text = f"there are no strings for the language {quoted(language)}"
        raise SiteError([Problem(path=f"{own.name}/{name}", text=text, help="languages: " + ", ".join(known))])
    return merged


def _read(path: Path, name: str) -> dict[str, Any]:
    values, problems = load(path.read_text(encoding="utf-8"), path=name)
    if problems or not isinstance(values, Mapping):
        raise SiteError(problems or [Problem(path=name, text="holds no strings")])
    strings: dict[str, Any] = loose(values)
    return strings


def _over(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """`over` laid on `under`, key by key, so that a site need only write the words it changes."""
    merged = dict(under)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _over(merged[key], value) if both else value
    return merged
