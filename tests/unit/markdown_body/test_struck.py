"""What is struck out is so wherever the text is shown: on the page, in feeds, and in what holds no elements."""

from __future__ import annotations

from typing import Any

import pytest

from mujaz.markdown_body.placeholders import STRUCK, plain
from mujaz.markdown_body.struck import in_lines
from tests.support.bodies import page_and_feed, parsed

ROW = "| قُتل | قُتل |\n|--|--|\n| قُتل | قُتل |"
TEXTS = [
    "قبل\n\n<del>\n\nقُتل\n\n</del>\n\nبعد",
    "قبل\n\n<s>\n\nقُتل\n\n</s>\n\nبعد",
    "<del><p>قُتل</p></del>\n\nبعد",
    "<div><del><p>قُتل</p></del></div>\n\nبعد",
    "<div><s><p>قُتل</p><p><b>قُتل</b></p></s></div>\n\nبعد",
    "قبل <del>قُتل\n\nقُتل</del> بعد",
    "- قبل <del>قُتل\n\n  قُتل</del>\n- بعد",
    "<del>\n\n- قُتل\n- قُتل\n\n</del>\n\nبعد",
    f"<s>\n\n{ROW}\n\n</s>\n\nبعد",
    "<DEL title='>'>\n\n> قُتل\n> — قُتل\n\n</DEL>\n\nبعد",
    "قبل <del>قُتل <del>قُتل</del> قُتل</del> بعد",
    "<del>قُتل <s>قُتل\n\nقُتل</s> قُتل</del> بعد",
    "<div><s>قُتل<p>قُتل</p></div>\n\n<div>قُتل</div>",  # it never ends, and its parser strikes out all that follows
]


def _struck(element: Any, within: bool = False) -> list[tuple[str, bool]]:
    """Each word of an element, and whether it is struck out."""
    own = within or element.tag in STRUCK
    words = [(word, own) for word in (element.text or "").split()]
    for part in element:
        words += _struck(part, own) + [(word, own) for word in (part.tail or "").split()]
    return words


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_struck_out_is_so_on_the_page_in_feeds_and_in_plain_text(text: str) -> None:
    body, problems = parsed(text)
    assert not problems
    for shown in page_and_feed(text):
        words = _struck(shown)
        assert sum(word == "قُتل" for word, _ in words) == text.count("قُتل")
        assert all(struck == (word == "قُتل") for word, struck in words if word != "—"), words
    assert "قُتل" not in body.text + body.first_paragraph + plain(body.html)
    assert ("بعد" in body.text) == ("بعد" in text)


@pytest.mark.parametrize(
    "html", ["<p><del>20</del> 12</p>", "<p>قبل <s>واحد<b> اثنان</b><br>ثلاثة</s></p>", "<p><del>قبل</p>"]
)
def test_what_is_struck_out_within_a_line_stays_as_it_is_written(html: str) -> None:
    assert in_lines(html) == html


def test_a_place_within_what_is_struck_out_is_there_once() -> None:
    body, problems = parsed('<del id="old" lang="en" title="x">\n\nOne\n\nTwo\n\n</del>\n\n[قبل](#old)')
    assert not problems and body.html.count('id="u-old"') == 1 and body.html.count('lang="en"') == 2


def test_a_long_tag_is_written_once() -> None:
    html = f'<del title="{"x" * 1000}">' + "<p>قُتل</p>" * 1000 + "</del>"
    assert len(in_lines(html)) < 2 * len(html)
