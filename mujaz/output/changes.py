"""What the last build of an output wrote and deleted, kept for whoever must be told: a CDN, a mirror.

A small JSON file in `.mujaz/`, one for each output folder. It is written before the new tree is swapped in and closed
when the build is remembered, so that one that dies in between is not forgotten: the next one adds its own changes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from mujaz.frozen import Value
from mujaz.output.swap import clear, record_bytes


class Changes(Value):
    """Paths of files below the output, sorted. `done` is false while a build may have died before its end."""

    written: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    done: bool = True


def begin(home: Path, output: Path, written: Iterable[str], deleted: Iterable[str]) -> None:
    """Note what the build that is about to commit changes. `home` is the `.mujaz` folder."""
    before = last(home, output)
    new, gone = set(written), set(deleted)
    if before is not None and not before.done:
        new, gone = (new | set(before.written)) - gone, (gone | set(before.deleted)) - new
    _save(home, output, Changes(written=tuple(sorted(new)), deleted=tuple(sorted(gone)), done=False))


def finish(home: Path, output: Path) -> Changes:
    """The build that `begin` told of is the live site now, and remembered. Returns what it is told to have changed."""
    noted = last(home, output) or Changes()
    ended = Changes(written=noted.written, deleted=noted.deleted)
    _save(home, output, ended)
    return ended


def nothing(home: Path, output: Path) -> None:
    """A build found nothing to do."""
    try:
        if record_bytes(_path(home, output)) == _NOTHING:
            return
    except OSError:
        return  # what earlier builds changed is not known: that is not the same as nothing
    _save(home, output, Changes())


def last(home: Path, output: Path) -> Changes | None:
    """None where it is not known: no build yet, or the file is gone or garbled."""
    import json

    try:
        recorded = json.loads(record_bytes(_path(home, output)))
        written, deleted = (tuple(recorded[key]) for key in ("written", "deleted"))
        if all(isinstance(path, str) for path in written + deleted):
            return Changes(written=written, deleted=deleted, done=recorded["done"] is True)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def _path(home: Path, output: Path) -> Path:
    return home / f"changes-{hashlib.blake2b(os.fsencode(output.absolute()), digest_size=6).hexdigest()}.json"


def _save(home: Path, output: Path, changes: Changes) -> None:
    path = _path(home, output)
    new = path.with_suffix(".new")
    clear(str(new))  # never written through a link
    new.write_bytes(_encoded(changes))
    if path.is_dir():
        clear(str(path))
    os.replace(new, path)


def _encoded(changes: Changes) -> bytes:
    import json

    recorded = {"written": changes.written, "deleted": changes.deleted, "done": changes.done}
    return (json.dumps(recorded, ensure_ascii=False, indent=0) + "\n").encode()


_NOTHING = b'{\n"written": [],\n"deleted": [],\n"done": true\n}\n'  # `_encoded(Changes())`, without loading json for it
