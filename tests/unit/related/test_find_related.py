"""Related stories: the lists of small and large sites, with pins, exclusions, settings and near-duplicates."""

from __future__ import annotations

import gzip
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from mujaz.arabic.function_words import FUNCTION_WORDS
from mujaz.arabic.normalize import stem
from mujaz.model.settings import RelatedSettings
from mujaz.related import candidates, ranking, similarity, vectors
from mujaz.related import find_related as related_lists
from mujaz.related.find_related import relate
from tests.support.corpus import Told, press, question
from tests.support.plain_terms import head_counts, shingles, term_counts


def lists(
    articles: Sequence[Told],
    settings: RelatedSettings | None = None,
    pins: Mapping[str, Sequence[str]] | None = None,
    excluded: Mapping[str, Sequence[str]] | None = None,
    jobs: int = 1,
) -> dict[str, tuple[str, ...]]:
    return relate(question(articles, settings, pins, excluded), jobs=jobs)


FUNCTION_STEMS = {stem(word) for word in FUNCTION_WORDS}


def plain_vectors(counts: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, float]]:
    held = Counter(term for terms in counts.values() for term in terms)
    young = len(counts) < 256
    vectors = {}
    for name, terms in counts.items():
        weights = {
            term: round(16 * (1 + math.log(often)))
            * round(8 * (len(counts).bit_length() + 1 - held[term].bit_length()) ** 0.9)
            for term, often in terms.items()
            if (term not in FUNCTION_STEMS if young else held[term] > 1)
        }
        length = math.sqrt(sum(weight**2 for weight in weights.values())) or 1
        vectors[name] = {term: weight / length for term, weight in weights.items()}
    return vectors


def plain_lists(articles: Sequence[Told], count: int = 5) -> dict[str, tuple[str, ...]]:
    """The method by its book, one pair after another, without matrix, hash or short cut."""
    texts = plain_vectors({one.id: term_counts(one.title, one.text) for one in articles})
    heads = plain_vectors({one.id: head_counts(one.title, "", one.text) for one in articles})
    says = {one.id: shingles(one.title, one.text) for one in articles}

    def score(one: Told, other: Told) -> float:
        text, head = (
            math.fsum(weight * part[other.id].get(term, 0) for term, weight in part[one.id].items())
            for part in (texts, heads)
        )
        return round((text + head / 2) / 1.5 * (1 + 0.25 * math.exp(-abs(one.day - other.day) / 30)), 9)

    def same(one: str, other: str) -> bool:
        least = min(len(says[one]), len(says[other]))
        return least >= 8 and len(says[one] & says[other]) >= least / 2

    shown = {}
    for one in articles:
        above = [one.id]
        for other in sorted((other for other in articles if other is not one), key=lambda o: (-score(one, o), o.id)):
            if (
                len(above) <= count
                and score(one, other) >= ranking.LEAST_SCORE
                and not any(same(name, other.id) for name in above)
            ):
                above.append(other.id)
        shown[one.id] = tuple(above[1:])
    return shown


# ---------------------------------------------------------------- what an editor sees


SAID = " كما قالت وكالات الأنباء اليوم"  # what any two news stories share

STORM = "ضربت عاصفة قوية سواحل عمان وأدت الأمطار والرياح إلى إغلاق الموانئ والمطارات وإجلاء السكان من القرى الساحلية"
FLOOD = "غمرت الأمطار قرى الساحل في عمان بعد العاصفة وقالت السلطات إن السكان عادوا إلى الموانئ بعد أن هدأت الرياح"
MATCH = "فاز المنتخب بثلاثة أهداف في مباراة الأمس وتأهل إلى نصف نهائي البطولة بعد أداء قوي من المهاجمين"
BANK = "رفع البنك المركزي سعر الفائدة ربع نقطة لكبح التضخم وقال المحافظ إن الأسعار سوف تهدأ في الصيف"
VOTE = "صوت البرلمان على قانون الانتخابات بعد جلسة طويلة وقالت المعارضة إن القانون لا يكفي"


