"""What an editor reads when something is wrong: every problem at once, each in its place, and nothing written.

The messages are golden: a change of wording is seen here, and should read better than before.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.laws.test_incremental import PICTURES
from tests.support.sites import CONFIG, REPOSITORY, Site, article

BUILD = Path(__file__).parents[2] / "build.py"
Run = subprocess.CompletedProcess[str]
FONTS: dict[str, str | bytes] = {  # cutting the real ones takes a second
    "layouts/assets/naskh.woff2": "خط",
    "layouts/assets/plex-bold.woff2": "خط",
}


def run(site: Site, *options: str) -> Run:
    command = [sys.executable, str(BUILD), "--site", str(site.root), "--now", "2021-12-01", *options]
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    return subprocess.run(command, cwd=site.root, env=environment, capture_output=True, text=True)


# ---------------------------------------------------------------- one wrong front matter of each kind

WRONG = """\
-- content/colon.md --
---
title: روسيا: رد على الناتو
date: 2021-10-18
section: politics
---

نص.
-- content/date.md --
---
title: يوم مكتوب كما يُقرأ
date: 7/10/2021
section: politics
---

نص.
-- content/duplicate-key.md --
---
title: عنوان أول
date: 2021-10-18
section: politics
title: عنوان ثان
---

نص.
-- content/endless.md --
---
title: خبر لا ينتهي رأسه
date: 2021-10-18
section: politics

نص.
-- content/good.md --
---
title: خبر سليم
date: 2021-10-18
section: politics
---

نص.
-- content/link.md --
---
title: رابط إلى غير مكان
date: 2021-10-18
section: politics
---

انظر [الخبر السليم](god.md).
-- content/no-title.md --
---
date: 2021-10-18
section: politics
---

نص.
-- content/picture.md --
---
title: صورة ضاعت
date: 2021-10-18
section: politics
image: {src: photo.jpg, alt: رصيف الميناء}
---

![رصيف](quay.jpg)
-- content/same-1.md --
---
title: عنوان واحد لخبرين
date: 2021-10-18
section: politics
---

نص.
-- content/same-2.md --
---
title: عنوان واحد لخبرين
date: 2021-10-18
section: sport
---

نص.
-- content/section.md --
---
title: قسم غير معروف
date: 2021-10-18
section: sprot
---

نص.
-- content/tags.md --
---
title: وسوم بفاصلة عربية
date: 2021-10-18
section: politics
tags: [روسيا، الناتو]
---

نص.
-- content/unknown-key.md --
---
titel: خبر
title: مفتاح غير معروف
date: 2021-10-18
section: politics
---

نص.
"""
ENCODING: dict[str, str | bytes] = {"content/encoding.md": article("ترميز قديم").encode("cp1256")}

TOLD = """\
content/colon.md:2:8: the value of 'title' holds a colon
  help: it needs quotes: title: "روسيا: رد على الناتو"
content/date.md:3:7: 'date' is '7/10/2021': it is not an ISO date
  help: is it 2021-10-07 or 2021-07-10? write the year first
content/duplicate-key.md:5:1: key 'title' stands on lines 2 and 5
  help: keep one of them
content/encoding.md:2:8: byte 0xca is not UTF-8; the file is likely Windows-1256 (cp1256)
  help: save it again as UTF-8
content/endless.md:1:1: the front matter that starts here never ends
  help: write '---' on a line of its own after the last key
content/link.md:7:21: a link to 'god.md', which is no file and no page
  help: did you mean 'good.md'?
content/no-title.md:2:1: 'title' is missing
  help: add a line: title: …
content/picture.md:5:14: there is no picture 'photo.jpg'
  help: put it beside the article, or below content/
content/picture.md:8:9: there is no picture 'quay.jpg'
  help: put it beside the article, or below content/
content/section.md:4:10: section 'sprot' is not in config.yaml
  help: did you mean 'sport'? sections: politics, sport, science
content/tags.md:5:8: an entry of 'tags' is '\u2068روسيا، الناتو\u2069': an Arabic comma does not part entries
  help: write [روسيا, الناتو], or put the entry between quotes
content/unknown-key.md:2:1: unknown key 'titel'
  help: did you mean 'title'?
output/2021/10/18/عنوان-واحد-لخبرين/index.html: is wanted by two: content/same-1.md, content/same-2.md
  help: give one of them another slug
