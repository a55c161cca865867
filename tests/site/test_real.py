"""Two real news desks, a year each: what they wrote is built whole."""

from __future__ import annotations

from pathlib import Path

import lxml.html as HTML
import pytest

from mujaz.check.links import dead_links
from tests.support.feed_rules import broken
from tests.support.page_weight import too_heavy, weigh
from tests.support.real_site import BASE_URL, STORIES, Real, make
from tests.support.real_site import real as real
from tests.support.sites import NOW

LONG = 1_200  # words; of a real desk's articles 996 in 1,000 are shorter. Longer texts fill half the trip alone


def test_a_year_of_stories_is_built_without_a_problem(real: Real) -> None:
    built = real.built
    assert (built.code, built.problems) == (0, "")
    assert built.printed.startswith(f"{STORIES[real.name]} stories, ")
    assert " 0 deleted, 0 unchanged" in built.printed and "held" not in built.printed
    print(
        f"\n{real.name}: {len(real.documents)} stories in {built.seconds:.1f} s, {built.memory / 1024:.0f} MB at most"
    )


def test_each_story_has_a_page_and_nearly_each_five_others_about_it(real: Real) -> None:
    ids = {document["id"] for document in real.documents}
    found: dict[str, list[str]] = {}
    for path in real.articles:
        page = HTML.fromstring((real.root / "output" / path).read_bytes())
        [own] = page.xpath("//*[@itemtype]/@data-story")
        assert own not in found
        found[own] = page.xpath("//*[@data-block='related']//@data-story")
        assert page.xpath("count(//h1)") == 1 and page.xpath("string(//*[@itemprop='articleBody'])").strip()
    assert len(found) == STORIES[real.name] and set(found) == ids
    assert {own: others for own, others in found.items() if len(others) > 5 or len(set(others)) != len(others)} == {}
    # A place stays empty where nothing is alike enough.
    assert sum(len(others) < 5 for others in found.values()) < 0.04 * len(found)
    assert sum(not others for others in found.values()) < 0.005 * len(found)
    assert {own for own, others in found.items() if own in others or not ids.issuperset(others)} == set()


def test_every_link_fragment_and_picture_leads_somewhere(real: Real) -> None:
    assert dead_links(real.root / "output", BASE_URL) == []


@pytest.mark.long
@pytest.mark.parametrize("name", STORIES)
def test_each_real_headline_has_its_card(name: str, data: Path, tmp_path: Path) -> None:
    real = make(data, name, tmp_path)
    assert (real.built.code, real.built.problems) == (0, "")
    assert len(list((real.root / "output/cards").iterdir())) == STORIES[name]
    assert dead_links(real.root / "output", BASE_URL) == []


def test_every_third_story_has_its_picture(real: Real) -> None:
    pages = [(real.root / "output" / path).read_text(encoding="utf-8") for path in real.articles]
    assert sum("<figcaption>" in page for page in pages) == (len(pages) + 2) // 3


def test_the_feeds_of_a_real_desk_hold_every_rule(real: Real) -> None:
    assert broken(real.root / "output", BASE_URL, NOW) == []


def test_a_real_desks_pages_are_light(real: Real) -> None:
    """Its home page, and each article but the longest, whose text alone would fill the trip."""
    output = real.root / "output"
    shorter = []
    for path in real.articles:
        body = HTML.fromstring((output / path).read_bytes()).xpath("string(//*[@itemprop='articleBody'])")
        if len(body.split()) <= LONG:
            shorter.append(path)
    assert len(shorter) > 0.996 * len(real.articles)
    assert too_heavy(weigh(output, ["index.html", *shorter], "/news")) == {}
