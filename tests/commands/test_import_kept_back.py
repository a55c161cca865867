"""What an old site kept from its readers is shown to none: it comes as a draft, or stays away, and is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from mujaz.cli import cli
from mujaz.importing import kept_back
from tests.support.sites import Site, article

MakeSite = Callable[..., Site]
MOUNT = '[[module.mounts]]\nsource = "content"\ntarget = "content"\n'
OPEN = "---\ntitle: خبر\ndate: 2021-11-09\n{}---\nنص\n"
DRAFT = "\ndraft: true\n"
HIDDEN, LEFT_OUT = "it was hidden, so it comes as a draft", "its site made no page of it, so it was left out"
PART = "a part of it was hidden or not for all, or may have been, so it comes as a draft"


def brought(make_site: MakeSite, source: Path, *options: str) -> tuple[str, dict[str, str]]:
    """What is said, and the texts that are written, by their names."""
    site = make_site({"content/a.md": article(slug="a")})
    command = ["import", str(source), "--section", "sport", "--site", str(site.root), *options]
    ended = CliRunner().invoke(cli, command)
    assert ended.exit_code == 0, ended.output
    return ended.output, {path.parent.name: path.read_text() for path in site.root.glob("content/*/*/*/index.md")}


def held(found: dict[str, str]) -> set[str]:
    return {name for name, text in found.items() if DRAFT in text}


# ---------------------------------------------------------------- Hugo, Jekyll, Pelican


@pytest.mark.parametrize(
    "key",
    [
        "draft: yes",
        "draft: True",
        "draft: 1",
        "draft: on",
        "headless: True",
        "build: {render: False}",
        "build: {Render: never}",
        "_build: {list: no}",
    ],
)
def test_every_word_for_yes_and_no_holds_an_article_of_hugo(make_site: MakeSite, tmp_path: Path, key: str) -> None:
    old = Site(tmp_path / "old").write(
        {"hugo.toml": "", "content/p.md": OPEN.format(f"{key}\n"), "content/q.md": OPEN.format("draft: no\n")}
    )
    _, found = brought(make_site, old.root)
    assert held(found) == {"p"} and set(found) == {"p", "q"}


@pytest.mark.parametrize("key", ["published: no", "published: False", "published: off", "published: false"])
def test_every_word_for_no_holds_a_post_of_jekyll(make_site: MakeSite, tmp_path: Path, key: str) -> None:
    files = {"_config.yml": "", "_posts/2021-11-09-p.md": OPEN.format(f"{key}\n")}
    old = Site(tmp_path / "old").write({**files, "_posts/2021-11-09-q.md": OPEN.format("published: yes\n")})
    _, found = brought(make_site, old.root)
    assert held(found) == {"p"} and set(found) == {"p", "q"}


def test_what_a_section_of_hugo_hands_down_holds_its_pages(make_site: MakeSite, tmp_path: Path) -> None:
    """The settings hand down too; a target narrows it, and the head of a page overrides it."""
    cascade = "---\ntitle: قسم\ncascade:\n{}---\n"
    target = "- build: {render: never}\n  target: {path: '/aim/{one,two}*', kind: page}\n- author: سلمى\n"
    old = Site(tmp_path / "old").write(
        {
            "hugo.toml": '[[cascade]]\ndraft = true\n[cascade._target]\npath = "/plans/**"\n',
            "content/never/_index.md": cascade.format("  build: {render: never}\n"),
            "content/never/deep/p1.md": OPEN.format(""),
            "content/plans/p2/index.md": OPEN.format(""),
            "content/plans/p3.md": OPEN.format("draft: false\n"),
            "content/aim/_index.md": cascade.format(target),
            "content/aim/one-p4.md": OPEN.format(""),
            "content/aim/p5.md": OPEN.format(""),
            "content/open/p6.md": OPEN.format(""),
        }
    )
    said, found = brought(make_site, old.root)
    assert held(found) == {"p1", "p2", "one-p4"} and set(found) == {"p1", "p2", "p3", "one-p4", "p5", "p6"}
    assert said.count(HIDDEN) == 2 and 'authors: ["سلمى"]' in found["p5"]


def test_a_language_that_yaml_turns_off_holds_its_pages(make_site: MakeSite, tmp_path: Path) -> None:
    settings = "defaultContentLanguage: ar\ndisableLanguages: [en]\nlanguages: {ar: {weight: 1}, en: {weight: 2}}\n"
    old = Site(tmp_path / "old").write(
        {"hugo.yaml": settings, "content/p.en.md": OPEN.format(""), "content/q.ar.md": OPEN.format("")}
    )
    _, found = brought(make_site, old.root)
    assert held(found) == {"p"} and len(found) == 2


@pytest.mark.parametrize(
    ("files", "out"),
    [
        ({"hugo.toml": 'ignoreFiles = ["\\\\.private\\\\.md$"]\n'}, "content/p.private.md"),
        ({"hugo.yaml": "ignoreFiles: ['/secret.*/p']\n"}, "content/secret/more/p.md"),
        ({"hugo.toml": ""}, "content/.trash/p.md"),
        ({"hugo.toml": ""}, "content/p.md~/p.md"),
        ({"_config.yml": "exclude: [_posts/secret]\n"}, "_posts/secret/2021-11-09-p.md"),
        ({"_config.yml": "exclude: ['**/*-p.md']\n"}, "_posts/deep/2021-11-09-p.md"),
        ({"_config.yml": ""}, "_posts/.bin/2021-11-09-p.md"),
        ({"_config.yml": ""}, "_old/_posts/2021-11-09-p.md"),
        ({"_config.yml": ""}, "news/~old/_posts/2021-11-09-p.md"),
        ({"_config.yml": ""}, "_posts/_private/deep/2021-11-09-p.md"),
        ({"_config.yml": ""}, "node_modules/theme/_posts/2021-11-09-p.md"),
        ({"_config.yml": "collections_dir: _all\n"}, "_all/_old/_posts/2021-11-09-p.md"),
        ({"hugo.toml": f'{MOUNT}excludeFiles = ["inner/**"]\n'}, "content/inner/p.md"),
        ({"hugo.toml": f'{MOUNT}excludeFiles = "Inner"\n'}, "content/inner/p.md"),
        ({"hugo.toml": f'{MOUNT}includeFiles = ["open/*.md"]\n'}, "content/inner/p.md"),
        ({"hugo.toml": f'{MOUNT}files = ["! **/p.md", "**"]\n'}, "content/inner/p.md"),
        ({"pelicanconf.py": "ARTICLE_EXCLUDES = ['inner']\n"}, "content/inner/p.md"),
        ({"pelicanconf.py": "ARTICLE_PATHS = ['open']\n"}, "content/inner/p.md"),
        ({"pelicanconf.py": "IGNORE_FILES = ['p.*']\n"}, "content/open/p.md"),
    ],
)
def test_a_file_of_which_its_site_made_no_page_is_told(
    make_site: MakeSite, tmp_path: Path, files: dict[str, str], out: str
) -> None:
    shown = "_posts/2021-11-09-q.md" if "_config.yml" in files else "content/open/q.md"
    old = Site(tmp_path / "old").write({**files, out: OPEN.format(""), shown: OPEN.format("")})
    said, found = brought(make_site, old.root)
    assert set(found) == {"q"} and f"{out}: {LEFT_OUT}" in said


def test_what_the_settings_of_jekyll_name_is_read(make_site: MakeSite, tmp_path: Path) -> None:
    """Names that it passes over otherwise, and a source of its own, outside of which it reads nothing."""
    old = Site(tmp_path / "old").write(
        {
            "_config.yml": "source: src\ncollections_dir: _all\ninclude: [_kept]\n",
            "src/_all/_posts/deep/_inner/2021-11-09-p.md": OPEN.format(""),
            "src/_kept/_posts/2021-11-09-q.md": OPEN.format(""),
            "_posts/2021-11-09-r.md": OPEN.format(""),
        }
    )
    _, found = brought(make_site, old.root)
    assert set(found) == {"p", "q"}


def test_hugo_reads_nothing_but_the_folder_that_is_mounted(make_site: MakeSite, tmp_path: Path) -> None:
    settings = MOUNT.replace('source = "content"', 'source = "shown"')
    files = {"hugo.toml": settings, "shown/p.md": OPEN.format(""), "content/q.md": OPEN.format("")}
    _, found = brought(make_site, Site(tmp_path / "old").write(files).root)
    assert set(found) == {"p"}


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ("", "pubdate: 2091-01-02"),
        ("", "published: 2091-01-02"),
        ('[frontmatter]\npublishDate = ["goLive", ":default"]\n', "golive: 2091-01-02"),
        ("", "unpublishdate: 2020-01-02"),
        ('[frontmatter]\nexpiryDate = ["gone"]\n', "gone: 2020-01-02"),
        ("", 'expiryDate: "02 Jan 2020"'),
        ("", 'publishDate: "02 Jan 2091"'),
    ],
)
def test_each_key_by_which_hugo_holds_or_takes_away_a_page_does(
    make_site: MakeSite, tmp_path: Path, settings: str, key: str
) -> None:
    files = {
        "hugo.toml": settings,
        "content/p.md": OPEN.format(f"{key}\n"),
        "content/q.md": OPEN.format("lastmod: x\n"),
    }
    said, found = brought(make_site, Site(tmp_path / "old").write(files).root)
    assert set(found) == {"p", "q"} and "expires" not in found["q"]
    assert "date: 2091-01-02" in found["p"] or DRAFT in found["p"]
    assert "has no place here" not in said and DRAFT not in found["q"]


def test_defaults_of_jekyll_and_names_without_a_date_hold_posts(make_site: MakeSite, tmp_path: Path) -> None:
    rules = "- {scope: {path: '_posts/*/in-*'}, values: {published: false}}\n- {scope: {}, values: {author: سلمى}}\n"
    old = Site(tmp_path / "old").write(
        {
            "_config.yml": f"defaults:\n{rules}",
            "_posts/a/in-work/2021-11-09-p.md": OPEN.format(""),
            "_posts/2021-11-09-q.md": OPEN.format(""),
            "_posts/idea.md": OPEN.format(""),
        }
    )
    said, found = brought(make_site, old.root)
    assert held(found) == {"p", "idea"} and 'authors: ["سلمى"]' in found["q"] and said.count(HIDDEN) == 1


def test_settings_of_pelican_hold_articles(make_site: MakeSite, tmp_path: Path) -> None:
    """`DEFAULT_METADATA` is how Pelican's own manual makes each article a draft until it says that it is none."""
    head = "Title: خبر\nDate: 2021-11-09\n{}\nنص\n"
    settings = "DEFAULT_METADATA = {'status': 'draft'}\nEXTRA_PATH_METADATA = {'in/': {'status': 'hidden'}}\n"
    old = Site(tmp_path / "old").write(
        {
            "pelicanconf.py": settings + "IGNORE_FILES = list(NAMES)\n",
            "content/p1.md": head.format(""),
            "content/p2.md": head.format("Status: published\n"),
            "content/p3.md": head.format("Status: skip\n"),
            "content/p4.md": head.format("Status: embargo\n"),
            "content/in/p5.md": head.format(""),
        }
    )
    said, found = brought(make_site, old.root)
    assert held(found) == {"p1", "p3", "p4", "p5"} and len(found) == 5
    assert said.count(HIDDEN) == 2 and "pelicanconf.py: the setting IGNORE_FILES is not understood" in said


