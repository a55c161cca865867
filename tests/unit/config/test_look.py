"""`look` of config.yaml: what it may say, and which colours are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from mujaz.config.settings import load_config
from mujaz.model.colours import AA, DARK, LIGHT, contrast
from mujaz.model.settings import Look
from tests.unit.config.test_settings import LEAST, told, write


def look(folder: Path, text: str) -> Look:
    return load_config(write(folder, f"{LEAST}look: {text}\n")).config.look


def test_a_paper_that_says_nothing_has_colours_that_are_read(tmp_path: Path) -> None:
    assert look(tmp_path, "null") == Look() == Look(light=LIGHT, dark=DARK)


def test_every_key_reaches_its_field(tmp_path: Path) -> None:
    found = look(
        tmp_path,
        "{accent: '#7A1024', paper: '#fffbe8', ink: '#2a1a10', "
        "dark: {accent: '#f0a0a8', paper: '#101010', ink: '#eeeeee'},"
        " logo: img/logo.svg, logo_dark: img/night.png, icon: icon.png, faces: {text: fonts/a.woff2, heads: naskh},"
        " footer: كلمات}",
    )
    assert (found.light.accent, found.light.paper, found.light.ink) == ("#7a1024", "#fffbe8", "#2a1a10")
    assert (found.dark.accent, found.dark.paper, found.dark.ink) == ("#f0a0a8", "#101010", "#eeeeee")
    assert (found.logo, found.logo_dark, found.icon) == ("img/logo.svg", "img/night.png", "icon.png")
    assert (found.text, found.heads, found.footer) == ("fonts/a.woff2", "naskh", "كلمات")
    assert look(tmp_path, "{dark: {ink: '#ffffff'}}").dark.accent == DARK.accent


def test_an_accent_is_lightened_for_the_dark(tmp_path: Path) -> None:
    found = look(tmp_path, "{accent: '#7a1024'}")
    assert found.dark.accent != found.light.accent and contrast(found.dark.accent, found.dark.paper) >= 7


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{accent: '#e0b000'}", "'look.accent', #e0b000, has a contrast of 1."),
        ("{ink: '#999999'}", "'look.ink', #999999"),
        ("{dark: {accent: '#7a1024'}}", "'look.dark.accent', #7a1024"),
        ("{paper: '#222222'}", "'look.ink', #191c1c"),
        ("{accent: teal}", "'look.accent' is 'teal', which is no colour"),
        ("{accent: '#abc'}", "'look.accent' is '#abc', which is no colour"),
        ("{logo: ../logo.svg}", "'look.logo' is '../logo.svg'"),
        ("{icon: icon.svg}", "'look.icon' is 'icon.svg', which names no file that ends in one of .png"),
        ("{faces: {text: plex}}", "'look.faces.text' is 'plex'; it must be one of naskh, or a file"),
        ("{acent: '#7a1024'}", "unknown key 'look.acent'"),
    ],
)
def test_what_cannot_be_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    problems = told(tmp_path, f"{LEAST}look: {text}\n")
    assert any(one.startswith("config.yaml:7:") and said in one for one in problems)


def test_a_weak_colour_is_refused_with_the_nearest_that_is_read(tmp_path: Path) -> None:
    [problem] = told(tmp_path, f"{LEAST}look: {{accent: '#e0b000'}}\n")
    near = problem.rpartition('"#')[2][:6]
    assert contrast(f"#{near}", LIGHT.paper) >= AA
    assert look(tmp_path, f"{{accent: '#{near}'}}").light.accent == f"#{near}"
