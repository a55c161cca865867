"""What its readers saw of an old site comes or is told, and what they did not see is held: kinds that exports have."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from mujaz.cli import cli
from tests.support.sites import Site

MakeSite = Callable[..., Site]
PART = "a part of it was hidden"
WXR = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:wp="http://wordpress.org/export/1.2/"><channel>{}</channel></rss>'
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:blogger="http://schemas.google.com/blogger/2018"'
    ' xmlns:georss="http://www.georss.org/georss"><id>tag:blogger.com,1999:blog-1</id>{}</feed>'
)


def brought(site: Site, source: Path, *more: str) -> tuple[str, dict[str, str]]:
    """What is said, and all imported texts of the site, by their names."""
    command = ["import", str(source), "--section", "sport", "--now", "2021-12-01", "--site", str(site.root), *more]
    ended = CliRunner().invoke(cli, command)
    assert ended.exit_code == 0, (ended.output, ended.exception)
    found = {path.parent.name: path.read_text() for path in sorted(site.root.glob("content/*/*/*/index.md"))}
    return ended.output, found


def held(found: dict[str, str]) -> set[str]:
    return {name for name, text in found.items() if "\ndraft: true\n" in text}


def ghost(folder: Path, *posts: dict[str, object]) -> Path:
    usual = {"title": "خبر", "status": "published", "published_at": "2021-11-09T10:00:00.000Z", "html": "<p>نص</p>"}
    rows = [{**usual, "id": f"{n}", "slug": f"p{n}", **one} for n, one in enumerate(posts)]
    folder.mkdir(exist_ok=True)
    (folder / "ghost.json").write_text(json.dumps({"db": [{"data": {"posts": rows}}]}))
    return folder / "ghost.json"


HIDES = (
    "height:0;overflow:hidden", "OVERFLOW-Y : hidden ; max-height : 0px", "width:1px; height:1px; overflow:hidden",
    "color:transparent", "position:absolute;clip:rect(0,0,0,0)", "clip-path: inset(50%)", "transform: scale(0)",
    "opacity:.0", "filter:opacity(0%)", "margin-left:-9999px", "content-visibility:hidden", "top:-99em",
    "display:/* */none!important", "display:&#110;one", "font-size:0px",
)  # fmt: skip
SHOWS = (
    "position:relative;padding-bottom:56%;height:0;overflow:hidden", "background-color:transparent", "opacity:0.9",
    "height:0.5em;overflow:hidden", "left:-50%", "margin-left:-20px", "overflow:hidden", "height:0", "font-size:10px",
)  # fmt: skip


@pytest.mark.parametrize("style", HIDES + SHOWS)
def test_what_a_style_shows_to_nobody_is_held_in_whatever_words(
    make_site: MakeSite, tmp_path: Path, style: str
) -> None:
    """Files of no height keep the shape of a film by a padding, which shows it."""
    part = f'<div style="{style}">سر</div>'
    old = Site(tmp_path / "old").write(
        {
            "hugo.toml": "markup.goldmark.renderer.unsafe = true\n",
            "content/p.md": f"---\ntitle: خبر\ndate: 2021-11-09\n---\n\nقبل\n\n{part}\n\nبعد\n",
        }
    )
    for source in (old.root, ghost(tmp_path, {"html": f"<p>نص</p>{part}"})):
        said, found = brought(make_site(), source)
        assert bool(held(found)) is (style in HIDES) is (PART in said), source


def test_what_opens_where_a_reader_presses_is_held(make_site: MakeSite, tmp_path: Path) -> None:
    said, found = brought(make_site(), ghost(tmp_path, {"html": "<p>نص</p><div popover>سر</div>"}))
    assert held(found) == {"p0"} and PART in said


def entry(name: str, more: str = "", *, status: str = "LIVE", body: str = "نص") -> str:
    """An entry as Takeout writes it: its labels have the number of the blog as their scheme."""
    return (
        f"<entry><id>tag:blogger.com,1999:blog-1.post-{name}</id><blogger:type>POST</blogger:type>"
        f"<blogger:status>{status}</blogger:status><author><name>كاتب</name><blogger:type>BLOGGER</blogger:type></author>"
        f"<title>خبر {name}</title><content type='html'>{body}</content><published>2021-11-09T10:00:00Z</published>"
        f"<blogger:metaDescription/><blogger:filename>/2021/11/{name}.html</blogger:filename><link/>{more}</entry>"
    )


def test_an_export_of_blogger_by_takeout_has_its_labels_its_bin_and_its_towns(
    make_site: MakeSite, tmp_path: Path
) -> None:
    labels = "".join(f'<category scheme="tag:blogger.com,1999:blog-1" term="{one}"/>' for one in ("علوم", "كرة"))
    entries = (
        entry("p1", f"{labels}<blogger:trashed/><georss:featurename>الدوحة</georss:featurename>"),
        entry("p2", "<blogger:trashed>2021-11-20T10:00:00Z</blogger:trashed>"),
        entry("p3", "<blogger:location/>", status="SOFT_TRASHED"),
    )
    (tmp_path / "feed.atom").write_text(ATOM.format("".join(entries)))
    said, found = brought(make_site(), tmp_path / "feed.atom")
    assert 'tags: ["علوم", "كرة"]' in found["p1"] and "section: science" in found["p1"]
    assert held(found) == {"p2", "p3"} and said.count("was in the bin") == 2
    assert "the key 'featurename' has no place here: الدوحة" in said and said.count("has no place here") == 1


def test_an_export_is_known_in_utf_16_too(make_site: MakeSite, tmp_path: Path) -> None:
    """As a feed, which it was taken for, its drafts, pages and comments were stories of another paper."""
    exports = {
        "feed.atom": ATOM.format(entry("p1") + entry("p2", status="DRAFT")),
        "old.xml": WXR.format(""),
        "ghost.json": ghost(tmp_path, {}).read_text(),
    }
    said = ""
    for name, text in exports.items():
        (tmp_path / name).write_text(text, "utf-16")
        said += brought(make_site(), tmp_path / name)[0]
    assert "(blogger): 2" in said and "(wordpress): 0" in said and "(ghost): 1" in said


SHOWN = "<img src='https://blogger.googleusercontent.com/img/b/R29/{}/{}/{}'>"


def test_a_picture_is_known_by_its_name_alone_where_that_is_of_one_picture(make_site: MakeSite, tmp_path: Path) -> None:
    """Blogger calls what is pasted `image.png`: each story had the picture of another."""
    shown = {
        "p1": SHOWN.format("AVx1", "s320", "image.png") + SHOWN.format("AVx2", "s320", "one.png"),
        "p2": SHOWN.format("AVx3", "s320", "image.png") + SHOWN.format("AVx2", "w640-h480", "one.png"),
        "p3": SHOWN.format("AVx4", "s320", "two.png"),
    }
    files: dict[str, str | bytes] = dict.fromkeys(("image.png", "one.png", "a/two.png", "b/two.png"), b"x")
    media = Site(tmp_path / "media").write(files)
    entries = (entry(name, body=html.escape(body)) for name, body in shown.items())
    (tmp_path / "feed.atom").write_text(ATOM.format("".join(entries)))
    site = make_site()
    said, found = brought(site, tmp_path / "feed.atom", "--media", str(media.root))
    assert sorted(path.name for path in site.root.glob("content/2021/11/p*/*.png")) == ["one.png", "one.png"]
    for name in ("image.png", "two.png"):
        assert f"several files have the name {name}" in said
        assert any(f"[{name}](https" in text for text in found.values())
    assert "several files have the name one.png" not in said


def test_a_story_of_another_site_with_an_address_of_one_comes_or_is_told(make_site: MakeSite, tmp_path: Path) -> None:
    """Blogger calls posts with Arabic titles `blog-post.html`: two blogs that come together have many such."""
    site = make_site()
    told = []
    for blog, title, day in ((1, "أول", "09"), (2, "ثان", "10"), (3, "ثالث", "09"), (4, "أول", "20")):
        text = entry("blog-post").replace("blog-1.", f"blog-{blog}.").replace("خبر blog-post", title)
        (tmp_path / "feed.atom").write_text(ATOM.format(text.replace("2021-11-09", f"2021-11-{day}")))
        said, found = brought(site, tmp_path / "feed.atom")
        told.append(said)
    assert set(found) == {"blog-post", "blog-post-2"} and 'title: "ثان"' in found["blog-post-2"]
    assert "with another title, which did not come: “ثالث”" in told[2]
    assert "there already: 1" in told[3] and "did not come" not in told[3]


def test_an_export_of_after_a_move_to_another_host_brings_no_story_twice(make_site: MakeSite, tmp_path: Path) -> None:
    """WordPress's usual addresses are those of the articles here, which so have no old address."""
    site = make_site()
    text = (
        "<item><title>خبر</title><link>https://old.example/2021/11/09/port/</link><wp:post_id>1</wp:post_id>"
        "<wp:post_date>2021-11-09 12:00:00</wp:post_date><wp:post_name>port</wp:post_name>"
        "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>"
    )
    for host in ("old", "new"):
        (tmp_path / "old.xml").write_text(WXR.format(text.replace("old.example", f"{host}.example")))
        said, found = brought(site, tmp_path / "old.xml")
    assert set(found) == {"port"} and "there already: 1" in said


