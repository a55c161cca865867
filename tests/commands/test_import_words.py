"""What readers of an old site saw beside a text comes with it, or a line says that it does not."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from mujaz.cli import cli
from mujaz.importing.lost_words import lost_words, unasked
from mujaz.importing.to_markdown import Converter
from mujaz.messages.message import Message, say
from tests.commands.test_import_kept_back import brought, export, field, held, post
from tests.support.cpu_time import within
from tests.support.sites import Site
from tests.support.whole_site import picture

MakeSite = Callable[..., Site]


def test_values_of_a_front_matter_are_words_and_no_source_of_a_program(make_site: MakeSite, tmp_path: Path) -> None:
    head = "title: [أول, ثان]\ndate: 2021-11-09\nauthor: {name: سامي الراوي, email: a@b.example}\ntags: [yes, true]\n"
    files = {"hugo.toml": "", "content/p.md": f"---\n{head}---\nنص\n"}
    _, found = brought(make_site, Site(tmp_path / "old").write(files).root)
    assert 'title: "أول, ثان"' in found["p"] and 'authors: ["سامي الراوي"]' in found["p"]
    assert 'tags: ["yes", "true"]' in found["p"]


def test_words_of_a_lead_picture_and_a_second_summary_come_or_are_told(make_site: MakeSite, tmp_path: Path) -> None:
    words = "caption: شرح اللقطة, credit: عدسة ليلى, place: الميناء"
    head = "title: خبر\ndate: 2021-11-09\nsummary: خلاصة\ndescription: وصف آخر\n"
    files: dict[str, str | bytes] = {"hugo.toml": "", "static/a.png": picture()}
    for name, src in (("p", "/a.png"), ("q", "/gone.png")):
        files[f"content/{name}.md"] = f"---\n{head}image: {{src: {src}, {words}}}\n---\nنص\n"
    said, found = brought(make_site, Site(tmp_path / "old").write(files).root)
    assert '"caption": "شرح اللقطة", "credit": "عدسة ليلى"' in found["p"]
    assert said.count("was left out: شرح اللقطة | عدسة ليلى") == 1
    assert said.count("'image.place' has no place here: الميناء") == 2
    assert said.count("'description' has no place here: وصف آخر") == 2


def test_the_last_word_of_a_long_tag_is_told(make_site: MakeSite, tmp_path: Path) -> None:
    long = f'title="{"كلمة " * 30}" author="وزير بعيد"'
    hugo = Site(tmp_path / "old").write(
        {"hugo.toml": "", "content/p.md": f"---\ntitle: خبر\ndate: 2021-11-09\n---\n{{{{< say {long} >}}}}قول\n"}
    )
    said, _ = brought(make_site, hugo.root)
    assert "وزير بعيد" in said
    said, _ = brought(make_site, export(tmp_path, post("p1", f"[say {long}]قول[/say]")))
    assert "وزير بعيد" in said


def test_two_posts_of_one_number_both_come_and_one_that_stands_twice_comes_once(
    make_site: MakeSite, tmp_path: Path
) -> None:
    site = make_site({})
    other = post("p2", "غيره").replace("<wp:post_id>2<", "<wp:post_id>1<")
    source = export(tmp_path, post("p1", "نص"), post("p1", "نص"), other)
    command = ["import", str(source), "--section", "sport", "--site", str(site.root)]
    first = CliRunner().invoke(cli, command)
    assert first.exit_code == 0 and first.output.count("stands there twice") == 1
    assert site.build().stories == 2
    before = {path: path.read_bytes() for path in site.root.glob("content/**/*.md")}
    assert CliRunner().invoke(cli, command).exit_code == 0
    assert {path: path.read_bytes() for path in site.root.glob("content/**/*.md")} == before


def test_letters_that_cannot_be_read_are_told(make_site: MakeSite, tmp_path: Path) -> None:
    source = export(tmp_path, post("p1", "نص"), post("p2", "نص", field("mood", "x")))
    raw = source.read_bytes().replace("خبر p2".encode(), b"\xd8\xae\xff p2")
    source.write_bytes(raw)
    said, found = brought(make_site, source)
    assert len(found) == 2 and "letters that cannot be read became \ufffd: 1, the first in line 1" in said


def test_a_word_that_nobody_knows_to_be_lost_is_told(
    make_site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Markdown is compared with what readers of the old site saw, whatever lost the words."""
    convert = Converter.convert
    monkeypatch.setattr(Converter, "convert", lambda self, root: convert(self, root).replace("المفقودة", ""))
    text = "<p>الكلمة <b>المفقودة</b> هنا</p><!-- سر --><script>x = 'سر'</script> و<i>المعروفة</i>"
    said, found = brought(make_site, export(tmp_path, post("p1", text)))
    assert "nor in this report: المفقودة" in said and "المعروفة" in found["p1"]
    monkeypatch.undo()
    said, _ = brought(make_site, export(tmp_path, post("p2", text)))
    assert "nor in this report" not in said


