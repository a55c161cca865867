"""The content folder of Hugo, Jekyll or Pelican as articles, with the addresses that these had."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mujaz.importing import permalinks
from mujaz.importing.heads import Left, moment, parted, texts, yaml
from mujaz.importing.incoming import Archive, Incoming, Lost
from mujaz.markdown_body.limits import MAX_BYTES
from mujaz.messages.errors import reason
from mujaz.messages.message import Message, say

KINDS = ("hugo", "jekyll", "pelican")
POST = re.compile(r"(?P<date>\d{4}-\d{1,2}-\d{1,2})-(?P<slug>.+)")
ENDINGS = (".md", ".markdown", ".html", ".htm")
HUGO_FILES = tuple(f"{stem}.{end}" for stem in ("hugo", "config") for end in ("toml", "yaml", "yml", "json"))
HOMES = {"hugo": "baseurl", "jekyll": "url", "pelican": "SITEURL"}
# Keys that have a place here, or that say nothing which a reader would miss.
TAKEN = frozenset(
    "aliases author authors categories category cover date description draft excerpt expirydate featured_image image"
    " images lang language last_modified_at lastmod layout modified params permalink publishdate published"
    " redirect_from save_as series slug status summary tags title type url".split()
)


def kind_of(folder: Path) -> str | None:
    """Whose folder it is, by the files that each has."""
    if (folder / "_posts").is_dir() or (folder / "_config.yml").is_file():
        return "jekyll"
    if (folder / "pelicanconf.py").is_file():
        return "pelican"
    return "hugo" if next(_hugo_settings(folder), None) else None


def read(folder: Path, kind: str) -> Archive:
    """The articles, and why each other file of text was left."""
    root = folder if kind == "jekyll" or not (folder / "content").is_dir() else folder / "content"
    left: list[Lost] = []
    settings = _settings(folder, kind, left)
    found: list[Incoming] = []
    for path in _files(root, kind):
        name = path.relative_to(folder).as_posix()
        try:
            head, body = parted(_text(path, folder), kind, name)
            found.append(_story(path.relative_to(root), name, head, body, kind, settings))
        except Left as error:
            left.append(Lost(origin=name, message=error.message))
        except OSError as error:
            left.append(Lost(origin=name, message=reason(error)))
        except ValueError as error:  # of the libraries that read TOML, JSON and dates
            left.append(Lost(origin=name, message=str(error).partition("\n")[0]))
        except RecursionError:
            left.append(Lost(origin=name, message=say("nests-too-deep")))
    left += [
        Lost(origin=path.relative_to(folder).as_posix(), message=say("rst-not-read"))
        for path in sorted(root.rglob("*.rst"))
    ]
    home = settings.get(HOMES[kind])
    return Archive(kind=kind, stories=tuple(found), hosts=(str(home),) if home else (), left=tuple(left))


def _files(root: Path, kind: str) -> Iterator[Path]:
    wanted = ("_posts", "_drafts") if kind == "jekyll" else ()
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if path.suffix not in ENDINGS or not path.is_file() or path.name.startswith("_"):
            continue
        if (wanted and not set(parts) & set(wanted)) or (kind == "pelican" and parts[0] == "pages"):
            continue
        if kind == "jekyll" and "_site" in parts:
            continue
        yield path


def _text(path: Path, folder: Path) -> str:
    """Raises Left for a file that is none of the folder's, too large or no UTF-8."""
    if not path.resolve().is_relative_to(folder.resolve()):
        raise Left(say("link-leaves-folder"))
    if path.stat().st_size > MAX_BYTES:
        raise Left(say("import-file-too-large", n=path.stat().st_size, most=MAX_BYTES))
    return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")


# ---------------------------------------------------------------- settings


def _hugo_settings(folder: Path) -> Iterator[Path]:
    """The files of its settings; those of `config/_default` may be one for each part."""
    yield from (folder / name for name in HUGO_FILES if (folder / name).is_file())
    default = folder / "config" / "_default"
    names = (*HUGO_FILES, *(f"permalinks.{end}" for end in ("toml", "yaml", "yml", "json")))
    yield from (default / name for name in names if (default / name).is_file())


