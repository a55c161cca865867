"""Whatever an article holds: what is mended is mended for good, and the rest of it reads as it did."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz.build.request import BuildRequest
from mujaz.check.fixes import fixes, write
from mujaz.content.options import Options
from mujaz.content.reader import Reading, read
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
