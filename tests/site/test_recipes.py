"""Each recipe of docs/theming.md builds as it stands there, without a warning, and does what it promises."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from mujaz.check.policy import refused
from mujaz.config.settings import load_config
from tests.support.sites import CONFIG, REPOSITORY, Site, article
from tests.support.whole_site import FONTS

MakeSite = Callable[..., Site]
TEXT = (REPOSITORY / "docs/theming.md").read_text(encoding="utf-8")
FILE = re.compile(r"`([\w/.]+\.\w+)`\n```\w+\n(.*?)^```$", re.M | re.S)
STORY = "2021/10/18/a/index.html"
PROMISED = {  # recipe → (path, what stands there)
    "Colours, a logo, an icon": [("index.html", 'src="/news/logo.svg"'), ("index.html", "© صحيفة الشراع")],
    "A block below the article": [(STORY, "ادعم الصحيفة</a></p></aside>"), (STORY, "/assets/custom.")],
    "An ad slot": [(STORY, '<img src="/news/ads/shop.svg"'), ("ads/shop.svg", "<svg")],
    "Statistics of your own host": [
        ("index.html", "count.js"),
        (STORY, "script-src 'self' https://stats.example.org;"),
    ],
    "Comments in a frame": [
        (STORY, "?page=https%3A//example.org/news/2021/"),
        (STORY, "frame-src https://talk.example.org"),
    ],
    "A new field, on cards too": [("index.html", '<p class="place">(المدينة القديمة)</p>')],
    "A table from a CSV file": [("2021/10/18/league/index.html", "<td>البحارة</td><td>19</td>")],
    "A page of your own": [("contact/index.html", "mailto:desk@example.org")],
}


def recipes() -> dict[str, dict[str, str]]:
    """Heading → path → text."""
    part = TEXT.partition("\n## Recipes\n")[2].partition("\n## ")[0]
    found = re.split(r"^### (.+)$", part, flags=re.M)[1:]
    return {name: dict(FILE.findall(text)) for name, text in zip(found[::2], found[1::2], strict=True)}


def test_each_recipe_is_tried() -> None:
    assert recipes().keys() == PROMISED.keys() and all(recipes().values())


@pytest.mark.parametrize("name", PROMISED)
def test_a_recipe_builds_and_does_what_it_promises(name: str, make_site: MakeSite) -> None:
    files: dict[str, str | bytes] = {**FONTS, "content/a.md": article("خبر معلن", id="a", slug="a"), **recipes()[name]}
    files["config.yaml"] = CONFIG + str(recipes()[name].get("config.yaml", ""))
    site = make_site(files)
    assert site.build().warnings == ()
    for path, wanted in PROMISED[name]:
        assert wanted in site.read(path), path
    assert not list(refused(site.root, load_config(site.root / "config.yaml").config))


def test_the_blocks_of_the_table_are_those_of_the_shipped_layouts() -> None:
    told = set(re.findall(r"^\| `(\w+)` \| (?:before|after|at|below)", TEXT, re.M))
    shipped = {
        name
        for path in (REPOSITORY / "layouts").rglob("*.html")
        for name in re.findall(r"\{% block (\w+) %\}\{% endblock %\}", path.read_text(encoding="utf-8"))
    }
    assert told == shipped - {"main", "head", "day", "urgent", "ask_breaking", "masthead_class"}
