"""The content folder of Hugo, Jekyll or Pelican as articles, with their old addresses."""

from __future__ import annotations

import ast
import json
import os
import posixpath
import re
import tomllib
from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import Any, NamedTuple

from mujaz.importing import permalinks
from mujaz.importing.foreign_front_matter import NotTaken, moment, split, texts, yaml
from mujaz.importing.incoming import Archive, Incoming, Lost
from mujaz.importing.languages import Languages
from mujaz.markdown_body.limits import MAX_BYTES
from mujaz.messages.errors import reason
from mujaz.messages.message import Message, say
from mujaz.model.names import LANGUAGE

KINDS = ("hugo", "jekyll", "pelican")
POST = re.compile(r"(?P<date>\d{4}-\d{1,2}-\d{1,2})-(?P<slug>.+)")
HTML = (".html", ".htm")
ENDINGS = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mkdown", *HTML)  # of what is read, in any letters
# Of texts in other markup, which these systems read and this program does not.
OTHERS = (".rst", ".rest", ".adoc", ".asciidoc", ".ad", ".org", ".pandoc", ".pdc", ".textile", ".rmd")
HUGO_FILES = tuple(f"{stem}.{end}" for stem in ("hugo", "config") for end in ("toml", "yaml", "yml", "json"))
PARTS = ("permalinks", "languages")  # of its settings, which may have files of their own
# The lead picture, as Hugo's and Jekyll's themes name it; `header` is of Minimal Mistakes.
LEAD_KEYS = "image cover featured_image featuredimage feature_image header banner thumbnail".split()
HOMES = {"hugo": "baseurl", "jekyll": "url", "pelican": "SITEURL"}
# Keys that are imported, or that hold nothing a reader would miss.
TAKEN = frozenset(
    "_build aliases author authors build categories category date description draft excerpt expirydate"
    " headless images lang language last_modified_at lastmod layout modified params permalink"
    " publishdate published redirect_from ref save_as series slug status summary tags title translation translationkey"
    " type url".split()
) | frozenset(LEAD_KEYS)


def kind_of(folder: Path) -> str | None:
    """The system of the folder, by its files: hugo, jekyll or pelican; None for any other."""
    if (folder / "_posts").is_dir() or (folder / "_config.yml").is_file():
        return "jekyll"
    if (folder / "pelicanconf.py").is_file():
        return "pelican"
    return "hugo" if next(_hugo_settings(folder), None) else None


def read(folder: Path, kind: str) -> Archive:
    """The articles, and why each other file of text was left."""
    left: list[Lost] = []
    settings = _settings(folder, kind, left)
    languages = Languages.of(settings if kind == "hugo" else {})
    found: list[Incoming] = []
    roots = _roots(folder, kind, settings, languages)
    for path, root, language in _files(folder, roots, kind, left):
        name = path.relative_to(folder).as_posix()
        try:
            head, body = split(_text(path, folder), kind, name)
            file = _File(path=path.relative_to(root), name=name, head=head, settings=settings, language=language)
            found.append(_story(file, body, kind, languages))
        except NotTaken as error:
            left.append(Lost(origin=name, message=error.message))
        except OSError as error:
            left.append(Lost(origin=name, message=reason(error)))
        except ValueError as error:  # from the parsers of TOML, JSON and dates
            left.append(Lost(origin=name, message=str(error).partition("\n")[0]))
        except RecursionError:
            left.append(Lost(origin=name, message=say("nests-too-deep")))
    home = settings.get(HOMES[kind])
    return Archive(kind=kind, stories=tuple(found), hosts=(str(home),) if home else (), left=tuple(left))


def _roots(folder: Path, kind: str, settings: Mapping[str, Any], languages: Languages) -> dict[Path, str]:
    """Where the articles lie, and in which language; "" where they say it, or none is said."""
    if kind == "hugo":
        return dict(languages.folders(folder, settings))
    content = folder / "content"
    return {content if kind == "pelican" and content.is_dir() else folder: ""}


