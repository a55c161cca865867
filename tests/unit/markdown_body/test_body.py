"""A Markdown body on its way to the page: the dialect, the sanitiser, the holes, the bounds."""

from __future__ import annotations

import gzip
import html
import json
import os
import random
import re
from functools import cache
from pathlib import Path

import pytest

from mujaz.markdown_body import limits
from mujaz.markdown_body import parser as markdown_dialect
from mujaz.markdown_body.body import parse
from mujaz.markdown_body.parser import Dialect
from mujaz.markdown_body.placeholders import HOLE, WORDS, fill
from mujaz.messages.errors import Problem
from mujaz.model.content import Body, Heading, Place
from mujaz.model.players import Player
from mujaz.model.views import BodyView, Entry, Figure, Picture, When

SPOKEN = {
    "footnotes": "الحواشي",
    "footnote_back": "عودة إلى النص",
    "embed": "محتوى مضمّن",
    "table": "جدول",
    "key_points": "أبرز النقاط",
}


def parsed(text: str, dialect: Dialect | None = None, first_line: int = 1) -> tuple[Body, tuple[Problem, ...]]:
    return parse(text, dialect or Dialect(iframes=("video.example.org",)), path="content/a.md", first_line=first_line)


def body(text: str, dialect: Dialect | None = None) -> Body:
    made, problems = parsed(text, dialect)
    assert problems == ()
    return made


def page(text: str, dialect: Dialect | None = None) -> str:
    """The body's HTML, each hole filled with what it stands for."""
    made, _ = parsed(text, dialect)
    figures = tuple(a_figure(picture.src, picture.alt) for picture in made.pictures)
    players = tuple(a_player(player.src) for player in made.players)
    links = tuple("/" + link.target for link in made.links)
    view = BodyView(digest="", links=links, pictures=figures, players=players)
    return fill(made.html, view, shown, played, SPOKEN, timed)


def a_figure(src: str, alt: str) -> Figure:
    return Figure(picture=Picture(src=src, srcset="", webp="", width=1, height=1), alt=alt)


def a_player(url: str) -> Player:
    return Player(kind="video", url=url)


def played(player: Player) -> str:
    return f"<player {html.escape(player.url)}>"


def shown(figure: Figure, place: str) -> str:
    return f"<{ {'alone': 'figure', 'inline': 'img'}.get(place, place) } {html.escape(figure.picture.src)}>"


def timed(entry: Entry, title: str, text: str) -> str:
    return f'<article id="{html.escape(entry.anchor)}"><h2>{title}</h2>{text}</article>'


def entries_of(made: Body) -> tuple[Entry, ...]:
    """The entries of a live story as a view has them."""
    when = When(iso="", weekday="", date="", short="", time="")
    return tuple(
        Entry(number=one.number, anchor=one.id, url="", when=when, title=one.title, text=one.text)
        for one in made.entries
    )


# ---------------------------------------------------------------- the dialect


def test_paragraphs_become_html_and_plain_text() -> None:
    made = body("قالت الوزارة إن **السد** ممتلئ.\n\nوأضافت أن\nالمطر مستمر.")
    assert made.html == "<p>قالت الوزارة إن <strong>السد</strong> ممتلئ.</p>\n<p>وأضافت أن\nالمطر مستمر.</p>"
    assert made.text == "قالت الوزارة إن السد ممتلئ.\nوأضافت أن المطر مستمر."
    assert made.first_paragraph == "قالت الوزارة إن السد ممتلئ."
    assert made.words == 9


def test_bold_may_be_glued_to_letters() -> None:
    assert page("و**«الناتو»** قال") == "<p>و<strong>«الناتو»</strong> قال</p>"


def test_quotes_are_judged_across_inline_elements() -> None:
    assert page('قال "**نعم**" و"*لا*" ومضى') == ("<p>قال «<strong>نعم</strong>» و«<em>لا</em>» ومضى</p>")
    assert page('قال **"نعم"**.') == "<p>قال <strong>«نعم»</strong>.</p>"
    assert page('قال "نعم"[^1].\n\n[^1]: حاشية').startswith("<p>قال «نعم»<sup")
    assert page('أول "كلمة\n\nثانية" آخر') == "<p>أول «كلمة</p>\n<p>ثانية» آخر</p>"


