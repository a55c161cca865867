"""What other systems allow and few exports have comes along, or is told: no text is lost without a word."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from mujaz.cli import cli
from mujaz.importing import static_sites
from mujaz.messages.message import say
from tests.support.sites import Site, article

MakeSite = Callable[..., Site]
SETTINGS = {
    "hugo": ("hugo.toml", 'baseURL = "https://old.example/"\n', "content/posts"),
    "jekyll": ("_config.yml", "url: https://old.example\n", "_posts"),
    "pelican": ("pelicanconf.py", 'SITEURL = "https://old.example"\n', "content"),
}
HEAD = "title: الميناء يفتح\ndate: 2021-11-09 14:00:00\n"
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:blogger="http://schemas.google.com/blogger/2018">'


def brought(make_site: MakeSite, source: Path) -> tuple[str, dict[str, str]]:
    """What is said, and the texts that are written, by their names."""
    site = make_site({"content/a.md": article(slug="a")})
    ended = CliRunner().invoke(cli, ["import", str(source), "--section", "sport", "--site", str(site.root)])
    assert ended.exit_code == 0, ended.output
    found = {path.parent.name: path.read_text() for path in sorted(site.root.glob("content/*/*/*/index.md"))}
    return ended.output, found


def old_site(tmp_path: Path, kind: str, files: dict[str, str]) -> Path:
    name, settings, folder = SETTINGS[kind]
    texts = {f"{folder}/{file}": text for file, text in files.items()}
    return Site(tmp_path / "old").write({name: settings, **texts}).root


@pytest.mark.parametrize("kind", ["hugo", "jekyll"])
@pytest.mark.parametrize(
    "written",
    [
        f"---\n{HEAD}# ----------\ntags: [ميناء]\n---\nالمتن\n",
        f"---\n{HEAD}note: |\n  سطر ---\ntags: [ميناء]\n---\nالمتن\n",
        f"---\n{HEAD}tags: [ميناء]\n...\nالمتن\n",
    ],
    ids=["comment", "value", "dots"],
)
def test_a_front_matter_ends_where_a_line_says_so(make_site: MakeSite, tmp_path: Path, kind: str, written: str) -> None:
    _, found = brought(make_site, old_site(tmp_path, kind, {"2021-11-09-port.md": written}))
    [text] = found.values()
    head, body = text[4:].split("\n---\n\n")
    assert "ميناء" in head and body == "المتن\n"


@pytest.mark.parametrize("kind", SETTINGS)
def test_each_text_comes_or_is_told(make_site: MakeSite, tmp_path: Path, kind: str) -> None:
    endings = ("md", "MD", "markdown", "mkd", "mkdn", "mkdown", "mdown", "adoc", "org", "rst", "textile")
    files = {f"2021-11-09-{ending}-{n}.{ending}": f"---\n{HEAD}---\nمتن\n" for n, ending in enumerate(endings)}
    if kind == "pelican":
        files = {name: text.replace("---\n", "\n").lstrip() for name, text in files.items()}
    source = old_site(tmp_path, kind, files)
    (source / SETTINGS[kind][2] / "more").symlink_to(tmp_path, target_is_directory=True)
    said, found = brought(make_site, source)
    told = re.findall(r"2021-11-09-(\w+)-\d+\.\1: texts in \.\1 are not read", said)
    assert len(found) == 7 and sorted(told) == ["adoc", "org", "rst", "textile"]
    assert "/more: is a symbolic link to a folder" in said


@pytest.mark.parametrize(
    ("parts", "summary", "body"),
    [
        ("<summary>ما قاله المحرر</summary><content>نص الخبر</content>", "ما قاله المحرر", "نص الخبر"),
        ("<summary>نص […]</summary><content>نص الخبر</content>", "", "نص الخبر"),
        ('<summary>الخلاصة</summary><content type="text/html" src="https://old.example/1"/>', "", "الخلاصة"),
        ('<content>قصير</content><content type="html">&lt;p&gt;الكامل&lt;/p&gt;</content>', "قصير", "الكامل"),
        ("<content>وحيد</content>", "", "وحيد"),
    ],
)
def test_an_entry_keeps_its_text_and_its_summary(
    make_site: MakeSite, tmp_path: Path, parts: str, summary: str, body: str
) -> None:
    entry = f"<entry><id>1</id><title>خبر</title><published>2021-11-09T10:00:00Z</published>{parts}</entry>"
    (tmp_path / "feed.xml").write_text(f"{ATOM}<title>صحيفة</title>{entry}</feed>")
    [text] = brought(make_site, tmp_path / "feed.xml")[1].values()
    head, written = text[4:].split("\n---\n\n")
    assert written.strip() == body
    assert (f'summary: "{summary}"' in head) if summary else ("summary" not in head)


def test_a_description_and_an_episode_of_blogger_are_not_lost(make_site: MakeSite, tmp_path: Path) -> None:
    parts = "".join(
        (
            "<entry><id>tag:blogger.com,1999:blog-1.post-2</id><blogger:type>POST</blogger:type><title>خبر</title>",
            "<published>2021-11-09T10:00:00Z</published><content type='html'>متن</content>",
            "<blogger:metaDescription>وصف الخبر</blogger:metaDescription>",
            *(f'<link rel="enclosure" type="{kind}" href="https://x.example/{kind}"/>' for kind in ("audio/mpeg", "x")),
            "</entry>",
        )
    )
    (tmp_path / "blog.xml").write_text(f"{ATOM}<generator>https://www.blogger.com</generator>{parts}</feed>")
    said, found = brought(make_site, tmp_path / "blog.xml")
    assert 'summary: "وصف الخبر"' in found["خبر"]
    assert "a sound that came with it was left out: https://x.example/audio/mpeg" in said
    assert "a file that came with it was left out: https://x.example/x" in said


def test_what_ghost_keeps_beside_a_post_is_told(make_site: MakeSite, tmp_path: Path) -> None:
    post = {
        "id": 1, "title": "خبر", "slug": "port", "html": "<p>متن</p>", "status": "published",
        "published_at": "2021-11-09T10:00:00Z", "canonical_url": "https://first.example/1",
    }  # fmt: skip
    tables = {"posts": [post], "posts_meta": [{"post_id": 1, "codeinjection_foot": "<script>1</script>"}]}
    (tmp_path / "ghost.json").write_text(json.dumps({"db": [{"data": tables}]}))
    said, _ = brought(make_site, tmp_path / "ghost.json")
    assert "the key 'canonical_url' has no place here: https://first.example/1" in said
    assert "the key 'codeinjection_foot' has no place here" in said


def test_parameters_of_hugo_are_told(make_site: MakeSite, tmp_path: Path) -> None:
    head = f"{HEAD}params: {{author: سلمى, subtitle: عنوان فرعي, rows: {{a: 1}}}}\n"
    said, found = brought(make_site, old_site(tmp_path, "hugo", {"a.md": f"---\n{head}---\nمتن\n"}))
    assert "the key 'params.subtitle' has no place here: عنوان فرعي" in said
    assert "the key 'params.rows' has no place here" in said and "params.author" not in said
    assert 'authors: ["سلمى"]' in found["a"]


@pytest.mark.parametrize(
    "written",
    [
        '<p style="display:none">سر</p>',
        "<p hidden>سر</p>",
        '<p>نص <span style="color:red; VISIBILITY : hidden">سر</span></p>',
        "<ul style='display: none'><li>سر</li></ul>",
        "<table><tr><th>أ</th></tr><tr style='display:none'><td>سر</td></tr></table>",
    ],
)
def test_text_that_no_reader_saw_is_told_where_it_is_shown(make_site: MakeSite, tmp_path: Path, written: str) -> None:
    """It may be a note of the desk, or what a tab shows once it is pressed: an editor decides."""
    post = {
        "id": 1, "title": "خبر", "slug": "port", "status": "published", "published_at": "2021-11-09T10:00:00Z",
        "html": f"<p>أول</p>{written}<p style='display:block'>آخر</p>",
    }  # fmt: skip
    (tmp_path / "ghost.json").write_text(json.dumps({"db": [{"data": {"posts": [post]}}]}))
    said, found = brought(make_site, tmp_path / "ghost.json")
    [line] = re.findall(r"port/index\.md:(\d+): its readers did not see this text", said)
    lines = found["port"].splitlines()
    assert "سر" in "".join(lines[int(line) - 1 : int(line) + 2])


def test_entries_of_blogger_in_other_forms_come_or_are_told(make_site: MakeSite, tmp_path: Path) -> None:
    """Elements of XHTML as the text, another word for yes, an entry that does not say what it is."""
    post = (
        "<entry><id>post-{0}</id><title>خبر {0}</title><published>2021-11-09T10:00:00Z</published>{1}"
        "<blogger:filename>/2021/11/{0}.html</blogger:filename></entry>"
    )
    kind = "<blogger:type>POST</blogger:type>"
    text = '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>أول</p><p>ثان</p></div></content>'
    draft = '<app:control xmlns:app="http://purl.org/atom/app#"><app:draft>True</app:draft></app:control>'
    parts = "".join((post.format("p", kind + text), post.format("q", kind + draft), post.format("r", text)))
    (tmp_path / "blog.xml").write_text(f"{ATOM}<generator>https://www.blogger.com</generator>{parts}</feed>")
    said, found = brought(make_site, tmp_path / "blog.xml")
    assert "\n\nأول\n\nثان\n" in found["p"] and "of kind ?: 1" in said
    assert set(found) == {"p", "q"} and "\ndraft: true\n" in found["q"] and "\ndraft: true\n" not in found["p"]


@pytest.mark.parametrize("name", ["a", '"a"', "'a'", '"\\"a"'])
@pytest.mark.parametrize("form", ["{} = 1", "[{}]", "x = 1\n{} = 1"])
def test_a_key_of_toml_with_very_many_names_is_told(tmp_path: Path, name: str, form: str) -> None:
    """Python's reader takes minutes and all memory for such a key of 100 kB."""
    key = form.format(f" {name} ." * 8_000 + "a")
    old = Site(tmp_path / "old").write({"hugo.toml": f"{key}\n", "content/p.md": f"+++\n{key}\n+++\nنص\n"})
    before = time.process_time()
    told = static_sites.read(old.root, "hugo").left
    assert time.process_time() - before < 5
    named = ("hugo.toml", "content/p.md")
    assert [(one.origin, one.message) for one in told] == [(name, say("nests-too-deep")) for name in named]
