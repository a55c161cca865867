"""What may have been meant by the name of a file or of a story that nothing has."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property

from mujaz.messages.errors import did_you_mean
from mujaz.messages.message import Message, say
from mujaz.model.names import ending_of

# Names that are compared with what is written, in all: 0.3 ms each at most. What is wrong later gets no offer.
MOST_COMPARED = 40_000
NEAR = 0.8  # how like the name of a file must be to be offered instead (difflib): short names are soon alike
MOST_ALIKE = 100  # files of one name of which the nearest is looked for: of a thousand `index.md` none is meant


class Offers:
    """Offers names that are near; an archive may have thousands that are not there, so each costs little."""

    def __init__(self, sources: Iterable[str], files: Iterable[str], ids: Collection[str]) -> None:
        self._sources, self._files, self._ids = sources, files, ids
        self._room = MOST_COMPARED
        self._of_kinds: dict[frozenset[str], Mapping[str, list[str]]] = {}

    def path(self, source: str, written: str, kinds: frozenset[str] | None = None) -> Message | None:
        """The offer of a file whose name is written or nearly so, as `source` must write it; the nearest folder's.

        `kinds` are the endings of those that may be meant, or None.
        """
        found = self._all if kinds is None else self._of(kinds)
        name = posixpath.basename(written)
        nearest = [name] if name in found else []
        if not nearest and self._has_room(found):
            nearest = get_close_matches(name, found, n=1, cutoff=NEAR)
        if not name or not nearest or len(found[nearest[0]]) > MOST_ALIKE:
            return None
        near = [posixpath.relpath(path, posixpath.dirname(source)) for path in found[nearest[0]]]
        return say("did-you-mean", word=min(near, key=lambda path: (path.count("/"), path)))

    def id(self, written: str) -> Message | None:
        """The offer of a story by its id."""
        return did_you_mean(written, self._ids) if self._has_room(self._ids) else None

    def _has_room(self, known: Collection[str]) -> bool:
        room, self._room = self._room, self._room - len(known)
        return room > 0

    @cached_property
    def _all(self) -> Mapping[str, list[str]]:
        return _by_name((*self._sources, *self._files))

    def _of(self, kinds: frozenset[str]) -> Mapping[str, list[str]]:
        if kinds not in self._of_kinds:
            self._of_kinds[kinds] = _by_name(path for path in self._files if ending_of(path) in kinds)
        return self._of_kinds[kinds]


def _by_name(paths: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in paths:
        found.setdefault(posixpath.basename(path), []).append(path)
    return found
