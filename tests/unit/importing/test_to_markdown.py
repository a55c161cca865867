"""HTML of other systems becomes Markdown that shows the same words, whatever they look like."""

from __future__ import annotations

import html
import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mujaz.importing import escape
from mujaz.importing.html import parse, plain
from mujaz.importing.notes import Note, Notes
from mujaz.importing.to_markdown import Converter
from mujaz.markdown_body.body import parse as parse_body
from mujaz.markdown_body.parser import Dialect
from mujaz.messages.message import Message
from tests.support.bodies import parsed
from tests.support.shown_words import words


class Answers:
    """Every picture is here but those of `gone`; links lead where they led."""

    def __init__(self) -> None:
        self.notes = Notes()

    def picture(self, src: str) -> str | None:
        return None if "gone" in src else "photo.jpg"

    def file(self, src: str) -> str | None:
        return None

    def link(self, href: str) -> tuple[str | None, str]:
        return href, ""

    def frame(self, src: str) -> bool:
        return False

    def beside(self, src: str, recording: str, tail: str) -> bool:
        return False

    def note(self, message: Message) -> str:
        return self.notes.mark(message)


def markdown(source: str, *, lines: bool = False) -> tuple[str, list[Note]]:
    answers = Answers()
    return answers.notes.settle(Converter(answers, title="عنوان", lines=lines).convert(parse(source)[0]), 1)


def built(text: str) -> str:
    """The HTML of the body; Markdown that has a problem is no Markdown that an import may write."""
    body, problems = parse_body(text, Dialect(), path="a.md")
    assert [str(problem) for problem in problems if not problem.warning] == []
    return body.html


# ---------------------------------------------------------------- the same words

LOOKS = (
    "#غزة تحت القصف",
    "# عنوان",
    "عنوان #",
    "1990. كان عاما",
    "٥. بند",
    "۶) بند",
    "1- بند",
    "- قال شيئا",
    "+ زاد",
    "* نجمة",
    "> ليس اقتباسا",
    "[المصدر]: https://news.example/1",
    "[^1]: حاشية",
    "[^1]",
    "*[هـ]: هيئة",
    ": تعريف",
    "=====",
    "---",
    "-----",
    "***",
    "~~~",
    "```",
    "`شيفرة`",
    "``",
    "*مائل*",
    "**عريض**",
    "_تحته_",
    "__x__",
    "a_b_c",
    "ملف_اسم.txt",
    "| أ | ب |",
    "|---|---|",
    "--- | ---",
    "![وصف](صورة.jpg)",
    "[نص](رابط)",
    "!",
    "انتبه!",
    "\\",
    "\\*",
    "C:\\dir\\[x]",
    "{{قالب}}",
    "{% tag %}",
    "{: .pull }",
    "{#id}",
    "<b>وسم</b>",
    "5 < 6 > 4",
    "<script>",
    "&copy; &amp; &#35;",
    "AT&T",
    "— قائل",
    "2021-10-18",
    "3.5",
    "[x] مهمة",
    "[ ]",
    "]",
    "[",
    "(",
    "»",
    '"نص"',
    "'",
    "$5",
    "^2",
    "~~x~~",
    "==x==",
    "@اسم",
    "http://x.example/a_b?c=1&copy=2",
    "نص عادي.",
    "كلمة",
    "  ",
    "\u00a0",
    "ـ",
    "لَا",
    "😀",
    "CO₂",
    "a",
    ".",
    "1",
    "\tx",
)
texts = st.lists(st.sampled_from(LOOKS), min_size=1, max_size=3).map(
    lambda parts: html.escape(" ".join(parts), quote=False)
)
broken_lines = st.lists(st.sampled_from(LOOKS), min_size=1, max_size=4).flatmap(
    lambda parts: st.sampled_from(("\n", "\n\n", " ", "<br>", "<br><br>")).map(
        lambda between: between.join(html.escape(part, quote=False) for part in parts)
    )
)
INLINE = "b strong em i a code del sub sup small u mark span q cite s kbd font bdi tt".split()
AROUND = "p div blockquote h2 h3 section center li dd td ul ol article details summary figure figcaption pre".split()


def element(names: list[str], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(names), inner).map(
        lambda pair: f"<{pair[0]}{' href=https://x.example/' if pair[0] == 'a' else ''}>{pair[1]}</{pair[0]}>"
    )


def extended(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=1, max_size=4).map("".join)
    items = st.lists(several, min_size=1, max_size=3).map(lambda each: "".join(f"<li>{one}</li>" for one in each))
    rows = st.lists(st.lists(inner, min_size=1, max_size=3), min_size=1, max_size=3)
    return st.one_of(
        several,
        element(INLINE, several),
        element(AROUND, several),
        st.tuples(st.sampled_from(("ul", "ol", "ol start=19")), items).map(
            lambda one: f"<{one[0]}>{one[1]}</{one[0][:2]}>"
        ),
        rows.map(
            lambda each: (
                f"<table>{''.join('<tr>' + ''.join(f'<td>{c}</td>' for c in row) + '</tr>' for row in each)}</table>"
            )
        ),
        st.lists(inner, min_size=2, max_size=2).map(
            lambda two: f"<table><tr><th>{two[0]}</th><th>b</th></tr><tr><td>{two[1]}</td><td>c</td></tr></table>"
        ),
        st.lists(inner, min_size=2, max_size=2).map(lambda two: f"<dl><dt>{two[0]}</dt><dd>{two[1]}</dd></dl>"),
        st.lists(inner, min_size=2, max_size=2).map(lambda two: f"{two[0]}<hr>{two[1]}"),
    )


