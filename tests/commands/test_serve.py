"""`serve`: an editor writes, saves and looks. The time from save to page is printed (`-s`), never asserted."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from mujaz.build.report import BuildReport
from tests.support.cli_process import BUILD, PATIENCE, Served, served
from tests.support.real_site import Real
from tests.support.real_site import real as real
from tests.support.sites import CONFIG, Site, article
from tests.support.whole_site import FONTS

MakeSite = Callable[..., Site]
NOW = ("--now", "2021-12-01T12:00:00+00:00")
FILES = {
    **FONTS,
    "content/a.md": article("خبر معلن", id="a", slug="a", body="متن قديم."),
    "content/d.md": article("خبر لم يكتمل", id="d", slug="d", draft="true"),
    "content/f.md": article("خبر الغد", id="f", slug="f", date="2021-12-03 16:00"),
}
ARTICLE = "2021/10/18/a/"


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    return make_site(FILES)


@pytest.fixture
def running(site: Site) -> Iterator[Served]:
    with served(site.root, "serve", *NOW) as server:
        server.line("3 stories: ")
        yield server


def get(url: str, path: str = "", **headers: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and text of an answer."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    connection.request("GET", parts.path + path, headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text


def state(url: str) -> dict[str, Any]:
    """What a browser is told when it begins to listen."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    connection.request("GET", f"{parts.path}.mujaz/events")
    answer = connection.getresponse()
    assert answer.readline() == b"event: state\n"
    told: dict[str, Any] = json.loads(answer.readline().removeprefix(b"data: "))
    connection.close()
    return told


# ---------------------------------------------------------------- without a browser


@pytest.mark.parametrize("verb", ["serve", "desk"])
def test_what_is_shown_is_not_cleaned_away(site: Site, verb: str) -> None:
    """`clean` took it, and each page said until the next save that the site is being built."""
    command = [sys.executable, str(BUILD), "clean", "--lang", "en"]
    with served(site.root, verb) as server:
        server.line("3 stories: ")
        ended = subprocess.run(command, cwd=site.root, capture_output=True, text=True, check=False)
        assert (ended.returncode, ended.stderr) == (3, "build.py: serve or desk shows this site; stop it first\n")
        assert (site.root / ".mujaz/serve/output" / ARTICLE / "index.html").is_file()
    assert subprocess.run(command, cwd=site.root, capture_output=True, check=False).returncode == 0
    assert not (site.root / ".mujaz").exists()


def test_pages_come_with_the_script_and_the_output_stays_without_it(site: Site, running: Served) -> None:
    status, headers, text = get(running.url, ARTICLE)
    assert status == 200 and "متن قديم" in text
    assert text.count('<script src="/news/.mujaz/live.js"') == 1 and headers["cache-control"] == "no-store"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert get(running.url, ".mujaz/live.js")[1]["content-type"].startswith("text/javascript")
    assert not (site.root / "output").exists()
    own = site.root / ".mujaz" / "serve" / "output"
    assert "live.js" not in (own / ARTICLE / "index.html").read_text(encoding="utf-8")


def test_drafts_and_held_stories_are_there_and_told_apart(running: Served) -> None:
    told = state(running.url)
    assert told["problems"] == []
    assert {one["id"]: one["draft"] for one in told["early"]} == {"d": True, "f": False}
    assert get(running.url, "2021/10/18/d/")[0] == 200
    assert get(running.url, "2021/12/03/f/")[0] == 200


def test_they_may_be_left_out(site: Site) -> None:
    with served(site.root, "serve", *NOW, "--no-drafts", "--no-future", loaded=False) as server:
        server.line("1 story: ")
        assert state(server.url)["early"] == []
        assert get(server.url, "2021/10/18/d/")[0] == 404


def test_a_save_is_built_and_told(site: Site, running: Served) -> None:
    before = state(running.url)["version"]
    site.write({"content/a.md": article("خبر معلن", id="a", slug="a", body="متن جديد.")})
    assert running.line("content/a.md: ", " written, ")
    assert "متن جديد" in get(running.url, ARTICLE)[2]
    assert state(running.url)["version"] != before