def test_quotes_stay_straight_in_code_attributes_and_other_languages() -> None:
    assert page('`a = "b"`') == '<p><code dir="auto">a = "b"</code></p>'
    assert page('```\na = "b"\n```') == '<pre dir="auto"><code>a = "b"\n</code></pre>'
    assert page('<p lang=fr>Il dit "non"</p>') == '<p lang="fr">Il dit "non"</p>'
    assert page('*mot "juste"*{lang=fr} قال "نعم"') == '<p><em lang="fr">mot "juste"</em> قال «نعم»</p>'
    assert 'title="قال &quot;نعم&quot;"' in page("[رابط](https://example.org 'قال \"نعم\"')")


def test_quote_styles_follow_the_site() -> None:
    assert page('قال "نعم"', Dialect(quotes="curly")) == "<p>قال “نعم”</p>"
    assert page('قال "نعم"', Dialect(quotes="as-is")) == '<p>قال "نعم"</p>'


def test_latin_is_isolated_but_not_in_code_or_addresses() -> None:
    assert page("لغة C++ في `NATO`") == '<p>لغة <bdi>C++</bdi> في <code dir="auto">NATO</code></p>'
    assert page("[NATO](https://example.org/NATO) قال") == (
        '<p><a href="https://example.org/NATO"><bdi>NATO</bdi></a> قال</p>'
    )
    assert page("شركة AT&T قالت") == "<p>شركة <bdi>AT&amp;T</bdi> قالت</p>"
    assert page("a مرحبا بكم b", Dialect(language="en", dir="ltr")) == "<p>a <bdi>مرحبا بكم</bdi> b</p>"


def test_a_latin_run_over_several_elements_is_one_isolate_or_none() -> None:
    assert page("قال **NATO** force أمس") == "<p>قال <bdi><strong>NATO</strong> force</bdi> أمس</p>"
    assert page("قال the *NATO* أمس") == "<p>قال <bdi>the <em>NATO</em></bdi> أمس</p>"
    assert page("قال **حلف NATO** force") == "<p>قال <strong>حلف NATO</strong> force</p>"


def test_tables_have_logical_alignment() -> None:
    made = page("أ | ب | ج\n:-- | :-: | --:\n1 | 2 | 3")
    assert '<th class="start">أ</th>' in made
    assert '<td class="center">2</td>' in made
    assert '<td class="end">3</td>' in made
    assert "style" not in made


def test_a_table_scrolls_in_a_box_of_its_own_and_one_within_it_with_it() -> None:
    box = '<div class="table" role="group" tabindex="0" aria-label="جدول">'
    made = page("أ | ب\n--|--\n1 | 2\n\nنص.\n\n> أ | ب\n> --|--\n> 1 | 2")
    assert re.sub(r"\s", "", made).count(re.sub(r"\s", "", f"{box}<table><thead>")) == 2
    assert made.count("</table></div>") == 2 and made.count("<div") == made.count("</div>") == 2
    nested = page("<table><tr><td><table><tr><td>1</td></tr></table></td></tr></table>\n\nنص.")
    assert nested.startswith(box + "<table>") and nested.count("<div") == nested.count("</div>") == 1
    assert nested.endswith("</table></div>\n\n<p>نص.</p>")
    unclosed = page("<table><tr><td>1")
    assert unclosed.count("<div") == unclosed.count("</div>") == 1


def test_a_quote_with_its_speaker_is_a_figure() -> None:
    assert re.sub(r"\n", "", page('> قال "نعم"\n> — وزير المالية')) == (
        '<figure class="quote"><blockquote><p>قال «نعم»</p></blockquote>'
        "<figcaption>— وزير المالية</figcaption></figure>"
    )
    assert "<figcaption>— *وزير" not in page("> نص\n>\n> — *وزير* المالية")
    assert "<figcaption>— <em>وزير</em> المالية</figcaption>" in page("> نص\n>\n> — *وزير* المالية")
    assert "figure" not in page("> — نقطة حوار واحدة")
    assert "figure" not in page("> نص بلا قائل")


@pytest.mark.parametrize(
    "text",
    [
        "> — هل ستفتحون الرصيف؟\n> — لا.",
        "> — هل ستفتحون الرصيف؟\n>\n> — لا.",
        "> قول أول.\n> — زيد\n>\n> قول ثان.\n> — عمرو",
        "> قول أول.\n> — زيد\n> قول ثان.\n>\n> — عمرو",
    ],
)
def test_an_answer_is_no_speaker_and_nobody_is_named_for_the_words_of_another(text: str) -> None:
    made = page(text)
    assert "figure" not in made and "figcaption" not in made
    assert re.findall(r"[\w؟.]+", re.sub("<[^>]*>", "", made)) == re.findall(r"[\w؟.]+", text)


