"""A reader of feeds finds every story whole, right to left, with its picture, and nothing that a reader refuses."""

from __future__ import annotations

import json
import locale
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unicodedata import bidirectional

import html5lib
import pytest
from lxml import etree, html

from mujaz.feeds import html as feeds_html
from mujaz.feeds import json_feed as feeds_json_feed
from mujaz.feeds import rss_atom
from mujaz.feeds.entries import Bodies, FeedItem, FeedItems
from mujaz.frozen import replace
from mujaz.model.file_views import FeedEntry, FeedFolder, FeedView, ListedFeed, OpmlView
from mujaz.model.views import BodyView, Figure, Link, Picture, Story, When
from tests.support.cpu_time import within
from tests.support.feed_rules import NS, XML_LANG
from tests.support.sites import REPOSITORY

HOST = "https://example.org"
BASE = f"{HOST}/news"
LEAD = "/news/2021/10/18/port/harbour-960.jpg"


def when(iso: str) -> When:
    return When(iso=iso, weekday="", date="", short="", time="")


def figure(**changes: Any) -> Figure:
    picture = Picture(
        src=LEAD,
        srcset=f"/news/2021/10/18/port/harbour-480.jpg 480w, {LEAD} 960w",
        webp="/news/2021/10/18/port/harbour-480.webp 480w",
        width=960,
        height=540,
    )
    words = {"alt": "رافعات في ميناء", "caption": "الميناء بعد افتتاحه", "credit": "رويترز"} | changes
    return Figure(picture=picture, **words)


def entry(id: str, iso: str, **changes: Any) -> FeedEntry:
    story = Story(
        id=id,
        url=f"/news/2021/10/18/{id}/",
        title=changes.pop("title", f"عنوان الخبر {id}"),
        summary=changes.pop("summary", "ملخص الخبر في سطر واحد."),
        published=when(iso),
        section=Link(text="اقتصاد", url="/news/economy/"),
        lang=changes.pop("lang", ""),
        dir=changes.pop("dir", ""),
    )
    values: dict[str, Any] = {
        "guid": f"tag:example.org,2021:{id}",
        "permalink": f"{BASE}/2021/10/18/{id}/",
        "updated": iso,
        "authors": ("سلمى العطار",),
        "categories": ("اقتصاد", "موانئ"),
        "source": "",
        "picture": None,
    }
    return FeedEntry(story=story, body=BodyView(digest=id), **(values | changes))


BODIES = {
    "port": "<p>افتُتح الميناء اليوم.</p>",
    "hostile": (
        '<picture><source srcset="/news/x-480.webp 480w" type="image/webp">'
        '<img src="/news/x.jpg" srcset="/news/x-480.jpg 480w, /news/x.jpg 960w" loading="lazy"></picture>'
        '<h1 onclick="go()" style="color:red" id="top">نهاية ]]> مبكرة &#7;\x07</h1>'
        '<p>انظر <a href="#fn-1">الحاشية</a> و<a href="../17/fuel/">خبر أمس</a> و<a href="?page=2">التالي</a> '
        'و<a href="/news/2021/10/16/wheat/#prices">القمح</a> و<a href="https://مثال.example/باب">موقعا</a> '
        'و<a href="javascript:alert(1)">فخا</a>.</p>'
        "كلام سائب <b>وغليظ</b>"
        '<iframe src="https://www.youtube-nocookie.com/embed/abc" title="لقاء مصور"></iframe>'
        '<script>if (a < b) steal("]]>")</script><style>p{color:red}</style><!-- تعليق -->'
        '<video controls><source src="/news/clip.mp4"><source src="/news/clip.webm">مقطع</video>'
        '<blockquote cite="/news/2021/10/15/speech/"><p>قال كلا<wbr>ما طويلا</p></blockquote>'
        '<pre dir="ltr">x &lt; y</pre>'
        "<table><tbody><tr><td>1</td></tr></tbody></table>"
    ),
    "english": '<p><bdi lang="en">NATO</bdi> قالت إنها تدرس الأمر.</p>',
    "notes": '<p>نص<sup><a href="#fn-1">1</a></sup></p><ol><li id="fn-1">حاشية</li></ol>',
}
ENTRIES = (
    entry("port", "2021-10-18T14:00:00+03:00", picture=figure(), updated="2021-10-19T09:30:00+03:00"),
    entry(
        "hostile",
        "2021-10-18T12:00:00+03:00",
        title="نفط ]]> & غاز\x07: 5 < 6\ud800\ufffe",
        summary="أسعار R&D ثم <b>غليظ</b> و&amp; وكلمة\x0b ]]>",
        source="الجزيرة + وكالات",
        source_url="https://agency.example/",
        authors=(),
    ),
    entry("english", "2021-10-18T10:00:00+03:00", title="NATO تدرس الأمر", source="وكالات"),
    entry("notes", "2021-10-18T00:00:00+03:00"),
    entry("visitor", "2021-10-17T00:00:00+03:00", title="A guest column", lang="en", dir="ltr"),
)
VIEW = FeedView(
    title="موجز & أخبار",
    description="أخبار اليوم",
    permalink=f"{BASE}/feed.xml",
    page=f"{BASE}/",
    language="ar",
    dir="rtl",
    base_url=BASE,
    publisher="دار موجز",
    updated="2021-10-19T09:30:00+03:00",
    full=True,
    entries=ENTRIES,
)


