"""The content folder of Hugo, Jekyll or Pelican as articles, with the addresses that these give by default."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from mujaz.arabic.slugs import slug
from mujaz.errors import reason
from mujaz.importing.html_to_markdown import markdown
from mujaz.importing.writer import Incoming, Lost, inside
from mujaz.markdown_body.limits import MAX_BYTES
from mujaz.messages.message import Message, say
from mujaz.yaml_values.form import loose
from mujaz.yaml_values.loader import load

KINDS = ("hugo", "jekyll", "pelican")
FENCED = re.compile(r"(?P<fence>---|\+\+\+)[ \t]*\n(?P<head>.*?)\n(?P=fence)[ \t]*(?:\n|$)", re.DOTALL)
POST = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})-(?P<slug>.+)")
META = re.compile(r"(?P<key>[A-Za-z_][\w-]*):[ \t]*(?P<value>.*)")


def kind_of(folder: Path) -> str | None:
    """Whose folder it is, by the files that each has."""
    if (folder / "_posts").is_dir() or (folder / "_config.yml").is_file():
        return "jekyll"
    if (folder / "pelicanconf.py").is_file():
        return "pelican"
    names = [f"{stem}.{end}" for stem in ("hugo", "config") for end in ("toml", "yaml", "yml", "json")]
    return "hugo" if any((folder / name).is_file() for name in names) else None


class Left(Exception):
    """A file that is not taken."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


def read(folder: Path, kind: str) -> tuple[list[Incoming], list[Lost]]:
    """The articles, and why each other file of text was left."""
    root = folder if kind == "jekyll" or not (folder / "content").is_dir() else folder / "content"
    found: list[Incoming] = []
    left: list[Lost] = []
    for path in _files(root, kind):
        name = path.relative_to(folder).as_posix()
        try:
            head, body = _parted(_text(path, folder), kind, name)
            story = _story(path.relative_to(root), name, head, body, kind)
        except Left as error:
            left.append((name, error.message))
        except OSError as error:
            left.append((name, reason(error)))
        except ValueError as error:  # of the libraries that read TOML, JSON and dates
            left.append((name, str(error).partition("\n")[0]))
        except RecursionError:
            left.append((name, say("nests-too-deep")))
        else:
            found.append(story)
    left += [(path.relative_to(folder).as_posix(), say("rst-not-read")) for path in root.rglob("*.rst")]
    return found, left


def _files(root: Path, kind: str) -> Iterator[Path]:
    wanted = ("_posts", "_drafts") if kind == "jekyll" else ()
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if path.suffix not in (".md", ".markdown", ".html", ".htm") or not path.is_file() or path.name.startswith("_"):
            continue
        if (wanted and not set(parts) & set(wanted)) or (kind == "pelican" and parts[0] == "pages"):
            continue
        yield path


def _text(path: Path, folder: Path) -> str:
    """Raises Left for a file that is none of the folder's, too large or no UTF-8."""
    if not path.resolve().is_relative_to(folder.resolve()):
        raise Left(say("link-leaves-folder"))
    if path.stat().st_size > MAX_BYTES:
        raise Left(say("import-file-too-large", n=path.stat().st_size, most=MAX_BYTES))
    return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")


def _parted(text: str, kind: str, name: str) -> tuple[dict[str, Any], str]:
    """Front matter by small keys, and the body. Raises Left or ValueError for one that cannot be read."""
    if match := FENCED.match(text):
        if match["fence"] == "+++":
            return _small(tomllib.loads(match["head"])), text[match.end() :]
        values, problems = load(match["head"], path=name)
        if values is None or any(not problem.warning for problem in problems):
            raise Left(problems[0].message)
        return _small(loose(values)), text[match.end() :]
    if kind == "hugo" and text.startswith("{"):
        values, end = json.JSONDecoder().raw_decode(text)
        return _small(values), text[end:]
    head: dict[str, Any] = {}
    lines = text.split("\n")
    end = 0
    while end < len(lines) and (meta := META.fullmatch(lines[end])):
        head[meta["key"].lower()] = meta["value"].strip()
        end += 1
    if not head:
        raise Left(say("import-no-front-matter"))
    return head, "\n".join(lines[end:])


def _small(values: dict[str, Any]) -> dict[str, Any]:
    return {key.lower(): value for key, value in values.items()}


