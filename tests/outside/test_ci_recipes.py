"""The files for CI services are YAML, and call targets and verbs that exist."""

from __future__ import annotations

import re

import pytest
import yaml

from mujaz.cli import VERBS
from tests.support.sites import REPOSITORY

FILES = (".github/workflows/site.yml", ".gitlab-ci.yml")


@pytest.mark.parametrize("name", FILES)
def test_a_recipe_calls_what_exists(name: str) -> None:
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    assert isinstance(yaml.safe_load(text), dict)
    targets = re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text(), re.MULTILINE)
    called = re.findall(r"\bmake ([a-z-]+)", text)
    assert called and set(called) <= set(targets)
    verbs = re.findall(r"build\.py ([a-z][a-z-]*)", text)
    assert set(verbs) <= set(VERBS)
    assert re.findall(r"build\.py(?: --base-url|$)", text)


def test_the_cache_and_the_output_are_kept_together() -> None:
    """Without the output a build would write every file anew, and each deploy would send the whole site."""
    github, gitlab = ((REPOSITORY / name).read_text() for name in FILES)
    for text in (github, gitlab):
        assert ".mujaz" in text and "output" in text