def test_a_problem_is_told_in_arabic_until_it_is_mended(site: Site, running: Served) -> None:
    site.write({"content/a.md": article("خبر معلن", id="a", slug="a", section="sprot")})
    assert running.line("1 problem; shown is the last good build")
    (told,) = state(running.url)["problems"]
    assert told["place"] == "content/a.md:4"
    assert "القسم" in told["text"] and "sprot" in told["text"] and "هل تقصد" in told["help"]
    assert "متن قديم" in get(running.url, ARTICLE)[2]
    site.write({"content/a.md": FILES["content/a.md"]})
    assert running.line("content/a.md: 0 written")
    assert state(running.url)["problems"] == []


def test_a_name_that_is_not_utf8_is_seen_and_takes_no_other_save_with_it(site: Site, running: Served) -> None:
    """The watch of the system ends at such a name."""
    (site.root / "content" / os.fsdecode(b"\xff.md")).write_text(article("خبر"), encoding="utf-8")
    assert running.line("name is not UTF-8")


@pytest.mark.alone  # a save in steps is one save if they follow each other soon enough
def test_folders_that_vanish_and_come_back_are_watched_again(site: Site, running: Served) -> None:
    content = site.root / "content"
    content.rename(site.root / "aside")
    assert running.line("content: there is no such folder")
    (site.root / "aside").rename(content)
    assert running.line("content: 0 written")
    site.write({"content/a.md": article("خبر معلن", id="a", slug="a", body="متن بعد العودة.")})
    assert running.line("content/a.md: ", " written, ")
    shutil.copytree(site.root, site.root.with_name("aside"), ignore=shutil.ignore_patterns(".mujaz"))
    for name in ("content", "config.yaml"):
        (shutil.rmtree if name == "content" else os.unlink)(site.root / name)
    assert running.line("config.yaml: there is no config.yaml")
    shutil.copytree(site.root.with_name("aside"), site.root, dirs_exist_ok=True)
    assert running.line(": 0 written")
    assert "متن بعد العودة" in get(running.url, ARTICLE)[2]


@pytest.mark.alone  # as above
def test_a_save_in_several_steps_is_no_problem(site: Site, running: Served) -> None:
    """Some editors empty a file, then write it; others write another file and rename it."""
    path = site.root / "content" / "a.md"
    new = article("خبر معلن", id="a", slug="a", body="متن كُتب على مراحل.")
    with path.open("w", encoding="utf-8") as file:
        for part in (new[:30], new[30:60], new[60:]):
            file.write(part)
            file.flush()
            time.sleep(0.05)
    assert "problem" not in running.line("content/a.md")
    beside = path.with_name("a.md.tmp")
    beside.write_text(new.replace("مراحل", "دفعات"), encoding="utf-8")
    beside.replace(path)
    assert "problem" not in running.line("content/a.md")
    assert "متن كُتب على دفعات" in get(running.url, ARTICLE)[2]


def test_a_change_of_config_is_seen_however_it_is_saved(site: Site, running: Served) -> None:
    path = site.root / "config.yaml"
    beside = path.with_name("config.new")
    beside.write_text(path.read_text(encoding="utf-8").replace("صحيفة التجربة", "صحيفة أخرى"), encoding="utf-8")
    beside.replace(path)
    assert running.line("config.yaml: ")
    assert "صحيفة أخرى" in get(running.url)[2]


def test_another_base_url_is_followed(site: Site, running: Served) -> None:
    """Pages lead below the new path at once; the server would answer at the old one until it is started again."""
    config = (site.root / "config.yaml").read_text(encoding="utf-8")
    for path in ("/sub/deep", "", "/news"):
        site.write({"config.yaml": config.replace("https://example.org/news", f"https://example.org{path}")})
        address = running.line("http://localhost").split()[0]
        assert urlsplit(address).path == f"{path}/"
        root = address.removesuffix(f"{path}/")
        status, _, text = get(f"{root}{path}/")
        assert status == 200 and f'src="{path}/.mujaz/live.js"' in text
        assert get(f"{root}{path}/.mujaz/live.js")[0] == 200
        assert get(f"{root}{path}/{ARTICLE}")[0] == 200
        if path:
            assert get(f"{root}/")[0] == 307


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "[::1]x"])
def test_a_name_of_another_site_that_leads_here_is_refused(running: Served, host: str) -> None:
    """DNS rebinding: a page elsewhere must not read drafts through its own name."""
    status, _, text = get(running.url, ARTICLE, Host=host)
    assert status == 400 and "متن" not in text
    assert get(running.url, ARTICLE, Host="localhost:1")[0] == 200


