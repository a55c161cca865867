"""The sample pictures of the section sport, the play of football apart."""

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
from scenes_arab import palm
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


def racer(c: Canvas, x: float, y: float, k: float, colors: tuple[Color, Color, Color]) -> None:
    """A racing car from the side, nose at the left; (x, y) is on the road below its nose, `k` its length."""
    body, shade, trim = colors

    def at(*points: Point) -> list[Point]:
        return [(x + u * k / 1000, y - v * k / 1000) for u, v in points]

    c.ellipse(x + k * 0.5, y + k * 0.006, k * 0.53, k * 0.022, INK, 0.55)
    for u, r in ((752, 66), (196, 62)):
        c.circle(*at((u, r + 4))[0], r * k / 1000, mix(INK, MIST, 0.12))
    c.polygon(at((886, 92), (900, 210), (1000, 214), (986, 128)), shade)
    c.polygon(at((300, 22), (330, 12), (900, 12), (920, 34), (860, 70)), INK)
    hood = smooth(at((44, 52), (60, 66), (200, 98), (350, 124), (420, 134), (470, 128), (530, 136)))
    spine = smooth(at((540, 196), (572, 214), (610, 208), (720, 166), (850, 112), (900, 96)))
    c.polygon([*hood, *spine, *at((880, 44), (380, 26), (200, 44), (60, 44))], body)
    pod = at((400, 40), (420, 96), (470, 112), (600, 104), (740, 84), (860, 46), (640, 26), (400, 40))
    c.polygon(smooth(pod), shade)
    c.polygon(at((420, 96), (404, 60), (412, 46), (440, 62), (444, 104)), INK)
    c.polygon(at((60, 58), (200, 88), (350, 113), (350, 100), (200, 74), (64, 50)), trim)
    c.polygon(smooth(at((600, 186), (700, 152), (800, 116), (800, 108), (690, 136), (604, 160), (600, 186))), trim)
    c.polygon(at((538, 206), (548, 176), (562, 178), (558, 212)), INK)
    c.circle(*at((494, 148))[0], 0.029 * k, OCHRE)
    c.polygon(at((466, 152), (488, 156), (490, 144), (467, 140)), INK)
    c.line(smooth(at((404, 132), (436, 168), (500, 182), (560, 178))), INK, 0.013 * k)
    c.line(at((436, 168), (424, 134)), INK, 0.012 * k)
    c.polygon(at((0, 14), (0, 66), (26, 70), (96, 44), (96, 14)), shade)
    c.polygon(at((14, 24), (14, 32), (150, 48), (150, 34)), body)
    c.polygon(at((4, 50), (4, 62), (26, 66), (92, 42), (92, 32)), trim)
    c.polygon(at((872, 118), (880, 226), (1000, 226), (992, 172), (930, 164), (914, 118)), body)
    c.polygon(at((880, 226), (1000, 226), (998, 206), (879, 206)), trim)
    for u, r in ((824, 74), (262, 68)):
        c.circle(*at((u, r))[0], r * k / 1000, INK)
        c.circle(*at((u, r))[0], r * k / 1190, mix(INK, MIST, 0.2))
        c.circle(*at((u, r))[0], r * k / 1330, INK)
        c.circle(*at((u, r))[0], r * k / 1750, mix(MIST, DEEP, 0.45))
        for turn in range(0, 180, 36):
            a, b = math.radians(turn), r * 0.54
            ux, uy = b * math.cos(a), b * math.sin(a)
            c.line(at((u - ux, r - uy), (u + ux, r + uy)), mix(INK, DEEP, 0.6), 0.006 * k)
        c.circle(*at((u, r))[0], r * k / 5600, trim)


def race(c: Canvas) -> None:
    """Two racing cars before a full stand hung with Mexican paper flags."""
    c.gradient(mix(TEAL, HAZE, 0.3), mix(PAPER, OCHRE, 0.2), 0, 330)
    c.polygon([(0, 330), (0, 150), (1600, 90), (1600, 330)], DEEP)
    c.polygon([(0, 150), (0, 122), (1600, 62), (1600, 92)], mix(OCHRE, BRICK, 0.2))
    c.rect((0, 300, WIDTH, 650), mix(DEEP, INK, 0.35))
    tones = (BRICK, OCHRE, PAPER, TEAL, MIST, SAND, mix(BRICK, OCHRE, 0.5))
    for row in range(7):
        y = 236 + row * 62
        c.rect((0, y + 31, WIDTH, y + 62), mix(PETROL, INK, 0.25 + 0.3 * (row % 2)))
        for i in range(34):
            if c.random.random() < 0.84:
                x = i * 48 + (row % 2) * 24 + c.random.uniform(-4, 4)
                tone = c.random.choice(tones)
                c.rect((x - 18, y + 8, x + 18, y + 56), mix(tone, DEEP, 0.36), radius=14)
                c.circle(x, y - 5, 14, mix(mix(BRICK, SAND, 0.55), INK, c.random.uniform(0, 0.35)))
    for x in (210, 620, 1030, 1440):
        c.rect((x - 9, 92, x + 9, 640), mix(INK, PETROL, 0.35))
    for line, (y, sag) in enumerate(((36, 74), (150, 66))):
        rope = [(u, y + sag * math.sin(math.pi * ((u + line * 205) % 410) / 410)) for u in range(0, WIDTH + 1, 10)]
        c.line(rope, PAPER, 3)
        for i, (u, v) in enumerate(rope[3::8]):
            tone = (BRICK, OCHRE, PAPER, TEAL)[(i + line) % 4]
            hem = [(u + 34 - d * 8.5, v + (92 if d % 2 else 78)) for d in range(9)]
            c.polygon([(u - 34, v), (u + 34, v), *hem], tone)
            dark = mix(tone, DEEP, 0.55)
            c.polygon([(u, v + 16), (u + 14, v + 36), (u, v + 56), (u - 14, v + 36)], dark)
            for dx in (-23, 23):
                c.circle(u + dx, v + 18, 5, dark)
                c.circle(u + dx, v + 54, 5, dark)
    c.rect((0, 620, WIDTH, 700), PAPER)
    for x in range(0, WIDTH, 160):
        c.rect((x, 620, x + 80, 700), BRICK)
    c.rect((0, 690, WIDTH, 708), mix(INK, DEEP, 0.4))
    c.gradient(mix(MIST, DEEP, 0.5), mix(DEEP, INK, 0.45), 706)
    racer(c, 1010, 800, 560, (mix(MIST, HAZE, 0.4), mix(TEAL, DEEP, 0.2), TEAL))
    streaks = ((1120, 732, 480, PAPER), (900, 846, 700, PAPER), (1180, 884, 420, OCHRE), (0, 872, 170, PAPER),
               (980, 1012, 620, PAPER), (60, 1024, 520, MIST), (700, 1040, 380, MIST))  # fmt: skip
    for x, y, w, tone in streaks:
        c.rect((x, y, x + w, y + 5), tone, radius=2, alpha=0.4)
    racer(c, 150, 990, 1180, (PETROL, DEEP, BRICK))


SCENES = {
    "11/verstappen-mexico/race": race,
    "10/newcastle-takeover/tyne-bridge": tyne_bridge,
    "10/olympic-flame/flame": flame,
    "10/qatar-f1/track": track,
    "10/arab-cup-thumama/stadium": stadium,
}