@pytest.mark.parametrize(
    ("body", "made", "told", "lost"),
    [
        ("<p>أول ثان</p>", "أول", [], ["ثان"]),
        ("<p>و<b>أول</b> ثان</p>", "وأول ثان", [], []),
        ("<p title='عنوان'>أول</p><style>ثان</style>", "أول", [], []),
        ("أول&nbsp;ثان &copy;", "أول\u00a0ثان ©", [], []),
        ("[caption id=a]أول[/caption] {{ site.url }} {% if x %} [نص](https://a.example/b)", "أول نص", [], []),
        ("أول ثان", "أول", [say("shortcode-left", text="ثان")], []),
        ("caf\u0065\u0301s", "caf\u00e9s", [], []),
    ],
)
def test_which_words_are_lost(body: str, made: str, told: list[Message], lost: list[str]) -> None:
    assert lost_words(body, made, told) == lost


def test_words_are_looked_for_in_linear_time() -> None:
    with within(3):
        for start in ("<a x ", "<a href=", '<a href="', "<a-b x ", "<a href=x y"):
            list(unasked(start * 100_000, (), ()))
        lost_words("<!--" * 100_000 + "<" * 100_000 + "كلمة " * 100_000, "", [])
        lost_words(" ".join(f"كلمة{number}" for number in range(20_000)), "كلام", [])
        lost_words(*(" ".join(f"{word}{n}" for n in range(60_000)) for word in ("كلمة", "كلام")), [])


def test_shortcodes_that_name_a_file_or_are_shown_as_written(make_site: MakeSite, tmp_path: Path) -> None:
    body = (
        "[audio https://o.example/a.mp3]\n\n[wpvideo OO4thna1 w=400]\n\nاكتب [[gallery]] أو [[caption]شرح[/caption]]"
        "\n\n<abbr title='هيئة الطيران'>هـ.ط</abbr>"
    )
    said, found = brought(make_site, export(tmp_path, post("p1", body)))
    assert "https://o.example/a.mp3" in found["p1"] and "https://videopress.com/v/OO4thna1" in found["p1"]
    assert r"اكتب \[gallery\] أو \[caption\]شرح\[/caption\]" in found["p1"] and "the shortcode" not in said
    assert '<abbr title="هيئة الطيران">هـ.ط</abbr>' in found["p1"]


def test_names_are_parted_as_their_system_parts_them(make_site: MakeSite, tmp_path: Path) -> None:
    head = "Title: خبر\nDate: 2021-11-09\nAuthor: الحسن, ليلى; سامي\nTags: نفط, غاز; نقل\n"
    _, found = brought(
        make_site, Site(tmp_path / "p").write({"pelicanconf.py": "", "content/p.md": f"{head}\nنص\n"}).root
    )
    assert 'tags: ["نفط, غاز", "نقل"]' in found["p"] and 'authors: ["الحسن, ليلى", "سامي"]' in found["p"]
    post = "---\ntitle: خبر\ncategory: شؤون عامة\n---\nنص\n"
    jekyll = Site(tmp_path / "j").write({"_config.yml": "", "_posts/2021-11-09-p.md": post})
    said, _ = brought(make_site, jekyll.root)
    assert "شؤون was left out" not in said and "عامة was left out" not in said


