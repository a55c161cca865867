"""A card for sharing: letters joined and in order, lines of one length, the same bytes anywhere, made once."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uharfbuzz as hb
from bidi import get_display
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops

from mujaz.arabic.isolates import numbers
from mujaz.assets import cards, fonts, pictures, shaping
from mujaz.model.colours import LIGHT, Scheme, scheme
from mujaz.model.file_views import CardView, Headline
from tests.support.cpu_time import within
from tests.support.order import SENTENCES
from tests.support.sites import CONFIG, REPOSITORY, Site, article
from tests.support.whole_site import FONTS, picture

HEADLINES = (
    "بعثة الناتو تغادر القاعدة البحرية",
    "«العالم لن ينتظر»: وزير الخارجية (السابق) يحذر من تأجيل القمة",
    "الإسلام في كتابات الرحالة: قراءة في مخطوطات لم تُنشر",
    "لا إله إلا الله، والأوّل والآخِر والمسؤول والهيئة والقرآن",
    "شركة Apple تطلق iPhone 13 بسعر 999 دولارا بزيادة 12%",
    "هل يعود عام ٢٠٢١؟ أسئلة [بلا أجوبة] – الجزء ٢",
    "ضغط وظلم وغيظ وخطأ وعبء وشيء وملجأ ولؤلؤ وبئر وامرأة",
)
SIZE = (1200, 630)


def card(title: str, **fields: Any) -> bytes:
    plain = {"name": "موجز", "date": "18 أكتوبر 2021", "kicker": "سياسة", "rtl": True, "title_rtl": True}
    return cards.draw(CardView(title=title, **{**plain, **fields}))


def opened(raw: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(raw))
    image.load()
    return image


def inked(image: Image.Image, top: int = cards.HEAD_TOP, bottom: int = SIZE[1]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of all that is not paper between two heights."""
    part = image.convert("RGB").crop((0, top, SIZE[0], bottom))
    box = ImageChops.difference(part, Image.new("RGB", part.size, LIGHT.paper)).getbbox()
    assert box
    return box


# ---------------------------------------------------------------- letters


@dataclass
class Face:
    """A face as HarfBuzz and as fontTools see it."""

    path: Path

    def __post_init__(self) -> None:
        self.shaper = hb.Font(hb.Face(hb.Blob.from_file_path(str(self.path))))
        self.font = TTFont(self.path)
        self.known, self.glyphs = self.font.getBestCmap(), self.font.getGlyphSet()

    def shaped(self, word: str) -> list[str]:
        """The glyphs of a word in the order in which they are seen, without ligatures."""
        buffer = hb.Buffer()
        buffer.add_str(word)
        buffer.guess_segment_properties()
        hb.shape(self.shaper, buffer, dict.fromkeys(("liga", "rlig", "calt", "dlig", "locl"), False))
        return [self.shaper.glyph_to_string(one.codepoint) for one in buffer.glyph_infos]

    def outline(self, name: str) -> object:
        """The drawing of a glyph: one form may have two names."""
        pen = DecomposingRecordingPen(self.glyphs)
        self.glyphs[name].draw(pen)
        return self.glyphs[name].width, pen.value


@pytest.fixture(scope="module")
def plex() -> Face:
    return Face(fonts.family("plex-bold.woff2"))


@pytest.fixture(scope="module")
def naskh() -> Face:
    return Face(fonts.family("naskh.woff2"))


# لا and its kin as the two forms that they are made of, as they are seen.
TWO = {"ﻻ": "ﺎﻟ", "ﻼ": "ﺎﻠ", "ﻵ": "ﺂﻟ", "ﻶ": "ﺂﻠ", "ﻷ": "ﺄﻟ", "ﻸ": "ﺄﻠ", "ﻹ": "ﺈﻟ", "ﻺ": "ﺈﻠ"}


def seen(word: str) -> str:
    return "".join(TWO.get(form, form) for form in shaping.visual(word, rtl=True))


@pytest.mark.parametrize("headline", HEADLINES)
def test_each_letter_has_the_drawing_that_a_shaper_gives_it(headline: str, plex: Face) -> None:
    """Word by word against HarfBuzz, which knows nothing of presentation forms, in the same face."""
    for word in re.findall("[ء-غف-ي]+", headline):
        ours = [plex.outline(plex.known[ord(form)]) for form in seen(word)]
        assert ours == [plex.outline(name) for name in plex.shaped(word)], word


