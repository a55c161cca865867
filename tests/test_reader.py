"""A file below content/ as its editor wrote it: the article it becomes, and every way to get it wrong."""

from __future__ import annotations

from base64 import b32encode
from dataclasses import fields, replace
from datetime import datetime
from hashlib import blake2s

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz.frontmatter import KEYS
from mujaz.model import Article, Correction, Credit, PictureReference, Place, Reference
from mujaz.reader import Options, Reading, read

OPTIONS = Options(
    content="content",
    timezone="Asia/Qatar",
    language="ar",
    quotes="guillemets",
    iframes=(),
    sections=("politics", "economy", "sport", "science", "culture"),
    labels=("analysis", "breaking", "live", "opinion"),
)
PATH = "content/2024/05/harbour.md"
FSI, PDI = "\u2068", "\u2069"


def rtl(text: str) -> str:
    return f"'{FSI}{text}{PDI}'"


def written(front: str, body: str = "نص الخبر.\n") -> bytes:
    return f"---\n{front}---\n{body}".encode()


LEAST = "title: الميناء يفتح رصيفا جديدا\ndate: 2024-05-03\nsection: economy\n"


def article(front: str = LEAST, body: str = "نص الخبر.\n", path: str = PATH, options: Options = OPTIONS) -> Article:
    reading = read(path, written(front, body), options)
    assert reading.problems == ()
    assert reading.article is not None
    return reading.article


def told(raw: bytes, path: str = PATH) -> list[str]:
    """The problems, printed, without the path that all of them have."""
    printed = [str(problem) for problem in read(path, raw, OPTIONS).problems]
    assert all(line.startswith(path + ":") for line in printed)
    return [line.removeprefix(path) for line in printed]


def added(line: str) -> list[str]:
    """The problems of a file with one more line; it stands on line 5."""
    return told(written(LEAST + line + "\n"))


# ---------------------------------------------------------------- what is read

EVERYTHING = """\
title: الميناء يفتح رصيفا جديدا ويستقبل "المرجان"
date: 2024-05-03 09:30
updated: 2024-05-04
expires: 2024-06-01T00:00:00+00:00
section: economy
tags: [موانئ, اقتصاد البحر, Marjan]
summary: رسا أول زورق على الرصيف، وسمّاه أهل المدينة "رصيف المرجان".
authors:
  - سلوى بدران
sources: [وكالات, {name: صحيفة المرفأ, url: https://example.org/harbour}]
image:
  src: quay.jpg
  alt: A boat at the new quay
  alt_lang: en
  caption: زورق عند "الرصيف الجديد"
  credit: أرشيف المرفأ
label: analysis
slug: new-quay
id: 007
aliases: [/2019/old-quay/, /%D9%82%D8%AF%D9%8A%D9%85.html]
related: [K2m.x, ../04/storm.md]
unrelated: [a1]
series: رصيف الميناء
corrections:
  - date: 2024-05-05 08:00
    text: طول الرصيف 90 مترا لا "مئة".
withdrawn: سحبت القصة لأن مصدرها "تراجع".
draft: false
weight: 3
layout: wide
lang: ar
extra: {map: true, points: [1, 2.5, 007]}
"""


