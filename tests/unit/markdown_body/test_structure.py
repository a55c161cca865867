"""What the editor wrote is what the reader reads: blocks, numbers, captions, notes, and HTML that is taken out."""

from __future__ import annotations

import re

import pytest

from mujaz.markdown_body.body import parse
from mujaz.markdown_body.parser import Dialect
from mujaz.markdown_body.placeholders import HOLE
from mujaz.messages.errors import Problem
from mujaz.model.content import Body
from tests.support.bodies import page_and_feed, shown
from tests.support.cpu_time import within


def parsed(text: str) -> tuple[Body, tuple[Problem, ...]]:
    return parse(text, Dialect(), path="content/a.md")


def made(text: str) -> str:
    """The HTML of a body that has no problem, on one line."""
    body, problems = parsed(text)
    assert problems == ()
    return body.html.replace("\n", "")


def told(text: str) -> list[tuple[str, int, int]]:
    return [(problem.message.id, problem.line, problem.column) for problem in parsed(text)[1]]


def test_a_blank_line_ends_a_quotation() -> None:
    spoken = made("> سنقاطع.\n> — زيد\n\n> سنحترم.\n> — عمرو")
    assert re.findall("<figcaption>(.*?)</figcaption>", spoken) == ["— زيد", "— عمرو"]
    assert made("> لن نفاوض.\n\n> سنفاوض.\n> — الوزير").startswith("<blockquote><p>لن نفاوض.</p></blockquote><figure")
    pulled = made("> وصف القصة.\n{: .pull }\n\n> لا تعليق.\n> — المتحدث")
    assert pulled.startswith(
        '<blockquote class="pull"><p>وصف القصة.</p></blockquote><figure class="quote"><blockquote>'
    )
    assert made("> أول\n>\n> ثان") == "<blockquote><p>أول</p><p>ثان</p></blockquote>"


@pytest.mark.parametrize("last", [">", "> ", "> >", "> ## عنوان", "> ***", "> ---", "> ```\n> رمز\n> ```"])
def test_words_behind_the_end_of_a_quotation_are_not_in_it(last: str) -> None:
    """In CommonMark only a paragraph goes on without a mark; else the paper's words would be the speaker's."""
    for before, after in (("", ""), ("قبل\n", "\n\n> آخر"), ("- بند\n\n", "")):
        inner = "  " if before.startswith("-") else ""
        lines = ["> سنقاطع.", *last.split("\n"), "وقالت الصحيفة.", "ثم سكتت."]
        text = before + "\n".join(inner + line for line in lines) + after
        page, feed = page_and_feed(text)
        for root in (page, feed):
            assert not [quote for quote in root.iter("blockquote") if "الصحيفة" in shown(quote)]
            assert shown(root).count("وقالت الصحيفة. ثم سكتت.") == 1
    assert made("> سنقاطع.\n> — زيد\n>\nوغادر.").endswith("<figcaption>— زيد</figcaption></figure><p>وغادر.</p>")
    assert made("> سنقاطع.\n>\n— زيد").endswith("<figcaption>— زيد</figcaption></figure>")


def test_numbers_are_those_that_are_written() -> None:
    assert made("٥. خامس\n٦. سادس") == '<ol class="arabic" start="5"><li>خامس</li><li>سادس</li></ol>'
    assert made("۳. سوم\n۴. چهارم") == '<ol class="persian" start="3"><li>سوم</li><li>چهارم</li></ol>'
    assert made("1. أ\n3. ب\n4. ج") == '<ol><li>أ</li><li value="3">ب</li><li>ج</li></ol>'
    assert made("1. أ\n1. ب") == "<ol><li>أ</li><li>ب</li></ol>"
    assert made("1) أ\n2) ب") == "<ol><li>أ</li><li>ب</li></ol>"
    assert made("1990. حرب\n1991. سلم") == '<ol start="1990"><li>حرب</li><li>سلم</li></ol>'
    for year in ("٢٠٢١. كان عاما", "2021. كان عاما", "۲۰۲۱. كان عاما", "نص\n2021. كان"):
        assert parsed(year)[0].text == year.replace("\n", " ")


@pytest.mark.parametrize("before", ["", "- ", "> ", "وكتب:\n", "1. "])
@pytest.mark.parametrize("tag", ["#غزة_الآن", "##وسم", "#1"])
def test_a_hashtag_is_no_heading(before: str, tag: str) -> None:
    body, _ = parsed(before + tag)
    assert tag in body.text and body.headings == ()


@pytest.mark.parametrize(
    "text",
    [
        "## سؤال {خاص}",
        "سؤال {: خاص}\n---",
        "*قال*{ضاحكا} ثم {غاضبا} ومضى",
        "`x`{خاص}",
        "**قال**{ب=ج} ومضى",
        "قال\n{: مازحا }",
        "|أ {ب}|ج {: د}|\n|---|---|\n|ه|و|",
    ],
)
def test_braces_without_attributes_are_words(text: str) -> None:
    assert re.findall(r"\w+|[{}]", parsed(text)[0].text) == re.findall(r"\w+|[{}]", text)


