"""What readers saw of an entry of a feed comes or is told: its words, its people, its letters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from mujaz.cli import cli
from mujaz.importing import feed
from mujaz.messages.message import Message
from tests.commands.test_import_kept_back import brought
from tests.support.sites import Site
from tests.support.whole_site import picture

MakeSite = Callable[..., Site]
SPACES = (
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)
DAY = "<pubDate>Tue, 09 Nov 2021 11:00:00 GMT</pubDate>"


def rss(*items: str, host: str = "agency.example") -> str:
    whole = "".join(f"<item>{DAY}{item}</item>" for item in items)
    return (
        f'<rss version="2.0" {SPACES}><channel><title>وكالة</title><link>https://{host}/</link>{whole}</channel></rss>'
    )


def item(words: str = "", guid: str = "7", host: str = "agency.example") -> str:
    return (
        f"<title>عنوان البند</title><guid isPermaLink='false'>{guid}</guid><link>https://{host}/n/{guid}</link>"
        f"<description>&lt;p&gt;نص &lt;a href='https://x.example/'&gt;برابط&lt;/a&gt;&lt;/p&gt;</description>{words}"
    )


def written(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "feed.xml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def brought_feed(make_site: MakeSite, source: Path, *options: str) -> tuple[str, str]:
    said, found = brought(make_site, source, *options)
    return said, "\n".join(found.values())


MEDIA = (
    "<media:content url='https://cdn.example/quay.png' medium='image'><media:title>وصف الرصيف</media:title>"
    "<media:description>شرح الرصيف</media:description><media:credit role='photographer'>عدسة ليلى</media:credit>"
    "</media:content><media:content url='https://cdn.example/crane.png' medium='image'>"
    "<media:description>شرح الرافعة</media:description><media:credit>عدسة سامي</media:credit></media:content>"
    "<media:copyright>حقوق المصور</media:copyright><itunes:summary>موجز آخر</itunes:summary>"
)


def test_words_of_pictures_stay_with_them_and_replace_no_text(make_site: MakeSite, tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "media/quay.png").write_bytes(picture())
    source = written(tmp_path, rss(item(MEDIA)))
    said, text = brought_feed(make_site, source, "--media", str(tmp_path / "media"))
    assert "نص [برابط](https://x.example/)" in text
    assert '"alt": "وصف الرصيف", "caption": "شرح الرصيف", "credit": "عدسة ليلى, حقوق المصور"' in text
    for left in ("شرح الرافعة", "عدسة سامي", "https://cdn.example/crane.png", "موجز آخر"):
        assert left in said and left not in text
    assert "شرح الرصيف" not in said and "عدسة ليلى" not in said


def test_words_of_a_picture_that_is_not_here_are_told(make_site: MakeSite, tmp_path: Path) -> None:
    said, _ = brought_feed(make_site, written(tmp_path, rss(item(MEDIA))))
    assert "was left out: وصف الرصيف | شرح الرصيف | عدسة ليلى, حقوق المصور" in said


def test_an_entry_of_a_film_has_the_words_beside_it_as_its_text(make_site: MakeSite, tmp_path: Path) -> None:
    beside = "<media:group><media:description>كلام\nالشريط</media:description></media:group>"
    entry = f"<title>شريط</title><guid>https://v.example/1</guid>{beside}"
    said, text = brought_feed(make_site, written(tmp_path, rss(entry)))
    assert "كلام\\\nالشريط" in text or "كلام<br>\nالشريط" in text or "كلام  \nالشريط" in text
    assert "كلام" not in said


def test_all_who_took_part_come_or_are_told(make_site: MakeSite, tmp_path: Path) -> None:
    people = (
        "<dc:creator>ليلى</dc:creator><author>desk@agency.example (سامي)</author><author>box@agency.example</author>"
        "<dc:contributor>منى</dc:contributor><dc:publisher>دار النشر</dc:publisher>"
        "<source url='https://first.example/feed'>الصحيفة الأولى</source>"
    )
    said, text = brought_feed(make_site, written(tmp_path, rss(item(people))))
    assert 'authors: ["ليلى", "سامي"]' in text
    assert '{"name": "الصحيفة الأولى", "url": "https://first.example/feed"}' in text and '"name": "وكالة"' in text
    assert all(one in said for one in ("box@agency.example", "منى", "دار النشر"))


def test_an_entry_without_authors_has_those_of_its_source_or_its_feed(make_site: MakeSite, tmp_path: Path) -> None:
    date = "<updated>2021-11-09T11:00:00Z</updated><content>نص</content>"
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>وكالة</title><id>f</id>'
        "<author><name>محرر الخلاصة</name></author>"
        f"<entry><title>أول</title><id>tag:a,1</id>{date}<source><title>أصل</title>"
        "<author><name>كاتب الأصل</name></author></source></entry>"
        f"<entry><title>ثان</title><id>tag:a,2</id>{date}</entry></feed>"
    )
    said, text = brought_feed(make_site, written(tmp_path, atom))
    assert 'authors: ["كاتب الأصل"]' in text and 'authors: ["محرر الخلاصة"]' in text
    assert "'source' has no place here: أصل" in said


def test_entries_of_two_feeds_with_one_number_both_come(make_site: MakeSite, tmp_path: Path) -> None:
    ours, theirs = (
        feed.read(str(written(tmp_path, rss(item(host=host), host=host)))) for host in ("a.example", "b.example")
    )
    assert ours.stories[0].key != theirs.stories[0].key
    again = feed.read(str(written(tmp_path, rss(item(host="b.example"), host="b.example"))))
    assert again.stories[0].key == theirs.stories[0].key
    whole = feed.read(str(written(tmp_path, rss(item(guid="tag:a.example,2021:7")))))
    assert whole.stories[0].key == "feed tag:a.example,2021:7"


HEAD = '<?xml version="1.0" encoding="{}"?>'


@pytest.mark.parametrize("server", ["", "; charset=iso-8859-1", "; charset=us-ascii", "; charset=utf-16"])
@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("", "utf-8"), ("utf-8", "utf-8"), ("iso-8859-1", "utf-8"), ("windows-1256", "windows-1256"), ("", "utf-8-sig"),
     ("utf-16", "utf-16"), ("utf-8", "utf-16")],
)  # fmt: skip
def test_letters_are_those_of_the_bytes_and_not_of_the_server(declared: str, encoding: str, server: str) -> None:
    raw = ((HEAD.format(declared) if declared else "") + rss(item())).encode(encoding)
    notes: list[Message] = []
    same, headers = feed.in_its_letters(raw, {"content-type": f"text/xml{server}"}, notes)
    found = feed.feed_parser.parse(same, headers)
    assert found.entries[0].title == "عنوان البند" and not notes


def test_a_bad_byte_costs_itself_and_is_told(make_site: MakeSite, tmp_path: Path) -> None:
    source = written(tmp_path, (HEAD.format("utf-8") + rss(item())).encode().replace("نص".encode(), b"\xd9\xff"))
    said, text = brought_feed(make_site, source)
    assert "عنوان البند" in text and "\ufffd" in text
    assert "letters that cannot be read became \ufffd" in said


def test_stories_with_one_address_all_come_each_day(make_site: MakeSite, tmp_path: Path) -> None:
    """The newest stands first: none is taken for one of the day before."""
    home = "https://agency.example/"
    story = "<title>{}</title><link>" + home + "</link><description>نص</description>"
    site = make_site({})
    command = ["import", str(tmp_path / "feed.xml"), "--section", "sport", "--site", str(site.root)]
    for titles in (("أول",), ("ثالث", "ثان", "أول")):
        written(tmp_path, rss(*map(story.format, titles)))
        ended = CliRunner().invoke(cli, command)
        assert ended.exit_code == 0, ended.output
    found = [path.read_text() for path in site.root.glob("content/2021/11/*/index.md")]
    assert "there already: 1" in ended.output and len(found) == 3
    assert all(sum(title in text for text in found) == 1 for title in ("أول", "ثان", "ثالث"))


def test_whatever_a_feed_has_of_its_own_is_told(make_site: MakeSite, tmp_path: Path) -> None:
    own = (
        "<yandex:full-text>نص كامل</yandex:full-text><subtitle>عنوان فرعي</subtitle><slash:comments>3</slash:comments>"
    )
    two = "<content:encoded>متن أول</content:encoded><content:encoded>متن ثان</content:encoded>"
    spaces = " ".join(f'xmlns:{name}="https://{name}.example/"' for name in ("yandex", "slash"))
    spaces += ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    said, text = brought_feed(make_site, written(tmp_path, rss(item(own + two)).replace("<rss ", f"<rss {spaces} ")))
    assert "متن أول" in text and "'content' has no place here: متن ثان" in said
    assert "نص كامل" in said and "عنوان فرعي" in said and "slash" not in said


@pytest.mark.parametrize("declared", ["", ' encoding="utf-8"', ' encoding="windows-1256"'])
def test_letters_that_were_guessed_are_told(make_site: MakeSite, tmp_path: Path, declared: str) -> None:
    raw = f'<?xml version="1.0"{declared}?>{rss(item())}'.encode("windows-1256")
    said, text = brought_feed(make_site, written(tmp_path, raw))
    assert ("they were read as windows-1252" in said) is ("عنوان البند" not in text) is ("1256" not in declared)
