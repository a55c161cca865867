"""The documents say what the code does: every setting, every front-matter key, every link."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from mujaz.config.settings import GROUPS, KEYS
from mujaz.content import front_matter

ROOT = Path(__file__).parents[2]
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
    rows = re.findall(r"^\| ((?:`[a-z_]+`(?: / )?)+) \|", read("docs/content.md"), re.M)
    explained = {key for row in rows for key in re.findall(r"`([a-z_]+)`", row)}
    assert explained | {"extra"} == set(front_matter.KEYS)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_of_a_document_lead_somewhere(document: Path) -> None:
    for target in re.findall(
        r"\]\(([^)#\s]+)(?:#[^)]*)?\)", re.sub(r"```.*?```|`[^`]*`", "", document.read_text(), flags=re.S)
    ):
        assert target.startswith("http") or (document.parent / target).exists(), target


def test_no_document_names_a_path_of_a_machine() -> None:
    for document in DOCUMENTS:
        assert not re.search(r"/(?:home|root|work|tmp)/", document.read_text()), document.name


# ---------------------------------------------------------------- names of modules

SOURCES = sorted(path for folder in ("mujaz", "tests", "bench") for path in (ROOT / folder).rglob("*.py"))


def is_there(name: str) -> bool:
    """Whether a dotted name leads to a package or a module, and a further part of it is defined there."""
    path, parts = ROOT, name.split(".")
    while parts and (path / parts[0]).is_dir():
        path /= parts.pop(0)
    file = path / f"{parts.pop(0)}.py" if parts else path / "__init__.py"
    if not file.is_file():
        return False
    code = file.read_text(encoding="utf-8")
    return all(re.search(rf"^ *(?:(?:async )?def |class )?{part}\b(?=.*[=:(])", code, re.M) for part in parts)


def test_modules_that_comments_and_documents_name_are_there() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in (*SOURCES, *DOCUMENTS)}
    named = {(path, name) for path, text in texts.items() for name in re.findall(r"`(mujaz(?:\.\w+)+)`", text)}
    assert len(named) > 40
    assert [(path.name, name) for path, name in sorted(named) if not is_there(name)] == []
    assert not is_there("mujaz.build.read.judged") and not is_there("mujaz.moments")


def test_modules_of_the_table_of_wishes_are_there() -> None:
    table = read("docs/architecture.md").split("## To change X, open Y")[1].split("\n## ")[0]
    named = re.findall(r"`(?:(layouts/[\w/.]+\.\w+)|([a-z_]+/[\w/.]*))`", table)
    assert len(named) > 40
    for shipped, module in named:
        path = ROOT / (shipped or f"mujaz/{module}")
        assert path.exists() or path.with_name(path.name + ".py").exists(), shipped or module


# ---------------------------------------------------------------- the same in Arabic

IN_ARABIC = sorted([*ROOT.glob("*.ar.md"), *(ROOT / "docs").glob("*.ar.md")])
BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.M | re.S)


def outline(text: str) -> list[str]:
    """The levels of its headings."""
    return re.findall(r"^(#+) ", BLOCK.sub("", text), re.M)


def examples(text: str) -> list[tuple[str, str]]:
    """Its blocks of code, without comments, which each language has its own of."""
    return [(kind, re.sub(r" *(?<!\S)# .*$", "", code, flags=re.M)) for _, kind, code in BLOCK.findall(text)]


def keys(text: str) -> list[str]:
    """What the rows of its tables are about."""
    first = re.findall(r"^\| (.+?) \|", text, re.M)
    return [
        named
        for cell in first
        if (named := " ".join(re.findall(r"`[^`]+`|\]\([^)]+\)", cell)).replace(".ar.md", ".md"))
    ]


def codes(text: str) -> set[str]:
    return {" ".join(code.split()) for code in re.findall(r"`([^`]+)`", BLOCK.sub("", text))}


def targets(text: str) -> set[str]:
    found = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", BLOCK.sub("", text)))
    return {target.replace(".ar.md", ".md") for target in found}


def test_the_documents_for_editors_are_there_in_arabic() -> None:
    assert [path.name for path in IN_ARABIC] == ["README.ar.md", "content.ar.md", "desk.ar.md"]


@pytest.mark.parametrize("arabic", IN_ARABIC, ids=lambda path: path.name)
@pytest.mark.parametrize("part", [outline, examples, keys, codes, targets], ids=lambda part: part.__name__)
def test_the_arabic_of_a_document_keeps_step(arabic: Path, part: Callable[[str], object]) -> None:
    english = arabic.with_name(arabic.name.replace(".ar.md", ".md"))
    found = part(english.read_text(encoding="utf-8"))
    assert found, "a test that compares nothing"
    assert part(arabic.read_text(encoding="utf-8")) == found