def test_what_follows_attributes_stays_where_it_is() -> None:
    assert made('*قال*{: lang="ar" } ثم {ب} بعد') == '<p><em lang="ar">قال</em> ثم {ب} بعد</p>'
    assert made("*قال*{lang=ar}} ثم") == '<p><em lang="ar">قال</em>} ثم</p>'
    assert made("## عنوان {#a}") == '<h2 id="u-a">عنوان</h2>'
    assert made("نص\n{: lang=en #b }") == '<p id="u-b" lang="en">نص</p>'


def test_a_lost_note_is_told_whatever_stands_around_it() -> None:
    twice = "نص[^أ] و`صنعاء\n\n[^أ]: أولى\n\nنص`\n\n[^أ]: ثانية"
    assert ("footnote-twice", 5 + 2, 1) in told(twice)
    assert ("footnote-twice", 5, 1) in told("نص[^أ]\n\n- [^أ]: في بند\n\n[^أ]: ثانية")


def test_a_note_in_a_caption_is_no_digit_of_its_word() -> None:
    body, _ = parsed('نص[^1]\n\n![مدرعة T-7[^1]](b.jpg "طراز T-7[^1] | عدسة")\n\n[^1]: حاشية')
    (picture,) = body.pictures
    assert "71" not in picture.alt + picture.caption
    assert "T-7[^1]" in re.sub("<[^>]*>", "", picture.caption)


@pytest.mark.parametrize(
    "inner",
    [
        "<blockquote>\nنقبل\n</blockquote>\n\n</details>",
        "<blockquote>\nنقبل\n</blockquote></details>",
        "<blockquote>\nنقبل\n</blockquote>\n</details>",
        "<div><div>\nنقبل</div>\n</div>\n\n<div>نقبل\n</div> و\n\n</details>",
        "<div\nlang=ar>\nنقبل\n</div>\n\n</details>",
        "<div>\n\n<div>\nنقبل\n</div>\n\n</div>\n\n</details>",
    ],
)
def test_an_element_within_details_ends_where_it_ends(inner: str) -> None:
    spoken = made(f"<details>\n<summary>خلفية</summary>\n\nفقرة\n\n{inner}\n\nقال **نعم**.\n\n> لا\n> — زيد")
    assert "نقبل" in spoken.partition("</details>")[0]
    after = '<p>قال <strong>نعم</strong>.</p><figure class="quote"><blockquote><p>لا</p></blockquote>'
    assert spoken.partition("</details>")[2].startswith(after)


def test_a_heading_keeps_the_hash_that_belongs_to_it() -> None:
    assert [heading.text for heading in parsed("## لغة C#\n\n## عنوان ##")[0].headings] == ["لغة C#", "عنوان"]


def test_lists_and_tables_stand_right_below_a_line() -> None:
    assert made("تشمل:\n- أ\n- ب") == "<p>تشمل:</p><ul><li>أ</li><li>ب</li></ul>"
    assert made("تشمل:\n1. أ\n2. ب") == "<p>تشمل:</p><ol><li>أ</li><li>ب</li></ol>"
    assert made("الأرقام:\n| أ | ب |\n|---|---|\n| 1 | 2 |").startswith('<p>الأرقام:</p><div class="table"')
    assert made("> تشمل:\n> - أ") == "<blockquote><p>تشمل:</p><ul><li>أ</li></ul></blockquote>"
    assert made("- أ\n1. ب") == "<ul><li>أ</li></ul><ol><li>ب</li></ol>"
    assert made("- أ\n> ب") == "<ul><li>أ</li></ul><blockquote><p>ب</p></blockquote>"
    assert made("انتهت 2\n- 1") == "<p>انتهت 2</p><ul><li>1</li></ul>"
    assert made("من 3\n5. أ") == "<p>من 3\n5. أ</p>".replace("\n", "")


def nested(depth: int, step: int) -> str:
    return "\n".join(" " * (step * level) + "- بند" for level in range(depth))


@pytest.mark.parametrize("step", [2, 3, 4])
@pytest.mark.parametrize("depth", [2, 3, 7])
def test_two_blanks_nest_a_list_and_so_do_four(step: int, depth: int) -> None:
    expected = "<ul><li>بند" * depth + "</li></ul>" * depth
    assert made(nested(depth, step)) == expected
    assert made("1. أ\n   - ب\n2. ج") == "<ol><li>أ<ul><li>ب</li></ul></li><li>ج</li></ol>"
    assert made("- أ\n\n  فقرة\n- ب") == "<ul><li><p>أ</p><p>فقرة</p></li><li><p>ب</p></li></ul>"


