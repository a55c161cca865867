"""What a picture file may repeat, counted before anything is decoded."""

from __future__ import annotations

import io
import re
import zlib

import pytest
from PIL import Image

from mujaz.assets import pictures, repeats
from mujaz.assets.pictures import PictureError, measure

END = b"\xff\xd9"


def saved(kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), (40, 90, 110)).save(file, kind, **options)
    return file.getvalue()


def scans(count: int) -> bytes:
    """A progressive JPEG whose last scan stands in it this many times more."""
    raw = saved("JPEG", progressive=True)
    start = raw.rindex(repeats.SCAN)
    return raw[:start] + raw[start : raw.rindex(END)] * count + END


def chunks(count: int) -> bytes:
    raw = saved("PNG")
    empty = bytes(4) + b"teXt" + zlib.crc32(b"teXt").to_bytes(4)
    return raw[:33] + empty * count + raw[33:]


def blocks(count: int) -> bytes:
    raw = saved("GIF")
    start = raw.index(b",", 13)
    return raw[:start] + b"!\xfe" + b"\x01a" * count + b"\x00" + raw[start:]


def frames(kind: str, count: int) -> bytes:
    pages = [Image.new("RGB", (32, 32), (20 * n, 90, 255 - 20 * n)) for n in range(count)]
    file = io.BytesIO()
    pages[0].save(file, kind, save_all=True, append_images=pages[1:], duration=20)
    return file.getvalue()


@pytest.mark.parametrize(
    "raw, says",
    [
        (scans(repeats.MAX_SCANS), "scans; at most 100"),
        (chunks(repeats.MAX_CHUNKS), "more than 50,000 chunks"),
        (blocks(repeats.MAX_CHUNKS), "more than 50,000 chunks"),
    ],
    ids=["JPEG", "PNG", "GIF"],
)
def test_a_picture_that_repeats_too_much_is_refused(raw: bytes, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "open", lambda *_, **__: pytest.fail("nothing is decoded"))
    with pytest.raises(PictureError, match=says):
        measure(raw)


@pytest.mark.parametrize("kind, sign", [("GIF", b","), ("PNG", b"fcTL"), ("WEBP", b"ANMF")])
def test_frames_are_counted_in_every_format_that_has_them(
    kind: str, sign: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = frames(kind, 12)
    assert repeats.too_many(raw) is None
    monkeypatch.setattr(repeats, "MAX_FRAMES", 11)
    assert "more than 11 frames" in str(repeats.too_many(raw))


USUAL = [saved(one) for one in ("JPEG", "PNG", "GIF", "WEBP")]


@pytest.mark.parametrize("raw", [scans(3), chunks(9), blocks(9), *USUAL])
def test_what_cameras_and_programs_write_passes(raw: bytes) -> None:
    assert repeats.too_many(raw) is None
    assert measure(raw).width == 64


@pytest.mark.parametrize("start", [b"\x89PNG\r\n\x1a\n", b"RIFF....WEBP", b"GIF89a"])
@pytest.mark.parametrize("rest", [b"", b"\x00" * 7, b"\xff" * 40, b"\x00" * 4000])
def test_a_file_that_is_cut_short_or_garbled_is_counted_to_its_end(start: bytes, rest: bytes) -> None:
    repeats.too_many(start + rest)


def test_the_expressions_that_tell_a_kind_do_not_go_back() -> None:
    """Forty comments took a time that doubled with each: 2 ** 40 steps. This ends, or the suite does not."""
    for raw in (b"<!---->" * 500 + b"x", b"<?xml " * 500, b" " * 4096 + b"x", b"<!--" * 1000):
        with pytest.raises(PictureError):
            measure(raw)
    assert re.match(pictures.KINDS[0][0], b'<?xml version="1.0"?>\n<!-- a --> <!-- b -->\n<svg')
