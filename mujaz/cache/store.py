"""The cache: one SQLite file in `.mujaz/`. It only saves work (law 6).

An entry depends on one file and on the options and versions that read it, and is used only if those are the same. A
store that is missing, old, foreign or damaged counts as empty. Values are msgpack of typed, frozen Structs: decoding
checks every type, and nothing in the file can run.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from mujaz.frozen import Value, field

Kind = TypeVar("Kind")
LONGEST_PATH = 480  # bytes; SQLite opens no more than 512, with the endings of the files beside it
SOUGHT = 500  # rows that are looked up by their keys; for more the whole table is read
_SCHEMA = """
CREATE TABLE about (versions TEXT NOT NULL);
CREATE TABLE reading (key TEXT PRIMARY KEY, value BLOB);
CREATE TABLE terms (key TEXT PRIMARY KEY, value BLOB);
CREATE TABLE body (digest TEXT PRIMARY KEY, html BLOB);
CREATE TABLE page (path TEXT PRIMARY KEY, key TEXT, mtime INTEGER, size INTEGER, inode INTEGER, companions BLOB)
    WITHOUT ROWID;
CREATE TABLE why (path TEXT PRIMARY KEY, layout TEXT, parts BLOB) WITHOUT ROWID;
CREATE TABLE value (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
"""
_TABLES = sorted(table.strip() for table in _SCHEMA.split(";") if table.strip())


class Written(Value):
    """A page of the output as the last build left it: its file, and the companions that it wrote (path → stamp)."""

    key: str
    stamp: tuple[int, int, int]  # mtime_ns, size, inode
    companions: dict[str, tuple[int, int, int]] = field(default_factory=dict)


class Lost(Exception):
    """The store lacks what it must hold, because it was damaged. The build starts again without it."""


class Store:
    """Open it with `Store.open`. After `Lost` or an sqlite3.Error a build starts again with an emptied store."""

    def __init__(self, path: Path | None, connection: sqlite3.Connection) -> None:
        self.path = path
        self._db = connection
        self._owner = os.getpid()

    @classmethod
    def open(cls, path: Path, *, versions: str) -> Store:
        """Open the store at `path`; empty it unless exactly `versions` wrote it. Raises OSError, sqlite3.Error.

        Whatever else stands there goes: a folder, a link, a file that may not be written.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink() or not path.is_file() or not os.access(path, os.R_OK | os.W_OK):
            _remove(path)
        # UnicodeDecodeError: SQLite quotes a garbled schema in its message, and the message is then no UTF-8.
        try:
            with contextlib.ExitStack() as unless_it_is_ours:
                store = cls(path, _connect(path))
                unless_it_is_ours.callback(store.close)
                if store._made_by(versions):
                    unless_it_is_ours.pop_all()
                    return store
        except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
            if is_about_the_disk(error):
                raise
        _remove(path)
        connection = _connect(path)
        connection.executescript(_SCHEMA)
        connection.execute("INSERT INTO about VALUES (?)", (versions,))
        connection.commit()
        return cls(path, connection)

    @classmethod
    def copy(cls, path: Path | None, *, versions: str) -> Store:
        """Return what the store at `path` holds, in memory: nothing is locked, and what is put into it is lost.

        Empty without a path, and unless exactly `versions` wrote it.
        """
        connection = sqlite3.connect(":memory:", isolation_level="DEFERRED")
        store = cls(None, connection)
        with contextlib.suppress(sqlite3.Error, OSError, UnicodeDecodeError, MemoryError):
            raw = _database(path) if path and path.is_file() else b""  # a pipe would never end
            connection.deserialize(
                raw[:18] + b"\1\1" + raw[20:]
            )  # these bytes say that a log of changes lies beside it
            known = store._made_by(versions)
            if known:
                return store
        connection.close()
        connection = sqlite3.connect(":memory:", isolation_level="DEFERRED")
        connection.executescript(_SCHEMA)
        return cls(None, connection)

    def _made_by(self, versions: str) -> bool:
        """Whether these versions wrote it, and its tables are ours: a view may never end, a trigger may act."""
        made = self._db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        if sorted(row[0] for row in made) != _TABLES:
            return False
        rows = self._db.execute("SELECT versions FROM about").fetchall()
        return rows == [(versions,)]

    # ------------------------------------------------------------ single values by their names

    def get(self, name: str, kind: type[Kind]) -> Kind | None:
        """Return the value under this name; None where there is none, or none of this `kind` as it was written."""
        self._connect_after_fork()
        row = self._db.execute("SELECT value FROM value WHERE name = ?", (name,)).fetchone()
        try:
            return decode(kind, row[0], name) if row else None
        except ValueError:
            return None

    def put(self, name: str, value: object) -> None:
        self.put_encoded(name, encode(value, name))

    def put_encoded(self, name: str, raw: bytes) -> None:
        """Put what `encode` made of a value for this name, in another process perhaps."""
        with self._db:
            self._db.execute("INSERT OR REPLACE INTO value VALUES (?,?)", (name, raw))

    # ------------------------------------------------------------ what was read in files

    def reading_keys(self) -> set[str]:
        """Return the keys of all readings."""
        return {row[0] for row in self._db.execute("SELECT key FROM reading")}

    def readings(self, keys: Iterable[str], kind: type[Kind]) -> Iterator[tuple[str, Kind]]:
        """Yield (key, reading) of those that the store holds, in no order; readings are of this `kind`."""
        yield from self._values("reading", keys, kind)

    def terms(self, keys: Iterable[str], kind: type[Kind]) -> Iterator[tuple[str, Kind]]:
        """Yield (key, terms) of those that the store holds; terms are of this `kind`."""
        yield from self._values("terms", keys, kind)

    def save_readings(self, rows: Iterable[tuple[str, bytes, bytes, str, bytes]]) -> None:
        """Add rows of (key, reading, terms, body digest, body html); the values are sealed for their keys."""
        with self._db:
            for key, reading, terms, digest, html in rows:
                self._db.execute("INSERT OR REPLACE INTO reading VALUES (?,?)", (key, reading))
                self._db.execute("INSERT OR REPLACE INTO terms VALUES (?,?)", (key, terms))
                if digest:
                    self._db.execute("INSERT OR REPLACE INTO body VALUES (?,?)", (digest, html))

    def body(self, digest: str) -> str:
        """Return a body's html with its placeholders. Raises Lost where the store lacks it as it was written."""
        self._connect_after_fork()
        row = self._db.execute("SELECT html FROM body WHERE digest = ?", (digest,)).fetchone()
        try:
            return _unseal(row and row[0], digest).decode()
        except ValueError as error:
            raise Lost(digest) from error

    # ------------------------------------------------------------ output

    def pages(self) -> dict[str, Written]:
        """Return the pages of the output by path. Raises Lost where companions are not as they were written."""
        rows = self._db.execute("SELECT path, key, mtime, size, inode, companions FROM page")
        return {
            path: Written(key=key, stamp=(mtime, size, inode), companions=_companions(raw, path) if raw else {})
            for path, key, mtime, size, inode, raw in rows
        }

    def made_from(self, path: str) -> tuple[str, bytes] | None:
        """Return (layout digest, digests of the view's fields) that a page was last rendered from."""
        row = self._db.execute("SELECT layout, parts FROM why WHERE path = ?", (path,)).fetchone()
        return (row[0], row[1]) if row else None

    def save_pages(
        self, written: dict[str, Written], gone: Iterable[str], made_from: dict[str, tuple[str, bytes]]
    ) -> None:
        """Add or replace `written` and what they were made from; delete `gone`."""
        gone = list(gone)
        with self._db:
            self._db.executemany("DELETE FROM page WHERE path = ?", ((path,) for path in gone))
            self._db.executemany("DELETE FROM why WHERE path = ?", ((path,) for path in gone))
            self._db.executemany(
                "INSERT OR REPLACE INTO why VALUES (?,?,?)", ((path, *parts) for path, parts in made_from.items())
            )
            self._db.executemany(
                "INSERT OR REPLACE INTO page VALUES (?,?,?,?,?,?)",
                (
                    (path, page.key, *page.stamp, encode(page.companions, path) if page.companions else None)
                    for path, page in written.items()
                ),
            )

    def prune(self, keys: set[str], digests: set[str]) -> None:
        """Delete the readings and bodies that no file of the site has any more."""
        with self._db:
            for table, column, wanted in (
                ("reading", "key", keys),
                ("terms", "key", keys),
                ("body", "digest", digests),
            ):
                held = {row[0] for row in self._db.execute(f"SELECT {column} FROM {table}")}
                self._db.executemany(f"DELETE FROM {table} WHERE {column} = ?", ((key,) for key in held - wanted))

    def _connect_after_fork(self) -> None:
        # An SQLite connection to a file must not be used after a fork, not even to be closed.
        if self.path is not None and os.getpid() != self._owner:
            self._inherited, self._db = self._db, _connect(self.path)
            self._owner = os.getpid()

    def close(self) -> None:
        self._db.close()

    def destroy(self) -> None:
        """Close it and take its files away; the next `open` makes an empty one."""
        self.close()
        if self.path is not None:
            _remove(self.path)

    def _values(self, table: str, keys: Iterable[str], kind: type[Kind]) -> Iterator[tuple[str, Kind]]:
        self._connect_after_fork()
        wanted, decoder = set(keys), msgspec.msgpack.Decoder(kind)
        query, few = f"SELECT key, value FROM {table}", list(wanted) if len(wanted) <= SOUGHT else []
        # All are wanted or nearly: one walk through the table takes a third of the time of so many searches.
        where = f" WHERE key IN ({','.join('?' * len(few))})" if few or not wanted else ""
        for key, raw in self._db.execute(query + where, few):
            if key in wanted:
                try:
                    value = decoder.decode(_unseal(raw, key))
                except (msgspec.MsgspecError, ValueError):
                    continue
                yield key, value


def _companions(raw: bytes, path: str) -> dict[str, tuple[int, int, int]]:
    try:
        return decode(dict[str, tuple[int, int, int]], raw, path)
    except ValueError as error:
        raise Lost(str(error)) from error


def is_about_the_disk(error: Exception) -> bool:
    """Whether the disk is full or may not be written: the store itself is sound and must stay."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY)


def errno_of(error: Exception, path: Path) -> int:
    """The number by which the system calls what SQLite could not do with its file at `path`."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return errno.ENOSPC
    too_long = len(os.fsencode(os.path.realpath(path))) > LONGEST_PATH
    return errno.ENAMETOOLONG if too_long and code == sqlite3.SQLITE_CANTOPEN else errno.EIO


def encode(value: object, name: str = "") -> bytes:
    """A typed value as msgpack, sealed for the `name` that a row keeps it under; what is no row has none."""
    return seal(pack(value), name)


def pack(value: object) -> bytes:
    """A typed value as msgpack, without a seal."""
    return msgspec.msgpack.encode(value)


def decode(kind: type[Kind], raw: bytes, name: str = "") -> Kind:
    """Raises ValueError where `raw` is not what `encode` made of a `kind` for this `name`."""
    try:
        return msgspec.msgpack.decode(_unseal(raw, name), type=kind)
    except msgspec.MsgspecError as error:
        raise ValueError(str(error)) from error


def seal(raw: bytes, name: str) -> bytes:
    """Put a check sum of `raw` and its `name` before it.

    SQLite does not notice a changed byte inside a value, nor an index that leads to the value of another key.
    """
    return _sum(raw, name) + raw


def _unseal(sealed: object, name: str) -> bytes:
    if not isinstance(sealed, bytes):  # SQLite keeps what it is given: a flipped bit makes nothing of a value
        raise ValueError("a value of the cache is of another kind")
    raw = sealed[8:]
    if _sum(raw, name) != sealed[:8]:
        raise ValueError("a value of the cache is not as it was written")
    return raw


def _sum(raw: bytes, name: str) -> bytes:
    found = hashlib.blake2b(os.fsencode(name) + b"\0", digest_size=8)
    found.update(raw)
    return found.digest()


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level="DEFERRED")
    # The file may be lost at any time (law 6), so it need not be synced; torn values are caught by their seals.
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")
    except BaseException:  # of a damaged file, or a full disk
        connection.close()
        raise
    return connection


def _database(path: Path) -> bytes:
    """The database in a file, by the page size and the number of pages in its head (SQLite's file format, 1.3).

    What was put behind it is not read: it may be more than the memory holds.
    """
    with open(path, "rb") as file:
        head = file.read(100)
        size, pages = int.from_bytes(head[16:18]), int.from_bytes(head[28:32])
        size = 1 << 16 if size == 1 else size
        return head + file.read(max(0, pages * size - len(head)))


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        take_away(path.with_name(path.name + ending))


def take_away(path: Path) -> None:
    """Remove what stands at `path` in the cache, be it a folder; a link is not followed."""
    if path.is_dir() and not path.is_symlink():
        import shutil  # with all that it packs files by

        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
