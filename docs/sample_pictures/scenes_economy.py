"""The sample pictures of the section economy, energy and land apart."""

from __future__ import annotations

import math
from collections.abc import Sequence

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
)


def crane(c: Canvas, x: float, y: float, k: float, color: Color) -> None:
    """A quayside gantry crane, its boom over the ship at the left."""
    for dx in (0, 0.34):
        c.line([(x + k * dx, y), (x + k * dx, y - k * 0.86)], color, k * 0.034)
    c.line([(x, y - k * 0.3), (x + k * 0.34, y - k * 0.3)], color, k * 0.03)
    c.line([(x, y), (x + k * 0.34, y - k * 0.3)], color, k * 0.014)
    c.line([(x - k * 0.72, y - k * 0.62), (x + k * 0.56, y - k * 0.62)], color, k * 0.034)
    c.line([(x, y - k * 0.86), (x + k * 0.17, y - k * 1.02), (x + k * 0.34, y - k * 0.86)], color, k * 0.026)
    for end in (-0.7, -0.34, 0.54):
        c.line([(x + k * 0.17, y - k), (x + k * end, y - k * 0.62)], color, k * 0.009)
    c.rect((x + k * 0.2, y - k * 0.74, x + k * 0.5, y - k * 0.63), color)


def port(c: Canvas) -> None:
    """A loaded container ship at the quay under three cranes."""
    c.gradient(mix(MIST, HAZE, 0.4), PAPER, 0, 700)
    c.circle(300, 300, 110, mix(OCHRE, PAPER, 0.25))
    for x, y, w in ((120, 150, 460), (820, 120, 340), (930, 158, 420)):
        c.rect((x, y, x + w, y + 22), PAPER, radius=11, alpha=0.7)
    c.wave(690, mix(MIST, TEAL, 0.4), height=26, length=1100, phase=1)
    for x in (1040, 1390):
        crane(c, x, 850, 640, mix(PETROL, DEEP, 0.2))
    c.rect((930, 820, WIDTH, HEIGHT), mix(SAND, INK, 0.35))
    c.rect((930, 820, WIDTH, 842), SAND)
    tones = (BRICK, OCHRE, PETROL, TEAL, mix(BRICK, SAND, 0.35), SAND, MIST)
    for row in range(3):
        for col in range(7 - row):
            x, y = 1060 + col * 82 + row * 40, 778 - row * 44
            c.rect((x, y, x + 78, y + 41), c.random.choice(tones))
    for col in range(11):
        for row in range((3, 5, 6, 6, 5, 6, 7, 6, 6, 5, 4)[col]):
            x, y = 196 + col * 74, 726 - row * 44
            tone = c.random.choice(tones)
            c.rect((x, y, x + 71, y + 41), tone)
            for i in range(5):
                c.rect((x + 8 + i * 13, y + 5, x + 11 + i * 13, y + 36), mix(tone, INK, 0.18))
    c.rect((86, 470, 176, 780), PAPER)
    c.rect((66, 470, 196, 516), mix(PAPER, MIST, 0.4))
    for i in range(5):
        c.rect((76 + i * 24, 482, 92 + i * 24, 504), PETROL)
    for y in (548, 596, 644, 692):
        c.rect((98, y, 164, y + 18), TEAL)
    c.rect((112, 400, 152, 470), BRICK)
    c.polygon([(30, 766), (1066, 766), (1096, 748), (1020, 940), (70, 940)], DEEP)
    c.polygon([(56, 882), (1041, 882), (1020, 940), (70, 940)], BRICK)
    c.line([(40, 800), (1074, 800)], TEAL, 5)
    for i in range(4):
        c.wave(915 + i * 42, mix(TEAL, DEEP, i / 3.2), height=7, length=240 + i * 90, phase=i * 2)


