"""The timed entries of a live story: where one begins, what it is called, in which order they stand."""

from __future__ import annotations

import pytest

from mujaz.markdown_body.body import parse
from mujaz.markdown_body.parser import Dialect
from mujaz.markdown_body.placeholders import fill
from mujaz.model.content import Body
from mujaz.model.views import BodyView
from tests.unit.markdown_body.test_body import SPOKEN, entries_of, played, shown, timed

LIVE = Dialect(live="2021-10-18")


def live(text: str) -> Body:
    made, problems = parse(text, LIVE, path="content/a.md")
    assert problems == ()
    return made


def page(made: Body) -> str:
    entries = entries_of(made)[::-1]
    return fill(made.html, BodyView(digest="", entries=entries), shown, played, SPOKEN, timed)


def heads(made: Body) -> list[tuple[str, str, str]]:
    return [(entry.local, entry.id, entry.title) for entry in made.entries]


def test_a_heading_that_begins_with_a_time_begins_an_entry() -> None:
    made = live(
        "مقدمة.\n\n## 14:05 الرصيف **مغلق**\n\nقالت الهيئة.\n\n### لماذا\n\nلأنه مال.\n\n## 15:10 السفن\n\nتنتظر."
    )
    assert heads(made) == [
        ("2021-10-18 14:05", "h-14-05", "الرصيف مغلق"),
        ("2021-10-18 15:10", "h-15-10", "السفن"),
    ]
    assert [entry.text for entry in made.entries] == ["قالت الهيئة. لماذا لأنه مال.", "تنتظر."]
    assert made.opening == "مقدمة."
    assert page(made) == (
        '<p>مقدمة.</p>\n<div class="entries">\n'
        '<article id="h-15-10"><h2>السفن</h2>\n<p>تنتظر.</p></article>'
        '<article id="h-14-05"><h2>الرصيف <strong>مغلق</strong></h2>\n<p>قالت الهيئة.</p>\n'
        '<h3 id="h-لماذا">لماذا</h3>\n<p>لأنه مال.</p>\n</article></div>\n'
    )


@pytest.mark.parametrize(
    ("heading", "local", "title"),
    [
        ("14:05 الوزير", "2021-10-18 14:05", "الوزير"),
        ("٩:٠٥ الوزير", "2021-10-18 09:05", "الوزير"),
        ("14:05 – الوزير", "2021-10-18 14:05", "الوزير"),
        ("14:05: الوزير", "2021-10-18 14:05", "الوزير"),
        ("2021-10-19 00:10 الوزير", "2021-10-19 00:10", "الوزير"),
        ("14:05", "2021-10-18 14:05", ""),
        ("14:05 BBC تنقل", "2021-10-18 14:05", "BBC تنقل"),
    ],
)
def test_a_time_is_written_as_desks_write_it(heading: str, local: str, title: str) -> None:
    entry = live(f"## {heading}\n\nنص.").entries[0]
    assert (entry.local, entry.title, entry.text) == (local, title, "نص.")


@pytest.mark.parametrize(
    "heading",
    [
        "الساعة 14:05",
        "14:05:30 عدّاء",
        "2021 عام المرفأ",
        "3:2 للفريق الأول",
        "10:30-12:00 الجلسة",
        "10:30 – 12:00 الجلسة",
    ],
)
def test_another_heading_stays_one(heading: str) -> None:
    made = live(f"## {heading}\n\nنص.")
    assert made.entries == () and made.html.startswith("<h2 id=")


def test_without_an_end_no_story_is_live() -> None:
    made, _ = parse("## 14:05 خبر\n\n- نقطة", Dialect(), path="content/a.md")
    assert made.entries == () and "points" not in made.html


def test_a_time_that_there_is_not_is_told_at_its_place() -> None:
    _, problems = parse("نص.\n\n## 25:61 خبر", LIVE, path="content/a.md", first_line=7)
    assert [str(problem) for problem in problems] == [
        "content/a.md:9:4: the entry '25:61' has no time that there is\n"
        "  help: hours go from 00 to 23, minutes from 00 to 59"
    ]


