"""Texts of prose go past Python-Markdown, to the HTML that it would have made; everything else is left to it."""

from __future__ import annotations

import random

import pytest

from bench import corpus
from mujaz import dialect, prose
from mujaz.typography import clean

WORDS = (
    'خبر عاجل، "قول" «نص» 12 3. 4) 5.5 B2 **قوي** ** * *x* [رابط](https://a.b/c) [ ]( ! ![ص](https://x/y.png) ( ) — – >'
    ' # ## + = --- === _ `c` \\* &amp; & <b> : | {#i} ^ ~ 1. x: [^1] … ؟ ‘ " *** https://a.b % ا**ب**ج ٣. ² ①'
).split(" ")
PLAIN = [*WORDS[:5], "5.5", "**قوي**", "[رابط](https://a.b/c)", "…", "؟"]
JOINTS = [
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\n\n",
    "\n> ",
    "\n\n> ",
    "\n>\n> ",
    "\n- ",
    "\n\n- ",
    "\n\n## ",
    "\n## ",
    "\n\n### ",
]
JOINTS += ["\n> — ", "\n>\n> — ", "", "\n\n— ", "  ", "\n1. ", "\n\n2 ", "\n\n«", '\n\n"']
BLOCKS = [" ", "\n", "\n\n", "\n\n", "\n\n> ", "\n>\n> — ", "\n\n- ", "\n- ", "\n\n## ", "\n\n### "]


def soup(seed: int) -> str:
    draw = random.Random(seed)
    words = PLAIN if seed % 2 else WORDS
    joints = BLOCKS if seed % 2 else JOINTS
    parts = (draw.choice(words) + draw.choice(joints) for _ in range(draw.choice((2, 4, 8))))
    return clean(draw.choice(("", "> ", "- ", "## ", "\n")) + "".join(parts) + draw.choice(words))


def stock(text: str, monkeypatch: pytest.MonkeyPatch) -> str:
    with monkeypatch.context() as patch:
        patch.setattr(dialect, "SKIP_ABSENT", False)
        return dialect.to_html(text)


def test_prose_is_what_python_markdown_makes_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = 0
    for text in map(soup, range(12_000)):
        made = prose.html_of(text)
        if made is not None:
            taken += 1
            assert made == stock(text, monkeypatch), text
    assert taken > 300


def test_most_articles_are_prose(monkeypatch: pytest.MonkeyPatch) -> None:
    bodies = [story.body for story in corpus.Corpus(60)]
    made = [prose.html_of(body) for body in bodies]
    assert sum(html is not None for html in made) > 50
    for body, html in zip(bodies, made, strict=True):
        assert html is None or html == stock(body, monkeypatch)


@pytest.mark.parametrize(
    "text",
    [
        "نص\n===",
        "1. أول",
        "> قول\n\n> قول آخر",
        "- بند\n\n- بند آخر",
        "![صورة](https://a.b/c)",
        "**ناقص",
        "[نص][1]",
        "- بند\n  تابع",
        "نص  \nسطر",
        "الحقل\n: معناه",
        "## عنوان ##",
        "نص & نص",
    ],
)
def test_what_is_more_than_prose_is_left_alone(text: str) -> None:
    assert prose.html_of(text) is None


def test_a_quote_with_its_speaker() -> None:
    made = prose.html_of("> قول **مهم**\n>\n> — قائل")
    assert made == (
        '<figure class="quote">\n<blockquote>\n<p>قول <strong>مهم</strong></p>\n</blockquote>\n'
        "<figcaption>— قائل</figcaption>\n</figure>"
    )
