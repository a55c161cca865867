"""What goes by the name of a recording: the poster of a film, captions, and other recordings that share them.

They have one name, so they move together.
"""

from __future__ import annotations

from collections.abc import Collection

from mujaz.model.names import RECORDINGS, brought_by, ending_of, small_ending


def companions(old: str, new: str, known: Collection[str]) -> dict[str, str]:
    """Path → new path of each of the `known` files that comes along when the file `old` gets the path `new`.

    Empty where `old` goes by no recording's name, or gives that name up: captions that change their language do.
    """
    recordings = {small_ending(path): path for path in known if ending_of(path) in RECORDINGS}
    by_name = [recordings[name] for name in (small_ending(old), *brought_by(old)) if name in recordings]
    if not by_name:
        return {}
    stem = by_name[0].rpartition(".")[0]
    rest = old.removeprefix(stem)
    if not new.endswith(rest):
        return {}
    same = {path for path in recordings.values() if path.rpartition(".")[0] == stem}
    names = {small_ending(path) for path in same}
    brought = {path for path in known if path.startswith(f"{stem}.") and not names.isdisjoint(brought_by(path))}
    together = sorted(brought | same if brought else ())
    moved = new.removesuffix(rest)
    return {path: moved + path.removeprefix(stem) for path in together if path != old}
