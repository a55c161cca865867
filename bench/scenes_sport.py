"""The sample pictures of the section sport, the play of football apart; `draw_pictures_science.py` draws them."""

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
from scenes_politics import palm
from scenes_science import box, spin


def tyne_bridge(c: Canvas) -> None:
    """A steel arch over a river, the town and a stadium behind it."""
    c.gradient(mix(MIST, PAPER, 0.4), PAPER, 0, 700)
    c.circle(1290, 210, 84, mix(OCHRE, PAPER, 0.35))
    for x0, y0, length in ((140, 130, 330), (260, 168, 260), (1000, 120, 240)):
        c.rect((x0, y0, x0 + length, y0 + 14), PAPER, radius=7, alpha=0.8)
    far = mix(MIST, TEAL, 0.25)
    c.polygon([(590, 420), (640, 330), (1040, 330), (1090, 420), (1090, 640), (590, 640)], far)
    for k in range(9):
        foot = 620 + k * 55
        c.line([(foot, 420), (foot + (840 - foot) * 0.16, 300)], far, 7)
    c.polygon([(615, 330), (700, 280), (980, 280), (1065, 330)], mix(far, PAPER, 0.4))
    x = 0.0
    while x < WIDTH:
        w, h = c.random.uniform(60, 110), c.random.uniform(90, 230)
        color = c.random.choice([SAND, mix(BRICK, SAND, 0.4), mix(OCHRE, SAND, 0.4), HAZE, BRICK])
        y = 790 - h
        c.rect((x, y, x + w, 800), color)
        c.polygon([(x - 4, y), (x + w / 2, y - c.random.uniform(24, 50)), (x + w + 4, y)], PETROL)
        for wx in range(int(x) + 14, int(x + w) - 16, 26):
            for wy in range(int(y) + 18, 770, 40):
                c.rect((wx, wy, wx + 12, wy + 20), INK, alpha=0.45)
        x += w
    c.gradient(TEAL, DEEP, 790, HEIGHT)
    for side in (-1, 1):
        cx = 800 + side * 640
        c.rect((cx - 95, 380, cx + 95, 830), SAND)
        c.rect((cx + 35, 380, cx + 95, 830), mix(SAND, BRICK, 0.25))
        c.rect((cx - 108, 360, cx + 108, 392), mix(SAND, PAPER, 0.4))
        c.rect((cx - 60, 330, cx + 60, 362), SAND)
        for wy in (440, 640):
            c.rect((cx - 18, wy, cx + 18, wy + 90), mix(SAND, INK, 0.55), radius=18)
    steel, rows = DEEP, []
    for rx, ry in ((560, 590), (500, 490)):
        rows.append(arc(800, 770, rx, ry, 180, 360))
        c.line(rows[-1], steel, 15)
    for i in range(0, 72, 3):
        c.line([rows[0][i], rows[1][i + 3 if i % 2 else i]], steel, 6)
        c.line([rows[1][i], rows[0][min(72, i + 3)]], steel, 6)
    for px, py in rows[1][8:66:4]:
        c.line([(px, py), (px, 556)], steel, 5)
    c.rect((0, 550, WIDTH, 584), steel)
    c.rect((0, 540, WIDTH, 551), TEAL)
    for i in range(60):
        y = 815 + i * 4.1
        w = c.random.uniform(20, 120)
        x = c.random.uniform(0, WIDTH)
        c.rect((x, y, x + w, y + 3), HAZE, alpha=0.35)


