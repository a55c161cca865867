"""An old site in several languages: each article is in its own, and the versions of a story lead to each other."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from mujaz.cli import cli
from tests.support.html import Html
from tests.support.sites import Site

MakeSite = Callable[..., Site]
TABLE = """\
[languages.ar]
languageName = "العربية"
weight = 1
[languages.en]
languageName = "English"
weight = 2
"""
BOTH = f'defaultContentLanguage = "ar"\n{TABLE}'


def text(title: str, body: str = "نص", **keys: str) -> str:
    head = {"title": title, "date": "2021-11-09", **keys}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in head.items()) + f"---\n{body}\n"


def brought(site: Site, old: Path, *, code: int = 0) -> str:
    command = ["import", str(old), "--section", "sport", "--now", "2021-12-01", "--site", str(site.root)]
    ended = CliRunner().invoke(cli, command)
    assert ended.exit_code == code, (ended.output, ended.exception)
    return ended.output


def files(site: Site) -> dict[str, str]:
    return {path.parent.name: path.read_text(encoding="utf-8") for path in site.root.glob("content/2*/*/*/index.md")}


def key(text: str, name: str) -> str:
    found = re.search(rf'^{name}: "?([^"\n]*)"?$', text, re.M)
    return found[1] if found else ""


def aliases(text: str) -> list[str]:
    found = re.search(r"^aliases: (.*)$", text, re.M)
    return list(json.loads(found[1])) if found else []


def check(site: Site, original: str, translation: str, language: str = "en") -> None:
    """The original is the site's own, the other names it, and each page leads to the other."""
    written = files(site)
    assert key(written[original], "lang") == key(written[original], "translation_of") == ""
    assert key(written[translation], "lang") == language
    assert key(written[translation], "translation_of") == key(written[original], "id")
    assert site.build().warnings == ()
    page = Html(site.read(f"2021/11/09/{original}/index.html"))
    assert [link.get("hreflang") for link in page.all("//p[@class='translations']/a")] == [language]


@pytest.mark.parametrize("settings", [BOTH, ""], ids=["named in the settings", "named nowhere"])
def test_suffixes_of_hugo_are_languages_and_join_the_versions(
    make_site: MakeSite, tmp_path: Path, settings: str
) -> None:
    old = Site(tmp_path).write(
        {
            "hugo.toml": settings,
            "content/posts/port.en.md": text("The port opens", '[cup]({{< ref "cup.md" >}})'),
            "content/posts/port.ar.md": text("الميناء يفتح", '[الكأس]({{< ref "cup.md" >}})'),
            "content/posts/cup/index.ar.md": text("الكأس"),
            "content/posts/cup/index.en.md": text("The cup"),
            "content/posts/alone.en.md": text("Alone"),
            "content/posts/v1.2.md": text("الإصدار"),
            "content/posts/how.to.md": text("كيف"),
        }
    )
    site = make_site()
    brought(site, old.root)
    written = files(site)
    assert set(written) == {"port", "port-en", "cup", "cup-en", "alone", "v1.2", "how.to"}
    check(site, "port", "port-en")
    check(site, "cup", "cup-en")
    assert (key(written["alone"], "lang"), key(written["alone"], "translation_of")) == ("en", "")
    assert key(written["v1.2"], "lang") == key(written["how.to"], "lang") == ""
    assert "[cup](2021/11/cup-en/index.md)" in written["port-en"] and "[الكأس](2021/11/cup/index.md)" in written["port"]
    assert aliases(written["cup-en"]) == ["/en/posts/cup/" if settings else "/posts/cup/"]
    assert aliases(written["port"]) == ["/posts/port/" if settings else "/ar/posts/port/"]


def test_a_file_without_a_suffix_is_in_the_default_language(make_site: MakeSite, tmp_path: Path) -> None:
    """Here in English, so that the Arabic version is the original, whatever comes first by name."""
    settings = 'defaultContentLanguage = "en"\ndefaultContentLanguageInSubdir = true\n'
    old = Site(tmp_path).write(
        {
            "config/_default/hugo.toml": settings,
            "config/_default/languages.toml": TABLE.replace("[languages.", "["),
            "content/port.md": text("The port opens", aliases="[/old-port/]"),
            "content/port.ar.md": text("الميناء يفتح"),
        }
    )
    site = make_site()
    brought(site, old.root)
    check(site, "port", "port-en")
    written = files(site)
    assert (aliases(written["port"]), aliases(written["port-en"])) == (["/ar/port/"], ["/en/port/", "/old-port/"])


