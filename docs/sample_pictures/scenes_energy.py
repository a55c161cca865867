"""The sample pictures of energy and land: oil, gas, trees, wheat."""

from __future__ import annotations

import itertools
import math

from drawing import (
    BRICK,
    DEEP,
    HAZE,
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
)


def pump(c: Canvas, x: float, y: float, k: float, color: Color, tilt: float) -> None:
    """An oil pump jack whose post stands at (x, y); `k` is its height."""
    a = math.radians(tilt)
    top = (x, y - k * 0.62)

    def along(u: float, v: float = 0) -> Point:
        return (top[0] + k * (u * math.cos(a) - v * math.sin(a)),
                top[1] + k * (u * math.sin(a) + v * math.cos(a)))  # fmt: skip

    for foot in (-0.22, 0.2):
        c.line([(x + k * foot, y), top], color, k * 0.045)
    c.line([(x - k * 0.13, y - k * 0.26), (x + k * 0.12, y - k * 0.26)], color, k * 0.03)
    c.line([along(-0.55), along(0.5)], color, k * 0.075)
    head = [along(0.46 + 0.16 * math.cos(t / 8), 0.24 * math.sin(t / 8)) for t in range(-9, 10)]
    c.polygon([along(0.4, -0.05), *head, along(0.4, 0.05)], color)
    rod = along(0.62, 0.1)
    c.line([rod, (rod[0], y)], color, k * 0.014)
    c.rect((rod[0] - k * 0.05, y - k * 0.1, rod[0] + k * 0.05, y), color)
    crank = (x - k * 0.5, y - k * 0.2)
    c.line([along(-0.52), crank], color, k * 0.03)
    c.circle(*crank, k * 0.13, color)
    c.polygon([(crank[0] - k * 0.16, y), (crank[0] - k * 0.05, crank[1]),
               (crank[0] + k * 0.05, crank[1]), (crank[0] + k * 0.16, y)], color)  # fmt: skip
    c.rect((x - k * 0.75, y - k * 0.03, x + k * 0.72, y + k * 0.02), color)


def derricks(c: Canvas) -> None:
    """Oil pumps and a derrick against a setting sun."""
    c.gradient(mix(PETROL, DEEP, 0.3), BRICK, 0, 500)
    c.gradient(BRICK, mix(OCHRE, PAPER, 0.2), 500, 820)
    c.circle(1060, 640, 190, mix(OCHRE, PAPER, 0.45))
    for x, y, w in ((120, 210, 520), (330, 252, 380), (980, 320, 460), (1130, 362, 420), (90, 470, 260)):
        c.rect((x, y, x + w, y + 18), mix(BRICK, PAPER, 0.35), radius=9, alpha=0.4)
    c.wave(780, mix(BRICK, INK, 0.35), height=18, length=1400, phase=1)
    for x, tilt in ((900, 12), (1330, -14)):
        pump(c, x, 786, 150, mix(BRICK, INK, 0.5), tilt)
    c.wave(850, mix(BRICK, INK, 0.65), height=14, length=1700, phase=3)
    x, y, tall = 330, 876, 620
    for side in (-1, 1):
        c.line([(x + side * 110, y), (x + side * 22, y - tall)], INK, 11)
    for i in range(9):
        a, b = 110 - i * 9.8, 110 - (i + 1) * 9.8
        y0, y1 = y - i * 68, y - (i + 1) * 68
        c.line([(x - a, y0), (x + b, y1)], INK, 5)
        c.line([(x + a, y0), (x - b, y1)], INK, 5)
        c.line([(x - b, y1), (x + b, y1)], INK, 6)
    c.rect((x - 40, y - tall - 26, x + 40, y - tall), INK)
    c.line([(x, y - tall), (x, y - 60)], INK, 4)
    c.rect((x - 150, y - 70, x + 150, y + 6), INK)
    pump(c, 1120, 906, 470, INK, -12)
    c.wave(900, mix(INK, BRICK, 0.1), height=8, length=1900, phase=2)