13 problems; nothing was written
"""


def test_every_kind_of_mistake_is_told_once_in_one_run_and_nothing_is_written(make_site: Callable[..., Site]) -> None:
    site = make_site(FONTS).write({"content/first.md": article("خبر من قبل")})
    assert run(site).returncode == 0
    before, stamps = site.digest(), _stamps(site)
    told = run(site.write(WRONG).write(ENCODING))
    assert told.stderr == TOLD
    assert (told.returncode, told.stdout) == (1, "")
    assert (site.digest(), _stamps(site)) == (before, stamps)


def test_a_site_that_was_never_built_gets_no_output_from_a_failed_build(make_site: Callable[..., Site]) -> None:
    site = make_site(FONTS).write(WRONG)
    assert run(site).returncode == 1
    assert not (site.root / "output").exists()


def test_a_draft_with_mistakes_does_not_stop_the_build_unless_drafts_are_built(make_site: Callable[..., Site]) -> None:
    site = make_site(FONTS).write({"content/a.md": article("مسودة", sektion="sport", draft="true")})
    told = run(site)
    assert told.returncode == 0
    assert told.stderr == "content/a.md:5:1: warning: unknown key 'sektion'\n  help: did you mean 'section'?\n"
    assert run(site, "--drafts").returncode == 1


def test_a_picture_that_cannot_be_is_one_problem(make_site: Callable[..., Site]) -> None:
    files = {"content/a.md": article(body="![ميناء](/port.png)"), "content/port.png": PICTURES[0]}
    assert make_site(FONTS).write(files).problems() == [
        "content/a.md:7:10: the picture '/port.png' is not a relative path with '/'\n"
        "  help: name a file beside the article or below the content folder"
    ]


def _stamps(site: Site) -> list[tuple[str, int, int]]:
    """Path, mtime and inode of all in the output, folders too."""
    found = sorted((site.root / "output").rglob("*"))
    return [(str(path), path.lstat().st_mtime_ns, path.lstat().st_ino) for path in found]


# ---------------------------------------------------------------- settings

SETTINGS = {
    "an unknown key and three wrong values": (
        CONFIG + "sektions: 3\nrelated: {count: many}\nhome: {count: 99}\nquotes: double\n",
        """\
config.yaml:14:1: unknown key 'sektions'
  help: did you mean 'sections'?
config.yaml:15:18: 'related.count' is 'many', not a whole number from 0 to 20
config.yaml:16:15: 'home.count' is '99', not a whole number from 1 to 32
config.yaml:17:9: 'quotes' is 'double', not one of guillemets, curly, as-is
""",
    ),
    "an address without https and a time zone that is none": (
        CONFIG.replace("https://example.org/news", "example.org").replace("Asia/Qatar", "Asia/Qatr"),
        """\
config.yaml:4:13: 'site.base_url' is 'example.org', which does not start with https:// and a host
  help: write it like https://example.org or https://example.org/news
config.yaml:6:13: 'site.timezone' is 'Asia/Qatr', which is no time zone
  help: did you mean 'Asia/Qatar'?
""",
    ),
    "nothing that must be there": (
        "sections: {}\n",
        """\
config.yaml:1:1: 'site.base_url' is missing
  help: add a line: base_url: …
config.yaml:1:1: 'site.title' is missing
  help: add a line: title: …
config.yaml:1:11: 'sections' is no mapping of keys to names
  help: write it like sections: {politics: {name: سياسة}}
""",
    ),
    "no YAML": (
        "site: {title: صحيفة\n",
        """\
config.yaml:1:7: what opens here with '{' lacks a comma or its '}'
  help: write } where it ends
