"""The hits file: how often each story was read, a line `id,number` each. «الأكثر قراءة» is made from it.

Whatever writes it (an analytics export, a script over a log) writes the same small text; a build reads no log.
"""

from __future__ import annotations

import csv
from pathlib import Path

from mujaz.messages.errors import Problem, SiteError
from mujaz.messages.message import say

FORM = say("write-hits-like")
MOST_TOLD = 20  # bad lines; a file of another kind has hundreds of thousands, which take half a minute to tell


def load_hits(path: Path, name: str) -> tuple[str, ...]:
    """Ids, the most read first, ties by id. Lines that are empty or start with `#` are left out.

    Raises SiteError with the places of the first `MOST_TOLD` bad lines, or where the file is missing.
    """
    if path.exists() and not path.is_file():  # a pipe would never end
        raise SiteError([Problem(path=name, message=say("no-regular-file"), help=FORM)])
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = say("hits-file-missing" if isinstance(error, FileNotFoundError) else "hits-file-not-utf8")
        help = say("make-hits-file")
        raise SiteError([Problem(path=name, message=message, help=help)]) from error
    hits: dict[str, float] = {}
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            id, count = next(csv.reader([line], skipinitialspace=True))
            hits[id.strip()] = hits.get(id.strip(), 0.0) + _count(count)
        except (ValueError, csv.Error):
            text = say("no-line-of-hits", line=line)
            problems.append(Problem(path=name, line=number, column=1, message=text, help=FORM))
            if len(problems) == MOST_TOLD:
                break
    if problems:
        raise SiteError(problems)
    return tuple(sorted((id for id in hits if hits[id] > 0), key=lambda id: (-hits[id], id)))


def _count(text: str) -> float:
    count = float(text)
    if not 0 <= count < 1e15:
        raise ValueError(text)
    return count
