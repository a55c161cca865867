"""Film and sound beside an article, and cards of those elsewhere: on the page, in feeds, for search engines."""

from __future__ import annotations

import json
import xml.etree.ElementTree as etree
from collections.abc import Callable

import pytest

from mujaz.build.request import BuildRequest
from mujaz.check.all_checks import inspect
from tests.support.html import Html, words_of
from tests.support.recordings import mp3, mp4
from tests.support.sites import CONFIG, NOW, Site, article
from tests.support.whole_site import FONTS, picture

MakeSite = Callable[..., Site]
HOME = "https://example.org/news"
PAGE = "2021/10/18/a/index.html"
FILM = '![رحلة المسبار](trip.mp4 "من الأرض إلى المشتري | رسم الصحيفة")'
SOUND = "![رنين](bell.mp3)"
YOUTUBE = "https://www.youtube.com/watch?v=4czjS9h4Fpg"
ALLOWED = "iframes: [www.youtube-nocookie.com]\npictures: {widths: [60]}\n"


def files(body: str, **fields: str) -> dict[str, str | bytes]:
    return {
        **FONTS,
        "config.yaml": CONFIG + ALLOWED,
        "content/a/index.md": article("خبر", slug="a", id="a", body=body, **fields),
        "content/a/trip.mp4": mp4(125, width=640, height=360),
        "content/a/trip.png": picture(),
        "content/a/trip.vtt": "WEBVTT\n",
        "content/a/trip.en.vtt": "WEBVTT\n",
        "content/a/bell.mp3": mp3(7),
    }


def test_a_film_has_its_poster_captions_and_length(make_site: MakeSite) -> None:
    site = make_site(files(FILM))
    assert site.build().warnings == ()
    page = Html(site.read(PAGE))
    film = page.one("//figure[@class='player video']/video")
    assert (film.get("width"), film.get("height"), film.get("preload")) == ("640", "360", "none")
    assert film.get("title") == "رحلة المسبار" and film.get("poster").endswith(".jpg")
    tracks = [(one.get("kind"), one.get("srclang"), one.get("label")) for one in page.all("//video/track")]
    assert tracks == [("captions", "ar", "بالعربية"), ("captions", "en", "بالإنجليزية")]
    addresses = [film.get("src"), film.get("poster"), *(one.get("src") for one in page.all("//video/track"))]
    assert all(address.removeprefix("/news/") in site.paths() for address in addresses)
    words = words_of(page.one("//figure[@class='player video']/figcaption"))
    assert words == "رحلة المسبار من الأرض إلى المشتري (رسم الصحيفة) المدة 2:05"
    assert page.all("//link[contains(@href, 'players.')]") and not page.all("//script[contains(@src, 'players.')]")


def test_sound_and_a_film_alone_need_nothing_beside_them(make_site: MakeSite) -> None:
    alone = files(f"{SOUND}\n\n{FILM}")
    for name in ("trip.png", "trip.vtt", "trip.en.vtt"):
        del alone[f"content/a/{name}"]
    site = make_site(alone)
    site.build()
    page = Html(site.read(PAGE))
    assert page.one("//audio").get("src").endswith(".mp3")
    assert (page.one("//video").get("poster"), page.one("//video").get("preload")) == (None, "metadata")
    assert not page.all("//track")


def test_a_page_without_players_loads_nothing_for_them(make_site: MakeSite) -> None:
    site = make_site(files("نص."))
    site.build()
    assert "players." not in site.read(PAGE)


def test_a_card_asks_nobody_for_anything_and_is_a_link(make_site: MakeSite) -> None:
    site = make_site(files(YOUTUBE))
    assert site.build().warnings == ()
    page = Html(site.read(PAGE))
    card = page.one("//figure[@class='player video']/a")
    assert card.get("href") == YOUTUBE
    assert card.get("data-frame").startswith("https://www.youtube-nocookie.com/embed/4czjS9h4Fpg?")
    assert words_of(card).startswith("شاهد المقطع على يوتيوب")
    assert not page.all("//iframe") and not page.all("//img[contains(@src, '//')]")
    assert page.all("//script[contains(@src, 'players.')]")
    policy = page.one("//meta[@http-equiv='Content-Security-Policy']").get("content")
    assert "frame-src https://www.youtube-nocookie.com" in policy


def test_without_the_host_in_the_settings_a_card_is_a_link_and_nothing_more(make_site: MakeSite) -> None:
    site = make_site({**files(YOUTUBE), "config.yaml": CONFIG})
    assert [warning.message.id for warning in site.build().warnings] == ["embed-only-linked"]
    page = Html(site.read(PAGE))
    assert page.one("//figure/a").get("href") == YOUTUBE and "data-frame" not in site.read(PAGE)
    assert not page.all("//script[contains(@src, 'players.')]")


