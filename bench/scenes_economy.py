"""The sample pictures of the section economy; `draw_pictures.py` draws them."""

from __future__ import annotations

import itertools
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


SCENES = {
    "10/oil-85/derricks": derricks,
    "10/ports/port": port,
    "10/tax-deal/coins": coins,
    "10/evergrande/unfinished": unfinished,
    "10/saudi-green/dunes": dunes,
    "11/gas-pipeline/pipeline": pipeline,
    "10/imf/bars": bars,
    "11/food-index/wheat": wheat,
    "10/meta/globe": globe,
    "10/expo/expo": expo,
}
