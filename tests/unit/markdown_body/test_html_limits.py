"""HTML that multiplies or nests is refused at its line, before a tree of it is built."""

from __future__ import annotations

import random

import pytest

from mujaz.markdown_body import body, html_limits
from mujaz.markdown_body.parser import Dialect
from mujaz.messages.errors import Problem

MOST_GROWTH = 40  # how many times larger the HTML of a body may be than its text


def parsed(text: str) -> tuple[str, tuple[Problem, ...]]:
    made, problems = body.parse(text, Dialect(), path="a.md")
    return made.html, problems


@pytest.mark.slow
@pytest.mark.parametrize(
    "text, line, says",
    [
        ("متن.\n\n" + "".join(f"<b title={n}>" for n in range(60)) + "<p>x" * 9, 3, "that change letters are open"),
        ("<b title=1><i title=2>\n\n" + "<p>x</p>\n\n" * 12_000, 10_003, "are repeated in more than 20,000 places"),
        ("متن.\n\n" + "<ul><li>" * 2_000 + "</li></ul>" * 3_000, 3, "more than 100 HTML elements are open"),
        ("متن.\n\n" + "<div>\n" * 2_000, 103, "more than 100 HTML elements are open"),
        ("<div></span>" * 2_000, 1, "more than 100 HTML elements are open"),
        ("<DIV>" * 2_000, 1, "more than 100 HTML elements are open"),
    ],
    ids=["formatting", "copies", "lists", "divs", "other end tags", "capitals"],
)
def test_an_excess_is_refused_at_its_line(text: str, line: int, says: str) -> None:
    html, problems = parsed(text)
    assert html == "" and len(problems) == 1
    assert says in problems[0].text and problems[0].line == line


@pytest.mark.parametrize(
    "text",
    [
        "<ul>" + "<li>بند" * 3_000 + "</ul>",
        "<p>فقرة" * 3_000,
        "<table>" + "<tr><td>خلية" * 3_000 + "</table>",
        "<b>خط</b> " * 3_000,
        "سطر<br>" * 3_000,
        "`<div>` " * 500,
        "    <div>\n" * 500,
    ],
    ids=["items", "paragraphs", "cells", "bold", "lines", "code", "block of code"],
)
def test_much_html_that_is_closed_or_needs_no_end_is_built(text: str) -> None:
    html, problems = parsed(text)
    assert html and not [one for one in problems if not one.warning]


def shape(chance: random.Random, size: int) -> str:
    """HTML of tags in any order, near `size` characters."""
    names = [*html_limits.FORMATTING, *html_limits.CLOSED_BY_THE_NEXT, "div", "ul", "ol", "table", "blockquote", "br"]
    some = chance.sample(names, chance.randint(1, 4))
    ends = chance.random()
    parts: list[str] = []
    length = 0
    while length < size:
        name = chance.choice(some)
        end = "</" if chance.random() < ends else "<"
        title = f" title={len(parts)}" if end == "<" and chance.random() < 0.5 else ""
        parts.append(f"{end}{name}{title}>" + chance.choice(["", "x", "\n\n"]))
        length += len(parts[-1])
    return "".join(parts)


@pytest.mark.parametrize("seed", range(40))
def test_html_of_any_shape_is_refused_or_grows_little(seed: int) -> None:
    text = shape(random.Random(seed), 6_000)
    html, problems = parsed(text)
    assert problems or len(html) <= MOST_GROWTH * len(text), len(html)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(30))
def test_large_html_of_any_shape_is_refused_or_grows_little(seed: int) -> None:
    text = shape(random.Random(1_000 + seed), 900_000)
    html, problems = parsed(text)
    assert problems or len(html) <= MOST_GROWTH * len(text), len(html)