def test_a_pulled_quote_says_so_by_its_class_alone() -> None:
    assert page("نص\n\n> جملة كبيرة.\n{: .pull }\n\nنص") == (
        '<p>نص</p>\n<blockquote class="pull">\n<p>جملة كبيرة.</p>\n</blockquote>\n<p>نص</p>'
    )
    assert '<blockquote class="pull">\n<p>أولى</p>\n<p>ثانية</p>' in page("> أولى\n>\n> ثانية\n> {: .pull }")
    assert '<figure class="quote">\n<blockquote class="pull">\n<p>قول</p>' in page("> قول\n> — زيد\n{: .pull }")
    assert "pull" not in page("> جملة\n{: .pulled }") and "pull" not in page('<p class="pull">نص</p>')


def test_lists_definitions_and_abbreviations() -> None:
    assert page("- أ\n- ب") == "<ul>\n<li>أ</li>\n<li>ب</li>\n</ul>"
    assert "<dt>الناتو</dt>\n<dd>حلف</dd>" in page("الناتو\n: حلف")
    assert page("قرر NATO ذلك\n\n*[NATO]: حلف الأطلسي") == (
        '<p>قرر <abbr title="حلف الأطلسي"><bdi>NATO</bdi></abbr> ذلك</p>'
    )


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("نص\n\n[تحديث]: الميناء", 3, "warning: this line is shown nowhere: it gives an address to"),
        ("قالت الوكالة:\n[رويترز]: الخبر\nنص", 2, "warning: this line is shown nowhere"),
        ("[رويترز]:\nالخبر\n\nنص", 1, "warning: this line is shown nowhere"),
        ("- بند\n\n    [رويترز]: الخبر", 3, "warning: this line is shown nowhere"),
        ("- [رويترز]: الخبر", 1, "warning: this line is shown nowhere"),
        ("> نص\n>\n> [رويترز]: الخبر", 3, "warning: this line is shown nowhere"),
        ("- 1. [رويترز]: الخبر", 1, "warning: this line is shown nowhere"),
        ("- > - [رويترز]: الخبر", 1, "warning: this line is shown nowhere"),
        ("السد\n: [رويترز]: الخبر", 2, "warning: this line is shown nowhere"),
        ("قال الناتو.\n\n*[نات]: حلف الأطلسي", 3, "warning: this line is shown nowhere: it explains"),
        ("[خبر][1]\n\n[1]: https://a.example\n[1]: https://b.example", 3, "'1' in brackets is explained twice"),
        ("نص ق\n\n*[ق]: قطر\n*[ق]: قانون", 3, "in brackets is explained twice"),
    ],
)
def test_a_line_that_markdown_takes_out_of_the_text_is_told(text: str, line: int, said: str) -> None:
    _, problems = parsed(text)
    assert [(one.line, said in str(one)) for one in problems] == [(line, True)]


@pytest.mark.parametrize(
    "text",
    [
        "[خبر][المصدر] و[المصدر]\n\n[المصدر]: https://a.example (عنوان)",
        "[خبر][ الاسم  الطويل ]\n\n[الاسم الطويل]:\nhttps://a.example",
        "![صورة][ص]\n\n[ص]: a.png",
        "[المصدر]: وكالة رويترز",
        "`[أ]: ب` و\\[أ]: ب\n\n```\n[أ]: ب\n```\n\n    [أ]: ب",
        "<div>\n[أ]: ب\n</div>",
        "قال NATO ذلك.\n\n*[NATO]: حلف الأطلسي\n*[NATO]: حلف الأطلسي",
        "نص[^1]\n\n[^1]: حاشية",
    ],
)
def test_a_line_that_readers_see_or_that_serves_a_link_is_no_problem(text: str) -> None:
    assert not parsed(text)[1]


def test_what_a_row_has_beyond_the_head_of_its_table_stays_in_its_last_cell() -> None:
    made = page("| أ | ب |\n|---|---|\n| 1 | 2 | **3** | | 4 |\n| 5 | 6 | |\n| 7 |\n| `8|8` | 9 |")
    assert re.findall("<td>(.*)</td>", made) == [
        *("1", "2 | <strong>3</strong> | 4", "5", "6", "7", "", '<code dir="auto">8|8</code>', "9")
    ]
    made = page("أ | ب\n--|--\n| 1 | 2 |\n3 | 4\n| 5 | 6\n| 7 | 8 | 9 |\n| | | 10 |\n11 | 12 \\|")
    assert re.findall("<td>(.*)</td>", made) == ["1", "2", "3", "4", "5", "6", "7", "8 | 9", "", "10", "11", "12 |"]


