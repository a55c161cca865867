"""The direction of a text and of a language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_OPENING_ISOLATES, _CLOSING_ISOLATE = "\u2066\u2067\u2068", "\u2069"
_RTL_LANGUAGES = frozenset(
    {"ar", "arc", "arz", "ary", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "ks", "lrc", "mzn", "nqo", "pnb", "prs"}
    | {"ps", "sd", "sdh", "syr", "ug", "ur", "yi"}
)
_RTL_SCRIPTS = frozenset({"adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"})


def first_strong(text: Iterable[str]) -> str:
    """`R` or `L`: the direction of the first strong character outside isolates (UAX #9, P2); empty if there is none.

    `text` gives characters; none is taken after the strong one.
    """
    depth = 0
    for character in text:
        if character in _OPENING_ISOLATES:
            depth += 1
        elif character == _CLOSING_ISOLATE:
            depth = max(0, depth - 1)
        elif not depth:
            strong = unicodedata.bidirectional(character)
            if strong in ("R", "AL", "L"):
                return strong[:1].replace("A", "R")
    return ""


def direction_of(code: str) -> str:
    """`rtl` or `ltr`, as the texts of a language are written."""
    return "rtl" if is_rtl_language(code) else "ltr"


def is_rtl_language(code: str) -> bool:
    """Whether a language tag (`ar`, `fa-IR`, `az-Arab`) is written from right to left; a script in it decides."""
    language, *rest = code.lower().replace("_", "-").split("-")
    scripts = [part for part in rest if len(part) == 4 and part.isalpha()]
    return scripts[0] in _RTL_SCRIPTS if scripts else language in _RTL_LANGUAGES
