"""A second export of an old site that lived on: no story comes twice, and what changed there is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.test_import_addresses import brought, export, item
from tests.support.sites import Site

MakeSite = Callable[..., Site]
MODIFIED = "<wp:post_modified>2021-11-20 10:00:00</wp:post_modified>"
# What a story was, what it is in a second export, and what is told.
CHANGES = {
    "nothing": (item("p1"), item("p1"), ""),
    "nothing since it was changed": (item("p1", more=MODIFIED), item("p1", more=MODIFIED), ""),
    "withdrawn": (item("p1"), item("p1", status="private"), "held or not for all readers, and here it is published"),
    "still held": (item("p1", status="private"), item("p1", status="trash"), ""),
    "released": (item("p1", "/?p=1", "draft"), item("p1"), "it is published, and here it is a draft; see why"),
    "released with its address": (item("p1", "/?p=1", "draft"), item("p1"), "has the address /p1/, which leads"),
    "rewritten": (item("p1"), item("p1", more=MODIFIED), "changed on 2021-11-20 10:00, later than here"),
    "renamed": (item("p1"), item("p1", "/new/"), "it has the address /new/, which leads nowhere here"),
    "of the address of an archive": (item("p1"), item("p1", "/2021/11/"), ""),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_in_an_archive_is_told_by_a_second_run(make_site: MakeSite, tmp_path: Path, change: str) -> None:
    site = make_site()
    before, after, told = CHANGES[change]
    _, first = brought(site, export(tmp_path, before))
    said, second = brought(site, export(tmp_path, after))
    assert first == second and "there already: 1" in said
    assert told in said if told else "in the archive" not in said


def test_what_an_editor_did_meanwhile_stays_and_is_no_change_of_the_archive(
    make_site: MakeSite, tmp_path: Path
) -> None:
    """Under another name, with another headline, a later change, and withdrawn."""
    site = make_site()
    _, found = brought(site, export(tmp_path, item("p1")))
    text = (
        found["p1"].replace("خبر p1", "عنوان جديد").replace("section:", "updated: 2021-11-25\nwithdrawn: خطأ\nsection:")
    )
    (site.root / "content/2021/11/p1").rename(site.root / "content/2021/11/q1")
    (site.root / "content/2021/11/q1/index.md").write_text(text)
    said, found = brought(site, export(tmp_path, item("p1", status="private", more=MODIFIED)))
    assert found == {"q1": text} and "in the archive" not in said


def test_drafts_that_were_asked_for_are_no_news(make_site: MakeSite, tmp_path: Path) -> None:
    """Each of them was told again by a run that brings the rest, and hid what had changed."""
    site, source = make_site(), export(tmp_path, item("p1"))
    brought(site, source, "--draft")
    assert "in the archive" not in brought(site, source, "--draft")[0]
    assert "here it is a draft" in brought(site, source)[0]


def test_a_story_whose_file_was_renamed_comes_once(make_site: MakeSite, tmp_path: Path) -> None:
    """Hugo's own way to keep an address: the old one stands among its aliases."""
    site, old = make_site(), Site(tmp_path / "old")
    text = "---\ntitle: خبر\ndate: 2021-11-09\n{}---\n\nنص\n"
    old.write({"hugo.toml": "", "content/posts/a.md": text.format("")})
    brought(site, old.root)
    (old.root / "content/posts/a.md").unlink()
    old.write({"content/posts/b.md": text.format("aliases: [/posts/a/]\n")})
    said, found = brought(site, old.root)
    assert set(found) == {"a"} and "there already: 1" in said
    assert "it has the address /posts/b/, which leads nowhere here" in said


def test_sites_of_one_host_have_numbers_of_their_own(make_site: MakeSite, tmp_path: Path) -> None:
    """WordPress keeps many sites, such as editions in other languages, below folders of one host."""
    site = make_site()
    blog = "<wp:base_blog_url>https://old.example/{}</wp:base_blog_url>"
    brought(site, export(tmp_path, blog.format("ar"), item("p1", "/ar/p1/")))
    other = export(
        tmp_path, blog.format("en/"), item("p1", "/en/q1/").replace("خبر p1", "خبر آخر").replace("نص", "كلام")
    )
    for _ in range(2):
        said, found = brought(site, other)
        assert len(found) == 2 and "كلام" in "".join(found.values()) and "in the archive" not in said


ENTRY = "<id>urn:1</id><title>خبر</title><published>2021-11-09T10:00:00Z</published><updated>{}</updated>"
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:blogger="http://schemas.google.com/blogger/2018">{}</feed>'
EXPORTS = {  # with a hole for the time of the last change
    "feed": ATOM.format(f"<title>جريدة</title><entry>{ENTRY}<content>نص</content></entry>"),
    "blogger": ATOM.format(
        f"<entry><blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status>{ENTRY}"
        "<content type='html'>نص</content><blogger:filename>/a.html</blogger:filename></entry>"
    ),
    "ghost": '{{"data": {{"posts": [{{"id": "1", "title": "خبر", "slug": "a", "html": "<p>نص</p>",'
    ' "status": "published", "published_at": "2021-11-09T10:00:00Z", "updated_at": "{}"}}]}}}}',
}


@pytest.mark.parametrize("system", EXPORTS)
def test_a_later_change_is_told_of_every_export_that_has_its_time(
    make_site: MakeSite, tmp_path: Path, system: str
) -> None:
    site, source = make_site(), tmp_path / "export"
    for time, changed in (
        ("2021-11-10T10:00:00Z", False),
        ("2021-11-10T10:00:00Z", False),
        ("2021-11-20T07:00:00Z", True),
    ):
        source.write_text(EXPORTS[system].format(time))
        said, found = brought(site, source)
        assert f"({system}): 1" in said and len(found) == 1
        assert ("changed on 2021-11-20 10:00, later than here" in said) is changed
