"""The table of `import --help`: what comes, what is listed and what is dropped, each phrase held by a small export."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from mujaz.cli import cli
from mujaz.commands.import_ import TABLE
from tests.support.recordings import mp4
from tests.support.sites import CONFIG, Site
from tests.support.whole_site import picture

MakeSite = Callable[..., Site]
Files = dict[str, str | bytes]

WORDPRESS = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>القديم</title>
<wp:author><wp:author_login>salma</wp:author_login><wp:author_display_name>سلمى</wp:author_display_name></wp:author>
<item><title>خبر الميناء</title><link>https://old.example/2021/11/port/</link><dc:creator>salma</dc:creator>
<content:encoded><![CDATA[<style>p{color:red}</style>

[caption id="a" width="9"]<img src="https://old.example/wp-content/uploads/2021/11/quay-300x200.png" alt="رصيف" />
شرح الرصيف[/caption]

[gallery ids="9,10"]

[slider id="4"]

[youtube https://youtu.be/4czjS9h4Fpg]

نص<sup data-fn="n1"><a href="#n1">1</a></sup> <!-- wp:block {"ref":12} /--><!-- wp:latest-posts /-->

<a href="https://old.example/wp-content/uploads/2021/11/report.pdf">التقرير</a>]]></content:encoded>
<wp:post_id>7</wp:post_id><wp:post_date>2021-11-09 14:00:00</wp:post_date><wp:post_name>port</wp:post_name>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="sport">رياضة</category>
<category domain="category" nicename="eco">اقتصاد</category>
<category domain="language" nicename="ar">العربية</category>
<category domain="post_translations" nicename="pll_1">x</category>
<category domain="author" nicename="cap-salma">salma</category>
<category domain="author" nicename="cap-sami">سامي</category><category domain="region" nicename="gulf">الخليج</category>
<wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key><wp:meta_value>harbour</wp:meta_value></wp:postmeta>
<wp:postmeta><wp:meta_key>_wp_old_date</wp:meta_key><wp:meta_value>2020-10-31</wp:meta_value></wp:postmeta>
<wp:postmeta><wp:meta_key>footnotes</wp:meta_key>
<wp:meta_value>[{"id":"n1","content":"نص الحاشية"}]</wp:meta_value></wp:postmeta>
<wp:postmeta><wp:meta_key>mood</wp:meta_key><wp:meta_value>custom-value</wp:meta_value></wp:postmeta>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_content>تعليق</wp:comment_content></wp:comment></item>
<item><title>quay</title><wp:post_id>9</wp:post_id><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status>
<excerpt:encoded>شرح الصالة</excerpt:encoded>
<wp:attachment_url>https://old.example/wp-content/uploads/2021/11/hall.png</wp:attachment_url></item>
<item><title>crane</title><wp:post_id>10</wp:post_id><wp:post_type>attachment</wp:post_type>
<wp:attachment_url>https://old.example/wp-content/uploads/2021/11/crane.png</wp:attachment_url></item>
<item><title>لبنة</title><wp:post_id>12</wp:post_id><wp:post_type>wp_block</wp:post_type><wp:status>publish</wp:status>
<content:encoded><![CDATA[<p>من لبنة مشتركة</p>]]></content:encoded></item>
<item><title>The port</title><link>https://old.example/en/port/</link><content:encoded>Text</content:encoded>
<wp:post_id>13</wp:post_id><wp:post_date>2021-11-09 15:00:00</wp:post_date><wp:post_name>port</wp:post_name>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="language" nicename="en">English</category>
<category domain="post_translations" nicename="pll_1">x</category>
</item>
<item><title>من نحن</title><wp:post_id>2</wp:post_id><wp:post_type>page</wp:post_type>
<wp:status>publish</wp:status></item>
</channel></rss>
"""
BLOGGER = """\
<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"
 xmlns:app="http://purl.org/atom/app#" xmlns:thr="http://purl.org/syndication/thread/1.0">
<generator uri="http://www.blogger.com">Blogger</generator>
<entry><id>t-1.layout</id><category scheme="http://schemas.google.com/g/2005#kind"
 term="http://schemas.google.com/blogger/2008/kind#template"/><title>قالب المدونة</title><content>x</content></entry>
<entry><id>t-1.settings</id><category scheme="http://schemas.google.com/g/2005#kind"
 term="http://schemas.google.com/blogger/2008/kind#settings"/><title>إعداد المدونة</title><content>x</content></entry>
<entry><id>t-1.page-3</id><category scheme="http://schemas.google.com/g/2005#kind"
 term="http://schemas.google.com/blogger/2008/kind#page"/><title>من نحن</title><content>x</content></entry>
<entry><id>t-1.post-8</id><published>2021-11-09T14:00:00+03:00</published>
<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#post"/>
<category scheme="http://www.blogger.com/atom/ns#" term="رياضة"/><title>تدوينة المباراة</title>
<content type="html">&lt;p&gt;نص&lt;br&gt;وسطر&lt;/p&gt;&lt;table class="tr-caption-container"&gt;&lt;tr&gt;&lt;td&gt;
&lt;img src="https://1.bp.blogspot.example/s320/stand.png" alt="مدرج"&gt;&lt;/td&gt;&lt;/tr&gt;&lt;tr&gt;
&lt;td class="tr-caption"&gt;شرح المدرج&lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;</content>
<link rel="alternate" href="https://old.blogspot.example/2021/11/match.html"/><author><name>سامي</name></author></entry>
<entry><id>t-1.post-9</id><published>2021-11-10T14:00:00+03:00</published><app:control><app:draft>yes</app:draft></app:control>
<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#post"/>
<title>مسودة</title><content type="html">نص</content></entry>
<entry><id>t-1.post-8.comment-1</id><thr:in-reply-to ref="t-1.post-8"/><title>تعليق</title><content>x</content>
<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#comment"/></entry>
</feed>
"""
FEED = """\
<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>وكالة</title>
<link>https://agency.example</link><image><url>https://agency.example/logo.png</url></image>
<copyright>حقوق الخلاصة</copyright>
<item><title>خبر الوكالة</title><link>https://agency.example/1</link><guid>a-1</guid>
<pubDate>Tue, 09 Nov 2021 11:00:00 GMT</pubDate><description>نص</description>
<media:content url="https://cdn.example/x/quay.png" medium="image"/>
<enclosure url="https://cdn.example/a.mp3" type="audio/mpeg" length="1"/></item>
<item><title>خبر ثان</title><link>https://agency.example/2</link><pubDate>Tue, 09 Nov 2021 11:00:00 GMT</pubDate>
<description>نص</description><media:content url="https://cdn.example/x/none.png" medium="image"/></item></channel></rss>
"""
GHOST = json.dumps(
    {
        "db": [
            {
                "meta": {},
                "data": {
                    "posts": [
                        {
                            "id": "1",
                            "uuid": "u1",
                            "title": "خبر غوست",
                            "slug": "ghost-post",
                            "html": "<p>نص <a href='__GHOST_URL__/paid/'>رابط</a></p>"
                            '<figure class="kg-card kg-gallery-card"><img src="__GHOST_URL__/content/images/a.png">'
                            '<img src="__GHOST_URL__/content/images/b.png"></figure>'
                            '<figure class="kg-card kg-bookmark-card"><a href="https://x.example/"><div '
                            'class="kg-bookmark-title">عنوان هناك</div><img src="https://x.example/icon.png"></a></figure>'
                            '<figure class="kg-video-card"><video src="__GHOST_URL__/content/media/t.mp4"></video>'
                            "<figcaption>شرح الرحلة</figcaption></figure>",
                            "status": "published",
                            "visibility": "public",
                            "published_at": "2021-11-09T11:00:00.000Z",
                            "feature_image": "__GHOST_URL__/content/images/2021/11/quay.png",
                        },
                        {
                            "id": "2",
                            "title": "للأعضاء",
                            "slug": "paid",
                            "html": "<p>نص</p>",
                            "status": "published",
                            "visibility": "paid",
                            "published_at": "2021-11-09T11:00:00.000Z",
                        },
                        {
                            "id": "3",
                            "title": "بلا رسم",
                            "slug": "raw",
                            "html": None,
                            "lexical": "{}",
                            "plaintext": "نص مجرد",
                            "status": "published",
                            "published_at": "2021-11-09T11:00:00.000Z",
                        },
                        {
                            "id": "4",
                            "title": "صفحة",
                            "slug": "about",
                            "html": "x",
                            "type": "page",
                            "status": "published",
                        },
                    ],
                    "tags": [{"id": "t", "name": "رياضة"}, {"id": "v", "name": "ميناء"}, {"id": "i", "name": "#داخلي"}],
                    "posts_tags": [{"post_id": "1", "tag_id": tag, "sort_order": n} for n, tag in enumerate("tvi")],
                    "users": [{"id": "a", "name": "ليلى"}],
                    "posts_authors": [{"post_id": "1", "author_id": "a"}],
                    "posts_meta": [{"post_id": "1", "feature_image_alt": "رصيف الميناء"}],
                    "settings": [{"key": "title", "value": "إعداد غوست"}],
                    "members": [{"email": "member@example.org"}],
                },
            }
        ]
    }
)

