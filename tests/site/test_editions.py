"""The digest of a day and of a week: its order, its dates in words, and its e-mail."""

from __future__ import annotations

import email
import email.header
import email.policy
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import getaddresses
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mujaz.arabic.isolates import numbers
from mujaz.check.links import orphans, read_links
from mujaz.cli import cli
from mujaz.config.settings import load_config
from mujaz.model.settings import Config
from mujaz.pages.editions import WEEK_CAP
from mujaz.render.email import message, plain
from tests.support.html import Html
from tests.support.sites import CONFIG, Site, article

MakeSite = Callable[..., Site]
GMAIL = 102_400  # bytes after which it cuts a message


def week(make_site: MakeSite, **files: str) -> Site:
    stories = {
        "content/a.md": article("الأول", id="a", slug="a", date="2021-10-18 09:00"),
        "content/b.md": article("الثاني", id="b", slug="b", date="2021-10-20 09:00", section="sport"),
        "content/c.md": article("الثالث", id="c", slug="c", date="2021-10-19 09:00", weight="5", label="breaking"),
        "content/d.md": article("الرابع", id="d", slug="d", date="2021-10-24 23:59", section="sport"),
        "content/next.md": article("بعده", id="next", slug="next", date="2021-10-25 00:00"),
        "content/year.md": article("رأس السنة", id="year", slug="year", date="2021-01-01 10:00"),
    }
    site = make_site({"config.yaml": CONFIG + "dates: {hijri: true, week: monday}\n", **stories, **files})
    site.build()
    return site


def shown(page: Html) -> list[str]:
    return [card.get("data-story") for card in page.all("//main//*[@data-story]")]


def words(page: Html, path: str) -> str:
    return " ".join("".join(page.one(path).itertext()).split())


def test_a_week_runs_from_monday_to_sunday_by_weight_then_time_within_its_sections(make_site: MakeSite) -> None:
    site = week(make_site)
    page = Html(site.read("2021/w42/index.html"))
    assert shown(page) == ["c", "a", "d", "b"]  # the weightiest leads; politics before sport, the newest first
    assert words(page, "//h1") == "موجز الأسبوع: 18–24 أكتوبر/\u2060تشرين الأول 2021"
    assert "12–18 ربيع الأول 1443 هـ" in words(page, "//*[@class='day']")
    assert [link.get("href") for link in page.all("//nav[@class='pager']//a")] == ["/news/2020/w53/", "/news/2021/w43/"]
    days = [link.get("href") for link in page.all("//ul[@class='counts']//a")]
    assert days == [f"/news/2021/10/{day}/" for day in (18, 19, 20, 24)]
    assert 'href="/news/2021/w42/"' in site.read("2021/10/20/index.html")
    assert [time.text for time in page.all("//main//time")] == ["19/10/2021", "18/10/2021", "24/10/2021", "20/10/2021"]
    day = Html(site.read("2021/10/18/index.html"))
    assert [time.text for time in day.all("//main//time")] == ["09:00"]


def test_a_week_begins_with_the_day_that_its_desk_begins_with(make_site: MakeSite) -> None:
    """Sunday, as in the calendar of the month; the week of a day stays the one whose address is on its page."""
    site = week(make_site, **{"config.yaml": CONFIG + "dates: {week: sunday}\n"})
    page = Html(site.read("2021/w43/index.html"))
    assert words(page, "//h1") == "موجز الأسبوع: 24–30 أكتوبر/\u2060تشرين الأول 2021"
    assert shown(page) == ["next", "d"]
    assert 'href="/news/2021/w43/"' in site.read("2021/10/24/index.html")
    assert Html(site.read("2021/10/index.html")).words("//thead//th")[0] == "أحد"


def test_a_week_of_very_many_stories_shows_the_first_and_leads_on_to_its_days(make_site: MakeSite) -> None:
    many = {f"content/n{n}.md": article(f"خبر {n}", id=f"n{n}", slug=f"n{n}") for n in range(WEEK_CAP + 20)}
    site = week(make_site, **many)
    page = Html(site.read("2021/w42/index.html"))
    assert len(shown(page)) == WEEK_CAP
    assert "والباقي في موجز كل يوم" in words(page, "//main")


