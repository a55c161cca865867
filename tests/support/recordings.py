"""The smallest files that say how long they play: nothing in them can be played."""

from __future__ import annotations

import struct


def mp4(seconds: float = 12, *, width: int = 64, height: int = 36, long: bool = False) -> bytes:
    """An MP4 of one track; `long`: with times of 64 bits."""
    times = struct.pack(">QQIQ" if long else ">IIII", 0, 0, 1000, round(seconds * 1000))
    mvhd = _box(b"mvhd", bytes([long, 0, 0, 0]) + times + bytes(80))
    tkhd = _box(b"tkhd", bytes(4) + bytes(72) + struct.pack(">II", width << 16, height << 16))
    return _box(b"ftyp", b"isom" + bytes(4)) + _box(b"moov", mvhd + _box(b"trak", tkhd)) + _box(b"mdat", b"picture")


def webm(seconds: float = 12, *, width: int = 64, height: int = 36) -> bytes:
    info = _element(b"\x2a\xd7\xb1", (1_000_000).to_bytes(3)) + _element(b"\x44\x89", struct.pack(">d", seconds * 1000))
    video = _element(b"\xb0", width.to_bytes(2)) + _element(b"\xba", height.to_bytes(2))
    tracks = _element(b"\x16\x54\xae\x6b", _element(b"\xae", _element(b"\xe0", video)))
    segment = _element(b"\x15\x49\xa9\x66", info) + tracks + b"\x1f\x43\xb6\x75\x01" + b"\xff" * 7
    return _element(b"\x1a\x45\xdf\xa3", b"") + b"\x18\x53\x80\x67\x01" + b"\xff" * 7 + segment


def mp3(seconds: float = 12, *, counted: bool = True) -> bytes:
    """Layer III of MPEG 1, 32 kilobits, 44.1 kHz, behind an ID3 tag; `counted`: its head says how many follow."""
    tag = b"ID3\x04\x00\x00" + bytes([0, 0, 0, 20]) + bytes(20)
    frame = b"\xff\xfb\x10\x00" + bytes(32)
    if counted:
        return tag + frame + b"Xing" + (1).to_bytes(4) + round(seconds * 44_100 / 1152).to_bytes(4) + bytes(40)
    return tag + frame + bytes(round(seconds * 4000) - len(frame))


def _box(kind: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4) + kind + content


def _element(name: bytes, content: bytes) -> bytes:
    return name + (0x4000 | len(content)).to_bytes(2) + content