def flame(c: Canvas) -> None:
    """A flame in a bowl between the columns of a Greek temple at sunrise."""
    c.gradient(mix(TEAL, PETROL, 0.4), mix(OCHRE, PAPER, 0.45), 0, 760)
    c.glow(800, 620, 640, OCHRE, 0.55)
    c.circle(800, 600, 210, mix(OCHRE, PAPER, 0.5))
    hills = smooth([(0, 700), (300, 600), (560, 690), (860, 640), (1180, 700), (1420, 610), (1600, 680)])
    c.polygon([*hills, (1600, HEIGHT), (0, HEIGHT)], mix(TEAL, DEEP, 0.35))
    c.rect((0, 820, WIDTH, HEIGHT), mix(BRICK, INK, 0.35))
    c.rect((0, 800, WIDTH, 850), mix(SAND, BRICK, 0.3))
    c.rect((0, 850, WIDTH, 905), mix(SAND, BRICK, 0.5))
    for x, h in ((120, 0), (390, 0), (1210, 0), (1480, 330)):
        top = 170 + h
        c.polygon([(x - 62, top), (x + 62, top), (x + 76, 800), (x - 76, 800)], SAND)
        c.polygon([(x + 14, top), (x + 62, top), (x + 76, 800), (x + 17, 800)], mix(SAND, BRICK, 0.3))
        for k in range(-3, 4):
            c.line([(x + k * 17, top + 6), (x + k * 20.5, 798)], mix(SAND, INK, 0.3), 4)
        if h:
            c.polygon([(x - 62, top), (x - 20, top - 34), (x + 20, top - 8), (x + 62, top - 26),
                       (x + 62, top + 8), (x - 62, top + 8)], SAND)  # fmt: skip
            continue
        c.polygon([(x - 98, top - 46), (x + 98, top - 46), (x + 64, top + 4), (x - 64, top + 4)], SAND)
        c.rect((x - 108, top - 74, x + 108, top - 44), mix(SAND, PAPER, 0.4))
    c.rect((0, 30, 505, 98), mix(SAND, OCHRE, 0.15))
    c.rect((1095, 30, 1345, 98), mix(SAND, OCHRE, 0.15))
    c.rect((0, 82, 505, 98), mix(SAND, BRICK, 0.35))
    c.rect((1095, 82, 1345, 98), mix(SAND, BRICK, 0.35))
    c.polygon([(715, 905), (752, 690), (848, 690), (885, 905)], DEEP)
    c.polygon([(800, 905), (800, 690), (848, 690), (885, 905)], INK)
    c.polygon(smooth([(600, 590), (650, 660), (740, 705), (860, 705), (950, 660), (1000, 590)]), PETROL)
    c.polygon(smooth([(800, 590), (800, 650), (800, 705), (860, 705), (950, 660), (1000, 590)]), DEEP)
    c.ellipse(800, 590, 200, 26, mix(PETROL, TEAL, 0.5))
    fire = [(690, 590), (640, 500), (690, 400), (740, 340), (750, 220), (840, 320), (850, 400),
            (905, 360), (950, 480), (910, 590), (800, 606), (690, 590)]  # fmt: skip
    for scale, color in ((1.0, BRICK), (0.7, mix(BRICK, OCHRE, 0.6)), (0.42, OCHRE), (0.2, PAPER)):
        c.polygon(smooth([(800 + (x - 800) * scale, 598 + (y - 598) * scale) for x, y in fire]), color)


def car(c: Canvas, x: float, y: float, turn: float, color: Color) -> None:
    """A racing car from above, its nose at the right."""
    parts = [(6, 10, 104, 40, INK), *((u, v, 22, 12, INK) for u in (-30, 30) for v in (-18, 18))]
    parts += [(0, 0, 100, 13, color), (-12, 0, 48, 28, color), (48, 0, 9, 40, PAPER), (-48, 0, 10, 36, PAPER)]
    for i, (u, v, w, h, tone) in enumerate(parts):
        c.polygon(spin(box(x + u, y + v, w, h), x, y, turn), tone, 1 if i else 0.4)
    c.circle(*spin([(x - 2, y)], x, y, turn)[0], 8, OCHRE)


def track(c: Canvas) -> None:
    """A race track from above at night, two cars on it."""
    c.gradient(mix(DEEP, INK, 0.3), DEEP)
    for _ in range(9):
        x, y, r = c.random.uniform(0, WIDTH), c.random.uniform(0, HEIGHT), c.random.uniform(90, 240)
        c.ellipse(x, y, r * 1.6, r, mix(DEEP, SAND, 0.16), 0.6)
    knots = [(210, 760), (190, 520), (300, 330), (520, 300), (600, 450), (760, 520), (900, 400),
             (880, 230), (1010, 130), (1250, 160), (1400, 330), (1340, 520), (1180, 600),
             (1230, 740), (1400, 800), (1370, 930), (1100, 950), (650, 930), (360, 920)]  # fmt: skip
    ring = [*knots[-3:], *knots, *knots[:4]]
    lap = smooth(ring, 24)[48:-48]
    c.line(lap, mix(SAND, DEEP, 0.45), 150)
    c.line(lap, PAPER, 98)
    for i in range(0, len(lap) - 7, 4):
        (x0, y0), (x1, y1), (x2, y2) = lap[i], lap[i + 3], lap[i + 6]
        bend = (x1 - x0) * (y2 - y1) - (y1 - y0) * (x2 - x1)
        if abs(bend) > 90:
            c.line([(x0, y0), lap[i + 2]], BRICK, 104)
    c.line(lap, mix(INK, MIST, 0.2), 82)
    for x, y in lap[6::26]:
        c.glow(x + 20, y - 90, 120, mix(OCHRE, PAPER, 0.5), 0.4)
        c.line([(x + 20, y - 90), (x + 20, y - 40)], MIST, 3, 0.6)
        c.circle(x + 20, y - 90, 7, PAPER)
    for k in range(8):
        for row in range(2):
            c.rect((880 + row * 11, 900 + k * 10, 891 + row * 11, 910 + k * 10), (PAPER, INK)[(k + row) % 2])
    for x, y, turn, color in ((700, 918, 5, BRICK), (560, 950, 2, TEAL)):
        car(c, x, y, turn, color)


