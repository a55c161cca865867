"""What a file of film or sound says of itself in its own head: how long it plays, how large its picture is.

Nothing is decoded: the boxes of an MP4 (ISO 14496-12), the elements of a WebM (RFC 9559) and the first frame of an MP3
tell it. Any bytes may come: no length is believed that reaches beyond what holds it, and every walk is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mujaz.frozen import Value

MOST_PARTS = 100_000  # boxes or elements that are looked at
MOST_CAPTIONS = 1_000_000  # bytes
LONGEST = 100 * 3600  # seconds; a file that says more is not believed


class Recording(Value):
    """`seconds` is 0 where the file does not tell, as are the sides in pixels."""

    seconds: int = 0
    width: int = 0
    height: int = 0


def measure(raw: bytes, ending: str) -> Recording | None:
    """What `raw` is by its own words; None where it is not what files of that ending (`mp4`, `mp3` …) are."""
    read = {"mp4": _mp4, "m4a": _mp4, "webm": _webm, "mp3": _mp3, "vtt": _captions}[ending]
    return read(raw)


def _captions(raw: bytes) -> Recording | None:
    """Captions of a film: WebVTT, which browsers read as UTF-8 alone (W3C, WebVTT 4.1)."""
    text = bytes(raw[: MOST_CAPTIONS + 1])
    try:
        whole = len(text) <= MOST_CAPTIONS and re.match(r"\ufeff?WEBVTT(?![^ \t\r\n])", text.decode()) is not None
    except UnicodeDecodeError:
        return None
    return Recording() if whole and b"\0" not in text else None


def _believed(seconds: float) -> int:
    return round(seconds) or 1 if 0 < seconds <= LONGEST else 0


def _whole(raw: bytes) -> int:
    return int.from_bytes(bytes(raw))


# ---------------------------------------------------------------- MP4

_BOXES = frozenset((b"moov", b"trak"))  # boxes that hold those that are read


def _mp4(raw: bytes) -> Recording | None:
    if raw[4:8] != b"ftyp":
        return None
    seconds, width, height = 0.0, 0, 0
    for kind, start, end in _boxes(raw, 0, len(raw)):
        long = raw[start : start + 1] == b"\1"  # version 1 has times of 64 bits
        if kind == b"mvhd":
            scale, length = (20, 24) if long else (12, 16)
            units = _whole(raw[start + scale : start + scale + 4])
            ticks = _whole(raw[start + length : start + length + (8 if long else 4)])
            seconds = ticks / units if units else 0
        elif kind == b"tkhd":
            sides = raw[end - 8 : end] if end - start >= 84 else bytes(8)
            # Fixed point, 16.16. A track of sound has none.
            width, height = max(width, _whole(sides[:2])), max(height, _whole(sides[4:6]))
    return Recording(seconds=_believed(seconds), width=width, height=height)


def _boxes(raw: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """(kind, where its content begins, where it ends) of each box, those within `_BOXES` too."""
    open_until = [(start, end)]
    for _ in range(MOST_PARTS):
        if not open_until:
            return
        start, end = open_until.pop()
        size, kind, head = _whole(raw[start : start + 4]), bytes(raw[start + 4 : start + 8]), 8
        if size == 1:
            size, head = _whole(raw[start + 8 : start + 16]), 16
        stop = end if size == 0 else start + size
        if len(kind) < 4 or stop < start + head or stop > end:
            continue
        if stop < end:
            open_until.append((stop, end))
        if kind in _BOXES:
            open_until.append((start + head, stop))
        else:
            yield kind, start + head, stop


# ---------------------------------------------------------------- WebM

_SEGMENT, _INFO, _TRACKS, _TRACK, _VIDEO = 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0xE0
_SCALE, _DURATION, _WIDTH, _HEIGHT = 0x2AD7B1, 0x4489, 0xB0, 0xBA
_ELEMENTS = frozenset((_SEGMENT, _INFO, _TRACKS, _TRACK, _VIDEO))
_CLUSTER = 0x1F43B675
_EBML = b"\x1a\x45\xdf\xa3"


def _webm(raw: bytes) -> Recording | None:
    if raw[:4] != _EBML:
        return None
    found: dict[int, bytes] = {}
    for name, start, end in _elements(raw):
        if name in (_SCALE, _DURATION, _WIDTH, _HEIGHT) and end - start <= 8:
            found.setdefault(name, bytes(raw[start:end]))
    scale = _whole(found.get(_SCALE, b"")) or 1_000_000  # nanoseconds
    return Recording(
        seconds=_believed(_float(found.get(_DURATION, b"")) * scale / 1e9),
        width=min(_whole(found.get(_WIDTH, b"")), 1 << 16),
        height=min(_whole(found.get(_HEIGHT, b"")), 1 << 16),
    )


def _float(raw: bytes) -> float:
    import struct

    value = struct.unpack(">f" if len(raw) == 4 else ">d", raw)[0] if len(raw) in (4, 8) else 0.0
    return float(value) if value == value and abs(value) < 1e15 else 0.0


def _elements(raw: bytes) -> Iterator[tuple[int, int, int]]:
    """(name, start, end) of each element up to the first cluster, those within `_ELEMENTS` too."""
    at = 0
    for _ in range(MOST_PARTS):
        name, at = _number(raw, at, marked=True)
        size, at = _number(raw, at, marked=False)
        if at > len(raw) or not name or name == _CLUSTER:
            return
        if name in _ELEMENTS:
            continue  # its parts come next; where it ends makes no difference to what is read
        if size < 0 or at + size > len(raw):
            return
        yield name, at, at + size
        at += size


def _number(raw: bytes, at: int, *, marked: bool) -> tuple[int, int]:
    """A number of one to eight bytes and where it ends. `marked`: with the bit that tells its length, as names are.

    -1 is a size that the file does not tell. At the end of the file it is 0, and ends beyond it.
    """
    first = _whole(raw[at : at + 1])
    if not first:
        return 0, len(raw) + 1
    length = 9 - first.bit_length()
    value = _whole(raw[at : at + length])
    mask = (1 << 7 * length) - 1
    if not marked:
        value = -1 if value & mask == mask else value & mask
    return value, at + length


# ---------------------------------------------------------------- MP3

# Kilobits a second by the four bits of a frame: of MPEG 1 and of 2, layer III.
_BITRATES = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
)
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}  # by MPEG 1, 2, 2.5


def _mp3(raw: bytes) -> Recording | None:
    start = 0
    if raw[:3] == b"ID3":
        size = raw[6:10]
        start = 10 + sum((byte & 0x7F) << 7 * (3 - n) for n, byte in enumerate(size))
    head = _whole(raw[start : start + 4])
    version, layer, bitrate, rate = head >> 19 & 3, head >> 17 & 3, head >> 12 & 15, head >> 10 & 3
    if head >> 21 != 0x7FF or layer != 1 or version not in _RATES or rate == 3:
        return None
    samples = 1152 if version == 3 else 576
    single = head >> 6 & 3 == 3
    side = (17 if single else 32) if version == 3 else (9 if single else 17)
    table = start + 4 + side
    frames = 0
    if raw[table : table + 4] in (b"Xing", b"Info") and _whole(raw[table + 4 : table + 8]) & 1:
        frames = _whole(raw[table + 8 : table + 12])
    elif raw[start + 36 : start + 40] == b"VBRI":
        frames = _whole(raw[start + 50 : start + 54])
    if frames:
        return Recording(seconds=_believed(frames * samples / _RATES[version][rate]))
    kilobits = _BITRATES[version != 3][bitrate]
    return Recording(seconds=_believed((len(raw) - start) * 8 / (kilobits * 1000)) if kilobits else 0)