def coins(c: Canvas) -> None:
    """Coins stacked into the columns of a temple front, the globe behind."""
    c.gradient(mix(PETROL, TEAL, 0.3), mix(PETROL, DEEP, 0.5))
    c.circle(800, 500, 400, mix(PETROL, TEAL, 0.55))
    for r in (400, 270, 120):
        c.line(arc(800, 500, r, 400, 0, 360), mix(TEAL, HAZE, 0.35), 4)
    for y in (-240, -120, 0, 120, 240):
        half = math.sqrt(400**2 - y**2)
        c.line([(800 - half, 500 + y), (800 + half, 500 + y)], mix(TEAL, HAZE, 0.35), 4)
    c.polygon([(270, 380), (800, 170), (1330, 380)], SAND)
    c.polygon([(390, 356), (800, 196), (1210, 356)], mix(SAND, OCHRE, 0.4))
    c.rect((280, 378, 1320, 430), PAPER)
    c.rect((280, 414, 1320, 430), SAND)
    for x in (380, 590, 800, 1010, 1220):
        c.rect((x - 66, 430, x + 66, 452), SAND)
        for i in range(13):
            y, dx = 838 - i * 31, c.random.uniform(-5, 5)
            c.rect((x + dx - 60, y, x + dx + 60, y + 27), OCHRE, radius=9)
            c.rect((x + dx + 12, y, x + dx + 60, y + 27), mix(OCHRE, INK, 0.22), radius=9)
            c.rect((x + dx - 52, y + 4, x + dx - 8, y + 9), mix(OCHRE, PAPER, 0.6), radius=2)
        c.rect((x - 74, 866, x + 74, 890), SAND)
    for i, tone in enumerate((PAPER, SAND, mix(SAND, INK, 0.15))):
        c.rect((250 - i * 60, 888 + i * 36, 1350 + i * 60, 926 + i * 36), tone)
    c.rect((0, 994, WIDTH, HEIGHT), mix(DEEP, INK, 0.5))


def unfinished(c: Canvas) -> None:
    """Housing towers left half built, their cranes standing still."""
    c.gradient(mix(MIST, PETROL, 0.15), mix(SAND, PAPER, 0.5), 0, 940)
    c.circle(1240, 300, 96, PAPER, 0.8)
    for i in range(14):
        x, h = i * 122 - 30, c.random.uniform(180, 330)
        c.rect((x, 900 - h, x + 100, 960), mix(MIST, SAND, 0.35))
    towers = ((110, 270, 8, 3), (430, 230, 13, 6), (760, 260, 10, 4), (1110, 230, 14, 8), (1390, 190, 7, 2))
    for x, w, floors, clad in towers:
        step, bays = 52, round(w / 62)
        top = 940 - floors * step
        for k in range(floors):
            y = 940 - (k + 1) * step
            done = k < clad
            tone = mix(BRICK, SAND, 0.25) if done else mix(PETROL, MIST, 0.25)
            if done:
                c.rect((x, y, x + w, y + step), tone)
                for b in range(bays):
                    wx = x + 16 + b * (w - 20) / bays
                    c.rect((wx, y + 12, wx + 34, y + 40), PAPER if c.random.random() < 0.3 else PETROL)
            else:
                c.rect((x, y, x + w, y + 9), tone)
                for b in range(bays + 1):
                    wx = x + b * (w - 9) / bays
                    c.rect((wx, y, wx + 9, y + step), tone)
        c.rect((x + w * 0.72, 940 - clad * step, x + w, 940), INK, alpha=0.16)
        for b in range(bays + 1):
            wx = x + 3 + b * (w - 9) / bays
            c.line([(wx, top), (wx, top - 26)], mix(PETROL, INK, 0.4), 3)
    for x, foot, h, reach in ((402, 940, 800, 340), (1360, 940, 770, -330)):
        c.line([(x, foot), (x, foot - h)], OCHRE, 13)
        for k in range(int(h / 34)):
            y = foot - k * 34
            c.line([(x - 6, y), (x + 6, y - 30)], mix(OCHRE, INK, 0.4), 4)
        y = foot - h + 36
        c.line([(x - reach * 0.35, y), (x + reach, y)], OCHRE, 11)
        c.line([(x - reach * 0.33, y), (x, y - 90), (x + reach * 0.9, y)], mix(OCHRE, INK, 0.3), 4)
        c.line([(x, y), (x, y - 90)], OCHRE, 9)
        c.rect((x - reach * 0.33 - 28, y, x - reach * 0.33 + 28, y + 52), INK)
        hook = x + reach * 0.7
        c.line([(hook, y), (hook, y + 130)], INK, 3)
        c.rect((hook - 9, y + 126, hook + 9, y + 150), INK, radius=4)
    c.rect((0, 930, WIDTH, HEIGHT), mix(SAND, INK, 0.45))
    c.rect((0, 930, WIDTH, 990), OCHRE)
    for i in range(20):
        c.polygon([(i * 84, 930), (i * 84 + 40, 930), (i * 84 + 10, 990), (i * 84 - 30, 990)], INK)


