"""The files of layouts: where each lies, what it says, and which others it names.

Two folders lie over each other file by file: the site's own and the one shipped with Mujaz. A file of the site's may
still extend or include the shipped one of its name: `shipped/article.html`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import jinja2

from mujaz.layouts.references import References, references_of
from mujaz.messages.errors import Problem, SiteError
from mujaz.messages.message import Message, say
from mujaz.model.fingerprint import file_digest

_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
SHIPPED = "shipped/"  # before the name of a file that comes with Mujaz, whatever lies over it


class Sources:
    """`files` by name; `own` are the names of those that the site brings. `folder` is what messages call its layouts.

    `references` are what texts name, by their digest; what is found is added.
    """

    def __init__(
        self,
        files: Mapping[str, Path],
        own: frozenset[str],
        folder: str,
        references: dict[str, References] | None = None,
    ) -> None:
        self.files, self.own, self.folder = files, own, folder
        self._found = {} if references is None else references
        self._reads: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._texts: dict[str, str] = {}  # what is compiled must be what was digested, be it changed meanwhile

    @classmethod
    def below(cls, own: Path, shipped: Path, folder: str, references: dict[str, References] | None = None) -> Sources:
        """The files of `own` over those of `shipped`. Raises SiteError for one that cannot be taken."""
        files, ours = dict(tree(own)), dict(tree(shipped))
        named = {SHIPPED + name: path for name, path in ours.items() if name.endswith((".html", ".txt"))}
        return cls({**ours, **named, **files}, frozenset(files), folder, references)

    def close(self, name: str, seen: dict[str, str]) -> None:
        """Add to `seen` the digest of the file, and of all that it names and they name."""
        if name in seen:
            return
        if name not in self._reads:
            self._reads[name] = self._read(name)
        seen[name], others = self._reads[name]
        for other in others:
            self.close(other, seen)

    def _read(self, name: str) -> tuple[str, tuple[str, ...]]:
        """Digest of the file, and the other files that it names. Parsed once: closures share most of their files."""
        source = self.text(name)
        if name in self.own and "/" not in name and not source.strip():
            raise SiteError([self.problem(name, 0, say("layout-empty"))])
        mark = file_digest(source.encode())
        try:
            if mark not in self._found:
                self._found[mark] = references_of(name, source)
            others, used = self._found[mark]
        except jinja2.TemplateSyntaxError as error:
            raise SiteError([self.problem(name, error.lineno, jinja_words(error.message or ""))]) from error
        named = tuple(other for other in others if other is not None)
        for other in named:
            if other not in self.files:
                line = source[: source.find(other)].count("\n") + 1
                raise SiteError([self.problem(name, line, say("no-layout", name=other))])
        if len(named) < len(others):
            raise SiteError([self.problem(name, 0, say("layout-name-not-constant"))])
        return mark, (*named, *used)

    def text(self, name: str) -> str:
        """The text of a layout, as it was when it was asked for first.

        Raises SiteError where it is missing, not UTF-8, or has a control character.
        """
        if name in self._texts:
            return self._texts[name]
        if name not in self.files:
            raise SiteError([self.problem(name, 0, say("no-layout", name=name))])
        try:
            text = self.files[name].read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise SiteError([self.problem(name, line, say("layout-not-utf8"))]) from error
        if found := _CONTROLS.search(text):  # no browser shows what stands there, and feeds leave it out
            line = text[: found.start()].count("\n") + 1
            said = say("invisible-character", kind=say("kind-control"), code=f"{ord(found[0]):04X}")
            raise SiteError([self.problem(name, line, said)])
        self._texts[name] = text
        return text

    def problem(self, name: str, line: int, message: Message) -> Problem:
        return Problem(path=f"{self.folder}/{name}", line=line, message=message, help=say("about-layouts"))


def tree(root: Path) -> Iterator[tuple[str, Path]]:
    """Every file below `root` by its relative name, in one order everywhere; hidden files are left out.

    Raises SiteError for a link to a folder, and for anything else that is not a file.
    """
    if root.is_dir():
        for path in sorted(root.rglob("*")):
            name = path.relative_to(root).as_posix()
            if any(part.startswith(".") for part in name.split("/") if not _well_known(part)):
                continue
            if trouble := _trouble(path, root):
                shown = name.encode(errors="surrogateescape").decode(errors="replace")
                help = say("put-folder-here" if trouble.id == "link-to-folder" else "put-file-here")
                raise SiteError([Problem(path=f"{root.name}/{shown}", message=trouble, help=help)])
            if not path.is_dir():
                yield name, path


def jinja_words(text: str) -> Message:
    """What Jinja says of a layout, as a message of ours."""
    text = text[:1].lower() + text[1:].rstrip(".").replace("\n", " ")
    return say("layout-mistake", why=text) if text else say("does-not-parse")


def _trouble(path: Path, root: Path) -> Message | None:
    """Why what lies in the layouts is refused, if it is. A link to a folder would not be followed."""
    if os.fsencode(path.name) != path.name.encode(errors="replace"):  # the folders were looked at before
        return say("name-not-utf8")
    if path.is_symlink():
        if path.is_dir():
            return say("link-to-folder")
        if not path.exists():
            return say("link-leads-nowhere")
        if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
            return say("link-leaves-layouts")
    return None if path.is_file() or path.is_dir() else say("no-regular-file")


def _well_known(part: str) -> bool:
    return part == ".well-known"
