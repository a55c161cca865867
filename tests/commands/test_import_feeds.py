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


def test_each_category_of_an_entry_is_a_tag_by_the_name_that_is_shown(make_site: MakeSite, tmp_path: Path) -> None:
    _, text = brought_feed(
        make_site, written(tmp_path, rss(item("<category>عاجل</category><category>رياضة</category>")))
    )
    assert 'tags: ["عاجل", "رياضة"]' in text
    entry = (
        "<entry><id>u:1</id><title>خبر</title><updated>2021-11-09T10:00:00Z</updated><content>نص</content>{}</entry>"
    )
    atom = '<feed xmlns="http://www.w3.org/2005/Atom"><title>وكالة</title>{}</feed>'
    label = '<category term="t12" label="اقتصاد"/>'
    _, text = brought_feed(make_site, written(tmp_path, atom.format(entry.format(label))))
    assert 'tags: ["اقتصاد"]' in text


def test_addresses_beside_the_text_of_an_entry_are_told(make_site: MakeSite, tmp_path: Path) -> None:
    """Those in the text, of its lead picture and of the entry itself are not."""
    beside = (
        "<content:encoded>&lt;p&gt;نص &lt;a href='https://x.example/?a=1&amp;amp;b=2'&gt;رابط&lt;/a&gt;&lt;/p&gt;</content:encoded>"
        "<enclosure url='https://cdn.example/report.pdf' type='application/pdf' length='1'/>"
        "<enclosure url='https://cdn.example/quay.png' type='image/png' length='1'/>"
        "<itunes:image href='https://cdn.example/cover.jpg'/><atom:link rel='via' href='https://via.example/1'/>"
    )
    brief = (
        "<description>&lt;img src='https://cdn.example/lead.jpg?a=1&amp;amp;b=2'&gt;تمهيد "
        "&lt;a href='https://agency.example/n/7'&gt;المزيد&lt;/a&gt;"
        "&lt;a href='https://x.example/?a=1&amp;amp;b=2'&gt;رابط&lt;/a&gt;</description>"
    )
    spaces = "xmlns:atom='http://www.w3.org/2005/Atom' xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    entry = item(beside).replace("<description>", f"{brief}<x>").replace("</description><content", "</x><content")
    said, _ = brought_feed(make_site, written(tmp_path, rss(entry).replace("<rss ", f"<rss {spaces} ")))
    told = {line.partition("no place here: ")[2] for line in said.splitlines() if "no place here: http" in line}
    assert told == {
        "https://cdn.example/lead.jpg?a=1&b=2", "https://cdn.example/report.pdf", "https://cdn.example/cover.jpg",
        "https://via.example/1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("date", "is_clear"),
    [
        ("Tue, 09 Nov 2021 11:00:00 GMT", True),
        ("Tue, 09 Nov 2021 11:00:00 +0300 (AST)", True),
        ("2021-11-09T11:00:00+03:00", True),
        ("2021-11-09T11:00:00Z", True),
        ("Tue, 09 Nov 2021 11:00:00 EET", False),
        ("Tue, 09 Nov 2021 11:00:00 AST", False),
        ("2021-11-09 11:00:00", False),
        ("2021-11-09", False),
    ],
)
def test_a_date_whose_zone_is_guessed_is_told(date: str, is_clear: bool, make_site: MakeSite, tmp_path: Path) -> None:
    said, _ = brought_feed(make_site, written(tmp_path, rss(item()).replace(DAY, f"<pubDate>{date}</pubDate>")))
    assert (f"the time zone of '{date}' is not known" in said) is not is_clear


# What each date means, where it can be read for sure: feedparser takes these for other days, or for midnight.
DATES = {
    "2021-11-09 10:00:00 UTC": "2021-11-09 13:00:00+03:00",
    "2021-11-09 10:00:00 +0000": "2021-11-09 13:00:00+03:00",
    "20211109T100000Z": "2021-11-09 13:00:00+03:00",
    "2021-W45-2T10:00:00Z": "2021-11-09 13:00:00+03:00",
    "2021/11/09 11:00:00 GMT": "",
    "09-11-2021 11:00:00 GMT": "",
    "2021-11-09 11:00:00 PM GMT": "",
    "Tue, 09 Nov 2021 02:00:00 PM +0300": "",
    "Tue, 09 Nov 2021 14:00:00 UTC+03:00": "",
    "Tue, 09-Nov-2021 14:00:00 GMT": "",
}


@pytest.mark.parametrize(("written_as", "meant"), DATES.items())
def test_a_date_is_the_one_that_is_meant_or_is_told(
    written_as: str, meant: str, make_site: MakeSite, tmp_path: Path
) -> None:
    feed = rss(item(), item(guid="8")).replace(DAY, f"<pubDate>{written_as}</pubDate>", 1)
    said, text = brought_feed(make_site, written(tmp_path, feed))
    assert (f"'{written_as}'" in said) is (not meant)
    assert not meant or f"\ndate: {meant}\n" in text
