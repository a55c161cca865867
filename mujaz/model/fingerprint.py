"""Digests: of a file's bytes, and of any frozen value by its fields.

A digest is BLAKE2b of 128 bits in hex, 32 letters. No two different values are written as the same bytes: `1`, `True`,
`1.0` and `"1"` are four things, and `("ab", "c")` is not `("a", "bc")`. The digest of a Struct holds the
name of its class and those of its fields, but not the module: a module may move and no digest changes.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any
from zlib import crc32

from mujaz.frozen import Struct, names_of

SIZE = 16  # bytes

# Marshal is used as a writer alone: it writes types and lengths without a Python loop, and nothing is ever loaded back.
# Version 2 of its format knows no references, which would depend on identity, and has not changed since Python 2.5.
FORMAT = 2
PLAIN = frozenset({str, int, bool, type(None)})


def file_digest(raw: bytes) -> str:
    """The digest of a file's content, hex."""
    return blake2b(raw, digest_size=SIZE).hexdigest()


def digest(*values: object) -> str:
    """The digest of `values` in their order, hex. For many values that share parts, keep one `Fingerprints`.

    Takes None, bool, int, float, str, bytes, aware datetimes, tuples, dicts with text keys (in any order) and frozen
    Structs, nested. Anything else is a TypeError: it could change, or has no order of its own. NaN, which is not
    equal to itself, and a naive datetime, which names no moment, are ValueErrors.
    """
    return Fingerprints().digest(*values)


class Fingerprints:
    """Digests many values and hashes each instance of a Struct that they share only once.

    Instances are known again by identity, so they are kept alive as long as this object is. Not those of the classes
    `alone`, of which no two values share one: they are read with what holds them, where a field is of just this class.
    """

    __slots__ = ("_alone", "_kept", "_known", "_readers", "_shapes")

    def __init__(self, alone: Iterable[type] = ()) -> None:
        self._alone = frozenset(alone)
        self._known: dict[int, bytes] = {}
        self._kept: list[object] = []  # else a new instance could stand where a known one was
        self._shapes: dict[type, Shape | None] = {}
        self._readers: dict[type, Callable[[Any], tuple[Any, ...]]] = {}  # of a class's fields, each whole

    def digest(self, *values: object) -> str:
        """As `mujaz.model.fingerprint.digest`, hex; the same value has the same digest whatever was hashed before."""
        return file_digest(marshal.dumps(self._parts(values), FORMAT))

    def beside(self, head: bytes, value: object) -> str:
        """The digest of a frozen Struct behind `head`, hex; heads must be of one length."""
        return file_digest(head + (self._known.get(id(value)) or self._instance(value, self._shape_of(value))))

    def tell(self, value: object, mark: bytes) -> None:
        """Take `mark` for the digest of an instance of a Struct: 16 bytes that tell it from all others of its class."""
        self._known[id(value)] = mark
        self._kept.append(value)

    def sums(self, view: Any) -> bytes:
        """Four bytes for each field of a frozen Struct, in their order: soon made, too few to decide anything."""
        kind = type(view)
        if kind not in self._readers:
            self._readers[kind] = _reader(list(names_of(kind)))
        parts = self._parts(self._readers[kind](view))
        return b"".join(crc32(marshal.dumps(part, FORMAT)).to_bytes(4) for part in parts)

    def _parts(self, values: Iterable[Any]) -> list[Any]:
        """What to write for `values`. Only a Struct becomes bytes, only a rarer type a list: no mix-up."""
        known = self._known.get
        return [value if type(value) in PLAIN else known(id(value)) or self._part(value) for value in values]

    def _part(self, value: Any) -> Any:
        """What to write for a `value` that is neither plain nor known."""
        kind = type(value)
        if kind is tuple:
            return tuple(self._parts(value))
        if (shape := self._shape(kind)) is not None:
            return self._instance(value, shape)
        if kind is dict:
            return self._dict(value)
        return _rare(value)

    def _instance(self, value: object, shape: Shape) -> bytes:
        """An instance of a Struct is its own digest, so that a story in a hundred lists is read once."""
        head, read = shape
        result = blake2b(marshal.dumps((head, *self._parts(read(value))), FORMAT), digest_size=SIZE).digest()
        if type(value) not in self._alone:
            self._known[id(value)] = result
            self._kept.append(value)
        return result

    def _shape(self, kind: type) -> Shape | None:
        """The head of a frozen Struct (its name and its fields' names) and a reader of its fields; else None."""
        try:
            return self._shapes[kind]
        except KeyError:
            shape = self._shapes[kind] = _read_shape(kind, self._alone)
            return shape

    def _shape_of(self, value: object) -> Shape:
        shape = self._shape(type(value))
        if shape is None:
            raise TypeError(f"{type(value).__name__} is no frozen Struct")
        return shape

    def _dict(self, value: dict[Any, Any]) -> list[Any]:
        if not all(type(key) is str for key in value):
            raise TypeError("a dict has a fingerprint only if its keys are text")
        return ["dict", *self._parts(part for key in sorted(value) for part in (key, value[key]))]


def _rare(value: Any) -> list[Any]:
    kind = type(value)
    if kind is bytes:
        return ["bytes", value]
    if kind is float:
        if value != value:
            raise ValueError("NaN has no fingerprint: it is not equal to itself")
        return ["float", value]
    if kind is datetime:
        if value.utcoffset() is None:
            raise ValueError(f"a datetime without a time zone has no fingerprint: {value}")
        return ["datetime", value.isoformat()]
    raise TypeError(f"{kind.__name__} has no fingerprint: it is not a frozen value")


Shape = tuple[str, Callable[[Any], tuple[Any, ...]]]


@cache
def _read_shape(kind: type, alone: frozenset[type]) -> Shape | None:
    if not _is_frozen(kind):
        return None
    names, within = _names(kind, alone)
    return " ".join([kind.__qualname__, *names, *within]), _reader(names)


def _is_frozen(kind: type) -> bool:
    return issubclass(kind, Struct) and kind.__struct_config__.frozen


def _names(kind: type, alone: frozenset[type]) -> tuple[list[str], list[str]]:
    """Names of the fields, with a dot where they are those of a field; and what is read so, with its class."""
    names, within = [], []
    kinds = _kinds(kind) if alone else {}
    for name in names_of(kind):
        inner = kinds.get(name)
        if inner in alone and _is_frozen(inner):
            its_names, its_within = _names(inner, alone)
            within += [f"{name}:{inner.__qualname__}", *(f"{name}.{n}" for n in its_within)]
            names += [f"{name}.{its_name}" for its_name in its_names]
        else:
            names.append(name)
    return names, within


def _kinds(kind: type) -> dict[str, Any]:
    """The class of each field that is declared as just one class, by its name in the module of the declaration.

    `typing.get_type_hints` evaluates every annotation, which costs a build 15 ms.
    """
    found: dict[str, Any] = {}
    for base in reversed(kind.__mro__):
        names = vars(sys.modules[base.__module__])
        found |= {field: names.get(said) for field, said in getattr(base, "__annotations__", {}).items()}
    return found


def _reader(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    if not names:
        return lambda value: ()
    read = attrgetter(*names)
    if len(names) == 1:  # attrgetter gives a lone field bare
        return lambda value: (read(value),)
    return read
