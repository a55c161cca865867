"""The sample pictures of politics in the Arab world."""

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
    arc,
    mix,
    smooth,
)


def palm(c: Canvas, x: float, y: float, height: float, color: Color) -> None:
    """A date palm whose foot is at (x, y)."""
    lean = height * 0.06
    top = (x + lean, y - height)
    c.line(smooth([(x, y), (x + lean * 0.2, y - height / 2), top]), color, height * 0.035)
    for turn in (-174, -148, -120, -60, -32, -6, 16, 164, -90):
        a, r = math.radians(turn), height * 0.34
        ux, uy = math.cos(a), math.sin(a)
        tip = (top[0] + r * ux, top[1] + r * (uy * 0.7 + 0.3 * abs(ux) + 0.05))
        mid = (top[0] + r * 0.55 * ux, top[1] + r * (0.62 * uy - 0.08))
        low = (mid[0] + r * 0.12 * abs(uy), mid[1] + r * 0.15)
        c.polygon(smooth([top, mid, tip]) + smooth([tip, low, top]), color)


def ballot(c: Canvas) -> None:
    """A ballot paper falling into its box between two palms."""
    c.gradient(mix(OCHRE, PAPER, 0.35), mix(OCHRE, SAND, 0.4))
    c.circle(800, 520, 430, mix(OCHRE, PAPER, 0.62))
    c.circle(800, 520, 330, mix(OCHRE, PAPER, 0.8))
    c.wave(830, mix(OCHRE, BRICK, 0.4), height=16, length=1500, phase=1)
    for x, h in ((190, 560), (330, 420), (1300, 430), (1480, 590)):
        palm(c, x, 870 + h * 0.02, h, mix(PETROL, DEEP, 0.3))
    c.wave(880, mix(BRICK, INK, 0.15), height=10, length=1900)
    c.ellipse(810, 962, 350, 30, INK, 0.35)
    c.polygon([(520, 590), (590, 510), (1020, 510), (1090, 590)], TEAL)
    c.polygon([(670, 560), (686, 536), (930, 536), (946, 560)], INK)
    paper = [(704, 186), (884, 160), (916, 546), (736, 552)]
    c.polygon(paper, PAPER)
    c.polygon([(726, 440), (907, 432), (916, 546), (736, 552)], SAND, 0.7)
    for i, y in enumerate((250, 330, 410)):
        x = 732 + i * 8
        c.rect((x, y, x + 34, y + 34), TEAL, radius=4)
        c.rect((x + 3, y + 3, x + 31, y + 31), PAPER, radius=2)
        c.line([(x + 54, y + 14), (x + 134, y + 2)], MIST, 12)
    c.line([(746, 346), (758, 362), (790, 312)], BRICK, 12)
    c.polygon([(520, 590), (1090, 590), (1072, 950), (540, 950)], PETROL)
    c.polygon([(940, 590), (1090, 590), (1072, 950), (930, 950)], DEEP)
    c.rect((504, 580, 1106, 616), mix(PETROL, INK, 0.35), radius=8)
    c.circle(735, 775, 92, PAPER)
    c.line([(690, 778), (724, 814), (786, 738)], BRICK, 24)


