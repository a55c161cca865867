"""The sample pictures of the section politics; `draw_pictures.py` draws them."""

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
)


def hull(x: float, y: float, length: float, r: float) -> list[Point]:
    """A submarine's outline, its nose at the right, its axis at height `y`."""
    top = [(0, 0.06), (0.08, 0.22), (0.2, 0.66), (0.34, 1), (0.84, 1), (0.93, 0.86),
           (0.98, 0.52), (1, 0)]  # fmt: skip
    upper = smooth([(x + u * length, y - v * r) for u, v in top])
    return upper + [(px, 2 * y - py) for px, py in reversed(upper)]


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


def submarine(c: Canvas) -> None:
    """A submarine at periscope depth under a low sun."""
    c.gradient(HAZE, mix(OCHRE, PAPER, 0.55), 0, 420)
    c.glow(430, 350, 460, OCHRE, 0.55)
    c.circle(430, 350, 84, mix(BRICK, OCHRE, 0.25))
    for x, y, w in ((1010, 120, 300), (1180, 160, 360), (240, 90, 220)):
        c.rect((x, y, x + w, y + 14), PAPER, radius=7, alpha=0.55)
    ship = [(1290, 384), (1330, 384), (1338, 366), (1362, 366), (1368, 340), (1374, 366),
            (1404, 366), (1412, 384), (1470, 380), (1452, 408), (1306, 408)]  # fmt: skip
    c.polygon(ship, mix(PETROL, HAZE, 0.35))
    depths = ((392, 7, 300), (450, 9, 420), (545, 12, 560), (665, 14, 700), (800, 16, 820))
    for i, (y, h, length) in enumerate(depths):
        c.wave(y, mix(TEAL, DEEP, i / 4), height=h, length=length, phase=i * 1.7)
    for x, w in ((150, 80), (330, 130), (520, 70), (680, 40)):
        foot = (x - 430) * 2.1 + 480
        c.polygon([(x, 400), (x + w, 400), (foot + w * 2.4, 1067), (foot, 1067)], PAPER, 0.06)
    body = hull(330, 720, 1010, 78)
    c.line([(1008, 560), (1008, 378)], INK, 9)
    c.line([(1008, 378), (1026, 378)], INK, 9)
    c.line([(972, 560), (972, 470)], INK, 6)
    c.line(smooth([(940, 404), (975, 396), (1008, 402), (1050, 394)]), PAPER, 4, 0.8)
    c.polygon([(930, 660), (944, 552), (1040, 548), (1064, 660)], INK)
    c.polygon([(905, 600), (1000, 590), (1000, 602), (905, 612)], mix(INK, MIST, 0.3))
    c.polygon([(372, 722), (352, 600), (408, 600), (470, 690)], INK)
    c.polygon([(372, 722), (352, 838), (408, 838), (470, 750)], mix(INK, DEEP, 0.2))
    c.polygon(body, INK)
    c.polygon([p for p in body if p[1] >= 718], mix(INK, DEEP, 0.6))
    c.line(smooth([(560, 660), (700, 650), (1150, 650), (1260, 660)]), MIST, 4, 0.55)
    c.ellipse(322, 720, 9, 62, mix(INK, MIST, 0.35))
    for _ in range(26):
        u, v = c.random.uniform(60, 300), c.random.uniform(660, 790)
        c.circle(u, v, c.random.uniform(2, 7), HAZE, 0.3)
    bed = smooth([(0, 1000), (260, 950), (520, 1010), (820, 975), (1180, 1020), (1600, 940)])
    c.polygon([*bed, (1600, 1067), (0, 1067)], mix(DEEP, INK, 0.7))