def bodies(one: FeedEntry) -> str:
    return BODIES.get(one.story.id, "<p>نص الخبر.</p>")


def sizes(url: str) -> tuple[int, str]:
    assert url == LEAD
    return 41_234, "image/jpeg"


def items(view: FeedView, written: Bodies = bodies) -> list[FeedItem]:
    return FeedItems(written, sizes).of(view)


SHEET = '/news/assets/feed.css?v=1&x="'


def all_three() -> list[bytes]:
    return [write(VIEW, items(VIEW)) for write in (rss_atom.rss, rss_atom.atom, feeds_json_feed.json_feed)]


def rss(view: FeedView = VIEW) -> Any:
    return etree.fromstring(rss_atom.rss(view, items(view), SHEET))


def atom(view: FeedView = VIEW) -> Any:
    return etree.fromstring(rss_atom.atom(view, items(view), SHEET))


def json_feed(view: FeedView = VIEW) -> Any:
    return json.loads(feeds_json_feed.json_feed(view, items(view)))


def every_body(view: FeedView = VIEW) -> list[str]:
    """The bodies, which the three formats must agree about."""
    one = [item.findtext("content:encoded", namespaces=NS) for item in rss(view).iter("item")]
    two = [written.findtext("a:content", namespaces=NS) for written in atom(view).iterfind("a:entry", NS)]
    three = [written["content_html"] for written in json_feed(view)["items"]]
    assert one == two == three
    return one


def body_of(id: str, view: FeedView = VIEW) -> Any:
    place = [written.story.id for written in view.entries].index(id)
    return html.fragment_fromstring(every_body(view)[place], create_parent="div")


def item(id: str, view: FeedView = VIEW) -> Any:
    return rss(view).xpath(f"//item[guid='tag:example.org,2021:{id}']")[0]


def atom_entry(id: str, view: FeedView = VIEW) -> Any:
    return atom(view).xpath(f"//a:entry[a:id='tag:example.org,2021:{id}']", namespaces=NS)[0]


def whole(iso: str) -> str:
    """A moment without the fraction that tells Atom's entries apart."""
    return datetime.fromisoformat(iso).replace(microsecond=0).isoformat()


# ---------------------------------------------------------------- the set


def test_the_three_formats_have_the_same_ids_in_the_same_order() -> None:
    wanted = [one.guid for one in ENTRIES]
    assert rss().xpath("//item/guid/text()") == wanted
    assert atom().xpath("//a:entry/a:id/text()", namespaces=NS) == wanted
    assert [one["id"] for one in json_feed()["items"]] == wanted


def test_the_opml_lists_the_feeds_in_their_folders() -> None:
    site = ListedFeed(title="موجز", permalink=f"{BASE}/feed.xml", page=f"{BASE}/")
    sport = ListedFeed(title="موجز & رياضة", permalink=f"{BASE}/sport/feed.xml", page=f"{BASE}/sport/")
    folders = (FeedFolder(name="", feeds=(site,)), FeedFolder(name="الأقسام", feeds=(sport,)))
    written = etree.fromstring(rss_atom.opml(OpmlView(title="خلاصات موجز", language="ar", folders=folders)))
    assert (written.tag, written.get("version"), written.findtext("head/title")) == ("opml", "2.0", "خلاصات موجز")
    first, folder = written.findall("body/outline")
    assert (first.get("xmlUrl"), first.get("htmlUrl")) == (f"{BASE}/feed.xml", f"{BASE}/")
    assert dict(folder.attrib) == {"text": "الأقسام"}
    assert dict(folder.find("outline").attrib) == {
        "type": "rss",
        "text": "موجز & رياضة",
        "title": "موجز & رياضة",
        "xmlUrl": f"{BASE}/sport/feed.xml",
        "htmlUrl": f"{BASE}/sport/",
        "language": "ar",
    }


