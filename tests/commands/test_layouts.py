"""`layouts`: a copy knows its version, and `check` tells when the shipped file has changed since."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mujaz import VERSION
from mujaz.build.request import SHIPPED_LAYOUTS
from mujaz.layouts.copies import Copies
from tests.commands.test_cli import Run
from tests.commands.test_cli import run as run
from tests.support.sites import Site, article
from tests.support.whole_site import FONTS

MakeSite = Callable[..., Site]
FILES = {**FONTS, "content/a.md": article("خبر معلن", id="a", slug="a")}


def test_a_copy_is_the_shipped_file_and_its_version_is_noted(make_site: MakeSite, run: Run) -> None:
    site = make_site(FILES)
    assert run(site.root, "layouts", "copy", "partials/card.html") == (0, "layouts/partials/card.html\n", "")
    copy = site.root / "layouts/partials/card.html"
    assert copy.read_bytes() == (SHIPPED_LAYOUTS / "partials/card.html").read_bytes()
    code, out, _ = run(site.root, "layouts", "list")
    assert code == 0 and f"partials/card.html\t{VERSION}" in out.splitlines() and "article.html" in out.splitlines()
    assert run(site.root, "layouts", "diff", "partials/card.html")[2] == (
        "the shipped partials/card.html is as it was when it was copied\n"
    )
    code, _, err = run(site.root, "layouts", "copy", "partials/card.html")
    assert code == 2 and "is there already" in err
    site.build()
    assert not [path for path in site.paths() if "copied" in path]


@pytest.mark.parametrize(
    ("words", "nth"), [("copy article.html", n) for n in (1, 2, 3)] + [("merged index.html", n) for n in (1, 2)]
)
def test_on_a_full_disk_no_layout_is_half_and_no_note_is_lost(
    make_site: MakeSite, run: Run, monkeypatch: pytest.MonkeyPatch, words: str, nth: int
) -> None:
    """The versions of all copies were emptied before they were written anew. The `nth` write is refused half way."""
    site = make_site(FILES)
    layouts = site.root / "layouts"
    assert run(site.root, "layouts", "copy", "index.html")[0] == 0
    there = [layouts / "index.html", layouts / ".copied/index.html"]
    before = [path.read_bytes() for path in there]
    writes = []

    def full(handle: int) -> None:
        writes.append(handle)
        if len(writes) == nth:
            os.truncate(handle, 10)
            raise OSError(28, "No space left on device")

    def write(path: Path, raw: bytes) -> int:
        with open(path, "wb") as file:
            done = file.write(raw)
            file.flush()
            full(file.fileno())
        return done

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        patched.setattr(Path, "write_bytes", write)
        assert run(site.root, "layouts", *words.split())[0] == 1
    assert [path.read_bytes() for path in there] == before and not (layouts / "article.html").exists()
    assert "index.html" in json.loads((layouts / ".copied/versions.json").read_bytes())
    assert not [*layouts.rglob("*.tmp")]
    assert run(site.root, "layouts", *words.split())[0] == 0


def test_a_shipped_file_that_changed_is_told_with_the_change(make_site: MakeSite, run: Run, tmp_path: Path) -> None:
    site, shipped = make_site(FILES), tmp_path / "shipped"
    shutil.copytree(SHIPPED_LAYOUTS, shipped)
    copies = Copies(own=site.root / "layouts", shipped=shipped, folder="layouts")
    copies.copy("article.html", "0.2.0")
    copies.copy("partials/day.html", "0.2.0")
    site.write({"layouts/article.html": "{# ours #}\n" + (shipped / "article.html").read_text()})
    assert list(copies.outdated()) == []
    changed = (shipped / "article.html").read_text().replace("before_article", "above_article")
    (shipped / "article.html").write_text(changed)
    [problem] = copies.outdated()
    assert str(problem).startswith(
        "layouts/article.html: warning: a copy of version 0.2.0; 2 lines of the shipped file have changed since"
    )
    change = copies.change("article.html")
    assert "-{% block before_article %}{% endblock %}\n+{% block above_article %}{% endblock %}\n" in change
    assert "article.html (0.2.0)" in change and "ours" not in change
    copies.merged("article.html", "0.3.0")
    assert list(copies.outdated()) == [] and copies.versions()["article.html"] == "0.3.0"
    (shipped / "partials/day.html").unlink()
    assert "no longer has" in str(*copies.outdated())
    (site.root / "layouts/partials/day.html").unlink()
    assert list(copies.outdated()) == []


def test_check_tells_of_copies_and_a_spoilt_note_is_none(make_site: MakeSite, run: Run) -> None:
    site = make_site(FILES)
    run(site.root, "layouts", "copy", "article.html")
    site.write({"layouts/.copied/article.html": "{# as it was #}\n"})
    assert "a copy of version" in run(site.root, "check")[2] + run(site.root, "check")[1]
    (site.root / "layouts/.copied/article.html").unlink()
    assert run(site.root, "check")[0] == 0
    site.write({"layouts/.copied/versions.json": json.dumps(["article.html"])})
    assert "a copy of version" not in "".join(map(str, run(site.root, "check")))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["copy"], "name a file: layouts copy article.html"),
        (["copy", "artcle.html"], "did you mean 'article.html'?"),
        (["copy", "../config.yaml"], "no layout '../config.yaml' comes with mujaz"),
        (["diff", "article.html"], "no version is noted"),
        (["merged", "article.html"], "'layouts/article.html' is not there"),
    ],
)
def test_a_wrong_call_is_told(make_site: MakeSite, run: Run, words: list[str], said: str) -> None:
    code, _, err = run(make_site(FILES).root, "layouts", *words)
    assert code == 2 and said in err


@pytest.mark.parametrize("link", ["partials", ".copied"])
def test_nothing_is_written_through_a_link_out_of_the_layouts(
    make_site: MakeSite, run: Run, tmp_path: Path, link: str
) -> None:
    site, elsewhere = make_site({"layouts/a.txt": "x"}), tmp_path / "elsewhere"
    elsewhere.mkdir()
    (site.root / "layouts" / link).symlink_to(elsewhere)
    code, _, err = run(site.root, "layouts", "copy", "partials/card.html")
    assert code == 1 and f"layouts/{link}" in err and "leaves the layouts folder" in err
    assert list(elsewhere.iterdir()) == []


def test_other_ends_of_lines_are_no_change(make_site: MakeSite, run: Run) -> None:
    """Git on Windows writes CRLF: each copy was told as one that is old from its first line to its last."""
    site = make_site(FILES)
    run(site.root, "layouts", "copy", "article.html")
    kept = site.root / "layouts/.copied/article.html"
    kept.write_bytes(kept.read_bytes().replace(b"\n", b"\r\n"))
    assert "as it was when it was copied" in run(site.root, "layouts", "diff", "article.html")[2]
    assert "a copy of version" not in "".join(map(str, run(site.root, "check")))