def _files(folder: Path, roots: Mapping[Path, str], kind: str, left: list[Lost]) -> Iterator[tuple[Path, Path, str]]:
    """The files of articles, each with the innermost of the roots that it lies in, and the language of that."""
    wanted = ("_posts", "_drafts") if kind == "jekyll" else ()
    inner = sorted(roots, key=lambda root: -len(root.parts))
    paths = {path for root in roots for path in root.rglob("*") if _may_be_text(path)}
    bundles = {path.parent for path in paths if _is_index(path)} - roots.keys() if kind == "hugo" else set()
    for path in sorted(paths):
        root = next(root for root in inner if path.is_relative_to(root))
        parts = path.relative_to(root).parts
        if path.name.startswith("_") and not path.is_dir():
            continue
        if (wanted and not set(parts) & set(wanted)) or (kind == "pelican" and parts[0] == "pages"):
            continue
        if kind == "jekyll" and "_site" in parts:
            continue
        if why := _not_read(path, bundles):
            left.append(Lost(origin=path.relative_to(folder).as_posix(), message=why))
        else:
            yield path, root, roots[root]


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


def _text(path: Path, folder: Path) -> str:
    """The text of a file. Raises NotTaken where it is outside the folder, too large or not UTF-8."""
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        raise NotTaken(say("link-leaves-folder"))
    if path.stat().st_size > MAX_BYTES:
        raise NotTaken(say("import-file-too-large", n=path.stat().st_size, most=MAX_BYTES))
    return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")


# ---------------------------------------------------------------- settings


def _hugo_settings(folder: Path) -> Iterator[Path]:
    """The files of Hugo's settings; in `config/_default` each part may have its own."""
    yield from (folder / name for name in HUGO_FILES if (folder / name).is_file())
    default = folder / "config" / "_default"
    names = (*HUGO_FILES, *(f"{part}.{end}" for part in PARTS for end in ("toml", "yaml", "yml", "json")))
    yield from (default / name for name in names if (default / name).is_file())


def _settings(folder: Path, kind: str, left: list[Lost]) -> dict[str, Any]:
    """The site's settings, with keys in lower case except for Pelican. Files that cannot be read go to `left`."""
    files = {
        "hugo": _hugo_settings(folder),
        "jekyll": iter((folder / "_config.yml",)),
        "pelican": iter((folder / "pelicanconf.py",)),
    }
    found: dict[str, Any] = {}
    for path in files[kind]:
        if not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        try:
            text = _text(path, folder)
            values = _python(text) if kind == "pelican" else _values(text, path.suffix, name)
            found |= {path.stem: values} if path.stem in PARTS else values
        except NotTaken as error:
            left.append(Lost(origin=name, message=error.message))
        except (OSError, ValueError, RecursionError) as error:
            left.append(Lost(origin=name, message=str(error).partition("\n")[0] or say("nests-too-deep")))
    return found


def _values(text: str, ending: str, name: str) -> dict[str, Any]:
    if ending == ".toml":
        values: Any = tomllib.loads(text)
    elif ending == ".json":
        values = json.loads(text)
    else:
        return yaml(text, name)
    return {str(key).lower(): value for key, value in values.items()} if isinstance(values, dict) else {}


def _python(text: str) -> dict[str, Any]:
    """The names that are assigned a literal in Python source; nothing is executed."""
    found: dict[str, Any] = {}
    try:
        tree = ast.parse(text)
    except (SyntaxError, MemoryError) as error:
        raise ValueError(str(error)) from None
    for step in tree.body:
        if isinstance(step, ast.Assign) and isinstance(step.value, ast.Constant):
            found |= {target.id: step.value.value for target in step.targets if isinstance(target, ast.Name)}
    return found


# ---------------------------------------------------------------- one article