@pytest.mark.parametrize("headline", [*HEADLINES, "پاکستان و ایران گفتگو کردند چه ژرف"])
def test_each_letter_joins_as_a_shaper_joins_it(headline: str, naskh: Face) -> None:
    """Beginning, middle, end or alone: Naskh tells it in its glyphs' names. Dots are glyphs of no width there."""
    kinds = {"<initial>": "init", "<medial>": "medi", "<final>": "fina"}
    for word in re.findall("[ء-غف-يپ-ی]+", headline):
        ours = [kinds.get(unicodedata.decomposition(form).partition(" ")[0], "alone") for form in seen(word)]
        names = [name.split(".")[1:2] for name in naskh.shaped(word) if naskh.glyphs[name].width]
        assert ours == [name[0] if name and name[0] in kinds.values() else "alone" for name in names], word


def test_the_comparison_would_see_a_broken_letter(plex: Face) -> None:
    alone = [plex.outline(plex.known[ord(letter)]) for letter in reversed("الوزير")]
    assert alone != [plex.outline(name) for name in plex.shaped("الوزير")]


PAIRS = str.maketrans(")]»", "([«")


@pytest.mark.parametrize("headline", HEADLINES)
def test_the_order_is_that_of_another_implementation(headline: str) -> None:
    """python-bidi has two, in Python and in Rust; the second turns no brackets. A percent sign has an isolate."""
    headline = headline.replace("%", " في المئة")
    joined = " ".join(shaping.joined(word) for word in headline.split())
    assert shaping.visual(headline, rtl=True).translate(PAIRS) == get_display(joined, base_dir="R").translate(PAIRS)


@pytest.mark.parametrize(("sentence", "part"), SENTENCES.items())
def test_numbers_signs_and_latin_are_drawn_in_the_order_of_the_page(sentence: str, part: str) -> None:
    drawn = shaping.visual(numbers(sentence), rtl=True).replace("\u00ad", "")
    assert part in drawn
    assert not set(shaping._HELD) & set(drawn)


def test_what_stands_first_is_seen_on_the_right_and_latin_keeps_its_order() -> None:
    line = shaping.visual("بعثة NATO 2021 «تغادر» (غدا) بنسبة 12%", rtl=True)
    assert "NATO 2021" in line
    assert line.endswith("ﺑ")  # the first letter, joined to the second
    assert "«" + shaping.visual("تغادر", rtl=True) + "»" in line
    assert "(" + shaping.visual("غدا", rtl=True) + ")" in line
    assert shaping.visual("NATO تغادر", rtl=False).startswith("NATO ")


def test_a_line_of_a_headline_keeps_the_numbers_that_all_of_it_has() -> None:
    """Without the word before it, which stands on another line, 3412-5456 would be drawn as a pair of numbers."""
    assert numbers(title := "خط ساخن للمتضررين هاتف 3412-5456") == title
    assert "3412-5456" in shaping.visual("3412-5456", rtl=True)


def test_no_letter_is_drawn_alone_that_should_be_joined() -> None:
    assert shaping.joined("محمد") == "\ufee3\ufea4\ufee4\ufeaa"
    assert shaping.joined("لا") == "\ufefb"
    assert shaping.joined("مُوجَز") == shaping.joined("موجز")  # marks would stand beside their letters


@pytest.mark.parametrize("title", ["پاکستان و ایران گفتگو کردند", "ڤيتنام تفتح حدودها", "ٹوکیو میں بارش", "ڻي سوال"])
def test_letters_of_other_languages_take_a_face_that_joins_them(title: str) -> None:
    face, text = cards._face(title)
    assert text == title and {ord(form) for form in shaping.visual(text, rtl=True)} <= cards._characters(face)
    assert inked(opened(card(title)))


@pytest.mark.parametrize("title", ["انبعاثات CO₂ تتراجع", "رفع الفائدة ¾ نقطة وخفضها ½ نقطة", "السيد Şahin في İzmir"])
def test_what_the_first_face_lacks_is_drawn_in_the_other_and_the_rest_stays(title: str) -> None:
    face, text = cards._face(title)
    assert (face, text, cards.lacking(title)) == ("plex-bold.woff2", title, "")
    without = "".join(one for one in title if one.isascii() or "ء" <= one <= "ي")
    assert card(title) != card(without)
    left, _, right, _ = inked(opened(card(title)))
    assert left >= cards.MARGIN - 12 and right <= SIZE[0] - cards.MARGIN + 12


def test_what_a_card_leaves_out_is_named_once() -> None:
    assert cards.lacking("وكالة РИА Новости\u200f و「漢字」 😀😀") == "РИАНовсти「漢字」😀"
    assert cards.lacking("مُوجَز پاکستان ½ CO₂ Şahin") == ""


