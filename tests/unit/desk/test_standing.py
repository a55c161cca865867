"""Standing pages, authors and tags at the desk: the controls of their own keys, and their bytes."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Any

import pytest

from mujaz.check.json_schema import of_named, of_standing_page
from mujaz.config.settings import load_config
from mujaz.content.front_matter import NAMED_KEYS, STANDING_KEYS
from mujaz.content.reader import kind_of
from mujaz.desk.document import changed, parse, values
from mujaz.desk.files import Refused
from mujaz.desk.form import changes, fields
from mujaz.desk.standing import address, begun
from mujaz.desk.views import STANDING_GROUPS
from tests.support.sent_form import Form, untouched
from tests.support.sites import REPOSITORY

ZONE = "Asia/Qatar"
CONFIG = load_config(REPOSITORY / "config.yaml").config
SCHEMAS = {"page": of_standing_page(), "author": of_named("author"), "tag": of_named("tag")}


def sent(kind: str, raw: bytes, body: str | None = None, **new: str) -> bytes:
    """The bytes after the form of a file of this kind is sent with these controls changed."""
    document = parse(raw)
    found = fields(document, SCHEMAS[kind], ZONE, bare=kind != "page")
    assert found
    pairs = [(name, value) for name, value in untouched(found) if name not in new]
    keys, texts = changes(found, Form([*pairs, *new.items()]), ZONE)
    return changed(document, keys, document.body if body is None else body, texts)


def test_every_key_of_a_standing_page_has_a_control_in_one_group() -> None:
    assert sorted(key for group in STANDING_GROUPS.values() for key in group) == sorted(STANDING_KEYS)
    assert set(NAMED_KEYS) < set(STANDING_KEYS)
    for kind, keys in (("page", STANDING_KEYS), ("author", NAMED_KEYS), ("tag", NAMED_KEYS)):
        found = fields(parse(b"---\ntitle: x\n---\n"), SCHEMAS[kind], ZONE)
        assert set(found) == set(keys) and all(field.shown is not None for field in found.values())


def test_the_pages_of_the_sample_come_back_byte_for_byte() -> None:
    seen = set[str]()
    for path in sorted((REPOSITORY / "content").rglob("*.md")):
        kind = kind_of(path.relative_to(REPOSITORY).as_posix(), "content")
        if kind != "article":
            assert sent(kind, path.read_bytes()) == path.read_bytes(), path
            seen.add(kind)
    assert seen == {"page", "author", "tag"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_a_line_without_front_matter_stays_one_until_a_key_is_given(end: str, mark: bytes) -> None:
    raw = mark + f"سطر.{end}{end}آخر.{end}".encode()
    assert sent("author", raw) == raw
    assert sent("author", raw, body="سطر ثان.") == mark + f"سطر ثان.{end}".encode()
    wanted = mark + f"---{end}title: ليلى{end}---{end}سطر.{end}{end}آخر.{end}".encode()
    assert sent("author", raw, title="ليلى") == wanted
    assert sent("tag", raw, extra="a: 1").startswith(mark + f"---{end}extra:{end}  a: 1{end}---{end}".encode())
    assert sent("tag", mark) == mark and sent("tag", b"", body="سطر.") == "سطر.\n".encode()


def test_a_page_needs_a_front_matter_and_a_torn_one_has_no_form() -> None:
    assert fields(parse("من نحن.\n".encode()), SCHEMAS["page"], ZONE) == {}
    for raw in (b"---\ntitle: [\n---\n", b"---\ntitle: x\n", b"---"):
        assert fields(parse(raw), SCHEMAS["author"], ZONE, bare=True) == {}


@pytest.mark.parametrize(
    ("new", "before", "after"),
    [
        ({"title": "من نكون"}, "title: 'من نحن' # عنوان", "title: 'من نكون' # عنوان"),
        ({"weight": "٣"}, "weight: 1", "weight: 3"),
        ({"layout": "special"}, "weight: 1\n", "weight: 1\nlayout: special\n"),
        ({"extra": "a: 2"}, "  a: 1   # حر", "  a: 2"),
        ({"section": "sport", "draft": "true", "draft.here": "1"}, "", ""),  # no keys of a page
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_one_control_changes_the_lines_of_its_key(new: dict[str, Any], before: str, after: str) -> None:
    text = "---\n# صفحة\ntitle: 'من نحن' # عنوان\nweight: 1\nextra:\n  a: 1   # حر\n---\nمتن.\n"
    assert sent("page", text.encode(), **new).decode() == text.replace(before, after, 1)


def test_the_address_of_a_file_is_that_of_its_name() -> None:
    assert address("content/pages/About Us.md", "content") == "about-us/"
    assert address("content/authors/ليلى-الحسن.md", "content") == "authors/ليلى-الحسن/"
    assert address("content/tags/كأس العرب.md", "content") == "tags/كأس-العرب/"
    assert address("content/tags/!.md", "content") == ""


def test_a_new_file_is_named_as_the_site_will_find_it(tmp_path: Path) -> None:
    assert begun("page", "من  نحن: نحن", CONFIG, []) == (
        "content/pages/من-نحن-نحن.md",
        '---\ntitle: "من نحن: نحن"\n---\n',
    )
    assert begun("page", "من نحن", CONFIG, [], "us")[0] == "content/pages/us.md"
    path, text = begun("author", "ليلى الحسن", CONFIG, [])
    assert path == "content/authors/ليلى-الحسن.md" and values(parse(text.encode())) == {"title": "ليلى الحسن"}
    assert begun("tag", "C++", CONFIG, [])[0] == "content/tags/c++.md"


@pytest.mark.parametrize(
    ("kind", "title", "slug", "said"),
    [
        ("page", "", "", "desk-title-without-slug"),
        ("author", "؟!", "", "desk-title-without-slug"),
        ("page", "س", "../x", "slug-wrong"),
        ("page", "س", "a/b", "slug-wrong"),
        ("page", "س", "con", "slug-wrong"),
        ("page", "س", "archive", "address-of-site"),
        ("page", "س", "sport", "address-of-site"),
        ("page", "س", "Index", "address-of-site"),
        ("tag", "INDEX", "", "address-of-site"),
        ("page", "س", "2021", "address-of-site"),
        ("page", "س", "About", "desk-exists-already"),
        ("author", "ليلى - الحسن", "", "desk-exists-already"),
    ],
)
def test_a_name_that_cannot_be_is_refused(kind: str, title: str, slug: str, said: str) -> None:
    there = ["content/pages/about.md", "content/authors/ليلى-الحسن.md", "content/tags/س.md"]
    with pytest.raises(Refused) as refused:
        begun(kind, title, CONFIG, there, slug)
    assert refused.value.message.id == said
