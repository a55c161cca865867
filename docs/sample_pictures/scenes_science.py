"""The sample pictures of the section science, space apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

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


def spin(points: Sequence[Point], cx: float, cy: float, degrees: float) -> list[Point]:
    """`points` turned clockwise about (cx, cy)."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [(cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos) for x, y in points]


def box(x: float, y: float, w: float, h: float) -> list[Point]:
    """The corners of a rectangle about its centre."""
    return [(x - w / 2, y - h / 2), (x + w / 2, y - h / 2), (x + w / 2, y + h / 2),
            (x - w / 2, y + h / 2)]  # fmt: skip


def warm_touch(c: Canvas) -> None:
    """A chilli whose heat runs to a nerve cell."""
    c.gradient(PAPER, SAND)
    c.circle(430, 560, 330, mix(OCHRE, PAPER, 0.62))
    body = smooth([(330, 260), (420, 240), (515, 290), (560, 430), (545, 590), (470, 740),
                   (350, 850), (235, 880), (330, 790), (375, 660), (370, 520), (335, 400),
                   (305, 320), (330, 260)])  # fmt: skip
    c.polygon(body, BRICK)
    shade = smooth([(515, 290), (560, 430), (545, 590), (470, 740), (350, 850), (235, 880),
                    (365, 805), (455, 680), (500, 560), (512, 430), (515, 290)])  # fmt: skip
    c.polygon(shade, mix(BRICK, INK, 0.3))
    c.line(smooth([(385, 330), (420, 420), (432, 520), (425, 600)]), PAPER, 16, 0.35)
    c.polygon(smooth([(305, 300), (330, 235), (420, 205), (515, 240), (535, 310), (470, 290),
                      (420, 318), (370, 290), (305, 300)]), PETROL)  # fmt: skip
    c.line(smooth([(420, 220), (410, 150), (450, 95), (500, 80)]), PETROL, 34)
    for i in range(5):
        r = 200 + i * 72
        c.line(arc(480, 520, r, r, -26, 26), mix(BRICK, OCHRE, i / 4), 17 - i * 2.2, 1 - i * 0.12)
    x, y = 1130, 520
    reach = ((-150, 190), (-112, 290), (-75, 330), (-32, 370), (8, 400), (48, 350), (96, 320),
             (140, 230))  # fmt: skip
    for turn, length in reach:
        a = math.radians(turn)
        ends = [(x + length * s * math.cos(a + k), y + length * s * math.sin(a + k))
                for s, k in ((0, 0), (0.35, 0.1), (0.7, -0.05), (1, 0.08))]  # fmt: skip
        for i, (p, q) in enumerate(pairwise(ends)):
            c.line(smooth([p, q]), DEEP, 30 - i * 9)
        for fork in (-0.5, 0.45):
            bx, by = ends[2]
            far = length * 0.36
            c.line([(bx, by), (bx + far * math.cos(a + fork), by + far * math.sin(a + fork))],
                   DEEP, 8)  # fmt: skip
            c.circle(bx + far * math.cos(a + fork), by + far * math.sin(a + fork), 10, TEAL)
        c.circle(*ends[-1], 13, OCHRE)
    c.circle(x, y, 98, DEEP)
    c.circle(x, y, 62, PETROL)
    c.circle(x, y, 26, OCHRE)


def medal(c: Canvas) -> None:
    """A gold medal with an atom on it."""
    c.gradient(PETROL, DEEP)
    for i in range(24):
        a = math.radians(i * 15)
        b = a + math.radians(7.5)
        c.polygon([(800, 560), (800 + 1300 * math.cos(a), 560 + 1300 * math.sin(a)),
                   (800 + 1300 * math.cos(b), 560 + 1300 * math.sin(b))], TEAL, 0.13)  # fmt: skip
    c.polygon([(560, 0), (740, 0), (830, 250), (740, 300)], BRICK)
    c.polygon([(860, 0), (1040, 0), (860, 300), (770, 250)], mix(BRICK, INK, 0.28))
    c.circle(812, 588, 402, INK, 0.4)
    c.circle(800, 570, 400, mix(OCHRE, INK, 0.25))
    c.circle(800, 570, 388, OCHRE)
    c.circle(800, 570, 350, mix(OCHRE, PAPER, 0.28))
    c.circle(800, 570, 338, mix(OCHRE, PAPER, 0.1))
    for i in range(72):
        a = math.radians(i * 5)
        c.circle(800 + 369 * math.cos(a), 570 + 369 * math.sin(a), 5, mix(OCHRE, INK, 0.3))
    dark = mix(BRICK, INK, 0.45)
    for turn, spot in ((0, 0.62), (60, 0.13), (120, 0.88)):
        ring = spin(arc(800, 570, 276, 100, 0, 360), 800, 570, turn)
        c.line(ring, dark, 11)
        c.circle(*ring[round(spot * 72)], 27, PETROL)
        c.circle(*ring[round(spot * 72)], 10, HAZE)
    for dx, dy, color in ((-26, -16, BRICK), (26, -14, dark), (0, 26, BRICK), (0, -38, dark)):
        c.circle(800 + dx, 570 + dy, 30, color)
    c.circle(800, 570, 22, PAPER)