def test_nothing_that_xml_forbids_is_written() -> None:
    for written in all_three():
        text = written.decode("utf-8")
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", text)
        if text.startswith("<"):
            assert "]]>" not in text
    assert item("hostile").findtext("title") == "نفط ]]> & غاز: 5 < 6"


def test_decomposed_letters_come_out_composed() -> None:
    view = replace(VIEW, entries=(entry("port", VIEW.updated, title="\u0627\u0653ب"),))
    assert item("port", view).findtext("title") == "\u0622ب"


def test_the_feed_names_itself_and_its_page() -> None:
    channel = rss().find("channel")
    assert channel.findtext("link") == f"{BASE}/"
    own = channel.findall("a:link", NS)
    assert [dict(link.attrib) for link in own] == [
        {"href": f"{BASE}/feed.xml", "rel": "self", "type": "application/rss+xml"}
    ]
    links = {link.get("rel"): (link.get("href"), link.get("type")) for link in atom().findall("a:link", NS)}
    assert links == {
        "self": (f"{BASE}/feed.xml", "application/atom+xml"),
        "alternate": (f"{BASE}/", "text/html"),
    }
    document = json_feed()
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert (document["feed_url"], document["home_page_url"]) == (f"{BASE}/feed.xml", f"{BASE}/")


def test_the_feed_says_its_language_once() -> None:
    assert rss().xpath("//channel/language/text()") == ["ar"]
    assert not rss().xpath("//channel/dc:language", namespaces=NS)
    assert atom().get(XML_LANG) == "ar"
    assert json_feed()["language"] == "ar"


def test_the_dates_are_the_view_s_and_never_the_clock_s() -> None:
    assert rss().findtext("channel/lastBuildDate") == "Tue, 19 Oct 2021 09:30:00 +0300"
    assert whole(atom().findtext("a:updated", namespaces=NS)) == VIEW.updated
    this_year = str(datetime.now().year)
    for written in all_three():
        years = re.findall(r"\b(\d{4})-\d\d-\d\dT|\w{3}, \d\d \w{3} (\d{4})", written.decode())
        assert {one or two for one, two in years} == {"2021"} != {this_year}


def test_a_date_without_its_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        rss_atom.rss(replace(VIEW, updated="2021-10-18T14:00:00"), items(VIEW))


def test_an_id_that_is_used_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="share an id"):
        items(replace(VIEW, entries=(ENTRIES[0], ENTRIES[0])))