@pytest.mark.parametrize(
    ("settings", "file", "text"),
    [
        ("_config.yml", "_posts/2021-11-09-p.md", "{% comment %}سر{% endcomment %}"),
        ("_config.yml", "_posts/2021-11-09-p.md", "{%- comment -%}\nسر\n{%- endcomment -%}"),
        ("_config.yml", "_posts/2021-11-09-p.md", "{% comment %}سر{% comment %}س{% endcomment %}سر{% endcomment %}"),
        ("_config.yml", "_posts/2021-11-09-p.html", "<p>{% comment %}سر{% endcomment %}</p>"),
        ("_config.yml", "_posts/2021-11-09-p.md", "\n\n{::comment}\nسر\n\nسر\n{:/comment}\n\n"),
        ("_config.yml", "_posts/2021-11-09-p.md", "{::comment}سر{:/} و{::nomarkdown}س{:/}"),
        ("hugo.toml", "content/p.md", "{{% comment %}} سر {{% /comment %}} {{< comment >}}\nسر\n{{< /comment >}}"),
    ],
)
def test_a_comment_of_a_template_stays_with_its_writers(
    make_site: MakeSite, tmp_path: Path, settings: str, file: str, text: str
) -> None:
    old = Site(tmp_path / "old").write({settings: "", file: OPEN.format("") + f"قبل {text} بعد\n"})
    said, found = brought(make_site, old.root)
    assert "سر" not in found["p"] and "قبل" in found["p"] and "بعد" in found["p"]
    assert "a comment, which no reader saw, was left out" in said


