"""The editor's small verbs as a new user tries them, and the page that tells of all verbs."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mujaz.files import whole
from mujaz.output.manifest import MANIFEST
from tests.commands.test_cli import Run
from tests.commands.test_cli import run as run
from tests.support.needs import program
from tests.support.sites import NOW, REPOSITORY, Site, article
from tests.support.whole_site import FONTS

MakeSite = Callable[..., Site]
AT = ("--now", NOW.isoformat())


def test_the_page_of_commands_is_what_their_help_says(run: Run) -> None:
    code, out, _ = run(REPOSITORY, "manual")
    assert code == 0
    page = (REPOSITORY / "docs" / "commands.md").read_text(encoding="utf-8")
    assert out == page, "write it anew: mujaz manual > docs/commands.md"


def test_the_page_of_problems_is_what_the_catalogue_says(run: Run) -> None:
    code, out, _ = run(REPOSITORY, "manual", "problems")
    assert code == 0
    page = (REPOSITORY / "docs" / "problems.md").read_text(encoding="utf-8")
    assert out == page, "write it anew: mujaz manual problems > docs/problems.md"


def test_the_page_of_views_is_what_the_code_says(run: Run) -> None:
    code, out, _ = run(REPOSITORY, "manual", "views")
    assert code == 0 and "## ArticleView: `article.html`" in out and "| `standfirst` | `str` |" in out
    assert out == (REPOSITORY / "docs" / "views.md").read_text(encoding="utf-8"), "mujaz manual views > docs/views.md"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_names_this_program(run: Run, shell: str) -> None:
    if shell == "bash":  # click asks it for its version
        program("bash")
    code, out, _ = run(REPOSITORY, "completion", shell)
    assert code == 0 and "_MUJAZ_COMPLETE" in out and "mujaz" in out


def test_a_new_article_builds_as_it_is(make_site: MakeSite, run: Run) -> None:
    site = make_site(FONTS)
    date = ("--date", "2021-11-30T22:30:00+00:00")
    code, out, _ = run(site.root, "new", 'افتتاح: "المكتبة"', *date, "--no-draft", "--section", "رياضة")
    path = out.strip()
    assert (code, path) == (0, "content/2021/12/افتتاح-المكتبة.md")
    text = (site.root / path).read_text(encoding="utf-8")
    assert "\ndate: 2021-12-01 01:30+03:00\nsection: sport\nid: " in text
    assert site.build(now=datetime(2021, 12, 2, tzinfo=UTC)).stories == 1
    code, out, err = run(site.root, "new", 'افتتاح: "المكتبة"', *date, "--bundle")
    assert (code, out) == (2, "") and "is there already" in err
    assert (site.root / path).read_text(encoding="utf-8") == text


def test_of_two_new_articles_at_once_the_second_is_told_which_file_is_there(
    make_site: MakeSite, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was told the name of a hidden file of its own."""
    root = make_site().root

    def late(path: Path, raw: bytes) -> None:
        path.write_text("الأول")
        whole.create_whole(path, raw)

    monkeypatch.setattr("mujaz.content.new_article.create_whole", late)
    code, _, err = run(root, "new", "خبر", "--slug", "x")
    assert code == 2 and "/x.md is there already" in err and ".tmp" not in err
    [made] = root.glob("content/*/*/x.md")
    assert made.read_text() == "الأول"


def test_a_new_article_makes_no_bundle_of_its_month(make_site: MakeSite, run: Run) -> None:
    code, out, _ = run(make_site().root, "new", "Index", "--date", "2021-12-01")
    assert (code, out.strip()) == (0, "content/2021/12/index/index.md")


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2021-12-03 16:00", "2021-12-03 16:00+03:00"),
        ("٢٠٢١-١٢-٠٣T16:00", "2021-12-03 16:00+03:00"),
        ("2021-12-03", "2021-12-03 00:00+03:00"),
        ("2021-12-03T16:00Z", "2021-12-03 19:00+03:00"),
    ],
)
def test_the_date_of_a_new_article_is_in_the_zone_of_the_site(
    make_site: MakeSite, run: Run, written: str, date: str
) -> None:
    site = make_site()
    code, out, _ = run(site.root, "new", "خبر", "--date", written)
    assert code == 0 and f"\ndate: {date}\n" in (site.root / out.strip()).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["خبر", "--date", "3/12/2021"], "'3/12/2021': it is not an ISO date; is it 2021-12-03 or 2021-03-12?"),
        (["خبر", "--section", "sprot"], "did you mean 'sport'? sections: politics (سياسة), sport"),
        (["!!!"], "has no letter or digit; name an address with --slug"),
        (["خبر", "--slug", "a/b"], "holds '/'"),
        ([], "Missing argument 'TITLE'"),
    ],
)
def test_mistakes_with_new_are_explained(make_site: MakeSite, run: Run, words: list[str], said: str) -> None:
    site = make_site()
    code, out, err = run(site.root, "new", *words)
    assert (code, out) == (2, "") and said in err
    assert not (site.root / "content").exists()


