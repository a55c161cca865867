"""Reads and writes the articles below content/: whole files, and never over one that changed meanwhile.

A write goes into a hidden file beside the article, is flushed to the disk and renamed, so that readers, and a kill at
any moment, leave either the old file or the new one. Old versions are in `.mujaz-desk`, and can be restored.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import posixpath
import re
import stat
import threading
import time
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from mujaz.desk.document import NoDocument, parse, values
from mujaz.files.whole import beside, create_whole, write_whole
from mujaz.frozen import Value
from mujaz.markdown_body.limits import MAX_BYTES
from mujaz.messages.errors import UsageError
from mujaz.messages.message import Message, say

MOST_VERSIONS = 50  # of one article
LONGEST = 1_000  # bytes of a path
LONGEST_HELD = 5.0  # seconds that a save waits for another desk's
WRITTEN = "written"  # beside the old versions: the mark of what the desk wrote last
VERSION = re.compile(r"[0-9]{8}|[1-9][0-9]{8,11}")  # the name of an old version


class Refused(Exception):
    """A request that is refused: `message` says why, `status` is the HTTP status."""

    def __init__(self, message: Message, status: int = 400) -> None:
        super().__init__(message)
        self.message, self.status = message, status


class Changed(Exception):
    """The file changed since it was opened for editing; `now` are its bytes, None where it was deleted."""

    def __init__(self, now: bytes | None) -> None:
        super().__init__()
        self.now = now


class Version(Value):
    """An old version of an article: its number, its size in bytes, and when it was replaced (seconds since 1970)."""

    number: int
    size: int
    replaced: float


def mark_of(raw: bytes) -> str:
    """A digest of the content of a file, for comparison."""
    return blake2b(raw, digest_size=16).hexdigest()


class Files:
    """The files of the articles. `content` is the name of their folder, `home` the folder of old versions."""

    def __init__(self, root: Path, content: str, home: Path) -> None:
        self.root, self.content, self.home = root, content, home
        self._turn = threading.Lock()

    # ------------------------------------------------------------ places

    def place(self, name: str, endings: tuple[str, ...] = (".md",)) -> Path:
        """Where the file `name` (from the site's root, with `/`) lies. Raises Refused for whatever is not below
        content/, is hidden, leads through a link or has none of the endings; the file need not be there.
        """
        wrong = Refused(say("desk-no-such-place"), 404)
        parts = name.split("/")
        if "\\" in name or any(ord(letter) < 32 for letter in name) or len(name.encode(errors="replace")) > LONGEST:
            raise wrong
        if not name.startswith(self.content + "/") or posixpath.normpath(name) != name:
            raise wrong
        if any(part.startswith(".") for part in parts) or not name.lower().endswith(endings):
            raise wrong
        path = self.root / name
        base = Path(os.path.realpath(self.root / self.content))
        try:
            if Path(os.path.realpath(path.parent)) != base / posixpath.dirname(name.removeprefix(self.content + "/")):
                raise wrong
            if path.is_symlink():
                raise Refused(say("desk-is-a-link"), 403)
        except (OSError, ValueError, RuntimeError):
            raise wrong from None
        return path

    def where(self, name: str) -> str:
        """The name of the article now: a picture that another put into it has made a bundle of a lone file. Raises
        Refused as `place` does.
        """
        bundle = f"{name[: -len('.md')]}/index.md"
        return bundle if not os.path.lexists(self.place(name)) and os.path.isfile(self.place(bundle)) else name

    def read(self, name: str) -> bytes:
        """The bytes of an article. Raises Refused where it does not exist or a build would not read it."""
        return _read(self.place(name))

    def holds(self, name: str, raw: bytes, endings: tuple[str, ...]) -> bool | None:
        """Whether a file has these bytes; None where nothing lies there. Raises Refused as `place` does."""
        path = self.place(name, endings)
        if not os.path.lexists(path):
            return None
        with contextlib.suppress(Refused):  # a folder or a pipe, or more bytes
            return _read(path, len(raw)) == raw
        return False

    # ------------------------------------------------------------ writes

    @contextlib.contextmanager
    def one_write(self) -> Iterator[None]:
        """One write at a time, also where two desks show one site: each holds a file beside the old versions meanwhile.

        Raises OSError, EBUSY where another holds it for long, Refused where it cannot be made.
        """
        if not self._turn.acquire(timeout=LONGEST_HELD):
            raise _busy(self.home)
        try:
            self._make(self.home)
            with _held(self.home / "lock"):
                yield
        finally:
            self._turn.release()

    def save(self, name: str, raw: bytes, base: str) -> None:
        """Replace the content whose mark is `base` by `raw`.

        Raises Changed where the file has another content, Refused where `raw` is too large.
        """
        if len(raw) > MAX_BYTES:
            raise Refused(say("file-too-large", n=len(raw), most=MAX_BYTES), 413)
        if mark_of(raw) == base and self._now(name) == raw:
            return
        with self.one_write():
            self._remember(name, self._opened(name, base))
            self._write(name, raw, base)

    def _now(self, name: str) -> bytes | None:
        with contextlib.suppress(Refused):
            return self.read(name)
        return None

    def _opened(self, name: str, base: str) -> bytes:
        """The content whose mark is `base`. Raises Changed where the file has another."""
        now = self._now(name)
        if now is None or mark_of(now) != base:
            raise Changed(now)
        return now

    def _write(self, name: str, raw: bytes, base: str) -> None:
        path = self.place(name)
        with beside(path, raw, stat.S_IMODE(path.stat().st_mode)) as new:
            self._opened(name, base)  # it may have changed while the new one was written
            _sign(self._folder(name), raw)
            os.replace(new, path)
        _sync(path.parent)

    def create(self, name: str, raw: bytes, endings: tuple[str, ...] = (".md",)) -> None:
        """Write a new file. Raises UsageError where it exists."""
        path = self.place(name, endings)
        with self.one_write():
            path.parent.mkdir(parents=True, exist_ok=True)
            self.place(name, endings)
            try:
                create_whole(path, raw)
            except FileExistsError:
                raise UsageError(say("desk-exists-already", path=name)) from None
            _sync(path.parent)

    def move(self, name: str, new: str, raw: bytes, base: str) -> None:
        """Rename an article, with its old versions, and replace its content, whose mark is `base`, by `raw`. All that
        the disk could refuse is written first.

        Raises UsageError where the new name is taken, Changed as `save` does.
        """
        with self.one_write():
            old, path = self.place(name), self.place(new)
            if path.exists():
                raise UsageError(say("desk-exists-already", path=new))
            now = self._opened(name, base)
            path.parent.mkdir(parents=True, exist_ok=True)
            with beside(path, raw, stat.S_IMODE(old.stat().st_mode)) as made:
                if raw != now:
                    self._remember(name, now)
                    _sign(self._folder(name), raw)
                self._opened(name, base)  # as in `_write`
                os.rename(old, self.place(new))
                os.replace(made, path)
            _sync(path.parent)
            with contextlib.suppress(OSError):
                _bring(self._folder(name), self._folder(new))

    # ------------------------------------------------------------ old versions

    def _folder(self, name: str) -> Path:
        return self.home / "versions" / mark_of(name.encode())

    def _make(self, wanted: Path) -> None:
        """Make a folder of old versions where it is missing. Raises Refused where a link or a file is in the place of
        one on the way to it: nothing is written elsewhere.
        """
        folder = self.home
        for part in ("", *wanted.relative_to(self.home).parts):
            folder = folder / part
            if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
                raise Refused(say("desk-no-home", path=folder.name), 409)
            folder.mkdir(exist_ok=True)

    def _remember(self, name: str, raw: bytes) -> None:
        folder = self._folder(name)
        self._make(folder)
        numbers = _numbers(folder)
        if numbers and _read(folder / f"{numbers[-1]:08}") == raw:  # of a save that the disk refused
            return
        path = folder / f"{_after(folder, numbers[-1] if numbers else 0):08}"
        write_whole(path, raw)
        for old in numbers[: max(0, len(numbers) + 1 - MOST_VERSIONS)]:
            (folder / f"{old:08}").unlink()

    def versions(self, name: str) -> list[Version]:
        """The old versions of an article, the newest first."""
        folder = self._folder(name)
        found = (_version(folder, number) for number in reversed(_numbers(folder)))
        return [one for one in found if one is not None]

    def version(self, name: str, number: int) -> bytes:
        """The bytes of an old version. Raises Refused where it does not exist."""
        return _read(self._folder(name) / f"{number:08}")

    def undo(self, name: str, base: str) -> None:
        """Restore the version before the last save. What it replaces is stored as undone, or, where others wrote it,
        as an old version.

        Raises Changed where the file has another content than `base`, Refused where no older version is of this story.
        """
        self.place(name)
        with self.one_write():
            numbers = _numbers(self._folder(name))
            if not numbers:
                raise Refused(say("desk-nothing-to-undo"), 409)
            now, raw = self._opened(name, base), self.version(name, numbers[-1])
            if (old := _id_in(raw)) and (own := _id_in(now)) and old != own:
                raise Refused(say("desk-undo-other-id", id=old), 409)
            if not _is_ours(self._folder(name), now):
                self._remember(name, now)
                self._write(name, raw, base)
                return
            undone = self._folder(name) / "undone"
            self._make(undone)
            write_whole(undone / mark_of(now), now)
            self._write(name, raw, base)
            with contextlib.suppress(OSError):  # it is done, and one that stays is what the file has now
                (self._folder(name) / f"{numbers[-1]:08}").unlink()


def _read(path: Path, most: int = MAX_BYTES) -> bytes:
    """The bytes of a plain file. Raises Refused for a link, a pipe, which would never end, and what is too large."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise Refused(say("desk-no-such-place"), 404)
            if status.st_size > most:
                raise Refused(say("file-too-large", n=status.st_size, most=most), 413)
            with open(handle, "rb", closefd=False) as file:  # which leaves the handle of a folder open
                return file.read()
        finally:
            os.close(handle)
    except OSError:
        raise Refused(say("desk-no-such-place"), 404) from None


def _numbers(folder: Path) -> list[int]:
    """The old versions in a folder; other files, such as an editor's copies, are none."""
    if not folder.is_dir():
        return []
    return sorted(int(path.name) for path in folder.iterdir() if VERSION.fullmatch(path.name) and _is_plain(path))


def _version(folder: Path, number: int) -> Version | None:
    with contextlib.suppress(FileNotFoundError):  # another desk took the oldest away
        status = (folder / f"{number:08}").lstat()
        return Version(number=number, size=status.st_size, replaced=status.st_mtime)
    return None


def _after(folder: Path, number: int) -> int:
    """The next number behind `number` that is free: one may name a folder of somebody's."""
    number += 1
    while os.path.lexists(folder / f"{number:08}"):
        number += 1
    return number


def _sign(folder: Path, raw: bytes) -> None:
    """Know that the desk writes `raw`, where it has old versions."""
    if folder.is_dir():
        write_whole(folder / WRITTEN, mark_of(raw).encode())


def _is_ours(folder: Path, now: bytes) -> bool:
    """Whether the desk wrote `now`, the content of a file: an editor or a pull may have come after it."""
    with contextlib.suppress(Refused):  # old versions of a desk that did not sign
        return _read(folder / WRITTEN) == mark_of(now).encode()
    return True


def _id_in(raw: bytes) -> str:
    """The id that an article writes; empty where it writes none, or cannot be read."""
    with contextlib.suppress(NoDocument):
        return str((values(parse(raw)) or {}).get("id", ""))
    return ""


def _bring(old: Path, new: Path) -> None:
    """Move old versions to those of another name, as the newest: a file may have had that name before."""
    if not new.exists():
        os.rename(old, new)
        return
    last = max(_numbers(new), default=0)
    for number in _numbers(old):
        last = _after(new, last)
        os.rename(old / f"{number:08}", new / f"{last:08}")


def _is_plain(path: Path) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return stat.S_ISREG(os.lstat(path).st_mode)
    return False


@contextlib.contextmanager
def _held(path: Path) -> Iterator[None]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, 0o666)
    try:
        _hold(handle, path)
        yield
    finally:
        os.close(handle)


def _hold(handle: int, path: Path) -> None:
    """Lock an open file, until it is closed. Nothing is held on disks that know no locks."""
    end = time.monotonic() + LONGEST_HELD
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError as error:
            if error.errno != errno.EWOULDBLOCK:
                return
        if time.monotonic() > end:
            raise _busy(path)
        time.sleep(0.01)


def _busy(path: Path) -> OSError:
    return OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(path))


def _sync(folder: Path) -> None:
    """Sync a rename to the disk, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