def stadium(c: Canvas) -> None:
    """A round white stadium like an embroidered cap, at night."""
    c.gradient(INK, PETROL, 0, 760)
    for _ in range(90):
        c.circle(c.random.uniform(0, WIDTH), c.random.uniform(0, 380), 2, PAPER, c.random.uniform(0.3, 0.8))
    c.glow(800, 420, 620, OCHRE, 0.5)
    for x in range(-20, 1640, 88):
        h = c.random.uniform(30, 120)
        c.rect((x, 720 - h, x + c.random.uniform(40, 84), 730), mix(DEEP, TEAL, 0.3))
    c.rect((0, 720, WIDTH, HEIGHT), mix(SAND, DEEP, 0.62))
    c.ellipse(800, 830, 760, 90, mix(SAND, DEEP, 0.35))
    c.ellipse(800, 800, 610, 60, INK, 0.4)
    side = smooth([(-500, 360), (-590, 480), (-606, 620), (-560, 740), (-480, 800)])
    wall = [(800 + x, y) for x, y in side]
    base = [(x, 800 + 46 * math.sin(math.acos((x - 800) / 480))) for x in range(330, 1271, 20)]
    shell = [*wall, *base, *[(1600 - x, y) for x, y in reversed(wall)]]
    c.polygon([*shell, *arc(800, 360, 500, 92, 0, -180)], PAPER)

    def wall_at(u: float, v: float) -> Point:
        """A point of the wall: u turns from -1 to 1, v rises from 0 to 1."""
        px = -side[round((1 - v) * (len(side) - 1))][0]
        py = side[round((1 - v) * (len(side) - 1))][1]
        return 800 + px * math.sin(u * math.pi / 2), py + (46 + 46 * v) * math.cos(u * math.pi / 2)

    for row in range(5):
        for k in range(-15, 16):
            u, v = (k + (row % 2) / 2) / 15.5, 0.08 + row * 0.18
            du, dv = 0.026, 0.085
            if abs(u) < 0.97:
                lozenge = [wall_at(u - du, v), wall_at(u, v + dv), wall_at(u + du, v), wall_at(u, v - dv)]
                c.polygon(lozenge, (OCHRE, mix(OCHRE, SAND, 0.4), TEAL)[(k + row) % 3], 0.85)
                c.circle(*wall_at(u, v), 5, PAPER)
    c.polygon([p for p in shell if p[0] > 800] + [(1080, 440), (1010, 830)], INK, 0.12)
    c.ellipse(800, 360, 500, 92, HAZE)
    c.ellipse(800, 364, 478, 82, mix(OCHRE, PAPER, 0.55))
    c.ellipse(800, 372, 380, 58, mix(TEAL, OCHRE, 0.2))
    for x, h in ((130, 260), (260, 190), (1360, 200), (1480, 280)):
        palm(c, x, 905, h, INK)
    for x in range(420, 1200, 34):
        y, tall = 880 + c.random.uniform(0, 60), c.random.uniform(20, 28)
        color: Color = c.random.choice([INK, BRICK, PAPER, DEEP])
        c.rect((x - 6, y - tall, x + 6, y + 14), color, radius=6)
        c.circle(x, y - tall - 6, 7, color)


SCENES = {
    "10/newcastle-takeover/tyne-bridge": tyne_bridge,
    "10/olympic-flame/flame": flame,
    "10/qatar-f1/track": track,
    "10/arab-cup-thumama/stadium": stadium,
}
