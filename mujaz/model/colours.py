"""Colours as #rrggbb: how well one is read on another, the nearest that is read well enough, and schemes of them."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable

from mujaz.frozen import Record

COLOUR = re.compile(r"#[0-9a-f]{6}")
AA = 4.5  # WCAG 2.2, 1.4.3: the least contrast of text to its ground
STEPS = 255  # of lightness
# Shares of the paper in the ink of captions and of rules; of the ink in the ground of marked text.
SOFT, RULE, TINT = 0.22, 0.815, 0.12

Parts = tuple[float, float, float]


class Scheme(Record):
    """The colours of a page, light or dark. What is not chosen is made from what is."""

    paper: str  # the ground
    ink: str  # text
    accent: str  # labels and links; the ground of the icon
    soft: str  # captions and dates
    rule: str
    accent_ink: str  # on a ground of the accent
    mark: str  # the ground of marked text


def scheme(*, paper: str, ink: str, accent: str, mark: str) -> Scheme:
    """`mark` is taken where the ink is read on it."""
    return Scheme(
        paper=paper,
        ink=ink,
        accent=accent,
        soft=readable(mixed(ink, paper, SOFT), paper),
        rule=mixed(ink, paper, RULE),
        accent_ink=max(paper, ink, key=lambda one: contrast(one, accent)),
        mark=mark if contrast(ink, mark) >= AA else readable(mixed(paper, ink, TINT), ink),
    )


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """`one` with a `share` of `other`, 0 to 1, in each of red, green and blue."""
    pairs = zip(parts(one), parts(other), strict=True)
    return _written((a + (b - a) * share for a, b in pairs))


def readable(colour: str, ground: str, ratio: float = AA) -> str:
    """`colour`, or the nearest one of its hue that has at least `ratio` to `ground`; black or white where none has."""
    if contrast(colour, ground) >= ratio:
        return colour
    hue, lightness, saturation = colorsys.rgb_to_hls(*parts(colour))
    for step in range(1, STEPS + 1):
        for way in (-step, step):
            value = lightness + way / STEPS
            if 0 <= value <= 1:
                near = _written(colorsys.hls_to_rgb(hue, value, saturation))
                if contrast(near, ground) >= ratio:
                    return near
    return max("#000000", "#ffffff", key=lambda end: contrast(end, ground))


def parts(colour: str) -> Parts:
    """Red, green and blue, 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _written(values: Iterable[float]) -> str:
    return "#" + "".join(f"{round(value * 255):02x}" for value in values)


# Of a paper that chooses none.
LIGHT = scheme(paper="#fdfcf8", ink="#191c1c", accent="#1d4e89", mark="#f4e5ab")
DARK = scheme(paper="#14191a", ink="#e6e4dd", accent="#8fbcec", mark="#4f4518")
