"""A small flat canvas for the sample pictures: palette, supersampled shapes, saving.

Coordinates are those of the finished picture (1600 x 1067), whatever the
supersampling. Every canvas has its own seed, so a picture comes out the same
each time it is drawn.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Color = tuple[int, int, int]
Point = tuple[float, float]

WIDTH, HEIGHT = 1600, 1067

PAPER: Color = (244, 237, 222)
SAND: Color = (226, 211, 182)
OCHRE: Color = (205, 150, 62)
BRICK: Color = (168, 72, 50)
PETROL: Color = (22, 78, 92)
DEEP: Color = (12, 46, 58)
TEAL: Color = (70, 126, 134)
MIST: Color = (150, 172, 182)
HAZE: Color = (204, 214, 214)
INK: Color = (28, 32, 38)


def mix(first: Color, second: Color, share: float) -> Color:
    """The colour that lies `share` of the way from `first` to `second`."""
    r, g, b = (round(a + (z - a) * share) for a, z in zip(first, second, strict=True))
    return r, g, b


def smooth(points: Sequence[Point], steps: int = 16) -> list[Point]:
    """A Catmull-Rom curve through all of `points`."""
    ends = [points[0], *points, points[-1]]
    curve: list[Point] = []
    for i in range(1, len(ends) - 2):
        p0, p1, p2, p3 = ends[i - 1 : i + 3]
        for step in range(steps):
            t = step / steps
            x, y = (
                0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
                for a, b, c, d in zip(p0, p1, p2, p3, strict=True)
            )
            curve.append((x, y))
    curve.append(points[-1])
    return curve


def arc(cx: float, cy: float, rx: float, ry: float, start: float, end: float) -> list[Point]:
    """Points of an elliptic arc; degrees, clockwise from three o'clock."""
    count = 72
    angles = (math.radians(start + (end - start) * i / count) for i in range(count + 1))
    return [(cx + rx * math.cos(a), cy + ry * math.sin(a)) for a in angles]


class Canvas:
    """A picture drawn at `scale` times its size and reduced when it is saved."""

    def __init__(self, seed: int, *, width: int = WIDTH, height: int = HEIGHT, scale: int = 3) -> None:
        self.width, self.height, self.scale = width, height, scale
        self.random = random.Random(seed)
        self.image = Image.new("RGB", (width * scale, height * scale), PAPER)

    def _xy(self, points: Sequence[Point]) -> list[Point]:
        return [(x * self.scale, y * self.scale) for x, y in points]

    def _blend(self, color: Color, mask: Image.Image, alpha: float) -> None:
        if alpha < 1:
            mask = mask.point([round(v * alpha) for v in range(256)])
        self.image.paste(color, (0, 0), mask)

    def polygon(self, points: Sequence[Point], color: Color, alpha: float = 1.0) -> None:
        """A filled polygon."""
        if alpha >= 1:
            ImageDraw.Draw(self.image).polygon(self._xy(points), fill=color)
            return
        mask = Image.new("L", self.image.size)
        ImageDraw.Draw(mask).polygon(self._xy(points), fill=255)
        self._blend(color, mask, alpha)

    def rect(
        self, box: tuple[float, float, float, float], color: Color, *, radius: float = 0, alpha: float = 1.0
    ) -> None:
        """A filled rectangle, with round corners if `radius` is given."""
        mask = Image.new("L", self.image.size) if alpha < 1 else None
        draw = ImageDraw.Draw(mask or self.image)
        x0, y0, x1, y1 = (v * self.scale for v in box)
        edges = (x0, y0, x1 - 1, y1 - 1)
        draw.rounded_rectangle(edges, radius * self.scale, fill=255 if mask else color)
        if mask:
            self._blend(color, mask, alpha)

    def ellipse(self, cx: float, cy: float, rx: float, ry: float, color: Color, alpha: float = 1.0) -> None:
        """A filled ellipse about its centre."""
        self.polygon(arc(cx, cy, rx, ry, 0, 360), color, alpha)

    def circle(self, cx: float, cy: float, r: float, color: Color, alpha: float = 1.0) -> None:
        """A filled circle about its centre."""
        self.ellipse(cx, cy, r, r, color, alpha)

    def line(self, points: Sequence[Point], color: Color, width: float, alpha: float = 1.0) -> None:
        """A line through `points` with round joints and ends."""
        mask = Image.new("L", self.image.size) if alpha < 1 else None
        draw = ImageDraw.Draw(mask or self.image)
        fill = 255 if mask else color
        thick = max(1, round(width * self.scale))
        xy = self._xy(points)
        draw.line(xy, fill=fill, width=thick)
        r = thick / 2
        if r > 1:
            for x, y in xy:
                draw.ellipse((x - r, y - r, x + r, y + r), fill=fill)
        if mask:
            self._blend(color, mask, alpha)

    def gradient(self, top: Color, bottom: Color, y0: float = 0, y1: float | None = None) -> None:
        """A vertical gradient across the whole width, from `y0` down to `y1`."""
        low = self.height if y1 is None else y1
        rows = round((low - y0) * self.scale)
        strip = Image.new("RGB", (1, rows))
        strip.putdata([mix(top, bottom, i / max(1, rows - 1)) for i in range(rows)])
        self.image.paste(strip.resize((self.image.width, rows)), (0, round(y0 * self.scale)))

    def glow(self, cx: float, cy: float, r: float, color: Color, alpha: float = 0.5) -> None:
        """A soft round light that fades to nothing at `r`."""
        side = round(2 * r * self.scale)
        fade = ImageChops.invert(Image.radial_gradient("L")).resize((side, side))
        # the built-in gradient reaches 0 only in the corners: stretch it to the edge
        fade = fade.point([max(0, round((v - 75) * 255 / 180 * alpha)) for v in range(256)])
        corner = (round((cx - r) * self.scale), round((cy - r) * self.scale))
        mask = Image.new("L", self.image.size)
        mask.paste(fade, corner)
        self.image.paste(color, (0, 0), mask)

    def wave(
        self, y: float, color: Color, *, height: float = 10, length: float = 320,
        phase: float = 0, alpha: float = 1.0,
    ) -> None:  # fmt: skip
        """Water or hills: everything below a sine line."""
        turn = 2 * math.pi / length
        line = [(x, y + height * math.sin(x * turn + phase)) for x in range(0, self.width + 8, 8)]
        self.polygon([*line, (self.width, self.height), (0, self.height)], color, alpha)

    def save(self, path: Path, *, grain: float = 3, limit: int = 118_000) -> int:
        """Reduce, lay a fine grain over it, write a JPEG of at most `limit` bytes."""
        small = self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)
        half = (self.width // 2, self.height // 2)
        noise = Image.frombytes("L", half, self.random.randbytes(half[0] * half[1]))
        noise = noise.filter(ImageFilter.GaussianBlur(0.8)).resize(small.size)
        noise = noise.point([round(128 + (v - 128) / 64 * grain) for v in range(256)])
        grey = Image.merge("RGB", (noise, noise, noise))
        small = ImageChops.add(small, grey, 1, -128)
        path.parent.mkdir(parents=True, exist_ok=True)
        for quality in range(82, 40, -3):
            small.save(path, "JPEG", quality=quality, optimize=True, progressive=True)
            if path.stat().st_size <= limit:
                break
        return path.stat().st_size