@pytest.mark.slow
def test_the_bytes_are_the_same_whatever_the_machine(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path[:0] = sys.argv[1:]\n"
        "import hashlib, locale; locale.setlocale(locale.LC_ALL, '')\n"
        "from tests.unit.feeds import test_feeds as t\n"
        "made = t.all_three()\n"
        "print(hashlib.sha256(b''.join(made)).hexdigest())"
    )
    folders = [str(REPOSITORY)]
    seen = set()
    for zone, language, seed in (("UTC", "C", "0"), ("Asia/Tokyo", "C.UTF-8", "1"), ("America/Caracas", "POSIX", "77")):
        environment = os.environ | {"TZ": zone, "LC_ALL": language, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
        ran = subprocess.run(
            [sys.executable, "-c", script, *folders], env=environment, cwd=tmp_path, capture_output=True, text=True
        )
        assert ran.returncode == 0, ran.stderr
        seen.add(ran.stdout)
    assert len(seen) == 1


def test_the_locale_is_left_as_it_was_even_with_many_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    before = locale.setlocale(locale.LC_ALL)

    def hesitant(category: int, wanted: str | None = None) -> str:
        time.sleep(0.0002)  # lets another thread in, between each date's three calls
        return locale.setlocale(category, wanted)

    monkeypatch.setattr("feedgen.util.locale", SimpleNamespace(LC_ALL=locale.LC_ALL, setlocale=hesitant))
    try:
        wanted = locale.setlocale(locale.LC_ALL, "C.UTF-8")
        writers = [threading.Thread(target=rss_atom.rss, args=(VIEW, items(VIEW))) for _ in range(4)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        assert locale.setlocale(locale.LC_ALL) == wanted
    finally:
        locale.setlocale(locale.LC_ALL, before)


def test_no_more_than_sixty_entries() -> None:
    many = tuple(entry(f"n{number}", VIEW.updated) for number in range(70))
    guids = rss(replace(VIEW, entries=many)).xpath("//item/guid/text()")
    assert guids == [one.guid for one in many[:60]]


@pytest.mark.slow
@pytest.mark.parametrize("passage", ["كلام طويل & كثير. ", '<b>"</b>', "<i>\\</i>"])
def test_the_oldest_leave_where_a_feed_would_pass_a_megabyte(passage: str) -> None:
    view = replace(VIEW, entries=tuple(entry(f"n{number}", VIEW.updated) for number in range(60)))
    long = f"<p>{passage * (40_000 // len(passage))}</p>"
    shown = items(view, lambda one: long)
    made = [write(view, shown) for write in (rss_atom.rss, rss_atom.atom, feeds_json_feed.json_feed)]
    assert 800_000 < max(map(len, made)) <= 1_000_000
    kept = etree.fromstring(made[0]).xpath("//item/guid/text()")
    assert kept == [one.guid for one in view.entries[: len(kept)]]
    assert etree.fromstring(made[1]).xpath("//a:entry/a:id/text()", namespaces=NS) == kept
    assert [one["id"] for one in json.loads(made[2])["items"]] == kept


def test_an_archive_keeps_all_its_entries_and_is_chained() -> None:
    many = tuple(entry(f"n{number}", VIEW.updated) for number in range(70))
    before = Link(text="prev-archive", url=f"{BASE}/archive/2021-10-17.xml")
    written = atom(replace(VIEW, entries=many, full=False, archive=True, relations=(before,)))
    assert len(written.findall("a:entry", NS)) == 70
    assert written.find("fh:archive", NS) is not None
    assert written.xpath("a:link[@rel='prev-archive']/@href", namespaces=NS) == [before.url]
    assert atom().find("fh:archive", NS) is None


def test_a_hub_is_named_only_where_there_is_one() -> None:
    hub = "https://hub.example/"
    view = replace(VIEW, relations=(Link(text="hub", url=hub),))
    assert rss(view).xpath("//channel/a:link[@rel='hub']/@href", namespaces=NS) == [hub]
    assert rss(view).findtext("channel/link") == VIEW.page
    assert atom(view).xpath("a:link[@rel='hub']/@href", namespaces=NS) == [hub]
    assert json_feed(view)["hubs"] == [{"type": "WebSub", "url": hub}]
    for written in all_three():
        assert b"hub" not in written


def test_a_browser_gets_a_stylesheet_and_no_xslt() -> None:
    for write in (rss_atom.rss, rss_atom.atom):
        first, second = write(VIEW, items(VIEW), SHEET).decode().splitlines()[:2]
        assert first.startswith("<?xml version=")
        assert second == '<?xml-stylesheet type="text/css" href="/news/assets/feed.css?v=1&amp;x=&quot;"?>'
        assert b"xml-stylesheet" not in write(VIEW, items(VIEW))


# ---------------------------------------------------------------- entries


def test_the_guid_is_the_tag_and_no_permalink() -> None:
    guid = item("port").find("guid")
    assert (guid.text, guid.get("isPermaLink")) == ("tag:example.org,2021:port", "false")
    assert item("port").findtext("link") == f"{BASE}/2021/10/18/port/"


def test_an_update_moves_updated_and_nothing_else() -> None:
    assert item("port").findtext("pubDate") == "Mon, 18 Oct 2021 14:00:00 +0300"
    assert item("port").findtext("a:updated", namespaces=NS) == "2021-10-19T09:30:00+03:00"
    written = atom_entry("port")
    assert written.findtext("a:published", namespaces=NS) == "2021-10-18T14:00:00+03:00"
    assert whole(written.findtext("a:updated", namespaces=NS)) == "2021-10-19T09:30:00+03:00"
    first = json_feed()["items"][0]
    assert first["date_published"] == "2021-10-18T14:00:00+03:00"
    assert first["date_modified"] == "2021-10-19T09:30:00+03:00"


def test_stories_of_one_moment_are_told_apart_for_validators() -> None:
    midnight = "2021-10-18T00:00:00+03:00"
    view = replace(VIEW, entries=tuple(entry(id, midnight) for id in ("b", "a", "c")))
    moments = atom(view).xpath("//a:entry/a:updated/text()", namespaces=NS)
    assert len(set(moments)) == 3
    assert {datetime.fromisoformat(one).replace(microsecond=0).isoformat() for one in moments} == {midnight}
    # The fraction is the entry's own: no other story moves it, and it is the same in a feed where it stands alone.
    for one, moment in zip(view.entries, moments, strict=True):
        alone = atom(replace(view, entries=(one,), updated=midnight))
        assert alone.xpath("//a:entry/a:updated/text()", namespaces=NS) == [moment]
        assert alone.findtext("a:updated", namespaces=NS) == moment
    # `published` is whole: newsboat takes a moment with a fraction for UTC.
    assert set(atom(view).xpath("//a:entry/a:published/text()", namespaces=NS)) == {midnight}


def test_texts_are_plain_and_escaped_once() -> None:
    title = "نفط ]]> & غاز: 5 < 6"
    assert item("hostile").findtext("title") == atom_entry("hostile").findtext("a:title", namespaces=NS) == title
    assert atom_entry("hostile").find("a:title", NS).get("type") in (None, "text")
    assert item("port").findtext("description") == "ملخص الخبر في سطر واحد."
    assert rss().findtext("channel/title") == "موجز & أخبار"


def test_a_description_reads_the_same_where_it_is_taken_for_html() -> None:
    summary = "أسعار R&D ثم <b>غليظ</b> و&amp; وكلمة ]]>"
    assert html.fromstring(f"<p>{item('hostile').findtext('description')}</p>").text_content() == summary
    assert atom_entry("hostile").findtext("a:summary", namespaces=NS) == summary
    assert json_feed()["items"][1]["summary"] == summary


@pytest.mark.parametrize("text", ["R&D", "أ&ب", "5 < 6", "<b>", "&amp;", "نفط & غاز", "a&", "&<", "&#x41;"])
def test_plain_text_is_valid_html_that_reads_the_same(text: str) -> None:
    written = feeds_html.as_html(text)
    html5lib.HTMLParser(strict=True).parseFragment(written)
    assert html.fragment_fromstring(written, create_parent="div").text_content() == text


def test_harmless_text_is_not_touched() -> None:
    assert feeds_html.as_html("نفط & غاز: «أ» > ب") == "نفط & غاز: «أ» > ب"


def test_a_feed_of_summaries_has_no_bodies() -> None:
    view = replace(VIEW, full=False)
    assert not rss(view).findall(".//content:encoded", NS)
    assert item("port", view).findtext("description") == "ملخص الخبر في سطر واحد."
    assert not atom(view).findall(".//a:content", NS)
    assert atom_entry("port", view).findtext("a:summary", namespaces=NS) == "ملخص الخبر في سطر واحد."
    first = json_feed(view)["items"][0]
    assert "content_html" not in first
    assert first["content_text"] == "ملخص الخبر في سطر واحد."


def test_atom_content_is_html() -> None:
    assert {one.get("type") for one in atom().iterfind(".//a:content", NS)} == {"html"}


def addresses(body: Any) -> Iterable[str]:
    for name in ("href", "src", "cite"):
        yield from body.xpath(f".//@{name}")
    for srcset in body.xpath(".//@srcset"):
        yield from (candidate.split()[0] for candidate in srcset.split(", "))


def test_every_address_has_its_host() -> None:
    for body in every_body():
        for address in addresses(html.fragment_fromstring(body, create_parent="div")):
            assert address.startswith("https://")
            assert address.isascii()
    page = f"{BASE}/2021/10/18/hostile/"
    assert body_of("hostile").xpath(".//a/@href")[:5] == [
        f"{page}#fn-1",
        f"{BASE}/2021/10/18/17/fuel/",
        f"{page}?page=2",
        f"{BASE}/2021/10/16/wheat/#prices",
        "https://xn--mgbh0fb.example/%D8%A8%D8%A7%D8%A8",
    ]
    assert body_of("hostile").xpath(".//img/@srcset") == [f"{BASE}/x-480.jpg 480w, {BASE}/x.jpg 960w"]
    assert body_of("hostile").xpath(".//blockquote/@cite") == [f"{BASE}/2021/10/15/speech/"]


def test_footnotes_lead_to_the_page() -> None:
    assert body_of("notes").xpath(".//sup/a/@href") == [f"{BASE}/2021/10/18/notes/#fn-1"]


def test_every_block_says_its_direction_and_language() -> None:
    for one, body in zip(ENTRIES, every_body(), strict=True):
        blocks = html.fragment_fromstring(body, create_parent="div")
        assert not (blocks.text or "").strip()
        for block in blocks:
            assert not (block.tail or "").strip()
            code = block.tag == "pre"
            assert block.get("dir") == ("ltr" if code else one.story.dir or "rtl")
            assert block.get("lang") == (one.story.lang or "ar")


def test_loose_text_becomes_a_paragraph() -> None:
    paragraphs = [block.text_content() for block in body_of("hostile") if block.tag == "p"]
    assert any(text.startswith("كلام سائب وغليظ") for text in paragraphs)


def strongest(text: str) -> str:
    return next((mark for mark in map(bidirectional, text) if mark in ("L", "R", "AL")), "")


def test_titles_and_bodies_begin_right_to_left() -> None:
    for one, body in zip(ENTRIES, every_body(), strict=True):
        text = html.fragment_fromstring(body, create_parent="div").text_content()
        expected = ("R", "AL") if one.story.dir != "ltr" else ("L", "AL")
        assert strongest(text) in expected
    titles = [one.findtext("title") for one in rss().iter("item")]
    assert titles == atom().xpath("//a:entry/a:title/text()", namespaces=NS)
    assert titles == [one["title"] for one in json_feed()["items"]]
    assert titles[2] == "\u200fNATO تدرس الأمر"
    assert titles[0] == "عنوان الخبر port"
    assert titles[4] == "A guest column"


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li>NATO</li></ul>",
        "<hr><table><tbody><tr><td>2021</td></tr></tbody></table>",
        '<figure><img src="/news/a.jpg" alt="A harbour"></figure><p>نص</p>',
        "<details><summary>More</summary><p>نص</p></details>",
    ],
)
def test_the_mark_stands_where_text_may_stand(body: str) -> None:
    fitted = feeds_html.fit_for_readers(body, permalink=f"{BASE}/a/", lang="ar", direction="rtl")
    html5lib.HTMLParser(strict=True).parseFragment(fitted)
    assert fitted.count("\u200f") == 1
    read = html.fragment_fromstring(fitted, create_parent="div")
    assert strongest("".join(feeds_html._words(read, alts=True))) == "R"


