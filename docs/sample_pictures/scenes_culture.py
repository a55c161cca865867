"""The sample pictures of the section culture, Egypt apart."""

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


def book_lamp(c: Canvas) -> None:
    """An open book under a reading lamp."""
    c.gradient(PETROL, DEEP)
    c.rect((150, 120, 560, 560), mix(DEEP, INK, 0.4))
    c.rect((166, 136, 544, 544), mix(TEAL, DEEP, 0.35))
    c.circle(455, 225, 42, PAPER, 0.9)
    hills = smooth([(166, 470), (260, 430), (360, 462), (470, 420), (544, 445)])
    c.polygon([*hills, (544, 544), (166, 544)], DEEP)
    c.rect((347, 136, 361, 544), mix(DEEP, INK, 0.4))
    c.rect((166, 333, 544, 347), mix(DEEP, INK, 0.4))
    c.glow(880, 640, 640, OCHRE, 0.5)
    c.polygon([(976, 364), (1162, 302), (1250, 850), (270, 850)], mix(OCHRE, PAPER, 0.4), 0.3)
    c.rect((0, 850, WIDTH, HEIGHT), mix(BRICK, INK, 0.45))
    c.rect((0, 850, WIDTH, 866), mix(BRICK, OCHRE, 0.25))
    c.ellipse(740, 880, 520, 40, mix(OCHRE, BRICK, 0.3), 0.5)
    c.line([(1330, 860), (1400, 560), (1120, 240)], INK, 22)
    c.circle(1400, 560, 24, OCHRE)
    c.ellipse(1330, 872, 150, 26, INK)
    c.polygon(spin([(970, 335), (1030, 190), (1110, 190), (1170, 335)], 1070, 262, -19), BRICK)
    c.polygon(spin(arc(1070, 335, 100, 20, 0, 360), 1070, 262, -19), mix(OCHRE, PAPER, 0.6))
    c.polygon(spin([(1034, 192), (1046, 160), (1094, 160), (1106, 192)], 1070, 262, -19),
              mix(BRICK, INK, 0.4))  # fmt: skip
    for side in (-1, 1):
        for lift, color in ((20, mix(BRICK, INK, 0.2)), (8, SAND), (0, PAPER)):
            top = smooth([(740, 706), (740 + side * 120, 672), (740 + side * 270, 688),
                          (740 + side * 400, 670)])  # fmt: skip
            low = smooth([(740 + side * 430, 838), (740 + side * 280, 850), (740 + side * 130, 834),
                          (740, 866)])  # fmt: skip
            wide = 1 + (lift / 400)
            c.polygon([(740 + (x - 740) * wide, y + lift) for x, y in top + low], color)
        for row in range(6):
            y = 710 + row * 21
            x0, x1 = 740 + side * 40, 740 + side * (375 if row < 5 else 220)
            mid = (x0 + x1) / 2
            c.line(smooth([(x0, y + 6), (mid, y - 12), (x1, y - 16)]), MIST, 5)
    c.line([(740, 706), (740, 866)], mix(SAND, INK, 0.3), 5)


