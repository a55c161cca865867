"""Articles of another system written as bundles of this one: never over a file, with what could not be mapped told."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit
from zoneinfo import ZoneInfo

from mujaz.arabic.slugs import address_key, slug
from mujaz.arabic.typography import clean_metadata
from mujaz.frozen import Value
from mujaz.importing.html_to_markdown import without
from mujaz.markdown_body.limits import MAX_BYTES
from mujaz.messages.message import Message, say
from mujaz.model import urls
from mujaz.model.names import PICTURES, default_id, site_path, site_path_trouble, slug_trouble
from mujaz.model.settings import Config

# Bounded, so that a thousand openers without an end cost no more than their thousand.
IMAGE = re.compile(
    r"!\[(?P<alt>[^\]]{0,1000})\]\(\s{0,9}<?(?P<src>[^)\s>]{1,2000})>?"
    r"(?:\s{1,9}(?P<title>\"[^\"]{0,1000}\"|'[^']{0,1000}'))?\s{0,9}\)"
)
LINK = re.compile(
    r"(?<!!)\[(?P<text>[^\]]{0,1000})\]\(\s{0,9}<?(?P<href>[^)\s>]{1,2000})>?"
    r"(?P<title>\s{1,9}\"[^\"]{0,1000}\")?\s{0,9}\)"
)
ALONE = re.compile(r"^(https?://[^\s<>]{1,2000})$", re.MULTILINE)  # what WordPress embeds and Hugo links
MORE = re.compile(r"<!--\s{0,9}more\s{0,9}-->")
REF = re.compile(
    r"\{\{[<%]\s{0,9}(?:rel)?ref\s{1,9}[\"`](?P<file>[^\"`]{1,500})[\"`]\s{0,9}[>%]\}\}"
)  # Hugo's link by file
FIGURE = re.compile(r"\{\{[<%]\s{0,9}figure\s(?P<rest>[^{}]{1,2000}?)/?[>%]\}\}")
ATTRIBUTE = re.compile(r"(?P<key>src|alt|caption|title|attr)\s{0,9}=\s{0,9}\"(?P<value>[^\"]{0,1000})\"")
TEMPLATE = re.compile(r"\{\{|\{%")  # of Hugo, of Jekyll
TEMPLATE_END = {"{{": re.compile(r"\}\}"), "{%": re.compile(r"%\}")}


Lost = tuple[str | Message, str | Message]  # of what, and what could not be brought along or why


class Incoming(Value):
    """An article as the other system had it; `body` is Markdown. Texts are as found."""

    origin: str | Message  # where it stands there
    title: str
    date: str
    body: str
    updated: str = ""
    sections: tuple[str, ...] = ()  # names that may be a section, the likeliest first
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    summary: str = ""
    slug: str = ""
    old: tuple[str, ...] = ()  # paths or addresses there
    image: str = ""
    image_alt: str = ""
    source: tuple[str, str] | None = None  # name, address
    draft: bool = False
    lost: tuple[str | Message, ...] = ()  # what its reader could not map


class Place(Value):
    """Where an article goes, and by which name."""

    title: str
    moment: datetime
    section: str
    segment: str

    @property
    def name(self) -> str:
        """Its folder below the content."""
        return f"{self.moment:%Y/%m}/{self.segment}"


@dataclass(kw_only=True)
class Desk:
    """Writes what comes in below the site's content folder. `find` gives the file of a picture, if it is there."""

    root: Path
    config: Config
    taken: set[str]  # ids
    find: Callable[[Incoming, str], Path | None]
    mapped: dict[str, str] = field(default_factory=dict)  # their section → ours
    section: str | None = None  # for all others
    drafts: bool = False
    dry: bool = False
    written: list[str] = field(default_factory=list)
    skipped: list[Lost] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)

    def take(self, stories: Iterable[Incoming]) -> None:
        placed = [(story, self._place(story)) for story in stories]
        known = {
            path: place.name for story, place in placed if place for path in (*self._old(story), f"/{story.origin}")
        }
        for story, place in placed:
            if place:
                self._write(story, place, known)

    def _place(self, story: Incoming) -> Place | None:
        """Where it goes; None, and told, where it cannot be said."""
        if len(story.body) > MAX_BYTES:
            self.skipped.append((story.origin, say("import-too-long", n=len(story.body), most=MAX_BYTES)))
            return None
        title = " ".join(clean_metadata(story.title).split())
        moment = self._moment(story.date)
        section = self._section(story)
        segment = unquote(story.slug)
        if not segment or slug_trouble(segment):
            segment = slug(title)
        if title and moment and section and segment and not slug_trouble(segment):
            return Place(title=title, moment=moment, section=section, segment=segment)
        if not title:
            why = say("import-no-title")
        elif moment is None:
            why = say("import-no-date", date=story.date)
        elif section is None:
            named = ", ".join(story.sections)
            why = (
                say("import-unknown-section", section=named, option=f"--map '{named}=KEY'")
                if named
                else say("import-no-section")
            )
        else:
            why = say("import-no-address")
        self.skipped.append((story.origin, why))
        return None

    def _write(self, story: Incoming, place: Place, known: dict[str, str]) -> None:
        folder = self.root / self.config.content / place.name
        path = f"{self.config.content}/{place.name}/index.md"
        if folder.exists() or folder.with_name(folder.name + ".md").exists() or path in self.written:
            self.skipped.append((story.origin, say("import-exists", folder=self.config.content, name=place.name)))
            return
        if not folder.resolve().is_relative_to(self.root.resolve()):
            self.skipped.append((story.origin, say("import-leaves-site", folder=self.config.content, name=place.name)))
            return
        body, pictures, lost = self._body(story, place, known)
        self.lost += [(story.origin, one) for one in (*story.lost, *lost)]
        head = self._head(story, place, pictures)
        self.written.append(path)
        if self.dry:
            return
        folder.mkdir(parents=True)
        for target, source in pictures.items():
            shutil.copyfile(source, folder / target)
        text = f"---\n{head}---\n\n{body}\n"
        (folder / "index.md").write_bytes(text.encode("utf-8", "replace"))  # JSON may hold half a letter

    def _head(self, story: Incoming, place: Place, pictures: dict[str, Path]) -> str:
        new = address_key(urls.article(place.moment.date(), place.segment).strip("/"))
        id = default_id(place.name)
        while id in self.taken:
            id = default_id(id)
        self.taken.add(id)
        updated = self._moment(story.updated) if story.updated else None
        fields: dict[str, object] = {
            "title": place.title,
            "date": place.moment.isoformat(sep=" ", timespec="seconds"),
            "updated": updated.isoformat(sep=" ", timespec="seconds") if updated and updated > place.moment else None,
            "section": place.section,
            "id": id,
            "slug": place.segment,
            "tags": _texts(story.tags),
            "authors": _texts(story.authors),
            "summary": " ".join(clean_metadata(story.summary).split()),
            "sources": [{"name": story.source[0], "url": story.source[1]}] if story.source else None,
            "image": self._image(story, place.title, pictures),
            "aliases": [path for path in self._old(story) if address_key(path.strip("/")) != new],
            "draft": True if story.draft or self.drafts else None,
        }
        # JSON is YAML; a date and a key stand bare.
        bare = ("date", "updated", "section")
        lines = [
            f"{key}: {value if key in bare else json.dumps(value, ensure_ascii=False)}"
            for key, value in fields.items()
            if value
        ]
        return "\n".join(lines) + "\n"

    def _image(self, story: Incoming, title: str, pictures: dict[str, Path]) -> dict[str, str] | None:
        if not story.image:
            return None
        name = self._picture(story, story.image, pictures)
        if name is None:
            self.lost.append((story.origin, say("lead-picture-missing", picture=story.image)))
            return None
        return {"src": name, "alt": clean_metadata(story.image_alt) or title}

    def _picture(self, story: Incoming, src: str, pictures: dict[str, Path]) -> str | None:
        """The name beside the article of a picture that is found."""
        found = self.find(story, src)
        if found is None or found.suffix.lower().removeprefix(".") not in PICTURES:
            return None
        name = found.name
        while name in pictures and pictures[name] != found:
            name = f"x-{name}"
        pictures[name] = found
        return name

    def _body(self, story: Incoming, place: Place, known: dict[str, str]) -> tuple[str, dict[str, Path], list[Message]]:
        """The text, the pictures to be copied by their names, and what was lost."""
        pictures: dict[str, Path] = {}
        lost: list[Message] = []

        def template(found: str) -> str:
            lost.append(say("shortcode-left", text=" ".join(found[:999].split())[:60]))
            return ""

        def image(match: re.Match[str]) -> str:
            name = self._picture(story, match["src"], pictures)
            if name is not None:
                caption = f" {match['title']}" if match["title"] else ""
                return f"![{match['alt'] or place.title}]({quote(name)}{caption})"
            lost.append(say("picture-missing", picture=match["src"][:80]))
            web = match["src"].startswith(("http://", "https://"))
            return f"[{match['alt'] or place.title}]({match['src']})" if web else ""

        def link(match: re.Match[str]) -> str:
            href = match["href"]
            path = _path(href)
            name = known.get(path) or (_by_file(path, known) if path.endswith(".md") else None)
            if name is not None:  # by its file, which it may follow wherever it goes
                return f"[{match['text']}]({quote(name)}/index.md)"
            if href.startswith(("http://", "https://", "mailto:", "tel:", "#")):
                return match[0]
            lost.append(say("link-not-imported", target=href[:80]))
            return match["text"]

        text = MORE.sub("", FIGURE.sub(_figure, REF.sub(lambda ref: _file_of(ref["file"]), clean_body(story.body))))
        text = ALONE.sub(r"<\1>", without(text, TEMPLATE, TEMPLATE_END, template))
        return LINK.sub(link, IMAGE.sub(image, text)).strip(), pictures, lost

    def _old(self, story: Incoming) -> list[str]:
        """The old paths that an alias can be."""
        found = []
        for address in story.old:
            path = _path(address)
            if path in ("", "/") and "?" in address:
                continue  # /?p=12: a static site answers paths only
            if path and not site_path_trouble(path) and path not in found:
                found.append(path)
        return found

    def _section(self, story: Incoming) -> str | None:
        ours = {address_key(name): one.key for one in self.config.sections for name in (one.key, one.name)}
        for name in story.sections:
            key = self.mapped.get(address_key(name)) or ours.get(address_key(name))
            if key:
                return key
        return self.section

    def _moment(self, text: str) -> datetime | None:
        try:
            moment = datetime.fromisoformat(text.strip())
            zone = ZoneInfo(self.config.timezone)
            return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
        except (ValueError, OverflowError):  # the last day of the year 9999 is in no calendar farther east
            return None


