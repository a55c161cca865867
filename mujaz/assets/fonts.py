"""The two faces of the site, cut at build time from the families that their packages carry whole.

Naskh (Noto Naskh Arabic, regular) for text, Plex (IBM Plex Sans Arabic, bold) for headlines. Both are under the SIL
Open Font License: the cut files keep its notice and lose the families' names, one of which is reserved.

The characters are a fixed list. If it were the letters in use, a story with a new letter would rename the file, and
with it change every page. The aim is 26 kB for both, so that a first page with its fonts stays below 40. Latin letters
would add 8 kB, Urdu letters 2 kB, the weights of Naskh from 400 to 700 11 kB: a browser takes the first two from the
next family of its list, and thickens Naskh by itself. In a Persian or an Urdu site ۰-۹ stand in the place of ٠-٩.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from mujaz.frozen import Value, replace
from mujaz.model.fingerprint import digest, file_digest
from mujaz.model.settings import Look
from mujaz.paths import data_file

ARABIC = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيـٱ"
PERSIAN = "پچژکگی"
TASHKEEL = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0655\u0670"
WESTERN, EASTERN, PERSIAN_DIGITS = "0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"
PUNCTUATION = " \u00a0،؛؟٪٫٬«»“”‘’–—…()[]/:.,!-+%'\"·"  # & stands among Latin letters, and comes with them
ARROWS = "←→↩"
PERSIAN_DIGITS_IN = ("fa", "ur", "ps", "ckb")

# What joining, required ligatures (لا), marks and spacing need. Not `locl`: in Naskh it speaks to Urdu and Sindhi, in
# Plex it gives the digits beside Arabic letters another shape than those elsewhere on the page. Not `dlig`, `ss01` and
# their like, which no style asks for.
FEATURES = ("init", "medi", "fina", "rlig", "liga", "calt", "ccmp", "mark", "mkmk", "kern")
CUT = data_file("assets/cut")  # the usual files, cut already; `make fonts` makes them
KERNING = 9  # how far pairs of kerning are gathered in classes, of 0 to 9; none is lost
WINDOWS = 3  # the platform whose table of characters is kept: browsers need no other
Outline = tuple[tuple[str, tuple[tuple[float, float], ...]], ...]  # a pen's steps: moveTo, lineTo, qCurveTo, closePath
Box = tuple[float, float, float, float]  # left, bottom, right, top
NOTICE = (0, 14)  # in the name table: copyright, and the address of the licence


class Face(Value):
    """How one file is cut. `plain` letters join as ever but lose their calligraphic ligatures with others."""

    characters: str
    axes: tuple[tuple[str, float], ...] = ()  # where a variable font is frozen
    plain: str = ""


FACES = {
    # Naskh has no arrows.
    "naskh.woff2": Face(
        characters=ARABIC + PERSIAN + TASHKEEL + WESTERN + EASTERN + PUNCTUATION, axes=(("wght", 400.0),)
    ),
    # Ninety ligatures such as ـبژ, 1 kB, that an Arabic headline never meets; ٫, ٬ and · are left to Naskh.
    "plex-bold.woff2": Face(
        characters=ARABIC
        + PERSIAN
        + TASHKEEL
        + WESTERN
        + EASTERN
        + PUNCTUATION.translate(dict.fromkeys((0x66B, 0x66C, 0xB7)))
        + ARROWS,
        plain=PERSIAN,
    ),
}


# Cut only for a paper that asks for them: Naskh in headlines, and faces of the paper's own for text and for headlines.
RARE = {
    "naskh-bold.woff2": replace(FACES["naskh.woff2"], axes=(("wght", 700.0),)),
    "text.woff2": Face(characters=FACES["naskh.woff2"].characters + ARROWS),
    "heads.woff2": Face(characters=FACES["naskh.woff2"].characters + ARROWS),
}
OUTLINES = ("glyf", "CFF ", "CFF2")  # the tables that a browser draws letters from
WEIGHTS = {"text.woff2": 400.0, "heads.woff2": 700.0}  # of a variable face


def face_names(look: Look) -> tuple[str, str]:
    """The assets that are the faces of text and of headlines."""
    text = "naskh.woff2" if look.text == "naskh" else "text.woff2"
    return text, {"plex": "plex-bold.woff2", "naskh": "naskh-bold.woff2"}.get(look.heads, "heads.woff2")


def own_file(name: str, look: Look) -> str:
    """The file below layouts/ that the asset `name` is cut from; empty where it comes along."""
    return {"text.woff2": look.text, "heads.woff2": look.heads}.get(name, "")


def face_of(name: str, language: str) -> Face:
    """The face `name` (else KeyError), with the digits of a site in `language`."""
    face = FACES.get(name) or RARE[name]
    if language.split("-")[0] not in PERSIAN_DIGITS_IN:
        return face
    return replace(face, characters=face.characters.translate(str.maketrans(EASTERN, PERSIAN_DIGITS)))


def recipe(name: str, language: str = "ar", own: Path | None = None) -> str:
    """A digest, hex, of all that decides the bytes of `name` but the versions of the libraries that cut it.

    `own` is the paper's file, where the face is cut from one.
    """
    face = face_of(name, language)
    return digest(face, FEATURES, NOTICE, KERNING, WINDOWS, file_digest((own or family(name)).read_bytes()))


def made(name: str, language: str = "ar", own: Path | None = None) -> bytes:
    """What `subset` makes, read from `cut/` where it lies there by the same recipe."""
    shipped = CUT / f"{recipe(name, language, own)}.woff2"
    return shipped.read_bytes() if shipped.is_file() else subset(name, language, own)


def subset(name: str, language: str = "ar", own: Path | None = None) -> bytes:
    """The WOFF2 file `name` for a site in `language`; the same bytes each time. Takes about half a second.

    Raises FontError where `own` is no font, or a damaged one.
    """
    try:
        return _cut(name, language, own)
    except Exception as error:  # fontTools raises what comes for a table that lies: AssertionError, struct.error …
        if own is None:
            raise
        raise FontError(str(error)) from error


def _cut(name: str, language: str, own: Path | None) -> bytes:
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
    from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-untyped]

    face = face_of(name, language)
    with TTFont(own or family(name), recalcTimestamp=False) as font:
        if not any(table in font for table in OUTLINES):
            raise FontError("it draws no letter")
        if own and "fvar" in font:
            wanted = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
            bounds = {axis.axisTag: (axis.minValue, axis.maxValue) for axis in font["fvar"].axes}
            if "wght" in wanted:
                wanted["wght"] = min(max(WEIGHTS[name], bounds["wght"][0]), bounds["wght"][1])
            face = replace(face, axes=tuple(sorted(wanted.items())))
        if face.plain:
            _drop_ligatures(font, _forms(font, face.plain))
        subsetter = Subsetter(_options(Options()))
        subsetter.populate(text=face.characters)
        subsetter.subset(font)
        if face.axes:
            instantiateVariableFont(font, dict(face.axes), inplace=True)
        return _woff2(font)


class FontError(ValueError):
    """A file that is no font."""


def characters(name: str) -> frozenset[int]:
    """The code points that the family of `name`, one of `FACES`, has a glyph for."""
    from fontTools.ttLib import TTFont

    with TTFont(family(name), lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def outline(name: str, letter: str) -> tuple[Outline, Box]:
    """The contours of `letter` in units of the face, and the box around them; nothing where the face lacks it."""
    from fontTools.pens.boundsPen import BoundsPen  # type: ignore[import-untyped]
    from fontTools.pens.recordingPen import DecomposingRecordingPen  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont

    with TTFont(family(name), lazy=True) as font:
        glyph = font.getBestCmap().get(ord(letter)) if letter else None
        if glyph is None:
            return (), (0, 0, 1, 1)
        glyphs = font.getGlyphSet()
        pen, bounds = DecomposingRecordingPen(glyphs), BoundsPen(glyphs)
        glyphs[glyph].draw(pen)
        glyphs[glyph].draw(bounds)
        return tuple(pen.value), bounds.bounds or (0, 0, 1, 1)


def family(name: str) -> Path:
    """The file of the whole family, or weight, that `name`, a face that comes along, is cut from."""
    if name.startswith("naskh"):
        from pylopdf_fonts_ar import serif_path

        return Path(serif_path())
    from fontpkg_ibm_plex_sans_arabic import ROOT  # type: ignore[import-untyped]

    return Path(ROOT) / "files" / "IBMPlexSansArabic-Bold.ttf"


def _options(options: Any) -> Any:
    options.layout_features = list(FEATURES)
    options.layout_scripts = ["DFLT", "arab"]
    options.hinting = False
    options.legacy_kern = False
    options.notdef_outline = False
    options.glyph_names = False
    options.name_IDs = list(NOTICE)
    options.drop_tables += ["DSIG", "STAT", "gasp", "meta"]
    return options


def _woff2(font: Any) -> bytes:
    from fontTools.otlLib.optimize import compact  # type: ignore[import-untyped]
    from fontTools.ttLib.woff2 import WOFF2FlavorData  # type: ignore[import-untyped]

    compact(font, KERNING)
    font["cmap"].tables = [table for table in font["cmap"].tables if table.platformID == WINDOWS]
    font.flavor = "woff2"
    font.flavorData = WOFF2FlavorData(transformedTables={"glyf", "loca", "hmtx"})
    buffer = io.BytesIO()
    font.save(buffer, reorderTables=None)
    return buffer.getvalue()


def _forms(font: Any, letters: str) -> frozenset[str]:
    """The glyphs of `letters` in all their joined forms."""
    characters = font.getBestCmap()
    alone = {characters[ord(letter)] for letter in letters}
    joined = {form for part in _parts(font, 1) for glyph, form in part.mapping.items() if glyph in alone}
    return frozenset(alone | joined)


def _drop_ligatures(font: Any, glyphs: frozenset[str]) -> None:
    """Take out each ligature that one of `glyphs` is part of; those letters then stand joined, as most pairs do."""
    for part in _parts(font, 4):
        kept = {
            first: [ligature for ligature in ligatures if glyphs.isdisjoint(ligature.Component)]
            for first, ligatures in part.ligatures.items()
            if first not in glyphs
        }
        part.ligatures = {first: ligatures for first, ligatures in kept.items() if ligatures}


def _parts(font: Any, kind: int) -> Iterator[Any]:
    """The substitution subtables of one lookup type: 1 is one glyph for one, 4 one for many."""
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for part in lookup.SubTable:
            part = getattr(part, "ExtSubTable", part)
            if part.LookupType == kind:
                yield part


def ship() -> None:
    """Cut the files of `cut/` anew."""
    CUT.mkdir(exist_ok=True)
    for old in CUT.glob("*.woff2"):
        old.unlink()
    for name in FACES:
        for language in ("ar", PERSIAN_DIGITS_IN[0]):
            (CUT / f"{recipe(name, language)}.woff2").write_bytes(subset(name, language))
