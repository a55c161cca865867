"""A site's own layouts/ folder: what lies in it is published or refused, never passed over."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.recordings import mp4
from tests.support.sites import Site, article
from tests.support.whole_site import FONTS, picture

MakeSite = Callable[..., Site]


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    return make_site({**FONTS, "content/a.md": article(slug="a")})


@pytest.mark.parametrize("place", ["static", "partials", "static/brand", "strings"])
@pytest.mark.parametrize("inside", [True, False])
def test_a_folder_that_is_a_link_is_refused(place: str, inside: bool, site: Site) -> None:
    """Its files would be missing from the site without a word."""
    brand = site.root / ("layouts/brand" if inside else "brand")
    brand.mkdir(parents=True)
    (brand / "ads.txt").write_text("x")
    link = site.root / "layouts" / place
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(os.path.relpath(brand, link.parent))
    assert site.problems() == [f"layouts/{place}: is a symbolic link to a folder\n  help: put the folder itself here"]


def test_what_is_no_file_is_refused(site: Site) -> None:
    (site.root / "layouts/static").mkdir()
    os.mkfifo(site.root / "layouts/static/pipe")
    assert site.problems() == ["layouts/static/pipe: is not a regular file\n  help: put the file itself here"]
    (site.root / "layouts/static/pipe").unlink()
    (site.root / "layouts/static/gone.txt").symlink_to("nowhere")
    (problem,) = site.problems()
    assert problem.startswith("layouts/static/gone.txt: is a symbolic link that leads nowhere")
    (site.root / "layouts/static/gone.txt").unlink()
    (site.root / "layouts/.#article.html").symlink_to("editor@host.1")  # Emacs while it is open
    site.build()


def test_a_link_to_a_file_of_the_folder_is_another_name_of_it(site: Site) -> None:
    site.write({"layouts/static/ads.txt": "x"})
    (site.root / "layouts/static/app-ads.txt").symlink_to("ads.txt")
    site.build()
    assert site.read("app-ads.txt") == "x"


def test_a_byte_order_mark_is_no_part_of_a_page(site: Site, shipped: Path) -> None:
    site.build()
    before = site.digest()
    for name in ("home.html", "partials/head.html"):
        raw = (shipped / name).read_bytes()
        site.write({f"layouts/{name}": b"\xef\xbb\xbf" + raw})
    site.build()
    assert site.digest() == before


@pytest.fixture
def shipped() -> Path:
    from mujaz.paths import SHIPPED_LAYOUTS

    return SHIPPED_LAYOUTS


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff"])
def test_an_empty_layout_of_pages_is_refused(text: str, site: Site) -> None:
    site.write({"layouts/article.html": text})
    (problem,) = site.problems()
    assert problem.startswith("layouts/article.html: the layout is empty, and so would be every page")
    (site.root / "layouts/article.html").unlink()
    site.write({"layouts/partials/most_read.html": text})  # a part may be left out
    site.build()


@pytest.mark.parametrize(
    ("text", "told"),
    {
        "brackets": ("x\n{{ " + "[" * 900 + "]" * 900 + " }}", "article.html:2:1: maximum recursion depth exceeded"),
        "conditions": ("{% if 1 %}\n" * 1_000 + "{% endif %}" * 1_000, "maximum recursion depth exceeded"),
        "digits": ("x\n{{ " + "9" * 5_000 + " }}", "article.html:2:1: exceeds the limit"),
        "loops": ("{% for a in [1] %}" * 30 + "{% endfor %}" * 30, "article.html: too many statically nested blocks"),
        "power": ("{{ (10**5000)|string }}", "exceeds the limit"),
        "half a character": ('{{ "\\ud800" }}', "the layout cannot be rendered: 'utf-8' codec can't encode"),
    }.values(),
)
def test_a_layout_that_is_no_program_is_told(text: str, told: str, site: Site) -> None:
    """What Jinja raises beside its own errors, while it parses and while it compiles."""
    [problem] = site.write({"layouts/article.html": text}).problems()
    assert problem.startswith("layouts/") and told in problem.lower()


@pytest.mark.parametrize("name", ["article.html", "partials/most_read.html", "email.txt"])
@pytest.mark.parametrize("character", ["\0", "\x1b", "\x85", "\ufffe"])
def test_a_control_character_in_a_layout_is_told_with_its_line(name: str, character: str, site: Site) -> None:
    [problem] = site.write({f"layouts/{name}": f"one\ntwo{character}\n"}).problems()
    assert problem.startswith(f"layouts/{name}:2:1: the control character U+{ord(character):04X} stands here")


def test_a_layout_that_is_not_utf8_is_told_with_its_line(site: Site) -> None:
    [problem] = site.write({"layouts/article.html": "one\n\nقال".encode("cp1256")}).problems()
    assert problem.startswith("layouts/article.html:3:1: the layout is not UTF-8")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("raise ValueError('no ' * 100_000)", "cannot be rendered: no no no"),
        ("raise Silent", "cannot be rendered:  (Silent)"),
        ("sys.exit(0)", "cannot be rendered: it ends the program with 0"),
    ],
)
@pytest.mark.parametrize("within", [True, False])
def test_a_filter_that_fails_is_told_in_few_words(error: str, told: str, within: bool, site: Site) -> None:
    """Whatever it raises, also what would end the program without a word."""
    lines = ["import sys", "class Silent(Exception):", "    def __str__(self):", "        raise ValueError"]
    lines += ["def odd(text):", f"    {error}"] if within else [error]
    site.write({"layouts/filters.py": "\n".join(lines), "layouts/article.html": "{{ 'x'|odd }}"})
    [problem] = site.problems()
    wanted = told if within else "layouts/filters.py:5:1: it cannot be run: "
    assert wanted in problem and len(problem) < 1_000


@pytest.mark.parametrize("name", ["figure", "player"])
def test_half_a_character_in_a_part_of_a_body_is_told(name: str, site: Site) -> None:
    """Where no page shows the body, feeds alone would lack it, without a word."""
    files = {f"layouts/partials/{name}.html": '{{ "\\ud800" }}', "layouts/article.html": "x"}
    body = "نص\n\n![صورة](p.png)\n\n![فيلم](f.mp4)"
    site.write({**files, "content/p.png": picture(40, 30), "content/f.mp4": mp4()})
    problems = site.write({"content/a.md": article(slug="a", body=body)}).problems()
    assert problems and all(one.startswith(f"layouts/partials/{name}.html: the layout cannot") for one in problems)


def test_an_animated_picture_is_told_where_it_is_shown(site: Site) -> None:
    """Readers see its first frame alone."""
    for name in ("a.gif", "b.webp", "c.png"):
        site.write({f"content/{name}": moving(name.rpartition(".")[2])})
    site.write({"content/p.png": picture(40, 30), "content/d.gif": moving("gif", frames=1)})
    body = "\n\n".join(f"![صورة]({name})" for name in ("a.gif", "b.webp", "c.png", "p.png", "d.gif"))
    report = site.write({"content/a.md": article(slug="a", body=body)}).build()
    told = [str(one) for one in report.warnings if one.message.id == "picture-moves"]
    assert [one.partition("'")[2].partition("'")[0] for one in told] == ["a.gif", "b.webp", "c.png"]
    assert told[0].startswith("content/a.md:8:") and "save the frame" in told[0]


def moving(format: str, frames: int = 3) -> bytes:
    import io

    from PIL import Image

    images = [Image.new("RGB", (40, 30), (80 * n, 10, 10)) for n in range(frames)]
    buffer = io.BytesIO()
    images[0].save(buffer, format.upper(), save_all=frames > 1, append_images=images[1:])
    return buffer.getvalue()