def test_words_that_are_values_of_a_block_are_told(make_site: MakeSite, tmp_path: Path) -> None:
    body = (
        '<!-- wp:block {"ref":40,"content":{"عنوان":{"content":"كلام بدل غيره"}}} /-->'
        '<!-- wp:acf/quote {"name":"acf/quote","data":{"text":"قول الوزير","_text":"field_1"}} /-->'
        '<!-- wp:acf/card {"data":{"title":"رأس البطاقة"}} --><p>متن</p><!-- /wp:acf/card -->'
    )
    said, found = brought(make_site, export(tmp_path, post("p1", body), post("p40", "أصل", kind="wp_block")))
    for words in ("the block block كلام بدل غيره", "acf/quote قول الوزير was", "acf/card رأس البطاقة"):
        assert words in said
    assert "أصل" in found["p1"] and "متن" in found["p1"]


def test_pictures_that_an_export_names_and_does_not_hold_are_told(make_site: MakeSite, tmp_path: Path) -> None:
    one = "<item><wp:post_id>7</wp:post_id><wp:post_type>attachment</wp:post_type></item>"
    body = post("p1", '[gallery ids="7,98"]', field("_thumbnail_id", "99"))
    said, _ = brought(make_site, export(tmp_path, body, one))
    assert "the picture ?attachment_id=98 is not here" in said and "?attachment_id=99" in said


def test_a_fence_on_the_line_of_an_item_ends_where_it_ends(make_site: MakeSite, tmp_path: Path) -> None:
    body = '- ~~~\n  كود {{< x >}}\n  ~~~\n- {{< figure src=gone.png caption="شرح" >}} و[رابط](/gone/)\n'
    hugo = {"hugo.toml": "", "content/p.md": f"---\ntitle: خبر\ndate: 2021-11-09\n---\n{body}"}
    said, found = brought(make_site, Site(tmp_path / "old").write(hugo).root)
    assert "gone.png is not here" in said and "a link to /gone/" in said
    assert "figure" not in found["p"] and "شرح" in found["p"] and "كود {{< x >}}" in found["p"]


def test_each_series_of_hugo_comes_or_is_told(make_site: MakeSite, tmp_path: Path) -> None:
    head = "title: خبر\ndate: 2021-11-09\nseries: [أولى, ثانية]\n"
    hugo = {"hugo.toml": "", "content/p.md": f"---\n{head}---\nنص\n"}
    said, found = brought(make_site, Site(tmp_path / "old").write(hugo).root)
    assert 'series: "أولى"' in found["p"] and "'series' has no place here: ثانية" in said


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("authors: [سلمى]\nauthor: سامي\n", ["'author'", "سامي"]),
        ("author: سلمى\nparams: {author: كريم}\n", ["'params.author'", "كريم"]),
        ("author: {name: سلمى, role: مصورة}\n", ["'author.role'", "مصورة"]),
        ("image: a.png\ncover: {image: b.png, caption: الغلاف}\n", ["'cover.caption'", "الغلاف", "b.png"]),
        ("image: {src: a.png, credit: وائل, attribution: رويترز}\n", ["'image.attribution'", "رويترز"]),
        ("images: [a.png, b.png]\n", ["'images'", "b.png"]),
        ("categories: [سياسة]\ncategory: ملحق\n", ["'category'", "ملحق"]),
        ("authors: [سلمى, سامي]\nimage: {src: a.png, credit: وائل}\n", []),
    ],
)
def test_what_a_front_matter_says_twice_is_told(
    head: str, told: list[str], make_site: MakeSite, tmp_path: Path
) -> None:
    page = f"---\ntitle: خبر\ndate: 2021-11-09\n{head}---\nنص\n"
    old = Site(tmp_path / "old").write({"hugo.toml": "", "content/p.md": page, "static/a.png": picture()})
    said, _ = brought(make_site, old.root)
    assert all(one in said for one in told) and ("has no place here" in said) is bool(told)