def test_a_body_has_no_h1_and_arabic_heading_ids() -> None:
    made = body("# عنوان أول\n\n## عنوان أول\n\n### «ثالث» {#third}\n\n## !!!")
    assert made.headings == (
        Heading(level=2, id="h-عنوان-أول", text="عنوان أول"),
        Heading(level=2, id="h-عنوان-أول-2", text="عنوان أول"),
        Heading(level=3, id="u-third", text="«ثالث»"),
        Heading(level=2, id="h-1", text="!!!"),
    )
    assert made.html.startswith('<h2 id="h-عنوان-أول">عنوان أول</h2>')


def test_links_within_the_body_follow_the_prefixed_ids() -> None:
    made = page("[أ](#عنوان) [ب](#mine) [ج](#h-عنوان)\n\n## عنوان\n\nنص\n{: #mine}")
    assert made.count('href="#h-%D8%B9%D9%86%D9%88%D8%A7%D9%86"') == 2
    assert 'href="#u-mine"' in made and '<p id="u-mine">' in made


def test_a_link_to_a_missing_place_is_a_problem() -> None:
    _, problems = parsed("نص\n\n[أ](#nowhere)", first_line=7)
    assert [(p.line, p.warning) for p in problems] == [(9, False)]
    assert "'#nowhere'" in problems[0].text


def test_an_id_used_twice_is_a_problem() -> None:
    made, problems = parsed("نص\n{: #x}\n\nنص\n{: #x}")
    assert made.html.count("u-x") == 1
    assert "is used twice" in problems[0].text


def test_footnotes_speak_no_english() -> None:
    made = body("نص[^a] آخر[^a].\n\n[^a]: حاشية عن NATO")
    assert made.text == "نص آخر."
    page_html = page("نص[^a] آخر[^a].\n\n[^a]: حاشية عن NATO")
    assert '<sup id="fnref-a"><a href="#fn-a" class="footnote-ref" role="doc-noteref">1</a></sup>' in page_html
    assert '<li id="fn-a">' in page_html
    assert page_html.count("↩") == 2 and 'href="#fnref2-a"' in page_html
    assert 'role="doc-endnotes" aria-label="الحواشي"' in page_html
    assert 'aria-label="عودة إلى النص"' in page_html
    assert "Jump" not in page_html and "title=" not in page_html


def test_the_first_paragraph_is_prose() -> None:
    text = "## عنوان\n\n> اقتباس\n\n![و](a.jpg)\n\n- بند\n\nفقرة أولى.\n\nثانية."
    assert body(text).first_paragraph == "فقرة أولى."
    assert body("- بند").first_paragraph == "بند"
    assert body("").first_paragraph == ""


def test_code_blocks_are_not_in_the_plain_text() -> None:
    assert body("قبل\n\n    code\n\nبعد `x`").text == "قبل\nبعد x"


# ---------------------------------------------------------------- references


def test_a_picture_alone_is_a_figure_with_caption_and_credit() -> None:
    made = body('![سد "كبير"](صورة%20أولى.jpg "قالوا "جميل" | رويترز")\n\nنص ![شعار](logo.png) هنا')
    first, second = made.pictures
    assert (first.src, first.alt) == ("صورة أولى.jpg", "سد «كبير»")
    assert (first.caption, first.credit) == ("قالوا «جميل»", "رويترز")
    assert (second.src, second.caption, second.credit) == ("logo.png", "", "")
    assert made.html == f"{HOLE}F0{HOLE}\n<p>نص {HOLE}P1{HOLE} هنا</p>"
    assert page("![أ](a.jpg)\n\nنص ![ب](b.jpg)") == "<figure a.jpg>\n<p>نص <img b.jpg></p>"


def test_a_picture_may_have_its_own_language_and_stand_in_a_link() -> None:
    (picture,) = body('![A "dam"](a.jpg){lang=en}').pictures
    assert (picture.alt, picture.alt_lang) == ('A "dam"', "en")
    assert page("[![أ](a.jpg)](https://example.org)") == '<p><a href="https://example.org"><img a.jpg></a></p>'


def test_raw_pictures_are_holes_too() -> None:
    made = body('<picture><source srcset="x.webp"><img src="a.jpg" alt="سد" loading="lazy"></picture>')
    assert made.html == f"{HOLE}F0{HOLE}"


