"""Two that want one address, one file or one name: told while there is time, and by the names of both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote

import pytest

from tests.support.sites import CONFIG, NOW, Site, article
from tests.support.whole_site import FONTS

MakeSite = Callable[..., Site]
LATER = NOW + timedelta(days=60)
FIRST = article("خبر اليوم", slug="a", aliases="[/old/]")
PAGE = "output/2022/01/01/a/index.html: is wanted by two: content/a.md, content/b.md"
HELD = "2022-01-01 10:00"


@pytest.mark.parametrize(
    ("first", "held", "told"),
    [
        (article("خبر", slug="a", date=HELD), {"slug": "a"}, PAGE),
        (FIRST, {"slug": "b", "aliases": "[/old/]"}, "output/old/index.html: is wanted by two"),
        (FIRST, {"slug": "b", "aliases": "[/2021/10/18/a/]"}, "output/2021/10/18/a/index.html: is wanted by two"),
        (FIRST, {"slug": "b", "aliases": "[/feeds/]"}, "output/feeds/index.html: is wanted by two"),
        (FIRST, {"slug": "b", "layout": "no-such"}, "content/b.md:6:9: there is no layout 'no-such'"),
        (FIRST, {"slug": "b", "data": "{table: no.csv}"}, "content/b.md:6:15: there is no file of data 'no.csv'"),
        (FIRST, {"slug": "b", "tags": "['!!']"}, "content/b.md:6:7: the tag '!!' has no letter or digit"),
    ],
)
def test_what_would_stop_a_later_build_of_what_is_held_stops_this_one(
    first: str, held: dict[str, str], told: str, make_site: MakeSite
) -> None:
    """Else the site would be built no more from that hour on, and nobody is there."""
    site = make_site(FONTS | {"content/a.md": first, "content/b.md": article("خبر الغد", **{"date": HELD, **held})})
    [now], [later] = site.problems(), site.problems(now=LATER)
    assert now == later
    assert now.startswith(told)


def test_a_held_story_may_take_the_address_of_one_that_is_gone_by_then(make_site: MakeSite) -> None:
    first = article("خبر اليوم", slug="a", expires="2021-12-20 10:00")
    second = article("خبر الغد", slug="b", date=HELD, aliases="[/2021/10/18/a/]")
    site = make_site(FONTS | {"content/a.md": first, "content/b.md": second})
    assert site.build().warnings == ()
    site.build(now=LATER)
    assert "/news/2022/01/01/b/" in site.read("2021/10/18/a/index.html")


@pytest.mark.parametrize(
    ("folder", "key", "one", "other", "kind"),
    [
        ("authors", "authors", "أبو ظبي", "أبوظبي", "author"),
        ("tags", "tags", "C++", "c++", "tag"),
        ("tags", "tags", "قطر", "قـطر", "tag"),
        ("tags", "sources", "لا خبر عنه", "لا-خبر-عنه", "tag"),
    ],
)
def test_the_words_of_an_author_or_a_tag_stand_in_one_file(
    folder: str, key: str, one: str, other: str, kind: str, make_site: MakeSite
) -> None:
    files = {f"content/{folder}/{name}.md": f"نص {n}\n" for n, name in enumerate((one, other))}
    site = make_site(FONTS | files | {"content/a.md": article("خبر", **{key: f"['{one}']"})})
    first, second = sorted(files)
    [problem] = site.problems()
    assert problem.startswith(f"{second}:1:1: the words of this {kind} are also those of {first}:")


@pytest.mark.parametrize("name", ["x" * 251 + ".pdf", "م" * 125 + ".pdf", " .pdf", "x" * 250 + ".json"])
def test_a_document_of_any_name_has_an_address_that_a_disk_can_hold(name: str, make_site: MakeSite) -> None:
    """A long name ended the build."""
    config = {"config.yaml": CONFIG + "precompress: true\n"}
    body = f"[ملف](./{quote(name)})"
    files = {"content/a.md": article("خبر", slug="a", body=body), f"content/{name}": "1" * 2_000}
    site = make_site(FONTS | config | files)
    site.build()
    [made] = [path for path in site.paths() if path.startswith("assets/files/") and path.endswith((".pdf", ".json"))]
    assert not made.startswith("assets/files/.") and len(made.rpartition("/")[2].encode()) <= 250


def test_no_address_of_a_document_shows_another_name_than_it_has(make_site: MakeSite) -> None:
    files = {"content/a.md": article("خبر", body="[ملف](./a%E2%80%AEfdp.zip)"), "content/a\u202efdp.zip": "1"}
    site = make_site(FONTS | files)
    site.build()
    [made] = [path for path in site.paths() if path.startswith("assets/files/") and path.endswith(".zip")]
    assert made.startswith("assets/files/afdp.")


@pytest.mark.parametrize(
    "alias",
    ["/_worker.js", "/_Worker.js/x/", "/_routes.json", "/old/web.config", "/%77eb.Config", "/CNAME", "/vercel.json"],
)
def test_no_old_address_is_a_file_that_tells_a_host_what_to_do(alias: str, make_site: MakeSite) -> None:
    """Anybody who writes a story could have broken each deploy, or each answer of the host."""
    [problem] = make_site(FONTS | {"content/a.md": article("خبر", aliases=f"[{alias}]")}).problems()
    assert f"content/a.md:5:11: the alias '{alias}' holds" in problem and "tells hosts what to do" in problem


@pytest.mark.parametrize(
    ("path", "id"), [("s/q/index.html", "b"), ("s/b/index.html", "b"), ("cards/b.png", "b"), ("s/q/index.html", "q")]
)
def test_an_old_address_that_is_the_short_link_of_another_is_told(path: str, id: str, make_site: MakeSite) -> None:
    """Nothing was said: one short link led to the other story, and a cold build ended in a traceback."""
    alias = f"[/{path.removesuffix('index.html')}]"
    both = alias if id == "b" and "q" in path else ""
    files = {"content/a.md": article("أول", slug="a", id="a", aliases=alias)}
    files["content/b.md"] = article("ثان", slug="b", id=id, aliases=both)
    site = make_site({**FONTS, "config.yaml": CONFIG.replace("cards: false", "cards: true"), **files})
    [problem] = site.problems()
    assert problem.startswith(f"output/{path}: is wanted by two: content/a.md, content/b.md")


def test_an_id_that_two_have_is_one_problem(make_site: MakeSite) -> None:
    files = {"content/a.md": article("أول", slug="a", id="same"), "content/b.md": article("ثان", slug="b", id="SAME")}
    site = make_site({**FONTS, "config.yaml": CONFIG.replace("cards: false", "cards: true"), **files})
    assert ["is also that of" in problem for problem in site.problems()] == [True]
