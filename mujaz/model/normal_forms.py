"""Unicode's normal forms in a time that grows with a text: the one place that asks the library for them."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, groupby
from typing import Literal

Form = Literal["NFC", "NFD", "NFKC", "NFKD"]

# What may be a run of combining marks. Half-width voiced marks, letters to `\w`, are such where NFKC has replaced them.
_LONG = re.compile(r"(?:[^\w\s\x00-\x7f]|[\uff9e\uff9f]){32,}+")


def normalized(form: Form, text: str) -> str:
    """`text` in the normal form.

    The library sorts each run of marks by insertion: 80,000 on one letter take it 13 s, and four times as many
    sixteen times as long. So a long run is given to it in order.
    """
    return unicodedata.normalize(form, _LONG.sub(lambda run: _in_order(form, run[0]), text))


def _in_order(form: Form, run: str) -> str:
    apart: Form = "NFKD" if "K" in form else "NFD"
    letters = chain.from_iterable(unicodedata.normalize(apart, one) for one in run)
    runs = groupby(letters, lambda one: unicodedata.combining(one) > 0)
    return "".join(chain.from_iterable(sorted(marks, key=unicodedata.combining) for _, marks in runs))
