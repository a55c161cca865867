"""Icons of a paper: its picture in each size, or the first letter of its name, drawn on its accent."""

from __future__ import annotations

import io
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from mujaz.assets import fonts
from mujaz.assets.fonts import Box, Outline
from mujaz.assets.pictures import opened
from mujaz.model.file_views import IconView

if TYPE_CHECKING:
    from PIL.Image import Image

FACE = "plex-bold.woff2"
SHARE = 0.6  # of the side that the letter may fill: masks cut a fifth away from each edge
BOX = 64  # units of the SVG's side
MANY = 4  # the picture is drawn so many times larger, then made smaller: its edges are smooth on every machine


def draw(view: IconView, picture: bytes) -> bytes:
    """The bytes of one icon; `picture` is the file that it is made from, or empty.

    Raises PictureError where that file is no whole picture, or one that is too large.
    """
    return _resized(view, picture) if picture else _lettered(view)


@cache
def _lettered(view: IconView) -> bytes:
    outline, box = fonts.outline(FACE, view.letter)
    return _svg(view, outline, box) if not view.size else _png(view, outline, box)


def _placed(outline: Outline, box: Box, side: float) -> Outline:
    """The contours in the middle of a square of `side`, with y downwards."""
    width, height = box[2] - box[0], box[3] - box[1]
    scale = side * SHARE / max(width, height)
    left, top = (side - width * scale) / 2 - box[0] * scale, (side + height * scale) / 2 + box[1] * scale
    return tuple((step, tuple((left + x * scale, top - y * scale) for x, y in points)) for step, points in outline)


def _svg(view: IconView, outline: Outline, box: Box) -> bytes:
    parts = []
    for step, points in _placed(outline, box, BOX):
        if step in ("moveTo", "lineTo"):
            parts.append(("M" if step == "moveTo" else "L") + _at(points[0]))
        elif step == "qCurveTo":
            parts += [f"Q{_at(control)} {_at(end)}" for control, end in _quadratic(points)]
        elif step == "closePath":
            parts.append("Z")
    path = f'<path fill="{view.ink}" d="{"".join(parts)}"/>' if parts else ""
    ground = f'<path fill="{view.ground}" d="M0 0h{BOX}v{BOX}H0z"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {BOX} {BOX}">{ground}{path}</svg>\n'.encode()


def _at(point: tuple[float, float]) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _quadratic(points: tuple[tuple[float, float], ...]) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """(control, end) of each curve: between two controls of TrueType an end lies in the middle."""
    *controls, last = points
    ends = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(controls)]
    return list(zip(controls, [*ends, last], strict=True))


def _png(view: IconView, outline: Outline, box: Box) -> bytes:
    from PIL import Image, ImageChops, ImageDraw

    side = view.size * MANY
    mask = Image.new("1", (side, side), 0)
    contour: list[tuple[float, float]] = []
    for step, points in _placed(outline, box, side):
        if step == "closePath":  # what lies within two contours is a hole
            one = Image.new("1", (side, side), 0)
            ImageDraw.Draw(one).polygon(contour, fill=1)
            mask = ImageChops.logical_xor(mask, one)
        elif step == "qCurveTo":
            for control, end in _quadratic(points):
                contour += _curve(contour[-1], control, end)
        else:
            contour = [points[0]] if step == "moveTo" else [*contour, points[0]]
    small = mask.convert("L").resize((view.size, view.size), Image.Resampling.BOX)
    icon = Image.new("RGB", small.size, view.ground)
    icon.paste(view.ink, mask=small)
    return _saved(icon.quantize(32))


def _curve(
    start: tuple[float, float], control: tuple[float, float], end: tuple[float, float]
) -> list[tuple[float, float]]:
    steps = [step / 16 for step in range(1, 17)]
    return [
        tuple((1 - t) ** 2 * a + 2 * t * (1 - t) * b + t * t * c for a, b, c in zip(start, control, end, strict=True))  # type: ignore[misc]
        for t in steps
    ]


def _resized(view: IconView, picture: bytes) -> bytes:
    from PIL import Image

    with opened(picture) as image:
        icon = image.convert("RGBA").resize((view.size, view.size), Image.Resampling.LANCZOS)
    if view.whole:
        ground = Image.new("RGBA", icon.size, view.ground)
        ground.alpha_composite(icon)
        return _saved(ground.convert("RGB"))
    return _saved(icon)


def _saved(icon: Image) -> bytes:
    buffer = io.BytesIO()
    icon.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
