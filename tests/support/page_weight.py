"""What a page weighs before a reader sees it: its HTML, what blocks it, the two faces that it asks for at once."""

from __future__ import annotations

import gzip
from pathlib import Path

import lxml.html as HTML

FIRST_TRIP, WITH_FONTS = 14_000, 40_000  # bytes


def zipped(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 6, mtime=0))


def blocking(output: Path, base_path: str, text: str) -> tuple[list[Path], list[Path]]:
    """(what the browser must have before it shows the page, the fonts that the page asks for at once)."""
    page = HTML.fromstring(text.encode())
    waited = page.xpath("//link[@rel='stylesheet']/@href")
    late = "not(contains(@blocking, 'render')) and (@async or @defer or @type='module')"
    waited += page.xpath(f"//script[@src and not({late})]/@src")
    fonts = page.xpath("//link[@rel='preload' and @as='font']/@href")

    def files(addresses: list[str]) -> list[Path]:
        return [output / address.removeprefix(base_path).lstrip("/") for address in addresses]

    return files(waited), files(fonts)


def weigh(output: Path, paths: list[str], base_path: str = "") -> dict[str, tuple[int, int]]:
    """Path of each page → (bytes of the first trip, bytes with fonts)."""
    weights: dict[str, tuple[int, int]] = {}
    known: dict[Path, int] = {}
    for path in paths:
        assets, fonts = blocking(output, base_path, (output / path).read_text(encoding="utf-8"))
        assert assets and len(fonts) == 2
        known |= {file: zipped(file) for file in assets if file not in known}
        first = zipped(output / path) + sum(known[file] for file in assets)
        weights[path] = first, first + sum(file.stat().st_size for file in fonts)
    return weights


def too_heavy(weights: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    return {path: both for path, both in weights.items() if both[0] > FIRST_TRIP or both[1] > WITH_FONTS}
