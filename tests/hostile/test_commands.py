"""What comes from outside by a command: archives, feeds, logs, names. Each ends in a line that says what is wrong."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mujaz.check.external_links import ask
from mujaz.cli import cli
from mujaz.messages.errors import SiteError, UsageError
from mujaz.most_read.access_log import Tally
from mujaz.most_read.hits_file import load_hits
from tests.commands.test_import import WXR
from tests.support.sites import CONFIG, Site, article

MakeSite = Callable[..., Site]
TITLE, BODY = "الكأس", "بدأت الكأس."
DATE, LINK = "2019-05-05 12:00:00", "https://old.example.com/2019/05/cup/"
SECRET = "سر لا يُنشر"
HEAD = "title: خبر\ndate: 2021-10-18\n"


def run(site: Site, *arguments: str) -> Result:
    """A verb; neither an exception nor a sign that a terminal obeys comes out of it."""
    ended = CliRunner().invoke(cli, [*arguments, "--site", str(site.root)])
    assert isinstance(ended.exception, SystemExit | UsageError | None), ended.exception
    said = ended.output + str(ended.exception or "")
    assert not any(sign in said for sign in "\x1b\x9b\u202e"), said
    return ended


def imported(site: Site, source: Path, kind: str) -> str:
    ended = run(site, "import", str(source), "--from", kind, "--section", "politics")
    written = (site.root / "content").rglob("index.md")
    return ended.output + "".join(path.read_text(encoding="utf-8") for path in written)


EXPORTS = {
    "a link that is none": (LINK, "http://[x/", "written: 2"),
    "a link to another kind of letters": (LINK, "http://a℀b/x", "written: 2"),
    "links in the text": (BODY, "<![CDATA[<a href='http://[x'>أ</a>]]>", "written: 2"),
    "the last day": (DATE, "9999-12-31 23:59:59", "no date that can be read"),
    "what a terminal obeys": (f"<title>{TITLE}", "<title>&#x9b;2J&#x202e;", "written: 2"),
    "elements in elements": (BODY, "<![CDATA[" + "<div>" * 3_000 + "نص]]>", "only its text was taken"),
    "a section that is none": (BODY, "<![CDATA[أ <![foo[ ب]]>", "written: 2"),
    "scripts without an end": (BODY, "<![CDATA[" + "<script " * 50_000 + "]]>", "written: 2"),
    "comments without an end": (BODY, "<![CDATA[" + "<!--" * 50_000 + "]]>", "written: 2"),
    "braces without an end": (BODY, "{{&lt; " * 50_000, "written: 2"),
    "brackets without an end": (BODY, "![" * 20_000, "written: 2"),
    "shortcodes without an end": (BODY, "[a x=" * 50_000, "written: 2"),
    "blanks without an end": (BODY, "أ" + " " * 300_000 + "ب", "written: 2"),
    "two megabytes": (BODY, "كلمة " * 400_000, "more than 1,000,000"),
    "a name that leads up": ("<wp:post_name>cup", "<wp:post_name>%2e%2e%2fcup", "written: 2"),
    "an entity from a file": (BODY, "&e;", "undefined entity"),
}


@pytest.mark.parametrize(("taken", "put", "said"), EXPORTS.values(), ids=EXPORTS)
def test_a_hostile_export_comes_in_or_is_told(
    taken: str, put: str, said: str, make_site: MakeSite, tmp_path: Path
) -> None:
    assert WXR.count(taken) >= 1
    (tmp_path / "export.xml").write_text(WXR.replace(taken, put), encoding="utf-8")
    site = make_site()
    if said == "undefined entity":
        assert said in str(run(site, "import", str(tmp_path / "export.xml"), "--section", "politics").exception)
    else:
        assert said in imported(site, tmp_path / "export.xml", "wordpress")
    assert {path.name for path in site.root.iterdir()} <= {"config.yaml", "content", ".mujaz"}


PAGES = {
    "TOML in TOML": ("+++\ntitle='خبر'\nx=" + "[" * 5_000 + "]" * 5_000 + "\n+++\n", "nests too deep"),
    "JSON in JSON": ('{"x":' + "[" * 50_000 + "]" * 50_000 + "}\n", "nests too deep"),
    "half a letter": ('{"title":"خبر \\ud800","date":"2021-10-18","tags":["\\udfff"]}\nنص', "written: 1"),
    "a zero in a name": ('{"title":"خبر","date":"2021-10-18","image":"a\\u0000.png"}\nنص', "a\\u0000.png is not here"),
    "a picture that is a list": ("+++\ntitle='خبر'\ndate=2021-10-18\nimage={src=['a']}\n+++\n", "is not here"),
    "a picture above": (f"---\n{HEAD}image: '/../../../../etc/passwd.png'\n---\n", "is not here"),
    "a name too long": (f"---\n{HEAD}image: '{'a' * 5_000}.png'\n---\n", "the lead picture"),
    "what a terminal obeys": ('{"title":"\\u001b[2J","date":"bad"}\n', "no date"),
}


@pytest.mark.parametrize(("text", "said"), PAGES.values(), ids=PAGES)
def test_a_hostile_folder_comes_in_or_is_told(text: str, said: str, make_site: MakeSite, tmp_path: Path) -> None:
    (tmp_path / "hugo/content").mkdir(parents=True)
    (tmp_path / "hugo/content/a.md").write_text(text, encoding="utf-8")
    assert said in imported(make_site(), tmp_path / "hugo", "hugo")


def test_a_folder_that_is_imported_brings_no_file_from_outside(make_site: MakeSite, tmp_path: Path) -> None:
    content = tmp_path / "hugo/content"
    content.mkdir(parents=True)
    (tmp_path / "secret.md").write_text(f"---\n{HEAD}---\n{SECRET}", encoding="utf-8")
    (tmp_path / "secret.png").write_bytes(b"")
    (content / "a.md").symlink_to("../../secret.md")
    (content / "b.png").symlink_to("../../secret.png")
    (content / "ring.png").symlink_to("ring.png")
    (content / "b.md").write_text(f"---\n{HEAD}image: b.png\n---\nنص ![](ring.png)\n", encoding="utf-8")
    site = make_site()
    said = imported(site, tmp_path / "hugo", "hugo")
    assert "a.md: is a link that leaves the folder" in said and "b.png is not here" in said and SECRET not in said
    assert list(site.root.rglob("*.png")) == []


def test_a_feed_is_never_taken_for_the_name_of_a_file(make_site: MakeSite, tmp_path: Path) -> None:
    """Another site could answer with a path, or with /dev/zero."""
    entry = f"<item><title>{SECRET}</title><pubDate>Mon, 18 Oct 2021 10:00:00 GMT</pubDate></item>"
    private = tmp_path / "private.xml"
    private.write_text(f"<rss version='2.0'><channel>{entry}</channel></rss>", encoding="utf-8")
    (tmp_path / "feed.xml").write_text(str(private))
    ended = run(make_site(), "import", str(tmp_path / "feed.xml"), "--from", "feed", "--section", "politics")
    assert "is no feed" in str(ended.exception) and SECRET not in ended.output


def test_a_new_story_waits_for_no_pipe_and_leaves_the_site_by_no_link(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site({"content/a.md": article()})
    os.mkfifo(site.root / "content/pipe.md")
    (site.root / "content/folder.md").mkdir()
    assert run(site, "new", "خبر جديد", "--date", "2021-10-18").exit_code == 0
    (site.root / "content/2022").symlink_to(tmp_path)
    ended = run(site, "new", "خبر جديد", "--date", "2022-10-18")
    assert "leads out of the content folder by a link" in str(ended.exception)
    assert not (tmp_path / "10").exists()
    (site.root / "layouts").mkdir()  # a link within the site leads out of the content as well
    (site.root / "content/2023").symlink_to(site.root / "layouts")
    ended = run(site, "new", "خبر جديد", "--date", "2023-10-18")
    assert "leads out of the content folder by a link" in str(ended.exception)
    assert not list((site.root / "layouts").iterdir())


# ---------------------------------------------------------------- logs

REQUEST = {"method": "GET", "uri": "/a/", "client_ip": "192.0.2.1", "headers": {"User-Agent": ["Firefox"]}}
LINES = {
    "no program": {"request": {**REQUEST, "headers": {"User-Agent": []}}, "status": 200, "ts": 1.6e9},
    "a moment without end": {"request": REQUEST, "status": 200, "ts": 1e308},
    "before all": {"request": REQUEST, "status": 200, "ts": -1e308},
    "no number": {"request": REQUEST, "status": 200, "ts": float("nan")},
    "a request that is a list": {"request": [REQUEST], "status": 200, "ts": 1.6e9},
}


@pytest.mark.parametrize(
    "line",
    [*(json.dumps(line) for line in LINES.values()), '{"a":' + "[" * 90_000, "a,1\rb", f'"{"ا" * 200_000}",1'],
    ids=[*LINES, "a list in lists", "half an end of a line", "a field without end"],
)
def test_a_line_that_cannot_be_understood_is_left_out(line: str, tmp_path: Path) -> None:
    good = json.dumps({"request": REQUEST, "status": 200, "ts": 1.6e9})
    (tmp_path / "log").write_text(f"{good}\n{line}\n", encoding="utf-8")
    tally = Tally(story_of=lambda path: "a")
    with open(tmp_path / "log", "rb") as file:
        tally.read(file, "log")
    assert tally.weights(half_life=1, window=7) == [("a", 1.0)] and sum(tally.left_out.values()) >= 1


def test_a_csv_whose_first_line_is_too_long_is_no_csv(tmp_path: Path) -> None:
    (tmp_path / "log").write_text(f'"{"a" * 200_000}",1\n', encoding="utf-8")
    tally = Tally(story_of=lambda path: "a")
    with open(tmp_path / "log", "rb") as file:
        tally.read(file, "log")
    assert tally.weights(half_life=1, window=7) == []


def test_of_hits_without_measure_a_file_is_made_that_a_build_reads(make_site: MakeSite) -> None:
    site = make_site({"config.yaml": CONFIG + "most_read: {source: hits.csv}\n", "hits.csv": "",
                      "content/a.md": article(id="a"), "content/b.md": article("ثان", id="b")})  # fmt: skip
    rows = [f"a,{'9' * 400}", *["a,1000000000000"] * 2_000, "b,5"]
    (site.root / "log.csv").write_text("\n".join(rows), encoding="utf-8")
    assert "left out: 1 not understood" in run(site, "most-read", str(site.root / "log.csv")).output
    assert site.build().stories == 2


def test_of_a_hits_file_that_is_none_the_first_lines_are_told(tmp_path: Path) -> None:
    """A line of help for each of half a million took a build past its 20 s."""
    (tmp_path / "hits.csv").write_text("x\n" * 500_000)
    with pytest.raises(SiteError) as caught:
        load_hits(tmp_path / "hits.csv", "hits.csv")
    assert [problem.line for problem in caught.value.problems] == list(range(1, 21))


def test_hits_are_written_through_no_link_of_the_content(make_site: MakeSite, tmp_path: Path) -> None:
    """Who writes articles may not choose which file of the machine is written over."""
    site = make_site(
        {"config.yaml": CONFIG + "most_read: {source: content/hits.csv}\n", "content/a.md": article(id="a")}
    )
    others = tmp_path / "others"
    others.write_text("mine")
    for name in (".hits.csv.new", f".hits.csv.{os.getpid()}.tmp", "hits.csv"):
        (site.root / "content" / name).unlink(missing_ok=True)
        (site.root / "content" / name).symlink_to(others)
        (site.root / "log.csv").write_text("a,5\n")
        CliRunner().invoke(cli, ["most-read", str(site.root / "log.csv"), "--site", str(site.root)])
        assert others.read_text() == "mine"


def test_a_broken_archive_is_told(make_site: MakeSite, tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(b"/a/,1\n" * 9_000))
    packed[20:40] = b"\xff" * 20
    (tmp_path / "log.gz").write_bytes(packed)
    site = make_site({"config.yaml": CONFIG, "content/a.md": article()})
    ended = run(site, "most-read", str(tmp_path / "log.gz"), "--dry-run")
    assert "log.gz cannot be read" in str(ended.exception)


def test_an_address_that_is_none_is_told_and_not_asked(tmp_path: Path) -> None:
    (verdict,) = ask(["http://a℀b/x"], tmp_path / "cache", datetime(2021, 10, 18, tzinfo=UTC)).values()
    assert not verdict.good and verdict.malformed


# ---------------------------------------------------------------- names


def test_no_report_sends_a_terminal_what_it_would_obey(make_site: MakeSite) -> None:
    name = "a\x1b[2J\x9bm\u202e"
    site = make_site({f"content/{name}.md": article(slug="a", draft="true"), f"content/{name}.pdf": "x"})
    site.write({"content/b.md": article(slug="b")}).build()
    for form in ([], ["--lang", "ar"], ["--format", "github"], ["--format", "json"]):
        assert "u001b[2J" in run(site, "check", *form).output
    for form in ([], ["--format", "json"]):
        assert "u001b[2J" in run(site, "list", "drafts", *form).output
    assert "u001b[2J" in run(site, "move", "--dry-run", f"content/{name}.md", "content/c.md").output
    site.write({f"output/{name}": "mine"})
    assert "u001b[2J" in run(site, "clean").output
