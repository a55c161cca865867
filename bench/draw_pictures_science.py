"""Draw the sample pictures of the sections science, sport and culture.

Usage: python bench/draw_pictures_science.py [name ...]
"""

from __future__ import annotations

import sys
import zlib
from pathlib import Path

import scenes_culture
import scenes_egypt
import scenes_football
import scenes_science
import scenes_space
import scenes_sport
from drawing import Canvas

CONTENT = Path(__file__).resolve().parent.parent / "content" / "2021"
MODULES = (scenes_science, scenes_space, scenes_football, scenes_sport, scenes_culture, scenes_egypt)
SCENES = {path: scene for module in MODULES for path, scene in module.SCENES.items()}


def main(names: list[str]) -> None:
    """Draw the scenes whose path contains one of `names`, or all of them."""
    for path, scene in SCENES.items():
        if names and not any(name in path for name in names):
            continue
        canvas = Canvas(zlib.crc32(path.encode()))
        scene(canvas)
        size = canvas.save(CONTENT / f"{path}.jpg")
        print(f"{path}.jpg  {size / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
