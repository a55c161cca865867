"""An archive comes over: bundles that build, old addresses that lead to the new, and what was lost is told."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from mujaz.cli import cli
from mujaz.importing import feed
from mujaz.messages.errors import UsageError
from tests.support.cli_process import BUILD
from tests.support.sites import CONFIG, Site
from tests.support.whole_site import picture

MakeSite = Callable[..., Site]
HOME = "https://old.example.com"

WXR = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>القديم</title><wp:wxr_version>1.2</wp:wxr_version>
<wp:author>
<wp:author_login>salma</wp:author_login><wp:author_display_name>سلمى العلي</wp:author_display_name></wp:author>
<item><title>الميناء يفتح: "أبوابه"</title><link>https://old.example.com/2019/05/port/</link>
<dc:creator>salma</dc:creator><excerpt:encoded>بعد أسبوع.</excerpt:encoded>
<content:encoded><![CDATA[<!-- wp:paragraph -->فتح <strong>الميناء</strong> أبوابه.

[caption id="x" width="60"]<img src="https://old.example.com/wp-content/uploads/2019/05/quay.png" alt="رصيف"/>
الرصيف[/caption]

<blockquote><p>عدنا إلى البحر.</p><cite>صياد</cite></blockquote>

https://video.example.com/watch?v=abc

[gallery ids="1,2"]

انظر <a href="https://old.example.com/2019/05/cup/">الكأس</a> و<a href="/nowhere/">هذا</a>.
<script>x()</script>]]></content:encoded>
<wp:post_id>7</wp:post_id><wp:post_date>2019-05-04 15:00:00</wp:post_date>
<wp:post_date_gmt>2019-05-04 12:00:00</wp:post_date_gmt><wp:post_name>port</wp:post_name>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="news">أخبار</category><category domain="post_tag" nicename="p">الميناء</category>
<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta>
<wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key><wp:meta_value>quay</wp:meta_value></wp:postmeta>
<wp:postmeta><wp:meta_key>_wp_old_date</wp:meta_key><wp:meta_value>2018-12-31</wp:meta_value></wp:postmeta></item>
<item><title>الكأس</title>
<link>https://old.example.com/2019/05/cup/</link><content:encoded>بدأت الكأس.</content:encoded>
<wp:post_id>8</wp:post_id><wp:post_date_gmt>2019-05-05 12:00:00</wp:post_date_gmt><wp:post_name>cup</wp:post_name>
<wp:status>draft</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="sport">رياضة</category></item>
<item><title>quay</title><wp:post_id>9</wp:post_id><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status>
<wp:attachment_url>https://old.example.com/wp-content/uploads/2019/05/quay.png</wp:attachment_url></item>
<item><title>من نحن</title><wp:post_id>2</wp:post_id><wp:post_type>page</wp:post_type>
<wp:status>publish</wp:status></item>
</channel></rss>
"""

HUGO: dict[str, str | bytes] = {
    "hugo.toml": 'title = "القديم"\n',
    "content/_index.md": "---\ntitle: x\n---\n",
    "content/posts/port/index.md": (
        "---\ntitle: الميناء يفتح\ndate: 2020-03-01T09:00:00+03:00\ncategories: [سياسة]\ntags: [الميناء]\n"
        "aliases: [/2018/port.html, harbour, ../quay/]\nimage: quay.png\n---\n"
        "\nفتح الميناء.\n\n![رصيف](/img/crane.png)\n\n"
        '{{< youtube abc >}}\n\n'
        'انظر [الكأس](/posts/cup/) و[الكأس ثانية]({{< ref "posts/cup" >}}) و[ثالثة](../cup.md).\n\n'
        '<!--more-->\n\n{{< figure src="/img/crane.png" alt="رافعة" caption="الرافعة" attr="تصوير" >}}\n'
    ),
    "content/posts/port/quay.png": picture(),
    "static/img/crane.png": picture(90, 60),
    "content/posts/cup.md": '+++\ntitle = "الكأس"\ndate = 2020-03-02\ndraft = true\n+++\nبدأت الكأس.\n',
    "content/posts/odd.md": "بلا رأس.\n",
}  # fmt: skip

