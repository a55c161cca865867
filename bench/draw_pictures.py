"""Draw the sample pictures of the sections politics and economy.

Usage: python bench/draw_pictures.py [name ...]

Each scene has its own seed, the checksum of its path, so that it comes out the
same whatever else is drawn. It is written beside the article that shows it.
"""

from __future__ import annotations

import sys
import zlib
from pathlib import Path

import scenes_economy
import scenes_politics
from drawing import Canvas

CONTENT = Path(__file__).resolve().parent.parent / "content" / "2021"
SCENES = scenes_politics.SCENES | scenes_economy.SCENES


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