def inside(folder: Path, path: Path) -> Path | None:
    """The file at `path`, where it is one and lies in `folder`, links followed."""
    try:
        real = path.resolve()
        return real if real.is_file() and real.is_relative_to(folder.resolve()) else None
    except (OSError, ValueError, RuntimeError):  # a name too long, or with a zero in it; links in a ring
        return None


def clean_body(text: str) -> str:
    """Without control characters, which no article may hold."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text.replace("\r\n", "\n").replace("\r", "\n"))


def _file_of(ref: str) -> str:
    """The file that Hugo's ref means, as a link would name it; it may go without its ending."""
    file, _, _ = ref.partition("#")
    return quote(file if file.endswith(".md") else f"{file.rstrip('/')}.md")


def _by_file(path: str, known: Mapping[str, str]) -> str | None:
    """Where the article went of which a link names the file, whole or by its end, if there is one such file."""
    end = re.sub(r"^(\.{0,2}/)+", "/", path)
    ends = (end, end.removesuffix(".md") + "/index.md")
    found = {name for old, name in known.items() if old.endswith(ends)}
    return found.pop() if len(found) == 1 else None


def _figure(match: re.Match[str]) -> str:
    """Hugo's figure as a picture with its caption."""
    words = {one["key"]: one["value"] for one in ATTRIBUTE.finditer(match["rest"])}
    if "src" not in words:
        return match[0]
    caption = " | ".join(filter(None, (words.get("caption") or words.get("title"), words.get("attr"))))
    title = f' "{caption}"' if caption else ""
    return f"\n\n![{words.get('alt', '')}]({quote(words['src'], safe='/:%')}{title})\n\n"


def _path(address: str) -> str:
    try:
        return site_path(urlsplit(address).path)
    except ValueError:  # http://[x is no address, and not all percent signs are UTF-8
        return ""


def _texts(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text for name in names if (text := " ".join(clean_metadata(name).split()))))