def bars(c: Canvas) -> None:
    """A bar chart that is also a city at the foot of uneven hills."""
    c.gradient(PAPER, mix(SAND, PAPER, 0.3))
    for y in range(200, 900, 116):
        c.line([(110, y), (1490, y)], MIST, 2, 0.6)
    c.circle(1270, 300, 104, mix(OCHRE, PAPER, 0.1))
    c.polygon([*smooth([(110, 720), (330, 560), (560, 660), (820, 470), (1080, 600), (1490, 420)]),
               (1490, 896), (110, 896)], MIST, 0.55)  # fmt: skip
    heights = (250, 330, 180, 420, 300, 480, 370, 560, 440, 520)
    for i, h in enumerate(heights):
        x = 150 + i * 132
        tone = (PETROL, BRICK, TEAL, DEEP, OCHRE)[i % 5]
        c.rect((x, 896 - h, x + 96, 896), tone)
        c.rect((x + 68, 896 - h, x + 96, 896), mix(tone, INK, 0.25))
        for y in range(int(896 - h) + 26, 870, 44):
            for k in range(2):
                if c.random.random() < 0.5:
                    c.rect((x + 14 + k * 26, y, x + 28 + k * 26, y + 20), mix(tone, PAPER, 0.6))
    dots = [(198 + i * 132, 896 - h - 74 - 22 * (i % 2)) for i, h in enumerate(heights)]
    c.line(smooth(dots), INK, 7)
    for x, y in dots:
        c.circle(x, y, 15, PAPER)
        c.circle(x, y, 10, BRICK)
    c.rect((90, 894, 1510, 908), INK)
    for i in range(10):
        c.rect((198 + i * 132 - 22, 936, 198 + i * 132 + 22, 948), MIST, radius=6)


def globe(c: Canvas) -> None:
    """A globe of meridians with lit nodes, and threads between them."""
    c.gradient(mix(DEEP, INK, 0.3), DEEP)
    for _ in range(130):
        x, y = c.random.uniform(0, 1600), c.random.uniform(0, 1067)
        c.circle(x, y, c.random.uniform(0.8, 2.4), HAZE, 0.6)
    cx, cy, r = 800, 545, 400
    c.glow(cx, cy, 640, TEAL, 0.55)
    c.circle(cx, cy, r, PETROL)
    c.circle(cx - 20, cy - 20, r - 34, mix(PETROL, TEAL, 0.3))
    line = mix(TEAL, HAZE, 0.25)
    for k in (1.0, 0.82, 0.55, 0.2):
        c.line(arc(cx, cy, r * k, r, 0, 360), line, 4)
    for deg in (-60, -36, -12, 12, 36, 60):
        y = r * math.sin(math.radians(deg))
        half = r * math.cos(math.radians(deg))
        c.line(arc(cx, cy + y * 0.96, half, half * 0.12, 0, 180), line, 4)
    nodes = [
        (560, 380),
        (700, 300),
        (900, 330),
        (1040, 450),
        (980, 620),
        (800, 520),
        (620, 600),
        (730, 760),
        (920, 800),
        (1090, 690),
    ]
    for i, (x0, y0) in enumerate(nodes):
        for x1, y1 in nodes[i + 1 :]:
            d = math.hypot(x1 - x0, y1 - y0)
            if d < 260:
                mid = ((x0 + x1) / 2 + (y1 - y0) * 0.16, (y0 + y1) / 2 - (x1 - x0) * 0.16)
                c.line(smooth([(x0, y0), mid, (x1, y1)]), OCHRE, 4, 0.9)
    for i, (x, y) in enumerate(nodes):
        c.glow(x, y, 60, OCHRE, 0.6)
        c.circle(x, y, 20 if i % 3 else 28, BRICK)
        c.circle(x, y, 11 if i % 3 else 16, PAPER)


