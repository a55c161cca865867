"""What an import must not do: show what was hidden, leave half an article, stop the next build, wait without end."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from mujaz.check.external_links import ask
from mujaz.cli import cli
from mujaz.importing import article_writer, feed, ghost, xml_text
from mujaz.importing.foreign_front_matter import moment
from mujaz.markdown_body.references import MAX_REFERENCES
from mujaz.messages.errors import WRITTEN, UsageError
from mujaz.messages.message import Message
from mujaz.output.lock import lock
from tests.support.sites import Site, article
from tests.support.whole_site import picture

MakeSite = Callable[..., Site]
HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel>
"""


def post(id: int, body: str = "نص", *, more: str = "", status: str = "publish", title: str = "") -> str:
    """An item, written with blanks around its sections as some tools do."""
    return (
        f"<item><title>{title or f'خبر {id}'}</title><link>https://old.example/2021/11/09/p{id}/</link>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded><wp:post_id>{id}</wp:post_id>"
        f"<wp:post_date>\n  <![CDATA[2021-11-09 14:00:00]]>\n</wp:post_date>"
        f"<wp:post_name> <![CDATA[p{id}]]> </wp:post_name>"
        f"<wp:status>\n<![CDATA[{status}]]>\n</wp:status><wp:post_type><![CDATA[post]]></wp:post_type>{more}</item>"
    )


def export(folder: Path, *items: str) -> Path:
    (folder / "export.xml").write_text(HEAD + "\n".join(items) + "</channel></rss>", encoding="utf-8")
    return folder / "export.xml"


def run(site: Site, source: Path, *arguments: str, code: int = 0) -> str:
    command = ["import", str(source), "--section", "sport", "--now", "2021-12-01", *arguments, "--site", str(site.root)]
    ended = CliRunner().invoke(cli, command)
    assert ended.exit_code == code, (ended.output, ended.exception)
    return ended.output


def written(site: Site) -> dict[str, str]:
    return {path.parent.name: path.read_text(encoding="utf-8") for path in site.root.glob("content/2*/*/*/index.md")}


