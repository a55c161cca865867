"""Search: twenty hard questions find their story, an edit moves little of the index, and it is the same each time."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mujaz.arabic.isolates import isolated
from mujaz.model.file_views import SearchStoryView
from mujaz.search import index
from mujaz.search.words import shard, terms
from tests.support.browser import serving
from tests.support.sites import CONFIG, Site, article
from tests.support.whole_site import FONTS

# id → (headline, text): what a desk writes, with hamza, marks, tatweel and Latin names as they come.
STORIES = {
    "minister": ("مسؤول كبير يزور الميناء", "قال المسؤول إن الأرصفة الثلاثة ستفتح قبل نهاية الشهر."),
    "president": ("رئيس الوزراء يعلن حكومة جديدة", "أعلن الرئيس أسماء الوزراء بعد مشاورات طويلة."),
    "russia": ("روسي يفوز ببطولة الشطرنج", "فاز اللاعب الروسي بالبطولة بعد أربع ساعات."),
    "school": ("مدرسة في الجبل تستقبل تلاميذها", "فتحت المدرسة أبوابها بعد ترميم دام سنتين."),
    "hospital": ("مستشفى المدينة يفتح جناحا للأطفال", "المستشفى الجديد يضم ستين سريرا."),
    "quran": ("مُوجَزُ المَعرِضِ الأُوَّلِ للمخطوطات", "عُرِضَت المَخطوطاتُ في قاعةٍ واحدة."),
    "tatweel": ("معرض الكتـــاب يمدد أيامه", "مدد المعرض أيامه أسبوعا بسبب الإقبال."),
    "year": ("موازنة 2021 تمر بأغلبية ضيقة", "وافق المجلس على الموازنة بعد نقاش."),
    "arabic-digits": ("ميزانية ١٩٧٣ في كتاب مؤرخ", "يروي المؤرخ كيف كُتبت تلك الميزانية."),
    "nato": ("بعثة NATO تغادر القاعدة", "غادرت بعثة الحلف القاعدة البحرية صباحا."),
    "covid": ("لقاح كوفيد-19 يصل إلى القرى", "وصلت الجرعات في سيارات مبردة."),
    "islam": ("الإسلام في كتابات الرحالة", "كتب الرحالة عما رأوه في الأسواق."),
    "hope": ("آمال المزارعين معلقة بالمطر", "ينتظر المزارعون أول الغيث."),
    "bill": ("المؤسسة تطلب مؤهلات جديدة", "تشترط المؤسسة شهادة لغة."),
    "environment": ("بيئة البحيرة تتعافى", "عادت الطيور إلى البحيرة بعد غياب."),
    "city": ("القاهرة تفتتح خط قطار", "يربط القطار القاهرة بالعاصمة الإدارية."),
    "messi": ("ميسي يسجل هدفين في باريس", "قاد Lionel Messi فريقه إلى النصر."),
    "wa": ("والاقتصاد ينمو رغم الجفاف", "نما الاقتصاد ثلاثة في المئة."),
    "desert": ("قافلة تعبر الصحراء على الأقدام", "سارت القافلة أربعين ليلة."),
    "tag": ("ندوة عن صناعة الزجاج", "حضر الندوة خمسون حرفيا."),
    "author": ("سوق السمك عند الفجر", "يبدأ البيع قبل شروق الشمس."),
    "persian": ("وفد من کردستان ایران في حرم عبد اللہ", "زار الوفد المکتبة وفاز فريقه 31-12 في السلة."),
    "odd": ("سطر من كل شيء", "قال: ﷺ — ـــ ١٢-٣٤ و/أو a.b@c.example الـCNN 5,3% «زمردة» أخيرا."),
}
MORE = {"tag": {"tags": "[الحرف اليدوية]"}, "author": {"authors": "[سلمى الحسن]"}}
QUESTIONS = (
    ("مسئول كبير", "minister"),  # ئ for ؤ
    ("المسؤول الميناء", "minister"),
    ("رءيس الوزراء", "president"),
    ("الروسي الشطرنج", "russia"),  # with ال where the headline has none
    ("مدرسه الجبل", "school"),  # ه for ة
    ("مستشفي الاطفال", "hospital"),  # ي for ى, no hamza
    ("موجز المعرض الاول", "quran"),  # no tashkeel
    ("مَخْطُوطَات", "quran"),  # other tashkeel
    ("معرض الكتاب", "tatweel"),
    ("معـرض الكتـاب", "tatweel"),
    ("موازنة ٢٠٢١", "year"),
    ("ميزانية 1973", "arabic-digits"),
    ("nato", "nato"),
    ("كوفيد ١٩", "covid"),
    ("الاسلام الرحاله", "islam"),
    ("امال المزارعين", "hope"),  # ا for آ
    ("موسسة مؤهلات", "bill"),  # a plain و for ؤ
    ("بيءة البحيره", "environment"),
    ("قاهره", "city"),  # without ال
    ("LIONEL messi", "messi"),
    ("اقتصاد ينمو", "wa"),  # behind وال
    ("الحرف اليدويه", "tag"),  # a tag that the text does not say
    ("سلمي الحسن", "author"),
    ("كردستان إيران", "persian"),  # ك and ي for ک and ی
    ("الله", "persian"),  # ه for ہ
    ("31-12", "persian"),  # a hyphen, where the page has a dash
)
YEARS = (2021, 2020, 2019, 2018, 2017)


def files() -> dict[str, str | bytes]:
    """Twenty-three stories over five years, and others that must not be found."""
    found: dict[str, str | bytes] = {**FONTS, "config.yaml": CONFIG.replace("search: false", "search: true")}
    for number, (id, (title, text)) in enumerate(STORIES.items()):
        section = ("politics", "sport", "science")[number % 3]
        date = f"{YEARS[number % 5]}-10-{number % 27 + 1:02}"
        more = MORE.get(id, {})
        body = f"{text}\n\nكتبه مراسلنا."
        found[f"content/{id}.md"] = article(title, id=id, slug=id, date=date, section=section, body=body, **more)
    hidden = {"draft": "true", "withdrawn": "لم يثبت", "date": "2022-03-01", "expires": "2021-11-01"}
    for key, value in hidden.items():
        found[f"content/{key}.md"] = article("زرافة مخفية", id=f"no-{key}", slug=f"no-{key}", **{key: value})
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("search")).write(files())
    site.build()
    return site


@pytest.fixture(scope="module")
def page(site: Site, chromium: Any) -> Iterator[Any]:
    """The search page below the base path of its site. Whatever goes wrong in it fails the test that ends with it."""
    with serving(site.root / "output", "/news") as home:
        tab = chromium.new_page()
        wrong: list[str] = []
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.on("console", lambda line: wrong.append(line.text) if _is_trouble(line) else None)
        tab.goto(f"{home}/search/")
        yield tab
        tab.close()
        assert wrong == []


def _is_trouble(line: Any) -> bool:
    return line.type in ("error", "warning") and "font" not in line.text and "OTS" not in line.text  # the test's fonts


def ask(page: Any, text: str, **narrow: str) -> list[str]:
    """The stories that are found, in the order of the page."""
    for name in ("section", "year", "order"):
        page.locator(f"select[name={name}]").select_option(label=narrow[name]) if name in narrow else page.locator(
            f"select[name={name}]"
        ).select_option(index=0)
    page.locator("input[name=q]").fill(text)
    page.locator("input[name=q]").press("Enter")
    page.wait_for_function(
        "text => new URLSearchParams(location.search).get('q') === text && !document.querySelector('[aria-busy]')",
        arg=text,
    )
    found: list[str] = page.locator("#results > li").evaluate_all("all => all.map(one => one.dataset.story)")
    return found


# ---------------------------------------------------------------- in the browser


@pytest.mark.browser
@pytest.mark.parametrize(("question", "story"), QUESTIONS)
def test_a_hard_question_finds_its_story_first(page: Any, question: str, story: str) -> None:
    assert ask(page, question)[:1] == [story]


@pytest.mark.browser
def test_an_empty_field_begins_where_the_page_does(page: Any) -> None:
    page.locator("input[name=q]").fill("")
    assert page.locator("input[name=q]").evaluate("one => getComputedStyle(one).direction") == "rtl"


@pytest.mark.browser
def test_the_page_makes_the_terms_of_the_index(page: Any) -> None:
    """Both word by word, and the index over every letter that Arabic is written with."""
    letters = "".join(chr(code) for code in (*range(0x600, 0x700), *range(0xFB50, 0xFE00), *range(0xFE70, 0xFF00)))
    known = [letter for letter in letters if unicodedata.category(letter) not in ("Cn", "Cf")]
    texts = [*STORIES, *(text for story in STORIES.values() for text in story), *(f"ا{letter}ب" for letter in known)]
    words = sorted({word for text in texts for word in [*text.split(), *(f"والال{text}اتها", f"{text}كتب")]})
    words += ["Elections", "glass", "status", "İS", "كوفيد-19", "a_b", "—", "𞤀𞤁𞤂"]
    script = "async ([address, words]) => { const { terms } = await import(address); return words.map(terms) }"
    address = page.locator("script[type=module]").get_attribute("src")
    assert page.evaluate(script, [address, words]) == [list(terms(word)) for word in words]


@pytest.mark.browser
def test_a_result_shows_what_was_written_and_marks_what_was_found(page: Any) -> None:
    ask(page, "مسئول ستفتح")
    first = page.locator("#results > li").first
    assert first.locator("h2").inner_text() == STORIES["minister"][0]
    assert first.locator("h2 mark").all_inner_texts() == ["مسؤول"]
    assert first.locator(".summary").inner_text() == f"{STORIES['minister'][1]} كتبه مراسلنا."
    assert "ستفتح" in first.locator(".summary mark").all_inner_texts()
    assert first.locator("a").get_attribute("href") == "/news/2021/10/01/minister/"
    assert page.locator("#found").inner_text() == "نتيجة واحدة"


def test_a_result_has_marks_where_a_line_from_right_to_left_would_turn_it_round(tmp_path: Path) -> None:
    texts = {"ar": "انبعاثات CO₂، هاتف +974 4412 3456 الآن", "en": "CO₂ of حماس rose by -4.5%"}
    files = {f"content/{lang}.md": article(text, id=lang, lang=lang, body=text) for lang, text in texts.items()}
    site = Site(tmp_path).write({**FONTS, "config.yaml": CONFIG.replace("search: false", "search: true"), **files})
    site.build()
    for lang, wanted in (("ar", isolated(texts["ar"])), ("en", texts["en"])):
        story = json.loads(site.read(f"search/stories/{lang}.json"))
        assert (story["title"], story["text"]) == (wanted, wanted)
    assert isolated(texts["ar"]).count("\u2066") == 1


def test_a_result_has_the_quotes_of_the_site_around_what_others_say(tmp_path: Path) -> None:
    config = CONFIG.replace("search: false", "search: true")
    files = {"content/a.md": article("رأس", id="a", body="> سنهدم المدينة.\n> — وزير\n\nثم سافر.")}
    site = Site(tmp_path).write({**FONTS, "config.yaml": config, **files})
    for style, text in (
        ("guillemets", "«سنهدم المدينة.» — وزير ثم سافر."),
        ("curly", "“سنهدم المدينة.” — وزير ثم سافر."),
    ):
        site.write({"config.yaml": f"{config}\nquotes: {style}\n"}).build()
        assert json.loads(site.read("search/stories/a.json"))["text"] == text


@pytest.mark.browser
def test_the_mark_stands_on_the_word_that_was_found_whatever_stands_before_it(page: Any) -> None:
    assert ask(page, "زمرده") == ["odd"]
    assert page.locator("#results mark").all_inner_texts() == ["زمردة"]  # and not on its quotes


@pytest.mark.browser
def test_drafts_withdrawn_held_and_expired_stories_are_not_found(page: Any) -> None:
    assert ask(page, "زرافة") == []
    assert "لم نجد شيئا" in page.locator("#found").inner_text()


@pytest.mark.browser
def test_a_section_a_year_and_an_order_narrow_it_down(page: Any) -> None:
    every = ask(page, "بعد")
    assert len(every) > 3
    assert set(ask(page, "بعد", section="علوم")) < set(every)
    assert ask(page, "بعد", year="2018") == ["school"]
    newest = ask(page, "بعد", order="الأحدث أولا")
    assert set(newest) == set(every)
    dates = page.locator("#results time").evaluate_all("all => all.map(time => time.dateTime)")
    assert dates == sorted(dates, reverse=True)
    assert {date[:4] for date in dates} > {"2020", "2018"}


@pytest.mark.browser
@pytest.mark.parametrize("order", ["الأقرب إلى بحثك", "الأحدث أولا"])
def test_older_years_are_asked_when_the_newest_have_no_more_to_say(page: Any, order: str) -> None:
    assert len(ask(page, "مراسلنا", order=order)) == 10
    assert page.locator("#found").inner_text() == "15 نتيجة (2019–2021)"
    more = page.locator("#more")
    for shown in (15, len(STORIES)):
        more.click()
        page.wait_for_function("shown => document.querySelectorAll('#results > li').length === shown", arg=shown)
    assert page.locator("#found").inner_text() == "23 نتيجة"
    assert not more.is_visible()
    found = page.locator("#results > li").evaluate_all("all => all.map(one => one.dataset.story)")
    assert sorted(found) == sorted(STORIES)
    if order == "الأحدث أولا":
        dates = page.locator("#results time").evaluate_all("all => all.map(time => time.dateTime)")
        assert dates == sorted(dates, reverse=True)
    assert page.evaluate("document.activeElement.closest('#results li').dataset.story") == found[15]


@pytest.mark.browser
def test_a_phrase_stands_as_it_is_said(page: Any) -> None:
    assert ask(page, "«بعد أربع ساعات»") == ["russia"]
    assert ask(page, "«أربع بعد ساعات»") == []


@pytest.mark.browser
def test_a_phrase_is_found_with_the_signs_that_stand_alone_in_it(page: Any) -> None:
    """A headline with a dash was not found by who copied it."""
    for question in ("«قال: ﷺ — ـــ ١٢-٣٤ و/أو»", "«— ١٢-٣٤ و/أو a.b@c.example —»", '" ﷺ – ـــ 12-34 "'):
        assert ask(page, question) == ["odd"]
        assert page.locator("#results mark").count() > 1
    assert ask(page, "«ﷺ — ١٢-٣٤»") == []
    assert ask(page, "«— — —»") == []


@pytest.mark.browser
def test_a_page_that_comes_old_again_is_not_loaded_for_ever(copy: Site, chromium: Any) -> None:
    """A cache that keeps an address with its question longer than the one without."""
    old = (copy.root / "output/search/index.html").read_bytes()
    copy.write({"content/new.md": article("ثلج على الساحل", id="new", slug="new", date="2021-11-20")}).build()
    with serving(copy.root / "output", "/news") as home:
        tab = chromium.new_page()
        loaded: list[str] = []

        def cached(route: Any) -> None:
            loaded.append(route.request.url)
            route.fulfill(body=old, content_type="text/html")

        tab.route("**/search/?q=*", cached)
        tab.goto(f"{home}/search/?q=ثلج")
        tab.wait_for_function("() => document.getElementById('found').textContent.includes('تعذر')", timeout=15_000)
        assert len(loaded) == 2
        tab.close()


@pytest.mark.browser
def test_the_address_of_a_search_can_be_passed_on(page: Any) -> None:
    ask(page, "قاهره", section="سياسة")
    page.goto(page.url)
    page.wait_for_selector("#results > li")
    assert page.locator("#results > li").first.get_attribute("data-story") == "city"


@pytest.mark.browser
def test_a_lost_line_is_told_and_the_next_search_tries_again(site: Site, chromium: Any) -> None:
    with serving(site.root / "output", "/news") as home:
        tab = chromium.new_page()
        tab.route("**/search/2021/*.json", lambda route: route.abort())
        tab.goto(f"{home}/search/?q=قاهره")
        tab.wait_for_function("() => document.getElementById('found').textContent.includes('تعذر')")
        tab.unroute("**/search/2021/*.json")
        tab.locator("input[name=q]").press("Enter")
        tab.wait_for_selector("#results > li[data-story=city]")
        tab.close()


@pytest.mark.browser
def test_a_page_that_is_open_while_the_site_is_built_finds_what_is_new(copy: Site, chromium: Any) -> None:
    """Each search failed until the reader loaded the page anew: the tables that it named were gone."""
    served = copy.root / "served"
    shutil.copytree(copy.root / "output", served)
    copy.write({"content/new.md": article("ثلج على الساحل", id="new", slug="new", date="2021-11-20")}).build()
    with serving(served, "/news") as home:
        tab = chromium.new_page()
        tab.goto(f"{home}/search/")
        shutil.rmtree(served)
        shutil.copytree(copy.root / "output", served)
        tab.locator("input[name=q]").fill("ثلج")
        tab.locator("input[name=q]").press("Enter")
        tab.wait_for_selector("#results > li[data-story=new]")
        assert tab.locator("input[name=q]").input_value() == "ثلج"
        tab.close()


@pytest.mark.browser
def test_results_that_did_not_come_are_asked_for_again(site: Site, chromium: Any) -> None:
    """Ten results were passed over where one of their files did not come."""
    with serving(site.root / "output", "/news") as home:
        tab = chromium.new_page()
        tab.goto(f"{home}/search/?q=مراسلنا")
        tab.wait_for_selector("#results > li")
        tab.route("**/search/stories/*.json", lambda route: route.abort())
        tab.locator("#more").click()
        tab.wait_for_function("() => document.getElementById('found').textContent.includes('تعذر')")
        tab.unroute("**/search/stories/*.json")
        tab.locator("#more").click()
        tab.wait_for_function("() => document.querySelectorAll('#results > li').length === 15")
        shown = tab.locator("#results > li").evaluate_all("all => all.map(one => one.dataset.story)")
        tab.close()
    assert len(set(shown)) == 15


@pytest.mark.browser
def test_nothing_of_it_is_loaded_elsewhere(site: Site, chromium: Any) -> None:
    with serving(site.root / "output", "/news") as home:
        tab = chromium.new_page()
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(f"{home}/2021/10/01/minister/")
        tab.close()
    assert asked and not [url for url in asked if "search" in url]


@pytest.mark.browser
def test_a_search_loads_a_table_and_a_file_for_each_word_of_three_years_and_ten_stories(
    site: Site, chromium: Any
) -> None:
    with serving(site.root / "output", "/news") as home:
        tab = chromium.new_page()
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url.removeprefix(home)))
        tab.goto(f"{home}/search/?q=كتبه مراسلنا")
        tab.wait_for_selector("#results > li")
        tab.close()
    loaded = [url for url in asked if url.endswith(".json")]
    assert len(loaded) == len(set(loaded))
    assert len([url for url in loaded if url.startswith("/search/stories/")]) == 10
    assert {url.split("/")[2] for url in loaded} == {"stories", "2021", "2020", "2019"}
    assert len(loaded) <= 10 + 3 * (1 + 2)


# ---------------------------------------------------------------- the index


def records() -> list[tuple[SearchStoryView, str]]:
    empty = {"url": "", "summary": "", "body": "", "section": "sport", "section_name": "رياضة", "date": "", "iso": ""}
    return [(SearchStoryView(id=id, title=title, more=(), **empty), text) for id, (title, text) in STORIES.items()]


@pytest.mark.parametrize("shards", [1, 8])
def test_the_index_has_each_term_once_in_its_shard_and_each_place_of_it(shards: int) -> None:
    part = index.index(records(), shards)
    assert part == index.index(records(), shards)
    told: dict[tuple[str, int], list[int]] = {}
    for number, raw in enumerate(part.shards):
        for term, values in json.loads(raw).items():
            assert shard(term, shards) == number
            story = place = 0
            for value in values:
                if value < 0:
                    story, place = story - value - 1, 0
                else:
                    place += value
                    told.setdefault((term, story), []).append(place)
    expected: dict[tuple[str, int], list[int]] = {}
    for number, (record, text) in enumerate(records()):
        for place, word in enumerate(f"{record.title} {text}".split()):
            for term in terms(word):
                expected.setdefault((term, number), []).append(place)
    assert told == expected
    rows = json.loads(part.rows)
    assert rows["ids"] == list(STORIES)
    assert rows["titles"] == [len(title.split()) for title, _ in STORIES.values()]


def test_terms_that_begin_alike_are_in_one_file() -> None:
    for begins in ("اقتصاد", "كوفيد", "nato"):
        assert len({shard(begins + more, 256) for more in ("", "ية", "يون")}) == 1
    assert (
        len({shard(term, 64) for story in STORIES.values() for word in story[0].split() for term in terms(word)}) > 20
    )


def test_a_year_has_a_file_for_some_thirty_stories() -> None:
    assert [index.shards_for(stories) for stories in (1, 32, 33, 1_000, 2_864, 10_000)] == [1, 1, 2, 32, 128, 512]


def shown(site: Site) -> dict[str, dict[str, Any]]:
    """Story → what the search shows of it."""
    return {path.stem: json.loads(path.read_bytes()) for path in (site.root / "output/search/stories").iterdir()}


def test_each_published_story_is_in_the_index_of_its_year(site: Site) -> None:
    said = shown(site)
    assert said.keys() == STORIES.keys()
    assert said["president"]["url"] == "/news/2020/10/02/president/"
    for id, (title, text) in STORIES.items():
        as_set = re.sub(r"(?<=\d)-(?=\d)", "–", text)  # a score has a dash, as on its page
        assert (said[id]["title"], said[id]["text"]) == (isolated(title), isolated(f"{as_set} كتبه مراسلنا."))
    for number, year in enumerate(YEARS):
        files = [json.loads(path.read_bytes()) for path in (site.root / f"output/search/{year}").iterdir()]
        [table] = [one for one in files if isinstance(one, dict)]
        assert sorted(id for part in table["parts"] for id in part["ids"]) == sorted([*STORIES][number::5])
        assert len(files) == 1 + len(table["shards"])


def test_every_page_leads_to_the_search(site: Site) -> None:
    for path in ("index.html", "404.html", "2021/10/01/minister/index.html", "politics/index.html"):
        assert 'href="/news/search/"' in site.read(path) or 'action="/news/search/"' in site.read(path)


# ---------------------------------------------------------------- builds


@pytest.fixture
def copy(site: Site, tmp_path: Path) -> Site:
    """The site as it was built, to be edited."""
    shutil.copytree(site.root, tmp_path / "copy", symlinks=True)
    site = Site(tmp_path / "copy")
    site.build()
    return site


def test_a_new_story_moves_the_index_of_its_year_alone(copy: Site) -> None:
    copy.write({"content/new.md": article("ثلج على الساحل", id="new", slug="new", date="2021-11-20")})
    written = [path for path in copy.build().written if path.startswith("search/")]
    assert "search/index.html" in written and "search/stories/new.json" in written
    assert {path.split("/")[1] for path in written} == {"index.html", "stories", "2021"}
    assert "new" in shown(copy)


def test_a_story_that_is_withdrawn_leaves_the_search(copy: Site) -> None:
    copy.write({"content/russia.md": article("روسي", id="russia", slug="russia", date="2019-10-03", withdrawn="خطأ")})
    copy.build()
    assert "russia" not in shown(copy)


def test_days_of_which_nothing_moved_are_not_indexed(copy: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    indexed: list[int] = []
    make = index.index

    def counted(stories: Iterator[tuple[SearchStoryView, str]], shards: int) -> index.Part:
        part = make(stories, shards)
        indexed.append(len(json.loads(part.rows)["ids"]))
        return part

    monkeypatch.setattr(index, "index", counted)
    copy.write({"content/new.md": article("ثلج على الساحل", id="new", slug="new", date="2021-11-20")})
    copy.build()
    assert indexed == [1]
    copy.write({"content/more.md": article("ثلج على الجبل", id="more", slug="more", date="2021-11-16")})
    copy.build()
    assert indexed == [1, 2]
    shutil.rmtree(copy.root / "output")
    copy.build()
    assert indexed == [1, 2]  # found again, not made again


@pytest.mark.parametrize("damage", ["alter", "cut", "remove"])
def test_an_index_lost_from_the_cache_is_made_anew(copy: Site, damage: str) -> None:
    first = copy.digest()
    for path in [path for path in (copy.root / ".mujaz/kept").rglob("*") if path.is_file()]:
        if damage == "remove":
            path.unlink()
        else:
            path.write_bytes({"alter": path.read_bytes()[:-1] + b"?", "cut": b"cut"}[damage])
    for path in (copy.root / "output/search/2021").iterdir():
        path.unlink()
    shutil.rmtree(copy.root / "output/search/2020")
    copy.build()
    assert copy.digest() == first


def test_a_file_of_the_index_that_was_altered_is_mended(copy: Site) -> None:
    first = copy.digest()
    altered = sorted((copy.root / "output/search/2021").iterdir())
    for path in altered:
        path.unlink()
        path.write_text("{}")
    assert copy.build().written == tuple(f"search/2021/{path.name}" for path in altered)
    assert copy.digest() == first


def test_without_search_nothing_of_it_is_left(copy: Site) -> None:
    copy.write({"config.yaml": CONFIG})
    copy.build()
    assert not (copy.root / "output/search").exists()
    pages = [path for path in copy.paths() if path.endswith(".html")]
    assert not [path for path in pages if re.search(r"/search/|search\.js", copy.read(path))]


def test_a_site_without_a_story_has_a_search_page(tmp_path: Path) -> None:
    about = "---\ntitle: من نحن\n---\n\nصحيفة.\n"
    site = Site(tmp_path).write({"config.yaml": files()["config.yaml"], "content/pages/about.md": about, **FONTS})
    site.build(now=datetime(2021, 1, 1, tzinfo=UTC))
    assert [path for path in site.paths() if path.startswith("search/")] == ["search/", "search/index.html"]