def cutaway(c: Canvas) -> None:
    """The inside of a nuclear-powered submarine, as on a drawing board."""
    c.gradient(DEEP, mix(DEEP, INK, 0.5))
    for step in range(0, 1600, 80):
        c.line([(step, 0), (step, HEIGHT)], TEAL, 1.5, 0.16)
        c.line([(0, step), (WIDTH, step)], TEAL, 1.5, 0.16)
    body, pen = hull(190, 545, 1230, 150), PAPER
    sail = [(1010, 402), (1026, 262), (1150, 258), (1180, 402)]
    fins = [[(250, 540), (222, 390), (292, 390), (372, 500)],
            [(250, 550), (222, 700), (292, 700), (372, 590)]]  # fmt: skip
    for shape in (sail, *fins):
        c.polygon(shape, mix(PETROL, DEEP, 0.4))
        c.line([*shape, shape[0]], pen, 5)
    c.polygon(body, PETROL)
    c.polygon([p for p in body if 620 <= p[0] <= 830], mix(PETROL, BRICK, 0.55))
    c.glow(725, 545, 190, OCHRE, 0.75)
    for r, color in ((76, BRICK), (52, OCHRE), (26, PAPER)):
        c.circle(725, 545, r, color)
    for y in (470, 545, 620):
        c.line([(832, y), (1360 if y == 545 else 1340, y)], pen, 3, 0.8)
    for x in (830, 620):
        c.line([(x, 396), (x, 694)], pen, 5)
    for x in (960, 1090, 1220):
        c.line([(x, 398), (x, 692)], pen, 3, 0.8)
    for x, y in ((855, 490), (985, 490), (985, 565), (1115, 565), (1115, 640), (855, 640)):
        c.rect((x, y, x + 80, y + 38), mix(MIST, PETROL, 0.2), radius=5)
    for y in (566, 592):
        c.rect((1240, y, 1372, y + 14), OCHRE, radius=7)
    c.line([(200, 545), (470, 545)], pen, 9)
    c.rect((470, 490, 590, 600), MIST, radius=16)
    for x in (495, 530, 565):
        c.line([(x, 500), (x, 590)], PETROL, 5)
    c.line([(590, 545), (620, 545)], OCHRE, 10)
    c.line([*body, body[0]], pen, 7)
    for side in (-1, 1):
        c.ellipse(182, 545 + side * 52, 13, 48, OCHRE)
    for x, y in ((1070, 262), (1110, 262)):
        c.line([(x, y), (x, y - 90)], pen, 6)
    c.line([(190, 850), (1420, 850)], OCHRE, 3)
    for x in (190, 620, 830, 1420):
        c.line([(x, 828), (x, 872)], OCHRE, 3)
        c.line([(x, 716), (x, 812)], OCHRE, 2, 0.45)


def chairs(c: Canvas) -> None:
    """Two empty chairs at the far ends of a long table, the sea behind."""
    wall = mix(PETROL, DEEP, 0.35)
    c.gradient(wall, mix(wall, INK, 0.25))
    c.rect((0, 770, WIDTH, HEIGHT), mix(INK, BRICK, 0.28))
    for cx in (430, 800, 1170):
        frame = [*arc(cx, 290, 130, 130, 180, 360), (cx + 130, 640), (cx - 130, 640)]
        c.polygon([(x + (x - cx) * 0.1, y - 10 if y < 600 else y + 14) for x, y in frame], SAND)
        c.polygon(frame, mix(HAZE, PAPER, 0.5))
        c.rect((cx - 130, 500, cx + 130, 640), TEAL)
        c.rect((cx - 130, 560, cx + 130, 640), mix(TEAL, PETROL, 0.6))
        c.line([(cx, 160), (cx, 640)], SAND, 9)
        for y in (290, 465):
            c.line([(cx - 130, y), (cx + 130, y)], SAND, 8)
        c.polygon([(cx - 130, 770), (cx + 130, 770), (cx, 1067), (cx - 370, 1067)], OCHRE, 0.2)
    c.circle(868, 416, 30, OCHRE)
    for x, side in ((150, 1), (1450, -1)):
        c.rect((x - 20, 560, x + 20, 830), BRICK, radius=16)
        c.rect((min(x, x + side * 120), 770, max(x, x + side * 120), 800), BRICK, radius=8)
        for dx in (0, side * 108):
            c.line([(x + dx, 790), (x + dx, 950)], mix(BRICK, INK, 0.45), 13)
    c.polygon([(390, 730), (1210, 730), (1260, 772), (340, 772)], SAND)
    c.rect((340, 772, 1260, 800), mix(OCHRE, INK, 0.25))
    for x in (420, 1180):
        c.polygon([(x - 16, 800), (x + 16, 800), (x + 9, 985), (x - 9, 985)], mix(OCHRE, INK, 0.45))
    for x in (470, 1090):
        c.polygon([(x, 742), (x + 90, 742), (x + 98, 762), (x - 8, 762)], PAPER)
    c.rect((786, 690, 814, 748), MIST, radius=8)