def _settings(folder: Path, kind: str, left: list[Lost]) -> dict[str, Any]:
    """What the site's settings say, by small keys but for Pelican's; what cannot be read is told and left out."""
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
            found |= {"permalinks": values} if path.stem == "permalinks" else values
        except Left as error:
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
    """The names that stand for a plain value; nothing is run."""
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


def _story(path: Path, name: str, head: dict[str, Any], body: str, kind: str, settings: Mapping[str, Any]) -> Incoming:
    head = {**_defaults(settings, name), **head} if kind == "jekyll" else head
    bundle = kind == "hugo" and path.stem == "index"
    stem = path.parent.name if bundle else path.stem
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
        language=str(head.get("lang") or settings.get("DEFAULT_LANG") or ""),
    )
    image, words = _image(head)
    return Incoming(
        origin=name,
        key=f"{kind} {name}",
        title=named.title,
        date=when,
        updated=moment(head.get("lastmod") or head.get("modified") or head.get("last_modified_at")),
        expires=moment(head.get("expirydate")),
        hold=moment(head.get("publishdate")),
        body=body,
        html=path.suffix in (".html", ".htm"),
        template=kind,
        sections=(*categories, *folders),
        categories=categories,
        tags=texts(head.get("tags"), blank),
        authors=authors,
        series=_one(head.get("series")),
        summary=str(head.get("summary") or head.get("description") or head.get("excerpt") or ""),
        slug=named.slug or named.stem,
        old=tuple(_addresses(kind, head, named, settings)),
        names=(f"/{name}",),
        image=image,
        image_alt=words.get("alt", ""),
        image_caption=words.get("caption", ""),
        draft=_draft(head, path),
        lost=tuple(_lost(head)),
    )


def _lost(head: Mapping[str, Any]) -> Iterator[Message]:
    """Keys that have no place here; of a taxonomy with what it held."""
    for key, value in head.items():
        if key not in TAKEN and value not in (None, "", [], False):
            held = ", ".join(texts(value)) if not isinstance(value, dict) else ""
            yield say("import-key", key=key, value=held[:100]) if held else say("key-left", key=key)


def _one(value: Any) -> str:
    names = texts(value, "\n")
    return names[0] if names else ""


def _image(head: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    image = (
        head.get("image")
        or head.get("cover")
        or head.get("featured_image")
        or next(iter(texts(head.get("images"))), "")
    )
    if not isinstance(image, dict):
        return str(image), {}
    words = {key: str(image[key]) for key in ("alt", "caption") if image.get(key)}
    return str(image.get("src") or image.get("image") or image.get("path") or ""), words


def _draft(head: Mapping[str, Any], path: Path) -> Message | None:
    status = str(head.get("status", "")).lower()
    if status == "hidden":
        return say("import-was-hidden")
    draft = head.get("draft") is True or str(head.get("draft", "")).lower() == "true"
    unpublished = head.get("published") is False or "_drafts" in path.parts
    return say("import-was-draft") if draft or unpublished or status == "draft" else None


def _defaults(settings: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Jekyll's front matter defaults for a file, the later ones over the earlier."""
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
    kind: str, head: Mapping[str, Any], named: permalinks.Named, settings: Mapping[str, Any]
) -> Iterator[str]:
    """Where the article stood: by its own key, else by the rule of its site; then its older addresses."""
    own = str(head.get("url") or head.get("permalink") or (head.get("save_as") if kind == "pelican" else "") or "")
    if kind == "jekyll":
        yield permalinks.jekyll(named, settings, own)
    elif own and ":" not in own:
        yield "/" + own.lstrip("/")
    elif kind == "hugo":
        yield permalinks.hugo(named, settings)
    else:
        yield from permalinks.pelican(named, settings)
    for address in (*texts(head.get("aliases")), *texts(head.get("redirect_from"))):
        yield address if address.startswith("/") else "/" + "/".join([*named.folders, address])
