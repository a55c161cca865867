"""Files of an old site are found by every address that its texts give them."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from mujaz.importing.addresses import Book
from mujaz.importing.bundle import Bundle
from mujaz.importing.incoming import Incoming
from mujaz.importing.media import in_site, name_for, uploads, written_in

STORY = Incoming(origin="content/posts/a.md", key="x", title="", date="", body="", names=("/content/posts/a.md",))
OLD = "https://old.example/wp-content/uploads/2021/11"


@pytest.mark.parametrize(
    ("src", "name"),
    [
        (f"{OLD}/%D8%B5%D9%88%D8%B1%D8%A9.jpg", "صورة.jpg"),
        (f"{OLD}/قاعة-أطفال.jpg", "قاعة-أطفال.jpg"),
        (f"{OLD}/photo.jpg?w=604", "photo.jpg"),
        (f"{OLD}/photo-300x200.jpg", "photo.jpg"),
        (f"{OLD}/large-1024x768.jpg", "large-scaled.jpg"),
        ("https://i0.wp.com/old.example/wp-content/uploads/2021/11/photo.jpg?ssl=1", "photo.jpg"),
        ("https://old.files.wordpress.com/2021/11/photo.jpg", "photo.jpg"),
        ("https://i1.wp.com/old.files.wordpress.com/2021/11/photo.jpg?resize=9", "photo.jpg"),
        ("/content/images/size/w600/2021/11/photo.jpg", "photo.jpg"),
        (f"{OLD}/photo-e1612345678901.jpg", "photo-e1612345678901.jpg"),
        (f"{OLD}/photo-e1612345678901-300x200.jpg", "photo-e1612345678901.jpg"),
        (f"{OLD}/large-e1612345678901.jpg", None),
        (f"{OLD}/../../../secret.jpg", None),
        ("http://[x/", None),
        (f"{OLD}/%ff.jpg", None),
    ],
)
def test_an_upload_is_found(src: str, name: str | None, tmp_path: Path) -> None:
    folder = tmp_path / "uploads/2021/11"
    folder.mkdir(parents=True)
    (tmp_path / "secret.jpg").write_bytes(b"x")
    edited = "photo-e1612345678901.jpg"
    for file in ("صورة.jpg", unicodedata.normalize("NFD", "قاعة-أطفال.jpg"), "photo.jpg", "large-scaled.jpg", edited):
        (folder / file).write_bytes(b"x")
    found = uploads(tmp_path / "uploads")(STORY, src)
    assert (unicodedata.normalize("NFC", found.name) if found else None) == name


def test_a_picture_with_the_name_of_a_size_is_no_size_where_an_editor_put_it(tmp_path: Path) -> None:
    """One that was cut out of another, or shows somebody else."""
    for file in ("uploads/2021/11/anna.jpg", "uploads/2021/11/anna-300x300.jpg"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_bytes(b"x")
    small = f"{OLD}/anna-300x300.jpg"
    for find, src, name in (
        (uploads(tmp_path / "uploads"), small, "anna.jpg"),
        (uploads(tmp_path / "uploads", uploaded=[small]), small, "anna-300x300.jpg"),
        (in_site(tmp_path), "/uploads/2021/11/anna-300x300.jpg", "anna-300x300.jpg"),
    ):
        found = find(STORY, src)
        assert found is not None and found.name == name


def test_a_file_of_a_static_site_is_found_beside_the_article_or_where_all_are(tmp_path: Path) -> None:
    for file in ("content/posts/a.jpg", "static/img/b.jpg", "content/images/c d.jpg"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_bytes(b"x")
    find = in_site(tmp_path)
    for src, name in (("a.jpg", "a.jpg"), ("/img/b.jpg?v=1", "b.jpg"), ("{static}/images/c%20d.jpg", "c d.jpg")):
        found = find(STORY, src)
        assert found is not None and found.name == name
    assert find(STORY, "https://x.example/a.jpg") is None and find(STORY, "../../../etc/passwd") is None


def test_a_picture_within_its_address_becomes_a_file() -> None:
    assert written_in("data:image/png;base64,iVBORw0K") == ("png", b"\x89PNG\r\n")
    assert written_in("data:image/jpeg,%ff%d8") == ("jpg", b"\xff\xd8")
    assert written_in("data:image/svg+xml,<svg/>") is None and written_in("data:image/png;base64,=") is None


def test_a_name_is_one_that_every_system_can_hold() -> None:
    assert name_for(unicodedata.normalize("NFD", "أ.jpg"), ()) == "أ.jpg"
    assert name_for("a.JPG", {"A.jpg"}) == "a-2.JPG"
    assert name_for("con.jpg", ()) == "x-con.jpg" and name_for("a\u202e?b.jpg", ()) == "a--b.jpg"


def test_a_frame_of_youtube_stays_where_its_host_without_cookies_is_allowed() -> None:
    """The build asks that host for it, whatever the old site did."""
    hosts = ("www.youtube-nocookie.com",)
    bundle = Bundle(story=STORY, title="", book=Book(), find=lambda story, src: None, iframes=hosts)
    assert bundle.frame("https://www.youtube.com/embed/4czjS9h4Fpg")
    assert not bundle.frame("https://www.youtube.com/watch?v=4czjS9h4Fpg") and not bundle.frame("https://v.example/1")