def test_what_nobody_could_read_comes_as_a_draft_and_is_told(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site()
    states = ("private", "pending", "trash", "draft", "future", "publish")
    items = [post(n, status=state) for n, state in enumerate(states, 1)]
    items.append(post(7, more="<wp:post_password>1234</wp:post_password>"))
    said = run(site, export(tmp_path, *items))
    drafts = {name for name, text in written(site).items() if "\ndraft: true\n" in text}
    assert drafts == {"p1", "p2", "p3", "p4", "p5", "p7"}
    for words in ("was private", "waited for review", "was in the bin", "was scheduled", "behind a password"):
        assert said.count(words) == 1
    assert site.build().stories == 1
    assert "p7" in {path.parent.name for path in site.root.glob("content/2021/11/*/index.md")}


def test_a_block_that_nobody_saw_stays_out_of_the_posts_that_name_it(make_site: MakeSite, tmp_path: Path) -> None:
    """As the old site left it out. One that was published stands where it was named, and in no article of its own."""
    shared = [
        post(n, f"<p>سر {state}</p>", status=state) for n, state in ((40, "publish"), (41, "draft"), (42, "publish"))
    ]
    shared[2] = shared[2].replace("</item>", "<wp:post_password>1</wp:post_password></item>")
    named = "".join(f'<!-- wp:block {{"ref":{n}}} /-->' for n in (40, 41, 42, 43))
    site = make_site()
    items = [post(1, named), *(one.replace("[post]", "[wp_block]") for one in shared)]
    said = run(site, export(tmp_path, *items), "--report", str(tmp_path / "report.tsv"))
    (text,) = written(site).values()
    assert "سر publish" in text and text.count("سر") == 1
    assert said.count("the block block was left out") == 3


def test_what_ghost_sent_or_kept_for_some_comes_as_a_draft_and_is_told(make_site: MakeSite, tmp_path: Path) -> None:
    states: tuple[dict[str, object], ...] = (
        {"status": "sent"}, {"visibility": "paid"}, {"status": "scheduled"}, {"status": "draft"}, {"email_only": 1}, {}
    )  # fmt: skip
    usual = {
        "status": "published",
        "visibility": "public",
        "html": "<p>نص</p>",
        "published_at": "2021-11-09T11:00:00.000Z",
    }
    posts = [
        {"id": str(n), "title": f"خبر {n}", "slug": f"p{n}", **usual, **state} for n, state in enumerate(states, 1)
    ]
    (tmp_path / "ghost.json").write_text(json.dumps({"db": [{"data": {"posts": posts}}]}), encoding="utf-8")
    site = make_site()
    said = run(site, tmp_path / "ghost.json")
    assert {name for name, text in written(site).items() if "\ndraft: true\n" in text} == set(written(site)) - {"p6"}
    assert said.count("sent as an e-mail alone") == 2
    assert said.count("not for all (paid)") == said.count("was scheduled") == 1


def test_what_expired_before_its_date_or_waits_for_one_is_not_shown(make_site: MakeSite, tmp_path: Path) -> None:
    head = "---\ntitle: خبر\ndate: 2021-11-09\n{}---\nنص\n"
    old = Site(tmp_path / "old").write(
        {
            "hugo.toml": "",
            "content/p1.md": head.format("expiryDate: 2020-01-01\n"),
            "content/p2.md": head.format("publishDate: 2035-01-01\n"),
            "content/p3.md": head.format("expiryDate: 2021-11-20\n"),
            "content/p4.md": head.format(""),
        }
    )
    site = make_site()
    said = run(site, old.root)
    assert said.count("it expires before its date") == 1 and "\ndraft: true\n" in written(site)["p1"]
    report = site.build()
    assert (report.stories, report.drafts) == (1, 1)


def test_a_lead_picture_brings_what_is_said_of_it(make_site: MakeSite, tmp_path: Path) -> None:
    """Alt, caption and credit stand in the item of the attachment; names and headlines are written as HTML."""
    uploads = Site(tmp_path).write({"up/2021/11/lead.png": picture()}).root / "up"
    meta = "<wp:postmeta><wp:meta_key>{}</wp:meta_key><wp:meta_value>{}</wp:meta_value></wp:postmeta>"
    lead = (
        "<item><title>lead</title><wp:post_id>9</wp:post_id><wp:post_type>attachment</wp:post_type>"
        "<excerpt:encoded>تعليق &lt;b&gt;الصورة&lt;/b&gt;</excerpt:encoded><wp:attachment_url>"
        "https://old.example/wp-content/uploads/2021/11/lead.png</wp:attachment_url>"
        f"{meta.format('_wp_attachment_image_alt', 'وصف الصورة')}{meta.format('_media_credit', 'عدسة سامي')}</item>"
    )
    terms = (
        '<category domain="category" nicename="x"><![CDATA[أخبار &amp; آراء]]></category>'
        '<category domain="post_tag" nicename="y"><![CDATA[نفط &amp; غاز]]></category>'
    )
    site = make_site()
    source = export(
        tmp_path, post(1, more=meta.format("_thumbnail_id", "9") + terms, title="<i>خبر</i> &amp;amp; آخر"), lead
    )
    text = source.read_text(encoding="utf-8").replace(
        " xmlns:wp=", ' xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:wp='
    )
    source.write_text(text.replace("<i>خبر</i>", "&lt;i&gt;خبر&lt;/i&gt;"), encoding="utf-8")
    run(site, source, "--media", str(uploads), "--map", "أخبار & آراء=politics")
    (made,) = written(site).values()
    said = '{"src": "lead.png", "alt": "وصف الصورة", "caption": "تعليق الصورة", "credit": "عدسة سامي"}'
    assert f"image: {said}\n" in made and 'title: "خبر & آخر"' in made
    assert 'tags: ["نفط & غاز"]' in made and "section: politics" in made


def test_names_and_titles_are_as_they_were_read(make_site: MakeSite, tmp_path: Path) -> None:
    """Pelican parts authors by semicolons where there is one; the name of a feed has no backslash."""
    pelican = Site(tmp_path / "pelican").write(
        {"pelicanconf.py": "", "content/p1.md": "Title: أ\nDate: 2021-11-09\nAuthors: الحسن, ليلى; سامي\n\nنص\n"}
    )
    site = make_site()
    run(site, pelican.root)
    assert 'authors: ["الحسن, ليلى", "سامي"]' in written(site)["p1"]
    feed = (
        "<rss version='2.0'><channel><title>وكالة * [س] &amp;amp; ص</title><item><title>خبر_1 * 2</title><guid>a</guid>"
        "<link>https://a.example/p2</link><pubDate>Tue, 09 Nov 2021 11:00:00 GMT</pubDate><description>نص</description>"
        "</item></channel></rss>"
    )
    (tmp_path / "feed.xml").write_text(feed, encoding="utf-8")
    run(site, tmp_path / "feed.xml")
    made = next(text for name, text in written(site).items() if name != "p1")
    assert '"name": "وكالة * [س] & ص"' in made and 'title: "خبر_1 * 2"' in made


def test_a_control_character_costs_itself_and_is_told(make_site: MakeSite, tmp_path: Path) -> None:
    """But what parts words, as Word writes it: the words beside it stay apart."""
    site = make_site()
    first, second = post(1, "قبل\x0bبعد في 2020&#30;2021"), post(2, "&nbsp;").replace("خبر 2", "خبر&#8;ثان &mdash; ب")
    said = run(site, export(tmp_path, first, second))
    assert "cannot hold were left out: 3, the first in line 4" in said
    assert "قبل بعد في 2020-2021" in written(site)["p1"] and 'title: "خبرثان — ب"' in written(site)["p2"]


def test_a_stopped_run_leaves_whole_articles_and_says_so_and_the_next_brings_the_rest(
    make_site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full while the picture of the second one is copied."""
    site = make_site()
    uploads = Site(tmp_path).write({f"up/2021/11/p{n}.png": picture(40 + n, 30) for n in (1, 2, 3)}).root / "up"
    image = '<img src="https://old.example/wp-content/uploads/2021/11/p{}.png" alt="صورة">'
    source = export(tmp_path, *(post(n, image.format(n)) for n in (1, 2, 3)))
    copy, copied = shutil.copyfile, []

    def full(one: Path, two: Path) -> object:
        copied.append(one)
        if len(copied) == 2:
            Path(two).write_bytes(b"half")
            raise OSError(28, "No space left on device", str(two))
        return copy(one, two)

    monkeypatch.setattr(article_writer.shutil, "copyfile", full)
    said = run(site, source, "--media", str(uploads), code=1)
    assert "written: 1" in said and "articles written whole: 1" in said and "nothing was written" not in said
    assert list(written(site)) == ["p1"] and not [path for path in site.root.rglob("*") if path.name.endswith(".new")]
    monkeypatch.undo()
    assert "written: 2" in run(site, source, "--media", str(uploads))
    assert "written: 0" in run(site, source, "--media", str(uploads))  # and it ends with 0: nothing is new
    assert site.build().stories == 3


def test_what_would_stop_a_build_comes_as_a_draft_and_is_told(make_site: MakeSite, tmp_path: Path) -> None:
    """A picture that is none, two articles for one address, and an alias that a page of the site has."""
    site = make_site({"content/a.md": article("قديم", slug="p9", date="2021-11-09 10:00"), "content/pages/about.md":
                      "---\ntitle: عن\n---\nنص\n"})  # fmt: skip
    uploads = Site(tmp_path).write({"up/2021/11/bad.jpg": b"no picture"}).root / "up"
    image = '<img src="https://old.example/wp-content/uploads/2021/11/bad.jpg" alt="صورة">'
    items = [post(1, image), post(2), post(9), post(3).replace("2021/11/09/p3/", "about/")]
    said = run(site, export(tmp_path, *items), "--media", str(uploads))
    assert said.count("a build would stop at it, so it comes as a draft") == 3
    assert site.build().stories == 2


def test_what_multiplies_in_an_export_is_bounded(make_site: MakeSite, tmp_path: Path) -> None:
    """Names that all have, pictures in addresses, captions in galleries: each cost the square of its number."""
    site = make_site({"content/a.md": article()})
    same = "".join(post(n, title="خبر").replace(f"p{n}]]", "p]]").replace(f"/p{n}/", f"/{n}/") for n in range(1, 2_500))
    before = time.process_time()
    assert "would be written: 2499" in run(site, export(tmp_path, same), "--dry-run")
    assert time.process_time() - before < 10
    pictures = "".join(f'<img src="data:image/png,{n}" alt="س">' for n in range(MAX_REFERENCES + 9))
    said = run(site, export(tmp_path, post(1, pictures)), "--dry-run", "--report", str(tmp_path / "report"))
    assert "would be written: 1" in said
    assert (tmp_path / "report").read_text(encoding="utf-8").count("picture-missing") == 9
    caption = "<wp:attachment_url>https://old.example/1.jpg</wp:attachment_url>" + (
        f"<excerpt:encoded>{'ص' * 100_000}</excerpt:encoded>"
    )
    file = post(7, more=caption).replace("[CDATA[post]", "[CDATA[attachment]")
    source = export(tmp_path, post(1, '[gallery ids="7"]' * 5_000), file)
    source.write_text(
        source.read_text().replace("<rss ", '<rss xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" ')
    )
    said = run(site, source, "--dry-run", code=1)
    letters = re.search(r"its text has ([\d,]+) letters", said)
    assert letters and int(letters[1].replace(",", "")) < 11_000_000


def test_an_article_that_has_another_number_there_is_the_same(make_site: MakeSite, tmp_path: Path) -> None:
    """Numbers that this run gave are passed over, those of the site's own articles are not."""
    old = {f"content/2021/11/p-{n}.md": article(f"خبر {n}", id=f"x{n}", aliases=f"[/o/{n}/]") for n in (2, 3)}
    site = make_site({"content/2021/11/p.md": article("خبر", id="x1"), **old})
    items = [post(n).replace(f"p{n}]]", "p]]").replace(f"2021/11/09/p{n}/", f"o/{n}/") for n in (5, 6, 3, 2, 7)]
    said = run(site, export(tmp_path, *items))
    assert "written: 3" in said and list(written(site)) == ["p-4", "p-5", "p-6"]


def test_nothing_is_brought_through_a_link_of_the_content(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site({"content/a.md": article()})
    (site.root / "layouts").mkdir()
    (site.root / "content/2021").symlink_to(site.root / "layouts")
    said = run(site, export(tmp_path, post(1)), code=1)
    assert "content/2021/11/p1 leads out of the content folder by a link" in said
    assert not list((site.root / "layouts").iterdir())


def test_a_dry_run_writes_nothing_and_needs_no_lock(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site()
    source = export(tmp_path, post(1, more="<wp:post_password>1</wp:post_password>"), post(2))
    before = sorted(site.root.rglob("*"))
    with lock(tmp_path / "lock"):
        (site.root / ".mujaz").symlink_to(tmp_path)  # the lock that a build holds
        said = run(site, source, "--dry-run")
        (site.root / ".mujaz").unlink()
    assert "would be written: 2" in said and "behind a password" in said
    assert sorted(site.root.rglob("*")) == before


def test_two_articles_of_one_name_both_come_and_are_known_again(make_site: MakeSite, tmp_path: Path) -> None:
    """An entry of a feed is known by its id, not by the first six words of its headline."""
    entries = "".join(
        f"<item><title>ست كلمات في أول هذا العنوان {n}</title><guid>id-{n}</guid><link>https://a.example/{n}</link>"
        "<pubDate>Tue, 09 Nov 2021 11:00:00 GMT</pubDate><description>نص</description></item>"
        for n in (1, 2)
    )
    site, source = make_site(), tmp_path / "feed.xml"
    source.write_text(f"<rss version='2.0'><channel><title>وكالة</title>{entries}</channel></rss>", encoding="utf-8")
    assert "written: 2" in run(site, source)
    source.write_text(source.read_text(encoding="utf-8").replace("ست كلمات", "سبع كلمات"), encoding="utf-8")
    assert "written: 0" in run(site, source)


def test_a_report_counts_all_that_is_listed(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site()
    frames = "\n\n".join(f'<iframe src="https://v.example/{n}"></iframe>' for n in range(30))
    said = run(site, export(tmp_path, post(1, frames)), "--report", str(tmp_path / "report.tsv"))
    rows = [line.split("\t") for line in (tmp_path / "report.tsv").read_text(encoding="utf-8").splitlines()]
    assert "left behind (30)" in said and "and 10 more" in said
    assert [row[0] for row in rows] == ["import-frame"] * 30
    lines = (site.root / rows[0][1]).read_text(encoding="utf-8").split("\n")
    assert [lines[int(row[2]) - 1] for row in rows] == [f"<https://v.example/{n}>" for n in range(30)]


def test_a_second_run_names_what_it_brings_anew(make_site: MakeSite, tmp_path: Path) -> None:
    site, source = make_site(), export(tmp_path, post(1), post(2))
    assert "new among" not in run(site, source)
    shutil.rmtree(site.root / "content/2021/11/p2")
    for option in ("--dry-run", "--no-draft"):
        said = run(site, source, option, "--report", str(tmp_path / "report.tsv"))
        assert "content/2021/11/p2/index.md: it was not here; if you had deleted it" in said and "p1/index" not in said
        assert "import-new\tcontent/2021/11/p2/index.md\t" in (tmp_path / "report.tsv").read_text(encoding="utf-8")
    assert "new among" not in run(site, source)


def test_a_report_replaces_only_a_report(make_site: MakeSite, tmp_path: Path) -> None:
    site, source = make_site(), export(tmp_path, post(1))
    before = source.read_bytes()
    for wrong in (source, site.root / "config.yaml", tmp_path / "none/report.tsv"):
        with pytest.raises(UsageError, match=re.escape(str(wrong.parent))):
            CliRunner().invoke(
                cli,
                ["import", str(source), "--report", str(wrong), "--site", str(site.root)],
                catch_exceptions=False,
            )
    assert source.read_bytes() == before and not (site.root / "content").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
def test_a_report_that_the_disk_refuses_is_printed_and_denies_nothing(make_site: MakeSite, tmp_path: Path) -> None:
    """The articles were there, it said that nothing was written, and no other run would have listed what was lost."""
    frames = "\n\n".join(f'<iframe src="https://v.example/{n}"></iframe>' for n in range(30))
    source = str(export(tmp_path, post(1, frames)))
    command = ["import", source, "--section", "sport", "--report", "/dev/full", "--site", str(make_site().root)]
    dry = CliRunner().invoke(cli, [*command, "--dry-run"])
    assert isinstance(dry.exception, OSError) and not hasattr(dry.exception, "__notes__")
    ended = CliRunner().invoke(cli, command)
    assert isinstance(ended.exception, OSError) and WRITTEN in ended.exception.__notes__
    assert ended.output.count("import-frame\tcontent/2021/11/p1/index.md\t") == 30


# ---------------------------------------------------------------- time


@pytest.fixture(scope="module")
def slow() -> Iterator[str]:
    """A server that never ends an answer: a byte every tenth of a second, of the head or of the body."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with contextlib.suppress(OSError):
                if self.path != "/robots.txt":
                    self.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if self.path == "/body" else b""))
                for _ in range(600):
                    self.wfile.write(b"x")
                    time.sleep(0.1)

        do_HEAD = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("path", ["/head", "/body"])
def test_one_deadline_holds_for_a_whole_answer(slow: str, path: str) -> None:
    before = time.monotonic()
    with pytest.raises(UsageError, match="timed out"):
        feed.fetch(slow + path, patience=0.5)
    assert time.monotonic() - before < 20  # it would last a minute


def test_check_waits_no_longer_for_a_slow_host(slow: str, tmp_path: Path) -> None:
    before = time.monotonic()
    address = slow + "/head"
    found = ask([address], tmp_path / "cache", datetime(2021, 12, 1, tzinfo=UTC), pause=0.0, timeout=0.5)
    assert found[address].reason == "takes-too-long" and time.monotonic() - before < 20


def test_a_date_of_many_blanks_takes_no_time_that_matters() -> None:
    before = time.process_time()
    assert moment("2021-11-09" + " " * 400_000 + "14:00:00 +0300 x").startswith("2021-11-09")
    assert time.process_time() - before < 5


def test_many_control_characters_take_no_time_that_matters(tmp_path: Path) -> None:
    source = export(tmp_path, post(1, "\x0b" * 2_000_000))
    before = time.process_time()
    notes: list[Message] = []
    assert [element.tag for element in xml_text.elements(source, notes)][-1] == "rss"
    assert time.process_time() - before < 10 and "2000000" in notes[0].text("en")


@pytest.mark.parametrize("encoding", ["zlib", "bz2", "hex", "rot13", "idna", "undefined", "unicode_escape", "x-none"])
def test_what_is_no_encoding_of_letters_is_read_as_utf_8(encoding: str, make_site: MakeSite, tmp_path: Path) -> None:
    site, source = make_site(), export(tmp_path, post(1, "نص"))
    source.write_bytes(source.read_bytes().replace(b'"UTF-8"', f'"{encoding}"'.encode()))
    run(site, source)
    assert "نص" in written(site)["p1"]


def test_orders_of_every_kind_in_a_ghost_export_are_read(tmp_path: Path) -> None:
    rows = [{"post_id": "1", "tag_id": "t", "sort_order": order} for order in (2, "1", None, [], 0.5, {})]
    data = {"posts": [{"id": "1", "title": "خبر"}], "tags": [{"id": "t", "name": "وسم"}], "posts_tags": rows}
    (tmp_path / "ghost.json").write_text(json.dumps({"db": [{"data": data}]}), encoding="utf-8")
    assert set(ghost.read(tmp_path / "ghost.json").stories[0].sections) == {"وسم"}


def test_a_story_of_another_archive_with_the_number_of_one_is_told(make_site: MakeSite, tmp_path: Path) -> None:
    """Two sites of Hugo have files of one name; and a folder without an article may stand in the place of one."""
    site = make_site({"content/2021/12/r/photo.txt": "x"})
    page = "---\ntitle: {}\ndate: {}\n---\nنص\n"
    told = []
    for number, (title, day) in enumerate(
        (("خبر الميناء", "2021-11-09"), ("خبر الميناء", "2021-11-09"), ("خبر السوق", "2021-12-01"))
    ):
        old = Site(tmp_path / f"old{number}").write({"hugo.toml": "", "content/p.md": page.format(title, day)})
        told.append(run(site, old.root))
    assert "another title" not in told[0] + told[1] and "there already: 1" in told[1]
    assert "content/2021/11/p/index.md: it has the number of another story" in told[2] and "خبر السوق" in told[2]
    old = Site(tmp_path / "other").write({"hugo.toml": "", "content/r.md": page.format("خبر آخر", "2021-12-01")})
    assert "content/2021/12/r: what lies there cannot be read" in run(site, old.root)