sources = st.recursive(st.one_of(texts, broken_lines, element(INLINE, texts)), extended, max_leaves=8)


@pytest.mark.slow
@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(sources, st.booleans())
def test_the_words_of_the_source_and_of_the_built_body_are_the_same(source: str, lines: bool) -> None:
    text, _ = markdown(source, lines=lines)
    assert words(built(text)) == words(source), text


@pytest.mark.long
@settings(deadline=None, max_examples=20_000, suppress_health_check=[HealthCheck.too_slow])
@given(sources, st.booleans())
def test_the_words_are_the_same_over_many_sources(source: str, lines: bool) -> None:
    text, _ = markdown(source, lines=lines)
    assert words(built(text)) == words(source), text


def test_what_stands_between_cells_comes_before_the_table() -> None:
    source = "<table><tr><th>أ</th><th>ب</th></tr><tr><td>ج</td><b>د</b><td>ه</td></tr></table>"
    text, _ = markdown(source)
    assert words(built(text)) == words(source) == ["د", "أ", "ب", "ج", "ه"]


LISTS_FIRST = {
    "below the item before": ("<ul><li>أ</li><ul><li>ب<p>ج</ul><li>د</ul>", "- أ\n\n    - ب\n\n        ج\n\n- د"),
    "in an item of its own": ("<ul><li>أ<li><ul><li>ب<p>ج</ul>د</ul>", "- أ\n\n    - ب\n\n        ج\n\n    د"),
    "first of all": ("<ol><li><ul><li>ب<p>ج</ul><li>د</ol>", "- ب\n\n    ج\n\n2. د"),
}


@pytest.mark.parametrize(("source", "made"), LISTS_FIRST.values(), ids=LISTS_FIRST)
def test_a_list_that_begins_an_item_keeps_its_paragraphs(source: str, made: str) -> None:
    text, _ = markdown(source)
    assert text == made and words(built(text)) == words(source)


@pytest.mark.parametrize(
    ("source", "made"),
    [
        (
            "<blockquote><p>أول</p><blockquote><p>ثان</p><cite>ليلى</cite></blockquote></blockquote>",
            "> أول\n>\n> > ثان\n> >\n> > — ليلى",
        ),
        ("<blockquote><p>قول</p><footer>— <cite>ليلى</cite></footer></blockquote>", "> قول\n>\n> — *ليلى*"),
    ],
)
def test_nobody_is_named_for_the_quotation_round_theirs(source: str, made: str) -> None:
    assert markdown(source)[0] == made


def test_the_caption_of_what_is_no_picture_stands_where_it_stood() -> None:
    text, _ = markdown("<figure>قبل<figcaption>شرح</figcaption>بعد</figure>")
    assert text == "قبل\n\nشرح\n\nبعد"


def test_what_parts_words_still_does() -> None:
    """As Word writes the end of a line and the hyphen that does not break."""
    assert markdown("<p>قبل\x0bبعد\x1cفي 2020\x1e2021</p>")[0].split() == ["قبل", "بعد", "في", "2020-2021"]


@pytest.mark.parametrize("looks", LOOKS)
def test_a_paragraph_that_looks_like_markup_stays_a_paragraph(looks: str) -> None:
    text, _ = markdown(f"<p>{html.escape(looks, quote=False)}</p>")
    made = built(text)
    assert words(made) == words(f"<p>{html.escape(looks, quote=False)}</p>")
    shown = html.unescape(re.sub("</?bd[io][^>]*>", "", made)).strip()
    if not looks.startswith("http") and looks.strip():
        straight = shown.replace("«", '"').replace("»", '"').replace("\n", " ")
        assert straight == f"<p>{' '.join(looks.split())}</p>".replace("«", '"').replace("»", '"')


@given(st.lists(st.sampled_from(LOOKS), min_size=1, max_size=4).map(" ".join))
def test_a_caption_comes_back_as_it_was(caption: str) -> None:
    answers = Answers()
    said = html.escape(caption)
    source = f'<figure><img src="a.jpg" alt="{said}"><figcaption>{said}</figcaption></figure>'
    text = Converter(answers, title="عنوان").convert(parse(source)[0])
    body, problems = parse_body(text, Dialect(quotes="as-is"), path="a.md")
    (picture,) = body.pictures
    even = " ".join(caption.split())
    assert not problems and picture.credit == "" and picture.caption == even and picture.alt == (even or "عنوان")


