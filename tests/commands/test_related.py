"""`build.py related`: an editor asks why these stories stand there, a program asks for all lists."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from mujaz.cli import main
from mujaz.related import ranking, similarity
from tests.support.html import Html
from tests.support.sites import Site, article

AT = "2021-12-01T12:00:00+00:00"
STORM = "ضربت عاصفة قوية سواحل عمان وأدت الأمطار والرياح إلى إغلاق الموانئ والمطارات وإجلاء السكان من القرى الساحلية"
FLOOD = "غمرت الأمطار قرى الساحل في عمان بعد العاصفة وقالت السلطات إن السكان عادوا إلى الموانئ بعد أن هدأت الرياح"
MATCH = "فاز المنتخب بثلاثة أهداف في مباراة الأمس وأدت الأمطار إلى تأخيرها ساعة كاملة"
BANK = "أغلقت البنوك في عمان بعد الأمطار والعاصفة."
FILES = {
    f"content/{name}.md": article(title, id=name, slug=name, body=body, **fields)
    for name, title, body, fields in (
        ("storm", "عاصفة تضرب عمان", STORM, {"related": "[match]", "unrelated": "[bank]"}),
        ("flood", "أمطار العاصفة تغمر قرى عمان", FLOOD, {"date": "2021-10-20 14:00"}),
        ("again", "عاصفة تضرب سواحل عمان", f"{STORM} هذا الصباح", {}),
        ("match", "المنتخب إلى نصف النهائي", MATCH, {}),
        ("bank", "البنوك بعد عاصفة عمان", BANK, {}),
        ("secret", "خبر مؤجل", STORM, {"date": "2022-01-01"}),
        ("draft", "مسودة عن العاصفة", FLOOD, {"draft": "true"}),
        ("over", "العاصفة انتهت", FLOOD, {"expires": "2021-11-01"}),
        ("taken-back", "العاصفة لم تقع", FLOOD, {"withdrawn": "لم يصح"}),
    )
}


@pytest.fixture
def ask(
    make_site: Callable[..., Site], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str, str]]:
    """Run `build.py related …` in the site of `FILES`: exit code, what it printed, what it complained of."""
    site = make_site(FILES)
    monkeypatch.chdir(site.root)

    def command(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["related", *words, "--now", AT])
        printed = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, printed.out, printed.err

    return command


Ask = Callable[..., tuple[int, str, str]]


def test_each_story_is_told_with_its_score_words_and_time(ask: Ask) -> None:
    code, out, err = ask("storm")
    assert (code, err) == (0, "")
    head, first, second, left_out = out.split("\n\n")
    assert head == "storm \u2068عاصفة تضرب عمان\u2069"
    assert first.startswith("1. match") and "pinned: the article names it under 'related'" in first
    assert second.startswith("2. flood") and "(2 days later)" in second and "pinned" not in second
    told = re.search(r"score ([0-9.]+) = alike ([0-9.]+) × time ([0-9.]+)", second)
    assert told is not None
    score, alike, factor = map(float, told.groups())
    assert factor == 1.23 and score == pytest.approx(alike * factor, abs=0.005)
    assert "\u2068عمان\u2069" in second
    assert "bank" in left_out and "the article names it under 'unrelated'" in left_out
    assert "again" in left_out and "nearly the same text as storm" in left_out


def test_where_nothing_is_alike_enough_the_closest_are_told_with_the_least_score(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (ranking, similarity):
        monkeypatch.setattr(module, "LEAST_SCORE", 1.3)  # more than any story reaches
    Site(Path.cwd()).write({"content/moon.md": article("moon", id="moon", slug="moon", body="صور جديدة قمرية")})
    code, out, _ = ask("flood", "--lang", "en")
    head, closest = out.strip().split("\n\n")
    assert (code, head) == (
        0,
        "flood \u2068أمطار العاصفة تغمر قرى عمان\u2069\n  nothing: no other story is alike enough",
    )
    first, *lines = closest.split("\n")
    assert first == "the closest of those below 1.30, the least score of a story that is shown:"
    scores = [float(line.removeprefix("   score ")) for line in lines[1::2]]
    assert len(scores) == 3 and scores == sorted(scores, reverse=True) and scores[-1] > 0
    assert lines[0].startswith("-  ") and "moon" not in closest
    assert "ليس بين الأخبار ما يشبهه بما يكفي" in ask("flood", "--lang", "ar")[1]
    assert "no other story that may stand there shares a word with it" in ask("moon", "--lang", "en")[1]


def test_an_article_may_be_named_by_its_file(ask: Ask) -> None:
    assert ask("content/storm.md") == ask("./content/storm.md") == ask("storm")


def test_the_lists_of_the_whole_site_are_those_of_its_pages(ask: Ask) -> None:
    code, out, _ = ask("--json")
    lists = json.loads(out)
    assert code == 0 and lists.keys() == {"storm", "flood", "again", "match", "bank"}
    assert lists["storm"] == ["match", "flood"]
    assert {name for shown in lists.values() for name in shown} <= lists.keys()
    Site(Path.cwd()).build()
    for name, shown in lists.items():
        (path,) = Path("output/2021").glob(f"10/*/{name}/index.html")
        page = Html(path.read_text(encoding="utf-8"))
        assert [card.get("data-story") for card in page.all("//*[@data-block='related']//*[@data-story]")] == shown
    assert json.loads(ask("storm", "--json")[1]) == {"storm": ["match", "flood"]}


def test_parts_of_a_series_stand_in_order_of_time_on_each_part_and_on_its_page(make_site: Callable[..., Site]) -> None:
    days = {"third": "2021-10-20", "first": "2021-10-12", "second": "2021-10-18", "draft": "2021-10-19"}
    site = make_site(
        {
            f"content/{name}.md": article(name, id=name, slug=name, date=day, series="العاصفة", draft=draft)
            for name, day in days.items()
            for draft in ["true" if name == "draft" else ""]
        }
        | {"content/alone.md": article("alone", id="alone", slug="alone", series="الجفاف")}
    )
    site.build()
    part, series, alone = (
        Html((site.root / "output" / path / "index.html").read_text(encoding="utf-8"))
        for path in ("2021/10/18/second", "series/العاصفة", "2021/10/18/alone")
    )
    timeline = "//*[@data-block='timeline']"
    assert part.words(f"{timeline}/h2") == series.words(f"{timeline}/h2") == ["تسلسل القصة"]
    assert part.words(f"{timeline}//li/*[self::a or self::b]") == ["first", "second", "third"]
    assert part.words(f"{timeline}//*[@aria-current='page']") == ["second"]
    assert [card.get("data-story") for card in series.all(f"{timeline}//*[@data-story]")] == [
        "first",
        "second",
        "third",
    ]
    assert not alone.all(timeline)


def test_asking_writes_no_page(ask: Ask) -> None:
    ask("storm")
    assert not (Path.cwd() / "output").exists()


def test_what_is_not_shown_is_said_with_its_state_or_a_better_name(ask: Ask) -> None:
    assert ask("secret") == (2, "", "mujaz: 'secret' is held until later, so nothing is shown under it\n")
    code, _, err = ask("strom")
    assert code == 2 and "did you mean" in err and "storm" in err
    code, _, err = ask()
    assert code == 2 and "--json" in err