JEKYLL: dict[str, str | bytes] = {
    "_config.yml": "title: x\n",
    "_posts/2018-01-02-port.md": (
        "---\nlayout: post\ntitle: الميناء\ncategories: sport\nredirect_from: [/p/1/]\n---\nنص. {% include x.html %}\n"
    ),
}
PELICAN: dict[str, str | bytes] = {
    "pelicanconf.py": "",
    "content/sport/port.md": "Title: الميناء\nDate: 2018-01-02 10:00\nSlug: port\n\n![رصيف]({static}/images/q.png)\n",
    "content/images/q.png": picture(),
}  # fmt: skip

ATOM = """\
<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>جهة أخرى</title><id>x</id>
<updated>2021-10-18T10:00:00Z</updated><entry><title>خبر منقول</title><id>1</id><updated>2021-10-18T10:00:00Z</updated>
<link href="https://other.example.com/a/"/>
<content type="html">&lt;p&gt;نص &lt;b&gt;مهم&lt;/b&gt;.&lt;/p&gt;</content></entry></feed>
"""


def run(site: Site, source: Path | str, *arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(cli, ["import", str(source), *arguments, "--site", str(site.root)])
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


def folder(tmp_path: Path, files: dict[str, str | bytes]) -> Path:
    return Site(tmp_path / "old").write(files).root


def leads_to(site: Site, old: str, new: str) -> bool:
    return f"url=/news/{new}" in site.read(old)


def test_a_wordpress_export_builds_and_its_old_addresses_lead_to_the_new(make_site: MakeSite, tmp_path: Path) -> None:
    old = folder(tmp_path, {"export.xml": WXR, "uploads/2019/05/quay.png": picture()})
    site = make_site()
    told = run(site, old / "export.xml", "--media", str(old / "uploads"), "--map", "أخبار=politics")
    assert "(wordpress): 2, written: 2" in told
    for lost in ('[gallery ids="1,2"] was left out', "a link to /nowhere/", "standing pages: 1"):
        assert lost in told
    assert "to be mended (1)" in told and "is not published; the link becomes plain text" in told
    text = (site.root / "content/2019/05/port/index.md").read_text(encoding="utf-8")
    assert "script" not in text and "x()" not in text and "[caption" not in text
    report = site.build()
    assert (report.stories, report.drafts) == (1, 1)
    for before in ("2019/05/port", "2019/05/quay", "2018/12/port", "2018/12/quay"):
        assert leads_to(site, f"{before}/index.html", "2019/05/04/port/")
    page = site.read("2019/05/04/port/index.html")
    assert "<strong>الميناء</strong>" in page and "quay" in page and "بعد أسبوع." in page
    assert "سلمى العلي" in page and "salma" not in page
    assert '<figcaption><span class="caption">الرصيف</span>' in page
    assert "<p>عدنا إلى البحر.</p>\n</blockquote>\n<figcaption>— صياد</figcaption>" in page
    assert 'href="https://video.example.com/watch?v=abc"' in page
    assert "الميناء يفتح: «أبوابه»" in page


def test_a_hugo_site_builds_and_its_old_addresses_lead_to_the_new(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site()
    told = run(site, folder(tmp_path, HUGO), "--section", "sport")
    assert "(hugo): 2, written: 2" in told
    assert "youtube" in told and "content/posts/odd.md: no front matter" in told
    report = site.build(drafts=True)
    assert report.stories == 2 and report.warnings == ()
    for old in ("posts/port/index.html", "2018/port.html", "posts/harbour/index.html", "quay/index.html"):
        assert leads_to(site, old, "2020/03/01/port/")
    page = site.read("2020/03/01/port/index.html")
    assert "crane" in page and "quay" in page and page.count('href="/news/2020/03/02/cup/"') > 2
    assert all(f'<a href="/news/2020/03/02/cup/">{text}</a>' in page for text in ("الكأس", "الكأس ثانية", "ثالثة"))
    assert re.search(r'alt="رافعة".*?<figcaption[^>]*>.*?الرافعة.*?تصوير.*?</figcaption>', page, re.S)
    assert "more" not in (site.root / "content/2020/03/port/index.md").read_text(encoding="utf-8")
    assert "/politics/" in page


def test_a_jekyll_post_keeps_its_addresses(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site()
    assert "a shortcode was left out: {% include x.html %}" in run(site, folder(tmp_path, JEKYLL))
    site.build()
    for old in ("sport/2018/01/02/port.html", "p/1/index.html"):
        assert leads_to(site, old, "2018/01/02/port/")


def test_a_pelican_article_keeps_its_address_and_picture(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site()
    run(site, folder(tmp_path, PELICAN))
    site.build()
    assert leads_to(site, "port.html", "2018/01/02/port/")
    assert "assets" in site.read("2018/01/02/port/index.html") and "رصيف" in site.read("2018/01/02/port/index.html")


def test_another_papers_feed_comes_as_drafts_with_its_source(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site()
    run(site, folder(tmp_path, {"feed.xml": ATOM}) / "feed.xml", "--section", "politics")
    report = site.build()
    assert (report.stories, report.drafts) == (0, 1)
    site.build(drafts=True)
    (page,) = [
        path for path in site.paths() if path.startswith("2021/10/18/") and path.count("/") == 4 and "index" in path
    ]
    assert "جهة أخرى" in site.read(page) and "https://other.example.com/a/" in site.read(page)


def test_nothing_is_overwritten_and_a_second_run_says_so(make_site: MakeSite, tmp_path: Path) -> None:
    site, old = make_site(), folder(tmp_path, HUGO)
    assert "would be written: 2" in run(site, old, "--section", "sport", "--dry-run")
    assert not (site.root / "content").exists()
    run(site, old, "--section", "sport")
    path = site.root / "content/2020/03/port/index.md"
    path.write_text("mine", encoding="utf-8")
    assert "there already: 2" in run(site, old, "--section", "sport")
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [((), "no section (posts): name one with --section"), (("--section", "sprot"), "is not in config.yaml"),
     (("--map", "x"), "write their section and yours"), (("--from", "feed"), "looks like no folder")],
)  # fmt: skip
def test_a_mistake_is_told_and_nothing_is_written(
    make_site: MakeSite, tmp_path: Path, arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    site = make_site({"config.yaml": CONFIG})
    old = folder(tmp_path, {"hugo.toml": "", "content/posts/cup.md": HUGO["content/posts/cup.md"]})
    result = CliRunner().invoke(cli, ["import", str(old), *arguments, "--site", str(site.root)])
    assert result.exit_code != 0
    assert said in result.output + str(result.exception)
    assert not list(site.root.glob("content/**/*.md"))


# ---------------------------------------------------------------- a feed by its address

ARABIC = ATOM.replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="windows-1256"?>').encode("windows-1256")
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/feed": (200, {"Content-Type": "application/atom+xml"}, ATOM.encode()),
    "/gzip": (200, {"Content-Type": "application/xml", "Content-Encoding": "gzip"}, gzip.compress(ATOM.encode())),
    "/moved": (301, {"Location": "/feed"}, b""),
    "/1256": (200, {"Content-Type": "application/xml"}, ARABIC),
    # The encoding is told by the server alone, as old desks do.
    "/1256-told": (200, {"Content-Type": "application/atom+xml; charset=windows-1256"}, ATOM.encode("windows-1256")),
    "/broken": (200, {"Content-Type": "application/xml"}, ATOM.replace("</feed>", "<entry><title>ناقص").encode()),
    "/page": (200, {"Content-Type": "text/html"}, "<!doctype html><title>صفحة</title><p>نص".encode()),
    "/empty": (200, {"Content-Type": "application/xml"}, b""),
    "/half": (200, {"Content-Type": "application/xml", "Content-Encoding": "gzip"}, b"no gzip"),
    "/large": (200, {"Content-Encoding": "gzip"}, gzip.compress(b" " * (feed.LARGEST + 2))),
    "/gone": (404, {}, b""),
}


@pytest.fixture(scope="module")
def desk() -> Iterator[str]:
    """Another paper's server."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, raw = ANSWERS[self.path]
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(raw))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("path", ["/feed", "/gzip", "/moved", "/1256", "/1256-told", "/broken"])
def test_a_feed_comes_from_its_address(make_site: MakeSite, desk: str, path: str) -> None:
    site = make_site()
    said = run(site, desk + path, "--section", "politics")
    (file,) = site.root.glob("content/2021/10/*/index.md")
    text = file.read_text(encoding="utf-8")
    assert "جهة أخرى" in text and "https://other.example.com/a/" in text and "draft: true" in text
    assert ("the feed is broken" in said) == (path == "/broken")


@pytest.mark.parametrize(
    ("path", "said"),
    [("/gone", "answers 404 Not Found"), ("/page", "is no feed; name"), ("/empty", "is no feed; name"),
     ("/half", "cannot be read: "), ("/large", "is larger than 20,971,520 bytes")],
)  # fmt: skip
def test_an_address_without_a_feed_is_told(make_site: MakeSite, desk: str, path: str, said: str) -> None:
    site = make_site()
    result = CliRunner().invoke(cli, ["import", desk + path, "--section", "sport", "--site", str(site.root)])
    assert isinstance(result.exception, UsageError) and said in str(result.exception)
    assert not (site.root / "content").exists()


@pytest.mark.parametrize(
    ("address", "said"),
    [("http://127.0.0.1:9/feed", "cannot be read: Connection refused"),
     ("http://nowhere.invalid/", "cannot be read: Name or service not known"),
     ("http://[x/", "cannot be read: "), ("ftp://127.0.0.1/feed", "only addresses of http and https")],
)  # fmt: skip
def test_an_address_that_does_not_answer_is_told(make_site: MakeSite, address: str, said: str) -> None:
    result = CliRunner().invoke(cli, ["import", address, "--site", str(make_site().root)])
    assert isinstance(result.exception, UsageError) and said in str(result.exception)


def test_it_is_told_in_arabic_where_the_locale_is(make_site: MakeSite, tmp_path: Path) -> None:
    site, old = make_site(), folder(tmp_path, {"feed.xml": ATOM})
    command = [sys.executable, str(BUILD), "import"]
    environment = {**os.environ, "LC_ALL": "ar_QA.UTF-8"}
    done = subprocess.run(
        [*command, str(old / "feed.xml")], cwd=site.root, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 1 and "وكُتب منها: 0" in done.stdout
    assert "لم يؤخذ (1):" in done.stdout and "حدّده بالخيار" in done.stdout
    done = subprocess.run([*command, "nowhere.xml"], cwd=site.root, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (2, "build.py: «\u2068nowhere.xml\u2069» غير موجود\n")


def test_folders_above_the_posts_of_jekyll_are_in_its_addresses(make_site: MakeSite, tmp_path: Path) -> None:
    """Those within are not, and neither is that of all collections; a blank stays."""
    post = "---\ntitle: خبر\n{}---\nنص\n"
    old = Site(tmp_path / "old").write(
        {
            "_config.yml": "collections_dir: all\n",
            "all/sport/_posts/2021/2021-11-09-p.md": post.format("categories: [sport]\n"),
            "all/_posts/in/2021-11-09-q.md": post.format("category: من هنا\n"),
        }
    )
    site = make_site()
    run(site, old.root, "--section", "sport")
    texts = {path.parent.name: path.read_text() for path in site.root.glob("content/*/*/*/index.md")}
    assert 'aliases: ["/sport/2021/11/09/p.html"]' in texts["p"]
    assert 'aliases: ["/من هنا/2021/11/09/q.html"]' in texts["q"]


def test_hugo_may_read_date_and_slug_in_the_name_of_a_file(make_site: MakeSite, tmp_path: Path) -> None:
    page = "---\ntitle: خبر\n{}---\nنص\n"
    names = {"2021-11-09-p": "date: 2022-01-02\n", "2021-11-10-q/index": "slug: quay\n", "r": "date: 2021-11-11\n"}
    old = Site(tmp_path / "old").write({f"content/in/{name}.md": page.format(head) for name, head in names.items()})
    old.write({"hugo.toml": "[frontmatter]\ndate = [':filename', ':default']\n"})
    site = make_site()
    said = run(site, old.root, "--section", "sport")
    found = {path.parent.name: path.read_text() for path in site.root.glob("content/*/*/*/index.md")}
    assert set(found) == {"p", "quay", "r"} and "no place here" not in said
    assert "date: 2021-11-09\n" in found["p"] and 'aliases: ["/in/p/"]' in found["p"]
    assert "date: 2021-11-10\n" in found["quay"] and 'aliases: ["/in/quay/"]' in found["quay"]
    assert "date: 2021-11-11\n" in found["r"] and 'aliases: ["/in/r/"]' in found["r"]
