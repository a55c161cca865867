"""The sample pictures of football."""

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
    Point,
    arc,
    mix,
    smooth,
)  # fmt: skip
from scenes_science import box, spin


def ball(c: Canvas, x: float, y: float, r: float, turn: float = 0) -> None:
    """A football, its dark patches seen from one side."""
    c.circle(x, y, r, PAPER)
    c.polygon(arc(x, y, r, r, 20, 160) + arc(x, y - r * 0.2, r * 0.97, r * 0.86, 155, 25), MIST, 0.6)
    inner = [(x + r * 0.34 * math.cos(a), y + r * 0.34 * math.sin(a))
             for a in (math.radians(turn + 72 * i - 90) for i in range(5))]  # fmt: skip
    c.polygon(inner, INK)
    for i in range(5):
        a = math.radians(turn + 72 * i - 90)
        cos, sin = math.cos(a), math.sin(a)
        c.line([inner[i], (x + r * 0.66 * cos, y + r * 0.66 * sin)], INK, r * 0.045)
        rim = arc(x, y, r * 0.995, r * 0.995, math.degrees(a) - 21, math.degrees(a) + 21)
        side = [(x + r * 0.76 * math.cos(a + k), y + r * 0.76 * math.sin(a + k)) for k in (0.21, -0.21)]
        c.polygon([*rim, *side], INK)
        b = a + math.radians(36)
        node = (x + r * 0.7 * math.cos(b), y + r * 0.7 * math.sin(b))
        for k in (-0.42, 0.42):
            end = (x + r * 0.76 * math.cos(b + k), y + r * 0.76 * math.sin(b + k))
            c.line([node, end], INK, r * 0.04)
        c.line([node, (x + r * 0.97 * math.cos(b), y + r * 0.97 * math.sin(b))], INK, r * 0.04)
    c.line(arc(x, y, r, r, 0, 360), mix(PAPER, MIST, 0.4), max(2, r * 0.035))


def pitch(c: Canvas) -> None:
    """A pitch from above, two teams and a ball by the centre spot."""
    c.gradient(TEAL, TEAL)
    tilt = -12

    def turned(points: list[Point]) -> list[Point]:
        return spin(points, 800, 533, tilt)

    for i in range(-9, 10):
        if i % 2:
            c.polygon(turned(box(800 + i * 130, 533, 130, 2200)), mix(TEAL, PETROL, 0.45))
    line = mix(PAPER, HAZE, 0.3)
    field = box(800, 533, 1720, 1120)
    c.line(turned([*field, field[0]]), line, 9)
    c.line(turned([(800, -100), (800, 1200)]), line, 9)
    c.line(arc(800, 533, 200, 200, 0, 360), line, 9)
    for side in (-1, 1):
        area = box(800 + side * 720, 533, 280, 620)
        c.line(turned([*area, area[0]]), line, 9)
        c.line(turned(arc(800 + side * 640, 533, 170, 170, 90 - side * 180 + 52 * side,
                          90 - side * 180 + 128 * side)), line, 9)  # fmt: skip
    teams = (
        (BRICK, ((640, 330), (610, 740), (430, 470), (390, 650), (300, 300), (700, 640), (520, 160))),
        (OCHRE, ((910, 400), (980, 690), (1130, 500), (1200, 300), (1240, 760), (880, 880), (1050, 190))),
    )
    for color, spots in teams:
        for x, y in spots:
            turn = c.random.uniform(-50, 50) + 90
            c.ellipse(x + 34, y + 32, 46, 20, INK, 0.35)
            c.polygon(spin(arc(x, y, 40, 19, 0, 360), x, y, turn), color)
            c.polygon(spin(arc(x, y + 22, 9, 15, 0, 360), x, y, turn - 60), mix(color, INK, 0.3))
            c.circle(x, y, 15, mix(BRICK, INK, 0.7))
    c.ellipse(846, 590, 70, 42, INK, 0.35)
    ball(c, 800, 533, 66, 12)