def expo(c: Canvas) -> None:
    """A lattice dome at night over palms and visitors."""
    c.gradient(mix(DEEP, INK, 0.4), mix(PETROL, BRICK, 0.45), 0, 860)
    for _ in range(90):
        c.circle(c.random.uniform(0, 1600), c.random.uniform(0, 420), c.random.uniform(0.8, 2.2), PAPER, 0.7)
    c.glow(800, 760, 900, OCHRE, 0.5)
    cx, cy, rx, ry = 800, 850, 640, 600
    c.polygon(arc(cx, cy, rx, ry, 180, 360), mix(BRICK, OCHRE, 0.45), 0.4)

    def on(lon: float, lat: float) -> Point:
        return cx + rx * math.cos(lat) * math.sin(lon), cy - ry * math.sin(lat)

    rings = [math.radians(v) for v in (0, 12, 25, 38, 51, 63, 74)]
    for side in (-1, 1):
        for start in range(-12, 13):
            strand = [on(math.radians(start * 15 + side * n * 7.5), lat) for n, lat in enumerate(rings)]
            if all(abs(start * 15 + side * n * 7.5) <= 97 for n in range(7)):
                c.line(strand, mix(OCHRE, PAPER, 0.35), 7)
    for lat in rings[1:]:
        c.line([on(math.radians(d), lat) for d in range(-90, 91, 5)], mix(OCHRE, PAPER, 0.15), 4)
    c.line(arc(cx, cy, rx, ry, 180, 360), mix(OCHRE, PAPER, 0.35), 12)
    c.ellipse(cx, cy - ry * math.sin(rings[-1]), rx * math.cos(rings[-1]), 16, PAPER)
    c.rect((0, 846, WIDTH, HEIGHT), mix(INK, PETROL, 0.25))
    c.ellipse(800, 880, 560, 34, OCHRE, 0.5)
    for _ in range(46):
        x, k = c.random.gauss(800, 330), c.random.uniform(0.8, 1.3)
        y = 880 + 90 * (k - 0.8) / 0.5
        c.polygon([(x - 11 * k, y), (x - 9 * k, y - 44 * k), (x + 9 * k, y - 44 * k), (x + 11 * k, y)], INK)
        c.circle(x, y - 55 * k, 9 * k, INK)
        c.polygon([(x - 11 * k, y), (x + 11 * k, y), (x + 30 * k, y + 60), (x - 6 * k, y + 60)], INK, 0.25)