@pytest.mark.parametrize(("outer", "inner"), [("-*", "-*"), ("-*", "12"), ("12", "-*"), ("12", "12")])
@pytest.mark.parametrize("depth", [1, 2, 3])
def test_an_item_right_below_those_of_a_list_within_is_not_one_of_them(outer: str, inner: str, depth: int) -> None:
    def mark(kind: str, number: int) -> str:
        return "- " if kind == "-*" else f"{number}. "

    column = len(mark(outer, 1))
    lines = [f"{mark(outer, 1)}أول"]
    for level in range(depth):
        lines += ["", " " * (column + level * len(mark(inner, 1))) + f"{mark(inner, 1)}بند"]
    for root in page_and_feed("\n".join([*lines, f"{mark(outer, 2)}ثان"])):
        (listed,) = root.iterchildren("ul" if outer == "-*" else "ol")
        assert [shown(item) for item in listed.iterchildren("li")] == ["أول" + " بند" * depth, "ثان"]


def test_what_stands_below_a_fence_that_begins_an_item_is_read() -> None:
    fenced = "1. ```\n   رمز\n   ```\n\n   > قال\n2. ثان\n   - بند"
    for text in (fenced, "- أ\n\n" + "\n".join("  " + line for line in fenced.split("\n"))):
        for root in page_and_feed(text):
            (quote,) = root.iter("blockquote")
            assert shown(quote) == "قال"
            assert [shown(item) for item in next(root.iter("ol")).iterchildren("li")] == ["رمز قال", "ثان بند"]


def test_lists_that_nest_too_deep_are_told() -> None:
    assert told(nested(60, 2)) == [("nested-too-deep", 60, 1)]


def test_markdown_in_details_is_read() -> None:
    text = "<details><summary>اقرأ</summary>\n\n**مهم**: [رابط](https://example.org/)\n\n- بند\n\n</details>\n\nبعد"
    assert made(text) == (
        '<details><summary>اقرأ</summary><p><strong>مهم</strong>: <a href="https://example.org/">رابط</a></p>'
        "<ul><li>بند</li></ul></details><p>بعد</p>"
    )
    assert made("<details>\n\n*أ*\n</details>\nبعد") == "<details><p><em>أ</em></p></details><p>بعد</p>"
    assert told("<details><summary>**أ**</summary>ب</details>")[0] == ("mark-not-read", 1, 19)


def test_footnotes_are_numbered_as_they_are_read() -> None:
    text = "> نص[^ب]\n\nنص[^أ] ثم[^ب].\n\n[^أ]: أول\n[^ب]: ثان"
    html = made(text)
    assert re.findall(r'class="footnote-ref" role="doc-noteref">(\d)</a>', html) == ["1", "2", "1"]
    assert re.findall(r'<li id="fn-(.)">', html) == ["ب", "أ"]


def test_a_note_may_be_referred_to_thousands_of_times() -> None:
    """Each reference has an id of its own, and each a way back; the time grows with their number alone."""
    with within(6):
        body, problems = parsed("نص[^أ]\n\n" * 5_000 + "[^أ]: حاشية")
    assert problems == ()
    ids = ["fnref-أ", *(f"fnref{number}-أ" for number in range(2, 5_001))]
    assert re.findall(r'<sup id="([^"]*)">', body.html) == ids
    assert body.html.count('role="doc-backlink"') == 5_000


def test_places_that_are_written_otherwise_than_read_cost_no_square() -> None:
    """Each is told; once too much was looked through, at the first line."""
    again = f'<b id="{"a" * 40}&#98;{"a" * 40}">نص</b>\n\n'
    with within(10):
        _, problems = parsed(again * 3_000 + ("a" * 60_000 + "\n\n") * 5)
    assert [problem.message.id for problem in problems] == ["body-id-twice"] * 2_999


def test_footnotes_that_are_lost_are_told_with_name_and_line() -> None:
    assert told("نص[^1] ثم[^1].\n\n[^1]: أول\n\n[^1]: ثان") == [("footnote-twice", 5, 1)]
    assert told("نص.\n\n[^1]: حاشية") == [("footnote-unused", 3, 1)]
    assert told("نص.\n\nثم[^9]") == [("footnote-missing", 3, 3)]
    assert "حاشية" in parsed("نص.\n\n[^1]: حاشية")[0].html
    assert told("`[^9]` و \\[^9]") == []


def figure(number: int) -> str:
    return f"{HOLE}F{number}{HOLE}"