def test_every_key_reaches_its_field() -> None:
    assert article(EVERYTHING, "نص.\n") == Article(
        id="007",
        explicit_id=True,
        source=PATH,
        slug="new-quay",
        title="الميناء يفتح رصيفا جديدا ويستقبل «المرجان»",
        summary="رسا أول زورق على الرصيف، وسمّاه أهل المدينة «رصيف المرجان».",
        published=datetime.fromisoformat("2024-05-03T09:30:00+03:00"),
        updated=datetime.fromisoformat("2024-05-04T00:00:00+03:00"),
        expires=datetime.fromisoformat("2024-06-01T03:00:00+03:00"),
        section="economy",
        tags=("موانئ", "اقتصاد البحر", "Marjan"),
        authors=("سلوى بدران",),
        sources=(Credit(name="وكالات"), Credit(name="صحيفة المرفأ", url="https://example.org/harbour")),
        picture=PictureReference(
            src="quay.jpg",
            alt="A boat at the new quay",
            alt_lang="en",
            caption="زورق عند «الرصيف الجديد»",
            credit="أرشيف المرفأ",
            place=Place(line=13, column=8),
        ),
        label="analysis",
        aliases=(
            Reference(target="/2019/old-quay/", place=Place(line=21, column=11)),
            Reference(target="/قديم.html", place=Place(line=21, column=28)),
        ),
        related=(
            Reference(target="K2m.x", place=Place(line=22, column=11)),
            Reference(target="../04/storm.md", place=Place(line=22, column=18)),
        ),
        unrelated=(Reference(target="a1", place=Place(line=23, column=13)),),
        series="رصيف الميناء",
        corrections=(
            Correction(
                date=datetime.fromisoformat("2024-05-05T08:00:00+03:00"), text="طول الرصيف 90 مترا لا «مئة»."
            ),
        ),
        withdrawn="سحبت القصة لأن مصدرها «تراجع».",
        draft=False,
        weight=3,
        layout="wide",
        lang="ar",
        extra={"map": True, "points": (1, 2.5, "007")},
        body_digest=article(body="نص.\n").body_digest,
        words=1,
        places=article(EVERYTHING, "نص.\n").places,
    )


def test_every_given_key_knows_its_place() -> None:
    places = article(EVERYTHING).places
    assert set(places) == set(KEYS) - {"author", "source"}
    assert places["title"] == Place(line=2, column=8)
    assert places["image"] == Place(line=13, column=3)
    assert places["extra"] == Place(line=33, column=8)


def test_every_field_of_an_article_is_set_by_some_key_or_by_the_body() -> None:
    full, least = article(EVERYTHING, "## عنوان\n\nنص [رابط](x.md).\n\n![صورة](y.jpg)\n"), article()
    same = {field.name for field in fields(Article) if getattr(full, field.name) == getattr(least, field.name)}
    assert same == {"source", "section", "draft"}


def test_the_least_article_has_the_defaults_that_its_path_and_title_give() -> None:
    least = article()
    assert least.slug == "الميناء-يفتح-رصيفا-جديدا"
    assert least.id == b32encode(blake2s(b"2024/05/harbour").digest()).decode()[:10].lower()
    assert not least.explicit_id
    assert least.summary == "نص الخبر."
    assert least.published.isoformat() == "2024-05-03T00:00:00+03:00"


def test_the_default_id_follows_the_path_and_nothing_else() -> None:
    first = article().id
    assert article(LEAST.replace("جديدا", "قديما"), "آخر").id == first
    assert article(path="content/2024/05/harbour/index.md").id == first
    assert article(path="content/2024/05/harbours.md").id != first
    # macOS stores é and أ in two code points.
    assert article(path="content/2024/05/أخبار.md").id == article(path="content/2024/05/\u0627\u0654خبار.md").id


def test_one_author_and_one_source_may_be_written_without_a_list() -> None:
    read_one = article(LEAST + "author: سلوى بدران\nsource: {name: وكالات, url: https://example.org/}\n")
    assert read_one.authors == ("سلوى بدران",)
    assert read_one.sources == (Credit(name="وكالات", url="https://example.org/"),)


def test_tags_of_one_address_are_one_tag() -> None:
    assert article(LEAST + "tags: [Marjan, موانئ, MARJAN, 'موا\u200bنئ']\n").tags == ("Marjan", "موانئ")


def test_empty_keys_are_as_if_they_were_not_there() -> None:
    empty = "".join(f"{key}:\n" for key in KEYS if key not in ("title", "date", "section"))
    read_empty = article(LEAST + empty)
    assert replace(read_empty, places={}) == replace(article(), places={})


