"""Draw the sample film and make the sample sound.

Usage: python docs/sample_pictures/record.py [path of ffmpeg]

Each is written beside the article that shows it. ffmpeg encodes them, so other
versions of it write other bytes.
"""

from __future__ import annotations

import math
import random
import struct
import subprocess
import sys
from pathlib import Path

from drawing import BRICK, DEEP, HAZE, OCHRE, PAPER, TEAL, Color, mix
from PIL import Image, ImageDraw

CONTENT = Path(__file__).resolve().parents[2] / "content" / "2021"
WIDTH, HEIGHT, FRAMES, RATE = 640, 360, 180, 15  # twelve seconds, in which Jupiter goes round once
CENTRE, ORBIT = (WIDTH / 2, HEIGHT / 2), 140
SAMPLES = 22_050  # a second
SWARM = 90  # stones of each


def main(ffmpeg: str) -> None:
    film = CONTENT / "10/lucy-launch/orbits.mp4"
    raw = b"".join(frame(number).tobytes() for number in range(FRAMES))
    size = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(RATE)]
    coded = ["-c:v", "libx264", "-crf", "30", "-preset", "veryslow", "-pix_fmt", "yuv420p", "-movflags", "+faststart"]
    encode(ffmpeg, raw, [*size, "-i", "-", *coded], film)
    frame(30).save(film.with_suffix(".jpg"), quality=88)
    sound = CONTENT / "10/mars-sounds/two-airs.mp3"
    kind = ["-f", "s16le", "-ar", str(SAMPLES), "-ac", "1"]
    encode(ffmpeg, two_airs(), [*kind, "-i", "-", "-c:a", "libmp3lame", "-b:a", "40k"], sound)
    for path in (film, film.with_suffix(".jpg"), sound):
        print(f"{path.name}  {path.stat().st_size / 1000:.0f} kB")


def encode(ffmpeg: str, raw: bytes, how: list[str], path: Path) -> None:
    quiet = ["-v", "error", "-y"]
    plain = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"]
    subprocess.run([ffmpeg, *quiet, *how, *plain, str(path)], input=raw, check=True)


# ---------------------------------------------------------------- the film: Jupiter and its companions


def frame(number: int) -> Image.Image:
    """Jupiter on its way round the sun, a swarm of stones 60 degrees before it and one as far behind."""
    image = Image.new("RGB", (WIDTH * 2, HEIGHT * 2), DEEP)
    draw = ImageDraw.Draw(image)
    turn = -2 * math.pi * number / FRAMES - math.pi / 3
    for radius in (40, 62, 84, ORBIT):
        ring(draw, radius, mix(DEEP, TEAL, 0.55 if radius < ORBIT else 1))
    disc(draw, *CENTRE, 16, OCHRE)
    for radius, speed, colour in ((40, 7.4, HAZE), (62, 4.6, TEAL), (84, 2.5, BRICK)):
        disc(draw, *at(radius, turn * speed), 4, colour)
    stones = random.Random(7)
    for side in (-1, 1):
        for _ in range(SWARM):
            angle = side * math.pi / 3 + stones.gauss(0, 0.13)
            wobble = 0.05 * math.sin(turn + stones.uniform(0, 2 * math.pi))
            disc(draw, *at(ORBIT + stones.gauss(0, 7), turn + angle + wobble), stones.choice((1.2, 1.6, 2.2)), PAPER)
    disc(draw, *at(ORBIT, turn), 11, OCHRE)
    disc(draw, *at(ORBIT, turn), 8, mix(OCHRE, PAPER, 0.5))
    return image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def at(radius: float, angle: float) -> tuple[float, float]:
    return CENTRE[0] + radius * math.cos(angle), CENTRE[1] + radius * math.sin(angle)


def disc(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, colour: Color) -> None:
    draw.ellipse([2 * (x - radius), 2 * (y - radius), 2 * (x + radius), 2 * (y + radius)], fill=colour)


def ring(draw: ImageDraw.ImageDraw, radius: float, colour: Color) -> None:
    x, y = CENTRE
    draw.ellipse([2 * (x - radius), 2 * (y - radius), 2 * (x + radius), 2 * (y + radius)], outline=colour, width=2)


# ---------------------------------------------------------------- the sound: a bell in two airs


def two_airs() -> bytes:
    """A bell as it rings here, then as the thin air of Mars lets it through: fainter, its high tones gone."""
    here, silence = bell((1, 2.76, 5.4, 8.93)), [0.0] * (SAMPLES // 2)
    there = [0.35 * sample for sample in muffled(bell((1, 2.76, 5.4, 8.93)))]
    return b"".join(
        struct.pack("<h", round(30_000 * max(-1.0, min(1.0, sample)))) for sample in [*here, *silence, *there]
    )


def bell(tones: tuple[float, ...]) -> list[float]:
    made = []
    for number in range(3 * SAMPLES):
        moment = number / SAMPLES
        parts = (
            math.sin(2 * math.pi * 330 * tone * moment) * math.exp(-moment * (1.2 + tone / 2)) / (n + 1)
            for n, tone in enumerate(tones)
        )
        made.append(0.6 * sum(parts) * min(1.0, moment * 200))
    return made


def muffled(samples: list[float]) -> list[float]:
    """Without what is above about 240 hertz: carbon dioxide swallows it."""
    for _ in range(3):
        held, made = 0.0, []
        for sample in samples:
            held += (sample - held) * 0.066
            made.append(held)
        samples = made
    return [3 * sample for sample in samples]


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "ffmpeg")