def cup(c: Canvas) -> None:
    """A gold cup in floodlight among sixteen lights."""
    c.gradient(DEEP, PETROL)
    for mast, reach in ((90, 760), (1510, 840)):
        lean = 12 if mast < 800 else -12
        for k in range(3):
            tip = reach + (k - 1) * 230
            c.polygon([(mast, 150), (tip - 110, 900), (tip + 110, 900)], HAZE, 0.1)
        c.line([(mast, 150), (mast, 900)], INK, 16)
        c.polygon(spin(box(mast, 140, 170, 110), mast, 140, lean), INK)
        for i in range(3):
            for j in range(2):
                px, py = spin([(mast - 50 + i * 50, 116 + j * 48)], mast, 140, lean)[0]
                c.circle(px, py, 16, PAPER)
    c.glow(800, 440, 560, OCHRE, 0.4)
    for i in range(16):
        a = math.radians(180 + 180 * i / 15)
        x, y = 800 + 600 * math.cos(a), 800 + 700 * math.sin(a)
        c.circle(x, y, 19, (OCHRE, BRICK, HAZE, TEAL)[i // 4])
        c.circle(x, y, 8, PAPER)
    c.rect((0, 900, WIDTH, HEIGHT), INK)
    c.polygon([(480, 900), (560, 840), (1040, 840), (1120, 900)], mix(BRICK, INK, 0.2))
    c.rect((480, 900, 1120, HEIGHT), mix(BRICK, INK, 0.4))
    gold, deep = OCHRE, mix(OCHRE, BRICK, 0.5)
    for side in (-1, 1):
        handle = smooth([(800 + side * 180, 330), (800 + side * 330, 300), (800 + side * 350, 420),
                         (800 + side * 240, 530), (800 + side * 130, 570)])  # fmt: skip
        c.line(handle, deep if side > 0 else gold, 32)
    half = smooth([(0, 250), (215, 250), (205, 400), (160, 530), (85, 610), (38, 650), (30, 730),
                   (110, 780), (150, 800), (160, 845), (0, 845)])  # fmt: skip
    c.polygon([(800 - x, y) for x, y in half], gold)
    c.polygon([(800 + x, y) for x, y in half], gold)
    c.polygon([(800 + x * s, y) for s in (1, 0.35) for x, y in (half if s == 1 else half[::-1])], deep)
    c.ellipse(800, 250, 215, 34, mix(OCHRE, PAPER, 0.45))
    c.ellipse(800, 256, 186, 23, mix(OCHRE, INK, 0.45))
    c.line(smooth([(640, 300), (650, 410), (690, 520)]), PAPER, 16, 0.6)
    star = [(790 + (80, 34)[i % 2] * math.cos(a), 420 + (80, 34)[i % 2] * math.sin(a))
            for i, a in enumerate(math.radians(45 * i - 90) for i in range(8))]  # fmt: skip
    c.polygon(star, mix(OCHRE, PAPER, 0.6))


def goal(c: Canvas) -> None:
    """A ball that bulges the net, seen from behind the goal."""
    c.gradient(INK, DEEP, 0, 560)
    for row in range(8):
        for x in range(0, 1680, 80):
            color = c.random.choice([PETROL, PETROL, TEAL, BRICK, mix(BRICK, INK, 0.5), DEEP, OCHRE])
            c.circle(x + (row % 2) * 40, 26 + row * 72, 26, mix(color, INK, 0.62))
    c.rect((0, 560, WIDTH, 640), BRICK)
    c.rect((0, 560, WIDTH, 572), OCHRE)
    c.gradient(TEAL, PETROL, 640, HEIGHT)
    c.line([(0, 850), (1600, 850)], PAPER, 10, 0.8)
    cx, cy, r = 960, 430, 150

    def bulge(x: float, y: float) -> Point:
        dx, dy = x - cx, y - cy
        pull = 0.55 * math.exp(-(dx * dx + dy * dy) / 52000)
        return cx + dx * (1 + pull), cy + dy * (1 + pull) + 26 * math.exp(-(dx * dx) / 200000)

    c.circle(cx - 30, cy + 24, r, INK, 0.4)
    ball(c, cx, cy, r, 24)
    net = mix(PAPER, HAZE, 0.4)
    for i in range(-12, 24):
        for slope in (-1, 1):
            run = [(i * 140 + slope * (y - 120), y) for y in range(100, 960, 10)]
            kept = [bulge(x, y) for x, y in run if 112 < x < 1488]
            if len(kept) > 1:
                c.line(kept, net, 5, 0.6)
    for box_ in ((92, 80, 118, 960), (1482, 80, 1508, 960), (92, 80, 1508, 108)):
        c.rect(box_, PAPER, radius=12)
        c.rect((box_[0], box_[3] - 9, box_[2], box_[3]), MIST, radius=4)


def stands(c: Canvas) -> None:
    """A corner of the stands from above, every seat taken."""
    c.gradient(INK, INK)
    tones = [BRICK, OCHRE, PAPER, SAND, TEAL, PETROL, MIST]
    for row in range(18):
        off, step = row * 54, 50
        for k in range(60):
            x = k * step + (row % 2) * 25
            if row % 6 == 5:
                continue
            block = (k // 9 + row // 6 * 3) % len(tones)
            color = tones[block] if c.random.random() < 0.55 else c.random.choice(tones)
            for px, py in spin([(x - 500, 640 - off), (x - 500, 1500)], 800, 533, -16)[:1]:
                if -20 < px < 1620 and -20 < py < 1087 and k % 9 != 8:
                    c.ellipse(px, py + 13, 21, 16, mix(color, INK, 0.3))
                    c.circle(px, py - 2, 14, mix(color, INK, 0.62 if color in (PAPER, SAND) else 0.1))
    c.polygon(spin(box(800, 1230, 2600, 1110), 800, 533, -16), mix(SAND, BRICK, 0.25))
    c.polygon(spin(box(800, 1262, 2600, 1110), 800, 533, -16), PETROL)
    for i in range(-6, 9):
        if i % 2:
            c.polygon(spin(box(i * 180, 1300, 180, 1110), 800, 533, -16), TEAL)
    c.line(spin([(-400, 760), (2200, 760)], 800, 533, -16), PAPER, 10)
    c.line(spin([(900, 760), (900, 1500)], 800, 533, -16), PAPER, 10)
    c.line(spin(arc(900, 1130, 200, 200, 180, 360), 800, 533, -16), PAPER, 10)
    c.polygon(spin(box(640, 910, 60, 34), 640, 910, 20), INK, 0.35)
    ball(c, 620, 880, 40)


def tactics(c: Canvas) -> None:
    """A coach's board: short passes that join into a triangle of play."""
    c.rect((0, 0, WIDTH, HEIGHT), mix(BRICK, INK, 0.45))
    c.rect((36, 36, 1564, 1031), DEEP)
    for _ in range(60):
        x, y = c.random.uniform(60, 1300), c.random.uniform(60, 1000)
        c.rect((x, y, x + c.random.uniform(80, 240), y + 26), HAZE, radius=13, alpha=0.03)
    chalk = HAZE
    edge = box(800, 533, 1380, 880)
    c.line([*edge, edge[0]], chalk, 5, 0.7)
    c.line([(800, 93), (800, 973)], chalk, 5, 0.7)
    c.line(arc(800, 533, 140, 140, 0, 360), chalk, 5, 0.7)
    for side in (-1, 1):
        for w, h in ((230, 520), (100, 270)):
            x = 800 + side * (690 - w / 2)
            area = box(x, 533, w, h)
            c.line([*area, area[0]], chalk, 5, 0.7)
    ours = [(250, 533), (420, 300), (440, 766), (600, 480), (700, 690), (830, 380), (960, 600),
            (1120, 330), (1180, 690)]  # fmt: skip
    for a, b in ((0, 1), (1, 3), (3, 4), (4, 6), (6, 5), (5, 7)):
        (x0, y0), (x1, y1) = ours[a], ours[b]
        far = math.dist((x0, y0), (x1, y1))
        ux, uy = (x1 - x0) / far, (y1 - y0) / far
        tip = (x1 - ux * 58, y1 - uy * 58)
        c.line([(x0 + ux * 50, y0 + uy * 50), tip], OCHRE, 9)
        c.polygon(spin([(tip[0] + 22, tip[1]), (tip[0] - 14, tip[1] - 20), (tip[0] - 14, tip[1] + 20)],
                       *tip, math.degrees(math.atan2(uy, ux))), OCHRE)  # fmt: skip
    run = smooth([(1180, 690), (1290, 660), (1350, 570), (1340, 450)])
    for i in range(0, len(run) - 3, 6):
        c.line(run[i : i + 4], PAPER, 7)
    c.polygon([(1340, 420), (1318, 464), (1364, 462)], PAPER)
    for x, y in ours:
        c.circle(x, y, 38, PAPER)
        c.circle(x, y, 29, BRICK)
    for x, y in ((560, 620), (690, 250), (900, 800), (1040, 470), (1290, 240), (1300, 800), (1400, 533)):
        for dx in (-1, 1):
            c.line([(x - 26 * dx, y - 26), (x + 26 * dx, y + 26)], MIST, 11)
    ball(c, 1190, 290, 30)
    for k, (x, color) in enumerate(((180, PAPER), (290, OCHRE), (370, BRICK))):
        c.rect((x, 1006, x + 90 - k * 16, 1026), color, radius=8)


SCENES = {
    "10/nations-league-final/pitch": pitch,
    "10/arab-cup-groups/cup": cup,
    "10/salah-old-trafford/goal": goal,
    "11/arab-cup-month/stands": stands,
    "11/xavi-barcelona/tactics": tactics,
}
