"""docs/problems.md, made from the catalogue: what each problem means, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mujaz.messages.catalogue import catalogue

HEAD = """\
# Problems

What `mujaz` says of a site or of a call, by id. `check --format json` gives the id of each problem, and what fills
its holes. This page is made from the catalogue, by `mujaz manual problems`.

A hole, like {key}, is filled with what the problem is about; {why} is one of the reasons below. `mujaz fix` mends what
has `yes` in the last column, and where it has `some` those of which it can tell what was meant; it shows them before it
writes.
"""
PARTS = {  # kind of an entry → heading, and what is true of all below it
    "error": ("Errors", "The site is not built until they are mended; what was built before stays."),
    "warning": (
        "Warnings",
        "The site is built all the same. `check` alone tells those of prose and of output.",
    ),
    "usage": ("Wrong calls, and ends of a run", "Each says by itself what to do."),
    "reason": ("Reasons", "They stand within other problems: why a name, a date, a picture or an address is refused."),
}


def problems() -> Iterator[str]:
    """The page, in pieces."""
    yield HEAD
    for kind, (heading, words) in PARTS.items():
        yield f"\n## {heading}\n\n{words}\n\n"
        mended = kind in ("error", "warning")
        yield "| id | what it means |"
        yield " how to mend it | `fix` |\n|---|---|---|---|\n" if mended else "\n|---|---|\n"
        for id in sorted(id for id, entry in catalogue().items() if kind in entry.get("kind", "").split()):
            mends = catalogue()[id].get("mend", "").split()
            cells = [f"`{id}`", _plain(id)]
            cells += [" · ".join(map(_plain, mends)), catalogue()[id].get("fix", "")] if mended else []
            yield f"| {' | '.join(cells)} |\n"


def _plain(id: str) -> str:
    """The English of an entry with its holes by their names alone, as Markdown in a table."""
    text = re.sub(r"\{([a-z_]+):[^\s{}]+\}", r"{\1}", catalogue()[id]["en"])
    return re.sub(r"([\\|*\[\]<>_`]|(?<=\])\()", r"\\\1", text)