def test_a_summary_that_is_missing_is_the_first_paragraph_cut_at_a_word() -> None:
    long = article(body="## عنوان\n\n" + "كلمة " * 100 + "\n\nفقرة ثانية.\n").summary
    assert len(long) <= 220
    assert long.endswith("كلمة…")


def test_texts_are_brought_to_one_form() -> None:
    front = LEAST.replace("الميناء", "\ufe8d\u0644ميناء\u200f") + "tags: ['قال \"نعم\"']\n"
    read_tidy = article(front)
    assert read_tidy.title == "الميناء يفتح رصيفا جديدا"
    assert read_tidy.tags == ('قال "نعم"',)


def test_an_article_in_another_language_keeps_its_quotes() -> None:
    front = 'title: The "new" quay\ndate: 2024-05-03\nsection: economy\nlang: en\n'
    assert article(front).title == 'The "new" quay'


def test_a_byte_order_mark_windows_line_ends_and_dots_as_the_end_are_taken() -> None:
    raw = b"\xef\xbb\xbf" + written(LEAST).replace(b"\n", b"\r\n").replace(b"---\r\n", b"--- \r\n")
    plain = read(PATH, written(LEAST), OPTIONS)
    assert read(PATH, raw, OPTIONS) == plain
    assert read(PATH, written(LEAST).replace(b"\n---\n", b"\n...\n"), OPTIONS) == plain


def test_the_body_digest_follows_the_body_and_what_decides_its_html() -> None:
    digests = [
        article().body_digest,
        article(body="نص آخر.\n").body_digest,
        article(LEAST + "lang: en\n").body_digest,
        article(options=replace(OPTIONS, quotes="curly")).body_digest,
        article(options=replace(OPTIONS, iframes=("player.example.org",))).body_digest,
    ]
    assert len(set(digests)) == len(digests)
    assert article(LEAST + "weight: 3\n", path="content/other.md").body_digest == digests[0]


def test_places_in_the_body_count_from_the_top_of_the_file() -> None:
    links = article(body="نص.\n\nثم [رابط](../04/storm.md).\n").links
    assert [(link.target, link.place.line) for link in links] == [("../04/storm.md", 8)]


# ---------------------------------------------------------------- standing pages


def test_a_standing_page_has_a_title_a_weight_and_a_body() -> None:
    reading = read("content/pages/about.md", written('title: عن "الميناء"\nweight: 2\nlang: ar\n'), OPTIONS)
    assert reading.problems == ()
    page = reading.standing
    assert page is not None
    assert (page.kind, page.name, page.title, page.weight, page.lang) == ("page", "about", "عن «الميناء»", 2, "ar")
    assert page.summary == "نص الخبر."
    assert reading.article is None


def test_a_tag_or_author_is_titled_by_its_file_and_needs_no_front_matter() -> None:
    tag = read("content/tags/اقتصاد-البحر.md", "سطر عن الوسم.\n".encode(), OPTIONS)
    assert tag.problems == ()
    assert tag.standing is not None
    assert (tag.standing.kind, tag.standing.name, tag.standing.title) == ("tag", "اقتصاد-البحر", "اقتصاد البحر")
    author = read("content/authors/salwa.md", written("title: سلوى بدران\n"), OPTIONS)
    assert author.standing is not None
    assert (author.standing.kind, author.standing.title) == ("author", "سلوى بدران")
    empty = read("content/tags/بحر.md", b"---\n---\n", OPTIONS)
    assert empty.problems == ()
    assert empty.standing is not None


MISPLACED = {
    "content/authors/index.md": "this is no author: it must be content/authors/<name>.md, with no folder between",
    "content/tags/بحر/index.md": "this is no tag: it must be content/tags/<name>.md, with no folder between",
    "content/pages/about/team.md": "this is no page: it must be content/pages/<name>.md, with no folder between",
    "content/pages/tags.md": "the address /tags/ belongs to the site itself, not to a standing page",
    "content/pages/Search.md": "the address /search/ belongs to the site itself, not to a standing page",
    "content/pages/sport.md": "the address /sport/ belongs to the site itself, not to a standing page",
    "content/pages/2024.md": "the address /2024/ belongs to the site itself, not to a standing page",
    "content/tags/!!.md": "the file's name '!!' gives no address",
}