def test_ghost_has_the_time_of_greenwich_and_its_posts_styles_of_their_own(make_site: MakeSite, tmp_path: Path) -> None:
    times = ("2021-11-09 22:30:00", 1636497000000, "2021-11-09T22:30:00.000Z")
    rows = [{"published_at": one} for one in times]
    hides = {"codeinjection_head": "<style>.note{display:none}</style>"}
    said, found = brought(make_site(), ghost(tmp_path, *rows, hides, {"codeinjection_head": "<style>p{}</style>"}))
    assert all("\ndate: 2021-11-10 01:30:00+03:00\n" in found[f"p{n}"] for n in range(3))
    assert held(found) == {"p3"} and said.count(PART) == 1


def item(name: str, more: str, link: str = "") -> str:
    return (
        f"<item><title>خبر {name}</title><link>https://old.example{link or f'/2021/11/09/{name}/'}</link>"
        f"<content:encoded>نص</content:encoded><wp:post_id>{name[1:]}</wp:post_id>"
        f"<wp:post_date>2021-11-09 14:00:00</wp:post_date><wp:post_name>{name}</wp:post_name>"
        f"<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{more}</item>"
    )


def test_a_language_comes_however_a_plug_in_says_it_or_is_told(make_site: MakeSite, tmp_path: Path) -> None:
    def fields(language: str) -> str:
        values = {"_wpml_import_language_code": language, "_wpml_import_translation_group": "7"}
        return "".join(
            f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value></wp:postmeta>"
            for key, value in values.items()
        )

    items = (
        item("p1", "<category domain='language' nicename='english'>English</category>"),
        item("p2", "", "/en/2021/11/09/p2/"),
        item("p3", "", "/2021/11/09/p3/?lang=fr"),
        item("p4", fields("en")),
        item("p5", fields("ar")),
        item("p6", "", "/sport/p6/"),
    )
    (tmp_path / "e.xml").write_text(WXR.format("".join(items)))
    said, found = brought(make_site(), tmp_path / "e.xml")
    languages = {name: text.split('lang: "')[1][:2] for name, text in found.items() if "\nlang: " in text}
    assert languages == {"p2": "en", "p3": "fr", "p4": "en"} and "translation_of" in found["p4"]
    assert "its language has no code, so it comes in that of the site: english" in said
    old = Site(tmp_path / "old").write(
        {"_config.yml": "", "_posts/2021-11-09-p.md": "---\ntitle: خبر\nlang: english\n---\nنص\n"}
    )
    assert "its language has no code" in brought(make_site(), old.root)[0]