def test_status_and_list_tell_what_waits(make_site: MakeSite, run: Run) -> None:
    site = make_site(
        {
            "content/a.md": article("معلن", expires="2021-12-30"),
            "content/d.md": article("مسودة", draft="true"),
            "content/f.md": article("خبر الغد", date="2021-12-03 16:00"),
            "content/e.md": article("انقضى", expires="2021-10-20"),
        }
    )
    assert run(site.root, "status", *AT)[1].splitlines() == [
        "1 story",
        "held: 1 draft, 1 future (next in 2d 1h, 2021-12-03T16:00:00+03:00), 1 expired",
        "next-build: 2021-12-03T16:00:00+03:00",
    ]
    assert run(site.root, "list", "held", *AT)[1] == "2021-12-03T16:00+03:00\tcontent/f.md\t\u2068خبر الغد\u2069\n"
    assert run(site.root, "list", "expired", *AT)[1].startswith(
        "2021-10-21T00:00+03:00\tcontent/e.md\t"
    )  # when its last day is over
    assert "content/d.md" in run(site.root, "list", "drafts", *AT, "--format", "json")[1]
    assert run(site.root, "list", "heldd")[0] == 2


def test_clean_removes_what_is_ours_and_nothing_else(make_site: MakeSite, run: Run) -> None:
    site = make_site({**FONTS, "content/a.md": article(id="a")})
    site.build()
    site.write({"output/CNAME": "example.org"})
    code, out, _ = run(site.root, "clean")
    assert code == 0 and "kept 1 file that mujaz did not write: CNAME" in out
    assert site.paths() == ["CNAME"] and not (site.root / ".mujaz").exists()
    assert (site.root / "content/a.md").is_file()
    code, _, err = run(site.root, "clean")
    assert code == 2 and "was not built by mujaz" in err


def test_what_shows_whose_the_files_are_goes_last(
    make_site: MakeSite, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a clean that was cut off the rest was said to be of others: no clean and no build took it away."""
    site = make_site({**FONTS, "content/a.md": article(id="a", slug="a")})
    site.build()
    files = sum(not path.endswith("/") for path in site.paths())
    gone: list[str] = []
    real = os.unlink

    def unlink(path: str | Path, *, dir_fd: int | None = None) -> None:
        real(path, dir_fd=dir_fd)
        gone.append(os.path.basename(path))

    monkeypatch.setattr("os.unlink", unlink)
    assert run(site.root, "clean")[0] == 0
    cache, output = gone[:-files], gone[-files:]
    assert (cache[-1], output[-1]) == ("lock", MANIFEST) and len(cache) > files


def test_check_says_once_that_the_site_was_built_for_another_address(make_site: MakeSite, run: Run) -> None:
    site = make_site({**FONTS, "content/a.md": article(id="a", slug="a")})
    for path in site.root.rglob("*"):
        os.utime(path, (1e9, 1e9))  # of a file saved a moment before the build nobody can say whether it moved since
    other = "https://x.example.org/elsewhere"
    site.build(base_url=other)
    code, out, _ = run(site.root, "check", *AT)
    assert code == 1 and out.count("was built for another address") == 1 and "1 error, " in out
    assert run(site.root, "check", *AT, "--base-url", other)[:2] == (0, "0 errors, 0 warnings\n")


def test_list_says_that_there_is_more_than_it_could_read(make_site: MakeSite, run: Run) -> None:
    site = make_site({"content/a.md": article("خبر", draft="true"), "content/b.md": article("خبر", section="sprot")})
    code, out, err = run(site.root, "list", "drafts")
    assert code == 0 and out.count("\n") == 1 and "content/a.md" in out
    assert err == "1 problem in front matter and bodies: mujaz check lists all\n"
