"""Emphasis pairs its marks as CommonMark does, and whatever the marks are, each word stays where it is."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mujaz.markdown_body.parser import to_html

MARKS = ["", "*", "**", "***", "****", "_", "__", "___"]
before = st.sampled_from([*MARKS, " ", " ", "(", "«", "[", "\n"])
after = st.sampled_from([*MARKS, " ", " ", ")", "»", "](https://a.example)", "، "])
marked = st.lists(st.tuples(before, st.sampled_from("بجدرسطعكم"), after), min_size=1, max_size=14).map(
    lambda parts: "".join(one + word * 2 + two for one, word, two in parts)
)


def shown(html: str) -> str:
    """The words of HTML in their order; marks, spaces and what makes a link left out."""
    return re.sub(r"[*_\s\[\]]|\(https://a\.example\)", "", re.sub("<[^>]*>", "", html))


@settings(max_examples=400)
@given(marked)
@example("*ا **ب*_خن_ د")
@example("«بب)(تت **جج _حح____دد_رر_*سس_**) شش ***صص  طط عع***")
@example("_س *أ* ب* *ج* د")
def test_no_word_is_lost_moved_or_written_twice(text: str) -> None:
    assert shown(to_html(text)) == shown(text).replace("](https://a.example)", "")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*أ* و**ب** و _ج_ و __د__", "<em>أ</em> و<strong>ب</strong> و <em>ج</em> و <strong>د</strong>"),
        ("***أ***", "<em><strong>أ</strong></em>"),
        ("***أ** ب*", "<em><strong>أ</strong> ب</em>"),
        ("**أ *ب***", "<strong>أ <em>ب</em></strong>"),
        ("**أ**ب**ج**", "<strong>أ</strong>ب<strong>ج</strong>"),
        ("**أ****ب**", "<strong>أ</strong><strong>ب</strong>"),
        ("س**ص* ط**** ع", "س<strong>ص* ط</strong>** ع"),
        ("*أ**ب*", "<em>أ**ب</em>"),
        ("و**«أ»**ب", "و<strong>«أ»</strong>ب"),
        ("غزة_الآن_كلها", "غزة_الآن_كلها"),
        ("كتابٌ_لنا_هنا", "كتابٌ_لنا_هنا"),
        ("3 * 4 * 5 و a*", "3 * 4 * 5 و a*"),
        ("20*30*15 سم و20سم*30سم*15سم و(2+3)*4*5", "20*30*15 سم و20سم*30سم*15سم و(2+3)*4*5"),
        ("بين 20*30 و**40*50**", "بين 20*30 و<strong>40*50</strong>"),
        ("20*30، و*5* و*5 من 20*30*", "20*30، و<em>5</em> و<em>5 من 20*30</em>"),
        ("*أ _ب* ج_", "<em>أ _ب</em> ج_"),
        ("_س *أ* ب* *ج* د", "_س <em>أ</em> ب* <em>ج</em> د"),
        ("**[أ *ب*](https://a.example) ج**", '<strong><a href="https://a.example">أ <em>ب</em></a> ج</strong>'),
        ("*أ `*` ب*", "<em>أ <code>*</code> ب</em>"),
        (r"*أ \* ب*", "<em>أ * ب</em>"),
    ],
)
def test_marks_pair_as_people_read_them(text: str, html: str) -> None:
    assert to_html(text) == f"<p>{html}</p>"