@pytest.mark.parametrize(
    "heading", ["4:30 م", "٤:٣٠ مساءً", "1:10 ظهراً", "11:05pm: خبر", "2021-10-19 12:10 صباحا", "4:30 ب.ظ"]
)
def test_an_hour_of_the_other_half_of_the_day_is_told(heading: str) -> None:
    made, problems = parse(f"## {heading} عودة", LIVE, path="content/a.md")
    assert made.entries == () and [str(problem).partition(": the entry")[0] for problem in problems] == [
        "content/a.md:1:4"
    ]


@pytest.mark.parametrize(
    "heading", ["9:30 ص", "12:10 م", "14:05 م", "0:10 ص", "11:05 مساءلة الوزير", "4:30 م. أحمد يصل", "1:10 ظهر"]
)
def test_a_time_that_is_the_same_on_both_clocks_begins_an_entry(heading: str) -> None:
    assert len(live(f"## {heading} عودة").entries) == 1


def test_either_way_of_writing_gives_the_same_entries_and_anchors() -> None:
    """Of two in a minute the older keeps the plain anchor, whether the newest is written on top or at the end."""
    parts = [f"## {head}\n\nنص {head}." for head in ("14:05 أ", "14:05 ب", "15:00 ج", "2021-10-19 00:10 د")]
    down, up = live("\n\n".join(parts)), live("\n\n".join(parts[::-1]))
    assert heads(down) == heads(up)
    assert [id for _, id, _ in heads(down)] == ["h-14-05", "h-14-05-2", "h-15-00", "h-10-19-00-10"]
    assert page(down).replace("\n", "") == page(up).replace("\n", "")


def test_links_find_an_entry_by_its_time_by_its_title_and_by_a_name_of_its_own() -> None:
    made = live("[أ](#14-05) [ب](#السفن-تنتظر) [ج](#port)\n\n## 14:05 السفن تنتظر\n\n## 14:06 رصيف {: #port }\n")
    assert 'href="#h-14-05">أ' in made.html and 'href="#h-14-05">ب' in made.html
    assert 'href="#u-port">ج' in made.html
    assert [entry.id for entry in made.entries] == ["h-14-05", "u-port"]


def test_the_list_above_the_entries_is_the_key_points() -> None:
    made = live("- أول\n    - داخله\n- ثان\n\nوصف\n\n- ثالث\n\n## 14:05 خبر\n\n- في الخبر")
    assert made.html.count('class="points"') == 1
    assert made.html.startswith('<div class="points"><h2>\x1aT:key_points\x1a</h2><ul>\n<li>أول<ul>')
    assert "</ul></div>\n<p>وصف</p>\n<ul>" in made.html


def test_footnotes_stay_below_all_entries() -> None:
    made = live("## 14:05 أ\n\nنص[^1].\n\n## 15:05 ب\n\nنص.\n\n[^1]: حاشية.")
    filled = page(made)
    assert filled.index("h-15-05") < filled.index("h-14-05") < filled.index("doc-endnotes")
    assert filled.index('</div>\n<div class="footnotes"') > 0


def test_what_is_written_like_footnotes_stands_within_its_entry() -> None:
    made = live('## 14:05 أ\n\n<div class="footnote">\n\nنص\n\n</div>\n\n## 15:05 ب[^1]\n\n[^1]: حاشية')
    assert [entry.title for entry in made.entries] == ["أ", "ب"]
    filled = page(made)
    assert (
        filled.index("h-14-05") < filled.index("<p>نص</p>") < filled.index("</article></div>") < filled.index("حاشية")
    )


def test_an_element_that_a_text_leaves_open_ends_with_its_entry() -> None:
    made, _ = parse("## 14:05 أ\n\nنص <b>[^1].\n\n# ج\n\n## 15:05 ب\n\n[^1]: حاشية.", LIVE, path="content/a.md")
    assert len(made.entries) == 1
    filled = page(made)
    assert filled.index("<b>\n<h2") < filled.index("doc-endnotes") < filled.index("</b></article>")


@pytest.mark.parametrize("around", ["<div>\n\n{}\n\n</div>", "> {}", "- أ\n\n    {}", "<h2>14:05 أ <div>ب</div></h2>"])
def test_a_heading_within_something_else_begins_none(around: str) -> None:
    made, _ = parse(around.format("## 14:05 أ"), LIVE, path="content/a.md")
    assert made.entries == ()