@pytest.mark.parametrize("path", ["../../config.yaml", "%2e%2e/%2e%2e/config.yaml", "..%2f..%2fconfig.yaml"])
def test_nothing_outside_the_output_is_served(running: Served, path: str) -> None:
    status, _, text = get(running.url, path)
    assert status == 404 and "base_url" not in text


def test_a_port_in_use_is_passed_by_or_said_to_be(site: Site, running: Served) -> None:
    port = str(urlsplit(running.url).port)
    refused = subprocess.run(
        [sys.executable, str(BUILD), "serve", "--port", port], cwd=site.root, capture_output=True, text=True, timeout=60
    )
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"build.py: port {port} cannot be used") and "--port" in refused.stderr


# ---------------------------------------------------------------- in a browser


@pytest.fixture
def page(running: Served, chromium: Any) -> Iterator[Any]:
    opened = chromium.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if "Content Security" in said.text else None)
    opened.goto(running.url + ARTICLE)
    yield opened
    opened.close()
    assert wrong == []


def saved_and_seen(page: Any, file: Path, times: int) -> None:
    """Put a sentence at the end of an article and wait until the page shows it, some times; each is printed."""
    text, taken = file.read_text(encoding="utf-8"), []
    for number in range(times):
        sentence = f"جملة محفوظة {number}."
        started = time.perf_counter()
        file.write_text(f"{text.rstrip()}\n\n{sentence}\n", encoding="utf-8")
        page.wait_for_function("text => document.body?.innerText.includes(text)", arg=sentence)
        taken.append(time.perf_counter() - started)
        time.sleep(0.3)
    file.write_text(text, encoding="utf-8")
    print(f"\nfrom save to page: {', '.join(f'{1000 * one:.0f}' for one in taken)} ms")


@pytest.mark.browser
def test_a_save_reaches_the_page(site: Site, page: Any) -> None:
    saved_and_seen(page, site.root / "content" / "a.md", 5)


@pytest.mark.long
@pytest.mark.browser
def test_a_save_reaches_the_page_of_the_sample(sample: tuple[Site, BuildReport], chromium: Any) -> None:
    root = sample[0].root
    with served(root, "serve", *NOW) as server:
        server.line(" stories: ")
        page = chromium.new_page()
        page.goto(server.url + "2021/10/06/فرنسا-تعيد-سفيرها-إلى-كانبيرا-بمهمتين/")
        saved_and_seen(page, root / "content" / "2021" / "10" / "aukus-2.md", 3)
        page.close()


@pytest.mark.long
@pytest.mark.browser
def test_a_save_reaches_the_page_of_a_real_site(real: Real, chromium: Any) -> None:
    last = real.articles[-1]
    with served(real.root, "serve", *NOW) as server:
        server.line(" stories: ")
        page = chromium.new_page()
        page.goto(server.url + last.removesuffix("index.html"))
        story = page.locator("article.story").get_attribute("data-story")
        (file,) = (path for path in real.root.glob("content/**/*.md") if f"\nid: {story}\n" in path.read_text("utf-8"))
        saved_and_seen(page, file, 3)
        page.close()


@pytest.mark.browser
def test_each_save_is_searched(make_site: MakeSite, chromium: Any) -> None:
    site = make_site(FILES | {"config.yaml": CONFIG.replace("search: false", "search: true")})
    with served(site.root, "serve", *NOW) as server:
        server.line("3 stories: ")
        page = chromium.new_page()
        page.goto(server.url + ARTICLE)
        site.write({"content/a.md": article("خبر معلن", id="a", slug="a", body="متن جديد.")})
        page.get_by_text("متن جديد").wait_for()
        assert "content/a.md: " in server.line(" written, ")
        assert state(server.url)["version"] == page.evaluate("document.querySelector('[data-version]').dataset.version")
        page.close()
    cold = make_site(FILES | {"config.yaml": (site.root / "config.yaml").read_bytes()})
    cold.write({"content/a.md": (site.root / "content" / "a.md").read_bytes()})
    cold.build(drafts=True, future=True)
    own = site.root / ".mujaz" / "serve" / "output"
    assert {path: (own / path).read_bytes() for path in cold.paths() if not path.endswith("/")} == {
        path: (cold.root / "output" / path).read_bytes() for path in cold.paths() if not path.endswith("/")
    }


