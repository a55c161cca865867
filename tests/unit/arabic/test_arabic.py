"""Arabic letters: foldings, stems, addresses, sorting, digits, direction."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.arabic import direction as arabic_direction
from mujaz.arabic import normalize, slugs

TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)


# ---------------------------------------------------------------- folding


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("مُهِمَّةٌ", "مهمه"),
        ("أحمد إلى آسيا ٱلآن", "احمد الي اسيا الان"),
        ("مسؤول مسئول", "مسوول مسيول"),
        ("لـCNN في ٢٠٢١ و۱۹۹۰", "لcnn في 2021 و1990"),
        ("روسيا\u200f والناتو\u202c", "روسيا والناتو"),
        ("ﻻ ﺳﻼﻡ", "لا سلام"),
        ("ا\u0654مل", "امل"),
        ("کردستان ایران اللہ ھە ۀۂۃ ڪتاب ے", "كردستان ايران الله هه ههه كتاب ي"),
    ],
)
def test_fold_makes_spelling_variants_equal(written: str, folded: str) -> None:
    assert normalize.fold(written) == folded


def test_search_fold_brings_both_seats_of_the_hamza_together_and_keeps_case() -> None:
    assert normalize.search_fold("مسؤول") == normalize.search_fold("مسئول") == "مسءول"
    assert normalize.search_fold("قناة CNN عام ١٩٨٠") == "قناه CNN عام 1980"


@given(TEXTS)
def test_folding_twice_changes_nothing_in_arabic(text: str) -> None:
    once = normalize.search_fold(text)
    assert normalize.search_fold(once) == once


# ---------------------------------------------------------------- words and stems


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("والمدرسة", "مدرس"),  # و, ال, ة
        ("بالقاهرة", "قاهر"),
        ("للسياسيين", "سياس"),  # لل, then ين, then ي
        ("طالباته", "طالبات"),  # ات had its turn before ه
        ("معلوماتها", "معلوم"),  # ها, then ات
        ("وصل", "وصل"),  # two letters would remain of the و
        ("وردة", "رد"),
        ("الا", "الا"),  # one letter would remain of the article
        ("يد", "يد"),
        ("Nato", "nato"),
    ],
)
def test_light10_takes_off_what_leaves_enough_letters(word: str, stem: str) -> None:
    assert normalize.stem(normalize.fold(word)) == stem


def test_tokens_are_folded_words_and_marks_do_not_part_them() -> None:
    text = "«الْحُكُومَة» أعلنت_اليوم، عند ٩:٣٠، خطةً… ـــ جديدة!"
    assert normalize.tokens(text) == ["الحكومه", "اعلنت", "اليوم", "عند", "9", "30", "خطه", "جديده"]


def test_a_ligature_of_several_words_is_several_words() -> None:
    assert normalize.tokens("النبي ﷺ") == ["النبي", "صلي", "الله", "عليه", "وسلم"]


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("روسيا تُعلِّق عمل بعثتها لدى «الناتو» في بروكسل", "روسيا-تعلق-عمل-بعثتها-لدى-الناتو"),
        ("لـCNN: ٥ أسئلة عن COVID-19", "لcnn-٥-أسئلة-عن-covid-19"),
        ("مدرسة\u200f أُغلقت", "مدرسة-أغلقت"),
        ("Cafe\u0301 Ünlü", "café-ünlü"),
        ("snake_case", "snake-case"),
        ("… !", ""),
    ],
)
def test_slug_is_the_first_six_words_of_the_title(title: str, slug: str) -> None:
    assert slugs.slug(title) == slug


def test_a_long_slug_is_cut_at_a_character_and_ends_in_no_hyphen() -> None:
    assert slugs.slug("م" * 100) == "م" * 90
    assert slugs.slug("a" + "م" * 100) == "a" + "م" * 89
    assert slugs.slug("م" * 89 + "a" + " كلمة") == "م" * 89 + "a"


@given(TEXTS)
def test_a_slug_is_a_safe_segment_of_an_address(text: str) -> None:
    for segment in (slugs.slug(text), slugs.slug_of(text)):
        assert len(segment.encode()) <= 180
        assert not set(segment) & set("/\\.?#%&\"'<>: ")
        assert segment == segment.strip("-") and "--" not in segment
        assert unicodedata.is_normalized("NFC", segment)


def test_tags_that_are_one_share_an_address_and_others_do_not() -> None:
    assert slugs.slug_of("الأمم المتحدة") == "الأمم-المتحدة"
    assert slugs.slug_of("NATO") == slugs.slug_of("na\u200dto") == "nato"
    different = [
        "قدس",
        "قُدس",
        "هرب",
        "حرب",
        "C",
        "C++",
        "مدرسة",
        "مدرسه",
        "أمل",
        "امل",
        "قناة قناة قناة قناة قناة قناة أ",
    ]
    assert len({slugs.slug_of(tag) for tag in different}) == len(different)
    assert slugs.slug_of("NUL") == "nul_"  # Windows can make no folder `nul`
    assert slugs.slug_of("++") == slugs.slug_of("؟") == ""


def test_long_tags_that_differ_at_their_end_keep_apart() -> None:
    one, other = slugs.slug_of("كلمة " * 40 + "أولى"), slugs.slug_of("كلمة " * 40 + "أخرى")
    assert one != other
    assert one.startswith("كلمة-كلمة-")


def test_address_key_sees_through_case_normal_forms_and_invisible_characters() -> None:
    assert slugs.address_key("/Tags/آسيا\u200e/") == slugs.address_key("/tags/\u0627\u0653سيا/")
    assert slugs.address_key("Straße\ufe0f") == slugs.address_key("STRASSE\u034f")
    assert slugs.address_key("مدرسة") != slugs.address_key("مدرسه")


@given(TEXTS)
def test_address_key_is_its_own_key(text: str) -> None:
    key = slugs.address_key(text)
    assert slugs.address_key(key) == key
    assert slugs.slug_of(key) == slugs.slug_of(text)


ONE = (
    ("دبي - وكالات", "دبي – وكالات", "دبي—وكالات", "دبي  وكالات", "«دبي» وكالات", "دبــي وكالات", "دبي\u200f وكالات"),
    ("أبو ظبي", "أبوظبي", "أبو\u00a0ظبي", "أبو-ظبي", "أبو_ظبي", "«أبو ظبي»", '"أبو ظبي"', "‘أبو’ ظبي"),
    ("O'Neill", "O’Neill", "o‘neill", "ONeill", "O-Neill", "O`Neill"),
    ("كوفيد-19", "كوفيد 19", "كوفيد−19", "كوفيد‑19", "كوفيد19"),
)
APART = ("C", "C#", "C++", "C+", "C&A", "CA", "أ.ف.ب", "أ ف ب", "قدس", "قُدس", "دبي/وكالات", "دبي وكالات", "F#", "F")


def test_names_that_differ_in_writing_alone_are_one() -> None:
    for same in ONE:
        assert len({slugs.name_key(name) for name in same}) == len({slugs.loose_key(name) for name in same}) == 1


def test_names_that_differ_in_a_sign_get_segments_of_their_own() -> None:
    keys = {slugs.name_key(name): name for name in APART}
    found = slugs.slugs_apart(keys)
    assert len(set(found.values())) == len(APART) == len(keys)
    assert [found[slugs.name_key(name)] for name in ("C", "C#", "C++", "أ ف ب")] == ["c", "c-sharp", "c++", "أ-ف-ب"]
    assert found[slugs.name_key("أ.ف.ب")].startswith("أ-ف-ب-")
    assert len({slugs.loose_key(name) for name in ("C", "C#", "C++")}) == 3


def test_loose_key_finds_tags_that_may_be_meant_as_one() -> None:
    same = "أمريكا امريكا سياسة سياسه كوفيد-19 كوفيد-١٩ شؤون شئون کردستان كردستان".split()
    for one, other in zip(same[::2], same[1::2], strict=True):
        assert slugs.loose_key(one) == slugs.loose_key(other)
        assert slugs.name_key(one) != slugs.name_key(other) or one == "كوفيد-19"
    assert slugs.loose_key("حرب") != slugs.loose_key("هرب")


# ---------------------------------------------------------------- sorting


def test_an_index_is_sorted_without_article_hamza_and_tashkeel() -> None:
    names = ["ياسين", "البحرين", "ألمانيا", "الاقتصاد", "الله", "إيران", "تُونس", "ثقافة", "أفريقيا", "الـتعليم"]
    assert sorted(names, key=normalize.collation_key) == [
        "أفريقيا",
        "الاقتصاد",
        "الله",
        "ألمانيا",
        "إيران",
        "البحرين",
        "الـتعليم",
        "تُونس",
        "ثقافة",
        "ياسين",
    ]


def test_names_that_sort_alike_still_have_one_order() -> None:
    assert sorted(["أمل", "امل", "آمل"], key=normalize.collation_key) == ["آمل", "أمل", "امل"]


# ---------------------------------------------------------------- digits


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("في 18 أكتوبر 2021", "في ١٨ أكتوبر ٢٠٢١"),
        ("ارتفع 12%", "ارتفع ١٢٪"),
        ("ارتفع %12", "ارتفع ١٢٪"),
        ("ارتفع 3.5 %", "ارتفع ٣.٥٪"),
        ("قمة G20 وطائرة B-52 وقناة 4K", "قمة G20 وطائرة B-52 وقناة 4K"),
        ("۱۴۰۰", "١٤٠٠"),
    ],
)
def test_arabic_digits_have_their_sign_written_after_them(written: str, shown: str) -> None:
    assert normalize.digits(written, "arabic") == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("في ١٨ أكتوبر ٢٠٢١", "في 18 أكتوبر 2021"),
        ("٪١٢ ثم ١٢٪ ٣٫٥٪", "12% ثم 12% 3.5%"),
        ("١٬٠٠٠٬٠٠٠", "1,000,000"),
        ("%12", "%12"),
    ],
)
def test_western_digits_bring_their_own_signs(written: str, shown: str) -> None:
    assert normalize.digits(written, "western") == shown


def test_an_unknown_set_of_digits_is_refused() -> None:
    with pytest.raises(ValueError, match="roman"):
        normalize.digits("12", "roman")


# ---------------------------------------------------------------- direction


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("12 % روسيا", "R"),
        ("NATO في بروكسل", "L"),
        ("\u2068CNN\u2069 في بيروت", "R"),
        ("\u2068CNN \u2066x\u2069 y\u2069 في", "R"),
        ("\u2069 שלום", "R"),
        ("\u200fNATO", "R"),
        ("\u2067بلا نهاية", ""),
        ("2021 - 12", ""),
    ],
)
def test_the_first_strong_character_outside_isolates_decides(text: str, direction: str) -> None:
    assert arabic_direction.first_strong(text) == direction


def test_a_language_tag_knows_its_direction() -> None:
    assert all(map(arabic_direction.is_rtl_language, ["ar", "fa-IR", "HE", "ur", "az-Arab", "ar_SY"]))
    assert not any(map(arabic_direction.is_rtl_language, ["en", "fr-FR", "ar-Latn", "az", ""]))


# ---------------------------------------------------------------- many words at once


def test_a_text_is_folded_as_its_words_are() -> None:
    def one_by_one(text: str) -> list[str]:
        return [normalize.fold_word(word) for word in normalize.words(text)]

    usual = normalize._USUAL.replace("\ufffe", "")
    for text in (first + second for first in usual for second in usual):
        assert normalize.folded_words(text) == one_by_one(text), text
    strange = "\u0653\u0654\u0655é\u0301ßİΐﷺﻻ\u2028\x85½´\ud800\U0001f600"
    chance = random.Random(4)
    for _ in range(5_000):
        text = (
            "".join(chance.choices(usual, k=12)) + chance.choice(["", *strange]) + "".join(chance.choices(usual, k=3))
        )
        assert normalize.folded_words(text) == one_by_one(text), text