def test_the_texts_of_the_other_collections_of_jekyll_are_told(make_site: MakeSite, tmp_path: Path) -> None:
    text = "---\ntitle: خبر\ndate: 2021-11-09\n---\nنص\n"
    settings = "collections_dir: all\ncollections:\n  posts: {output: yes}\n  essays: {output: yes}\n  notes: {}\n"
    files = {f"all/{name}.md": text for name in ("_essays/a", "_essays/in/b", "_notes/c", "_posts/2021-11-09-p")}
    old = Site(tmp_path / "old").write({"_config.yml": settings, **files})
    said, found = brought(make_site(), old.root)
    assert set(found) == {"p"} and "_essays: of kind essays: 2" in said and "notes" not in said


@pytest.mark.parametrize(
    ("settings", "date", "made"),
    [
        ({"hugo.toml": "timeZone = 'America/New_York'"}, "2021-11-09 22:30:00", "2021-11-10 06:30:00+03:00"),
        ({"hugo.toml": "timeZone = 'America/New_York'"}, "2021-11-09T22:30:00Z", "2021-11-10 01:30:00+03:00"),
        ({"hugo.toml": "timeZone = 'America/New_York'"}, "2021-11-09", "2021-11-09"),
        ({"hugo.toml": "timeZone = 'Nowhere'"}, "2021-11-09 22:30:00", "2021-11-09 22:30:00+03:00"),
        ({"pelicanconf.py": "TIMEZONE = 'Europe/London'"}, "2021-11-09 22:30", "2021-11-10 01:30:00+03:00"),
    ],
)
def test_a_time_without_a_zone_is_of_the_zone_of_its_site(
    make_site: MakeSite, tmp_path: Path, settings: dict[str, str], date: str, made: str
) -> None:
    old = Site(tmp_path / "old").write({**settings, "content/p.md": f"---\ntitle: خبر\ndate: {date}\n---\nنص\n"})
    _, found = brought(make_site(), old.root)
    assert f"\ndate: {made}\n" in found["p"]
