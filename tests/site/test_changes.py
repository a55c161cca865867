"""`build.py changes`: what the last build wrote and deleted, also where it died before its end."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mujaz.cache.store import Lost, Store
from mujaz.cli import main
from mujaz.output import changes
from tests.support.sites import Site, article

MakeSite = Callable[..., Site]


def told(site: Site) -> changes.Changes:
    known = changes.last(site.root / ".mujaz", site.root / "output")
    assert known is not None
    return known


def test_what_a_build_with_nothing_to_do_writes_is_written_beforehand() -> None:
    assert changes._encoded(changes.Changes()) == changes._NOTHING


def test_each_build_tells_its_own_changes(make_site: MakeSite) -> None:
    site = make_site({"content/a.md": article("قصة", id="a", slug="a"), "content/b.md": article("خبر", id="b")})
    report = site.build()
    assert told(site).written == report.written and "2021/10/18/a/index.html" in report.written
    (site.root / "content/a.md").unlink()
    report = site.build()
    assert told(site).deleted == report.deleted
    assert {"2021/10/18/a/index.html", "s/a/index.html"} <= set(report.deleted)
    assert "index.html" in told(site).written and "robots.txt" not in told(site).written
    site.build()
    assert told(site) == changes.Changes()


def test_a_build_with_problems_leaves_what_the_last_one_told(make_site: MakeSite) -> None:
    site = make_site({"content/a.md": article("قصة")})
    site.build()
    before = told(site)
    site.write({"content/a.md": article("قصة", section="nowhere")})
    site.problems()
    assert told(site) == before


def test_what_a_build_changed_that_died_at_its_end_is_told_with_the_next(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site({"content/a.md": article("قصة", id="a", slug="a"), "content/b.md": article("خبر", id="b")})
    site.build()
    (site.root / "content/a.md").unlink()
    with monkeypatch.context() as patch:
        patch.setattr(changes, "finish", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            site.build()
    assert not told(site).done
    site.write({"content/b.md": article("خبر آخر", id="b", slug="b")})
    site.build()
    assert told(site).done
    assert "2021/10/18/a/index.html" in told(site).deleted and "2021/10/18/b/index.html" in told(site).written


def test_a_cache_that_fails_after_the_commit_hides_nothing(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build begins again with an empty cache, and finds the output as it should be already."""
    site = make_site({"content/a.md": article("قصة", id="a", slug="a")})
    site.build()
    site.write({"content/a.md": article("قصة أخرى", id="a", slug="a")})
    save, failed = Store.save_pages, []

    def fails_once(self: Store, *arguments: Any) -> None:
        if not failed:
            failed.append(True)
            raise Lost("the first time")
        save(self, *arguments)

    monkeypatch.setattr(Store, "save_pages", fails_once)
    report = site.build()
    assert failed and "2021/10/18/a/index.html" in report.written
    assert told(site).written == report.written


def test_another_output_has_changes_of_its_own(make_site: MakeSite) -> None:
    site = make_site({"content/a.md": article("قصة")})
    report = site.build()
    site.build(output=site.root / "draft", drafts=True)
    assert told(site).written == report.written


@pytest.mark.parametrize("text", ["", "{", "[]", '{"written": 1, "deleted": [], "done": true}', '{"written": [1]}'])
def test_a_garbled_file_tells_nothing(make_site: MakeSite, text: str) -> None:
    site = make_site({"content/a.md": article("قصة")})
    site.build()
    for path in (site.root / ".mujaz").glob("changes-*.json"):
        path.write_text(text)
    assert changes.last(site.root / ".mujaz", site.root / "output") is None
    site.write({"content/a.md": article("قصة أخرى")})
    assert "index.html" in site.build().written and "index.html" in told(site).written


def test_the_verb_prints_paths_addresses_or_json(
    make_site: MakeSite, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site({"content/a.md": article("قصة", id="a", slug="قصة")})
    site.build()
    monkeypatch.chdir(site.root)

    def out(*words: str) -> str:
        with pytest.raises(SystemExit) as ended:
            main(["changes", *words])
        assert ended.value.code == 0
        return capsys.readouterr().out

    assert "written 2021/10/18/قصة/index.html\n" in out()
    assert "https://example.org/news/2021/10/18/%D9%82%D8%B5%D8%A9/\n" in out("--urls")
    assert json.loads(out("--json"))["deleted"] == []


def test_before_a_build_it_says_so(
    make_site: MakeSite, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(make_site().root)
    with pytest.raises(SystemExit) as ended:
        main(["changes"])
    assert ended.value.code == 2
    assert "build first" in capsys.readouterr().err


def test_nothing_is_written_through_a_link(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site({"content/a.md": article("قصة")})
    site.build()
    victim = tmp_path / "victim"
    victim.write_text("mine")
    name = next((site.root / ".mujaz").glob("changes-*.json"))
    name.with_suffix(".new").symlink_to(victim)
    site.write({"content/a.md": article("قصة أخرى")})
    site.build()
    assert victim.read_text() == "mine"
