"""The text of one article during the import: its links, its files, and the notes about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from mujaz.importing import html, markdown_text, shapes, templates
from mujaz.importing.addresses import Book
from mujaz.importing.html import clean
from mujaz.importing.incoming import Incoming
from mujaz.importing.lost_words import unasked
from mujaz.importing.media import PELICAN, Find, name_for, written_in
from mujaz.importing.notes import Notes
from mujaz.importing.to_markdown import Converter
from mujaz.markdown_body.embeds import without_cookies
from mujaz.markdown_body.references import MAX_REFERENCES
from mujaz.messages.message import Message, say
from mujaz.model.names import PICTURES, POSTERS, ending_of_address
from mujaz.site.links import DOCUMENTS

WEB = ("http://", "https://")


@dataclass(kw_only=True)
class Bundle:
    """Answers a converter's questions. `files` maps names beside the article to the files that are copied there, `read`
    is the body without template tags, when its Markdown is made.
    """

    story: Incoming
    title: str
    book: Book
    find: Find
    iframes: tuple[str, ...]
    files: dict[str, Path | bytes] = field(default_factory=dict)
    notes: Notes = field(default_factory=Notes)
    read: str = ""
    asked: set[str] = field(default_factory=set)  # the links of its HTML that were brought in or told

    def text(self) -> str:
        """The body as Markdown, with marks of notes in it."""
        converter = Converter(self, title=self.title, lines=self.story.lines)
        body = clean(self.story.body)  # before it holds marks
        if self.story.template:
            body = templates.resolved(body, self.story.template, self._unplaced if self.story.html else self.note)
        self.read = body
        if not self.story.html:
            return markdown_text.rewritten(body, self, converter, system=self.story.template)
        root, whole = html.parse(body)
        shapes.plain_shapes(root)
        mark = "" if whole else self.note(say("html-broken"))
        return mark + converter.convert(root)

    def unasked(self, told: Sequence[Message]) -> Iterator[Message]:
        """Messages about the links that stood in its HTML and in what is plain text here, and about the files beside it
        that nothing named. None is about what is in `told`.
        """
        linked = (self.find(self.story, href) for href in self.asked)  # each was brought in or told
        named = {*self.files.values(), *(found for found in linked if found)}
        for name in self.story.files:
            if self.find(self.story, quote(f"/{name}")) not in named:
                yield say("import-enclosed", kind=say("the-file"), address=name[-200:])
        written = (self.read if self.story.html else "", self.story.summary, self.story.image_caption)
        yield from unasked("\n".join(written), self.asked, told)

    # ------------------------------------------------------------ answers

    def note(self, message: Message) -> str:
        return self.notes.mark(message)

    def _unplaced(self, message: Message) -> str:
        """Add a note without a place: within HTML its mark might be inside a tag."""
        self.note(message)
        return ""

    def frame(self, src: str) -> bool:
        try:
            parts = urlsplit(without_cookies(src))  # the address that the build will use
        except ValueError:
            return False
        return parts.scheme == "https" and parts.netloc.lower() in self.iframes

    def picture(self, src: str) -> str | None:
        if src.startswith("data:"):
            held = written_in(src)
            return self._beside(f"picture.{held[0]}", held[1]) if held and self._has_room() else None
        return self._found(src, PICTURES)

    def file(self, src: str) -> str | None:
        return self._found(src, DOCUMENTS)

    def beside(self, src: str, recording: str, tail: str) -> bool:
        """Put a poster or captions under the name by which a player takes them along."""
        found = self.find(self.story, src)
        ending = found.suffix.lower().removeprefix(".") if found else ""
        if found is None or ending not in (*POSTERS, "vtt") or not self._has_room():
            return False
        name = f"{recording.rpartition('.')[0]}{tail}.{ending}"
        same = next((other for other in self.files if other.casefold() == name.casefold()), name)
        return self.files.setdefault(same, found) == found

    def _found(self, src: str, endings: frozenset[str]) -> str | None:
        found = self.find(self.story, src)
        if found is None or found.suffix.lower().removeprefix(".") not in endings or not self._has_room():
            return None
        return self._beside(found.name, found)

    def _has_room(self) -> bool:
        """Whether a build would take an article with one file more."""
        return len(self.files) < MAX_REFERENCES

    def _beside(self, written: str, content: Path | bytes) -> str:
        same = next((name for name, other in self.files.items() if other == content), None)
        if same is None:
            same = name_for(written, self.files)
            self.files[same] = content
        return same

    def link(self, href: str) -> tuple[str | None, str]:
        """The new target of a link, or None where it becomes text; and the mark of a note, if any."""
        self.asked.add(href)
        href = PELICAN.sub("", clean(href).strip())
        if href.startswith("#"):
            return None, self.note(say("link-not-imported", target=href[:200]))
        if href.startswith(("mailto:", "tel:")):
            return href, ""
        base = self.story.old[0] if self.story.old else "/"
        if name := self.book.article(href, base, self.story.language):
            return f"{name}/index.md", ""  # by its file, which it may follow wherever it goes
        ending = ending_of_address(href)
        if ending in DOCUMENTS and (name := self.file(href)):
            return name, ""
        href = f"https:{href}" if href.startswith("//") else href
        if href.startswith(WEB):
            is_left_there = ending in DOCUMENTS | PICTURES and self.book.is_within(href)
            return href, self.note(say("file-not-here", file=href[:200])) if is_left_there else ""
        return None, self.note(say("link-not-imported", target=href[:200]))