@pytest.mark.parametrize(("path", "text"), MISPLACED.items())
def test_a_file_in_a_wrong_place_is_told_so(path: str, text: str) -> None:
    reading = read(path, written("title: عنوان\n"), OPTIONS)
    assert [problem.text for problem in reading.problems] == [text]
    assert all(problem.help for problem in reading.problems)
    assert reading.standing is None


def test_keys_of_articles_are_refused_on_a_standing_page() -> None:
    assert told(written("title: عن الميناء\ndate: 2024-05-03\n"), "content/pages/about.md") == [
        ":3:1: unknown key 'date'\n  help: known keys: title, weight, lang, extra"
    ]
    assert told(written("weight: 2\n"), "content/pages/about.md") == [
        ":2:1: 'title' is missing\n  help: add a line: title: …"
    ]


# ---------------------------------------------------------------- front matter that cannot be found

NO_FRONT = {
    "no front matter": (
        "عنوان\n\nنص.",
        ":1:1: the file does not start with a front matter\n"
        "  help: write '---' on the first line, the keys below it, and '---' after them",
    ),
    "an empty line first": (
        "\n---\ntitle: نص\n---\n",
        ":1:1: the file does not start with a front matter\n"
        "  help: '---' must be the first line: delete what stands above it",
    ),
    "dashes that a word processor made": (
        "—-\ntitle: نص\n---\n",
        ":1:1: the file does not start with a front matter\n"
        "  help: the first line is '—-': write three plain hyphens, '---'",
    ),
    "TOML": (
        '+++\ntitle = "نص"\n+++\n',
        ":1:1: the front matter is TOML\n  help: write it as YAML between '---' lines",
    ),
    "an empty file": ("", ":1:1: the file is empty\n  help: start it with a front matter"),
    "no end": (
        "---\ntitle: نص\n\nنص الخبر.\n",
        ":1:1: the front matter that starts here never ends\n"
        "  help: write '---' on a line of its own after the last key",
    ),
    "an end that a word processor made": (
        "---\ntitle: نص\n—\nنص الخبر.\n",
        ":1:1: the front matter that starts here never ends\n"
        "  help: line 3 is '—': write three plain hyphens at its start, '---'",
    ),
    "an indented end": (
        "---\ntitle: نص\n ---\nنص الخبر.\n",
        ":1:1: the front matter that starts here never ends\n"
        "  help: line 3 is ' ---': write three plain hyphens at its start, '---'",
    ),
    "nothing in it": ("---\n---\nنص.\n", ":2:1: there is no key in it\n  help: write each as key: value"),
}


@pytest.mark.parametrize(("text", "expected"), NO_FRONT.values(), ids=NO_FRONT.keys())
def test_front_matter_that_cannot_be_found_is_explained(text: str, expected: str) -> None:
    assert told(text.encode()) == [expected]


def test_other_encodings_and_endless_files_are_refused() -> None:
    assert told(written(LEAST).decode().encode("cp1256")) == [
        ":2:8: byte 0xc7 is not UTF-8; the file is likely Windows-1256 (cp1256)\n  help: save it again as UTF-8"
    ]
    assert told(written(LEAST).decode().encode("utf-16")) == [
        ":1:1: the file is UTF-16, not UTF-8\n  help: save it again as UTF-8"
    ]
    assert told(written(LEAST, "س" * 600_000)) == [
        ": the file has 1,200,105 bytes, more than 1,048,576\n  help: divide it into several articles"
    ]


# ---------------------------------------------------------------- keys that are wrong