def test_nothing_that_readers_refuse_is_in_a_body() -> None:
    refused = {"script", "style", "iframe", "h1", "picture", "source", "video", "audio", "object", "form", "wbr"}
    for body in every_body():
        html5lib.HTMLParser(strict=True).parseFragment(body)
        root = html.fragment_fromstring(body, create_parent="div")
        assert not refused & {element.tag for element in root.iter()}
        assert not [name for element in root.iter() for name in element.attrib if name[:2] == "on" or name == "style"]
        assert all("alt" in img.attrib for img in root.iter("img"))
        assert "javascript" not in body and "steal" not in body and "تعليق" not in body


@pytest.mark.parametrize(
    ("own", "sides"),
    [("", ["right", "center", "left", None]), (' dir="ltr"', ["left", "center", "right", None])],
)
def test_the_cells_of_a_table_keep_their_alignment(own: str, sides: list[str | None]) -> None:
    """As the attribute of old, whose sides are left and right: readers throw classes and styles away."""
    cells = "".join(f"<{name}>1</td>" for name in ('td class="start"', 'td class="center"', 'td class="end"', "td"))
    body = f'<div class="table" role="group" tabindex="0"><table{own}><tbody><tr>{cells}</tr></tbody></table></div>'
    made = feeds_html.fit_for_readers(body, permalink="https://example.org/a/", lang="ar", direction="rtl")
    root = html.fragment_fromstring(made, create_parent="main")
    assert [cell.get("align") for cell in root.iter("td")] == sides
    assert root[0].tag == "table" and not root.xpath("//div | //*[@class] | //*[@tabindex]")


