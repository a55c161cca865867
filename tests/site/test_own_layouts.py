"""Layouts that a paper extends: blocks, styles, filters, keys of its own, files of data."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.support.sites import CONFIG, Site, article
from tests.support.whole_site import FONTS

MakeSite = Callable[..., Site]
PAGE = "2021/10/18/a/index.html"
FILES: dict[str, str | bytes] = {**FONTS, "content/a.md": article("خبر معلن", id="a", slug="a", source="الجزيرة")}
BLOCKS = ("head_end", "body_start", "masthead_end", "before_article", "after_body", "side_end", "footer_end")
CHILD = '{% extends "shipped/NAME" %}\n'


def block(name: str, text: str) -> str:
    return f"{{% block {name} %}}{text}{{% endblock %}}\n"


def test_each_empty_block_stands_where_its_name_says(make_site: MakeSite) -> None:
    child = CHILD.replace("NAME", "article.html") + "".join(block(name, f"<i>{name}</i>") for name in BLOCKS)
    site = make_site({**FILES, "layouts/article.html": child})
    site.build()
    page = site.read(PAGE)
    assert re.findall(r"<i>(\w+)</i>", page) == [
        *("head_end", "body_start", "masthead_end", "before_article", "after_body", "side_end", "footer_end")
    ]
    around = {
        "head_end": r"</i>\s*</head>", "body_start": r"<body>\s*<i>", "masthead_end": r"</i>\s*</header>",
        "before_article": r'<i>before_article</i>\s*<article class="story"', "after_body": r"</div>\s*<i>after_body",
        "side_end": r"</i>\s*</aside>", "footer_end": r"</i>\s*</footer>\s*</body>",
    }  # fmt: skip
    assert all(re.search(pattern, page) for pattern in around.values())
    assert "<i>" not in site.read("index.html")


def test_a_block_of_the_base_is_filled_for_every_page_at_once(make_site: MakeSite) -> None:
    base = CHILD.replace("NAME", "partials/base.html") + block("footer_end", "<i>{{ view.chrome.title }}</i>")
    site = make_site({**FILES, "layouts/partials/base.html": base})
    site.build()
    for path in (PAGE, "index.html", "404.html", "sport/index.html"):
        assert site.read(path).count("<i>صحيفة التجربة</i>") == 1


def test_blocks_of_an_email(make_site: MakeSite) -> None:
    child = CHILD.replace("NAME", "email.html") + block("before_stories", "<tr><td>إعلان</td></tr>")
    site = make_site({**FILES, "layouts/email.html": child + block("footer_end", "<p>وداعا</p>")})
    site.build()
    mail = site.read("2021/10/18/email.html")
    assert mail.index("إعلان") < mail.index("خبر معلن</a>") < mail.index("وداعا")


def test_a_style_sheet_of_the_papers_own_comes_last_on_every_page(make_site: MakeSite) -> None:
    site = make_site({**FILES, "layouts/assets/custom.css": "p { color: var(--accent) }"})
    site.build()
    for path in (PAGE, "index.html"):
        links = re.findall(r'<link rel="stylesheet" href="/news/assets/(\w+)\.', site.read(path))
        assert links[-1] == "custom" and links.count("custom") == 1
    bare = make_site(FILES)
    bare.build()
    assert "custom" not in bare.read(PAGE)


FILTERS = """\
import re

def shout(text, mark="!"):
    return text + mark

def _helper(text):
    return text