def test_line_ends_are_shown_as_they_were() -> None:
    text, _ = markdown("الدولار: 100\nاليورو: 120\n\nسطر<br/>\nوسطر", lines=True)
    assert text == "الدولار: 100<br>\nاليورو: 120\n\nسطر<br>\nوسطر"
    assert built(text).count("<br>") == 2


def test_marks_of_emphasis_stand_where_they_are_read() -> None:
    text, _ = markdown("<p>كل<b>مة</b> <b>قوي </b>(<em>مائل</em>)، <b>أ</b><i>ب</i></p>")
    assert text == "كل<strong>مة</strong> **قوي** (*مائل*)، <strong>أ</strong><em>ب</em>"


def test_what_stands_in_a_list_outside_of_its_items_is_one() -> None:
    assert markdown("<ul><b>أ</b>ب <li>ج</li> <i>د</i></ul>")[0] == "- <strong>أ</strong>ب\n- ج\n- *د*"


def test_an_element_of_a_line_that_holds_a_block_is_parted_by_it() -> None:
    text, notes = markdown("<p>أ</p>ب<b>ج<hr>د</b>ه<a href='https://x.example/'>و<ul><li>ز</li></ul></a>")
    assert text == "أ\n\nب<strong>ج</strong>\n\n* * *\n\n<strong>د</strong>ه[و](https://x.example/)\n\n- ز"
    assert [note.message.id for note in notes] == ["import-picture-link"]


def test_a_table_without_a_head_is_html_and_one_with_it_has_bars() -> None:
    assert markdown("<table><tr><th>أ</th><th>ب</th></tr><tr><td>1</td><td>2</td></tr></table>")[0] == (
        "| أ | ب |\n|---|---|\n| 1 | 2 |"
    )
    assert markdown("<table><tr><td>أ</td><td>ب</td></tr></table>")[0].startswith("<table>")


def test_a_linked_picture_has_its_caption_and_a_missing_one_loses_none() -> None:
    linked = '<figure><a href="x.jpg"><img src="x.jpg" alt="بديل"></a><figcaption>شرح</figcaption></figure>'
    assert markdown(linked)[0] == '![بديل](photo.jpg "شرح")'
    text, notes = markdown('<figure><a href="/g"><img src="https://x.example/gone.jpg" alt="بديل"></a> شرح</figure>')
    assert text == "[بديل](https://x.example/gone.jpg)\n\nشرح"
    assert [note.message.id for note in notes] == ["picture-missing", "import-picture-link"]


def test_what_is_left_out_is_told_with_its_line() -> None:
    source = (
        "<p>أ</p><iframe src='https://v.example/1'></iframe><p>ب</p><script>x</script><p>ج</p><form><p>د</p><input></form>"
        "<video src='https://v.example/f.mp4'></video><svg><path></svg>"
    )
    text, notes = markdown(source)
    rows = text.split("\n")
    assert [(note.message.id, rows[note.line - 1]) for note in notes] == [
        ("import-frame", "<https://v.example/1>"),
        ("import-script", "ج"),
        ("import-form", "د"),
        ("import-media", "<https://v.example/f.mp4>"),
        ("import-drawn", "<https://v.example/f.mp4>"),
    ]


def test_headlines_and_names_are_plain_text() -> None:
    assert plain("أسعار &amp; <em>أخبار</em>&nbsp;اليوم") == "أسعار & أخبار اليوم"
    assert plain("5 < 6") == "5 < 6"
    assert escape.line_start("1990. كان") == "1990\\. كان"


SHAPES = {
    "blanks": "أ" + " " * 200_000 + "ب",
    "bold": "<b>أ</b>" * 20_000,
    "lines": "أ\n" * 40_000,
    "breaks": "<b>" + "<br>" * 40_000,
    "links": "!<a href=x>ب</a>" * 10_000,
    "cells": "<table>" + "<tr><td>أ" * 3_000,
    "lists": "<ul><li>" * 90,
    "ticks": "`" * 50_000,
    "lower": "_" * 50_000,
    "digits": "1" * 50_000,
    "pictures": "<img src=x alt=y>" * 3_000,
    "scripts": "<script></script>" * 5_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("source", SHAPES.values(), ids=SHAPES)
def test_no_shape_takes_a_time_that_grows_faster_than_its_length(source: str) -> None:
    """A quadratic step takes minutes of the processor for these."""
    before = time.process_time()
    markdown(source, lines=True)
    assert time.process_time() - before < 20


@pytest.mark.parametrize(
    "source",
    [
        "<del><p>قُتل</p><p>قُتل</p></del><p>بعد</p>",
        "<strike><ul><li>قُتل</li></ul></strike><p>بعد</p>",
        "<s><blockquote><p>قُتل</p></blockquote></s><p>بعد</p>",
        "<del><table><tr><td>قُتل</td></tr></table></del><p>بعد</p>",
    ],
)
def test_blocks_that_were_struck_out_still_are(source: str) -> None:
    body, _ = parsed(markdown(source)[0])
    assert body.html.count(">قُتل</") == source.count("قُتل") and body.text == "بعد"
