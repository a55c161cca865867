"""Every file below content/ by its path, and a problem for each that is refused. Reads only what changed."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from mujaz.files.stamps import Stamp, changed_meanwhile, input_stamp
from mujaz.frozen import Value
from mujaz.markdown_body.limits import MAX_BYTES
from mujaz.messages.errors import Problem, reason
from mujaz.messages.message import say
from mujaz.model.content import Source
from mujaz.model.fingerprint import file_digest

LARGEST_FILE = 200_000_000  # bytes of a picture or document


class Found(Value):
    """All files below content/: Markdown, and the others. Paths are relative to the site's root."""

    articles: tuple[Source, ...]
    others: Mapping[str, Stamp]
    problems: tuple[Problem, ...]


def scan(root: Path, content: str, known: Mapping[str, tuple[Stamp, str]]) -> Found:
    """Stat everything below `root/content`; read and digest Markdown files whose stamp is not the `known` one.

    `known` maps a path to its last stamp and digest. Raises OSError (EBUSY) for a file that changes while it is read.
    """
    problems: list[Problem] = []
    base = Path(os.path.realpath(root / content))
    articles: list[Source] = []
    others: dict[str, Stamp] = {}
    folders = [content]
    while folders:
        folder = folders.pop()
        try:
            entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
        except OSError as error:
            missing = isinstance(error, FileNotFoundError)
            text = say("no-such-folder") if missing else say("folder-unreadable", why=reason(error))
            help = say("articles-stand-there") if missing else say("give-right-to-read")
            problems.append(Problem(path=_plain(folder), message=text, help=help))
            continue
        for entry in entries:
            path = f"{folder}/{entry.name}"
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
                continue
            trouble = _trouble(entry, path, base)
            if trouble:
                problems.append(trouble)
            elif _nearly_an_article(entry.name):
                text = say("not-read-by-its-name", name=entry.name)
                problems.append(Problem(path=path, message=text, help=say("rename"), warning=True))
            elif entry.name.endswith(".md"):
                try:
                    articles.append(_source(root, entry, path, known))
                except OSError as error:
                    if error.errno == errno.EBUSY:
                        raise
                    problems.append(_unreadable(path, error))
            else:
                others[path] = input_stamp(entry.stat())
    articles.sort(key=lambda source: source.path)
    return Found(articles=tuple(articles), others=others, problems=tuple(problems))


def digest_of(root: Path, path: str, mark: Stamp, known: Mapping[str, tuple[Stamp, str]]) -> str:
    """Digest of a file, read only where its stamp is not the `known` one. Raises OSError where it cannot be read."""
    held = known.get(path)
    return held[1] if held is not None and held[0] == mark else file_digest(_bytes(root, path, mark))


def _source(root: Path, entry: os.DirEntry[str], path: str, known: Mapping[str, tuple[Stamp, str]]) -> Source:
    mark = input_stamp(entry.stat())
    return Source(path=path, stamp=mark, digest=digest_of(root, path, mark, known))


def _bytes(root: Path, path: str, mark: Stamp) -> bytes:
    """The bytes of the very file that `mark` was taken of: another file, or a link, may have replaced it since.

    Whoever reads the file later compares it with this digest.
    """
    with open(os.open(root / path, os.O_RDONLY | os.O_NONBLOCK), "rb", buffering=0) as file:  # a pipe must not block
        if input_stamp(os.fstat(file.fileno())) != mark:
            raise changed_meanwhile(path)
        return file.readall()


def _nearly_an_article(name: str) -> bool:
    """Whether other programs use such a name for a Markdown file."""
    low = name.lower()
    return low.endswith((".md.txt", ".markdown", ".mdown", ".mkd")) or (
        low.endswith(".md") and not name.endswith(".md")
    )


def _plain(path: str) -> str:
    """The path; in letters of ASCII where it is not UTF-8, so that it can be told."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return ascii(path)
    return path


def _unreadable(path: str, error: OSError) -> Problem:
    return Problem(path=path, message=say("file-unreadable", why=reason(error)), help=say("give-right-to-read"))


def _trouble(entry: os.DirEntry[str], path: str, base: Path) -> Problem | None:
    """Why the file is refused; None if it is not."""
    if _plain(path) != path:
        return Problem(path=_plain(path), message=say("name-not-utf8"), help=say("rename"))
    try:
        status = entry.stat()
    except OSError as error:
        if not entry.is_symlink():  # its folder may be listed, and not entered
            return _unreadable(path, error)
        return Problem(path=path, message=say("link-leads-nowhere"), help=say("put-file-here"))
    if entry.is_symlink() and not Path(os.path.realpath(entry.path)).is_relative_to(base):
        return Problem(path=path, message=say("link-leaves-content"), help=say("put-copy-here"))
    if stat.S_ISDIR(status.st_mode):
        return Problem(path=path, message=say("link-to-folder"), help=say("put-folder-here"))
    if not stat.S_ISREG(status.st_mode):
        return Problem(path=path, message=say("no-regular-file"), help=say("take-out-of-content"))
    most = MAX_BYTES if entry.name.endswith(".md") else LARGEST_FILE
    if status.st_size > most:
        text = say("file-above-limit", n=status.st_size, most=most)
        return Problem(path=path, message=text, help=say("split-or-shrink", name=entry.name))
    return None