@pytest.mark.parametrize("text", ["![](a.jpg)", '<img src="a.jpg">', '<img src="a.jpg" alt=" ">'])
def test_a_picture_needs_alternative_text(text: str) -> None:
    _, (problem,) = parsed("نص\n\n" + text)
    assert (problem.line, problem.warning) == (3, False)
    assert "alternative text" in problem.text and problem.help


@pytest.mark.parametrize("source", ["https://example.org/a.jpg", "//example.org/a.jpg", "HTTP://example.org/a.jpg"])
def test_no_picture_or_video_comes_from_another_site(source: str) -> None:
    for text in (f"![سد]({source})", f'<video src="{source}"></video>', f'<audio><source src="{source}"></audio>'):
        made, problems = parsed("نص\n\n" + text)
        assert [p.line for p in problems] == [3]
        assert "is on another site" in problems[0].text
        assert "example.org" not in made.html


def test_links_keep_what_was_written_and_where() -> None:
    text = "[أ](../10/ناتو.md#x) و\n[ب](b.md) و[ب](b.md)\n\n[ج](%D8%A3.md 'عنوان')"
    text += " [د](https://example.org) [هـ](mailto:a@b.c)"
    made, problems = parsed(text, first_line=5)
    assert problems == ()
    assert [(link.target, link.place) for link in made.links] == [
        ("../10/ناتو.md#x", Place(line=5, column=5)),
        ("b.md", Place(line=6, column=5)),
        ("b.md", Place(line=6, column=16)),
        ("أ.md", Place(line=8, column=5)),
    ]
    assert 'href="https://example.org"' in made.html and 'href="mailto:a@b.c"' in made.html


def test_reference_links_are_found_at_their_definition() -> None:
    made = body("[نص][x]\n\nوسط\n\n[x]: c.md")
    assert [(link.target, link.place.line) for link in made.links] == [("c.md", 5)]


def test_fill_escapes_addresses_and_drops_links_without_one() -> None:
    made = body('[أ "ب"](a.md "شرح") و[ج](c.md)')
    view = BodyView(digest="", links=('/a/?x="1"&y', None))
    assert fill(made.html, view, shown, played, SPOKEN, timed) == (
        '<p><a href="/a/?x=&quot;1&quot;&amp;y" title="شرح">أ «ب»</a> وج</p>'
    )


def test_a_video_beside_the_article_is_a_link_to_a_file() -> None:
    made = body('<video src="clip.mp4"></video>')
    assert [link.target for link in made.links] == ["clip.mp4"]
    view = BodyView(digest="", links=("/f/clip.mp4",))
    assert fill(made.html, view, shown, played, SPOKEN, timed) == '<video src="/f/clip.mp4" controls></video>'
    empty = BodyView(digest="", links=(None,))
    assert fill(made.html, empty, shown, played, SPOKEN, timed) == "<video controls></video>"


def test_every_word_that_a_hole_asks_for_is_declared() -> None:
    text = '- أ\n\nأ | ب\n--|--\n1 | 2\n\nنص[^1]\n\n[^1]: حاشية\n\n<iframe src="https://video.example.org/1"></iframe>'
    made = body(text, Dialect(iframes=("video.example.org",), live="2021-10-18"))
    asked = set(re.findall(f"{HOLE}T:(.*?){HOLE}", made.html))
    assert asked == set(WORDS) == set(SPOKEN)


# ---------------------------------------------------------------- hostile text

ACTIVE = re.compile(
    r"(?i)<(?:script|svg|math|object|form|embed|style|iframe)|javascript:|data:|vbscript:|\son\w+\s*=|srcdoc"
)