def vial(c: Canvas) -> None:
    """A vaccine vial and a syringe before the shadow of a mosquito."""
    c.gradient(HAZE, PAPER)
    c.circle(1080, 430, 340, mix(OCHRE, PAPER, 0.5))
    gnat = mix(BRICK, OCHRE, 0.25)
    for side, knee, foot in ((-1, -150, -60), (-1, -60, 90), (-1, 40, 190), (1, -130, -20),
                             (1, -20, 130), (1, 70, 215)):  # fmt: skip
        c.line(smooth([(1085, 420), (1085 + side * 120, 420 + knee), (1085 + side * 215, 430 + foot)]),
               gnat, 8)  # fmt: skip
    for turn in (-152, -28):
        wing = spin(arc(1085 + 130, 395, 140, 40, 0, 360), 1085, 395, turn)
        c.polygon(wing, mix(gnat, PAPER, 0.55), 0.8)
    c.polygon(spin(arc(1085, 510, 34, 130, 0, 360), 1085, 400, 0), gnat)
    for i in range(4):
        c.rect((1056, 470 + i * 36, 1114, 480 + i * 36), PAPER, alpha=0.5)
    c.circle(1085, 390, 52, gnat)
    c.circle(1085, 318, 30, mix(gnat, INK, 0.2))
    c.line([(1085, 300), (1085, 190)], gnat, 8)
    for side in (-1, 1):
        c.line(smooth([(1085, 306), (1085 + side * 40, 250), (1085 + side * 62, 205)]), gnat, 5)
    c.rect((0, 905, WIDTH, HEIGHT), PETROL)
    c.rect((0, 905, WIDTH, 918), TEAL)
    c.ellipse(560, 945, 260, 26, DEEP)
    c.rect((400, 330, 680, 945), HAZE, radius=46)
    c.rect((414, 520, 666, 931), mix(TEAL, HAZE, 0.35), radius=36)
    c.ellipse(540, 520, 126, 16, mix(TEAL, HAZE, 0.6))
    c.rect((455, 250, 625, 350), HAZE)
    c.rect((430, 165, 650, 270), PETROL, radius=16)
    c.rect((430, 235, 650, 270), DEEP, radius=10)
    c.rect((470, 140, 610, 175), OCHRE, radius=12)
    c.rect((400, 580, 680, 840), PAPER)
    c.rect((400, 580, 680, 596), BRICK)
    c.rect((518, 630, 562, 770), PETROL)
    c.rect((470, 678, 610, 722), PETROL)
    c.rect((440, 795, 640, 807), MIST, radius=6)
    c.rect((424, 350, 446, 900), PAPER, radius=11, alpha=0.55)
    c.rect((640, 340, 680, 945), DEEP, radius=20, alpha=0.14)
    parts = ((box(1130, 838, 470, 92), HAZE), (box(1190, 838, 340, 66), mix(TEAL, HAZE, 0.3)),
             (box(1010, 838, 26, 84), INK), (box(870, 838, 260, 20), MIST),
             (box(735, 838, 26, 110), PETROL), (box(886, 838, 24, 170), PETROL),
             (box(1385, 838, 50, 44), PETROL), (box(1480, 838, 160, 7), INK))  # fmt: skip
    for shape, color in parts:
        c.polygon([(x + 36, y + 50) for x, y in spin(shape, 1100, 838, -7)], color)
    for i in range(8):
        tick = box(1050 + i * 40, 810, 6, 26)
        c.polygon([(x + 36, y + 50) for x, y in spin(tick, 1100, 838, -7)], PETROL)


