"""Exports of every system that `import` reads, of stories that anybody could have written; for Hypothesis."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from typing import Any

from hypothesis import strategies as st

from tests.support.recordings import mp4
from tests.support.whole_site import picture

Files = dict[str, str | bytes]
Story = dict[str, Any]
HOME = "https://old.example"

WORDS = (
    "خبر", "", " ", "الميناء: يفتح", '"اقتباس"', "'", "# وسم", "- بند", "---", "null", "2021", "true", "[x]", "{{x}}",
    "&amp;", "<b>غامق</b>", "<script>x</script>", "a" * 300, "كلمة " * 60, "😀", "…", "\u202eمقلوب", "\u200f", "C++",
    "..", "/", "index", "x\x0by", "A&B <c>", "@", "لَا إله", "\u0640\u0640", "%2e%2e", "~", "|", "`x`",
    "{: .gallery }", "! خبر", "*", "1990. كان",
)  # fmt: skip
DATES = (
    "2021-11-09 14:00:00", "2021-11-09 14:00:00", "2021-11-09 14:00:00", "2021-11-10 00:00:00", "2019-02-28 23:59:59",
    "", "0000-00-00 00:00:00", "2021-02-30 10:00:00", "9999-12-31 23:59:59", "1899-01-01 00:00:00",
    "2035-01-01 10:00:00", "x",
)  # fmt: skip
SLUGS = (
    "a", "b", "A", "خبر", "", "index.html", "con", "..", "%2e%2e%2fx", "s" * 200, "email.html", "2021", "a b", "a-2",
    "x.y", "-", "feed.xml", "%D8%AE%D8%A8%D8%B1", "tags", "_a",
)  # fmt: skip
ADDRESSES = (
    "/a/", "/A/", "/a", "/a.html", "/a/b/", "/", "/about/", "/sport/", "/2021/", "/2021/11/09/", "/2021/w45/",
    "/2021/11/09/a/", "/feed.xml", "/en/feed.xml", "/robots.txt", "/index.html", "/404.html", "/tags/x/", "/s/a/",
    "/%ff/", "/x y/", "/x?y=1", "/" + "p" * 300 + "/", "//x.example/", "/../x/", "/a%2fb/", "/خبر/", "/con/",
    "/.hidden/", "/a\u202eb/", "x/y", "/en/", "/en/a/", "/sitemap.xml", "/assets/x/", "/a*b/", "http://[x/",
)  # fmt: skip
PICTURES = (
    "a.png", "bad.jpg", "gone.png", "صورة.png", "film.mp4", "bad.mp4", "a b.png", "..", "report.pdf", "anim.gif",
)  # fmt: skip
LANGUAGES = (
    "", "", "ar", "en", "fr", "zh-cn", "xx", "english",
)  # fmt: skip
STATES = (
    "publish", "publish", "publish", "draft", "private", "future", "trash", "pending", "inherit", "odd",
)  # fmt: skip

HTML = (
    "<p>نص</p>", "نص بلا وسم\n\nوفقرة", "<h1>رأس</h1>", "<h2>14:05 وقت</h2>", "<p>[^1]</p>", "<p>[^1]: x</p>",
    "<ul><li>أ<li>ب</ul>", "<ol start=1990><li>أ</li></ol>", "<blockquote><p>قول</p><cite>قائل</cite></blockquote>",
    "<table><tr><td>1<td>2</table>", "<table><tr><th>أ</th><th>ب</th></tr><tr><td colspan=2>1</td></tr></table>",
    "<pre>x\n```\ny</pre>", "<p>{: .gallery }</p>",
    "<iframe src='https://www.youtube.com/embed/4czjS9h4Fpg'></iframe>", "<iframe src='http://[x'></iframe>",
    "<iframe></iframe>",
    "<figure class='wp-block-embed'><div>\nhttps://youtu.be/4czjS9h4Fpg\n</div><figcaption>ش | و</figcaption></figure>",
    "<video src='/uploads/film.mp4' poster='/uploads/a.png'><track src='/gone.vtt' srclang=en></video>",
    "<audio src='/wp-content/uploads/bad.mp4'></audio>", "<object data='https://x.example/y'></object>",
    "<svg><path/></svg>", "<script>alert(1)</script>", "<form><input name=x>كلمات</form>", "<a href='#x'>هنا</a>",
    "<a href='/a/'>ألف</a>", "<a href='javascript:x'>خطر</a>", "<a href='/2021/11/09/b/'>باء</a>",
    "<a href='mailto:a@b.example'>بريد</a>", "<a href='http://[x'>x</a>",
    "<a href='/wp-content/uploads/report.pdf'>تقرير</a>", "<img src='data:image/png;base64,iVBORw0K'>",
    "<img src=''>", "<img>", "<div><div><div><p>عميق", "<b><p>أ</b>ب</p>", "<dl><dt>أ<dd>ب</dl>", "<hr>",
    "<details><summary>س</summary>ج</details>", "<sup data-fn='n'><a href='#n'>1</a></sup>", "[gallery]",
    "[gallery ids='5,6']", "[caption]<img src='/a.png'> شرح[/caption]",
    "[video mp4='/wp-content/uploads/film.mp4'][/video]", "[youtube 4czjS9h4Fpg]", "<!-- wp:block {\"ref\":5} /-->",
    "<!-- more",
    "<figure class='kg-bookmark-card'><a href='https://x.example'><p class='kg-bookmark-title'>ع</p></a></figure>",
    "<p>سطر<br>آخر<br></p>", "<p>*[هـ]: هيئة</p>", "<p>| أ | ب |</p><p>|---|---|</p>", "<h2></h2>",
    "<p>https://x.example/a_b</p>", "]]&gt;",
)  # fmt: skip
MARKDOWN = (
    "نص", "# رأس", "## 14:05 وقت", "[^1]\n\n[^1]: حاشية", "[^2]: بلا مرجع", "[^9]", "- أ\n- ب", "* TOC\n{:toc}",
    "> قول\n> — قائل", "~~خطأ~~", "```\nشيفرة", "    شيفرة", "![صورة](a.png \"شرح | مصدر\")", "![](gone.png)",
    "![x](bad.jpg)", "![f](film.mp4)", "![f](bad.mp4)", "- ![أ](a.png)\n- نص\n{: .gallery }", "{: .gallery }",
    "{: .pull }", "[ألف](a.md)", "[لا](nowhere.md)", "[x](http://[x)", "[y](#z)", "[خ](javascript:x)",
    "{{< youtube 4czjS9h4Fpg >}}", "{{< figure src=\"a.png\" caption=\"ش\" >}}", "{{< nothing", "{% include a.png %}",
    "{% post_url 2021-11-09-a %}", "{% raw %}{{ x }}{% endraw %}", "[r]({{< ref \"a.md\" >}})", "<div>نص",
    "<details>\n\nداخل\n\n</details>", "<video src=\"film.mp4\"></video>",
    "<iframe src=\"https://www.youtube.com/embed/4czjS9h4Fpg\"></iframe>", "<script>x</script>",
    "| أ | ب |\n|---|---|\n| 1 | 2 |", "[x]: http://x.example\n\n[x]", "*[هـ]: هيئة", "<!-- x",
    "https://youtu.be/4czjS9h4Fpg", "\\", "{#id}", "نص {#a .b}", "أ\n: ب", "1990. كان", "[TOC]", "<a name=x></a>",
    "![a][b]", "[ب]({filename}a.md)", "![ص]({static}/a.png)", "\x0b", "\u202e",
)  # fmt: skip


def _some(values: tuple[str, ...], most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), max_size=most)


stories = st.lists(
    st.fixed_dictionaries(
        {
            "title": _some(WORDS, 2).map(" ".join),
            "date": st.sampled_from(DATES),
            "updated": st.sampled_from(DATES),
            "slug": st.sampled_from(SLUGS),
            "old": _some(ADDRESSES, 3),
            "tags": _some(WORDS, 3),
            "categories": _some((*WORDS, "رياضة", "سياسة"), 2),
            "authors": _some(WORDS, 2),
            "summary": st.sampled_from(WORDS),
            "image": st.sampled_from(("", "", *PICTURES)),
            "state": st.sampled_from(STATES),
            "language": st.sampled_from(LANGUAGES),
            "work": st.sampled_from(("", "", "w", "v")),
            "html": _some(HTML, 5).map("\n\n".join),
            "markdown": _some(MARKDOWN, 5).map("\n\n".join),
        }
    ),
    min_size=1,
    max_size=4,
)


def files() -> Files:
    """What the stories may name: good and bad, by a name of each kind."""
    return {
        "a.png": picture(60, 40), "صورة.png": picture(50, 40), "bad.jpg": b"no picture", "film.mp4": mp4(),
        "bad.mp4": b"no film", "a b.png": picture(40, 40), "report.pdf": b"%PDF-1.4", "anim.gif": b"GIF89a",
    }  # fmt: skip


# ---------------------------------------------------------------- each system


def _cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]>', '')}]]>"


def _wordpress(stories: list[Story]) -> Files:
    items = [
        f"<item><title>{_cdata(s['title'])}</title><link>{HOME}{escape((s['old'] or ['/x/'])[0])}</link>"
        f"<content:encoded>{_cdata(s['html'])}</content:encoded><wp:post_id>{n}</wp:post_id>"
        f"<wp:post_date>{s['date']}</wp:post_date><wp:post_modified>{s['updated']}</wp:post_modified>"
        f"<wp:post_name>{escape(s['slug'])}</wp:post_name><wp:status>{s['state']}</wp:status><wp:post_type>post</wp:post_type>"
        f"<excerpt:encoded>{_cdata(s['summary'])}</excerpt:encoded>"
        + "".join(f"<category domain='category' nicename='x'>{_cdata(one)}</category>" for one in s["categories"])
        + "".join(f"<category domain='post_tag' nicename='x'>{_cdata(one)}</category>" for one in s["tags"])
        + "".join(f"<category domain='author' nicename='x'>{_cdata(one)}</category>" for one in s["authors"])
        + f"<category domain='language' nicename='{s['language']}'>x</category>"
        f"<category domain='post_translations' nicename='{s['work']}'>x</category>"
        "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>5</wp:meta_value></wp:postmeta>"
        '<wp:postmeta><wp:meta_key>footnotes</wp:meta_key><wp:meta_value>[{"id":"n","content":"ح"}]</wp:meta_value></wp:postmeta>'
        + "".join(
            f"<wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key><wp:meta_value>{escape(one)}</wp:meta_value></wp:postmeta>"
            for one in s["old"][1:]
        )
        + "</item>"
        for n, s in enumerate(stories, 100)
    ]
    media = [
        f"<item><title>x</title><wp:post_id>{id}</wp:post_id><wp:post_type>attachment</wp:post_type><wp:post_parent>100"
        f"</wp:post_parent><wp:attachment_url>{HOME}/wp-content/uploads/{escape(s['image'])}</wp:attachment_url></item>"
        for id, s in zip((5, 6), (stories[0], stories[-1]), strict=True)
    ]
    return {
        "e.xml": "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'"
        " xmlns:excerpt='http://wordpress.org/export/1.2/excerpt/' xmlns:wp='http://wordpress.org/export/1.2/'><channel>"
        + "".join((*items, *media)) + "</channel></rss>"
    }  # fmt: skip


def _front(s: Story, **more: Any) -> str:
    keys = {
        "title": s["title"], "date": s["date"], "lastmod": s["updated"], "tags": s["tags"],
        "categories": s["categories"], "authors": s["authors"], "summary": s["summary"], "image": s["image"],
        "aliases": s["old"], "draft": s["state"] == "draft", **more,
    }  # fmt: skip
    return (
        "---\n" + "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in keys.items()) + "---\n"
    )


def _name(s: Story, n: int) -> str:
    """A name that a disk can hold; two stories may share all but their number."""
    kept = "".join(c for c in s["slug"] if c.isalnum() or c in "-_. ").strip(". ")[:60]
    return kept.removeprefix("_") or f"n{n}"


def _hugo(stories: list[Story]) -> Files:
    made: Files = {"hugo.toml": "[languages.ar]\n[languages.en]\n[languages.fr]\ndisabled = true\n"}
    for n, s in enumerate(stories):
        suffix = f".{s['language']}" if s["language"] else ""
        place = f"{_name(s, n)}/index{suffix}.md" if n % 2 else f"{_name(s, n)}{suffix}.md"
        made[f"content/posts/{place}"] = (
            _front(s, translationKey=s["work"], slug=s["slug"], publishDate=s["updated"]) + s["markdown"]
        )
    return {**made, **{f"static/{name}": raw for name, raw in files().items()}}


def _jekyll(stories: list[Story]) -> Files:
    made: Files = {"_config.yml": "permalink: pretty\n"}
    for n, s in enumerate(stories):
        ending, body = (".html", s["html"]) if n % 3 == 2 else (".md", s["markdown"])
        folder = "_drafts" if s["state"] == "draft" else "_posts"
        head = _front(s, redirect_from=s["old"], lang=s["language"], ref=s["work"])
        made[f"{folder}/2021-11-09-{_name(s, n)}{ending}"] = head + body
    return {**made, **{f"assets/{name}": raw for name, raw in files().items()}}


def _pelican(stories: list[Story]) -> Files:
    made: Files = {"pelicanconf.py": "DEFAULT_LANG = 'ar'\n"}
    for n, s in enumerate(stories):
        lines = {
            "Title": s["title"], "Date": s["date"], "Modified": s["updated"], "Tags": ", ".join(s["tags"]),
            "Category": ", ".join(s["categories"]), "Authors": "; ".join(s["authors"]), "Summary": s["summary"],
            "Slug": s["work"] or s["slug"], "Lang": s["language"], "Status": s["state"], "Image": s["image"],
        }  # fmt: skip
        head = "".join(f"{key}: {' '.join(value.split())}\n" for key, value in lines.items() if value.strip())
        made[f"content/{_name(s, n)}.md"] = f"{head}\n{s['markdown']}"
    return {**made, **{f"content/{name}": raw for name, raw in files().items()}}


def _ghost(stories: list[Story]) -> Files:
    posts, tags, posts_tags = [], [], []
    for n, s in enumerate(stories):
        posts.append({
            "id": str(n), "title": s["title"], "slug": s["slug"], "html": s["html"] or None,
            "status": "published" if s["state"] == "publish" else s["state"], "published_at": s["date"],
            "updated_at": s["updated"], "custom_excerpt": s["summary"],
            "feature_image": f"__GHOST_URL__/content/images/{s['image']}" if s["image"] else None,
        })  # fmt: skip
        for name in (*s["categories"], *s["tags"]):
            tags.append({"id": f"t{len(tags)}", "name": name})
            posts_tags.append({"post_id": str(n), "tag_id": tags[-1]["id"]})
    return {"e.json": json.dumps({"db": [{"data": {"posts": posts, "tags": tags, "posts_tags": posts_tags}}]})}


def _clean(text: str) -> str:
    return escape("".join(c for c in text if c >= " " or c == "\n"))


def _blogger(stories: list[Story]) -> Files:
    term = "http://schemas.google.com/blogger/2008/kind#post"
    entries = [
        f"<entry><id>post-{n}</id><published>{s['date'].replace(' ', 'T')}</published><category term='{term}'/>"
        + "".join(
            f"<category scheme='http://www.blogger.com/atom/ns#' term='{_clean(one)}'/>" for one in s["categories"]
        )
        + f"<title>{_clean(s['title'])}</title><content type='html'>{_clean(s['html'])}</content>"
        f"<link rel='alternate' href='{HOME}{_clean((s['old'] or ['/x.html'])[0])}'/></entry>"
        for n, s in enumerate(stories)
    ]
    generator = "<generator uri='http://www.blogger.com'>Blogger</generator>"
    return {"e.xml": f"<feed xmlns='http://www.w3.org/2005/Atom'>{generator}{''.join(entries)}</feed>"}


def _feed(stories: list[Story]) -> Files:
    entries = [
        f"<item><title>{_clean(s['title'])}</title><guid>{n}</guid>"
        f"<link>{HOME}{_clean((s['old'] or ['/x/'])[0])}</link><description>{_clean(s['html'])}</description>"
        f"<pubDate>Tue, 0{n + 1} Nov 2021 11:00:00 GMT</pubDate>"
        + "".join(f"<category>{_clean(one)}</category>" for one in s["categories"])
        + f"<enclosure url='{HOME}/{_clean(s['image'])}' type='image/png'/></item>"
        for n, s in enumerate(stories)
    ]
    return {"e.xml": f"<rss version='2.0'><channel><title>وكالة</title>{''.join(entries)}</channel></rss>"}


# The name of what is imported, and what makes it.
SYSTEMS: dict[str, tuple[str, Callable[[list[Story]], Files]]] = {
    "wordpress": ("e.xml", _wordpress),
    "hugo": (".", _hugo),
    "jekyll": (".", _jekyll),
    "pelican": (".", _pelican),
    "ghost": ("e.json", _ghost),
    "blogger": ("e.xml", _blogger),
    "feed": ("e.xml", _feed),
}