def poles(c: Canvas) -> None:
    """Bare flagpoles before a headquarters; one of them is gone."""
    c.gradient(MIST, PAPER, 0, 800)
    for x, y, w in ((120, 130, 420), (300, 165, 520), (1020, 95, 380), (900, 235, 260)):
        c.rect((x, y, x + w, y + 22), PAPER, radius=11, alpha=0.5)
    for i in range(8):
        x, top = 90 + i * 184, 430 - 46 * math.sin(math.pi * i / 7)
        c.polygon([(x, 790), (x, top + 30), (x + 150, top - 30), (x + 150, 790)], PETROL)
        c.polygon([(x + 150, 790), (x + 150, top - 30), (x + 184, top + 10), (x + 184, 790)], DEEP)
        for y in range(int(top) + 70, 770, 46):
            lit = c.random.random() < 0.16
            c.rect((x + 16, y, x + 134, y + 20), OCHRE if lit else TEAL, alpha=0.9)
    c.rect((0, 780, WIDTH, HEIGHT), SAND)
    c.ellipse(800, 1010, 900, 190, mix(SAND, PAPER, 0.6))
    c.ellipse(800, 1030, 640, 130, mix(SAND, OCHRE, 0.25))
    for i in range(9):
        x = 160 + i * 160
        foot = 905 + 40 * math.sin(math.pi * i / 8)
        top = foot - (26 if i == 5 else 760)
        c.line([(x, foot), (x + (24 if i == 5 else 190), foot + (6 if i == 5 else 60))], INK, 6, 0.2)
        c.line([(x, foot), (x, top)], INK, 10)
        c.rect((x - 20, foot - 8, x + 20, foot + 10), INK, radius=5)
        if i != 5:
            c.circle(x, top, 13, BRICK)


def towers(c: Canvas) -> None:
    """A walled citadel with tent-roofed towers and a shut gate, over a river."""
    c.gradient(mix(PETROL, MIST, 0.35), mix(OCHRE, PAPER, 0.4), 0, 800)
    c.glow(1180, 640, 520, OCHRE, 0.5)
    c.circle(1180, 560, 70, PAPER, 0.85)
    far = mix(BRICK, OCHRE, 0.42)
    for x, w, top in ((430, 90, 380), (545, 60, 430), (960, 80, 350), (1075, 54, 440)):
        c.rect((x - w / 2, top + 60, x + w / 2, 720), far)
        c.polygon(
            smooth([(x - w / 2, top + 62), (x - w * 0.42, top + 10), (x, top - 40)])
            + smooth([(x, top - 40), (x + w * 0.42, top + 10), (x + w / 2, top + 62)]),
            far,
        )
        c.line([(x, top - 30), (x, top - 90)], far, 6)
    wall, shade = BRICK, mix(BRICK, INK, 0.4)
    c.rect((0, 640, WIDTH, 830), wall)
    for x in range(8, WIDTH, 56):
        c.polygon([(x, 642), (x, 592), (x + 16, 610), (x + 32, 592), (x + 32, 642)], wall)
    c.line([(0, 676), (WIDTH, 676)], shade, 5)
    for x, w, top in ((170, 130, 420), (760, 190, 300), (1420, 130, 420)):
        c.rect((x - w / 2, top, x + w / 2, 830), wall)
        c.rect((x + w * 0.18, top, x + w / 2, 830), shade)
        c.rect((x - w * 0.6, top - 16, x + w * 0.6, top + 14), shade)
        c.rect((x - w * 0.34, top - 110, x + w * 0.34, top - 12), wall)
        c.rect((x + w * 0.1, top - 110, x + w * 0.34, top - 12), shade)
        c.polygon([(x - w * 0.4, top - 106), (x, top - 250), (x + w * 0.4, top - 106)], PETROL)
        c.polygon([(x + w * 0.12, top - 106), (x, top - 250), (x + w * 0.4, top - 106)], DEEP)
        c.line([(x, top - 245), (x, top - 290)], OCHRE, 7)
        for dx in (-0.2, 0, 0.2):
            c.rect((x + w * dx - 7, top + 50, x + w * dx + 7, top + 96), INK, radius=7)
    c.polygon([*arc(760, 720, 52, 52, 180, 360), (812, 830), (708, 830)], INK)
    for x in range(722, 812, 19):
        c.line([(x, 690), (x, 828)], OCHRE, 4, 0.7)
    c.rect((0, 826, WIDTH, 850), SAND)
    c.gradient(mix(PETROL, BRICK, 0.25), DEEP, 850)
    for _ in range(70):
        u, v = c.random.uniform(0, 1600), c.random.uniform(866, 1050)
        c.rect((u, v, u + c.random.uniform(40, 170), v + 5), OCHRE, radius=2, alpha=0.22)


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


