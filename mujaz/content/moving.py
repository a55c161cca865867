"""Renames a file or a folder below content/, and keeps every address, id and link.

All checks come before the first write. Then ids and links are written, the files that have a film's name are renamed,
and last one rename moves everything else. If one of these fails, those before it are undone. If the process is killed
in between, nothing is lost: the same command finishes the move.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from mujaz.content.companions import companions
from mujaz.content.named_files import composed, rewritten
from mujaz.content.options import Options
from mujaz.content.reader import kind_of, read
from mujaz.content.rewriting import NoEdit, with_keys
from mujaz.files.whole import read_plain, replace_whole
from mujaz.frozen import Value
from mujaz.messages.errors import UsageError, after_writing
from mujaz.messages.message import say
from mujaz.model.content import Article, Standing, shown_by
from mujaz.model.names import below_content, default_id, file_name_trouble, files_named, meant_by, path_of
from mujaz.model.normal_forms import normalized

Text = Article | Standing


class Move(Value):
    """A planned move. Paths are relative to the site's root, with `/`.

    `files` maps the path of each file that moves to its new path, `beside` those of them that have the name of a film
    that moves. `edits` maps the old path of each file that changes to its bytes before and after; `ids` to the id that
    is written into it, `links` to the number of links rewritten.
    """

    old: str
    new: str
    files: Mapping[str, str]
    beside: Mapping[str, str]
    edits: Mapping[str, tuple[bytes, bytes]]
    ids: Mapping[str, str]
    links: Mapping[str, int]


# ---------------------------------------------------------------- what may be moved, and where to


def destination(root: Path, content: str, old: str, new: str) -> tuple[str, str]:
    """Both paths, normalized. As with `mv`, a `new` that is a folder or ends in `/` is the folder to move into.

    Raises UsageError where `old` is missing, `new` exists, either is not a place for articles, or a system cannot have
    a name of `new`.
    """
    into = new.endswith("/")
    old, new = (posixpath.normpath(normalized("NFC", path)) for path in (_given(root, old), new))
    old = _there(root, old)
    for path in (old, new):
        if not path.startswith(content + "/") or any(part.startswith(".") for part in path.split("/")):
            raise UsageError(say("move-leaves-content", path=path, content=content))
    if not os.path.lexists(root / old):
        raise UsageError(say("move-missing", path=old))
    if into or (root / new).is_dir():
        new = f"{new}/{posixpath.basename(old)}"
    ending, wanted = (posixpath.splitext(path)[1] if not (root / old).is_dir() else "" for path in (old, new))
    if ending != wanted or ((root / old).is_dir() and new.endswith(".md")):
        raise UsageError(say("move-other-kind", path=new, ending=ending or "/"))
    for part in new.split("/"):
        if part not in old.split("/") and (trouble := file_name_trouble(part)):
            raise UsageError(say("move-name-refused", name=part, why=trouble))
    _refuse_place(root, content, old, new)
    return old, new


def _given(root: Path, path: str) -> str:
    return os.path.relpath(path, root).replace(os.sep, "/") if os.path.isabs(path) else path


def _there(root: Path, path: str) -> str:
    """The path as the disk has it: in NFC, or decomposed as macOS and some archives name files."""
    decomposed = normalized("NFD", path)
    return decomposed if not os.path.lexists(root / path) and os.path.lexists(root / decomposed) else path


def _refuse_place(root: Path, content: str, old: str, new: str) -> None:
    is_article = new.endswith(".md") or (root / old / "index.md").is_file()
    stem = new.removesuffix("/index.md").removesuffix(".md")
    same_address = (stem + ".md", stem + "/index.md") if is_article else ()  # both have the same address and id
    above = [path for path in map(str, Path(new).parents) if (root / path).exists() and not (root / path).is_dir()]
    taken = next((path for path in (new, *same_address, *above) if path != old and os.path.lexists(root / path)), None)
    if taken is not None:
        raise UsageError(say("move-taken", path=taken))
    if f"{new}/".startswith(f"{old}/"):
        raise UsageError(say("move-into-itself", path=old))
    base = Path(os.path.realpath(root / content))
    for path in ((root / old).parent, (root / new).parent):
        if (root / old).is_symlink() or not Path(os.path.realpath(path)).is_relative_to(base):
            raise UsageError(say("move-through-link", path=old))


def _refuse_standing(content: str, files: Mapping[str, str]) -> None:
    """Refuse standing pages, authors and tags: the file name is their address, and they have no aliases."""
    for path in (*files, *files.values()):
        if kind_of(path, content) != "article" and path.endswith(".md"):
            raise UsageError(say("move-standing", path=path))


def _refuse_unseen(old: str, unseen: Iterable[str]) -> None:
    """Refuse what could not be looked at: a file would lose the id of its name, and a folder hides what is in it."""
    for path in unseen:
        if f"{path}/".startswith(f"{old}/") or f"{old}/".startswith(f"{path}/"):
            raise UsageError(say("move-mend-first", path=path))


def _refuse_beside(root: Path, beside: Mapping[str, str]) -> None:
    for path, new in beside.items():
        if os.path.lexists(root / new):
            raise UsageError(say("move-taken", path=new))
        if (root / path).is_symlink():
            raise UsageError(say("move-through-link", path=path))


# ---------------------------------------------------------------- what follows


def plan(
    root: Path,
    options: Options,
    old: str,
    new: str,
    texts: Mapping[str, Text | None],
    others: Collection[str],
    wrong: Collection[str],
) -> Move:
    """The plan for moving `old` to `new`, both as `destination` returns them.

    `texts` maps the path of each Markdown file to what was read, None where it could not be read; `others` are the
    other files below content/, and `wrong` what has errors. Raises UsageError where an id or a link cannot be written.
    """
    before = {*texts, *others}
    _refuse_unseen(old, [path for path in wrong if path not in before])
    moving = {path for path in before if path == old or path.startswith(old + "/")}
    beside = companions(old, new, others)
    _refuse_beside(root, beside)
    files = {path: new + path.removeprefix(old) for path in sorted(moving)} | beside
    _refuse_standing(options.content, files)
    known = _files_of(before, files, options.content, texts.values())
    edits: dict[str, tuple[bytes, bytes]] = {}
    ids: dict[str, str] = {}
    links: dict[str, int] = {}
    for path, text in texts.items():
        if text is None:
            if path in files:
                raise UsageError(say("move-mend-first", path=path))
            continue
        identity = _id_to_write(path, text, files, options.content)
        targets = dict(_followed(known, path, text))
        if not identity and not targets:
            continue
        raw = read_plain(root / path)
        try:
            made = _followed_in(raw, known, path, text, targets, options) if targets else raw
            made = with_keys(made, {"id": identity}) if identity else made
        except NoEdit:
            raise UsageError(say("move-mend-first", path=path)) from None
        if targets:
            links[path] = len(targets)
        if identity:
            ids[path] = identity
        edits[path] = (raw, made)
    return Move(old=old, new=new, files=files, beside=beside, edits=edits, ids=ids, links=links)


def _id_to_write(path: str, text: Text, files: Mapping[str, str], content: str) -> str:
    """The id that the story has by its file's name, if the new name would give it another; else empty."""
    if path not in files or not isinstance(text, Article) or text.explicit_id:
        return ""
    return text.id if default_id(below_content(files[path], content)) != text.id else ""


