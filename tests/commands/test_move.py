"""`move`: files and folders get another name; addresses, ids and links stay."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from mujaz.content import moving
from tests.commands.test_cli import Run
from tests.commands.test_cli import run as run
from tests.support.recordings import mp3, mp4, webm
from tests.support.sites import Site, article
from tests.support.whole_site import FONTS, picture

MakeSite = Callable[..., Site]
AT = ("--now", "2021-12-01T12:00:00+00:00")
LINKS = """\
انظر [الناتو](../2021/nato/index.md#h) و[هو](../2021/nato) و[باسمه](2021/nato.md) و<a href="../2021/nato.md">هو</a>
و[مرجع][r] و![صورة](../2021/nato/pic%20one.png "شرح | وكالة").

    ](../2021/nato/index.md)

[r]: ../2021/nato/index.md "عنوان"
"""
NATO = """\
انظر [الآخر](../../other/b.md) و[صفحة](/archive/) و![صورة](<pic one.png> "شرح") و[خارج](https://example.org/nato.md).

## h
"""


@pytest.fixture
def paper(make_site: MakeSite) -> Site:
    return make_site(FONTS).write(
        {
            "content/2021/nato/index.md": article(
                "الناتو",
                body=NATO,
                image="{src: pic one.png, alt: صورة}  # الأولى",
                related="[../../other/b.md, c, content/other/c.md]",
            ),
            "content/2021/nato/pic one.png": picture(),
            "content/other/b.md": article("خبر", id="b", slug="b", body=LINKS, related="[2021/nato, nato-id]").replace(
                "\n", "\r\n"
            ),
            "content/other/c.md": article("خبر", id="c", slug="c", unrelated="[content/2021/nato/index.md]"),
            "content/nato-id.md": article("اسم", id="nato-id", slug="n"),
            "content/pages/about.md": "---\ntitle: عنا\n---\n\nانظر [الناتو](../2021/nato/index.md).\n",
        }
    )


def site_without_stamps(site: Site) -> dict[str, str]:
    site.build()
    return site.digest()


@pytest.mark.parametrize(
    ("old", "new", "now"),
    [
        ("content/2021/nato", "content/archive/x/", "content/archive/x/nato/index.md"),
        ("content/2021/nato", "content/2021/alliance", "content/2021/alliance/index.md"),
        ("content/2021", "content/old", "content/old/nato/index.md"),
        ("content/2021/nato/index.md", "content/nato.md", "content/nato.md"),
        ("content/other", "content/2021/nato/other", "content/2021/nato/index.md"),
        ("content/other/b.md", "content/other/b/index.md", "content/2021/nato/index.md"),
        ("content/2021/nato/pic one.png", "content/pictures/", "content/2021/nato/index.md"),
        ("content/other/c.md", "content/2021/nato/", "content/2021/nato/index.md"),
    ],
)
def test_the_site_stays_byte_for_byte(paper: Site, run: Run, old: str, new: str, now: str) -> None:
    before = site_without_stamps(paper)
    code, out, err = run(paper.root, "move", old, new)
    assert (code, err) == (0, "") and " is now " in out
    assert not os.path.lexists(paper.root / old) and (paper.root / now).is_file()
    report = paper.build()
    assert not report.moved and not report.warnings
    assert paper.digest() == before


def test_every_way_to_name_a_file_is_followed_and_nothing_else(paper: Site, run: Run) -> None:
    run(paper.root, "move", "content/2021/nato", "content/archive/2021-nato")
    b = (paper.root / "content/other/b.md").read_bytes()
    assert b.count(b"\r\n") == b.count(b"\n")
    text = b.decode().replace("\r\n", "\n")
    for written in (
        "[الناتو](../archive/2021-nato/index.md#h)",
        "[هو](../archive/2021-nato)",
        "[باسمه](archive/2021-nato/index.md)",  # from the content folder, as it was
        'href="../archive/2021-nato/index.md"',
        "](../archive/2021-nato/pic%20one.png ",
        '[r]: ../archive/2021-nato/index.md "عنوان"',
        "    ](../2021/nato/index.md)",  # code
        "related: [archive/2021-nato, nato-id]",  # an id is no path
    ):
        assert written in text, text
    nato = (paper.root / "content/archive/2021-nato/index.md").read_text(encoding="utf-8")
    assert "\nid: " in nato and "image: {src: pic one.png, alt: صورة}  # الأولى" in nato
    assert nato.replace("\n" + next(row for row in nato.split("\n") if row.startswith("id: ")), "") == article(
        "الناتو",
        body=NATO,
        image="{src: pic one.png, alt: صورة}  # الأولى",
        related="[../../other/b.md, c, content/other/c.md]",
    )


def test_a_dry_run_says_all_and_does_nothing(paper: Site, run: Run) -> None:
    before = {path: path.read_bytes() for path in paper.root.rglob("*") if path.is_file()}
    code, out, _ = run(paper.root, "move", "--dry-run", "content/2021/nato", "content/n")
    assert code == 0 and "a dry run: nothing is changed" in out
    for told in (
        "content/2021/nato/index.md: id: ",
        "content/other/b.md: ",
        "content/2021/nato is now content/n (2 files)",
    ):
        assert told in out
    after = {path: path.read_bytes() for path in paper.root.rglob("*") if path.is_file() and ".mujaz" not in path.parts}
    assert after == before
    assert "تجربة" in run(paper.root, "move", "--dry-run", "content/2021/nato", "content/n", "--lang", "ar")[1]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("content/other/x.md", "content/y.md", "is not there"),
        ("content/other/b.md", "b.md", "is not below content/"),
        ("content/other/b.md", "content/../b.md", "is not below content/"),
        ("content/other/b.md", "../b.md", "is not below content/"),
        ("config.yaml", "content/config.yaml", "is not below content/"),
        ("content", "content/x", "is not below content/"),
        ("content/other/b.md", "content/.x/b.md", "is hidden"),
        ("content/other/b.md", "content/other/c.md", "is there already"),
        ("content/other/b.md", "content/2021/nato.md", "is there already"),  # beside its bundle
        ("content/other/b.md", "content/other/c.md/b.md", "is there already"),
        ("content/other/b.md", "content/new", "must end in '.md'"),
        ("content/other/b.md", "content/other/con.md", "reserved name on Windows"),
        ("content/other/b.md", "content/a:b/c.md", "which no file on Windows"),
        ("content/other", "content/other.", "ends in a dot"),
        ("content/other", "content/other/inside", "into itself"),
        ("content/other", "content/other.md", "must end in '/'"),
        ("content/pages/about.md", "content/pages/us.md", "its address"),
        ("content/pages", "content/p", "its address"),
        ("content/other/b.md", "content/tags/", "its address"),
        ("content/nato-id.md", "content/authors/", "its address"),
    ],
)
def test_what_cannot_be_moved_is_refused_and_nothing_changes(
    paper: Site, run: Run, old: str, new: str, why: str
) -> None:
    before = {path: path.read_bytes() for path in paper.root.rglob("*") if path.is_file()}
    code, _, err = run(paper.root, "move", old, new)
    assert code == 2 and why in err
    after = {path: path.read_bytes() for path in paper.root.rglob("*") if path.is_file() and ".mujaz" not in path.parts}
    assert after == before


def test_links_to_and_through_are_refused(paper: Site, run: Run, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (paper.root / "content/out").symlink_to(outside)
    (paper.root / "content/link.md").symlink_to(paper.root / "content/other/b.md")
    for old, new in (("content/other/b.md", "content/out/"), ("content/link.md", "content/l.md")):
        code, _, err = run(paper.root, "move", old, new)
        assert code == 2 and "symbolic link" in err
    assert not list(outside.iterdir())


def test_an_article_with_a_broken_front_matter_is_mended_first(paper: Site, run: Run) -> None:
    paper.write({"content/other/b.md": "---\ntitle: [\n---\n\nنص\n"})
    code, _, err = run(paper.root, "move", "content/other/b.md", "content/other/d.md")
    assert code == 2 and "has errors" in err
    assert run(paper.root, "move", "content/other/c.md", "content/other/d.md")[0] == 0  # another one is no hindrance


def test_what_could_not_be_looked_at_is_not_moved_without_its_id(paper: Site, run: Run) -> None:
    """A folder took along what was too large, or in the hands of another user, and its id went with its old name."""
    long, folder = paper.root / "content/2021/long.md", paper.root / "content/2021"
    paper.write({"content/2021/long.md": article("خبر", body="كلمة " * 200_000)})
    for old, new in ((folder, "content/old"), (long, "content/other/long.md")):
        code, _, err = run(paper.root, "move", str(old.relative_to(paper.root)), new)
        assert code == 2 and "'content/2021/long.md' has errors" in err and long.is_file()
    assert run(paper.root, "move", "content/other/c.md", "content/other/d.md")[0] == 0  # another one is no hindrance
    long.unlink()
    assert run(paper.root, "move", "content/2021", "content/old")[0] == 0


def test_a_link_that_cannot_be_followed_stops_before_anything_changes(paper: Site, run: Run) -> None:
    text = article("خبر", id="b", slug="b", body="انظر [هو](../2021/&#110;ato/index.md) و[هو](../2021/na\\_to.md).")
    paper.write({"content/other/b.md": text, "content/2021/na_to.md": article("آخر", id="u", slug="u")})
    paper.build()
    code, _, err = run(paper.root, "move", "content/2021", "content/old")
    if code:
        assert "cannot be followed" in err and (paper.root / "content/2021").is_dir()
        assert (paper.root / "content/other/b.md").read_text(encoding="utf-8") == text
    else:
        assert not paper.build().warnings


@pytest.mark.parametrize("writes", range(5))
def test_cut_off_anywhere_the_same_again_does_the_rest(
    paper: Site, run: Run, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    before = site_without_stamps(paper)
    done = iter(range(writes))
    real = moving.replace_whole

    def cut(path: Path, raw: bytes, was: bytes) -> None:
        if next(done, None) is None:
            raise OSError(28, "No space left on device", str(path))
        real(path, raw, was)

    with monkeypatch.context() as patched:
        patched.setattr(moving, "replace_whole", cut)
        code, *_ = run(paper.root, "move", "content/2021", "content/old")
    assert code == 1 or not (paper.root / "content/2021").exists()
    if code:
        assert run(paper.root, "move", "content/2021", "content/old")[0] == 0
    paper.build()
    assert paper.digest() == before


@pytest.mark.parametrize("undoes", [True, False], ids=["undone", "the disk is full too"])
def test_a_rename_that_can_never_be_done_leaves_every_link_as_it_was(
    paper: Site, run: Run, monkeypatch: pytest.MonkeyPatch, undoes: bool
) -> None:
    """The new place is on another disk: no link may lead there, and no line may deny what was written."""
    content = paper.root / "content"
    before = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    real = moving.replace_whole

    def other_disk(old: Path, new: Path) -> None:
        raise OSError(18, "Invalid cross-device link", str(old))

    def full(path: Path, raw: bytes, was: bytes) -> None:
        if raw == before[path]:
            raise OSError(28, "No space left on device", str(path))
        real(path, raw, was)

    monkeypatch.setattr(moving.os, "rename", other_disk)
    if not undoes:
        monkeypatch.setattr(moving, "replace_whole", full)
    code, _, err = run(paper.root, "move", "content/2021", "content/old")
    after = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    assert code == 1
    assert (after == before, "nothing was written" in err, "a part was written" in err) == (undoes, undoes, not undoes)


def test_words_that_look_like_a_link_stay_and_what_is_a_link_follows(make_site: MakeSite, run: Run) -> None:
    words = 'قال ](n.md) و href=n.md.\n\n>     [هو](n.md)\n\n<pre>src="n.md"</pre>\n\n- بند\n\n        [هو](n.md)\n'
    link = '\n[هو][1] و<a href="n.md">هو</a>.\n\n- بند\n\n    [هو](n.md)\n\n[1]: n.md\n'
    text = article("خبر", id="b", slug="b", body=words + link)
    site = make_site(FONTS).write({"content/b.md": text, "content/n.md": article("ن", id="n", slug="n")})
    before = site_without_stamps(site)
    assert run(site.root, "move", "content/n.md", "content/x/n.md")[0] == 0
    wanted = article("خبر", id="b", slug="b", body=words + link.replace("n.md", "x/n.md"))
    assert (site.root / "content/b.md").read_text(encoding="utf-8") == wanted
    assert site_without_stamps(site) == before


def test_letters_of_a_link_stay_letters_where_its_blanks_are_encoded(make_site: MakeSite, run: Run) -> None:
    site = make_site(FONTS).write(
        {
            "content/a.md": article("خبر", id="a", slug="a", body="[هو](ميناء%20أول/ب.md) و[هو](%D9%85%D9%8A.md)"),
            "content/ميناء أول/ب.md": article("خبر", id="b", slug="b"),
            "content/مي.md": article("خبر", id="c", slug="c"),
        }
    )
    assert run(site.root, "move", "content/ميناء أول", "content/رصيف أول")[0] == 0
    assert run(site.root, "move", "content/مي.md", "content/د.md")[0] == 0
    assert "[هو](رصيف%20أول/ب.md) و[هو](%D8%AF.md)" in (site.root / "content/a.md").read_text(encoding="utf-8")


def test_names_with_a_number_sign_or_a_percent_sign_are_followed(make_site: MakeSite, run: Run) -> None:
    """They end no path but that of a link, and a pin is a path as it stands."""
    body = "![رصيف](quay#2.png)\n\n![رصيف](100%25.png)\n\n[الثاني](no%25.md#h)"
    site = make_site(FONTS).write(
        {
            "content/port/a.md": article(
                "خبر", id="a", slug="a", body=body, image="{src: quay#2.png, alt: رصيف}", related='["no%.md", "c#1.md"]'
            ),
            "content/port/no%.md": article("خبر", id="b", slug="b", body="## h"),
            "content/port/c#1.md": article("خبر", id="c", slug="c"),
            "content/port/quay#2.png": picture(),
            "content/port/100%.png": picture(colour=(1, 2, 3)),
        }
    )
    before = site_without_stamps(site)
    for old, new in (
        ("port/quay#2.png", "50% #/quay#2.png"),
        ("port/100%.png", "50% #/100%.png"),
        ("port/c#1.md", "50% #/c#%41.md"),
        ("port/no%.md", "no%.md"),
        ("50% #", "60% #1.d"),
        ("port/a.md", "a#%41.md"),
    ):
        code, _, err = run(site.root, "move", f"content/{old}", f"content/{new}")
        assert (code, err) == (0, ""), old
        site.build()
        assert site.digest() == before, old


def test_the_file_of_hits_is_not_moved_behind_the_back_of_the_settings(paper: Site, run: Run) -> None:
    config = (paper.root / "config.yaml").read_text(encoding="utf-8")
    paper.write({"config.yaml": config + "most_read: {source: content/other/hits.txt}\n", "content/other/hits.txt": ""})
    code, _, err = run(paper.root, "move", "content/other", "content/others")
    assert code == 2 and "config.yaml" in err and (paper.root / "content/other").is_dir()


def test_film_and_the_original_of_a_translation_are_followed(make_site: MakeSite, run: Run) -> None:
    site = make_site(FONTS).write(
        {
            "content/a.md": article("خبر", id="a", slug="a", body="![رحلة](films/trip.mp4)"),
            "content/en/a.md": article("Story", id="b", slug="b", lang="en", translation_of="../a.md"),
            "content/films/trip.mp4": mp4(5),
        }
    )
    before = site_without_stamps(site)
    assert run(site.root, "move", "content/films", "content/clips")[0] == 0
    assert run(site.root, "move", "content/a.md", "content/2021/a.md")[0] == 0
    assert "![رحلة](clips/trip.mp4)" in (site.root / "content/2021/a.md").read_text("utf-8")
    assert "translation_of: ../2021/a.md" in (site.root / "content/en/a.md").read_text("utf-8")
    site.build()
    assert site.digest() == before


# ---------------------------------------------------------------- what goes by a film's name


def film(make_site: MakeSite, **more: bytes | str) -> Site:
    """A story with a film that has a poster and captions in two languages."""
    return make_site(FONTS).write(
        {
            "content/a.md": article(id="a", slug="a", body="![رحلة](films/trip.mp4)\n\n![صورة](films/trip-2.png)"),
            "content/films/trip.mp4": mp4(5),
            "content/films/trip.png": picture(),
            "content/films/trip-2.png": picture(colour=(9, 9, 9)),
            "content/films/trip.vtt": "WEBVTT\n\n00:00.000 --> 00:01.000\nنص\n",
            "content/films/trip.en.vtt": "WEBVTT\n\n00:00.000 --> 00:01.000\ntext\n",
            **{f"content/films/{name.replace('_', '.')}": raw for name, raw in more.items()},
        }
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("trip.mp4", "content/films/journey.mp4"),
        ("trip.mp4", "content/clips/"),
        ("trip.en.vtt", "content/clips/journey.en.vtt"),
        ("trip.png", "content/journey.png"),
    ],
)
def test_a_films_poster_and_captions_come_along(make_site: MakeSite, run: Run, old: str, new: str) -> None:
    site = film(make_site)
    before = len(site_without_stamps(site))
    assert 'poster="' in site.read("2021/10/18/a/index.html")
    code, out, err = run(site.root, "move", f"content/films/{old}", new)
    assert (code, err) == (0, "") and out.count(" comes along as ") == 3
    assert [path.name for path in (site.root / "content/films").iterdir() if path.stem.startswith("trip")] == [
        "trip-2.png"
    ]
    assert site.build().warnings == ()
    assert len(site.digest()) == before
    page = site.read("2021/10/18/a/index.html")
    assert 'poster="' in page and page.count("<track ") == 2
    assert "no article shows or links to this file" not in run(site.root, "check", *AT)[1]


def test_two_recordings_that_share_captions_move_together(make_site: MakeSite, run: Run) -> None:
    site = film(make_site, trip_webm=webm(5))
    assert run(site.root, "move", "content/films/trip.webm", "content/clips/journey.webm")[0] == 0
    moved = sorted(path.name for path in (site.root / "content/clips").iterdir())
    assert moved == ["journey.en.vtt", "journey.mp4", "journey.png", "journey.vtt", "journey.webm"]


def test_captions_may_change_their_language_alone(make_site: MakeSite, run: Run) -> None:
    site = film(make_site)
    code, out, _ = run(site.root, "move", "content/films/trip.en.vtt", "content/films/trip.fr.vtt")
    assert code == 0 and " comes along as " not in out
    site.build()
    assert 'srclang="fr"' in site.read("2021/10/18/a/index.html")


def test_a_film_is_not_moved_where_its_poster_would_stand_over_another_file(make_site: MakeSite, run: Run) -> None:
    site = film(make_site)
    before = {path: path.read_bytes() for path in (site.root / "content").rglob("*") if path.is_file()}
    code, _, err = run(site.root, "move", "content/films/trip.mp4", "content/films/trip-2.mp4")
    assert code == 2 and "'content/films/trip-2.png' is there already" in err
    assert {path: path.read_bytes() for path in (site.root / "content").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("renames", range(4))
def test_a_film_that_is_cut_off_from_its_captions_gets_them_by_the_same_again(
    make_site: MakeSite, run: Run, monkeypatch: pytest.MonkeyPatch, renames: int
) -> None:
    site = film(make_site)
    done = iter(range(renames))
    real = os.rename

    def cut(old: Path, new: Path) -> None:
        if next(done, None) is None:
            raise OSError(28, "No space left on device", str(old))
        real(old, new)

    words = ("move", "content/films/trip.mp4", "content/clips/journey.mp4")
    with monkeypatch.context() as patched:
        patched.setattr(moving.os, "rename", cut)
        assert run(site.root, *words)[0] == 1
    assert run(site.root, *words)[0] == 0
    site.build()
    page = site.read("2021/10/18/a/index.html")
    assert 'poster="' in page and page.count("<track ") == 2


def test_a_lone_article_and_its_folder_keep_what_they_name(make_site: MakeSite, run: Run) -> None:
    """The file alone names what stays behind from its new place; the folder takes it along."""
    body = "![رحلة](trip.mp4)\n\n[جدول](table.pdf)\n\n<audio src='say.mp3'></audio>\n\n[مرجع][r]\n\n[r]: table.pdf"
    files = {"trip.mp4": mp4(5), "trip.png": picture(), "trip.vtt": "WEBVTT\n", "say.mp3": mp3(3)}
    files |= {"table.pdf": "جدول", "t.csv": "a,b\n1,2\n", "lead.png": picture(colour=(4, 5, 6))}
    head = {"image": "{src: lead.png, alt: صورة}", "data": "{t: t.csv}"}
    site = make_site(FONTS).write({f"content/quay/{name}": raw for name, raw in files.items()})
    site.write({"content/quay/index.md": article(id="a", slug="a", body=body, **head)})
    before = len(site_without_stamps(site))
    for old, new in (("quay/index.md", "2021/quay.md"), ("quay", "old/pier"), ("old/pier/trip.mp4", "quay.mp4")):
        assert run(site.root, "move", f"content/{old}", f"content/{new}")[0] == 0
        assert site.build().warnings == ()
    assert "](../quay.mp4)" in (site.root / "content/2021/quay.md").read_text("utf-8")
    assert len(site.digest()) == before