def arcade(c: Canvas) -> None:
    """Three arches of a white arcade that open on the sea."""
    c.gradient(mix(TEAL, HAZE, 0.55), PAPER, 0, 560)
    c.circle(1270, 400, 62, OCHRE)
    c.rect((0, 556, WIDTH, 850), TEAL)
    for i in range(5):
        c.wave(580 + i * 38, mix(TEAL, PETROL, i / 5), height=5, length=260 + 70 * i, phase=i * 2)
    c.polygon([(0, 556), (0, 470), (130, 440), (300, 500), (520, 540), (620, 558)], mix(MIST, PETROL, 0.4))
    sail = [(740, 548), (752, 420), (800, 548)]
    c.polygon(sail, PAPER)
    c.polygon([(722, 552), (826, 552), (806, 572), (740, 572)], BRICK)
    wall = Canvas(1, scale=c.scale)
    wall.gradient(PAPER, mix(SAND, PAPER, 0.35))
    wall.rect((0, 0, WIDTH, 78), PETROL)
    for i in range(24):
        x = 34 + i * 68
        wall.polygon([(x, 10), (x + 28, 39), (x, 68), (x - 28, 39)], OCHRE if i % 2 else TEAL)
        wall.polygon([(x, 26), (x + 12, 39), (x, 52), (x - 12, 39)], PAPER)
    holes = Canvas(1, scale=c.scale)
    holes.rect((0, 0, WIDTH, HEIGHT), (255, 255, 255))
    for cx in (280, 800, 1320):
        opening = [*arc(cx, 400, 205, 225, 165, 375), (cx + 178, 470), (cx + 178, 830),
                   (cx - 178, 830), (cx - 178, 470)]  # fmt: skip
        for i in range(9):
            seam = arc(cx, 400, 205 + 52, 225 + 52, 187 + i * 19.5, 197 + i * 19.5)
            wall.polygon([*seam, (cx, 400)], mix(BRICK, SAND, 0.12))
        holes.polygon(opening, (0, 0, 0))
        wall.line([(cx - 178, 470), *arc(cx, 400, 205, 225, 165, 375), (cx + 178, 470)], SAND, 14)
    for x in (540, 1060):
        wall.rect((x - 40, 470, x + 40, 830), mix(SAND, PAPER, 0.5))
        wall.rect((x + 8, 470, x + 40, 830), mix(SAND, INK, 0.1))
        wall.rect((x - 56, 440, x + 56, 482), mix(SAND, OCHRE, 0.35), radius=6)
        wall.rect((x - 56, 800, x + 56, 840), mix(SAND, OCHRE, 0.35), radius=6)
    c.image.paste(wall.image, (0, 0), holes.image.convert("L"))
    c.rect((0, 830, WIDTH, HEIGHT), mix(SAND, BRICK, 0.3))
    for row in range(4):
        y0, y1 = (830 + row * row * 18 + row * 20, 830 + (row + 1) ** 2 * 18 + (row + 1) * 20)
        for i in range(-12, 13):
            a, b = 60 + row * 16, 60 + (row + 1) * 16
            if (i + row) % 2:
                c.polygon(
                    [
                        (800 + i * a * 1.4, y0),
                        (800 + (i + 1) * a * 1.4, y0),
                        (800 + (i + 1) * b * 1.4, y1),
                        (800 + i * b * 1.4, y1),
                    ],
                    PAPER,
                    0.55,
                )