def test_what_was_played_is_a_link() -> None:
    links = {link.get("href"): link.text_content() for link in body_of("hostile").iter("a")}
    assert links["https://www.youtube-nocookie.com/embed/abc"] == "لقاء مصور"
    assert links[f"{BASE}/clip.mp4"] == "مقطع"
    alone = [block.text_content() for block in body_of("hostile") if block.tag == "p"]
    assert alone[-2:] == ["لقاء مصور", "مقطع"]


def test_a_broken_piece_of_a_word_is_whole_again() -> None:
    assert body_of("hostile").find("blockquote").text_content() == "قال كلاما طويلا"


@pytest.mark.parametrize(
    "body", ["", "<!-- x -->", '<a href="http://[">x</a>', "<picture></picture>", '<img src="data:image/png;base64,x">']
)
def test_odd_bodies_come_out_harmless(body: str) -> None:
    fitted = feeds_html.fit_for_readers(body, permalink=f"{BASE}/a/", lang="ar", direction="rtl")
    assert "data:" not in fitted and "<img" not in fitted and "href" not in fitted


def test_a_story_without_a_body_shows_its_summary() -> None:
    view = replace(VIEW, entries=(entry("empty", VIEW.updated, summary="أ < ب & ج"),))
    written = etree.fromstring(rss_atom.rss(view, items(view, lambda one: "")))
    body = written.findtext(".//content:encoded", namespaces=NS)
    assert body == '<p lang="ar" dir="rtl">أ &lt; ب &amp; ج</p>'


