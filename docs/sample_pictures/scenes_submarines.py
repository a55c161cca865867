"""The sample pictures of the submarine crisis, from the drawing board to Rome."""

from __future__ import annotations

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
    "10/aukus-5/rome": rome,
}
