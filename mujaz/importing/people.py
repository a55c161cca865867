"""The names of writers whom the texts of Hugo or Jekyll call by a key, under which their theme looked the name up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mujaz.importing.foreign_front_matter import NotTaken, said, split, texts
from mujaz.importing.incoming import Lost
from mujaz.importing.kept_back import lowered
from mujaz.importing.languages import Languages, below
from mujaz.importing.site_settings import text_at, values_of, why
from mujaz.model.normal_forms import normalized

DATA = {"hugo": ("datadir", "data"), "jekyll": ("data_dir", "_data")}  # the setting of the folder, and its usual name
ENDINGS = (".toml", ".yaml", ".yml", ".json")


def read(
    folder: Path,
    kind: str,
    settings: Mapping[str, Any],
    roots: Mapping[Path, str],
    languages: Languages,
    left: list[Lost],
) -> dict[str, str]:
    """The names by their keys, and by a language with the key behind it. `roots` are folders with their languages."""
    if kind not in DATA:
        return {}
    found: dict[str, str] = {}
    setting, usual = DATA[kind]
    data = below(folder, settings.get(setting) or usual)
    for path in sorted((*(_of_data(data) if data else ()), *_of_pages(kind, roots))):
        name = path.relative_to(folder).as_posix()
        root = next((language for root, language in roots.items() if language and path.is_relative_to(root)), "")
        language = languages.parted(path.stem)[1] or root or languages.default
        try:
            for key, value in _writers(path, text_at(path, folder), kind, name):
                if called := _name(value, of_page=path.suffix not in ENDINGS):
                    found.setdefault(f"{language} {_key(key, kind)}", called)
                    found.setdefault(_key(key, kind), called)
        except (NotTaken, OSError, ValueError, RecursionError) as error:
            left.append(Lost(origin=name, message=why(error)))
    for key, called in _of_settings(settings):
        found.setdefault(_key(key, kind), called)
    return found


def _of_settings(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for holder in (settings, settings.get("params")):
        given = lowered(holder).get("authors") if isinstance(holder, Mapping) else None
        named = given.items() if isinstance(given, Mapping) else ()
        yield from ((str(key), called) for key, one in named if (called := _name(one, of_page=False)))


def named(head: Mapping[str, Any], people: Mapping[str, str], language: str, kind: str) -> dict[str, Any]:
    """`head` with names where it has keys of `people`, those of its language first."""
    params = head.get("params")
    inner = {"params": named(params, people, language, kind)} if isinstance(params, Mapping) else {}
    called = {key: _called(head[key], people, language, kind) for key in ("author", "authors") if key in head}
    return {**head, **inner, **called}


def _called(value: Any, people: Mapping[str, str], language: str, kind: str) -> Any:
    if not isinstance(value, str | list | tuple) or not any(_key(one, kind) in people for one in texts(value)):
        return value
    keys = ((_key(said(one), kind), one) for one in (texts(value) if isinstance(value, str) else value))
    return [people.get(f"{language} {key}") or people.get(key, one) for key, one in keys]


def _of_data(data: Path) -> Iterator[Path]:
    for stem in ("author", "authors"):
        paths = ((data / f"{stem}{ending}" for ending in ENDINGS), (data / stem).glob("*"))
        yield from (path for some in paths for path in some if path.suffix in ENDINGS and path.is_file())


def _of_pages(kind: str, roots: Iterable[Path]) -> Iterator[Path]:
    """The pages of the writers: terms of Hugo's taxonomy, or the collection of Jekyll's handbook."""
    patterns = ("authors/*/_index*.md", "author/*/_index*.md") if kind == "hugo" else ("_authors/*.md",)
    yield from (path for root in roots for pattern in patterns for path in root.glob(pattern) if path.is_file())


def _writers(path: Path, text: str, kind: str, name: str) -> Iterator[tuple[str, Any]]:
    if path.suffix not in ENDINGS:
        head, _ = split(text, kind, name)
        yield str(head.get("short_name") or (path.parent.name if kind == "hugo" else path.stem)), head
        return
    values = values_of(text, path.suffix, name)
    yield from values.items() if path.stem in ("author", "authors") else [(path.stem, values)]


def _name(value: Any, *, of_page: bool) -> str:
    """The name that a file gives a writer. A title is one in a page alone: in a file of data it is an office."""
    if not isinstance(value, Mapping):
        return value if isinstance(value, str) else ""
    small = lowered(value)
    given = (small.get(key) for key in ("name", "display_name", *(("title",) if of_page else ())))
    shown = (lowered(one).get("display") if isinstance(one, Mapping) else one for one in given)
    return next((one for one in shown if isinstance(one, str) and one.strip()), "")


def _key(written: str, kind: str) -> str:
    """A key as Hugo makes it of a name; Jekyll takes it as it is. Macs name files in another normal form."""
    key = normalized("NFC", written)
    return "-".join(key.lower().split()) if kind == "hugo" else key
