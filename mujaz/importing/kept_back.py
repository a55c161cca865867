"""What a static site kept from its readers by its front matter and its settings, so that an import shows it to none."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mujaz.importing.kept_parts import is_field_for_some
from mujaz.messages.message import Message, say

# The words for true and false of YAML 1.1, which these systems read, and of Go.
YES = frozenset("true yes on y t 1".split())
NO = frozenset("false no off n f 0".split())
POSTS = ("_posts", "_drafts")  # folders of Jekyll
SPECIAL = (".", "_", "#", "~")  # a name that begins so is none that Jekyll reads
UNREAD = ("node_modules", "vendor/bundle", "vendor/cache", "vendor/gems", "vendor/ruby")  # what it excludes always
LOCKS = ("password", "passwd")  # keys by which themes and plug-ins lock a page
MOST = 200  # patterns that braces may make
# An expression of `ignoreFiles` that is read here: letters, any one of them, anything between them, and the ends.
_READ = re.compile(r"\^?(?:[^\\^$.|?*+()\[\]{}]|\\[^\w\s]|\.\*|\.)*+\$?")


def yes(value: Any) -> bool:
    return str(value).strip().lower() in YES


def no(value: Any) -> bool:
    return str(value).strip().lower() in NO


def draft(head: Mapping[str, Any], kind: str, folders: Sequence[str]) -> Message | None:
    """Why nobody read an article; None where all could. `folders` are those in which its file lies."""
    status = str(head.get("status") or "").strip().lower()
    params = head.get("params")
    said = {**lowered(params), **head} if isinstance(params, Mapping) else head
    if any(said.get(key) and not no(said[key]) for key in LOCKS):
        return say("import-had-password")
    if no(said.get("visible")) or any(is_field_for_some(key, value) for key, value in said.items()):
        return say("import-was-hidden")
    if status in ("hidden", "skip") or _is_hidden(head, kind):
        return say("import-was-hidden")
    unpublished = no(head.get("published")) or "_drafts" in folders
    # Pelican publishes no article of another status.
    held = status not in ("", "published") if kind == "pelican" else status == "draft"
    return say("import-was-draft") if yes(head.get("draft")) or unpublished or held else None


def _is_hidden(head: Mapping[str, Any], kind: str) -> bool:
    """Whether Hugo made no page of it or listed none, Jekyll led to another page, Pelican wrote it nowhere."""
    if (kind == "jekyll" and head.get("redirect_to")) or (kind == "pelican" and head.get("save_as") == ""):
        return True
    options = head.get("build") or head.get("_build")
    small = lowered(options) if isinstance(options, Mapping) else {}
    chosen = [small.get(key) for key in ("render", "list")]
    return yes(head.get("headless")) or any(no(one) or one in ("never", "link") for one in chosen)


def lowered(values: Mapping[str, Any]) -> dict[str, Any]:
    return {str(key).lower(): value for key, value in values.items()}


def listed(value: Any) -> tuple[Any, ...]:
    """A list of settings: YAML gives a tuple, TOML and JSON a list. One value is a list of it."""
    return tuple(value) if isinstance(value, list | tuple) else (value,) if value else ()


# ---------------------------------------------------------------- paths


def fits(pattern: str, path: str, *, below: bool = False) -> bool:
    """Whether `*` within names, `**` for any folders and `{a,b}` fit a path; with `below` also one of its folders."""
    names = path.strip("/").split("/")
    return any(_fits(one.strip("/").split("/"), names, below=below) for one in _alternatives(pattern))


def _fits(pattern: Sequence[str], names: Sequence[str], *, below: bool) -> bool:
    def onward(places: set[int]) -> set[int]:
        for place in sorted(places):
            while place < len(pattern) and pattern[place] == "**":  # it may stand for no folder
                place += 1
                places.add(place)
        return places

    reached = onward({0})
    for name in names:
        if below and len(pattern) in reached:
            return True
        stay = {place for place in reached if place < len(pattern) and pattern[place] == "**"}
        step = {place + 1 for place in reached if place < len(pattern) and fnmatch.fnmatchcase(name, pattern[place])}
        reached = onward(stay | step)
    return len(pattern) in reached


def _alternatives(pattern: str) -> list[str]:
    """The patterns for which `{a,b}` stands, at most MOST of them."""
    found = [pattern]
    for _ in range(8):
        if len(found) > MOST or not any("{" in one for one in found):
            break
        found = [made for one in found for made in _opened(one)]
    return found[:MOST]


def _opened(pattern: str) -> Iterator[str]:
    inner = re.search(r"\{([^{}]*)\}", pattern)
    if inner is None:
        yield pattern
        return
    for part in inner[1].split(","):
        yield pattern[: inner.start()] + part.strip() + pattern[inner.end() :]


def is_unseen(name: str) -> bool:
    """Whether a file, or a folder above it, has a name that these systems pass over: a copy or a bin of an editor."""
    return any(part.startswith((".", "#")) or part.endswith("~") for part in name.split("/"))


def is_ignored(expression: str, name: str) -> bool | None:
    """Whether an expression of Hugo's `ignoreFiles` is in a path; None for one that is not read here.

    Expressions of a stranger are not run: their parts are looked for, one behind the other.
    """
    if not _READ.fullmatch(expression):
        return None
    begins, ends = expression.startswith("^"), expression.endswith("$") and not expression.endswith("\\$")
    bare = expression.removeprefix("^")
    parts = re.split(r"(?<!\\)\.\*", bare[:-1] if ends else bare)
    at = 0
    for number, part in enumerate(parts):
        last = ends and number == len(parts) - 1
        made = re.compile(part + (r"\Z" if last else ""))
        found = made.match(name, at) if begins and number == 0 else made.search(name, at)
        if found is None:
            return False
        at = found.end()
    return True


# ---------------------------------------------------------------- Hugo's cascade


def cascaded(settings: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The values that a `cascade` hands down, each with its target, by small keys."""
    for one in listed(settings):
        if isinstance(one, Mapping):
            values = lowered(one)
            target = [values.pop(key, None) for key in ("target", "_target")]
            yield values, lowered(next((given for given in target if isinstance(given, Mapping)), {}))


