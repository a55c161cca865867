"""The Arabic that readers meet: one word for one thing, names in quotes within sentences, numbers never bare."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from babel import Locale

from mujaz.messages.catalogue import catalogue
from tests.site.test_languages import leaves, words
from tests.support.html import Html, words_of
from tests.support.sites import CONFIG, REPOSITORY, Site, article
from tests.support.whole_site import FONTS

MakeSite = Callable[..., Site]
LAYOUTS = REPOSITORY / "layouts"
TERMS = LAYOUTS / "strings" / "terms.md"
LETTERS = "\u0621-\u064a"
MARKS = re.compile("[\u064b-\u0652\u0640]")
RTL = ("ar", "fa")


# ---------------------------------------------------------------- one thing, one word


def rows() -> list[list[str]]:
    table = [line for line in TERMS.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]


def listed(cell: str) -> list[str]:
    return [MARKS.sub("", word) for word in cell.split("، ") if word]


def is_said(word: str, text: str) -> bool:
    """Whether `text` has the word, with or without the article and what is written onto it."""
    glued = "(?:[وفبكل]|ال|[وفبك]ال|و?لل)?"
    return re.search(f"(?<![{LETTERS}]){glued}{re.escape(word)}(?![{LETTERS}])", text) is not None


def texts() -> Iterator[tuple[str, str]]:
    for key, value in leaves(words("ar")):
        yield f"ar.yaml {key}", value
    for path in [*sorted((REPOSITORY / "content/pages").glob("*.md")), *sorted(REPOSITORY.rglob("*.ar.md"))]:
        if ".venv" not in path.parts:
            yield path.name, path.read_text(encoding="utf-8")
    for id, entry in catalogue().items():
        yield f"message {id}", entry["ar"]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_one_thing_has_one_word(row: list[str]) -> None:
    _, word, never, but = row
    assert word
    found = []
    for place, text in texts():
        plain = MARKS.sub("", text)
        for phrase in listed(but):
            plain = plain.replace(phrase, "")
        found += [(place, other) for other in listed(never) if is_said(other, plain)]
    assert found == []


def test_the_search_for_other_words_finds_them() -> None:
    assert is_said("قصة", "اقرأ القصة") and is_said("نشرة", "وللنشرة موعد") and is_said("باب", "أغلق الباب")
    assert not is_said("باب", "أسباب") and not is_said("قصة", "قصتنا")


def test_each_string_is_asked_for() -> None:
    """A word that no layout and no code asks for is one more to translate."""
    sources = [path for folder in ("layouts", "mujaz") for path in (REPOSITORY / folder).rglob("*.*")]
    kinds = (".html", ".txt", ".js", ".py")
    asked = "\n".join(
        path.read_text(encoding="utf-8") for path in sources if path.suffix in kinds and path.name != "messages.ar.txt"
    )
    unasked = [key for key in words("ar") if not re.search(rf"\bt\.{key}\b|[\"']{key}[\"']", asked)]
    assert unasked == []


# ---------------------------------------------------------------- a name within a sentence

NAMES = ("site", "section", "feed", "name", "publisher", "page", "author", "tag", "series")
DESCRIBED = {"ar": "قسم ", "fa": "بخش "}


@pytest.mark.parametrize("language", RTL)
def test_a_name_within_a_sentence_is_described_and_quoted(language: str) -> None:
    """What stands before it: nothing, a colon or a stroke; else it is in quotes, and a section is called one.

    «{section}» alone is filled with a name that has its quotes already, or with the definite one of config.yaml.
    """
    strings = words(language)
    bare = []
    for key, value in leaves(strings):
        for hole in re.finditer(r"\{(\w+)\}", value):
            before = value[: hole.start()]
            if hole[1] not in NAMES or key == "share_on" or key.startswith("player_"):  # strings name each network
                continue
            is_section = hole[1] == "section" and before.endswith(DESCRIBED[language])
            if before and not before.endswith((": ", "| ", "© ", "«")) and not is_section:
                bare.append(key)
    assert bare == []
    assert strings["section_named"] == "«{name}»"


NONE_RELATED = "related: {count: 0}\n"  # so that «المزيد» has the others


def test_a_section_has_a_name_for_sentences(make_site: MakeSite) -> None:
    config = CONFIG.replace("{name: سياسة}", "{name: سياسة, definite: السياسة}") + NONE_RELATED
    stories = {
        f"content/{section}{n}.md": article(f"خبر {n}", slug=f"{section}{n}", section=section, date=f"2021-10-{n}")
        for section, n in product(("politics", "sport"), (17, 18))
    }
    site = make_site({**FONTS, "config.yaml": config, **stories})
    site.build()
    for section, name in (("politics", "السياسة"), ("sport", "«رياضة»")):
        page = Html(site.read(f"2021/10/18/{section}18/index.html"))
        assert page.words("//*[@data-block='more']//h2") == [f"المزيد في قسم {name}"]
        assert f"خلاصة قسم {name}" in page.words("//footer//p/a")
        assert words_of(page.one("//nav[@class='crumbs']")).endswith(name.removeprefix("ال").strip("«»"))


def test_a_definite_name_is_told_to_the_pages_that_show_it(make_site: MakeSite) -> None:
    files = {**FONTS, "content/a.md": article(slug="a"), "content/b.md": article("آخر", slug="b")}
    config = CONFIG + NONE_RELATED
    site = make_site({**files, "config.yaml": config})
    site.build()
    site.write({"config.yaml": config.replace("{name: سياسة}", "{name: سياسة, definite: السياسة}")}).build()
    assert "المزيد في قسم السياسة" in site.read("2021/10/18/a/index.html")


# ---------------------------------------------------------------- lists


@pytest.mark.parametrize(
    ("language", "names", "said"),
    [
        ("ar", ["ليلى"], "ليلى"),
        ("ar", ["ليلى", "سامر"], "ليلى وسامر"),
        ("ar", ["ليلى", "سامر", "هدى"], "ليلى، سامر، وهدى"),
        ("ar", ["ليلى", "سامر", "هدى", "كريم"], "ليلى، سامر، هدى، وكريم"),
        ("fa", ["سارا", "نیما"], "سارا و نیما"),
        ("fa", ["سارا", "نیما", "مینا"], "سارا، نیما و مینا"),
        ("en", ["Sara", "Nima", "Mina"], "By Sara, Nima and Mina"),
    ],
)
def test_names_are_joined_with_and(make_site: MakeSite, language: str, names: list[str], said: str) -> None:
    config = CONFIG.replace("language: ar", f"language: {language}")
    site = make_site({**FONTS, "config.yaml": config, "content/a.md": article(slug="a", authors=str(names))})
    site.build()
    assert Html(site.read("2021/10/18/a/index.html")).words("//p[@class='authors']") == [said]


@pytest.mark.parametrize(("label", "said"), [("", "ليلى"), ("report", "ليلى"), ("opinion", "بقلم ليلى")])
def test_only_what_is_an_opinion_is_by_a_pen(make_site: MakeSite, label: str, said: str) -> None:
    site = make_site({**FONTS, "content/a.md": article(slug="a", author="ليلى", label=label)})
    site.build()
    assert Html(site.read("2021/10/18/a/index.html")).words("//p[@class='authors']") == [said]


# ---------------------------------------------------------------- numbers

COUNTS = (0, 1, 2, 3, 11, 100)
COUNTED = {
    "stories": ("لا أخبار", "خبر واحد", "خبران", "3 أخبار", "11 خبرا", "100 خبر"),
    "minutes": (
        "مدة القراءة: أقل من دقيقة", "مدة القراءة: دقيقة واحدة", "مدة القراءة: دقيقتان",
        "مدة القراءة: 3 دقائق", "مدة القراءة: 11 دقيقة", "مدة القراءة: 100 دقيقة",
    ),
    "years": (
        "نُشر قبل أقل من عام", "نُشر قبل أكثر من عام", "نُشر قبل أكثر من عامين",
        "نُشر قبل أكثر من 3 أعوام", "نُشر قبل أكثر من 11 عاما", "نُشر قبل أكثر من 100 عام",
    ),
    "entries": ("لا تحديثات بعد", "تحديث واحد", "تحديثان", "3 تحديثات", "11 تحديثا", "100 تحديث"),
    "new_entries": (
        "لا تحديثات جديدة", "تحديث جديد", "تحديثان جديدان", "3 تحديثات جديدة", "11 تحديثا جديدا", "100 تحديث جديد",
    ),
    "results": ("لا نتائج", "نتيجة واحدة", "نتيجتان", "3 نتائج", "11 نتيجة", "100 نتيجة"),
}  # fmt: skip


def said(forms: dict[str, str], language: str, number: int) -> str:
    form = Locale.parse(language).plural_form(number)
    return forms.get(str(form), forms["other"]).format(n=number)


def test_every_counted_word_is_right_for_each_number() -> None:
    plurals = words("ar")["plurals"]
    assert {key: tuple(said(forms, "ar", n) for n in COUNTS) for key, forms in plurals.items()} == COUNTED


@pytest.mark.parametrize("language", ["ar", "fa", "en"])
def test_a_number_stands_with_its_word_and_in_no_case_but_the_first(language: str) -> None:
    """`{n}` is in the plural forms alone; a counted text is in brackets or after a colon, where no word governs it."""
    strings = words(language)
    others = {key: value for key, value in leaves(strings) if not key.startswith("plurals.")}
    assert [key for key, value in others.items() if "{n}" in value] == []
    counted = {key: value for key, value in others.items() if "{count}" in value or "{stories}" in value}
    assert len(counted) == 4
    assert [key for key, value in counted.items() if not re.search(r"\(\{count\}\)|: \{stories\}", value)] == []
    for forms, number in product(strings["plurals"].values(), COUNTS):
        assert not said(forms, language, number).isdigit()


def test_no_layout_shows_a_bare_number() -> None:
    """Numbers come through `plural`; `number` serves attributes that scripts read."""
    shown = []
    for path in sorted(LAYOUTS.rglob("*.html")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if "|number" in re.sub(r'="\{\{[^}]*\}\}"|\{%[^%]*%\}', "", line):
                shown.append((path.name, line))
    assert shown == []


# ---------------------------------------------------------------- what passes with its day


@pytest.fixture(scope="module")
def urgent(tmp_path_factory: pytest.TempPathFactory) -> Site:
    common: dict[str, Any] = {"tags": "[وسم]", "body": "أغلقت الهيئة الميناء بعد العاصفة، وتوقفت السفن."}
    files = {
        "content/old.md": article("إغلاق الميناء", id="old", slug="old", label="breaking", **common),
        "content/report.md": article("تقرير الميناء", id="report", slug="report", label="report", **common),
        "content/new.md": article("فتح الميناء", id="new", slug="new", date="2021-10-20", label="live", **common),
    }
    config = CONFIG + "most_read: {source: hits.csv}\n"
    site = Site(tmp_path_factory.mktemp("urgent")).write({**FONTS, "config.yaml": config, "hits.csv": "old,9\nnew,4\n"})
    site.write(files).build()
    return site


@pytest.mark.parametrize(
    ("path", "labels"),
    [
        ("index.html", {"new": "مباشر", "old": "", "report": "تقرير"}),
        ("2021/10/18/index.html", {"old": "عاجل", "report": "تقرير"}),
        ("2021/w42/index.html", {"new": "", "old": "", "report": "تقرير"}),
        ("2021/10/index.html", {"new": "", "old": "", "report": "تقرير"}),
        ("politics/index.html", {"new": "", "old": "", "report": "تقرير"}),
        ("tags/وسم/index.html", {"new": "", "old": "", "report": "تقرير"}),
        ("most-read/index.html", {"new": "", "old": ""}),
    ],
)
def test_urgent_is_said_in_lists_of_its_own_day_alone(urgent: Site, path: str, labels: dict[str, str]) -> None:
    cards = Html(urgent.read(path)).all("//main//article[@data-story]")
    shown = {
        card.get("data-story"): "".join(words_of(b) for b in card.xpath(".//p[@class='kicker']/b")) for card in cards
    }
    assert shown == labels


def test_urgent_is_said_in_the_mail_of_its_day_and_not_of_its_week(urgent: Site) -> None:
    assert "عاجل" in urgent.read("2021/10/18/email.html") and "* عاجل: إغلاق" in urgent.read("2021/10/18/email.txt")
    for name in ("email.html", "email.txt"):
        week = urgent.read(f"2021/w42/{name}")
        assert "عاجل" not in week and "مباشر" not in week and "تقرير" in week


def test_a_mail_says_its_date_once(urgent: Site) -> None:
    page = Html(urgent.read("2021/10/18/email.html"))
    assert page.words("//h1") == ["موجز اليوم"]
    assert Html(urgent.read("2021/w42/email.html")).words("//h1") == ["موجز الأسبوع"]
    assert words_of(page.one("//body")).count("18 أكتوبر/تشرين الأول 2021") == 1
    assert urgent.read("2021/10/18/email.txt").count("18 أكتوبر/تشرين الأول 2021") == 1