def _list(value: Any, separator: str = ",") -> tuple[str, ...]:
    if isinstance(value, list | tuple):
        return tuple(str(one.get("name", "") if isinstance(one, dict) else one) for one in value)
    return tuple(part.strip() for part in re.split(f"[{separator}،]", str(value))) if value else ()


def _story(path: Path, name: str, head: dict[str, Any], body: str, kind: str) -> Incoming:
    stem = path.parent.name if path.stem == "index" else path.stem
    dated = POST.fullmatch(stem) if kind == "jekyll" else None
    segment = str(head.get("slug") or (dated["slug"] if dated else stem))
    folders = list(path.parent.parts[:-1] if path.stem == "index" else path.parent.parts)
    categories = _list(head.get("categories") or head.get("category"), " " if kind == "jekyll" else ",")
    when = head.get("date") or (dated["date"] if dated else "")
    image = (
        head.get("image")
        or head.get("cover")
        or head.get("featured_image")
        or next(iter(_list(head.get("images"))), "")
    )
    words = image.get("alt", "") if isinstance(image, dict) else ""
    if isinstance(image, dict):
        image = image.get("src") or image.get("image") or image.get("path") or ""
    lost = [say("key-left", key=key) for key in head if key in ("expirydate", "weight", "series")]
    if path.suffix in (".html", ".htm"):
        body, broken = markdown(body)
        lost += broken
    updated = head.get("lastmod") or head.get("modified") or head.get("last_modified_at") or ""
    params = head.get("params") if isinstance(head.get("params"), dict) else {}
    return Incoming(
        origin=name,
        title=str(head.get("title") or ""),
        date=_moment(when),
        updated=_moment(updated),
        body=body,
        sections=(*categories, *(part for part in folders if not part.startswith("_"))),
        tags=_list(head.get("tags"), " " if kind == "jekyll" else ","),
        authors=_list(head.get("authors") or head.get("author") or (params or {}).get("author")),
        summary=str(head.get("summary") or head.get("description") or head.get("excerpt") or ""),
        slug=segment,
        old=tuple(_addresses(kind, head, folders, segment, stem, categories, _moment(when)[:10])),
        image=str(image),
        image_alt=str(words),
        draft=head.get("draft") is True or head.get("published") is False or "_drafts" in path.parts
        or str(head.get("status", "")).lower() in ("draft", "hidden"),
        lost=tuple(lost),
    )  # fmt: skip


def _addresses(
    kind: str, head: dict[str, Any], folders: list[str], segment: str, stem: str, categories: tuple[str, ...], day: str
) -> Iterator[str]:
    """Where the article stood: by its own key, else by the rule that each system has by default."""
    own = head.get("url") or head.get("permalink") or (head.get("save_as") if kind == "pelican" else None)
    if own and ":" not in str(own):
        yield "/" + str(own).lstrip("/")
    elif kind == "hugo":
        yield "/" + "/".join([*(part.lower() for part in folders), segment]) + "/"
    elif kind == "jekyll":
        yield "/" + "/".join([*(c.lower() for c in categories), *day.split("-"), segment]) + ".html"
    else:
        yield f"/{head.get('slug') or slug(str(head.get('title') or stem))}.html"
    for address in (*_list(head.get("aliases")), *_list(head.get("redirect_from"))):
        yield address if address.startswith("/") else "/" + "/".join([*folders, address])


def _moment(value: Any) -> str:
    """ISO, of a date as YAML or TOML gives it or as it is written: `2021-10-18 14:00:00 +0300`."""
    text = value.isoformat() if isinstance(value, date) else str(value or "").strip()
    return re.sub(r"\s+(?=[+-]\d{2}:?\d{2}$)", "", text)


def picture(folder: Path, story: Incoming, src: str) -> Path | None:
    """The file that `src` names: beside the article, below the content, or where each system keeps its files."""
    name = unquote(re.sub(r"^\{(static|filename|attach)\}", "", src).partition("?")[0])
    if re.match(r"[a-z]+:|//", name):
        return None
    beside = (folder / str(story.origin)).parent
    starts = (beside, folder, folder / "static", folder / "assets", folder / "content")
    found = (inside(folder, start / name.lstrip("/")) for start in (starts if not name.startswith("/") else starts[1:]))
    return next(filter(None, found), None)
