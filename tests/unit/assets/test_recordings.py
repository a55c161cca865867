"""What files of film and sound say of themselves is read from their heads; any bytes may come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.assets.recordings import LONGEST, Recording, measure
from tests.support.recordings import mp3, mp4, webm
from tests.support.sites import REPOSITORY

SAMPLES = {"mp4": mp4(), "m4a": mp4(), "webm": webm(), "mp3": mp3()}


@pytest.mark.parametrize("long", [False, True])
def test_an_mp4_tells_its_length_and_its_sides(long: bool) -> None:
    assert measure(mp4(61.4, width=640, height=360, long=long), "mp4") == Recording(seconds=61, width=640, height=360)
    assert measure(mp4(0.2, width=0, height=0), "m4a") == Recording(seconds=1)


def test_a_webm_tells_its_length_and_its_sides() -> None:
    assert measure(webm(3.6, width=640, height=360), "webm") == Recording(seconds=4, width=640, height=360)


@pytest.mark.parametrize("counted", [True, False])
def test_an_mp3_tells_its_length_by_a_count_of_frames_or_by_its_rate(counted: bool) -> None:
    assert measure(mp3(125, counted=counted), "mp3") == Recording(seconds=125)


def test_the_samples_files_are_read() -> None:
    folder = REPOSITORY / "content/2021/10"
    film = measure((folder / "lucy-launch/orbits.mp4").read_bytes(), "mp4")
    assert film == Recording(seconds=12, width=640, height=360)
    assert measure((folder / "mars-sounds/two-airs.mp3").read_bytes(), "mp3") == Recording(seconds=7)


def test_what_is_of_another_kind_is_no_recording() -> None:
    for ending in SAMPLES:
        for raw in (b"", b"RIFF", b"<html>", b"\x89PNG\r\n\x1a\n" + bytes(99), mp4()[:6]):
            assert measure(raw, ending) is None


def test_a_length_that_nobody_can_believe_is_none() -> None:
    assert measure(mp4(LONGEST + 1), "mp4") == Recording(width=64, height=36)
    assert measure(webm(float("nan")), "webm") == measure(webm(-5), "webm") == Recording(width=64, height=36)


def test_boxes_that_reach_beyond_their_own_are_passed_over() -> None:
    whole = mp4()
    for at in range(8, len(whole) - 4):
        measure(whole[:at] + b"\xff\xff\xff\xff" + whole[at + 4 :], "mp4")
        measure(whole[:at], "mp4")
    nested = b"moov".join([(8).to_bytes(4)] * 200_000)
    assert measure(mp4()[:16] + nested, "mp4") is not None


@pytest.mark.slow
@given(st.sampled_from(sorted(SAMPLES)), st.integers(0, 200), st.binary(max_size=40))
def test_any_bytes_are_read_without_an_error(ending: str, at: int, bytes_: bytes) -> None:
    raw = SAMPLES[ending]
    found = measure(raw[:at] + bytes_ + raw[at + len(bytes_) :], ending)
    assert found is None or (0 <= found.seconds <= LONGEST and min(found.width, found.height) >= 0)
    measure(bytes_, ending)