class _Files(Value):
    """All files below content/, before and after the move: path in NFC → path on the disk.

    `ids` are the ids of all articles.
    """

    content: str
    before: Mapping[str, str]
    after: Mapping[str, str]
    files: Mapping[str, str]
    ids: frozenset[str]

    def meant(self, target: str, source: str) -> str | None:
        return self._first(self.before, target, source)

    def meant_after(self, target: str, source: str) -> str | None:
        return self._first(self.after, target, source)

    def _first(self, known: Mapping[str, str], target: str, source: str) -> str | None:
        found = (known.get(composed(path)) for path in meant_by(target, source, self.content))
        return next((path for path in found if path is not None), None)


def _files_of(before: Iterable[str], files: Mapping[str, str], content: str, texts: Iterable[Text | None]) -> _Files:
    paths = sorted(before)
    return _Files(
        content=content,
        before={composed(path): path for path in paths},
        after={composed(files.get(path, path)): files.get(path, path) for path in paths},
        files=files,
        ids=frozenset(text.id for text in texts if isinstance(text, Article)),
    )


def _references(text: Text, known: _Files) -> Iterator[str]:
    """The files that a text refers to, as paths: links, pictures, pins, original of a translation.

    As the build reads them: `#` and `?` end the path of a link alone, and a pin is never percent-encoded.
    """
    links = [unquote(path_of(link.target)) for link in text.links]
    named = [*links, *(unquote(target) for target in shown_by(text))]
    if isinstance(text, Article):
        original = (text.translation_of,) if text.translation_of else ()
        pins = [pin.target for pin in (*text.related, *text.unrelated, *original) if pin.target not in known.ids]
        named += [pin.removeprefix(known.content + "/") for pin in pins]
    yield from (path for path in named if path and not path.startswith("/"))


