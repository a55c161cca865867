"""`--why` tells for each rendered page what moved since it was last rendered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.sites import Site, article

ARTICLE = "2021/10/18/قصة/index.html"


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    site = make_site({"content/a.md": article("قصة", id="a", body="متن أول."), "content/b.md": article("أخرى", id="b")})
    site.build()
    return site


def why(site: Site) -> dict[str, str]:
    return {path: str(reason) for path, reason in site.build(why=True).why}


def test_a_new_body_moves_the_body_and_nothing_else(site: Site) -> None:
    site.write({"content/a.md": article("قصة", id="a", body="متن ثان.", summary="متن أول.")}).build()
    site.write({"content/a.md": article("قصة", id="a", body="متن ثالث.", summary="متن أول.")})
    reasons = why(site)
    assert reasons[ARTICLE] == "moved: body"
    assert "404.html" not in reasons


def test_a_new_title_moves_the_story_wherever_it_is_shown(site: Site) -> None:
    site.write({"content/a.md": article("عنوان آخر", id="a", slug="قصة", body="متن أول.")})
    reasons = why(site)
    assert "story" in reasons[ARTICLE] and "meta" in reasons[ARTICLE]
    assert "body" not in reasons[ARTICLE]


def test_a_layout_that_changed_is_named(site: Site) -> None:
    site.write({"layouts/notfound.html": "<p>{{ t.home }}</p>"})
    assert why(site) == {"404.html": "moved: the layout, the strings or an asset"}


def test_a_file_that_somebody_altered_is_said_to_be(site: Site) -> None:
    (site.root / "output" / ARTICLE).write_text("altered")
    (site.root / "output/404.html").unlink()
    altered = "the file in the output was missing or altered"
    assert why(site) == {ARTICLE: altered, "404.html": altered}


def test_a_new_page_is_said_to_be_new(site: Site) -> None:
    site.write({"content/c.md": article("ثالثة", id="c")})
    assert why(site)["s/c/index.html"] == "it is new, or was made by another version of mujaz"
