"""The same site in Persian and in English: one setting turns words, dates, digits, quotes, faces and direction."""

from __future__ import annotations

import itertools
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml

from mujaz.config.strings import HOLE
from tests.support.browser import serving
from tests.support.html import Html, words_of
from tests.support.recordings import mp4
from tests.support.sites import CONFIG, REPOSITORY, Site, article
from tests.support.whole_site import FONTS, picture

SHIPPED = Path(__file__).parents[2] / "layouts" / "strings"
ARABIC_LETTER = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
# Letters and digits that an Arabic keyboard gives and a Persian text does not hold.
NOT_PERSIAN = re.compile("[يكىةأإ٠-٩]")
MakeSite = Callable[..., Site]


def words(language: str) -> dict[str, Any]:
    strings: dict[str, Any] = yaml.safe_load((SHIPPED / f"{language}.yaml").read_text(encoding="utf-8"))
    return strings


def leaves(strings: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, str]]:
    for key, value in strings.items():
        if isinstance(value, Mapping):
            yield from leaves(value, f"{at}{key}.")
        else:
            yield f"{at}{key}", str(value)


CODES = ("EN", "en", "en-gb", "EN-GB")
OTHERS = sorted(path.stem for path in SHIPPED.glob("*.yaml") if path.stem != "ar")


@pytest.mark.parametrize("language", OTHERS)
def test_each_language_has_every_word(language: str) -> None:
    forms = ("zero", "one", "two", "few", "many", "other")

    def keys(strings: dict[str, Any]) -> set[str]:
        shared = (key for key, _ in leaves(strings) if not key.startswith("places."))  # of cities each has its own
        return {key for key in shared if not (key.startswith("plurals.") and key.endswith(forms[:-1]))}

    assert keys(words(language)) == keys(words("ar"))


@pytest.mark.parametrize("language", OTHERS)
def test_each_word_is_filled_with_the_same_values(language: str) -> None:
    mine = dict(leaves(words(language)))
    for key, value in leaves(words("ar")):
        if not key.startswith(("plurals.", "places.")):
            assert sorted(set(HOLE.findall(mine[key]))) == sorted(set(HOLE.findall(value))), key


def test_no_language_has_the_letters_of_another() -> None:
    assert [key for key, value in leaves(words("en")) if ARABIC_LETTER.search(value)] == []
    assert [key for key, value in leaves(words("fa")) if NOT_PERSIAN.search(value)] == []


# ---------------------------------------------------------------- a Persian and an English site

IMAGE = "{src: quay.png, alt: %s, caption: %s, credit: %s}"
TEXTS = {
    "fa": {
        "site": "روزنامهٔ آزمون",
        "section": "سیاست",
        "title": "بازگشایی بندر پس از ۲ روز",
        "other": "کشتی‌ها به بندر برگشتند",
        "tag": "بندر",
        "author": "سارا احمدی",
        "series": "بحران بندر",
        "body": 'رئیس بندر گفت "کار از سر گرفته شد" و در Rotterdam هم.\n\n## چه شد\n\n> چیزی ندیدیم.\n> — نگهبان',
        "image": IMAGE % ("بندر", "بندر در بامداد", "عکس روزنامه"),
        "note": "شمار کشتی‌ها درست شد",
    },
    "en": {
        "site": "The Trial Paper",
        "section": "Politics",
        "title": "Harbour opens again after 2 days",
        "other": "Ships return to the harbour",
        "tag": "Harbour",
        "author": "Sara Ahmadi",
        "series": "The harbour crisis",
        "body": 'The master said "work has begun" in Doha.\n\n## What happened\n\n> We saw nothing.\n> — A guard',
        "image": IMAGE % ("The harbour", "The harbour at dawn", "The Trial Paper"),
        "note": "The number of ships was wrong",
    },
}


def in_language(language: str, more: str = "") -> dict[str, str | bytes]:
    """A site with a story of everything, one more in its series, a standing page and a withdrawn story."""
    text = TEXTS[language]
    common = {"tags": f"[{text['tag']}]", "author": text["author"], "series": text["series"]}
    config = CONFIG.replace("language: ar", f"language: {language}").replace("صحيفة التجربة", text["site"])
    config = re.sub(r"tagline:.*", f"tagline: {text['title']}", config)
    config = re.sub(r"  (?:sport|science):.*\n", "", config).replace("سياسة", text["section"])
    return {
        **FONTS,
        "config.yaml": config + "most_read: {source: hits.csv}\n" + more,
        "hits.csv": "one,9\ntwo,4\n",
        "content/a/index.md": article(
            text["title"], slug="one", id="one", body=text["body"], image=text["image"], label="breaking",
            summary=text["other"], sources=f"[{text['site']}]", updated="2021-10-18 18:30",
            corrections=f"[{{date: 2021-10-19, text: {text['note']}}}]", **common,
        ),
        "content/a/quay.png": picture(),
        "content/b.md": article(
            text["other"], slug="two", id="two", date="2021-10-19", body=text["other"], **common
        ),
        "content/c.md": article(text["other"], slug="gone", date="2021-10-17", withdrawn=text["note"]),
        "content/pages/about.md": f"---\ntitle: {text['site']}\n---\n\n{text['other']}\n",
    }  # fmt: skip