def nile(c: Canvas) -> None:
    """Two rivers that meet at a city, seen from above."""
    c.gradient(mix(SAND, OCHRE, 0.3), mix(SAND, OCHRE, 0.42))
    tones = [mix(TEAL, OCHRE, 0.35), mix(PETROL, TEAL, 0.5), mix(OCHRE, SAND, 0.3),
             mix(BRICK, SAND, 0.55), mix(TEAL, SAND, 0.55)]  # fmt: skip
    for row in range(-2, 14):
        for col in range(-3, 20):
            x, y = col * 104 + row * 30, row * 92
            if c.random.random() < 0.62:
                w, h = c.random.uniform(60, 96), c.random.uniform(56, 84)
                shape = [(x, y), (x + w, y + w * 0.12), (x + w + h * 0.3, y + h), (x + h * 0.3, y + h)]
                c.polygon(shape, c.random.choice(tones), 0.55)
    white = smooth([(330, 1120), (420, 940), (560, 760), (690, 620)])
    blue = smooth([(1680, 800), (1440, 720), (1230, 690), (1010, 640), (860, 570), (770, 500)])
    north = smooth([(770, 540), (770, 480), (730, 400), (780, 260), (720, 120), (760, -60)])
    seam = smooth([(560, 760), (680, 630), (718, 520), (684, 400), (732, 260), (672, 120), (712, -60)])
    for river, w in ((white, 190), (blue, 150), (north, 200)):
        c.line(river, PAPER, w + 26)
    for river, w in ((north, 200), (blue, 150)):
        c.line(river, mix(PETROL, DEEP, 0.2), w)
    for river, w in ((white, 190), (seam, 104)):
        c.line(river, MIST, w)
    isle = smooth([(990, 690), (930, 646), (900, 606), (960, 604), (1030, 640), (990, 690)])
    c.polygon(isle, mix(TEAL, OCHRE, 0.25))
    for (x, y), (dx, dy) in (((860, 800), (11, 6)), ((1000, 500), (9, -7)), ((560, 520), (-9, -6))):
        for i in range(60):
            bx = x + c.random.gauss(0, 75) + dx * c.random.uniform(0, 16)
            by = y + c.random.gauss(0, 62) + dy * c.random.uniform(0, 8)
            if min(math.hypot(bx - rx, by - ry) for rx, ry in (*white, *blue, *north)) < 132:
                continue
            side = c.random.uniform(16, 38)
            c.rect((bx + 6, by + 6, bx + side + 6, by + side * 0.8 + 6), INK, alpha=0.2)
            tone = PAPER if i % 4 else BRICK
            c.rect((bx, by, bx + side, by + side * 0.8), tone, radius=2)
    for a, b in (((455, 660), (680, 820)), ((1180, 560), (1150, 800)), ((600, 300), (930, 270))):
        c.line([(a[0] + 8, a[1] + 10), (b[0] + 8, b[1] + 10)], INK, 20, 0.25)
        c.line([a, b], PAPER, 20)
        c.line([a, b], BRICK, 4)