def test_what_no_face_has_is_left_out_and_moves_no_line_into_another_face() -> None:
    assert cards._face("أسئلة 😀 بلا 漢字 أجوبة") == ("plex-bold.woff2", "أسئلة بلا أجوبة")
    assert card("أسئلة 😀 بلا أجوبة") == card("أسئلة بلا أجوبة")


# ---------------------------------------------------------------- lines


def width(run: str) -> float:
    return 10.0 * len(run)


def test_lines_are_as_equal_as_the_words_allow() -> None:
    assert shaping.wrapped("واحد اثنان ثلاثة أربعة خمسة ستة", 300, 2, width) == ["واحد اثنان ثلاثة", "أربعة خمسة ستة"]
    assert shaping.wrapped("واحد اثنان ثلاثة أربعة خمسة ستة", 400, 1, width) == ["واحد اثنان ثلاثة أربعة خمسة ستة"]
    assert shaping.wrapped("واحد اثنان ثلاثة", 90, 2, width) is None


def test_a_headline_without_end_ends_in_an_ellipsis() -> None:
    lines = shaping.cut("كلمة، " * 40, 300, 3, width)
    assert len(lines) == 3 and lines[-1].endswith("كلمة…") and all(width(line) <= 300 for line in lines)
    assert shaping.cut("مستشفى" * 20, 300, 1, width) == [("مستشفى" * 20)[:29] + "…"]


@pytest.mark.parametrize("word", ["خ" * 30_000, "1-" * 30_000, "خa" * 20_000])
def test_a_headline_of_one_word_takes_no_long_time(word: str) -> None:
    with within(8):
        card(word)


@pytest.mark.parametrize("title", [*HEADLINES, "خبر", "كلمة طويلة " * 40, "استقلال" * 30])
def test_nothing_leaves_its_margins(title: str) -> None:
    left, top, right, bottom = inked(opened(card(title)))
    assert left >= cards.MARGIN - 12 and right <= SIZE[0] - cards.MARGIN + 12
    assert top > 0 and cards.HEAD_TOP + bottom < SIZE[1] - 10


def test_a_latin_headline_begins_at_the_left_and_an_arabic_one_at_the_right() -> None:
    left, _, _, _ = inked(opened(card("NATO ends its mission", title_rtl=False)))
    assert abs(left - cards.MARGIN) < 12
    _, _, right, _ = inked(opened(card("خبر")))
    assert abs(SIZE[0] - right - cards.MARGIN) < 12


# ---------------------------------------------------------------- the file


def test_a_drawn_card_is_a_small_png_in_the_colours_of_the_site() -> None:
    raw = card(HEADLINES[1])
    image = opened(raw)
    assert (image.format, image.size, image.mode) == ("PNG", SIZE, "P")
    assert len(raw) < 30_000
    colours = {colour for _, colour in image.convert("RGB").getcolors(1 << 20) or ()}
    assert len(colours) <= 64 and wanted(LIGHT) <= colours
    other = scheme(paper="#fffbe8", ink="#2a1a10", accent="#7a1024", mark="#f4e5ab")
    image = opened(card(HEADLINES[1], scheme=other))
    assert wanted(other) <= {colour for _, colour in image.convert("RGB").getcolors(1 << 20) or ()}


def wanted(colours: Scheme) -> set[tuple[int, ...]]:
    return {tuple(bytes.fromhex(colour[1:])) for colour in (colours.paper, colours.ink, colours.accent)}


def test_the_bytes_hang_on_nothing_of_the_machine() -> None:
    """Another process, another locale and hash seed, no home and no fonts of the system."""
    told = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1]); from tests.unit.assets import test_cards;"
        "print([hashlib.md5(test_cards.card(one)).hexdigest() for one in test_cards.HEADLINES])"
    )
    run = [sys.executable, "-c", told, str(REPOSITORY)]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[3])}
    answers = {
        subprocess.run(run, capture_output=True, text=True, check=True, env=environment | other).stdout
        for other in ({"PYTHONHASHSEED": "1", "LC_ALL": "C"}, {"PYTHONHASHSEED": "2", "FONTCONFIG_PATH": "/nothing"})
    }
    assert len(answers) == 1


@pytest.mark.parametrize(("size", "sharp"), [((1200, 630), True), ((600, 800), True), ((599, 800), False)])
def test_a_picture_is_cropped_only_if_it_is_large_enough(size: tuple[int, int], sharp: bool) -> None:
    assert pictures.is_for_sharing(*size) is sharp


