"""What WordPress, Ghost, Blogger, Hugo and Jekyll write round pictures, films and links arrives as what it showed."""

from __future__ import annotations

from pathlib import Path

import pytest

from mujaz.importing.addresses import Book
from mujaz.importing.bundle import Bundle
from mujaz.importing.incoming import Incoming
from mujaz.importing.notes import Note
from mujaz.importing.wordpress_texts import Attachment, Kept, plain_html

FILM = "https://www.youtube.com/watch?v=4czjS9h4Fpg"
PLAYER = "https://www.youtube.com/embed/4czjS9h4Fpg"
HOSTS = ("www.youtube-nocookie.com", "player.vimeo.com", "maps.example")


def markdown(
    body: str, *, html: bool = True, template: str = "", lines: bool = False, iframes: tuple[str, ...] = HOSTS
) -> tuple[str, list[Note], list[str]]:
    """The text, what is told, and the files beside it. Every file is here but those of `gone`."""
    story = Incoming(origin="a", key="x", title="", date="", body=body, html=html, template=template, lines=lines)
    bundle = Bundle(
        story=story,
        title="عنوان",
        book=Book(),
        find=lambda story, src: None if "gone" in src or not src.strip() else Path("/there") / src.rpartition("/")[2],
        iframes=iframes,
    )
    text, notes = bundle.notes.settle(bundle.text(), 1)
    return text, notes, list(bundle.files)


def told(notes: list[Note]) -> list[str]:
    return [note.message.id for note in notes]


def picture(name: str, caption: str = "", alt: str = "") -> str:
    said = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure class="wp-block-image"><img src="/u/{name}" alt="{alt}"/>{said}</figure>'


GALLERY = '- ![وصف](a.jpg "شرح أ")\n- ![شرح ب](b.jpg "شرح ب")\n{: .gallery }'
NESTED = picture("a.jpg", "شرح أ", "وصف") + "\n" + picture("b.jpg", "شرح ب")
GALLERIES = {
    "WordPress since 5.9": f'<figure class="wp-block-gallery has-nested-images">{NESTED}</figure>',
    "WordPress 5.0": '<ul class="wp-block-gallery columns-2"><li class="blocks-gallery-item">'
    + NESTED.replace("\n", '</li><li class="blocks-gallery-item">') + "</li></ul>",
    "WordPress 5.3": '<figure class="wp-block-gallery"><ul class="blocks-gallery-grid"><li>'
    + NESTED.replace("\n", "</li><li>") + "</li></ul></figure>",
    "a theme of WordPress": "<div id='gallery-1' class='gallery galleryid-7'>"
    "<dl class='gallery-item'><dt class='gallery-icon'><a href='/u/a.jpg'><img src='/u/a.jpg' alt='وصف'/></a></dt>"
    "<dd class='wp-caption-text gallery-caption'>شرح أ</dd></dl>"
    "<dl class='gallery-item'><dt><a href='/u/b.jpg'><img src='/u/b.jpg'/></a></dt><dd>شرح ب</dd></dl><br/></div>",
}  # fmt: skip


@pytest.mark.parametrize("source", GALLERIES.values(), ids=GALLERIES)
def test_a_gallery_is_one_and_each_picture_has_its_caption(source: str) -> None:
    text, notes, files = markdown(source)
    assert (text, notes, files) == (GALLERY, [], ["a.jpg", "b.jpg"])


def test_a_gallery_says_what_stands_in_it_besides_and_is_none_where_a_picture_is_gone() -> None:
    ghost = (
        '<figure class="kg-card kg-gallery-card"><div class="kg-gallery-container"><div class="kg-gallery-row">'
        '<div class="kg-gallery-image"><img src="/u/a.jpg" width="9"></div><div class="kg-gallery-image">'
        '<img src="/u/b.jpg"></div></div></div><figcaption>شرح <b>الكل</b></figcaption></figure>'
    )
    text, notes, _ = markdown(ghost)
    assert text == "- ![عنوان](a.jpg)\n- ![عنوان](b.jpg)\n{: .gallery }\n\nشرح **الكل**" and not notes
    mixed = f'<div class="gallery"><h3>رأس</h3>{NESTED}<p>ذيل</p><iframe src="{PLAYER}"></iframe></div>'
    assert markdown(mixed)[0] == f"{GALLERY}\n\n### رأس\n\nذيل\n\n<{FILM}>"
    text, notes, _ = markdown(ghost.replace("/u/b.jpg", "https://x.example/gone.jpg"))
    assert text == "![عنوان](a.jpg)\n\n[gone.jpg](https://x.example/gone.jpg)\n\nشرح **الكل**"
    assert told(notes) == ["picture-missing"]


