"""The cache: one SQLite file in `.mujaz/`. It only ever saves work (law 6).

What stands in it depends on one file and on the options and versions that read it, and is used only if those are the
same. A store that is missing, old, foreign or damaged is an empty one. Values are msgpack of typed, frozen Structs:
decoding checks every type, and nothing in the file can run.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from mujaz.frozen import Struct, field
from mujaz.messages.message import Message

Value = TypeVar("Value")
SOUGHT = 500  # rows that are searched for by their keys; a table is walked through for more
_SCHEMA = """
CREATE TABLE about (versions TEXT NOT NULL);
CREATE TABLE reading (key TEXT PRIMARY KEY, value BLOB);
CREATE TABLE terms (key TEXT PRIMARY KEY, value BLOB);
CREATE TABLE body (digest TEXT PRIMARY KEY, html BLOB);
CREATE TABLE page (path TEXT PRIMARY KEY, key TEXT, mtime INTEGER, size INTEGER, inode INTEGER, beside BLOB)
    WITHOUT ROWID;
CREATE TABLE why (path TEXT PRIMARY KEY, ground TEXT, parts BLOB) WITHOUT ROWID;
CREATE TABLE answer (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
"""


class Written(Struct, frozen=True, kw_only=True):
    """A page of the output as the last build left it: its file, and those that it wrote beside it (path → stamp)."""

    key: str
    stamp: tuple[int, int, int]  # mtime_ns, size, inode
    beside: dict[str, tuple[int, int, int]] = field(default_factory=dict)


class Lost(Exception):
    """The store does not hold what it must: it was damaged. The build starts again without it."""


class Store:
    """Open with `Store.open`. Whoever meets `Lost` or an sqlite3.Error later starts again with an emptied store."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._db = connection
        self._owner = os.getpid()

    @classmethod
    def open(cls, path: Path, *, versions: str) -> Store:
        """The store at `path`, emptied unless it was written by exactly `versions`."""
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise OSError(f"{path} is not a regular file")
        # UnicodeDecodeError: SQLite quotes a garbled schema in its message, and the message is then no UTF-8.
        try:
            store = cls(path, _connect(path))
            if store._made_by(versions):
                return store
            store.close()
        except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
            if is_about_the_disk(error):
                raise
        _remove(path)
        connection = _connect(path)
        connection.executescript(_SCHEMA)
        connection.execute("INSERT INTO about VALUES (?)", (versions,))
        connection.commit()
        return cls(path, connection)

    def _made_by(self, versions: str) -> bool:
        rows = self._db.execute("SELECT versions FROM about").fetchall()
        return rows == [(versions,)]

    # ------------------------------------------------------------ sources and what was read in them

    def sources(self) -> dict[str, tuple[tuple[int, int, int], str]]:
        """Path to (stamp, digest), as the last finished build saw them."""
        return self._kept("sources", dict[str, tuple[tuple[int, int, int], str]])

    def save_sources(self, sources: Iterable[tuple[str, tuple[int, int, int], str]]) -> None:
        self.save_answer("sources", encode({path: (stamp, digest) for path, stamp, digest in sources}))

    def reading_keys(self) -> set[str]:
        """The keys of all that was read."""
        return {row[0] for row in self._db.execute("SELECT key FROM reading")}

    def readings(self, keys: Iterable[str], kind: type[Value]) -> Iterator[tuple[str, Value]]:
        """(key, what was read, a `kind`) of those that are held, in no order that matters."""
        yield from self._values("reading", keys, kind)

    def terms(self, keys: Iterable[str], kind: type[Value]) -> Iterator[tuple[str, Value]]:
        """(key, its terms, a `kind`) of those that are held."""
        yield from self._values("terms", keys, kind)

    def save_readings(self, rows: Iterable[tuple[str, bytes, bytes, str, bytes]]) -> None:
        """Rows of (key, reading, terms, body digest, body html), the values sealed."""
        with self._db:
            for key, reading, terms, digest, html in rows:
                self._db.execute("INSERT OR REPLACE INTO reading VALUES (?,?)", (key, reading))
                self._db.execute("INSERT OR REPLACE INTO terms VALUES (?,?)", (key, terms))
                if digest:
                    self._db.execute("INSERT OR REPLACE INTO body VALUES (?,?)", (digest, html))

    def body(self, digest: str) -> str:
        """A body's html with its holes. Raises Lost where it is not held as it was written."""
        self._be_of_this_process()
        row = self._db.execute("SELECT html FROM body WHERE digest = ?", (digest,)).fetchone()
        try:
            return _unseal(row and row[0]).decode()
        except ValueError as error:
            raise Lost(digest) from error

    # ------------------------------------------------------------ pictures

    def measures(self) -> dict[str, tuple[int, int, Message | None]]:
        """Digest to (width, height, why it is no picture)."""
        return self._kept("measures", dict[str, tuple[int, int, Message | None]])

    def save_measures(self, measures: dict[str, tuple[int, int, Message | None]]) -> None:
        """Add `measures`."""
        if measures:
            self.save_answer("measures", encode(self.measures() | measures))

    # ------------------------------------------------------------ layouts

    def references(self) -> dict[str, tuple[tuple[str | None, ...], tuple[str, ...]]]:
        """Digest of a layout's text to what it names."""
        return self._kept("references", dict[str, tuple[tuple[str | None, ...], tuple[str, ...]]])

    def save_references(self, found: dict[str, tuple[tuple[str | None, ...], tuple[str, ...]]]) -> None:
        self.save_answer("references", encode(found))

    # ------------------------------------------------------------ output

    def pages(self) -> dict[str, Written]:
        """Raises Lost where what stands beside a page is not held as it was written."""
        rows = self._db.execute("SELECT path, key, mtime, size, inode, beside FROM page")
        return {
            path: Written(key=key, stamp=(mtime, size, inode), beside=_beside(raw) if raw else {})
            for path, key, mtime, size, inode, raw in rows
        }

    def made_from(self, path: str) -> tuple[str, bytes] | None:
        """(ground, digests of the view's fields) that a page was last rendered from."""
        row = self._db.execute("SELECT ground, parts FROM why WHERE path = ?", (path,)).fetchone()
        return (row[0], row[1]) if row else None

    def save_pages(
        self, written: dict[str, Written], gone: Iterable[str], made_from: dict[str, tuple[str, bytes]]
    ) -> None:
        """Add or replace `written` and what they were made from, forget `gone`."""
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
                    (path, page.key, *page.stamp, encode(page.beside) if page.beside else None)
                    for path, page in written.items()
                ),
            )

    def prune(self, keys: set[str], digests: set[str]) -> None:
        """Forget the readings and bodies that no file of the site has any more."""
        with self._db:
            for table, column, kept in (("reading", "key", keys), ("terms", "key", keys), ("body", "digest", digests)):
                held = {row[0] for row in self._db.execute(f"SELECT {column} FROM {table}")}
                self._db.executemany(f"DELETE FROM {table} WHERE {column} = ?", ((key,) for key in held - kept))

    # ------------------------------------------------------------ answers: a value by the key of all it depends on

    def answer(self, name: str) -> bytes | None:
        row = self._db.execute("SELECT value FROM answer WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def save_answer(self, name: str, value: bytes) -> None:
        with self._db:
            self._db.execute("INSERT OR REPLACE INTO answer VALUES (?,?)", (name, value))

    def try_to_save_answer(self, name: str, value: bytes) -> None:
        """As `save_answer`; where the disk does not let it, another build will find the answer again."""
        with contextlib.suppress(sqlite3.Error):
            self.save_answer(name, value)

    def _kept(self, name: str, kind: type[dict[str, Value]]) -> dict[str, Value]:
        """An answer that is a mapping; an empty one where it is not held as it was written."""
        raw = self.answer(name)
        try:
            return decode(kind, raw) if raw else {}
        except ValueError:
            return {}

    def _be_of_this_process(self) -> None:
        if os.getpid() != self._owner:  # an SQLite connection must not cross a fork, not even to be closed
            self._inherited, self._db = self._db, _connect(self.path)
            self._owner = os.getpid()

    def close(self) -> None:
        self._db.close()

    def destroy(self) -> None:
        """Close it and take its files away; the next `open` makes an empty one."""
        self.close()
        _remove(self.path)

    def _values(self, table: str, keys: Iterable[str], kind: type[Value]) -> Iterator[tuple[str, Value]]:
        self._be_of_this_process()
        wanted, decoder = set(keys), msgspec.msgpack.Decoder(kind)
        query, few = f"SELECT key, value FROM {table}", list(wanted) if len(wanted) <= SOUGHT else []
        # All are wanted or nearly: one walk through the table takes a third of the time of so many searches.
        where = f" WHERE key IN ({','.join('?' * len(few))})" if few or not wanted else ""
        for key, raw in self._db.execute(query + where, few):
            if key in wanted:
                try:
                    value = decoder.decode(_unseal(raw))
                except (msgspec.MsgspecError, ValueError):
                    continue
                yield key, value


def _beside(raw: bytes) -> dict[str, tuple[int, int, int]]:
    try:
        return decode(dict[str, tuple[int, int, int]], raw)
    except ValueError as error:
        raise Lost(str(error)) from error


def is_about_the_disk(error: Exception) -> bool:
    """True where the disk is full or may not be written: the store itself is sound and must stay."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY)


def encode(value: object) -> bytes:
    """A typed value as sealed msgpack."""
    return seal(msgspec.msgpack.encode(value))


def decode(kind: type[Value], raw: bytes) -> Value:
    """Raises ValueError where `raw` is not what `encode` made of a `kind`."""
    try:
        return msgspec.msgpack.decode(_unseal(raw), type=kind)
    except msgspec.MsgspecError as error:
        raise ValueError(str(error)) from error


def seal(raw: bytes) -> bytes:
    """`raw` behind its own check sum: SQLite does not notice a changed byte inside a value."""
    return hashlib.blake2b(raw, digest_size=8).digest() + raw


def _unseal(sealed: object) -> bytes:
    if not isinstance(sealed, bytes):  # SQLite keeps what it is given: a flipped bit makes nothing of a value
        raise ValueError("a value of the cache is of another kind")
    raw = sealed[8:]
    if hashlib.blake2b(raw, digest_size=8).digest() != sealed[:8]:
        raise ValueError("a value of the cache is not as it was written")
    return raw


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level="DEFERRED")
    # The file may be lost at any time (law 6), so it need not be synced; torn values are caught by their seals.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = OFF")
    return connection


def _remove(path: Path) -> None:
    for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        name.unlink(missing_ok=True)