@pytest.mark.parametrize(
    ("settings", "there", "gone"),
    [
        ("editions: {week: false}", ["2021/10/18/email.txt", "2021/10/18/index.html"], ["2021/w42"]),
        ("editions: {day: false}", ["2021/w42/email.html"], ["2021/10/18/index.html", "2021/10/18/email.html"]),
        ("editions: {email: false}", ["2021/w42/index.html", "2021/10/18/index.html"], ["2021/w42/email.html"]),
    ],
)
def test_each_kind_can_be_switched_off(make_site: MakeSite, settings: str, there: list[str], gone: list[str]) -> None:
    paths = week(make_site, **{"config.yaml": CONFIG + "dates: {week: monday}\n" + settings + "\n"}).paths()
    assert set(there) <= set(paths) and not set(gone) & set(paths)


@pytest.mark.parametrize("settings", ["", "editions: {day: false}\n"])
def test_a_month_leads_to_the_weeks_that_its_days_are_in(make_site: MakeSite, settings: str) -> None:
    site = week(make_site, **{"config.yaml": CONFIG + "dates: {week: monday}\n" + settings})
    links = {
        path: Html(site.read(path)).all("//aside//ul/li/a/@href")
        for path in ("2021/10/index.html", "2021/01/index.html")
    }
    assert list(links.values()) == [["/news/2021/w43/", "/news/2021/w42/"], ["/news/2020/w53/"]]
    assert orphans(read_links(site.root / "output", "https://example.org/news")) == []


def test_a_month_leads_to_no_week_where_weeks_have_no_edition(make_site: MakeSite) -> None:
    site = week(make_site, **{"config.yaml": CONFIG + "editions: {week: false}\n"})
    assert "/w42/" not in site.read("2021/10/index.html") and "/w42/" not in site.read("2021/10/20/index.html")


# ---------------------------------------------------------------- e-mails


def test_an_email_needs_nothing_but_itself(make_site: MakeSite) -> None:
    page = Html(week(make_site).read("2021/w42/email.html"))
    assert page.all("//link | //script | //img | //*[@src]") == []
    assert all(link.get("href").startswith("https://example.org/news/") for link in page.all("//a"))
    assert [link.get("href").rsplit("/", 2)[-2] for link in page.all("//h2/a | //h3/a")] == [
        "c", "politics", "a", "sport", "d", "b",
    ]  # fmt: skip
    for cell in page.all("//td"):
        assert cell.get("style"), "a mail program that drops <style> shows it bare"
        assert cell.get("align") in ("right", "center")
    assert all(table.get("dir") == "rtl" and table.get("role") == "presentation" for table in page.all("//table"))
    assert "prefers-color-scheme: dark" in page.one("//style").text


def test_an_email_of_very_many_stories_stays_below_what_gmail_cuts(make_site: MakeSite) -> None:
    long = "كلمة " * 60
    many = {
        f"content/n{n}.md": article(f"{'عنوان طويل ' * 8}{n}", id=f"n{n}", slug=f"n{n}", summary=long.strip())
        for n in range(150)
    }
    site = week(make_site, **many)
    size = len(site.read("2021/10/18/email.html").encode())
    assert GMAIL * 0.6 < size < 100_000
    left = re.search(r"اقرأ البقية على الموقع \((\d+) \w+\)", site.read("2021/10/18/email.txt"))
    assert left and site.read("2021/10/18/email.txt").count("\n* ") == 151 - int(left[1])


def test_the_plain_twin_tells_the_same_with_short_links(make_site: MakeSite) -> None:
    text = week(make_site).read("2021/w42/email.txt")
    assert re.findall(r"/s/(\w+)/", text) == ["c", "a", "d", "b"]
    assert "* الثالث" in text and "&" not in text and "<" not in text
    assert max(map(len, text.splitlines())) <= 73


def test_a_plain_line_that_begins_in_latin_letters_reads_from_the_right() -> None:
    assert plain("BBC تقول\nhttps://example.org/\n", rtl=True) == "\u200fBBC تقول\nhttps://example.org/\n"
    assert plain("BBC says\n\n\n\nit", rtl=False) == "BBC says\n\nit\n"


# ---------------------------------------------------------------- the verb


def run(site: Site, *arguments: str) -> Any:
    return CliRunner().invoke(cli, ["edition", *arguments, "--site", str(site.root)])


def test_the_verb_prints_what_was_built(make_site: MakeSite) -> None:
    site = week(make_site)
    assert run(site, "2021-10-18").output == site.read("2021/10/18/email.html")
    assert run(site, "2021-W42", "--text").output == site.read("2021/w42/email.txt")
    assert run(site, "--text").output == site.read("2021/10/25/email.txt"), "the newest day"