YOUNG_PAPER = {
    "port": (
        "الميناء يفتح رصيفه الجديد",
        "افتتح الميناء رصيفا جديدا يستقبل السفن الكبيرة في الشمال، وقال مديره "
        "إن الرافعات وصلت من كوريا وإن الرصيف يكفي ثلاث سفن في اليوم.",
    ),
    "strike": (
        "عمال الميناء يضربون عن العمل",
        "أضرب عمال الميناء في الشمال عن العمل منذ الفجر، وتوقفت "
        "الرافعات على الرصيف، وقالت نقابتهم إن السفن تنتظر حتى ترفع الأجور.",
    ),
    "cup": (
        "المنتخب يفوز في الوقت الضائع",
        "فاز المنتخب على ضيفه في الوقت الضائع بهدف من ضربة حرة، وقال المدرب إن الفريق تعب في الشوط الثاني.",
    ),
    "final": (
        "المنتخب إلى المباراة النهائية",
        "تأهل المنتخب إلى المباراة النهائية بعد ضربات الترجيح، وقال المدرب إن الهدف هو الكأس وإن الفريق جاهز.",
    ),
    "moon": (
        "مسبار يهبط على القمر",
        "هبط مسبار صغير على القمر في الليل وأرسل أولى صوره، وقال العلماء إن الغبار لم يحجب العدسة.",
    ),
    "bread": (
        "سعر الخبز يرتفع",
        "ارتفع سعر الخبز في المخابز بعد أن زاد ثمن الطحين، وقال أصحابها إن الدعم لا يكفي.",
    ),
    "book": (
        "معرض الكتاب يعود",
        "يعود معرض الكتاب بعد عامين من الغياب في قاعة واسعة، وقال منظموه إن الدور المشاركة أكثر من مئة.",
    ),
    "rain": (
        "أمطار غزيرة في الجنوب",
        "هطلت أمطار غزيرة في الجنوب وأغلقت طريقا جبليا، وقال الدفاع المدني إن السيول جرفت سيارتين.",
    ),
    "vote": (
        "البرلمان يناقش قانون البلديات",
        "ناقش البرلمان قانون البلديات في جلسة طويلة، وقال نواب إن التصويت بعد أسبوع.",
    ),
    "school": (
        "مدارس جديدة في الأرياف",
        "تبنى هذا العام عشر مدارس في الأرياف، وقالت الوزارة إن المعلمين يبدأون مع الخريف.",
    ),
}


def five() -> list[Told]:
    return [
        Told(id="storm", title="عاصفة تضرب عمان", text=STORM + SAID, day=1),
        Told(id="flood", title="أمطار العاصفة تغمر قرى عمان", text=FLOOD + SAID, day=3),
        Told(id="match", title="المنتخب إلى نصف النهائي", text=MATCH + SAID, day=2, section="sport"),
        Told(id="bank", title="البنك المركزي يرفع الفائدة", text=BANK + SAID, day=2, section="economy"),
        Told(id="vote", title="البرلمان يقر قانون الانتخابات", text=VOTE + SAID, day=4),
    ]


@pytest.fixture(autouse=True)
def every_score(monkeypatch: pytest.MonkeyPatch) -> None:
    """Places are filled with what shares a word, however little, so that pins and settings show on few stories."""
    monkeypatch.setattr(ranking, "LEAST_SCORE", 1e-9)


