"""Normal forms: what the library says, and in a time that grows with the text."""

from __future__ import annotations

import unicodedata
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.model.normal_forms import Form, normalized
from tests.support.cpu_time import within

FORMS = get_args(Form)
MARKS = "\u0300\u0301\u0316\u0327\u0345\u064b\u0651\u0653\u0670\u0344\u0f73\u3099\uff9e\u1161\u0338\u200d=*é漢"


@pytest.mark.parametrize("form", FORMS)
@given(
    runs=st.lists(st.tuples(st.sampled_from("aاかﾊe=≠"), st.text(MARKS, min_size=1, max_size=6), st.integers(1, 40)))
)
def test_a_text_has_the_form_that_the_library_gives_it(form: Form, runs: list[tuple[str, str, int]]) -> None:
    text = "".join(letter + marks * times for letter, marks, times in runs)
    assert normalized(form, text) == unicodedata.normalize(form, text)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("first", "second"),
    [("\u0301", "\u0316"), ("\u0344", "\u0316"), ("\u0f73", "\u0f71"), ("\u3099", "\uff9e"), ("\u0316", "\uff9e")],
)
def test_marks_that_stand_in_the_wrong_order_take_no_long_time(form: Form, first: str, second: str) -> None:
    """These take the library 13 s, and a megabyte of them a quarter of an hour. Nothing ends it in between."""
    with within(4):
        normalized(form, "a" + first * 40_000 + second * 40_000)
        normalized(form, "a" + (first + second) * 40_000)
