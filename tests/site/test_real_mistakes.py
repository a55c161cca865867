"""Two real news desks, a year each: what they got wrong is named, all of it."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from mujaz.commands.options import SHOWN_WARNINGS
from tests.support.real_site import Real
from tests.support.real_site import raw as raw

ZONE = ZoneInfo("Asia/Qatar")
CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")


def slug(title: str) -> str:
    """The address of a title by the rule of the dialect: its first six words, without marks, at most 180 bytes."""
    title = unicodedata.normalize("NFC", title).lower()
    title = "".join(c for c in title if c != "\u0640" and unicodedata.category(c) not in ("Mn", "Cf"))
    return "-".join(re.findall(r"[^\W_]+", title)[:6]).encode()[:180].decode(errors="ignore").rstrip("-")


def control_characters(root: Path) -> list[tuple[str, int, int]]:
    """(file, line, column) of each directional character in a front matter."""
    found = []
    for path in sorted((root / "content").rglob("*.md")):
        front_matter = path.read_text(encoding="utf-8").split("\n---\n")[0]
        for number, line in enumerate(front_matter.split("\n"), 1):
            name = path.relative_to(root).as_posix()
            found += [(name, number, match.start() + 1) for match in CONTROL.finditer(line)]
    return found


def same_addresses(real: Real) -> dict[str, set[str]]:
    """Address → the files that share it."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for document in real.documents:
        file = f"content/{document['date'][:4]}/{document['date'][5:7]}/{document['id'].lower()}.md"
        day = datetime.fromisoformat(document["date"]).astimezone(ZONE)
        wanted[f"output/{day:%Y/%m/%d}/{slug(document['title'])}/index.html"].add(file)
    return {address: files for address, files in wanted.items() if len(files) > 1}


def test_what_a_desk_got_wrong_is_named_exactly_and_nothing_is_written(raw: Real) -> None:
    built = raw.built
    lines = built.problems.splitlines()
    controls = [
        match
        for line in lines
        if (match := re.match(r"(\S+):(\d+):(\d+): warning: the directional character U\+", line))
    ]
    pairs = [match for line in lines if (match := re.match(r"(output/\S+): is wanted by two: (\S+), (\S+)$", line))]
    helps = [line for line in lines if line.startswith("  help: ")]
    found: defaultdict[str, set[str]] = defaultdict(set)
    for address, *files in (pair.groups() for pair in pairs):
        found[address] |= set(files)
    expected = control_characters(raw.root)

    assert [(m[1], int(m[2]), int(m[3])) for m in controls] == expected[:SHOWN_WARNINGS]
    assert dict(found) == same_addresses(raw)
    assert raw.name != "france24" or (found and expected)
    count = len(controls) + len(pairs)
    assert lines[-1] == f"{len(pairs)} problems; nothing was written"  # a directional character is a warning
    more = [line for line in lines if line.startswith(f"… and {len(expected) - SHOWN_WARNINGS} more warnings")]
    assert len(more) == (len(expected) > SHOWN_WARNINGS)
    assert len(lines) == count + len(helps) + len(more) + 1  # no other line: each once, each with its help
    assert (built.code, built.printed, len(helps)) == (1, "", count)
    assert not (raw.root / "output").exists()
