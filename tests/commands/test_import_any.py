"""Whatever an export holds: after `import` the site builds without an error, and what is told is true."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings

from mujaz.cli import cli
from tests.support.any_export import SYSTEMS, Story, files, stories
from tests.support.sites import CONFIG, Site, article

THERE = {
    "config.yaml": CONFIG.replace("cards: false", "cards: false\niframes: [www.youtube-nocookie.com]"),
    "content/a.md": article("قديم", slug="a", date="2021-11-09 10:00", aliases="[/old/]"),
    "content/pages/about.md": "---\ntitle: عن\n---\nنص\n",
}


def brought(site: Site, source: Path, system: str, media: Path) -> str:
    command = ["import", str(source), "--from", system, "--section", "sport", "--media", str(media)]
    report = ["--report", str(site.root / "told.tsv")]
    ended = CliRunner().invoke(cli, [*command, *report, "--no-draft", "--now", "2021-12-01", "--site", str(site.root)])
    assert ended.exit_code in (0, 1) and isinstance(ended.exception, SystemExit | None), ended.exception
    assert ended.exit_code == 0 or "written: 0" in ended.output, ended.output
    return ended.output


def builds(system: str, written: list[Story]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = Site(folder / "site").write(THERE)
        media = Site(folder / "media").write(files()).root
        source, made = SYSTEMS[system]
        old = Site(folder / "old").write(made(written)).root / source
        before = {path: path.read_bytes() for path in site.root.rglob("*") if path.is_file()}
        brought(site, old, system, media)
        for row in (site.root / "told.tsv").read_text(encoding="utf-8").splitlines():
            _, path, line, *_ = row.split("\t")
            lines = (site.root / path).read_text(encoding="utf-8").split("\n") if path else []
            assert not line or 1 <= int(line) <= len(lines), row
        report = site.build()
        assert report.stories >= 1
        assert all(path.read_bytes() == raw for path, raw in before.items())
        assert not [path for path in site.root.rglob("*") if path.name.endswith(".new")]
        new = sorted(site.root.glob("content/**/*"))
        again = brought(site, old, system, media)
        assert re.search("written: 0", again) and sorted(site.root.glob("content/**/*")) == new


@pytest.mark.slow
@pytest.mark.parametrize("system", SYSTEMS)
def test_after_any_import_the_site_builds(system: str) -> None:
    @settings(deadline=None, max_examples=4, suppress_health_check=list(HealthCheck))
    @given(stories)
    def run(written: list[Story]) -> None:
        builds(system, written)

    run()


@pytest.mark.long
@pytest.mark.parametrize("system", SYSTEMS)
def test_after_many_imports_the_site_builds(system: str) -> None:
    @settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
    @given(stories)
    def run(written: list[Story]) -> None:
        builds(system, written)

    run()
