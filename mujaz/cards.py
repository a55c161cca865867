"""Pictures for sharing that are drawn on the masthead's ground: a story's headline, or the first three of an edition.

The bytes are the same on every machine: letters are joined and ordered by `mujaz.shaping`, drawn by Pillow's BASIC
engine, which asks nothing of the system, in the faces of `mujaz.fonts`, and coloured from a fixed palette.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

from mujaz import fonts, shaping
from mujaz.machineviews import CardView, Headline
from mujaz.pictures import SHARED

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

MADE_BY = (
    ("cards", "shaping", "fonts", "pictures"),
    ("pillow", "arabic_reshaper", "python_bidi", "fontpkg_ibm_plex_sans_arabic", "pylopdf_fonts_ar"),
)
# The light scheme of main.css.
PAPER, INK, SOFT, ACCENT = (0xFD, 0xFC, 0xF8), (0x19, 0x1C, 0x1C), (0x4A, 0x4F, 0x4F), (0x0B, 0x53, 0x61)
INKS = (INK, SOFT, ACCENT)
STEPS = 20  # of an ink's edge; with the paper 61 colours

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
    """A PNG of 1200×630 pixels and 61 colours, about 14 kB."""
    from PIL import Image
    from PIL import ImageDraw as drawing

    sheets = [Image.new("L", SHARED, 0) for _ in INKS]
    pens = [drawing.Draw(sheet) for sheet in sheets]
    ink, soft, accent = pens
    for top, bottom in (THICK_RULE, THIN_RULE):
        ink.rectangle((MARGIN, top, SHARED[0] - MARGIN - 1, bottom - 1), fill=255)
    start, end = ("r", "l") if view.rtl else ("l", "r")
    used = _line(soft, view.date, DATE_SIZE, ROOM / 2, end, NAME_BASE, view.rtl)
    _line(ink, view.name, NAME_SIZE, ROOM - used - MARGIN, start, NAME_BASE, view.rtl)
    _line(accent, view.kicker, KICKER_SIZE, ROOM, start, KICKER_BASE, view.rtl)
    if view.others:
        _headlines((Headline(text=view.title, rtl=view.title_rtl), *view.others), ink, soft)
    else:
        _headline(view, ink)
    return _png(sheets)


def _headline(view: CardView, pen: ImageDraw) -> None:
    """As large as it fits, its lines of about one length, in the middle of what is left below the kicker."""
    face, text = _face(view.title)
    size, lines = _fitted(text, face)
    step = size * HEAD_LINE
    base = HEAD_TOP + (HEAD_END - HEAD_TOP - step * len(lines)) / 2 + step * 0.72
    for number, line in enumerate(lines):
        shown = shaping.visual(line, rtl=view.title_rtl)
        _put(pen, shown, _font(face, size), "r" if view.title_rtl else "l", round(base + number * step))


def _headlines(headlines: tuple[Headline, ...], ink: ImageDraw, soft: ImageDraw) -> None:
    """All of one size, as large as they fit, in the middle of what is left below the kicker; rules part them."""
    texts = [_face(one.text) for one in headlines]
    room = HEAD_END - HEAD_TOP - LIST_GAP * (len(texts) - 1)
    for size in LIST_SIZES:
        step, last = size * HEAD_LINE, size == LIST_SIZES[-1]
        blocks = [_two_lines(text, _font(face, size), cut=last) for face, text in texts]
        left = room - step * sum(map(len, blocks))
        if last or (all(blocks) and left >= 0):
            break
    top = HEAD_TOP + left / 2
    for number, (one, (face, _), lines) in enumerate(zip(headlines, texts, blocks, strict=True)):
        if number:
            rule = round(top) + LIST_GAP // 2
            soft.rectangle((MARGIN, rule, SHARED[0] - MARGIN - 1, rule), fill=255)
            top += LIST_GAP
        for line in lines:
            shown = shaping.visual(line, rtl=one.rtl)
            _put(ink, shown, _font(face, size), "r" if one.rtl else "l", round(top + step * 0.72))
            top += step


def _two_lines(text: str, font: FreeTypeFont, *, cut: bool) -> list[str]:
    """`text` in at most two lines; where it is longer none, or with `cut` its beginning."""
    width = _width(font)
    return shaping.wrapped(text, ROOM, 2, width) or (shaping.cut(text, ROOM, 2, width) if cut else [])


def _fitted(title: str, face: str) -> tuple[int, list[str]]:
    """The size of the headline, and its lines."""
    most = {size: int((HEAD_END - HEAD_TOP) / (size * HEAD_LINE)) for size in HEAD_SIZES}
    for size in HEAD_SIZES:
        lines = shaping.wrapped(title, ROOM, most[size], _width(_font(face, size)))
        if lines is not None:
            return size, lines
    size = HEAD_SIZES[-1]
    return size, shaping.cut(title, ROOM, most[size], _width(_font(face, size)))


def _line(pen: ImageDraw, text: str, size: int, room: float, side: str, base: int, rtl: bool) -> float:
    """Draw a line, cut where it is wider than `room`; returns its width."""
    face, text = _face(text)
    font = _font(face, size)
    shown = shaping.visual(" ".join(shaping.cut(text, room, 1, _width(font))), rtl=rtl)
    _put(pen, shown, font, side, base)
    return font.getlength(shown)


def _put(pen: ImageDraw, shown: str, font: FreeTypeFont, side: str, base: int) -> None:
    """Draw from the right ("r") or the left ("l") margin on."""
    at = SHARED[0] - MARGIN if side == "r" else MARGIN
    pen.text((at, base), shown, fill=255, font=font, anchor=f"{side}s")


def _width(font: FreeTypeFont) -> shaping.Width:
    return lambda run: font.getlength(shaping.joined(run))


def _face(text: str) -> tuple[str, str]:
    """The first face that has all of `text`, each letter in its joined form, and `text` without what no face has."""
    known = _characters(FACES[-1])
    runs = (
        "".join(one for one in run if all(ord(form) in known for form in shaping.joined(one))) for run in text.split()
    )
    text = " ".join(filter(None, runs))
    wanted = {ord(form) for run in text.split() for form in shaping.joined(run)}
    return next((face for face in FACES if wanted <= _characters(face)), FACES[-1]), text


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


def _png(sheets: list[Image]) -> bytes:
    """The sheets, an ink each, on paper: a picture of palette colours, made without counting colours first."""
    from PIL import Image

    palette = [*PAPER]
    card = Image.new("L", SHARED, 0)
    for number, (sheet, colour) in enumerate(zip(sheets, INKS, strict=True)):
        first = 1 + number * STEPS
        for step in range(1, STEPS + 1):
            palette += [round(paper + (ink - paper) * step / STEPS) for paper, ink in zip(PAPER, colour, strict=True)]
        shades = [0] + [first - 1 + max(1, round(value * STEPS / 255)) for value in range(1, 256)]
        card.paste(sheet.point(shades), mask=sheet.point([0] + [255] * 255))
    card.putpalette(palette)
    buffer = io.BytesIO()
    card.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