def test_files_of_a_bundle_that_no_text_names_are_told(make_site: MakeSite, tmp_path: Path) -> None:
    page = (
        "---\ntitle: خبر\ndate: 2021-11-09\nimage: lead.png\n---\n![](in/b%25.png) [أرقام](x.bin)\n\n{{< gallery >}}\n"
    )
    files = {f"content/p/{name}": picture() for name in ("lead.png", "in/b%.png", "feature.png", ".DS_Store", "x.bin")}
    old = Site(tmp_path / "old").write({"hugo.toml": "", "content/p/تقرير.pdf": "", **files})
    old.write({"content/p/index.md": page, "content/index.md": "---\ntitle: خبر\ndate: 2021-11-09\n---\nنص\n"})
    said, _ = brought(make_site, old.root)
    assert said.count("a file that came with it was left out") == 2 and said.count("x.bin") == 1
    assert all(f"left out: content/p/{name}" in said for name in ("feature.png", "تقرير.pdf"))


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ('<a href="whatsapp://send?phone=1">راسلنا</a>', "whatsapp://send?phone=1"),
        ("<a class=x href='htpp://x.example/a'>خطأ</a>", "htpp://x.example/a"),
        (
            '<figure><img src="a.png"><figcaption>عن <a href="https://x.example/by">رخصة</a></figcaption></figure>',
            "/by",
        ),
        ('<map><area href="https://x.example/dubai"></map>', "https://x.example/dubai"),
        ('<amp-youtube data-videoid="4czjS9h4Fpg"></amp-youtube>', "an element <amp-youtube> was left out"),
        ('<fb:post href="https://f.example/1"></fb:post>', "an element <fb:post> was left out"),
    ],
)
def test_a_link_that_nobody_asked_for_is_told(make_site: MakeSite, tmp_path: Path, part: str, told: str) -> None:
    said, _ = brought(make_site, export(tmp_path, post("p1", f"نص {part}")))
    assert told in said


def test_links_that_came_or_showed_nothing_are_not_told(make_site: MakeSite, tmp_path: Path) -> None:
    body = (
        '<a href="https://x.example/a?b=1&amp;c=2">رابط</a><a href="https://x.example/none"></a>'
        '<!-- <a href="x:y">س</a> --><a href="https://x.example/big.jpg"><img src="a.jpg"></a><o:p>نص</o:p>'
        '<h2><a href="mailto:a@b.example">بريد</a></h2>'
    )
    said, _ = brought(make_site, export(tmp_path, post("p1", body)))
    assert "a link of the old text" not in said and "an element" not in said


def test_a_link_in_what_is_plain_text_here_is_told(make_site: MakeSite, tmp_path: Path) -> None:
    one = {
        "id": 1, "title": "خبر", "slug": "port", "status": "published", "published_at": "2021-11-09T10:00:00Z",
        "html": "<p>نص</p>", "feature_image": "/a.png", "feature_image_caption": '<a href="https://x.example/by">ليلى</a>',
    }  # fmt: skip
    data = {
        "posts": [one], "tags": [{"id": "a", "name": "ميناء"}, {"id": "b", "name": "سفن"}],
        "posts_tags": [{"post_id": 1, "tag_id": tag, "sort_order": n} for n, tag in enumerate("ab")],
    }  # fmt: skip
    (tmp_path / "ghost.json").write_text(json.dumps({"db": [{"data": data}]}))
    said, found = brought(make_site, tmp_path / "ghost.json")
    assert "a link of the old text was left out: https://x.example/by" in said
    assert 'tags: ["ميناء", "سفن"]' in found["port"]


def test_what_a_page_builder_wrote_in_code_or_with_many_values_is_read(make_site: MakeSite, tmp_path: Path) -> None:
    coded = base64.b64encode(quote("<p>كلام من الترميز</p>").encode()).decode()
    avada = base64.b64encode("<p>كلام ثان 100%25</p>".encode()).decode()
    many = " ".join(f'a{number}="{"v" * 1_500}"' for number in range(60))
    body = (
        f"[vc_row][vc_raw_html]{coded}[/vc_raw_html][/vc_row] [fusion_code]{avada}[/fusion_code]"
        f"[vc_raw_html]ليس رمزًا[/vc_raw_html][et_pb_text {many}]نص القسم[/et_pb_text]"
    )
    _, found = brought(make_site, export(tmp_path, post("p1", body)))
    assert "كلام من الترميز" in found["p1"] and "كلام ثان 100%25" in found["p1"] and "ليس رمزًا" in found["p1"]
    assert "نص القسم" in found["p1"] and "et_pb" not in found["p1"] and coded not in found["p1"]


