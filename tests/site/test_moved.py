"""A published story that leaves its address or its id: the build says so with the line to write, and writes it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from mujaz.build.report import BuildReport
from mujaz.messages.errors import SiteError
from tests.commands.test_cli import Run
from tests.commands.test_cli import run as run
from tests.support.sites import CONFIG, NOW, Site, article
from tests.support.whole_site import FONTS

MakeSite = Callable[..., Site]
FIRST, SECOND = "/2021/10/18/الوزير-يزور-المدينة/", "/2021/10/18/الوزير-يؤجل-الزيارة/"
STORY = "content/a.md"


def story(title: str = "الوزير يزور المدينة", **fields: str) -> str:
    return article(title, **{"id": "visit", **fields})


@pytest.fixture
def paper(make_site: MakeSite) -> Site:
    others = {f"content/s{n}.md": article(f"خبر {n}", id=f"s{n}", slug=f"s{n}") for n in range(6)}
    site = make_site(FONTS).write({STORY: story(), **others})
    site.build()
    return site


def moves(report: BuildReport) -> list[tuple[str, str, str]]:
    return [(one.source, one.key, one.was) for one in report.moved]


# ---------------------------------------------------------------- what is told


def test_a_new_headline_is_told_with_the_line_to_write(paper: Site) -> None:
    report = paper.write({STORY: story("الوزير يؤجل الزيارة")}).build()
    (one,) = report.moved
    assert str(one.problem).splitlines()[0].startswith(f"{STORY}:2:8: warning: the address of this published story was")
    assert FIRST in str(one.problem) and SECOND in str(one.problem) and one.entry == f"aliases: [{FIRST}]"


def test_it_is_told_until_somebody_mends_it(paper: Site) -> None:
    paper.write({STORY: story("الوزير يؤجل الزيارة")}).build()
    assert moves(paper.build()) == [(STORY, "address", FIRST)]  # with nothing changed
    paper.write({"content/s0.md": article("خبر آخر", id="s0", slug="s0")})
    assert moves(paper.build()) == [(STORY, "address", FIRST)]  # another file changed
    paper.write({STORY: story("الوزير يؤجل الزيارة", aliases=f"[{FIRST}]")})
    assert moves(paper.build()) == []
    assert moves(paper.build()) == []


def test_a_story_that_moves_twice_is_told_with_both(paper: Site) -> None:
    paper.write({STORY: story("الوزير يؤجل الزيارة")}).build()
    report = paper.write({STORY: story("الوزير يلغي الزيارة")}).build()
    assert {was for _, _, was in moves(report)} == {FIRST, SECOND}
    paper.build(fix=True)
    assert f"aliases: [{SECOND}, {FIRST}]" in (paper.root / STORY).read_text(encoding="utf-8")


@pytest.mark.parametrize("fields", [{"slug": "visit"}, {"date": "2021-10-19"}, {"withdrawn": "خطأ", "slug": "visit"}])
def test_another_slug_another_day_and_a_notice_elsewhere_move_it_too(paper: Site, fields: dict[str, str]) -> None:
    assert moves(paper.write({STORY: story(**fields)}).build()) == [(STORY, "address", FIRST)]


def test_a_cache_that_is_gone_hides_nothing(paper: Site) -> None:
    paper.write({STORY: story("الوزير يؤجل الزيارة")})
    shutil.rmtree(paper.root / ".mujaz")
    assert moves(paper.build()) == [(STORY, "address", FIRST)]


def test_an_alias_that_became_the_address_hides_nothing(paper: Site) -> None:
    paper.write({STORY: story(aliases="[/2021/10/18/visit/]")}).build()
    assert moves(paper.write({STORY: story(slug="visit")}).build()) == [(STORY, "address", FIRST)]


def test_a_base_path_and_another_form_of_the_short_page_hide_nothing(make_site: MakeSite) -> None:
    own = "<title>x</title><link rel='canonical' href='{{ view.target|absolute }}'>"
    site = make_site(FONTS).write({STORY: story(), "layouts/redirect.html": own})
    site.build()
    assert moves(site.write({STORY: story("الوزير يؤجل الزيارة")}).build()) == [(STORY, "address", FIRST)]


def test_short_pages_that_tell_no_address_tell_nothing(make_site: MakeSite) -> None:
    site = make_site(FONTS).write({STORY: story(), "layouts/redirect.html": "{{ view.meta.title }}"})
    site.build()
    assert moves(site.write({STORY: story("الوزير يؤجل الزيارة")}).build()) == []


def test_what_was_no_address_of_readers_is_not_told(paper: Site) -> None:
    paper.write({"content/d.md": article("مسودة أولى", id="d", draft="true")})
    paper.write({"content/h.md": article("خبر مقبل", id="h", date="2022-01-01")})
    paper.build(drafts=True, future=True)
    paper.write({"content/d.md": article("مسودة ثانية", id="d", draft="true")})
    paper.write({"content/h.md": article("خبر لاحق", id="h", date="2022-01-01")})
    assert moves(paper.build(drafts=True, future=True)) == []


@pytest.mark.parametrize("fields", [{"draft": "true"}, {"expires": "2021-11-01"}])
def test_a_story_that_leaves_the_site_has_not_moved(paper: Site, fields: dict[str, str]) -> None:
    assert moves(paper.write({STORY: story("الوزير يؤجل الزيارة", **fields)}).build()) == []
    (paper.root / STORY).unlink()
    assert moves(paper.build()) == []


def test_an_address_that_another_story_took_is_no_alias_to_write(paper: Site) -> None:
    paper.write({STORY: story(slug="s0"), "content/s0.md": article("خبر 0", id="s0", slug="الوزير-يزور-المدينة")})
    assert moves(paper.build()) == []


def test_the_output_is_that_of_a_cold_build(paper: Site, make_site: MakeSite) -> None:
    paper.write({STORY: story("الوزير يؤجل الزيارة")}).build()
    files = [path.relative_to(paper.root).as_posix() for path in paper.root.glob("content/*")]
    cold = make_site(FONTS).write({path: (paper.root / path).read_bytes() for path in files})
    assert moves(cold.build()) == []
    assert paper.digest() == cold.digest()


# ---------------------------------------------------------------- ids


def test_a_file_that_moved_without_an_id_is_told_with_the_id_it_had(make_site: MakeSite) -> None:
    site = make_site(FONTS).write({STORY: article("الوزير يزور المدينة")})
    site.build()
    (was,) = (path.split("/")[1] for path in site.paths() if path.startswith("s/") and path.endswith("index.html"))
    (site.root / STORY).rename(site.root / "content/b.md")
    assert moves(site.build()) == [("content/b.md", "id", was)]
    assert moves(site.build()) == [("content/b.md", "id", was)]
    report = site.build(fix=True)
    assert moves(report) == [] and [one.entry for one in report.fixed] == [f"id: {was}"]
    assert f"\nid: {was}\n" in (site.root / "content/b.md").read_text(encoding="utf-8")
    assert f"s/{was}/index.html" in site.paths()


def test_an_id_that_its_author_changed_is_told_once_and_never_written(paper: Site) -> None:
    changed = story(id="other")
    report = paper.write({STORY: changed}).build(fix=True)
    assert moves(report) == [(STORY, "id", "visit")] and not report.fixed
    assert (paper.root / STORY).read_text(encoding="utf-8") == changed
    paper.write({"content/s0.md": article("خبر آخر", id="s0", slug="s0")})
    assert moves(paper.build()) == []


# ---------------------------------------------------------------- what --fix writes


def test_fix_writes_the_alias_before_the_address_is_lost(paper: Site) -> None:
    paper.write({STORY: story("الوزير يؤجل الزيارة")})
    report = paper.build(fix=True)
    assert moves(report) == [] and [one.was for one in report.fixed] == [FIRST]
    assert quote(SECOND) in paper.read(f"{FIRST[1:]}index.html")
    assert moves(paper.build()) == []


def test_fix_writes_it_also_after_it_was_lost(paper: Site) -> None:
    paper.write({STORY: story("الوزير يؤجل الزيارة")}).build()
    assert f"{FIRST[1:]}index.html" not in paper.paths()
    assert [one.was for one in paper.build(fix=True).fixed] == [FIRST]
    assert f"{FIRST[1:]}index.html" in paper.paths()


def test_fix_keeps_every_other_byte(paper: Site) -> None:
    text = story("الوزير يؤجل الزيارة # 2  # تعليق", aliases="[/old/]  # قديم").replace("\n", "\r\n")
    paper.write({STORY: b"\xef\xbb\xbf" + text.replace(" # 2", "").encode()})
    before = (paper.root / STORY).read_bytes()
    paper.build(fix=True)
    after = (paper.root / STORY).read_bytes()
    assert after == before.replace(b"[/old/]", f"[/old/, {FIRST}]".encode())


def test_what_would_take_too_much_away_is_told_with_what_only_moved(make_site: MakeSite) -> None:
    site = make_site(FONTS).write({"config.yaml": CONFIG + "max_shrink: 0\n", STORY: story()})
    site.build()
    site.write({STORY: story("الوزير يؤجل الزيارة")})
    with pytest.raises(SiteError) as caught:
        site.build(allow_shrink=False)
    assert [problem.message.id for problem in caught.value.problems] == ["address-moved", "too-many-pages-go"]
    assert site.build(allow_shrink=False, fix=True).fixed  # with its alias nothing goes


def test_a_build_that_is_stopped_after_it_wrote_lines_does_not_deny_them(make_site: MakeSite, run: Run) -> None:
    gone = {f"content/{name}.md": story(name, id=name, slug=name) for name in "bcd"}
    site = make_site(FONTS).write({"config.yaml": CONFIG + "max_shrink: 1\n", STORY: story(), **gone})
    site.build()
    site.write({STORY: story("الوزير يؤجل الزيارة")})
    for path in gone:
        (site.root / path).unlink()
    code, _, err = run(site.root, "build", "--fix", "--now", NOW.isoformat())
    assert code == 1 and FIRST in (site.root / STORY).read_text(encoding="utf-8")
    assert "nothing was written" not in err and "lines were written" in err, err


def test_the_command_tells_it_in_both_languages_and_mends(paper: Site, run: Run) -> None:
    at = ("--now", NOW.isoformat())
    paper.write({STORY: story("الوزير يؤجل الزيارة")})
    code, _, err = run(paper.root, "build", "--lang", "ar", *at)
    assert code == 0 and "كان رابط هذا الخبر المنشور" in err and f"aliases: [{FIRST}]" in err
    code, out, err = run(paper.root, "build", "--fix", *at)
    assert code == 0 and f"written into {STORY}: aliases: [{FIRST}]" in out and not err
    code, out, err = run(paper.root, "build", "--fix", *at)
    assert (code, err) == (0, "") and "written into" not in out


def test_a_moment_before_its_date_a_story_has_no_address(make_site: MakeSite) -> None:
    site = make_site(FONTS).write({STORY: story(date="2021-12-02")})
    early = datetime(2021, 12, 1, tzinfo=UTC)
    site.build(now=early, future=True)
    site.write({STORY: story("الوزير يؤجل الزيارة", date="2021-12-02")})
    assert moves(site.build(now=early, future=True)) == []