HOSTILE = [
    "<script>alert(1)</script>",
    "نص <script src=https://evil.example/x.js></script>",
    "<SCRIPT\n>alert(1)</SCRIPT >",
    '<img src=x alt=x onerror="alert(1)">',
    "<p onclick=alert(1)>نص</p>",
    "[نص](javascript:alert%281%29)",
    "[نص](JaVaScRiPt:alert)",
    "[نص](java&#115;cript:alert)",
    "[نص](&#x1;javascript:alert)",
    "[نص](data:text/html;base64,PHNjcmlwdD4=)",
    "<javascript:alert(1)>",
    "<a href=' javascript:alert(1)'>نص</a>",
    "<a href='java\tscript:alert(1)'>نص</a>",
    "![و](data:image/svg+xml,<svg/onload=alert(1)>)",
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert(1)>",
    "<math><mi xlink:href='javascript:alert(1)'>نص</mi></math>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src='https://evil.example/'><iframe src='https://video.example.org/'></iframe></iframe>",
    "<iframe src='https://video.example.org@evil.example/'></iframe>",
    "<iframe src='https://evil.example\\@video.example.org/'></iframe>",
    "<iframe src='http://video.example.org/'></iframe>",
    "<iframe></iframe>",
    "<object data=x></object><embed src=x>",
    "<form action=https://evil.example><input name=x></form>",
    "<style>body{display:none}</style>",
    "<p style='position:fixed'>نص</p>",
    "نص\n{: onclick=alert(1) style=color:red }",
    "![و](a.jpg){onerror=alert(1)}",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=1 onerror=alert(1)>'>",
    "<b title='\"><script>alert(1)</script>'>نص</b>",
    "``` {onclick=alert(1)}\nx\n```",
    '*[x]: "><script>alert(1)</script>\n\nx',
    "[^x]\n\n[^x]: <script>alert(1)</script>",
    "<b>\u0338نص</b><i &#824;>x</i>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_is_left(text: str) -> None:
    made = page("قبل\n\n" + text + "\n\nبعد")
    tags = "".join(re.findall(r"<[^>]*>", made))
    assert not ACTIVE.search(tags), made
    assert "style=" not in tags and "<input" not in tags
    assert "قبل" in made


@pytest.mark.parametrize("name", ["body", "forms", "getElementById", "__proto__", "h-x", "fn:1"])
def test_no_id_can_clobber_the_document(name: str) -> None:
    made = page(f'<p id="{name}">نص</p>\n\n<a id="{name}2" name="{name}">نص</a>\n\n## عنوان {{#{name}3}}')
    ids = re.findall(r'id="([^"]*)"', made)
    assert len(ids) == 3 and all(re.match("u-|fn-", ident) for ident in ids)
    assert "name=" not in made


def test_classes_are_only_ours() -> None:
    assert page("<p class='masthead'>نص</p>") == "<p>نص</p>"
    assert page("نص\n{: .masthead}") == "<p>نص</p>"
    assert page("```python\nx\n```") == '<pre dir="auto"><code>x\n</code></pre>'


def test_a_forged_footnote_class_makes_no_hole_within_a_hole() -> None:
    assert page('<a class="footnote-backref" href="a.md">نص</a>') == '<p><a href="/a.md">نص</a></p>'


def test_frames_come_only_from_allowed_hosts() -> None:
    made = page('<iframe src="https://video.example.org/1?a&b" width="560" title="مقطع" onload="x()">x</iframe>')
    assert made == (
        '<iframe src="https://video.example.org/1?a&amp;b" title="مقطع" loading="lazy" width="560"></iframe>'
    )
    made_of_foreign, (problem,) = parsed('نص\n\n<iframe src="https://evil.example/">x</iframe>')
    assert made_of_foreign.html == "<p>نص</p>"
    assert problem.warning and problem.line == 3 and "iframes" in problem.text


def test_a_link_that_the_sanitiser_empties_leaves_its_text_and_a_warning() -> None:
    made, (problem,) = parsed("[نص](javascript:x)")
    assert made.html == "<p>نص</p>"
    assert problem.warning


def test_entities_smuggle_no_control_and_no_hole() -> None:
    made = body("أ&#x1a;L0&#x1a;ب &#x202e;ج &#7;")
    assert made.html == "<p>أ<bdi>L0</bdi>ب ج </p>"
    assert body("أ\x1aT:x\x1aب").html == "<p>أ<bdi>T:x</bdi>ب</p>"


def test_a_combining_mark_after_a_tag_does_not_eat_it() -> None:
    assert page("**نص**\u0338") == "<p><strong>نص</strong>\u0338</p>"


# ---------------------------------------------------------------- bounds

TOO_MUCH = [
    "ا" * 600_000,
    "[" * 20_000,
    "![" * 10_000,
    "[a](" * 10_000,
    "{ " * 20_000,
    "<a " * 10_000,
    "> " * 51 + "نص",
    "- " * 51 + "نص",
    "1. " * 51 + "نص",
    " " * 1_000 + "نص",
    " " * 4 * 51 + "- نص",
    "\\*" * 100_000,
    "*a* " * 60_000,
    "# ع\n" * 300,
    "ع\n-\n" * 300,
    "> ---\n" * 300,
    "- ***\n" * 300,
    "1. > # ع\n" * 300,
    "|".join("أ" * 101) + "\n" + "|".join("-" * 101),
    "\n".join(f"*[اسم{n}]: شرح" for n in range(201)),
    "\n".join(f"[^{n}]: شرح" for n in range(1_001)),
    "```a\n" * 10_000,
    "ا" * 70_000,
    "a|b\n-|-\n\n" * 17_000,
]


@pytest.mark.parametrize("text", TOO_MUCH, ids=range(len(TOO_MUCH)))
def test_what_would_take_too_long_is_refused_by_name(text: str) -> None:
    made, (problem,) = parsed(text)
    assert made.html == ""
    assert problem.path == "content/a.md" and problem.line >= 1 and problem.help
    assert "cannot be parsed" not in problem.text


def test_the_problem_names_the_line() -> None:
    _, (problem,) = parsed("نص\n\nنص\n\n" + "> " * 60 + "نص", first_line=10)
    assert problem.line == 14


def test_a_long_but_ordinary_story_is_built() -> None:
    paragraph = "قالت [الوزارة](a.md) إن **السد** ممتلئ، و«المطر» مستمر منذ 3 أيام. " * 8
    assert body("\n\n".join([paragraph] * 100) + "\n\n" + "- بند\n" * 300).words == 8_300


@pytest.mark.slow
def test_an_exception_of_the_parser_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = "\n".join("    " * depth + "- نص" for depth in range(400))
    with monkeypatch.context() as unbounded:
        unbounded.setattr("mujaz.markdown_body.body.too_much", lambda *_: None)
        unbounded.setattr("mujaz.markdown_body.block_layout.MAX_DEPTH", 1_000)
        _, (problem,) = parsed(deep)
    assert "cannot be parsed" in problem.text
    assert page("نص بعده") == "<p>نص بعده</p>"


# ---------------------------------------------------------------- one parser for all


def soup(seed: int) -> str:
    """Markdown's own characters and our letters, thrown together; the same for the same seed."""
    chance = random.Random(seed)
    parts = (
        *"*_`[]()<>!&\\\"'#-+>|:~{}^ \n\n\t", "\n\n", "  \n", "    ", "قال", "و", "NATO", "**", "![", "](", "[^1]",
        "[^1]: ", "<b>", "</b>", "<div>", "</div>", "&amp;", "&#34;", "```\n", "> ", "- ", "1. ", "# ", "a.md", "https://x.y",
        "{: #a }", "{: .pull }", "<!-- ", " -->", "*[قال]: ", "—",
    )  # fmt: skip
    return "".join(chance.choice(parts) for _ in range(chance.randrange(5, 120)))


@cache
def samples() -> list[str]:
    return [*(soup(seed) for seed in range(1_500)), *HOSTILE]


# Prose with a construct now and then: what the shortcuts are for, and where they must notice that they do not apply.
PROSE = (
    'قالت الوزارة إن السد ممتلئ، وأضافت "المطر مستمر".',
    "وصل وفد NATO إلى الدوحة (AT&T) اليوم",
    "2021 كان عاما جافا",
    "## عنوان فرعي",
    '## عنوان "ثان" {#mine}',
    "> نص الاقتباس\n> — وزير المالية",
    "- بند\n- بند آخر",
    "قرأ [الخبر](a.md) و[ذاك [x]](https://example.org/a_b 'شرح') ومضى",
    "سطر أول\nسطر ثان | عمود\n- | -\nأ | ب",
    "نص\n: شرحه",
    "سطر\n===\nسطر",
    "نص ينتهي بسمة\n{: #own lang=fr}",
    "\\*نجمة\\* و*مائل* و**عريض**",
    "قال [نصا][x]\n\n[x]: b.md",
    "نص[^1]\n\n[^1]: حاشية",
    "نص  \nبعده سطر",
    " يبدأ بمسافة",
    "نص\n \nنص",
    "   \n",
    "a > b",
    "*[قالت]: فعل",
    "![سد](a.jpg)",
)


def mixture(seed: int) -> str:
    """Blocks of prose, parted by one, two or three line ends, with a little soup between them."""
    chance = random.Random(seed)
    blocks = [chance.choice(PROSE) if chance.random() < 0.9 else soup(seed)[:20] for _ in range(chance.randrange(1, 9))]
    return "".join(block + "\n" * chance.choice((1, 2, 2, 2, 3)) for block in blocks)


MARKS = (
    '**قوي** [رابط](https://a.b/c) ا**ب**ج [نص](https://a.b "شرح") [ص](x.md) ** *x* *** ![ص](https://x/y.png)'
    " [ ]( _ي_ `c` \\* &amp; **[ن](https://a.b)** [**ن**](https://a.b) **_ن_** https://a.b (نص) «نص» : ،"
    " {#i} <b> [^1] ]"
).split(" ")


def marked(seed: int) -> str:
    """A paragraph, a heading or an item whose words have marks, some simple, some not, joined or apart."""
    chance = random.Random(seed)
    simple = MARKS[: 4 if seed % 2 else None]
    words = [
        chance.choice(simple) + chance.choice(("", " ", " نص ", "\n", "  \n")) for _ in range(chance.randrange(1, 6))
    ]
    return chance.choice(("", "نص ", "## ", "- ", "> ")) + "".join(words)


def real_bodies() -> list[str]:
    sample = sorted((Path(__file__).parents[3] / "content").rglob("*.md"))
    bodies = [path.read_text(encoding="utf-8").split("\n---\n", 1)[-1] for path in sample]
    for corpus in sorted(Path(os.environ.get("DATA", "nowhere")).glob("*.jsonl.gz")):
        with gzip.open(corpus, "rt", encoding="utf-8") as lines:
            bodies += [json.loads(line)["text"] for line, _ in zip(lines, range(300), strict=False)]
    return bodies


SAMPLED = pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.long)], ids=["a third", "all"])