SOURCES: dict[str, tuple[str, Files]] = {
    "WordPress": (
        "e.xml",
        {
            "e.xml": WORDPRESS,
            "media/2021/11/quay.png": picture(),
            "media/2021/11/hall.png": picture(80, 60),
            "media/2021/11/crane.png": picture(90, 60),
            "media/2021/11/report.pdf": b"%PDF-1.4",
        },
    ),
    "Hugo": (
        ".",
        {
            "config/_default/hugo.toml": '[permalinks]\nposts = "/p/:slug/"\n',
            "content/_index.md": "---\ntitle: فهرس\n---\nنص الفهرس",
            "content/posts/One.md": "---\ntitle: أول\ndate: 2021-11-09\nslug: one\nexpiryDate: 2035-01-01\n"
            "series: [ملف]\naliases: [uno]\nauthor: salma\n"
            "layout: wide\ntype: special\nlocations: [دبي]\n---\nقبل <!--more--> بعد\n\n"
            '{{< figure src="/quay.png" alt="رصيف" caption="شرح هوغو" >}}\n\n{{< youtube 4czjS9h4Fpg >}}\n\n'
            "{{< weather doha >}}\n\n"
            '[ثان]({{< ref "posts/two.md" >}}) و`{{< code >}}`\n',
            "content/posts/three.ar.md": "---\ntitle: ثلاثة\ndate: 2021-11-09\n---\nنص\n",
            "content/posts/three.en.md": "---\ntitle: Three\ndate: 2021-11-09\n---\nText\n",
            "content/posts/four/index.md": "---\ntitle: أربعة\ndate: 2021-11-09\nheadless: true\n---\nنص\n",
            "content/posts/four/plan.bin": "",
            "data/authors.yml": "salma: {name: سلمى العلي}\n",
            "content/posts/four/note.md": "---\ntitle: ملحق\ndate: 2021-11-09\n---\nنص\n",
            "content/posts/two.md": "---\ntitle: ثان\ndate: 2021-11-09\npublishDate: 2035-01-02\n---\nنص\n",
            "static/quay.png": picture(),
        },
    ),
    "Jekyll": (
        ".",
        {
            "_config.yml": 'permalink: /:title\ndefaults:\n- scope: {path: "", type: posts}\n'
            "  values: {category: رياضة}\ncollections:\n  essays: {output: true}\n",
            "_essays/one.md": "---\ntitle: مقالة\n---\nنص\n",
            "_data/authors.yml": "salma: {name: سلمى العلي}\n",
            "about.md": "---\ntitle: عن الموقع\n---\nصفحة خارج الأخبار",
            "_posts/2021-11-08-ba.md": "---\ntitle: باء\nref: ba\nauthor: salma\nlayout: special-layout\n"
            "mood: مرح\n---\nنص\n",
            "_posts/2021-11-08-dal.md": "---\ntitle: Dal\nlang: en\nref: ba\n---\nText\n",
            "_drafts/2021-11-10-jim.md": "---\ntitle: جيم\n---\nنص\n",
            "_posts/2021-11-09-alif.md": "---\ntitle: ألف\n---\n[باء]({% post_url 2021-11-08-ba %}) و"
            "[باء ثانية]({% link _posts/2021-11-08-ba.md %}) و[صورة]({{ site.baseurl }}/x/)\n\n"
            "{% highlight python %}\nx = 1\n{% endhighlight %}\n\n"
            "{% include a.html %}\n\n"
            '{% include figure.html src="/assets/quay.png" alt="رصيف" caption="شرح جيكل" %}\n\n'
            '{% include youtube.html id="4czjS9h4Fpg" %}\n',
            "assets/quay.png": picture(),
        },
    ),
    "Pelican": (
        ".",
        {
            "pelicanconf.py": 'ARTICLE_URL = "{date:%Y}/{slug}/"\nSLUGIFY_USE_UNICODE = True\n',
            "content/long.md": "Title: عنوان طويل\nDate: 2021-11-09\nSummary:\n    سطر\n    وسطر ثان\nMood: مرح\n\n"
            "[آخر]({filename}other.md) ![رصيف]({static}/images/quay.png)\n",
            "content/other.md": "Title: آخر\nDate: 2021-11-09\nSlug: other\n\nنص\n",
            "content/other-en.md": "Title: Other\nDate: 2021-11-09\nSlug: other\nLang: en\n\nText\n",
            "content/pages/about.md": "Title: عن\n\nصفحة ثابتة قديمة\n",
            "content/a.rst": "عنوان\n",
            "content/images/quay.png": picture(),
        },
    ),
    "Ghost": (
        "e.json",
        {
            "e.json": GHOST,
            "media/2021/11/quay.png": picture(),
            "media/a.png": picture(50, 40),
            "media/b.png": picture(60, 40),
            "media/t.mp4": mp4(),
        },
    ),
    "Blogger": ("e.xml", {"e.xml": BLOGGER, "media/stand.png": picture()}),
    "feeds": ("e.xml", {"e.xml": FEED, "media/quay.png": picture()}),
}