def texts_of(site: Site) -> Iterator[tuple[str, str]]:
    """Every page, feed and index of the output."""
    for path in site.paths():
        if path.endswith((".html", ".xml", ".json", ".txt", ".opml", ".webmanifest")):
            yield path, site.read(path)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    sites = {}
    for language in TEXTS:
        sites[language] = Site(tmp_path_factory.mktemp(language)).write(in_language(language))
        assert sites[language].build().warnings == ()
    return sites


def test_an_english_site_holds_no_arabic_letter_and_runs_from_the_left(built: dict[str, Site]) -> None:
    site = built["en"]
    assert [
        (path, ARABIC_LETTER.findall(text)[:9]) for path, text in texts_of(site) if ARABIC_LETTER.search(text)
    ] == []
    for path, text in texts_of(site):
        if path.endswith(".html") and "<html" in text:
            assert '<html lang="en" dir="ltr"' in text, path
            assert "rtl" not in text, path


def test_a_persian_site_holds_no_letter_that_is_only_arabic(built: dict[str, Site]) -> None:
    site = built["fa"]
    assert [path for path, text in texts_of(site) if NOT_PERSIAN.search(text)] == []
    for path, text in texts_of(site):
        if path.endswith(".html") and "<html" in text:
            assert '<html lang="fa" dir="rtl"' in text, path


def test_dates_digits_quotes_and_arrows_are_those_of_the_language(built: dict[str, Site]) -> None:
    story = "2021/10/18/one/index.html"
    persian, english = Html(built["fa"].read(story)), Html(built["en"].read(story))
    assert "۱۸ اکتبر ۲۰۲۱، ساعت ۱۴:۰۰ به وقت دوحه" in words_of(persian.one("//div[@class='byline']"))
    assert "October 18, 2021, 14:00 Doha time" in words_of(english.one("//div[@class='byline']"))
    assert "«کار از سر گرفته شد»" in words_of(persian.one("//div[@itemprop='articleBody']"))
    assert "“work has begun”" in words_of(english.one("//div[@itemprop='articleBody']"))
    assert "←" in words_of(persian.one("//nav[@class='crumbs']")) and "→" in words_of(
        english.one("//nav[@class='crumbs']")
    )
    assert persian.all("//div[@itemprop='articleBody']//bdi[text()='Rotterdam']")
    assert not english.all("//div[@itemprop='articleBody']//bdi")
    assert "۲ خبر" in words_of(Html(built["fa"].read("politics/index.html")).one("//header[@class='title']"))
    assert "2 stories" in words_of(Html(built["en"].read("politics/index.html")).one("//header[@class='title']"))


def test_the_search_narrows_down_to_years_in_the_digits_of_the_language(make_site: MakeSite) -> None:
    """A Persian search page offered its years in the digits of Arabic."""
    files = in_language("fa")
    site = make_site({**files, "config.yaml": str(files["config.yaml"]).replace("search: false", "search: true")})
    site.build()
    assert Html(site.read("search/index.html")).words("//select[@name='year']/option[position() > 1]") == ["۲۰۲۱"]


def test_config_still_decides_digits_and_quotes(make_site: MakeSite) -> None:
    site = make_site(in_language("fa", "dates: {digits: western, hijri: true}\nquotes: curly\n"))
    site.build()
    page = Html(site.read("2021/10/18/one/index.html"))
    assert "18 اکتبر 2021" in words_of(page.one("//div[@class='byline']")) and "“کار" in words_of(page.one("//main"))
    assert "26 مهر 1400" in words_of(page.one("//p[@class='day']"))  # the Solar Hijri date, in the masthead


