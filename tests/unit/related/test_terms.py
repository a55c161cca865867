"""What is kept of an article to relate it: counted stems and shingles."""

from __future__ import annotations

from array import array
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.related.counting import all_terms
from mujaz.related.terms import BODY_WORDS, HEAD_WORDS, sequences
from tests.support.plain_terms import head_counts, read_terms, shingles, term_counts

BODY = "أعلنت الحكومة اليوم خطة جديدة لدعم المزارعين في الجنوب، وقالت الحكومة إن الخطة تبدأ غدا."


def test_a_word_of_the_title_counts_four_times() -> None:
    counts = term_counts("خطة للمزارعين", BODY, ["زراعة"])
    assert counts["خط"] == 2 + 4
    assert counts["مزارع"] == 1 + 4
    assert counts["حكوم"] == 2
    assert counts["زراع"] == 1


def test_only_the_first_words_of_the_body_count() -> None:
    counts = term_counts("", "كلام " * BODY_WORDS + "آخر")
    assert counts == {"كلام": BODY_WORDS}


def test_the_head_is_the_title_twice_the_summary_and_the_first_words() -> None:
    counts = head_counts("خطة", "الجنوب ينتظر", f"{BODY} {'كلام ' * HEAD_WORDS}آخر")
    assert counts["خط"] == 2 + 2
    assert counts["جنوب"] == 2
    assert counts["ينتظر"] == 1
    assert "اخر" not in counts and sum(counts.values()) == 2 + 2 + HEAD_WORDS


def test_a_lone_tatweel_is_no_word() -> None:
    assert term_counts("ـــ", "ـ") == {}


def test_shingles_do_not_depend_on_spelling() -> None:
    assert shingles("", "إلى المدرسة الكبرى اليوم") == shingles("الي", "المدرسه الكُبرى اليوم")
    assert len(shingles("", "كلمات ثلاث فقط")) == 0
    assert len(shingles("", "واحد اثنان ثلاثة أربعة خمسة")) == 2


def test_terms_are_packed_in_ascending_order() -> None:
    read = read_terms("خطة", "", BODY, [])
    hashes = array("I", read.terms).tolist()
    assert hashes == sorted(set(hashes))
    assert dict(zip(hashes, read.counts, strict=True))[crc32("خط".encode())] == 6
    assert len(read.shingles) == 4 * len(shingles("خطة", BODY))


def test_a_count_that_no_byte_holds_is_the_greatest_byte() -> None:
    assert max(read_terms("", "", "كلام " * 300, []).counts) == 255


def test_a_summary_counts_unless_the_body_opens_with_it() -> None:
    same = read_terms("خطة", "أعلنت الحكومة اليوم خطة…", BODY, [])
    own = read_terms("خطة", "الجنوب ينتظر المطر", BODY, [])
    none = read_terms("خطة", "", BODY, [])
    assert (same.terms, same.counts, same.shingles) == (none.terms, none.counts, none.shingles)
    assert len(own.terms) == len(same.terms) + 2 * 4
    assert own.shingles == same.shingles


def test_the_hashes_stay_what_they_are() -> None:
    """A cache of another machine or year must say the same."""
    assert read_terms("سلام", "", "", []).terms == crc32("سلام".encode()).to_bytes(4, "little")


def test_what_is_read_is_what_the_counts_say() -> None:
    for title, text, tags in (
        ('خطة "كبرى"', BODY * 20, ["زراعة", "أخبار الجنوب"]),
        ("", "", []),
        ("ـ", "é ـ ٣", ["ﷺ"]),
    ):
        read = read_terms(title, "", text, tags)
        head = {crc32(term.encode()): count for term, count in head_counts(title, "", text).items()}
        assert dict(zip(array("I", read.head), read.head_counts, strict=True)) == head
        counts = {crc32(term.encode()): count for term, count in term_counts(title, text, tags).items()}
        assert dict(zip(array("I", read.terms), read.counts, strict=True)) == counts
        assert array("I", read.shingles).tolist() == sorted(shingles(title, text))


WORDS = st.sampled_from("الحكومة حكومة والحكومة خطة ـ كُبرى GB 4 ﷺ é … «قال» ـــ ثلاثة".split())
TEXT = st.lists(WORDS, max_size=40).map(" ".join)


@pytest.mark.slow
@given(
    st.lists(st.tuples(TEXT, TEXT, st.one_of(TEXT, TEXT.map(lambda text: f"{text} " * 60)), st.lists(TEXT, max_size=3)))
)
def test_many_articles_at_once_give_the_terms_of_each(articles: list[tuple[str, str, str, list[str]]]) -> None:
    assert all_terms([sequences(*one) for one in articles]) == [read_terms(*one) for one in articles]