@pytest.mark.slow
@SAMPLED
def test_sparing_what_cannot_match_changes_no_byte(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [*samples(), *map(mixture, range(1_500)), *map(marked, range(1_000)), *real_bodies()][::step]
    dialects = (Dialect(iframes=("video.example.org",)), Dialect(language="en", dir="ltr", quotes="curly"))

    def outcome(number: int, text: str) -> object:
        try:
            made = markdown_dialect.to_html(text)
        except Exception as error:
            made = type(error).__name__
        return made, parsed(text, dialects[number % 2])

    sparing = [outcome(*entry) for entry in enumerate(texts)]
    monkeypatch.setattr(markdown_dialect, "SKIP_ABSENT", False)
    for number, text in enumerate(texts):
        assert outcome(number, text) == sparing[number], text


def test_the_words_of_a_body_are_what_has_a_letter_or_a_digit() -> None:
    for text in map(mixture, range(300)):
        made, _ = parsed(text)
        assert made.words == len(re.findall(r"[^\W_]\S*", made.text)), text
    assert body("نص — ثم _ و- ٣ ...").words == 4


def test_no_text_is_waved_through_that_breaks_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [*TOO_MUCH, *samples()[:300], *("> " * deep + "نص" for deep in range(45, 56)), "أ|" * 101, "نص\n" * 201]
    looked = [limits.too_much(text, "a.md", 1) for text in texts]
    monkeypatch.setattr(limits, "_is_surely_within", lambda text: False)
    assert [limits.too_much(text, "a.md", 1) for text in texts] == looked


def test_every_inline_pattern_has_its_necessary_literal() -> None:
    parser = markdown_dialect._new_parser()
    assert {entry.name for entry in parser.inlinePatterns._priority} == set(markdown_dialect._NECESSARY)


@pytest.mark.slow
@SAMPLED
def test_any_soup_becomes_balanced_html_and_the_same_again(step: int) -> None:
    texts = [*samples()[::step], *HOSTILE]
    first = [parsed(text) for text in texts]
    live = [parsed(f"## 14:05 أ\n\n{text}\n\n## 14:06 ب\n", Dialect(live="2021-10-18")) for text in texts[::5]]
    for made, _ in first + live:
        view = BodyView(
            digest="",
            links=("/x",) * len(made.links),
            pictures=(a_figure("x", "x"),) * len(made.pictures),
            players=(a_player("x"),) * len(made.players),
            entries=entries_of(made)[::-1],
        )
        whole = fill(made.html, view, lambda figure, place: "", lambda player: "", SPOKEN, timed)
        assert HOLE not in whole
        open_tags: list[str] = []
        for closing, name in re.findall(r"<(/?)([a-z0-9]+)[^>]*>", whole):
            if name in ("br", "hr", "img", "wbr", "source", "col"):
                continue
            if closing:
                assert open_tags.pop() == name
            else:
                open_tags.append(name)
        assert open_tags == []
    assert [parsed(text) for text in reversed(texts)] == first[::-1]
