"""Small sites written as text, built, and read back."""

from __future__ import annotations

import hashlib
import shutil
import textwrap
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mujaz.build.entry import build
from mujaz.build.report import BuildReport
from mujaz.build.request import BuildRequest
from mujaz.messages.errors import SiteError

NOW = datetime(2021, 12, 1, 12, tzinfo=UTC)
CONFIG = """\
site:
  title: صحيفة التجربة
  tagline: أخبار للتجربة
  base_url: https://example.org/news
  language: ar
  timezone: Asia/Qatar
  tag: example.org,2021
sections:
  politics: {name: سياسة}
  sport: {name: رياضة}
  science: {name: علوم}
cards: false
search: false
"""
REPOSITORY = Path(__file__).parents[2]


def article(title: str = "خبر", *, body: str = "متن الخبر.", **fields: str) -> str:
    """The text of an article; fields are YAML as it would be written."""
    lines = [f"title: {title}"] if title else []
    fields = {"date": "2021-10-18 14:00", "section": "politics", **fields}
    lines += [f"{key}: {value}" for key, value in fields.items() if value]
    return "---\n" + "\n".join(lines) + f"\n---\n\n{body}\n"


@dataclass(frozen=True)
class Site:
    """A site in a folder of its own."""

    root: Path

    def write(self, files: str | dict[str, str | bytes]) -> Site:
        """Write files: a mapping, or one text in which `-- path --` lines begin a file each."""
        for name, content in (_split(files) if isinstance(files, str) else files).items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self

    def build(self, *, now: datetime = NOW, **wishes: object) -> BuildReport:
        return build(BuildRequest(root=self.root, now=now, **{"jobs": 1, "allow_shrink": True, **wishes}))  # type: ignore[arg-type]

    def problems(self, **wishes: object) -> list[str]:
        """The problems of a build that must fail, as they are printed."""
        with pytest.raises(SiteError) as caught:
            self.build(**wishes)
        return [str(problem) for problem in caught.value.problems]

    def read(self, path: str) -> str:
        return (self.root / "output" / path).read_text(encoding="utf-8")

    def paths(self) -> list[str]:
        """Every file and folder of the output; folders end in `/`."""
        output = self.root / "output"
        return sorted(p.relative_to(output).as_posix() + ("/" if p.is_dir() else "") for p in output.rglob("*"))

    def cold(self, folder: Path) -> dict[str, str]:
        """The digest of a build of the same inputs in `folder`, which is new."""
        other = Site(folder)
        shutil.copytree(self.root, other.root, ignore=shutil.ignore_patterns("output", ".mujaz"))
        other.build()
        return other.digest()

    def digest(self) -> dict[str, str]:
        """Path → digest of the bytes, folders included: two outputs are equal if these are."""
        output = self.root / "output"
        return {
            path: "" if path.endswith("/") else hashlib.blake2b((output / path).read_bytes()).hexdigest()
            for path in self.paths()
        }


def _split(text: str) -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {}
    name, lines = "", list[str]()
    for line in [*textwrap.dedent(text).splitlines(), "-- --"]:
        if line.startswith("-- ") and line.endswith("--"):
            if name:
                files[name] = "\n".join(lines).rstrip("\n") + "\n"
            name, lines = line[3:-2].strip(), []
        else:
            lines.append(line)
    return files
