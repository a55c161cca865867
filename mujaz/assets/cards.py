"""Pictures for sharing that are drawn on the masthead's ground: a story's headline, or the first three of an edition.

The bytes are the same on every machine: letters are joined and ordered by `mujaz.assets.shaping`, drawn by Pillow's
BASIC engine, which asks nothing of the system, in the faces of `mujaz.assets.fonts`, and coloured by the paper's
light scheme.
"""

from __future__ import annotations

import io
import unicodedata
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from mujaz.arabic.isolates import numbers
from mujaz.assets import fonts, shaping
from mujaz.assets.pictures import SHARED
from mujaz.model.colours import Scheme, mixed
from mujaz.model.file_views import CardView, Headline

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

MADE_BY = (
    ("assets/cards", "assets/shaping", "assets/fonts", "assets/pictures", "arabic/isolates", "model/colours"),
    ("pillow", "arabic_reshaper", "python_bidi", "fontpkg_ibm_plex_sans_arabic", "pylopdf_fonts_ar"),
)
INKS = INK, SOFT, ACCENT = 0, 1, 2  # of the light scheme
# Of 500 headlines of France 24: 20 steps of an ink's edge and zlib's level 9 take 43 ms and 16.0 kB, level 6 then 7 ms
# and 17.9 kB; 10 steps and level 6 take 6.5 ms and 15.0 kB. Level 7 saves .3 kB for 1.3 ms, 8 another 1 kB for 9 ms.
STEPS = 10  # of an ink's edge; with the paper 31 colours
LEVEL = 6

MARGIN = 80
ROOM = SHARED[0] - 2 * MARGIN
NAME_SIZE, DATE_SIZE, KICKER_SIZE = 54, 30, 34  # pixels
NAME_BASE, THICK_RULE, THIN_RULE, KICKER_BASE = 118, (150, 156), (162, 164), 240  # from the top
HEAD_TOP, HEAD_END = 262, 590
HEAD_SIZES = (88, 80, 72, 64, 57, 51)
HEAD_LINE = 1.42  # of the size, as in main.css
LIST_SIZES = (54, 48, 43, 38, 34, 31)  # of several headlines, of two lines at most each
LIST_GAP = 28  # between two of them, with a rule in its middle
FACES = ("plex-bold.woff2", "naskh.woff2")  # the second has the joined forms of all letters, Persian and Urdu ones too


def draw(view: CardView) -> bytes:
    """A PNG of 1200×630 pixels and 31 colours, about 15 kB.

    No line reaches into the band of another ink, so all are drawn on one sheet: what stands in a band takes its colour
    before the first ink, that of the headline, is drawn.
    """
    from PIL import Image
    from PIL import ImageDraw as drawing

    card = Image.new("L", SHARED, 0)
    pen = drawing.Draw(card)
    start, end = ("r", "l") if view.rtl else ("l", "r")
    used = _line(pen, view.date, DATE_SIZE, ROOM / 2, end, NAME_BASE, view.rtl)
    _colour(card, SOFT, 0, THICK_RULE[0])
    _line(pen, view.kicker, KICKER_SIZE, ROOM, start, KICKER_BASE, view.rtl)
    _colour(card, ACCENT, THIN_RULE[1], HEAD_TOP)
    for top, bottom in (THICK_RULE, THIN_RULE):
        pen.rectangle((MARGIN, top, SHARED[0] - MARGIN - 1, bottom - 1), fill=STEPS)
    _line(pen, view.name, NAME_SIZE, ROOM - used - MARGIN, start, NAME_BASE, view.rtl)
    if view.others:
        _headlines((Headline(text=view.title, rtl=view.title_rtl), *view.others), pen)
    else:
        _headline(view, pen)
    card.putpalette(_palette(view.scheme))
    buffer = io.BytesIO()
    card.save(buffer, "PNG", compress_level=LEVEL)
    return buffer.getvalue()


def lacking(text: str) -> str:
    """The characters of `text` that no face has, each once: a card leaves them out. Marks and controls do not count."""
    return "".join(
        one for one in dict.fromkeys(text) if unicodedata.category(one) not in ("Mn", "Cf", "Zs") and not _faces_of(one)
    )


def _headline(view: CardView, pen: ImageDraw) -> None:
    """As large as it fits, its lines of about one length, in the middle of what is left below the kicker."""
    face, text = _face(view.title)
    size, lines = _fitted(text, face)
    step = size * HEAD_LINE
    base = HEAD_TOP + (HEAD_END - HEAD_TOP - step * len(lines)) / 2 + step * 0.72
    for number, line in enumerate(lines):
        shown = shaping.visual(line, rtl=view.title_rtl)
        _put(pen, shown, face, size, "r" if view.title_rtl else "l", round(base + number * step))