class _File(NamedTuple):
    """`path` is below the root that it lies in, `name` below the folder of the site; `language` is that of the root."""

    path: Path
    name: str
    head: dict[str, Any]
    settings: Mapping[str, Any]
    language: str


def _story(file: _File, body: str, kind: str, languages: Languages) -> Incoming:
    path, name, settings = file.path, file.name, file.settings
    head = {**_defaults(settings, name), **file.head} if kind == "jekyll" else file.head
    bare, language = _language(file, head, kind, languages)
    bundle = kind == "hugo" and bare == "index"
    stem = path.parent.name if bundle else bare
    dated = POST.fullmatch(stem) if kind == "jekyll" or not head.get("date") else None
    folders = tuple(
        part for part in (path.parent.parts[:-1] if bundle else path.parent.parts) if not part.startswith("_")
    )
    blank = " " if kind == "jekyll" else ",،"
    categories = texts(head.get("categories") or head.get("category"), blank)
    when = moment(head.get("date") or head.get("publishdate") or (dated["date"] if dated else ""))
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", when):
        when = "-".join(part.zfill(2) for part in when.split("-"))
    params = head.get("params") if isinstance(head.get("params"), dict) else {}
    people = head.get("authors") or head.get("author") or (params or {}).get("author")
    authors = texts(people, ";" if ";" in str(people) and kind == "pelican" else ",،")
    named = permalinks.Named(
        folders=folders,
        stem=dated["slug"] if dated and kind == "jekyll" else stem,
        slug=str(head.get("slug") or ""),
        title=str(head.get("title") or ""),
        categories=(*folders, *categories) if kind == "jekyll" else categories or folders[-1:],
        moment=when,
        author=authors[0] if authors else "",
        language=language,
    )
    image, words = _image(head)
    own = tuple(_addresses(kind, head, named, settings, languages))
    return Incoming(
        origin=name,
        key=f"{kind} {name}",
        title=named.title,
        date=when,
        updated=moment(head.get("lastmod") or head.get("modified") or head.get("last_modified_at")),
        expires=moment(head.get("expirydate")),
        hold=moment(head.get("publishdate")),
        body=body,
        html=path.suffix.lower() in HTML,
        template=kind,
        sections=(*categories, *folders),
        categories=categories,
        tags=texts(head.get("tags"), blank),
        authors=authors,
        series=_one(head.get("series")),
        language=languages.written(language) if kind == "hugo" else language,
        work=_work(named, head, kind),
        summary=str(head.get("summary") or head.get("description") or head.get("excerpt") or ""),
        slug=named.slug or named.stem,
        old=(*own, *_older_addresses(kind, head, next(iter(own), ""))),
        names=(f"/{name}", *([f"/{(Path(name).parent / bare).as_posix()}{path.suffix}"] if bare != path.stem else ())),
        image=image,
        image_alt=words.get("alt", ""),
        image_caption=words.get("caption", ""),
        draft=say("import-language-off") if language in languages.off else _draft(head, path),
        lost=tuple(_lost(head)),
    )


def _language(file: _File, head: Mapping[str, Any], kind: str, languages: Languages) -> tuple[str, str]:
    """The file's name without its ending and its language, and the language; "" where none is said."""
    stem = file.path.stem
    if kind != "hugo":
        said = str(head.get("lang") or "")
        return stem, said if LANGUAGE.fullmatch(said) else ""
    bare, said = languages.parted(stem)
    return bare, said or file.language or languages.default


def _work(named: permalinks.Named, head: Mapping[str, Any], kind: str) -> str:
    """What the versions of an article in several languages share: a key or the path, Pelican's slug, Jekyll's `ref`."""
    if kind == "hugo":
        return str(head.get("translationkey") or "/".join((*named.folders, named.stem)))
    if kind == "pelican":
        return named.slug or permalinks.pelican_slug(named.title)
    return str(head.get("ref") or "")