# ---------------------------------------------------------------- the lead picture


def test_the_lead_picture_opens_the_body() -> None:
    first = body_of("port")[0]
    img = first.find("img")
    assert first.tag == "figure"
    assert (img.get("src"), img.get("alt")) == (HOST + LEAD, "رافعات في ميناء")
    assert (img.get("width"), img.get("height")) == ("960", "540")
    assert first.find("figcaption").text_content() == "الميناء بعد افتتاحه (رويترز)"


def test_a_lead_picture_that_the_body_has_is_not_shown_twice() -> None:
    """Unless its caption or its credit would be lost."""
    view = replace(VIEW, entries=ENTRIES[:1])
    for caption, count in (("الميناء بعد افتتاحه (رويترز)", 1), ("الميناء (رويترز)", 2), ("الميناء بعد افتتاحه", 2)):
        has = f'<p>نص</p><figure><img src="{LEAD}" alt="ميناء"><figcaption>{caption}</figcaption></figure>'
        written = etree.fromstring(rss_atom.rss(view, items(view, lambda one, has=has: has)))
        assert written.findtext(".//content:encoded", namespaces=NS).count("<img") == count


def test_a_credit_that_stands_elsewhere_in_the_body_is_not_the_pictures() -> None:
    other = '<figure><img src="/news/b.jpg" alt="ب"><figcaption>الميناء بعد افتتاحه (رويترز)</figcaption></figure>'
    view = replace(VIEW, entries=ENTRIES[:1])
    for told in ("<p>قالت رويترز: الميناء بعد افتتاحه</p>", other):
        for shown in ("<figure>{}</figure>", "<p>{}</p>"):
            has = told + shown.format(f'<img src="{LEAD}" alt="ميناء">')
            written = etree.fromstring(rss_atom.rss(view, items(view, lambda one, has=has: has)))
            first = html.fragment_fromstring(written.findtext(".//content:encoded", namespaces=NS), create_parent=True)[
                0
            ]
            assert first.find("img").get("src") == HOST + LEAD
            assert first.findtext(".//figcaption/small") == "(رويترز)"


def test_a_credit_in_latin_behind_latin_words_is_found_in_the_body() -> None:
    """There one isolate holds both, in its own caption each has one."""
    lead = figure(caption="افتتحته WHO", credit="Reuters")
    view = replace(VIEW, entries=(entry("port", VIEW.updated, picture=lead),))
    has = f'<figure><img src="{LEAD}" alt="ميناء"><figcaption>افتتحته <bdi>WHO Reuters</bdi></figcaption></figure>'
    written = etree.fromstring(rss_atom.rss(view, items(view, lambda one: has)))
    assert written.findtext(".//content:encoded", namespaces=NS).count("<img") == 1


def test_an_english_alt_keeps_its_language_and_does_not_come_first() -> None:
    english = figure(alt="Cranes", alt_lang="en", alt_dir="ltr", caption="")
    view = replace(VIEW, entries=(entry("port", VIEW.updated, picture=english),))
    first = body_of("port", view)[0]
    assert (first.find("img").get("lang"), first.find("img").get("dir")) == ("en", "ltr")
    assert first.text == "\u200f"


@pytest.mark.parametrize("find", [item, atom_entry])
def test_media_rss_has_the_picture_its_words_and_its_credit(find: Any) -> None:
    contents = find("port").findall("media:content", NS)
    assert [dict(content.attrib) for content in contents] == [
        {
            "url": HOST + LEAD,
            "type": "image/jpeg",
            "medium": "image",
            "fileSize": "41234",
            "width": "960",
            "height": "540",
        }
    ]
    assert contents[0].findtext("media:description", namespaces=NS) == "الميناء بعد افتتاحه"
    assert contents[0].findtext("media:credit", namespaces=NS) == "رويترز"
    assert find("notes").find("media:content", NS) is None


def test_one_enclosure_with_its_true_length() -> None:
    file = {"url": HOST + LEAD, "length": "41234", "type": "image/jpeg"}
    assert [dict(one.attrib) for one in item("port").findall("enclosure")] == [file]
    links = [dict(link.attrib) for link in atom_entry("port").findall("a:link", NS)]
    assert links == [
        {"rel": "alternate", "type": "text/html", "href": f"{BASE}/2021/10/18/port/"},
        {"rel": "enclosure", "type": "image/jpeg", "length": "41234", "href": HOST + LEAD},
    ]
    first = json_feed()["items"][0]
    assert first["image"] == HOST + LEAD
    assert first["attachments"] == [{"url": HOST + LEAD, "mime_type": "image/jpeg", "size_in_bytes": 41_234}]