@pytest.mark.parametrize(
    ("part", "is_held"),
    [
        ('<span style="color:red; display: none">سر</span>', True),
        ("<div\nhidden>\n\nسر\n\n</div>", True),
        ("<p class='a' style='visibility:hidden'>سر</p>", True),
        ('<p style="display: block" class="hidden-gems">ظاهر</p>', False),
        ('<p class="a hidden">سر</p>', True),
        ("a < b hidden > c", False),
    ],
)
def test_a_text_with_a_part_that_browsers_hide_is_held(
    make_site: MakeSite, tmp_path: Path, part: str, is_held: bool
) -> None:
    old = Site(tmp_path / "old").write({"hugo.toml": "", "content/p.md": OPEN.format("") + f"نص {part} بعد\n"})
    said, found = brought(make_site, old.root)
    assert (held(found) == {"p"}) is is_held is ("a part of it was hidden" in said)


def test_a_comment_that_is_shown_or_never_ends_stays(make_site: MakeSite, tmp_path: Path) -> None:
    text = "{% raw %}{% comment %}مثال{% endcomment %}{% endraw %} {% comment %}باقٍ"
    old = Site(tmp_path / "old").write({"_config.yml": "", "_posts/2021-11-09-p.md": OPEN.format("") + text})
    _, found = brought(make_site, old.root)
    assert "مثال" in found["p"] and "باقٍ" in found["p"]