def dunes(c: Canvas) -> None:
    """Saplings in rows on the slope of a dune, solar panels below."""
    c.gradient(mix(MIST, PAPER, 0.35), PAPER, 0, 600)
    c.circle(1230, 270, 120, OCHRE)
    c.glow(1230, 270, 380, OCHRE, 0.4)
    slopes = (
        ([(0, 520), (300, 400), (520, 480), (800, 560), (1200, 450), (1600, 540)], 0.15),
        ([(0, 640), (260, 620), (640, 480), (900, 600), (1250, 680), (1600, 600)], 0.4),
        ([(0, 690), (400, 760), (800, 690), (1180, 600), (1400, 690), (1600, 760)], 0.62),
    )
    for points, depth in slopes:
        crest = smooth(points)
        c.polygon([*crest, (1600, 1067), (0, 1067)], mix(SAND, OCHRE, depth))
        peak = min(range(len(crest)), key=lambda i: crest[i][1])
        px, py = crest[peak]
        lee = smooth([(px, py), (px + 40, py + 130), (px - 20, py + 270), (px + 90, 1067)])
        c.polygon([*lee, (1600, 1067), *reversed(crest[peak:])], mix(OCHRE, BRICK, depth * 0.7), 0.35)
    c.polygon([*smooth([(0, 900), (420, 800), (900, 830), (1600, 940)]), (1600, 1067), (0, 1067)],
              mix(OCHRE, BRICK, 0.45))  # fmt: skip
    for row in range(5):
        for col in range(11):
            k = 0.42 + row * 0.17
            x = 60 + col * 128 * k + row * 12 + 40 * (row % 2)
            y = 742 + row * 62 + 18 * math.sin(x / 210) + (x - 300) * 0.035
            if x > 1120:
                continue
            c.ellipse(x + 26 * k, y, 34 * k, 7 * k, INK, 0.22)
            c.line([(x, y), (x, y - 66 * k)], mix(BRICK, INK, 0.5), 7 * k)
            c.circle(x, y - 84 * k, 36 * k, mix(PETROL, TEAL, 0.35))
            c.polygon(arc(x, y - 84 * k, 36 * k, 36 * k, -70, 110), PETROL)
    for i in range(4):
        x, y = 1140 + i * 112, 800 + i * 34
        c.line([(x + 60, y + 20), (x + 60, y + 90)], INK, 8)
        c.polygon([(x, y + 44), (x + 44, y - 40), (x + 150, y - 26), (x + 110, y + 62)], DEEP)
        for k in (0.33, 0.66):
            c.line([(x + 110 * k, y + 44 + 18 * k), (x + 44 + 106 * k, y - 40 + 14 * k)], MIST, 3)
        c.line([(x + 22, y + 2), (x + 130, y + 18)], MIST, 3)


def pipeline(c: Canvas) -> None:
    """A gas pipeline with a shut valve, running to the sea."""
    c.gradient(mix(TEAL, HAZE, 0.35), mix(PAPER, OCHRE, 0.2), 0, 520)
    c.circle(420, 330, 92, mix(OCHRE, PAPER, 0.3))
    c.rect((0, 500, WIDTH, 640), TEAL)
    for i in range(3):
        c.wave(522 + i * 32, mix(TEAL, PETROL, 0.25 + i * 0.2), height=4, length=330, phase=i)
    c.polygon([*smooth([(1010, 506), (1180, 430), (1330, 462), (1600, 380)]), (1600, 510)],
              mix(MIST, PETROL, 0.3))  # fmt: skip
    for y, tone in ((600, 0.12), (680, 0.42), (790, 0.7)):
        c.wave(y, mix(SAND, mix(OCHRE, BRICK, 0.4), tone), height=26, length=1600, phase=y)
    path = [(1640, 905, 74), (1180, 842, 62), (800, 760, 46), (520, 690, 33), (330, 640, 22), (190, 606, 14)]
    for (x0, y0, r0), (x1, y1, r1) in itertools.pairwise(path):
        for a, b, paint in (
            (-1, 1, mix(PETROL, DEEP, 0.3)),
            (-1, 0.45, PETROL),
            (-0.8, -0.1, TEAL),
            (-0.62, -0.38, mix(TEAL, HAZE, 0.6)),
        ):
            start, end = (((x0, y0 + a * r0), (x0, y0 + b * r0)), ((x1, y1 + a * r1), (x1, y1 + b * r1)))
            c.polygon([start[0], end[0], end[1], start[1]], paint)
    for x, y, r in path[1:]:
        c.rect((x - r * 0.16, y - r * 1.2, x + r * 0.16, y + r * 1.2), BRICK, radius=4)
        c.polygon([(x - r * 0.7, y + r * 2.3), (x - r * 0.3, y + r), (x + r * 0.3, y + r),
                   (x + r * 0.7, y + r * 2.3)], mix(INK, BRICK, 0.2))  # fmt: skip
    c.rect((922, 700, 1062, 880), mix(PETROL, INK, 0.4), radius=26)
    for x in (912, 1052):
        c.rect((x, 690, x + 24, 892), BRICK, radius=6)
    c.rect((978, 560, 1006, 720), INK)
    c.ellipse(992, 552, 128, 44, BRICK)
    c.ellipse(992, 552, 98, 28, mix(SAND, PAPER, 0.2))
    for a in (20, 92, 160):
        u, v = math.cos(math.radians(a)), math.sin(math.radians(a))
        c.line([(992 - 112 * u, 552 - 36 * v), (992 + 112 * u, 552 + 36 * v)], BRICK, 13)
    c.ellipse(992, 550, 24, 12, INK)