def test_feeds_have_a_link_and_an_enclosure(make_site: MakeSite) -> None:
    image = "{src: trip.png, alt: مسبار}"
    site = make_site(files(f"{FILM}\n\n{SOUND}\n\n{YOUTUBE}", image=image))
    site.build()
    item = etree.fromstring(site.read("feed.xml")).find("channel/item")
    assert item is not None
    enclosures = [one.attrib for one in item.findall("enclosure")]
    film = enclosures[0]["url"]
    assert len(enclosures) == 1 and enclosures[0]["type"] == "video/mp4"
    assert int(enclosures[0]["length"]) == len(mp4(125, width=640, height=360))
    media = item.findall("{http://search.yahoo.com/mrss/}content")
    assert [(one.get("medium"), one.get("duration")) for one in media] == [
        ("video", "125"), ("audio", "7"), ("image", None),
    ]  # fmt: skip
    body = item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded", "")
    assert f'<a href="{film}">رحلة المسبار</a>' in body and f'<a href="{YOUTUBE}">' in body
    assert "فيعلم بزيارتك" not in body and "<video" not in body and "data-frame" not in body
    atom = etree.fromstring(site.read("atom.xml"))
    links = atom.findall("{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}link[@rel='enclosure']")
    assert [link.get("type") for link in links] == ["video/mp4", "audio/mpeg", "image/jpeg"]
    (entry,) = json.loads(site.read("feed.json"))["items"]
    attached = [(one["mime_type"], one.get("duration_in_seconds")) for one in entry["attachments"]]
    assert attached[:2] == [("video/mp4", 125), ("audio/mpeg", 7)] and film == entry["attachments"][0]["url"]


def test_a_feed_of_summaries_has_the_enclosure_too(make_site: MakeSite) -> None:
    site = make_site({**files(SOUND), "config.yaml": CONFIG + ALLOWED + "feed: {content: summary}\n"})
    site.build()
    found = etree.fromstring(site.read("feed.xml")).find("channel/item/enclosure")
    assert found is not None and found.get("type") == "audio/mpeg"


def test_search_engines_are_told_what_is_known(make_site: MakeSite) -> None:
    site = make_site(files(f"{FILM}\n\n{SOUND}\n\n{YOUTUBE}"))
    site.build()
    story = json.loads(Html(site.read(PAGE)).one("//script[@type='application/ld+json']").text)["@graph"][0]
    (film,), (sound,) = story["video"], story["audio"]
    assert film["@type"] == "VideoObject" and film["duration"] == "PT125S" and film["name"] == "رحلة المسبار"
    assert film["thumbnailUrl"].startswith(f"{HOME}/assets/pictures/") and film["uploadDate"] == story["datePublished"]
    assert sound["@type"] == "AudioObject" and sound["encodingFormat"] == "audio/mpeg"
    without = files(FILM)
    del without["content/a/trip.png"]
    site = make_site(without)
    site.build()
    assert '"video"' not in site.read(PAGE)  # a film without a picture is not listed


def test_what_is_missing_or_no_recording_is_told_with_its_line(make_site: MakeSite) -> None:
    site = make_site(files("![رحلة](tripp.mp4)"))
    assert site.problems() == [
        "content/a/index.md:9:9: there is no film or sound 'tripp.mp4'\n  help: did you mean 'trip.mp4'?"
    ]
    site = make_site({**files(FILM), "content/a/trip.mp4": b"<html>"})
    (problem,) = site.problems()
    assert "'trip.mp4' is not what its ending says, or is cut off" in problem
    report = make_site(files("![رحلة](tripp.mp4)", draft="true")).build()
    assert [warning.message.id for warning in report.warnings] == ["no-such-recording"]


@pytest.mark.parametrize(
    "raw",
    [
        *(
            "",
            "<html>",
            "1\n00:00:01,000 --> 00:00:02,000\nهدف\n",
            "WEBVTTX\n",
            "WEBVTT\n\0",
            "WEBVTT\n" + "أ" * 600_000,
        ),
        *("WEBVTT\n\nهدف".encode("cp1256"), "WEBVTT\n".encode("utf-16")),
    ],
)
def test_captions_that_no_browser_reads_are_told(raw: str | bytes, make_site: MakeSite) -> None:
    """They were published without a word, and the film had none."""
    [problem] = make_site({**files(FILM), "content/a/trip.en.vtt": raw}).problems()
    assert problem == (
        "content/a/index.md:9:17: the file 'content/a/trip.en.vtt' is not what its ending says, or is cut off\n"
        "  help: save it as WebVTT in UTF-8; its first line begins with WEBVTT"
    )