def _lost(head: Mapping[str, Any]) -> Iterator[Message]:
    """A message for each key that cannot be imported; for a taxonomy with its values."""
    params = head.get("params")
    inner = params.items() if isinstance(params, dict) else ()
    for key, value in (*head.items(), *((f"params.{key}", value) for key, value in inner if key != "author")):
        if key not in TAKEN and value not in (None, "", [], False):
            held = ", ".join(texts(value)) if not isinstance(value, dict) else ""
            yield say("import-key", key=key, value=held[:100]) if held else say("key-left", key=key)


def _one(value: Any) -> str:
    names = texts(value, "\n")
    return names[0] if names else ""


def _image(head: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    given = (head[key] for key in LEAD_KEYS if head.get(key) not in (None, "", True, False))
    image = next(given, "") or next(iter(texts(head.get("images"))), "")
    if not isinstance(image, dict):
        return str(image), {}
    alt = image.get("alt") or image.get("image_description")
    words = {"alt": str(alt or ""), "caption": str(image.get("caption") or "")}
    places = ("src", "image", "path", "url", "overlay_image", "teaser")
    return str(next((image[key] for key in places if image.get(key)), "")), words


def _draft(head: Mapping[str, Any], path: Path) -> Message | None:
    status = str(head.get("status", "")).lower()
    if status == "hidden" or _is_hidden(head):
        return say("import-was-hidden")
    draft = head.get("draft") is True or str(head.get("draft", "")).lower() == "true"
    unpublished = head.get("published") is False or "_drafts" in path.parts
    return say("import-was-draft") if draft or unpublished or status == "draft" else None


def _is_hidden(head: Mapping[str, Any]) -> bool:
    """Whether Hugo made no page of it, or put that into no list."""
    options = head.get("build") or head.get("_build")
    chosen = [options.get(key) for key in ("render", "list")] if isinstance(options, dict) else []
    return head.get("headless") is True or any(one is False or one in ("never", "link") for one in chosen)


def _defaults(settings: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Jekyll's front matter defaults for a file; later ones override earlier ones."""
    found: dict[str, Any] = {}
    defaults = settings.get("defaults")
    for one in defaults if isinstance(defaults, list) else ():
        scope = one.get("scope") if isinstance(one, dict) else None
        values = one.get("values") if isinstance(one, dict) else None
        if not isinstance(scope, dict) or not isinstance(values, dict):
            continue
        path = str(scope.get("path") or "").strip("/")
        wanted = scope.get("type")
        of_type = wanted in (None, "posts") or (wanted == "drafts" and "_drafts" in name)
        if of_type and (not path or name == path or name.startswith(f"{path}/")):
            found |= {str(key).lower(): value for key, value in values.items()}
    return found


def _addresses(
    kind: str, head: Mapping[str, Any], named: permalinks.Named, settings: Mapping[str, Any], languages: Languages
) -> Iterator[str]:
    """The addresses of an article: by its own key, else by the rule of its site."""
    own = str(head.get("url") or head.get("permalink") or (head.get("save_as") if kind == "pelican" else "") or "")
    prefix = languages.prefix(named.language) if kind == "hugo" else ""
    if kind == "jekyll":
        yield permalinks.jekyll(named, settings, own)
    elif own and ":" not in own:
        yield own if own.startswith("/") else f"{prefix}/{own}"
    elif kind == "hugo":
        yield prefix + permalinks.hugo(named, {**settings, **languages.known.get(named.language, {})})
    else:
        yield from permalinks.pelican(named, settings)


def _older_addresses(kind: str, head: Mapping[str, Any], page: str) -> Iterator[str]:
    """The addresses that led to `page` before: to Hugo one without `/` is relative to the folder in which it lies."""
    folder = page.rstrip("/").rpartition("/")[0] if kind == "hugo" else ""
    for address in (*texts(head.get("aliases")), *texts(head.get("redirect_from"))):
        if address.startswith("/") or "://" in address:
            yield address
        else:
            yield posixpath.normpath(f"{folder}/{address}") + ("/" if address.endswith("/") else "")
