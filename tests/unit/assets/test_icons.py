"""Icons: a paper's picture in each size, or the first letter of its name on its accent."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from mujaz.arabic.typography import initial
from mujaz.assets import icons
from mujaz.model.file_views import IconView

LETTER = IconView(size=192, letter="ش", ground="#7a1024", ink="#fffbe8")


def opened(raw: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(raw))
    image.load()
    return image


def picture(side: int = 600) -> bytes:
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    image.paste((10, 120, 60, 255), (side // 4, side // 4, side * 3 // 4, side * 3 // 4))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("الميناء", "م"),
        ("المرفأ اليوم", "م"),
        ("الو", "ا"),
        ("«شراع»", "ش"),
        ("the Harbour", "T"),
        ("24", ""),
        ("إلى", "إ"),
    ],
)
def test_the_letter_of_a_name_is_its_first_after_the_article(name: str, letter: str) -> None:
    assert initial(name) == letter


def test_a_letter_stands_in_the_middle_of_the_accent_and_within_what_masks_leave() -> None:
    image = opened(icons.draw(LETTER, b"")).convert("RGB")
    assert image.size == (192, 192) and image.getpixel((0, 0)) == (0x7A, 0x10, 0x24)
    inked = image.point(lambda part: part).convert("L").point(lambda grey: 255 if grey > 140 else 0).getbbox()
    assert inked is not None
    left, top, right, bottom = inked
    assert left >= 192 * 0.19 and right <= 192 * 0.81 and top >= 192 * 0.19 and bottom <= 192 * 0.81
    assert abs((left + right) / 2 - 96) < 3 and abs((top + bottom) / 2 - 96) < 3
    assert max(right - left, bottom - top) > 192 * 0.55


def test_a_letter_is_drawn_as_an_svg_of_one_path_and_to_the_same_bytes_each_time() -> None:
    svg = icons.draw(IconView(size=0, letter="ش", ground="#7a1024", ink="#fffbe8"), b"").decode()
    assert re.fullmatch(
        r"<svg [^>]+>(<path fill=\"#[0-9a-f]{6}\" d=\"[MLQZhvH0-9. -]+\"/>|<path [^>]+z\"/>){2}</svg>\n", svg
    )
    assert icons.draw(LETTER, b"") == icons.draw(LETTER, b"")


def test_a_hole_of_a_letter_stays_open() -> None:
    """ط has an eye, where the ground is seen."""
    image = opened(icons.draw(IconView(size=192, letter="ط", ground="#000000", ink="#ffffff"), b"")).convert("L")
    rows = ["".join("#" if image.getpixel((x, y)) > 128 else "." for x in range(192)) for y in range(192)]  # type: ignore[operator]
    assert any(re.search(r"#+\.+#+", row) for row in rows)


@pytest.mark.parametrize("letter", ["", "漢"])
def test_a_name_without_a_letter_of_ours_is_a_plain_ground(letter: str) -> None:
    image = opened(icons.draw(IconView(size=48, letter=letter, ground="#7a1024", ink="#ffffff"), b"")).convert("RGB")
    assert image.getcolors() == [(48 * 48, (0x7A, 0x10, 0x24))]


def test_a_picture_is_made_in_each_size_and_put_on_paper_where_nothing_may_be_clear() -> None:
    clear = opened(icons.draw(IconView(size=192, source="icon.png", digest="x", ground="#fdfcf8"), picture()))
    assert clear.size == (192, 192) and clear.mode == "RGBA" and clear.getpixel((2, 2))[3] == 0  # type: ignore[index]
    whole = opened(
        icons.draw(IconView(size=180, source="icon.png", digest="x", ground="#fdfcf8", whole=True), picture())
    )
    assert whole.mode == "RGB" and whole.getpixel((2, 2)) == (0xFD, 0xFC, 0xF8)
