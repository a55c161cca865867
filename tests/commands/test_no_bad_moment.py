"""A build that takes too much away stops; one broken file need not hold up the others; a monitor can ask."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from mujaz.messages.errors import SiteError
from tests.commands.test_cli import Run
from tests.commands.test_cli import run as run
from tests.support.sites import NOW, Site, article
from tests.support.whole_site import FONTS

MakeSite = Callable[..., Site]
AT = ("--now", NOW.isoformat())
STORIES = 8


def stories(count: int = STORIES) -> dict[str, str]:
    return {f"content/s{n}.md": article(f"خبر رقم {n}", slug=f"s{n}", id=f"s{n}") for n in range(count)}


@pytest.fixture
def paper(make_site: MakeSite) -> Site:
    site = make_site(FONTS).write(dict(stories()))
    site.build()
    return site


def test_a_build_that_takes_too_much_away_stops(paper: Site, run: Run) -> None:
    before = paper.digest()
    for n in range(5):
        (paper.root / f"content/s{n}.md").unlink()
    code, _, err = run(paper.root, "build", *AT)
    assert code == 1 and "would take away" in err and "--allow-shrink" in err and "/2021/10/18/s0/" in err
    assert paper.digest() == before
    assert "يحذف" in run(paper.root, "build", "--lang", "ar", *AT)[2]
    code, out, _ = run(paper.root, "build", "--allow-shrink", *AT)
    assert code == 0 and "3 stories" in out


def test_the_share_that_may_go_is_a_setting(paper: Site) -> None:
    for n in range(5):
        (paper.root / f"content/s{n}.md").unlink()
    config = (paper.root / "config.yaml").read_text(encoding="utf-8")
    paper.write({"config.yaml": config + "max_shrink: 90\n"})
    assert paper.build(allow_shrink=False).stories == 3


def test_one_story_less_is_no_shrinkage(paper: Site) -> None:
    (paper.root / "content/s0.md").unlink()
    assert paper.build(allow_shrink=False).stories == STORIES - 1


def cold(files: dict[str, str], make_site: MakeSite) -> dict[str, str]:
    site = make_site(FONTS).write(dict(files))
    site.build()
    return site.digest()


BROKEN = (
    "---\ntitle: [\n---\n\nمتن.\n",  # no front matter
    article("خبر", sektion="sport", slug="s0", id="s0"),  # an unknown key
    article("خبر", slug="s0", id="s0", body="انظر [هذا](none.md)."),  # a link to no file: seen when all are assembled
    article("خبر", slug="s0", id="s0", layout="none"),  # seen when all is planned
    "\x00" * 40,
)


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_story_is_shown_as_it_was(paper: Site, make_site: MakeSite, run: Run, broken: str) -> None:
    edited = article("خبر آخر", slug="s1", id="s1")
    paper.write({"content/s0.md": broken, "content/s1.md": edited})
    assert run(paper.root, "build", *AT)[0] == 1
    code, _, err = run(paper.root, "build", "--skip-broken", *AT)
    assert code == 4 and "shown as it was before: content/s0.md" in err and "ATTENTION" in err
    assert "content/s0.md:" in err  # its problems too, with their places
    assert paper.digest() == cold(stories() | {"content/s1.md": edited}, make_site)
    # Again, with nothing changed, and with another edit: the last good version is still at hand.
    assert run(paper.root, "build", "--skip-broken", *AT)[0] == 4
    newer = article("خبر أحدث", slug="s2", id="s2")
    paper.write({"content/s2.md": newer})
    assert run(paper.root, "build", "--skip-broken", *AT)[0] == 4
    assert paper.digest() == cold(stories() | {"content/s1.md": edited, "content/s2.md": newer}, make_site)
    paper.write(dict(stories()))
    assert run(paper.root, "build", "--skip-broken", *AT)[0] == 0
    assert paper.digest() == cold(stories(), make_site)


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_new_story_is_left_out(paper: Site, make_site: MakeSite, run: Run, broken: str) -> None:
    good = article("خبر جديد", slug="new", id="new")
    paper.write({"content/broken.md": broken.replace("s0", "broken"), "content/new.md": good})
    code, _, err = run(paper.root, "build", "--skip-broken", *AT)
    assert code == 4 and "left out: content/broken.md" in err
    assert paper.digest() == cold(stories() | {"content/new.md": good}, make_site)


def test_a_story_that_links_to_a_broken_new_one_is_shown_as_it_was(paper: Site, make_site: MakeSite, run: Run) -> None:
    linking = article("خبر رقم 0", slug="s0", id="s0", body="انظر [الجديد](new.md).")
    paper.write({"content/new.md": article("خبر", sektion="x"), "content/s0.md": linking})
    code, _, err = run(paper.root, "build", "--skip-broken", *AT)
    assert code == 4 and "left out: content/new.md" in err
    # A link to a file that could not be read is no second problem; without the file it is one.
    assert paper.digest() == cold(stories(), make_site)


def test_what_cannot_be_skipped_stops_the_build(paper: Site, run: Run) -> None:
    before = paper.digest()
    config = (paper.root / "config.yaml").read_text(encoding="utf-8")
    paper.write({"config.yaml": config + "tilte: x\n"})
    assert run(paper.root, "build", "--skip-broken", *AT)[0] == 1
    paper.write({"config.yaml": config})
    # The cache is gone: nobody knows how the published story read.
    (paper.root / ".mujaz/cache.sqlite").unlink()
    paper.write({"content/s0.md": BROKEN[1]})
    code, _, err = run(paper.root, "build", "--skip-broken", *AT)
    assert code == 1 and "no finished build" in err
    assert paper.digest() == before


def test_a_new_story_at_the_address_of_another_is_left_out(paper: Site, run: Run) -> None:
    before = paper.digest()
    paper.write({"content/twice.md": article("خبر", slug="s0")})
    assert run(paper.root, "build", *AT)[0] == 1
    code, _, err = run(paper.root, "build", "--skip-broken", *AT)
    assert code == 4 and "left out: content/twice.md" in err
    assert paper.digest() == before


def test_a_published_story_that_moved_and_broke_is_not_taken_away(paper: Site, run: Run) -> None:
    before = paper.digest()
    (paper.root / "content/s0.md").unlink()
    paper.write({"content/moved.md": BROKEN[1]})
    code, _, err = run(paper.root, "build", "--skip-broken", *AT)
    assert code == 1 and "/s/s0/" in err
    assert paper.digest() == before


def test_a_monitor_can_ask_what_stands_there(make_site: MakeSite) -> None:
    site = make_site(FONTS).write(dict(stories(2)))
    site.write({"content/held.md": article("غدا", slug="held", date="2021-12-02 08:00")})
    site.build()
    stamp = json.loads(site.read(".mujaz-build.json"))
    assert stamp == {
        "stories": 2,
        "withdrawn": 0,
        "newest": "2021-10-18T14:00:00+03:00",
        "next_build": "2021-12-02T08:00:00+03:00",
    }


def test_a_bad_publication_is_taken_back(paper: Site, tmp_path: Path) -> None:
    """The recipe of docs/hosting.md: bring the files back to what they were, and build."""
    good = paper.digest()
    paper.write({"content/s0.md": article("ما لم يكن", slug="s0", id="s0"), "content/m.md": article("زيادة", slug="m")})
    paper.build()
    assert paper.digest() != good
    (paper.root / "content/m.md").unlink()
    paper.write(dict(stories()))
    paper.build()
    assert paper.digest() == good


def test_drafts_that_are_wrong_hold_nothing_up(paper: Site) -> None:
    paper.write({"content/d.md": article("مسودة", draft="true", sektion="x")})
    assert not paper.build(skip_broken=True).skipped


def test_without_the_wish_all_problems_are_raised(paper: Site) -> None:
    paper.write({"content/a.md": article("خبر", sektion="x"), "content/b.md": article("آخر", sektion="x")})
    with pytest.raises(SiteError) as caught:
        paper.build()
    assert len(caught.value.problems) == 2