def test_a_whole_message_has_both_twins_and_is_the_same_each_time(make_site: MakeSite) -> None:
    site = week(make_site)
    wish = ("2021-w42", "--eml", "--from", "news@example.org", "--to", "list@example.org", "--now", "2021-10-25")
    raw = run(site, *wish).stdout_bytes
    assert raw == run(site, *wish).stdout_bytes
    letter = email.message_from_bytes(raw, policy=email.policy.default)
    assert letter["Subject"] == "موجز الأسبوع: 18–24 أكتوبر/تشرين الأول 2021 | صحيفة التجربة"
    assert (letter["From"], letter["To"]) == ("news@example.org", "list@example.org")
    assert letter["Content-Language"] == "ar"
    parts = {part.get_content_type(): part.get_content().replace("\r\n", "\n") for part in letter.iter_parts()}
    assert parts["text/plain"] == site.read("2021/w42/email.txt")
    assert parts["text/html"] == site.read("2021/w42/email.html")


TITLES = (
    *(
        "خلاصة",
        "=?utf-8?q?x?=",
        "a =?utf-8?b?YQ==?= b",
        "مرحبا, world " * 30 + "!",
        "ع" * 3_000,
        "a" * 3_000,
        "é, " * 300 + "b",
    ),
    *("\u0085Bcc: a@b.example", "&#13;&#10;Bcc: a@b.example", "👨‍👩‍👧" * 50, 'a,b;c:"d"<e@f>(g', ":", ""),
)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "config.yaml").write_text(CONFIG)
    return load_config(tmp_path / "config.yaml").config


def sent(title: str, sender: str, recipient: str, config: Config) -> bytes:
    html = f"<title>{title}</title>"
    moment = datetime(2021, 10, 25, tzinfo=UTC)
    return message(html, "نص\n", config=config, name="2021/10/18", moment=moment, sender=sender, recipient=recipient)


def read(value: str) -> str:
    """A header as a mail program shows it."""
    return str(email.header.make_header(email.header.decode_header(value)))


@pytest.mark.parametrize("title", TITLES)
def test_a_subject_is_read_as_it_is_written(title: str, config: Config) -> None:
    raw = sent(title, "a@b.example", "c@d.example", config)
    letter = email.message_from_bytes(raw)
    assert read(letter["Subject"]) == " ".join(unescape(title).split())
    assert letter["Bcc"] is None and raw.isascii() and b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 78


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("أخبار <a@b.example>, " * 9 + "نشرة <c@d.example>", ["أخبار"] * 9 + ["نشرة"]),
        (
            "صحيفة الشراع — نشرة الصباح من المدينة القديمة <a@b.example>",
            ["صحيفة الشراع — نشرة الصباح من المدينة القديمة"],
        ),
        ('"الشراع, نشرة" <a@b.example>, "a \\"b\\" c, d" <c@d.example>', ["الشراع, نشرة", 'a "b" c, d']),
        (", ".join(f"reader{n}@b.example" for n in range(99)), [""] * 99),
    ],
)
def test_all_addresses_are_read_as_they_are_written(written: str, names: list[str], config: Config) -> None:
    """The library encodes a comma between two Arabic names, where a line ends, and so makes one address of two."""
    raw = sent("خلاصة", written, written, config)
    for key in ("From", "To"):
        found = getaddresses([email.message_from_bytes(raw)[key]])
        assert [read(name) for name, _ in found] == names
        assert [one for _, one in found] == re.findall(r"[\w]+@\w\.example", written)
    assert raw.isascii() and max(map(len, raw.split(b"\r\n"))) < 100


@pytest.mark.parametrize("wrong", [("2021-w60",), ("18/10/2021",), ("1999-01-01",), ("2021-10-18", "--to", "x")])
def test_what_there_is_not_is_told_and_nothing_is_printed(make_site: MakeSite, wrong: tuple[str, ...]) -> None:
    result = run(week(make_site), *wrong)
    assert result.exit_code != 0 and result.stdout == ""


@pytest.mark.parametrize(
    "sentence", ["خط ساخن للمتضررين هاتف 3412-5456 طوال", "أول طائرة من طراز Boeing 737-800", "نحو 5 % 10 مرات"]
)
def test_a_number_in_plain_text_is_the_one_that_was_written_wherever_its_line_begins(sentence: str) -> None:
    assert numbers(sentence) == sentence
    marks = dict.fromkeys(map(ord, "\u200f\u2066\u2069"))
    for before in range(80):
        text = plain("ا" * before + " " + sentence, rtl=True).translate(marks)
        assert " ".join(text.split()) == f"{'ا' * before} {sentence}".strip()
