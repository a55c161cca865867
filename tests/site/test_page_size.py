"""A first page comes in one round trip: HTML and what blocks it at most 14 kB, and 40 kB with the two faces.

14 kB is what a server may send before the first answer of a phone (ten packets). Pictures are apart: they come later.
"""

from __future__ import annotations

import re

from mujaz.build.report import BuildReport
from tests.support.html import Html
from tests.support.page_weight import too_heavy, weigh
from tests.support.sites import Site

ARTICLE = re.compile(r"\d{4}/\d\d/\d\d/[^/]+/index\.html")


def test_every_page_of_the_sample_site_is_light(sample: tuple[Site, BuildReport]) -> None:
    site, _ = sample
    output = site.root / "output"
    articles = [path for path in site.paths() if ARTICLE.fullmatch(path) and "noindex" not in site.read(path)]
    home = Html(site.read("index.html"))
    assert len(home.all("//main//*[@data-story]")) == 24
    assert len(articles) >= 40
    assert too_heavy(weigh(output, ["index.html", *articles])) == {}
