"""The sample pictures of ancient Egypt."""

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
    mix,
    smooth,
)  # fmt: skip
from scenes_science import box, spin


def tomb(c: Canvas) -> None:
    """Half-buried columns before a step pyramid."""
    c.gradient(mix(TEAL, HAZE, 0.55), PAPER, 0, 640)
    c.glow(860, 170, 420, OCHRE, 0.55)
    c.circle(860, 170, 76, mix(OCHRE, PAPER, 0.3))
    stone, far = mix(SAND, OCHRE, 0.3), mix(SAND, MIST, 0.45)
    for i in range(6):
        w, y = 900 - i * 138, 640 - i * 52
        c.polygon([(420 - w / 2, y), (420 - w / 2 + 16, y - 52), (420 + w / 2 - 16, y - 52),
                   (420 + w / 2, y)], mix(far, OCHRE, 0.12))  # fmt: skip
        c.polygon([(420 + w * 0.1, y), (420 + w * 0.1 - 8, y - 52), (420 + w / 2 - 16, y - 52),
                   (420 + w / 2, y)], mix(far, BRICK, 0.3))  # fmt: skip
    ground = smooth([(0, 640), (400, 622), (800, 650), (1200, 625), (1600, 650)])
    c.polygon([*ground, (1600, HEIGHT), (0, HEIGHT)], SAND)
    c.polygon([(560, 640), (560, 330), (1560, 330), (1560, 640)], mix(stone, BRICK, 0.28))
    c.rect((540, 290, 1580, 350), stone)
    c.rect((540, 272, 1580, 296), mix(stone, PAPER, 0.35))
    c.circle(1060, 318, 22, BRICK)
    for side in (-1, 1):
        for k in range(4):
            c.line(smooth([(1060 + side * 26, 312 + k * 5), (1060 + side * 90, 304 + k * 6),
                           (1060 + side * (160 - k * 18), 308 + k * 8)]), PETROL, 5)  # fmt: skip
    c.rect((955, 430, 1165, 760), INK)
    c.rect((935, 400, 1185, 440), stone)
    for x in (670, 840, 1280, 1450):
        c.rect((x - 12, 350, x + 74, 780), mix(BRICK, INK, 0.35), alpha=0.5)
    for x in (640, 810, 1250, 1420):
        c.rect((x, 470, x + 92, 800), stone)
        c.rect((x + 62, 470, x + 92, 800), mix(stone, BRICK, 0.35))
        bud = smooth([(x + 6, 470), (x - 18, 425), (x - 4, 372), (x + 46, 360), (x + 96, 372),
                      (x + 110, 425), (x + 86, 470)])  # fmt: skip
        c.polygon(bud, mix(stone, PAPER, 0.2))
        for k in range(5):
            c.line([(x + 46 + (k - 2) * 15, 468), (x + 46 + (k - 2) * 24, 384)],
                   (PETROL, BRICK, PETROL, BRICK, PETROL)[k], 6)  # fmt: skip
        for k, color in enumerate((PETROL, OCHRE, BRICK)):
            c.rect((x, 476 + k * 15, x + 92, 486 + k * 15), color)
        c.rect((x - 10, 346, x + 102, 366), mix(stone, PAPER, 0.35))
        for k in range(3):
            c.rect((x + 14, 570 + k * 62, x + 30, 600 + k * 62), mix(stone, BRICK, 0.5), radius=4)
            c.circle(x + 46, 585 + k * 62, 9, mix(stone, BRICK, 0.5))
    dune = smooth([(0, 800), (320, 740), (620, 770), (900, 720), (1060, 742), (1220, 715), (1600, 790)])
    c.polygon([*dune, (1600, HEIGHT), (0, HEIGHT)], mix(SAND, OCHRE, 0.25))
    front = smooth([(0, 900), (420, 850), (900, 900), (1250, 940), (1600, 900)])
    c.polygon([*front, (1600, HEIGHT), (0, HEIGHT)], mix(OCHRE, BRICK, 0.2))
    drum = mix(PAPER, SAND, 0.35)
    c.polygon(spin(box(330, 860, 300, 92), 330, 860, -8), drum)
    c.polygon(spin(box(330, 892, 300, 28), 330, 860, -8), mix(drum, BRICK, 0.4))
    c.ellipse(182, 882, 24, 46, mix(drum, PAPER, 0.4))
    c.line([(1330, 985), (1370, 800)], mix(BRICK, INK, 0.5), 9)
    c.polygon([(1310, 980), (1352, 988), (1340, 1040), (1300, 1030)], INK)


