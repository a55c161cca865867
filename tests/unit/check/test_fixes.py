"""Whatever an article holds: what is mended is mended for good, and the rest of it reads as it did."""

from __future__ import annotations

import tempfile
from difflib import unified_diff
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz.build.request import BuildRequest
from mujaz.check import fix_body, latin_names
from mujaz.check.fixes import FixedFile, fixes, write
from mujaz.content.options import Options
from mujaz.content.reader import Reading, read
from tests.support.cpu_time import within
from tests.support.sites import CONFIG, NOW, Site

OPTIONS = Options(
    content="content",
    timezone="Asia/Qatar",
    language="ar",
    quotes="guillemets",
    iframes=("www.youtube-nocookie.com",),
    sections=("politics", "sport", "science"),
    labels=(),
)
HEADS = (
    *("title: خبر", "title: روسيا: رد", "title: 'خبر «نص\" ثم'", "title: @حساب", "title: |\n  خبر من سطر"),
    *("section: politics", "section:\u00a0sport", "section: sport  # تعليق", "tags: [قطر، دبي]", "tags: قطر, دبي"),
    *("tags:\n  - قطر، دبي\n  - كوفيد – 19", "tags: [كوفيد - 19]", "author: ليلى ‑ الحسن", "authors: [ليلى - الحسن]"),
    *("summary: ملخص\u202b هنا", "# تعليق", "", "draft: true", "withdrawn: سبب", "slug: a", "id: a", "lang: en"),
    *("image: {src: a.jpg,\u00a0alt: س}", "extra: {a: [1، 2]}", "related: [b.md]", "aliases: [/a/]"),
)
BODIES = (
    *("متن الخبر.", "1- أولى", "2- ثانية", "3.ثالثة", "٤- رابعة", "• حمراء", "-خضراء", "- عادية", "> 1- في اقتباس"),
    *('قال «النص" ثم', 'قال “نص" ثم', 'قال "نص ثم', '"نص" و«نص»', "```", "    1- شيفرة", "", "", "## عنوان", "<div>"),
    *(
        '<iframe src="https://www.youtube.com/embed/x"></iframe>',
        "[ر](b.md)",
        "![ص](a.jpg)",
        "*مائل",
        '`«نص"`',
        "\\1- نص",
    ),
)
FILES = st.builds(
    lambda heads, bodies, end: (
        "---\n" + "\n".join(["date: 2021-10-18", *heads]) + "\n---\n" + "\n".join(bodies)
    ).replace("\n", end),
    st.lists(st.sampled_from(HEADS), min_size=1, max_size=7, unique_by=lambda row: row.split(":")[0]),
    st.lists(st.sampled_from(BODIES), max_size=9),
    st.sampled_from(("\n", "\r\n")),
)


def fields(reading: Reading) -> tuple[object, ...] | None:
    """What readers and other files have of it that no mend may change."""
    one = reading.article
    if one is None:
        return None
    return (one.id, one.slug, one.title, one.published, one.section, one.withdrawn, one.draft, one.lang, one.extra)


@pytest.mark.slow
@settings(max_examples=40)
@given(st.lists(FILES, min_size=1, max_size=3))
def test_mended_once_nothing_is_left_and_nothing_else_is_read(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        config = CONFIG + "iframes: [www.youtube-nocookie.com]\n"
        site = Site(Path(folder)).write({"config.yaml": config})
        site.write({f"content/{n}.md": text.encode() for n, text in enumerate(texts)})
        request = BuildRequest(root=site.root, now=NOW, jobs=1)
        for mended in list(fixes(request)):
            before, after = (read(mended.path, raw, OPTIONS) for raw in (mended.before, mended.after))
            assert errors(after) <= errors(before)
            if fields(before) is not None and not errors(before):
                assert fields(after) == fields(before)
                assert letters(after) == letters(before)
            assert mended.after.count(b"\r\n") in (0, mended.after.count(b"\n"))
            write(site.root, mended)
        assert [one.fixes for one in fixes(request)] == [], texts


def errors(reading: Reading) -> int:
    return sum(not problem.warning for problem in reading.problems)


def letters(reading: Reading) -> str:
    return "".join(filter(str.isalpha, reading.body.text)) if reading.body else ""


# ---------------------------------------------------------------- time


def shown(before: str, after: str) -> list[str]:
    return list(FixedFile(path="a", before=before.encode(), after=after.encode(), fixes=()).diff())


@given(*[st.lists(st.sampled_from("abcd"), max_size=12).map("\n".join)] * 2)
def test_a_diff_is_that_of_difflib_and_leads_from_one_text_to_the_other(before: str, after: str) -> None:
    if before == after:
        return
    one, other = before.split("\n"), after.split("\n")
    made = shown(before, after)
    rows = [row for row in made[2:] if not row.startswith("@@")]
    if one[0] != other[0] and one[-1] != other[-1]:  # else difflib may choose other lines of those that are alike
        assert made == list(unified_diff(one, other, "a/a", "b/a", lineterm="", n=1))
    assert [row[1:] for row in rows if row[0] == "-"] or [row[1:] for row in rows if row[0] == "+"]


def test_a_diff_of_thousands_of_changes_costs_no_square() -> None:
    before = "".join(f'سطر {number}\n«كلمة {number}"\n' for number in range(20_000))
    with within(4):
        made = shown(before, before.replace('"', "»"))
    assert sum(row.startswith("+«") for row in made) == 20_000


def test_lines_that_look_like_a_list_and_are_none_are_looked_at_once() -> None:
    body = "•ا\n" * 20_000 + "نص"
    with within(4):
        assert fix_body.lists(body, 1) == (body, [])
    assert fix_body.lists("• ا\nنص\n\n• ا\n• ب", 1)[0] == "• ا\nنص\n\n- ا\n- ب"
    assert fix_body.lists("1- ا\n3- ب\n4- ج", 1)[0] == "1- ا\n\n3. ب\n4. ج"


def test_thousands_of_frames_cost_no_square() -> None:
    body = '<iframe src="https://www.youtube.com/embed/a"></iframe> نص\n' * 15_000
    with within(4):
        made, found = fix_body.frames(body, 3)
        assert len(list(fix_body.cookie_frames("a.md", body, 1))) == 15_000
    assert made == body.replace("youtube.com", "youtube-nocookie.com")
    assert [fix.line for fix in found] == list(range(3, 15_003))


def test_thousands_of_latin_names_cost_no_square() -> None:
    """Nor does each run of Latin words cost as much as all names of the house: the library keeps 512 expressions."""
    house = [("UN", "الأمم المتحدة"), *((f"Agency{number} East", "وكالة") for number in range(2_000))]
    with within(6):
        (one,) = latin_names.latin_names("a.md", "نص " + "UN " * 20_000, house)
        found = list(latin_names.latin_names("a.md", "نص Alpha Beta و Agency77 East نص\n" * 5_000, house))
    assert one.line == 1
    assert [problem.column for problem in found] == [4, 17]


def test_of_latin_names_that_overlap_the_longest_is_told() -> None:
    house = [("New York", "نيويورك"), ("York Times", "يورك تايمز"), ("AT&T", "إيه تي")]
    told = [
        str(problem.help) for problem in latin_names.latin_names("a", "في New York Times و at&t AT&T وNew York", house)
    ]
    assert [word in " ".join(told) for word in ("يورك تايمز", "إيه تي", "نيويورك")] == [True] * 3
