"""The two faces are small, whole in what they promise, and the same bytes each time."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from mujaz.assets import fonts

NAMES = sorted(fonts.FACES)


@cache
def cut(name: str) -> bytes:
    return fonts.subset(name)


def opened(name: str) -> Any:
    return TTFont(io.BytesIO(cut(name)))


def forms_of(font: Any, feature: str) -> dict[str, str]:
    """What a feature puts for single glyphs, its parts that depend on neighbours aside."""
    table = font["GSUB"].table
    numbers = {
        number
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == feature
        for number in record.Feature.LookupListIndex
    }
    forms: dict[str, str] = {}
    for number in numbers:
        for part in table.LookupList.Lookup[number].SubTable:
            part = getattr(part, "ExtSubTable", part)
            if part.LookupType == 1:
                forms |= part.mapping
            elif part.LookupType == 2:  # Naskh writes one glyph for one as a row of one
                forms |= {glyph: row[0] for glyph, row in part.mapping.items()}
    return forms


@pytest.mark.slow
def test_both_faces_together_leave_room_for_the_page() -> None:
    assert sum(len(cut(name)) for name in NAMES) <= 26_500


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_face_is_the_same_bytes_each_time(name: str) -> None:
    assert fonts.subset(name) == cut(name)
    assert cut(name)[:4] == b"wOF2"


@pytest.mark.parametrize("name", NAMES)
def test_a_face_holds_every_character_it_promises_and_no_other(name: str) -> None:
    assert {chr(code) for code in opened(name).getBestCmap()} == set(fonts.FACES[name].characters)


@pytest.mark.parametrize("name", NAMES)
def test_the_promise_covers_a_sentence_of_news(name: str) -> None:
    sentence = (
        "قالت الرئيسة إنّ «المئة يومٍ» (2021–2022) كلّفت ٪١٢، فهل تستمرّ؟ نعم؛ حتى 7/10/2021 عند 14:00. بكين… چين پکن گ ژ ی"
    )
    assert set(sentence) <= set(fonts.FACES[name].characters)


@pytest.mark.parametrize("name", NAMES)
def test_letters_still_join(name: str) -> None:
    font = opened(name)
    characters = font.getBestCmap()
    for feature in ("init", "medi", "fina"):
        forms = forms_of(font, feature)
        for letter in "حسصطعمه":
            assert forms[characters[ord(letter)]] != characters[ord(letter)], (feature, letter)
    for letter in "ادرو":
        assert characters[ord(letter)] in forms_of(font, "fina")
        assert characters[ord(letter)] not in forms_of(font, "init")


@pytest.mark.parametrize("name", NAMES)
def test_marks_are_placed_and_lam_alef_is_one(name: str) -> None:
    font = opened(name)
    placed = {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
    assert {"mark", "mkmk"} <= placed
    assert "rlig" in {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}


@pytest.mark.parametrize("name", NAMES)
def test_a_face_keeps_the_notice_of_its_licence_and_no_reserved_name(name: str) -> None:
    font = opened(name)
    notice = {record.nameID: str(record) for record in font["name"].names}
    assert set(notice) == {0, 14}
    assert "OFL" in notice[14] or "openfontlicense" in notice[14]
    assert "fvar" not in font


def test_the_recipe_names_what_decides_the_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {name: fonts.recipe(name) for name in NAMES}
    assert len(set(before.values())) == len(NAMES)
    assert before == {name: fonts.recipe(name) for name in NAMES}
    monkeypatch.setattr(fonts, "FEATURES", fonts.FEATURES[:-1])
    assert all(fonts.recipe(name) != before[name] for name in NAMES)


def test_an_unknown_face_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        fonts.subset("kufi.woff2")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["ar", "fa"])
@pytest.mark.parametrize("name", NAMES)
def test_the_files_that_come_already_cut_are_what_would_be_cut(name: str, language: str) -> None:
    shipped = fonts.CUT / f"{fonts.recipe(name, language)}.woff2"
    assert shipped.is_file(), "run: make fonts"
    assert shipped.read_bytes() == fonts.subset(name, language)
    assert fonts.made(name, language) == shipped.read_bytes()


def test_nothing_else_comes_already_cut() -> None:
    wanted = {f"{fonts.recipe(name, language)}.woff2" for name in NAMES for language in ("ar", "fa")}
    assert {path.name for path in fonts.CUT.iterdir()} == wanted