def test_a_wide_picture_keeps_its_middle_and_a_tall_one_its_upper_third() -> None:
    left, top, right, bottom = pictures.crop(2400, 630)
    assert (left, top, right, bottom) == (600, 0, 1800, 630)
    left, top, right, bottom = pictures.crop(1200, 1830)
    assert (left, right, round(top), round(bottom)) == (0, 1200, 400, 1030)
    made = opened(pictures.make(picture(700, 900), ["card 480"])["card 480"])
    assert (made.format, made.size) == ("JPEG", SIZE)


# ---------------------------------------------------------------- on the site

LARGE = picture(1300, 700, (200, 30, 40))


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    image = "{src: 2021/large.png, alt: ميناء, caption: الميناء}"
    small = "{src: 2021/small.png, alt: قارب}"
    files: dict[str, str | bytes] = {
        **FONTS,
        "config.yaml": CONFIG.replace("cards: false", "cards: true") + "pictures: {widths: [60], formats: []}\n",
        "content/2021/plain.md": article("خبر بلا صورة", id="plain", slug="plain", label="breaking"),
        "content/2021/large.md": article("خبر بصورة", id="large", slug="large", image=image),
        "content/2021/small.md": article("خبر بصورة صغيرة", id="small", slug="small", image=small),
        "content/2021/gone.md": article("خبر سُحب", id="gone", slug="gone", withdrawn="خطأ"),
        "content/2021/draft.md": article("مسودة", id="draft", slug="draft", draft="true"),
        "content/2021/large.png": LARGE,
        "content/2021/small.png": picture(),
    }
    return make_site(files)