def dome(c: Canvas) -> None:
    """A parliament with a glass dome at first light."""
    c.gradient(mix(PETROL, MIST, 0.3), mix(OCHRE, PAPER, 0.6), 0, 930)
    c.glow(800, 520, 620, PAPER, 0.55)
    for y, x0, x1 in ((150, 90, 520), (190, 260, 640), (230, 1080, 1520), (120, 1180, 1400)):
        c.rect((x0, y, x1, y + 16), PAPER, radius=8, alpha=0.4)
    stone, shade, dark = SAND, mix(SAND, INK, 0.18), mix(SAND, INK, 0.5)
    ring = arc(800, 470, 232, 250, 180, 360)
    c.polygon(ring, mix(HAZE, TEAL, 0.25))
    c.polygon([(800, 220), *arc(800, 470, 232, 250, 270, 360), (800, 470)], mix(HAZE, TEAL, 0.5))
    c.polygon([(772, 470), (700, 270), (900, 270), (828, 470)], PAPER, 0.6)
    for rx in (232, 200, 150, 80):
        c.line(arc(800, 470, rx, 250, 180, 360), PETROL, 5)
    for y in (270, 320, 370, 420):
        half = 232 * math.sqrt(max(0, 1 - ((470 - y) / 250) ** 2))
        c.line(arc(800, y, half, 16, 0, 180), PETROL, 5)
    c.line([(800, 222), (800, 470)], PETROL, 5)
    for x in (250, 1350):
        c.rect((x - 105, 420, x + 105, 860), stone)
        c.rect((x + 40, 420, x + 105, 860), shade)
        c.rect((x - 120, 404, x + 120, 432), shade)
        c.rect((x - 30, 520, x + 30, 640), dark, radius=28)
        c.rect((x - 30, 690, x + 30, 790), dark)
    c.rect((340, 500, 1260, 860), stone)
    c.rect((340, 480, 1260, 512), shade)
    for i in range(14):
        u = 376 + i * 64.5
        if not 560 < u < 1030:
            c.rect((u - 17, 560, u + 17, 660), dark, radius=17)
            c.rect((u - 17, 710, u + 17, 800), dark)
    c.rect((545, 540, 1055, 860), mix(SAND, PAPER, 0.4))
    c.polygon([(525, 546), (800, 440), (1075, 546)], mix(SAND, PAPER, 0.4))
    c.polygon([(600, 532), (800, 456), (1000, 532)], shade)
    c.rect((525, 540, 1075, 566), shade)
    c.rect((570, 590, 1030, 860), dark)
    for i in range(6):
        x = 585 + i * 86
        c.rect((x - 22, 580, x + 22, 860), PAPER)
        c.rect((x + 6, 580, x + 22, 860), stone)
        c.rect((x - 30, 574, x + 30, 594), stone)
    for i in range(5):
        c.rect((500 - i * 24, 850 + i * 16, 1100 + i * 24, 868 + i * 16), mix(stone, INK, 0.06 * i))
    c.rect((0, 930, WIDTH, HEIGHT), mix(PETROL, TEAL, 0.3))
    c.polygon([(690, 930), (910, 930), (1150, 1067), (450, 1067)], SAND)
    for i in range(7):
        for x in (50 + i * 70, 1550 - i * 70):
            c.circle(x, 905 - (i % 2) * 10, 46, mix(PETROL, DEEP, 0.2 + 0.1 * (i % 3)))


