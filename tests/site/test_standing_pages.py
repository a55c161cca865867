"""The foot of every page lists some standing pages; where there are more, a page of its own lists them all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mujaz.pages.chrome import FOOT_CAP
from tests.support.html import Html
from tests.support.sites import Site, article

MakeSite = Callable[..., Site]
FOOT = '//footer//a[contains(@href, "/p-") or @href="/news/pages/"]'


def pages(count: int) -> dict[str, str]:
    """Standing pages of which the last is the first by weight."""
    files = {"content/2021/10/18/port.md": article(slug="port", title="افتتاح الميناء", id="port")}
    for number in range(count):
        head = f"title: صفحة {number}\nweight: {count - number}\n"
        files[f"content/pages/p-{number}.md"] = f"---\n{head}---\nنص الصفحة.\n"
    return files


def linked(page: str, where: str) -> list[str]:
    return [link.get("href") for link in Html(page).all(where)]


def test_a_few_are_all_at_the_foot_and_have_no_index(make_site: MakeSite) -> None:
    site = make_site(pages(FOOT_CAP))
    site.build()
    assert linked(site.read("index.html"), FOOT) == [f"/news/p-{n}/" for n in reversed(range(FOOT_CAP))]
    assert not (site.root / "output/pages").exists()
    assert "/pages/</loc>" not in site.read("sitemaps/pages.xml")


def test_of_more_the_foot_lists_the_first_and_an_index_all(make_site: MakeSite) -> None:
    count = FOOT_CAP + 5
    site = make_site(pages(count))
    site.build()
    first = [f"/news/p-{n}/" for n in reversed(range(count))]
    for page in ("index.html", "p-3/index.html", "2021/10/18/port/index.html", "pages/index.html"):
        assert linked(site.read(page), FOOT) == [*first[:FOOT_CAP], "/news/pages/"], page
    index = site.read("pages/index.html")
    assert linked(index, '//main//ul[contains(@class, "counts")]//a') == first
    assert "خبر" not in "".join(Html(index).words("//main//ul"))
    assert "/pages/</loc>" in site.read("sitemaps/pages.xml")


def test_an_index_comes_and_goes_with_a_page(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site(pages(FOOT_CAP + 1))
    site.build()
    assert (site.root / "output/pages/index.html").is_file()
    (site.root / "content/pages/p-0.md").unlink()
    site.build()
    assert not (site.root / "output/pages").exists() and site.digest() == site.cold(tmp_path / "cold")


def test_a_title_in_another_language_says_so(make_site: MakeSite) -> None:
    files = pages(FOOT_CAP + 1)
    files["content/pages/p-12.md"] = "---\ntitle: Apple sues Samsung (again)\nweight: 0\nlang: en\n---\nSome words.\n"
    site = make_site(files)
    site.build()
    for page, where in (("index.html", "//footer"), ("pages/index.html", '//main//ul[contains(@class, "counts")]')):
        (link,) = Html(site.read(page)).all(f'{where}//a[@href="/news/p-12/"]')
        assert (link.get("lang"), link.get("dir")) == ("en", "ltr")


def test_a_site_does_not_grow_by_the_square_of_its_standing_pages(make_site: MakeSite) -> None:
    sizes = []
    for count in (100, 200, 400):
        site = make_site(pages(count))
        site.build()
        sizes.append(sum(len(site.read(f"p-{number}/index.html")) for number in range(count)))
    assert sizes[2] - sizes[1] < 2.1 * (sizes[1] - sizes[0])