def shared(site: Site, path: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[a-z:]+)" content="([^"]*)">', site.read(path)))


def test_each_story_has_a_card_and_points_to_it(site: Site) -> None:
    site.build()
    assert [path for path in site.paths() if path.startswith("cards/")] == [
        "cards/", "cards/large.jpg", "cards/plain.png", "cards/small.png",
    ]  # fmt: skip
    found = shared(site, "2021/10/18/plain/index.html")
    data = site.read("2021/10/18/plain/index.html")
    assert '"image":{"@type":"ImageObject","url":"https://example.org/news/cards/plain.png","width":1200' in data
    assert found["og:image"] == "https://example.org/news/cards/plain.png"
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert found["og:image:alt"] == "خبر بلا صورة"
    assert found["twitter:card"] == "summary_large_image"
    assert shared(site, "2021/10/18/large/index.html")["og:image:alt"] == "ميناء"
    assert shared(site, "2021/10/18/small/index.html")["og:image"].endswith("/cards/small.png")
    middle = opened((site.root / "output/cards/large.jpg").read_bytes()).getpixel((600, 315))
    assert isinstance(middle, tuple) and middle[0] > 180 and middle[1] < 60


def test_a_short_link_that_is_shared_shows_the_story(site: Site) -> None:
    site.build()
    found = shared(site, "s/plain/index.html")
    assert found["og:title"] == "خبر بلا صورة"
    assert found["og:image"] == "https://example.org/news/cards/plain.png"
    assert found["og:url"] == "https://example.org/news/2021/10/18/plain/"
    assert shared(site, "s/gone/index.html") == {}


@pytest.mark.slow
def test_a_card_is_made_anew_only_when_what_it_shows_moves(site: Site) -> None:
    site.build()
    text = article("خبر بلا صورة", id="plain", slug="plain", label="breaking", body="متن آخر أطول.", tags="[وسم]")
    site.write({"content/2021/plain.md": text})
    assert not [path for path in site.build().written if path.startswith("cards/")]
    site.write({"content/2021/plain.md": text.replace("بلا صورة", "له عنوان آخر")})
    assert [path for path in site.build().written if path.startswith("cards/")] == ["cards/plain.png"]
    site.write({"content/2021/large.md": article("عنوان آخر", id="large", slug="large")})
    report = site.build()
    assert "cards/large.png" in report.written and "cards/large.jpg" in report.deleted


def test_cards_are_made_once_whatever_becomes_of_the_output(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.build()
    first = site.digest()
    monkeypatch.setattr(cards, "draw", lambda view: pytest.fail("drawn again"))
    monkeypatch.setattr(pictures, "make", lambda raw, recipes: pytest.fail("cropped again"))
    for path in (site.root / "output/cards").iterdir():
        path.unlink()
    site.build()
    assert site.digest() == first


def test_without_cards_the_picture_itself_is_shared(site: Site) -> None:
    site.write({"config.yaml": CONFIG + "pictures: {widths: [60], formats: []}\n"})
    site.build()
    assert not (site.root / "output/cards").exists()
    assert "/assets/pictures/large-" in shared(site, "2021/10/18/large/index.html")["og:image"]
    assert shared(site, "2021/10/18/plain/index.html")["twitter:card"] == "summary"
    assert shared(site, "s/plain/index.html") == {}


# ---------------------------------------------------------------- of an edition


def desk(make_site: Callable[..., Site]) -> Site:
    """Four stories of one day, by weight, and one of the week's other day."""
    heads = {"a": "الأول بوزنه", "b": "الثاني", "c": "الثالث", "d": "الرابع"}
    files: dict[str, str | bytes] = {
        f"content/{id}.md": article(title, id=id, slug=id, weight=str(9 - number))
        for number, (id, title) in enumerate(heads.items())
    }
    files["content/e.md"] = article("من يوم آخر", id="e", slug="e", date="2021-10-20")
    return make_site({**FONTS, "config.yaml": CONFIG.replace("cards: false", "cards: true"), **files})


def test_an_edition_is_shared_with_its_day_and_its_first_three_headlines(
    make_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[CardView] = []
    monkeypatch.setattr(cards, "draw", lambda view: drawn.append(view) or b"card")
    site = desk(make_site)
    site.build()
    seen = {view.kicker: [view.title, *(one.text for one in view.others)] for view in drawn}
    assert seen["موجز يوم 18 أكتوبر/تشرين الأول 2021"] == ["الأول بوزنه", "الثاني", "الثالث"]
    assert seen["موجز يوم 20 أكتوبر/تشرين الأول 2021"] == ["من يوم آخر"]
    assert seen["موجز الأسبوع: 16–22 أكتوبر/تشرين الأول 2021"] == ["الأول بوزنه", "الثاني", "الثالث"]
    for address in ("2021/10/18/", "2021/w42/"):
        found = shared(site, address + "index.html")
        assert found["og:image"] == f"https://example.org/news/{address}card.png"
        assert found["og:image:alt"].endswith(" · الأول بوزنه · الثاني · الثالث")
        assert found["twitter:card"] == "summary_large_image"
        assert (site.root / "output" / address / "card.png").read_bytes() == b"card"


@pytest.mark.slow
def test_an_edition_has_a_new_card_only_when_its_first_headlines_move(make_site: Callable[..., Site]) -> None:
    site = desk(make_site)
    site.build()

    def redrawn() -> list[str]:
        return [path for path in site.build().written if path.endswith("/card.png")]

    site.write({"content/f.md": article("خامس لا يسبق أحدا", id="f", slug="f", weight="1")})
    assert redrawn() == []
    site.write({"content/b.md": article("عنوان آخر", id="b", slug="b", weight="8")})
    assert redrawn() == ["2021/10/18/card.png", "2021/w42/card.png"]
    warm = site.digest()
    for left in ("output", ".mujaz"):
        shutil.rmtree(site.root / left)
    site.build()
    assert site.digest() == warm
    site.write({"config.yaml": CONFIG})
    site.build()
    assert not [path for path in site.paths() if path.endswith("card.png")]


@pytest.mark.parametrize(
    "titles",
    [
        HEADLINES[:2],
        HEADLINES[:3],
        [HEADLINES[4] * 3, HEADLINES[1] * 3, HEADLINES[6] * 3],
        ["خبر", "A guest column from our correspondent in the north of the country", "مستشفى" * 40],
    ],
)
def test_the_headlines_of_an_edition_stay_in_their_margins_and_apart(titles: list[str]) -> None:
    others = tuple(Headline(text=title, rtl=not title.startswith("A ")) for title in titles[1:])
    image = opened(card(titles[0], others=others))
    left, _, right, bottom = inked(image)
    assert image.size == SIZE
    assert left >= cards.MARGIN - 2 and right <= SIZE[0] - cards.MARGIN + 2 and bottom + cards.HEAD_TOP <= 610
    grey = image.convert("L")
    full = [y for y in range(cards.HEAD_TOP, SIZE[1]) if grey.crop((90, y, SIZE[0] - 90, y + 1)).getextrema()[1] < 128]
    assert len(full) == len(others), "a rule between each two headlines"


def test_every_picture_for_sharing_says_what_it_shows(site: Site) -> None:
    site.write({"content/pages/about.md": "---\ntitle: من نحن\n---\n\nنص.\n"})
    site.build()
    pages = [path for path in site.paths() if path.endswith(".html") and "og:image" in site.read(path)]
    assert {"index.html", "about/index.html", "politics/index.html", "2021/10/18/index.html"} <= set(pages)
    assert [path for path in pages if not shared(site, path).get("og:image:alt")] == []