def _followed(known: _Files, source: str, text: Text) -> Iterator[tuple[str, str]]:
    """(as written, as it must be written) of each target that the move would break."""
    after = known.files.get(source, source)
    for target in _references(text, known):
        meant = known.meant(target, source)
        if meant is None:
            continue
        wanted = known.files.get(meant, meant)
        if known.meant_after(target, after) == wanted:
            continue
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
        starts = [posixpath.dirname(after), known.content]
        if composed(meant) not in files_named(composed(beside)):
            starts.reverse()  # it is written from the content folder on
        forms = [wanted] if target.endswith(".md") or not wanted.endswith(".md") else [_bare(wanted), wanted]
        written = [posixpath.relpath(form, start) for start in starts for form in forms]
        yield target, next((path for path in written if known.meant_after(path, after) == wanted), wanted)


def _bare(path: str) -> str:
    return path.removesuffix(".md").removesuffix("/index")


# ---------------------------------------------------------------- writing


def _followed_in(
    raw: bytes, known: _Files, source: str, text: Text, targets: Mapping[str, str], options: Options
) -> bytes:
    """The bytes with each of `targets` replaced.

    Raises NoEdit where the front matter cannot be edited, UsageError where a target is not found in the text.
    """
    made = rewritten(raw, targets.get, options.content)
    if not _names_the_same(known, source, text, made, options):
        raise UsageError(say("move-link-stays", path=source))
    return made


def _names_the_same(known: _Files, source: str, text: Text, made: bytes, options: Options) -> bool:
    """Whether the file, read at its new path, refers to the same files as before."""
    after = known.files.get(source, source)
    reading = read(after, made, options)
    again = reading.article or reading.standing
    names = [known.meant(target, source) for target in _references(text, known)]
    wanted = [known.files.get(name, name) if name else None for name in names]
    found = [known.meant_after(target, after) for target in _references(again, known)] if again else []
    return [one for one in wanted if one] == [one for one, was in zip(found, wanted, strict=False) if was]


def carry_out(root: Path, move: Move) -> None:
    """Write the edits, then rename. Raises OSError, and UsageError where the new path has been taken meanwhile.

    What was done until then is undone: a rename onto another disk can never be done, and no link may lead there.
    """
    done: list[Callable[[], object]] = []  # what undoes each step
    try:
        for path, (before, after) in move.edits.items():
            replace_whole(root / path, after, before)
            done.append(partial(replace_whole, root / path, before, after))
        (root / move.new).parent.mkdir(parents=True, exist_ok=True)
        for old, new in (*move.beside.items(), (move.old, move.new)):
            if os.path.lexists(root / new):
                raise UsageError(say("move-taken", path=new))
            os.rename(root / old, root / new)
            done.append(partial(os.rename, root / new, root / old))
    except BaseException:
        with after_writing():  # where that fails too, the same command finishes the move later
            for step in reversed(done):
                step()
        raise