def test_a_site_brings_a_language_of_its_own_in_one_file(make_site: MakeSite) -> None:
    """Urdu, with the words of Persian for this test: nothing but the one file is needed."""
    urdu = (SHIPPED / "fa.yaml").read_text(encoding="utf-8").replace("language: fa", "language: ur")
    files = in_language("fa")
    files["config.yaml"] = str(files["config.yaml"]).replace("language: fa", "language: ur")
    site = make_site({**files, "layouts/strings/ur.yaml": urdu})
    site.build()
    text = site.read("2021/10/18/one/index.html")
    assert '<html lang="ur" dir="rtl">' in text and "۱۸ اکتوبر، ۲۰۲۱" in text


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("{section}", "{zzz}", "has '{zzz}', but only"),
        ("{section}", "{section.__class__}", "has '{section.__class__}', but only"),
        ("{section}", "{", "has '{', but only"),
        ("labels:", "labels: نص\nother:", "'labels' is not"),
        ("places:", "places: نص\nothers:", "'places' is not"),
        ("feed_readers:", "feed_readers: نص\nother_readers:", "'feed_readers' is not"),
    ],
)
def test_the_words_of_a_language_of_ones_own_are_checked(
    make_site: MakeSite, before: str, after: str, said: str
) -> None:
    words = (SHIPPED / "fa.yaml").read_text(encoding="utf-8")
    assert before in words
    files = in_language("fa")
    files["config.yaml"] = str(files["config.yaml"]).replace("language: fa", "language: ur")
    site = make_site({**files, "layouts/strings/ur.yaml": words.replace(before, after, 1)})
    assert any(one.startswith("layouts/strings/ur.yaml: ") and said in one for one in site.problems())


def test_what_a_language_may_choose_is_checked(make_site: MakeSite) -> None:
    site = make_site({**FONTS, "layouts/strings/ar.yaml": "digits: roman\ndirection: up\n"})
    assert [line.partition("\n")[0] for line in site.problems()] == [
        "layouts/strings/ar.yaml: 'digits' is 'roman', not one of western, arabic",
        "layouts/strings/ar.yaml: 'direction' is 'up', not one of rtl, ltr",
    ]


# ---------------------------------------------------------------- the sample's content under each language

LETTERS = re.compile("[^\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]")
LEAN = "cards: false\nsearch: false\npictures: {widths: [60], formats: []}\n"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    """Language → the sample's content with its words, with small pictures and no cards."""
    config = (REPOSITORY / "config.yaml").read_text(encoding="utf-8")
    config = re.sub(r"(?m)^(cards|search):.*\n|^pictures:\n(  .*\n)+", "", config) + LEAN
    sites = {}
    for language in ("ar", *TEXTS):
        sites[language] = Site(tmp_path_factory.mktemp(f"sample-{language}")).write(FONTS)
        sites[language].write({"config.yaml": config.replace("language: ar", f"language: {language}")})
        shutil.copytree(REPOSITORY / "content", sites[language].root / "content")
        # Where its own language is the site's, a translation would be in the language of what it translates.
        pair = sites[language].root / "content/2021/10/webb-kourou.md"
        pair.write_text(pair.read_text(encoding="utf-8").replace("translation_of: webb-ship\n", ""), encoding="utf-8")
        for captions in (sites[language].root / "content").rglob(f"*.{language}.vtt"):
            captions.unlink()  # beside those that name no language
        if language != "ar":  # the pictures are those of the first
            shutil.copytree(sites["ar"].root / ".mujaz/kept", sites[language].root / ".mujaz/kept")
        assert sites[language].build(jobs=0).warnings == ()
    return sites


def written_in(site: Site) -> str:
    """The letters of all that the editors wrote."""
    files = [site.root / "config.yaml", *(site.root / "content").rglob("*.md")]
    return LETTERS.sub("", " ".join(file.read_text(encoding="utf-8") for file in files))


def own_words(site: Site) -> Iterator[tuple[str, str]]:
    """(path, words between Latin ones) of what a page says and its editors did not write in this order."""
    written = written_in(site)
    seen: set[str] = set()
    for path in site.paths():
        if path.endswith(".html"):
            page = Html(site.read(path))
            new = {*page.all("//text()"), *page.all("//@*")} - seen
            seen |= new
            for text in new:
                runs = re.split(r'[A-Za-z:"|]+', text)
                yield from ((path, run) for run in runs if LETTERS.sub("", run) not in written)


def test_an_english_site_says_nothing_in_arabic_but_what_its_editors_wrote(samples: dict[str, Site]) -> None:
    assert list(own_words(samples["en"])) == []
    assert len(set(itertools.islice(own_words(samples["ar"]), 1000))) > 100  # what is looked for can be found


def test_a_persian_site_says_its_own_words_in_persian_letters(samples: dict[str, Site]) -> None:
    said, written = set(own_words(samples["fa"])), written_in(samples["fa"])
    arabic = {one for _, words in said for one in words.split() if NOT_PERSIAN.search(one)}
    assert len(said) > 100 and [one for one in arabic if LETTERS.sub("", one) not in written] == []


# ---------------------------------------------------------------- no side is assumed