def is_meant(target: Mapping[str, Any], path: str, language: str) -> bool:
    """Whether a target means a page; what is not known of it narrows nothing."""
    wanted = {"kind": "page", "lang": language, "environment": "production"}
    said = ((str(target[key]).lower(), value) for key, value in wanted.items() if target.get(key) and value)
    if not all(any(fnmatch.fnmatchcase(value, one) for one in _alternatives(pattern)) for pattern, value in said):
        return False
    return not target.get("path") or fits(str(target["path"]).lower(), "-".join(path.lower().split()))


# ---------------------------------------------------------------- heads by settings


def jekyll_head(settings: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Jekyll's defaults for a file: those of the longest path count, then those of a type, then later ones."""
    fitting: list[tuple[int, bool, dict[str, Any]]] = []
    for one in listed(settings.get("defaults")):
        scope, values = (one.get("scope"), one.get("values")) if isinstance(one, Mapping) else (None, None)
        if not isinstance(scope, Mapping) or not isinstance(values, Mapping):
            continue
        path, wanted = str(scope.get("path") or "").strip("/"), scope.get("type")
        of_type = wanted in (None, "posts") or (wanted == "drafts" and "_drafts" in name)
        if of_type and (not path or fits(path, name, below=True)):
            fitting.append((len(path), wanted is not None, lowered(values)))
    found: dict[str, Any] = {}
    for _, _, given in sorted(fitting, key=lambda one: one[:2]):
        found |= given
    return found


def jekyll_leaves(settings: Mapping[str, Any], path: str) -> bool:
    """Whether Jekyll makes no post of a file, whose path is below its source.

    It passes over folders with certain first letters, and over a file or a first folder of posts with such.
    """
    if any(fits(str(one), path, below=True) for one in (*UNREAD, *listed(settings.get("exclude")))):
        return not any(fits(str(one), path, below=True) for one in listed(settings.get("include")))
    parts = path.split("/")
    at = next((place for place, part in enumerate(parts) if part in POSTS), 0)
    own = str(settings.get("collections_dir") or "").strip("/").split("/")
    above = parts[:at][len(own) :] if parts[: len(own)] == own else parts[:at]
    special = [part for part in (*above, *parts[at + 1 :][:1], parts[-1]) if part.startswith(SPECIAL)]
    return any(not any(fits(str(one), part) for one in listed(settings.get("include"))) for part in special)


def pelican_head(settings: Mapping[str, Any], path: str) -> dict[str, Any]:
    """The head that the settings give to a file, whose path is below the content; its own overrides it."""
    found: dict[str, Any] = {"author": settings["AUTHOR"]} if isinstance(settings.get("AUTHOR"), str) else {}
    usual, extra = settings.get("DEFAULT_METADATA"), settings.get("EXTRA_PATH_METADATA")
    if isinstance(usual, Mapping | list | tuple):
        pairs = usual.items() if isinstance(usual, Mapping) else usual
        found |= {str(one[0]).lower(): one[1] for one in pairs if isinstance(one, tuple) and len(one) == 2}
    if names_status(settings):
        found["status"] = "unclear"
    for place, values in sorted(extra.items(), key=lambda one: len(str(one[0]))) if isinstance(extra, Mapping) else ():
        if isinstance(values, Mapping) and f"{path}/".startswith(f"{str(place).rstrip('/')}/".removeprefix("./")):
            found |= lowered(values)
    return found


def names_status(settings: Mapping[str, Any]) -> list[str]:
    """The settings by which Pelican reads the status of an article in its path; expressions are not run here."""
    keys = ("FILENAME_METADATA", "PATH_METADATA")
    return [key for key in keys if settings.get(key) is Ellipsis or "(?P<status>" in str(settings.get(key))]


def pelican_leaves(settings: Mapping[str, Any], path: str) -> bool:
    """Whether Pelican makes no article of a file."""
    folders = [str(one).strip("/") for one in listed(settings.get("ARTICLE_PATHS"))]
    outs = [str(one).strip("/") for one in listed(settings.get("ARTICLE_EXCLUDES"))]
    ignored = [str(one).removeprefix("**/") for one in listed(settings.get("IGNORE_FILES"))]
    is_in = not any(folders) or "" in folders or any(f"{path}/".startswith(f"{one}/") for one in folders)
    is_out = any(path.startswith(f"{one}/") for one in outs if one)
    return not is_in or is_out or any(fnmatch.fnmatchcase(part, one) for one in ignored for part in path.split("/"))
