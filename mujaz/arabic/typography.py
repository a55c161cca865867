"""The characters of a text: which are allowed, and where a text is cut.

Plain text in, plain text out. Words and their meaning are in `mujaz.arabic.normalize`, quotes in `mujaz.arabic.quotes`,
runs against the direction of a line in `mujaz.arabic.isolates`.
"""

from __future__ import annotations

import re
import unicodedata

from mujaz.arabic.isolates import numbers
from mujaz.arabic.quotes import STYLES, quotes
from mujaz.model.normal_forms import normalized

# ---------------------------------------------------------------- characters

_EMBEDDINGS = "\u202a-\u202e\u2066-\u2069"
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_NOTHING = "\ufeff\ufffe\uffff\ud800-\udfff"
# The honorific ligatures U+FDFA-FDFD and the ornate brackets have no plain spelling that a reader would accept.
_FORMS = "\ufb50-\ufd3d\ufd40-\ufdf9\ufdfe\ufdff\ufe70-\ufefc"
_UNCLEAN = re.compile(f"[{_CONTROLS}{_EMBEDDINGS}{_NOTHING}{_FORMS}]")
_REMOVED = re.compile(f"[{_CONTROLS}{_EMBEDDINGS}{_NOTHING}]")
_UNWRITABLE = re.compile(f"(?![\n\t\x85\ufeff])[{_CONTROLS}{_EMBEDDINGS}{_NOTHING}]")
# Controls that stand between words, and what parts these without them: ends of a line, a page, a file or a group
# (U+000B is Word's Shift+Enter), and U+001E, Word's hyphen that does not break.
PARTING = dict.fromkeys("\x0b\x0c\x1c\x1d", " ") | {"\x1e": "-"}
_PARTED = str.maketrans(PARTING | {"\x85": " "})
_FORM_RUN = re.compile(f"[{_FORMS}]+")
_BIDI = re.compile(f"[{_EMBEDDINGS}]")
_MARKS = re.compile("[\u200e\u200f\u061c]")
_QUOTES = dict([STYLES["guillemets"], STYLES["curly"]])
_QUOTE = re.compile("[«»“”]")


def clean(text: str) -> str:
    """A body's text in NFC, without invisible controls, and with letters instead of presentation forms.

    Line ends become `\\n`, and those that no editor counts as lines a space; what parts words still parts them.
    Joiners (U+200C, 200D) and the directional marks U+200E, 200F, 061C stay.
    """
    if _UNCLEAN.search(text):
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = text.translate(_PARTED)
        text = _REMOVED.sub("", text)
        text = _FORM_RUN.sub(lambda run: normalized("NFKC", run[0]), text)
    return text if unicodedata.is_normalized("NFC", text) else normalized("NFC", text)


def clean_metadata(text: str) -> str:
    """`clean`, and without directional marks: titles get into programs that show them as boxes."""
    text = clean(text)
    return clean(_MARKS.sub("", text)) if _MARKS.search(text) else text


def writable(text: str) -> str:
    """`text` without the characters that no value of a front matter can hold: controls, embeddings, isolates."""
    return _UNWRITABLE.sub("", text)


def bidi_controls(text: str) -> list[tuple[int, str]]:
    """(offset, character) of each embedding, override or isolate, which metadata must not hold."""
    return [(match.start(), match[0]) for match in _BIDI.finditer(text)]


def without_bidi_controls(text: str) -> str:
    """`text` without embeddings, overrides and isolates."""
    return _BIDI.sub("", text)


# ---------------------------------------------------------------- quotes and numbers


def set_in_type(text: str, style: str, *, rtl: bool) -> str:
    """One paragraph with the quotation marks of a site, and in a right-to-left one with its numbers set."""
    text = quotes(text, style)
    return numbers(text) if rtl else text


# ---------------------------------------------------------------- lengths

# Arabic is read aloud at 138 words a minute (IReST, Trauzettel-Klosinski and Dietz 2012); silent reading is 1.3 times
# as fast (Brysbaert 2019: 238 to 183 in English).
WORDS_PER_MINUTE = 180


# A blank within a number: 12 500 cut to 12 would be another one.
_HELD = re.compile(r"(?<=\d)[ \u00a0\u2007\u202f](?:[%٪‰°]|\d{3}(?!\d))")


def cut_at_word(text: str, limit: int) -> str:
    """`text` if it has at most `limit` characters, else its first words and `…`, `limit` characters at most.

    A single word longer than that is cut, but never between a letter and its marks. A quotation that is cut is closed,
    so that nobody takes what follows for words of its speaker.
    """
    if len(text) <= limit:
        return text
    kept = _whole_words(text, limit)
    while (over := len(kept) + len(closers := _closers(kept)) + 1 - limit) > 0 and kept:
        kept = _whole_words(text, len(kept) + 1 - (over + 1) // 2)  # a letter less spares one mark at most
    return f"{kept}…{closers}"


def _whole_words(text: str, limit: int) -> str:
    """The first words of `text`, with room for one more character."""
    end = max(limit - 1, 0)
    while end > 0 and (not text[end].isspace() or _HELD.match(text, end)):
        end -= 1
    if not text[:end].strip():
        end = max(limit - 1, 0)
        while end > 0 and _clings(text[end - 1], text[end]):
            end -= 1
    while end > 0 and (text[end - 1].isspace() or _dangles(text[end - 1])):
        end -= 1
    return text[:end]


def _closers(text: str) -> str:
    """The marks that close the quotations which `text` leaves open, the innermost first."""
    open_now: list[str] = []
    for char in _QUOTE.findall(text):
        if char in _QUOTES:
            open_now.append(_QUOTES[char])
        elif char in open_now:
            while open_now.pop() != char:
                pass
    return "".join(reversed(open_now))


def _clings(before: str, char: str) -> bool:
    return before == "\u200d" or char in "\u200c\u200d" or unicodedata.category(char)[0] == "M"


def _dangles(char: str) -> bool:
    """Whether a cut text must not end with `char`: punctuation, unless it closes or belongs to a number."""
    return unicodedata.category(char) in ("Po", "Pd", "Ps", "Pi", "Pc") and char not in "%٪‰′″#"


def reading_minutes(words: int) -> int:
    """The reading time of `words` Arabic words in whole minutes, at least 1."""
    return max(1, round(words / WORDS_PER_MINUTE))


def initial(name: str) -> str:
    """The initial of a name: its first letter after the article, م for الميناء. Empty where it has no letter."""
    letters = [one for one in name if unicodedata.category(one)[0] == "L"]
    if len(letters) > 3 and letters[:2] == ["ا", "ل"]:
        letters = letters[2:]
    return letters[0].upper() if letters else ""