# ---------------------------------------------------------------- Ghost, Blogger, WordPress


def test_a_part_that_ghost_sent_to_members_holds_the_post(make_site: MakeSite, tmp_path: Path) -> None:
    gate = '<!--kg-gated-block:begin nonMember:{} memberSegment:"status:-free" --><p>جزء</p><!--kg-gated-block:end-->'
    usual = {"title": "خبر", "status": "published", "published_at": "2021-11-09T11:00:00.000Z"}
    posts = [
        {**usual, "id": word, "slug": word, "html": f"<p>نص</p>\n{gate.format(word)}\n"} for word in ("true", "false")
    ]
    (tmp_path / "ghost.json").write_text(json.dumps({"db": [{"data": {"posts": posts}}]}), encoding="utf-8")
    said, found = brought(make_site, tmp_path / "ghost.json")
    assert held(found) == {"false"} and len(found) == 2 and said.count(PART) == 1


def test_a_post_that_blogger_does_not_show_is_a_draft(make_site: MakeSite, tmp_path: Path) -> None:
    states = {"p1": "LIVE", "p2": "HARD_TRASHED", "p3": "LOCKED"}
    entries = "".join(
        f"<entry><id>post-{name}</id><blogger:type>POST</blogger:type><blogger:status>{state}</blogger:status>"
        f"<title>خبر</title><published>2021-11-09T10:00:00Z</published><content>نص</content>"
        f"<blogger:filename>/2021/11/{name}.html</blogger:filename></entry>"
        for name, state in states.items()
    )
    atom = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:blogger="http://schemas.google.com/blogger/2018">'
    old = Site(tmp_path).write({"feed.xml": f"{atom}<id>//www.blogger.com/1</id>{entries}</feed>"}).root / "feed.xml"
    said, found = brought(make_site, old)
    assert held(found) == {"p2", "p3"} and len(found) == 3 and said.count("was in the bin") == 1