"""


def test_filters_keys_and_extra_reach_layouts_and_a_change_of_them_renders_what_shows_them(make_site: MakeSite) -> None:
    child = CHILD.replace("NAME", "article.html") + block(
        "after_body", "<i>{{ params.slogan|shout }} {{ view.extra.place }} {{ params.rows[1].n }}</i>"
    )
    card = (
        '{% include "shipped/partials/card.html" %}'
        "{% if story.extra.place is defined %}<u>{{ story.extra.place }}</u>{% endif %}\n"
    )
    config = CONFIG + "params: {slogan: مرحبا, rows: [{n: 1}, {n: 2}]}\n"
    files = {
        **FILES,
        "content/a.md": article("خبر معلن", id="a", slug="a", extra="{place: عدن}"),
        "content/pages/about.md": "---\ntitle: عنا\nlayout: plain\nextra: {n: 7}\n---\n\nنص.\n",
        "config.yaml": config,
        "layouts/article.html": child,
        "layouts/partials/card.html": card,
        "layouts/plain.html": CHILD.replace("NAME", "standing.html") + block("after_body", "<i>{{ view.extra.n }}</i>"),
        "layouts/filters.py": FILTERS,
    }
    site = make_site(files)
    site.build()
    assert "<i>مرحبا! عدن 2</i>" in site.read(PAGE)
    assert "<u>عدن</u>" in site.read("index.html") and "<i>7</i>" in site.read("about/index.html")
    for changes, path, wanted in (
        ({"config.yaml": config.replace("مرحبا", "أهلا")}, PAGE, "<i>أهلا! عدن 2</i>"),
        ({"layouts/filters.py": FILTERS.replace('"!"', '"؟"')}, PAGE, "<i>أهلا؟ عدن 2</i>"),
        ({"content/a.md": article("خبر معلن", id="a", slug="a", extra="{place: صور}")}, "index.html", "<u>صور</u>"),
    ):
        files |= changes
        site.write(changes).build()
        assert wanted in site.read(path)
        cold = make_site(files)
        cold.build()
        assert cold.digest() == site.digest()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def f(:\n", "layouts/filters.py:1:1: it cannot be run: invalid syntax"),
        ("x = 1\nraise ValueError('no')\n", "layouts/filters.py:2:1: it cannot be run: no (ValueError)"),
        ("def bidi(text):\n    return text\n", "layouts/filters.py:1:1: there is a filter 'bidi' already"),
        ("def upper(text):\n    return text\n", "there is a filter 'upper' already"),
    ],
)
def test_filters_that_cannot_be_had_stop_the_build(make_site: MakeSite, text: str, said: str) -> None:
    assert said in make_site({**FILES, "layouts/filters.py": text}).problems()[0]


DATA = CHILD.replace("NAME", "article.html") + block(
    "after_body",
    "{% for row in data.table %}<li>{{ row.city }}={{ row.n }}</li>{% endfor %}"
    "<b>{{ data.more.list[0] }}{{ data.yaml.key }}</b>",
)
TABLE = 'city,n\nعدن,3\n\nصور,"1,5"\n'
WITH_DATA: dict[str, str | bytes] = {
    **FILES,
    "content/a.md": article("خبر", id="a", slug="a", data="{table: t.csv, more: /tables/m.json, yaml: y.yml}").replace(
        "/tables", "tables"
    ),
    "content/t.csv": TABLE,
    "content/tables/m.json": '{"list": [5]}',
    "content/y.yml": "key: قيمة\n",
    "layouts/article.html": DATA,
}


def test_a_page_shows_files_of_data_and_is_rendered_again_when_one_changes(make_site: MakeSite) -> None:
    site = make_site(WITH_DATA)
    site.build()
    assert "<li>عدن=3</li><li>صور=1,5</li><b>5قيمة</b>" in site.read(PAGE)
    assert not [path for path in site.paths() if path.endswith((".csv", "m.json", ".yml"))]
    changes: dict[str, str | bytes] = {"content/t.csv": TABLE.replace("3", "4")}
    report = site.write(changes).build()
    assert report.written == (PAGE,) and "<li>عدن=4</li>" in site.read(PAGE)
    cold = make_site({**WITH_DATA, **changes})
    cold.build()
    assert cold.digest() == site.digest()


def test_what_no_page_can_hold_is_left_out_of_data(make_site: MakeSite) -> None:
    """Half a letter, written as an escape in JSON, ended the build in a traceback."""
    site = make_site({**WITH_DATA, "content/tables/m.json": r'{"list": ["\ud83d\u0000أ\u202eب"]}',
                      "content/t.csv": "city,n\nع\x00دن,\u202e3\n"})  # fmt: skip
    site.build()
    assert "<li>عدن=3</li><b>أبقيمة</b>" in site.read(PAGE)


def test_the_same_bytes_are_another_thing_under_another_ending(make_site: MakeSite) -> None:
    """A table held by its digest was shown where the same bytes are JSON, by which page came first."""
    shown = CHILD.replace("NAME", "article.html") + block("after_body", "<b>{{ data.t }}</b>")
    files: dict[str, str | bytes] = {
        **FILES, "layouts/article.html": shown, "content/t.csv": '["city"]', "content/t.json": '["city"]',
        "content/a.md": article("خبر", id="a", slug="a", data="{t: t.csv}"),
        "content/b.md": article("خبر آخر", id="b", slug="b", data="{t: t.json}"),
    }  # fmt: skip
    site = make_site(files)
    site.build()
    assert "<b>()</b>" in site.read(PAGE)
    assert "<b>(&#39;city&#39;,)</b>" in site.read(PAGE.replace("/a/", "/b/"))


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"content/t.csv": "city,city\n"}, "content/t.csv:1:1: its first row does not name each column"),
        ({"content/t.csv": "city,n\na\n"}, "content/t.csv:2:1: the row has 1 cell, the first row 2 cells"),
        ({"content/t.csv": 'city,n\n"a\nb",1\nc\n'}, "content/t.csv:4:1: the row has 1 cell, the first row 2 cells"),
        ({"content/t.csv": 'city,n\n"a\nb",1\n"c"d,2\n'}, "content/t.csv:4:1: it cannot be read: ',' expected after"),
        ({"content/t.csv": "city;n\na;1\n"}, "content/t.csv:1:1: ';' parts its columns, where a comma should"),
        ({"content/t.csv": "city\tn\na\t1\n"}, "parts its columns, where a comma should"),
        ({"content/tables/m.json": '{"list": [{"a": 1, "a ": 2}]}'}, "the name 'a' stands twice in one object"),
        ({"content/tables/m.json": "[" * 101 + "]" * 101}, "m.json: it cannot be read: nested too deeply"),
        ({"content/tables/m.json": "{"}, "content/tables/m.json:1:1: it cannot be read"),
        ({"content/tables/m.json": '{"list": [NaN]}'}, "content/tables/m.json: it cannot be read: NaN is no number"),
        ({"content/tables/m.json": '{"list": [-1e999]}'}, "m.json: it cannot be read: -1e999 is no number"),
        ({"content/y.yml": "a: b: c\n"}, "content/y.yml:1"),
        ({"content/a.md": article(data="{t: none.csv}")}, "there is no file of data 'none.csv'"),
        ({"content/a.md": article(data="{t: ../config.yaml}")}, "there is no file of data '../config.yaml'"),
        ({"content/a.md": article(data="{t: t.xlsx}")}, "'data.t' is 't.xlsx'; its ending must be one of"),
        ({"content/a.md": article(data="{T-1: t.csv}")}, "'T-1' is no name that a layout can use"),
        ({"content/a.md": article(data="t.csv")}, "'data' must be a mapping of names to files"),
        ({"content/pages/x.md": "---\ntitle: ص\nlayout: plian\n---\n\nنص\n"}, "there is no layout 'plian'"),
        ({"config.yaml": CONFIG + "params: [1]\n"}, "'params' must be a mapping"),
    ],
)
def test_what_is_wrong_with_data_is_told_where_it_stands(
    make_site: MakeSite, files: dict[str, str | bytes], said: str
) -> None:
    assert any(said in problem for problem in make_site({**WITH_DATA, **files}).problems())
