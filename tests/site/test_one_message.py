"""One mistake gives one message, and the message offers what can be written instead."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from mujaz.messages.errors import SiteError
from tests.support.sites import CONFIG, Site, article
from tests.support.whole_site import FONTS, picture

MakeSite = Callable[..., Site]


def warned(site: Site) -> list[str]:
    return [re.sub("[\u2068\u2069]", "", str(one)) for one in site.build().warnings]


def test_a_copied_id_gives_one_message(make_site: MakeSite) -> None:
    site = make_site(
        {
            **FONTS,
            "config.yaml": CONFIG.replace("cards: false\n", ""),
            "content/a.md": article("خبر", id="port", slug="a"),
            "content/b.md": article("آخر", id="port", slug="b"),
        }
    )
    assert site.problems() == [
        "content/b.md:5:5: the id 'port' is also that of content/a.md\n"
        "  help: give one of them another id; an id is for ever, so change the newer one"
    ]


def test_a_file_of_that_name_elsewhere_is_offered_with_its_folder(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/2021/10/a.md": article(
                "خبر", slug="a", image="{src: fire.jpg, alt: نار}", body="[خبر](b.md) [جدول](table.pdf) [ج](tabel.pdf)"
            ),
            "content/2021/09/b.md": article("آخر", slug="b", date="2021-09-18"),
            "content/photos/fire.jpg": picture(16, 16),
            "content/files/table.pdf": "جدول",
        }
    )
    offers = [problem.splitlines()[1].strip() for problem in site.problems()]
    assert sorted(offers) == [
        "help: did you mean '../../files/table.pdf'?",
        "help: did you mean '../../files/table.pdf'?",
        "help: did you mean '../../photos/fire.jpg'?",
        "help: did you mean '../09/b.md'?",
    ]


def test_a_heic_picture_is_told_how_to_export(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/a.md": article("خبر", slug="a", image="{src: IMG.HEIC, alt: نار}", body="![نار](two.heif)"),
            "content/b.md": article("آخر", slug="b", image="{src: called.jpg, alt: نار}"),
            "content/IMG.HEIC": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64,
            "content/called.jpg": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64,
        }
    )
    problems = site.problems()
    assert len(problems) == 3
    assert all("HEIC" in one and "help: export it as JPEG" in one for one in problems)


def test_texts_of_other_programs_among_articles_are_named_by_the_build(make_site: MakeSite) -> None:
    """But for those that some article links to, one that is not shown too."""
    site = make_site(
        {
            "content/a.md": article("خبر", slug="a", body="[ملف](linked.docx)"),
            "content/gone.md": article("خبر سُحب", slug="gone", withdrawn="لم يثبت", body="[ملف](old.txt)"),
            **{f"content/{name}": "نص" for name in ("linked.docx", "old.txt", "note.txt", "2021/خبر.DOCX", "hits.csv")},
        }
    )
    told = [line.splitlines() for line in warned(site)]
    assert [(one[0], "save its text" in one[1]) for one in told] == [
        ("content/2021/خبر.DOCX: warning: 'خبر.DOCX' is not read: articles end in .md", True),
        ("content/note.txt: warning: 'note.txt' is not read: articles end in .md", False),
    ]


def test_an_alias_that_does_nothing_is_told_and_left_out(make_site: MakeSite) -> None:
    aliases = "[/old/, /old, /Old/index.html, /2021/10/18/a/, /s/port, /2021/10/18/a/index.html, /new/]"
    site = make_site({"content/a.md": article("خبر", id="port", slug="a", aliases=aliases)})
    assert [line.splitlines()[0].rpartition("warning: ")[2] for line in warned(site)] == [
        "the alias '/old' is written twice",
        "the alias '/Old/index.html' is written twice",
        "the alias '/2021/10/18/a/' is the story's own address",
        "the alias '/s/port' is the story's own address",
        "the alias '/2021/10/18/a/index.html' is the story's own address",
    ]
    assert {"old/index.html", "new/index.html"} <= set(site.paths())


def test_what_two_pages_want_is_told_in_arabic_alone(make_site: MakeSite) -> None:
    """Pages that no article is: an edition, a feed, a list, a story in the search. Only paths stay in Latin letters."""
    aliases = "[/2021/10/18/, /feed.xml, /politics/, /archive/, /2021/w42/, /sitemap.xml, /2021/10/, /robots.txt/x,"
    aliases += " /search/, /search/stories/port.json/x]"
    files = {
        "config.yaml": CONFIG.replace("search: false\n", ""),
        "content/a.md": article("خبر", id="port", slug="a", aliases=aliases),
    }
    with pytest.raises(SiteError) as caught:
        make_site(files).build()
    told = [problem.message.text("ar") for problem in caught.value.problems]
    assert len(told) > 8 and any("البحث" in text for text in told)
    said = [re.sub("\u2068[^\u2069 ]*\u2069", "", text) for text in told]
    assert [text for text in said if re.search("[A-Za-z]{2,}", text)] == []


def test_a_section_by_the_name_that_readers_see_is_offered_its_key(make_site: MakeSite) -> None:
    for written in ("سياسة", "السياسة", "سياسه"):
        problems = make_site({"content/a.md": article("خبر", slug="a", section=written)}).problems()
        assert len(problems) == 1 and "help: write politics" in problems[0]