def airliner(c: Canvas, x: float, y: float, k: float, turn: float) -> None:
    """An airliner from the side, nose at the left, lit from below; (x, y) is its middle, `k` its length."""
    a = math.radians(turn)

    def at(points: Sequence[Point]) -> list[Point]:
        """From thousandths of the length, upwards from the axis, to the picture."""
        return [
            (x + k * ((u - 500) * math.cos(a) + v * math.sin(a)) / 1000,
             y + k * ((u - 500) * math.sin(a) - v * math.cos(a)) / 1000)
            for u, v in points
        ]  # fmt: skip

    skin, shade, trim = PAPER, mix(SAND, MIST, 0.55), PETROL
    c.polygon(at([(392, 40), (566, 128), (606, 132), (560, 40)]), mix(MIST, PETROL, 0.45))
    c.polygon(at([(884, 40), (972, 78), (1004, 80), (958, 40)]), mix(MIST, PETROL, 0.45))
    top = smooth([(0, -10), (10, 8), (34, 28), (74, 46), (140, 54), (240, 56), (780, 56), (880, 54), (1000, 40)])
    low = smooth([(1000, 34), (930, 18), (850, -16), (760, -44), (680, -54), (200, -56), (90, -50), (30, -34),
                  (0, -10)])  # fmt: skip
    c.polygon(at([(790, 50), (838, 70), (930, 214), (992, 214), (966, 40)]), trim)
    c.polygon(at([(893, 156), (930, 214), (992, 214), (981, 156)]), BRICK)
    c.polygon(at([(884, 142), (893, 156), (981, 156), (978, 142)]), OCHRE)
    c.polygon(at([*top, *low]), skin)
    belly = [(u, v) for u, v in low if v < -14 and u > 10]
    c.polygon(at([*belly, (24, -16), (400, -24), (850, -12)]), shade)
    stripe = [(30, -15), (400, -20), (860, 2), (960, 26), (984, 34), (960, 34), (850, 12), (400, -10), (22, -5)]
    c.polygon(at(stripe), trim)
    for u in range(128, 850, 19):
        if u not in (318, 337, 508, 698, 717):
            c.polygon(at([(u, 24), (u + 9, 24), (u + 9, 9), (u, 9)]), DEEP)
    for u in (92, 318, 700):
        c.line(at([(u, 36), (u + 22, 36), (u + 22, -8), (u, -8), (u, 36)]), shade, 2)
    c.polygon(at([(36, 28), (50, 36), (76, 36), (76, 22), (44, 18)]), DEEP)
    c.line(at([(59, 37), (57, 19)]), skin, 2)
    c.polygon(at([(872, 28), (1000, -4), (1040, -4), (964, 34)]), mix(skin, shade, 0.5))
    c.polygon(at([(872, 28), (1000, -4), (1012, -4), (900, 30)]), skin)
    for u, v, r in ((160, -104, 15), (545, -112, 19), (590, -112, 19)):
        c.line(at([(u, v + 4), (u - 6, -40)]), mix(INK, MIST, 0.4), 7)
        c.circle(*at([(u, v)])[0], r * k / 1000, INK)
        c.circle(*at([(u, v)])[0], r * k / 2300, MIST)
    wing = [(352, -26), (404, -22), (626, -34), (742, -168), (764, -172), (724, -182), (692, -180), (520, -96)]
    c.polygon(at(wing), mix(shade, MIST, 0.4))
    c.polygon(at([(352, -26), (520, -96), (692, -180), (724, -182), (540, -92), (392, -24)]), skin)
    c.polygon(at([(596, -34), (626, -34), (742, -168), (724, -168)]), mix(MIST, PETROL, 0.35))
    c.polygon(at([(724, -182), (764, -172), (790, -122), (776, -122)]), BRICK)
    pod = smooth([(404, -84), (408, -112), (440, -122), (500, -116), (548, -98), (500, -76), (440, -70), (404, -84)])
    c.polygon(at([(470, -56), (560, -64), (540, -94), (450, -84)]), shade)
    c.polygon(at(pod), skin)
    c.polygon(at([(u, v) for u, v in pod if v < -96] + [(406, -97)]), shade)
    c.ellipse(*at([(407, -98)])[0], 0.007 * k, 0.0175 * k, DEEP)
    c.polygon(at([(424, -72), (436, -70), (440, -122), (428, -119)]), trim)
    c.glow(*at([(160, -70)])[0], 60, PAPER, 0.6)
    c.circle(*at([(160, -70)])[0], 6, PAPER)


def skyline(c: Canvas, ground: float, low: float, high: float, color: Color, lit: float) -> None:
    """A row of towers that stand on `ground`, `low` to `high` tall; a share `lit` of their windows glows."""
    x = -30.0
    while x < WIDTH + 30:
        wide = c.random.uniform(52, 104)
        peak = math.exp(-(((x - 1080) / 330) ** 2)) + 0.8 * math.exp(-(((x - 330) / 210) ** 2))
        tall = low + (high - low) * min(1, peak) * c.random.uniform(0.55, 1)
        kind = c.random.choice((0, 0, 1, 2, 2, 3))
        c.rect((x, ground - tall, x + wide, ground + 4), color)
        if kind == 0:
            c.rect((x + wide * 0.2, ground - tall * 1.14, x + wide * 0.8, ground - tall), color)
            c.rect((x + wide * 0.36, ground - tall * 1.24, x + wide * 0.64, ground - tall), color)
            c.line([(x + wide / 2, ground - tall * 1.24), (x + wide / 2, ground - tall * 1.45)], color, 5)
        elif kind == 1:
            c.polygon([(x, ground - tall), (x + wide, ground - tall - wide * 0.5), (x + wide, ground - tall)], color)
        elif kind == 2:
            c.rect((x + wide * 0.25, ground - tall - 26, x + wide * 0.6, ground - tall), color)
        for row in range(int(ground - tall) + 16, int(ground) - 20, 21):
            for col in range(int(x) + 10, int(x + wide) - 12, 15):
                if c.random.random() < lit:
                    c.rect((col, row, col + 7, row + 11), mix(OCHRE, PAPER, c.random.uniform(0.1, 0.6)))
        x += wide - 1