# (system, column) → each phrase of the line, and what shows that it is true: of «comes» in a file or among the names,
# of «listed» in what is printed, of «dropped» what stands nowhere.
HELD: dict[tuple[str, str], dict[str, str]] = {
    ("WordPress", "comes"): {
        "posts with old slugs and days": '"/2021/11/harbour/", "/2020/10/port/", "/2020/10/harbour/"',
        "co-authors": '"سلمى", "سامي"',
        "captions": '(quay.png "شرح الرصيف")',
        "galleries": '(hall.png "شرح الصالة")\n- ![خبر الميناء](crane.png)\n{: .gallery }',
        "files in --media": "[التقرير](report.pdf)",
        "footnotes": "[^1]: نص الحاشية",
        "shared blocks": "من لبنة مشتركة",
        "[youtube] and its like": "\n\n<https://youtu.be/4czjS9h4Fpg>\n",
        "Polylang's translations": 'lang: "en"\ntranslation_of: "',
    },
    ("WordPress", "listed"): {
        "pages": "standing pages: 1",
        "comments": "comments were left out: 1",
        "other taxonomies and categories": "region was left out",
        "other shortcodes": '[slider id="4"]',
        "other blocks": "the block latest-posts",
    },
    ("WordPress", "dropped"): {"custom fields": "custom-value", "sizes of pictures": "300x200", "styles": "color:red"},
    ("Hugo", "comes"): {
        "articles by permalinks": '"/p/one/"',
        "aliases": '"/p/uno"',
        "publishDate": "date: 2035-01-02",
        "expiryDate": "expires: 2035-01-01",
        "ref": "[ثان](2035/01/two/index.md)",
        "figure": '![رصيف](quay.png "شرح هوغو")',
        "series": 'series: "ملف"',
        "youtube": "<https://www.youtube.com/watch?v=4czjS9h4Fpg>",
        "languages by suffix or folder": 'slug: "three-en"\nlang: "en"',
        "translations": 'lang: "en"\ntranslation_of: "',
        "writers by their names": 'authors: ["سلمى العلي"]',
        "what was hidden as a draft": 'aliases: ["/p/أربعة/"]\ndraft: true',
    },
    ("Hugo", "listed"): {
        "other shortcodes": "weather doha",
        "other keys of the front matter": "'locations' has no place here",
        "texts within bundles": "content/posts/four/note.md: it stands in the bundle of another article",
        "files of bundles": "a file that came with it was left out: content/posts/four/plan.bin",
    },
    ("Hugo", "dropped"): {"_index.md": "الفهرس", "layout and type": "special", "<!--more-->": "more--"},
    ("Jekyll", "comes"): {
        "_posts and _drafts by permalink and defaults": '"/jim"',
        "post_url": "[باء](2021/11/ba/index.md)",
        "link": "[باء ثانية](2021/11/ba/index.md)",
        "highlight": "```python\nx = 1\n```",
        "includes of pictures and films": '![رصيف](quay.png "شرح جيكل")\n\n<https://www.youtube.com/watch?v=4czjS9h4Fpg>',
        "lang": 'slug: "dal"\nlang: "en"',
        "translations by ref": 'lang: "en"\ntranslation_of: "',
        "writers by their names": 'authors: ["سلمى العلي"]',
    },
    ("Jekyll", "listed"): {
        "other Liquid tags": "{% include a.html %}",
        "other keys of the front matter": "'mood' has no place here",
        "other collections": "of kind essays: 1",
    },
    ("Jekyll", "dropped"): {
        "layout": "special-layout",
        "base addresses": "site.baseurl",
        "pages outside _posts": "خارج الأخبار",
    },
    ("Pelican", "comes"): {
        "articles by ARTICLE_URL": '"/2021/عنوان-طويل/"',
        "heads of several lines": '"سطر وسطر ثان"',
        "{static}": "![رصيف](quay.png)",
        "{filename}": "[آخر](2021/11/other/index.md)",
        "Lang": 'slug: "other-en"\nlang: "en"',
        "translations by slug": 'lang: "en"\ntranslation_of: "',
    },
    ("Pelican", "listed"): {
        "reStructuredText and other markup": "texts in .rst are not read",
        "other keys of the head": "'mood' has no place here",
    },
    ("Pelican", "dropped"): {"content/pages": "ثابتة قديمة"},
    ("Ghost", "comes"): {
        "posts with tags": 'tags: ["رياضة", "ميناء"]',
        "authors": 'authors: ["ليلى"]',
        "lead picture": '"src": "quay.png", "alt": "رصيف الميناء"',
        "what is for members as a draft": 'aliases: ["/paid/"]\ndraft: true',
        "galleries": "- ![خبر غوست](a.png)\n- ![خبر غوست](b.png)\n{: .gallery }",
        "bookmarks": "[عنوان هناك](https://x.example/)",
        "players": '![شرح الرحلة](t.mp4 "شرح الرحلة")',
    },
    ("Ghost", "listed"): {"pages": "standing pages: 1", "posts without HTML": "it has no HTML in the export"},
    ("Ghost", "dropped"): {
        "settings": "إعداد غوست",
        "internal tags": "داخلي",
        "members": "member@example.org",
        "pictures of bookmarks": "icon.png",
    },
    ("Blogger", "comes"): {
        "posts with labels": 'tags: ["رياضة"]',
        "drafts": 'slug: "مسودة"\ndraft: true',
        "captions of pictures": '![مدرج](stand.png "شرح المدرج")',
    },
    ("Blogger", "listed"): {"pages": "standing pages: 1", "comments": "comments were left out: 1"},
    ("Blogger", "dropped"): {"settings": "إعداد المدونة", "templates": "قالب المدونة"},
    ("feeds", "comes"): {
        "entries as drafts with their source": '"url": "https://agency.example/1"',
        "media:content found in --media": '"src": "quay.png"',
    },
    ("feeds", "listed"): {
        "sound and film that come with an entry": "cdn.example/a.mp3",
        "a lead picture that is not here": "cdn.example/x/none.png",
    },
    ("feeds", "dropped"): {"footers and pictures of the feed itself": "حقوق الخلاصة"},
}


