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
        ("jekyll", "_config.yml", {"Salma A"}),
        ("hugo", "config/_default/params.yml", {"Salma A", "salma-a", "SALMA-A"}),
    ],
)
def test_a_key_of_a_writer_is_as_its_system_looks_it_up(
    make_site: MakeSite, tmp_path: Path, kind: str, file: str, named: set[str]
) -> None:
    settings, place = ("_config.yml", "_posts/2021-11-09-") if kind == "jekyll" else ("hugo.toml", "content/")
    said = '{"Salma A": {"name": "سلمى العلي"}}'
    said = f'{{"authors": {said}}}' if "authors" not in file else said
    old = Site(tmp_path / "old").write(
        {settings: "", **({"config/_default/hugo.toml": ""} if "params" in file else {})}
    )
    old.write({file: said})
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


def test_articles_of_pelican_have_its_usual_author(make_site: MakeSite, tmp_path: Path) -> None:
    page = "Title: خبر\nDate: 2021-11-09\n{}\nنص\n"
    old = Site(tmp_path / "old").write({"pelicanconf.py": "AUTHOR = 'سلمى'\n", "content/p.md": page.format("")})
    old.write({"content/q.md": page.format("Authors: سامي; كريم\n")})
    _, found = brought(make_site, old.root)
    assert 'authors: ["سلمى"]' in found["p"] and 'authors: ["سامي", "كريم"]' in found["q"]


@pytest.mark.parametrize(
    ("kind", "file", "text"),
    [
        ("jekyll", "_data/authors.yml", "salma-a:\n  name: سلمى العلي\n"),
        ("jekyll", "_data/authors/salma-a.json", '{"display_name": "سلمى العلي"}'),
        ("jekyll", "_authors/first.md", "---\nshort_name: salma-a\nname: سلمى العلي\n---\nنبذة\n"),
        ("hugo", "content/authors/salma-a/_index.md", "---\ntitle: سلمى العلي\n---\n"),
        ("hugo", "data/authors/salma-a.toml", 'Name = {display = "سلمى العلي", given = "سلمى"}\n'),
        ("hugo", "data/authors.yaml", "Salma-A: سلمى العلي\n"),
    ],
)
def test_a_writer_whom_a_text_calls_by_a_key_has_the_name_that_readers_saw(
    make_site: MakeSite, tmp_path: Path, kind: str, file: str, text: str
) -> None:
    settings, place = ("_config.yml", "_posts/2021-11-09-") if kind == "jekyll" else ("hugo.toml", "content/")
    old = Site(tmp_path / "old").write({settings: "", file: text})
    for name, head in (("p", "author: salma-a"), ("q", "authors: [سامي, salma-a]"), ("r", "params: {author: salma-a}")):
        old.write({f"{place}{name}.md": f"---\ntitle: خبر\ndate: 2021-11-09\n{head}\n---\nنص\n"})
    said, found = brought(make_site, old.root)
    assert "has no place here" not in said
    assert all('authors: ["سلمى العلي"]' in found[name] for name in "pr")
    assert 'authors: ["سامي", "سلمى العلي"]' in found["q"]


def test_what_is_no_name_of_a_writer_credits_nobody(make_site: MakeSite, tmp_path: Path) -> None:
    data = "a: {title: محررة}\nb: {name: true}\nc: {name: {given: سلمى}}\nd: {name: 7, display_name: سلمى العلي}\n"
    old = Site(tmp_path / "old").write({"_config.yml": "", "_data/authors.yml": data})
    for key in "abcd":
        old.write({f"_posts/2021-11-09-{key}.md": f"---\ntitle: خبر\nauthor: {key}\n---\nنص\n"})
    _, found = brought(make_site, old.root)
    names = {key: text.split('authors: ["')[1].split('"]')[0] for key, text in found.items()}
    assert names == {"a": "a", "b": "b", "c": "c", "d": "سلمى العلي"}


def test_a_writer_has_the_name_that_readers_of_a_language_saw(make_site: MakeSite, tmp_path: Path) -> None:
    old = Site(tmp_path / "old").write({"hugo.toml": "defaultContentLanguage='ar'\n[languages.ar]\n[languages.en]\n"})
    for ending, name in (("md", "سلمى العلي"), ("en.md", "Salma Al-Ali")):
        old.write({f"content/authors/salma/_index.{ending}": f"---\ntitle: {name}\n---\n"})
        old.write({f"content/p.{ending}": f"---\ntitle: خبر\ndate: 2021-11-09\nauthor: salma\n---\n{name}\n"})
    _, found = brought(make_site, old.root)
    assert len(found) == 2 and all(text.split('authors: ["')[1].split('"]')[0] in text[-30:] for text in found.values())


def test_names_of_writers_that_cannot_be_read_are_told(make_site: MakeSite, tmp_path: Path) -> None:
    (tmp_path / "outside.yml").write_text("salma: سر\n")
    post = "---\ntitle: خبر\nauthor: salma\n---\nنص\n"
    old = Site(tmp_path / "old").write({"_config.yml": "", "_posts/2021-11-09-p.md": post, "_data/authors.yaml": "["})
    (old.root / "_data/author.yml").symlink_to(tmp_path / "outside.yml")
    said, found = brought(make_site, old.root)
    assert "_data/authors.yaml" in said and "_data/author.yml" in said and 'authors: ["salma"]' in found["p"]