def export(tmp_path: Path, *items: str) -> Path:
    spaces = "".join(
        f'xmlns:{name}="{url}" '
        for name, url in (
            ("wp", "http://wordpress.org/export/1.2/"),
            ("content", "http://purl.org/rss/1.0/modules/content/"),
            ("dc", "http://purl.org/dc/elements/1.1/"),
        )
    )
    people = "".join(
        f"<wp:author><wp:author_login>{login}</wp:author_login>"
        f"<wp:author_display_name>{name}</wp:author_display_name></wp:author>"
        for login, name in (("typist", "محررة"), ("sami", "سامي الراوي"))
    )
    text = f'<rss version="2.0" {spaces}><channel>{people}{"".join(items)}</channel></rss>'
    return Site(tmp_path).write({"export.xml": text}).root / "export.xml"


def post(name: str, body: str, more: str = "", kind: str = "post", date: str = "2021-11-09 11:00:00") -> str:
    return (
        f"<item><title>خبر {name}</title><link>https://old.example/{name}/</link><dc:creator>typist</dc:creator>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded><wp:post_id>{name[1:]}</wp:post_id>"
        f"<wp:post_date>2021-11-09 14:00:00</wp:post_date><wp:post_date_gmt>{date}</wp:post_date_gmt>"
        f"<wp:post_name>{name}</wp:post_name><wp:status>publish</wp:status><wp:post_type>{kind}</wp:post_type>{more}</item>"
    )


def field(key: str, value: str) -> str:
    return f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value></wp:postmeta>"


def test_a_part_that_wordpress_hid_or_kept_for_some_holds_the_post(make_site: MakeSite, tmp_path: Path) -> None:
    block = "<!-- wp:paragraph {} --><p>جزء</p><!-- /wp:paragraph -->"
    hidden = block.format('{"metadata":{"blockVisibility":false}}')
    items = [
        post("p1", hidden),
        post("p2", block.format('{"blockVisibility":{"hideBlock":true}}')),
        post("p3", "<!-- wp:premium-content/container --><p>جزء</p><!-- /wp:premium-content/container -->"),
        post("p4", "<p>نص</p><!-- wp:jetpack/paywall /--><p>جزء</p>"),
        post("p5", "نص [members]جزء[/members]"),
        post("p6", "نص", field("_jetpack_newsletter_access", "paid_subscribers")),
        post("p7", "نص", field("_members_access_role", "subscriber")),
        post("p8", '<!-- wp:block {"ref":40} /-->'),
        post("p40", f"نص{hidden}", kind="wp_block"),
        post("p41", "نص", kind="wp_block"),
        post("p42", '<!-- wp:block {"ref":41} /-->'),
        post("p50", block.format('{"metadata":{"name":"س"}}'), field("_jetpack_newsletter_access", "everybody")),
        post("p51", "الأعضاء [سر] و[member]"),
    ]
    said, found = brought(make_site, export(tmp_path, *items))
    assert held(found) == {f"p{n}" for n in (*range(1, 9), 51)} and "p50" in found and said.count(PART) == 9


