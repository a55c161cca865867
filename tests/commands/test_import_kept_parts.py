"""A part of a text that an old site showed to some, for a time or to nobody holds the text; so do keys that lock it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.test_import_kept_back import DRAFT, HIDDEN, LEFT_OUT, OPEN, PART, brought, export, field, held, post
from tests.support.sites import Site

MakeSite = Callable[..., Site]


UNSAFE = "[markup.goldmark.renderer]\nunsafe = true\n"  # of Hugo, which shows HTML in Markdown then alone


@pytest.mark.parametrize(
    ("settings", "file", "part", "is_held"),
    [
        ("_config.yml", "_posts/2021-11-09-p.md", "{% if false %}سر{% endif %}", True),
        ("_config.yml", "_posts/2021-11-09-p.md", "{%- unless page.open -%}\nسر\n{%- endunless -%}", True),
        ("_config.yml", "_posts/2021-11-09-p.md", "{% capture later %}سر{% endcapture %}", True),
        ("_config.yml", "_posts/2021-11-09-p.html", "<p>{% case site.kind %}{% when 1 %}سر{% endcase %}</p>", True),
        ("_config.yml", "_posts/2021-11-09-p.md", "{% raw %}{% if x %}{% endraw %} {% iframe a %}", False),
        ("_config.yml", "_posts/2021-11-09-p.md", "{% members %}سر{% endmembers %}", True),
        ("hugo.toml", "content/p.md", '{{% hugo-encryptor "a" %}}\nسر\n{{% /hugo-encryptor %}}', True),
        ("hugo.toml", "content/p.md", "{{< private >}}سر{{</private>}}", True),
        ("hugo.toml", "content/p.md", "{{% unheard-of %}}قد يكون سرًا{{% /unheard-of %}}", True),
        ("hugo.toml", "content/p.md", "{{< للمشتركين >}}سر{{< /للمشتركين >}}", True),
        ("hugo.toml", "content/p.md", "{{< paywall >}}\n\nسر", True),
        ("hugo.toml", "content/p.md", "{{% comment %}}س{{% /comment %}} ظاهر", False),
        ("_config.yml", "_posts/2021-11-09-p.md", "{% comment %}{% if a %}س{% endcomment %} ظاهر", False),
        ("_config.yml", "_posts/2021-11-09-p.md", "{% comment %}سر", True),
        ("hugo.toml", "content/p.md", "<div class=d-none>سر</div>", True),
        ("hugo.toml", "content/p.md", "{{< section draft=true >}}سر{{< /section >}}", True),
        ("hugo.toml", "content/p.md", '{{< box visible="false" >}}سر{{< /box >}}', True),
        ("hugo.toml", "content/p.md", '{{< notice class="big d-none" >}}سر{{< /notice >}}', True),
        ("hugo.toml", "content/p.md", '{{< box visible="true" class="hidden-ads" >}}قول{{< /box >}}', False),
        ("_config.yml", "_posts/2021-11-09-p.md", "{% for one in site.none %}سر{% endfor %}", True),
        ("hugo.toml", "content/p.md", "<div style=display:none>سر</div>", True),
        ("hugo.toml", "content/p.md", "<p style=\"font-family:'Amiri';display:none\">سر</p>", True),
        ("hugo.toml", "content/p.md", "<p style='position:absolute;left:-9999px'>سر</p>", True),
        ("hugo.toml", "content/p.md", "سر\n{.note .d-none}\n", True),
        ("_config.yml", "_posts/2021-11-09-p.md", '{: #a hidden="hidden"}\nسر\n', True),
        ("_config.yml", "_posts/2021-11-09-p.md", "{:.hidden}\nسر\n", True),
        ("_config.yml", "_posts/2021-11-09-p.md", 'سر\n{: style="color:red;display:none"}\n', True),
        ("_config.yml", "_posts/2021-11-09-p.md", 'قول\n{: .note style="font-size:0.9em"}\n{hidden things}', False),
        ("hugo.toml", "content/p.md", "<p class=hidden-ads style='font-size:0.9em;margin-left:-1000px'>قول</p>", False),
        ("hugo.toml", "content/p.md", "{{< quote >}}قول{{< /quote >}} {% if a %}", False),
        ("hugo.toml", "content/p.md", "قول <!-- [^1] --> `[^1]` \x1c9\x1c\n\n[^1]: سر\n", True),
        ("_config.yml", "_posts/2021-11-09-p.md", "قول[^1]\n\n[^1]: حاشية\n[^2]: سر\n", True),
        ("_config.yml", "_posts/2021-11-09-p.md", "قول[^1]: نعم\n\n> [^1]: حاشية\n\n```\n[^2]: رمز\n```\n", False),
        ("hugo.toml", "content/p.md", "قول \\[^1]\n\n[^1]: سر\n", True),
        ("hugo.toml", "content/p.md", "\n\n<div>قول[^1]</div>\n\n[^1]: سر\n", True),
        ("hugo.toml", "content/p.md", '{{< figure src="a.png" caption="قول[^1]" >}}\n\n[^1]: سر\n', True),
        ("hugo.toml", "content/p.md", "قول\n\n- [^1]: سر\n", True),
        ("hugo.toml", "content/p.md", "# قول[^h]\n\n|ا[^t]|\n|--|\n|ب|\n\n[^h]: ا [^n]\n[^t]: ب\n[^n]: ت\n", False),
        ("pelicanconf.py", "content/p.md", "قول\n\n[^1]: حاشية\n", False),
    ],
)
def test_what_a_tag_of_a_static_site_may_have_hidden_holds_the_text(
    make_site: MakeSite, tmp_path: Path, settings: str, file: str, part: str, is_held: bool
) -> None:
    is_hugo = settings == "hugo.toml"
    old = Site(tmp_path / "old").write({settings: UNSAFE * is_hugo, file: OPEN.format("") + f"نص {part} بعد\n"})
    said, found = brought(make_site, old.root)
    assert (DRAFT in found["p"]) is is_held is (PART in said)


@pytest.mark.parametrize(
    ("settings", "part", "is_held"),
    [
        ({"hugo.toml": ""}, "\n\n<div class=note>\nلم يتأكد\n</div>\n\n", True),
        ({"hugo.toml": ""}, "\n<p>لم يتأكد</p>\n", True),
        ({"hugo.toml": ""}, "\n\n- بند\n- <p>لم يتأكد</p>\n", True),
        ({"hugo.toml": ""}, "\n\n<b>\nلم يتأكد\n</b>\n\n", True),
        ({"hugo.toml": ""}, '\n\n<figure><img src="a.png"></figure>\n\n', True),
        ({"hugo.toml": ""}, "<b>قول</b>\n<span>قول</span>\n<b>\nقول", False),
        ({"hugo.toml": ""}, "\n\n<div dir=rtl>\n\nقول\n\n</div>\n\n<!--\n<p>سر</p>\n-->\n", False),
        ({"hugo.toml": ""}, "\n\n```\n<p>رمز</p>\n```\n\n{{< rawhtml >}}\n<p>قول</p>\n{{< /rawhtml >}}\n", False),
        ({"hugo.toml": UNSAFE}, "\n\n<div>قول</div>\n\n", False),
        ({"hugo.toml": "[markup]\ndefaultMarkdownHandler = 'blackfriday'\n"}, "\n\n<div>قول</div>\n\n", False),
        (
            {"config/_default/hugo.toml": "", "config/_default/markup.toml": "goldmark.renderer.unsafe = true\n"},
            "\n\n<div>قول</div>\n\n",
            False,
        ),
        ({"_config.yml": ""}, "\n\n<div>قول</div>\n\n", False),
    ],
)
def test_html_that_hugo_showed_nobody_holds_the_text(
    make_site: MakeSite, tmp_path: Path, settings: dict[str, str], part: str, is_held: bool
) -> None:
    name = "_posts/2021-11-09-p.md" if "_config.yml" in settings else "content/p.md"
    old = Site(tmp_path / "old").write({**settings, name: OPEN.format("") + f"نص {part} بعد\n"})
    said, found = brought(make_site, old.root)
    assert (DRAFT in found["p"]) is is_held is ("it holds HTML, which Hugo leaves out" in said)


@pytest.mark.parametrize(
    ("key", "is_held"),
    [
        ("password: ١٢٣", True),
        ("params: {Password: abc}", True),
        ("encrypted: yes", True),
        ("private: true", True),
        ("access: [subscribers]", True),
        ("params: {premium: true}", True),
        ("visibility: members", True),
        ("visible: no", True),
        ("visible: yes", False),
        ("visibility: public", False),
        ("premium: ''", False),
        ("password: ''", False),
        ("hidden: false", False),
    ],
)
def test_keys_that_lock_a_page_hold_it(make_site: MakeSite, tmp_path: Path, key: str, is_held: bool) -> None:
    old = Site(tmp_path / "hugo").write({"hugo.toml": "", "content/p.md": OPEN.format(f"{key}\n")})
    _, found = brought(make_site, old.root)
    assert (held(found) == {"p"}) is is_held


def test_a_password_of_pelican_holds_its_article(make_site: MakeSite, tmp_path: Path) -> None:
    text = "Title: خبر\nDate: 2021-11-09\nPassword: abc\n\nسر\n"
    said, found = brought(make_site, Site(tmp_path / "p").write({"pelicanconf.py": "", "content/p.md": text}).root)
    assert held(found) == {"p"} and "it was behind a password" in said


@pytest.mark.parametrize(
    ("change", "is_read"),
    [
        ("IGNORE_FILES: list[str] = ['p.md']", True),
        ("DEFAULT_METADATA['status'] = 'draft'", False),
        ("DEFAULT_METADATA.update(status='draft')", False),
        ("if True:\n    IGNORE_FILES = ['p.md']", False),
        ("ARTICLE_EXCLUDES += ['in']", False),
    ],
)
def test_settings_of_pelican_that_are_not_understood_are_told(
    make_site: MakeSite, tmp_path: Path, change: str, is_read: bool
) -> None:
    text = "Title: خبر\nDate: 2021-11-09\n\nنص\n"
    files = {"pelicanconf.py": "DEFAULT_METADATA = {}\n", "publishconf.py": f"{change}\n"}
    old = Site(tmp_path / "p").write({**files, "content/p.md": text, "content/q.md": text.replace("خبر", "نبأ")})
    said, found = brought(make_site, old.root)
    assert set(found) == ({"q"} if is_read else {"p", "q"}) and ("is not understood" in said) is not is_read


@pytest.mark.parametrize(
    ("file", "text"),
    [("_config.yaml", "exclude: [_posts/{}]\n"), ("_config.toml", 'exclude = ["_posts/{}"]\n')],
)
def test_settings_of_jekyll_are_read_under_each_of_their_names(
    make_site: MakeSite, tmp_path: Path, file: str, text: str
) -> None:
    posts = {f"_posts/2021-11-09-{name}.md": OPEN.format("") for name in "pq"}
    settings = text.format("2021-11-09-p.md")
    said, found = brought(make_site, Site(tmp_path / "old").write({file: settings, **posts}).root)
    assert set(found) == {"q"} and LEFT_OUT in said


def test_settings_of_hugo_are_read_wherever_it_reads_them(make_site: MakeSite, tmp_path: Path) -> None:
    mounts = '[[mounts]]\nsource = "content"\ntarget = "content"\nexcludeFiles = "p.md"\n'
    old = Site(tmp_path / "old").write(
        {
            "config/_default/hugo.yaml": "languages: {ar: {weight: 1}, en: {weight: 2}}\ndefaultContentLanguage: ar\n",
            "config/_default/module.toml": mounts,
            "config/_default/cascade.yaml": "draft: true\ntarget: {path: /in/**}\n",
            "config/production/hugo.toml": 'ignoreFiles = ["q\\\\.md$"]\n[languages.en]\ndisabled = true\n',
            **{f"content/{name}.md": OPEN.format("") for name in ("p", "q", "r", "s.en", "in/t")},
        }
    )
    said, found = brought(make_site, old.root)
    assert held(found) == {"s", "t"} and set(found) == {"r", "s", "t"}
    assert said.count(LEFT_OUT) == 2 and "its language was turned off" in said


@pytest.mark.parametrize(
    "note",
    [
        "[//]: # (سر\nآخر)",
        "[//]: #\n(سر)",
        "[//]: <> (سر)",
        "[//]:\n  # 'سر'",
        '[ملاحظة]: <#> "سر\n\\"آخر"',
        "> [//]: # (سر\n> آخر)",
        "- بند\n\n    [//]: #\n    (سر)",
    ],
)
def test_a_note_in_the_place_of_an_address_is_shown_to_nobody(make_site: MakeSite, tmp_path: Path, note: str) -> None:
    old = Site(tmp_path / "old").write({"hugo.toml": "", "content/p.md": OPEN.format("") + f"\n{note}\n\nبعد\n"})
    said, found = brought(make_site, old.root)
    assert "سر" not in found["p"] and "آخر" not in found["p"] and "بعد" in found["p"]
    assert "nor in this report: " in said


def test_whatever_stands_behind_a_name_of_kramdown_is_an_address(make_site: MakeSite, tmp_path: Path) -> None:
    body = "\n[//]: # سر بلا أقواس\n[ملاحظة]: سر آخر\n\nسأل:\n[قال]: ظاهر هنا\n\n    [x]: كود\n"
    post = {"_config.yml": "", "_posts/2021-11-09-p.md": OPEN.format("") + body}
    said, found = brought(make_site, Site(tmp_path / "old").write(post).root)
    assert "سر" not in found["p"] and "سر" in said
    assert "[قال]: ظاهر هنا" in found["p"] and "[x]: كود" in found["p"]


# ---------------------------------------------------------------- WordPress, Ghost


@pytest.mark.parametrize(
    ("part", "is_held"),
    [
        ('[vc_row disable_element="yes"][vc_column]سر[/vc_column][/vc_row]', True),
        ('[vc_row el="a"][vc_column]ظاهر[/vc_column][/vc_row]', False),
        ('[et_pb_text admin_label="a" disabled="on"]سر[/et_pb_text]', True),
        ('[et_pb_text disabled="off" disabled_on="on|off|off"]ظاهر[/et_pb_text]', False),
        ('[et_pb_row disabled_on="on|on|on"]سر[/et_pb_row]', True),
        ('[fusion_builder_container status="draft"]سر[/fusion_builder_container]', True),
        ('[groups_can capability="read"]سر[/groups_can]', True),
        ("[content_control]سر[/content_control]", True),
        ('[timed-content-server show="2030"]سر[/timed-content-server]', True),
        ('[vc_row css=".a{b: c > d}" disable_element="yes"]سر[/vc_row]', True),
        ('[vc_column el_class="big hidden"]سر[/vc_column]', True),
        ("[ednote]سر[/ednote]", True),
        ("[unheard_of a='1']قد يكون سرًا[/unheard_of]", True),
        ("[unheard_of a='1'] و[caption]ظاهر[/caption] [كذا] [sic]", False),
        ("[للمشتركين]سر[/للمشتركين] [كذا]", True),
        ("[paywall]</p><p>سر", True),
        ("<!-- wp:unheard/of --><p>قد يكون سرًا</p><!-- /wp:unheard/of -->", True),
        ("<!-- wp:unheard/of /--><!-- wp:kadence/column --><p>ظاهر</p><!-- /wp:kadence/column -->", False),
        ("<!-- wp:yoast/faq-block --><p>ظاهر</p><!-- /wp:yoast/faq-block -->", False),
        ("[blockquote]ظاهر[/blockquote] [clock]", False),
        ("[lock]سر[/lock]", True),
        ("<div class='a d-none'>سر</div>", True),
        ("<p style='display:none'>سر</p>", True),
        ("<p style='font-size:0'>سر</p>", True),
        ("<p style='display:none'></p>", False),
        ("<p style='opacity:0.0'>سر</p>", True),
        ("<p style='opacity:0.5'>ظاهر</p>", False),
        ("<p style='position:absolute;top:-999px'>إعلان دخيل</p>", True),
        ("<style>.a{display:none}</style><p class='a'>سر</p>", True),
        ("<style>.a{color:red}</style><p class='a'>ظاهر</p>", False),
    ],
)
def test_a_part_that_an_editor_of_wordpress_turned_off_holds_the_post(
    make_site: MakeSite, tmp_path: Path, part: str, is_held: bool
) -> None:
    said, found = brought(make_site, export(tmp_path, post("p1", f"نص {part}")))
    assert (held(found) == {"p1"}) is is_held is (PART in said)


PHP = 'a:2:{{s:26:"_um_custom_access_settings";s:1:"{}";s:9:"_um_roles";a:0:{{}}}}'


@pytest.mark.parametrize(
    ("values", "fields", "is_held"),
    [
        ({"otterConditions": [[{"type": "loggedInUser"}]]}, {}, True),
        ({"blockLogic": "is_user_logged_in()"}, {}, True),
        ({"UAGDisplayConditions": "userstate"}, {}, True),
        ({"contentControls": {"enabled": True}}, {}, True),
        ({"metadata": {"blockVisibility": {"viewport": {"mobile": False}}}}, {}, True),
        ({"metadata": {"bindings": {"content": {"source": "core/post-meta", "args": {"key": "a"}}}}}, {}, True),
        ({"metadata": {"bindings": {"__default": {"source": "core/pattern-overrides"}}}}, {}, False),
        ({"contentControls": {"enabled": False, "rules": []}, "lock": {"move": True}, "controls": True}, {}, False),
        ({"UAGDisplayConditions": "none", "blockVisibility": {"controlSets": []}, "blockId": "a"}, {}, False),
        ({}, {"um_content_restriction": PHP.format(1)}, True),
        ({}, {"um_content_restriction": PHP.format(0)}, False),
        ({}, {"groups-read": "7"}, True),
        ({}, {"_members_only": "yes", "classic-editor-remember": "block-editor"}, True),
        ({}, {"classic-editor-remember": "block-editor", "header_visibility": "show"}, False),
        ({}, {"_wpb_post_custom_css": ".a{display:none}"}, True),
        ({}, {"_elementor_page_settings": 'a:1:{s:10:"custom_css";s:24:".b , .a { display:none }";}'}, True),
        ({}, {"_elementor_data": json.dumps([{"settings": {"custom_css": "selector p{opacity:0}"}}])}, True),
        ({}, {"_wpb_shortcodes_custom_css": ".vc_custom_1{margin-top:0 !important}", "a": "{display:none}"}, False),
        ({}, {"_is_paid": "0", "_access_plan": "a:0:{}", "_edit_lock": "1:2", "subtitle": "private"}, False),
    ],
)
def test_fields_of_plug_ins_that_show_a_text_to_some_hold_the_post(
    make_site: MakeSite, tmp_path: Path, values: dict[str, object], fields: dict[str, str], is_held: bool
) -> None:
    body = f"<!-- wp:paragraph {json.dumps(values)} --><p>نص</p><!-- /wp:paragraph -->"
    meta = "".join(field(key, value) for key, value in fields.items())
    said, found = brought(make_site, export(tmp_path, post("p1", body, meta)))
    assert (held(found) == {"p1"}) is is_held is (PART in said)


def test_text_that_a_page_of_ghost_hid_holds_it(make_site: MakeSite, tmp_path: Path) -> None:
    one = {
        "id": 1, "title": "خبر", "slug": "port", "status": "published", "published_at": "2021-11-09T10:00:00Z",
        "html": "<p>أول</p><p hidden>سر</p>",
    }  # fmt: skip
    (tmp_path / "ghost.json").write_text(json.dumps({"db": [{"data": {"posts": [one]}}]}))
    said, found = brought(make_site, tmp_path / "ghost.json")
    assert held(found) == {"port"} and PART in said


def test_a_form_for_letters_of_ghost_holds_no_text_and_its_words_are_told(make_site: MakeSite, tmp_path: Path) -> None:
    """Its page shows it late to whoever reads no letters yet."""
    form = '<div class="kg-card kg-signup-card" style="display: none;"><h2>اشترك معنا</h2></div>'
    one = {
        "id": 1, "title": "خبر", "slug": "port", "status": "published", "published_at": "2021-11-09T10:00:00Z",
        "html": f"<p>أول</p>{form}",
    }  # fmt: skip
    (tmp_path / "ghost.json").write_text(json.dumps({"db": [{"data": {"posts": [one]}}]}))
    said, found = brought(make_site, tmp_path / "ghost.json")
    assert not held(found) and "اشترك" not in found["port"] and "اشترك معنا" in said


def test_html_that_cannot_be_read_shows_nothing_that_its_page_hid(make_site: MakeSite, tmp_path: Path) -> None:
    unseen = "<!-- <p>معلق</p> --><style>p{a:معلق}</style><template>معلق</template><p style='display:none'>سر</p>"
    said, found = brought(make_site, export(tmp_path, post("p1", f"{'<div>' * 120}<p>ظاهر</p>{unseen}")))
    assert held(found) == {"p1"} and PART in said and "its HTML cannot be read" in said
    assert "ظاهر" in found["p1"] and "معلق" not in found["p1"]


def attachment(id: int, status: str, caption: str) -> str:
    return (
        f"<item><title>f</title><wp:post_id>{id}</wp:post_id><wp:post_parent>1</wp:post_parent>"
        f"<wp:status>{status}</wp:status><wp:post_type>attachment</wp:post_type>"
        f"<wp:attachment_url>https://old.example/wp-content/uploads/{id}.jpg</wp:attachment_url>"
        f'<e:encoded xmlns:e="http://wordpress.org/export/1.2/excerpt/">{caption}</e:encoded></item>'
    )


@pytest.mark.parametrize("gallery", ["[gallery]", '[gallery ids="7,8,9"]'])
def test_a_gallery_shows_no_picture_that_was_in_the_bin_or_private(
    make_site: MakeSite, tmp_path: Path, gallery: str
) -> None:
    files = (attachment(7, "inherit", "ظاهر"), attachment(8, "trash", "سر"), attachment(9, "private", "سر"))
    said, found = brought(make_site, export(tmp_path, post("p1", f"نص {gallery}"), *files))
    assert "ظاهر" in found["p1"] and "سر" not in found["p1"] + said


def test_what_jekyll_sent_elsewhere_and_pelican_wrote_nowhere_is_held(make_site: MakeSite, tmp_path: Path) -> None:
    """`redirect_to` is of jekyll-redirect-from; a `save_as` that is empty is how Pelican's manual makes no page."""
    posts = {"p": OPEN.format("redirect_to: /correction/\n"), "q": OPEN.format("redirect_from: /old/\n")}
    files = {f"_posts/2021-11-09-{name}.md": text for name, text in posts.items()}
    said, found = brought(make_site, Site(tmp_path / "j").write({"_config.yml": "", **files}).root)
    assert held(found) == {"p"} and HIDDEN in said
    page = "Title: خبر\nDate: 2021-11-09\nSave_as:{}\n\nنص\n"
    old = Site(tmp_path / "p").write({"pelicanconf.py": "", "content/p.md": page.format("")})
    old.write({"content/q.md": page.format(" q.html")})
    said, found = brought(make_site, old.root)
    assert held(found) == {"p"} and HIDDEN in said


