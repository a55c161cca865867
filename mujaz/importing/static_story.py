"""One article of Hugo, Jekyll or Pelican: what its front matter, its place and its site say of it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from mujaz.frozen import replace
from mujaz.importing import kept_back, people, permalinks
from mujaz.importing.foreign_front_matter import in_zone, moment, said, texts
from mujaz.importing.hugo_rules import leaves_out_html, with_dates, with_name
from mujaz.importing.incoming import MOST_TOLD, Incoming
from mujaz.importing.kept_parts import has_unseen
from mujaz.importing.languages import Languages
from mujaz.importing.templates import without_comments
from mujaz.messages.message import Message, say

POST = re.compile(r"(?P<date>\d{4}-\d{1,2}-\d{1,2})-(?P<slug>.+)")
HTML = (".html", ".htm")
ZONES = {"hugo": "timezone", "pelican": "TIMEZONE"}  # the setting of the zone of times that name none
DATES = ("date", "publishdate", "expirydate", "lastmod", "modified")
# The lead picture, as Hugo's and Jekyll's themes name it; `header` is of Minimal Mistakes.
LEAD_KEYS = "image cover featured_image featuredimage feature_image header banner thumbnail".split()
LEAD_PLACES = ("src", "image", "path", "url", "overlay_image", "teaser")
LEAD_CREDITS = ("credit", "attribution", "photographer")
SUMMARIES = ("summary", "description", "excerpt")  # the first that is there is the summary
# Keys that are imported, or that hold nothing a reader would miss.
TAKEN = frozenset(
    "_build aliases build date draft expirydate headless lang language last_modified_at lastmod layout modified params"
    " permalink publishdate published redirect_from ref save_as slug status title translation translationkey type url"
    "".split()
)
# Keys whose words are imported where there is room for them: an article has one summary, one series, one picture.
ROOMS = frozenset(("author", "authors", "categories", "category", "images", "series", "tags", *SUMMARIES, *LEAD_KEYS))


class File(NamedTuple):
    """`path` is below the root that it lies in, `name` below the folder of the site; `language` is that of the root.

    `handed` is what Hugo's sections hand down, the outermost first; `writers` are names by their keys.
    """

    path: Path
    name: str
    head: dict[str, Any]
    settings: Mapping[str, Any]
    language: str
    handed: Sequence[Handed]
    writers: Mapping[str, str]


class Handed(NamedTuple):
    """Values that a section hands down to the pages below its folder."""

    folders: tuple[str, ...]
    language: str
    values: Mapping[str, Any]
    target: Mapping[str, Any]


def story_of(file: File, body: str, kind: str, languages: Languages) -> Incoming:
    """The article of a file, with this body in Markdown or HTML."""
    path, name, settings, head = file.path, file.name, file.settings, {**_given(file, kind, languages), **file.head}
    bare, language = _language(file, head, kind, languages)
    head = people.named(head, file.writers, language, kind)
    bundle = kind == "hugo" and bare == "index"
    stem = path.parent.name if bundle else bare
    head = with_dates(with_name(head, settings, stem), settings) if kind == "hugo" else head
    head |= {key: in_zone(moment(head[key]), settings.get(ZONES.get(kind, ""))) for key in DATES if head.get(key)}
    dated = POST.fullmatch(stem) if kind == "jekyll" or not head.get("date") else None
    folders = tuple(
        part for part in (path.parent.parts[:-1] if bundle else path.parent.parts) if not part.startswith("_")
    )
    blank = " " if kind == "jekyll" else ",،"
    categories = texts(head.get("categories"), blank) or _category(head.get("category"), kind)
    when = _padded(moment(head.get("date") or head.get("publishdate") or (dated["date"] if dated else "")))
    params = head.get("params") if isinstance(head.get("params"), dict) else {}
    by = head.get("authors") or head.get("author") or (params or {}).get("author")
    authors = _pelican_names(by) if kind == "pelican" else texts(by)
    named = permalinks.Named(
        folders=folders,
        stem=dated["slug"] if dated and kind == "jekyll" else stem,
        slug=str(head.get("slug") or ""),
        title=said(head.get("title")),
        categories=(*_above(path, settings), *categories) if kind == "jekyll" else categories or folders[-1:],
        moment=when,
        author=authors[0] if authors else "",
        language=language,
    )
    image, words = _image(head)
    own = tuple(_addresses(kind, head, named, settings, languages))
    story = Incoming(
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
        tags=_pelican_names(head.get("tags")) if kind == "pelican" else texts(head.get("tags"), blank),
        authors=authors,
        series=_one(head.get("series")),
        language=languages.written(language) if kind == "hugo" else language,
        work=_work(named, head, kind),
        summary=next((said(head[key]) for key in SUMMARIES if head.get(key)), ""),
        slug=named.slug or named.stem,
        old=(*own, *_older_addresses(kind, head, next(iter(own), ""))),
        names=(f"/{name}", *([f"/{(Path(name).parent / bare).as_posix()}{path.suffix}"] if bare != path.stem else ())),
        image=image,
        image_alt=words.get("alt", ""),
        image_caption=words.get("caption", ""),
        image_credit=words.get("credit", ""),
        draft=_draft(file, head, kind, body) if language not in languages.off else say("import-language-off"),
    )
    return replace(story, lost=tuple(_lost(head, story)))


def _above(path: Path, settings: Mapping[str, Any]) -> tuple[str, ...]:
    """The folders that Jekyll takes for categories: those above that of its posts, in its folder of collections."""
    parts, own = path.parent.parts, Path(str(settings.get("collections_dir") or "").strip("/")).parts
    parts = parts[len(own) :] if parts[: len(own)] == own else parts
    return parts[: next((place for place, part in enumerate(parts) if part in kept_back.POSTS), 0)]


def _category(value: Any, kind: str) -> tuple[str, ...]:
    """The names in `category`; Jekyll takes the whole text for one."""
    return texts(value, "\n" if kind == "jekyll" else ",،")


def _pelican_names(value: Any) -> tuple[str, ...]:
    """Pelican parts names by semicolons where there is one, so that a comma may stand in a name."""
    return texts(value, ";" if ";" in str(value) else ",،")


def _given(file: File, kind: str, languages: Languages) -> dict[str, Any]:
    """What the settings or the sections of a site put into the head of a file, which its own head overrides."""
    if kind == "pelican":
        return kept_back.pelican_head(file.settings, file.path.as_posix())
    if kind == "jekyll":
        return kept_back.jekyll_head(file.settings, file.path.as_posix())
    bare, language = _language(file, {}, kind, languages)
    folders = file.path.parent.parts
    page = "/".join(folders if bare == "index" else (*folders, bare))
    found: dict[str, Any] = {}
    for one in file.handed:
        is_below = folders[: len(one.folders)] == one.folders and one.language in ("", language)
        if is_below and kept_back.is_meant(one.target, page, language):
            found |= one.values
    return found


def _padded(day: str) -> str:
    """A day like `2021-1-9` with two digits for month and day, any other date as it is."""
    is_day = re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", day)
    return "-".join(part.zfill(2) for part in day.split("-")) if is_day else day


def _draft(file: File, head: Mapping[str, Any], kind: str, body: str) -> Message | None:
    """Why nobody read it, or a part of it, on its site; None where all could."""
    folders = file.path.parent.parts
    if kind == "jekyll" and "_posts" in folders and not POST.fullmatch(file.path.stem):
        return say("import-was-hidden")  # a name without a date makes no post
    shown = body if kind == "pelican" else without_comments(body, kind)
    if why := kept_back.draft(head, kind, folders) or (say("import-part-hidden") if has_unseen(shown) else None):
        return why
    is_markdown = kind == "hugo" and file.path.suffix.lower() not in HTML
    return say("import-html-off") if is_markdown and leaves_out_html(file.settings, shown) else None


def _language(file: File, head: Mapping[str, Any], kind: str, languages: Languages) -> tuple[str, str]:
    """The file's name without its ending and its language, and the language; "" where none is said."""
    stem = file.path.stem
    if kind != "hugo":
        return stem, str(head.get("lang") or "").strip()
    bare, said = languages.parted(stem)
    return bare, said or file.language or languages.default


