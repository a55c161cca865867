"""No word of a body is lost without a line that says so, whatever Markdown takes it for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz.markdown_body.body import Dialect, parse
from mujaz.markdown_body.lost_words import lost_words
from mujaz.markdown_body.source import Source
from tests.support.bodies import parsed
from tests.support.cpu_time import within

MARKS = (
    "[", "]: ", "]", "(", ")", "](", "|", "\n", "\n\n", "\n- ", "- ", "\n1. ", "\n> ", "\n: ", "[^", "\n*[", "{: ", "}",
    "`", "\n```\n", "\n~~~\n", "<b>", "</b>", "\n--|--\n", "**", "*", "_", "\n<div>", "</div>", "\n<details>",
    "<summary>",
    "![", "](a.png)", "\n### ", "\n<table>", "<tr>", "<td>", "</table>", "\n[^1]: ", "[^1]", "{: .pull }", "\\", "&",
    "<", " — ", "<?x", "?>", "<![CDATA[", "<p>", "<!--", "<a href=x>", "https://a.example/", "    ", "  \n", " ",
)  # fmt: skip
LETTERS = "بتجحدرسشصطعقكملن"


def lost(made: str, text: str) -> list[tuple[int, int, str]]:
    """Line, column and words of what is lost of `text` in the HTML `made`."""
    found = lost_words(made, text, Source(text, "content/a.md", 1))
    return [(one.line, one.column, str(dict(one.message.args)["words"])) for one in found]


@pytest.mark.parametrize(
    ("made", "text", "expected"),
    [
        ("<p>أول</p>", "أول\n\n[ثان ثالث|", [(3, 2, "ثان ثالث")]),
        ("<p>أول ثان</p>", "**أول** _ثان_", []),
        ("<p>في بيت</p>", "في [بيت] كبير\n[في بيت\n", [(1, 10, "كبير")]),
        ("<p>في بيت</p>", "في بيت\n\n[في\n", [(3, 2, "في")]),  # its last place
        ("<ol><li>أول</li></ol>", "> 4. [أول]\n", []),
        ('<p><a href="https://a.example">نص</a></p>', "[نص][مرجع]\n\n[مرجع]: https://a.example\n", []),
        ("<p>&#109;e&#64;a.example</p>", "<me@a.example>", []),
        ("<p>أول <? ثان ?> ثالث</p>", "أول <? ثان ?> ثالث", [(1, 8, "ثان")]),
        ("<p>أول</p><div><![CDATA[ ثان", "أول <![CDATA[ ثان", [(1, 8, "CDATA ثان")]),
    ],
)
def test_words_that_are_nowhere_are_told_with_their_line(
    made: str, text: str, expected: list[tuple[int, int, str]]
) -> None:
    assert lost(made, text) == expected


def test_a_comment_that_never_ends_holds_no_words_back() -> None:
    """In HTML it would hold all that follows."""
    body, _ = parsed("ثان <!-- سر --> ثالث\n\n<div>\n<!-- رابع\n</div>\n\nخامس")
    assert "رابع" in body.html and "خامس" in body.html and "سر" not in body.html


FRAME = "https://tv.example.org/1"


@pytest.mark.parametrize("player", [f'<iframe src="{FRAME}"', '<video src="a.mp4"', '<audio src="a.mp3"'])
@pytest.mark.parametrize("end", [">", " />", "/>", '>\n<source src="b.mp4">'])
@pytest.mark.parametrize("between", ["\n\n", " نص\n\n", "\n"])
def test_a_player_without_an_end_tag_holds_no_words_back(player: str, end: str, between: str) -> None:
    name = player[1:7].split()[0]
    if name == "iframe" and "source" in end:
        return
    text = f"أول\n\n{player}{end}{between}**ثان**\n\nثالث\n\n{player}></{name}>\n\nرابع\n"
    body, _ = parse(text, Dialect(iframes=("tv.example.org",)), path="content/a.md")
    assert body.html.count(f"<{name}") == body.html.count(f"></{name}>") == 2, body.html
    assert [word for word in ("أول", "ثان", "ثالث", "رابع") if word not in body.text] == []
    assert "<p>ثالث</p>" in body.html
    if between == "\n\n":
        assert "<strong>ثان</strong>" in body.html


def word(number: int) -> str:
    return f"خ{LETTERS[number // 16]}{LETTERS[number % 16]}خ"


@settings(max_examples=1_000)
@given(st.lists(st.lists(st.sampled_from(MARKS), max_size=3).map("".join), min_size=1, max_size=14))
def test_each_word_is_shown_or_told(marks: list[str]) -> None:
    text = "".join(word(number) + between for number, between in enumerate(marks))
    body, problems = parsed(text)
    if not all(problem.warning for problem in problems):
        return  # it is not published
    # A comment is the editor's own, and a definition may go on in the next line.
    read = re.sub(r"<!--.*?-->", lambda comment: re.sub(r"[^\n]", " ", comment[0]), text, flags=re.S)
    told = {problem.line + more for problem in problems for more in (0, problem.message.id.endswith("unused"))}
    shown = repr(body)
    for found in re.finditer("خ..خ", read):
        assert found[0] in shown or read.count("\n", 0, found.start()) + 1 in told, (found[0], body.html, problems)


def test_many_lost_words_cost_their_length_alone() -> None:
    text = "- [كلمة ضائعة\n" * 70_000
    with within(3):
        assert len(lost("<p></p>", text)) == 70_000
