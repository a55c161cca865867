"""The holes in a body, and how they are filled when a page is rendered; it loads no library.

`Body.html` holds holes where something outside the file decides: the address of a link, a picture's files, a word for
screen readers. A hole stands between two U+001A, which nothing else in the text can hold:

    L3 title="…"   the start of link 3, with its other attributes      E3   its end
    U3             the attribute src of a video or audio, link 3
    F0             picture 0, alone in its paragraph: a figure          P0   picture 0 within text
    G0             picture 0, in a gallery
    M0             film or sound 0, alone in its paragraph
    T:footnote     a word from the strings, by its key
    N2             where entry 2 of a live story begins, its title first     N     where its title ends
    Z              where its entries end and the footnotes begin

`fill` is the only reader of holes. `mujaz.markdown_body.references` and `mujaz.markdown_body.typeset` cut them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence

from mujaz.arabic.quotes import TOLD, UNSAID, marks_around
from mujaz.model.players import Player
from mujaz.model.views import BodyView, Entry, Figure

HOLE = "\x1a"
WORDS = ("footnotes", "footnote_back", "embed", "table", "key_points")  # the keys that a hole may ask for

_INLINE_NAMES = (
    "a abbr b bdi bdo br cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr"
)
INLINE = frozenset(_INLINE_NAMES.split())  # the elements that stand within a line
STRUCK = ("del", "s")  # what is in them was said and no longer is
VOID = frozenset("br col hr img source wbr".split())  # those of a body that have no end tag

_STANDS = {"F": "alone", "P": "inline", "G": "gallery"}
_HOLE = re.compile(f"{HOLE}([A-Z])([0-9]*+)([^{HOLE}]*+){HOLE}")
_BEGINS = re.compile(f"{HOLE}N([0-9]++){HOLE}")
_ANY_TAG = re.compile(r"</?([a-z0-9]++)[^<>]*+>")
_BLOCK_TAG = re.compile(rf"(</?(?!(?:{'|'.join(INLINE)})[\s>])[a-z][^<>]*+>)")
_SPEAKER = re.compile(r"(?:\s|<br>)*+(?:[—–―]|<cite[\s>](?:(?!</cite>).)*+</cite>\s*+\Z)", re.S)
_QUOTED = re.compile(r"</?q(?=[ >])[^<>]*+>")
_WITHIN_WORDS = INLINE - {"br"}
_NOTE_NUMBER = re.compile(r'<sup id="fnref[^<>]*+><a [^<>]*+>[^<>]*+</a></sup>')
_WAY_BACK = "↩</a>"
_LEVEL = re.compile("<(su[pb])[^<>]*+>([^<>]*+)(?=</su)")
_STRUCK = re.compile(rf"<({'|'.join(STRUCK)})(?: [^<>]*+)?>.*?</\1>", re.S)
_DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹+-−"
_ABOVE = str.maketrans(_DIGITS, "⁰¹²³⁴⁵⁶⁷⁸⁹" * 3 + "⁺⁻⁻")
_BELOW = str.maketrans(_DIGITS, "₀₁₂₃₄₅₆₇₈₉" * 3 + "₊₋₋")


def fill(
    body: str,
    view: BodyView,
    figure: Callable[[Figure, str], str],
    player: Callable[[Player], str],
    words: Mapping[str, str],
    entry: Callable[[Entry, str, str], str],
) -> str:
    """`Body.html` with its holes filled from `view`. A link whose address is None leaves its text.

    `figure` makes the HTML of a picture; its second argument says where it stands: "alone", "inline" or "gallery".
    `player` makes that of film or sound, `entry` that of an entry of a live story from that of its title and its text.
    `words` has the keys WORDS.
    """

    def put(hole: re.Match[str]) -> str:
        kind, number, rest = hole[1], hole[2], hole[3]
        if kind in "NZ":
            return ""
        if kind in _STANDS:
            return figure(view.pictures[int(number)], _STANDS[kind])
        if kind == "M":
            return player(view.players[int(number)])
        if kind == "T":
            return html.escape(words[rest[1:]])
        url = view.links[int(number)]
        if url is None:
            return ""
        if kind == "E":
            return "</a>"
        address = html.escape(url)
        return f'<a href="{address}"{rest}>' if kind == "L" else f' src="{address}"'

    return _HOLE.sub(put, _in_order(body, view.entries, entry) if view.entries else body)


def _in_order(body: str, entries: Sequence[Entry], made: Callable[[Entry, str, str], str]) -> str:
    """`body` with the `entries` that are shown, in their order; their own holes are still to be filled."""
    opening, *parts = _BEGINS.split(body)
    # The notes stand behind all entries; an element that is written like them may stand within one.
    parts[-1], _, notes = parts[-1].partition(f"{HOLE}Z{HOLE}")
    written = dict(zip(map(int, parts[::2]), parts[1::2], strict=True))
    shown = []
    for one in entries:
        title, _, text = written[one.number].partition(f"{HOLE}N{HOLE}")
        shown.append(made(one, title, text))
    return f'{opening}<div class="entries">\n{"".join(shown)}</div>\n{notes}'


def plain(body: str, style: str = "guillemets") -> str:
    """The text of `Body.html`, for search: without tags, holes, the numbers of notes and what is struck out, a blank
    between blocks. What others say stands between quotes in `style`, as no element sets it apart any more.
    """
    bare = _NOTE_NUMBER.sub("", _HOLE.sub("", _STRUCK.sub("", body))).replace(_WAY_BACK, "</a>")
    if "<q" in bare:
        bare = _QUOTED.sub(lambda tag: TOLD[style][tag[0] == "</q>"], bare)
        bare = "".join([part for part in _BLOCK_TAG.split(bare) if _ANY_TAG.sub("", part).strip() not in UNSAID])
    if "<blockquote" in bare:
        bare = _told(bare, style)
    bare = _ANY_TAG.sub(_parting, bare)
    if "<su" in bare:  # all other tags are gone
        bare = _ANY_TAG.sub("", _LEVEL.sub(lambda found: raised(found[2], found[1]), bare))
    return html.unescape(bare)


def _told(bare: str, style: str) -> str:
    """The HTML `bare` with quotes around each text of its block quotations."""
    parts = _BLOCK_TAG.split(bare.replace("<br>", " "))
    others: list[bool] = []  # block quotations that are open, and whether others say them
    for number, part in enumerate(parts):
        if part.startswith("<blockquote"):
            others.append(others_say("".join(parts[max(number - 2, 0) : number]), pulled=' class="pull"' in part))
        elif part == "</blockquote>":
            others.pop()
        elif any(others) and not number % 2 and not names_speaker(part, parts[number - 1][1:]):
            parts[number] = part.strip().join(marks_around(html.unescape(_ANY_TAG.sub("", part)), style))
    return "".join(parts)


def others_say(before: str, *, pulled: bool) -> bool:
    """Whether others say the words of a block quotation; `before` is the HTML before it.

    A pull quote is of the story itself, but where it names its speaker.
    """
    return not pulled or before.rstrip().endswith('<figure class="quote">')


def names_speaker(text: str, block: str) -> bool:
    """Whether the HTML `text`, which ends a `block` of a quotation, is no word of it: a line with a dash or a `cite`.

    A paragraph or heading that begins with a dash is a line of a talk.
    """
    found = _SPEAKER.match(_STRUCK.sub("", text))
    return found is not None and ("<cite" in found[0] or not block.startswith(("p", "h")))


def _parting(tag: re.Match[str]) -> str:
    if tag[1] in ("sup", "sub"):
        return tag[0]
    return "" if tag[1] in _WITHIN_WORDS else " "


def raised(text: str, element: str) -> str:
    """The `text` of a `sup` or `sub` where no element can be: 10<sup>6</sup> as 10⁶, and not as 106."""
    return text.translate(_ABOVE if element == "sup" else _BELOW)