EMBED = (
    '<figure class="wp-block-embed is-provider-youtube"><div class="wp-block-embed__wrapper">\n{}\n</div>{}</figure>'
)
CARDS = {
    "WordPress's block": (EMBED.format(FILM, ""), f"<{FILM}>"),
    "with a caption": (EMBED.format(FILM, "<figcaption>شرح | ثان</figcaption>"), f'![]({FILM} "شرح | ثان |")'),
    "a frame": (f'<p><iframe width="9" src="{PLAYER}?feature=oembed"></iframe></p>', f"<{FILM}>"),
    "CKEditor's": (f'<figure class="media"><oembed url="{FILM}"></oembed></figure>', f"<{FILM}>"),
    "Ghost's card": (
        f'<figure class="kg-card kg-embed-card"><iframe src="{PLAYER}"></iframe><figcaption>شرح</figcaption></figure>',
        f'![]({FILM} "شرح")',
    ),
    "Vimeo": ('<iframe src="https://player.vimeo.com/video/123456?h=abcdef01"></iframe>',
              "<https://vimeo.com/123456/abcdef01>"),
    "Flash": (
        '<object width="9"><param name="movie" value="http://www.youtube.com/v/4czjS9h4Fpg&hl=ar">'
        '<embed src="http://www.youtube.com/v/4czjS9h4Fpg&hl=ar"></embed></object>', f"<{FILM}>",
    ),
    "Blogger's Flash": (
        '<object class="BLOGGER-youtube-video"><embed src="https://youtube.googleapis.com/v/4czjS9h4Fpg&source=uds">'
        "</object>", f"<{FILM}>",
    ),
    "a list of films": (
        '<iframe src="https://www.youtube.com/embed/videoseries?list=PLx"></iframe>',
        '<iframe src="https://www.youtube.com/embed/videoseries?list=PLx"></iframe>',
    ),
    "another frame with a caption": (
        '<figure><iframe src="https://maps.example/1"></iframe><figcaption>خريطة</figcaption></figure>',
        '<iframe src="https://maps.example/1"></iframe>\n\nخريطة',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("source", "made"), CARDS.values(), ids=CARDS)
def test_a_film_of_a_host_that_is_allowed_is_a_card(source: str, made: str) -> None:
    assert markdown(source)[:2] == (made, [])


def test_a_film_of_a_host_that_is_not_allowed_is_told() -> None:
    text, notes, _ = markdown(f'<p>قبل</p><iframe src="{PLAYER}"></iframe>', iframes=())
    assert text == f"قبل\n\n<{FILM}>" and [(note.message.id, note.line) for note in notes] == [("import-frame", 3)]


def test_a_recording_that_is_here_is_a_player_with_its_poster_and_captions() -> None:
    film = (
        '<figure class="wp-block-video"><video controls poster="/u/still.png" src="/u/trip.mp4">'
        '<track src="/u/words.vtt" srclang="en" kind="subtitles"/><track src="/u/gone.vtt" srclang="fr"/></video>'
        "<figcaption>رحلة</figcaption></figure>"
    )
    text, notes, files = markdown(film)
    assert text == '![رحلة](trip.mp4 "رحلة")' and told(notes) == ["captions-missing"]
    assert files == ["trip.mp4", "trip.png", "trip.en.vtt"]
    assert markdown('<audio src="/u/a.mp3"></audio>')[0] == "![عنوان](a.mp3)"
    text, notes, _ = markdown(film.replace("/u/trip.mp4", "https://x.example/gone.mp4"))
    assert text == "<https://x.example/gone.mp4>\n\nرحلة" and told(notes) == ["import-media"]


SAID = {
    "Ghost's bookmark": (
        '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="https://x.example/1">'
        '<div class="kg-bookmark-content"><div class="kg-bookmark-title">عنوان هناك</div><div '
        'class="kg-bookmark-description">وصف</div><div class="kg-bookmark-metadata"><img class="kg-bookmark-icon" '
        'src="https://x.example/favicon.ico"><span class="kg-bookmark-author">سامي</span><span '
        'class="kg-bookmark-publisher">وكالة</span></div></div><div class="kg-bookmark-thumbnail"><img '
        'src="https://x.example/gone.jpg"></div></a><figcaption>شرح</figcaption></figure>',
        "[عنوان هناك](https://x.example/1)<br>\nوصف<br>\nسامي · وكالة\n\nشرح",
    ),
    "Ghost's sound": (
        '<div class="kg-card kg-audio-card"><img src="" class="kg-audio-thumbnail kg-audio-hide"><div '
        'class="kg-audio-player-container"><audio src="/u/a.mp3"></audio><div class="kg-audio-title">حلقة</div><div '
        'class="kg-audio-player"><button><svg></svg></button><span>0:00</span><div>/<span>2:24</span></div></div></div>'
        "</div>",
        "![عنوان](a.mp3)\n\nحلقة",
    ),
    "Ghost's film": (
        '<figure class="kg-card kg-video-card"><div class="kg-video-container"><video src="/u/a.mp4"></video><div '
        'class="kg-video-overlay"><button><svg></svg></button></div><div class="kg-video-player-container">0:00</div>'
        "</div><figcaption>شرح</figcaption></figure>",
        '![شرح](a.mp4 "شرح")',
    ),
    "Ghost's toggle": (
        '<div class="kg-card kg-toggle-card"><div class="kg-toggle-heading"><h4>سؤال</h4><button '
        'class="kg-toggle-card-icon"><svg></svg></button></div><div class="kg-toggle-content"><p>جواب</p></div></div>',
        "#### سؤال\n\nجواب",
    ),
    "WordPress's accordion": (
        '<h3 class="wp-block-accordion-heading"><button type="button"><span>سؤال</span><span aria-hidden="true" '
        'class="wp-block-accordion-heading__toggle-icon">+</span></button></h3><p>جواب</p>',
        "### سؤال\n\nجواب",
    ),
    "Ghost's callout": (
        '<div class="kg-card kg-callout-card"><div class="kg-callout-emoji">💡</div><div class="kg-callout-text">'
        "تنبيه <b>مهم</b></div></div>",
        "💡\n\nتنبيه **مهم**",
    ),
    "Ghost's file": (
        '<div class="kg-card kg-file-card"><a href="/u/a.pdf"><div class="kg-file-card-title">تقرير</div><div '
        'class="kg-file-card-filesize">1 KB</div><div class="kg-file-card-icon"><svg></svg></div></a></div>',
        "[تقرير<br>\n1 KB](a.pdf)",
    ),
    "Blogger's picture": (
        '<table class="tr-caption-container"><tbody><tr><td><a href="/u/s1600/a.jpg"><img src="/u/s320/a.jpg"></a></td>'
        '</tr><tr><td class="tr-caption" style="text-align: center;">شرح <i>الصورة</i></td></tr></tbody></table>',
        '![شرح الصورة](a.jpg "شرح الصورة")',
    ),
    "WordPress's cover": (
        '<div class="wp-block-cover" style="background-image:url(/u/a.jpg);min-height:9px"><p>على الصورة</p></div>',
        "![عنوان](a.jpg)\n\nعلى الصورة",
    ),
    "a background": (
        '<div class="hero"><span style="color:red;background:#eee url(\'/u/a.jpg\') center">على الصورة</span></div>'
        '<ul style="background-image:url(/u/b.jpg)"><li>بند</li></ul><p style="background:url(data:image/png,)">نص</p>',
        "![عنوان](a.jpg)\n\nعلى الصورة\n\n- ![عنوان](b.jpg)\n\n    بند\n\nنص",
    ),
    "WordPress's file": (
        '<div class="wp-block-file"><object class="wp-block-file__embed" data="/u/a.pdf"></object><a href="/u/a.pdf">'
        "تقرير</a></div>",
        "[تقرير](a.pdf)",
    ),
    "a quotation with its speaker": (
        '<blockquote class="wp-block-quote"><p>قول</p><cite>قائل</cite></blockquote>', "> قول\n>\n> — قائل",
    ),
    "a pull quote": (
        '<figure class="wp-block-pullquote"><blockquote><p>جملة من الخبر</p></blockquote></figure>',
        "> جملة من الخبر\n{: .pull }",
    ),
    "a pull quote with its speaker": (
        '<figure class="wp-block-pullquote"><blockquote><p>قول</p><cite>قائل</cite></blockquote></figure>',
        "> قول\n>\n> — قائل",
    ),
    "a table with its caption": (
        '<figure class="wp-block-table"><table><thead><tr><th>أ</th><th>ب</th></tr></thead><tbody><tr><td>1</td>'
        "<td>2</td></tr></tbody></table><figcaption>شرح</figcaption></figure>",
        "| أ | ب |\n|---|---|\n| 1 | 2 |\n\nشرح",
    ),
    "a picture beside a text": (
        '<div class="wp-block-media-text"><figure><img src="/u/a.jpg" alt="وصف"></figure><div><p>نص</p></div></div>',
        "![وصف](a.jpg)\n\nنص",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("source", "made"), SAID.values(), ids=SAID)
def test_cards_and_blocks_keep_their_words_and_no_button(source: str, made: str) -> None:
    assert markdown(source)[:2] == (made, [])


def test_a_post_of_facebook_leaves_its_address() -> None:
    text, notes, _ = markdown('<div class="fb-post" data-href="https://www.facebook.com/a/posts/1"></div>')
    assert text == "<https://www.facebook.com/a/posts/1>" and told(notes) == ["import-frame"]


# ---------------------------------------------------------------- WordPress's texts

KEPT = Kept(
    files={
        "5": Attachment(url="/u/a.jpg", alt="وصف", caption="شرح أ", parent="7", order=1),
        "6": Attachment(url="/u/b.jpg", caption="شرح ب", parent="7", order=2),
        "8": Attachment(url="/u/report.pdf", parent="7"),
        "9": Attachment(url="/u/a.mp3", parent="3"),
        "10": Attachment(url="/u/a.mp3", title="حلقة", parent="3"),
        "11": Attachment(url="/u/a.mp4", title="ملف", caption="شرح ج", parent="3"),
    },
    blocks={
        "40": "<!-- wp:paragraph --><p>من لبنة مشتركة</p><!-- /wp:paragraph -->",
        "41": '<!-- wp:block {"ref":41} /-->',
    },
)
TEXTS = {
    "[gallery]": ("[gallery]", GALLERY),
    "[gallery ids]": ('[gallery columns="2" ids="5,6"]', GALLERY),
    "[gallery exclude]": ('[gallery exclude="6"]', '![وصف](a.jpg "شرح أ")'),
    "[caption] with its old attribute": (
        '[caption id="a" caption="شرح &quot;قديم&quot;"]<a href="/u/a.jpg"><img src="/u/a.jpg" alt="وصف"/></a>'
        "[/caption]",
        '![وصف](a.jpg "شرح &quot;قديم&quot;")',
    ),
    "[embed]": (f"قبل\n[embed width='9']{FILM}[/embed]\nبعد", f"قبل\n\n<{FILM}>\n\nبعد"),
    "[youtube]": (f"[youtube {FILM}]", f"<{FILM}>"),
    "[youtube=]": (f"[youtube={FILM}&w=640&h=385]", f"<{FILM}>"),
    "[youtube] by its number": ("[youtube 4czjS9h4Fpg]", f"<{FILM}>"),
    "[vimeo]": ("[vimeo 123456 w=9]", "<https://vimeo.com/123456>"),
    "[tweet]": ("[tweet 1234567890]", "<https://x.com/i/status/1234567890>"),
    "[playlist]": ('[playlist ids="9"]', "![عنوان](a.mp3)"),
    "[playlist] with what it lists": (
        '[playlist ids="10,11"]',
        '![حلقة](a.mp3 "حلقة")\n\n![شرح ج](a.mp4 "شرح ج")',
    ),
    "[embed src]": ('[embed src="https://a.example/?b=1&amp;c=2"]', "<https://a.example/?b=1&amp;c=2>"),
    "[video]": ('[video width="9" mp4="/u/a.mp4" poster="/u/s.jpg"][/video]', "![عنوان](a.mp4)"),
    "a word between brackets": ("قال [كذا] و[sic]", "قال \\[كذا\\] و\\[sic\\]"),
    "a block that posts share": ('<!-- wp:block {"ref":40} /-->', "من لبنة مشتركة"),
}


@pytest.mark.parametrize(("source", "made"), TEXTS.values(), ids=TEXTS)
def test_shortcodes_and_shared_blocks_of_wordpress_come(source: str, made: str) -> None:
    assert markdown(plain_html(source, "7", KEPT, ()), lines=True)[:2] == (made, [])


@pytest.mark.parametrize("sign", ["&", "&amp;"])
def test_addresses_of_shortcodes_are_html_or_as_they_are(sign: str) -> None:
    made = plain_html(f'[video mp4="/a.mp4?b=1{sign}c=2" poster="/a.png?b=1{sign}c=2"]', "7", KEPT, ())
    assert made.strip() == '<video src="/a.mp4?b=1&amp;c=2" poster="/a.png?b=1&amp;c=2"></video>'


def test_what_wordpress_makes_when_it_is_asked_is_told_with_its_line() -> None:
    source = (
        '<p>أ</p>\n<!-- wp:latest-posts {"n":3} /-->\n<p>ب</p>\n[slider id="4"]\n<!-- wp:more -->\n<p>ج</p>'
        '<!-- wp:block {"ref":41} /-->'
    )
    text, notes, _ = markdown(plain_html(source, "7", KEPT, ()))
    assert text == "أ\n\nب\n\nج"
    assert [(note.message.text("en"), note.line) for note in notes] == [
        ("the block latest-posts was left out", 3),
        ('the shortcode [slider id="4"] was left out', 5),
        ("the block block was left out", 5),
    ]
    attribute = markdown(plain_html('<img src="/u/a.jpg" alt="[slider id=4]وصف">', "7", KEPT, ()))
    assert attribute[0] == "![وصف](a.jpg)"


def test_a_shared_block_that_holds_itself_or_much_ends() -> None:
    many = Kept(files={}, blocks={"1": "<p>" + "كلمة " * 100_000 + "</p>"})
    assert len(plain_html('<!-- wp:block {"ref":1} /-->' * 100, "7", many, ())) < 3_000_000


def test_a_document_that_is_not_here_is_told_as_what_became_of_its_link() -> None:
    text, notes, _ = markdown('<p><a href="/u/gone.pdf">التقرير</a> <a href="//x.example/gone.pdf">غيره</a></p>')
    assert text == "التقرير [غيره](https://x.example/gone.pdf)" and told(notes) == ["link-not-imported"]


def test_a_recording_or_a_frame_without_a_whole_address_is_told_as_gone() -> None:
    """An export of Ghost names no host: there was no link, and a line told of one."""
    text, notes, _ = markdown('<p>قبل</p><video src="/u/gone.mp4"></video><p>بعد</p><iframe src="/map"></iframe>')
    assert text == "قبل\n\nبعد" and told(notes) == ["media-missing", "import-frame-left"]


def test_a_button_is_no_part_of_the_word_before_it() -> None:
    link = '<a{} href="/u/r.pdf">{}</a>'
    both = link.format("", "تقرير") + link.format(" class=wp-block-file__button", "تنزيل")
    assert markdown(f'<div class="wp-block-file">{both}</div>')[:2] == ("[تقرير](r.pdf) [تنزيل](r.pdf)", [])
    apart = f"<p>انظر {link.format(' class=button', 'هنا')}، {link.format('', 'ال')}{link.format('', 'كل')}.</p>"
    assert markdown(apart)[0] == "انظر [هنا](r.pdf)، [ال](r.pdf)[كل](r.pdf)."


def test_footnotes_of_wordpress_have_their_texts() -> None:
    body = '<p>خبر<sup data-fn="f-1" class="fn"><a href="#f-1" id="f-1-link">1</a></sup>.</p><!-- wp:footnotes /-->'
    notes = '[{"content":"نص <strong>الحاشية</strong>","id":"f-1"},{"content":"لا أحد","id":"f-2"}]'
    text, lost, _ = markdown(plain_html(body, "7", KEPT, (notes,)))
    assert text == "خبر[^1].\n\n[^1]: نص **الحاشية**" and not lost
    text, lost, _ = markdown(plain_html(body, "7", KEPT, ("no JSON",)))
    assert text == "خبر<sup>1</sup>." and told(lost) == ["link-not-imported"]


# ---------------------------------------------------------------- tags of templates

TAGS = {
    "youtube": ("hugo", "{{< youtube 4czjS9h4Fpg >}}", f"<{FILM}>"),
    "youtube id": ("hugo", '{{< youtube id="4czjS9h4Fpg" title="x" >}}', f"<{FILM}>"),
    "vimeo": ("hugo", "{{< vimeo 123456 >}}", "<https://vimeo.com/123456>"),
    "x": ("hugo", '{{< x user="salma" id="1234567890" >}}', "<https://x.com/salma/status/1234567890>"),
    "figure": (
        "hugo", '{{< figure src="/u/a.jpg" alt="وصف [1]" title="رأس" caption="قال \\"نعم\\"" attr="عدسة" >}}',
        '![وصف &#91;1&#93;](a.jpg "رأس — قال &quot;نعم&quot; | عدسة")',
    ),
    "Markdown in a caption": (
        "hugo",
        '{{< figure src="/u/a.jpg" alt="وصف" caption="**سفن [الميناء](/a_(c) \'x\')** و _مائل_ 2*3*4 \\\\*نجم"'
        ' attr="[وكالة](https://a.example)" >}}',
        '![وصف](a.jpg "سفن الميناء و مائل 2*3*4 *نجم | وكالة")',
    ),
    "a figure between lines": ("hugo", 'قبل\n{{< figure src=`/u/a.jpg` >}}\nبعد', "قبل\n\n![عنوان](a.jpg)\n\nبعد"),
    "a theme's image": ("hugo", '{{< img "/u/a.jpg" >}}', "![عنوان](a.jpg)"),
    "a theme's film": ("hugo", '{{< video src="/u/a.mp4" caption="شرح" >}}', '![شرح](a.mp4 "شرح")'),
    "words between tags": ("hugo", "{{% notice %}}\nتنبيه\n{{% /notice %}}", "تنبيه"),
    "struck out": ("hugo", "كان ~~خطأ~~ صوابا", "كان <del>خطأ</del> صوابا"),
    "struck out for Pelican": ("pelican", "كان ~~خطأ~~ صوابا", "كان ~~خطأ~~ صوابا"),
    "include": (
        "jekyll", '{% include figure image_path="/u/a.jpg" alt="وصف" caption="شرح" %}', '![وصف](a.jpg "شرح")',
    ),
    "include of a film": ("jekyll", '{% include youtube.html id="4czjS9h4Fpg" %}', f"<{FILM}>"),
    "include with its provider": (
        "jekyll", '{% include video id="123456" provider="vimeo" %}', "<https://vimeo.com/123456>",
    ),
    "a value's name is no text": (
        "jekyll", '{% include image.html src="/u/a.jpg" caption=page.title %}', "![عنوان](a.jpg)",
    ),
    "a table of contents": ("jekyll", "* فهرس\n{:toc}\n\nنص", "نص"),
    "Octopress": ("pelican", "{% img left /u/a.jpg 300 200 %}", "![عنوان](a.jpg)"),
    "Pelican's film": ("pelican", "{% youtube 4czjS9h4Fpg 640 390 %}", f"<{FILM}>"),
    "Pelican's text": ("pelican", "نص {% غيره %}", "نص {% غيره %}"),
}  # fmt: skip


@pytest.mark.parametrize(("template", "source", "made"), TAGS.values(), ids=TAGS)
def test_tags_that_show_something_show_it(template: str, source: str, made: str) -> None:
    text, notes, _ = markdown(source, html=False, template=template)
    assert text == made and told(notes) == (["shortcode-left"] if "notice" in source else [])


def test_tags_show_it_in_files_of_html_too() -> None:
    source = '<p>نص</p>{{< youtube 4czjS9h4Fpg >}}<p>ب</p>{{< figure src="/u/a.jpg" caption="شرح" attr="عدسة" >}}'
    assert markdown(source, template="hugo")[0] == f'نص\n\n<{FILM}>\n\nب\n\n![شرح](a.jpg "شرح | عدسة")'


def test_a_tag_that_is_nothing_here_leaves_no_digit_in_html() -> None:
    text, notes, _ = markdown("<figure>{{< nothing 1 >}}نص</figure>", html=False, template="hugo")
    assert text == "نص" and [(note.message.id, note.line) for note in notes] == [("shortcode-left", 1)]
    text, notes, _ = markdown("{{< gist salma 12345 >}}", html=False, template="hugo")
    assert text == "<https://gist.github.com/salma/12345>" and told(notes) == ["import-frame"]
