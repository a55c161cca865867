"""Runs of a line that are written against its direction (Latin words, numbers, their signs), and isolates for them.

In a right-to-left line browsers, mail programs and feed readers order characters by UAX #9, which counts a sign next to
a number or after a Latin word as part of the Arabic around it: CO₂ is shown as ₂CO, +974 4412 as 4412 974+.
An isolate around the whole run keeps its order in any context. A pair of numbers (a score, years) needs none: with a
dash between them they are ordered from right to left everywhere, with a hyphen only after an Arabic word.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

# ---------------------------------------------------------------- numbers: their characters

_NOT_BEFORE = "(?<![A-Za-z0-9٠-٩۰-۹.,:/+_@#=×%°–—-])"
_NOT_AFTER = "(?![A-Za-z0-9٠-٩۰-۹_@=×/–—+-]|[.,:][0-9٠-٩۰-۹]|\\.[a-z])"  # nor in the name of a file
_DIGITS = "[0-9٠-٩۰-۹]"
_NUMBER = f"{_DIGITS}{{1,9}}+(?:[.,:/٫٬]{_DIGITS}{{1,4}}+){{0,4}}+[½¼¾⅓⅔]?"
_ADDRESS = "(?P<address>(?:https?://|www\\.)\\S++)"  # met first, so that nothing within one is met
_PAIR = re.compile(f"{_ADDRESS}|{_NOT_BEFORE}([$€£]?({_NUMBER})[%٪°]?)-([$€£]?({_NUMBER})[%٪°]?){_NOT_AFTER}")
_SIGN_FIRST = re.compile(f"{_ADDRESS}|(?<![A-Za-z0-9٠-٩۰-۹%٪])([%٪])([ \u00a0]?)({_NUMBER})(?![A-Za-z0-9٠-٩۰-۹_%٪])")
_HINTS = re.compile(f"[-%٪][$€£ \u00a0]?{_DIGITS}")
_TELEPHONE = re.compile(
    "(?:هاتف|تلفون|تليفون|جوال|موبايل|محمول|فاكس|واتس|تلفن|اتصل|للتواصل|رقم|الرقم)[^0-9٠-٩۰-۹\n]{0,16}\\Z"
)
_YEAR = re.compile("(?:1[0-9]|20|21)[0-9]{2}")
_BEHIND_LATIN = re.compile("[A-Za-z][ \u00a0]\\Z")
_UNSEEN_MARKS = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_COUNTED = ")]}»”′″°\ufffc"  # may end a number; U+FFFC stands for code and pictures
_BEHIND_NUMBER = re.compile("[0-9٠-٩۰-۹)][ \u00a0]\\Z")


def numbers(text: str, ends: Sequence[int] = ()) -> str:
    """`text` with numbers as an Arabic line needs them: 3-1 as 3–1, and %12 as 12%. The length never changes.

    `ends` are the offsets, in order, at which elements begin or end. No sign moves over one: of `%<del>12</del> 15` a
    digit would not be struck out.

    Numbers with a hyphen between them are ordered from the left, but from the right after an Arabic letter (UAX #9, W2
    and W4): a table of results would name the wrong winner. With a dash it is from the right in both cases. Telephone
    numbers, dates and types (737-800) keep their hyphens, and addresses all of their characters.
    """
    if not ("-" in text or "%" in text or "٪" in text) or not _HINTS.search(text):
        return text
    text = _SIGN_FIRST.sub(lambda found: found[0] if _is_parted(found, ends) else _sign_last(found), text)
    return _PAIR.sub(_dashed, text)  # after the signs: of «%3-%12» they hide the pair


def _is_parted(found: re.Match[str], ends: Sequence[int]) -> bool:
    after = bisect_right(ends, found.start())
    return after < len(ends) and ends[after] < found.end()


def _sign_last(found: re.Match[str]) -> str:
    before, after = found.string[max(found.start() - 1, 0) : found.start()], found.string[found.end() : found.end() + 1]
    if found["address"] or (before.isalpha() and after.isalpha()):  # صفحة%20أخرى is a name with a blank, encoded
        return found[0]
    if _is_of_what_precedes(found.string[max(found.start() - 8, 0) : found.start()], parted=bool(found[3])):
        return found[0]
    return f"{found[4]}{found[3]}{found[2]}"


def _is_of_what_precedes(before: str, *, parted: bool) -> bool:
    """Whether a sign of percent behind `before` belongs to that; `parted` where a blank is between it and a number.

    So it does in «5 % 10 مرات», «(5)% 10 مرات» and «خمسة% 10 مرات», but not in «5 %10».
    """
    seen = before.rstrip(_UNSEEN_MARKS)
    if parted and seen and not seen[-1].isspace() and seen[-1] not in _EDGE:
        return True
    last = (seen.rstrip(_UNSEEN_MARKS + " \u00a0\u202f") if parted else seen)[-1:]
    return last.isnumeric() or (last != "" and last in _COUNTED)


def _dashed(pair: re.Match[str]) -> str:
    if pair["address"]:
        return pair[0]
    first, second = pair[3], pair[5]
    if max(len(first), len(second)) > 2 and _is_a_name(pair.string, pair.start(), first, second):
        return pair[0]
    return f"{pair[2]}–{pair[4]}"


def _is_a_name(text: str, start: int, first: str, second: str) -> bool:
    """Whether a pair of numbers is one unit, ordered from the left: a telephone number, a type."""
    if _YEAR.fullmatch(first) and (_YEAR.fullmatch(second) or len(second) == 2):
        return False
    if not (first + second).isdecimal():
        return max(first.count("."), second.count(".")) > 1
    before = text[max(0, start - 28) : start]
    if len(first) >= 3 and len(second) >= 3 and _BEHIND_LATIN.search(before):
        return True
    if len(first) + len(second) < 7:
        return False
    if _TELEPHONE.search(before) or _BEHIND_NUMBER.search(before) or first[0] in "0٠۰":
        return True
    return len(first) == len(second) == 4 and int(second) < int(first)


# ---------------------------------------------------------------- letters and the signs among them

# Letters that are written from left to right, Greek, Cyrillic and others among them, are told by what is none:
# signs, and letters from right to left. These are an eighth as many, and `re` takes time for each character of a set.
_NO_LETTER = (
    "\\x00-/:-@\\[-`{-©«-±´¶-¸»-¿×÷ʹ-˿\u037e\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff"
    "\u2000-\u206f\u2072\u2073\u208f\u209d-\u3004\ufb00-＠［-｀｛-\U0010ffff"
)
_ARABIC = "٠-٩۰-۹"
_DOWN = "²³¹⁰⁴-⁾₀-₎"
_MARKS_ABOVE = "\u0300-\u036f"
_LATIN = f"[^{_NO_LETTER}{_ARABIC}0-9{_MARKS_ABOVE}{_DOWN}]"
_LATIN_END = f"[^{_NO_LETTER}{_ARABIC}]"  # a letter, its mark, or a number behind it
_RIGHT = "\u0590-\u05ff\u0600-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_LETTER_RIGHT = "\u05d0-\u05ea\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff"
_UNSEEN = "\u00ad\u200b-\u200e\u2060\ufe00-\ufe0f"
_BRACKETS = '«»“”„‟"()\\[\\]{}<>'
# Any sign without a space around it joins (RTS,S and Wi‑Fi in two isolates would be shown as S,RTS and Fi-Wi), except
# signs with a direction of their own, and brackets and quotes, which may belong to the Arabic around.
_WITHIN = f"(?:(?!{_LATIN_END})[^\\s{_RIGHT}{_ARABIC}{_BRACKETS}\u200f\u061c\ufffc\u0011\u0012]){{1,6}}(?={_LATIN_END})"
_TRAILING = f"(?:[+#%*°′″™®©℠{_UNSEEN}]{{1,4}}|/(?![{_LETTER_RIGHT}])|(?<=\\.[A-Z])\\.)?"
_WORD = f"{_LATIN_END}(?:{_LATIN_END}++|{_WITHIN})*+{_TRAILING}"
_ABBREVIATED = f"(?:(?<=[A-Z])(?<!{_LATIN}[A-Z])|(?<=[A-Z][a-z])(?<!{_LATIN}.[a-z])|(?<=[A-Z][a-z][a-z]))"
_BETWEEN = (
    f"(?:[,;:]?\\s{{1,3}}|[.!?…]\\s(?=[a-z])|{_ABBREVIATED}\\.\\s|"
    f"\\s[^\\s\\w{_RIGHT}{_BRACKETS}\u200f\u061c\ufffc\u0011\u0012]{{1,4}}\\s)"
)
_LEAD = "[@#$€£¥+]?"
_MORE = f"(?:{_BETWEEN}{_LEAD}{_WORD})*+"
_WORDS = re.compile(f"{_LEAD}{_WORD}{_MORE}")
# Latin in quotes or brackets within Latin, with both marks. A single expression for all of it would hold sixteen copies
# of the words, and take a second to compile.
_MARKS = {"'": "'", "‘": "’", "“": "”", "«": "»", '"': '"', "(": ")", "[": "]"}
_OPENING = re.compile("[,;:]?\\s{0,2}(?=['‘“«\"([])")
_CLOSING = re.compile(f"[.,!?…]?(['’”»\")\\]])(?!{_LATIN_END})")
_GAP = re.compile("[,;:]?\\s{1,3}")
_TAIL = re.compile(
    "\\s(?:[0-9]{1,2}[-–][0-9]{1,3}|[0-9]{3}[-–][0-9]{1,2}|(?:19|20)[0-9]{2}[-–](?:(?:19|20)[0-9]{2}|[0-9]{2}))\\Z"
)

# ---------------------------------------------------------------- numbers that need an isolate

_SIGNS = "[+−±∓~≈-]"
_MONEY = "[$€£¥₤₪₺₽₹¢#№]"
_PREFIXED = "|".join(
    (
        f"(?:\\+|00){_DIGITS}{{1,4}}+",
        f"\\([+0٠۰]{_DIGITS}{{1,4}}+\\)",
        f"\\({_DIGITS}{{3}}\\)(?= ?{_DIGITS}{{3}}-)",
        f"[0٠۰]{_DIGITS}{{1,4}}+(?=[ .-])",
    )
)
_PHONE = f"(?:{_PREFIXED})(?:[ .\u00a0-]?\\(?{_DIGITS}{{1,9}}+\\)?){{1,6}}+(?![-.]?{_DIGITS})"
_GROUPS = f"{_DIGITS}{{1,3}}+(?: {_DIGITS}{{3}}(?!{_DIGITS})){{1,4}}+"
_LOOSE = re.compile(f"{_DIGITS}{{2,5}}+(?:[ .-]{_DIGITS}{{2,5}}+){{1,5}}+")
_FRACTION = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_WESTERN = "[0-9۰-۹]"
_PLAIN = f"{_WESTERN}{{1,20}}+(?:[.,:/٫٬]{_WESTERN}{{1,20}}+){{0,20}}+"
_OPERATOR = "(?: [+−×÷=≠≤≥≈±*^] |[+−×÷=≠≤≥≈±*^])"
_THEN = f"(?:-|{_OPERATOR}){_SIGNS}?{_PLAIN}"
_SUM = f"{_SIGNS}?{_PLAIN}(?:-{_PLAIN}){{0,40}}+{_OPERATOR}{_SIGNS}?{_PLAIN}(?:{_THEN})*+"
_CHAIN = f"{_PLAIN}(?:-{_PLAIN})++(?:-?[A-Z](?!{_LATIN_END}))?"
_DEGREES = f"°(?:[ ]?[CFKNSEW](?!{_LATIN_END}))?"
_UNIT = f"[ \u00a0\u202f]?(?:[%‰]|{_DEGREES}|[℃℉])|[٪′″]|{_MONEY}(?!{_WESTERN})|\\+(?![\\w+])"
_AMOUNT = (
    f"(?P<lead>{_SIGNS}?{_MONEY}?{_SIGNS}?)(?P<plain>{_PLAIN})"
    f"(?:(?P<sure>[{_FRACTION}{_DOWN}]|(?:[°′']?{_WESTERN}){{0,12}}+(?:{_UNIT}))[{_UNSEEN}]?)?"
)
_NUMBERS = re.compile(f"(?P<phone>{_PHONE})|(?P<groups>{_GROUPS})|(?P<sum>{_SUM})|(?P<chain>{_CHAIN})|{_AMOUNT}")
_JOINED = re.compile(f"(?P<space>[ \u00a0])?(?:{_WITHIN})?(?={_LATIN})")
# Nearly every number: one followed by Arabic or the end of a sentence.
_BARE = re.compile(f"{_WESTERN}{{1,9}}+(?:[.,]{_WESTERN}{{1,9}}+)?(?=[،.؛)»]{{0,2}}(?:\\s?[{_LETTER_RIGHT}]|\\Z))")
_HIT = re.compile(f"[^{_NO_LETTER}{_MARKS_ABOVE}{_DOWN}]")  # a letter or a digit
_LETTER = re.compile(_LATIN)
_ARABIC_DIGITS = re.compile("[٠-٩]+")
_LEADS = frozenset("+−±∓~≈-$€£¥₤₪₺₽₹¢#№")
_HYPHENS = frozenset("-−–")
_EDGE = frozenset("([{«“\"'‘:،؛\u200f\u200e\u061c")

_RIGHT_RUN = re.compile(f"[{_RIGHT}](?:[{_RIGHT}0-9٠-٩۰-۹\u200c\u200d]|[-\\s.,:/'«»()]{{1,3}}(?=[{_RIGHT}]))*")


def foreign_runs(text: str, *, rtl: bool = True) -> Iterator[tuple[int, int]]:
    """(start, end) of each run of `text` that is written against the base direction.

    In a right-to-left line that is Latin with its numbers and signs (C++, F-35, 4 GB, CO₂), and a number that its signs
    would reorder (+974 4412 3456, 35°C, -3).
    """
    if not rtl:
        yield from _right_runs(text)
        return
    at = 0
    while hit := _HIT.search(text, at):
        start, end, foreign = _run(text, hit.start(), at)
        if foreign:
            yield start, end
        at = end


def _right_runs(text: str) -> Iterator[tuple[int, int]]:
    """Runs from right to left in a line from left to right; of a text without other letters all from end to end.

    A quote or a bracket that opens in a run and closes right behind it belongs to it.
    """
    alone = not _LETTER.search(text) and "\ufffc" not in text  # an object stands in no isolate
    for run in _RIGHT_RUN.finditer(text):
        if alone:
            yield len(text) - len(text.lstrip()), len(text.rstrip())
            return
        end = run.end()
        for opening, closing in ("«»", "()"):
            if run[0].count(opening) > run[0].count(closing) and text.startswith(closing, end):
                end += 1
        yield run.start(), end


def _run(text: str, hit: int, floor: int) -> tuple[int, int, bool]:
    """(start, end, whether it needs an isolate) of the run with the letter or digit at `hit`, from `floor` on."""
    if not text[hit].isdecimal():
        return _latin(text, hit, floor)
    start = hit
    before = text[hit - 1] if hit > floor else " "
    if before not in _LEADS and before != "(" and (bare := _BARE.match(text, hit)):
        return hit, bare.end(), False
    while start > floor and hit - start < 3 and text[start - 1] in _LEADS:
        start -= 1
    if start < hit and not _may_lead(text, start):
        start = hit
    bracket = start - (text[start - 1 : start] == "(") if start > floor else start
    found = (_NUMBERS.match(text, bracket) if bracket < start else None) or _NUMBERS.match(text, start)
    found = found or _NUMBERS.match(text, hit)
    kind = found.lastgroup if found else None
    if found and kind == "phone" and sum(map(str.isdecimal, found[0])) < 7:
        found, kind = _NUMBERS.match(text, hit), "plain"
    if found is None:  # ٠-٩, which signs do not reorder
        loose = _loose(text, hit)
        return hit, loose or _past(text, hit), bool(loose)
    if (kind == "chain" or kind == "plain") and (loose := _loose(text, hit)) > found.end():
        return found.start(), loose, True
    start, end = found.span()
    second = start > 0 and text[start - 1] in _HYPHENS and text[start - 2 : start - 1].isdecimal()
    joined = _JOINED.match(text, end) if kind != "phone" else None
    if joined and not (second and joined["space"]):
        return start, _without_pair(text, start, _latin_end(text, joined.end())), True
    return start, end, kind in ("phone", "groups", "sum", "chain", "sure") or bool(found["lead"])


def _latin(text: str, hit: int, floor: int) -> tuple[int, int, bool]:
    start = hit
    before = text[hit - 1 : hit] if hit > floor else ""
    if before and (before in "@#$€£¥" or (before == "." and not text[max(floor, hit - 2) : hit - 1].strip())):
        start -= 1
    elif before in _MARKS and (held := _enclosed_end(text, hit - 1)):
        gap = _GAP.match(text, held)
        if gap and _LETTER.match(text, gap.end()):
            return hit - 1, _without_pair(text, hit - 1, _latin_end(text, gap.end())), True
    return start, _without_pair(text, hit, _latin_end(text, hit)), True


def _latin_end(text: str, start: int) -> int:
    """The end of the Latin words that begin at `start`, a letter or digit; one after it where there are none."""
    found = _WORDS.match(text, start)
    if found is None:
        return start + 1
    end = found.end()
    while (opening := _OPENING.match(text, end)) and (held := _enclosed_end(text, opening.end())):
        gap = _GAP.match(text, held)
        more = gap and _WORDS.match(text, gap.end())
        end = more.end() if more else held
    return end


def _enclosed_end(text: str, mark: int) -> int:
    """The end of Latin words between the mark at `mark` and its counterpart; 0 where there are none."""
    words = _WORDS.match(text, mark + 1)
    closing = _CLOSING.match(text, words.end()) if words else None
    return closing.end() if closing and closing[1] == _MARKS[text[mark]] else 0


def _may_lead(text: str, start: int) -> bool:
    """Whether signs at `start` belong to the number after them; a hyphen after a letter does not (كوفيد-19)."""
    before = text[start - 1 : start] if start else ""
    if not before or before.isspace() or before in _EDGE:
        return True
    return text[start] not in _HYPHENS and not before.isdecimal() and before not in ")]%"


def _past(text: str, hit: int) -> int:
    found = _ARABIC_DIGITS.match(text, hit)
    return found.end() if found else hit + 1


def _loose(text: str, hit: int) -> int:
    """The end of a telephone number without country code, where a word before marks it as one; else 0."""
    found = _LOOSE.match(text, hit)
    if found and sum(map(str.isdecimal, found[0])) >= 6 and _TELEPHONE.search(text[max(0, hit - 28) : hit]):
        return found.end()
    return 0


def _without_pair(text: str, start: int, end: int) -> int:
    """The end of a Latin run without a score or years after it, which belong to the Arabic sentence."""
    if not text[end - 1].isdecimal():
        return end
    pair = _TAIL.search(text[max(start, end - 12) : end])
    return end - len(pair[0]) if pair else end


# ---------------------------------------------------------------- isolates


def is_overridden(run: str) -> bool:
    """Whether a run is of ٠-٩, which need an override: an isolate alone leaves groups of them from right to left."""
    return _ARABIC_DIGITS.search(run) is not None and not any(map(str.isalpha, run))


def marked(run: str) -> str:
    """A run of ٠-٩ with marks between its groups, which order them from the left where no override can stand."""
    return re.sub("(?<=[٠-٩])[^٠-٩]+(?=[٠-٩])|^[^٠-٩]+", "\u200e\\g<0>\u200e", run)


def tags(run: str) -> tuple[str, str]:
    """The opening and closing tag for a run. `bdi` takes its direction from letters; a number needs `dir`."""
    if any(map(str.isalpha, run)):
        return "<bdi>", "</bdi>"
    return ('<bdo dir="ltr">', "</bdo>") if is_overridden(run) else ('<bdi dir="ltr">', "</bdi>")


def isolate(text: str, *, rtl: bool = True) -> str:
    """`text` escaped for HTML, with numbers set and each run in an isolate; for text content, not attributes."""
    return isolate_set_numbers(numbers(text) if rtl else text, rtl=rtl)


def isolate_set_numbers(text: str, *, rtl: bool) -> str:
    """`isolate` for a text whose numbers are set already."""
    parts: list[str] = []
    at = 0
    for start, end in foreign_runs(text, rtl=rtl):
        opening, closing = tags(text[start:end])
        run = html.escape(text[start:end], quote=False)
        parts += (html.escape(text[at:start], quote=False), opening, run, closing)
        at = end
    parts.append(html.escape(text[at:], quote=False))
    return "".join(parts)


# Letters, and digits after them, keep their order if there is no sign at either end of the run.
_STEADY = re.compile(f"[0-9]*{_LATIN}(?:.*[^{_NO_LETTER}{_ARABIC}{_MARKS_ABOVE}])?", re.S)
_THEN_NUMBER = re.compile(f"[^{_LETTER_RIGHT}]{{0,40}}?[0-9۰-۹]")


def isolated(text: str, *, rtl: bool = True) -> str:
    """Plain `text` with U+2066 and U+2069 around the runs that programs would reorder.

    A Latin name gets none: some programs show unknown marks as boxes.
    """
    return isolated_set_numbers(numbers(text)) if rtl else text


def isolated_set_numbers(text: str) -> str:
    """`isolated` for a text from right to left whose numbers are set already, or for a part of one.

    A part is never set by itself: without the word before it a telephone number is a pair.
    """
    parts: list[str] = []
    at = 0
    for start, end in foreign_runs(text):
        run = text[start:end]
        if _STEADY.fullmatch(run) and not _THEN_NUMBER.match(text, end):
            continue
        if is_overridden(run):
            run = marked(run)
        parts += (text[at:start], "\u2066", run, "\u2069")
        at = end
    parts.append(text[at:])
    return "".join(parts)