def test_a_place_stays_empty_where_nothing_is_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten short stories of a young paper, which share «في», «قال» and «جديد»."""
    monkeypatch.setattr(ranking, "LEAST_SCORE", similarity.LEAST_SCORE)
    told = [Told(id=id, title=title, text=text, day=day) for day, (id, (title, text)) in enumerate(YOUNG_PAPER.items())]
    shown = lists(told)
    kindred = {"port": ("strike",), "strike": ("port",), "cup": ("final",), "final": ("cup",)}
    assert shown == dict.fromkeys(YOUNG_PAPER, ()) | kindred
    # What one article holds alone counts in its length, so a word more elsewhere moves nothing here.
    assert lists(told[:4])["port"] == ("strike",)


def test_a_site_of_five_articles_puts_the_kindred_story_first() -> None:
    shown = lists(five())
    assert shown["storm"][0] == "flood"
    assert shown["flood"][0] == "storm"
    assert list(shown) == ["storm", "flood", "match", "bank", "vote"]
    assert all(len(names) == 4 and name not in names for name, names in shown.items())


def test_two_articles_are_related_if_they_share_words() -> None:
    assert lists(five()[:2]) == {"storm": ("flood",), "flood": ("storm",)}


def test_sites_of_no_and_of_one_article_have_nothing_to_relate() -> None:
    assert lists([]) == {}
    assert lists(five()[:1]) == {"storm": ()}


def test_articles_without_a_common_word_are_not_related() -> None:
    apart = [
        Told(id="a", title="عاصفة", text="رياح"),
        Told(id="b", title="هدف", text="مباراة"),
        Told(id="c", title="", text=""),
    ]
    assert lists(apart) == {"a": (), "b": (), "c": ()}


def test_an_article_and_its_reprint_do_not_stand_in_one_list() -> None:
    reprint = Told(id="again", title="عاصفة تضرب سواحل عمان", text=STORM + " هذا الصباح" + SAID, day=1.5)
    shown = lists([*five(), reprint])
    assert "again" not in shown["storm"] and "storm" not in shown["again"]
    assert shown["storm"][0] == shown["again"][0] == "flood"
    assert len({"storm", "again"} & set(shown["flood"])) == 1
    assert len(shown["flood"]) == 4


def test_of_equal_scores_the_smaller_id_stands_first() -> None:
    equal = [Told(id=name, title="خبر", text="قمة عربية") for name in ("c", "a", "b")]
    assert lists(equal) == {"c": ("a", "b"), "a": ("b", "c"), "b": ("a", "c")}


def test_a_story_of_the_same_days_beats_an_old_one() -> None:
    told = [
        Told(id="now", title="قمة عربية في تونس", text="", day=1000),
        Told(id="old", title="قمة عربية في تونس", text="", day=0),
        Told(id="week", title="قمة عربية في تونس", text="", day=1007),
        Told(id="other", title="مباراة ودية", text="", day=1000),
    ]
    assert lists(told)["now"] == ("week", "old")


def test_pins_stand_first_in_their_order_and_count() -> None:
    shown = lists(five(), RelatedSettings(count=3), pins={"storm": ["vote", "unknown", "match", "vote", "storm"]})
    assert shown["storm"] == ("vote", "match", "flood")


def test_more_pins_than_count_are_all_shown() -> None:
    shown = lists(five(), RelatedSettings(count=1), pins={"storm": ["vote", "match"]})
    assert shown["storm"] == ("vote", "match")
    assert all(len(shown[name]) == 1 for name in ("flood", "match", "bank", "vote"))


def test_a_near_duplicate_of_a_pin_is_left_out() -> None:
    reprint = Told(id="again", title="عاصفة تضرب سواحل عمان", text=STORM + " هذا الصباح" + SAID, day=1.5)
    shown = lists([*five(), reprint], pins={"flood": ["again"]})
    assert shown["flood"][0] == "again" and "storm" not in shown["flood"]


def test_what_an_editor_ruled_out_is_never_shown_even_if_pinned() -> None:
    shown = lists(
        five(), pins={"storm": ["flood", "bank"]}, excluded={"storm": ["flood", "unknown"], "unknown": ["vote"]}
    )
    assert shown["storm"][0] == "bank" and "flood" not in shown["storm"]
    assert shown["flood"][0] == "storm"


def test_settings_keep_to_older_stories_to_a_section_and_to_days() -> None:
    assert set(lists(five(), RelatedSettings(newer=False))["bank"]) == {"storm", "match"}
    assert set(lists(five(), RelatedSettings(same_section=True))["vote"]) == {"storm", "flood"}
    assert set(lists(five(), RelatedSettings(within_days=1))["storm"]) == {"match", "bank"}
    assert lists(five(), RelatedSettings(count=0))["storm"] == ()


# ---------------------------------------------------------------- the method


@pytest.mark.slow
@pytest.mark.parametrize("least", [1e-9, similarity.LEAST_SCORE])
def test_the_lists_are_those_of_the_method_by_its_book(monkeypatch: pytest.MonkeyPatch, least: float) -> None:
    monkeypatch.setattr(ranking, "LEAST_SCORE", least)
    articles = press(120, seed=3, topics=8)
    assert lists(articles) == plain_lists(articles)


def test_the_order_in_which_articles_come_does_not_matter() -> None:
    articles = press(120, seed=4, topics=8)
    assert lists(articles[::-1]) == lists(articles)


@pytest.mark.slow
def test_blocks_and_windows_change_no_list(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = press(150, seed=5, topics=8)
    choices = [
        RelatedSettings(),
        RelatedSettings(within_days=60),
        RelatedSettings(newer=False, within_days=200),
        RelatedSettings(newer=False, same_section=True),
    ]
    whole = [lists(articles, settings) for settings in choices]
    sizes = ((candidates, "CELLS", 700), (ranking, "ROWS", 11), (similarity, "PAIRS", 64), (candidates, "HEAPS", 16))
    for module, name, size in sizes:
        monkeypatch.setattr(module, name, size)
    monkeypatch.setattr(vectors, "ENTRIES", 999)
    assert [lists(articles, settings) for settings in choices] == whole


def test_the_lists_are_the_same_for_any_number_of_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = press(150, seed=7, topics=8)
    monkeypatch.setattr(ranking, "ROWS", 40)
    one, three = (
        lists(
            articles,
            RelatedSettings(within_days=300),
            {articles[0].id: [articles[1].id]},
            {articles[2].id: [articles[3].id]},
            jobs,
        )
        for jobs in (1, 3)
    )
    assert one == three


def test_every_list_obeys_the_settings() -> None:
    articles = press(300, seed=6, topics=10)
    told = {one.id: one for one in articles}
    shown = lists(articles, RelatedSettings(newer=False, within_days=100, same_section=True))
    assert sum(map(len, shown.values())) > 1000
    for name, others in shown.items():
        for other in others:
            assert 0 <= told[name].day - told[other].day <= 100
            assert told[name].section == told[other].section


def test_a_list_is_full_even_among_many_reprints() -> None:
    """Thirty candidates are not enough when forty of the closest are one text."""
    reprints = [Told(id=f"r{n:02}", title="عاصفة تضرب عمان", text=f"{STORM} {n} {SAID}") for n in range(40)]
    shown = lists([*five(), *reprints])
    for name in ("r00", "r39", "storm"):
        assert len(shown[name]) == 4
        assert shown[name][0] == "flood"
    assert len([other for other in shown["flood"] if other[0] in "rs"]) == 1


def share_of_equal_places(one: dict[str, tuple[str, ...]], other: dict[str, tuple[str, ...]]) -> float:
    places = sum(map(len, one.values()))
    return sum(a == b for name in one for a, b in zip(one[name], other[name], strict=False)) / places


def compare_everything(patch: pytest.MonkeyPatch) -> None:
    """Estimate by every term, which is exact but for the seventh digit, and rank a hundred candidates, near or not."""
    for module, name, value in ((vectors, "LEAST", 0.0), (candidates, "NEAR", 9.0), (related_lists, "CANDIDATES", 100)):
        patch.setattr(module, name, value)


@pytest.mark.slow
def test_what_many_reprints_push_down_is_found_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each text is printed twelve times: the closest are all reprints, and those that follow are reprints of others."""
    originals = press(40, seed=8, topics=4)
    articles = [replace(one, id=f"{one.id}-{n:02}", day=one.day + n / 10) for one in originals for n in range(12)]
    shown = lists(articles)
    told = {one.id: one.id[:-3] for one in articles}
    assert all(len({told[name], *(told[other] for other in names)}) == 6 for name, names in shown.items())
    compare_everything(monkeypatch)
    assert share_of_equal_places(lists(articles), shown) >= 0.999


@pytest.mark.slow
def test_looking_at_the_best_terms_only_loses_no_place_in_a_thousand(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = press(1500, seed=1)
    pruned = lists(articles)
    compare_everything(monkeypatch)
    exact = lists(articles)
    assert all(len(names) == 5 for names in exact.values())
    assert share_of_equal_places(exact, pruned) >= 0.999


@pytest.mark.long
@pytest.mark.parametrize("paper", ["france24", "cnn"])
def test_real_articles_lose_no_place_in_a_thousand_either(
    paper: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = []
    for line in gzip.decompress((data / f"{paper}.jsonl.gz").read_bytes()).decode().splitlines():
        read = json.loads(line)
        day = datetime.fromisoformat(read["date"].replace("Z", "+00:00")).timestamp() / 86400
        articles.append(Told(id=read["id"], title=read["title"], text=read["text"], day=day))
    pruned = lists(articles)
    compare_everything(monkeypatch)
    assert share_of_equal_places(lists(articles), pruned) >= 0.999