def liberty(c: Canvas, x: float, y: float, k: float, color: Color) -> None:
    """The statue in the harbour; the middle of its foot is at (x, y), `k` is its height to the torch."""

    def at(*points: Point) -> list[Point]:
        return [(x + u * k, y - v * k) for u, v in points]

    c.polygon(at((-0.3, 0), (-0.24, 0.07), (0.24, 0.07), (0.3, 0)), color)
    c.polygon(at((-0.13, 0.07), (-0.1, 0.4), (0.1, 0.4), (0.13, 0.07)), color)
    c.polygon(at((-0.13, 0.38), (-0.13, 0.42), (0.13, 0.42), (0.13, 0.38)), color)
    robe = at((-0.085, 0.42), (-0.08, 0.56), (-0.062, 0.7), (-0.03, 0.76), (0.03, 0.76), (0.06, 0.7), (0.075, 0.56))
    c.polygon(smooth([*robe, *at((0.09, 0.42))]), color)
    c.circle(*at((0, 0.79))[0], 0.03 * k, color)
    for turn in range(30, 151, 20):
        u, v = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        c.line(at((0.02 * u, 0.8 + 0.02 * v), (0.062 * u, 0.8 + 0.062 * v)), color, 0.012 * k)
    c.line(at((-0.04, 0.73), (-0.085, 0.82), (-0.1, 0.91)), color, 0.04 * k)
    c.line(at((0.05, 0.7), (0.085, 0.62)), color, 0.045 * k)
    c.polygon(at((0.06, 0.58), (0.1, 0.57), (0.125, 0.7), (0.085, 0.71)), color)
    c.polygon(at((-0.13, 0.93), (-0.07, 0.93), (-0.085, 0.9), (-0.115, 0.9)), color)
    c.glow(*at((-0.1, 0.965))[0], 0.16 * k, OCHRE, 0.9)
    fire = at((-0.12, 0.93), (-0.125, 0.965), (-0.1, 1.0), (-0.08, 0.965), (-0.085, 0.93))
    c.polygon(smooth(fire), mix(OCHRE, PAPER, 0.7))


def arrivals(c: Canvas) -> None:
    """An airliner comes in low over a city of towers at sunrise."""
    c.gradient(mix(PETROL, DEEP, 0.2), mix(TEAL, HAZE, 0.4), 0, 420)
    c.gradient(mix(TEAL, HAZE, 0.4), mix(OCHRE, PAPER, 0.35), 420, 860)
    c.glow(660, 770, 760, mix(OCHRE, PAPER, 0.3), 0.75)
    c.circle(660, 730, 128, mix(OCHRE, PAPER, 0.62))
    for x, y, w, h in ((60, 132, 330, 16), (160, 166, 420, 14), (1120, 96, 380, 16), (1240, 128, 420, 14),
                       (820, 590, 460, 12), (1010, 618, 520, 12)):  # fmt: skip
        c.rect((x, y, x + w, y + h), PAPER, radius=h / 2, alpha=0.42)
    skyline(c, 880, 70, 330, mix(mix(OCHRE, SAND, 0.5), MIST, 0.6), 0)
    skyline(c, 884, 50, 250, mix(TEAL, PETROL, 0.45), 0.1)
    skyline(c, 890, 34, 150, mix(DEEP, PETROL, 0.3), 0.24)
    c.gradient(mix(PETROL, TEAL, 0.35), DEEP, 888)
    for _ in range(64):
        near = c.random.uniform(0, 1)
        length = c.random.uniform(24, 120) * (0.5 + near)
        u = 660 + c.random.gauss(0, 90 + 130 * near)
        box = (u - length / 2, 898 + 160 * near, u + length / 2, 902 + 162 * near)
        c.rect(box, mix(OCHRE, PAPER, 0.5), radius=2, alpha=0.55)
    for _ in range(40):
        u, v = c.random.uniform(0, WIDTH), c.random.uniform(900, 1060)
        c.rect((u, v, u + c.random.uniform(30, 130), v + 3), TEAL, radius=1, alpha=0.6)
    c.polygon(smooth([(70, 944), (130, 918), (250, 908), (390, 918), (450, 944)]), mix(DEEP, INK, 0.4))
    liberty(c, 250, 914, 390, mix(DEEP, INK, 0.25))
    airliner(c, 880, 352, 1120, 5)


SCENES = {
    "11/us-borders/arrivals": arrivals,
    "10/ports/port": port,
    "10/tax-deal/coins": coins,
    "10/evergrande/unfinished": unfinished,
    "10/imf/bars": bars,
    "10/meta/globe": globe,
    "10/expo/expo": expo,
}
