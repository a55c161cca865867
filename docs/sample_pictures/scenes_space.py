"""The sample pictures of space."""

from __future__ import annotations

import math

from drawing import (
    BRICK,
    DEEP,
    HAZE,
    HEIGHT,
    INK,
    MIST,
    OCHRE,
    PAPER,
    PETROL,
    SAND,
    TEAL,
    WIDTH,
    Canvas,
    Color,
    Point,
    arc,
    mix,
    smooth,
)  # fmt: skip
from scenes_science import box, spin


def hexagon(x: float, y: float, r: float) -> list[Point]:
    """A regular hexagon, a corner at the right."""
    angles = [math.radians(60 * i) for i in range(6)]
    return [(x + r * math.cos(a), y + r * math.sin(a)) for a in angles]


def stars(c: Canvas, count: int, below: float = HEIGHT) -> None:
    """A quiet night sky."""
    for _ in range(count):
        x, y = c.random.uniform(0, WIDTH), c.random.uniform(0, below)
        c.circle(x, y, c.random.choice((1.5, 2, 2, 3)), PAPER, c.random.uniform(0.3, 0.8))


def launch(c: Canvas) -> None:
    """A rocket's bright arc over the sea before sunrise."""
    c.gradient(mix(DEEP, INK, 0.5), TEAL, 0, 560)
    c.gradient(TEAL, mix(OCHRE, PAPER, 0.25), 560, 830)
    stars(c, 110, 430)
    c.glow(470, 830, 620, OCHRE, 0.6)
    path = smooth([(420, 830), (432, 660), (490, 480), (620, 310), (830, 190), (1060, 130)], 24)
    left, right = [], []
    for i, (x, y) in enumerate(path):
        w = 34 * (1 - i / len(path)) ** 0.7 + 7
        a = math.atan2(*(path[min(i + 1, len(path) - 1)][k] - path[max(i - 1, 0)][k] for k in (1, 0)))
        left.append((x + w * math.sin(a), y - w * math.cos(a)))
        right.append((x - w * math.sin(a), y + w * math.cos(a)))
    c.polygon(left + right[::-1], mix(OCHRE, PAPER, 0.45), 0.9)
    c.line(path, PAPER, 9)
    c.glow(1060, 130, 170, OCHRE, 0.9)
    c.polygon(spin([(1040, 118), (1130, 118), (1168, 130), (1130, 142), (1040, 142)], 1060, 130, -12),
              PAPER)  # fmt: skip
    c.gradient(mix(PETROL, OCHRE, 0.25), DEEP, 830, HEIGHT)
    for i in range(46):
        y = 838 + i * 4.6
        w = c.random.uniform(20, 70 + i * 4)
        x = 420 + c.random.uniform(-20 - i * 2, 20 + i * 2)
        c.rect((x - w, y, x + w, y + 3), mix(OCHRE, PAPER, 0.4), radius=1, alpha=0.65)
    for x, h in ((300, 210), (352, 250), (500, 250), (552, 210)):
        c.polygon([(x - 7, 845), (x - 2, 845 - h), (x + 2, 845 - h), (x + 7, 845)], INK)
    c.polygon(smooth([(0, 800), (140, 822), (300, 832), (620, 840), (760, 852), (620, 862),
                      (300, 880), (0, 900)]), INK)  # fmt: skip


def station(c: Canvas) -> None:
    """A space station over the blue edge of the Earth."""
    c.gradient(INK, DEEP)
    stars(c, 170)
    for r, color in ((1420, mix(DEEP, TEAL, 0.35)), (1398, TEAL), (1384, HAZE), (1374, PETROL)):
        c.circle(620, 2080, r, color)
    for _ in range(20):
        radius, a = c.random.uniform(1130, 1350), c.random.uniform(-118, -52)
        band = arc(620, 2080, radius, radius, a, a + c.random.uniform(4, 13))
        c.line(band, HAZE, c.random.uniform(6, 20), 0.28)
    land = smooth([(760, 760), (900, 740), (1010, 800), (1120, 810), (1180, 900), (1080, 960),
                   (1000, 1067), (860, 1067), (820, 930), (740, 860), (760, 760)])  # fmt: skip
    c.polygon(land, mix(OCHRE, PETROL, 0.45), 0.75)
    cx, cy, tilt = 830, 400, -14

    def part(x: float, y: float, w: float, h: float, color: Color) -> None:
        c.polygon(spin(box(cx + x, cy + y, w, h), cx, cy, tilt), color)

    for side in (-1, 1):
        part(side * 330, 0, 420, 12, MIST)
        for near in (side * 250, side * 440):
            part(near, -105, 170, 176, OCHRE)
            part(near, 105, 170, 176, mix(OCHRE, BRICK, 0.35))
            for k in range(1, 5):
                part(near, -193 + k * 35.2, 170, 4, DEEP)
                part(near, 17 + k * 35.2, 170, 4, DEEP)
            part(near, -105, 5, 176, DEEP)
            part(near, 105, 5, 176, DEEP)
    for x, y, w, h in (
        (0, -20, 96, 330),
        (0, 200, 74, 130),
        (-108, 62, 150, 72),
        (108, 62, 150, 72),
    ):
        part(x, y, w, h, PAPER)
        part(x + w * 0.3, y, w * 0.4, h, HAZE) if h > w else part(x, y + h * 0.3, w, h * 0.4, HAZE)
    for y in (-150, -90, 120, 255):
        part(0, y, 100, 12, MIST)
    part(0, -205, 62, 44, MIST)
    part(0, 62, 110, 84, HAZE)
    part(-12, -30, 40, 40, BRICK)