# ---------------------------------------------------------------- who and whence


def test_every_entry_has_an_author_the_publisher_where_nobody_signed() -> None:
    assert item("port").xpath("dc:creator/text()", namespaces=NS) == ["سلمى العطار"]
    assert item("hostile").xpath("dc:creator/text()", namespaces=NS) == ["دار موجز"]
    assert atom().xpath("a:author/a:name/text()", namespaces=NS) == ["دار موجز"]
    assert atom_entry("port").xpath("a:author/a:name/text()", namespaces=NS) == ["سلمى العطار"]
    assert json_feed()["items"][1]["authors"] == [{"name": "دار موجز"}]


def test_categories_are_the_section_and_the_tags_each_once() -> None:
    assert item("port").xpath("category/text()") == ["اقتصاد", "موانئ"]
    assert atom_entry("port").xpath("a:category/@term", namespaces=NS) == ["اقتصاد", "موانئ"]
    view = replace(VIEW, entries=(entry("port", VIEW.updated, categories=("رياضة", "رياضة")),))
    assert item("port", view).xpath("category/text()") == ["رياضة"]
    assert json_feed(view)["items"][0]["tags"] == ["رياضة"]


def test_an_agency_is_the_source() -> None:
    source = item("hostile").find("source")
    assert (source.text, source.get("url")) == ("الجزيرة + وكالات", "https://agency.example/")
    assert item("hostile").find("dc:source", NS) is None
    assert item("english").find("source") is None
    assert item("english").findtext("dc:source", namespaces=NS) == "وكالات"
    assert atom_entry("hostile").findtext("dc:source", namespaces=NS) == "الجزيرة + وكالات"
    assert item("port").find("dc:source", NS) is None


def test_a_story_in_another_language_says_so() -> None:
    assert item("visitor").findtext("dc:language", namespaces=NS) == "en"
    assert atom_entry("visitor").get(XML_LANG) == "en"
    assert json_feed()["items"][4]["language"] == "en"


def test_an_empty_feed_is_still_a_feed() -> None:
    view = replace(VIEW, entries=())
    assert not rss(view).findall(".//item")
    assert json_feed(view)["items"] == []


def test_a_title_that_could_not_be_read_ends_no_feed() -> None:
    """U+FFFD stands for what was no UTF-8. Without it nothing was left of the title, and Atom must have one."""
    view = replace(VIEW, title="\ufffd", entries=(entry("torn", "2021-10-18T12:00:00+03:00", title="\ufffd \ufffd"),))
    for feed in (rss(view), atom(view)):
        titles = [found.text.strip("\u200f") for found in feed.iter("{*}title")]
        assert "\ufffd" in titles and "\ufffd \ufffd" in titles
    assert json_feed(view)["items"][0]["title"].endswith("\ufffd \ufffd")
    mended = replace(VIEW, entries=(entry("torn", "2021-10-18T12:00:00+03:00", title="خبر \ufffd"),))
    assert "\ufffd" not in atom(mended).xpath("string(//a:entry/a:title)", namespaces=NS)


@pytest.mark.parametrize("piece", ['<bdo dir="ltr">١٢٣٬٤٥٦</bdo> ', "<b>ا</b> ", "<a>ا</a> ", "<data>ا</data>"])
@pytest.mark.parametrize("around", ["<p>{}</p>", "{}"], ids=["in a paragraph", "loose"])
def test_thousands_of_elements_beside_each_other_cost_no_square(piece: str, around: str) -> None:
    with within(3):
        made = feeds_html.fit_for_readers(
            around.format(piece * 8_000), permalink="https://example.org/a/", lang="ar", direction="rtl"
        )
    assert made.count("٤" if "٤" in piece else "ا") == 8_000
    assert not any(tag in made for tag in ("<bdo", "<a", "<data", "<gone"))


def test_what_a_box_within_a_player_holds_goes_with_it() -> None:
    body = '<video src="/a.mp4"><div class="table"><video src="/b.mp4"></video></div></video>'
    made = feeds_html.fit_for_readers(body, permalink=f"{BASE}/a/", lang="ar", direction="rtl")
    assert "a.mp4" in made and "b.mp4" not in made and "div" not in made
