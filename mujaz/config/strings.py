"""The words that a reader sees besides content: `layouts/strings/<language>.yaml`; the site's override the shipped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mujaz.messages.errors import Problem, SiteError
from mujaz.messages.message import Message, say
from mujaz.yaml_values.encoding import decode
from mujaz.yaml_values.form import Mapping, loose
from mujaz.yaml_values.loader import load

HELP = say("write-string-like")
EVERY_KEY = "strings/ar.yaml"  # this file has every key that the layouts use
# Groups to which a site may add keys.
OPEN_GROUPS = ("labels.", "languages.", "places.", "players.", "feed_kinds.", "feed_readers.")
# Defaults that a language sets besides words; config.yaml may choose other digits and quotes.
CHOICES = {
    "direction": ("rtl", "ltr"),
    "digits": ("western", "arabic"),
    "quotes": ("guillemets", "curly", "as-is"),
    "faces": ("own", "system"),
}
HOLE = re.compile(r"\{[^{}]*\}|[{}]")  # a placeholder for a value, or a lone brace that would be read as one


def load_strings(language: str, own: Path, shipped: Path) -> dict[str, Any]:
    """The strings of `language`, as nested dicts. Raises SiteError where there are none, or where they do not parse."""
    name = f"strings/{language.partition('-')[0].lower()}.yaml"
    merged: dict[str, Any] = {}
    problems: list[Problem] = []
    found = False
    for root in (shipped, own):
        path = root / name
        if path.is_file():
            found = True
            words = _read(path, f"{root.name}/{name}")
            problems += [
                Problem(path=f"{root.name}/{name}", message=text, help=HELP) for text in _misfits(merged, words)
            ]
            merged = _merged(merged, words)
    if not found:
        known = sorted(path.stem for path in (shipped / "strings").glob("*.yaml"))
        text = say("no-strings-of-language", language=language)
        raise SiteError(
            [Problem(path=f"{own.name}/{name}", message=text, help=say("languages-are", names=tuple(known)))]
        )
    if not (shipped / name).is_file() and (shipped / EVERY_KEY).is_file():
        every = _read(shipped / EVERY_KEY, EVERY_KEY)
        problems += [Problem(path=f"{own.name}/{name}", message=text, help=HELP) for text in _misfits(every, merged)]
        missing = sorted(_keys(every) - _keys(merged))
        text = say("strings-missing", n=len(missing), names=tuple(missing[:8]), more=" …" if len(missing) > 8 else "")
        if missing:
            problems.append(
                Problem(path=f"{own.name}/{name}", message=text, help=say("copy-and-translate", path=EVERY_KEY))
            )
    for key, allowed in CHOICES.items():
        if merged.get(key) not in (*allowed, None):
            text = say("not-one-of", key=key, value=str(merged[key]), choices=tuple(allowed))
            problems.append(Problem(path=f"{own.name}/{name}", message=text, help=HELP))
    if problems:
        raise SiteError(problems)
    return merged


def over_site(words: dict[str, Any], site: dict[str, Any]) -> dict[str, Any]:
    """The `words` of another language for a page of a site; keys that they lack, as the site's own labels, from `site`.

    Plural forms and cities are always the language's, faces always the site's.
    """
    own: dict[str, Any] = {key: words[key] for key in ("plurals", "places") if key in words}
    return {**_merged(site, words), **own, "faces": site.get("faces", "own")}


def _keys(words: Any, at: str = "") -> set[str]:
    """`home`, `labels.live` and so on. Of plural forms only `other`, since each language has its own set."""
    if not isinstance(words, dict) or at in OPEN_GROUPS:
        return {at[:-1]}
    parts = {"other": words["other"]} if "other" in words else words
    return set().union(*(_keys(value, f"{at}{key}.") for key, value in parts.items()))


def _misfits(under: dict[str, Any], over: dict[str, Any], at: str = "") -> Iterator[Message]:
    """The problem of each of the site's own words that cannot replace the shipped one."""
    for key in over.keys() & under.keys():
        mine, value, name = under[key], over[key], at + key
        if isinstance(mine, dict) and isinstance(value, dict):
            yield from _misfits(mine, value, f"{at}{key}.")
        elif not isinstance(value, type(mine)):
            wanted = say("kind-words") if isinstance(mine, dict) else say("kind-a-text")
            yield say("string-wrong-kind", key=name, wanted=wanted)
        elif odd := sorted(set(HOLE.findall(value)) - set(HOLE.findall(mine))) if _is_filled(mine) else []:
            yield say("string-hole-unknown", key=name, hole=odd[0], holes=" ".join(HOLE.findall(mine)))


def _is_filled(words: object) -> bool:
    return isinstance(words, str) and HOLE.search(words) is not None


def _read(path: Path, name: str) -> dict[str, Any]:
    text, wrong = decode(path.read_bytes(), name)
    if wrong:
        raise SiteError([wrong])
    values, problems = load(text, path=name)
    if problems or not isinstance(values, Mapping):
        raise SiteError(problems or [Problem(path=name, message=say("no-strings-in-it"))])
    strings: dict[str, Any] = loose(values)
    return strings


def _merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """`under` with the keys of `over` replaced, at every depth, so that a site writes only the words it changes."""
    merged = dict(under)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merged(merged[key], value) if both else value
    return merged
