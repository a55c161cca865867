"""A gallery on a built site: a grid that is whole without script, light, and plain figures in feeds."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.support.html import Html
from tests.support.page_weight import FIRST_TRIP, weigh
from tests.support.sites import CONFIG, Site, article
from tests.support.whole_site import FONTS, picture

MakeSite = Callable[..., Site]
COUNT = 12
PAGE = "2021/10/18/port/index.html"
SMALL, LARGE = 60, 120  # pixels: the two widths that pictures of these tests are made in
BODY = (
    "افتتح الميناء رصيفه.\n\n"
    + "".join(f'- ![رافعة {n}](p{n}.png "الرافعة {n} | عدسة الصحيفة")\n' for n in range(COUNT))
    + "{: .gallery }\n\nوعادت السفن."
)


def paper(make_site: MakeSite, config: str = CONFIG) -> Site:
    site = make_site().write({"config.yaml": config + f"pictures: {{widths: [{SMALL}, {LARGE}]}}\n"})
    site.write({f"content/port/p{n}.png": picture(LARGE, 80, (n * 20, 90, 110)) for n in range(COUNT)})
    return site.write({"content/port/index.md": article("الميناء في صور", id="port", slug="port", body=BODY)})


def test_each_picture_stands_in_the_grid_with_its_words_and_leads_to_its_file(make_site: MakeSite) -> None:
    site = paper(make_site).write(FONTS)
    assert site.build().warnings == ()
    page = Html(site.read(PAGE))
    figures = page.all("//ul[@class='gallery']/li/figure")
    assert len(figures) == COUNT
    assert page.words("//ul[@class='gallery']//figcaption")[0] == "الرافعة 0 (عدسة الصحيفة)"
    for figure in figures:
        (link,), (img,) = figure.xpath("./a"), figure.xpath("./a//img")
        path = link.get("href").removeprefix("/news/")
        assert path.endswith(f"-{LARGE}.jpg") and path in site.paths()
        assert img.get("alt").startswith("رافعة ") and img.get("width") and img.get("height")
    assert page.words("//article//p")[-1] == "وعادت السفن."


def test_the_page_stays_light_with_twelve_pictures(make_site: MakeSite) -> None:
    """None is fetched before it comes near, and then in the size of the grid; the text comes in the first trip."""
    site = paper(make_site)
    site.build()
    page = Html(site.read(PAGE))
    pictures = page.all("//ul[@class='gallery']//img")
    assert [img.get("loading") for img in pictures] == ["lazy"] * COUNT
    assert {one.get("sizes") for one in page.all("//ul[@class='gallery']//source")} == {"(min-width:48rem) 12rem,50vw"}
    assert weigh(site.root / "output", [PAGE], "/news")[PAGE][0] <= FIRST_TRIP
    scripts = [one.get("src") for one in page.all("//script[@src]") if "gallery" in one.get("src")]
    assert len(scripts) == 1 and page.one(f"//script[@src='{scripts[0]}']").get("defer") is not None


def test_feeds_show_plain_figures(make_site: MakeSite) -> None:
    site = paper(make_site).write(FONTS)
    site.build()
    content = json.loads(site.read("feed.json"))["items"][0]["content_html"]
    shown = Html(f"<!doctype html><body>{content}</body>")
    figures = shown.all("//body/figure")
    assert len(figures) == COUNT
    for number, figure in enumerate(figures):
        assert [child.tag for child in figure] == ["img", "figcaption"]
        assert figure[0].get("src").startswith("https://example.org/news/assets/pictures/")
        assert f"الرافعة {number} " in "".join(figure[1].itertext())
    assert "<ul" not in content and "<li" not in content and "gallery" not in content


def test_only_pages_with_a_gallery_ask_for_its_script(make_site: MakeSite) -> None:
    site = paper(make_site).write(FONTS).write({"content/b.md": article(id="b", slug="b")})
    site.write({"content/pages/port.md": f"---\ntitle: الميناء\n---\n\n{BODY.replace('](p', '](port/p')}"})
    site.build()
    asks = {path for path in site.paths() if path.endswith(".html") and "/gallery." in site.read(path)}
    assert asks == {PAGE, "port/index.html"}
