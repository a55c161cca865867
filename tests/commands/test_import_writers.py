"""By which key a text of an old site calls a writer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest

from mujaz.model.normal_forms import normalized
from tests.commands.test_import_kept_back import brought
from tests.support.sites import Site

MakeSite = Callable[..., Site]


@pytest.mark.parametrize(
    ("kind", "file", "named"),
    [
        ("hugo", "data/authors.yml", {"Salma A", "salma-a", "SALMA-A"}),
        ("jekyll", "_data/authors.yml", {"Salma A"}),
        ("jekyll", "_data/authors.json", {"Salma A"}),
    ],
)
def test_a_key_of_a_writer_is_as_its_system_looks_it_up(
    make_site: MakeSite, tmp_path: Path, kind: str, file: str, named: set[str]
) -> None:
    settings, place = ("_config.yml", "_posts/2021-11-09-") if kind == "jekyll" else ("hugo.toml", "content/")
    old = Site(tmp_path / "old").write({settings: "", file: '{"Salma A": {"name": "سلمى العلي"}}'})
    keys = {"p": "Salma A", "q": "salma-a", "r": "SALMA-A"}
    for name, key in keys.items():
        old.write({f"{place}{name}.md": f"---\ntitle: خبر\ndate: 2021-11-09\nauthor: {key}\n---\nنص\n"})
    _, found = brought(make_site, old.root)
    assert {keys[name] for name, text in found.items() if 'authors: ["سلمى العلي"]' in text} == named


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_key_of_a_writer_is_one_in_each_normal_form(
    make_site: MakeSite, tmp_path: Path, form: Literal["NFC", "NFD"]
) -> None:
    old = Site(tmp_path / "old").write(
        {"_config.yml": "", f"_data/authors/{normalized('NFD', 'أمل')}.yml": "name: أمل آل"}
    )
    old.write({"_posts/2021-11-09-p.md": f"---\ntitle: خبر\nauthor: {normalized(form, 'أمل')}\n---\nنص\n"})
    assert 'authors: ["أمل آل"]' in brought(make_site, old.root)[1]["p"]