def network(c: Canvas) -> None:
    """A web of lights around a great node that has gone out."""
    c.gradient(DEEP, INK)
    nodes: list[Point] = []
    while len(nodes) < 66:
        x, y = c.random.uniform(30, 1570), c.random.uniform(30, 1037)
        far = all(math.dist((x, y), n) > 120 for n in nodes)
        if far and math.dist((x, y), (800, 533)) > 250:
            nodes.append((x, y))
    for i, p in enumerate(nodes):
        for q in sorted(nodes[i + 1 :], key=lambda n: math.dist(p, n))[:3]:
            if math.dist(p, q) < 260:
                c.line([p, q], TEAL, 3, 0.55)
    close = sorted(nodes, key=lambda n: math.dist(n, (800, 533)))[:16]
    for px, py in close:
        for i in range(3, 17, 2):
            c.line([(800 + (px - 800) * k / 17, 533 + (py - 533) * k / 17) for k in (i, i + 1)],
                   BRICK, 4, 0.85)  # fmt: skip
    for p in nodes:
        lit = p not in close
        r = c.random.uniform(9, 17)
        if lit:
            c.glow(*p, r * 4.5, OCHRE, 0.4)
        c.circle(*p, r, mix(OCHRE, PAPER, 0.35) if lit else mix(BRICK, INK, 0.25))
    c.circle(800, 533, 196, mix(BRICK, INK, 0.35))
    c.circle(800, 533, 184, INK)
    c.circle(800, 533, 150, mix(INK, PETROL, 0.3))
    c.line(arc(800, 540, 74, 74, -55, 235), MIST, 20)
    c.line([(800, 440), (800, 530)], MIST, 20)


def warming(c: Canvas) -> None:
    """A globe before stripes that run from cold to hot."""
    cold, hot, steps = [PETROL, TEAL, MIST, HAZE], [SAND, OCHRE, BRICK, mix(BRICK, INK, 0.3)], 40
    ramp = cold + hot
    for i in range(steps):
        at = min(0.999, max(0, (i / steps) ** 1.15 + c.random.uniform(-0.13, 0.11))) * 7
        color = mix(ramp[int(at)], ramp[int(at) + 1], at % 1)
        c.rect((i * 40, 0, i * 40 + 40, HEIGHT), color)
    c.circle(816, 556, 356, INK, 0.25)
    c.circle(800, 540, 356, PAPER)
    c.circle(800, 540, 340, PETROL)
    for k in (0.36, 0.72):
        c.line(arc(800, 540, 340 * k, 340, 0, 360), TEAL, 4)
    c.line([(800, 200), (800, 880)], TEAL, 4)
    for dy in (-204, -102, 0, 102, 204):
        half = math.sqrt(340**2 - dy**2)
        c.line([(800 - half, 540 + dy), (800 + half, 540 + dy)], TEAL, 4)
    africa = [(690, 380), (770, 352), (850, 372), (905, 385), (930, 450), (985, 490), (950, 555),
              (905, 610), (895, 690), (850, 765), (805, 770), (782, 690), (772, 610), (750, 555),
              (680, 545), (636, 500), (645, 430), (690, 380)]  # fmt: skip
    c.polygon(smooth(africa), SAND)
    eurasia = [(672, 340), (662, 298), (712, 284), (728, 246), (790, 214), (880, 216), (980, 258), (1052, 322),
               (1106, 408), (1080, 436), (1050, 424), (1030, 466), (978, 492), (948, 440), (930, 384), (896, 360),
               (868, 362), (850, 330), (826, 346), (796, 306), (752, 316), (716, 344), (672, 340)]  # fmt: skip
    c.polygon(smooth(eurasia), SAND)
    c.polygon(smooth([(955, 640), (978, 620), (975, 690), (950, 715), (955, 640)]), SAND)
    c.polygon(arc(800, 540, 340, 340, -60, 120) + arc(740, 500, 340, 340, 108, -48), INK, 0.18)


SCENES = {
    "10/nobel-medicine/warm-touch": warm_touch,
    "10/nobel-physics/medal": medal,
    "10/malaria-vaccine/vial": vial,
    "10/facebook-outage/network": network,
    "11/cop26-science/warming": warming,
}
