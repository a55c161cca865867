"""What the watch tells is what a build can read."""

from __future__ import annotations

import pytest
from watchfiles import Change

from mujaz.serve.watch import matters


@pytest.mark.parametrize(
    ("name", "told"),
    [("a.md", True), ("#وسم.md", True), ("#a.md#", False), (".#a.md", False), (".a.md.swp", False), ("a.md~", False)],
)
def test_an_articles_name_may_begin_with_a_number_sign(name: str, told: bool) -> None:
    assert matters(Change.modified, f"/site/content/{name}") is told
