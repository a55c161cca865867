"""The documents say what the code does: every setting, every front-matter key, every module and link."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mujaz import frontmatter
from mujaz.config import GROUPS, KEYS

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_setting_is_in_the_reference_and_none_that_is_not() -> None:
    plain = {key for key in KEYS if key not in GROUPS}
    known = plain | {f"{group}.{key}" for group, keys in GROUPS.items() for key in keys}
    assert set(re.findall(r"^\| `([a-z_.]+)` \|", read("docs/config.md"), re.M)) == known


def test_every_setting_stands_commented_in_the_shipped_config() -> None:
    shipped = read("config.yaml")
    for key in KEYS:
        assert re.search(rf"^{key}:", shipped, re.M), key
    for group, keys in GROUPS.items():
        below = re.search(rf"^{group}:\n((?:[ #].*\n|\n)+)", shipped, re.M)
        assert below, group
        for key in keys:
            assert re.search(rf"^  {key}:", below[1], re.M), f"{group}.{key}"


def test_every_front_matter_key_is_explained() -> None:
    rows = re.findall(r"^\| ((?:`[a-z]+`(?: / )?)+) \|", read("docs/content.md"), re.M)
    explained = {key for row in rows for key in re.findall(r"`([a-z]+)`", row)}
    assert explained | {"extra"} == set(frontmatter.KEYS)


def test_every_module_stands_in_the_table_of_layers() -> None:
    table = "\n".join(line for line in read("docs/architecture.md").splitlines() if re.match(r"\| \d", line))
    named = set(re.findall(r"`([a-z]+)`", table))
    assert named == {path.stem for path in (ROOT / "mujaz").glob("*.py")} - {"__init__"} | {"commands", "messages"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_of_a_document_lead_somewhere(document: Path) -> None:
    for target in re.findall(
        r"\]\(([^)#\s]+)(?:#[^)]*)?\)", re.sub(r"```.*?```|`[^`]*`", "", document.read_text(), flags=re.S)
    ):
        assert target.startswith("http") or (document.parent / target).exists(), target


def test_no_document_names_a_path_of_a_machine() -> None:
    for document in DOCUMENTS:
        assert not re.search(r"/(?:home|root|work|tmp)/", document.read_text()), document.name