""",
    ),
    "another encoding": (
        CONFIG.encode("utf-16"),
        "config.yaml:1:1: the file is UTF-16, not UTF-8\n  help: save it again as UTF-8\n",
    ),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_problems_of_config_yaml(name: str, make_site: Callable[..., Site]) -> None:
    text, told = SETTINGS[name]
    assert "\n".join(make_site(FONTS).write({"config.yaml": text}).problems()) + "\n" == told


def test_a_hits_file_that_is_missing_or_wrong(make_site: Callable[..., Site]) -> None:
    site = make_site(FONTS).write({"content/a.md": article()})
    site.write({"config.yaml": CONFIG + "most_read: {source: hits.csv}\n"})
    assert site.problems() == [
        "hits.csv: the hits file is not there\n  help: make it, or set most_read.source to null in config.yaml"
    ]
    assert site.write({"hits.csv": "moon,5\nmoon;7\n"}).problems() == [
        "hits.csv:2:1: not a line of hits: 'moon;7'\n"
        "  help: each line is a story's id, a comma and a number: nato-mission,1250"
    ]


# ---------------------------------------------------------------- a site's own layouts

LAYOUTS = {
    "a block that is not closed": ("{% if view %}", "unexpected end of template"),
    "a tag with nothing in it": ("{% for %}", "expected an expression, got 'end of statement block'"),
    "a variable that is not there": ("{{ nothing }}", "'nothing' is undefined"),
    "a field that the view has not": ("{{ view.nothing }}", "'ArticleView' has no attribute 'nothing'"),
    "a word that the strings have not": ("{{ t.nothing }}", "'dict' has no attribute 'nothing'"),
    "a filter that is none": ("{{ view.meta.title|nothing }}", "no filter named 'nothing'"),
    "a layout to include that is not there": ('{% include "nothing.html" %}', "there is no layout 'nothing.html'"),
    "an asset that is not there": ('{{ asset("nothing.css") }}', "there is no asset 'nothing.css' in layouts/assets/"),
    "a sum that cannot be": ("{{ 1 / 0 }}", "the layout cannot be rendered: division by zero (ZeroDivisionError)"),
    "an include by a variable": ("{% include view.meta.title %}", "a layout is included by a name that is not a cons"),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_mistake_in_a_layout_is_told_with_its_file_and_line(name: str, make_site: Callable[..., Site]) -> None:
    text, told = LAYOUTS[name]
    site = make_site(FONTS).write({"content/a.md": article()})
    (problem,) = site.write({"layouts/article.html": f"<h1>{{{{ view.story.title }}}}</h1>\n{text}\n"}).problems()
    first = problem.split("\n")[0]
    place = "layouts/article.html" if "constant" in first else "layouts/article.html:2:1"
    assert first.startswith(f"{place}: {told}")
    assert not (site.root / "output").exists()


def test_a_mistake_in_a_partial_is_told_where_it_stands(make_site: Callable[..., Site]) -> None:
    """The card is rendered for a page, the figure for a body: neither is the layout that was asked for."""
    pictured = article("خبر", body="![ميناء](port.png)")
    site = make_site(FONTS).write({"content/a.md": pictured, "content/port.png": PICTURES[0]})
    site.write({"layouts/partials/card.html": "\n\n{{ story.nothing }}"})
    assert [problem.split("\n")[0] for problem in site.problems()] == [
        "layouts/partials/card.html:3:1: 'Story' has no attribute 'nothing'"
    ]
    (site.root / "layouts/partials/card.html").unlink()
    site.write({"layouts/partials/figure.html": "\n{{ figure.nothing }}"})
    assert [problem.split("\n")[0] for problem in site.problems()] == [
        "layouts/partials/figure.html:2:1: 'Figure' has no attribute 'nothing'"
    ]


def test_a_layout_that_is_not_utf8(make_site: Callable[..., Site]) -> None:
    site = make_site(FONTS).write({"content/a.md": article(), "layouts/article.html": b"\xff"})
    assert [problem.split("\n")[0] for problem in site.problems()] == [
        "layouts/article.html:1:1: the layout is not UTF-8"
    ]


STRINGS = {
    "home: 3": "'home' is not a text",
    "home: {a: b}": "'home' is not a text",
    "labels: عاجل": "'labels' is not a mapping of words",
    "published_on: نُشر في {day}": "'published_on' has '{day}', but only '{date}' can be filled",
    "published_on: نُشر في {date": "'published_on' has '{', but only '{date}' can be filled",
}


@pytest.mark.parametrize("line", STRINGS)
def test_words_of_a_site_that_cannot_stand_for_the_shipped_ones(line: str, make_site: Callable[..., Site]) -> None:
    key, _, value = line.partition(": ")
    value = value if value.startswith("{a") or value == "3" else f'"{value}"'
    site = make_site(FONTS).write({"layouts/strings/ar.yaml": f"{key}: {value}\n"})
    assert site.problems() == [
        f"layouts/strings/ar.yaml: {STRINGS[line]}\n"
        "  help: write it like the one in the shipped layouts/strings/, or take it out"
    ]


# ---------------------------------------------------------------- wrong usage

USAGE = {
    "a folder that is not there": (("--site", "/no/such/folder"), "Directory '/no/such/folder' does not exist"),
    "a day that is no moment": (("--now", "7/10/2021"), "'7/10/2021' is no moment; write it like 2021-10-18T14:00"),
    "an address without a scheme": (("--base-url", "example.org"), "--base-url 'example.org' does not start with http"),
    "an address with a query": (("--base-url", "https://example.org/?a"), "holds '?' or '#'"),
    "fewer jobs than none": (("--jobs", "-1"), "-1 is not in the range"),
    "an option that is none": (("--nwo", "1"), "No such option '--nwo'"),
    "a command that is none": (("bulid",), "there is no command 'bulid'; did you mean 'build'?"),
    "an output that is the site": (("--output", "."), "holds or lies in the content folder; name a folder of its own"),
}


@pytest.mark.parametrize("name", USAGE)
def test_wrong_usage_is_one_line_and_exit_code_2(name: str, make_site: Callable[..., Site]) -> None:
    options, told = USAGE[name]
    site = make_site(FONTS)
    result = run(site, *options)
    assert (result.returncode, result.stdout) == (2, "")
    assert told in result.stderr
    assert result.stderr.startswith("build.py: ")
    assert result.stderr.count("\n") == 1
    assert not (site.root / "output").exists()


def test_an_epoch_that_is_no_number_is_wrong_usage(make_site: Callable[..., Site]) -> None:
    command = [sys.executable, str(BUILD), "--site", str(make_site(FONTS).root)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "yesterday"}
    result = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert result.returncode == 2
    assert result.stderr == "build.py: SOURCE_DATE_EPOCH is 'yesterday'; it must be a whole number of seconds\n"


def test_a_site_without_its_content_folder(make_site: Callable[..., Site]) -> None:
    assert make_site(FONTS).problems() == ["content: there is no such folder\n  help: articles stand in it"]


def test_a_folder_without_config_yaml_is_no_site(tmp_path: Path) -> None:
    result = run(Site(tmp_path))
    assert result.returncode == 1
    assert result.stderr == (
        "config.yaml: there is no config.yaml\n"
        "  help: a site is a folder with config.yaml and content/; name another with --site\n"
        "1 problem; nothing was written\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("line", ['tags: ["؟"]', 'author: "—"', 'series: "؟"'])
def test_a_name_without_letters_is_a_problem_and_no_traceback(line: str, make_site: Callable[..., Site]) -> None:
    key, _, value = line.partition(": ")
    assert "so it can have no address" in "".join(make_site({"content/a.md": article(**{key: value})}).problems())


@pytest.mark.parametrize("alias", ["/.htaccess", "/.mujaz-manifest", "/old//", "/a/.git/x"])
def test_an_alias_is_no_hidden_file_and_has_no_empty_segment(alias: str, make_site: Callable[..., Site]) -> None:
    assert "the alias" in make_site({"content/a.md": article(aliases=f"[{alias}]")}).problems()[0]


def test_a_mistake_in_a_partial_of_its_own_is_told_once(make_site: Callable[..., Site]) -> None:
    base = (REPOSITORY / "layouts/partials/base.html").read_bytes()
    site = make_site({"content/a.md": article(), "layouts/partials/base.html": base})
    site.write({"layouts/partials/footer.html": "{{ nothing }}"})
    assert [line.split("\n")[0] for line in site.problems()] == [
        "layouts/partials/footer.html:1:1: 'nothing' is undefined"
    ]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_edit_tells_the_mistakes_of_all_its_layouts_at_once(jobs: int, make_site: Callable[..., Site]) -> None:
    site = make_site({"content/a.md": article()})
    site.build()
    before = site.digest()
    site.write({"layouts/home.html": "{{ nothing }}", "layouts/article.html": "{{ nobody }}"})
    told = [line.split("\n")[0] for line in site.problems(jobs=jobs)]
    assert told == [
        "layouts/article.html:1:1: 'nobody' is undefined",
        "layouts/home.html:1:1: 'nothing' is undefined",
    ]
    assert site.digest() == before


def test_a_layout_file_outside_is_not_read(make_site: Callable[..., Site], tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    site = make_site({"content/a.md": article(), "layouts/static/a.txt": "x"})
    (site.root / "layouts/static/b.txt").symlink_to(tmp_path / "secret")
    assert "leaves the layouts folder" in site.problems()[0]


def test_a_language_without_words_or_dates(make_site: Callable[..., Site]) -> None:
    site = make_site({"content/a.md": article(), "layouts/strings/he.yaml": "direction: rtl"})
    site.write({"config.yaml": CONFIG.replace("language: ar", "language: he")})
    assert "words are missing: all_pages, and, and_last, archive" in site.problems()[0]
    words = (REPOSITORY / "layouts/strings/ar.yaml").read_bytes()
    site.write({"config.yaml": CONFIG.replace("language: ar", "language: zz"), "layouts/strings/zz.yaml": words})
    assert "'site.language' is 'zz'" in site.problems()[0]
