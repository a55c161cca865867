"""Contrast as WCAG computes it, and the nearest colour that is read."""

from __future__ import annotations

import pytest

from mujaz.model.colours import AA, DARK, LIGHT, Scheme, contrast, mixed, readable, scheme


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21),
        ("#ffffff", "#ffffff", 1),
        ("#777777", "#ffffff", 4.478),
        ("#0000ff", "#ffffff", 8.592),
    ],
)
def test_the_ratio_is_that_of_wcag_whichever_colour_comes_first(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.001) == contrast(other, one)


@pytest.mark.parametrize("ground", ["#fdfcf8", "#14191a", "#808080", "#ffff00"])
@pytest.mark.parametrize("colour", ["#e0b000", "#a3161f", "#808080", "#ffffff", "#000000"])
def test_what_is_made_readable_is_read_and_what_was_read_stays(colour: str, ground: str) -> None:
    near = readable(colour, ground)
    assert contrast(near, ground) >= AA
    assert near == colour if contrast(colour, ground) >= AA else near != colour


def test_the_nearest_has_the_hue_and_is_as_near_as_can_be() -> None:
    assert readable("#e0b000", "#fdfcf8") == "#8e7000"
    red, green, blue = (int("#8f7100"[at : at + 2], 16) for at in (1, 3, 5))
    assert contrast(f"#{red:02x}{green:02x}{blue:02x}", "#fdfcf8") < AA + 0.05


@pytest.mark.parametrize(
    "colours",
    [
        LIGHT,
        DARK,
        scheme(paper="#ffffff", ink="#767676", accent="#c00000", mark="#202020"),
        scheme(paper="#14ff44", ink="#c60000", accent="#9b0000", mark="#f4e5ab"),
    ],
)
def test_all_of_a_scheme_that_carries_text_is_read(colours: Scheme) -> None:
    pairs = (("ink", "paper"), ("soft", "paper"), ("accent", "paper"), ("accent_ink", "accent"), ("ink", "mark"))
    for front, ground in pairs:
        assert contrast(getattr(colours, front), getattr(colours, ground)) >= AA, (front, ground)


def test_a_mixture_lies_between_its_colours() -> None:
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"
    assert mixed("#123456", "#ffffff", 0) == "#123456"