@pytest.mark.parametrize(
    "raw", ["WEBVTT", "\ufeffWEBVTT\r\n", "WEBVTT - رحلة\n\n00:00.000 --> 00:01.000\nهدف\n", "WEBVTT\tx"]
)
def test_captions_may_begin_in_any_way_that_browsers_know(raw: str, make_site: MakeSite) -> None:
    site = make_site({**files(FILM), "content/a/trip.en.vtt": raw})
    site.build()
    assert len(Html(site.read(PAGE)).all("//track")) == 2


def test_a_file_that_comes_or_goes_beside_the_film_moves_its_page(make_site: MakeSite) -> None:
    site = make_site(files(FILM))
    site.build()
    (site.root / "content/a/trip.en.vtt").unlink()
    assert PAGE in site.build().written
    assert len(Html(site.read(PAGE)).all("//track")) == 1
    site.write({"content/a/trip.mp4": mp4(61, width=640, height=360)})
    report = site.build()
    assert PAGE in report.written and "1:01" in site.read(PAGE)
    assert len([path for path in report.deleted if path.endswith(".mp4")]) == 1


def test_a_film_its_poster_and_its_captions_are_files_in_use(make_site: MakeSite) -> None:
    site = make_site(files(f"{FILM}\n\n{SOUND}") | {"content/a/lost.vtt": "WEBVTT\n", "content/a/lost.mp4": mp4(1)})
    request = BuildRequest(root=site.root, now=NOW)
    told = [problem.path for problem in inspect(request) if problem.message.id == "file-unused"]
    assert told == ["content/a/lost.mp4", "content/a/lost.vtt"]


def test_a_film_whose_ending_is_in_capitals_brings_the_same(make_site: MakeSite) -> None:
    """And what only begins with its name, and is no caption, is not in use."""
    written = files(FILM.replace("trip.mp4", "trip.MP4"))
    written["content/a/trip.MP4"] = written.pop("content/a/trip.mp4")
    site = make_site(written | {"content/a/trip.part-two.vtt": "WEBVTT\n"})
    site.build()
    player = Html(site.read(PAGE)).one("//video")
    assert player.get("poster") and len(player.xpath("track")) == 2
    told = [one.path for one in inspect(BuildRequest(root=site.root, now=NOW)) if one.message.id == "file-unused"]
    assert told == ["content/a/bell.mp3", "content/a/trip.part-two.vtt"]


@pytest.mark.parametrize(
    ("film", "poster", "captions"),
    [
        ("trip.mp4", "trip.PNG", "trip.VTT"),
        ("trip.MP4", "trip.Png", "trip.AR.Vtt"),
        ("caf\u00e9.mp4", "cafe\u0301.png", "cafe\u0301.vtt"),
        ("cafe\u0301.mp4", "caf\u00e9.png", "caf\u00e9.ar.vtt"),
    ],
)
def test_what_is_beside_a_film_is_found_in_any_letters(
    film: str, poster: str, captions: str, make_site: MakeSite
) -> None:
    """They were left out without a word."""
    written = files(FILM.replace("trip.mp4", film))
    for name in ("trip.png", "trip.vtt", "trip.en.vtt", "bell.mp3"):
        del written[f"content/a/{name}"]
    film_file = written.pop("content/a/trip.mp4")
    beside = {f"content/a/{film}": film_file, f"content/a/{poster}": picture(), f"content/a/{captions}": "WEBVTT\n"}
    site = make_site(written | beside)
    assert site.build().warnings == ()
    player = Html(site.read(PAGE)).one("//video")
    assert player.get("poster") and [one.get("srclang") for one in player.xpath("track")] == ["ar"]
    assert not [one for one in inspect(BuildRequest(root=site.root, now=NOW)) if one.message.id == "file-unused"]


def test_other_captions_in_a_language_are_told(make_site: MakeSite) -> None:
    site = make_site(files(FILM) | {"content/a/trip.ar.vtt": "WEBVTT\n\n", "content/a/trip.EN.vtt": "WEBVTT\n\n"})
    told = [str(one).partition(":9:")[2].partition("\n")[0] for one in site.build().warnings]
    assert told == [
        "17: warning: the captions 'content/a/trip.ar.vtt' are not shown: those in the language 'ar' are in"
        " 'content/a/trip.vtt'",
        "17: warning: the captions 'content/a/trip.en.vtt' are not shown: those in the language 'en' are in"
        " 'content/a/trip.EN.vtt'",
    ]