def wheat(c: Canvas) -> None:
    """Ears of wheat before a large sun, silos on the horizon."""
    c.gradient(mix(OCHRE, PAPER, 0.55), PAPER, 0, 700)
    c.circle(800, 470, 330, mix(OCHRE, PAPER, 0.25))
    c.circle(800, 470, 250, mix(BRICK, OCHRE, 0.55))
    c.wave(690, mix(TEAL, SAND, 0.35), height=16, length=1400, phase=2)
    for i in range(4):
        x = 1210 + i * 82
        c.rect((x, 520 + 40 * (i == 3), x + 76, 720), HAZE)
        c.rect((x + 48, 520 + 40 * (i == 3), x + 76, 720), MIST)
        c.polygon([(x - 4, 522 + 40 * (i == 3)), (x + 38, 478 + 40 * (i == 3)), (x + 80, 522 + 40 * (i == 3))], PETROL)
    c.wave(720, mix(OCHRE, SAND, 0.3), height=14, length=1500)
    c.wave(800, mix(OCHRE, BRICK, 0.15), height=14, length=1200, phase=2)
    for i in range(150):
        x = i * 11 - 10
        y = 800 + c.random.uniform(0, 40)
        c.line([(x, 1067), (x + 8, y)], mix(OCHRE, BRICK, c.random.uniform(0.1, 0.5)), 4)

    def ear(x: float, top: float, lean: float, k: float, color: Color) -> None:
        stem = smooth([(x - lean * 1.6, 1090), (x - lean * 0.7, (top + 1090) / 2 + 60), (x, top)])
        c.line(stem, mix(color, INK, 0.25), 8 * k)
        slant = math.radians(math.copysign(min(18, abs(lean) / 5), lean))
        for n in range(8):
            gy, gx = n * 40 * k, -math.tan(slant) * n * 40 * k
            for side in (-1, 1):
                a = slant + side * 0.5
                px, py = x + gx + side * 15 * k, top + gy
                ux, uy = math.sin(a), -math.cos(a)
                grain = [
                    (px + 44 * k * t * ux + 13 * k * w * uy, py + 44 * k * t * uy - 13 * k * w * ux)
                    for t, w in ((-0.5, 0), (0, 1), (0.5, 0.75), (1.0, 0), (0.5, -0.75), (0, -1))
                ]
                c.polygon(smooth([*grain, grain[0]]), color)
                c.line([grain[3], (grain[3][0] + 70 * k * ux, grain[3][1] + 70 * k * uy)], color, 3 * k)

    for x, top, lean, k in ((90, 560, -60, 0.8), (1500, 590, 60, 0.8), (420, 540, -40, 0.85), (1150, 560, 30, 0.8)):
        ear(x, top, lean, k, mix(OCHRE, BRICK, 0.45))
    for x, top, lean, k in ((230, 400, -70, 1.15), (600, 330, -30, 1.25), (960, 300, 40, 1.3), (1330, 410, 75, 1.1)):
        ear(x, top, lean, k, mix(OCHRE, PAPER, 0.12) if x in (230, 1330) else PETROL)


SCENES = {
    "10/oil-85/derricks": derricks,
    "10/saudi-green/dunes": dunes,
    "11/gas-pipeline/pipeline": pipeline,
    "11/food-index/wheat": wheat,
}
