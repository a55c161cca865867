"""A link that leads nowhere is found wherever it stands, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mujaz.check.links import Dead, dead_links
from mujaz.config.settings import load_config
from mujaz.model.content import File, Heading, PictureReference, Place, Reference, Standing
from mujaz.site.links import Resolver
from tests.support.cpu_time import within
from tests.support.sites import Site, article
from tests.support.whole_site import HOME
from tests.support.whole_site import whole as whole

ABOUT = "content/pages/about.md"
PORT = "2021/10/18/port/index.html"


def test_every_link_fragment_and_picture_of_the_site_leads_somewhere(whole: Site) -> None:
    assert dead_links(whole.root / "output", HOME) == []


@pytest.mark.parametrize(
    ("planted", "target"),
    [
        ('<a href="/news/no-such-page/">', "/news/no-such-page/"),
        ('<a href="/elsewhere/">', "/elsewhere/"),
        ('<a href="../../nowhere/">', "../../nowhere/"),
        ('<a href="https://example.org/news/2021/13/">', "https://example.org/news/2021/13/"),
        ('<a href="#nothing">', f"{PORT}#nothing"),
        ('<a href="/news/about/#nothing">', "about/index.html#nothing"),
        ('<img alt="" src="/news/assets/gone.jpg">', "/news/assets/gone.jpg"),
        ('<img alt="" srcset="/news/favicon.svg 1w, /news/gone.webp 2w">', "/news/gone.webp"),
        ('<link rel="stylesheet" href="/news/gone.css">', "/news/gone.css"),
        ('<video poster="/news/gone.png">', "/news/gone.png"),
        ('<meta property="og:image" content="https://example.org/news/gone.png">', "https://example.org/news/gone.png"),
        ('<meta http-equiv="refresh" content="0; url=/news/gone/">', "/news/gone/"),
        ('<a href="/news/%D8%BA%D8%A7%D8%A6%D8%A8/">', "/news/%D8%BA%D8%A7%D8%A6%D8%A8/"),
    ],
)
def test_a_planted_dead_link_is_found(whole: Site, tmp_path: Path, planted: str, target: str) -> None:
    output = tmp_path / "output"
    for path in whole.paths():
        if not path.endswith("/") and not path.startswith("."):
            (output / path).parent.mkdir(parents=True, exist_ok=True)
            (output / path).write_bytes((whole.root / "output" / path).read_bytes())
    page = output / PORT
    page.write_text(page.read_text(encoding="utf-8").replace("<main", planted + "<main", 1), encoding="utf-8")
    assert dead_links(output, HOME) == [Dead(path=PORT, target=target)]


def test_a_dead_address_in_a_feed_a_sitemap_or_a_stylesheet_is_found(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<a href='x'></a>", encoding="utf-8")
    (tmp_path / "feed.xml").write_text("<link>https://example.org/news/gone/</link>", encoding="utf-8")
    (tmp_path / "sitemap.xml").write_text("<loc>https://example.org/news/lost/</loc>", encoding="utf-8")
    (tmp_path / "robots.txt").write_text("Sitemap: https://other.example/sitemap.xml\n", encoding="utf-8")
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/main.css").write_text(
        "@font-face{src:url(gone.woff2)} a{b:url('../index.html')}", encoding="utf-8"
    )
    found = [(dead.path, dead.target) for dead in dead_links(tmp_path, HOME)]
    assert found == [("assets/main.css", "gone.woff2"), ("feed.xml", f"{HOME}/gone/"), ("sitemap.xml", f"{HOME}/lost/")]


@pytest.mark.parametrize("address", ["http://a℀b/", "http://[x/", "https://[::1/"])
def test_an_address_that_is_none_is_no_link_of_ours(address: str, make_site: Callable[..., Site]) -> None:
    site = make_site({"content/a.md": article(f"'{address}'", slug="a", body=f"نص {address} نص.")})
    site.build()
    assert dead_links(site.root / "output", "https://example.org/news") == []


def test_a_heading_is_named_alike_from_its_own_article_and_from_others(make_site: Callable[..., Site]) -> None:
    site = make_site(
        {
            "content/a.md": article(slug="a", id="a", body="## ميناء\n\n## رصيف {#dock}\n\n[ر](#dock) [م](#ميناء)"),
            "content/b.md": article(slug="b", id="b", body="[ر](a.md#dock) [م](a.md#ميناء) [و](a.md#u-dock)"),
        }
    )
    site.build()
    assert site.read("2021/10/18/b/index.html").count('/2021/10/18/a/#u-dock"') == 2
    assert dead_links(site.root / "output", "https://example.org/news") == []


@pytest.fixture
def resolver(make_site: Callable[..., Site]) -> Resolver:
    """Of a site with a page of 60,000 headings and 5,000 documents."""
    headings = tuple(Heading(level=2, id=f"h-{number}", text="") for number in range(60_000))
    documents = [f"content/pages/report-of-the-port-{number}.pdf" for number in range(5_000)]
    return Resolver(
        config=load_config(make_site().root / "config.yaml").config,
        by_source={ABOUT: Standing(kind="page", name="about", source=ABOUT, title="", headings=headings)},
        by_id={},
        addresses={ABOUT: "about/"},
        files={path: File(path=path, digest="", size=1) for path in documents},
        unpublished=frozenset(),
        not_understood=frozenset(),
    )


def test_links_to_a_text_of_thousands_of_headings_cost_no_square(resolver: Resolver) -> None:
    links = [Reference(target=f"about.md#{number}", place=Place()) for number in range(58_000, 60_001)]
    with within(4):
        found = resolver.links(ABOUT, links)
    assert found[0] == "/news/about/#h-58000"
    assert [problem.message.id for problem in resolver.problems] == ["no-such-heading"]


def test_dead_links_are_not_all_compared_with_all_files(resolver: Resolver) -> None:
    near = Reference(target="report-on-the-port-1.pdf", place=Place())
    unlike = [Reference(target=f"{number}{'سنوي' * 9}.pdf", place=Place()) for number in range(100)]
    with within(8):
        assert set(resolver.links(ABOUT, [near, *unlike, near])) == {None}
    helps = [problem.help.id for problem in resolver.problems if problem.help]
    assert helps == ["did-you-mean", *["name-content-or-page"] * 101]


def test_what_is_not_there_is_not_looked_for_in_all_files_each_time(resolver: Resolver) -> None:
    """Ids of stories, and a name that thousands of files have; an archive may have thousands of such mistakes."""
    own = f"{ABOUT.rpartition('/')[0]}/a/index.md"
    story = Standing(kind="page", name="a", source=own, title="")
    resolver.by_source = {f"content/2021/10/story-{number}/index.md": story for number in range(3_000)}
    resolver.by_id = dict.fromkeys(map(str, range(100_000, 120_000)))  # type: ignore[arg-type]
    dead = [Reference(target=f"../gone-{number}/index.md", place=Place()) for number in range(1_000)]
    missing = [PictureReference(src=f"{number}.jpg", alt="", place=Place()) for number in range(1_000)]
    with within(6):
        assert set(resolver.links(ABOUT, dead)) == {None}
        assert {resolver.picture(ABOUT, one) for one in missing} == {None}
        assert {resolver.offers.id(f"10{number}x") is None for number in range(2_000)} == {False, True}


def test_of_a_few_files_of_one_name_the_nearest_is_offered(resolver: Resolver) -> None:
    for number in range(3):
        resolver.files[f"content/{'x/' * number}plan.pdf"] = File(path="", digest="", size=1)  # type: ignore[index]
    resolver.links(ABOUT, [Reference(target="gone/plan.pdf", place=Place())])
    assert "'../plan.pdf'" in str(resolver.problems[0].help)
