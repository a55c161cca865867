"""Draw the sample pictures.

Usage: python docs/sample_pictures/draw_pictures.py [name ...]

Each scene has its own seed, the checksum of its path, so that it comes out the
same whatever else is drawn. It is written beside the article that shows it.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import scenes_arab
import scenes_culture
import scenes_economy
import scenes_egypt
import scenes_energy
import scenes_football
import scenes_politics
import scenes_science
import scenes_space
import scenes_sport
import scenes_submarines
from drawing import Canvas

CONTENT = Path(__file__).resolve().parents[2] / "content" / "2021"
MODULES = (
    scenes_politics, scenes_arab, scenes_submarines, scenes_economy, scenes_energy, scenes_science, scenes_space,
    scenes_football, scenes_sport, scenes_culture, scenes_egypt,
)  # fmt: skip
# the path of a picture below content/2021/, without .jpg, and what draws it
SCENES: dict[str, Callable[[Canvas], None]] = {
    path: scene for module in MODULES for path, scene in module.SCENES.items()
}


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