WRONG = {
    "an unknown key": ("titel: نص", ":5:1: unknown key 'titel'\n  help: did you mean 'title'?"),
    "another program's key": ("categories: [أ]", ":5:1: unknown key 'categories'\n  help: did you mean 'section'?"),
    "an Arabic key": ("الوسوم: [أ]", f":5:1: unknown key {rtl('الوسوم')}\n  help: did you mean 'tags'?"),
    "an unknown key of the picture": (
        "image: {src: a.jpg, alt: نص, captoin: نص}",
        ":5:30: unknown key 'image.captoin'\n  help: did you mean 'caption'?",
    ),
    "updated before date": (
        "updated: 2024-05-02",
        ":5:10: 'updated' is before 'date'\n  help: check both dates",
    ),
    "expires before date": (
        "expires: 2024-05-02 23:59",
        ":5:10: 'expires' is before 'date'\n  help: check both dates",
    ),
    "an Arabic comma": (
        "tags: [روسيا، الناتو]",
        f":5:8: an entry of 'tags' is {rtl('روسيا، الناتو')}: an Arabic comma does not part entries\n"
        "  help: write [روسيا, الناتو], or put the entry between quotes",
    ),
    "an Arabic comma between sources": (
        "sources: [الجزيرة، وكالات]",
        f":5:11: an entry of 'sources' is {rtl('الجزيرة، وكالات')}: an Arabic comma does not part entries\n"
        "  help: write [الجزيرة, وكالات], or put the entry between quotes",
    ),
    "one tag without a list": (
        "tags: روسيا",
        ":5:7: 'tags' is one text, not a list of text\n  help: write tags: [روسيا]",
    ),
    "author and authors": (
        "author: سلوى\nauthors: [بدر]",
        ":5:9: both 'author' and 'authors' are given\n  help: keep authors",
    ),
    "source and sources": (
        "sources: [وكالات]\nsource: وكالات",
        ":6:9: both 'source' and 'sources' are given\n  help: keep sources",
    ),
    "a source with a bad address": (
        "source: {name: وكالات, url: example.org}",
        ":5:29: 'source.url' is 'example.org', not a web address\n  help: write it from https:// on",
    ),
    "a source with code for an address": (
        "source: {name: وكالات, url: 'javascript:alert(1)'}",
        ":5:29: 'source.url' is 'javascript:alert(1)', not a web address\n  help: write it from https:// on",
    ),
    "a source without a name": (
        "source: {url: https://example.org/}",
        ":5:9: 'source.name' is missing\n  help: add a line: name: …",
    ),
    "a picture that is text": (
        "image: a.jpg",
        ":5:8: 'image' is text, not a mapping\n  help: write it like image: {src: picture.jpg, alt: …}",
    ),
    "a picture without alt": (
        "image: {src: a.jpg}",
        ":5:8: 'image.alt' is missing\n  help: add a line: alt: …",
    ),
    "a picture with an empty alt": (
        'image: {src: a.jpg, alt: ""}',
        ":5:26: 'image.alt' is empty\n  help: write something after the colon",
    ),
    "a picture without src": (
        "image: {alt: نص}",
        ":5:8: 'image.src' is missing\n  help: add a line: src: …",
    ),
    "a picture with a very long alt": (
        f"image: {{src: a.jpg, alt: {'ا' * 1200}}}",
        ":5:26: warning: 'image.alt' has 1,200 characters, more than 1,000\n"
        "  help: say it shorter; the rest belongs in the caption",
    ),
    "a picture elsewhere": (
        "image: {src: https://example.org/a.jpg, alt: نص}",
        ":5:14: the picture 'https://example.org/a.jpg' is on another site; pictures are files of this one\n"
        "  help: name a file beside the article or below the content folder",
    ),
    "a picture from the root": (
        "image: {src: /a.jpg, alt: نص}",
        ":5:14: the picture '/a.jpg' is not a relative path with '/'\n"
        "  help: name a file beside the article or below the content folder",
    ),
    "a picture above content": (
        "image: {src: ../../../secret.jpg, alt: نص}",
        ":5:14: the picture '../../../secret.jpg' leaves content/\n"
        "  help: name a file beside the article or below the content folder",
    ),
    "a picture above content, hidden": (
        "image: {src: '%2e%2e/%2e%2e/%2e%2e/secret.jpg', alt: نص}",
        ":5:14: the picture '%2e%2e/%2e%2e/%2e%2e/secret.jpg' leaves content/\n"
        "  help: name a file beside the article or below the content folder",
    ),
    "a drawing": (
        "image: {src: a.SVG, alt: نص}",
        ":5:14: the picture 'a.SVG' is an SVG file, which can carry code\n"
        "  help: name a file beside the article or below the content folder",
    ),
    "a page for a picture": (
        "image: {src: a.php, alt: نص}",
        ":5:14: the picture 'a.php' is no picture: it ends in avif, gif, jpeg, jpg, png, webp\n"
        "  help: name a file beside the article or below the content folder",
    ),
    "an unknown label": (
        "label: breking",
        ":5:8: 'label' is 'breking', not one of analysis, breaking, live, opinion\n  help: did you mean 'breaking'?",
    ),
    "a slug with a slash": (
        "slug: a/b",
        ":5:7: 'slug' is 'a/b', which holds '/'; letters, digits, '-', '_' and '.' may stand in it\n"
        "  help: write slug: a-b",
    ),
    "a slug with spaces": (
        "slug: رصيف جديد",
        f":5:7: 'slug' is {rtl('رصيف جديد')}, which holds ' '; letters, digits, '-', '_' and '.' may stand in it\n"
        "  help: write slug: رصيف-جديد",
    ),
    "a slug that leaves its folder": (
        "slug: ..",
        ":5:7: 'slug' is '..', which starts or ends with a dot, or holds two in a row\n"
        "  help: write one segment of an address",
    ),
    "a slug that is a device": (
        "slug: CON.x",
        ":5:7: 'slug' is 'CON.x', which is a reserved name on Windows\n  help: write slug: con-x",
    ),
    "a slug that is a page of the edition": (
        "slug: email.html",
        ":5:7: 'slug' is 'email.html', which is the name of a file of each day's edition\n"
        "  help: write slug: email-html",
    ),
    "a slug with a hidden character": (
        "slug: 'new\u200bquay'",
        ":5:7: 'slug' is 'new\\u200bquay', which holds '\\u200b'; letters, digits, '-', '_' and '.' may stand in it\n"
        "  help: write slug: newquay",
    ),
    "an Arabic id": (
        "id: رصيف",
        f":5:5: 'id' is {rtl('رصيف')}, not as it must be\n"
        "  help: write letters a-z, digits, '.', '_' and '-', 64 at most, the first a letter or digit",
    ),
    "an id with a slash": (
        "id: a/b",
        ":5:5: 'id' is 'a/b', not as it must be\n"
        "  help: write letters a-z, digits, '.', '_' and '-', 64 at most, the first a letter or digit",
    ),
    "an alias with a host": (
        "aliases: [https://example.org/a]",
        ":5:11: the alias 'https://example.org/a' does not start with one '/'\n"
        "  help: write the old path on this site, like /2019/old/",
    ),
    "an alias with a query": (
        "aliases: ['/?p=12']",
        ":5:11: the alias '/?p=12' holds '?' or '#', and a static site answers paths only\n"
        "  help: write the old path on this site, like /2019/old/",
    ),
    "an alias that leaves": (
        "aliases: [/a/%2e%2e/b]",
        ":5:11: the alias '/a/%2e%2e/b' is the home page, or holds an empty segment, '.' or '..'\n"
        "  help: write the old path on this site, like /2019/old/",
    ),
    "an alias on a device": (
        "aliases: [/a/nul/]",
        ":5:11: the alias '/a/nul/' is a reserved name on Windows\n"
        "  help: write the old path on this site, like /2019/old/",
    ),
    "a correction that is text": (
        "corrections: [خطأ]",
        ":5:15: 'corrections' is text, not a mapping\n  help: write it like {date: 2021-10-19, text: …}",
    ),
    "a correction without text": (
        "corrections: [{date: 2024-05-05}]",
        ":5:15: 'corrections.text' is missing\n  help: add a line: text: …",
    ),
    "a correction with a day first": (
        "corrections: [{date: 5/6/2024, text: نص}]",
        ":5:22: 'corrections.date' is '5/6/2024': it is not an ISO date\n"
        "  help: is it 2024-06-05 or 2024-05-06? write the year first",
    ),
    "withdrawn without a reason": (
        "withdrawn: true",
        ":5:12: 'withdrawn' is 'true', not a reason\n"
        "  help: write for the reader why the story was withdrawn, or delete the key",
    ),
    "an Arabic no": (
        "draft: لا",
        f":5:8: 'draft' is {rtl('لا')}, not true or false\n  help: write true or false, without quotes",
    ),
    "a weight that is a word": (
        "weight: عال",
        f":5:9: 'weight' is {rtl('عال')}, not a whole number from -1000000 to 1000000",
    ),
    "a layout with a path": (
        "layout: ../secret",
        ":5:9: 'layout' is '../secret', not as it must be\n"
        "  help: write the name of a layout without its ending, like article",
    ),
    "a language in words": (
        "lang: English",
        ":5:7: 'lang' is 'English', not as it must be\n  help: write a language code like en, fa or en-GB",
    ),
    "an extra that is text": (
        "extra: نص",
        ":5:8: 'extra' is no mapping\n  help: write free keys below it, indented by two spaces",
    ),
    "an override character": (
        "summary: نص\u202e مقلوب",
        ":5:12: the directional character U+202E stands here\n  help: delete it; it cannot be seen",
    ),
    "a picture elsewhere in the body": (
        "---\nنص.\n\n![بديل](drawing.svg)",
        ":8:9: the picture 'drawing.svg' is an SVG file, which can carry code\n"
        "  help: name a file beside the article or below the content folder",
    ),
}