def sphinx(c: Canvas, x: float, y: float, s: float, side: int, fade: float) -> None:
    """A ram-headed sphinx on its plinth, `s` high, facing the road."""

    def at(u: float, v: float) -> Point:
        return x + side * u * s, y - v * s

    def tone(color: Color) -> Color:
        return mix(color, mix(BRICK, INK, 0.2), fade)

    stone, dark = mix(SAND, OCHRE, 0.35), mix(BRICK, INK, 0.35)
    c.polygon([at(-0.62, 0), at(0.55, 0), at(0.55, 0.34), at(-0.62, 0.34)], tone(mix(stone, BRICK, 0.5)))
    c.polygon([at(0.55, 0), at(0.72, -0.02), at(0.72, 0.33), at(0.55, 0.34)], dark)
    c.polygon([at(-0.68, 0.33), at(0.75, 0.32), at(0.75, 0.39), at(-0.68, 0.4)], tone(stone))
    body = smooth([at(-0.6, 0.4), at(-0.64, 0.6), at(-0.46, 0.8), at(-0.1, 0.74), at(0.2, 0.8), at(0.38, 0.64),
                   at(0.4, 0.53), at(0.72, 0.5), at(0.72, 0.4), at(-0.6, 0.4)])  # fmt: skip
    c.polygon(body, tone(mix(stone, PAPER, 0.1)))
    shade = smooth([at(-0.6, 0.4), at(-0.64, 0.6), at(-0.46, 0.8), at(-0.4, 0.6), at(-0.1, 0.5),
                    at(0.5, 0.44), at(0.72, 0.4), at(-0.6, 0.4)])  # fmt: skip
    c.polygon(shade, tone(mix(stone, BRICK, 0.4)))
    head = smooth([at(0.1, 0.7), at(0.1, 0.98), at(0.26, 1.13), at(0.46, 1.06), at(0.7, 0.86),
                   at(0.67, 0.76), at(0.48, 0.78), at(0.38, 0.62), at(0.1, 0.7)])  # fmt: skip
    c.polygon(head, tone(mix(stone, PAPER, 0.4)))
    horn = smooth([at(0.3, 1.05), at(0.12, 1.06), at(0.06, 0.9), at(0.18, 0.8), at(0.32, 0.86)])
    c.line(horn, dark, s * 0.07)
    c.circle(*at(0.46, 0.96), s * 0.026, INK)
    c.polygon([at(0.66, 0.52), at(0.75, 0.5), at(0.75, 0.4), at(0.66, 0.4)], dark, 0.5)


def sphinxes(c: Canvas) -> None:
    """An avenue of sphinxes that leads to a temple gate at sunset."""
    c.gradient(PETROL, OCHRE, 0, 430)
    c.gradient(OCHRE, mix(OCHRE, PAPER, 0.5), 430, 600)
    c.glow(800, 520, 520, PAPER, 0.6)
    c.circle(800, 470, 130, mix(OCHRE, PAPER, 0.55))
    c.rect((0, 596, WIDTH, HEIGHT), mix(OCHRE, BRICK, 0.3))
    for trunk in range(20, 1600, 96):
        if not 560 < trunk < 1040:
            top = c.random.uniform(500, 540)
            c.line(smooth([(trunk, 600), (trunk + 5, 560), (trunk + 2, top)]), DEEP, 7)
            for a in range(190, 360, 28):
                tip = (trunk + 52 * math.cos(math.radians(a)), top + 42 * math.sin(math.radians(a)) + 10)
                c.line(smooth([(trunk, top), ((trunk + tip[0]) / 2, min(top, tip[1]) - 9), tip]), DEEP, 6)
    gate = mix(BRICK, INK, 0.35)
    for side in (-1, 1):
        c.polygon([(800 + side * 34, 600), (800 + side * 44, 390), (800 + side * 190, 390),
                   (800 + side * 214, 600)], gate)  # fmt: skip
        c.rect((min(800 + side * 38, 800 + side * 196), 378, max(800 + side * 38, 800 + side * 196), 394),
               mix(gate, OCHRE, 0.35))  # fmt: skip
        c.line([(800 + side * 118, 440), (800 + side * 118, 330)], gate, 6)
    c.rect((764, 470, 836, 486), gate)
    c.polygon([(858, 600), (866, 420), (874, 404), (882, 420), (890, 600)], mix(gate, OCHRE, 0.3))
    c.polygon([(776, 600), (824, 600), (1330, HEIGHT), (270, HEIGHT)], mix(SAND, PAPER, 0.3))
    for k in range(1, 12):
        y = 600 + 467 * (k / 11) ** 2.1
        half = 24 + 506 * (y - 600) / 467
        c.line([(800 - half, y), (800 + half, y)], SAND, 1 + k * 0.35)
    for z in (6.4, 4.6, 3.3, 2.35, 1.6, 1.0):
        y, s = 600 + 350 / z, 285 / z
        for side in (-1, 1):
            x = 800 - side * (24 + 506 * (y - 600) / 467 + s * 0.84)
            c.polygon([(x - 0.7 * s, y), (x + 0.75 * s, y), (x + 1.1 * s, y + 0.16 * s),
                       (x - 0.4 * s, y + 0.16 * s)], INK, 0.2)  # fmt: skip
            sphinx(c, x, y, s, side, 0.06 * z)


SCENES = {
    "10/saqqara-tomb/tomb": tomb,
    "11/luxor-sphinxes/sphinxes": sphinxes,
}