PLACES = """() => Object.fromEntries([
  ".masthead .name", ".sections li", ".opening", ".lead-figure", ".byline", ".prose", ".story-page .side",
  ".related", ".pager .previous", ".share",
  ".footer nav > div", ".card", ".seconds", ".smalls", ".to-edition", ".list-page .side", ".lead .pic",
  ".briefs", ".calendar", ".calendar th:last-child", ".timeline .card", ".counts li", ".steps li", ".copied .when",
  ".corrected", ".row .pic", ".first .pic", ".kicker", ".prose .pull", ".quote figcaption", "figcaption", ".crumbs li",
].map(one => [one, document.querySelector(one)])
.filter(([, found]) => found?.getClientRects().length).map(([one, element]) => {
  const box = element.getBoundingClientRect();
  const rtl = document.documentElement.dir === "rtl";
  return [one, Math.round(rtl ? innerWidth - box.right : box.left)];
}))"""


KINDS = (
    "", "2021/10/25/*/", "2021/10/31/*/", "politics/", "politics/2021/10/", "2021/10/18/", "2021/w42/", "2021/10/",
    "2021/", "tags/", "series/*/", "most-read/", "corrections/", "feeds/", "about/", "404.html",
)  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_in_another_language_is_built_from_the_side_where_its_lines_begin(
    samples: dict[str, Site], chromium: Any, width: int
) -> None:
    """The same content under each language: each block begins as far from that side."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for language, site in samples.items():
        output = site.root / "output"
        with serving(output) as address:
            context = chromium.new_context(viewport={"width": width, "height": 900})
            page = context.new_page()
            for kind in KINDS:
                path = min(output.glob(kind)).relative_to(output).as_posix() if "*" in kind else kind
                page.goto(f"{address}/{quote(path)}")
                found[language, kind] = page.evaluate(PLACES)
                assert page.evaluate("document.documentElement.scrollWidth") <= width
            context.close()
    assert len({place for places in found.values() for place in places}) >= 30
    for language in TEXTS:
        for kind in KINDS:
            arabic, other = found["ar", kind], found[language, kind]
            assert len(arabic) > 3 and arabic.keys() == other.keys(), kind
            moved = {place for place, start in arabic.items() if abs(other[place] - start) > 1}
            assert moved == set(), (language, kind)


def test_an_article_in_another_language_says_so_when_it_is_shared(make_site: MakeSite) -> None:
    site = make_site(
        {
            **FONTS,
            "content/a.md": article("Harbour opens", slug="a", lang="en"),
            "content/b.md": article("الميناء يفتح", slug="b"),
            "content/c.md": article("بندر", slug="c", lang="fa"),
        }
    )
    site.build()
    told = [Html(site.read(f"2021/10/18/{name}/index.html")).one("//meta[@property='og:locale']") for name in "abc"]
    assert [one.get("content") for one in told] == ["en_GB", "ar_AR", "fa_IR"]


def test_codes_that_differ_in_case_are_one_language(make_site: MakeSite) -> None:
    """A story in EN beside one in en stopped the build: two feeds wanted one address, and no file was named."""
    stories = {code: article(f"Story {code}", slug=code.lower() + str(n), lang=code) for n, code in enumerate(CODES)}
    site = make_site({"config.yaml": CONFIG.replace("language: ar", "language: AR")})
    site.write({f"content/{n}.md": text for n, text in enumerate(stories.values())})
    site.write({"content/film.mp4": mp4(), "content/film.EN.vtt": "WEBVTT\n", "content/film.en.vtt": "WEBVTT\n"})
    site.write({"content/own.md": article(slug="own", lang="ar", body="![فيلم](film.mp4)")})
    assert [warning.message.id for warning in site.build().warnings] == ["captions-twice"]
    titles = {
        path: {one["title"] for one in json.loads(site.read(path))["items"]}
        for path in ("en/feed.json", "en-gb/feed.json")
    }
    assert titles == {"en/feed.json": {"Story EN", "Story en"}, "en-gb/feed.json": {"Story en-gb", "Story EN-GB"}}
    assert '<html lang="en-GB"' in site.read("2021/10/18/en-gb3/index.html")
    own = site.read("2021/10/18/own/index.html")
    assert '<html lang="ar"' in own and own.count("<track ") == 1 and 'srclang="en"' in own


@pytest.mark.parametrize("code", ["con", "AUX", "nul", "prn"])
def test_no_language_has_the_name_of_a_device(code: str, make_site: MakeSite) -> None:
    """Its feeds lay in a folder that Windows cannot have."""
    [problem] = make_site({**FONTS, "content/a.md": article("A", slug="a", lang=code)}).problems()
    assert problem.startswith("content/a.md:6:7: 'lang' is ")
    make_site({**FONTS, "content/a.md": article("A", slug="a", lang=f"{code}-EG")}).build()
