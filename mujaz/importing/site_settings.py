"""The settings of a site of Hugo, Jekyll or Pelican, and how its files are read."""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from mujaz.importing import kept_back
from mujaz.importing.foreign_front_matter import NotTaken, toml, yaml
from mujaz.importing.incoming import Lost
from mujaz.markdown_body.limits import MAX_BYTES
from mujaz.messages.errors import reason
from mujaz.messages.message import Message, say

HUGO_FILES = tuple(f"{stem}.{end}" for stem in ("hugo", "config") for end in ("toml", "yaml", "yml", "json"))
# Of its settings, which may have files of their own.
PARTS = ("permalinks", "languages", "module", "frontmatter", "cascade", "markup", "params")
JEKYLL_FILES = ("_config.yml", "_config.yaml", "_config.toml")  # it reads the first
# Pelican's settings by which it makes no article of a file, or none that is shown.
HIDING = frozenset("DEFAULT_METADATA EXTRA_PATH_METADATA ARTICLE_PATHS ARTICLE_EXCLUDES IGNORE_FILES".split())
CHANGED = " changed"  # the key of those that a file changes otherwise than by setting them


def why(error: Exception) -> Message | str:
    """Why a file was not read."""
    if isinstance(error, NotTaken):
        return error.message
    if isinstance(error, OSError):
        return reason(error)
    # A ValueError is from the parsers of TOML, JSON and dates.
    return say("nests-too-deep") if isinstance(error, RecursionError) else str(error).partition("\n")[0]


def text_at(path: Path, folder: Path) -> str:
    """The text of a file. Raises NotTaken where it is outside the folder, too large or not UTF-8."""
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        raise NotTaken(say("link-leaves-folder"))
    if path.stat().st_size > MAX_BYTES:
        raise NotTaken(say("import-file-too-large", n=path.stat().st_size, most=MAX_BYTES))
    return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")


def hugo_settings(folder: Path) -> Iterator[Path]:
    """The files of Hugo's settings, later ones override earlier ones; in `config` each part may have its own."""
    yield from (folder / name for name in HUGO_FILES if (folder / name).is_file())
    names = (*HUGO_FILES, *(f"{part}.{end}" for part in PARTS for end in ("toml", "yaml", "yml", "json")))
    for environment in ("_default", "production"):
        inner = folder / "config" / environment
        yield from (inner / name for name in names if (inner / name).is_file())


def read_settings(folder: Path, kind: str, left: list[Lost]) -> dict[str, Any]:
    """The site's settings, with keys in lower case except for Pelican. Files that cannot be read go to `left`."""
    files = {
        "hugo": hugo_settings(folder),
        "jekyll": islice((folder / name for name in JEKYLL_FILES if (folder / name).is_file()), 1),
        "pelican": iter((folder / "pelicanconf.py", folder / "publishconf.py")),
    }
    found: dict[str, Any] = {}
    for path in files[kind]:
        if not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        try:
            text = text_at(path, folder)
            values = _python(text) if kind == "pelican" else kept_back.lowered(values_of(text, path.suffix, name))
            found = _joined(found, {path.stem: values} if path.stem in PARTS else values)
            left += (Lost(origin=name, message=told) for told in _unclear(kind, values))
        except (NotTaken, OSError, ValueError, RecursionError) as error:
            left.append(Lost(origin=name, message=why(error)))
    return found


def _joined(before: dict[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of one file and of a later one, which overrides them part by part."""
    both = ((key, before.get(key), value) for key, value in after.items())
    return before | {
        key: _joined(old, new) if isinstance(old, dict) and isinstance(new, dict) else new for key, old, new in both
    }


def _unclear(kind: str, values: Mapping[str, Any]) -> Iterator[Message]:
    """A message for each setting that may have kept articles from readers and is not understood."""
    if kind == "hugo":
        for one in kept_back.listed(values.get("ignorefiles")):
            if kept_back.is_ignored(str(one), "") is None:
                yield say("import-setting-unclear", key="ignoreFiles", value=str(one)[:100])
    unread = {key for key in HIDING if values.get(key) is Ellipsis} | set(kept_back.names_status(values))
    for key in sorted(values.get(CHANGED, set()) | unread):
        yield say("import-setting-unclear", key=key, value="…")


def values_of(text: str, ending: str, name: str) -> dict[str, Any]:
    """What a file of TOML, YAML or JSON holds."""
    if ending == ".toml":
        return toml(text)
    if ending != ".json":
        return yaml(text, name)
    values = json.loads(text)
    return values if isinstance(values, dict) else {}


def _python(text: str) -> dict[str, Any]:
    """The names that are assigned a literal in Python source, `...` for other values; nothing is executed.

    Those of HIDING that stand elsewhere, as in `if` or in `+=`, are the set CHANGED.
    """
    found: dict[str, Any] = {}
    try:
        tree = ast.parse(text)
    except (SyntaxError, MemoryError) as error:
        raise ValueError(str(error)) from None
    changed: set[str] = set()
    for step in tree.body:
        targets = step.targets if isinstance(step, ast.Assign) else [getattr(step, "target", None)]
        names = {target.id for target in targets if isinstance(target, ast.Name)}
        if isinstance(step, ast.Assign | ast.AnnAssign) and step.value and names:
            try:
                value = ast.literal_eval(step.value)
            except (ValueError, TypeError, SyntaxError, MemoryError):
                value = ...
            found |= dict.fromkeys(names, value)
        else:
            changed |= HIDING & {one.id for one in ast.walk(step) if isinstance(one, ast.Name)}
    return {**found, CHANGED: changed}