def _work(named: permalinks.Named, head: Mapping[str, Any], kind: str) -> str:
    """What the versions of an article in several languages share: a key or the path, Pelican's slug, Jekyll's `ref`."""
    if kind == "hugo":
        return str(head.get("translationkey") or "/".join((*named.folders, named.stem)))
    if kind == "pelican":
        return named.slug or permalinks.pelican_slug(named.title)
    return str(head.get("ref") or "")


def _lost(head: Mapping[str, Any], story: Incoming) -> Iterator[Message]:
    """A message for each key that cannot be imported, or whose words are not all in the story; with its values."""
    names = (*story.authors, *story.tags, *story.categories, story.series)
    lead = (story.image, story.image_alt, story.image_caption, story.image_credit)
    here = {word for text in (story.title, story.summary, *names, *lead) for word in text.split()}
    params = head.get("params")
    inner = params.items() if isinstance(params, dict) else ()
    for path, value in (*_values(head), *((f"params.{key}", value) for key, value in inner)):
        room = path.partition(".")[0] in ROOMS or path == "params.author"
        if room and all(word in here for text in texts(value, ",،;") for word in text.split()):
            continue
        if path not in TAKEN and value not in (None, "", [], False):
            held = ", ".join(texts(value)) if not isinstance(value, dict) else ""
            yield say("import-key", key=path, value=held[:MOST_TOLD]) if held else say("key-left", key=path)


def _values(head: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The values by their keys; those of ROOMS one by one."""
    for key, value in head.items():
        parts = value if isinstance(value, list | tuple) and key in ROOMS else [value]
        for part in parts:
            inner = part.items() if isinstance(part, dict) and key in ROOMS else ()
            yield from ((f"{key}.{name}", one) for name, one in inner) if inner else [(key, part)]


def _one(value: Any) -> str:
    names = texts(value, "\n")
    return names[0] if names else ""


def _image(head: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    given = (head[key] for key in LEAD_KEYS if head.get(key) not in (None, "", True, False))
    image = next(given, "") or next(iter(texts(head.get("images"))), "")
    if not isinstance(image, dict):
        return str(image), {}
    alt = image.get("alt") or image.get("image_description")
    credit = next((said(image[key]) for key in LEAD_CREDITS if image.get(key)), "")
    words = {"alt": said(alt), "caption": said(image.get("caption")), "credit": credit}
    return str(next((image[key] for key in LEAD_PLACES if image.get(key)), "")), words


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