def cinema(c: Canvas) -> None:
    """A film reel, the beam of a projector and the heads of an audience."""
    c.gradient(DEEP, INK)
    c.rect((700, 110, 1540, 640), mix(INK, PETROL, 0.2))
    c.rect((716, 126, 1524, 624), PAPER)
    c.polygon([(716, 470), (900, 380), (1060, 450), (1240, 330), (1524, 480), (1524, 624), (716, 624)],
              mix(OCHRE, PAPER, 0.2))  # fmt: skip
    c.polygon([(716, 540), (980, 490), (1260, 560), (1524, 500), (1524, 624), (716, 624)],
              mix(BRICK, OCHRE, 0.35))  # fmt: skip
    c.circle(1330, 240, 56, BRICK)
    feather = smooth([(850, 560), (880, 430), (960, 300), (1060, 210), (1090, 300), (1040, 420),
                      (940, 520), (850, 560)])  # fmt: skip
    c.polygon(feather, PETROL)
    c.line(smooth([(826, 612), (870, 530), (950, 400), (1060, 215)]), PAPER, 6)
    for k in range(5):
        t = 0.25 + k * 0.14
        x, y = 850 + 210 * t, 560 - 340 * t
        c.line([(x, y), (x + 12, y - 70)], PAPER, 4)
        c.line([(x, y), (x + 74, y - 26)], PAPER, 4)
    c.polygon([(360, 470), (716, 126), (716, 624)], mix(OCHRE, PAPER, 0.5), 0.28)
    c.polygon([(360, 470), (716, 230), (716, 530)], mix(OCHRE, PAPER, 0.6), 0.25)
    for x, y, r in ((210, 250, 178), (150, 560, 120)):
        c.circle(x, y, r, mix(OCHRE, INK, 0.3))
        c.circle(x, y, r - 10, OCHRE)
        c.circle(x, y, r * 0.86, mix(OCHRE, BRICK, 0.25))
        for i in range(5):
            a = math.radians(i * 72 - 90 + r)
            c.circle(x + r * 0.5 * math.cos(a), y + r * 0.5 * math.sin(a), r * 0.21, INK)
        c.circle(x, y, r * 0.13, INK)
    c.rect((110, 440, 300, 640), INK, radius=20)
    c.rect((90, 420, 310, 520), mix(INK, MIST, 0.25), radius=16)
    c.rect((300, 440, 372, 500), mix(INK, MIST, 0.45), radius=8)
    c.glow(372, 470, 70, PAPER, 0.9)
    for row, (y, r, color) in enumerate(((830, 50, mix(DEEP, TEAL, 0.3)), (930, 64, DEEP), (1050, 82, INK))):
        step = r * 3.1
        for i in range(-1, int(WIDTH / step) + 2):
            x = i * step + row * 70 + c.random.uniform(-12, 12)
            tall = c.random.uniform(-14, 14)
            c.circle(x, y + tall, r, color)
            c.rect((x - r * 1.25, y + r * 0.95 + tall, x + r * 1.25, HEIGHT + 80), color, radius=r * 0.7)


def dunes(c: Canvas) -> None:
    """Two small figures on the crest of a dune under two moons."""
    c.gradient(mix(BRICK, INK, 0.25), OCHRE, 0, 420)
    c.gradient(OCHRE, mix(SAND, PAPER, 0.4), 420, 700)
    c.circle(1130, 240, 150, mix(SAND, PAPER, 0.5))
    c.circle(1090, 205, 26, SAND)
    c.circle(1180, 280, 38, SAND)
    c.circle(1200, 180, 16, SAND)
    c.circle(1390, 130, 52, mix(OCHRE, PAPER, 0.35))
    for y, color in ((560, mix(BRICK, OCHRE, 0.75)), (610, mix(BRICK, OCHRE, 0.55))):
        rocks: list[Point] = [(0, y + 40)]
        for x in range(0, 1640, 80):
            rocks.append((x, y - c.random.uniform(0, 90) * (1 + math.cos(x / 300))))
        c.polygon([*rocks, (1640, 900), (0, 900)], color)

    def dune(crest: list[Point], foot: list[Point], light: Color, dark: Color) -> None:
        line = smooth(crest)
        c.polygon([*line, (WIDTH, HEIGHT), (0, HEIGHT)], light)
        c.polygon([*line, *smooth(foot)], dark)

    light, dark = mix(OCHRE, SAND, 0.35), mix(BRICK, OCHRE, 0.35)
    dune([(0, 690), (260, 640), (560, 700), (900, 650), (1220, 590), (1600, 680)],
         [(1600, 760), (1450, 780), (1300, 690), (1220, 592)], light, dark)  # fmt: skip
    dune([(0, 800), (300, 770), (620, 690), (860, 640), (1100, 700), (1600, 830)],
         [(1600, 960), (1200, 960), (1010, 860), (930, 740), (862, 642)],
         mix(OCHRE, BRICK, 0.15), mix(BRICK, INK, 0.2))  # fmt: skip
    dune([(0, 760), (190, 790), (420, 880), (760, 950), (1100, 960), (1600, 900)],
         [(1600, 1067), (500, 1067), (330, 960), (200, 860), (0, 762)],
         mix(OCHRE, SAND, 0.1), mix(BRICK, INK, 0.4))  # fmt: skip
    for x, y, h in ((800, 656, 76), (862, 644, 92)):
        c.polygon([(x - h * 0.2, y), (x - h * 0.1, y - h * 0.7), (x + h * 0.1, y - h * 0.7),
                   (x + h * 0.24, y)], INK)  # fmt: skip
        c.circle(x, y - h * 0.82, h * 0.15, INK)
        c.polygon([(x - h * 0.2, y), (x + h * 0.24, y), (x - h * 1.5, y + h * 0.62)], INK, 0.3)
    for i in range(16):
        t = i / 15
        c.ellipse(780 - 420 * t, 662 + 92 * t + 16 * math.sin(t * 7) + (i % 2) * 9, 8, 3.5, INK, 0.35)
    for i in range(9):
        y = 985 + i * 9
        c.line(smooth([(700 + i * 40, y + 16), (1000 + i * 30, y - 6), (1600, y - 40)]),
               mix(OCHRE, BRICK, 0.4), 3, 0.5)  # fmt: skip


