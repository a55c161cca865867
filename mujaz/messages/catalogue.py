"""The words of messages: what stands in `catalogue.txt`, and how values stand in it.

`catalogue.txt` has an entry for each id, with a line for each language. Of a problem `kind`, `mend` and `fix` say
what it is, the entries that say how to mend it, and whether `mujaz fix` does: `yes` or `some`. A hole is `{key}`:

- `'{key}'` in English and `«{key}»` in Arabic quote what fills it, unless that is a message itself; the values of a
  list are quoted one by one.
- `{n:d}`, `{n:,}`, `{seconds:.2f}` are numbers, formatted as Python does; `{n:stories}` is a number of what the entry
  `stories` counts, in the form that goes with it, and `{n:lines.after}` the same after a preposition or a verb, by the
  line `ar.after` of its entry.
- The forms of what is counted stand between bars: one, other in English; none, one, two, few (3-10), many (11-99),
  other in Arabic, as CLDR has them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from mujaz.paths import data_file

CATALOGUE = data_file("messages/catalogue.txt")
FSI, PDI = "\u2068", "\u2069"  # what stands between them has a direction of its own
PLAIN = re.compile(r"[\s\d.,:;،؛()×–-]*")  # digits and marks need no isolate
QUOTES = {"en": "''", "ar": "«»"}
LONGEST = 120  # letters of a value between quotes
HOLE = re.compile(r"(['«]?)\{([a-z]+)(?::([^\s{}]+))?\}(['»]?)")
COUNTED = re.compile(r"([a-z]{2,})(\.after)?")  # a hole's form that names an entry
BARS = " | "


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Id → language → text; `ar.after` counts as a language."""
    entries: dict[str, dict[str, str]] = {}
    entry: dict[str, str] = {}
    for line in CATALOGUE.read_text(encoding="utf-8").split("\n"):
        if line.startswith("  "):
            language, _, text = line.strip().partition(" ")
            entry[language] = text.lstrip(" ")
        elif line and not line.startswith("#"):
            entry = entries[line] = {}
    return entries


def form(n: int, forms: Sequence[str]) -> str:
    """The one of `forms` that goes with `n`: of two the first for 1, of six by CLDR's rule for Arabic."""
    if len(forms) == 2:
        return forms[n != 1]
    last = n % 100
    return forms[n if 0 <= n < 3 else 5 if last < 3 else 3 if last <= 10 else 4]


def quoted(value: object, language: str = "en") -> str:
    """`value` between quotes, and between U+2068 and U+2069 where it may turn the text around it.

    Without the isolates a terminal lets an Arabic value reorder the place and the punctuation around it.
    """
    text = str(value).replace("\n", "⏎")
    if len(text) > LONGEST:
        text = text[: LONGEST - 1] + "…"
    text = "".join(c if unicodedata.category(c) not in ("Cc", "Cf", "Cs") else f"\\u{ord(c):04x}" for c in text)
    if language == "ar":
        return f"«{FSI}{text}{PDI}»"
    return (
        f"'{FSI}{text}{PDI}'" if any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in text) else f"'{text}'"
    )


def joined(parts: Sequence[str], language: str) -> str:
    """Texts in a row: with commas in English; in Arabic the last one with «و»."""
    if language != "ar" or len(parts) < 2:
        return ", ".join(parts)
    return "، ".join(parts[:-1]) + " و" + parts[-1]