def walls(c: Canvas) -> None:
    """A guarded gate in a row of concrete walls at first light, domes and palms behind them."""
    c.gradient(mix(DEEP, PETROL, 0.5), mix(BRICK, OCHRE, 0.35), 0, 480)
    c.gradient(mix(BRICK, OCHRE, 0.35), mix(OCHRE, PAPER, 0.35), 480, 780)
    c.glow(1120, 640, 560, mix(OCHRE, PAPER, 0.3), 0.7)
    c.circle(1120, 600, 104, mix(OCHRE, PAPER, 0.6))
    for x, y, w in ((120, 150, 380), (250, 184, 460), (1010, 220, 470), (890, 252, 320)):
        c.rect((x, y, x + w, y + 14), mix(BRICK, PAPER, 0.5), radius=7, alpha=0.4)
    far = mix(BRICK, PETROL, 0.5)
    for x, w, h in ((0, 150, 130), (130, 90, 210), (560, 150, 150), (700, 80, 220), (900, 130, 120), (1290, 120, 190),
                    (1400, 200, 120)):  # fmt: skip
        c.rect((x, 780 - h, x + w, 780), far)
    c.rect((330, 590, 500, 780), far)
    c.polygon(smooth([(340, 594), (328, 540), (372, 478), (415, 440), (458, 478), (502, 540), (490, 594)]), far)
    c.line([(415, 446), (415, 404)], far, 6)
    for x in (286, 548):
        c.rect((x - 13, 430, x + 13, 780), far)
        c.rect((x - 24, 470, x + 24, 488), far)
        c.polygon(smooth([(x - 15, 432), (x - 12, 408), (x, 384), (x + 12, 408), (x + 15, 432)]), far)
    for x, h in ((90, 430), (200, 330), (660, 400), (800, 300), (1330, 440), (1500, 350)):
        palm(c, x, 800, h, mix(DEEP, INK, 0.25))
    c.rect((0, 778, WIDTH, HEIGHT), mix(SAND, BRICK, 0.35))
    c.ellipse(780, 1080, 980, 180, mix(SAND, OCHRE, 0.35))
    c.rect((1180, 430, 1300, 880), mix(PETROL, DEEP, 0.3))
    c.rect((1160, 410, 1320, 440), INK)
    c.rect((1196, 462, 1284, 530), mix(OCHRE, PAPER, 0.25))
    c.rect((1236, 462, 1244, 530), INK)
    c.polygon([(1150, 412), (1330, 412), (1290, 372), (1190, 372)], mix(PETROL, INK, 0.4))
    slab, side, foot = mix(SAND, PAPER, 0.2), mix(SAND, INK, 0.28), mix(SAND, INK, 0.42)
    for x in (-40, 1030):
        c.rect((x, 650, x + 586, 880), mix(SAND, INK, 0.5))
    for i in range(15):
        x = -40 + i * 118
        if 560 < x + 59 < 1010:
            continue
        tall = 250 + c.random.uniform(-4, 4)
        c.polygon([(x, 870), (x + 4, 870 - tall), (x + 108, 870 - tall), (x + 112, 870)], slab)
        c.polygon([(x + 84, 870), (x + 84, 870 - tall), (x + 108, 870 - tall), (x + 112, 870)], side)
        c.polygon([(x - 4, 900), (x + 2, 846), (x + 110, 846), (x + 116, 900)], mix(slab, INK, 0.1))
        c.polygon([(x + 82, 900), (x + 84, 846), (x + 110, 846), (x + 116, 900)], foot)
        for dx in (26, 66):
            c.rect((x + dx, 640, x + dx + 12, 650), foot, radius=4)
        c.line([(x + 108, 870), (x + 108, 870 - tall)], foot, 3)
    for i in range(34):
        for base in (-20, 1030):
            u = base + i * 17.5
            if u < 575 or base > 0:
                c.line(arc(u, 612, 19, 19, 0, 360), INK, 2, 0.75)
    for x in (548, 1006):
        c.rect((x - 26, 690, x + 26, 910), PETROL)
        c.rect((x + 6, 690, x + 26, 910), DEEP)
        c.rect((x - 34, 674, x + 34, 696), INK, radius=4)
        c.circle(x, 658, 15, BRICK)
        c.glow(x, 658, 70, BRICK, 0.6)
    c.line([(560, 800), (990, 800)], PAPER, 24)
    for x in range(590, 980, 84):
        c.polygon([(x, 788), (x + 40, 788), (x + 40, 812), (x, 812)], BRICK)
    for x in (150, 330, 1180, 1370):
        c.polygon([(x, 980), (x + 20, 930), (x + 120, 930), (x + 140, 980)], mix(slab, INK, 0.2))
        c.polygon([(x - 8, 1002), (x, 978), (x + 140, 978), (x + 148, 1002)], mix(slab, INK, 0.34))
    for x, y, k in ((470, 300, 1.0), (742, 214, 0.7)):
        for dx in (-74, 74):
            c.line([(x, y), (x + dx * k, y - 12 * k)], INK, 9 * k)
            c.line([(x + dx * k, y - 12 * k), (x + dx * k, y - 26 * k)], INK, 7 * k)
            c.ellipse(x + dx * k, y - 28 * k, 46 * k, 5 * k, INK, 0.75)
        c.rect((x - 32 * k, y - 16 * k, x + 32 * k, y + 18 * k), INK, radius=10 * k)
        c.rect((x - 18 * k, y + 18 * k, x + 18 * k, y + 38 * k), mix(INK, BRICK, 0.3), radius=6 * k)
        c.circle(x - 20 * k, y, 5 * k, BRICK)
        for dx in (-40, 40):
            c.line([(x + dx * 0.5 * k, y + 14 * k), (x + dx * k, y + 44 * k)], INK, 5 * k)


SCENES = {
    "11/iraq-kadhimi/walls": walls,
    "10/iraq-vote/ballot": ballot,
    "10/tunisia-gov/arcade": arcade,
    "10/sudan-coup/nile": nile,
}