def bookshelf(c: Canvas) -> None:
    """Shelves of books with a ladder."""
    c.gradient(mix(BRICK, INK, 0.55), mix(BRICK, INK, 0.65))
    tones = [PETROL, TEAL, BRICK, OCHRE, SAND, PAPER, MIST, DEEP, mix(BRICK, OCHRE, 0.5), HAZE]
    for row in range(3):
        base = 330 + row * 345
        x, last = 24.0, PAPER
        while x < 1580:
            w, h = c.random.uniform(26, 66), c.random.uniform(190, 282)
            color = c.random.choice([t for t in tones if t != last])
            last = color
            mark = PAPER if sum(color) < 420 else mix(color, INK, 0.55)
            shape = box(x + w / 2, base - h / 2, w - 3, h)
            tilt = 9 if c.random.random() < 0.07 else 0
            if tilt:
                x += 30
                shape = spin([(px + 26, py) for px, py in shape], x + w, base, -tilt)
                c.polygon(shape, color)
                x += w + 14
                continue
            c.polygon(shape, color)
            style = c.random.randrange(4)
            if style < 2:
                for y in (base - h + 22, base - h + 34, base - 34)[style:]:
                    c.rect((x + 1, y, x + w - 2, y + 5), mark, alpha=0.75)
            if style != 1 and w > 34:
                mid = base - h * c.random.uniform(0.5, 0.62)
                c.rect((x + w / 2 - 6, mid - 36, x + w / 2 + 6, mid + 44), mark, radius=5, alpha=0.7)
            x += w
            if c.random.random() < 0.05:
                x += c.random.uniform(30, 70)
        c.rect((0, base, WIDTH, base + 30), mix(OCHRE, BRICK, 0.5))
        c.rect((0, base + 22, WIDTH, base + 44), mix(BRICK, INK, 0.4))
    for shift, color, alpha in ((26, INK, 0.35), (0, mix(OCHRE, PAPER, 0.25), 1.0)):
        for rail in (1110, 1300):
            c.line([(rail + shift - 40, 0), (rail + shift + 60, HEIGHT)], color, 20, alpha)
        for k in range(7):
            rung = 60 + k * 155
            lean = 100 * rung / HEIGHT - 40
            c.line([(1110 + shift + lean, rung), (1300 + shift + lean, rung)], color, 14, alpha)


def volume(c: Canvas, x: float, y: float, k: float, turn: float, color: Color) -> None:
    """An open book seen from its foot, its spine at (x, y), `k` wide on each side."""
    a = math.radians(turn)

    def at(*points: Point) -> list[Point]:
        return [(x + k * (u * math.cos(a) - v * math.sin(a)), y + k * (u * math.sin(a) + v * math.cos(a)))
                for u, v in points]  # fmt: skip

    for side in (-1, 1):
        c.polygon(at((0, 0.14), (side * 1.04, 0.04), (side * 1.04, -0.62), (0, -0.5)), color)
        leaf = smooth(at((0, 0.06), (side * 0.4, -0.08), (side * 0.97, -0.04)))
        top = smooth(at((side * 0.97, -0.66), (side * 0.4, -0.72), (0, -0.56)))
        c.polygon([*leaf, *top], PAPER if side < 0 else mix(PAPER, SAND, 0.55))
        for n in range(4):
            v = -0.2 - n * 0.11
            c.line(at((side * 0.16, v + 0.01), (side * 0.5, v - 0.03), (side * 0.84, v - 0.01)), MIST, 0.03 * k)


