"""A paper's own look reaches all that it writes, and nothing of another paper's is left on one that sets none."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from mujaz.assets import fonts
from mujaz.cli import cli
from mujaz.model.colours import DARK, LIGHT
from tests.support.sites import NOW, Site, article

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 60"><path d="M0 0h9v9z"/></svg>\n'
FONT = fonts.family("plex-bold.woff2").read_bytes()
LOOK = """\
look:
  accent: "#7a1024"
  paper: "#fffbe8"
  ink: "#2a1a10"
  dark: {paper: "#101014"}
  logo: logo.svg
  logo_dark: night.svg
  icon: icon.png
  faces: {heads: fonts/ours.ttf}
  footer: كلمات التذييل
"""
CONFIG = """\
site: {title: الشراع, base_url: https://example.org, tag: "example.org,2021", timezone: Asia/Qatar}
sections: {politics: {name: سياسة}}
pictures: {widths: [60]}
"""


def icon(side: int = 512, height: int = 0) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (side, height or side), (122, 16, 36)).save(file, "PNG")
    return file.getvalue()


def own(root: Path) -> Site:
    files: dict[str, str | bytes] = {
        "config.yaml": CONFIG + LOOK,
        "content/a.md": article("خبر معلن", id="a", slug="a"),
        "layouts/static/logo.svg": LOGO,
        "layouts/static/night.svg": LOGO,
        "layouts/static/icon.png": icon(),
        "layouts/fonts/ours.ttf": fonts.family("plex-bold.woff2").read_bytes(),
    }
    return Site(root).write(files)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = own(tmp_path_factory.mktemp("own"))
    assert site.build().warnings == ()
    return site


def texts(site: Site) -> dict[str, str]:
    kinds = (".html", ".css", ".js", ".xml", ".json", ".svg", ".txt", ".webmanifest", ".opml")
    return {path: site.read(path) for path in site.paths() if path.endswith(kinds) and "/pagefind" not in path}


def test_colours_reach_pages_feeds_mails_and_the_manifest(site: Site) -> None:
    found = texts(site)
    [main] = (text for path, text in found.items() if path.startswith("assets/main."))
    [feed] = (text for path, text in found.items() if path.startswith("assets/feed."))
    for text in (main, feed, found["2021/10/18/email.html"]):
        assert {"#7a1024", "#fffbe8", "#2a1a10", "#101014"} - set(re.findall(r"#[0-9a-f]{6}", text)) <= (
            {"#7a1024"} if text == feed else set()
        )
    for text in found.values():
        assert not {LIGHT.accent, LIGHT.paper, LIGHT.ink, DARK.accent, DARK.paper} & set(
            re.findall("#[0-9a-f]{6}", text)
        )
    manifest = json.loads(found["site.webmanifest"])
    assert (manifest["background_color"], manifest["theme_color"]) == ("#fffbe8", "#7a1024")
    assert re.findall(r'theme-color" content="(#\w+)"', found["index.html"]) == ["#fffbe8", "#101014"]
    with Image.open(site.root / "output/cards/a.png") as card:
        assert card.convert("RGB").getpixel((2, 2)) == (0xFF, 0xFB, 0xE8)


def test_the_logo_stands_in_the_place_of_the_name_and_says_it(site: Site) -> None:
    for path in ("index.html", "2021/10/18/a/index.html", "404.html"):
        page = site.read(path)
        images = re.findall(r'<img class="for-(light|dark)" src="([^"]+)" alt="([^"]+)" width="240" height="60">', page)
        assert images == [("light", "/logo.svg", "الشراع"), ("dark", "/night.svg", "الشراع")]
        assert "assets/logo." in page


def test_icons_of_all_sizes_are_made_from_the_picture(site: Site) -> None:
    sizes = {"favicon.png": 96, "apple-touch-icon.png": 180, "icon-192.png": 192, "icon-512.png": 512}
    for name, size in sizes.items():
        with Image.open(site.root / "output" / name) as picture:
            assert picture.size == (size, size)
    home = site.read("index.html")
    assert '<link rel="icon" href="/favicon.png" type="image/png">' in home and "favicon.svg" not in site.paths()
    assert '<meta property="og:image" content="https://example.org/icon-512.png">' in home


def test_a_face_of_the_papers_own_is_cut_as_ours_are(site: Site) -> None:
    [heads] = (site.root / "output/assets").glob("heads.*.woff2")
    assert heads.read_bytes()[:4] == b"wOF2" and heads.stat().st_size < 20_000
    page = site.read("index.html")
    assert f"/assets/{heads.name}" in page and "plex-bold" not in page
    [main] = (path for path in site.paths() if path.startswith("assets/main."))
    assert heads.name in site.read(main)


def test_the_footer_has_the_papers_words(site: Site) -> None:
    assert "كلمات التذييل" in site.read("index.html") and "كلمات التذييل" in site.read("2021/10/18/email.html")
    assert "كلمات التذييل" in site.read("2021/10/18/email.txt")


def test_a_change_of_look_renders_what_shows_it_and_equals_a_cold_build(site: Site, tmp_path: Path) -> None:
    warm, cold = own(tmp_path / "warm"), own(tmp_path / "cold")
    warm.build()
    changes = {"config.yaml": CONFIG + LOOK.replace("#7a1024", "#10307a"), "layouts/static/icon.png": icon(600)}
    warm.write(changes).build()
    cold.write(changes).build()
    assert warm.digest() == cold.digest() != site.digest()


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"layouts/static/logo.svg": "<svg/>"}, "neither a PNG nor an SVG with a size"),
        *(
            ({"layouts/static/logo.svg": LOGO.replace("240", side)}, "neither a PNG nor an SVG with a size")
            for side in ("1e999", "e", "1.2.3", "1e300", "9" * 400)
        ),
        ({"layouts/static/logo.svg": '<svg width="." height="1e"/>'}, "neither a PNG nor an SVG with a size"),
        ({"layouts/static/logo.svg": LOGO.replace(' xmlns="http://www.w3.org/2000/svg"', "")}, "no browser shows it"),
        ({"layouts/static/logo.svg": LOGO.replace("<path", '<use xlink:href="#a"/><path')}, "no browser shows it"),
        ({"layouts/static/logo.svg": "<html>" + LOGO + "</html>"}, "no browser shows it"),
        ({"layouts/static/logo.svg": b"\x1f\x8b" + LOGO.encode()}, "no browser shows it"),
        *(
            (
                {"config.yaml": CONFIG + "look: {logo: icon.png}\n", "layouts/static/icon.png": raw},
                "no browser shows it",
            )
            for raw in (icon()[:-1], icon()[:30], icon().replace(b"IDAT", b"IDAX"), icon()[:8])
        ),
        *(
            ({"layouts/fonts/ours.ttf": raw}, "fonts/ours.ttf is no font that can be read")
            for raw in (FONT[:5_000], FONT[: len(FONT) // 2], b"wOF2" + bytes(100), b"", FONT.replace(b"glyf", b"glyg"))
        ),
        ({"layouts/static/icon.png": icon()[:-40]}, "config.yaml: the picture 'icon.png' is damaged"),
        ({"layouts/static/icon.png": icon()[:40]}, "config.yaml: the picture 'icon.png' is"),
        ({"layouts/static/icon.png": icon(100)}, "the icon 'icon.png' is 100×100; it must be square, of 512"),
        ({"layouts/static/icon.png": icon(600, 512)}, "the icon 'icon.png' is 600×512"),
        ({"config.yaml": CONFIG + "look: {logo: none.svg}\n"}, "'look.logo' names 'none.svg', which is not there"),
        (
            {"config.yaml": CONFIG + "look: {faces: {text: fonts/none.ttf}}\n"},
            "'look.faces.text' names 'fonts/none.ttf'",
        ),
        ({"layouts/fonts/ours.ttf": "no font"}, "fonts/ours.ttf is no font that can be read"),
    ],
)
def test_a_file_that_is_not_there_or_not_what_it_should_be_stops_the_build(
    files: dict[str, str | bytes], said: str, tmp_path: Path
) -> None:
    assert any(said in problem for problem in own(tmp_path).write(files).problems())


def test_nothing_of_mujazs_mark_is_left_on_a_paper_that_sets_none(tmp_path: Path) -> None:
    """Not its colours, its letter, its name, nor its leave to quote. `generator` in feeds names the program."""
    words = [str(tmp_path / "paper"), "--title", "الشراع", "--address", "https://example.net", "--yes"]
    assert CliRunner().invoke(cli, ["init", *words]).exit_code == 0
    site = Site(tmp_path / "paper")
    [first] = site.root.glob("content/20*/*/first.md")
    first.write_text(re.sub(r"(?m)^date: .*$", "date: 2021-11-30 09:00", first.read_text()))
    assert site.build(now=NOW).warnings == ()
    sample = {"0b5361", "86c9d6"}  # the accents of the sample
    for path, text in texts(site).items():
        assert not sample & set(re.findall(r"\b[0-9a-f]{6}\b", text)), path
        text = re.sub(r"<generator[^>]*>.*?</generator>", "", text)
        assert not re.search("mujaz|«موجز»|Mujaz", text), path
        assert "ويجوز الاقتباس" not in text and "Mujaz" not in text, path
    svg = site.read("favicon.svg")
    assert LIGHT.accent in svg and svg.count("<path") == 2
    other = Site(tmp_path / "other").write(
        {"config.yaml": CONFIG.replace("الشراع", "موجز"), "content/a.md": article(slug="a")}
    )
    other.build()
    assert other.read("favicon.svg") != svg, "the letter is that of the name"
