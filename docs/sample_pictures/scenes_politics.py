"""The sample pictures of the section politics, the Arab world and the submarine crisis apart."""

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


SCENES = {
    "10/nato-mission/poles": poles,
    "10/nato-moscow/towers": towers,
    "10/germany/dome": dome,
    "11/cop-opening/turbines": turbines,
    "10/g20/roundtable": roundtable,
}