def test_a_status_that_pelican_reads_in_a_path_holds_all_that_say_none(make_site: MakeSite, tmp_path: Path) -> None:
    page = "Title: خبر\nDate: 2021-11-09\n{}\nنص\n"
    settings = "PATH_METADATA = r'(?P<status>hidden|published)/.*'\n"
    old = Site(tmp_path / "p").write({"pelicanconf.py": settings, "content/hidden/p.md": page.format("")})
    old.write({"content/q.md": page.format("Status: published\n")})
    said, found = brought(make_site, old.root)
    assert held(found) == {"p"} and "the setting PATH_METADATA is not understood" in said


def test_the_default_of_the_longest_path_counts_in_jekyll(make_site: MakeSite, tmp_path: Path) -> None:
    """Whatever the order in which they stand."""
    inner = "- {scope: {path: _posts/in}, values: {author: سامي, published: false}}\n"
    outer = "- {scope: {path: ''}, values: {author: رأي, published: true}}\n"
    typed = "- {scope: {path: '', type: posts}, values: {author: هيئة التحرير}}\n"
    old = Site(tmp_path / "old").write({"_config.yml": f"defaults:\n{inner}{typed}{outer}"})
    old.write({"_posts/in/2021-11-09-p.md": OPEN.format(""), "_posts/2021-11-09-q.md": OPEN.format("")})
    _, found = brought(make_site, old.root)
    assert held(found) == {"p"} and 'authors: ["سامي"]' in found["p"] and "هيئة التحرير" in found["q"]
