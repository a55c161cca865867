"""The text of a body without its elements: a summary, the data for search engines, the search index."""

from __future__ import annotations

import pytest

from mujaz.markdown_body.body import parse
from mujaz.markdown_body.parser import Dialect
from mujaz.markdown_body.placeholders import plain
from tests.support.bodies import parsed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("بلغ 10<sup>6</sup> نسمة", "بلغ 10⁶ نسمة"),
        ("بلغ ١٠<sup>٦</sup> نسمة", "بلغ ١٠⁶ نسمة"),
        ("بلغ 10<sup>**6**</sup> نسمة", "بلغ 10⁶ نسمة"),
        ("نحو 10<sup>-3</sup> متر", "نحو 10⁻³ متر"),
        ("غاز CO<sub>2</sub> والعنصر <sup>`14`</sup>C", "غاز CO₂ والعنصر ¹⁴C"),
        ("الأول 1<sup>er</sup> هنا", "الأول 1er هنا"),
    ],
)
def test_a_number_above_or_below_the_line_joins_no_other(text: str, expected: str) -> None:
    body, _ = parsed(text)
    assert body.text == body.first_paragraph == plain(body.html).strip() == expected
    assert "–" not in body.html


@pytest.mark.parametrize(
    "text", ["بلغت %**12** أمس", "بلغت % [12](https://example.org/) أمس", "بلغت %[^1]12\n\n[^1]: حاشية"]
)
def test_no_sign_moves_into_an_element_or_out_of_it(text: str) -> None:
    body, _ = parsed(text)
    assert ">12<" in body.html or "</sup>12" in body.html


def test_the_number_of_a_note_is_no_part_of_the_text_that_is_searched() -> None:
    body, _ = parsed("قُتل 20[^1] وجُرح 5[^1]%.\n\n[^1]: حاشية [نص](#fnref:1)")
    assert " ".join(plain(body.html).split()) == "قُتل 20 وجُرح 5%. حاشية نص"


def test_the_number_of_a_note_is_no_part_of_a_text_in_another_language() -> None:
    body, problems = parsed("Killed 20[^1].\n{: lang=en }\n\n[^1]: حاشية")
    assert (problems, body.text) == ((), "Killed 20.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قُتل <del>20</del> 12 شخصًا", "قُتل 12 شخصًا"),
        ("قُتل <s>**20** ثم <del>15</del></s> 12 و<small>3</small>", "قُتل 12 و3"),
        ("خفضت سعرها إلى 20 <del>USD</del> دولارا للبرميل", "خفضت سعرها إلى 20 دولارا للبرميل"),
        ("من إيرباص <s>Boeing 20</s> 747 وهي <del>قديمة</del> حديثة", "من إيرباص 747 وهي حديثة"),
        ("بلغت %<del>20</del> 15 أمس", "بلغت % 15 أمس"),
    ],
)
def test_what_is_struck_out_is_not_said_again(text: str, expected: str) -> None:
    """A summary has no line through its words: `<del>20</del> 12` would read as 20 12."""
    body, _ = parsed(text)
    assert " ".join(plain(body.html).split()) == expected
    assert body.text == expected and "20" in body.html


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("> سنهدم المدينة.\n>\n> — وزير", "«سنهدم المدينة.»"),
        ("> - بند\n>\n> سنهدم المدينة.", "«بند»"),
        ("> «سنهدم المدينة».\n>\n> — وزير", "«سنهدم المدينة»."),
        ("> «سنهدم المدينة» — وزير الحرب", "«سنهدم المدينة» — وزير الحرب"),
        ('> "سنهدم المدينة". — وزير', "«سنهدم المدينة». — وزير"),
        ("> «نعم» — قالها — ثم «لا».", "««نعم» — قالها — ثم «لا».»"),
        ("> «الهدم» قريب، و«البناء» بعيد.", "««الهدم» قريب، و«البناء» بعيد.»"),
        ("<blockquote>سنهدم المدينة.</blockquote>", "«سنهدم المدينة.»"),
        ("يرى الوزير أن المدينة <q>بلا قيمة</q>.", "يرى الوزير أن المدينة «بلا قيمة»."),
        ("<q>\n\nقول\n\nثان\n\n</q>", "قول"),
        ("> جملة من النص.\n{: .pull }", "جملة من النص."),
        ("> سنهدم المدينة.\n> — وزير\n{: .pull }", "«سنهدم المدينة.»"),
        ("> سنهدم المدينة.\n\nقالها الوزير.", "قالها الوزير."),
        ("قالها الوزير.\n\n> سنهدم المدينة.", "قالها الوزير."),
    ],
)
def test_what_others_say_is_told_between_quotes(text: str, told: str) -> None:
    """As summary of a story that is one statement it stood on lists, in feeds and e-mails as the paper's own words."""
    body, _ = parsed(text)
    assert body.first_paragraph == told


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("> سنهدم المدينة.\n> — وزير\n\nثم سافر.", "«سنهدم المدينة.» — وزير ثم سافر."),
        ('> "سنهدمها.\n>\n> ونرحل"\n> — وزير', "«سنهدمها. ونرحل» — وزير"),
        ("> - بند\n>\n> ### — رأس\n>\n> — كيف؟\n> — هكذا.", "«بند» «— رأس» «— كيف؟ — هكذا.»"),
        ("> قالوا:\n> > سنهدم CO<sub>2</sub>\n\nثم", "«قالوا:» «سنهدم CO₂» ثم"),
        ("<blockquote><br>سنهدم<p>ونرحل</p><cite>وزير</cite></blockquote>", "«سنهدم» «ونرحل» وزير"),
        ("<blockquote><p>سنهدم</p>— وزير</blockquote>", "«سنهدم» — وزير"),
        ('> "نعم" & "لا"', "«نعم» & «لا»"),
        ('> *"سنهدم المدينة"* — **وزير**\n\nثم', "«سنهدم المدينة» — وزير ثم"),
        ("> جملة من النص.\n{: .pull }\n\nثم", "جملة من النص. ثم"),
        ("> سنهدم المدينة.\n>\n> — وزير\n{: .pull }\n\nثم", "«سنهدم المدينة.» — وزير ثم"),
        ("- بند\n\n    > سنهدم المدينة.\n    > — وزير\n    {: .pull }", "بند «سنهدم المدينة.» — وزير"),
        ("<q>\n\nقول\n\nثان\n\n</q>", "قول ثان"),
        ("> <del>سنهدم</del>\n\nثم <q>نعم</q>", "ثم «نعم»"),
    ],
)
@pytest.mark.parametrize("style", ["guillemets", "curly"])
def test_what_others_say_is_found_between_quotes(text: str, found: str, style: str) -> None:
    """The excerpt of a search ran a quotation, its speaker and the words of the paper into one sentence."""
    body, _ = parse(text, Dialect(quotes=style, live="2021-10-18"), path="content/a.md")
    wanted = found.translate({ord("«"): "“", ord("»"): "”"}) if style == "curly" else found
    assert " ".join(plain(body.html, style).split()) == wanted
    told, _ = parse(f"## 14:05 رأس\n\n{text}", Dialect(quotes=style, live="2021-10-18"), path="content/a.md")
    assert told.entries[0].text == wanted  # in data for search engines: by another way
