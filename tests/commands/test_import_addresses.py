"""Every old address of an article leads to it, or is told."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from click.testing import CliRunner

from mujaz.cli import cli
from mujaz.importing import addresses
from tests.support.sites import Site

MakeSite = Callable[..., Site]
LOST = "its old address is none that a page here can have"
WXR = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:wp="http://wordpress.org/export/1.2/"><channel>{}</channel></rss>'
)


def brought(site: Site, source: Path, *more: str) -> tuple[str, dict[str, str]]:
    """What is said, and all imported texts of the site, by their names."""
    command = ["import", str(source), "--section", "sport", "--now", "2021-12-01", "--site", str(site.root), *more]
    ended = CliRunner().invoke(cli, command)
    assert ended.exit_code == 0, (ended.output, ended.exception)
    found = {path.parent.name: path.read_text() for path in sorted(site.root.glob("content/*/*/*/index.md"))}
    return ended.output, found


def item(name: str, link: str = "", status: str = "publish", more: str = "") -> str:
    return (
        f"<item><title>خبر {name}</title><link>https://old.example{escape(link) or f'/{name}/'}</link>"
        f"<content:encoded>نص</content:encoded><wp:post_id>{name[1:]}</wp:post_id>"
        f"<wp:post_date>2021-11-09 14:00:00</wp:post_date><wp:post_name>{name}</wp:post_name>"
        f"<wp:status>{status}</wp:status><wp:post_type>post</wp:post_type>{more}</item>"
    )


def export(folder: Path, *items: str) -> Path:
    (folder / "old.xml").write_text(WXR.format("".join(items)))
    return folder / "old.xml"


# An address that no file of a site can have, and whether it is told: a home page is that of all.
ADDRESSES = {
    "/?p=1": True, "/en/p1/?lang=en": True, "/a:b/": True, "/p1%20": True, "/%C7%E1%E3/": True, "/{p1}/": True,
    "": False, "/": False, "/p1": False, "/p1?utm_source=rss&utm_medium=rss": False, "/p1?utm_source=rss&id=3": True,
}  # fmt: skip


@pytest.mark.parametrize(("link", "is_told"), ADDRESSES.items())
def test_an_old_address_that_no_page_can_have_is_told(
    make_site: MakeSite, tmp_path: Path, link: str, is_told: bool
) -> None:
    said, found = brought(make_site(), export(tmp_path, item("p1", link or "/")))
    assert (LOST in said) is is_told and (not is_told or f"https://old.example{link}" in said)
    assert ("\naliases:" in found["p1"]) is (link.startswith("/p1") and not is_told)


def test_a_name_that_leads_nobody_anywhere_is_no_address() -> None:
    assert not list(addresses.lost(["urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a", "tag:old.example,2021:p1"]))


def test_an_address_of_what_no_reader_saw_is_not_told(make_site: MakeSite, tmp_path: Path) -> None:
    said, _ = brought(make_site(), export(tmp_path, item("p1", "/?p=1", "draft"), item("p2", "/?p=2", "future")))
    assert LOST not in said


# Of settings that are not understood no address is made up.
UNCLEAR = {
    "hugo": ("hugo.toml", "[permalinks]\nposts = '/:06/:slug/'", "content/posts/a.md", "{/:06/:slug/}"),
    "jekyll": ("_config.yml", "permalink: /:path/", "_posts/2021-11-09-a.md", "{/:path/}"),
    "pelican": ("pelicanconf.py", "ARTICLE_URL = PATH + '{slug}'", "content/a.md", "/{ARTICLE_URL}"),
}


@pytest.mark.parametrize("system", UNCLEAR)
def test_an_address_that_is_not_known_is_told_as_it_is_made(make_site: MakeSite, tmp_path: Path, system: str) -> None:
    settings, said, name, shown = UNCLEAR[system]
    text = "---\ntitle: خبر\ndate: 2021-11-09\nslug: a\n---\n\nنص\n"
    old = Site(tmp_path / "old").write({settings: said + "\n", name: text})
    told, found = brought(make_site(), old.root)
    assert f"{LOST}, so links to it lead nowhere: {shown}" in told and "aliases" not in found["a"]


def test_the_pages_of_a_post_lead_to_it(make_site: MakeSite, tmp_path: Path) -> None:
    """An article here has one page; links to the others were cut off, and readers of them met none."""
    text = "<content:encoded>أول&lt;!--nextpage--&gt;ثان&lt;!--nextpage--&gt;ثالث</content:encoded>"
    posts = (
        item("p1", "/a/").replace("<content:encoded>نص</content:encoded>", text),
        item("p2").replace("نص<", "&lt;a href='/a/3/'&gt;بقيته&lt;/a&gt;<"),
    )
    site = make_site()
    said, found = brought(site, export(tmp_path, *posts))
    assert 'aliases: ["/a/", "/a/2/", "/a/3/"]' in found["p1"]
    assert "[بقيته](2021/11/p1/index.md)" in found["p2"] and "became text" not in said
    site.build()
    assert "2021/11/09/p1/" in site.read("a/3/index.html")


PNG = b"\x89PNG\r\n\x1a\n"
BELOW = {
    "hugo.toml": ('baseURL = "https://{}/"\n', "content/posts/{}.md", "/posts/{}/"),
    "_config.yml": ("url: https://{}\nbaseurl: ''\n", "_posts/2021-11-09-{}.md", "/2021/11/09/{}.html"),
    "pelicanconf.py": ("SITEURL = 'https://{}'\n", "content/{}.md", "/{}.html"),
}


@pytest.mark.parametrize("settings", BELOW)
def test_the_addresses_of_a_site_in_a_folder_have_the_folder(
    make_site: MakeSite, tmp_path: Path, settings: str
) -> None:
    """The paper of the test lives at https://example.org/news; a host that moved a folder may send readers on without
    its name.
    """
    said, name, address = BELOW[settings]
    text = "---\ntitle: خبر {0}\ndate: 2021-11-09\nslug: {0}\n---\n\nنص [آخر](/{1}) ![صورة](https://{2}/files/a.png)\n"
    for host, made in (
        ("old.example/blog", [f"/blog{address.format('p')}", address.format("p")]),
        ("example.org/news", [address.format("p")]),
        ("example.org/blog", [f"/blog{address.format('p')}", address.format("p")]),
        ("old.example", [address.format("p")]),
    ):
        folder = host.partition("/")[2]
        link = f"{folder}{address.format('q')}".lstrip("/")
        old = Site(tmp_path / host).write(
            {settings: said.format(host), **{name.format(n): text.format(n, link, host) for n in "pq"}}
        )
        (old.root / "files").mkdir()
        (old.root / "files/a.png").write_bytes(PNG)
        _, found = brought(make_site(), old.root)
        listed = ", ".join(f'"{one}"' for one in made)
        assert f"aliases: [{listed}]" in found["p"], (host, found["p"])
        assert "[آخر](2021/11/q/index.md)" in found["p"] and "![صورة](a.png)" in found["p"], (host, found["p"])


def test_an_old_address_at_the_host_of_the_paper_is_one_below_its_folder(make_site: MakeSite, tmp_path: Path) -> None:
    """Else it would lie at /news/news/a/, where nobody looks."""
    link = "&lt;a href='https://example.org/news/a/'&gt;آخر&lt;/a&gt;<"
    posts = [item("p1", "/news/a/"), item("p2", "/newsroom/b/").replace("نص<", link)]
    source = export(tmp_path, *(one.replace("old.example", "example.org") for one in posts))
    _, found = brought(site := make_site(), source)
    assert 'aliases: ["/a/"]' in found["p1"] and 'aliases: ["/newsroom/b/"]' in found["p2"]
    assert "[آخر](2021/11/p1/index.md)" in found["p2"]
    again, _ = brought(site, source)
    assert "/news/a/" not in again
    _, found = brought(make_site(), export(tmp_path, posts[0]))
    assert 'aliases: ["/news/a/"]' in found["p1"]


def test_a_link_of_jekyll_finds_a_post_whatever_ending_its_file_has(make_site: MakeSite, tmp_path: Path) -> None:
    """`jekyll new` names its first post `.markdown`."""
    text = "---\ntitle: خبر\n---\n\nنص [آخر]({% post_url 2021-11-09-q %})\n"
    files = {"_posts/2021-11-09-p.md": text, "_posts/2021-11-09-q.markdown": text}
    _, found = brought(make_site(), Site(tmp_path / "old").write({"_config.yml": "", **files}).root)
    assert "[آخر](2021/11/q/index.md)" in found["p"] and "[آخر](2021/11/q/index.md)" in found["q"]