def test_every_caption_has_a_figure() -> None:
    a, b = '![أ](p.jpg "شرح | زيد")', '![ب](q.jpg "شرح ثان")'
    assert made(f"{a}\n{b}") == figure(0) + figure(1)
    assert made(f"قبل\n{a}\nبعد") == f"<p>قبل</p>{figure(0)}<p>بعد</p>"
    assert made(f"قبل {a} بعد {b}") == f"<p>قبل</p>{figure(0)}<p>بعد</p>{figure(1)}"
    assert made(f"[{a}](https://example.org/)") == f'<a href="https://example.org/">{figure(0)}</a>'
    assert figure(0) in made(f"- {a}") and figure(0) in made(f"> {a}") and figure(0) in made(f"**قوي {a}**")
    assert made(f"{a}\n{{: #x }}") == f'<div id="u-x">{figure(0)}</div>'
    assert told(f"نص\n\n## عنوان {a}") == [("caption-misplaced", 3, 15)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("نص\n\n<script async src=x></script>", "html-removed-whole"),
        ("نص\n\n<svg><path d=''/></svg>", "html-removed-whole"),
        ("نص\n\n<object data=x></object>", "html-removed-whole"),
        ("نص\n\n<form><input name=q></form>", "html-removed"),
        ("نص\n\n<embed src=x>", "html-removed"),
        ("نص\n\n<p style='color:red'>نص</p>", "html-attribute-removed"),
        ("نص\n\n<p onclick=x>نص</p>", "html-attribute-removed"),
        ("نص\n\n<blockquote class='twitter-tweet'>نص</blockquote>", "html-post-removed"),
        ("نص\n\n<p class='lead'>نص</p>", "html-class-removed"),
    ],
)
def test_html_that_is_taken_out_is_told_with_its_place(text: str, kind: str) -> None:
    (problem,) = parsed(text)[1]
    assert (problem.message.id, problem.line, problem.column, problem.warning) == (kind, 3, 1, True)
    assert problem.help is not None and problem.help.text("ar")


def test_html_that_is_left_or_shown_as_code_is_not_told() -> None:
    assert told("`<script>` و\n\n```\n<form>\n```\n\n<div><p>نص</p></div>\n\n<section>نص</section> a < b") == []
    assert [line for _, line, _ in told("`<form>`\n\n<form>نص</form>\n\n<form>نص</form>")] == [3, 5]


def test_marks_that_a_reader_would_see_are_told() -> None:
    assert told("نص\n\nهذا **مهم جدا") == [("mark-not-read", 3, 5)]
    assert told("هذا **مهم** و`**` و \\*\\*") == []


@pytest.mark.parametrize("text", ["نص\n\n[^أ]:", "نص\n\n[^أ]: \n\nبعد", "نص\n\n[^أ]:\n[^ب]:"])
def test_a_note_in_which_nothing_is_written_leaves_the_body_whole(text: str) -> None:
    body, problems = parsed(text)
    assert body.text.startswith("نص") and ("بعد" in body.text) == ("بعد" in text)
    assert {problem.message.id for problem in problems} == {"footnote-unused"}


@pytest.mark.parametrize("above", ["- بند", "## عنوان", "أ | ب\n--|--\n1 | 2", "***"])
def test_a_line_that_begins_with_a_colon_and_has_no_term_above_is_a_line(above: str) -> None:
    assert made(f"{above}\n\n: تعليق").endswith("<p>: تعليق</p>")
    assert made("سد\n\n: حاجز ماء\n\n: وسد آخر") == (
        "<dl><dt>سد</dt><dd><p>حاجز ماء</p></dd><dd><p>وسد آخر</p></dd></dl>"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("نص[^1]\n\n[^1]: [^2]: كلمات", [("footnote-missing", 3, 7)]),
        ("نص[^1] ثم[^2]\n\n[^1]: [^2]: كلمات", [("footnote-missing", 1, 10)]),
        ("نص[^1]\n\n[^1]: أول\n\n    > [^2]: كلمات", [("footnote-missing", 5, 7)]),
        ("نص[^1] ثم[^2]\n\n[^1]: أول\n\n    - [^2]: كلمات\n\n[^2]: ثان", [("footnote-twice", 7, 1)]),
        ("نص[^1]\n\n[^1]: - [^1]: كلمات", []),
    ],
)
def test_a_note_within_a_note_is_text_that_is_told(text: str, said: list[tuple[str, int, int]]) -> None:
    body, _ = parsed(text)
    assert body.html.count("كلمات") == 1
    assert told(text) == said


def test_a_list_below_a_line_of_a_note_is_one() -> None:
    assert "<p>أول</p><ul><li>بند</li><li>بند</li></ul>" in made("نص[^1]\n\n[^1]: أول\n    - بند\n    - بند")


def test_thousands_of_entries_of_a_live_story_cost_no_square() -> None:
    with within(4):
        body, _ = parse("## 10:05\n\n" * 24_000, Dialect(live="2021-10-18"), path="a.md")
    assert len(body.entries) == 24_000
