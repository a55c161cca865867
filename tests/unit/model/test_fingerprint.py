"""A digest tells two values apart if anything about them differs, and never if nothing does."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.frozen import Struct, field, replace
from mujaz.model.fingerprint import digest, file_digest


class Story(Struct, frozen=True, kw_only=True):
    title: str
    summary: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


class Teaser(Struct, frozen=True, kw_only=True):
    """The same fields as a story, but not a story."""

    title: str
    summary: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


class Page(Struct, frozen=True):
    stories: tuple[Story, ...]


class Empty(Struct, frozen=True):
    pass


class Draft(Struct):
    """Not frozen: it could change after it was hashed."""

    title: str


NOON = datetime(2021, 10, 18, 12, 0, tzinfo=UTC)

DISTINCT = [
    None,
    False,
    True,
    0,
    1,
    -1,
    16,
    0.0,
    1.0,
    "",
    "0",
    "1",
    "خبر",
    "خبرٌ",
    b"",
    b"1",
    "خبر".encode(),
    (),
    ((),),
    (None,),
    ("ab", "c"),
    ("a", "bc"),
    ("abc",),
    ("a", ("b", "c")),
    (("a", "b"), "c"),
    ("s1:a",),
    (1, 2),
    (2, 1),
    {},
    {"a": 1},
    {"a": "1"},
    {"a": 1, "b": 2},
    {"a": 2, "b": 1},
    NOON,
    NOON.isoformat(),
    NOON.astimezone(timezone(timedelta(hours=3))),
    NOON.replace(microsecond=1),
    Empty(),
    Story(title="خبر"),
    Story(title="", summary="خبر"),
    Story(title="خبر", extra={"رقم": 1}),
    Teaser(title="خبر"),
    Page((Story(title="خبر"),)),
    Page((Story(title="خبر"), Story(title="خبر"))),
    Page(()),
]


def test_no_two_different_values_share_a_digest() -> None:
    for one, other in itertools.combinations(DISTINCT, 2):
        assert digest(one) != digest(other), (one, other)


def test_the_order_and_the_grouping_of_values_count() -> None:
    assert digest("أ", "ب") != digest("ب", "أ")
    assert digest("أ", "ب") != digest(("أ", "ب"))
    assert digest("أ", "ب") != digest("أب")


def test_equal_values_have_equal_digests() -> None:
    assert digest(Story(title="خبر", extra={"ب": (1, 2), "أ": None})) == digest(
        replace(Story(title="قديم", extra={"أ": None, "ب": (1, 2)}), title="خبر")
    )


def test_a_shared_part_changes_no_digest() -> None:
    shared = Story(title="قمة المناخ تبدأ أعمالها")
    assert digest(Page((shared, shared))) == digest(Page((Story(title=shared.title), shared)))


class Title(str):
    """A subclass may carry more than its text."""


@pytest.mark.parametrize("value", [["أ"], {"أ"}, object(), Draft("أ"), Title("أ"), {1: "أ"}, ("أ", ["ب"]), Story])
def test_what_may_change_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        digest(value)


def test_nan_and_a_time_without_zone_are_refused() -> None:
    with pytest.raises(ValueError, match="NaN"):
        digest((1.0, float("nan")))
    with pytest.raises(ValueError, match="time zone"):
        digest(NOON.replace(tzinfo=None))


def test_the_digest_is_the_same_on_every_machine() -> None:
    assert file_digest("موجز".encode()) == "c0284f5cbf2bce29c4920707b9675fc5"
    values = (0.5, "قمة", NOON, {"ب": 1, "أ": b"\x00"}, (None, True, -(2**40)))
    assert digest(*values) == "b3e62bc80b7c87bdf9b4676aebc8793e"


frozen = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=4).map(tuple) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def _exact(value: object) -> str:
    """Equality that tells 1 from True and 0.0 from -0.0, by a road other than the digest's."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{key!r}:{_exact(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, tuple):
        return "(" + "".join(f"{_exact(part)}," for part in value) + ")"
    return repr(value)


@pytest.mark.slow
@given(frozen, frozen)
def test_digests_are_equal_just_where_values_are(one: object, other: object) -> None:
    assert (digest(one) == digest(other)) == (_exact(one) == _exact(other))