def baobab(c: Canvas) -> None:
    """A baobab at sunset whose leaves are open books."""
    c.gradient(mix(BRICK, OCHRE, 0.3), mix(OCHRE, PAPER, 0.45), 0, 800)
    c.glow(800, 560, 760, mix(OCHRE, PAPER, 0.5), 0.7)
    c.circle(800, 560, 330, mix(OCHRE, PAPER, 0.55))
    c.wave(770, mix(BRICK, OCHRE, 0.25), height=18, length=1500, phase=1)
    for x, k in ((130, 0.8), (290, 0.5), (1360, 0.6), (1500, 0.9)):
        dark = mix(BRICK, INK, 0.35)
        c.polygon([(x - 7 * k, 800), (x - 4 * k, 800 - 120 * k), (x + 4 * k, 800 - 120 * k), (x + 7 * k, 800)], dark)
        c.ellipse(x, 800 - 130 * k, 96 * k, 22 * k, dark)
        c.ellipse(x + 18 * k, 800 - 152 * k, 56 * k, 16 * k, dark)
    c.wave(812, mix(BRICK, INK, 0.2), height=12, length=1900, phase=2)
    bark, dusk = mix(DEEP, INK, 0.2), mix(DEEP, BRICK, 0.25)
    trunk = smooth([(560, 930), (640, 890), (676, 800), (668, 680), (690, 560), (724, 480)])
    other = smooth([(884, 480), (918, 560), (936, 680), (928, 800), (968, 890), (1050, 930)])
    c.polygon([*trunk, *other], bark)
    c.polygon([*other, *smooth([(1000, 930), (880, 880), (860, 780), (872, 640), (850, 480)])], dusk)
    limbs = [
        ((740, 540), (600, 430), (430, 390), (270, 400)), ((740, 520), (640, 360), (500, 260), (390, 220)),
        ((780, 500), (740, 340), (680, 210), (640, 130)), ((830, 500), (860, 330), (910, 210), (960, 130)),
        ((870, 520), (980, 370), (1110, 270), (1220, 220)), ((870, 540), (1010, 440), (1180, 400), (1330, 400)),
    ]  # fmt: skip
    for limb in limbs:
        path = smooth(limb)
        for i, (u, v) in enumerate(path):
            c.circle(u, v, 36 - 27 * i / len(path), bark)
        for i in (22, 34):
            u, v = path[i]
            lean = (u - 800) * 0.16
            c.line(smooth([(u, v), (u + lean, v - 50), (u + lean * 1.2 + 16, v - 110)]), bark, 11)
            c.line(smooth([(u, v), (u + lean + 40, v + 8), (u + lean * 1.6 + 70, v - 26)]), bark, 9)
    for i in range(6):
        u = 690 + i * 40
        c.line(smooth([(u, 900), (u + 8 - i * 2, 760), (u + 20 - i * 6, 600)]), mix(bark, BRICK, 0.3), 4)
    tones = (BRICK, PETROL, TEAL, mix(BRICK, INK, 0.3), DEEP)
    spots = [(u + dx, v + dy, k) for limb in limbs for (u, v), (dx, dy), k in (
        (limb[3], (0, 0), 62), (limb[3], (96, -62), 46), (limb[3], (-92, -46), 46),
        (limb[2], (10, -76), 52), (limb[2], (-70, 40), 40), (limb[2], (92, 34), 40))]  # fmt: skip
    for i, (u, v, k) in enumerate(spots):
        volume(c, u, v + c.random.uniform(-8, 8), k, c.random.uniform(-24, 24), tones[i % 5])
    c.wave(916, mix(BRICK, INK, 0.45), height=10, length=1700, phase=0.6)
    for x, y, turn, k in ((420, 968, -8, 66), (1130, 984, 10, 72), (1270, 950, -14, 46)):
        c.ellipse(x, y + k * 0.14, k * 1.15, k * 0.16, INK, 0.4)
        volume(c, x, y, k, turn, tones[k % 5])
    for x, y, k in ((560, 590, 40), (1090, 640, 34), (480, 720, 30)):
        volume(c, x, y, k, c.random.uniform(-60, 60), BRICK)


SCENES = {
    "11/african-season/baobab": baobab,
    "10/nobel-literature/book-lamp": book_lamp,
    "10/gouna-feathers/cinema": cinema,
    "10/dune-desert/dunes": dunes,
    "11/sharjah-books/bookshelf": bookshelf,
}
