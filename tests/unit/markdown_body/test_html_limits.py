"""HTML that multiplies or nests is refused at its line, before a tree of it is built."""

from __future__ import annotations

import random
import time
from typing import Any

import html5lib
import pytest

from mujaz.markdown_body import body, html_limits
from mujaz.markdown_body.parser import Dialect
from mujaz.messages.errors import Problem

AROUND = f"<p><span title='{'x' * 20_000}'>\n"
LINE = "سطر.\n\n"
MOST_GROWTH = 40  # how many times larger the HTML of a body may be than its text


def parsed(text: str) -> tuple[str, tuple[Problem, ...]]:
    made, problems = body.parse(text, Dialect(), path="a.md")
    return made.html, problems


@pytest.mark.slow
@pytest.mark.parametrize(
    "text, line, says",
    [
        ("متن.\n\n" + "".join(f"<b title={n}>" for n in range(60)) + "<p>x" * 9, 3, "that change letters are open"),
        ("<b title=1><i title=2>\n\n" + "<p>x</p>\n\n" * 12_000, 20_001, "are repeated in more than 20,000 places"),
        ("متن.\n\n" + "<ul><li>" * 2_000 + "</li></ul>" * 3_000, 3, "more than 100 HTML elements are open"),
        ("متن.\n\n" + "<div>\n" * 2_000, 103, "more than 100 HTML elements are open"),
        ("<div></span>" * 2_000, 1, "more than 100 HTML elements are open"),
        ("<DIV>" * 2_000, 1, "more than 100 HTML elements are open"),
        (LINE * 3 + "<div><rt>" + LINE * 99 + "<rt>" * 200, 205, "more than 100 HTML elements are open"),
        ("<div><textarea></div></textarea>\n\n" * 200, 199, "more than 100 HTML elements are open"),
        (
            "<div><textarea><!--</textarea>\n\n" + "<div>\n\n" * 200 + "<p id='-->'>",
            201,
            "more than 100 HTML elements are open",
        ),
        ("<div><!-- </div> -->\n\n" * 200, 201, "more than 100 HTML elements are open"),
        ("<div><img alt='</div>'>\n\n" * 200, 201, "more than 100 HTML elements are open"),
        ("<div><object></div></object>\n\n" * 200, 199, "more than 100 HTML elements are open"),
        ("<div><table><td></div></table>\n\n" * 200, 199, "more than 100 HTML elements are open"),
        ("<div>" + "<li><dd>\n\n" * 200, 99, "more than 100 HTML elements are open"),
        ("<div><svg>" + "<col>\n\n" * 200, 99, "more than 100 HTML elements are open"),
        ("<div><svg></svg>" + "<option>\n\n" * 200, 199, "more than 100 HTML elements are open"),
        ("<b><textarea></b></textarea>\n\n" * 200, 101, "that change letters are open"),
        ("".join(f'<p><b title="{n:05000}">\n\n' for n in range(40)) + "<p>x\n\n" * 400, 29, "letters of their tags"),
        *(
            (AROUND + f'<{name} src=p.png alt=a title="b">ج\n' * 100 + "</span></p>", 51, "letters of their tags")
            for name in ("img", "image")
        ),
        ("*" + '![أ](p.png "ب") ج\n' * 100 + f"د*{{: title='{'x' * 20_000}'}}", 1, "letters of their tags"),
    ],
    ids=[
        *(
            "formatting",
            "copies",
            "lists",
            "divs",
            "other end tags",
            "capitals",
            "annotations",
            "text of a field",
            "a mark in a field",
        ),
        *("comments", "attributes", "scopes", "cells", "items of two kinds", "void ones in a drawing"),
        *("choices after a drawing", "formatting in a field", "long attributes"),
        *(
            "attributes around pictures",
            "attributes around pictures of the other name",
            "attributes of Markdown around pictures",
        ),
    ],
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


CLOSED_BY_THE_NEXT = "p li dt dd tr td th thead tbody caption colgroup option optgroup rp rt".split()


def shape(chance: random.Random, size: int) -> str:
    """HTML of tags in any order, near `size` characters."""
    names = [*html_limits.FORMATTING, *CLOSED_BY_THE_NEXT, "div", "ul", "ol", "table", "blockquote", "br"]
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


@pytest.mark.parametrize(
    "unit", ["<div></div>\n", "<div>x</div>\n", "</div>\n<div>\n", "<details\nopen>\n</details>\n"]
)
def test_many_elements_in_one_paragraph_are_read_once(unit: str) -> None:
    """4,000 took 10 s: from each the rest of the paragraph was read."""
    text = unit * 4_000
    before = time.process_time()
    parsed(text[:60_000])
    assert time.process_time() - before < 4


@pytest.mark.parametrize("unit", ["<o></o>\n", "<p onclick=x>a</p>\n", "<p>**&#97;</p>\n", "&#42;&#42;a "])
def test_many_warnings_read_the_text_once(unit: str) -> None:
    """Each of 3,000 read the whole of it: 10 s, and minutes for a text of 1 MB."""
    text = "خبر من المدينة عن الناس.\n\n" * 12_000 + (unit * 20 + "\n\n") * 150
    before = time.process_time()
    _, problems = parsed(text)
    assert time.process_time() - before < 5 and all(problem.warning for problem in problems)


NAMES = (
    "a b i font p li dd dt td tr th table caption tbody colgroup col rt ruby option optgroup select div ul span section"
    " button object template svg math title textarea style script noscript iframe form h1 body br hr img pre desc mi x"
).split()
ODD = (
    *("<!-- ", "-->", "<!-->", "<!--->", "--!>", "<![CDATA[", "]]>", "<!x>", "</>", "<svg/>", "<img alt='</div>'>"),
    *('<img alt="</b>">', "<x =='</b>'>", "<x a='", "'>", '<x a="', '">', "x", "</br>", "<script><!--<script>"),
)


def motif(chance: random.Random) -> str:
    """A few tags and marks, and some others again and again."""

    def tag() -> str:
        if chance.random() < 0.12:
            return chance.choice(ODD)
        return f"<{'/' * (chance.random() < 0.45)}{chance.choice(NAMES)}>"

    return "".join(tag() for _ in range(chance.randint(0, 4))) + 60 * "".join(
        tag() for _ in range(chance.randint(2, 9))
    )


def measured(tree: Any) -> tuple[int, int]:
    """How deep a tree is, and how many elements it has."""
    deepest, number, left = 0, 0, [(tree, 0)]
    while left:
        node, depth = left.pop()
        deepest, number = max(deepest, depth), number + 1
        left += [(child, depth + 1) for child in node]
    return deepest, number


@pytest.mark.parametrize("start", range(0, 400, 20))
def test_what_is_counted_is_never_less_than_what_a_parser_holds_open(
    start: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, most in (("MAX_NESTING", 10), ("MAX_FORMATTING", 5), ("MAX_COPIES", 200)):
        monkeypatch.setattr(html_limits, name, most)
    for seed in range(start, start + 20):
        text = motif(random.Random(seed))
        if html_limits.too_much(text, text, "a.md", 1):
            continue
        for scripting in (True, False):
            parser = html5lib.HTMLParser(namespaceHTMLElements=False)
            depth, number = measured(parser.parseFragment(text, scripting=scripting))
            # A table has rows and cells that nobody wrote; formatting is repeated once at each depth.
            assert depth <= 55 and number <= 3 * text.count("<") + 700, (seed, text[:200])