@pytest.mark.parametrize(
    "name", ["pms-restrict", "passster", "wpmem_logged_in", "ur_restrict", "arm_restrict_content", "content_protector"]
)
def test_what_a_shortcode_keeps_for_some_holds_the_post(make_site: MakeSite, tmp_path: Path, name: str) -> None:
    items = [post("p1", f'نص [{name} a="1"]جزء[/{name}]'), post("p2", f"نص ({name}) و[quote]قول[/quote]")]
    said, found = brought(make_site, export(tmp_path, *items))
    assert held(found) == {"p1"} and len(found) == 2 and said.count(PART) == 1


def test_fields_of_wordpress_hold_a_post_or_take_it_away(make_site: MakeSite, tmp_path: Path) -> None:
    end, kind = field("_expiration-date", "1893456000"), "_expiration-date-type"
    items = [
        post("p1", "نص", field("_wpmem_block", "1")),
        post("p2", "نص", field("_wpmem_block", "0") + end),
        post("p3", "نص", end + field(kind, "stick")),
        post("p4", "نص", field("_expiration-date", "9" * 30)),
    ]
    _, found = brought(make_site, export(tmp_path, *items))
    assert held(found) == {"p1"} and [name for name, text in found.items() if "\nexpires: 2030-01-01" in text] == ["p2"]


def test_a_post_is_credited_to_those_who_wrote_it(make_site: MakeSite, tmp_path: Path) -> None:
    """Terms of Co-Authors Plus hold logins; who typed the text of a guest did not write it."""
    term = '<category domain="author" nicename="cap-{0}"><![CDATA[{0}]]></category>'
    guest = field("cap-user_login", "layla") + field("cap-display_name", "ليلى حسن")
    items = [
        post("p1", "نص"),
        post("p2", "نص", term.format("layla")),
        post("p3", "نص", term.format("sami") + term.format("layla")),
        post("p4", "نص", '<category domain="author" nicename="sami">سامي ناصر</category>'),  # of PublishPress
        post("p9", "", guest, kind="guest-author"),
    ]
    _, found = brought(make_site, export(tmp_path, *items))
    assert [
        line for name in ("p1", "p2", "p3", "p4") for line in found[name].split("\n") if line.startswith("authors")
    ] == [
        'authors: ["محررة"]',
        'authors: ["ليلى حسن"]',
        'authors: ["سامي الراوي", "ليلى حسن"]',
        'authors: ["سامي ناصر"]',
    ]


def test_a_post_without_a_time_of_the_world_has_that_of_its_place(make_site: MakeSite, tmp_path: Path) -> None:
    items = (post("p1", "نص", date="-001-11-30T00:00:00+00:00"), post("p2", "نص", date="0000-00-00 00:00:00"))
    _, found = brought(make_site, export(tmp_path, *items))
    assert all("date: 2021-11-09 14:00:00" in found[name] for name in ("p1", "p2"))


# ---------------------------------------------------------------- patterns


@pytest.mark.parametrize(
    ("pattern", "path", "below", "whole"),
    [
        ("/blog/**", "blog/a/b", True, True),
        ("**/x*", "a/b/x1", True, True),
        ("a", "a/b", True, False),
        ("a/*", "a/b", True, True),
        ("a/*", "a", False, False),
        ("{a,b}/c", "b/c", True, True),
        ("ab", "abc", False, False),
        ("**", "a/b", True, True),
    ],
)
def test_a_pattern_fits_a_path(pattern: str, path: str, below: bool, whole: bool) -> None:
    assert kept_back.fits(pattern, path, below=True) is below
    assert kept_back.fits(pattern, path) is whole


def test_no_pattern_of_a_stranger_takes_a_time_that_matters() -> None:
    path = "/".join(["a" * 200] * 20)
    assert not kept_back.fits("/".join(["**", "*a*a*a*b"] * 200), path)
    assert not kept_back.fits("{a,b}" * 400 + "c", path)
    assert kept_back.is_ignored(".*a" * 2_000 + ".*b", f"/{path}") is False
    assert kept_back.is_ignored("(a+)+$", f"/{path}") is None