@pytest.mark.parametrize(("line", "expected"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_line_is_told_at_its_place(line: str, expected: str) -> None:
    assert added(line) == [expected]


REQUIRED = {
    "no title": ("date: 2024-05-03\nsection: economy\n", ":2:1: 'title' is missing\n  help: add a line: title: …"),
    "an empty title": (
        "title:\ndate: 2024-05-03\nsection: economy\n",
        ":2:7: 'title' is empty\n  help: write something after the colon",
    ),
    "a title on two lines": (
        "title: |\n  سطر\n  وسطر\ndate: 2024-05-03\nsection: economy\n",
        ":2:8: 'title' has 2 lines\n  help: write it on one line",
    ),
    "no date": ("title: نص\nsection: economy\n", ":2:1: 'date' is missing\n  help: add a line: date: …"),
    "a day first": (
        "title: نص\ndate: 7/10/2021\nsection: economy\n",
        ":3:7: 'date' is '7/10/2021': it is not an ISO date\n"
        "  help: is it 2021-10-07 or 2021-07-10? write the year first",
    ),
    "a Hijri date": (
        "title: نص\ndate: 1445-10-24\nsection: economy\n",
        ":3:7: 'date' is '1445-10-24': the year 1445 is before 1900: is the date Hijri?\n"
        "  help: dates are Gregorian: write it like 2021-10-18, 2021-10-18 14:00 or 2021-10-18T14:00:00+03:00",
    ),
    "an impossible date": (
        "title: نص\ndate: 2026-02-30\nsection: economy\n",
        ":3:7: 'date' is '2026-02-30': there is no date 2026-02-30\n"
        "  help: write it like 2021-10-18, 2021-10-18 14:00 or 2021-10-18T14:00:00+03:00",
    ),
    "no section": ("title: نص\ndate: 2024-05-03\n", ":2:1: 'section' is missing\n  help: add a line: section: …"),
    "a misspelt section": (
        "title: نص\ndate: 2024-05-03\nsection: sprot\n",
        ":4:10: section 'sprot' is not in config.yaml\n"
        "  help: did you mean 'sport'? sections: politics, economy, sport, science, culture",
    ),
    "a section's name": (
        "title: نص\ndate: 2024-05-03\nsection: رياضة\n",
        f":4:10: section {rtl('رياضة')} is not in config.yaml\n"
        "  help: sections: politics, economy, sport, science, culture",
    ),
    "a title that gives no address": (
        "title: ؟!\ndate: 2024-05-03\nsection: economy\n",
        ":2:8: the title gives no address: there is no letter or digit in it\n  help: add a line: slug: …",
    ),
    "a title that is a device": (
        "title: Con\ndate: 2024-05-03\nsection: economy\n",
        ":2:8: the title gives no address: 'con' is a reserved name on Windows\n  help: add a line: slug: …",
    ),
    "a colon without quotes": (
        "title: روسيا: رد\ndate: 2024-05-03\nsection: economy\n",
        ":2:8: the value of 'title' holds a colon\n  help: it needs quotes: title: \"روسيا: رد\"",
    ),
}


@pytest.mark.parametrize(("front", "expected"), REQUIRED.values(), ids=REQUIRED.keys())
def test_what_every_article_must_have_is_asked_for(front: str, expected: str) -> None:
    assert told(written(front)) == [expected]


def test_all_problems_of_a_file_are_told_in_one_run() -> None:
    reading = read(PATH, written("titel: نص\ndate: 7/10/2021\nsection: sprot\ntags: [أ، ب]\ndraft: لا\n"), OPTIONS)
    assert [(problem.line, problem.column) for problem in reading.problems] == [
        (2, 1),
        (2, 1),
        (3, 7),
        (4, 10),
        (5, 8),
        (6, 8),
    ]
    assert reading.article is None


def test_an_article_with_a_problem_beside_the_point_is_still_there_for_others_to_check() -> None:
    reading = read(PATH, written(LEAST + "weight: عال\n"), OPTIONS)
    assert len(reading.problems) == 1
    assert reading.article is not None
    assert reading.article.weight == 0


# ---------------------------------------------------------------- drafts


def flags(reading: Reading, *, drafts: bool) -> list[bool]:
    return [problem.warning for problem in reading.judged(drafts=drafts)]


@pytest.mark.parametrize(
    "front",
    [LEAST + "draft: true\nweight: عال\n", "draft: true\n", 'draft: true\ntitle: "نص\n'],
    ids=["a wrong key", "keys missing", "broken YAML"],
)
def test_problems_of_a_draft_are_warnings_unless_drafts_are_built(front: str) -> None:
    reading = read(PATH, written(front), OPTIONS)
    assert reading.draft
    assert set(flags(reading, drafts=False)) == {True}
    assert set(flags(reading, drafts=True)) == {False}


def test_problems_of_an_article_that_is_no_draft_stay_errors() -> None:
    reading = read(PATH, written(LEAST + "weight: عال\n"), OPTIONS)
    assert not reading.draft
    assert flags(reading, drafts=False) == [False]


# ---------------------------------------------------------------- anything at all

LINES = st.lists(
    st.sampled_from(
        [
            *("---", "...", "title: نص", "title: أ: ب", "date: 2024-05-03", "section: sport", "tags: [أ, ب", "image:"),
            *("  src: a.jpg", "\tx: y", "- أ", "corrections:", "  - date: 1", "extra: {a: [1]}", "draft: true", "lang: en"),
            *("", "نص", "# عنوان", "aliases: [/%ff]", "slug: ../x", "id: *a", "sources: [{name: أ}]", "summary: |"),
        ]
    ),
    max_size=12,
)


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_no_file_makes_it_raise_and_none_is_dropped_silently(lines: list[str]) -> None:
    reading = read(PATH, "\n".join(["---", *lines]).encode(), OPTIONS)
    assert reading.article is not None or reading.problems
    assert reading == read(PATH, "\n".join(["---", *lines]).encode(), OPTIONS)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise(raw: bytes) -> None:
    reading = read(PATH, raw, OPTIONS)
    assert reading.problems
