"""Digests: of a file's bytes, and of any frozen value by its fields.

A digest is BLAKE2b of 128 bits in hex, 32 letters. No two different values are written as the same bytes: `1`, `True`,
`1.0` and `"1"` are four things, and `("ab", "c")` is not `("a", "bc")`. The digest of a Struct holds the
name of its class and those of its fields, but not the module: a module may move and no digest changes.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from hashlib import blake2b
from typing import Any

from mujaz.frozen import Struct, astuple, names_of

SIZE = 16  # bytes

# Marshal is used as a writer alone: it writes types and lengths without a Python loop, and nothing is ever loaded back.
# Version 2 of its format knows no references, which would depend on identity, and has not changed since Python 2.5.
FORMAT = 2
PLAIN = frozenset({str, int, bool, type(None)})


def file_digest(raw: bytes) -> str:
    """The digest of a file's content, hex."""
    return blake2b(raw, digest_size=SIZE).hexdigest()


def digest(*values: object) -> str:
    """The digest of `values` in their order, hex.

    Takes None, bool, int, float, str, bytes, aware datetimes, tuples, dicts with text keys (in any order) and frozen
    Structs, nested. Anything else is a TypeError: it could change, or has no order of its own. NaN, which is not
    equal to itself, and a naive datetime, which names no moment, are ValueErrors.
    """
    return file_digest(marshal.dumps(_parts(values), FORMAT))


def _parts(values: Iterable[Any]) -> list[Any]:
    """What to write for `values`. Only a Struct becomes bytes, only a rarer type a list: no mix-up."""
    return [value if type(value) in PLAIN else _part(value) for value in values]


def _part(value: Any) -> Any:
    """What to write for a `value` that is not plain."""
    kind: type = type(value)
    if kind is tuple:
        return tuple(_parts(value))
    if (shape := _shape(kind)) is not None:
        return blake2b(marshal.dumps((shape, *_parts(astuple(value))), FORMAT), digest_size=SIZE).digest()
    return _dict(value) if kind is dict else _rare(value)


def _dict(value: dict[Any, Any]) -> list[Any]:
    if not all(type(key) is str for key in value):
        raise TypeError("a dict has a fingerprint only if its keys are text")
    return ["dict", *_parts(part for key in sorted(value) for part in (key, value[key]))]


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


@cache
def _shape(kind: type) -> str | None:
    """The name of a class of frozen Structs and those of its fields; None of any other class."""
    if not (issubclass(kind, Struct) and kind.__struct_config__.frozen):
        return None
    return " ".join([kind.__qualname__, *names_of(kind)])
