"""Characters, quotes and isolates of plain text. Where the letters stand is read off in tests/browser/test_order.py."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mujaz.arabic import typography
from mujaz.arabic.isolates import foreign_runs, isolate, numbers
from mujaz.arabic.quotes import paired, quotes
from mujaz.arabic.typography import bidi_controls, clean, clean_metadata, cut_at_word, reading_minutes


def test_plain_text_comes_back_as_the_same_object() -> None:
    text = "قالت الوزارة إن السد ممتلئ.\nوالمطر مستمر"
    assert clean(text) is text


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("\ufe8d\ufedf\ufeb4\ufefc\ufee1", "السلام"),  # presentation forms, the ligature لا among them
        ("\ufdfa \ufdfd \ufd3eآية\ufd3f", "\ufdfa \ufdfd \ufd3eآية\ufd3f"),
        ("ا\u0653ثار", "آثار"),
        ("قبل\u202aNATO\u202c بعد\u2067س\u2069", "قبلNATO بعدس"),
        ("جرس\x07 و\x1a و\x7f و\x85.", "جرس و و و ."),
        ("سطر\x0bسطر\x0cصفحة", "سطر سطر صفحة"),
        ("قبل\x1cبعد\x1dثم في 2020\x1e2021 وأ\x1fخيرا", "قبل بعد ثم في 2020-2021 وأخيرا"),
        ("سطر\r\nسطر\rسطر\tعمود", "سطر\nسطر\nسطر\tعمود"),
        ("\ufeffبداية\uffff\ufffe\ud800", "بداية"),
        ("می\u200cخواهم C++\u200e", "می\u200cخواهم C++\u200e"),
        ("لـCNN", "لـCNN"),
    ],
)
def test_a_body_keeps_what_a_reader_sees(written: str, kept: str) -> None:
    assert clean(written) == kept


def test_metadata_loses_directional_marks_too_and_is_composed_where_they_stood() -> None:
    assert clean_metadata("فيلم C++\u200e و\u200f5G\u061c") == "فيلم C++ و5G"
    assert clean_metadata("ا\u200e\u0653ثار") == "آثار"


def test_bidi_controls_are_told_with_their_places() -> None:
    assert bidi_controls("أ\u202eب\u2069") == [(1, "\u202e"), (3, "\u2069")]
    assert bidi_controls("أ\u200fب") == []


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec=None, exclude_categories=())))
def test_cleaning_again_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not bidi_controls(once)


QUOTED = [
    ('قال: "كلمة"', "قال: «كلمة»"),
    ('"كلمة"، ثم', "«كلمة»، ثم"),
    ('قال "نعم".', "قال «نعم»."),
    ('"نعم"؟', "«نعم»؟"),
    ('و"الناتو" قال', "و«الناتو» قال"),
    ('ف"الناتو" قال', "ف«الناتو» قال"),
    ('ب"الناتو"', "ب«الناتو»"),
    ('بـ"الناتو"', "بـ«الناتو»"),
    ('لـ"داعش"', "لـ«داعش»"),
    ('لل"ناتو"', "لل«ناتو»"),
    ('وال"ناتو"', "وال«ناتو»"),
    ('فبال"ناتو"', "فبال«ناتو»"),
    ('وَ"الناتو"', "وَ«الناتو»"),
    ('(و"الناتو")', "(و«الناتو»)"),
    ('("كلمة")', "(«كلمة»)"),
    ('["كلمة"]', "[«كلمة»]"),
    ('-"كلمة"-', "-«كلمة»-"),
    ('"كلمة"/"كلمة"', "«كلمة»/«كلمة»"),
    ('"كلمة" - "كلمة"', "«كلمة» - «كلمة»"),
    ('"قال: "نعم""', "«قال: «نعم»»"),
    ('«قال "لا"»', "«قال «لا»»"),
    ('قال:"نعم"', "قال:«نعم»"),
    ('"نعم!" قال', "«نعم!» قال"),
    ('"...ثم قال"', "«...ثم قال»"),
    ('"عام 2021"', "«عام 2021»"),
    ('"F-35"', "«F-35»"),
    ('حرف "و" هنا', "حرف «و» هنا"),
    ('"هو كل" شيء', "«هو كل» شيء"),
    # beside what nobody sees, a sign, a letter, a bracket; with a blank inside
    ('قال "نعم"\u200f وانتهى.', "قال «نعم»\u200f وانتهى."),
    ('قال \u200f"نعم" أمس.', "قال \u200f«نعم» أمس."),
    ('قال \u200b"\u2060نعم\ufeff"\u200e، ثم', "قال \u200b«\u2060نعم\ufeff»\u200e، ثم"),
    ('قال "نعم"😀 أمس', "قال «نعم»😀 أمس"),
    ('😀"نعم"😀', "😀«نعم»😀"),
    ('قال *"نعم"* ثم', "قال *«نعم»* ثم"),
    ('قالت"نعم" أمس', "قالت«نعم» أمس"),
    ('قالت "نعم"أمس', "قالت «نعم»أمس"),
    ('وأضاف،"لا" أمس', "وأضاف،«لا» أمس"),
    ('كلمة"كلمة"كلمة', "كلمة«كلمة»كلمة"),
    ('"نعم"(أمس) و["لا"]', "«نعم»(أمس) و[«لا»]"),
    ('على متن " أكواريوس" أمس', "على متن « أكواريوس» أمس"),
    ('على ملعب "كامب نو "في الذهاب', "على ملعب «كامب نو »في الذهاب"),
    ('وكتب:" الخبر صحيح" ومضى', "وكتب:« الخبر صحيح» ومضى"),
    ('قال " نعم " ثم', "قال « نعم » ثم"),
    ('قال و" كلمة "', "قال و« كلمة »"),
    ('"سيرة الحب"و"فكروني "و"ألف ليلة"و"حيرت قلبي".', "«سيرة الحب»و«فكروني »و«ألف ليلة»و«حيرت قلبي»."),
    ('"نعم""لا"', "«نعم»«لا»"),
    # a blank before the closing one: a quote behind a glued letter opens all the same
    ('مثل "الأول "في القسم و"الثاني" و "الثالث".', "مثل «الأول »في القسم و«الثاني» و «الثالث»."),
    ('أفلام "الأول "(1989) و"الثاني"(1996).', "أفلام «الأول »(1989) و«الثاني»(1996)."),
    ('قال "(صوتوا) بـ"نعم" أو بـ"لا""', "قال «(صوتوا) بـ«نعم» أو بـ«لا»»"),
    ('قال "نعم» و«لا" ثم', "قال «نعم» و«لا» ثم"),  # one of the pair is set already
    # one alone has no other half
    ('بدأ "ولم ينته', 'بدأ "ولم ينته'),
    ('بدأ قبل ثم انتهى" هنا', 'بدأ قبل ثم انتهى" هنا'),
    ('"أ" ب "ج', '«أ» ب "ج'),
    ('«قال "لا» ثم', '«قال "لا» ثم'),
    ('شاشة 27" و30" جديدة', 'شاشة 27" و30" جديدة'),
    ('صה"ל و צה"ל', 'صה"ל و צה"ל'),
    # what cannot be judged stays
    ('شاشة 27" جديدة', 'شاشة 27" جديدة'),
    ('شاشة 27" و"كلمة"', 'شاشة 27" و«كلمة»'),
    ('كلمة"كلمة', 'كلمة"كلمة'),
    ('كتب "" ثم', 'كتب "" ثم'),
    ('كتب ("") ثم', 'كتب ("") ثم'),
    ('"', '"'),
    ("l'Élysée و'كلمة'", "l'Élysée و'كلمة'"),
]


@pytest.mark.parametrize(("written", "set_in_type"), QUOTED)
def test_each_quote_is_judged_by_its_neighbours(written: str, set_in_type: str) -> None:
    assert quotes(written, "guillemets") == set_in_type


def test_the_other_styles() -> None:
    assert quotes('قال "نعم".', "curly") == "قال “نعم”."
    assert quotes('قال "نعم".', "as-is") == 'قال "نعم".'


def test_a_forgotten_quote_spoils_no_other() -> None:
    assert quotes('قال "نعم ثم قال "لا" ومضى', "guillemets") == 'قال "نعم ثم قال «لا» ومضى'


@settings(deadline=None)
@given(st.lists(st.sampled_from(['"', ' "', '" ', '".', "كلمة", "و", "بل", "ال", "ـ", "ا", " ", "2", "«", "\u200f"])))
def test_a_paragraph_that_needs_no_weighing_is_set_as_by_weighing(parts: list[str]) -> None:
    text = "".join(parts)
    with pytest.MonkeyPatch.context() as patch:
        made = quotes(text, "guillemets", lone=True)
        patch.setattr("mujaz.arabic.quotes._PLAIN", re.compile("(?!)"))
        assert made == quotes(text, "guillemets", lone=True)


@settings(deadline=None)
@given(st.text(alphabet='اوبلـ "«».،2a('))
def test_quotes_never_change_the_length_or_another_character(text: str) -> None:
    result = quotes(text, "guillemets")
    assert len(result) == len(text)
    assert all(new == old or (old == '"' and new in "«»") for old, new in zip(text, result, strict=True))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("لغة C++ وطائرة F-35", "لغة <bdi>C++</bdi> وطائرة <bdi>F-35</bdi>"),
        ("مؤتمر COP26", "مؤتمر <bdi>COP26</bdi>"),
        ("5G في قطر", "<bdi>5G</bdi> في قطر"),
        ("4 GB ذاكرة", "<bdi>4 GB</bdi> ذاكرة"),
        ("شاشة 6.5 inch هنا", "شاشة <bdi>6.5 inch</bdi> هنا"),
        ("قالت World Health Organization (WHO) أمس", "قالت <bdi>World Health Organization (WHO)</bdi> أمس"),
        ("NATO (الناتو)", "<bdi>NATO</bdi> (الناتو)"),
        ("شركة AT&T، وiPhone 13 Pro Max.", "شركة <bdi>AT&amp;T</bdi>، و<bdi>iPhone 13 Pro Max</bdi>."),
        ("الـU.S. قالت", "الـ<bdi>U.S.</bdi> قالت"),
        ("صحيفة L'Équipe", "صحيفة <bdi>L'Équipe</bdi>"),
        ("لقاح RTS,S وقطار Paris–Lyon", "لقاح <bdi>RTS,S</bdi> وقطار <bdi>Paris–Lyon</bdi>"),
        ("انظر https://example.org/a?b=c هنا", "انظر <bdi>https://example.org/a?b=c</bdi> هنا"),
        ("في 2021 فاز 3-1", "في 2021 فاز 3–1"),
        ("أ < ب & ج", "أ &lt; ب &amp; ج"),
        ("", ""),
    ],
)
def test_latin_runs_are_isolated_in_an_arabic_text(text: str, html: str) -> None:
    assert isolate(text) == html


@pytest.mark.parametrize(
    ("text", "as_set"),
    [
        ("https://example.org/كأس%20العرب", "https://example.org/كأس%20العرب"),
        ("https://example.org/%20/b?q=%5 بنسبة %5", "https://example.org/%20/b?q=%5 بنسبة 5%"),
        ("فاز 3-1، انظر https://example.org/كأس3-1 وفاز 2-0", "فاز 3–1، انظر https://example.org/كأس3-1 وفاز 2–0"),
        ("www.example.org/كأس3-1 و%20", "www.example.org/كأس3-1 و20%"),
        ("تقرير3-1.pdf بعد 3-1. ثم", "تقرير3-1.pdf بعد 3–1. ثم"),
        ("كأس%20العرب.pdf وال%50 بنسبة%50", "كأس%20العرب.pdf وال50% بنسبة50%"),
    ],
)
def test_numbers_of_an_address_stay_as_they_are(text: str, as_set: str) -> None:
    assert numbers(text) == as_set


@pytest.mark.parametrize(
    ("text", "as_set"),
    [
        ("بنسبة 5 % 10 مرات", "بنسبة 5 % 10 مرات"),
        ("بنسبة 5\u200f % 10 مرات", "بنسبة 5\u200f % 10 مرات"),
        ("بنسبة ٥ ٪ ١٠ مرات", "بنسبة ٥ ٪ ١٠ مرات"),
        ("بنسبة (5)% 10 مرات", "بنسبة (5)% 10 مرات"),
        ("بنسبة (5) % 10 مرات", "بنسبة (5) % 10 مرات"),
        ("بنسبة ½% 10 مرات", "بنسبة ½% 10 مرات"),
        ("بنسبة خمسة% 10 مرات", "بنسبة خمسة% 10 مرات"),
        ("بنسبة \ufffc% 10 مرات", "بنسبة \ufffc% 10 مرات"),
        ("بين 5 %10 و% 12 (% 3)", "بين 5 10% و% 12 (3 %)"),
        ("بنسبة % 10 و٪ ٣", "بنسبة 10 % و٪ ٣"),
        ("% 10", "10 %"),
        ("بين %3-%12 أمس", "بين 3%–12% أمس"),
    ],
)
def test_a_sign_of_percent_stays_with_the_number_before_it(text: str, as_set: str) -> None:
    assert numbers(text) == as_set


def test_arabic_runs_are_isolated_in_a_latin_text() -> None:
    assert isolate("He said مرحبا بكم, twice", rtl=False) == "He said <bdi>مرحبا بكم</bdi>, twice"
    assert isolate("NATO & co", rtl=False) == "NATO &amp; co"


@pytest.mark.parametrize("text", ["عن «موجز»", "16 منتخبا إلى الدوحة!", "«لا أظن»", "نهاية (2021)", "35% من الناخبين"])
def test_an_arabic_name_in_a_line_from_left_to_right_is_one_run_with_its_marks(text: str) -> None:
    assert isolate(text, rtl=False) == f"<bdi>{text}</bdi>"
    assert isolate(f" {text} ", rtl=False) == f" <bdi>{text}</bdi> "


def test_the_marks_of_a_line_from_left_to_right_stay_in_it() -> None:
    assert isolate("The page (عن «موجز») says", rtl=False) == "The page (<bdi>عن «موجز»</bdi>) says"
    assert isolate("He wrote «مرحبا» twice", rtl=False) == "He wrote «<bdi>مرحبا</bdi>» twice"


SIGNS_AROUND = ["", "\u200f", "\u200e", "\u200b", "😀", " ", "*", "(", ")", "،", ".", "و", "بـ", "5", ":"]


@settings(deadline=None)
@given(st.lists(st.sampled_from([*SIGNS_AROUND, '"', '"', '"', "كلمة", "Latin", "\u00a0"]), max_size=24).map("".join))
def test_both_quotes_of_a_pair_are_set_or_neither(text: str) -> None:
    """Whatever stands around them: those that are set open and close in turn, and each pair holds something."""
    made = quotes(text, "guillemets")
    depth = 0
    for mark in re.findall("[«»]", made):
        depth += 1 if mark == "«" else -1
        assert depth >= 0, made
    assert depth == 0, made
    assert not re.search("«[\\s\u200b-\u200f]*»", made), made


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from(SIGNS_AROUND)] * 2), min_size=1, max_size=5))
def test_a_quoted_word_is_set_whatever_stands_beside_it(around: list[tuple[str, str]]) -> None:
    """Each pair by itself, in a sentence with blanks around its quotes where there is no sign."""
    for before, after in around:
        made = quotes(f'قال {before}"نعم هكذا"{after} أمس', "guillemets")
        assert made.count("«") == made.count("»") == 1, made
        assert made.index("«") < made.index("نعم") < made.index("»"), made


def test_a_pair_of_two_paragraphs_is_set_where_it_opens_before_it_closes() -> None:
    opens, closes = quotes('بدأ "كلمة', "guillemets", lone=True), quotes('ثانية" آخر', "guillemets", lone=True)
    assert paired(f"{opens}\n{closes}", "guillemets") == "بدأ «كلمة\nثانية» آخر"
    assert paired(f"{closes}\n{opens}", "guillemets") == 'ثانية" آخر\nبدأ "كلمة'
    assert paired(f"{opens}\n{opens}\n{closes}", "curly") == 'بدأ "كلمة\nبدأ “كلمة\nثانية” آخر'
    assert quotes('شاشة 27" جديدة', "guillemets", lone=True) == 'شاشة 27" جديدة'


@settings(deadline=None)
@example("عند +٣0 (٠", True)
@example("+٠-٠", True)
@given(st.text(alphabet="اب aB1٣+-.(),:/'«»\" \n"), st.booleans())
def test_runs_are_ordered_not_empty_and_apart(text: str, rtl: bool) -> None:
    end = 0
    for start, stop in foreign_runs(text, rtl=rtl):
        assert end <= start < stop <= len(text)
        end = stop


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("قصير", 10, "قصير"),
        ("قال الناتو، إن الأمر جيد", 12, "قال الناتو…"),
        ("ارتفع 5٪ أمس في", 10, "ارتفع 5٪…"),
        ("ارتفع 5 ٪ أمس", 8, "ارتفع…"),
        ("بلغ 12 500 دولار", 8, "بلغ…"),
        ("بلغ 12\u202f500 دولار", 8, "بلغ…"),
        ("بلغ 5‰ أمس", 8, "بلغ 5‰…"),
        ("لغة C# أمس", 8, "لغة C#…"),
        ("عام 2021 قُتل", 9, "عام 2021…"),
        ("قال «نعم» ثم", 10, "قال «نعم»…"),
        ("قال «نعم ثم لا» ثم", 10, "قال «نعم…»"),
        ("قال «نعم ثم لا» ثم", 9, "قال…"),
        ("«قال “نعم ثم لا” ثم»", 13, "«قال “نعم…”»"),
        ("«««««««««« نعم ثم لا", 12, "…"),
        ("««الهدم» قريب، والبناء بعيد.»", 20, "««الهدم» قريب…»"),
        ("قال (نعم", 6, "قال…"),
        ("كَلِمَةٌطويلة", 4, "كَ…"),
    ],
)
def test_a_cut_text_ends_with_a_whole_word(text: str, limit: int, cut: str) -> None:
    assert cut_at_word(text, limit) == cut
    assert len(cut) <= limit


def test_a_text_full_of_quotes_is_cut_in_few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """A live story of 1 MB that was full of them took 24 seconds."""
    looks: list[str] = []
    real = typography._closers
    monkeypatch.setattr(typography, "_closers", lambda text: looks.append(text) or real(text))
    assert len(cut_at_word("«ا" * 150 + " ب", 300)) in range(290, 301)
    assert len(looks) < 20


def test_reading_takes_at_least_a_minute() -> None:
    assert [reading_minutes(words) for words in (0, 100, 360, 900)] == [1, 1, 2, 5]
