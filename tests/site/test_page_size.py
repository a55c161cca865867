"""A first page comes in one round trip: HTML and what blocks it at most 14 kB, and 40 kB with the two faces.

14 kB is what a server may send before the first answer of a phone (ten packets). Pictures are apart: they come later.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import lxml.html as HTML

from mujaz.build.report import BuildReport
from tests.support.html import Html
from tests.support.real_site import Real
from tests.support.sites import Site

FIRST_TRIP, WITH_FONTS = 14_000, 40_000
LONG = 1_200  # words; of a real desk's articles 996 in 1,000 are shorter. Longer texts fill half the trip alone
ARTICLE = re.compile(r"\d{4}/\d\d/\d\d/[^/]+/index\.html")


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


def test_every_page_of_the_sample_site_is_light(sample: tuple[Site, BuildReport]) -> None:
    site, _ = sample
    output = site.root / "output"
    articles = [path for path in site.paths() if ARTICLE.fullmatch(path) and "noindex" not in site.read(path)]
    home = Html(site.read("index.html"))
    assert len(home.all("//main//*[@data-story]")) == 24
    assert len(articles) >= 40
    assert too_heavy(weigh(output, ["index.html", *articles])) == {}


def test_a_real_desks_pages_are_light(real: Real) -> None:
    """Its home page, and each article but the longest, whose text alone would fill the trip."""
    output = real.root / "output"
    shorter = []
    for path in real.articles:
        body = HTML.fromstring((output / path).read_bytes()).xpath("string(//*[@itemprop='articleBody'])")
        if len(body.split()) <= LONG:
            shorter.append(path)
    assert len(shorter) > 0.996 * len(real.articles)
    assert too_heavy(weigh(output, ["index.html", *shorter], "/news")) == {}