def _headlines(headlines: tuple[Headline, ...], pen: ImageDraw) -> None:
    """All of one size, as large as they fit, in the middle of what is left below the kicker; rules part them."""
    texts = [_face(one.text) for one in headlines]
    room = HEAD_END - HEAD_TOP - LIST_GAP * (len(texts) - 1)
    for size in LIST_SIZES:
        step, last = size * HEAD_LINE, size == LIST_SIZES[-1]
        blocks = [_two_lines(text, _width(face, size), cut=last) for face, text in texts]
        left = room - step * sum(map(len, blocks))
        if last or (all(blocks) and left >= 0):
            break
    top = HEAD_TOP + left / 2
    for number, (one, (face, _), lines) in enumerate(zip(headlines, texts, blocks, strict=True)):
        if number:
            rule = round(top) + LIST_GAP // 2
            pen.rectangle((MARGIN, rule, SHARED[0] - MARGIN - 1, rule), fill=(SOFT + 1) * STEPS)
            top += LIST_GAP
        for line in lines:
            shown = shaping.visual(line, rtl=one.rtl)
            _put(pen, shown, face, size, "r" if one.rtl else "l", round(top + step * 0.72))
            top += step


def _two_lines(text: str, width: shaping.Width, *, cut: bool) -> list[str]:
    """`text` in at most two lines; where it is longer none, or with `cut` its beginning."""
    return shaping.wrapped(text, ROOM, 2, width) or (shaping.cut(text, ROOM, 2, width) if cut else [])


def _fitted(title: str, face: str) -> tuple[int, list[str]]:
    """The size of the headline, and its lines."""
    most = {size: int((HEAD_END - HEAD_TOP) / (size * HEAD_LINE)) for size in HEAD_SIZES}
    for size in HEAD_SIZES:
        lines = shaping.wrapped(title, ROOM, most[size], _width(face, size))
        if lines is not None:
            return size, lines
    size = HEAD_SIZES[-1]
    return size, shaping.cut(title, ROOM, most[size], _width(face, size))


def _line(pen: ImageDraw, text: str, size: int, room: float, side: str, base: int, rtl: bool) -> float:
    """Draw a line, cut where it is wider than `room`; returns its width."""
    face, text = _face(numbers(text) if rtl else text)
    shown = shaping.visual(" ".join(shaping.cut(text, room, 1, _width(face, size))), rtl=rtl)
    return _put(pen, shown, face, size, side, base)


def _put(pen: ImageDraw, shown: str, face: str, size: int, side: str, base: int) -> float:
    """Draw from the right ("r") or the left ("l") margin on; returns the width."""
    used = 0.0
    for part, font in _parts(shown, face, size) if side == "l" else reversed(_parts(shown, face, size)):
        at = MARGIN + used if side == "l" else SHARED[0] - MARGIN - used
        pen.text((at, base), part, fill=STEPS, font=font, anchor=f"{side}s")
        used += font.getlength(part)
    return used


@lru_cache(maxsize=len(FACES) * 8)
def _width(face: str, size: int) -> shaping.Width:
    @lru_cache(maxsize=4096)
    def width(run: str) -> float:
        return sum(font.getlength(part) for part, font in _parts(shaping.joined(run), face, size))

    return width


def _parts(shown: str, face: str, size: int) -> list[tuple[str, FreeTypeFont]]:
    """`shown` in `face`, and what that lacks in another that has it."""
    known = _characters(face)
    if all(ord(one) in known for one in shown):
        return [(shown, _font(face, size))]
    other = {one: next((name for name in FACES if ord(one) in _characters(name)), face) for one in shown}
    faces = groupby(shown, lambda one: face if ord(one) in known else other[one])
    return [("".join(part), _font(name, size)) for name, part in faces]


def _face(text: str) -> tuple[str, str]:
    """The first face that has each Arabic letter of `text` in its joined form, and `text` without what no face has."""
    runs = ("".join(one for one in run if _faces_of(one)) for run in text.split())
    text = " ".join(filter(None, runs))
    wanted = {
        ord(form) for run in text.split() for form in shaping.joined(run) if unicodedata.bidirectional(form) == "AL"
    }
    return next((face for face in FACES if wanted <= _characters(face)), FACES[-1]), text


@lru_cache(maxsize=4096)
def _faces_of(one: str) -> tuple[str, ...]:
    """The faces that have the character `one`, as it is drawn where it stands alone."""
    return tuple(face for face in FACES if all(ord(form) in _characters(face) for form in shaping.joined(one)))


@lru_cache(maxsize=len(FACES))
def _characters(face: str) -> frozenset[int]:
    return fonts.characters(face)


@lru_cache(maxsize=32)
def _font(face: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    font = ImageFont.truetype(fonts.family(face), size, layout_engine=ImageFont.Layout.BASIC)
    if face == FACES[1]:
        font.set_variation_by_axes([700])
    return font


def _colour(card: Image, ink: int, top: int, bottom: int) -> None:
    """Give all that stands between two heights, drawn in the first ink, the colour of `ink`."""
    box = card.crop((0, top, SHARED[0], bottom)).getbbox()
    if box is not None:
        box = (box[0], box[1] + top, box[2], box[3] + top)
        first = ink * STEPS
        card.paste(card.crop(box).point([0, *range(first + 1, first + 256)]), box)


@lru_cache(maxsize=4)
def _palette(scheme: Scheme) -> list[int]:
    """The paper, then each ink in `STEPS` steps: red, green and blue of each, 0 to 255."""
    colours = [
        mixed(scheme.paper, ink, step / STEPS)
        for ink in (scheme.ink, scheme.soft, scheme.accent)
        for step in range(1, STEPS + 1)
    ]
    return [part for colour in (scheme.paper, *colours) for part in bytes.fromhex(colour[1:])]