def test_languages_of_hugo_may_have_folders_of_their_own(make_site: MakeSite, tmp_path: Path) -> None:
    settings = BOTH.replace("weight = 1", 'contentDir = "content/ar"').replace("weight = 2", 'contentDir = "english"')
    old = Site(tmp_path).write(
        {
            "hugo.toml": settings,
            "content/ar/posts/port.md": text("الميناء يفتح"),
            "english/posts/port.md": text("The port opens"),
            "english/posts/cup.md": text("The cup", translationKey="cup"),
            "content/ar/kas.md": text("الكأس", translationKey="cup"),
            "themes/x/content/never.md": text("من القالب"),
            "README.md": text("اقرأني"),
        }
    )
    site = make_site()
    brought(site, old.root)
    assert set(files(site)) == {"port", "port-en", "kas", "cup"}
    check(site, "port", "port-en")
    check(site, "kas", "cup")
    assert aliases(files(site)["port-en"]) == ["/en/posts/port/"]


def test_what_hugo_showed_to_nobody_comes_as_a_draft(make_site: MakeSite, tmp_path: Path) -> None:
    old = Site(tmp_path).write(
        {
            "hugo.toml": BOTH + "disabled = true\n",
            "content/a.en.md": text("Off"),
            "content/b.md": text("بلا صفحة", build="{render: never}"),
            "content/c.md": text("بلا قائمة", _build="{list: false}"),
            "content/d/index.md": text("حزمة", headless="true"),
            "content/d/note.md": text("في الحزمة"),
            "content/e.md": text("للجميع"),
        }
    )
    site = make_site()
    said = brought(site, old.root)
    assert {name for name, one in files(site).items() if "\ndraft: true\n" in one} == {"a", "b", "c", "d"}
    assert said.count("it was hidden") == 3 and said.count("its language was turned off") == 1
    assert "content/d/note.md: it stands in the bundle of another article" in said and "e" in files(site)


def test_a_second_run_joins_what_was_brought_before(make_site: MakeSite, tmp_path: Path) -> None:
    old = Site(tmp_path).write({"hugo.toml": BOTH, "content/port.md": text("الميناء يفتح")})
    site = make_site()
    brought(site, old.root)
    old.write({"content/port.en.md": text("The port opens")})
    assert "written: 1" in brought(site, old.root)
    check(site, "port", "port-en")


def test_a_story_has_one_version_in_each_language(make_site: MakeSite, tmp_path: Path) -> None:
    """A second one in a language would stop the build: it stands for itself."""
    head = {f"content/{n}.{lang}.md": text(f"{n} {lang}", translationKey="k") for n in "ab" for lang in ("ar", "en")}
    site = make_site()
    brought(site, Site(tmp_path).write({"hugo.toml": BOTH, **head}).root)
    written = files(site)
    assert sum(key(one, "translation_of") != "" for one in written.values()) == 1 and len(written) == 4
    assert site.build().stories == 4


def test_pelicans_and_jekylls_translations_are_joined_by_their_keys(make_site: MakeSite, tmp_path: Path) -> None:
    pelican = Site(tmp_path / "pelican").write(
        {
            "pelicanconf.py": "DEFAULT_LANG = 'ar'\n",
            "content/port.md": "Title: الميناء\nDate: 2021-11-09\nSlug: port\n\nنص\n",
            "content/port-en.md": "Title: Port\nDate: 2021-11-09\nSlug: port\nLang: en\nTranslation: true\n\nText\n",
        }
    )
    site = make_site()
    brought(site, pelican.root)
    check(site, "port", "port-en")
    assert aliases(files(site)["port-en"]) == ["/port-en.html"]
    jekyll = Site(tmp_path / "jekyll").write(
        {
            "_config.yml": "permalink: /:title\n",
            "_posts/2021-11-09-kas.md": text("الكأس", lang="ar", ref="cup"),
            "_posts/2021-11-09-cup.md": text("Cup", lang="en", ref="cup"),
        }
    )
    brought(site, jekyll.root)
    check(site, "kas", "cup")