ELEMENTOR = '[{"settings":{"editor":"\\u003cp>كلام البناء","font":"Open Sans","e_display_conditions":[%s]}}]'
BRICKS = 'a:1:{i:0;a:2:{s:4:"text";s:9:"كلام البناء";s:11:"_conditions";a:%s}}'


@pytest.mark.parametrize(
    ("key", "value", "is_held"),
    [
        ("_elementor_data", ELEMENTOR % "", False),
        ("_elementor_data", ELEMENTOR % '"login"', True),
        ("_bricks_page_content_2", BRICKS % "0:{}", False),
        ("_bricks_page_content_2", BRICKS % '1:{i:0;s:1:"x";}', True),
        ("ct_builder_shortcodes", "[ct_text]كلام البناء[/ct_text]", False),
    ],
)
def test_words_that_a_page_builder_kept_are_told(
    make_site: MakeSite, tmp_path: Path, key: str, value: str, is_held: bool
) -> None:
    items = [
        post("p1", "", field(key, html.escape(value))),
        post("p2", "<p>كلام البناء</p>", field(key, html.escape(value))),
    ]
    said, found = brought(make_site, export(tmp_path, *items))
    assert said.count("2 words of the old text are neither in the article nor in this report: كلام البناء") == 1
    assert held(found) == ({"p1", "p2"} if is_held else set())


def test_fields_that_name_an_author_are_read_or_told(make_site: MakeSite, tmp_path: Path) -> None:
    term = '<category domain="author" nicename="cap-layla-h"><![CDATA[layla-h]]></category>'
    items = [
        post("p1", "نص", field("_molongui_author", "guest-9")),
        post("p2", "نص", field("_molongui_author", "guest-8")),
        post("p3", "نص", field("sfly_guest_author_names", "سامي نجيب")),
        post("p4", "نص", field("byline", "ترجمة ليلى") + field("author_box", "1") + field("_author_opts", "a:0:{}")),
        post("p5", "نص", term),
        post("p9", "", kind="guest_author"),
    ]
    said, found = brought(make_site, export(tmp_path, *items))
    names = {name: text.partition("authors: ")[2].partition("\n")[0] for name, text in found.items()}
    assert names == {
        "p1": '["خبر p9"]', "p2": '["محررة"]', "p3": '["سامي نجيب"]', "p4": '["محررة"]', "p5": '["layla-h"]',
    }  # fmt: skip
    assert said.count("has no place here") == 2 and "the login alone, which is no name: layla-h" in said
    assert "'_molongui_author' has no place here: guest-8" in said and "'byline' has no place here: ترجمة ليلى" in said


def test_the_credit_of_a_picture_in_the_text_is_told(make_site: MakeSite, tmp_path: Path) -> None:
    picture = '<figure><img class="size-full wp-image-7" src="/a.jpg">{}</figure>'
    file = post("p7", "", field("_media_credit", "عدسة ليلى"), kind="attachment")
    items = (post("p1", picture.format("")), post("p2", picture.format("<figcaption>عدسة ليلى</figcaption>")), file)
    said, _ = brought(make_site, export(tmp_path, *items))
    assert said.count("the credit of a picture in the text was left out: عدسة ليلى") == 1


def test_a_picture_that_a_page_fetched_late_is_the_one_that_is_meant(make_site: MakeSite, tmp_path: Path) -> None:
    late = '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-id="4" data-ezsrc="https://o.example/real.jpg">'
    said, _ = brought(make_site, export(tmp_path, post("p1", late)))
    assert "the picture https://o.example/real.jpg is not here" in said
