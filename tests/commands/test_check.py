"""`check`: every problem in one run, errors and warnings apart, in three forms and two languages."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import cast

import pytest

from mujaz.build.request import BuildRequest
from mujaz.check.all_checks import inspect
from mujaz.check.arabic_text import proofread
from mujaz.check.external_links import ask, urls
from mujaz.commands.check import _text
from mujaz.messages.errors import Problem
from mujaz.messages.message import Message, say
from tests.commands.test_cli import Run
from tests.commands.test_cli import run as run
from tests.support.sites import CONFIG, NOW, Site, article
from tests.support.whole_site import FONTS, picture

MakeSite = Callable[..., Site]
AT = ("--now", NOW.isoformat())


def problems(site: Site) -> tuple[Problem, ...]:
    return inspect(BuildRequest(root=site.root, now=NOW, jobs=1))


def told(site: Site) -> list[str]:
    """`place: [warning: ]text` of each problem."""
    return [str(problem).partition("\n")[0] for problem in problems(site)]


def test_what_is_dated_after_this_moment_is_named(make_site: MakeSite) -> None:
    """A typing error in a year shows readers a date that has not come; `date` alone holds a story back."""
    notes = "[{date: 2021-10-19, text: أ}, {date: 2099-10-19, text: ب}]"
    live = article(
        "مباشر", id="c", slug="c", live_until="2099-12-01", body="## 2099-11-30 14:05\n\nنص\n\n## 10:00\n\nنص"
    )
    site = make_site(
        {
            "content/a.md": article("أ", id="a", slug="a", updated="2099-10-19", corrections=notes),
            "content/b.md": article("ب", id="b", slug="b", updated="2021-10-19"),
            "content/c.md": live,
            "content/d.md": article("غد", id="d", slug="d", date="2099-10-19", updated="2099-10-20"),
        }
    )
    assert [line for line in told(site) if "after this moment" in line] == [
        "content/a.md:7:10: warning: 'updated' is dated after this moment",
        "content/a.md:8:14: warning: 'corrections' is dated after this moment",
        "content/c.md:10:4: warning: '2099-11-30 14:05' is dated after this moment",
    ]


# ---------------------------------------------------------------- all at once


def test_problems_of_config_content_layouts_and_the_built_site_come_in_one_run(make_site: MakeSite) -> None:
    site = make_site({**FONTS, "content/a.md": article(id="a", slug="a"), "content/lost.png": picture()})
    site.build()
    page = site.root / "output/2021/10/18/a/index.html"
    page.write_text(page.read_text().replace("</main>", '<a href="/news/nothing/">x</a></main>'))
    site.write(
        {
            "layouts/standing.html": "{% if %}",
            "content/b.md": article("", section="sprot"),
            "content/c.md": article("خبر", slug="c", body="انظر [الغائب](gone.md).\n\nكلمة  ممـدودة ."),
        }
    )
    found = told(site)
    for part in (
        "content/b.md:2:1: 'title' is missing",
        "content/b.md:3:10: section 'sprot' is not in config.yaml",
        "content/c.md:2:8: warning: there is no id",
        "content/c.md:8:15: a link to 'gone.md', which is no file and no page",
        "content/c.md:10:5: warning: several spaces stand in a row",
        "content/c.md:10:9: warning: a tatweel stretches a word",
        "content/lost.png: warning: no article shows or links to this file",
        "layouts/standing.html:1:1: expected",
        "output/: warning: the built site is not what a build would give now",
        "output/2021/10/18/a/index.html: a link to '/news/nothing/', where there is nothing",
    ):
        assert any(line.startswith(part) for line in found), "\n".join((part, *found))


def test_letters_that_a_share_card_leaves_out_are_named_where_they_stand(make_site: MakeSite) -> None:
    files: dict[str, str | bytes] = {
        **FONTS,
        "content/a.md": article("وكالة РИА تنفي", id="a", slug="a"),
        "content/b.md": article("انبعاثات CO₂ تتراجع ½ نقطة", id="b", slug="b"),
    }
    site = make_site(files)
    config = (site.root / "config.yaml").read_text()
    assert not [line for line in told(site) if "leave" in line]  # this site has no cards
    site.write({"config.yaml": config.replace("cards: false", "cards: true").replace("سياسة", "Ελλάδα")})
    assert [line for line in told(site) if "leave" in line] == [
        "config.yaml: warning: share cards leave out 'Ελάδα' of the name 'Ελλάδα'",
        "content/a.md:2:8: warning: the share card leaves out 'РИА' of the headline",
    ]


def test_a_wrong_config_does_not_hide_the_problems_of_articles(make_site: MakeSite) -> None:
    site = make_site({"content/a.md": article("خبر", id="a", slug="a", weight="كثير")})
    config = (site.root / "config.yaml").read_text()
    site.write({"config.yaml": config + "homme: {count: 3}\nquotes: double\n"})
    found = told(site)
    assert any("unknown key 'homme'" in line for line in found)
    assert any("'quotes' is 'double'" in line for line in found)
    assert any(line.startswith("content/a.md:7:9: 'weight' is") for line in found)


def test_a_site_without_a_fault_has_none(make_site: MakeSite) -> None:
    site = make_site({**FONTS, "content/a.md": article("خبر سليم", id="a", slug="a", body="متن سليم، وفيه لـCNN خبر.")})
    assert told(site) == ["output/: warning: there is no built site, so its links were not looked at"]
    time.sleep(0.1)  # files as young as this are not trusted by their stamps
    site.build()
    assert told(site) == []


def test_checking_writes_nothing_into_the_site(make_site: MakeSite) -> None:
    site = make_site({**FONTS, "content/a.md": article(id="a")})
    site.build()
    before = site.digest()
    site.write({"content/a.md": article(id="a", body="متن آخر.")})
    told(site)
    assert site.digest() == before


# ---------------------------------------------------------------- what an editor should see


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("قال الوزير\u00a0إن", "9:11: a no-break space stands here"),
        ("قال  الوزير", "9:4: several spaces stand in a row"),
        ("الرئيـــس", "9:6: a tatweel stretches a word"),
        ("في باريس, وفي لندن", "9:9: a Latin comma follows Arabic text"),
        ("هل وصل?", "9:7: a Latin semicolon or question mark follows Arabic text"),
        ("ﺍﻟﺮﺋﻴﺲ", "9:1: a presentation form stands for a letter (and 5 more in this file)"),
        ("في أكتوبر/ تشرين الأول", "9:10: a space stands on one side of a slash"),
        ("في أكتوبر / تشرين الأول", "9:4: spaces stand around the slash between two names of a month"),
        ('قال لـ "رويترز" إن', "9:5: a space stands after a letter that belongs to the next word"),
        ("تابع بـ اهتمام", "9:6: a space stands after a letter that belongs to the next word"),
        ("وفق ما نقل ولـ CNN", "9:12: a space stands after a letter that belongs to the next word"),
        ("في باريس ، ثم", "9:9: a space stands before a punctuation mark"),
        ("قال «نعم» ثم “لا”", "9:14: this text quotes with «…» and with “…”"),
        ("1- بند", "9:1: a line begins like an item of a list, and is read as text"),
    ],
)
def test_marks_that_do_not_belong_into_the_text(line: str, said: str) -> None:
    (problem,) = proofread("a.md", article(id="a", slug="a", body=line))
    assert f"{problem.line}:{problem.column}: {problem.text}" == said
    assert problem.warning and problem.help


LIST, HEADING, SPEAKER = "list-mark-not-read", "heading-mark-not-read", "speaker-cut-off"


@pytest.mark.parametrize(
    ("body", "id"),
    [
        *((line, LIST) for line in ("1- بند", "١-بند", "12 – بند", "> 1- بند", "1.بند", "2)بند", "-بند", "• بند")),
        *((line, LIST) for line in ("*بند", "*بند\n*بند", "•بند", "نص\n*بند", "●«بند»")),
        *((line, HEADING) for line in ("##عنوان", "###عنوان", "> ##عنوان")),
        *((line, SPEAKER) for line in ("> قول.\n\n— الوزير", "> قول.\n\n> — الوزير", "> قول.\n>\n> قول.\n\n– الوزير")),
    ],
)
def test_blocks_that_were_meant_and_are_not_read(body: str, id: str) -> None:
    (problem,) = proofread("a.md", article(id="a", slug="a", body=body))
    message = problem.message
    if message.id == "repeated-in-file":
        message = cast(Message, dict(message.args)["what"])
    assert message.id == id


@pytest.mark.parametrize(
    "line",
    [
        "- بند\n- بند",
        "*مهم* هنا و**مهم**",
        "**مهم** هنا",
        "\\*بند",
        "1\\- بند",
        "3-1 فازت قطر",
        "2021 - كان عاما",
        "-3 درجات",
        "#غزة_الآن",
        "## عنوان",
        "> قول.\n> — الوزير",
        "> قول.\n> — الوزير\n\n— وهذا حوار",
        "قال\n\n— وهذا حوار",
        "> قول.\n\n— " + "وهذا كلام طويل " * 9,
        "صرّح لـCNN ولـ«رويترز» و ١٬٠٠٠ شخص",
        "قال: «نعم، “ربما”، لا» في أكتوبر/تشرين الأول",
        "شرح `قبل,  بعد` و[رابط](a,b.md) و https://example.org/a,b;c",
        "The price, he said; rose?",
        "-   عنصر في قائمة\n1.  وآخر",
        "| عمود   | عمود |\n| --- | --- |",
        "```\nقال,  ـ\n```",
        "صلى الله عليه وسلم ﷺ",
        "لـ«رويترز» وبـ5 دولارات ولـCNN، أو أكتوبر/تشرين الأول، وهذا / ذاك",
        "العنوان 2021-10-18, 14:00",
    ],
)
def test_good_text_is_left_in_peace(line: str) -> None:
    assert list(proofread("a.md", article(id="a", slug="a", tags="[روسيا, الناتو]", body=line))) == []


def test_front_matter_texts_are_read_too_but_not_its_lists() -> None:
    text = article('"قمة  باريس, غدا"', tags="[روسيا, الناتو]", image="{src: a.jpg, alt: رصيف, caption: ميناء}")
    assert [problem.text for problem in proofread("a.md", text)] == [
        "several spaces stand in a row",
        "a Latin comma follows Arabic text",
    ]


def test_headlines_summaries_and_ids(make_site: MakeSite) -> None:
    site = make_site({"content/a.md": article("كلمة " * 25, slug="a", summary="كلمة " * 80)})
    found = told(site)
    assert any("the headline has 124 letters, more than 110" in line for line in found)
    assert any("the summary has 399 letters, more than 300" in line for line in found)
    assert any("there is no id" in line for line in found)


def test_each_line_with_a_quote_that_stays_straight_is_named(make_site: MakeSite) -> None:
    body = 'قال "نعم".\n\nبدأ **الخبر** "ولم ينته.\n\n`a = "b"` و"كلمة".\n\n- شاشة 27" هنا\n\nأول "كلمة\n\nثانية" آخر'
    site = make_site(
        {
            "content/a.md": article('عنوان «أول" هنا', id="a", slug="a", body=body),
            "content/b.md": article("'عنوان \"آخر'", id="b", slug="b", lang="ar"),
            "content/c.md": article("Title", id="c", slug="c", lang="en", body='It is 27" wide.'),
        }
    )
    found = [line for line in told(site) if "straight" in line]
    places = ["content/a.md:11", "content/a.md:15", "content/b.md:2"]
    assert [line.partition(": warning")[0].rpartition(":")[0] for line in found] == places


def test_tags_that_differ_in_spelling_alone(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/a.md": article(id="a", slug="a", tags="[أمريكا]"),
            "content/b.md": article(id="b", slug="b", tags="[أمريكا, نفط]"),
            "content/c.md": article(id="c", slug="c", tags="[امريكا, C, C#]", author="دبي - وكالات"),
            "content/d.md": article(id="d", slug="d", author="دبي – وكالات"),
            "content/e.md": article(id="e", slug="e", author="دبي – وكالات"),
            "content/tags/غاز.md": "سطر عن الغاز.\n",
        }
    )
    found = [line for line in told(site) if "output" not in line]
    assert found == [
        "content/c.md:7:7: warning: the tag '\u2068امريكا\u2069' differs from '\u2068أمريكا\u2069' in spelling alone, "
        "and each has its own page",
        "content/c.md:8:9: warning: the author '\u2068دبي - وكالات\u2069' is written '\u2068دبي – وكالات\u2069' "
        "elsewhere; the two are one and shown like that",
        "content/tags/غاز.md: warning: no article has the tag '\u2068غاز\u2069', so this file is not shown",
    ]


def test_tags_that_differ_in_their_article_are_told(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/a.md": article(id="a", slug="a", tags="[الانتخابات, الصين]"),
            "content/b.md": article(id="b", slug="b", tags="[الانتخابات, صينية]"),
            "content/c.md": article(id="c", slug="c", tags="[انتخابات]"),
        }
    )
    assert [line for line in told(site) if "tag" in line] == [
        "content/c.md:7:7: warning: the tag '\u2068انتخابات\u2069' is nearly '\u2068الانتخابات\u2069', "
        "and each has its own page"
    ]


LATIN = article(
    "Reuters: اجتماع NATO في (Brussels)",
    id="a",
    slug="a",
    body="قالت Reuters و(NATO) إن شركة Acme Steel باعت 5 km من iPhone عبر https://Example.org/A و`Code`.\n\n"
    "وقالت REUTERS.",
)


def test_latin_names_are_told_with_the_spelling_of_the_house(make_site: MakeSite) -> None:
    """Off as it comes; in a headline also within brackets; not in an article of another language."""
    files = {"content/a.md": LATIN, "content/b.md": article("NATO meets", id="b", slug="b", lang="en", body="Reuters.")}
    site = make_site(files)
    assert not any("Latin name" in line for line in told(site))
    site.write({"config.yaml": CONFIG + "names: {Reuters: رويترز, NATO: الناتو}\n"})
    found = [problem for problem in problems(site) if problem.message.id in ("latin-name", "repeated-in-file")]
    told_of = [(p.line, p.column, re.sub("[\u2068\u2069]", "", f"{p.text} | {p.help}")) for p in found]
    add = "write it in Arabic letters, in brackets if need be, or add its spelling to 'names' in config.yaml"
    assert told_of == [
        (2, 8, "the Latin name 'Reuters' stands in an Arabic text (and 2 more in this file) | write 'رويترز'"),
        (2, 24, "the Latin name 'NATO' stands in an Arabic text | write 'الناتو'"),
        (2, 33, f"the Latin name 'Brussels' stands in an Arabic text | {add}"),
        (9, 30, f"the Latin name 'Acme Steel' stands in an Arabic text | {add}"),
        (9, 54, f"the Latin name 'iPhone' stands in an Arabic text | {add}"),
    ]


# ---------------------------------------------------------------- forms, languages, exit codes


@pytest.fixture
def faulty(make_site: MakeSite) -> Site:
    """One error, and two warnings: a Latin comma, and no built site."""
    files = {"content/a.md": article("خبر", id="a", slug="a", section="sprot", body="في باريس, ثم.")}
    return make_site({**FONTS, "content/b.md": article("آخر", id="b", slug="b", body="في باريس, ثم."), **files})


def test_text_has_errors_first_and_ends_with_their_number(faulty: Site, run: Run) -> None:
    code, out, err = run(faulty.root, "check", *AT)
    lines = out.splitlines()
    assert (code, err) == (1, "")
    assert lines[0] == "content/a.md:4:10: section 'sprot' is not in config.yaml"
    assert lines[-1] == "1 error, 2 warnings"
    assert all(": warning: " in line for line in lines[2:-1:2])


def test_a_flood_of_like_warnings_is_cut_and_errors_never_are(capsys: pytest.CaptureFixture[str]) -> None:
    def like(made: Callable[[int], Message], count: int, warning: bool) -> list[Problem]:
        return [Problem(path=f"content/{n}.md", message=made(n + 300), warning=warning) for n in range(count)]

    long = like(lambda n: say("summary-long", n=n, most=300), 70, True)
    stretched = like(lambda n: say("repeated-in-file", what=say("tatweel"), n=n), 3, True)
    empty = like(lambda n: say("empty-value", key=str(n)), 60, False)
    _text([*long, *stretched, *empty], 60, 73, "en")
    lines = capsys.readouterr().out.splitlines()
    assert [sum(part in line for line in lines) for part in ("summary", "tatweel", "is empty")] == [50, 3, 60]
    assert lines[-2:] == [
        "… and 20 more warnings like those above; --format json has them all",
        "60 errors, 73 warnings",
    ]


def test_a_comma_is_no_second_mistake_in_a_list_that_is_none(make_site: MakeSite) -> None:
    """`series: [أ, ب]` is a list where one text is wanted: an Arabic comma would not part its entries."""
    site = make_site({**FONTS, "content/a.md": article("خبر", id="a", slug="a", series="[أ, ب]")})
    found = [line for line in told(site) if line.startswith("content/a.md:7")]
    assert len(found) == 1 and "'series' is a list, not text" in found[0], found


def test_exit_codes(faulty: Site, make_site: MakeSite, run: Run) -> None:
    faulty.write({"content/a.md": article("خبر", id="a", slug="a")})
    assert run(faulty.root, "check", *AT)[0] == 0
    assert run(faulty.root, "check", *AT, "--strict")[0] == 1
    assert run(faulty.root, "check", "--formt", "json")[0] == 2
    code, out, _ = run(faulty.root, "check", *AT, "--errors")
    assert (code, out) == (0, "0 errors, 2 warnings\n")


def test_json_is_whole(faulty: Site, run: Run) -> None:
    code, out, _ = run(faulty.root, "check", *AT, "--format", "json")
    report = json.loads(out)
    assert code == 1 and (report["errors"], report["warnings"]) == (1, 2)
    assert report["problems"][0] == {
        "path": "content/a.md",
        "line": 4,
        "column": 10,
        "severity": "error",
        "id": "unknown-section",
        "args": {"section": "sprot"},
        "text": "section 'sprot' is not in config.yaml",
        "help": "did you mean 'sport'? sections: politics, sport, science",
    }


def test_json_counts_a_fault_that_is_repeated_by_its_own_id(make_site: MakeSite, run: Run) -> None:
    site = make_site(FONTS).write({"content/a.md": article("خبر", body="قال , ثم , ثم قال.")})
    report = json.loads(run(site.root, "check", *AT, "--format", "json")[1])
    assert "latin-comma" in {one["id"] for one in report["problems"]}


def test_github_marks_lines(faulty: Site, run: Run) -> None:
    _, out, _ = run(faulty.root.parent, "check", *AT, "--format", "github", "--site", str(faulty.root))
    name = faulty.root.name
    assert out.splitlines()[0] == (
        f"::error file={name}/content/a.md,line=4,col=10::section 'sprot' is not in config.yaml%0A"
        "did you mean 'sport'? sections: politics, sport, science"
    )
    assert f"::warning file={name}/content/b.md,line=9,col=9::a Latin comma" in out


def test_arabic_is_asked_for_or_the_locales(faulty: Site, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    _, out, _ = run(faulty.root, "check", *AT, "--lang", "ar")
    lines = out.splitlines()
    assert lines[:2] == ["content/a.md:4:10", "  خطأ: ليس القسم «\u2068sprot\u2069» في config.yaml"]
    assert lines[-1] == "خطأ واحد وتنبيهان"
    monkeypatch.setenv("LANG", "ar_QA.UTF-8")
    assert run(faulty.root, "check", *AT)[1] == out
    assert "القسم" in run(faulty.root, *AT)[2]  # and so does a build
    assert run(faulty.root, "check", *AT, "--lang", "en")[1].endswith("1 error, 2 warnings\n")


# ---------------------------------------------------------------- other sites


@dataclass
class Elsewhere:
    """Another site, on loopback, that remembers what it was asked."""

    url: str = ""
    asked: list[str] = field(default_factory=list)
    robots: str = "User-agent: *\nDisallow: /private/\n"


@contextmanager
def another_site() -> Iterator[Elsewhere]:
    site = Elsewhere()

    class Answers(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            site.asked.append(f"{self.command} {self.path}")
            self.answer()

        do_GET = do_HEAD

        def answer(self) -> None:
            path = self.path
            status = {"/gone": 404, "/busy": 503, "/moved": 301, "/for-now": 302}.get(path, 200)
            if path == "/no-head" and self.command == "HEAD":
                status = 405
            self.send_response(status)
            if status in (301, 302):
                self.send_header("Location", "/good")
            self.end_headers()
            if path == "/robots.txt":
                self.wfile.write(site.robots.encode())

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        site.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


def test_links_to_other_sites_are_asked_for_politely(tmp_path: Path) -> None:
    with another_site() as site:
        names = ("good", "gone", "busy", "moved", "for-now", "no-head", "private/x", "أخبار?س=1")
        found = ask((f"{site.url}/{name}" for name in names), tmp_path / "c.json", NOW, pause=0, timeout=5)
        verdicts = {name: found[f"{site.url}/{name}"] for name in names}
        asked = list(site.asked)
    assert asked[0] == "GET /robots.txt" and asked.count("GET /robots.txt") == 1
    assert "/private/x" not in " ".join(asked) and verdicts["private/x"].forbidden
    assert {name: verdict.status for name, verdict in verdicts.items() if verdict.status != 200} == {
        "gone": 404,
        "busy": 503,
        "private/x": 0,
    }
    assert verdicts["moved"].moved == f"{site.url}/good" and verdicts["for-now"].moved == ""
    assert "GET /good" not in asked and "HEAD /no-head" in asked and "GET /no-head" in asked
    assert "HEAD /%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1?%D8%B3=1" in asked


def test_addresses_are_asked_for_as_their_pages_have_them() -> None:
    text = r"[أ](https://a.example/?b=1&amp;c=2) و<https://a.example/a\_b\*c_>، **https://a.example/\~d** و[ب\](https://e.example\]"
    assert [url for _, _, url in urls(text)] == [
        "https://a.example/?b=1&c=2",
        "https://a.example/a_b*c",
        "https://a.example/~d",
        "https://e.example",
    ]


def test_good_answers_are_kept_for_a_week_and_bad_ones_are_not(tmp_path: Path) -> None:
    cache = tmp_path / "c.json"
    with another_site() as site:
        urls = [f"{site.url}/good", f"{site.url}/gone"]
        ask(urls, cache, NOW, pause=0)
        site.asked.clear()
        again = ask(urls, cache, NOW + timedelta(days=6), pause=0)
        assert "HEAD /good" not in site.asked and "HEAD /gone" in site.asked
        assert again[urls[0]].status == 200 and again[urls[1]].status == 404
        ask(urls, cache, NOW + timedelta(days=8), pause=0)
        assert "HEAD /good" in site.asked
        for garbage in ("", "[]", "{", '{"a": {"status": "x", "more": 1}}'):
            cache.write_text(garbage)
            assert ask(urls[:1], cache, NOW, pause=0)[urls[0]].status == 200


def test_a_host_that_is_not_there_is_said_to_be(tmp_path: Path) -> None:
    found = ask(
        ["http://nowhere.invalid/", "http://127.0.0.1:9/", "https:///x"], tmp_path / "c.json", NOW, pause=0, timeout=5
    )
    assert found["http://nowhere.invalid/"].gone
    assert found["http://127.0.0.1:9/"].status == 0 and not found["http://127.0.0.1:9/"].gone
    assert found["https:///x"].malformed == "it has no host"


def test_dead_links_stand_at_their_line_and_only_when_asked_for(make_site: MakeSite, run: Run) -> None:
    with another_site() as other:
        body = f"انظر [هنا]({other.url}/gone)، و[هناك]({other.url}/moved)، و<{other.url}/busy>."
        site = make_site({**FONTS, "content/a.md": article("خبر", id="a", slug="a", body=body)})
        assert run(site.root, "check", *AT)[0] == 0 and other.asked == []
        code, out, _ = run(site.root, "check", *AT, "--external")
        assert code == 1
        assert f"content/a.md:9:12: the link '{other.url}/gone' is answered with 404" in out
        assert "has moved for good" in out and f"help: write {other.url}/good" in out
        assert f"warning: the link '{other.url}/busy' is answered with 503" in out
