"""A file below content/ as its editor wrote it: the article it becomes, and every way to get it wrong."""

from __future__ import annotations

from base64 import b32encode
from datetime import datetime
from hashlib import blake2s

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz.build.read import problems_of
from mujaz.content.front_matter import KEYS
from mujaz.content.options import Options
from mujaz.content.reader import Reading, read
from mujaz.frozen import names_of, replace
from mujaz.model.content import Article, Correction, Credit, PictureReference, Place, Reference

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
label: breaking
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
lead: 2024-05-03 18:00
breaking_until: 2024-05-04
live_until: 2024-05-03 20:00
live_order: oldest
layout: wide
lang: ar
translation_of: b7
extra: {map: true, points: [1, 2.5, 007]}
data: {table: table.csv}
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
        days=("updated",),
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
        label="breaking",
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
            Correction(date=datetime.fromisoformat("2024-05-05T08:00:00+03:00"), text="طول الرصيف 90 مترا لا «مئة»."),
        ),
        withdrawn="سحبت القصة لأن مصدرها «تراجع».",
        draft=False,
        weight=3,
        lead=datetime.fromisoformat("2024-05-03T18:00:00+03:00"),
        breaking_until=datetime.fromisoformat("2024-05-05T00:00:00+03:00"),
        live_until=datetime.fromisoformat("2024-05-03T20:00:00+03:00"),
        live_order="oldest",
        layout="wide",
        lang="ar",
        translation_of=Reference(target="b7", place=Place(line=37, column=17)),
        extra={"map": True, "points": (1, 2.5, "007")},
        data=(("table", Reference(target="table.csv", place=Place(line=39, column=15))),),
        body_digest=article(f"{LEAST}live_until: 2024-05-04\n", body="نص.\n").body_digest,
        words=1,
        places=article(EVERYTHING, "نص.\n").places,
    )


def test_every_given_key_knows_its_place() -> None:
    places = article(EVERYTHING).places
    assert set(places) == set(KEYS) - {"author", "source"}
    assert places["title"] == Place(line=2, column=8)
    assert places["image"] == Place(line=13, column=3)
    assert places["extra"] == Place(line=38, column=8)


def test_every_field_of_an_article_is_set_by_some_key_or_by_the_body() -> None:
    full, least = (
        article(EVERYTHING, '## عنوان\n\nنص [رابط](x.md) 27".\n\n![صورة](y.jpg)\n\n![فيلم](z.mp4)\n\n## 14:05 تحديث\n'),
        article(),
    )
    same = {name for name in names_of(Article) if getattr(full, name) == getattr(least, name)}
    assert same == {"source", "section", "draft", "live_over"}  # the last is for the moment of a build to say


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


def test_a_picture_in_the_body_is_judged_like_the_one_above_it() -> None:
    assert told(written(LEAST, "نص.\n\n![بديل](drawing.svg)\n")) == [
        ":8:9: the picture 'drawing.svg' is an SVG file, which can carry code\n"
        "  help: name a file beside the article or below the content folder",
    ]


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
        ":3:1: unknown key 'date'\n  help: known keys: title, weight, layout, lang, extra, data"
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


@pytest.mark.parametrize(
    "begun", ["---\ndraft: true\n---\n", "\n---  \nTitle: خبر\nwithdrawn: x\n...\n", "---\n\ndraft : true\n---"]
)
def test_a_second_front_matter_is_not_published_as_text(begun: str) -> None:
    line = 6 + begun.startswith("\n")
    assert told(written(LEAST, f"{begun}\nنص الخبر.\n")) == [
        f":{line}:1: a second front matter begins here, and readers would see it as text\n"
        "  help: move its keys into the first one, and delete it"
    ]


@pytest.mark.parametrize(
    "begun", ["---\nنص: أول\n\n---\n", "---\n\nnote: text\n\n---\n", "---\ndate: text\n", "نص.\n\n---\ndate: x\n---\n"]
)
def test_a_rule_above_a_text_is_no_second_front_matter(begun: str) -> None:
    assert told(written(LEAST, f"{begun}\nنص الخبر.\n")) == []


def test_two_versions_that_git_left_are_not_published() -> None:
    marks = "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n"

    def told(raw: bytes, path: str = PATH) -> list[tuple[str, int | None]]:
        return [(one.message.id, one.line) for one in read(path, raw, OPTIONS).problems]

    assert told(written(LEAST, "نص\n\n" + marks.format("مئة قتيل", "عشرة قتلى"))) == [("conflict-of-git", 8)]
    assert told(written(marks.format("title: خبر", "title: آخر") + LEAST)) == [("conflict-of-git", 2)]
    about = written("title: من نحن\n", marks.format("أ", "ب"))
    assert told(about, "content/pages/about.md") == [("conflict-of-git", 4)]
    assert told(written(LEAST, "```\n" + marks.format("أ", "ب") + "```\n\nنص\n=======\n\n>>>>>>> قول\n")) == []


def test_other_encodings_and_endless_files_are_refused() -> None:
    assert told(written(LEAST).decode().encode("cp1256")) == [
        ":2:8: byte 0xc7 is not UTF-8; the file is likely Windows-1256 (cp1256)\n  help: save it again as UTF-8"
    ]
    assert told(written(LEAST).decode().encode("utf-16")) == [
        ":1:1: the file is UTF-16, not UTF-8\n  help: save it again as UTF-8"
    ]
    large = written(LEAST, "س" * 600_000)
    assert told(large) == [
        f": the file has {len(large):,} bytes, more than 1,000,000\n  help: divide it into several articles"
    ]


# ---------------------------------------------------------------- drafts


def flags(reading: Reading, *, drafts: bool) -> list[bool]:
    return [problem.warning for problem in problems_of([reading], drafts)]


@pytest.mark.parametrize(
    "front",
    [
        LEAST + "draft: true\nweight: عال\n",
        "draft: true\n",
        "draft: true  # بانتظار الرد\n",
        'draft: true\ntitle: "نص\n',
    ],
    ids=["a wrong key", "keys missing", "a comment after it", "broken YAML"],
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
            *(
                "  src: a.jpg",
                "\tx: y",
                "- أ",
                "corrections:",
                "  - date: 1",
                "extra: {a: [1]}",
                "draft: true",
                "lang: en",
            ),
            *("", "نص", "# عنوان", "aliases: [/%ff]", "slug: ../x", "id: *a", "sources: [{name: أ}]", "summary: |"),
        ]
    ),
    max_size=12,
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(LINES)
def test_no_file_makes_it_raise_and_none_is_dropped_silently(lines: list[str]) -> None:
    reading = read(PATH, "\n".join(["---", *lines]).encode(), OPTIONS)
    assert reading.article is not None or reading.problems
    assert reading == read(PATH, "\n".join(["---", *lines]).encode(), OPTIONS)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise(raw: bytes) -> None:
    reading = read(PATH, raw, OPTIONS)
    assert reading.problems