def mirror(c: Canvas) -> None:
    """The gold mirror of a space telescope: eighteen hexagons on their shield."""
    c.gradient(INK, DEEP)
    stars(c, 150, 800)
    for i, color in enumerate((mix(MIST, DEEP, 0.5), mix(MIST, DEEP, 0.25), MIST, HAZE)):
        low = 985 - i * 30
        c.polygon([(800, low - 90), (1500 - i * 30, low), (800, low + 82), (100 + i * 30, low)], color)
    c.polygon([(720, 900), (880, 900), (860, 780), (740, 780)], mix(INK, MIST, 0.3))
    cx, cy, size = 800, 478, 104
    gap = size * math.sqrt(3)
    gold = mix(OCHRE, SAND, 0.2)
    for q in range(-2, 3):
        for r in range(max(-2, -q - 2), min(2, -q + 2) + 1):
            x, y = cx + 1.5 * size * q, cy + gap * (r + q / 2)
            if q == r == 0:
                c.polygon(hexagon(x, y, size * 0.96), mix(INK, BRICK, 0.2))
                continue
            light = 0.5 - (x - cx) / 1500 - (y - cy) / 1300 + c.random.uniform(-0.1, 0.1)
            tone = mix(mix(OCHRE, INK, 0.25), mix(gold, PAPER, 0.35), min(1, max(0, light)))
            face = hexagon(x, y, size * 0.96)
            c.polygon(face, tone)
            c.polygon([face[3], face[4], face[5], (x, y)], PAPER, 0.16)
            c.polygon([face[0], face[1], (x, y)], INK, 0.1)
    for foot in ((330, 640), (1270, 640), (800, 8)):
        c.line([foot, (cx, cy)], INK, 16)
        c.line([foot, (cx, cy)], mix(INK, MIST, 0.35), 7)
    c.polygon(hexagon(cx, cy, 62), INK)
    c.polygon(hexagon(cx, cy, 50), mix(MIST, INK, 0.2))
    c.glow(cx - 12, cy - 14, 60, PAPER, 0.7)


def orbit(c: Canvas) -> None:
    """The Sun, the Earth and, on the same line, the telescope."""
    c.gradient(DEEP, mix(DEEP, INK, 0.6))
    stars(c, 120)
    c.glow(-60, 533, 720, OCHRE, 0.55)
    c.circle(-60, 533, 330, OCHRE)
    c.circle(-60, 533, 280, mix(OCHRE, PAPER, 0.4))
    for r in (960, 1340):
        c.line(arc(-60, 533, r, r, -60, 60), MIST, 3, 0.5)
    for x in range(300, 1280, 34):
        c.line([(x, 533), (x + 15, 533)], HAZE, 4, 0.7)
    c.polygon([(900, 455), (1600, 330), (1600, 736), (900, 611)], INK, 0.45)
    c.circle(900, 533, 104, TEAL)
    c.polygon(smooth([(850, 450), (905, 440), (930, 480), (890, 520), (905, 570), (870, 610),
                      (845, 550), (822, 500), (850, 450)]), mix(OCHRE, TEAL, 0.35))  # fmt: skip
    c.polygon(arc(900, 533, 104, 104, -90, 90) + arc(930, 533, 60, 104, 90, -90), DEEP, 0.6)
    c.line(arc(900, 533, 176, 62, 0, 360), MIST, 2.5, 0.7)
    c.circle(756, 560, 20, HAZE)
    c.polygon([(1246, 400), (1266, 400), (1266, 666), (1246, 666)], HAZE)
    c.polygon([(1270, 412), (1282, 412), (1282, 654), (1270, 654)], MIST)
    c.rect((1282, 521, 1312, 545), MIST)
    for k in range(-2, 3):
        for x in (1326, 1366):
            c.polygon(hexagon(x, 533 + k * 46 + (23 if x > 1340 else 0) * (-1) ** (k > 0), 24), OCHRE)


SCENES = {
    "10/lucy-launch/launch": launch,
    "10/shenzhou-13/station": station,
    "10/webb-explained/mirror": mirror,
    "10/webb-explained/orbit": orbit,
}