def lines_of_the_table() -> dict[tuple[str, str], set[str]]:
    """The phrases of each system and column, which may have several lines."""
    found: dict[tuple[str, str], set[str]] = {}
    system = ""
    for row in TABLE.split("\n"):
        if line := re.fullmatch(r"  (\w+)?\s+(comes|listed|dropped)\s+(.+)", row):
            system = line[1] or system
            found.setdefault((system, line[2]), set()).update(re.split("[,;] ", line[3]))
    return found


def test_each_phrase_of_the_table_is_held_and_no_other() -> None:
    assert {key: set(phrases) for key, phrases in HELD.items()} == lines_of_the_table()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, dict[str, tuple[str, str]]]:
    """All seven systems brought into one site: what each run printed, and the texts and names of what it wrote."""
    site = Site(tmp_path_factory.mktemp("site")).write({"config.yaml": CONFIG})
    done: dict[str, tuple[str, str]] = {}
    for system, (name, files) in SOURCES.items():
        old = Site(tmp_path_factory.mktemp(system)).write(files).root
        before = set(site.root.rglob("content/**/*"))
        media = ["--media", str(old / "media")] if (old / "media").exists() else []
        command = [
            "import",
            str(old / name),
            "--section",
            "sport",
            *media,
            "--site",
            str(site.root),
            "--now",
            "2021-12-01",
        ]
        ended = CliRunner().invoke(cli, command)
        assert ended.exit_code == 0, (system, ended.output, ended.exception)
        new = sorted(path for path in set(site.root.rglob("content/**/*")) - before if path.is_file())
        texts = [path.read_text(encoding="utf-8") for path in new if path.suffix == ".md"]
        done[system] = ended.output, "\n".join([*texts, *(path.name for path in new)])
    return site, done


@pytest.mark.parametrize(("system", "column"), HELD)
def test_a_line_of_the_table_is_true(
    system: str, column: str, archive: tuple[Site, dict[str, tuple[str, str]]]
) -> None:
    printed, written = archive[1][system]
    for phrase, shown in HELD[system, column].items():
        if column == "comes":
            assert shown in written, (phrase, written)
        elif column == "listed":
            assert shown in printed, (phrase, printed)
        else:
            assert shown not in written + printed, phrase


def test_all_that_came_builds(archive: tuple[Site, dict[str, tuple[str, str]]]) -> None:
    report = archive[0].build()
    assert report.stories >= 8 and report.drafts >= 6