def turbines(c: Canvas) -> None:
    """Wind turbines on the hills above a grey river."""
    c.gradient(mix(TEAL, HAZE, 0.5), PAPER, 0, 700)
    c.glow(1130, 430, 430, OCHRE, 0.5)
    c.circle(1130, 430, 120, mix(OCHRE, PAPER, 0.2))
    for x, y, w in ((140, 170, 420), (60, 214, 260), (1220, 140, 330)):
        c.rect((x, y, x + w, y + 24), PAPER, radius=12, alpha=0.6)

    def turbine(x: float, y: float, tall: float, turn: float, color: Color) -> None:
        c.polygon([(x - tall * 0.018, y), (x - tall * 0.009, y - tall), (x + tall * 0.009, y - tall),
                   (x + tall * 0.018, y)], color)  # fmt: skip
        for third in range(3):
            a = math.radians(turn + third * 120)
            ux, uy, r = math.cos(a), math.sin(a), tall * 0.56
            blade = [(0.0, -0.012), (0.12, -0.05), (0.3, -0.04), (1, 0), (0.12, 0.022), (0, 0.014)]
            c.polygon([(x + r * (u * ux - v * uy), y - tall + r * (u * uy + v * ux))
                       for u, v in blade], color)  # fmt: skip
        c.circle(x, y - tall, tall * 0.02, color)

    c.wave(600, mix(MIST, TEAL, 0.35), height=44, length=1300, phase=0.5)
    for x, y, turn in ((180, 590, 15), (420, 640, 50), (640, 640, 95), (1360, 570, 70), (1500, 600, 5)):
        turbine(x, y, 230, turn, mix(PAPER, MIST, 0.25))
    c.wave(690, TEAL, height=50, length=1500, phase=2.6)
    turbine(930, 700, 430, 72, PAPER)
    turbine(1270, 720, 400, 20, PAPER)
    c.wave(790, PETROL, height=46, length=1750, phase=4.4)
    turbine(380, 860, 590, 38, PAPER)
    c.wave(900, mix(PETROL, DEEP, 0.7), height=26, length=1900, phase=5.2)
    shore = smooth([(620, 1067), (820, 985), (1130, 960), (1330, 930), (1600, 915)])
    c.polygon([*shore, (1600, 1067)], MIST)
    for i in range(5):
        x, y = 960 + i * 120, 1030 - i * 18
        c.rect((x, y, x + 150, y + 5), PAPER, radius=2, alpha=0.6)


def roundtable(c: Canvas) -> None:
    """Half of a round conference table from above, every chair empty."""
    c.gradient(mix(PETROL, DEEP, 0.5), DEEP)
    cx, cy = 800, 1060
    for r, color in ((1010, mix(BRICK, INK, 0.3)), (996, OCHRE), (988, mix(BRICK, INK, 0.3)),
                     (972, BRICK)):  # fmt: skip
        c.circle(cx, cy, r, color)

    def spot(turn: float, r: float, w: float, h: float) -> list[Point]:
        ux, uy = math.cos(turn), math.sin(turn)
        corners = ((r, -w), (r, w), (r + h, w * 1.1), (r + h, -w * 1.1))
        return [(cx + d * ux - s * uy, cy + d * uy + s * ux) for d, s in corners]

    turns = [math.radians(180 + 180 * (i + 0.5) / 11) for i in range(11)]
    for turn in turns:
        shade, seat = spot(turn + 0.015, 742, 62, 120), spot(turn, 748, 54, 70)
        c.polygon(shade, INK, 0.3)
        c.line([*seat, seat[0]], SAND, 22)
        c.polygon(seat, SAND)
        c.line(spot(turn, 844, 58, 0)[:2], mix(OCHRE, INK, 0.3), 30)
        for side in (-1, 1):
            x0, y0 = spot(turn, 770, side * 74, 0)[1]
            x1, y1 = spot(turn, 820, side * 74, 0)[1]
            c.line([(x0, y0), (x1, y1)], mix(OCHRE, INK, 0.3), 14)
    c.circle(cx + 10, cy + 6, 712, INK, 0.3)
    c.circle(cx, cy, 700, mix(OCHRE, INK, 0.28))
    c.circle(cx, cy, 684, OCHRE)
    c.circle(cx, cy, 470, mix(OCHRE, INK, 0.28))
    c.circle(cx, cy, 456, mix(PETROL, DEEP, 0.2))
    for i, turn in enumerate(turns):
        c.polygon(spot(turn, 560, 46, 92), PAPER)
        for k in range(3):
            c.line(spot(turn, 632 - k * 22, 30, 0)[:2], MIST, 6)
        gx, gy = spot(turn + 0.115, 600, 0, 0)[0]
        c.circle(gx, gy, 20, PAPER, 0.55)
        c.circle(gx, gy, 13, TEAL)
        if i != 5:
            c.polygon(spot(turn, 506, 58, 22), DEEP)
        else:
            c.polygon(spot(turn, 506, 58, 22), BRICK)
    for k, r in enumerate((380, 300, 220)):
        c.line(arc(cx, cy, r, r, 180, 360), mix(PETROL, TEAL, 0.5 + k * 0.25), 3)
    for i in range(24):
        a = math.radians(180 + i * 7.5)
        ux, uy, n = math.cos(a), math.sin(a), 12
        leaf = [(cx + 210 * ux, cy + 210 * uy), (cx + 300 * ux - n * uy, cy + 300 * uy + n * ux),
                (cx + 390 * ux, cy + 390 * uy), (cx + 300 * ux + n * uy, cy + 300 * uy - n * ux)]  # fmt: skip
        c.polygon(leaf, TEAL if i % 2 else OCHRE)


