"""The content folder of Hugo, Jekyll or Pelican as articles, with their old addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path
from typing import Any

from mujaz.frozen import replace
from mujaz.importing import kept_back, people
from mujaz.importing.addresses import below as below_home
from mujaz.importing.addresses import path_of
from mujaz.importing.foreign_front_matter import NotTaken, split
from mujaz.importing.hugo_rules import is_mounted, mounted
from mujaz.importing.incoming import Archive, Incoming, Lost
from mujaz.importing.languages import Languages, below
from mujaz.importing.site_settings import JEKYLL_FILES, hugo_settings, read_settings, text_at, why
from mujaz.importing.static_story import HTML, File, Handed, story_of
from mujaz.messages.message import Message, say

KINDS = ("hugo", "jekyll", "pelican")
ENDINGS = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mkdown", *HTML)  # of what is read, in any letters
# Of texts in other markup, which these systems read and this program does not.
OTHERS = (".rst", ".rest", ".adoc", ".asciidoc", ".ad", ".org", ".pandoc", ".pdc", ".textile", ".rmd")
HOMES = {"hugo": ("baseurl",), "jekyll": ("url", "baseurl"), "pelican": ("SITEURL",)}


def kind_of(folder: Path) -> str | None:
    """The system of the folder, by its files: hugo, jekyll or pelican; None for any other."""
    if (folder / "_posts").is_dir() or any((folder / name).is_file() for name in JEKYLL_FILES):
        return "jekyll"
    if (folder / "pelicanconf.py").is_file():
        return "pelican"
    return "hugo" if next(hugo_settings(folder), None) else None


def read(folder: Path, kind: str) -> Archive:
    """The articles, and why each other file of text was left."""
    left: list[Lost] = []
    settings = read_settings(folder, kind, left)
    home = "/".join(str(settings[key]).strip("/") for key in HOMES[kind] if settings.get(key))
    inner = path_of(home if "//" in home else f"/{home}").rstrip("/")
    languages = Languages.of(settings if kind == "hugo" else {})
    found: list[Incoming] = []
    roots = _roots(folder, kind, settings, languages)
    left += _collections(folder, roots, settings) if kind == "jekyll" else ()
    writers = people.read(folder, kind, settings, roots, languages, left)
    handed = tuple(_handed(folder, roots, settings, languages, left)) if kind == "hugo" else ()
    for path, root, language in _files(folder, roots, kind, settings, left):
        name = path.relative_to(folder).as_posix()
        try:
            head, body = split(text_at(path, folder), kind, name)
            file = File(path.relative_to(root), name, head, settings, language, handed, writers)
            is_bundle = kind == "hugo" and _is_index(path) and path.parent != root
            beside = _beside(path, folder) if is_bundle else ()
            story = story_of(file, body, kind, languages)
            found.append(replace(story, old=below_home(story.old, inner), files=tuple(beside)))
        except (NotTaken, OSError, ValueError, RecursionError) as error:
            left.append(Lost(origin=name, message=why(error)))
    return Archive(kind=kind, stories=tuple(found), hosts=(home,) if home else (), left=tuple(left))


def _roots(folder: Path, kind: str, settings: Mapping[str, Any], languages: Languages) -> dict[Path, str]:
    """Where the articles lie, and in which language; "" where they say it, or none is said."""
    if kind == "hugo":
        of_mounts = {path: str(one.get("lang") or "").lower() for path, one in mounted(folder, settings).items()}
        return of_mounts or dict(languages.folders(folder, settings))
    named = below(folder, settings.get("PATH" if kind == "pelican" else "source"))
    content = folder / "content"
    return {named or (content if kind == "pelican" and content.is_dir() else folder): ""}


def _files(
    folder: Path, roots: Mapping[Path, str], kind: str, settings: Mapping[str, Any], left: list[Lost]
) -> Iterator[tuple[Path, Path, str]]:
    """The files of articles, each with the innermost of the roots that it lies in, and the language of that."""
    wanted = kept_back.POSTS if kind == "jekyll" else ()
    paths = {path for root in roots for path in root.rglob("*") if _may_be_text(path)}
    bundles = {path.parent for path in paths if _is_index(path)} - roots.keys() if kind == "hugo" else set()
    mounts = mounted(folder, settings) if kind == "hugo" else {}
    for path in sorted(paths):
        root = _innermost(roots, path)
        parts = path.relative_to(root).parts
        if path.name.startswith("_") and not path.is_dir():
            continue
        if (wanted and not set(parts) & set(wanted)) or (kind == "pelican" and parts[0] == "pages"):
            continue
        if kind == "jekyll" and "_site" in parts:
            continue
        name = path.relative_to(folder).as_posix()
        told = _not_read(path, bundles)
        if told is None and _leaves(kind, settings, name, "/".join(parts), mounts.get(root, {})):
            told = say("import-left-out-there")
        if told:
            left.append(Lost(origin=name, message=told))
        else:
            yield path, root, roots[root]


def _collections(folder: Path, roots: Iterable[Path], settings: Mapping[str, Any]) -> Iterator[Lost]:
    """How many texts the collections have of which Jekyll made pages, but for that of its posts."""
    given = settings.get("collections")
    for name, options in given.items() if isinstance(given, Mapping) else ():
        small = kept_back.lowered(options) if isinstance(options, Mapping) else {}
        inner = [below(root, f"{settings.get('collections_dir') or '.'}/_{name}") for root in roots]
        count = sum(_may_be_text(path) for one in inner if one for path in one.rglob("*"))
        if count and name != "posts" and kept_back.yes(small.get("output")):
            yield Lost(origin=f"_{name}", message=say("import-of-kind", kind=str(name), n=count))


def _innermost(roots: Iterable[Path], path: Path) -> Path:
    """The root that a path lies in, the deepest of several."""
    return max((root for root in roots if path.is_relative_to(root)), key=lambda root: len(root.parts))


def _leaves(kind: str, settings: Mapping[str, Any], name: str, inner: str, mount: Mapping[str, Any]) -> bool:
    """Whether the site made no page of a file: `name` is below its folder, `inner` below that of its content."""
    if kept_back.is_unseen(inner):
        return True
    if kind == "hugo":
        ignored = kept_back.listed(settings.get("ignorefiles"))
        return not is_mounted(mount, inner) or any(kept_back.is_ignored(str(one), f"/{name}") for one in ignored)
    if kind == "jekyll":
        return kept_back.jekyll_leaves(settings, inner)
    return kept_back.pelican_leaves(settings, inner)


def _may_be_text(path: Path) -> bool:
    """Whether it is a file of text, or a link to a folder, in which texts may lie."""
    if path.is_symlink() and path.is_dir():
        return True
    return path.suffix.lower() in (*ENDINGS, *OTHERS) and path.is_file()


def _not_read(path: Path, bundles: Set[Path]) -> Message | None:
    """Why a file that lies where articles lie is left; None where it is read."""
    if path.is_dir():
        return say("link-to-folder")
    if not bundles.isdisjoint(path.parent.parents if _is_index(path) else path.parents):
        return say("import-in-bundle")
    return say("markup-not-read", ending=path.suffix) if path.suffix.lower() in OTHERS else None


def _is_index(path: Path) -> bool:
    """Whether it is the article of a bundle of Hugo, in any language; the other texts of a bundle are none."""
    return path.name.partition(".")[0] == "index"


def _beside(path: Path, folder: Path) -> Iterator[str]:
    """The files of a bundle but for its texts: Hugo's themes make galleries and lists of them without their names."""
    for one in sorted(path.parent.rglob("*")):
        inner = one.relative_to(path.parent).as_posix()
        if one.is_file() and not _may_be_text(one) and not kept_back.is_unseen(inner):
            yield one.relative_to(folder).as_posix()


def _handed(
    folder: Path, roots: Mapping[Path, str], settings: Mapping[str, Any], languages: Languages, left: list[Lost]
) -> Iterator[Handed]:
    """What the settings and the sections hand down to their pages, the outermost first."""
    for values, target in kept_back.cascaded(settings.get("cascade")):
        yield Handed((), "", values, target)
    paths = {path for root in roots for path in root.rglob("_index.*") if path.suffix.lower() in ENDINGS}
    for path in sorted(paths, key=lambda path: (len(path.parts), path)):
        root = _innermost(roots, path)
        name = path.relative_to(folder).as_posix()
        try:
            head, _ = split(text_at(path, folder), "hugo", name) if path.is_file() else ({}, "")
        except (NotTaken, OSError, ValueError, RecursionError) as error:
            left.append(Lost(origin=name, message=why(error)))
            continue
        language = languages.parted(path.stem)[1] or roots[root]
        for values, target in kept_back.cascaded(head.get("cascade")):
            yield Handed(path.relative_to(root).parent.parts, language, values, target)
