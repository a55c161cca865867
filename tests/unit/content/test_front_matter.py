"""The keys of an article, one by one, as editors get them wrong."""

from __future__ import annotations

import pytest

from mujaz.content.key_values import MOST_IN_LIST
from mujaz.content.options import Options
from mujaz.content.reader import read

OPTIONS = Options(
    content="content",
    timezone="Asia/Qatar",
    language="ar",
    quotes="guillemets",
    iframes=(),
    sections=("politics", "economy", "sport", "science", "culture"),
    labels=("analysis", "breaking", "live", "opinion"),
    section_names=("سياسة", "اقتصاد", "رياضة", "علوم", "ثقافة"),
    label_names=("تحليل", "عاجل", "مباشر", "رأي"),
)
PATH = "content/2024/05/harbour.md"
FSI, PDI = "\u2068", "\u2069"


def rtl(text: str) -> str:
    return f"'{FSI}{text}{PDI}'"


def written(front: str, body: str = "نص الخبر.\n") -> bytes:
    return f"---\n{front}---\n{body}".encode()


LEAST = "title: الميناء يفتح رصيفا جديدا\ndate: 2024-05-03\nsection: economy\n"


def told(raw: bytes, path: str = PATH) -> list[str]:
    """The problems, printed, without the path that all of them have."""
    printed = [str(problem) for problem in read(path, raw, OPTIONS).problems]
    assert all(line.startswith(path + ":") for line in printed)
    return [line.removeprefix(path) for line in printed]


def added(line: str) -> list[str]:
    """The problems of a file with one more line; it stands on line 5."""
    return told(written(LEAST + line + "\n"))


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
    "a slug that no disk could hold": (
        f"slug: {'ا' * 91}",
        f":5:7: 'slug' is {rtl('ا' * 91)}, which has 182 bytes, more than 180\n  help: write slug: {'ا' * 90}",
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
        ":5:12: warning: the directional character U+202E is left out\n  help: delete it; it cannot be seen",
    ),
    "an id that Windows cannot hold": (
        "id: con",
        ":5:5: 'id' is 'con', which is a reserved name on Windows\n  help: write letters a-z, digits, "
        "'.', '_' and '-', 64 at most, the first a letter or digit",
    ),
    "an id that ends in a dot": (
        "id: port.",
        ":5:5: 'id' is 'port.', which ends in a dot or a space, which Windows leaves out of names\n  help: "
        "write letters a-z, digits, '.', '_' and '-', 64 at most, the first a letter or digit",
    ),
    "an old address that Windows cannot hold": (
        "aliases: [/2019/old./]",
        ":5:11: the alias '/2019/old./' ends in a dot or a space, which Windows leaves out of names\n"
        "  help: write the old path on this site, like /2019/old/",
    ),
    "an override character in a name": (
        "author: س\u202eلمى",
        ":5:10: the directional character U+202E stands here\n  help: delete it; it cannot be seen",
    ),
    "an embedding in an address": (
        "slug: \u202bport",
        ":5:7: the directional character U+202B stands here\n  help: delete it; it cannot be seen",
    ),
    "an isolate in the name of a source": (
        "source: {name: رويترز\u2069, url: https://example.org/}",
        ":5:22: the directional character U+2069 stands here\n  help: delete it; it cannot be seen",
    ),
}


@pytest.mark.parametrize(("key", "most"), MOST_IN_LIST.items())
def test_a_list_has_no_more_entries_than_a_site_can_carry(key: str, most: int) -> None:
    """Each tag makes a page, and three feeds where config.yaml says so: 60 kB of them would fill a disk."""
    entries = [f"/{number}/" if key == "aliases" else f"n{number}" for number in range(most + 1)]
    front = "title: خبر\ndate: 2024-05-01\nsection: sport\n"
    for count in (most, most + 1):
        reading = read(PATH, written(f"{front}{key}: [{', '.join(entries[:count])}]\n"), OPTIONS)
        told = [str(problem) for problem in reading.problems]
        assert told == (
            [f"{PATH}:5:{len(key) + 3}: '{key}' has {count:,} entries, more than {most:,}\n"
             "  help: keep those that readers look for"] if count > most else []
        )  # fmt: skip


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
        f"  help: write sport, which readers see as {rtl('رياضة')}",
    ),
    "a label's name": (
        "title: نص\ndate: 2024-05-03\nsection: sport\nlabel: عاجل\n",
        f":5:8: 'label' is {rtl('عاجل')}, not one of analysis, breaking, live, opinion\n"
        f"  help: write breaking, which readers see as {rtl('عاجل')}",
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