def rome(c: Canvas) -> None:
    """Domes and umbrella pines at dusk."""
    c.gradient(mix(PETROL, MIST, 0.15), mix(OCHRE, PAPER, 0.25), 0, 760)
    c.glow(520, 700, 620, BRICK, 0.45)
    c.circle(520, 640, 105, mix(OCHRE, PAPER, 0.55))
    for x, y, w in ((880, 150, 460), (1040, 190, 420), (120, 240, 330)):
        c.rect((x, y, x + w, y + 18), mix(BRICK, PAPER, 0.6), radius=9, alpha=0.5)

    def church(x: float, y: float, r: float, color: Color) -> None:
        c.rect((x - r * 1.15, y, x + r * 1.15, HEIGHT), color)
        c.rect((x - r, y - r * 0.55, x + r, y), color)
        c.polygon(arc(x, y - r * 0.5, r * 0.94, r * 1.15, 180, 360), color)
        c.rect((x - r * 0.16, y - r * 2.05, x + r * 0.16, y - r * 1.55), color)
        c.polygon(arc(x, y - r * 2.02, r * 0.17, r * 0.2, 180, 360), color)
        c.line([(x, y - r * 2.1), (x, y - r * 2.45)], color, r * 0.05)
        for i in range(9):
            dx = (i - 4) * r * 0.22
            c.rect((x + dx - r * 0.05, y - r * 0.42, x + dx + r * 0.05, y - r * 0.1),
                   mix(color, OCHRE, 0.5), radius=r * 0.05)  # fmt: skip

    back, front = mix(BRICK, MIST, 0.45), mix(PETROL, DEEP, 0.35)
    church(1180, 640, 150, back)
    church(240, 700, 66, back)
    church(860, 730, 58, back)
    c.wave(742, back, height=12, length=900)
    for i in range(26):
        u, wide = i * 66 - 20, c.random.uniform(60, 110)
        v = c.random.uniform(770, 840)
        tone = mix(BRICK, PETROL, c.random.uniform(0.35, 0.7))
        c.rect((u, v, u + wide, HEIGHT), tone)
        c.polygon([(u - 6, v + 2), (u + wide / 2, v - 24), (u + wide + 6, v + 2)], mix(tone, INK, 0.2))
        for k in range(3):
            if c.random.random() < 0.5:
                wx, wy = u + 12 + k * 24, v + 24 + 34 * (k % 2)
                c.rect((wx, wy, wx + 11, wy + 20), OCHRE, radius=3)
    c.wave(905, front, height=20, length=1500, phase=2)
    for x, y, h in ((130, 950, 420), (330, 960, 310), (1440, 950, 500), (1270, 960, 330), (1575, 960, 360)):
        c.polygon([(x - 9, y), (x - 3, y - h), (x + 3, y - h), (x + 9, y)], INK)
        for dx in (-1, 1):
            c.line([(x, y - h * 0.72), (x + dx * h * 0.22, y - h * 0.98)], INK, 6)
        c.ellipse(x, y - h, h * 0.42, h * 0.13, DEEP)
        c.ellipse(x + h * 0.06, y - h * 1.06, h * 0.3, h * 0.1, mix(DEEP, TEAL, 0.35))
    c.wave(985, INK, height=12, length=1900)


SCENES = {
    "11/aukus-6/submarine": submarine,
    "10/aukus-explainer/cutaway": cutaway,
    "10/aukus-1/chairs": chairs,
    "10/nato-mission/poles": poles,
    "10/nato-moscow/towers": towers,
    "10/iraq-vote/ballot": ballot,
    "10/tunisia-gov/arcade": arcade,
    "10/sudan-coup/nile": nile,
    "10/germany/dome": dome,
    "11/cop-opening/turbines": turbines,
    "10/g20/roundtable": roundtable,
    "10/aukus-5/rome": rome,
}