@pytest.mark.browser
def test_a_page_that_is_not_seen_holds_no_connection(site: Site, running: Served, page: Any) -> None:
    """A browser has six to a host: tabs that listen would take them all, and the seventh page would never come."""
    page.add_init_script(
        "(() => { const Own = EventSource; window.heard = [];"
        "window.EventSource = class extends Own { constructor(...all) { super(...all); heard.push(this); } }; })()"
    )
    page.goto(running.url + ARTICLE)
    page.wait_for_function("() => heard.length === 1 && heard[0].readyState === 1")
    see = "hidden => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});"
    see += "document.dispatchEvent(new Event('visibilitychange')); }"
    page.evaluate(see, True)
    assert page.evaluate("heard.map(source => source.readyState)") == [2]
    site.write({"content/a.md": article("عنوان كُتب في الخلفية", id="a", slug="a")})
    assert running.line("content/a.md: ", " written, ")
    page.evaluate(see, False)
    page.wait_for_function("() => document.querySelector('h1')?.textContent.includes('الخلفية')")


@pytest.mark.browser
def test_a_problem_lies_over_the_page_until_it_is_mended(site: Site, page: Any) -> None:
    site.write({"content/a.md": article("خبر معلن", id="a", slug="a", section="sprot")})
    overlay = page.locator("mujaz-problems section")
    overlay.wait_for()
    assert overlay.get_attribute("dir") == "rtl"
    assert page.locator("mujaz-problems bdi[dir=ltr]").inner_text() == "content/a.md:4"
    assert "ليس القسم «\u2068sprot\u2069» في config.yaml" in overlay.inner_text()
    assert page.locator("body").inner_text().count("متن قديم") == 1
    site.write({"content/a.md": FILES["content/a.md"]})
    overlay.wait_for(state="detached")


@pytest.mark.browser
def test_a_new_style_does_not_reload_the_page(site: Site, page: Any) -> None:
    page.evaluate("window.stayed = true")
    shipped = Path(__file__).parents[2] / "layouts" / "assets" / "main.css"
    css = shipped.read_text(encoding="utf-8") + "\nbody { background: rgb(1, 2, 3) !important; }\n"
    site.write({"layouts/assets/main.css": css})
    seen = """[getComputedStyle(document.body).backgroundColor,
               document.head.querySelectorAll('link[rel=stylesheet]').length, window.stayed]"""
    end = time.monotonic() + PATIENCE
    while page.evaluate(seen) != ["rgb(1, 2, 3)", 1, True]:
        assert time.monotonic() < end, page.evaluate(seen)
        page.wait_for_timeout(20)


@pytest.mark.browser
def test_drafts_and_held_stories_carry_their_mark(running: Served, page: Any) -> None:
    page.goto(running.url)
    page.locator("mujaz-mark .mark").first.wait_for()
    marks = sorted(set(page.locator("mujaz-mark .mark").all_inner_texts()))
    assert marks == ["مؤجل إلى 3/12/2021 16:00", "مسودة"]
    page.goto(running.url + "2021/10/18/d/")
    assert page.locator("article.story h1 mujaz-mark .mark").inner_text() == "مسودة"


# ---------------------------------------------------------------- where it begins


def test_it_begins_with_what_was_built_and_leaves_it_as_it_is(site: Site) -> None:
    site.build()
    before = site.digest()
    with served(site.root, "serve", *NOW) as server:
        first = server.line("3 stories: ")
        written = int(first.split()[2])
        own = site.root / ".mujaz" / "serve" / "output"
        made = sum(path.is_file() for path in own.rglob("*"))
        assert 0 < written < made
        assert (own / "robots.txt").samefile(site.root / "output" / "robots.txt")
        site.write({"content/a.md": article("خبر معلن", id="a", slug="a", body="متن جديد.")})
        server.line("content/a.md: ")
    assert site.digest() == before
    site.write({"content/a.md": FILES["content/a.md"]})
    site.build()
    assert site.digest() == before
