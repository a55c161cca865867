"""The characters of a text: which may stand in it, which quotes it gets, and what is isolated from its direction.

Plain text in, plain text out, but for `isolate`, which makes HTML. Words and their meaning belong in
`mujaz.arabic.normalize`.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

# ---------------------------------------------------------------- characters

_EMBEDDINGS = "\u202a-\u202e\u2066-\u2069"
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_NOTHING = "\ufeff\ufffe\uffff\ud800-\udfff"
# The honorific ligatures U+FDFA-FDFD and the ornate brackets have no plain spelling that a reader would accept.
_FORMS = "\ufb50-\ufd3d\ufd40-\ufdf9\ufdfe\ufdff\ufe70-\ufefc"
_UNCLEAN = re.compile(f"[{_CONTROLS}{_EMBEDDINGS}{_NOTHING}{_FORMS}]")
_REMOVED = re.compile(f"[{_CONTROLS}{_EMBEDDINGS}{_NOTHING}]")
_FORM_RUN = re.compile(f"[{_FORMS}]+")
_BIDI = re.compile(f"[{_EMBEDDINGS}]")
_MARKS = re.compile("[\u200e\u200f\u061c]")


def clean(text: str) -> str:
    """A body's text in NFC, without invisible controls, presentation forms turned into their letters.

    Line ends become `\\n`. Joiners (U+200C, 200D) and the directional marks U+200E, 200F, 061C stay.
    """
    if _UNCLEAN.search(text):
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = _REMOVED.sub("", text)
        text = _FORM_RUN.sub(lambda run: unicodedata.normalize("NFKC", run[0]), text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def clean_metadata(text: str) -> str:
    """`clean`, and without directional marks: a title travels to places that show them as boxes."""
    text = clean(text)
    return clean(_MARKS.sub("", text)) if _MARKS.search(text) else text


def bidi_controls(text: str) -> list[tuple[int, str]]:
    """Offset and character of each embedding, override or isolate, which metadata must not hold."""
    return [(match.start(), match[0]) for match in _BIDI.finditer(text)]


# ---------------------------------------------------------------- quotes

STYLES = {"guillemets": ("«", "»"), "curly": ("“", "”"), "as-is": ('"', '"')}
_QUOTES = re.compile('"+')
_OPENERS = frozenset("([{«“‹‘-–—―/\\|")
_CLOSERS = frozenset(")]}»”›’.,،؛;:!?؟…%٪")
_DASHES = frozenset("-–—―/\\|")
_VOWELS = "[\u064b-\u0652\u0670]*"
# و ف, then ب ل ك, then ال or the ل of لل: the order in which Arabic glues them; a tatweel may lead to the quote.
_GLUED = re.compile(rf"(?:[وف]{_VOWELS})?(?:[بلك]{_VOWELS})?(?:ال|ل)?{_VOWELS}ـ*")
_WORD_BEFORE = re.compile(r"[\w\u064b-\u0652\u0670]{1,16}\Z")


def quotes(text: str, style: str) -> str:
    """`text` with its straight double quotes in `style`: guillemets «…», curly “…”, or as-is.

    Each quote is judged by the characters on both its sides, never by counting from the start, so one that is
    forgotten spoils no other. What cannot be judged stays straight. The length never changes: one character for one.
    """
    if style == "as-is" or '"' not in text:
        return text
    opening, closing = STYLES[style]
    parts: list[str] = []
    at = open_now = 0
    for run in _QUOTES.finditer(text):
        parts.append(text[at : run.start()])
        at = run.end()
        count = at - run.start()
        side = _side(parts, text[at : at + 2], open_now > 0)
        open_now = max(0, open_now + side * count)
        parts.append({1: opening, -1: closing, 0: '"'}[side] * count)
    parts.append(text[at:])
    return "".join(parts)


def _side(parts: list[str], following: str, open_now: bool) -> int:
    """1 for an opening quote, -1 for a closing one, 0 where it cannot be told."""
    after = "…" if following == ".." else following[:1]
    before = parts[-1][-1:] or (parts[-2][-1:] if len(parts) > 1 else "")
    blank_before, blank_after = not before or before.isspace(), not after or after.isspace()
    if blank_before:
        return 0 if blank_after or after in ")]}»”›.،,؛;:!?؟" else 1
    if before in _OPENERS and not (before in _DASHES and blank_after):
        return 0 if blank_after or after in _CLOSERS else 1
    if blank_after or after in _CLOSERS or after in _DASHES or after in "([{«":
        # 27" is a screen unless a quote is open; و" cannot end a quote that nothing began.
        return -1 if open_now or not (before.isdigit() or _is_glued(parts)) else 0
    return 1 if before == ":" or _is_glued(parts) else 0


def _is_glued(parts: list[str]) -> bool:
    """Whether the word that touches the quote is nothing but prefixes, with a boundary before it."""
    word = _WORD_BEFORE.search(parts[-1][-17:])
    if not word or not _GLUED.fullmatch(word[0]):
        return False
    before = parts[-1][: -len(word[0])][-1:] or (parts[-2][-1:] if len(parts) > 1 else "")
    return not before or before.isspace() or before in _OPENERS


# ---------------------------------------------------------------- isolates

_LATIN = "A-Za-zªºÀ-ÖØ-öø-ɏḀ-ỿ"
_LATIN_END = f"{_LATIN}0-9\u0300-\u036f"
# Signs without a space around them join: RTS,S in two isolates would be read S,RTS.
_LATIN_WITHIN = f"[{_LATIN_END}]|[-_.,;'’&/@:+#%=~?!–—|*·]+(?=[{_LATIN_END}])"
_LATIN_WORD = f"[{_LATIN_END}](?:{_LATIN_WITHIN})*(?:[+#%/]+|(?<=\\.[A-Z])\\.)?"
_BETWEEN = r"(?:[,;:]?\s{1,3}|\s[&+–—-]\s)"
# A number belongs to the Latin word after it (4 GB, 5G, F-35). The bounds keep a hostile run of digits linear.
_LATIN_RUN = re.compile(
    f"(?<![{_LATIN_END}])[@#$€£]?(?=[0-9.,/-]{{0,20}}[ \\u00a0]?[{_LATIN}])(?:[0-9][0-9.,]{{0,20}}[ \\u00a0])?"
    f"{_LATIN_WORD}(?:{_BETWEEN}[@#$€£]?{_LATIN_WORD}|\\s?\\({_LATIN_WORD}(?:{_BETWEEN}{_LATIN_WORD})*\\))*"
)
_ANY_LATIN = re.compile(f"[{_LATIN}]")
_RIGHT = "\u0590-\u05ff\u0600-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RIGHT_RUN = re.compile(f"[{_RIGHT}](?:[{_RIGHT}0-9٠-٩۰-۹\u200c\u200d]|[-\\s.,:/'«»()]{{1,3}}(?=[{_RIGHT}]))*")
_ANY_RIGHT = re.compile(f"[{_RIGHT}]")


def foreign_runs(text: str, *, rtl: bool = True) -> Iterator[tuple[int, int]]:
    """Start and end of each run of `text` that is written against the base direction.

    Against a right-to-left base that is Latin, with the numbers and symbols that belong to it (C++, F-35, 4 GB).
    """
    if not (_ANY_LATIN if rtl else _ANY_RIGHT).search(text):
        return
    for run in (_LATIN_RUN if rtl else _RIGHT_RUN).finditer(text):
        yield run.span()


def isolate(text: str, *, rtl: bool = True) -> str:
    """`text` escaped for HTML, each run against the base direction in `<bdi>`; for text content, not attributes."""
    parts: list[str] = []
    at = 0
    for start, end in foreign_runs(text, rtl=rtl):
        run = html.escape(text[start:end], quote=False)
        parts += (html.escape(text[at:start], quote=False), f"<bdi>{run}</bdi>")
        at = end
    parts.append(html.escape(text[at:], quote=False))
    return "".join(parts)


# ---------------------------------------------------------------- lengths

# Arabic is read aloud at 138 words a minute (IReST, Trauzettel-Klosinski and Dietz 2012); silent reading is 1.3 times
# as fast (Brysbaert 2019: 238 to 183 in English).
WORDS_PER_MINUTE = 180


def cut_at_word(text: str, limit: int) -> str:
    """`text` if it has at most `limit` characters, else its first words and `…`, `limit` characters at most.

    A single word longer than that is cut, but never between a letter and its marks.
    """
    if len(text) <= limit:
        return text
    end = max(limit - 1, 0)
    while end > 0 and not text[end].isspace():
        end -= 1
    if not text[:end].strip():
        end = max(limit - 1, 0)
        while end > 0 and _clings(text[end - 1], text[end]):
            end -= 1
    while end > 0 and (text[end - 1].isspace() or _dangles(text[end - 1])):
        end -= 1
    return text[:end] + "…"


def _clings(before: str, char: str) -> bool:
    return before == "\u200d" or char in "\u200c\u200d" or unicodedata.category(char)[0] == "M"


def _dangles(char: str) -> bool:
    """Whether a cut text must not end with `char`: any punctuation but what closes or belongs to a number."""
    return unicodedata.category(char) in ("Po", "Pd", "Ps", "Pi", "Pc") and char not in "%٪"


def reading_minutes(words: int) -> int:
    """Whole minutes that `words` Arabic words take, at least 1."""
    return max(1, round(words / WORDS_PER_MINUTE))


def initial(name: str) -> str:
    """The letter that stands for a name: its first one, after the article: م for الميناء. Empty where it has none."""
    letters = [one for one in name if unicodedata.category(one)[0] == "L"]
    if len(letters) > 3 and letters[:2] == ["ا", "ل"]:
        letters = letters[2:]
    return letters[0].upper() if letters else ""
